"""A stand-in for the Hub on the loopback interface: as much of its HTTP interface as a dataset's life needs.

    with FakeHub() as hub:
        hub.fault("POST", "/commit/", status=429, headers={"Retry-After": "2"})
        publish(folder, "org/name", endpoint=hub.url)

Datasets, commits, tags, trees, large-file storage (also in parts) and downloads (also of ranges), access by token, and
the exchange of a workflow's identity for one. Xet is not imitated: set HF_HUB_DISABLE_XET=1. Faults happen when and
as often as they are asked for, so that no test depends on time.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

WRITER, READER, EXCHANGED = "hf_writer", "hf_reader", "hf_exchanged"
"""Tokens that may write, may only read, and that a workflow's identity is exchanged for."""
IDENTITY = "identity-of-the-workflow"
_ATTRIBUTES = b"*.parquet filter=lfs diff=lfs merge=lfs -text\n"


@dataclass(frozen=True)
class Blob:
    """A file of a commit: its bytes, and whether they are in large-file storage."""

    data: bytes
    large: bool

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def oid(self) -> str:
        """What git calls it: of a large file, its pointer."""
        data = self.pointer if self.large else self.data
        return hashlib.sha1(b"blob %d\x00" % len(data) + data).hexdigest()

    @property
    def pointer(self) -> bytes:
        """What git stores in place of a large file."""
        oid = f"oid sha256:{self.sha256}\nsize {len(self.data)}\n"
        return f"version https://git-lfs.github.com/spec/v1\n{oid}".encode()


@dataclass
class Dataset:
    """One dataset: its commits in order, and its tags."""

    private: bool = False
    commits: dict[str, dict[str, Blob]] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """The newest commit."""
        return list(self.commits)[-1]

    @property
    def files(self) -> dict[str, Blob]:
        """What the newest commit holds."""
        return self.commits[self.head]

    def commit(self, files: dict[str, Blob], message: str) -> str:
        """Add a commit and return its id."""
        named = sorted((name, blob.oid) for name, blob in files.items())
        oid = hashlib.sha1(f"{len(self.commits)} {named}".encode()).hexdigest()
        self.commits[oid] = files
        self.messages.append(message)
        return oid

    def put(self, **files: bytes) -> None:
        """Commit files as somebody with a browser would (`_` stands for a dot in names)."""
        added = {name.replace("_", "."): Blob(data, large=False) for name, data in files.items()}
        self.commit({**self.files, **added}, "by hand")


@dataclass
class Fault:
    """Something that goes wrong, `times` times, with requests that match.

    Either the answer is an error (`status`), or the connection is cut: before the request is carried out (`cut=0`),
    after it was (`lost`), or after so many bytes of the body of the answer (`cut`).
    """

    method: str
    pattern: str
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    lost: bool = False
    times: int = 1

    def hits(self, method: str, path: str) -> bool:
        """Whether it happens to this request; if so, it is used up by one."""
        if self.times and method == self.method and re.search(self.pattern, path):
            self.times -= 1
            return True
        return False


class FakeHub:
    """The server, what it holds, what is to go wrong, and which requests were made."""

    def __init__(self, *, page: int = 1000, part: int | None = None, large: str = r"\.parquet$") -> None:
        self.datasets: dict[str, Dataset] = {}
        self.stored: dict[str, bytes] = {}
        self.faults: list[Fault] = []
        self.requests: list[str] = []
        self.page, self.part, self.large = page, part, large
        self.lock = threading.RLock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"hub": self}))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def fault(self, method: str, pattern: str, **what: Any) -> None:
        """Let something go wrong; see `Fault`."""
        self.faults.append(Fault(method, pattern, **what))

    def made(self, method: str, pattern: str) -> int:
        """How many such requests were made."""
        return sum(re.search(f"^{method} .*{pattern}", line) is not None for line in self.requests)


