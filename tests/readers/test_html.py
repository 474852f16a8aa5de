"""Web pages: how elements become text, which marks they leave, and what is furniture."""

from __future__ import annotations

import pytest

from onrecord.collection.facts import Facts
from onrecord.readers import READERS, Reading
from tests.readers.running import codes, kinds


def read(page: str | bytes) -> Reading:
    """Read a page."""
    return READERS["html"].read(page.encode() if isinstance(page, str) else page, Facts())


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One<p>Two", "One\n\nTwo"),
        ("One<br>Two<br><br>Three", "One\nTwo\n\nThree"),
        ("<div>One</div><div>Two</div>", "One\n\nTwo"),
        ("<ul><li>One<li>Two</ul>Three", "One\nTwo\n\nThree"),
        ("<table><tr><td>A<td>B<tr><td>C<td>D</table>", "A\tB\nC\tD"),
        ("<p>MSM:&#9;Well,\n\t so</p>", "MSM:\tWell, so"),
        ("<p>A&nbsp;b&amp;c&lt;d &eacute;&#x2014;&#151;</p>", "A\xa0b&c<d é——"),
        ("<p> a <b> b </b> c </p>", "a b c"),
        ("<p>a<b>b</b>c</p>", "abc"),
        ("<pre>Q. a\n   b\n\nA. c</pre>", "Q. a\n   b\n\nA. c"),
        ("<p>&nbsp;</p><p>a</p><p> </p>", "a"),
        ("<title>No</title><p>a < b</p>", "a < b"),
        ("<p>a<!-- b --> c<!-->d", "a cd"),
        ("<select><option>a<option>b</select>", "a\nb"),
        ("<B><P>Ada</B>: So<P>B: No", "Ada: So\n\nB: No"),
        ("<p>a<![CDATA[b]]>c", "ac"),
        ("a</p>b</div>c", "abc"),
    ],
)
def test_elements_divide_the_text_as_a_page_shows_it(page: str, text: str) -> None:
    """Paragraphs, lines, cells and blanks are where a reader of the page sees them."""
    assert read(page).text == text


def test_emphasis_survives_bad_nesting() -> None:
    """Bold that begins before its paragraph is over its words only, paragraph by paragraph."""
    assert kinds(read("<B><P>Ada</B>: So <i>it</i> was.</P><b><p>One</p><p>Two</p></b>"), "bold") == [
        ("Ada", None),
        ("One", None),
        ("Two", None),
    ]


def test_style_attributes_and_fonts_are_emphasis() -> None:
    """Bold, italics and colour count wherever they are written."""
    reading = read(
        "<p style='font-weight: 600; color:#c00'>Q</p><span style='font-style:italic'>A</span><font color=red>R</font>"
    )
    assert (kinds(reading, "bold"), kinds(reading, "italic")) == ([("Q", None)], [("A", None)])
    assert kinds(reading, "colour") == [("Q", "#c00"), ("R", "red")]


@pytest.mark.parametrize(
    ("element", "role"),
    [
        ("<p class='question'>Who?</p>", "question"),
        ("<p class='interview-question bold'>Who?</p>", "question"),
        ("<p class='Frage'>Who?</p>", "question"),
        ("<div class='answer'>Who?</div>", "answer"),
        ("<p class='q'>Who?</p>", "question"),
        ("<p class='a'>Who?</p>", "answer"),
        ("<p class='faq'>Who?</p>", None),
    ],
)
def test_classes_that_say_question_or_answer_are_kept(element: str, role: str | None) -> None:
    """A class that names a side of the exchange is a `style` mark with the side as value."""
    assert [value for _, value in kinds(read(element), "style")] == ([role] if role else [])


def test_speakers_in_attributes_and_classes_are_kept() -> None:
    """A data attribute names the voice of its element; a short element with a speaker's class is a printed name."""
    reading = read("<p data-speaker=' Ada  Quill '>I said.</p><p><span class='speaker-name'>Bo:</span> No.</p>")
    assert kinds(reading, "speaker") == [("I said.", "Ada Quill")]
    assert kinds(reading, "cite") == [("Bo:", "speaker")]


def test_terms_captions_times_and_quotes_are_kept() -> None:
    """`dt`, `dd`, `figcaption`, `time`, `cite` and `blockquote` become marks."""
    reading = read(
        "<dl><dt>Q<dd>Who?</dl><figure><figcaption>A lamp</figcaption></figure><time datetime='2020-04'>April</time>"
        "<blockquote><p>So.</p></blockquote><cite>Ada</cite>"
    )
    assert kinds(reading, "list-term") == [("Q", None)]
    assert kinds(reading, "list-definition") == [("Who?", None)]
    assert kinds(reading, "caption") == [("A lamp", None)]
    assert kinds(reading, "time") == [("April", "2020-04")]
    assert kinds(reading, "quote") == [("So.", None)]
    assert kinds(reading, "cite") == [("Ada", None)]


SAID = "<p>Q: Who keeps the lamp on the rock?</p><p>A: My aunt does, since the storm of that winter.</p>"


