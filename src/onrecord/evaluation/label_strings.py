"""Label strings as broadcasters' transcripts print them, made from parts, with the parts as gold.

The patterns are those of the published examples of large transcript corpora (`STEVE ROE, host`, `Prof. ANN ROE
(Biology, Marl University)`, `REP. ANN ROE (D-VT), CHAIRWOMAN`); the names and outlets are invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.evaluation.label_words import KNOWN, UNSEEN, LabelWords
from onrecord.names import parse_label, squash


@dataclass(frozen=True, slots=True)
class Made:
    """A label string and what it says."""

    text: str
    name: str | None
    role: str | None = None
    affiliation: str | None = None


def made_labels(count: int, seed: int = 1, words: LabelWords = KNOWN) -> Iterator[Made]:
    """Yield `count` label strings of all patterns in turn, the same ones for the same seed."""
    maker = _Maker(random.Random(seed), words)
    for index in range(count):
        yield _PATTERNS[index % len(_PATTERNS)](maker)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Chooses the parts of a label string."""

    rng: random.Random
    words: LabelWords

    def of(self, *choices: str) -> str:
        return self.rng.choice(choices)

    def name(self) -> str:
        return f"{self.of(*self.words.given)} {self.of(*self.words.family)}"


def _host(make: _Maker) -> Made:
    name, role = make.name(), make.of("host", "HOST", "byline", "BYLINE", "anchor")
    return Made(f"{name.upper()}, {role}", name, role)


def _titled(make: _Maker) -> Made:
    name = make.name()
    return Made(f"{make.of(*make.words.titles)} {name.upper()}", name)


def _office(make: _Maker) -> Made:
    name, office = make.name(), make.of(*make.words.offices)
    return Made(f"{make.of('Mr.', 'Ms.', 'Dr.')} {name.upper()} ({office})", name, office)


def _office_of(make: _Maker) -> Made:
    name, office, place = make.name(), make.of(*make.words.offices), make.of(*make.words.organizations)
    return Made(f"{make.of('Mr.', 'Ms.', 'Prof.')} {name.upper()} ({office}, {place})", name, office, place)


def _correspondent(make: _Maker) -> Made:
    name, role, outlet = make.name(), make.of(*make.words.roles).upper(), make.of(*make.words.outlets).upper()
    return Made(f"{name.upper()}, {outlet} {role}", name, role, outlet)


def _noted(make: _Maker) -> Made:
    made = _correspondent(make)
    return Made(f"{made.text} ({make.of(*make.words.notes)})", made.name, made.role, made.affiliation)


def _politician(make: _Maker) -> Made:
    name, state = make.name(), make.of("VT", "TX", "OH", "CA", "NY")
    return Made(f"{make.of('SEN.', 'REP.', 'GOV.')} {name.upper()} ({make.of(*'DRI')}-{state})", name)


def _chair(make: _Maker) -> Made:
    name, place = make.name(), make.of("FERRY COMMITTEE", "RIVER COMMISSION", "TARN COUNCIL")
    return Made(f"REP. {name.upper()} (D-VT), CHAIRWOMAN, {place}", name, "CHAIRWOMAN", place)


def _plain(make: _Maker) -> Made:
    name = make.name()
    return Made(name.upper(), name)


def _short(make: _Maker) -> Made:
    name = make.of(*make.words.family)
    return Made(f"{make.of('', 'Mr. ', 'Ms. ', 'SEN. ')}{name.upper()}", name)


def _former(make: _Maker) -> Made:
    name, office = make.name(), make.of("FORMER MAYOR", "FORMER CIA DIRECTOR", "RETIRED GENERAL", "FMR. SENATOR")
    return Made(f"{name.upper()}, {office}", name, office)


def _at(make: _Maker) -> Made:
    name, office, place = make.name(), make.of("professor", "lecturer", "director"), make.of(*make.words.organizations)
    return Made(f"{name}, {office} at {place}", name, office, place)


def _degree(make: _Maker) -> Made:
    name = make.name()
    return Made(f"{name}, {make.of('PhD', 'M.D.', 'Psy.D', 'Jr.')}", name)


def _book(make: _Maker) -> Made:
    name = make.name()
    return Made(f"Ms. {name.upper()} (Author, “The Slow River”)", name, "Author, “The Slow River”")


def _candidate(make: _Maker) -> Made:
    name, role = make.name(), make.of("PRESIDENTIAL CANDIDATE", "VICE PRESIDENTIAL CANDIDATE")
    return Made(f"{name.upper()} ({make.of('D', 'R')}), {role}", name, role)


def _only_place(make: _Maker) -> Made:
    name, place = make.name(), make.of(*make.words.organizations)
    return Made(f"{name.upper()}, {place.upper()}", name, None, place)


def _with_colon(make: _Maker) -> Made:
    made = _host(make)
    return Made(f"{made.text}:", made.name, made.role)


def _nobody(make: _Maker) -> Made:
    voice = make.of("Unidentified Woman #2", "UNIDENTIFIED MALE", "Unidentified Man", "UNIDENTIFIED FEMALE")
    return Made(f"{voice}{make.of('', ' (through translator)')}", None)


_PATTERNS = (
    _host, _titled, _office, _office_of, _correspondent, _noted, _politician, _chair, _plain, _short, _former, _at,
    _degree, _book, _candidate, _only_place, _with_colon, _nobody,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelScore:
    """How many label strings were parsed right, field by field, and those with a wrong field."""

    count: int
    name: int
    role: int
    affiliation: int
    faults: tuple[str, ...]

    @property
    def whole(self) -> float:
        """Share of strings with every field right."""
        return 1 - len(self.faults) / self.count if self.count else 1.0


def score_labels(count: int = 2880, seed: int = 1, *, unseen: bool = False) -> LabelScore:
    """Parse made label strings and compare name, role and affiliation with what they were made of.

    `unseen`: made of words the parser was not written with.
    """
    right = {"name": 0, "role": 0, "affiliation": 0}
    faults: list[str] = []
    for made in made_labels(count, seed, UNSEEN if unseen else KNOWN):
        label = parse_label(made.text, "en")
        found = {
            "name": label.name.bare if label.name is not None else None,
            "role": label.role,
            "affiliation": label.affiliation,
        }
        wanted = {"name": made.name, "role": made.role, "affiliation": made.affiliation}
        wrong = [part for part in right if not _same(found[part], wanted[part], part)]
        for part in right:
            right[part] += part not in wrong
        if wrong:
            faults.append(f"{made.text}: {', '.join(f'{part} {found[part]!r}' for part in wrong)}")
    return LabelScore(count, right["name"], right["role"], right["affiliation"], tuple(faults))


def _same(found: str | None, wanted: str | None, part: str) -> bool:
    if found is None or wanted is None:
        return found is wanted
    found = found.removesuffix(" Jr.") if part == "name" else found
    return squash(found) == squash(wanted)
