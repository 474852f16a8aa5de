"""A talk of any length in every format: `python -m tests.readers.large [TURNS]` measures time and memory.

Turn `n` says `word n`, so that it can be counted that none is missing.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping

from onrecord.collection.facts import Facts
from onrecord.readers import READERS
from tests.readers.make_pdf import Put, make_pdf

_LINES_ON_A_PAGE = 50


def _repeated(begin: str, turn: str, end: str = "") -> Callable[[int], bytes]:
    """A format that is a beginning, the same for every turn, and an end; `@` is the number of the turn."""
    return lambda turns: (begin + "".join(turn.replace("@", str(n)) for n in range(turns)) + end).encode()


def _zipped(name: str, make: Callable[[int], bytes]) -> Callable[[int], bytes]:
    def package(turns: int) -> bytes:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(name, make(turns))
        return data.getvalue()

    return package


def _json(turns: int) -> bytes:
    return json.dumps([{"speaker": "Ada", "start": n, "text": f"word {n}"} for n in range(turns)]).encode()


def _textgrid(turns: int) -> bytes:
    head = f'File type = "ooTextFile"\nObject class = "TextGrid"\n0\n{turns}\n<exists>\n1\n'
    tier = f'"IntervalTier"\n"Ada"\n0\n{turns}\n{turns}\n'
    return (head + tier + "".join(f'{n}\n{n + 1}\n"word {n}"\n' for n in range(turns))).encode()


def _parquet(turns: int) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    data = io.BytesIO()
    pq.write_table(pa.table({"speaker": ["Ada"] * turns, "text": [f"word {n}" for n in range(turns)]}), data)
    return data.getvalue()


def _pdf(turns: int) -> bytes:
    numbers = range(turns)
    pages = [numbers[at : at + _LINES_ON_A_PAGE] for at in range(0, turns, _LINES_ON_A_PAGE)]
    return make_pdf([[Put(72, 780 - 14 * n, f"word {turn}") for n, turn in enumerate(page)] for page in pages])


LARGE: Mapping[str, Callable[[int], bytes]] = {
    "plain": _repeated("", "Ada: word @\n\n"),
    "markdown": _repeated("", "**Ada:** word @\n\n"),
    "vtt": _repeated("WEBVTT\n\n", "00:00:00.000 --> 00:00:01.000\n<v Ada>word @</v>\n\n"),
    "srt": _repeated("", "@\n00:00:00,000 --> 00:00:01,000\nAda: word @\n\n"),
    "ass": _repeated("[Script Info]\n[Events]\n", "Dialogue: 0,0:00:00.00,0:00:01.00,Default,Ada,0,0,0,,word @\n"),
    "chat": lambda turns: b"@UTF8\n" + _repeated("", "*ADA:\tword @ .\n")(turns),
    "textgrid": _textgrid,
    "html": _repeated("<main>", "<p><b>Ada:</b> word @</p>", "</main>"),
    "xml": _repeated("<t>", "<u who='Ada'>word @</u>", "</t>"),
    "json": _json,
    "csv": _repeated("speaker,text\n", "Ada,word @\n"),
    "parquet": _parquet,
    "docx": _zipped(
        "word/document.xml",
        _repeated("<w:document><w:body>", "<w:p><w:r><w:t>word @</w:t></w:r></w:p>", "</w:body></w:document>"),
    ),
    "odt": _zipped("content.xml", _repeated("<d><body>", "<p>word @</p>", "</body></d>")),
    "rtf": _repeated("{\\rtf1 ", "{\\b Ada:} word @\\par\n", "}"),
    "pdf": _pdf,
}


def _measure(name: str, turns: int) -> None:
    data = LARGE[name](turns)
    READERS[name].read(LARGE[name](1), Facts())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    reading = READERS[name].read(data, Facts())
    seconds = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    said = reading.text.count("word ")
    print(f"| `{name}` | {len(data) / 1e6:.1f} | {said:,} | {seconds:.1f} | {max(0, grown):.0f} |", flush=True)


def main(arguments: list[str]) -> None:
    """Measure every reader in a process of its own."""
    if len(arguments) == 2:
        _measure(arguments[0], int(arguments[1]))
        return
    print("| reader | MB | turns read | seconds of processor | MB of memory |\n|---|---|---|---|---|", flush=True)
    for name in LARGE:
        turns = arguments[0] if arguments else "100000"
        subprocess.run([sys.executable, "-m", "tests.readers.large", name, turns], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