class _Answer(Exception):
    """Ends the handling of a request with this answer."""

    def __init__(self, status: int, body: Any = None, **headers: str) -> None:
        super().__init__(status)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.body = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: FakeHub

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._handle()

    do_HEAD = do_POST = do_PUT = do_GET  # noqa: N815 - as above

    def _handle(self) -> None:
        split = urlsplit(self.path)
        path, self.query = unquote(split.path), {name: values[0] for name, values in parse_qs(split.query).items()}
        fault = next((item for item in self.hub.faults if item.hits(self.command, path)), None)
        self.hub.requests.append(f"{self.command} {self.path}")
        if fault is not None and fault.cut == 0:
            return self._hang_up()
        self.data = self._read()
        try:
            if fault is not None and fault.status is not None:
                raise _Answer(fault.status, b"<html>sorry</html>", **fault.headers)
            with self.hub.lock:
                self._route(path)
            raise _Answer(404, {"error": f"no such address: {path}"})
        except _Answer as answer:
            if fault is not None and fault.lost:
                return self._hang_up()
            return self._reply(answer, None if fault is None else fault.cut)

    def _read(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            parts = []
            while size := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _reply(self, answer: _Answer, cut: int | None) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if "Content-Length" not in answer.headers:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body[:cut])
        if cut is not None:
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def _route(self, path: str) -> None:
        for pattern, name in _ROUTES:
            if found := re.fullmatch(pattern, path):
                getattr(self, name)(**found.groupdict())

    # who asks, and for what

    def _token(self) -> str | None:
        return self.headers.get("Authorization", "").removeprefix("Bearer ") or None

    def _checked_token(self) -> str | None:
        token = self._token()
        if token not in (None, WRITER, READER, EXCHANGED):
            raise _Answer(401, X_Error_Message="Invalid credentials in Authorization header")
        return token

    def _writer(self) -> None:
        token = self._checked_token()
        if token is None:
            raise _Answer(401, X_Error_Message="Invalid username or password.")
        if token == READER:
            raise _Answer(403, X_Error_Message="You don't have the rights to write")

    def _dataset(self, repo: str) -> Dataset:
        token = self._checked_token()
        dataset = self.hub.datasets.get(repo)
        if dataset is None or (dataset.private and token is None):
            if token is None:
                raise _Answer(401, X_Error_Message="Invalid username or password.")
            raise _Answer(404, X_Error_Code="RepoNotFound", X_Error_Message="Repository not found")
        return dataset

    def _commit_of(self, dataset: Dataset, revision: str | None) -> str:
        named = {"main": dataset.head, **dataset.tags}.get(revision or "main", revision or "")
        if named not in dataset.commits:
            raise _Answer(404, X_Error_Code="RevisionNotFound", X_Error_Message=f"Invalid rev id: {revision}")
        return named

    def _json(self) -> Any:
        return json.loads(self.data)

    # reading

    def info(self, repo: str, revision: str | None = None) -> None:
        dataset = self._dataset(repo)
        commit = self._commit_of(dataset, revision)
        files = [{"rfilename": name} for name in sorted(dataset.commits[commit])]
        raise _Answer(
            200, {"id": repo, "sha": commit, "private": dataset.private, "tags": [], "siblings": files, "gated": False}
        )

    def tree(self, repo: str, revision: str, path: str | None = None) -> None:
        dataset = self._dataset(repo)
        entries = _entries(dataset.commits[self._commit_of(dataset, revision)], (path or "").strip("/"))
        if self.query.get("recursive", "").lower() not in ("true", "1"):
            base = f"{path.strip('/')}/" if path else ""
            entries = [entry for entry in entries if "/" not in entry["path"].removeprefix(base)]
        if path and not entries:
            raise _Answer(404, X_Error_Code="EntryNotFound")
        first = int(self.query.get("cursor", 0))
        rest = entries[first + self.hub.page :]
        link = re.sub(r"&cursor=\d+", "", self.path) + f"&cursor={first + self.hub.page}"
        headers = {"Link": f'<{self.hub.url}{link}>; rel="next"'} if rest else {}
        raise _Answer(200, entries[first : first + self.hub.page], **headers)

    def paths_info(self, repo: str, revision: str) -> None:
        dataset = self._dataset(repo)
        form = self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded")
        wanted = parse_qs(self.data.decode())["paths"] if form else self._json()["paths"]
        entries = _entries(dataset.commits[self._commit_of(dataset, revision)], "")
        raise _Answer(200, [entry for entry in entries if entry["path"] in wanted])

    def refs(self, repo: str) -> None:
        dataset = self._dataset(repo)
        tags = [{"name": n, "ref": f"refs/tags/{n}", "targetCommit": oid} for n, oid in dataset.tags.items()]
        main = {"name": "main", "ref": "refs/heads/main", "targetCommit": dataset.head}
        raise _Answer(200, {"branches": [main], "converts": [], "tags": tags})

    def resolve(self, repo: str, revision: str, path: str) -> None:
        dataset = self._dataset(repo)
        commit = self._commit_of(dataset, revision)
        blob = dataset.commits[commit].get(path)
        if blob is None:
            raise _Answer(404, X_Error_Code="EntryNotFound", X_Repo_Commit=commit)
        etag = blob.sha256 if blob.large else blob.oid
        headers = {"ETag": f'"{etag}"', "X_Repo_Commit": commit, "Accept_Ranges": "bytes"}
        if self.command == "HEAD":
            raise _Answer(200, b"", Content_Length=str(len(blob.data)), **headers)
        span = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        if span is None:
            raise _Answer(200, blob.data, **headers)
        size = len(blob.data)
        start = int(span[1]) if span[1] else size - int(span[2])
        end = min(int(span[2]), size - 1) if span[1] and span[2] else size - 1
        raise _Answer(206, blob.data[start : end + 1], Content_Range=f"bytes {start}-{end}/{size}", **headers)

    # writing

    def create(self) -> None:
        self._writer()
        wanted = self._json()
        repo = f"{wanted.get('organization') or 'writer'}/{wanted['name']}"
        if repo in self.hub.datasets:
            raise _Answer(409, {"error": "You already created this dataset repo"})
        self.hub.datasets[repo] = dataset = Dataset(
            wanted.get("visibility") == "private" or bool(wanted.get("private"))
        )
        dataset.commit({".gitattributes": Blob(_ATTRIBUTES, large=False)}, "initial commit")
        raise _Answer(200, {"url": f"{self.hub.url}/datasets/{repo}"})

    def validate(self) -> None:
        raise _Answer(200, {"errors": [], "warnings": []})

    def preupload(self, repo: str, revision: str) -> None:
        self._writer()
        dataset = self._dataset(repo)
        held = dataset.commits[self._commit_of(dataset, revision)]
        modes = []
        for item in self._json()["files"]:
            large = re.search(self.hub.large, item["path"]) is not None
            blob = held.get(item["path"])
            known = None if blob is None else blob.sha256 if blob.large else blob.oid
            mode = "lfs" if large else "regular"
            modes.append({"path": item["path"], "uploadMode": mode, "shouldIgnore": False, "oid": known})
        raise _Answer(200, {"files": modes})

    def batch(self, repo: str) -> None:
        self._writer()
        self._dataset(repo)
        objects = []
        for item in self._json()["objects"]:
            entry = {"oid": item["oid"], "size": item["size"]}
            if item["oid"] not in self.hub.stored:
                entry["actions"] = self._upload(item["oid"], item["size"])
            objects.append(entry)
        raise _Answer(200, {"transfer": "basic", "objects": objects})

    def _upload(self, oid: str, size: int) -> dict[str, Any]:
        part = self.hub.part
        if part is None or size <= part:
            return {"upload": {"href": f"{self.hub.url}/storage/{oid}"}}
        urls = {str(n + 1): f"{self.hub.url}/storage/{oid}?part={n + 1}" for n in range(-(-size // part))}
        return {"upload": {"href": f"{self.hub.url}/complete/{oid}", "header": {"chunk_size": str(part), **urls}}}

    def store(self, oid: str) -> None:
        key = f"{oid}#{self.query['part']}" if "part" in self.query else oid
        if key == oid and hashlib.sha256(self.data).hexdigest() != oid:
            raise _Answer(400, {"error": "the bytes are not those that were announced"})
        self.hub.stored[key] = self.data
        raise _Answer(200, ETag=f'"{hashlib.md5(self.data).hexdigest()}"')

    def complete(self, oid: str) -> None:
        parts = [self.hub.stored[f"{oid}#{part['partNumber']}"] for part in self._json()["parts"]]
        data = b"".join(parts)
        if hashlib.sha256(data).hexdigest() != oid:
            raise _Answer(400, {"error": "the parts do not make up the file"})
        self.hub.stored[oid] = data
        raise _Answer(200, {})

    def commit(self, repo: str, revision: str) -> None:
        self._writer()
        dataset = self._dataset(repo)
        lines = [json.loads(line) for line in self.data.splitlines()]
        header = next(line["value"] for line in lines if line["key"] == "header")
        if header.get("parentCommit", dataset.head) != dataset.head:
            raise _Answer(412, X_Error_Message="A commit has happened since. Please refresh and try again.")
        files = dict(dataset.commits[self._commit_of(dataset, revision)])
        for line in lines:
            value = line["value"]
            if line["key"] == "file":
                files[value["path"]] = Blob(base64.b64decode(value["content"]), large=False)
            elif line["key"] == "lfsFile":
                files[value["path"]] = Blob(self.hub.stored[value["oid"]], large=True)
            elif line["key"] == "deletedFile":
                del files[value["path"]]
        oid = dataset.commit(files, header["summary"])
        url = f"{self.hub.url}/datasets/{repo}/commit/{oid}"
        raise _Answer(200, {"success": True, "commitOid": oid, "commitUrl": url})

    def tag(self, repo: str, revision: str) -> None:
        self._writer()
        dataset = self._dataset(repo)
        name = self._json()["tag"]
        if name in dataset.tags:
            raise _Answer(409, X_Error_Message="Tag reference exists already")
        dataset.tags[name] = self._commit_of(dataset, revision)
        raise _Answer(200)

    # identities

    def mint(self) -> None:
        """What GitHub gives a job that may ask for its identity."""
        raise _Answer(200, {"value": IDENTITY})

    def exchange(self) -> None:
        wanted = self._json()
        if wanted["subject_token"] != IDENTITY or not wanted["resource"].startswith("datasets/"):
            raise _Answer(400, {"error": "invalid_grant", "error_description": "No trusted publisher matches"})
        raise _Answer(200, {"access_token": EXCHANGED, "token_type": "bearer", "expires_in": 3600})


def _entries(files: Mapping[str, Blob], below: str) -> list[dict[str, Any]]:
    base = f"{below}/" if below else ""
    entries: dict[str, dict[str, Any]] = {}
    for name, blob in sorted(files.items()):
        if not name.startswith(base):
            continue
        parts = name.removeprefix(base).split("/")
        for depth in range(1, len(parts)):
            folder = base + "/".join(parts[:depth])
            entries[folder] = {"type": "directory", "path": folder, "oid": hashlib.sha1(folder.encode()).hexdigest()}
        entries[name] = {"type": "file", "path": name, "size": len(blob.data), "oid": blob.oid}
        if blob.large:
            entries[name]["lfs"] = {"oid": blob.sha256, "size": len(blob.data), "pointerSize": len(blob.pointer)}
    return list(entries.values())


_REPO = r"(?P<repo>[^/]+/[^/]+)"
_REVISION = r"(?P<revision>[^/]+)"
_ROUTES = (
    (rf"/api/datasets/{_REPO}", "info"),
    (rf"/api/datasets/{_REPO}/revision/{_REVISION}", "info"),
    (rf"/api/datasets/{_REPO}/tree/{_REVISION}(?P<path>/.*)?", "tree"),
    (rf"/api/datasets/{_REPO}/paths-info/{_REVISION}", "paths_info"),
    (rf"/api/datasets/{_REPO}/refs", "refs"),
    (rf"/datasets/{_REPO}/resolve/{_REVISION}/(?P<path>.+)", "resolve"),
    (r"/api/repos/create", "create"),
    (r"/api/validate-yaml", "validate"),
    (rf"/api/datasets/{_REPO}/preupload/{_REVISION}", "preupload"),
    (rf"/datasets/{_REPO}\.git/info/lfs/objects/batch", "batch"),
    (r"/storage/(?P<oid>\w+)", "store"),
    (r"/complete/(?P<oid>\w+)", "complete"),
    (rf"/api/datasets/{_REPO}/commit/{_REVISION}", "commit"),
    (rf"/api/datasets/{_REPO}/tag/{_REVISION}", "tag"),
    (r"/identity", "mint"),
    (r"/oauth/token", "exchange"),
)
