"""Break raw files, cards and sidecars in the ways people and machines break them, and count what the checks notice."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.checking import check_paths
from onrecord.collection.card import Bounds, Card
from onrecord.collection.sidecar import Sidecar

PIPE = "a pipe"
"""In place of a file's bytes: something that cannot be opened like a file."""

Files = Mapping[str, bytes | str]
"""Paths below raw/ with their bytes; a text `-> target` is a link, `PIPE` a pipe."""

CARD = b"""\
title: Voices of the harbour
description: Interviews with dock workers.
publisher: Harbour Archive
language: en
outlet: The Quay
rights: {holder: Harbour Archive, licence: CC-BY-4.0, redistribution: full, basis: A letter.}
origin: {url: "https://example.org/", published: 2020-02-03, retrieved: 2024-05-06}
reader: plain
encoding: utf-8
convention: label-colon
labels: {Q: interviewer, A: Ruth Hale}
participants: [{name: Ruth Hale, roles: [interviewee]}]
fictional: true
max_bytes: 1000000
expect: {min: {interviews: 1}, max: {no_turns: 1.0}}
"""

SIDECAR = b"""\
title: Ruth Hale remembers
date: 1987-06
outlet: The Quay
place: Tidewater
language: en
summary: About the harbour.
url: https://example.org/a
published: 1987-07-01
participants: [{name: Ruth Hale, roles: [interviewee]}]
labels: {Q: interviewer}
"""

TEXT = b"Q: Who built the harbour, then?\n\nA: We did, my father and I, with stones from the quarry.\n"
_LINE = re.compile(rb"^([a-z_]+):(.*)$", re.MULTILINE)
_QUOTED = re.compile(r"“[^“”\n]{3,}”")


@dataclass(frozen=True, slots=True)
class RawMutation:
    """Files of a raw folder, broken in one way, and the codes of which one has to say so."""

    kind: str
    where: str
    codes: tuple[str, ...]
    files: Files


def yaml_mutations() -> Iterator[RawMutation]:
    """Break a full card and a full sidecar: every key, every value, and the files as a whole."""
    base = {"c/collection.yaml": CARD, "c/a.txt": TEXT, "c/a.yaml": SIDECAR}
    for path, model in (("c/collection.yaml", Card), ("c/a.yaml", Sidecar)):
        data = base[path]

        def broken(kind: str, where: str, code: str, new: bytes, path: str = path) -> RawMutation:
            return RawMutation(kind, f"{path}: {where}", (code,), {**base, path: new})

        for match in _LINE.finditer(data):
            key = match[1].decode()
            line, rest = match[0], match[2]
            wrong = b": " if key not in ("date", "published", "retrieved") else b": 2024-13-01 #"
            code = "wrong-date" if key in ("date", "published") else "wrong-value"
            yield broken("key misspelt", key, "unknown-key", data.replace(line, match[1][:-1] + b"zz:" + rest))
            yield broken("key twice", key, "duplicate-key", data + line + b"\n")
            yield broken("value of another kind", key, code, data.replace(line, match[1] + wrong + b"[[1, 2]]"))
        yield broken("tab for indentation", "line 1", "invalid-yaml", b"rights:\n\tholder: x\n")
        yield broken("quotation mark not closed", "line 1", "invalid-yaml", b"title: 'Open\n" + data)
        yield broken("anchor and alias", "line 1", "yaml-alias", data.replace(b"title: ", b"title: &a "))
        yield broken("not UTF-8", "line 1", "invalid-yaml", data.replace(b"title: ", b"title: \xe9"))
        yield broken("control character", "line 1", "invalid-yaml", data.replace(b"title: ", b"title: \x00"))
        yield broken("a list instead of keys", "line 1", "wrong-value", b"- title: x\n")
        yield broken("two documents", "end", "invalid-yaml", data + b"---\ntitle: x\n")
        yield broken("far too large", "end", "yaml-too-large", data + b"#" * (5 * 2**20))
        for name, code in (("reader", "reader"), ("encoding", "encoding"), ("convention", "convention")):
            if name in model.model_fields:
                without = re.sub(rb"^%s:.*\n" % name.encode(), b"", data, flags=re.MULTILINE)
                new = without + f"{name}: no-such\n".encode()
                yield broken(f"{name} that does not exist", name, f"unknown-{code}", new)
    yield from _sidecar_entries(base)
    yield from _inner_keys(base)
    yield from _expectations(base)
    yield from _top_files(base)
    yield from _file_mutations(base)


