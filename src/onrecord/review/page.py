"""One HTML file with everything in it: style, program and data; nothing is loaded from anywhere.

The data is JSON in a block the browser does not run; the program puts it on the page as text, never as markup, and
the page's own policy (CSP with the digests of the one style and the one program) runs nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files

from onrecord.review.model import Json


@cache
def asset(name: str) -> str:
    """Return one of the page's own files."""
    return (files(__package__) / "assets" / name).read_text(encoding="utf-8")


def policy() -> str:
    """Return the Content-Security-Policy: our style and our program, by digest, and requests to this server only."""
    parts = (
        "default-src 'none'",
        f"script-src '{_digest(asset('page.js'))}'",
        f"style-src '{_digest(asset('page.css'))}'",
        "connect-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
    return "; ".join(parts)


def page(model: Json, *, live: bool) -> str:
    """Return the page of `model`; with `live` it saves to the server it came from, otherwise it is for reading."""
    data = json.dumps({**model, "live": live}, ensure_ascii=False, separators=(",", ":"))
    # Inside the block only `</script` and `<!--` mean anything; without `<` neither can be written.
    safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return (
        asset("page.html")
        .replace("{{policy}}", policy().replace('"', "&quot;"))
        .replace("{{style}}", asset("page.css"))
        .replace("{{program}}", asset("page.js"))
        .replace("{{data}}", safe)
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
