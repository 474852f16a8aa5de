"""A fictional collection on disk for tests of the review."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onrecord.review import Session, locate

TALK = """The ferry that waits

Ilse Quarn, a ferry pilot, spoke to The Sound Letter about winter. “We wait for the ice,” Quarn said.

Q: When does the ice come?
A: In January. Remember: it comes at night.
Q: Do you mind the cold?
A: No. My sister does. She says the cold is a matter of boots.
Q: And in spring?
A: In spring we paint.
"""
CARD = "title: The Sound Letter\nlanguage: en\nrights: {redistribution: full, basis: Ours.}\n"


def collection(folder: Path, text: str = TALK, sidecar: str | bytes | None = None, name: str = "ferry.txt") -> Path:
    """A raw folder below `folder` with one text; returns the text's path."""
    home = folder / "raw" / "sound"
    home.mkdir(parents=True)
    (home / "collection.yaml").write_text(CARD, encoding="utf-8")
    file = home / name
    file.write_bytes(text.encode("utf-8"))
    if sidecar is not None:
        file.with_suffix(".yaml").write_bytes(sidecar.encode("utf-8") if isinstance(sidecar, str) else sidecar)
    return file


def session(file: Path) -> Session:
    """A review of the text."""
    return Session(*locate(str(file), file.parent.parent)[0], by="Ada Example")


def act(review: Session, **action: Any) -> dict[str, Any]:
    """Do one thing on the page as it is now."""
    who = {} if action["action"] == "withdraw" else {"by": "Ada Example", "why": "Heard on the tape."}
    said = {**who, **action}
    return review.save(review.view().state.digest, said)


def turn_at(model: dict[str, Any], words: str) -> dict[str, Any]:
    """The turn in which `words` stand."""
    for piece in model["pieces"]:
        if piece["kind"] == "turn" and words in "".join(run["text"] for run in piece["runs"]):
            return dict(piece)
    raise AssertionError(words)


def words_of(piece: dict[str, Any]) -> str:
    """The text of a piece."""
    return "".join(run["text"] for run in piece["runs"])
