"""Signing in to Mastodon with the browser: the double's way through, and a strict server's."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from indieartist.adapters.social.mastodon import Mastodon
from indieartist.adapters.social.mastodon.sign_in import SCOPES, challenge_of
from indieartist.sdk.auth import OAuthPKCE, SignIn, SignsIn
from indieartist.sdk.bench import Destination
from indieartist.sdk.failures import AuthLost

DOOR = "http://127.0.0.1:49152/signed-in"


def query_of(url: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}


def test_the_example_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_the_whole_way_in(mastodon: Destination, server) -> None:
    """Register, say yes in the browser, come back with a code, and post with the token."""
    adapter = Mastodon()
    assert isinstance(adapter, SignsIn) and isinstance(adapter.auth_methods()[0], OAuthPKCE)
    sign_in = adapter.begin_sign_in(mastodon.context(), DOOR)
    name = server.get("/api/v1/accounts/verify_credentials")["username"]
    asked = query_of(sign_in.url)
    form = {"username": name, "redirect_uri": asked["redirect_uri"], "state": asked["state"]}
    page = sign_in.url.partition("?")[0]
    back = requests.post(page, data=form, timeout=10, allow_redirects=False).headers["Location"]
    assert back.startswith(DOOR)
    found = adapter.finish_sign_in(sign_in, query_of(back), mastodon.context())
    signed_in = replace(mastodon, secrets=found)
    assert adapter.fetch_account(signed_in.context()).label.startswith(f"@{name}@")


@pytest.fixture
def strict(httpserver: HTTPServer, mastodon: Destination) -> Destination:
    """An account at a server that checks everything the standard asks for, codes used once."""
    codes = {"good-code"}
    registered = {"client_id": "our-id", "client_secret": "our-secret"}

    def register(request: Request) -> Response:
        assert request.form["redirect_uris"] == DOOR
        assert request.form["scopes"].split() == list(SCOPES)
        return Response(json.dumps(registered))

    def give(request: Request) -> Response:
        form = request.form.to_dict()
        right = {**registered, "redirect_uri": DOOR, "grant_type": "authorization_code"}
        same = all(form[key] == value for key, value in right.items())
        proven = challenge_of(form["code_verifier"]) == httpserver.challenge
        if not (same and proven and form["code"] in codes):
            return Response(json.dumps({"error": f"invalid_grant {form}"}), 400)
        codes.discard(form["code"])
        return Response(json.dumps({"access_token": "new-token", "scope": " ".join(SCOPES)}))

    httpserver.expect_request("/api/v1/apps", "POST").respond_with_handler(register)
    httpserver.expect_request("/oauth/token", "POST").respond_with_handler(give)
    account = replace(mastodon.account, base_url=httpserver.url_for(""))
    return replace(mastodon, account=account, secrets={})


def begin(strict: Destination, httpserver: HTTPServer) -> SignIn:
    sign_in = Mastodon().begin_sign_in(strict.context(), DOOR)
    asked = query_of(sign_in.url)
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    httpserver.challenge = asked["code_challenge"]
    return sign_in


def test_a_strict_server_lets_us_in_once(strict: Destination, httpserver: HTTPServer) -> None:
    sign_in = begin(strict, httpserver)
    answer = {"code": "good-code", "state": sign_in.state}
    assert Mastodon().finish_sign_in(sign_in, answer, strict.context()) == {"token": "new-token"}
    with pytest.raises(AuthLost, match="not completed") as caught:
        Mastodon().finish_sign_in(sign_in, answer, strict.context())
    assert "our-secret" not in repr(sign_in) + str(caught.value) + str(caught.value.__cause__)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": "another"}, "another sign-in"),
        ({"state": ""}, "another sign-in"),
        ({"state": "é"}, "another sign-in"),
        ({"code": None, "error": "access_denied"}, "not allowed"),
        ({"code": "stolen-code"}, "not completed"),
    ],
)
def test_other_answers_are_refused(
    strict: Destination, httpserver: HTTPServer, changes: dict[str, str | None], words: str
) -> None:
    sign_in = begin(strict, httpserver)
    changed = {"code": "good-code", "state": sign_in.state, **changes}
    answer = {key: value for key, value in changed.items() if value is not None}
    with pytest.raises(AuthLost, match=words):
        Mastodon().finish_sign_in(sign_in, answer, strict.context())


@pytest.mark.parametrize("body", [{}, {"client_id": 7, "client_secret": "x"}])
def test_a_server_without_registration_is_named(
    httpserver: HTTPServer, mastodon: Destination, body: object
) -> None:
    httpserver.expect_request("/api/v1/apps", "POST").respond_with_json(body)
    account = replace(mastodon.account, base_url=httpserver.url_for(""))
    far = replace(mastodon, account=account)
    with pytest.raises(AuthLost, match="new apps"):
        Mastodon().begin_sign_in(far.context(), DOOR)
