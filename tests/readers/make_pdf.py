"""Small PDFs written by hand: pages of text at given places in the standard fonts, or pages that are pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

FONTS = {"regular": "Helvetica", "bold": "Helvetica-Bold", "italic": "Helvetica-Oblique"}


class Put(NamedTuple):
    """Words at a place on a page, in points from the lower left."""

    x: float
    y: float
    words: str
    font: str = "regular"
    size: float = 11


def make_pdf(pages: Sequence[Sequence[Put]], *, title: str = "", encrypt: bool = False) -> bytes:
    """Return a PDF with these pages; with `encrypt` one that asks for a password."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    catalog, tree = add(b""), add(b"")
    fonts = {name: add(_font(face)) for name, face in FONTS.items()}
    resources = " ".join(f"/{name} {number} 0 R" for name, number in fonts.items())
    kids = []
    for page in pages:
        stream = b"\n".join(_shown(put) for put in page)
        content = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        body = f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
        kids.append(add((body + f"/Resources << /Font << {resources} >> >> >>").encode()))
    objects[catalog - 1] = f"<< /Type /Catalog /Pages {tree} 0 R >>".encode()
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[tree - 1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    info = add(f"<< /Title ({title}) >>".encode())
    return _assemble(objects, catalog, info, encrypt=encrypt)


def _font(face: str) -> bytes:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{face} /Encoding /WinAnsiEncoding >>".encode()


def _shown(put: Put) -> bytes:
    words = put.words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET" % (put.font.encode(), put.size, put.x, put.y, words)


def _assemble(objects: Sequence[bytes], catalog: int, info: int, *, encrypt: bool) -> bytes:
    data = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    locked = (
        b" /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (b"11" * 32, b"22" * 32)
        if encrypt
        else b""
    )
    data += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        catalog,
        info,
        locked,
        start,
    )
    return bytes(data)
