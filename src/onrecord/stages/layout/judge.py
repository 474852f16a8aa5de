"""Judging labels: which of the openings of one form are turns, by what the whole document shows.

A label is believed because its words say so (`Question`), because people or the file name the participant, or
because it comes again; a label printed once is believed only where its form is already established.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.lexicons import words
from onrecord.stages.layout.convention import Convention
from onrecord.stages.layout.labels import Label, is_titled, read_label, titles
from onrecord.stages.layout.model import Opening, Tried, Verdict
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.sides import answer_only, question_only
from onrecord.stages.layout.speech import (
    answered_by_one,
    chats,
    conversational,
    row_asks,
    silent,
    unspoken,
)
from onrecord.stages.layout.voices import Voice, initials_of, voices_of
from onrecord.stages.layout.words import LANGUAGES, fold


@dataclass(slots=True)
class Known:
    """Labels people or the file itself have stated, folded."""

    voices: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()


def judge_strong(page: Page, forms: Mapping[Convention, list[Opening]], known: Known) -> list[Verdict]:
    """Decide which openings of the forms that prose does not use are turns; they are judged together.

    One interview may print its questions' labels in bold and its answers' in plain type, or some labels on lines of
    their own: a label believed in one of these forms is believed in all.
    """
    for convention, found in forms.items():
        if convention.decides:
            voices = voices_of(page, found, known.ignored)
            return [_verdict(page, convention, found, set(voices), set(voices), convention.evidence, voices)]
    ordered = sorted(forms.items(), key=lambda form: form[0].name)
    openings = sorted((o for found in forms.values() for o in found), key=lambda o: (o.row, o.at))
    voices = voices_of(page, openings, known.ignored)
    core = {key for key, voice in voices.items() if _believed(voice, key, known, weak=False)}
    if (told := answer_only(page, openings, voices)) is not None:
        return [told]
    if core and all(voices[key].label.role == "question" for key in core):
        asked = [only for _, found in ordered if (only := question_only(page, found, voices))]
        if asked:
            return asked
        if len(core) > 1 and all(key[-1].isdigit() for key in core):
            reason = "questions with numbers alone are those of an exam or a form"
            return [_verdict(page, form, found, set(), core, reason, voices) for form, found in ordered]
    accepted, reason = _strong(page, openings, voices, core, known)
    verdicts = [_verdict(page, form, found, accepted, core, reason, voices) for form, found in ordered]
    if not accepted:
        verdicts += [only for _, found in ordered if (only := question_only(page, found, voices))]
    return verdicts


def judge_weak(page: Page, convention: Convention, openings: list[Opening], known: Known) -> Verdict:
    """Decide which openings of a form that prose uses, too, are turns."""
    voices = voices_of(page, openings, known.ignored)
    core = {key for key, voice in voices.items() if _believed(voice, key, known, weak=True)}
    if not convention.lower:
        core = {key for key in core if voices[key].label.kind != "word" or key in known.voices or voices[key].timed}
    accepted, reason = _weak(page, convention, openings, voices, core)
    if not accepted and convention.one_sided:
        only = question_only(page, openings, voices)
        if only is not None:
            return only
    return _verdict(page, convention, openings, accepted, core, reason, voices)


def _verdict(
    page: Page,
    convention: Convention,
    openings: list[Opening],
    accepted: set[str],
    core: set[str],
    reason: str,
    voices: dict[str, Voice],
) -> Verdict:
    kept = [_with_role(opening, voices) for opening in openings if opening.key in accepted]
    kept = _times_in_place([opening for opening in kept if _in_style(page, opening, voices[opening.key])])
    score = len(kept) * convention.confidence
    distinct = len({opening.key for opening in kept})
    tried = Tried(convention.name, len(openings), len(kept), distinct, round(score, 2), False, reason)
    sides = {opening.key: opening.role for opening in kept if opening.side and opening.role is not None}
    return Verdict(convention, kept, tried, frozenset(core & accepted), openings, sides)


def _in_style(page: Page, opening: Opening, voice: Voice) -> bool:
    """Whether a label is printed in capitals where the voice's labels are: a headline may begin with the same name."""
    if voice.label.kind != "caps" and not (voice.label.kind == "initials" and voice.label.described):
        return True
    start, end = opening.label or (0, 0)
    if voice.label.kind == "initials" and read_label(page.text[start:end]).described:
        return True  # no headline says `Osk, host:`
    shown = page.text[start:end]
    if shown.isascii() and shown.isupper():
        return True
    if is_titled(opening.key) and any(token.isupper() for token in shown.split() if len(token.strip(".")) > 1):
        return True  # `Senator LEE of Ohio`: only the surname is in capitals
    letters = [char for char in shown.split("(")[0].split(",")[0] if char.isalpha()]
    return sum(char.isupper() for char in letters) >= 0.6 * len(letters)


