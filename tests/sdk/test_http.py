"""The door to the network against real sockets: checked, bounded, typed and silent."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from requests import Session
from werkzeug import Request, Response

from indieartist.errors import AdapterFailure
from indieartist.sdk import http
from indieartist.sdk.failures import (
    AuthExpired,
    AuthLost,
    Misconfigured,
    OutcomeUnknown,
    QuotaExhausted,
    RateLimited,
    Rejected,
    Temporary,
)
from indieartist.sdk.http import Http
from indieartist.sdk.secrets import HIDDEN, Secrets

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOKEN = "s3cr3t/token+1"


@pytest.fixture
def session() -> Iterator[Session]:
    with Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def secrets() -> Secrets:
    secrets = Secrets({"token": TOKEN}.get)
    secrets.get("token")
    return secrets


@pytest.fixture
def door(session: Session, secrets: Secrets) -> Http:
    return Http(session, secrets, "http://127.0.0.1", lambda: NOW)


@contextmanager
def raw_server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that accepts one connection and does with it what it likes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            talk(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    thread.join()
    listener.close()


@pytest.mark.parametrize(
    ("status", "to_a_look_up", "to_a_change"),
    [
        (400, Rejected, Rejected),
        (401, AuthExpired, AuthExpired),
        (402, QuotaExhausted, QuotaExhausted),
        (403, AuthLost, AuthLost),
        (404, Misconfigured, Misconfigured),
        (408, Temporary, Temporary),
        (422, Rejected, Rejected),
        (429, RateLimited, RateLimited),
        (500, Temporary, OutcomeUnknown),
        (502, Temporary, OutcomeUnknown),
        (503, Temporary, Temporary),
        (504, Temporary, OutcomeUnknown),
        (301, Misconfigured, Misconfigured),
    ],
)
def test_each_status_has_its_failure(
    httpserver: HTTPServer,
    door: Http,
    status: int,
    to_a_look_up: type[AdapterFailure],
    to_a_change: type[AdapterFailure],
) -> None:
    words = json.dumps({"error": f"no \x1b[31m {TOKEN} s3cr3t%2Ftoken%2B1"})
    httpserver.expect_request("/").respond_with_data(words, status)
    for ask, kind in ((door.fetch, to_a_look_up), (door.send, to_a_change)):
        with pytest.raises(kind) as caught:
            ask(*(["POST"] if ask == door.send else []), httpserver.url_for("/"))
        assert type(caught.value) is kind and "\x1b" not in str(caught.value)
        shown = "".join(traceback.format_exception(caught.value))
        assert "s3cr3t" not in shown
    if status in (400, 403, 422, 500):
        assert HIDDEN in str(caught.value)


def test_an_accepted_status_is_an_answer(httpserver: HTTPServer, door: Http) -> None:
    httpserver.expect_request("/").respond_with_data("gone", 404)
    assert door.fetch(httpserver.url_for("/"), accept=(404,)).status == 404


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({"Retry-After": "30"}, 30),
        ({"Retry-After": format_datetime(NOW + timedelta(seconds=90), usegmt=True)}, 90),
        ({"X-RateLimit-Reset": (NOW + timedelta(minutes=5)).isoformat()}, 300),
        ({"X-RateLimit-Reset": "2026-11-22T12:02:00.123Z"}, 120.123),
        ({"RateLimit-Reset": "7"}, 7),
        ({"Retry-After": "-5"}, 1),
        ({"Retry-After": "1e99"}, 60),
        ({"Retry-After": "999999999"}, 86400),
        ({"Retry-After": "soon"}, 60),
        ({}, 60),
    ],
)
def test_a_pause_is_as_long_as_asked(
    httpserver: HTTPServer, door: Http, headers: dict[str, str], wait_s: float
) -> None:
    httpserver.expect_request("/").respond_with_data("", 429, headers)
    with pytest.raises(RateLimited) as caught:
        door.send("POST", httpserver.url_for("/"))
    assert caught.value.retry_after_s == pytest.approx(wait_s)
    assert caught.value.until == NOW + timedelta(seconds=wait_s)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://127.0.0.1/",
        "http://127.0.0.1.example.org/",
        "http://user@example.org:80/",
        "https://",
        "file:///etc/passwd",
        "",
    ],
)
def test_only_secure_addresses_are_asked(door: Http, url: str) -> None:
    with pytest.raises(Misconfigured, match="no secure address"):
        door.fetch(url)


def test_loopback_is_open_to_loopback_accounts_alone(
    httpserver: HTTPServer, session: Session, secrets: Secrets
) -> None:
    door = Http(session, secrets, "https://indie.example", lambda: NOW)
    with pytest.raises(Misconfigured):
        door.fetch(httpserver.url_for("/"))


def test_switched_off_certificates_are_refused(door: Http, session: Session) -> None:
    session.verify = False
    with pytest.raises(Misconfigured, match="switched off"):
        door.fetch("https://127.0.0.1/")


def test_a_redirect_names_the_other_address(httpserver: HTTPServer, door: Http) -> None:
    headers = {"Location": "https://u:p@social.example/x"}
    httpserver.expect_request("/").respond_with_data("", 301, headers)
    with pytest.raises(Misconfigured) as caught:
        door.fetch(httpserver.url_for("/"))
    assert caught.value.hint == "Use social.example as the address."


def test_nobody_there_is_temporary(door: Http) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Temporary, match="cannot be reached"):
        door.send("POST", f"http://127.0.0.1:{port}/")


def test_a_name_nobody_knows_is_temporary(door: Http) -> None:
    with pytest.raises(Temporary, match="cannot be reached"):
        door.send("POST", "https://nowhere.invalid/")


def test_silence_after_sending_is_unknown(door: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "READ_S", 0.2)
    quiet = threading.Event()
    with raw_server(lambda connection: bool(connection.recv(9999)) and quiet.wait(1)) as url:
        with pytest.raises(OutcomeUnknown, match="did not answer"):
            door.send("POST", url, json={})
        quiet.set()


def test_a_hang_up_after_sending_is_unknown(door: Http) -> None:
    with (
        raw_server(lambda connection: connection.recv(9999)) as url,
        pytest.raises(OutcomeUnknown, match="did not answer"),
    ):
        door.send("POST", url, json={})


def test_half_an_answer_is_unknown(door: Http) -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(9999)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")

    with raw_server(talk) as url, pytest.raises(OutcomeUnknown, match="broke off"):
        door.send("POST", url, json={})


@pytest.mark.parametrize("words", [b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200])
def test_no_http_at_all_is_unknown(door: Http, words: bytes) -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(9999)
        connection.sendall(words)

    with raw_server(talk) as url, pytest.raises(OutcomeUnknown):
        door.send("POST", url, json={})


def test_an_endless_trickle_ends(door: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then keeps every socket timeout happy, for ever."""
    monkeypatch.setattr(http, "ANSWER_S", 0.2)

    def talk(connection: socket.socket) -> None:
        connection.recv(9999)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        pause = threading.Event()
        for _ in range(100):
            try:
                connection.sendall(b" ")
            except OSError:
                break
            pause.wait(0.02)

    with raw_server(talk) as url, pytest.raises(Temporary, match="without end"):
        door.fetch(url)


