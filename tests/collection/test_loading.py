"""Cards and sidecars: strict, with places and suggestions, and one mistake does not cost the rest."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collection.card import Card, label_facts
from onrecord.collection.loading import Names, load_card, load_sidecar
from onrecord.collection.sidecar import Sidecar
from onrecord.schema.interview import Finding

NAMES = Names(readers=("plain", "markdown"), conventions=("label-colon",))


def _card(text: str) -> tuple[Card, list[Finding]]:
    card, findings = load_card(text.encode(), "c/collection.yaml", NAMES)
    return card, list(findings)


def _sidecar(text: str) -> tuple[Sidecar, list[Finding]]:
    sidecar, findings, _ = load_sidecar(text.encode(), "c/x.yaml", NAMES)
    return sidecar, list(findings)


def _seen(findings: list[Finding]) -> list[tuple[str, int | None, int | None]]:
    return [(item.code, item.line, item.column) for item in findings]


FULL_CARD = """\
title: Voices of the harbour
description: Interviews with dock workers.
publisher: Harbour Archive
language: en
languages: [en, no]
outlet: The Quay
pseudonyms: ../key.yaml
rights: {holder: Harbour Archive, licence: CC-BY-4.0, redistribution: full, basis: Letter of 2020-01-02.}
origin: {url: "https://example.org/", published: 2020-02-03, retrieved: 2024-05-06}
reader: plain
encoding: cp1252
convention: label-colon
labels:
  Q: interviewer
  A: interviewee
  "Mrs. Hale (?)": Ruth Hale
  NOTE: ignore
  RH: {speaker: Ruth Hale, role: answer}
participants:
  - {name: Ruth Hale, roles: [interviewee], labels: [RH]}
