"""Printed labels: who, in what role, for whom, as far as the label itself says (`NEAL CONAN, host`).

A label is read from the outside in: brackets first, then comma-separated parts, then the name. Everything is
linear in the label's length, and a label longer than `MAX_LABEL` characters is taken as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from onrecord.lexicons import load
from onrecord.names._fold import fold, scripts, squash, visible
from onrecord.names._lexicon import Words, words_for
from onrecord.names._role import split_role
from onrecord.names.person import PersonName, parse_name

LabelKind = Literal["person", "organization", "group", "role", "anonymous", "initials", "unknown"]
Side = Literal["question", "answer"]

MAX_LABEL = 200
"""Longer labels are kept as printed and not taken apart: no convention prints such labels."""

_MAX_NAME_TOKENS = 8
_EDGES = ' \t\u00a0\u3000*_#~`"“”„«»「」『』《》:：;—–-|>'
_BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]{0,120})[)\]）】]")
_TIME = re.compile(r"^[~≈]?\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?$|^\d{1,2}:\d{2}")
_LOOSE_TIME = re.compile(r"(?:^|[\s–—-])\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?=$|[\s:–—-])")
_CODE = re.compile(
    r"^(?:speaker|spk|spkr|sprecher|locuteur|hablante|s|p|r|i|m|f|b|int|resp|part|voice|vp)[ _-]?#?(\d{1,4})$"
)
_NUMBER = re.compile(r"(?:#|№|no\.? ?|nr\.? ?|n° ?)?(\d{1,3})\.?$", re.IGNORECASE)
_PARTY = re.compile(
    r"^(?:[DRI]|Dem|Rep|Ind|Lab|Con|LD|SNP|DEM|REP|IND|CDU|CSU|SPD|FDP|AfD|GRÜNE|LINKE)\.?"
    r"(?:\s?[-–/]\s?[A-Za-z. ]{2,20})?$"
)
_INITIALS = re.compile(r"^(?:[A-ZÀ-ÞА-ЯŞĞÇÖÜİƏ]\.? ?){1,4}$|^[A-Z][a-z]?[A-Z]{1,2}$")
_VOWELS = frozenset("AEIOUYÄÖÜАЕИОУЫЭЮЯİƏ")
_DASH = re.compile(r"\s(?:[–—-]|--)\s")
_JOIN_COMMA = re.compile(r"\s*,\s*")


@dataclass(frozen=True, slots=True)
class Label:
    """What a printed label says.

    `name` is null where the label names nobody; `title`, `role`, `affiliation` are as printed. `role_class` is
    the interview role a word of the label stands for (a `SpeakerRole`, as a string). `side` is set for labels
    of question or answer. `anonymous` labels mean a voice nobody knows; with `number` the transcript says
    which. `initials` are those a first full label introduces (`Adam Jonas (AJ)`), or the label itself.
    `members` are the speakers of a joint label (`Ann and Bob`). `uncertain`: the transcriber doubts it (`(?)`).
    """

    text: str
    kind: LabelKind
    name: PersonName | None = None
    title: str | None = None
    role: str | None = None
    role_class: str | None = None
    affiliation: str | None = None
    party: str | None = None
    anonymous: bool = False
    number: str | None = None
    side: Side | None = None
    initials: str | None = None
    uncertain: bool = False
    notes: tuple[str, ...] = ()
    members: tuple[Label, ...] = ()

    @property
    def key(self) -> str:
        """Folded form of the label without notes: equal keys are one label printed twice."""
        if self.name is not None:
            return self.name.key
        return fold(self.text) if self.number is None else f"{fold(self.text)} #{self.number}"


@lru_cache(maxsize=8192)
def parse_label(text: str, language: str | None = None) -> Label:
    """Read a printed label, with or without its colon and markup. Never raises; linear in its length.

    `language` is that of the interview; words of English are always known, those of the other languages
    only if the language is not known.
    """
    shown = " ".join(visible(text).split())
    if len(shown) > MAX_LABEL:
        return Label(shown, "unknown")
    words = words_for(language)
    body, brackets = _without_brackets(shown.strip(_EDGES))
    body = _LOOSE_TIME.sub(" ", body).strip(_EDGES + ",")
    label = _bare(body, language, words)
    return _with_brackets(replace(label, text=shown.strip(_EDGES) or shown), brackets, words)


def _without_brackets(text: str) -> tuple[str, list[str]]:
    """Take bracketed parts out, except nicknames inside a name, which the name's own rules read."""
    found = [match.group(1).strip() for match in _BRACKETS.finditer(text)]
    return " ".join(_BRACKETS.sub(" ", text).replace(" ,", ",").split()), found


