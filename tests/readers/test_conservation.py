"""Every visible character of a source is in the text once, counted against an independent reading of the source."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import docx as python_docx
import pysubs2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from onrecord.collection.facts import Facts
from onrecord.readers import READERS
from tests.readers.make_pdf import Put, make_pdf
from tests.readers.running import CASES

WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="<>&\\\"'{}[]|"),
    min_size=1,
    max_size=8,
)
LINES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


def visible(text: str) -> Counter[str]:
    """Count the characters that are no blanks."""
    return Counter("".join(text.split()))


def read(name: str, data: bytes) -> str:
    """The text a reader makes."""
    return READERS[name].read(data, Facts()).text


def shown_by_lxml(data: bytes) -> str:
    """What a page shows, according to another parser: everything but scripts, styles, titles and hidden elements."""
    tree = lxml_html.fromstring(data, parser=lxml_html.HTMLParser(encoding="utf-8"))
    hidden = (
        "//script|//style|//title|//noscript|//template|//*[@hidden]|//*[contains(@style,'display:none')]|//comment()"
    )
    for element in tree.xpath(hidden):
        element.drop_tree()
    return str(tree.text_content())


def test_a_page_shows_what_another_parser_finds() -> None:
    """The case of a page has exactly the characters lxml finds in it."""
    data = (CASES / "html" / "article.html").read_bytes()
    assert visible(read("html", data)) == visible(shown_by_lxml(data))


INLINE = st.sampled_from(["b", "i", "em", "span class='q'", "a href='x'", "cite", "font color='red'", "u", "code"])
BLOCK = st.sampled_from("p div h2 li blockquote td dt dd section figcaption pre main article nav".split())


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Pages with elements in and beside each other, well formed."""
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 6))):
        block, inline = draw(BLOCK), draw(INLINE)
        inner = f"{draw(LINES)} <{inline}>{draw(LINES)}</{inline.split()[0]}> {draw(LINES)}"
        wrapped = {"td": f"<table><tr><td>{inner}</td></tr></table>", "li": f"<ul><li>{inner}</li></ul>"}
        parts.append(wrapped.get(block, f"<{block}>{inner}</{block}>"))
        if draw(st.booleans()):
            parts.append(
                draw(st.sampled_from(["<br>", "<hr>", "<!-- never -->", "<script>x<y</script>", "<img alt=no>"]))
            )
    return f"<html><body>{''.join(parts)}</body></html>"


@given(pages())
def test_any_page_keeps_every_visible_character_once(page: str) -> None:
    """Of pages with all kinds of elements nothing visible is lost or doubled."""
    assert visible(read("html", page.encode())) == visible(shown_by_lxml(page.encode()))


@given(
    st.lists(
        st.sampled_from(
            ["<b>", "</b>", "<p>", "</p>", "<td>", "</table>", "<li>", "</div>", "<div>", "ab", "c d", "<i>"]
        ),
        max_size=30,
    )
)
def test_tags_in_any_order_lose_no_word(parts: list[str]) -> None:
    """However badly tags are nested, the words between them are all there, in order."""
    said = "".join(part for part in parts if not part.startswith("<"))
    assert "".join(read("html", "".join(parts).encode()).split()) == "".join(said.split())
    assert "".join(read("xml", f"<t>{''.join(parts)}</t>".encode()).split()) == "".join(said.split())


@pytest.mark.parametrize("name", ["tei.xml", "questions.xml", "transcriber.trs", "ohms.xml"])
def test_a_transcript_in_xml_has_the_words_of_its_body(name: str) -> None:
    """What stands in the body of an XML file is in the text once; headers are not."""
    data = (CASES / "xml" / name).read_bytes()
    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for header in tree.xpath("//*[local-name()='teiHeader' or local-name()='Speakers']"):
        header.getparent().remove(header)
    body = tree.xpath("//*[local-name()='transcript']") or [tree]
    assert visible(read("xml", data)) == visible("".join(body[0].itertext()))


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> str:
    """XML of elements known and unknown, with words between them."""
    name = draw(st.sampled_from("u sp p seg hi note div said x speaker q item".split()))
    who = draw(st.sampled_from(["", " who='#A'", " speaker='Bo'", " start='1.5' end='2'"]))
    inner = draw(st.lists(LINES if depth == 0 else LINES | trees(depth=depth - 1), max_size=3))
    return f"<{name}{who}>{' '.join(inner)}</{name}>"


@given(trees())
def test_any_tree_keeps_every_character_once(tree: str) -> None:
    """Elements of all names and orders lose and double nothing."""
    assert visible(read("xml", tree.encode())) == visible("".join(etree.fromstring(tree.encode()).itertext()))


def test_a_word_document_has_what_another_library_finds() -> None:
    """The case of a document has the characters python-docx finds in its body, header and footer, less hidden ones."""
    path = CASES / "docx" / "interview.docx"
    assert visible(read("docx", path.read_bytes())) == visible(shown_by_python_docx(path))


def shown_by_python_docx(source: Path | io.BytesIO) -> str:
    """What a document shows according to python-docx."""
    document = python_docx.Document(str(source) if isinstance(source, Path) else source)
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if not run.font.hidden]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    around = [
        part.text for section in document.sections for part in (*section.header.paragraphs, *section.footer.paragraphs)
    ]
    return " ".join([*(run.text for run in runs), *cells, *around])


