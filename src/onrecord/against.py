"""Compare what is checked with what was published last: an id names one text, in one split, for ever.

Nothing is compared that a release computes anew (turns, speakers, quotations): `onrecord diff` does that. This is about
what people who hold a copy rely on, and it needs no build.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.checks.across import resemblance
from onrecord.checks.summaries import Summaries, Summary, sketch
from onrecord.codes import finding
from onrecord.errors import ConfigError
from onrecord.publish.facts import Split, released_facts
from onrecord.publish.ledger import Entry, load_ledger, released_takedowns
from onrecord.publish.parquet import read_rows
from onrecord.publish.verification import read_manifest
from onrecord.schema.interview import Finding
from onrecord.tables import FICTIONAL

ANOTHER = 0.3
"""Share of the words in common below which a text under an old id is not the old one changed, but another one."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a release holds about one interview."""

    id: str
    path: str
    text_sha256: str
    sha256: str
    split: str
    file: Path

    def text(self) -> str | None:
        """Return the published text; None if only its positions were published."""
        import pyarrow.parquet as pq

        rows = pq.read_table(self.file, columns=["text"], filters=[("id", "==", self.id)])
        return rows.column("text")[0].as_py() or None


@dataclass(frozen=True, slots=True)
class Release:
    """What was published: where the interviews are, with the split of each file; withdrawals by id; the division."""

    folder: Path
    version: str
    files: Sequence[tuple[Path, str]]
    withdrawn: Mapping[str, Entry]
    splits: Sequence[Split]

    def interviews(self) -> Iterator[Published]:
        """Yield what was published about each interview; raises `ConfigError` if a file is damaged."""
        for file, split in self.files:
            for row in read_rows(file, ["id", "text_sha256", "origin.path", "origin.sha256"]):
                origin = row["origin"]
                yield Published(row["id"], origin["path"], row["text_sha256"], origin["sha256"], split, file)


def last_release(folder: Path) -> Release:
    """Return what the built dataset in `folder` publishes. Raises `ConfigError` if it is none, or damaged."""
    manifest, found = read_manifest(folder)
    if manifest is None:
        raise ConfigError(" ".join(item.message for item in found))
    files = [
        (folder / name, split.name)
        for config in manifest.configs
        for split in (config.splits if config.name in ("interviews", f"{FICTIONAL}interviews") else ())
        for name in split.files
    ]
    release = Release(folder, manifest.version, files, released_takedowns(folder), released_facts(folder).splits)
    for _ in release.interviews():
        pass  # what is damaged is said now, and not when hours of checking are over
    return release


def check_against(
    release: Release, raw: Path, summaries: Summaries, splits: Sequence[str | None], whole: Collection[str] | None
) -> Iterator[Finding]:
    """Yield what a holder of `release` would find broken in the interviews of `summaries`.

    `splits` are those that each of them would be in now, if the release has several. `whole` names the collections of
    which every interview was looked at (None: all there are): only of those it can be said that one is gone. What the
    ledger in `raw` says was withdrawn may go.
    """
    gone = load_ledger(raw).withdrawn
    present = {summaries.id(index): index for index in range(len(summaries))}
    for id_ in release.withdrawn:
        if id_ in present and id_ not in gone:
            message = f"{id_} was withdrawn on {release.withdrawn[id_].on}, and {release.folder} lists it as gone."
            yield finding("withdrawn-id", summaries.path(present[id_]), message, where=id_)
    changed: dict[int, list[Finding]] = {}
    missing: list[Published] = []
    for old in release.interviews():
        index = present.get(old.id)
        if index is None:
            if old.id not in gone and (whole is None or old.path.split("/", 1)[0] in whole):
                missing.append(old)
        elif old.id not in release.withdrawn or old.id in gone:
            split = splits[index] if splits else None
            changed[index] = list(_changed(release, old, summaries.summary(index), split))
    for index in sorted(changed):
        yield from changed[index]
    yield from _gone(release, raw, missing, summaries)


def _gone(release: Release, raw: Path, missing: Sequence[Published], summaries: Summaries) -> Iterator[Finding]:
    texts = dict.fromkeys((bytes.fromhex(old.text_sha256) for old in missing), "")
    for index in range(len(summaries)) if texts else ():
        if summaries.text(index) in texts:
            texts[summaries.text(index)] = summaries.id(index)
    for old in missing:
        other = texts[bytes.fromhex(old.text_sha256)]
        hint = f"Its text is {other} now; give it back its `name:` in the sidecar." if other else None
        message = f"{old.id} is in version {release.version}, and in {old.path} no more."
        yield finding("published-id-gone", (raw / old.path).as_posix(), message, where=old.id, hint=hint)


def _changed(release: Release, old: Published, item: Summary, split: str | None) -> Iterator[Finding]:
    if item.readable and item.text_sha256 != old.text_sha256:
        text = old.text()
        alike = None if text is None else resemblance(sketch(text), item.sketch)
        if alike is not None and alike < ANOTHER and sketch(text or "") and item.sketch:
            message = f"In version {release.version} {item.id} was another text, read from {old.path}."
            yield finding("published-id-reused", item.path, message, where=item.id)
        else:
            how = "the file was changed" if item.sha256 != old.sha256 else "the same file is read otherwise"
            message = f"The text is not that of version {release.version}: {how}."
            yield finding("published-text-changed", item.path, message, where=item.id)
    if split is not None and split != old.split:
        message = f"In version {release.version} it was in the split `{old.split}`; now it would be in `{split}`."
        yield finding("published-split-moved", item.path, message, where=item.id)
