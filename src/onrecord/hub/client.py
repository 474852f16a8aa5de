"""The one place that talks to `huggingface_hub`, and the sentences its errors become."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from onrecord.errors import ConfigError, ReleaseRefused

_ADDRESS = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.-]*/[A-Za-z0-9][A-Za-z0-9_.-]*)(?:@(\S+))?")
_KIND = "dataset"
_T = TypeVar("_T")
_TRIES = 4
_PATIENCE = 300
"""How many seconds the Hub may ask us to wait before we leave it to the user to come back."""
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
# By name: the client has changed what it sends requests with twice (requests, httpx, httpx2), and may again.
_TRANSPORT = frozenset({"TransportError", "ConnectionError", "Timeout", "TimeoutError", "ChunkedEncodingError"})


class Unavailable(ConfigError):
    """The Hub did not do what it was asked, but may when it is asked again; `wait` is how long it wants us to, in s."""

    def __init__(self, message: str, wait: int | None = None) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Address:
    """A dataset on the Hub, and the revision that is meant (a tag, a branch or a commit; None is the newest)."""

    repository: str
    revision: str | None = None

    def __str__(self) -> str:
        return f"{self.repository} at {self.revision}" if self.revision else self.repository


@dataclass(frozen=True, slots=True)
class Stored:
    """A file on the Hub: its size in bytes, its git blob id, and its SHA-256 if it is in large-file storage."""

    size: int
    blob: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class State:
    """What a dataset on the Hub holds at one commit."""

    commit: str
    private: bool
    files: Mapping[str, Stored]


def address_of(text: str) -> Address:
    """Read `org/name` or `org/name@revision`; raises `ConfigError` for anything else."""
    found = _ADDRESS.fullmatch(text)
    if found is None or ".." in found[1] or "--" in found[1]:
        raise ConfigError(f"{text!r} is no dataset on the Hub: one is written org/name, or org/name@revision")
    return Address(found[1], found[2])


def fetch(address: Address, patterns: Collection[str] | None = None) -> Path:
    """Return a local folder with the files of a dataset (those that match `patterns`), kept in the client's cache.

    What is in the cache already is used without asking for it again, and also if the Hub cannot be reached.
    Raises `ConfigError` if it cannot be fetched; the message says why.
    """
    from huggingface_hub import snapshot_download

    wanted = None if patterns is None else list(patterns)

    def once() -> str:
        with _told(address, None, f"dataset {address} cannot be fetched: "):
            return snapshot_download(
                address.repository, repo_type=_KIND, revision=address.revision, allow_patterns=wanted
            )

    return Path(patiently(once))


def patiently(do: Callable[[], _T], said: Callable[[str], None] = lambda _: None) -> _T:
    """Return what `do` returns; while it raises `Unavailable`, try a few times more, as far apart as the Hub asks.

    `said` hears about each wait. The last `Unavailable` is raised; so is one that asks for more patience than we have.
    """
    for attempt in range(1, _TRIES):
        try:
            return do()
        except Unavailable as busy:
            wait = 2**attempt if busy.wait is None else busy.wait
            if wait > _PATIENCE:
                raise
            said(f"{busy}: trying again in {wait} s")
            time.sleep(wait)
    return do()


class Hub:
    """One dataset on one Hub, as its HTTP interface shows it.

    Every method raises `Unavailable` if it may work later, `ReleaseRefused` if someone else was faster, and
    `ConfigError` if it cannot work; nothing of the client's own leaves this class.
    """

    def __init__(self, repository: str, endpoint: str | None = None) -> None:
        from huggingface_hub import HfApi

        self.address = Address(repository)
        self.api = HfApi(endpoint=endpoint)
        self.endpoint: str = self.api.endpoint

    def require_login(self) -> None:
        """Raise `ConfigError` if there is nothing to log in with; whether it is good is for the Hub to say."""
        from huggingface_hub import get_token

        with self._asking():
            token = get_token()
        if token is None:
            raise ConfigError("you are not logged in to the Hub: run `hf auth login`, or set HF_TOKEN")

    def state(self, revision: str | None = None) -> State | None:
        """Return what the dataset holds at `revision`, by default at the newest commit; None if there is no dataset."""
        from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

        with self._asking():
            try:
                found = self.api.repo_info(self.address.repository, repo_type=_KIND, revision=revision)
            except GatedRepoError:
                raise
            except RepositoryNotFoundError:
                return None
            listed = list(
                self.api.list_repo_tree(self.address.repository, repo_type=_KIND, revision=found.sha, recursive=True)
            )
        files = {item.path: _stored(item) for item in listed if hasattr(item, "blob_id")}  # folders have none
        return State(str(found.sha), bool(found.private), files)

    def tags(self) -> Mapping[str, str]:
        """Return the commit of every tag."""
        with self._asking():
            refs = self.api.list_repo_refs(self.address.repository, repo_type=_KIND)
        return {tag.name: tag.target_commit for tag in refs.tags}

    def create(self, private: bool) -> None:
        """Make the dataset; one that is there already is left as it is."""
        with self._asking():
            self.api.create_repo(self.address.repository, repo_type=_KIND, private=private, exist_ok=True)

    def commit(self, add: Mapping[str, Path], remove: Sequence[str], parent: str, message: str) -> str:
        """Put files in and take files out in one commit on top of `parent`, and return its id.

        Large files are sent before the commit; those that the Hub has already are not sent again.
        """
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete

        with self._asking():
            operations: list[Any] = [CommitOperationDelete(path_in_repo=name) for name in remove]
            operations += [CommitOperationAdd(path_in_repo=name, path_or_fileobj=path) for name, path in add.items()]
            done = self.api.create_commit(
                self.address.repository, operations, commit_message=message, repo_type=_KIND, parent_commit=parent
            )
        return str(done.oid)

    def tag(self, name: str, commit: str, message: str) -> None:
        """Name a commit; a tag that exists already stays where it is, and raises `ReleaseRefused`."""
        with self._asking():
            self.api.create_tag(
                self.address.repository, tag=name, tag_message=message, revision=commit, repo_type=_KIND
            )

    @contextmanager
    def _asking(self) -> Iterator[None]:
        with _told(self.address, self.endpoint, ""):
            yield


def _stored(item: Any) -> Stored:
    return Stored(item.size, item.blob_id, item.lfs.sha256 if item.lfs else None)


@contextmanager
def _told(address: Address, endpoint: str | None, before: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # whatever the client, its transport and its storage raise: there is no common base
        raise _translated(error, address, endpoint, before) from error


def _translated(error: Exception, address: Address, endpoint: str | None, before: str) -> Exception:
    """Find what went wrong behind the client's wrappers, and say it in one line that tells what to do."""
    links = list(_causes(error))
    names = {base.__name__ for link in links for base in type(link).__mro__}
    if "OfflineModeIsEnabled" in names:
        return ConfigError(f"{before}HF_HUB_OFFLINE is set, so the Hub is not asked")
    response = next((found for link in links if (found := getattr(link, "response", None)) is not None), None)
    if response is None:
        if names & _TRANSPORT:
            return Unavailable(f"{before}the Hub cannot be reached, or cut the connection: {_line(links[-1])}")
        if "JSONDecodeError" in names:  # a page of words where data was asked for: what a Hub in trouble sends
            return Unavailable(f"{before}the Hub's answer makes no sense")
        why = "" if len(links) == 1 else f" ({_line(links[-1])})"
        return ConfigError(before + _line(error) + why)
    return _answer(response, names, error, address, endpoint, before)


