"""Roles of labelled turns: who asks, who answers, and who does neither.

What labels say comes first: sides (`Interviewer`), parts (`ADA LIND, HOST`), offices that preside. Then the question
marks: of the named voices one or two ask, and the others do not. Voices nobody knows ask where they ask, and state
else; so does everybody in a sitting, where members speak to the chair. Where nothing leads, roles stay unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from onrecord.schema.interview import TurnRole
from onrecord.stages.layout.bounds import EXAMINES
from onrecord.stages.layout.labels import Label, read_label
from onrecord.stages.layout.model import Opening
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.words import fold, folded

_ASKS = ("?", "？", "؟", "か。")
_CLOSING = ' \t\n*_"”»“)]」』>~'
_NOTE_AT_END = re.compile(r"\s*[(\[（【][^()\[\]（）【】\n]{1,40}[)\]）】][.\s]*$")
_PLAYED = re.compile(r"\((?:[Aa]s [A-Z]|[Rr]eading|[Ss]inging)[^()\n]{0,60}\)")
_EXAMINER = re.compile(
    rf"^[ \t]*{EXAMINES}"
    r"[ \t]+(?P<name>[^\W\d_a-z][^\n:]{1,40}):?[ \t]*$",
    re.MULTILINE,
)
_CODE_AT_END = re.compile(r"\x15[\d_]*\x15?\s*$")
_TAIL = 200
_OPENS = 0.15
"""Who speaks first asks a little more likely."""
_SELDOM = 0.16
"""Nobody who has a smaller share of the turns leads a talk."""
_OFTEN = 0.2
"""A voice without a name that has this share of the turns is one of the talk's sides."""


@dataclass(slots=True)
class _Voice:
    """One voice of the talk: how often it speaks, and how often it asks."""

    name: str
    label: Label
    first: int
    count: int = 0
    asks: int = 0
    weight: float = 0.0
    often: bool = False

    @property
    def share(self) -> float:
        """The share of its turns that end with a question; one that only holds a question counts half."""
        return self.weight / self.count

    @property
    def numbered(self) -> bool:
        """Whether a transcriber numbered it: one number is one voice."""
        return self.label.kind == "code" or (self.label.kind == "voice" and self.label.key[-1:].isdigit())

    @property
    def nameless(self) -> bool:
        """Whether it may be anybody each time (`Audience`)."""
        return self.label.kind == "voice" and not self.numbered and not self.often


def with_roles(page: Page, openings: list[Opening]) -> list[Opening]:
    """Give roles to turns whose label names none, where labels or question marks leave no doubt."""
    openings = _narrated(openings)
    named = [opening for opening in openings if opening.key]
    unlabelled = {opening.role for opening in openings if not opening.key} - {None}
    if not named or (unlabelled and unlabelled != {"question"} and not any(map(_says_side, named))):
        return openings
    marks = tuple(mark for mark in _ASKS if mark in page.text)
    asked = (
        [_asking_in(page, *stretch, marks) for stretch in _stretches(page, openings)]
        if marks
        else [0.0] * len(openings)
    )
    voice = _joined({opening.key for opening in named})
    voices = _voices(page, openings, voice, asked)
    sides = {opening.role for opening in named if opening.role is not None and _says_side(opening)}
    given: dict[str, TurnRole]
    if unlabelled == {"question"} and not sides:
        given = dict.fromkeys(voices, "answer")
    elif sides:
        given = _beside_sides(page, openings, voices, sides)
    elif _is_sitting(voices) or all(opening.form.sits for opening in named):
        given = _heard(voices) or dict.fromkeys(voices, "statement")
    else:
        given = _by_questions(voices)
    if not given and not sides:
        return openings
    return [
        _with_role(page, o, voices[voice[o.key]], given, asks) if o.key else o
        for o, asks in zip(openings, asked, strict=True)
    ]


def _with_role(page: Page, opening: Opening, voice: _Voice, given: dict[str, TurnRole], asks: float) -> Opening:
    if opening.role is not None:
        return opening
    role = _role(page, opening, voice, given.get(voice.name), asks=asks == 1.0)
    return opening if role is None else opening._replace(role=role)


def _narrated(openings: list[Opening]) -> list[Opening]:
    """Take `NARRATOR` for an interviewee only where somebody asks: else it is the voice of a film."""
    if any(opening.role == "question" for opening in openings):
        return openings
    heard = folded("narrators")
    return [o._replace(role="statement", side=False) if o.role == "answer" and o.key in heard else o for o in openings]


def _says_side(opening: Opening) -> bool:
    """Whether the label itself, printed or in markup, says which side speaks."""
    return opening.side or (opening.role is not None and (opening.label is not None or opening.name is not None))


