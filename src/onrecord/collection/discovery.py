r"""Walk raw/: collections, their cards, their texts and sidecars; every file is a source or a finding.

    raw/<collection>/collection.yaml          the card
    raw/<collection>/**/<name>.<ext>          a text: the interview <collection>/<…>/<name>
    raw/<collection>/**/<name>.yaml           its sidecar

Not read as texts: hidden files, cards and sidecars, `*.gold.json`, and README, LICENSE and NOTICE files.

The id of a text is its path below raw/ without the ending: per part, blanks become `-`, characters with a
meaning in paths, addresses or ids (`# ? % : \ * " < > |` and control characters) go, letters are composed (NFC).
A sidecar's `name` replaces the last part. An interview in a file of several has its locator added:
`<collection>/<name>.line-12`. If two ids differ in nothing but case they clash; the second file in the
order of paths is kept under the id with `~2` and an error says so.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.codes import finding
from onrecord.collection.card import Card
from onrecord.collection.document import MAX_BYTES, Document
from onrecord.collection.facts import Facts
from onrecord.collection.found import Collection, Discovery, Formats, FoundSource, Packed, Split, parts_of
from onrecord.collection.loading import did_you_mean, load_card, load_sidecar
from onrecord.collection.merging import card_facts, of_interview, with_sidecar
from onrecord.collection.naming import (
    CARD_NAME,
    SIDECAR_SUFFIX,
    TOP_FILES,
    YAML_SUFFIXES,
    fallback,
    ignored,
    is_people_file,
    nearly_card,
    slug,
    stem_of,
)
from onrecord.collection.pseudonyms import FILE as PSEUDONYMS
from onrecord.collection.pseudonyms import load_key
from onrecord.collection.sidecar import Sidecar
from onrecord.schema.interview import Finding
from onrecord.storage import AnyPath, Entry, RemotePath, entries, size_of


def discover(raw: AnyPath, formats: Formats) -> Discovery:
    """Walk `raw` and return every interview in it.

    Raises `NotADirectoryError` or `FileNotFoundError` if `raw` is no folder; broken data is in `findings`.
    """
    walk = _Walk(raw, formats)
    for entry in entries(raw):
        if entry.name.startswith("."):
            continue
        if entry.is_dir and not entry.is_link:
            walk.collection(raw / entry.name)
        elif entry.is_dir:
            walk.report_link(raw / entry.name)
        else:
            walk.loose_file(entry.name)
    return walk.result()


def discover_collection(folder: Path, formats: Formats) -> Discovery:
    """Return the interviews of one collection; the folder above it counts as raw/."""
    folder = Path(os.path.abspath(folder))
    walk = _Walk(folder.parent, formats)
    walk.collection(folder)
    return walk.result()


def discover_file(home: Path, file: Path, formats: Formats) -> Discovery:
    """Return the interviews of one file of the collection `home`, with what its card and sidecar say.

    Other files are not looked at: a clash of ids or texts is not found. Raises `OSError` if there is no such file.
    """
    home, file = Path(os.path.abspath(home)), Path(os.path.abspath(file))
    file.lstat()
    walk = _Walk(home.parent, formats)
    walk.collection(home, only=file)
    return walk.result(across=False)


def loose(path: Path, formats: Formats) -> Discovery:
    """Return the interviews of one file outside any collection: defaults, its own sidecar, the id from its name.

    Raises `OSError` if the file cannot be opened.
    """
    path.stat()
    walk = _Walk(path.parent, formats)
    walk.file(path, path.as_posix(), "", Facts(), walk.sidecar_of(path, path.with_suffix(SIDECAR_SUFFIX).as_posix()))
    return walk.result(across=False)


class _Walk:
    """One walk over raw/: collects sources, collections and findings."""

    def __init__(self, raw: AnyPath, formats: Formats) -> None:
        self.raw, self.formats = raw, formats
        self.sources: list[FoundSource] = []
        self.collections: list[Collection] = []
        self.findings: list[Finding] = []
        self.sidecars: dict[str, Document] = {}
        self._keys: set[AnyPath] = set()  # of pseudonyms: neither texts nor sidecars
        self._root = raw if isinstance(raw, RemotePath) else Path(os.path.realpath(raw))

    def result(self, *, across: bool = True) -> Discovery:
        """Return what was found; `across` compares the files with each other."""
        if across:
            self._name_clashes()
            self.findings.extend(duplicate_files(self.sources))
        self._corrections_of_nobody()
        found = sorted(self.findings, key=lambda item: (item.path, item.line or 0, item.column or 0, item.code))
        return Discovery(self.raw, tuple(self.sources), tuple(self.collections), tuple(found), self.sidecars)

    def below(self, file: AnyPath) -> str:
        """Return the path of `file` below raw/, with slashes; bytes that are no characters become U+FFFD."""
        below: Any = file  # it and raw/ are of one kind
        return os.fsencode(below.relative_to(self.raw).as_posix()).decode("utf-8", "replace")

    def report(self, code: str, path: str, message: str, hint: str | None = None, where: str | None = None) -> None:
        self.findings.append(finding(code, path, message, hint=hint, where=where))

    def report_link(self, link: AnyPath) -> None:
        target = os.path.realpath(str(link))
        self.report("symlink-outside", self.below(link), f"This is a link to {target}; it was not followed.")

    def loose_file(self, name: str) -> None:
        if name not in TOP_FILES and not is_people_file(name) and not ignored(name):
            self.report("file-outside-collection", name, f"{name} lies in raw/ itself and was not read.")

    def collection(self, folder: AnyPath, only: Path | None = None) -> None:
        """Take a folder of raw/ as a collection: its card, then its files, or only one of them."""
        name = self.below(folder)
        card = self._card(folder, name)
        self.collections.append(Collection(name, folder, f"{name}/{CARD_NAME}", card))
        before = len(self.sources)
        prefix, facts = slug(name) or fallback(name), self._pseudonyms(folder, card_facts(name, card), card)
        if only is not None:
            parents = only.relative_to(str(folder)).parts[:-1]
            self._text(only, "/".join([prefix, *(slug(part) or fallback(part) for part in parents)]), facts)
            return
        self._folder(folder, prefix, facts)
        if len(self.sources) == before:
            self.report("empty-collection", name, "The folder holds no text.")

    def _card(self, folder: AnyPath, name: str) -> Card:
        path = folder / CARD_NAME
        if not path.is_file():
            near = [entry.name for entry in entries(folder) if nearly_card(entry.name)]
            if not near:
                self.report("missing-card", name, f"There is no {CARD_NAME} in this folder.")
            return Card()
        data = self._small_file(path)
        if data is None:
            return Card()
        card, findings = load_card(data, f"{name}/{CARD_NAME}", self.formats.names)
        self.findings.extend(findings)
        return card

    def _pseudonyms(self, folder: AnyPath, facts: Facts, card: Card) -> Facts:
        """Add what replaces names; where the key cannot be used, nothing of the collection may be published."""
        if card.pseudonyms is None:
            return facts
        path = folder / card.pseudonyms
        self._keys.add(path)
        shown = f"{facts.collection}/{card.pseudonyms}"
        data = self._small_file(path) if path.is_file() else None
        if data is None:
            message = "The card names a key for pseudonyms that is not there."
            self.report("unusable-pseudonyms", shown, message)
            return facts.model_copy(update={"withheld": True})
        pairs, found = load_key(data, shown)
        self.findings.extend(found)
        return facts.model_copy(update={"withheld": True} if pairs is None else {"pseudonyms": pairs})

    def _small_file(self, path: AnyPath) -> bytes | None:
        """Read a card or sidecar, of a too large one only as much as shows that it is."""
        if (problem := size_of(path)[1]) is not None:
            self.report("unreadable-file", self.below(path), problem)
            return None
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)

    def _folder(self, folder: AnyPath, prefix: str, facts: Facts) -> None:
        listed = entries(folder)
        texts = {entry.name for entry in listed if self._is_text(entry)}
        stems = Counter(map(stem_of, texts))
        self._lonely_sidecars(folder, listed, stems)
        for entry in listed:
            if entry.name.startswith("."):
                continue
            path = folder / entry.name
            if entry.is_link and self._leads_out(path):
                self.report_link(path)
            elif entry.is_dir and not entry.is_link:
                self._folder(path, f"{prefix}/{slug(entry.name) or fallback(entry.name)}", facts)
            elif entry.name in texts:
                self._text(path, prefix, facts)

    def _text(self, path: AnyPath, prefix: str, facts: Facts) -> None:
        sidecar = self.sidecar_of(path, self.below(path.with_name(stem_of(path.name) + SIDECAR_SUFFIX)))
        self.file(path, self.below(path), prefix, facts, sidecar)

    def _is_text(self, entry: Entry) -> bool:
        if entry.is_dir or ignored(entry.name):
            return False
        return not entry.name.lower().endswith(YAML_SUFFIXES)

    def _leads_out(self, link: AnyPath) -> bool:
        target = Path(os.path.realpath(str(link)))
        return target.is_dir() or not target.is_relative_to(str(self._root))

    def _lonely_sidecars(self, folder: AnyPath, listed: Sequence[Entry], stems: Mapping[str, int]) -> None:
        """Report YAML files that belong to no text, or to several, or have the name of a card but for its spelling."""
        for entry in listed:
            name, path = entry.name, self.below(folder / entry.name)
            if not name.lower().endswith(YAML_SUFFIXES) or name.startswith(".") or name in (CARD_NAME, PSEUDONYMS):
                continue
            if folder / name in self._keys:
                continue
            stem = name[: name.rindex(".")]
            if stem in stems and name.endswith(SIDECAR_SUFFIX):
                if stems[stem] > 1:
                    self.report("sidecar-of-several", path, f"{stems[stem]} texts are named {stem}.")
            elif stem in stems:
                self.report("misspelt-card", path, f"{name} is not read.", f"Did you mean `{stem}{SIDECAR_SUFFIX}`?")
            elif nearly_card(name):
                self.report("misspelt-card", path, f"{name} is not read.", f"Did you mean `{CARD_NAME}`?")
            else:
                self.report("sidecar-without-text", path, f"There is no text named {stem} beside it.")

    def sidecar_of(self, text: AnyPath, path: str) -> tuple[str, Sidecar] | None:
        """Read the sidecar of a text, if there is one; it is read once even if several texts share it."""
        file = text.with_name(stem_of(text.name) + SIDECAR_SUFFIX)
        if file == text or not file.is_file():
            return None
        if file.is_symlink() and self._leads_out(file):
            return None  # reported by the walk over the folder
        data = self._small_file(file)
        if data is None:
            return None
        sidecar, findings, document = load_sidecar(data, path, self.formats.names)
        if path not in self.sidecars:
            self.findings.extend(findings)
        if document is not None:
            self.sidecars[path] = document
        return path, sidecar

    def file(self, file: AnyPath, path: str, prefix: str, facts: Facts, beside: tuple[str, Sidecar] | None) -> None:
        """Take a text, or each interview of a file with several, as a source."""
        sidecar_path, sidecar = beside or (None, Sidecar())
        first = len(self.sources)
        self._file(file, path, prefix, with_sidecar(facts, sidecar), sidecar_path, sidecar.name)
        if beside is not None:
            self._tell_apart(first, sidecar)

    def _file(
        self, file: AnyPath, path: str, prefix: str, facts: Facts, sidecar_path: str | None, name: str | None
    ) -> None:
        stem = name or slug(stem_of(file.name)) or fallback(file.name)
        id_ = f"{prefix}/{stem}" if prefix else stem
        size, problem = size_of(file)
        packed = self.formats.packed_of(file, facts) if problem is None else None
        if isinstance(packed, str):
            problem = packed
        elif packed is not None:
            self._rows(file, path, id_, facts, packed, sidecar_path)
            return
        if problem is not None:
            self.sources.append(FoundSource(id_, path, file, facts, 0, sidecar=sidecar_path, unreadable=problem))
            return
        split = self.formats.split_of(path, facts)
        if split is None:
            self.sources.append(FoundSource(id_, path, file, facts, size, sidecar=sidecar_path))
        else:
            self._parts(file, path, id_, facts, split, sidecar_path, size)

    def _rows(self, file: AnyPath, path: str, id_: str, facts: Facts, packed: Packed, sidecar: str | None) -> None:
        """Take each row of a file as a source; its id stands for itself, wherever the row is put later."""
        prefix = id_.rpartition("/")[0]
        for row in packed.rows(facts.max_bytes):
            name = "/".join(filter(None, map(slug, (row.id or "").split("/"))))
            own = f"{prefix}/{name}" if prefix and name else name or f"{id_}.{slug(row.locator.replace('=', '-'))}"
            problem = row.problem or (None if name else "it has no id")
            self.sources.append(
                FoundSource(own, path, file, facts, row.size, row.locator, row.part, None, sidecar, problem, packed)
            )
        if unread := packed.unread(facts):
            self.report("unread-column", path, f"Nothing is made of {', '.join(f'`{name}`' for name in unread)}.")

    def _parts(
        self, file: AnyPath, path: str, id_: str, facts: Facts, split: Split, sidecar: str | None, size: int
    ) -> None:
        if size > facts.max_bytes:  # one record says so; to split it, it would have to be read
            self.sources.append(FoundSource(id_, path, file, facts, size, sidecar=sidecar))
            return
        parts = parts_of(file, split, facts)
        for index, (locator, data) in enumerate(parts):
            own = id_ if locator is None else f"{id_}.{slug(re.sub('[=/ ]+', '-', locator)) or index}"
            self.sources.append(FoundSource(own, path, file, facts, len(data), locator, index, split, sidecar))

    def _tell_apart(self, first: int, sidecar: Sidecar) -> None:
        """Give each interview of a file, the sources from `first` on, the corrections that are about it."""
        for index, source in enumerate(self.sources[first:], first):
            facts = of_interview(source.facts, sidecar, source.id)
            if facts is not source.facts:
                self.sources[index] = dataclasses.replace(source, facts=facts)
        one = sidecar.title, sidecar.date, sidecar.summary
        if len(self.sources) - first > 1 and (
            any(one) or any(item.target.interview is None for item in sidecar.corrections)
        ):
            source = self.sources[first]
            message = f"{source.path} holds {len(self.sources) - first} interviews, and what it says is said of each."
            hint = "Say of each correction which `interview` it is about; a title or date can be corrected, too."
            self.report("sidecar-of-several", source.sidecar or source.path, message, hint)

    def _corrections_of_nobody(self) -> None:
        """Report corrections that name an interview which is not in the file."""
        ids: dict[str, list[str]] = {}
        for source in self.sources:
            ids.setdefault(source.sidecar or "", []).append(source.id)
        for path, document in self.sidecars.items():
            entries = document.value.get("corrections")
            for index, entry in enumerate(entries if isinstance(entries, list) else ()):
                target = entry.get("target") if isinstance(entry, dict) else None
                named = target.get("interview") if isinstance(target, dict) else None
                if isinstance(named, str) and named not in ids.get(path, ()):
                    message = f"There is no interview `{named}` in the file."
                    loc = ("corrections", index, "target", "interview")
                    hint = did_you_mean(named, ids.get(path, ())[:20])
                    self.findings.append(document.finding("wrong-value", message, loc, hint=hint))

    def _name_clashes(self) -> None:
        taken: dict[str, FoundSource] = {}
        for index, source in enumerate(self.sources):
            key, count = source.id.casefold(), 1
            first = taken.get(key)
            while key in taken:
                count += 1
                key = f"{source.id.casefold()}~{count}"
            taken[key] = source
            if first is not None:
                at, here = (f" ({item.locator})" if item.locator else "" for item in (first, source))
                message = f"{first.path}{at} has the id `{source.id}` already; this one{here} is kept as "
                message += f"`{source.id}~{count}`."
                hint = f"Give {source.locator} of {source.path} an id of its own." if source.locator else None
                self.report("duplicate-id", source.path, message, where=f"{source.id}~{count}", hint=hint)
                self.sources[index] = dataclasses.replace(source, id=f"{source.id}~{count}")


def duplicate_files(sources: Sequence[FoundSource]) -> Iterator[Finding]:
    """Yield a finding for every file with the same bytes as an earlier one; only files of one size are compared."""
    by_size: dict[int, dict[AnyPath, FoundSource]] = {}
    for source in sources:
        if source.unreadable is None and source.part is None and source.size:
            by_size.setdefault(source.size, {}).setdefault(source.file, source)
    for group in by_size.values():
        if len(group) > 1:
            yield from _same_bytes(group.values())


def _same_bytes(group: Iterable[FoundSource]) -> Iterator[Finding]:
    first: dict[bytes, FoundSource] = {}
    for source in group:
        try:
            with source.file.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").digest()
        except OSError:
            continue  # it is reported when it is loaded
        original = first.setdefault(digest, source)
        if original is not source:
            message = f"{original.path} has the same content, byte for byte."
            yield finding("duplicate-text", source.path, message, where=source.id)
