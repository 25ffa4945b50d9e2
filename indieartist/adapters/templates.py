"""One way to fill in templates: everything is escaped, nothing is forgotten, nothing illegal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from indieartist.sdk.text import shown

if TYPE_CHECKING:
    from jinja2 import Environment

WEB_SCHEMES = ("http://", "https://", "mailto:")


def make_environment(folder: Path) -> Environment:
    """Templates of one folder; every value is escaped, HTML and XML alike."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        finalize=shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["address"] = quote
    environment.filters["web"] = web_address
    return environment


def web_address(url: str) -> str:
    """The address if a browser may follow it, percent-encoded where it must be; else empty."""
    if not url.startswith(WEB_SCHEMES):
        return ""
    whole = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", shown(url))
    return quote(whole.encode("utf-8", "replace"), safe="%/:=&?~#+!$,;'@()*")
