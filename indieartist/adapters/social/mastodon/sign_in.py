"""Signing in with the browser: OAuth 2 with PKCE, and an app registered on the spot.

docs.joinmastodon.org/client/token and /methods/oauth; RFC 7636, RFC 8252. No secret ships with
the program: each sign-in registers an app of its own, whose redirect is this machine.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import urlencode

from indieartist.adapters.social.mastodon.server import url_of
from indieartist.sdk.auth import SignIn
from indieartist.sdk.context import Ctx
from indieartist.sdk.failures import AuthLost, Rejected

SCOPES = ("read:accounts", "read:statuses", "write:media", "write:statuses")


def begin(ctx: Ctx, redirect_uri: str) -> SignIn:
    """Register an app and make the address of the page where the person says yes."""
    app = _register(ctx, redirect_uri)
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    query = {
        "response_type": "code",
        "client_id": app["client_id"],
        "redirect_uri": redirect_uri,
        "scope": " ".join(SCOPES),
        "state": state,
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
    }
    kept = {**app, "redirect_uri": redirect_uri, "code_verifier": verifier}
    return SignIn(f"{url_of(ctx, '/oauth/authorize')}?{urlencode(query)}", state, kept)


def finish(sign_in: SignIn, answer: Mapping[str, str], ctx: Ctx) -> dict[str, str]:
    """Change the code for a token; raises AuthLost when the answer is not the one awaited."""
    state = answer.get("state", "").encode()
    if not hmac.compare_digest(state, sign_in.state.encode()):
        raise AuthLost("This answer belongs to another sign-in.", "Start again.")
    if "code" not in answer:
        raise AuthLost("The server was not allowed to let IndieArtist in.", "Start again.")
    for name in ("client_secret", "code_verifier"):
        ctx.secrets.hide(sign_in.kept[name])
    ctx.secrets.hide(answer["code"])
    return {"token": _fetch_token(sign_in, answer["code"], ctx)}


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _register(ctx: Ctx, redirect_uri: str) -> dict[str, str]:
    form = {"client_name": "IndieArtist", "redirect_uris": redirect_uri, "scopes": " ".join(SCOPES)}
    app = ctx.http.send("POST", url_of(ctx, "/api/v1/apps"), data=form).json_object()
    if not all(isinstance(app.get(key), str) for key in ("client_id", "client_secret")):
        raise AuthLost("The server does not let new apps in.", "Use an access token instead.")
    ctx.secrets.hide(app["client_secret"])
    return {"client_id": app["client_id"], "client_secret": app["client_secret"]}


def _fetch_token(sign_in: SignIn, code: str, ctx: Ctx) -> str:
    form = {"grant_type": "authorization_code", "code": code, **sign_in.kept}
    try:
        answer = ctx.http.send("POST", url_of(ctx, "/oauth/token"), data=form).json_object()
    except Rejected as error:
        raise AuthLost("The sign-in was not completed in time.", "Start again.") from error
    token = answer.get("access_token")
    if not isinstance(token, str) or not token:
        raise AuthLost("The server gave no token.", "Start again.")
    ctx.secrets.hide(token)
    return token