def _with_role(opening: Opening, voices: dict[str, Voice]) -> Opening:
    role = voices[opening.key].label.role
    return opening if role is None and opening.role is None else opening._replace(role=role, side=role is not None)


def _times_in_place(openings: list[Opening]) -> list[Opening]:
    """Leave a time after the label in the speech where most turns have none: it notes a place in the recording."""
    stamped = sum(opening.stamp is not None for opening in openings)
    if not stamped or stamped >= 0.5 * len(openings):
        return openings
    return [o if o.stamp is None else o._replace(body=o.stamp) for o in openings]


def judge_changes(page: Page, convention: Convention, openings: list[Opening]) -> Verdict:
    """Decide whether marks without a label say that the voice changes: at least four rows, and not too few of all."""
    texts = sum(row.kind == "text" for row in page.rows)
    sure = len(openings) >= 4 and len(openings) >= 0.05 * texts
    kept = openings if sure else []
    reason = f"{len(openings)} of {texts} lines begin with {convention.unnamed}"
    tried = Tried(convention.name, len(openings), len(kept), 0, len(kept) * _CHANGE, False, reason)
    return Verdict(convention, kept, tried)


_CHANGE = 0.8
"""What a change of voice without a label counts."""


def _believed(voice: Voice, key: str, known: Known, *, weak: bool) -> bool:
    kind = voice.label.kind
    if key in known.voices:
        return True
    if voice.spoken < 0.5 * voice.count:
        return False
    if voice.label.trusted:
        return True
    if voice.label.proper:
        return (voice.count if weak else voice.family) >= 2
    least = 2 if weak or voice.timed else 3
    return kind in ("word", "phrase") and voice.count >= least and (not weak or kind == "word")


def _weak(
    page: Page, convention: Convention, openings: list[Opening], voices: dict[str, Voice], core: set[str]
) -> tuple[set[str], str]:
    """Return the labels of a weak form that count, and a sentence that says why."""
    count = sum(voices[key].count for key in core)
    sides = {voices[key].label.role for key in core} - {None}
    if voices and all(voices[k].label.kind in ("name", "word", "script") for k in core) and unspoken(page, openings):
        return set(), "nobody asks and nobody speaks to anybody after these labels"
    if _all_timed(page, openings, voices) and _density(page, openings) >= 0.8:
        return set(voices), "every paragraph has a label and a time"
    if convention.lower and answered_by_one(page, openings) and _density(page, openings) >= 0.8:
        return set(voices), "one voice answers what the others ask"
    if convention.sides_only and _all_titled(page, openings, voices):
        return set(voices), "every paragraph has the name of somebody with a title, and people speak to each other"
    if len(core) < 2 or count < 4:
        return set(), f"{count} labels of {len(core)} voices come again; at least 4 of 2 are needed for so weak a form"
    if _alternation(openings, core) < 0.5 or _density(page, openings) < 0.12:
        return set(), "the labels do not take turns"
    turning = convention.wordlike and _alternation(openings, core) >= 0.9 and _density(page, openings) >= 0.75
    turning = turning and conversational(page, openings)
    if (
        convention.sides_only
        and not sides
        and not turning
        and not all(_side_or_titled(key, voices[key].label) for key in core)
    ):
        return set(), "the labels name no side of an exchange"
    listed = any(_initialled(voices[key].label, key) for key in core) and not conversational(page, openings)
    if convention.sides_only and not sides and (listed or unspoken(page, openings)):
        return set(), "nobody asks and nobody speaks to anybody after these labels"
    return core | _joining(
        voices, core, strict=True, rows=convention.common
    ), f"{len(core)} labels come again and take turns"


def _all_titled(page: Page, openings: list[Opening], voices: dict[str, Voice]) -> bool:
    """Whether all labels are titled names, as in a hearing, and hardly a paragraph has none."""
    if len(voices) < 2 or len(openings) < 4 or not all(is_titled(key) for key in voices):
        return False
    return _density(page, openings) >= 0.6 and conversational(page, openings)


def _side_or_titled(key: str, label: Label) -> bool:
    """Whether a label before a point can be nothing else: capitals, a side, a name with its title or initials."""
    if label.kind in ("caps", "side", "voice") or is_titled(key):
        return True
    return (label.kind == "initials" and len(key) > 2) or _initialled(label, key)


