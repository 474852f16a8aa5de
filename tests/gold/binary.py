"""Write the fictional interviews whose formats nobody types by hand: `.docx` and `.pdf`, and the gold of each.

Everything is deterministic (no compression, fixed times, no tool's name), so that a test can hold the committed
files against what this module writes, and a reviewer can read here what is inside them.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

RAW = Path(__file__).parents[2] / "raw" / "fictional"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Turn:
    """One turn of the gold: the label as printed or None, the role, the text."""

    speaker: str | None
    role: str | None
    text: str

    def gold(self) -> dict[str, str | None]:
        """Return it as the gold files write it."""
        return {"speaker": self.speaker, "role": self.role, "text": self.text}


# --------------------------------------------------------------------------------------------------------- docx


def run(text: str, *properties: str) -> str:
    """A run of text with the given properties, such as `b`, `i`, or `color w:val="808080"`."""
    marks = "".join(f"<w:{name}/>" for name in properties)
    return f'<w:r>{f"<w:rPr>{marks}</w:rPr>" if marks else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tab() -> str:
    """A tab between two runs."""
    return "<w:r><w:tab/></w:r>"


def note(number: int) -> str:
    """A reference to a footnote."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def paragraph(*runs: str, style: str | None = None) -> str:
    """A paragraph of runs, with a style if it has one."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table of plain cells."""
    cells = ("".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(body: Sequence[str], footnotes: Sequence[str] = (), header: str = "") -> bytes:
    """Return a Word document of paragraphs and tables, with footnotes and a page header."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    notes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(run(text))}</w:footnote>' for number, text in enumerate(footnotes, 1)
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/></w:style>'
        for name, shown in (("Title", "Title"), ("Heading1", "heading 1"), ("Caption", "caption"))
    )
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    section = f'<w:sectPr><w:headerReference w:type="default" r:id="rId3" xmlns:r="{relation}"/></w:sectPr>'
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{kind}.styles+xml"/>'
            f'<Override PartName="/word/footnotes.xml" ContentType="{kind}.footnotes+xml"/>'
            f'<Override PartName="/word/header1.xml" ContentType="{kind}.header+xml"/></Types>'
        ),
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{relation}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{relation}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId2" Type="{relation}/footnotes" Target="footnotes.xml"/>'
            f'<Relationship Id="rId3" Type="{relation}/header" Target="header1.xml"/></Relationships>'
        ),
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}{section}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{_W}">{normal}{styles}</w:styles>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{_W}">{notes}</w:footnotes>',
        "word/header1.xml": f'<w:hdr xmlns:w="{_W}">{paragraph(run(header))}</w:hdr>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _HEAD + content)
    return out.getvalue()


# ---------------------------------------------------------------------------------------------------------- pdf


@dataclass(frozen=True)
class Text:
    """A line on a page: position in points from the lower left corner, font (`F1` plain, `F2` bold), size."""

    x: float
    y: float
    text: str
    font: str = "F1"
    size: int = 11


def pdf(pages: Sequence[Sequence[Text]], title: str) -> bytes:
    """Return a PDF with a text layer: Helvetica and Helvetica-Bold in Windows-1252, one object a page."""
    fonts = [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    first = 5
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        *fonts,
    ]
    for index, page in enumerate(pages):
        stream = b"\n".join(_shown(line) for line in page)
        resources = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources} "
            f"/Contents {first + 2 * index + 1} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects.append(b"<< /Title (%s) >>" % _literal(title))
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def _literal(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _shown(line: Text) -> bytes:
    place = f"BT /{line.font} {line.size} Tf {line.x:g} {line.y:g} Td (".encode()
    return place + _literal(line.text) + b") Tj ET"


# ------------------------------------------------------------------------------------------------------ writing


def gold(title: str, date: str | None, participants: dict[str, str], turns: Sequence[Turn], notes: str) -> bytes:
    """Return the gold file of one interview."""
    document: dict[str, Any] = {
        "language": "en",
        "title": title,
        "date": date,
        "participants": [{"name": name, "role": role} for name, role in participants.items()],
        "turns": [turn.gold() for turn in turns],
        "notes": notes,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def main() -> int:
    """Write every file into raw/fictional."""
    from tests.gold.binary_interviews import files

    for name, content in files().items():
        (RAW / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