fields: {text: body.text}
fictional: true
max_bytes: 100000
expect: {min: {interviews: 1, turns_per_interview: 2}, max: {unattributed_quotes: 0.15}}
"""


def test_a_full_card_is_read_without_findings() -> None:
    """Every key that the documentation names is understood."""
    card, findings = _card(FULL_CARD)
    assert findings == []
    assert set(card.model_fields_set) == set(Card.model_fields)
    assert card.expect.max.unattributed_quotes == 0.15
    assert [(fact.label, fact.speaker, fact.role, fact.ignore) for fact in label_facts(card.labels)] == [
        ("Q", None, "question", False),
        ("A", None, "answer", False),
        ("Mrs. Hale (?)", "Ruth Hale", None, False),
        ("NOTE", None, None, True),
        ("RH", "Ruth Hale", "answer", False),
    ]


@pytest.mark.parametrize("key", sorted(set(Card.model_fields) - {"languages"}))
def test_a_misspelt_key_of_a_card_is_found_and_the_right_one_suggested(key: str) -> None:
    """For every key: two letters swapped are an unknown key with 'did you mean'."""
    wrong = key[:-2] + key[-1] + key[-2]
    _, findings = _card(f"fictional: true\n{wrong}: x\n" if key != "fictional" else f"title: x\n{wrong}: x\n")
    assert _seen(findings) == [("unknown-key", 2, 1)]
    assert findings[0].hint == f"Did you mean `{key}`?"


@pytest.mark.parametrize(
    ("text", "place", "meant"),
    [
        ("rights:\n  licence: MIT\n  holde: x\n", (3, 3), "holder"),
        ("expect:\n  max:\n    unatributed_quotes: 1\n", (3, 5), "unattributed_quotes"),
        ("participants:\n  - name: A\n    role: [host]\n", (3, 5), "roles"),
        ("labels:\n  Q: {rol: answer}\n", (2, 7), "role"),
    ],
)
def test_misspelt_keys_are_found_at_any_depth(text: str, place: tuple[int, int], meant: str) -> None:
    """The suggestion is made from the keys that are right at that place."""
    _, findings = _card(text)
    unknown = [item for item in findings if item.code == "unknown-key"]
    assert [(item.line, item.column) for item in unknown] == [place]
    assert unknown[0].hint == f"Did you mean `{meant}`?"


def test_what_is_right_is_kept_when_something_is_wrong() -> None:
    """One wrong value costs this value and nothing else; rights fall back to the careful default."""
    card, findings = _card("title: 7\noutlet: The Quay\nrights: {redistribution: ful, holder: H}\nmax_bytes: -1\n")
    assert [item.code for item in findings] == ["wrong-value"] * 3
    assert (card.title, card.outlet, card.rights.holder) == (None, "The Quay", "H")
    assert card.rights.redistribution == "standoff"
    assert findings[1].hint == "Did you mean `full`?"


def test_places_stay_right_when_entries_before_them_were_dropped() -> None:
    """A second round of validation reports the place in the file, not in what was left of it."""
    text = (
        "corrections:\n"
        "  - {target: {layer: turns}, set: {role: answer}, by: A, on: 2024-13-01, why: w}\n"
        "  - {target: {layer: turns}, set: {role: answer}, by: A, on: 2024-01-01, why: w}\n"
        "  - {target: {layer: metadata}, set: {title: T}, by: A, on: 2024-01-01, why: w}\n"
        "  - {target: {layer: turns}, set: {}, by: A, on: 2024-01-01, why: w}\n"
    )
    sidecar, findings = _sidecar(text)
    assert {item.line for item in findings} == {2, 3, 5}
    assert [correction.set for correction in sidecar.corrections] == [{"title": "T"}]


def test_half_a_waiver_is_no_waiver() -> None:
    """A waiver with a misspelt `expires` would hold for ever: the whole entry is dropped."""
    first = "{code: empty-file, reason: r, by: A, expire: 2024-01-01}"
    text = f"waivers:\n  - {first}\n  - {{code: empty-file, reason: r, by: B}}\n"
    sidecar, findings = _sidecar(text)
    assert [item.code for item in findings] == ["unknown-key"]
    assert [waiver.by for waiver in sidecar.waivers] == ["B"]


def test_a_waiver_of_a_code_that_does_not_exist_is_reported() -> None:
    """It could never be used, and its author meant another one."""
    _, findings = _sidecar("waivers:\n  - {code: emty-file, reason: r, by: A}\n")
    assert _seen(findings) == [("wrong-value", 2, 12)]
    assert findings[0].hint == "Did you mean `empty-file`?"


@pytest.mark.parametrize(
    ("written", "date", "precision"),
    [
        ("2024-10-14", datetime.date(2024, 10, 14), "day"),
        ("2024-10", datetime.date(2024, 10, 1), "month"),
        ("2024", datetime.date(2024, 1, 1), "year"),
        ("'2024'", datetime.date(2024, 1, 1), "year"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(written: str, date: datetime.date, precision: str) -> None:
    """Nothing is invented for what is not known."""
    sidecar, findings = _sidecar(f"date: {written}\n")
    assert findings == []
    assert sidecar.date == (date, precision)


@pytest.mark.parametrize(
    "written",
    [
        "2024-13-01",
        "2024-02-30",
        "14.10.2024",
        "10/14/2024",
        "2024-1-1",
        "24-10-14",
        "yesterday",
        "true",
        "-5",
        "20241014",
        "0000",
    ],
)
def test_what_is_no_date_is_reported_as_one(written: str) -> None:
    """Months, order and digits have to be right; a number is never taken for seconds since 1970."""
    sidecar, findings = _sidecar(f"title: T\ndate: {written}\n")
    assert _seen(findings) == [("wrong-date", 2, 7)]
    assert (sidecar.title, sidecar.date) == ("T", None)


@pytest.mark.parametrize("name", ["../x", "a/b", "a b", "C:\\texts\\x", "x#turn@1", "a?b", ""])
def test_a_name_that_cannot_stand_in_an_id_is_refused(name: str) -> None:
    """Windows paths, slashes, blanks and signs with a meaning in ids."""
    _, findings = _sidecar(f"name: '{name}'\n")
    assert [item.code for item in findings] == ["wrong-value"]


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("reader: markdwn\n", "unknown-reader", "markdown"),
        ("convention: label-colom\n", "unknown-convention", "label-colon"),
        ("encoding: utf9\n", "unknown-encoding", "utf9"),
        ("encoding: rot13\n", "unknown-encoding", "rot13"),
        ("encoding: hex\n", "unknown-encoding", "hex"),
    ],
)
def test_names_that_do_not_exist_are_reported_and_not_used(text: str, code: str, says: str) -> None:
    """Codecs that are no character encodings (hex, rot13) do not count either."""
    card, findings = _card(text)
    assert [item.code for item in findings] == [code]
    assert says in findings[0].message + (findings[0].hint or "")
    assert (card.reader, card.convention, card.encoding) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("participants: Ann", "`participants`: should be a list."),
        ("rights: [full]", "`rights`: should be a mapping of keys to values."),
        ("title: 5", "`title`: should be text."),
        (
            "corrections:\n  - {target: {layer: turns, position: [0, 1]}, set: {paragraphs: 5}, "
            "by: A, on: 2026-01-02, why: x}",
            "`corrections[0]`: `paragraphs`: should be a list.",
        ),
    ],
)
def test_kinds_of_values_are_named_as_yaml_names_them(text: str, says: str) -> None:
    """Who writes a list where text is wanted, or the other way round, reads no words of the program's own language."""
    assert says in {item.message for item in _sidecar(text)[1]}


def test_corrections_become_the_records_corrections() -> None:
    """Short forms of the selectors are understood; values are canonical JSON."""
    sidecar, findings = _sidecar(
        "corrections:\n"
        "  - target: {layer: turns, item: 'c/x#turn@5', position: [5, 9], quote: {exact: word, prefix: 'the '}}\n"
        "    set: {speaker: null, role: answer, paragraphs: [{start: 5, end: 9}]}\n"
        "    by: Ada\n    on: 2026-01-02\n    why: She says so.\n"
    )
    assert findings == []
    correction = sidecar.corrections[0].correction()
    assert correction.target.position is not None
    assert correction.target.position.end == 9
    assert {item.field: item.value_json for item in correction.set} == {
        "speaker": "null",
        "role": '"answer"',
        "paragraphs": '[{"end":9,"start":5}]',
    }


_YAML = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=6), st.sampled_from(["2024-10", "x: y", "[", "'"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from([*Card.model_fields, *Sidecar.model_fields, "code", "by", "min", "x"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*Card.model_fields, *Sidecar.model_fields, "x"]), _YAML, max_size=6))
def test_no_value_makes_loading_fail(value: dict[str, object]) -> None:
    """Whatever stands in a file: a valid card and sidecar come out, and a finding for everything dropped."""
    import yaml

    data = yaml.safe_dump(value, allow_unicode=True).encode()
    card, findings = load_card(data, "c/collection.yaml", NAMES)
    assert Card.model_validate(card.model_dump()) == card
    sidecar, _, _ = load_sidecar(data, "c/x.yaml", NAMES)
    assert isinstance(sidecar, Sidecar)
    assert all(item.hint for item in findings)
