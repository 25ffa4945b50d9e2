"""The ways to sign in that an adapter can ask for; the core shows them and keeps the secrets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from indieartist.sdk.context import Ctx


@dataclass(frozen=True, slots=True)
class NoAuth:
    """Nothing to sign in to."""


@dataclass(frozen=True, slots=True)
class TokenField:
    """One secret that the person pastes; `secret` is the name to ask `Ctx.secrets` for."""

    secret: str
    label: str
    where: str  # how the person gets it, one sentence


@dataclass(frozen=True, slots=True)
class AppPassword:
    """A user name and a password made for this program alone."""

    user: str
    password: str
    where: str


@dataclass(frozen=True, slots=True)
class OAuthPKCE:
    """Sign in with the browser: OAuth 2 for native apps with PKCE (RFC 8252, RFC 7636)."""

    secret: str
    scopes: tuple[str, ...]
    dynamic_registration: bool
    byo_app: bool = False  # the person must register an app of their own first


@dataclass(frozen=True, slots=True)
class SSHKey:
    """A private key file, and the host key it may meet."""

    secret: str
    where: str


AuthMethod = NoAuth | TokenField | AppPassword | OAuthPKCE | SSHKey


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in under way: open `url` in the browser; `kept` is secret and stays in memory."""

    url: str
    state: str
    kept: Mapping[str, str] = field(repr=False)


@runtime_checkable
class SignsIn(Protocol):
    """What an adapter can do besides that offers `OAuthPKCE`; the core runs the loopback door."""

    def begin_sign_in(self, ctx: Ctx, redirect_uri: str) -> SignIn:
        """Prepare the sign-in that ends at `redirect_uri`, a loopback address of the core's."""
        ...

    def finish_sign_in(
        self, sign_in: SignIn, answer: Mapping[str, str], ctx: Ctx
    ) -> dict[str, str]:
        """The account's secrets by name; `answer` is the query that came to the redirect."""
        ...