def _role(page: Page, opening: Opening, voice: _Voice, given: TurnRole | None, *, asks: bool) -> TurnRole | None:
    """Return the role of one turn of a voice: scenes that are played and voices without a name are told apart."""
    if _PLAYED.match(page.text, opening.body) or opening.key in folded("played"):
        return "statement"
    if given is None and (voice.nameless or voice.count == 1):
        return "question" if asks and not voice.numbered else "statement"
    return given


def _voices(page: Page, openings: list[Opening], voice: dict[str, str], asked: list[float]) -> dict[str, _Voice]:
    voices: dict[str, _Voice] = {}
    for number, (opening, asks) in enumerate(zip(openings, asked, strict=True)):
        if not opening.key:
            continue
        place = opening.label
        label = read_label(page.text[place[0] : place[1]] if place is not None else opening.name or opening.key)
        name = voice[opening.key]
        known = voices.get(name)
        if known is None:
            known = voices[name] = _Voice(name, label, number)
        if label.hosts and not known.label.hosts:
            known.label = label
        known.count += 1
        known.asks += asks == 1.0
        known.weight += asks
    for known in voices.values():
        known.often = known.count >= max(2, _OFTEN * len(openings))
    return voices


def _beside_sides(
    page: Page, openings: list[Opening], voices: dict[str, _Voice], sides: set[TurnRole]
) -> dict[str, TurnRole]:
    """Give roles to named voices beside labels that say what they are.

    Beside labels that ask named voices answer, and beside labels that answer they ask. Where both sides have
    labels of their own, others speak for the record, but for the one who is said to examine.
    """
    stated = Counter(opening.key for opening in openings if _says_side(opening))
    others = {key: voice for key, voice in voices.items() if key not in stated}
    given: dict[str, TurnRole] = {}
    if len(sides) == 2:
        examiners = {fold(match.group("name")) for match in _EXAMINER.finditer(page.text)}
        answering = _answering(openings)
        for key, voice in others.items():
            if voice.label.kind != "voice":
                given[key] = "question" if key in examiners else "answer" if key in answering else "statement"
        return given
    if sum(stated.values()) < 0.12 * len(openings):
        return _by_questions(others)
    asking = "question" in sides
    other: TurnRole = "answer" if asking else "question"
    for key, voice in others.items():
        if asking and voice.count == voice.asks == 1 and len(others) > 1:
            continue  # somebody else asks once, as readers do beside a host
        if voice.label.kind != "voice" or (asking and voice.numbered and voice.count >= 2):
            given[key] = other
    return given


def _answering(openings: list[Opening]) -> set[str]:
    """Return the names that answer for a side whose own label is seldom printed: they follow its questions."""
    followed = Counter(after.key for before, after in pairwise(openings) if before.role == "question")
    counts = Counter(opening.key for opening in openings)
    answers = sum(opening.role == "answer" for opening in openings)
    return {key for key, times in followed.items() if times >= max(2, 0.5 * answers, 0.6 * counts[key])}


def _is_sitting(voices: dict[str, _Voice]) -> bool:
    """Whether somebody presides over a sitting of at least three: members speak to the chair, nobody interviews."""
    opens = min(voices, key=lambda key: voices[key].first)
    preside = folded("presiding")
    words = opens.split()
    presides = any(" ".join(words[:size]) in preside for size in (1, 2, 3)) and (len(words) > 1 or opens in preside)
    return presides and len(voices) >= 3


def _heard(voices: dict[str, _Voice]) -> dict[str, TurnRole]:
    """Return the roles of a hearing: one voice answers, several members ask once or twice, whoever opens presides."""
    opens = min(voices, key=lambda key: voices[key].first)
    members = {key: voice for key, voice in voices.items() if key != opens}
    told = _answers_all(members, least=2)
    if told is None:
        return {}
    given: dict[str, TurnRole] = dict.fromkeys(members, "question")
    return given | {told: "answer", opens: "statement"}


def _by_questions(voices: dict[str, _Voice]) -> dict[str, TurnRole]:
    """Find who asks: a host by the label, or the one voice whose turns end with questions where the others' do not."""
    able = {key: voice for key, voice in voices.items() if not voice.nameless and not _is_group(key, voices)}
    if len(able) < 2:
        return {}
    askers = {key for key, voice in able.items() if voice.label.hosts}
    if not askers:
        askers = _asking(able, sum(voice.count for voice in voices.values()))
    if not askers and (told := _answers_all(voices)):
        return {key: "answer" if key == told else "question" for key in voices}
    if not askers or len(askers) == len(able):
        return {}
    given: dict[str, TurnRole] = {}
    for key, voice in voices.items():
        once = voice.count == 1 and len(able) > 2
        if key in askers:
            given[key] = "question"
        elif _presides(voice.label):
            given[key] = "question" if voice.asks > 0.5 * voice.count else "statement"
        elif _is_group(key, voices) or (key in able and not (once and (voice.asks or voice.numbered))):
            given[key] = "answer"
    return given