def _bare(body: str, language: str | None, words: Words) -> Label:
    if not body:
        return Label("", "unknown")
    special = _side(body, words) or _anonymous(body, words) or _role_only(body, words)
    if special is not None:
        return special
    first, parts = _parts(body, words)
    joint = _joint(body, language, words)
    if joint is not None:
        return joint
    head, inner = _name_and_role(first, words)
    special = _side(head, words) or _anonymous(head, words) if parts or inner else None
    label = special or _named(head, language, words)
    for part in (*inner, *parts):
        label = _add_part(label, part, words)
    return label


def _parts(body: str, words: Words) -> tuple[str, list[str]]:
    """Divide at commas and spaced dashes; generation marks, degrees and `Family, Given` stay with the name."""
    pieces = _JOIN_COMMA.split(body)
    pieces = [*_DASH.split(pieces[0]), *pieces[1:]]
    first, rest = pieces[0], [piece for piece in pieces[1:] if piece]
    while rest and all(_after_names(squash(token), words) for token in rest[0].split()):
        first, rest = f"{first}, {rest[0]}", rest[1:]
    if len(rest) == 1 and len(first.split()) == 1 and _like_given(rest[0], words):
        return f"{first}, {rest[0]}", []
    return first, rest


def _after_names(word: str, words: Words) -> bool:
    return word in words.suffixes or word in words.credentials


def _like_given(part: str, words: Words) -> bool:
    """Whether the part after a comma reads as given names (`Smith, John F.`), not as an office or a firm."""
    tokens = part.split()
    if not 1 <= len(tokens) <= 3 or not all(token[0].isupper() for token in tokens):
        return False
    known = [squash(token) for token in tokens]
    if known[0] in words.given:
        return True
    strange = (words.roles, words.person_nouns, words.organization_words, words.titles, words.role_modifiers)
    return len(tokens) <= 2 and not part.isupper() and not any(word in listed for word in known for listed in strange)


def _anonymous(body: str, words: Words) -> Label | None:
    """Read labels of unknown voices: `Unidentified Woman #2`, `SPEAKER_00`, `P1`, `Audience 3`, `ALL`."""
    lowered = body.lower()
    if (code := _CODE.match(lowered)) is not None:
        return Label(body, "anonymous", anonymous=True, number=code.group(1))
    number = _NUMBER.search(body)
    core = body[: number.start()].rstrip(" #№_-.") if number else body
    tokens = [squash(token) for token in re.split(r"[\s_/-]+", core) if token]
    tokens = [token for token in tokens if token and token not in _FILLERS]
    if not tokens or len(tokens) > 6:
        return None
    known = [t in words.unidentified or t in words.voices or t in words.groups for t in tokens]
    if not all(known):
        # "Unidentified CNN employee": the first word says enough.
        if tokens[0] in words.unidentified:
            return Label(body, "anonymous", anonymous=True, number=number.group(1) if number else None)
        return None
    if number:
        return Label(body, "anonymous", anonymous=True, number=number.group(1), role_class=_class(tokens, words))
    one = any(t in words.unidentified or (t in words.voices and t not in words.groups) for t in tokens)
    if not one:
        return Label(body, "group", anonymous=True, role_class=_class(tokens, words))
    if any(t in words.unidentified for t in tokens) or len(tokens) > 1 or tokens[0] not in words.roles:
        return Label(body, "anonymous", anonymous=True, role_class=_class(tokens, words))
    return None


_FILLERS = frozenset({
    "of", "the", "a", "an", "in", "from", "de", "del", "la", "el", "los", "las", "le", "du", "des", "les", "l",
    "der", "die", "das", "aus", "dem", "im", "iz", "v", "unidentifiedfemalevoice",
})  # fmt: skip


def _class(tokens: list[str], words: Words) -> str | None:
    for token in tokens:
        if words.roles.get(token):
            return words.roles[token]
    return None


def _side(body: str, words: Words) -> Label | None:
    side = _printed_sides().get(body.lower())
    if side is not None:
        return Label(body, "role", side=side, role_class="interviewer" if side == "question" else "interviewee")
    numbered = _NUMBER.search(body)
    word = squash(body[: numbered.start()] if numbered else body)
    if word in words.question_side:
        return Label(body, "role", side="question", role_class=words.roles.get(word) or "interviewer")
    if word in words.answer_side:
        return Label(body, "role", side="answer", role_class=words.roles.get(word) or "interviewee")
    return None


@cache
def _printed_sides() -> Mapping[str, Side]:
    """Return the words for question and answer in languages whose names we do not take apart; they are read everywhere.

    Short words in scripts with capitals are left out: they are initials, or the other side in another language.
    """
    sides: dict[str, Side] = {"记者": "question", "記者": "question"}
    keys: tuple[Side, Side] = ("question", "answer")
    for language in _SIDE_LANGUAGES:
        for side in keys:
            for word in load(language, "turns").get(side, ()):
                if len(word) > 3 or word.upper() == word.lower():
                    sides.setdefault(word, side)
    return sides


