"""Word documents, rich text and PDF: words, formats, tables, columns, and what belongs to the page."""

from __future__ import annotations

import io
import zipfile

import pytest

from onrecord.collection.facts import Facts
from onrecord.readers import READERS, Reading
from tests.readers.make_pdf import Put, make_pdf
from tests.readers.running import CASES, codes, kinds

NOT_BOLD = "<w:b w:val='0'/>"


def docx(body: str, **parts: str) -> Reading:
    """Read a Word document with this body; other parts by the name of their file in word/."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr(
            "word/document.xml", f"<w:document xmlns:w='w' xmlns:r='r'><w:body>{body}</w:body></w:document>"
        )
        for name, content in parts.items():
            package.writestr(
                f"word/{name.replace('__', '/')}.xml" if "rels" not in name else "word/_rels/document.xml.rels", content
            )
    return READERS["docx"].read(data.getvalue(), Facts())


def run(words: str, form: str = "") -> str:
    """A run of words in a format."""
    return f"<w:r><w:rPr>{form}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def rtf(body: str) -> Reading:
    """Read rich text with this body."""
    return READERS["rtf"].read(("{\\rtf1\\ansi\\ansicpg1252 " + body + "}").encode("latin-1"), Facts())


def pdf(*pages: list[Put]) -> Reading:
    """Read a PDF with these pages."""
    return READERS["pdf"].read(make_pdf(pages), Facts())


def test_runs_of_one_format_are_one_mark() -> None:
    """Word splits runs at will; the mark is over all that looks alike, without the blanks at its ends."""
    reading = docx(f"<w:p>{run('Ada', '<w:b/>')}{run(' Quill: ', '<w:b/>')}{run('Yes.')}{run(' No.', NOT_BOLD)}</w:p>")
    assert reading.text == "Ada Quill: Yes. No."
    assert kinds(reading, "bold") == [("Ada Quill:", None)]


def test_styles_give_headings_and_emphasis() -> None:
    """A style's emphasis counts unless a run says otherwise; headings are known by name or level."""
    styles = (
        "<w:styles xmlns:w='w'><w:style w:styleId='Q'><w:name w:val='Question'/><w:basedOn w:val='B'/></w:style>"
        "<w:style w:styleId='B'><w:rPr><w:b/></w:rPr></w:style>"
        "<w:style w:styleId='H'><w:name w:val='heading 2'/></w:style></w:styles>"
    )
    body = (
        f"<w:p><w:pPr><w:pStyle w:val='H'/></w:pPr>{run('Part')}</w:p>"
        f"<w:p><w:pPr><w:pStyle w:val='Q'/></w:pPr>{run('Who? ')}{run('Me.', NOT_BOLD)}</w:p>"
    )
    reading = docx(body, styles=styles)
    assert kinds(reading, "heading") == [("Part", "2")]
    assert kinds(reading, "bold") == [("Who?", None)]
    assert kinds(reading, "style") == [("Who? Me.", "Question")]


def test_notes_comments_and_links_of_a_document() -> None:
    """Footnotes and comments follow the body under their marks; a link has its address."""
    reading = docx(
        f"<w:p>{run('See ')}<w:hyperlink r:id='r1'>{run('here')}</w:hyperlink>"
        "<w:r><w:footnoteReference w:id='2'/></w:r></w:p>",
        footnotes=f"<w:footnotes xmlns:w='w'><w:footnote w:id='2'><w:p>{run('Not so.')}</w:p></w:footnote>"
        "</w:footnotes>",
        comments=f"<w:comments xmlns:w='w'><w:comment w:id='0'><w:p>{run('Check.')}</w:p></w:comment></w:comments>",
        rels="<Relationships><Relationship Id='r1' Target='https://example.org' TargetMode='External'/>"
        "</Relationships>",
    )
    assert reading.text == "See here\n\nNot so.\n\nCheck."
    assert kinds(reading, "link") == [("here", "https://example.org")]
    assert kinds(reading, "footnote") == [("Not so.", "2")]
    assert kinds(reading, "comment") == [("Check.", "0")]