def _sidecar_entries(base: dict[str, bytes]) -> Iterator[RawMutation]:
    """Waivers and corrections that are incomplete, wrong, out of date or about nothing."""
    waiver = b"waivers: [{code: empty-file, reason: R., by: A}]\n"
    target = b"{layer: turns, quote: {exact: We did}}"
    correction = b"corrections: [{target: %s, set: {role: answer}, by: A, on: 2024-01-01, why: W.}]\n" % target
    entries = (
        ("waiver without a reason", "missing-key", waiver.replace(b"reason: R., ", b"")),
        ("waiver without an author", "missing-key", waiver.replace(b", by: A", b"")),
        ("waiver of a code that does not exist", "wrong-value", waiver.replace(b"empty-file", b"emty-file")),
        ("waiver with a key misspelt", "unknown-key", waiver.replace(b"by: A", b"by: A, expire: 2030-01-01")),
        ("waiver of nothing", "unused-waiver", waiver),
        ("waiver past its day", "expired-waiver", waiver.replace(b"by: A", b"by: A, expires: 2001-01-01")),
        ("waiver without a code", "missing-key", waiver.replace(b"code: empty-file, ", b"")),
        ("waiver of line 0", "wrong-value", waiver.replace(b"by: A", b"by: A, line: 0")),
        (
            "waiver until a day that does not exist",
            "wrong-date",
            waiver.replace(b"by: A", b"by: A, expires: 2030-02-30"),
        ),
        ("correction without a reason", "missing-key", correction.replace(b", why: W.", b"")),
        ("correction without a day", "missing-key", correction.replace(b", on: 2024-01-01", b"")),
        ("correction without a target", "missing-key", correction.replace(b"target: %s, " % target, b"")),
        ("correction that sets nothing", "wrong-value", correction.replace(b"{role: answer}", b"{}")),
        ("correction with a key misspelt", "unknown-key", correction.replace(b"layer: turns", b"layer: turns, itm: x")),
        (
            "correction of another interview",
            "wrong-value",
            correction.replace(b"layer: turns", b"layer: turns, interview: c/b"),
        ),
        (
            "correction of a place before the text",
            "wrong-value",
            correction.replace(b"quote: {exact: We did}", b"position: [-1, 3]"),
        ),
        ("correction without an author", "missing-key", correction.replace(b"by: A, ", b"")),
        ("correction with a wrong day", "wrong-date", correction.replace(b"2024-01-01", b"2024-02-30")),
        ("correction of an unknown layer", "wrong-value", correction.replace(b"layer: turns", b"layer: turn")),
        ("correction of an unknown field", "wrong-value", correction.replace(b"role: answer", b"rolle: answer")),
        ("correction to an unknown value", "wrong-value", correction.replace(b"answer", b"replies")),
        ("correction without a place", "wrong-value", correction.replace(b", quote: {exact: We did}", b"")),
        ("correction of words that are not there", "correction-lost", correction.replace(b"We did", b"Never said")),
    )
    for kind, code, entry in entries:
        yield RawMutation(kind, "c/a.yaml", (code,), {**base, "c/a.yaml": entry})