_SIDE_LANGUAGES = ("it", "pt", "uk", "pl", "nl", "zh", "ja", "ko", "fa", "ar", "el", "hi")


def _role_only(body: str, words: Words) -> Label | None:
    """Read labels that are a function only: `Host`, `THE COURT`, `Moderator`."""
    tokens = [squash(token) for token in body.split()]
    tokens = [token for token in tokens if token not in _FILLERS]
    if not tokens or len(tokens) > 4 or "," in body:
        return None
    if tokens[0] in words.honorifics or tokens[-1] not in words.roles:
        return _described(body, tokens, words)
    if not all(token in words.roles or token in words.role_modifiers for token in tokens):
        return None
    return Label(body, "role", role=body, role_class=_class(tokens, words))


def _described(body: str, tokens: list[str], words: Words) -> Label | None:
    """Read a description with its article (`The Baker`, `LA BIOLOGISTE`): a person without a name."""
    first, _, rest = body.partition(" ")
    noun = tokens[-1] in words.person_nouns or words.is_head(tokens[-1])
    known = squash(first) in words.articles and rest and noun and tokens[-1] not in words.given
    return Label(body, "role", role=body) if known else _addressed(first, rest.split(), words)


def _addressed(first: str, rest: list[str], words: Words) -> Label | None:
    """Read an office addressed (`M. le maire`, `Madam Chair`), but no surname that is one, too (`Mr. King`)."""
    if not rest or squash(first) not in words.honorifics or not words.is_head(squash(rest[-1])):
        return None
    office = rest[1:] if len(rest) > 1 and squash(rest[0]) in words.articles else rest
    plainly = len(office) < len(rest) or office[-1].islower() or squash(office[-1]) in words.addressed
    if not plainly or not all(words.is_title(squash(token)) for token in office):
        return None
    return Label(" ".join((first, *rest)), "role", role=" ".join(office))


def _joint(body: str, language: str | None, words: Words) -> Label | None:
    """Read labels of several named speakers: `Ann Lee and Bob Roe`, `COOPER/BASH`."""
    tokens = body.split()
    pieces: list[str] = []
    current: list[str] = []
    for token in tokens:
        if token.lower() in words.joiners or token in ("/", "+"):
            pieces.append(" ".join(current).strip(" ,"))
            current = []
        else:
            current.append(token)
    pieces.append(" ".join(current).strip(" ,"))
    if len(pieces) == 1 and "/" in body and not any(squash(t) in words.organization_words for t in tokens):
        pieces = [piece.strip() for piece in body.split("/")]
    if len(pieces) > 1:
        pieces = [part.strip() for piece in pieces for part in piece.split(",")]
    if not 2 <= len(pieces) <= 6 or not all(pieces):
        return None
    members = tuple(_bare(piece, language, words) for piece in pieces)
    if not all(m.kind in ("person", "initials", "role", "anonymous") and not m.affiliation for m in members):
        return None
    if any(m.kind == "person" and m.name and len(m.name.parts) > 4 for m in members):
        return None
    return Label(body, "group", members=members)


def _name_and_role(first: str, words: Words) -> tuple[str, list[str]]:
    """Split a lower-case role glued to a name without a comma (`Jane Roe host`); rare, but printed."""
    tokens = first.split()
    if len(tokens) >= 3 and tokens[-1].islower() and squash(tokens[-1]) in words.roles:
        return " ".join(tokens[:-1]), [tokens[-1]]
    return first, []


def _named(head: str, language: str | None, words: Words) -> Label:
    tokens = head.split()
    if not tokens:
        return Label(head, "unknown")
    if len(tokens) == 1 and _INITIALS.match(head) and _not_a_word(head):
        return Label(head, "initials", initials=head, name=parse_name(head, language))
    if _is_organization(tokens, words):
        return Label(head, "organization", affiliation=None)
    if len(tokens) > _MAX_NAME_TOKENS + 6:
        return Label(head, "unknown")
    name = parse_name(head, language)
    if not any(script in _NAME_SCRIPTS for part in name.parts for script in scripts(part)):
        # Scripts whose names we do not take apart: the label is kept as a name of no known kind.
        return Label(head, "unknown", name=name if name.parts and any(map(str.isalpha, head)) else None)
    if len(name.parts) > _MAX_NAME_TOKENS or not any(char.isalpha() for char in "".join(name.parts)):
        return Label(head, "unknown")
    title = " ".join(name.titles) or None
    return Label(head, "person", name=name, title=title, role_class=_title_class(name, words))


def _title_class(name: PersonName, words: Words) -> str | None:
    for title in name.titles:
        role = words.roles.get(squash(title))
        if role:
            return role
    return None


