"""The one HTTP session: reads are retried a little, nothing that changes a thing ever is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indieartist import __version__

if TYPE_CHECKING:
    from requests import Session


def make_session() -> Session:
    """A session whose GET, HEAD and PUT are tried again on a broken line; POST is the outbox's."""
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util.retry import Retry

    retry = Retry(
        total=2,
        backoff_factor=0.3,
        allowed_methods=frozenset({"GET", "HEAD", "PUT"}),
        raise_on_status=False,
        respect_retry_after_header=False,
    )
    session = requests.Session()
    session.headers["User-Agent"] = f"IndieArtist/{__version__}"
    session.mount("https://", HTTPAdapter(max_retries=retry))
    session.mount("http://", HTTPAdapter(max_retries=retry))
    return session