def _inner_keys(base: dict[str, bytes]) -> Iterator[RawMutation]:
    """Keys and values within the entries of card and sidecar: right in the outer form, wrong inside."""
    rights, origin = b"rights: {holder: Harbour Archive", b"published: 2020-02-03"
    person = b"participants: [{name: Ruth Hale, roles: [interviewee]}]"
    entries = (
        ("rights misspelt inside", "unknown-key", rights, b"rights: {holdr: Harbour Archive"),
        ("holder that is no word", "wrong-value", rights, b"rights: {holder: [1]"),
        ("licence that is no identifier", "wrong-value", b"licence: CC-BY-4.0", b"licence: free for all!"),
        ("redistribution that is not in the list", "wrong-value", b"redistribution: full", b"redistribution: open"),
        ("origin misspelt inside", "unknown-key", origin, b"publishd: 2020-02-03"),
        ("origin with a date that does not exist", "wrong-date", origin, b"published: 2020-02-30"),
        ("participant without a name", "missing-key", person, b"participants: [{roles: [interviewee]}]"),
        ("participant with an unknown role", "wrong-value", person, person.replace(b"interviewee", b"interviewed")),
        ("participant of an unknown kind", "wrong-value", person, person.replace(b"roles", b"kind: human, roles")),
        ("participant misspelt inside", "unknown-key", person, person.replace(b"roles", b"role")),
        ("label that says nothing", "wrong-value", b"labels: {", b"labels: {X: {ignore: false}, "),
        ("label with an unknown role", "wrong-value", b"labels: {", b"labels: {X: {role: asker}, "),
        ("blank word", "wrong-value", b"outlet: The Quay", b"outlet: ''"),
        ("language that is no tag", "wrong-value", b"language: en", b"language: English language"),
        ("size that is no size", "wrong-value", b"max_bytes: 1000000", b"max_bytes: 0"),
    )
    for path in ("c/collection.yaml", "c/a.yaml"):
        for kind, code, right, wrong in entries:
            if right in base[path]:
                yield RawMutation(kind, path, (code,), {**base, path: base[path].replace(right, wrong)})


def _expectations(base: dict[str, bytes]) -> Iterator[RawMutation]:
    """Every measure of a card expected to be more, or less, than it is; and bounds that are none."""
    for measure in Bounds.model_fields:
        share = measure.startswith(("un", "no_"))
        for side, bound in (("min", 1.0 if share else 99), ("max", 0)):
            if side == "max" and share:  # nothing of this kind is in the collection, and less than nothing is not
                continue
            new = re.sub(rb"expect: .*", f"expect: {{{side}: {{{measure}: {bound}}}}}".encode(), CARD)
            text = TEXT + "A: “We carried it all,” my father said.\n".encode()
            files = {**base, "c/collection.yaml": new, "c/a.txt": text}
            yield RawMutation("outside what is expected", f"{side} {measure}", ("outside-expectation",), files)
        wrong = re.sub(rb"expect: .*", f"expect: {{min: {{{measure}: -1}}}}".encode(), CARD)
        yield RawMutation("bound below nothing", measure, ("wrong-value",), {**base, "c/collection.yaml": wrong})


def _top_files(base: dict[str, bytes]) -> Iterator[RawMutation]:
    """What stands in raw/ itself: people, the release, the ledger."""
    entries = (
        ("people.yaml", "people misspelt", "unknown-key", b"peopel: {}\n"),
        ("people.yaml", "person with an unknown key", "wrong-value", b"people: {hale: {nam: Ruth Hale}}\n"),
        (
            "people.yaml",
            "decision without a verdict",
            "wrong-value",
            b"decisions: [{by: A, on: 2024-01-01, why: W.}]\n",
        ),
        ("release.yaml", "release misspelt", "unknown-key", b"titel: Voices\n"),
        ("release.yaml", "version that is none", "wrong-value", b"version: soon\n"),
        ("release.yaml", "splits that do not add up", "wrong-value", b"splits: [{name: train, share: 0.5}]\n"),
        ("release.yaml", "author without a name", "wrong-value", b"authors: [{affiliation: Museum}]\n"),
        ("ledger.jsonl", "event that is none", "wrong-value", b'{"event": "lost", "id": "c/a", "on": "2024-01-01"}\n'),
        ("ledger.jsonl", "event without a day", "wrong-value", b'{"event": "withdrawn", "id": "c/a"}\n'),
        ("ledger.jsonl", "ledger that is no JSON", "wrong-value", b"withdrawn c/a\n"),
    )
    for path, kind, code, data in entries:
        yield RawMutation(kind, path, (code,), {**base, path: data})


