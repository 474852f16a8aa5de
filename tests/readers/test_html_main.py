"""Pages of ordinary publishing systems: the article is content, the rest is furniture, and nothing is lost."""

from __future__ import annotations

from collections import Counter

import pytest

from onrecord.collection.facts import Facts
from onrecord.readers import READERS
from onrecord.readers._html_main import Region, main_content
from tests.readers.cms import PAGES
from tests.readers.extractors import content, over_cms
from tests.readers.test_conservation import shown_by_lxml, visible

each_page = pytest.mark.parametrize("name", PAGES)


@each_page
def test_the_whole_article_is_content(name: str) -> None:
    """No sentence of an article stands under a mark for furniture."""
    shown = " ".join(content(PAGES[name].html.encode()).split())
    assert [words for words in PAGES[name].article if words not in shown] == []


def test_little_furniture_is_taken_for_content() -> None:
    """Of menus, banners, related links, comments and feet, by their letters, at most 6 % are taken so."""
    found, kept = over_cms(content)
    assert found == 1
    assert kept <= 0.06


@each_page
def test_nothing_visible_of_a_page_is_lost(name: str) -> None:
    """Content and furniture together are what another parser finds on the page."""
    data = PAGES[name].html.encode()
    assert visible(READERS["html"].read(data, Facts()).text) == visible(shown_by_lxml(data))


@each_page
def test_marks_survive_where_the_article_is(name: str) -> None:
    """Questions and speakers keep what the markup says of them: bold, heading, class, list, or a label in words."""
    reading = READERS["html"].read(PAGES[name].html.encode(), Facts())
    over = Counter(mark.kind for mark in reading.marks if mark.kind in ("bold", "heading", "list-term", "style"))
    assert (
        over["bold"] >= 2
        or over["heading"] >= 3
        or over["list-term"] >= 3
        or over["style"] >= 4
        or "VANN:" in reading.text
    )


def test_an_introduction_beside_the_body_belongs_to_it() -> None:
    """An element around the smallest one with nearly all prose is taken if what it adds is prose."""
    introduction, body, menu = (
        Region(0, 200, 198, 0, False),
        Region(202, 1200, 998, 1, False),
        Region(1202, 1800, 5, 2, False),
    )
    article = Region(0, 1200, 2, 0, False)
    assert main_content([introduction, body, article, menu], [], [], 1800) == (0, 1200)
    assert main_content([introduction, body, article, menu], [(0, 200)], [], 1800) == (202, 1200)


def test_a_page_without_prose_is_its_own_content() -> None:
    """Of a page of short lines nothing stands out."""
    regions = [Region(at, at + 8, 8, number, False) for number, at in enumerate(range(0, 800, 10))]
    assert main_content(regions, [], [], 800) == (0, 800)


def test_short_answers_in_nested_elements_are_content() -> None:
    """Of nested divs of which one turn is longer than the others, all are content, not the longest alone."""
    turns = (
        "ADA LIND: Who built it?",
        "TOM BERG: My father did.<br><br>He had help.",
        "ADA LIND: Whose?",
        "TOM BERG: Mine.",
    )
    page = "<html><body>" + "".join(f"<div><div><span>{turn}</span></div></div>" for turn in turns) + "</body></html>"
    assert [mark for mark in READERS["html"].read(page.encode(), Facts()).marks if mark.kind == "navigation"] == []