def test_tabs_breaks_and_special_characters_of_a_document() -> None:
    """Tabs and line breaks between words are kept; tab stops of the format are none; symbols are characters."""
    reading = docx(
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:tab/><w:t>Q</w:t><w:tab/>"
        "<w:t>one</w:t><w:br/><w:t>two</w:t><w:noBreakHyphen/><w:sym w:char='2014'/></w:r></w:p>"
        f"<w:p/><w:p>{run('End')}</w:p>"
    )
    assert reading.text == "Q\tone\ntwo\u2011—\n\nEnd"


def test_a_drawing_with_two_versions_is_read_once() -> None:
    """A text box that Word writes twice, for new and for old programs, is in the text once."""
    box = f"<w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent>"
    both = f"<mc:Choice xmlns:mc='m'>{box}</mc:Choice><mc:Fallback xmlns:mc='m'>{box}</mc:Fallback>"
    assert docx(f"<w:p><w:r><AlternateContent>{both}</AlternateContent></w:r></w:p>").text == "In a box."


def test_a_style_that_is_based_on_itself_ends() -> None:
    """Circles in styles are walked a bounded number of steps."""
    styles = (
        "<w:styles xmlns:w='w'><w:style w:styleId='Q'><w:name w:val='Q'/><w:basedOn w:val='Q'/></w:style></w:styles>"
    )
    assert docx(f"<w:p><w:pPr><w:pStyle w:val='Q'/></w:pPr>{run('So.')}</w:p>", styles=styles).text == "So."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"One\par Two\line three\par\par Four", "One\n\nTwo\nthree\n\nFour"),
        (r"Q:\tab so\~it\_was", "Q:\tso\xa0it\u2011was"),
        (r"caf\'e9 \'93ja\'94 \emdash no", "café “ja” —no"),
        (r"\u1071?\uc2\u1076??\u-3913?? \uc0\u8212 x", "Яд\uf0b7 —x"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"a\{b\}\\c", "a{b}\\c"),
        (r"one {\*\unknown two}three", "one three"),
        (r"one {\pict ffd8ff}three{\field{\*\fldinst PAGE}{\fldrslt 7}}", "one three7"),
        (r"one{\bin4 }{\\ two", "one two"),
        (r"\trowd Ada\cell Yes.\cell\row Bo\cell No.\cell\row", "Ada\tYes.\nBo\tNo."),
        ("one\ntwo\r\nthree", "onetwothree"),
        (r"one\v  two\v0  three", "one three"),
    ],
)
def test_rich_text_is_what_the_document_shows(body: str, text: str) -> None:
    """Control words, characters by code, unknown groups and pictures are read as Word reads them."""
    assert rtf(body).text == text


def test_fonts_of_rich_text_have_their_own_character_sets() -> None:
    """Bytes mean letters of the font's character set."""
    fonts = r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset128 C;}}"
    assert rtf(fonts + r"\f0\'e9{\f1\'e9}\f2\'8a\'bf\'8e\'9a\f0\'e9").text == "éй漢字é"


def test_formats_of_rich_text_end_with_their_group() -> None:
    r"""Bold in braces ends with them; `\plain` ends everything."""
    reading = rtf(r"{\b Ada:} yes \b\i Bo:\plain  no")
    assert kinds(reading, "bold") == [("Ada:", None), ("Bo:", None)]
    assert kinds(reading, "italic") == [("Bo:", None)]


def lines(*words: str, x: float = 72, top: float = 740, step: float = 14, size: float = 11) -> list[Put]:
    """Lines below each other."""
    return [Put(x, top - step * number, line, size=size) for number, line in enumerate(words)]


def test_paragraphs_of_a_page_are_divided_by_space() -> None:
    """Lines close together are one paragraph, a wider space begins the next."""
    reading = pdf([*lines("Ada: Who built the pier", "in the bay of Sorrel?"), *lines("Bo: We did.", top=690)])
    assert reading.text == "Ada: Who built the pier\nin the bay of Sorrel?\n\nBo: We did."