@settings(max_examples=8)  # python-docx takes most of a second to write a document
@given(st.lists(st.lists(st.tuples(LINES, st.booleans(), st.booleans()), max_size=3), min_size=1, max_size=5))
def test_any_word_document_keeps_its_runs(paragraphs: list[list[tuple[str, bool, bool]]]) -> None:
    """Runs in bold and italics come out as written, paragraph by paragraph."""
    document = python_docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for words, bold, italic in runs:
            run = paragraph.add_run(f"{words} ")
            run.bold, run.italic = bold, italic
    data = io.BytesIO()
    document.save(data)
    written = [" ".join(words for words, _, _ in runs) for runs in paragraphs if runs]
    assert [" ".join(part.split()) for part in read("docx", data.getvalue()).split("\n\n") if part] == [
        " ".join(part.split()) for part in written
    ]


ASCII = st.lists(st.text("abcdefghijXYZ0123456789.,:;?!()-'", min_size=1, max_size=9), min_size=1, max_size=6).map(
    " ".join
)


@given(st.lists(st.lists(ASCII, max_size=4), min_size=1, max_size=3))
def test_any_page_of_a_pdf_keeps_its_letters(pages: list[list[str]]) -> None:
    """Every letter put on a page is in the text once."""
    data = make_pdf([[Put(60, 780 - 16 * n, line) for n, line in enumerate(lines)] for lines in pages])
    kept = Counter({char: n for char, n in visible(read("pdf", data)).items() if char.isalnum()})
    put = Counter(
        {char: n for char, n in visible(" ".join(" ".join(lines) for lines in pages)).items() if char.isalnum()}
    )
    assert kept == put


SAID = st.lists(
    st.fixed_dictionaries({"speaker": st.sampled_from(["Ada", "Bo", ""]), "text": LINES}), min_size=1, max_size=8
)


@given(SAID)
def test_records_keep_what_was_said_in_every_format(said: list[dict[str, Any]]) -> None:
    """The texts of utterances are the paragraphs of the text, whether they came as JSON, JSON lines, CSV or TSV."""
    table = io.StringIO()
    writer = csv.DictWriter(table, ["speaker", "text"])
    writer.writeheader()
    writer.writerows(said)
    paragraphs = [row["text"].strip() for row in said]
    assert read("json", json.dumps({"segments": said}).encode()).split("\n\n") == paragraphs
    assert read("json", "\n".join(json.dumps(row) for row in said).encode()).split("\n\n") == paragraphs
    assert read("csv", table.getvalue().encode()).split("\n\n") == paragraphs


@pytest.mark.parametrize("path", sorted((CASES / "pdf").glob("*.pdf")), ids=lambda path: path.stem)
def test_a_pdf_has_the_letters_of_its_raw_text(path: Path) -> None:
    """Of files by many makers, letters and digits are as often in the text as in the library's own plain reading."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        assert read("pdf", path.read_bytes()) == ""
        return
    raw = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    letters = Counter(char for char in raw if char.isalnum())
    assert Counter(char for char in read("pdf", path.read_bytes()) if char.isalnum()) == letters


def odt_trees(path: Path) -> list[etree._Element]:
    """The XML of a document: two parts of a zip, or one file."""
    if path.suffix == ".fodt":
        return [etree.fromstring(path.read_bytes())]
    with zipfile.ZipFile(path) as package:
        return [etree.fromstring(package.read(name)) for name in ("content.xml", "styles.xml")]


@pytest.mark.parametrize("path", sorted((CASES / "odt").glob("*.*odt")), ids=lambda path: path.stem)
def test_an_opendocument_text_has_the_words_of_its_paragraphs(path: Path) -> None:
    """Of documents by three makers and a flat one, the words of paragraphs are in the text once, but hidden ones."""
    trees = odt_trees(path)
    hidden = "//*[@*[local-name()='display']='none'][not(local-name()='text-properties')]"
    styles = {
        style.get(f"{{{style.nsmap['style']}}}name")
        for tree in trees
        for style in tree.xpath("//*[local-name()='style'][*[@*[local-name()='display']='none']]")
    }
    shown: list[str] = []
    for tree in trees:
        for element in tree.xpath(hidden):
            element.getparent().remove(element)
        names = ("note-citation", "creator", "date", "binary-data")
        apart = "ancestor::*[" + " or ".join(f"local-name()='{name}'" for name in names) + "]"
        nodes = tree.xpath(f"//text()[ancestor::*[local-name()='p' or local-name()='h']][not({apart})]")
        shown += [str(node) for node in nodes if styles.isdisjoint(node.getparent().attrib.values())]
    assert visible(read("odt", path.read_bytes())) == visible("".join(shown))


@pytest.mark.parametrize("path", sorted((CASES / "ass").glob("*.[as]s[as]")), ids=lambda path: path.name)
def test_subtitles_have_the_words_another_program_shows(path: Path) -> None:
    """Of SubStation Alpha, the dialogue as pysubs2 shows it in plain text is in the text once, drawings left out."""
    subtitles = pysubs2.SSAFile.from_string(path.read_text(encoding="utf-8"), format_=path.suffix[1:])
    shown = [line.plaintext for line in subtitles if not line.is_comment and not line.is_drawing]
    assert visible(read("ass", path.read_bytes())) == visible("".join(shown))


@given(st.lists(st.tuples(LINES, LINES), min_size=1, max_size=6))
def test_every_line_of_dialogue_is_in_the_text(said: list[tuple[str, str]]) -> None:
    """Whatever names and words the lines have, the words are in the text once and the names are marks."""
    lines = [
        f"Dialogue: 0,0:00:00.00,0:00:01.00,Default,{name.replace(',', '')},0,0,0,,{words}" for name, words in said
    ]
    data = "[Events]\n" + "\n".join(lines)
    assert visible(read("ass", data.encode())) == visible("".join(words for _, words in said))
