"""YAML with places: what is read, what is refused, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collection.document import MAX_BYTES, MAX_DEPTH, Document, parse
from tests.work import steps


def _read(text: str) -> Document:
    document, findings = parse(text.encode(), "x.yaml")
    assert findings == ()
    assert document is not None
    return document


def _refused(data: str | bytes) -> tuple[str, int | None, int | None]:
    document, findings = parse(data.encode() if isinstance(data, str) else data, "x.yaml")
    assert document is None
    assert len(findings) == 1
    return findings[0].code, findings[0].line, findings[0].column


def test_every_key_and_value_knows_its_place() -> None:
    """Line and column count from 1, in code points."""
    document = _read("title: Ä\nrights:\n  𝒳: yes\nlist:\n  - a\n  - b: 1\n")
    assert document.value == {"title": "Ä", "rights": {"𝒳": "yes"}, "list": ["a", {"b": 1}]}
    assert document.place(("rights", "𝒳"))[:2] == (3, 6)
    assert document.place(("rights", "𝒳"), of_key=True)[:2] == (3, 3)
    assert document.place(("list", 1, "b"))[:2] == (6, 8)
    assert document.place(("list", 1, "missing"))[:2] == (6, 5)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("2024-10-14", "2024-10-14"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("1e3", 1000.0),
        ("-7", -7),
        ("true", True),
        ("'true'", "true"),
        ("~", None),
        ("", None),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("999999999999999999999999", "999999999999999999999999"),
    ],
)
def test_only_true_false_null_and_plain_numbers_are_more_than_text(written: str, value: object) -> None:
    """`no` is Norwegian, 12:30 a time, 010 a code: none of them becomes something else."""
    assert _read(f"a: {written}\n").value == {"a": value}


def test_on_is_a_key_like_any_other() -> None:
    """YAML 1.1 reads the key `on` as true; corrections have a key of this name."""
    assert _read("on: 2024-10-14\n").value == {"on": "2024-10-14"}


def test_empty_files_and_comments_say_nothing() -> None:
    """A file of comments is an empty card, not an error."""
    assert _read("").value == {}
    assert _read("# nothing yet\n").value == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\nb: *x\n", ("yaml-alias", 1, 4)),
        ("a: {<<: *x}\n", ("yaml-alias", 1, 9)),
        ("a: !!python/object:os.system 1\n", ("invalid-yaml", 1, 4)),
        ("a: 1\n---\nb: 2\n", ("invalid-yaml", 2, 1)),
        ("- a\n", ("wrong-value", 1, 1)),
        ("just words\n", ("wrong-value", 1, 1)),
        ("[a]: 1\n", ("invalid-yaml", 1, 1)),
        ("a:\n\tb: 1\n", ("invalid-yaml", 2, 1)),
        ("a: b: c\n", ("invalid-yaml", 1, 5)),
        ("a: 'open\n", ("invalid-yaml", 2, 1)),
        ("a: \x07\n", ("invalid-yaml", 1, 4)),
        (b"a: b\nc: \xff\n", ("invalid-yaml", 2, None)),
        ("a: \x00\n", ("invalid-yaml", 1, 4)),
    ],
)
def test_what_is_not_read_is_refused_with_its_place(text: str | bytes, expected: tuple[str, int, int]) -> None:
    """Aliases, tags, tabs, several documents and broken YAML are one finding each."""
    assert _refused(text) == expected


def test_a_tab_is_named_as_the_cause() -> None:
    """The parser's own words ('cannot start any token') help nobody."""
    _, findings = parse(b"rights:\n\tholder: x\n", "x.yaml")
    assert "tab" in findings[0].message
    assert findings[0].hint == "Indent with blanks."


def test_a_bomb_of_aliases_costs_nothing() -> None:
    """Nine lines that stand for 10^9 words are refused at the first anchor."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert _refused("\n".join(lines))[0] == "yaml-alias"
    assert steps(lambda: _refused("\n".join(lines))) < 50_000


def test_deep_nesting_is_refused_before_it_overflows_anything() -> None:
    """A hundred thousand open brackets are one finding, not a crash."""
    assert _refused("a: " + "[" * 100_000)[0] == "invalid-yaml"
    assert parse(("a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)).encode(), "x")[1] == ()


def test_a_huge_file_is_refused_by_its_size() -> None:
    """50 MB is no sidecar; it is not parsed."""
    huge = b"a: b\n" * 10_000_000
    assert _refused(huge)[0] == "yaml-too-large"
    assert steps(lambda: _refused(huge)) < 1_000
    assert MAX_BYTES < 50 * 2**20


def test_of_a_key_that_stands_twice_the_first_counts_and_the_second_is_named() -> None:
    """The finding is at the second one and says where the first is."""
    document, findings = parse(b"a: 1\nb: {c: 1, c: [2, 3]}\na: {x: y}\n", "x.yaml")
    assert document is not None
    assert document.value == {"a": 1, "b": {"c": 1}}
    assert [(item.code, item.line, item.column) for item in findings] == [
        ("duplicate-key", 2, 11),
        ("duplicate-key", 3, 1),
    ]
    assert "line 1" in findings[1].message


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_no_file_makes_the_reader_fail(data: str | bytes) -> None:
    """Whatever the bytes are: a document, or findings, and every place lies in the file."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    document, findings = parse(raw, "x.yaml")
    assert document is not None or findings
    lines = (
        raw.count(b"\n")
        + raw.count(b"\r")
        + raw.count("\u2028".encode())
        + raw.count("\u2029".encode())
        + raw.count("\x85".encode())
        + 1
    )
    assert all(item.line is None or 1 <= item.line <= lines + 1 for item in findings)


@given(
    st.lists(
        st.sampled_from(
            [
                "a: 1\n",
                "b:\n",
                "  - x\n",
                "  c: {d: e}\n",
                "- ",
                "&z ",
                "*z",
                "'",
                '"',
                "\t",
                ": ",
                "? ",
                "|\n",
                ">\n",
                "#",
                "!!int 3",
                "---\n",
                "...\n",
                "%YAML 1.1\n",
                "[",
                "}",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_no_mixture_of_yaml_signs_makes_the_reader_fail(text: str) -> None:
    """Pieces of YAML in any order: a document, or findings."""
    document, findings = parse(text.encode(), "x.yaml")
    assert document is not None or findings
