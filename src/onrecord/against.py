"""Compare what is checked with what was published last: an id names one text, in one split, for ever.

Nothing is compared that a release computes anew (turns, speakers, quotations): `onrecord diff` does that. This is about
what people who hold a copy rely on, and it needs no build.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.checks.across import Summary, resemblance, sketch
from onrecord.codes import finding
from onrecord.errors import ConfigError
from onrecord.publish.facts import Split, released_facts
from onrecord.publish.ledger import Entry, load_ledger, released_takedowns
from onrecord.publish.parquet import read_rows
from onrecord.publish.splits import split_of
from onrecord.publish.verification import read_manifest
from onrecord.schema.interview import Finding
from onrecord.tables import FICTIONAL

ANOTHER = 0.3
"""Share of the words in common below which a text under an old id is not the old one changed, but another one."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a release holds about one interview."""

    path: str
    text_sha256: str
    sha256: str
    split: str
    file: Path


@dataclass(frozen=True, slots=True)
class Release:
    """What was published: interviews and withdrawals by id, and how it is divided."""

    folder: Path
    version: str
    interviews: Mapping[str, Published]
    withdrawn: Mapping[str, Entry]
    splits: Sequence[Split]

    def text(self, id_: str) -> str | None:
        """Return the published text of an interview; None if only its positions were published."""
        import pyarrow.parquet as pq

        rows = pq.read_table(self.interviews[id_].file, columns=["text"], filters=[("id", "==", id_)])
        return rows.column("text")[0].as_py() or None


def last_release(folder: Path) -> Release:
    """Return what the built dataset in `folder` publishes. Raises `ConfigError` if it is none, or damaged."""
    manifest, found = read_manifest(folder)
    if manifest is None:
        raise ConfigError(" ".join(item.message for item in found))
    interviews: dict[str, Published] = {}
    columns = ["id", "text_sha256", "origin.path", "origin.sha256"]
    for config in manifest.configs:
        for split in config.splits if config.name in ("interviews", f"{FICTIONAL}interviews") else ():
            for name in split.files:
                for row in read_rows(folder / name, columns):
                    origin = row["origin"]
                    interviews[row["id"]] = Published(
                        origin["path"], row["text_sha256"], origin["sha256"], split.name, folder / name
                    )
    return Release(folder, manifest.version, interviews, released_takedowns(folder), released_facts(folder).splits)


def check_against(
    release: Release, raw: Path, summaries: Iterable[Summary], groups: Mapping[str, str], whole: Collection[str] | None
) -> Iterator[Finding]:
    """Yield what a holder of `release` would find broken in the interviews of `summaries`.

    `groups` are what splits go by, by id. `whole` names the collections of which every interview was looked at (None:
    all there are): only of those it can be said that one is gone. What the ledger in `raw` says was withdrawn may go.
    """
    gone = load_ledger(raw).withdrawn
    present = {item.id: item for item in summaries}
    texts = {item.text_sha256: item for item in present.values()}
    for id_, item in present.items():
        if id_ in release.withdrawn and id_ not in gone:
            message = f"{id_} was withdrawn on {release.withdrawn[id_].on}, and {release.folder} lists it as gone."
            yield finding("withdrawn-id", item.path, message, where=id_)
        elif id_ in release.interviews:
            yield from _changed(release, release.interviews[id_], item, groups.get(id_))
    for id_, published in release.interviews.items():
        collection = published.path.split("/", 1)[0]
        if id_ in present or id_ in gone or not (whole is None or collection in whole):
            continue
        other = texts.get(published.text_sha256)
        hint = f"Its text is {other.id} now; give it back its `name:` in the sidecar." if other else None
        message = f"{id_} is in version {release.version}, and in {published.path} no more."
        yield finding("published-id-gone", (raw / published.path).as_posix(), message, where=id_, hint=hint)


def _changed(release: Release, old: Published, item: Summary, group: str | None) -> Iterator[Finding]:
    if item.readable and item.text_sha256 != old.text_sha256:
        text = release.text(item.id)
        alike = None if text is None else resemblance(sketch(text), item.sketch)
        if alike is not None and alike < ANOTHER and sketch(text or "") and item.sketch:
            message = f"In version {release.version} {item.id} was another text, read from {old.path}."
            yield finding("published-id-reused", item.path, message, where=item.id)
        else:
            how = "the file was changed" if item.sha256 != old.sha256 else "the same file is read otherwise"
            message = f"The text is not that of version {release.version}: {how}."
            yield finding("published-text-changed", item.path, message, where=item.id)
    if group is not None and (split := split_of(group, release.splits)) != old.split:
        message = f"In version {release.version} it was in the split `{old.split}`; now it would be in `{split}`."
        yield finding("published-split-moved", item.path, message, where=item.id)
