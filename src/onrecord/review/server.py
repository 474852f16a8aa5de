"""The server of one review: on this machine only, for whoever knows the token, for pages it made itself.

Every request needs the token in its path, a `Host` that is this server, and, if it says where it comes from, this
server as its `Origin`: so no other page in the same browser and no other name for this address can speak to it.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from onrecord.errors import ConfigError, OnrecordError
from onrecord.review.page import page, policy
from onrecord.review.session import Session
from onrecord.review.store import ConflictError, NotWritableError

MAX_BODY = 1 << 20
TIMEOUT = 30
LOOPBACK = "127.0.0.1"

_STATUS: tuple[tuple[type[Exception], HTTPStatus], ...] = (
    (ConflictError, HTTPStatus.CONFLICT),
    (NotWritableError, HTTPStatus.FORBIDDEN),
    (ConfigError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (OnrecordError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (OSError, HTTPStatus.INTERNAL_SERVER_ERROR),
)


class Refused(Exception):
    """A request that is not answered, and why."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


class Server(ThreadingHTTPServer):
    """Serves one session on the loopback address. `url` holds the token; whoever has it can save."""

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, session: Session, port: int = 0) -> None:
        self.session = session
        self.token = secrets.token_urlsafe(24)
        super().__init__((LOOPBACK, port), _Handler)

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{LOOPBACK}:{self.server_address[1]}/{self.token}/"

    @property
    def hosts(self) -> tuple[str, ...]:
        """What a request may call this server."""
        port = self.server_address[1]
        return (f"{LOOPBACK}:{port}", f"localhost:{port}")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when a browser has gone before its answer."""


def serve(session: Session, port: int, ready: Callable[[str], None]) -> None:
    """Serve `session` until interrupted, calling `ready` with the address. Raises `ConfigError` for a port in use."""
    try:
        server = Server(session, port)
    except OSError as error:
        raise ConfigError(f"port {port} cannot be used: {error.strerror or error}; leave --port out") from None
    with server:
        ready(server.url)
        server.serve_forever(poll_interval=0.2)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = TIMEOUT
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "onrecord", ""

    def do_GET(self) -> None:
        self._answered(self._get)

    def do_POST(self) -> None:
        self._answered(self._post)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal quiet: the address with its token does not belong in a log."""

    def _answered(self, answer: Callable[[str], None]) -> None:
        try:
            answer(self._route())
        except Refused as refused:
            self._json(refused.status, {"error": str(refused)})
        except tuple(kind for kind, _ in _STATUS) as error:
            status = next(status for kind, status in _STATUS if isinstance(error, kind))
            self._json(status, {"error": str(error)})

    def _route(self) -> str:
        """Return the path after the token. Raises `Refused` for a request that is none of ours."""
        if self.headers.get("Host", "") not in self.server.hosts:
            raise Refused(HTTPStatus.FORBIDDEN, "this is not the name of this server")
        origin = self.headers.get("Origin")
        if origin is not None and origin not in [f"http://{host}" for host in self.server.hosts]:
            raise Refused(HTTPStatus.FORBIDDEN, "the request comes from another page")
        if self.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise Refused(HTTPStatus.FORBIDDEN, "the request comes from another page")
        token, _, rest = self.path.removeprefix("/").partition("/")
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.server.token.encode()):
            raise Refused(
                HTTPStatus.FORBIDDEN, "the address lacks its token; use the one that `onrecord review` printed"
            )
        return rest

    def _get(self, path: str) -> None:
        session = self.server.session
        if path == "":
            self._send(
                HTTPStatus.OK, page(session.model(), live=True).encode("utf-8", "replace"), "text/html; charset=utf-8"
            )
        elif path == "model":
            self._json(HTTPStatus.OK, session.model())
        else:
            raise Refused(HTTPStatus.NOT_FOUND, "there is no such page")

    def _post(self, path: str) -> None:
        body = self._body()
        session = self.server.session
        if path == "save":
            self._json(HTTPStatus.OK, session.save(str(body.get("base")), body.get("action")))
        elif path == "undo":
            self._json(HTTPStatus.OK, session.undo())
        else:
            raise Refused(HTTPStatus.NOT_FOUND, "there is no such page")

    def _body(self) -> dict[str, Any]:
        if self.headers.get_content_type() != "application/json":
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "JSON is expected")
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > MAX_BODY:
            self.close_connection = True
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {MAX_BODY:,} bytes are read")
        try:
            value = json.loads(self.rfile.read(int(length)))
        except ValueError:  # JSON and UTF-8 errors are both
            raise Refused(HTTPStatus.BAD_REQUEST, "this is no JSON") from None
        if not isinstance(value, dict):
            raise Refused(HTTPStatus.BAD_REQUEST, "an object is expected")
        return value

    def _json(self, status: HTTPStatus, value: Any) -> None:
        self._send(status, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"), "application/json")

    def _send(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", policy() + "; frame-ancestors 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        self.wfile.write(data)
