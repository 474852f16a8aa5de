"""The scorer on cases worked out by hand, the readers on one document in every form, and a run of the whole line."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from onrecord.errors import ReadError
from onrecord.evaluation.gold_quotes import GoldDocument, GoldQuote, Range, read_gold
from onrecord.evaluation.quotes import count, intervals, measures, total
from onrecord.evaluation.quotes_errors import errors
from onrecord.evaluation.quotes_report import main, score

TEXT = "Ann Lee said, “We won.” He said that it was “a sham” today.\nBob denied it."


def at(words: str, nth: int = 0) -> Range:
    """Where `words` stand in TEXT."""
    place = -1
    for _ in range(nth + 1):
        place = TEXT.index(words, place + 1)
    return place, place + len(words)


DIRECT = GoldQuote((at("“We won.”"),), (at("Ann Lee"),), (at("said"),), "direct", "Ann Lee")
MIXED = GoldQuote((at("that it was “a sham” today"),), (at("He"),), (at("said", 1),), "mixed")
INDIRECT = GoldQuote(((TEXT.rindex("it"), TEXT.rindex("it") + 2),), (at("Bob"),), (at("denied"),), "indirect", "Bob")
GOLD = GoldDocument("a", TEXT, (DIRECT, MIXED, INDIRECT), "en")


def test_the_gold_itself_scores_one() -> None:
    """Every figure is 1 for the gold as its own answer."""
    figures = measures(count(GOLD, GOLD.quotes))
    assert {value for value in figures.values() if value is not None} == {1.0}


def test_nothing_found_scores_nought() -> None:
    """An empty answer has no recall and no attribution."""
    figures = measures(count(GOLD, ()))
    assert figures["all.exact"] == figures["all.soft"] == figures["direct.attribution"] == 0.0


def test_marks_and_blanks_do_not_count_but_words_do() -> None:
    """Without its marks a quotation is still exact; one word short it is soft: 1 of 2 words, precision 1."""
    start, end = DIRECT.content[0]
    inner = GoldQuote(((start + 1, end - 2),), DIRECT.source)
    assert measures(count(GOLD, (inner, MIXED, INDIRECT)))["direct.exact"] == 1.0
    short = measures(count(GOLD, (GoldQuote((at("We"),), DIRECT.source), MIXED, INDIRECT)))
    assert short["direct.exact"] == 0.0
    assert short["direct.soft"] == pytest.approx(2 * 1 * 0.5 / 1.5)


def test_saying_it_twice_does_not_help() -> None:
    """A duplicate is wrong: precision 1 of 2, recall 1 of 3."""
    figures = measures(count(GOLD, (DIRECT, DIRECT)))
    assert figures["all.exact.precision"] == 0.5
    assert figures["all.exact.recall"] == pytest.approx(1 / 3)


def test_halves_are_not_the_whole() -> None:
    """Both halves of a split quotation, found apart, are not exact, but wholly covered."""
    text = "“X is y,” she said, “and z.”"
    gold = GoldDocument("b", text, (GoldQuote(((0, 9), (20, 28)), ((10, 13),), kind="direct"),))
    apart = measures(count(gold, (GoldQuote(((0, 9),)), GoldQuote(((20, 28),)))))
    assert (apart["all.exact"], apart["all.soft"]) == (0.0, 1.0)


def test_a_name_is_as_good_as_a_source_and_a_wrong_one_is_wrong() -> None:
    """Attribution takes the surname for the name, and no other name; a missed quotation counts as wrong."""
    content = DIRECT.content
    assert measures(count(GOLD, (GoldQuote(content, speaker="Lee"),)))["direct.attribution"] == 1.0
    assert measures(count(GOLD, (GoldQuote(content, (at("Bob"),), speaker="Bob"),)))["direct.attribution"] == 0.0
    assert measures(count(GOLD, (DIRECT,)))["all.attribution"] == pytest.approx(1 / 3)


def test_kinds_come_from_the_marks() -> None:
    """Calling an indirect quotation direct changes nothing."""
    lie = GoldQuote(INDIRECT.content, INDIRECT.source, INDIRECT.cue, "direct")
    assert measures(count(GOLD, (DIRECT, MIXED, lie))) == measures(count(GOLD, (DIRECT, MIXED, INDIRECT)))


def test_a_group_leaves_the_others_out_of_account() -> None:
    """With a group, finding gold of another group is neither right nor wrong."""
    quotes = (dataclasses.replace(DIRECT, group="speech"), dataclasses.replace(MIXED, group="other"))
    gold = GoldDocument("a", TEXT, quotes)
    assert measures(count(gold, (DIRECT, MIXED), "speech"))["all.exact"] == 1.0


def test_intervals_hold_the_figure_and_repeat() -> None:
    """The bootstrap has a fixed seed, brackets the figure, and is nought for a system against itself."""
    counts = [count(GOLD, GOLD.quotes[: 1 + n % 3]) for n in range(20)]
    figure = measures(total(counts))["all.exact.recall"]
    low, high = intervals(counts, samples=200)["all.exact.recall"]
    assert figure is not None
    assert low < figure < high
    assert intervals(counts, samples=200) == intervals(counts, samples=200)
    assert intervals(counts, counts, samples=50)["all.exact"] == (0.0, 0.0)


def _write(folder: Path) -> list[Path]:
    """One document in the four forms."""
    quote = {
        "content": [DIRECT.content[0]],
        "source": [DIRECT.source[0]],
        "cue": [DIRECT.cue[0]],
        "type": "direct",
        "speaker": "Ann Lee",
    }
    line = {"id": "a", "language": "en", "text": TEXT, "quotes": [quote]}
    (folder / "one.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (c0, c1), (s0, s1), (v0, v1) = DIRECT.content[0], DIRECT.source[0], DIRECT.cue[0]
    (folder / "two.txt").write_text(TEXT, encoding="utf-8")
    (folder / "two.ann").write_text(
        f"T1\tDirect {c0} {c1}\t“We won.”\nT2\tSource {s0} {s1}\tAnn Lee\nT3\tCue {v0} {v1}\tsaid\n"
        "R1\tHas Arg1:T1 Arg2:T2\nR2\tHas Arg1:T1 Arg2:T3\nA1\tSpeaker T1 Ann Lee\n",
        encoding="utf-8",
    )
    citron = {"text": TEXT, "quotes": [{"cue": _span(v0, v1), "sources": [_span(s0, s1)], "contents": [_span(c0, c1)]}]}
    (folder / "three.json").write_text(json.dumps(citron), encoding="utf-8")
    selector = {"type": "TextPositionSelector", "start": c0, "end": c1}
    body = [{"purpose": "classifying", "value": "direct"}, {"purpose": "identifying", "value": "Ann Lee"}]
    annotation = {"type": "Annotation", "body": body, "target": {"source": "four.txt", "selector": selector}}
    (folder / "four.txt").write_text(TEXT, encoding="utf-8")
    (folder / "four.json").write_text(json.dumps([annotation]), encoding="utf-8")
    return [folder / name for name in ("one.jsonl", "two.ann", "three.json", "four.json")]


def _span(start: int, end: int) -> dict[str, object]:
    return {"start": start, "end": end, "text": TEXT[start:end]}


def test_what_is_not_exact_is_counted_by_class() -> None:
    """A quotation is exact, missed, or has fewer, more or other words; a finding stands within another or alone."""
    more = GoldQuote((at("that it was “a sham” today"), at("Bob")), ())
    counts = errors(GOLD, (GoldQuote((at("We"),), ()), more, GoldQuote((at("a sham"),), ()), INDIRECT))
    assert counts["direct.fewer"] == counts["mixed.more"] == counts["indirect.exact"] == 1
    assert counts["direct.within"] == 1  # the sham
    assert errors(GOLD, (GoldQuote((at("Ann Lee"),), ()),))["indirect.nothing"] == 1
    assert errors(GOLD, ())["mixed.missed"] == 1
    assert errors(GOLD, (GoldQuote((at("won.” He"),), ()),))["direct.other"] == 1


def test_every_form_of_gold_reads_alike(tmp_path: Path) -> None:
    """JSON lines, brat, Citron and Web Annotation give the same text and content; a folder gives them all."""
    for path in _write(tmp_path):
        [document] = read_gold(path)
        assert document.text == TEXT
        assert document.quotes[0].content == DIRECT.content
    brat = read_gold(tmp_path / "two.ann")[0].quotes[0]
    assert (brat.source, brat.cue, brat.kind, brat.speaker) == (DIRECT.source, DIRECT.cue, "direct", "Ann Lee")
    assert len(read_gold(tmp_path)) == 4


def test_what_is_no_gold_is_refused_by_name(tmp_path: Path) -> None:
    """A file in no known form says so, with its name."""
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(ReadError, match=r"bad\.jsonl"):
        read_gold(bad)
    with pytest.raises(ReadError, match=r"x\.csv"):
        read_gold(tmp_path / "x.csv")


def test_the_command_scores_compares_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints figures with intervals, compares with another system, and fills a section of a document."""
    path = _write(tmp_path)[0]
    page = tmp_path / "quality.md"
    assert measures(total(score(path).counts))["direct.attribution"] == 1.0
    assert main(["--gold", str(path), "--against", str(path), "--samples", "20", "--errors", "--write", str(page)]) == 0
    shown = capsys.readouterr().out
    assert "direct exact" in shown
    assert "difference" in shown
    assert "no gold there" in shown
    assert "<!-- quotations:begin -->" in page.read_text(encoding="utf-8")
