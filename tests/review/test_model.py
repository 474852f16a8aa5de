from __future__ import annotations

import json
import re
from pathlib import Path

from hypothesis import given

from onrecord.checking import check_paths
from onrecord.review import page
from onrecord.review.model import page_model
from onrecord.review.page import asset, policy
from onrecord.review.session import locate
from onrecord.review.static import summary, write_static
from onrecord.schema.interview import Interview
from onrecord.tables import TABLES
from onrecord.tables.keys import citation_key
from onrecord.testing import interviews
from tests.review.made import collection, session, words_of
from tests.samples import interview

EVIL = "<script>document.title='run'</script><img src=x onerror=alert(1)> </script><!-- & \u2028 {{data}}"


@given(interviews())
def test_every_character_is_shown_once(record: Interview) -> None:
    """Pieces and runs partition the text of any interview, and every place is the code point it says."""
    model = page_model(record, record.findings, {})
    at = 0
    for piece in model["pieces"]:
        assert piece["at"] == at
        assert (piece["kind"] == "turn") == ("id" in piece)
        for run in piece["runs"]:
            assert run["at"] == at
            at += len(run["text"])
        assert piece["end"] == at
    assert "".join(map(words_of, model["pieces"])) == record.text


def test_runs_say_what_covers_them() -> None:
    """The words of a quotation, its cue and its source are the runs that name it, and nothing else is."""
    record = interview()
    model = page_model(record, record.findings, {})
    for number, quote in enumerate(record.quotes):
        for letter, spans in (("q", quote.content), ("c", (quote.cue,)), ("s", quote.source or ())):
            words = [
                run["text"]
                for piece in model["pieces"]
                for run in piece["runs"]
                if f"{letter}{number}" in run.get("in", ())
            ]
            assert "".join(words) == "".join(span.of(record.text) for span in spans if span)


def test_the_page_loads_and_runs_nothing_of_others(tmp_path: Path) -> None:
    """Script and markup in a text are data: one program, named by its digest in the policy, and no outside address."""
    view = session(collection(tmp_path, f"Q: {EVIL}?\nA: {EVIL}.\nQ: Why?\nA: So.\n", name="evil.txt")).view()
    html = page(view.model(), live=False)
    assert html.count("<script") == 2
    assert html.count("</script>") == 2
    assert EVIL.split(" ")[0] not in html
    data = re.search(r'<script id="data" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert data is not None
    assert EVIL in "".join(map(words_of, json.loads(data[1])["pieces"]))
    assert not re.findall(r"(?:https?:)?//[a-z]", html.replace(data[1], ""))
    assert "unsafe" not in policy()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b", asset("page.js"))


def test_pages_of_several_interviews_have_an_index_and_a_summary(tmp_path: Path) -> None:
    """Static pages: one per interview under a name no path can leave, an index, and a summary without live markup."""
    text = "Q: Is `it` @you | [so](x)?\nA: Yes\x00.\nQ: Why?\nA: So.\n"
    views = [session(collection(tmp_path / name, text, name=f"{name}.txt")).view() for name in ("one", "two")]
    written = write_static(views, tmp_path / "out")
    assert sorted(path.name for path in written) == ["index.html", "sound__one.html", "sound__two.html", "summary.md"]
    assert {path.parent for path in written} == {tmp_path / "out"}
    said = summary(views)
    assert "of 2 interviews would be accepted" in said
    outside = re.sub(r"`[^`]*`", "", said)
    assert "@" not in outside
    assert "](" not in outside
    [single] = write_static(views[:1], tmp_path / "one.html")
    assert single.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_page_says_what_check_says(tmp_path: Path) -> None:
    """An interview is accepted on the page exactly if `check` has no error for its file."""
    for number, (text, sidecar) in enumerate(
        (("Q: A?\nA: B.\nQ: C?\nA: D.\n", "titel: X\n"), ("Q: A?\nA: B.\nQ: C?\nA: D.\n", None), ("\x00\x01", None))
    ):
        file = collection(tmp_path / str(number), text, sidecar)
        assert session(file).view().accepted == (not check_paths([file]).failing), (text, sidecar)


def test_an_interview_is_found_by_path_and_by_id(tmp_path: Path) -> None:
    """A file's path and an interview's id name the same; a misspelt id is answered with the nearest."""
    file = collection(tmp_path)
    assert locate(str(file), Path("nowhere")) == [(file, "sound/ferry")]
    assert locate("sound/ferry#turn@4", tmp_path / "raw") == [(file, "sound/ferry")]


def test_colours_are_readable_and_never_alone() -> None:
    """Every colour has a contrast of 4.5 to 1 on white and on its tint, and every voice a sign of its own."""
    css = asset("page.css")
    colours = dict(re.findall(r"--(t\d|error|warning|note|soft|ink|focus): (#[0-9a-f]{6})", css))
    assert len(colours) == 14
    for name, colour in colours.items():
        tint = [0.87 * 1 + 0.13 * channel for channel in _channels(colour)]
        assert _contrast(_channels(colour), [1.0, 1.0, 1.0]) >= 4.5, name
        assert _contrast(_channels("#1b1f24"), tint) >= 4.5, name
    signs = re.search(r"const SIGNS = \[(.*?)\]", asset("page.js"))
    assert signs is not None
    assert len(set(signs[1].split(", "))) == 8


def _channels(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _contrast(one: list[float], other: list[float]) -> float:
    def luminance(channels: list[float]) -> float:
        linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_items_carry_the_key_they_are_cited_by() -> None:
    """The page and the tables name an interview, a turn, a speaker and a quotation by one key."""
    record = interview()
    model = page_model(record, record.findings, {})
    shown = {
        item["id"]: item["evidence"][-1]
        for item in (*model["pieces"], *model["speakers"], *model["quotes"])
        if "id" in item
    }
    rows = [row for name in ("turns", "speakers", "quotes") for row in TABLES[name].rows(record)]
    assert rows
    assert {row["id"]: f"citation key: {row['citation_key']}" for row in rows} == shown
    assert model["key"] == citation_key(record.id)