def _file_mutations(base: dict[str, bytes]) -> Iterator[RawMutation]:
    """Files that are missing, misplaced, misnamed, there twice, or no files at all."""
    without = {path: data for path, data in base.items() if path != "c/collection.yaml"}
    yield RawMutation("card removed", "c", ("missing-card",), without)
    for name in ("collection.yml", "Collection.yaml", "colection.yaml", "collections.yaml", "card.yaml"):
        yield RawMutation("card misnamed", name, ("misspelt-card",), {**without, f"c/{name}": CARD})
    lonely = {path: data for path, data in base.items() if path != "c/a.yaml"}
    yield RawMutation("sidecar misnamed", "c/b.yaml", ("sidecar-without-text",), {**lonely, "c/b.yaml": SIDECAR})
    yield RawMutation("sidecar misnamed", "c/a.yml", ("misspelt-card",), {**lonely, "c/a.yml": SIDECAR})
    yield RawMutation("file outside a collection", "a.txt", ("file-outside-collection",), {**base, "a.txt": TEXT})
    yield RawMutation(
        "collection without texts", "d", ("empty-collection",), {**base, "d/collection.yaml": b"title: D\n"}
    )
    yield RawMutation("two files with one id", "c/a.md", ("duplicate-id",), {**base, "c/a.md": b"Q: Else?\n\nA: No.\n"})
    yield RawMutation("link out of raw/", "c/l.txt", ("symlink-outside",), {**base, "c/l.txt": "-> /etc/hostname"})
    yield RawMutation("link to a folder", "c/l", ("symlink-outside",), {**base, "c/l": "-> ."})
    yield RawMutation("link to nothing", "c/l.txt", ("unreadable-file",), {**base, "c/l.txt": "-> nothing.txt"})
    yield RawMutation("file that cannot be opened", "c/p.txt", ("unreadable-file",), {**base, "c/p.txt": PIPE})
    emptied = CARD.replace(b"interviews: 1", b"interviews: 2")
    yield RawMutation("fewer than expected", "c", ("outside-expectation",), {**base, "c/collection.yaml": emptied})


def text_mutations(name: str, data: bytes) -> Iterator[RawMutation]:
    """Break the bytes and the words of one UTF-8 text."""
    text = data.decode("utf-8")
    card = {"c/collection.yaml": b"title: C\n"}
    path = f"c/{name}"

    def broken(kind: str, new: bytes | str, *codes: str) -> RawMutation:
        return RawMutation(kind, name, codes, {**card, path: new.encode() if isinstance(new, str) else new})

    middle = len(text) // 2
    yield broken("emptied", b"", "empty-file")
    yield broken("only blanks", " \n\t\n" * 3, "empty-file")
    yield broken(
        "compressed", bytes((byte * 167 + at * 91) % 256 for at, byte in enumerate(data[:4096])), "binary-file"
    )
    yield broken("NUL in the middle", f"{text[:middle]}\0{text[middle:]}", "control-characters")
    invalid = text[:middle].encode() + b"\xff" + text[middle:].encode()
    yield broken("byte that is no UTF-8", invalid, "undecodable-bytes", "encoding-guessed")
    yield broken(
        "line ends mixed", text.replace("\n", "\r\n", 1) if text.count("\n") > 1 else "a\r\nb\n", "mixed-newlines"
    )
    yield RawMutation("copied", name, ("duplicate-text",), {**card, path: data, f"c/copy of {name}": data})
    again = text.encode("utf-16")
    yield RawMutation("copied as UTF-16", name, ("duplicate-text",), {**card, path: data, f"c/copy of {name}": again})
    if len(text.split()) > 150:
        changed = text.replace(text.split()[60], "another", 1).encode()
        yield RawMutation(
            "copied with a word changed", name, ("near-duplicate",), {**card, path: data, f"c/x{name}": changed}
        )
    for match in list(_QUOTED.finditer(text))[:2]:
        yield broken(
            "quotation mark left out", text[: match.end() - 1] + text[match.end() :], "unbalanced-quotation-mark"
        )


def caught(mutation: RawMutation) -> bool:
    """Whether a check of the folder names what was done."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        for path, content in mutation.files.items():
            _put(raw / path, content)
        found = {item.code for item in check_paths([raw]).findings}
    return bool(found & set(mutation.codes))


def _put(path: Path, content: bytes | str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content == PIPE:
        os.mkfifo(path)
    else:
        path.symlink_to(content.removeprefix("-> "))


def texts_in(raw: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the plain UTF-8 texts of a folder, with names that no two of them share."""
    for path in sorted(raw.rglob("*.txt")):
        data = path.read_bytes()
        if _is_plain(data):
            yield f"{path.parent.name}-{path.name}", data


def _is_plain(data: bytes) -> bool:
    try:
        return bool(data.decode("utf-8").strip()) and b"\r" not in data and not data.startswith(b"\xef\xbb\xbf")
    except UnicodeDecodeError:
        return False