def test_a_divided_word_is_marked() -> None:
    """The hyphen and line end of a divided word stay in the text, marked; a real hyphen is none."""
    reading = pdf(lines("Who built the har-", "bour and the Anglo-", "Saxon wall?"))
    assert reading.text == "Who built the har-\nbour and the Anglo-\nSaxon wall?"
    assert kinds(reading, "hidden") == [("-\n", "hyphenation")]


def test_a_word_divided_under_line_numbers_is_whole_without_what_is_hidden() -> None:
    """The hyphen, line end and number between the halves are one mark; the number has its own mark besides."""
    said = [
        "Q. Why are you here?",
        "A. For the hear-",
        "ing on the weir, and to re-",
        "pair it.",
        "Q. When?",
        "A. Now.",
    ]
    rows = [(72, str(n)) for n in range(1, 7)]
    reading = pdf(
        [
            put
            for n, (x, number) in enumerate(rows)
            for put in (Put(x, 740 - 24 * n, number), Put(120, 740 - 24 * n, said[n]))
        ]
    )
    assert kinds(reading, "hidden") == [("-\n3\t", "hyphenation"), ("-\n4\t", "hyphenation")]
    assert [covered for covered, _ in kinds(reading, "line-number")] == ["1", "2", "3", "4", "5", "6"]
    without = reading.text
    for mark in sorted((mark for mark in reading.marks if mark.kind == "hidden"), key=lambda mark: -mark.span.start):
        without = without[: mark.span.start] + without[mark.span.end :]
    assert "hearing on the weir, and to repair it." in without


def test_heads_and_page_numbers_break_no_sentence() -> None:
    """What every page repeats at its edges comes after the text, page by page; a sentence goes on over pages."""
    pages = [
        [
            Put(72, 800, "THE SORREL GULL"),
            *lines(f"this is the page of {word}", f"which {word} wrote and"),
            Put(280, 40, str(n)),
        ]
        for n, word in enumerate(["Ada", "Bo", "Cy", "Di"], 1)
    ]
    reading = pdf(*pages)
    body, _, _ = reading.text.partition("\n\nTHE SORREL GULL")
    assert body.split("\n") == [
        line
        for word in ("Ada", "Bo", "Cy", "Di")
        for line in (f"this is the page of {word}", f"which {word} wrote and")
    ]
    assert [covered for covered, _ in kinds(reading, "header")] == ["THE SORREL GULL"] * 4
    assert kinds(reading, "page") == [(str(n), str(n)) for n in range(1, 5)]
    assert [value for _, value in kinds(reading, "field")] == [f"page {n}" for n in range(1, 5)]


def test_line_numbers_of_a_hearing_are_marked() -> None:
    """Numbers that count the lines are apart from what is said, however wide the space after them."""
    said = [
        "Q. Where were you?",
        "A. At the pier with",
        "my aunt and 12 others.",
        "Q. When?",
        "A. In spring.",
        "Q. And then?",
    ]
    apart = pdf(
        [put for n, line in enumerate(said, 1) for put in (Put(72, 740 - 24 * n, str(n)), Put(120, 740 - 24 * n, line))]
    )
    close = pdf(lines(*(f"{n} {line}" for n, line in enumerate(said, 1))))
    for reading in (apart, close):
        assert [covered for covered, _ in kinds(reading, "line-number")] == ["1", "2", "3", "4", "5", "6"]
        assert reading.text.split("\n")[2] == "3\tmy aunt and 12 others."


def test_numbers_that_do_not_count_the_lines_are_words() -> None:
    """Years at the beginnings of lines are no line numbers."""
    assert (
        kinds(pdf(lines("1904 it was", "12 of us came", "7 stayed", "3 left", "9 wept", "40 years on")), "line-number")
        == []
    )


def test_columns_are_read_one_after_the_other() -> None:
    """The left column comes before the right one, below what runs across both."""
    left = [f"left {n} with some more words to it" for n in range(8)]
    right = [f"right {n} with some more words to it" for n in range(8)]
    reading = pdf(
        [
            Put(72, 790, "A heading that runs from the left column far into the right column"),
            *lines(*left),
            *lines(*right, x=330),
        ]
    )
    assert [line for line in reading.text.split("\n") if line][1:] == [*left, *right]