def _answers_all(voices: dict[str, _Voice], least: int = 3) -> str | None:
    """Return the one voice that answers what many ask, each of them seldom, as in a thread of questions."""
    told = max(voices, key=lambda key: (voices[key].count, key))
    others = [voice for key, voice in voices.items() if key != told]
    asked = sum(voice.count for voice in others)
    if len(others) < least or voices[told].count < 0.6 * asked or voices[told].share > 0.25:
        return None
    seldom = all(voice.count <= 0.5 * voices[told].count for voice in others)
    return told if seldom and sum(voice.weight for voice in others) >= 0.5 * asked else None


def _presides(label: Label) -> bool:
    """Whether a label names the chair of a meeting and nothing else."""
    return label.kind == "voice" and label.key.split()[-1] in folded("chairs")


def _asking(able: dict[str, _Voice], turns: int) -> set[str]:
    """Return the voices that ask: the one that stands out, and another that asks as often."""
    several = {key: voice for key, voice in able.items() if voice.count > 1}
    if not several:
        return set()
    opens = min(several, key=lambda key: several[key].first)
    chairs = _presides(several[opens].label)
    bonus = 2 * _OPENS if chairs else _OPENS
    best = max(several, key=lambda key: (several[key].share + (bonus if key == opens else 0.0), key))
    chosen = several[best]
    others = [voice for key, voice in able.items() if key != best and not (voice.count == 1 and voice.asks)]
    said = sum(voice.count for voice in others)
    rest = sum(voice.weight for voice in others) / said if said else 0.0
    least, margin = (0.3, 0.12) if best == opens else (0.4, 0.25) if len(able) <= 5 else (0.5, 0.3)
    if chairs and best == opens:
        margin = -0.1
    if chosen.share < least or chosen.share - rest < margin or chosen.count < _SELDOM * turns:
        return set()
    if len(able) > 2 and chosen.asks < 2 and best != opens:
        return set()
    beside = {
        key
        for key, voice in several.items()
        if voice.count >= 3 and voice.share >= max(0.6, chosen.share - 0.15) and len(able) > 2
    }
    return {best} | beside if len(beside | {best}) <= 2 else {best}


def _is_group(key: str, voices: Mapping[str, _Voice]) -> bool:
    """Whether a label stands for several at once (`ALL`, `Ada and Tom`)."""
    return key in folded("groups") or sum(token in voices for token in key.split() if token != key) >= 2


def _joined(keys: set[str]) -> dict[str, str]:
    """Return for every label the one it goes on for: initials and surnames for the label in full."""
    voice = {key: key for key in keys}
    for key in sorted(keys):
        tokens = key.split()
        if len(tokens) < 2 or sum(token in keys for token in tokens) > 1:
            continue  # `Ada and Tom` are both
        initials = [token[0] for token in tokens]
        for short in ("".join(initials), " ".join(initials), *tokens):
            if short in keys and len(short) > 1:
                voice[short] = key
    return {key: voice.get(full, full) for key, full in voice.items()}


def _stretches(page: Page, openings: list[Opening]) -> Iterator[tuple[int, int, int]]:
    """Yield where each turn's speech begins, the row of its end, and the end: its last row of text."""
    for number, opening in enumerate(openings):
        following = openings[number + 1] if number + 1 < len(openings) else None
        if following is not None and following.row == opening.row:
            yield opening.body, opening.row, following.at
            continue
        stop = following.row if following is not None else min(len(page.rows), opening.row + 4)
        last = opening.row
        for row in range(stop - 1, opening.row, -1):
            if page.rows[row].kind == "text" and not page.text.startswith("%", page.rows[row].first):
                last = row
                break
        end = page.rows[last].last
        if following is None and not opening.own_line:
            last, end = opening.row, page.rows[opening.row].last
        yield opening.body, last, end if opening.until is None or last > opening.row else min(end, opening.until)


def _asking_in(page: Page, start: int, row: int, end: int, marks: tuple[str, ...]) -> float:
    """Return 1 for a turn that ends with a question, a half for one that holds one, else 0.

    `marks` are the question marks that the text has at all.
    """
    if not any(page.text.find(mark, start, end) >= 0 for mark in marks):
        return 0.0
    first = max(start, page.rows[row].first, end - _TAIL)
    tail = page.text[first:end] if first < end else ""
    for mark, pattern in (("\x15", _CODE_AT_END), ("([（【", _NOTE_AT_END)):
        if any(map(tail.__contains__, mark)) and (note := pattern.search(tail)):
            tail = tail[: note.start()]
    if tail.rstrip(_CLOSING).endswith(marks):
        return 1.0
    return 0.5