def furniture(page: str) -> str:
    """What is marked as no part of the text."""
    reading = read(page)
    marked = [kinds(reading, kind) for kind in ("navigation", "comment", "header", "footer")]
    return " ".join(covered for found in marked for covered, _ in found)


@pytest.mark.parametrize(
    "page",
    [
        f"<nav>Menu</nav>{SAID}",
        f"<ul><li><a href=1>Menu</a><li><a href=2>Sea</a><li><a href=3>Sky</a></ul>{SAID}",
        f"<div class='sidebar'>Menu</div>{SAID}",
        f"<div id='relatedArticles'>Menu</div>{SAID}",
        f"{SAID}<footer>Menu</footer>",
        f"{SAID}<section id=comments><p>Menu</p></section>",
        f"<header>Menu</header><main>{SAID}</main>",
        f"<div>Menu</div><article>{SAID}</article>",
        f"<p>Menu</p><div itemprop=articleBody>{SAID}</div>",
        f"<div role=navigation>Menu</div>{SAID}",
        f"{SAID}<form>Menu <input></form>",
    ],
)
def test_furniture_of_a_page_is_in_the_text_under_a_mark(page: str) -> None:
    """Menus, comments and what stands outside the main content are kept, marked, and apart from what is said."""
    assert "Menu" in read(page).text
    assert "Menu" in furniture(page)
    assert "lamp" not in furniture(page)
    assert "aunt" not in furniture(page)


@pytest.mark.parametrize(
    "page",
    [
        f"<body class='has-sidebar single-comment'>{SAID}",
        f"<div class='widget-area comments'>{SAID}</div><p>More.</p>",
        f"<article><p>Teaser.</p></article>{SAID}",
        f"<nav>{SAID}</nav>",
        "<p>See <a href=1>a</a>.</p>" + SAID,
        f"<header><h1>The keeper</h1></header>{SAID}",
    ],
)
def test_most_of_a_page_is_never_furniture(page: str) -> None:
    """A class or element that would take most of a page, or its title, away is not believed."""
    assert furniture(page) == ""


def test_a_page_states_title_outlet_language_and_day() -> None:
    """Meta elements, JSON-LD and the html element state facts; the more telling statement wins."""
    reading = read(
        "<html lang=en_gb><title>T | Gull</title><meta property='og:title' content='The lamp'>"
        "<meta property='og:site_name' content='The Gull'><link rel=canonical href='https://example.org/a'>"
        '<script type="application/ld+json">[{"@graph":[{"@type":["WebPage","NewsArticle"],'
        '"datePublished":"2020-04-02T10:00"}]}]</script><meta name=description content=" About a  lamp. "><p>x'
    )
    assert dict(reading.stated) == {
        "title": "The lamp",
        "language": "en-GB",
        "published": "2020-04-02",
        "outlet": "The Gull",
        "summary": "About a lamp.",
        "url": "https://example.org/a",
    }


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ("<meta charset=windows-1251>", "cp1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        ("<?xml version='1.0' encoding='iso-8859-5'?>", "iso8859-5"),
        ("", "cp1251"),
        ("<meta charset=windows-1251>", "utf-8"),
        ("<meta charset=utf-16>", "utf-8"),
    ],
)
def test_the_declared_encoding_is_used_if_the_bytes_bear_it_out(head: str, codec: str) -> None:
    """A page is read as it says; valid UTF-8 is believed more than a declaration."""
    page = f"{head}<p>Почему вы остались в деревне? Здесь мой дом, здесь река и сад.</p>"
    reading = read(page.encode(codec))
    assert reading.text == "Почему вы остались в деревне? Здесь мой дом, здесь река и сад."
    assert codes(reading) == ([] if head else ["encoding-guessed"])


def test_latin_1_means_windows_1252_as_in_every_browser() -> None:
    """Old pages say ISO-8859-1 and use the quotation marks of Windows."""
    assert read(b"<meta charset=iso-8859-1><p>\x93Ja\x94 \x96 sagt sie").text == "“Ja” – sagt sie"


def test_a_false_declaration_is_said() -> None:
    """A page that declares what it is not is read by a guess, and an error says so."""
    page = "<meta charset=utf-8><p>" + "Почему вы остались здесь? " * 20
    reading = read(page.encode("cp1251"))
    assert codes(reading) == ["wrong-encoding", "encoding-guessed"]
    assert reading.text.startswith("Почему вы остались здесь?")


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<!doctype html><title>x</title><body><p>Hello.", []),
        ("<html><body><ul><li>One<li>Two</ul><dl><dt>A<dd>B</dl><p>End.", []),
        ("<body><div><table><tr><td>One</table></div>", []),
        *(
            (f"<body><{name}><p>Hello.", ["malformed-markup"])
            for name in ("article", "div", "main", "section", "table")
        ),
        ("<body><div><p>Hello.</body>", []),
        ("<body><div><p>Hello.</div></di", ["cut-off"]),
    ],
)
def test_a_page_that_only_leaves_out_optional_end_tags_is_whole(page: str, found: list[str]) -> None:
    """Body, page, paragraphs, items and cells may stay without an end; an element that must have one may be cut off."""
    assert codes(read(page)) == found
