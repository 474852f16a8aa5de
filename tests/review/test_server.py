from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.review import Server
from tests.review.made import collection, session, turn_at


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A running server over one interview."""
    with Server(session(collection(tmp_path))) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def ask(server: Server, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """Send one request and return status and content."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    sent = {"Host": server.hosts[0], **{name.replace("_", "-"): value for name, value in headers.items()}}
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    if data is not None:
        sent.setdefault("Content-Type", "application/json")
    connection.request(method, path, data, sent)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, json.loads(content) if answer.getheader(
        "Content-Type"
    ) == "application/json" else content.decode()


def test_the_page_is_served_to_who_knows_the_token(server: Server) -> None:
    """The address with its token gives the page; without it, with another, or by another name nothing is said."""
    status, html = ask(server, "GET", f"/{server.token}/")
    assert status == 200
    assert "The ferry that waits" in html
    assert server.server_address[0] == "127.0.0.1"
    for path in ("/", "/model", "/x/", f"/{server.token[:-1]}/", f"/{server.token}x/"):
        assert ask(server, "GET", path)[0] == 403, path
    assert ask(server, "GET", f"/{server.token}/etc/passwd")[0] == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
)
def test_other_pages_cannot_speak_to_it(server: Server, headers: dict[str, str]) -> None:
    """A request under another name, or from another page, is refused even with the token: reading and saving."""
    assert ask(server, "GET", f"/{server.token}/model", **headers)[0] == 403
    assert ask(server, "POST", f"/{server.token}/undo", {}, **headers)[0] == 403


def test_saving_answers_with_the_new_page_or_says_why_not(server: Server) -> None:
    """A correction is saved and shown; on a state that is gone the answer is 409 and nothing is written."""
    model = ask(server, "GET", f"/{server.token}/model")[1]
    turn = turn_at(model, "Do you mind")
    said = {"action": "voice", "item": turn["id"], "speaker": "Bo Lind", "by": "A", "why": "w"}
    status, after = ask(server, "POST", f"/{server.token}/save", {"base": model["sidecar"]["digest"], "action": said})
    assert status == 200
    assert after["corrections"][0]["status"] == "applied"
    status, answer = ask(server, "POST", f"/{server.token}/save", {"base": model["sidecar"]["digest"], "action": said})
    assert status == 409
    assert "changed by somebody else" in answer["error"]
    assert ask(server, "POST", f"/{server.token}/undo", {})[0] == 200
    assert ask(server, "POST", f"/{server.token}/undo", {})[0] == 422


def test_what_is_no_request_is_refused(server: Server) -> None:
    """Not JSON, not an object, too long, a form of another page: a status and a sentence each."""
    save = f"/{server.token}/save"
    assert ask(server, "POST", save, b"{")[0] == 400
    assert ask(server, "POST", save, b"\xff")[0] == 400
    assert ask(server, "POST", save, [])[0] == 400
    assert ask(server, "POST", save, b"a=b", Content_Type="application/x-www-form-urlencoded")[0] == 415
    assert ask(server, "POST", save, b"", Content_Length="9999999999")[0] == 413
    assert ask(server, "PUT", save, {})[0] == 501
    assert ask(server, "POST", f"/{server.token}/fly", {})[0] == 404


def test_answers_carry_the_policy(server: Server) -> None:
    """Every answer forbids frames, sniffing, caching and referrers."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.request("GET", f"/{server.token}/", headers={"Host": server.hosts[0]})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert "frame-ancestors 'none'" in (answer.getheader("Content-Security-Policy") or "")
    assert answer.getheader("Cache-Control") == "no-store"
    assert answer.getheader("Referrer-Policy") == "no-referrer"