def test_a_column_of_labels_is_read_line_by_line() -> None:
    """Names beside what is said are no column of their own."""
    said = [f"line {n} of what was said at length by somebody there" for n in range(14)]
    names = [Put(72, 740 - 14 * n, "Ada:" if n % 4 == 0 else "Bo:") for n in range(0, 14, 2)]
    reading = pdf([*names, *lines(*said, x=200)])
    assert reading.text.startswith("Ada:\tline 0 of what was said")


def test_bold_and_italic_fonts_are_marks() -> None:
    """Fonts that are bold or italic give emphasis to their words."""
    reading = pdf(
        [Put(72, 740, "Ada:", "bold"), Put(105, 740, "Who"), Put(135, 740, "was", "italic"), Put(160, 740, "it?")]
    )
    assert reading.text == "Ada: Who was it?"
    assert (kinds(reading, "bold"), kinds(reading, "italic")) == ([("Ada:", None)], [("was", None)])


def test_pages_without_a_text_layer_are_named() -> None:
    """Pictures among pages of text are listed by number, and the text of the others is there."""
    reading = pdf(lines("One."), [], lines("Three."))
    assert reading.text == "One.\n\nThree."
    assert codes(reading) == ["no-text-layer"]
    assert reading.problems[0].message == "1 of 3 pages have no text layer: 2."


def test_the_title_of_a_pdf_is_stated_unless_it_is_a_file_name() -> None:
    """Programs put the name of a file where a title belongs; that states nothing."""
    for title, stated in (("The pier", {"title": "The pier"}), ("Microsoft Word - pier.docx", {}), ("pier.doc", {})):
        data = make_pdf([lines("Words.")], title=title)
        assert dict(READERS["pdf"].read(data, Facts()).stated) == stated


@pytest.mark.parametrize(
    "name", ["chromium", "groff", "libreoffice", "owner-locked", "reportlab-banner", "weasyprint-columns"]
)
def test_a_pdf_of_any_maker_is_read_in_the_order_of_its_columns(name: str) -> None:
    """The three questions and answers come out in order, unbroken, whoever wrote the file."""
    reading = READERS["pdf"].read((CASES / "pdf" / f"{name}.pdf").read_bytes(), Facts())
    apart = [mark.span for mark in reading.marks if mark.kind == "hidden"]
    text = reading.text
    for span in reversed(apart):
        text = text[: span.start] + text[span.end :]
    assert " ".join(_LIGHTHOUSES) in " ".join(text.replace("Q: ", "").replace("A: ", "").split())


def test_a_hearing_printed_with_numbered_lines_is_read() -> None:
    """Numbers of lines are marked, sides and colloquy begin their lines."""
    reading = READERS["pdf"].read((CASES / "pdf" / "reportlab-hearing.pdf").read_bytes(), Facts())
    numbers = [words for words, _ in kinds(reading, "line-number")]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    starts = [line.split("\t")[1].split()[0] for line in reading.text.split("\n") if "\t" in line]
    assert [start for start in starts if start in ("Q.", "A.", "MR.", "THE")] == ["Q.", "A."] * 3 + ["MR.", "THE"]


def test_the_numbers_of_empty_lines_are_kept_and_page_numbers_are_none() -> None:
    """An empty line keeps its number under a mark; a number elsewhere at the top is no line's."""
    lines = [Put(60, 700 - 20 * n, f"{n + 1}   word {n}" if n != 3 else "4") for n in range(8)]
    reading = READERS["pdf"].read(make_pdf([[Put(500, 760, "1"), *lines]]), Facts())
    assert [words for words, _ in kinds(reading, "line-number")] == list("12345678")
    assert kinds(reading, "page") == [("1", "1")]


