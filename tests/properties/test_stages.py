"""Every stage keeps the text, fills only its layer, gives the same twice, and never raises."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onrecord import testing
from onrecord.collection.facts import Facts
from onrecord.schema.interview import Interview
from onrecord.stages import STAGES, Stage
from tests.properties.running import FACTS, ID, NO_FACTS, TEXTS, bare, broken, changed, processed, steps

BY_NAME = {stage.name: stage for stage in STAGES}
each_stage = pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)


def test_stages_fill_every_layer_and_declare_real_fields() -> None:
    """There is a stage for every layer that is neither read nor checked, and what stages declare are fields."""
    filled = {name for stage in STAGES for name in stage.fills}
    assert {"blocks", "turns", "speakers", "quotes", "corrections"} <= filled <= set(Interview.model_fields)
    assert not filled & {"text", "text_sha256", "marks", "findings", "id", "schema_version", "rights"}
    assert len({stage.name for stage in STAGES}) == len(STAGES)


@given(TEXTS, FACTS)
def test_a_stage_changes_only_what_it_declares(text: str, facts: Facts) -> None:
    """On any text, a stage leaves the text and every field alone that it does not declare in `fills`."""
    for name, before, after in steps(text, facts):
        assert changed(before, after) <= set(BY_NAME[name].fills), name
        assert after == Interview.model_validate(after.model_dump()), name


@given(TEXTS, FACTS)
def test_a_stage_run_twice_changes_nothing(text: str, facts: Facts) -> None:
    """On any text, a stage replaces its own layer: run again on what it made, it gives the same."""
    for name, _, after in steps(text, facts):
        assert changed(after, BY_NAME[name].run(after, facts)) == set(), name


@given(TEXTS, FACTS)
def test_the_line_run_twice_changes_nothing(text: str, facts: Facts) -> None:
    """All stages, run again on a finished record, make the same record."""
    done = again = processed(text, facts)
    for stage in STAGES:
        again = stage.run(again, facts)
    assert changed(done, again) == set()


@each_stage
@given(testing.interviews(), FACTS)
def test_a_stage_takes_any_valid_record(stage: Stage, interview: Interview, facts: Facts) -> None:
    """Whatever other programs put into the layers, a stage does not raise and keeps to its own."""
    assert changed(interview, stage.run(interview, facts)) <= set(stage.fills)


@given(TEXTS, FACTS)
def test_finished_records_keep_every_promise(text: str, facts: Facts) -> None:
    """Blocks partition the text; turns are in order; references resolve; quotations have content in its place."""
    interview = processed(text, facts)
    assert list(broken(interview)) == []
    assert "stage-failed" not in {finding.code for finding in interview.findings}


@given(TEXTS)
def test_the_line_is_deterministic(text: str) -> None:
    """The same text gives the same record."""
    assert processed(text) == processed(text)


@given(testing.texts(), st.sampled_from(["\n", "\r\n", "\r"]))
def test_uniform_line_ends_make_no_difference(text: str, newline: str) -> None:
    """A file with CR or CR LF line ends has the turns and quotations of the same file with LF."""
    text = text.replace("\r", "") + "\n"
    unix, other = bare(text), bare(text.replace("\n", newline))
    assume(unix.origin.encoding == other.origin.encoding)  # bytes on the verge of being no text may fall either way
    assert unix.text == other.text
    assert changed(processed(text), processed(text.replace("\n", newline))) <= {"origin", "findings"}


_PROGRAM = """
import sys
from tests.properties.running import processed
for text in sys.stdin.buffer.read().decode().split("\\x00"):
    print(processed(text).model_dump_json())
"""


def test_the_order_of_hashes_makes_no_difference() -> None:
    """Records are the same under any seed of Python's hashes: no set's order leaks into them."""
    texts = "\x00".join(_EXAMPLES)
    made = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            input=texts.encode(),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1
    assert next(iter(made)).count(b"\n") == len(_EXAMPLES)


_EXAMPLES = (
    "ADA BERG: Who owns the pier?\nIVO HALE: Nobody, said the mayor. “It is ours,” Nina Koch told The Quay Letter.\n"
    "BERG: And you?\nHALE: He said that he would leave. Ivo Hale, an engineer, Dr. Ina Moll and Koch stayed.\n",
    "Question: Is the old “lighthouse” safe?\nAnswer: Officials say it is. According to the council, so are we.\n" * 3,
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "\n",
        "“",
        '"',
        "Q: ",
        "ADA BERG: ",
        "(",
        "[",
        "he said, ",
        "Ada Berg ",
        "é\u0301",
        "👩‍👩‍👧",
        "\r",
        "- ",
        "* ",
        ".",
    ],
    ids=ascii,
)
def test_a_megabyte_of_anything_is_finished(piece: str) -> None:
    """A million characters of one thing over and over make a record that keeps every promise."""
    assert list(broken(processed(piece * (1_000_000 // len(piece))))) == []


def test_an_empty_text_has_empty_layers() -> None:
    """Nothing comes of nothing."""
    interview = processed("", NO_FACTS)
    assert (interview.id, interview.blocks, interview.turns, interview.speakers, interview.quotes) == (
        ID,
        (),
        (),
        (),
        (),
    )