def _initialled(label: Label, key: str) -> bool:
    """Whether a name ends with an initial, as protocols print it (`Лунин С. П.`)."""
    tokens = (label.name or key).split()
    return label.kind == "name" and len(tokens) > 1 and len(tokens[-1]) == 1


def _strong(
    page: Page, openings: list[Opening], voices: dict[str, Voice], core: set[str], known: Known
) -> tuple[set[str], str]:
    """Return the labels of the strong forms that count, and a sentence that says why."""
    if not voices:
        return set(), "no label of this form"
    count = sum(voices[key].count for key in core)
    sides = {voices[key].label.role for key in core} - {None}
    dense = _density(page, openings)
    if len(sides) == 2:
        return core | _joining(voices, core), "labels of both sides, question and answer"
    if not core and (small := _small(page, openings, voices, dense)):
        return small, "words in lower case take turns from the first paragraph to the last, and somebody asks"
    if len(core) >= 2 and count >= 3:
        if all(voices[key].label.kind == "name" and not _like_person(key) for key in core) and silent(page, openings):
            return set(), "nobody asks and nobody speaks to anybody after these labels"
        if all(voices[key].label.kind in ("word", "phrase") for key in core):
            if _alternation(openings, core) < 0.5 or dense < 0.3 or not conversational(page, openings, 0.15):
                return set(), "words in lower case that do not take turns"
        elif count < 6 and dense < 0.04 and not sides:
            return set(), "too few labels in so long a text"
        return core | _joining(voices, core), f"{len(core)} labels come again"
    if _all_timed(page, openings, voices) and dense >= 0.8:
        return set(voices), "every paragraph has a label and a time"
    return _few(voices, core, dense, known, cued=page.cued)


def _all_timed(page: Page, openings: list[Opening], voices: dict[str, Voice]) -> bool:
    """Whether all labels have a time and speech after them, and people write to each other: no programme does."""
    total = sum(voice.count for voice in voices.values())
    spoken = sum(voice.spoken for voice in voices.values())
    rows = {opening.row for opening in openings}
    bare = sum(opening.own_line and page.next_text(opening.row) in rows for opening in openings)
    timed = all(voice.timed for voice in voices.values()) and any(voice.count > 1 for voice in voices.values())
    return timed and not bare and total >= 3 and spoken >= 0.8 * total and chats(page, openings, 0.3)


def _small(page: Page, openings: list[Opening], voices: dict[str, Voice], dense: float) -> set[str]:
    """Return labels in lower case (`ada: …`), which come again, take turns and leave no paragraph to anybody else."""
    small = {key for key, voice in voices.items() if voice.label.kind == "word" and voice.spoken >= 0.5 * voice.count}
    again = {key for key in small if voices[key].count >= 2}
    if len(again) < 2 or small != set(voices) or dense < 0.9 or _alternation(openings, small) < 0.8:
        return set()
    asks = sum(row_asks(page, opening.row) for opening in openings)
    return set() if asks < 0.2 * len(openings) or unspoken(page, openings) else small


def _few(voices: dict[str, Voice], core: set[str], dense: float, known: Known, *, cued: bool) -> tuple[set[str], str]:
    """Judge a form whose labels hardly repeat: short interviews and round tables."""
    proper = {key for key, voice in voices.items() if voice.label.proper or voice.label.trusted or key in known.voices}
    if cued and len(voices) <= 1.5 * len(proper) + 1 and dense >= (0.1 if len(proper) > 1 else 0.5):
        return proper, "captions begin with names"
    stated_offices = {
        k
        for k, v in voices.items()
        if v.label.described and v.label.kind in ("caps", "initials") and v.spoken and len(v.label.name.split()) <= 4
    }
    if stated_offices:
        return stated_offices | _joining(voices, stated_offices), "a label in capitals says what the speaker does"
    spoken = sum(voices[key].spoken for key in proper)
    total = sum(voices[key].count for key in proper)
    talks = sum(voices[key].count for key in proper if voices[key].talks)
    stated = sum(key in known.voices for key in proper)
    if len(proper) < 2 or spoken < 0.8 * total or len(voices) > 1.5 * len(proper) + 1:
        return set(), "the labels do not repeat, or nothing like speech follows them"
    if stated >= 2:
        return proper, "the labels are those of stated participants"
    if total >= 4 and dense >= 0.6 and all(voices[key].label.kind == "caps" for key in voices) and talks >= 0.3 * total:
        return proper, "every paragraph has a label in capitals, and people speak to each other"
    people = sum(_like_person(key) or voices[key].label.trusted or key in core for key in proper)
    if total >= 3 and dense >= 0.5 and people >= 0.5 * len(proper):
        return proper, "nearly every paragraph has a label with the form of a name"
    if total >= 2 and dense >= 0.9 and people == len(proper):
        return proper, "every paragraph has a label with the form of a person's name"
    return set(), "the labels do not repeat, and too few paragraphs have one"


