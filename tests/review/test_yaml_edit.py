from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collection.document import parse
from onrecord.errors import ConfigError
from onrecord.review.yaml_edit import Drop, Put, edited, flow

ENTRY = {
    "target": {"layer": "turns", "position": [1, 9], "quote": {"exact": "“No,” she said.", "suffix": "\n\nQ: And"}},
    "set": {"speaker": "Ilse Quarn", "role": "answer"},
    "by": "Ada Example",
    "on": "2031-02-03",
    "why": "Heard: on the tape.",
}
SIDECAR = """\
# What we know about the ferry.
title: 'The ferry'   # as printed

corrections:   # by hand
    # the first one
    - target: {layer: turns, position: [1, 2]}
      set: {role: answer}
      by: A
      on: 2030-01-01
      why: |
        Because.

    - by: B   # out of order
      on: 2030-01-02
      why: x
      set: {role: null}
      target:
        layer: turns
        position: [3, 4]

# Waivers stand below.
waivers: []
date: 2024-10  # the month
"""


def value(data: bytes) -> dict[str, Any]:
    """What a sidecar says, as our own loader reads it."""
    document, findings = parse(data, "x.yaml")
    assert document is not None, findings
    return dict(document.value)


def test_every_old_line_is_kept_in_order() -> None:
    """An added entry leaves every line of the sidecar as it was: comments, order, quotes, indentation."""
    made = edited(SIDECAR.encode(), [Put("corrections", ENTRY)], "x.yaml").decode()
    lines = iter(made.splitlines())
    assert all(line in lines for line in SIDECAR.splitlines())
    assert made.index("# Waivers stand below.") > made.index("Heard: on the tape.")


@pytest.mark.parametrize(
    "before",
    [
        "",
        "title: T",
        "title: T\n",
        "corrections:\ntitle: T\n",
        "corrections: [] # none yet\ntitle: T\n",
        "corrections: null\n",
        "title: T\ncorrections:",
        "corrections: [{by: A, on: 2030-01-01, why: w, set: {role: null}, target: {layer: turns, position: [1, 2]}}]\n",
        "corrections:\n- by: A\n  why: 'no line end'",
        "corrections:\n-\n  by: A\n- by: >\n    folded\n\n# end\n",
        "\ufefftitle: T\n",
        SIDECAR,
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_adding_replacing_and_dropping_mean_what_they_say(before: str, newline: str) -> None:
    """However a sidecar is written, the changed one means the old one plus the change, with the same line ends."""
    data = before.replace("\n", newline).encode()
    old = value(data)
    count = len(old.get("corrections") or ())
    added = edited(data, [Put("corrections", ENTRY)], "x.yaml")
    assert value(added) == {**old, "corrections": [*(old.get("corrections") or ()), ENTRY]}
    if newline == "\r\n" and b"\r\n" in data:
        assert added.count(b"\n") == added.count(b"\r\n")
    replaced = edited(added, [Put("corrections", {**ENTRY, "by": "C"}, 0)], "x.yaml")
    assert value(replaced)["corrections"][0]["by"] == "C"
    for index in range(count + 1):
        dropped = edited(added, [Drop("corrections", index)], "x.yaml")
        kept = [*(old.get("corrections") or ()), ENTRY]
        del kept[index]
        assert value(dropped).get("corrections") == kept
    assert added.startswith(b"\xef\xbb\xbf") == data.startswith(b"\xef\xbb\xbf")


_LEAVES = st.text() | st.integers(-(10**17), 10**17) | st.booleans() | st.none()


@given(st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8))
def test_any_value_is_read_back(item: Any) -> None:
    """Whatever is written, any text in it, our loader and PyYAML alike read the same."""
    text = "value: " + flow(item) + "\n"
    document, findings = parse(text.encode("utf-8", "surrogatepass"), "x.yaml")
    assert document is not None, findings
    assert document.value["value"] == item
    assert "\n" not in flow(item)


@given(st.text())
def test_words_with_a_meaning_of_their_own_are_quoted(word: str) -> None:
    """What is written as text stays text in every YAML loader, also `no`, `1e3` and `~`; days alone stand bare."""
    for text in (word, "no", "1e3", "~", "0x1f", "12:30", "- a", "a: b", "a #b", "<<"):
        assert yaml.safe_load(flow(text)) == text
        assert json.loads(json.dumps(text)) == text


def test_a_broken_sidecar_is_not_touched() -> None:
    """A sidecar that is no YAML, uses aliases, or has a key twice is refused with its line."""
    for text in ("title: [", "a: &x 1\nb: *x\n", "title: A\ntitle: B\n", "{title: A}\n", "- a\n"):
        with pytest.raises(ConfigError):
            edited(text.encode(), [Put("corrections", ENTRY)], "x.yaml")


def test_the_last_entry_leaves_an_empty_list() -> None:
    """When the only entry is dropped the key stays, with nothing in it."""
    added = edited(b"title: T\n", [Put("waivers", {"code": "a", "reason": "b", "by": "c"})], "x.yaml")
    assert value(edited(added, [Drop("waivers", 0)], "x.yaml")) == {"title": "T", "waivers": []}