def test_a_title_in_larger_letters_is_a_heading() -> None:
    """Letters a quarter larger than most make a heading, which no question runs into."""
    reading = READERS["pdf"].read((CASES / "pdf" / "weasyprint-columns.pdf").read_bytes(), Facts())
    assert kinds(reading, "heading") == [("The lamp mender", None)]
    assert kinds(reading, "page") == [("Page 1 of 1", "1")]


@pytest.mark.parametrize(("name", "code"), [("scanned", "no-text-layer"), ("user-locked", "password-protected")])
def test_a_pdf_that_cannot_be_read_says_why(name: str, code: str) -> None:
    """Pictures of pages and files with a password have no text, and a problem; one locked for its owner is read."""
    reading = READERS["pdf"].read((CASES / "pdf" / f"{name}.pdf").read_bytes(), Facts())
    assert (reading.text, codes(reading)) == ("", [code])


_LIGHTHOUSES = (
    "How did you come to repair lighthouses on those islands?",
    "My aunt kept one on the north point, and when the lamp failed I was the only one in the village thin enough to "
    "climb into the lens. Nobody else applied for the work after her, so the council wrote my name into the book and "
    "gave me the keys.",
    "What is the hardest part of the work?",
    "The stairs. After the first two hundred you stop counting, and then you must begin again with the tools, because "
    "something has always been left below. In winter the iron rail freezes and you climb with your elbows.",
    "Would you do it again if they asked you?",
    "Tomorrow, if somebody else carries the glass. The panes weigh more every year, or I weigh less, which comes to "
    "the same thing in the end; and the wind is never on the side of the person who holds the glass.",
)


def odt(body: str, look: str = "") -> Reading:
    """Read an OpenDocument text with this body; `look` stands in its automatic styles."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("content.xml", f"<d><automatic-styles>{look}</automatic-styles><body>{body}</body></d>")
    return READERS["odt"].read(data.getvalue(), Facts())


def test_an_opendocument_text_keeps_what_it_says_of_its_words() -> None:
    """Headings, styles, emphasis, links, tables, notes and comments are marks; heads first, feet and notes last."""
    reading = READERS["odt"].read((CASES / "odt" / "odfpy.odt").read_bytes(), Facts())
    assert kinds(reading, "heading") == [("The lamp mender", "1")]
    assert ("How did you come to repair lighthouses?", "Question") in kinds(reading, "style")
    assert kinds(reading, "bold") == [("How did you come to repair lighthouses?", None), ("Vann:", None)]
    assert kinds(reading, "row") == [("Marlowe\tThe stairs.", None), ("Vann\tAgain?", None)]
    assert kinds(reading, "footnote") == [("On the north point.", "1")]
    assert kinds(reading, "comment") == [("Check the date.", None)]
    assert dict(reading.stated) == {"title": "The lamp mender", "language": "en"}
    assert codes(reading) == ["hidden-text"]
    assert "Never shown" not in reading.text


def test_deleted_words_of_an_opendocument_text_are_not_in_it() -> None:
    """Tracked deletions stand apart in the file and are passed over; a span may take its paragraph's emphasis back."""
    bold = "<style name='B'><text-properties font-weight='bold'/></style>"
    plain = "<style name='N'><text-properties font-weight='normal'/></style>"
    deleted = "<tracked-changes><changed-region><deletion><p>Gone.</p></deletion></changed-region></tracked-changes>"
    reading = odt(f"{deleted}<p style-name='B'>Who? <span style-name='N'>Ada.</span></p>", bold + plain)
    assert reading.text == "Who? Ada."
    assert kinds(reading, "bold") == [("Who?", None)]


def test_an_opendocument_text_with_a_password_or_of_another_kind_says_so() -> None:
    """Encrypted parts and zips of other kinds have no text, and a problem."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
    assert codes(READERS["odt"].read(data.getvalue(), Facts())) == ["password-protected"]
    assert codes(READERS["odt"].read(b"PK\x03\x04", Facts())) == ["unreadable-format"]


def test_a_word_document_of_the_old_kind_says_how_to_convert_it() -> None:
    """The hint is a command."""
    reading = READERS["docx"].read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Facts())
    assert "soffice --headless --convert-to docx" in (reading.problems[0].hint or "")