def _like_person(key: str) -> bool:
    tokens = key.split()
    given = words("names", "given", LANGUAGES)
    return bool(tokens) and (tokens[0] in given or (len(tokens) > 1 and tokens[0] in titles()))


def _joining(voices: dict[str, Voice], core: set[str], *, strict: bool = False, rows: bool = False) -> set[str]:
    """Return labels printed too seldom to be believed alone, which look like the established ones.

    `strict`: the form is weak; `rows`: speech follows on the row, so that a label in capitals as the others is no title
    of a part.
    """
    kinds = Counter(dict.fromkeys(("name",), 0))
    for key in sorted(core, key=lambda key: (voices[key].rows[0], key)):  # of two styles as common, the first one
        if voices[key].label.kind in _STYLES:
            kinds[voices[key].label.kind] += voices[key].count
    main = kinds.most_common(1)[0][0]
    capitals = kinds["caps"] > 0 == kinds["name"]
    first = min((row for key in core for row in voices[key].rows), default=0)
    spoken = min(
        (row for key, voice in voices.items() if voice.talks or " " in key for row in voice.rows), default=first
    )
    named = {token for key in core for token in key.split() if len(token) > 2 and token not in titles()}
    titled = bool(core) and all(is_titled(key) for key in core)
    initialled = any(_initialled(voices[key].label, key) for key in core)
    timed = bool(core) and all(voices[key].timed for key in core)
    squeezed = {key.replace(" ", "") for key in core} | {initials_of(key) for key in core if " " in key}
    joining = set()
    for key, voice in voices.items():
        kind = voice.label.kind
        if key in core or (strict and capitals and kind != "caps" and max(voice.rows) < first):
            continue  # a title above the first turn is not printed as labels in capitals are
        if kind == "name" and " " not in key and max(voice.rows) < spoken and not voice.talks:
            continue  # `Witnesses: Una Ros and Peter Holt.` stands above the first turn
        related = key.replace(" ", "") in squeezed or initials_of(key) in squeezed
        if kind == "caps" or main != "caps" or voice.label.described:
            related = related or any(token in named for token in key.split())
        related = related or (strict and titled and is_titled(key))
        related = related or (strict and initialled and _initialled(voice.label, key))
        related = related or (rows and main == kind in ("caps", "initials") and voice.spoken == voice.count)
        if timed and not strict and kind == "word" and voice.stamped == voice.spoken == voice.count:
            joining.add(key)  # one message of somebody in a thread where every name has its time
            continue
        if (voice.label.trusted and voice.spoken >= 0.5 * voice.count) or (related and voice.label.proper):
            joining.add(key)
        elif voice.rows[0] < first and (voice.spoken < voice.count or max(map(len, voice.bodies)) < 25):
            continue  # lines such as `Place: Berlin` stand above the first turn
        elif (
            voice.label.proper and not strict and kind in _STYLES[main] and (voice.spoken or kind == main == "initials")
        ) or (kind == "phrase" and voice.count >= 2 and voice.spoken and not strict):
            joining.add(key)
    return joining


_STYLES: dict[str, tuple[str, ...]] = {
    "caps": ("caps", "initials"),
    "name": ("name", "caps", "initials", "script"),
    "initials": ("initials", "name", "caps"),
    "script": ("script", "name", "initials", "caps"),
    "side": ("side", "caps", "name", "script"),
    "code": ("code", "name", "caps"),
}
"""For the style most labels have: the styles a label printed once may have to be one of them."""


def _alternation(openings: list[Opening], keys: set[str]) -> float:
    """Return the share of neighbouring openings with different labels."""
    order = [opening.key for opening in openings if opening.key in keys]
    if len(order) < 2:
        return 0.0
    return sum(a != b for a, b in itertools.pairwise(order)) / (len(order) - 1)


def _density(page: Page, openings: list[Opening]) -> float:
    """Return how many openings there are for each paragraph from the first one on."""
    first = openings[0].row
    paragraphs = 0
    previous_text = False
    for row in page.rows[first:]:
        is_text = row.kind in ("text", "heading")
        if is_text and not (page.wrapped and previous_text):
            paragraphs += 1
        previous_text = is_text
    own = sum(opening.own_line for opening in openings)
    return len(openings) / max(1, paragraphs - own)


def known_voices(front: list[str], ignored: list[str]) -> Known:
    """Fold the labels that are stated."""
    return Known(frozenset(fold(name) for name in front) - {""}, frozenset(fold(name) for name in ignored))
