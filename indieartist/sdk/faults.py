"""A network that misbehaves on command: what every adapter must survive, for the test suites."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from enum import Enum
from typing import Any

from requests import PreparedRequest, ReadTimeout, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as NotReached
from requests.exceptions import SSLError
from urllib3 import HTTPResponse
from urllib3.exceptions import NewConnectionError

from indieartist.errors import AdapterFailure
from indieartist.sdk.failures import (
    AuthExpired,
    AuthLost,
    Misconfigured,
    OutcomeUnknown,
    RateLimited,
    Rejected,
    Temporary,
)


class Fault(Enum):
    """What goes wrong with one request that changes something, and the failure it must become."""

    UNREACHABLE = ("unreachable", Temporary)
    BAD_CERTIFICATE = ("bad certificate", Misconfigured)
    LOST_BEFORE = ("lost before it arrived", OutcomeUnknown)
    LOST_AFTER = ("done, but the answer was lost", OutcomeUnknown)
    GARBAGE = ("done, but the answer is garbage", OutcomeUnknown)
    REDIRECT = (302, Misconfigured)
    UNAUTHORIZED = (401, AuthExpired)
    FORBIDDEN = (403, AuthLost)
    UNPROCESSABLE = (422, Rejected)
    TOO_MANY = (429, RateLimited)
    SERVER_ERROR = (500, OutcomeUnknown)
    BAD_GATEWAY = (502, OutcomeUnknown)
    UNAVAILABLE = (503, Temporary)

    def __init__(self, what: str | int, failure: type[AdapterFailure]) -> None:
        self.what = what
        self.failure = failure


class FaultyTransport(HTTPAdapter):
    """Passes requests through, but spoils the first changing one after `fault` was set.

    The spoiled answers repeat the request's own headers, as a careless server's debug page
    does: whoever shows them shows the secrets. `changes` counts what truly reached the server.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fault: Fault | None = None
        self.changes = 0

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Send the request, or do to it what the fault says."""
        changing = request.method not in ("GET", "HEAD")
        fault, self.fault = (self.fault, None) if changing else (None, self.fault)
        if fault in (None, Fault.LOST_AFTER, Fault.GARBAGE):
            self.changes += changing
            response = self.deliver(request, *args, **kwargs)
            return response if fault is None else _spoil(fault, request)
        return _spoil(fault, request)

    def deliver(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Send it for real; a subclass may stand in for a server here."""
        return super().send(request, *args, **kwargs)


def _spoil(fault: Fault | None, request: PreparedRequest) -> Response:
    match fault:
        case Fault.UNREACHABLE:
            pool: Any = None
            raise NotReached(NewConnectionError(pool, "refused"), request=request)
        case Fault.BAD_CERTIFICATE:
            import ssl

            raise SSLError(ssl.SSLCertVerificationError("self-signed certificate"))
        case Fault.LOST_BEFORE | Fault.LOST_AFTER:
            raise ReadTimeout(f"no answer to {request.headers}", request=request)
        case Fault.GARBAGE:
            return answer(200, b"<!doctype html><title>Hello", {}, request)
    assert fault is not None
    headers = {"Retry-After": "30", "Location": "https://elsewhere.example/"}
    return answer(int(fault.what), _debug_page(request), headers, request)


def _debug_page(request: PreparedRequest) -> bytes:
    return json.dumps({"error": f"failed with {dict(request.headers)}"}).encode()


def answer(
    status: int, body: bytes, headers: Mapping[str, str], request: PreparedRequest
) -> Response:
    """An answer made up on the spot, with no server behind it."""
    raw = HTTPResponse(io.BytesIO(body), headers, status, preload_content=False)
    return HTTPAdapter().build_response(request, raw)