def test_a_zip_bomb_ends(
    httpserver: HTTPServer, door: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "LARGEST_ANSWER_BYTES", 2**20)
    bomb = gzip.compress(bytes(2**24))
    httpserver.expect_request("/").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(Temporary, match="without end"):
        door.fetch(httpserver.url_for("/"))


def test_zipped_and_chunked_answers_are_whole(httpserver: HTTPServer, door: Http) -> None:
    data = {"words": ["low water"] * 9999}

    def answer(request: Request) -> Response:
        body = gzip.compress(json.dumps(data).encode())
        parts = (body[at : at + 100] for at in range(0, len(body), 100))
        return Response(parts, headers={"Content-Encoding": "gzip"})

    httpserver.expect_request("/").respond_with_handler(answer)
    assert door.fetch(httpserver.url_for("/")).json() == data


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe{", b"[" * 200_000])
def test_garbage_is_typed(httpserver: HTTPServer, door: Http, body: bytes) -> None:
    httpserver.expect_request("/").respond_with_data(body)
    with pytest.raises(Temporary):
        door.fetch(httpserver.url_for("/")).json()
    with pytest.raises(OutcomeUnknown):
        door.send("POST", httpserver.url_for("/")).json()


def test_json_of_the_wrong_shape_is_garbage(httpserver: HTTPServer, door: Http) -> None:
    httpserver.expect_request("/").respond_with_data(b"[]")
    with pytest.raises(OutcomeUnknown, match="unexpected"):
        door.send("POST", httpserver.url_for("/")).json_object()


def test_a_certificate_of_its_own_making_is_refused(door: Http, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path))

    def talk(connection: socket.socket) -> None:
        try:
            context.wrap_socket(connection, server_side=True).close()
        except (ssl.SSLError, ConnectionError):
            connection.close()

    with raw_server(talk) as url, pytest.raises(Misconfigured, match="cannot be trusted"):
        door.send("POST", url.replace("http:", "https:"), json={})


def test_a_token_with_a_line_break_is_refused(httpserver: HTTPServer, door: Http) -> None:
    with pytest.raises(Misconfigured, match="cannot be asked"):
        door.fetch(httpserver.url_for("/"), headers={"Authorization": "a\r\nX-Evil: 1"})


def test_a_missing_secret_is_a_lost_sign_in() -> None:
    with pytest.raises(AuthLost, match="not connected"):
        Secrets({}.get).get("token")


def _certificate(folder: Path) -> Path:
    """A self-signed certificate for 127.0.0.1, with its key, in one PEM file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "server.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