def _not_a_word(head: str) -> bool:
    """Whether capitals are initials rather than a surname in capitals: at most three, or without a vowel."""
    letters = [char for char in head if char.isalpha()]
    if len(letters) <= 2 or "." in head or not head.isupper():
        return True
    return not any(char in _VOWELS for char in letters) or len(letters) == 3


def _is_organization(tokens: list[str], words: Words) -> bool:
    folded = [squash(token) for token in tokens]
    if folded[0] in words.honorifics or (len(tokens) > 1 and words.is_head(folded[0])):
        return False
    if len(tokens) == 1:
        # "Citynews": an outlet in one word.
        return len(folded[0]) > 7 and folded[0].endswith(words.outlet_compounds)
    if len(tokens) == 2 and folded[0] in words.given and folded[1] not in _FIRM:
        return False
    return any(word in words.organization_words for word in folded)


_NAME_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN"})
_FIRM = frozenset(
    {"inc", "ltd", "llc", "corp", "gmbh", "plc", "institute", "university", "foundation", "college", "museum"}
)


def _add_part(label: Label, part: str, words: Words) -> Label:
    role, affiliation = split_role(part, words)
    joined = f"{label.role}, {role}" if label.role and role else role or label.role
    return replace(
        label,
        role=joined,
        affiliation=label.affiliation or affiliation,
        role_class=label.role_class or role_class(role, words),
    )


def role_class(role: str | None, words: Words) -> str | None:
    """Return the interview role the last role word of `role` stands for, e.g. `host` for `CNN ANCHOR`."""
    if role is None:
        return None
    for token in reversed(re.split(r"[\s/,]+", role)):
        if words.roles.get(squash(token)):
            return words.roles[squash(token)]
    return None


def _with_brackets(label: Label, brackets: list[str], words: Words) -> Label:
    for content in brackets:
        label = _add_bracket(label, content, words)
    return label


def _add_bracket(label: Label, content: str, words: Words) -> Label:
    bare = content.strip(" .,;:")
    if not bare:
        return replace(label, uncertain=True) if "?" in content else label
    if set(bare) <= {"?"} or squash(bare) in ("ph", "sp", "phonetic", "unclear", "inaudible"):
        return replace(label, uncertain=True)
    if _TIME.match(bare):
        return label
    if squash(bare) in words.notes or bare.split(" ", 1)[0].lower() in (
        "as",
        "als",
        "in",
        "on",
        "via",
        "through",
        "voice",
    ):
        return replace(label, notes=(*label.notes, bare))
    if _introduces_initials(bare, label):
        return replace(label, initials=bare)
    if _PARTY.match(bare):
        return replace(label, party=bare)
    if label.kind == "role" and label.side is None and _is_whole_name(bare, words):
        return replace(label, kind="person", name=parse_name(bare), role=label.role or label.text.split("(")[0].strip())
    if label.name is not None and label.name.is_partial and squash(bare) in words.given and label.kind == "person":
        return replace(label, name=parse_name(f"{bare} {label.name.parts[-1]}"))  # SMITH (ANNE)
    if label.name is not None and _is_nickname(bare, label, words):
        return replace(label, name=replace(label.name, nickname=bare.strip("\"“”'")))
    for part in _JOIN_COMMA.split(bare):
        label = _add_part(label, part, words) if part else label
    return label


def all_initials_of(name: PersonName) -> str:
    """Return the folded first letters with those after hyphens (`Jean-Marc Vidal` → `jmv`)."""
    return "".join(squash(piece)[:1] for part in name.parts for piece in part.split("-"))


def _is_whole_name(text: str, words: Words) -> bool:
    """Whether the brackets after a function hold a full name: `Moderator (Ruth Polk)`."""
    tokens = text.split()
    if not 2 <= len(tokens) <= 4 or not all(token[:1].isupper() for token in tokens):
        return False
    folded = [squash(token) for token in tokens]
    known = (words.organization_words, words.place_words, words.role_modifiers, words.person_nouns, words.roles)
    return not any(word in listed for word in folded for listed in known)


def _introduces_initials(bare: str, label: Label) -> bool:
    if label.name is None or not 1 < len(bare) <= 5 or " " in bare:
        return False
    if label.kind == "initials" or label.name.is_partial:
        return False
    return squash(bare) == initials_of(label.name) or (
        len(bare) <= 4 and _INITIALS.match(bare) is not None and squash(bare)[0] == initials_of(label.name)[:1]
    )


def initials_of(name: PersonName) -> str:
    """Return the folded first letters of all parts, particles included (`Aaron van Wirdum` → `avw`)."""
    return "".join(squash(part)[:1] for part in name.parts)


def _is_nickname(bare: str, label: Label, words: Words) -> bool:
    if label.name is None or label.name.is_partial or " " in bare:
        return False
    return bare[0] in "\"“'" or squash(bare) in words.given
