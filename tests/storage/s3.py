"""A server that speaks S3, in this process, which can be told to fail."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

REGION = "us-east-1"
BUCKET = "press"


@dataclass
class Server:
    """The server's address, how it fails, and what it was asked: method and path with query, in order."""

    address: str
    fails: Callable[[str, str], bool] = lambda _method, _path: False
    asked: list[tuple[str, str]] = field(default_factory=list)
    open_to_all: bool = True

    def keys(self, prefix: str = "") -> list[str]:
        """Return the names of the objects in the bucket."""
        from onrecord.storage import RemotePath, sizes_below

        return sorted(sizes_below(RemotePath("s3", f"{BUCKET}/{prefix}".rstrip("/"))))


ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_MAX_ATTEMPTS": "1",
}


@contextmanager
def serving() -> Iterator[Server]:
    """Start a server with an empty bucket; the environment names it until the end."""
    from moto.server import ThreadedMotoServer

    from onrecord import storage

    moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    server = Server(f"http://{host}:{port}")
    application: Any = moto._server.app  # type: ignore[union-attr]  # it is there once it was started
    moto._server.app = lambda environ, start: _answer(server, application, environ, start)  # type: ignore[union-attr]
    before = dict(os.environ)
    os.environ.update(ENVIRONMENT, AWS_ENDPOINT_URL=server.address)
    storage._filesystem.cache_clear()
    try:
        from pyarrow.fs import S3FileSystem

        S3FileSystem(allow_bucket_creation=True, endpoint_override=server.address).create_dir(BUCKET)
        yield server
    finally:
        os.environ.clear()
        os.environ.update(before)
        storage._filesystem.cache_clear()
        storage.forget_listings()
        moto.stop()


def _answer(server: Server, application: Any, environ: dict[str, Any], start: Any) -> Any:
    asked = environ["REQUEST_METHOD"], f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}"
    server.asked.append(asked)
    if server.fails(*asked) or not (server.open_to_all or "HTTP_AUTHORIZATION" in environ):
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        body = b"<Error><Code>AccessDenied</Code><Message>The disk of the store is full.</Message></Error>"
        start("403 Forbidden", [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
        return [body]
    return application(environ, start)