def _answer(
    response: Any, names: set[str], error: Exception, address: Address, endpoint: str | None, before: str
) -> Exception:
    status = int(response.status_code)
    if status in _BUSY:
        asked = response.headers.get("Retry-After", "")
        wait = int(asked) if asked.isdigit() else None
        later = f", and asks to wait {wait:,} s" if wait else ""
        return Unavailable(f"{before}the Hub answered {status}{later}", wait)
    where = f" on {endpoint}" if endpoint else ""
    if "GatedRepoError" in names:
        return ConfigError(f"{before}{address.repository} is gated, and your account has no access to it")
    if "RevisionNotFoundError" in names:
        return ConfigError(f"{before}{address.repository} has no revision {address.revision}")
    anonymous = status == 401 and "Authorization" not in response.request.headers
    if anonymous or "RepositoryNotFoundError" in names:
        return ConfigError(
            f"{before}there is no dataset {address.repository}{where}, or it is private and your login may not see it"
        )
    if status in (409, 412):
        return ReleaseRefused(
            f"{address.repository} was changed by someone else meanwhile; look at what they did, and publish again"
        )
    if status == 401:
        return ConfigError(f"{before}the Hub does not accept your token: it is wrong or has expired (`hf auth login`)")
    if status == 403:
        return ConfigError(f"{before}your token may not do this to {address.repository}: it needs the right to write")
    return ConfigError(before + _line(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__


def _line(error: BaseException) -> str:
    said = getattr(error, "server_message", None) or str(error)
    return next((line.strip() for line in said.splitlines() if line.strip()), type(error).__name__)
