"""The one door to the network: checked addresses, bounded answers, every failure typed."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from indieartist.sdk.answers import Answer, failure_of, redirect_failure
from indieartist.sdk.failures import Misconfigured, OutcomeUnknown, Temporary
from indieartist.sdk.secrets import Secrets

if TYPE_CHECKING:
    from requests import RequestException, Response, Session

CONNECT_S, READ_S, ANSWER_S = 10.0, 60.0, 120.0
LARGEST_ANSWER_BYTES = 16 * 2**20
CHUNK_BYTES = 2**16


class Http:
    """Wraps the core's session for one account: no redirects, no plain http beyond loopback."""

    def __init__(
        self, session: Session, secrets: Secrets, base_url: str, now: Callable[[], datetime]
    ) -> None:
        self._session = session
        self._secrets = secrets
        self._local = is_loopback(base_url)
        self._now = now

    def fetch(self, url: str, *, accept: Collection[int] = (), **request: Any) -> Answer:
        """GET: changes nothing. `request` is what requests takes: params, headers."""
        return self._ask("GET", url, accept, request)

    def send(
        self, method: str, url: str, *, accept: Collection[int] = (), **request: Any
    ) -> Answer:
        """A request that changes something there, sent once and never again by itself."""
        return self._ask(method, url, accept, request)

    def _ask(
        self, method: str, url: str, accept: Collection[int], request: dict[str, Any]
    ) -> Answer:
        self._check(url)
        answer = self._exchange(method, url, request)
        if 300 <= answer.status < 400:
            raise redirect_failure(answer.host, answer.headers)
        if answer.status >= 400 and answer.status not in accept:
            raise failure_of(answer, self._secrets.redact, self._now())
        return answer

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        plain = parts.scheme == "http" and self._local and is_loopback(url)
        if not parts.hostname or not (parts.scheme == "https" or plain):
            address = self._secrets.redact(url)
            raise Misconfigured(f"{address!r} is no secure address.", "It must begin with https://")
        if self._session.verify is False:
            raise Misconfigured("Certificate checks are switched off.", "Switch them on again.")

    def _exchange(self, method: str, url: str, request: dict[str, Any]) -> Answer:
        from requests import RequestException

        host, changing = urlsplit(url).netloc.rpartition("@")[2], method != "GET"
        try:
            response = self._session.request(
                method,
                url,
                timeout=(CONNECT_S, READ_S),
                allow_redirects=False,
                stream=True,
                **request,
            )
        except RequestException as error:
            raise _failure_to_connect(error, host, changing) from None
        with response:
            body = _read_body(response, host, changing)
        return Answer(response.status_code, response.headers, body, host, changing)


def is_loopback(url: str) -> bool:
    """Whether an address stays on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read_body(response: Response, host: str, changing: bool) -> bytes:
    """Read what comes, up to a size and a time that no honest answer needs."""
    from urllib3.exceptions import HTTPError

    deadline, body = time.monotonic() + ANSWER_S, bytearray()
    try:
        while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
            body += chunk
            if len(body) > LARGEST_ANSWER_BYTES or time.monotonic() > deadline:
                raise _lost(host, changing, "sent an answer without end")
    except (HTTPError, OSError) as error:
        raise _lost(host, changing, "broke off in the middle of its answer") from error
    return bytes(body)


def _lost(host: str, changing: bool, what: str) -> OutcomeUnknown | Temporary:
    if changing:
        return OutcomeUnknown(f"{host} {what}.", "It may have been done: check before you repeat.")
    return Temporary(f"{host} {what}.", "Try again later.")


def _failure_to_connect(
    error: RequestException, host: str, changing: bool
) -> Misconfigured | OutcomeUnknown | Temporary:
    """Tell apart: never reached, reached but not trusted, and sent without an answer."""
    from requests import exceptions

    names = {type(cause).__name__ for cause in _causes(error)}
    if names & {"SSLCertVerificationError", "CertificateError"}:
        hint = "Check the address, and the clock of this machine."
        return Misconfigured(f"The certificate of {host} cannot be trusted.", hint)
    if names & {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ProxyError"}:
        return Temporary(f"{host} cannot be reached.", "Check the network and try again.")
    broken = (exceptions.InvalidURL, exceptions.InvalidHeader, exceptions.InvalidSchema)
    if isinstance(error, broken):
        return Misconfigured(f"{host} cannot be asked.", "Check the address and the sign-in.")
    return _lost(host, changing, "did not answer")


def _causes(error: BaseException) -> list[BaseException]:
    """The error and everything wrapped in it: causes, contexts, arguments and reasons."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        item = waiting.pop()
        if isinstance(item, BaseException) and item not in found:
            found.append(item)
            waiting += [item.__cause__, item.__context__, getattr(item, "reason", None), *item.args]
    return found
