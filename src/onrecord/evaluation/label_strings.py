"""Label strings as broadcasters' transcripts print them, made from parts, with the parts as gold.

The patterns are those of the published examples of large transcript corpora (`STEVE ROE, host`, `Prof. ANN ROE
(Biology, Marl University)`, `REP. ANN ROE (D-VT), CHAIRWOMAN`); the names and outlets are invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.names import parse_label, squash

_GIVEN = (
    "Neal",
    "Otto",
    "Priya",
    "Mireille",
    "Hank",
    "Ruth",
    "Ann",
    "Corin",
    "Maud",
    "Yusuf",
    "Ola",
    "Jean-Luc",
    "J.D.",
    "Mary Ann",
    "Carl J.",
    "Zoë",
    "T.",
)
_FAMILY = (
    "Brandt",
    "Kelm",
    "Ramsund",
    "O'Shane",
    "McTavish",
    "van Eklund",
    "Okafor-Dean",
    "de la Cour",
    "Rask",
    "Moss",
    "Calder",
    "Núñez",
    "Treadwell",
    "Aske",
    "Vane",
)
_TITLES = (
    "Mr.",
    "Ms.",
    "Mrs.",
    "Dr.",
    "Prof.",
    "Professor",
    "Sen.",
    "Rep.",
    "Gov.",
    "Gen.",
    "Lt. Col.",
    "Sgt.",
    "President",
    "Vice President",
    "Rev.",
    "Judge",
    "Mayor",
)
_ROLES = (
    "host",
    "anchor",
    "correspondent",
    "chief political correspondent",
    "senior international correspondent",
    "White House correspondent",
    "contributor",
    "commentator",
    "political analyst",
    "medical correspondent",
    "byline",
    "legal analyst",
    "national security analyst",
    "law enforcement contributor",
)
_OUTLETS = ("CNX", "WQZ", "NXR News", "KTLM", "ABX News")
_ORGANIZATIONS = (
    "Marl University",
    "Institute for Slow Rivers",
    "Harbour Post",
    "Tarn Foundation",
    "Department of Ferries",
    "University of Tarn",
    "Slow Rivers Project",
)
_OFFICES = (
    "Actor",
    "Author",
    "Musician",
    "Executive Director",
    "Filmmaker",
    "Novelist",
    "Political Scientist",
    "Retired Sailor",
    "Historian",
    "Co-Founder",
    "Senior Fellow",
    "Attorney",
    "Pianist",
)
_STATES = ("VT", "TX", "OH", "CA", "NY")
_NOTES = ("voice-over", "on camera", "through translator", "via telephone", "singing")


@dataclass(frozen=True, slots=True)
class Made:
    """A label string and what it says."""

    text: str
    name: str
    role: str | None = None
    affiliation: str | None = None


def made_labels(count: int, seed: int = 1) -> Iterator[Made]:
    """Yield `count` label strings of all patterns in turn, the same ones for the same seed."""
    rng = random.Random(seed)
    for index in range(count):
        yield _PATTERNS[index % len(_PATTERNS)](rng)


def _name(rng: random.Random) -> str:
    return f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}"


def _caps(name: str) -> str:
    return name.upper()


def _host(rng: random.Random) -> Made:
    name, role = _name(rng), rng.choice(("host", "HOST", "byline", "BYLINE", "anchor"))
    return Made(f"{_caps(name)}, {role}", name, role)


def _titled(rng: random.Random) -> Made:
    name = _name(rng)
    return Made(f"{rng.choice(_TITLES)} {_caps(name)}", name)


def _office(rng: random.Random) -> Made:
    name, office = _name(rng), rng.choice(_OFFICES)
    return Made(f"{rng.choice(('Mr.', 'Ms.', 'Dr.'))} {_caps(name)} ({office})", name, office)


def _office_of(rng: random.Random) -> Made:
    name, office, place = _name(rng), rng.choice(_OFFICES), rng.choice(_ORGANIZATIONS)
    return Made(f"{rng.choice(('Mr.', 'Ms.', 'Prof.'))} {_caps(name)} ({office}, {place})", name, office, place)


def _correspondent(rng: random.Random) -> Made:
    name, role, outlet = _name(rng), rng.choice(_ROLES).upper(), rng.choice(_OUTLETS)
    return Made(f"{_caps(name)}, {outlet.upper()} {role}", name, role, outlet.upper())


def _noted(rng: random.Random) -> Made:
    made = _correspondent(rng)
    return Made(f"{made.text} ({rng.choice(_NOTES)})", made.name, made.role, made.affiliation)


def _politician(rng: random.Random) -> Made:
    name = _name(rng)
    return Made(
        f"{rng.choice(('SEN.', 'REP.', 'GOV.'))} {_caps(name)} ({rng.choice('DRI')}-{rng.choice(_STATES)})", name
    )


def _chair(rng: random.Random) -> Made:
    name, place = _name(rng), rng.choice(("FERRY COMMITTEE", "RIVER COMMISSION", "TARN COUNCIL"))
    return Made(f"REP. {_caps(name)} (D-VT), CHAIRWOMAN, {place}", name, "CHAIRWOMAN", place)


def _plain(rng: random.Random) -> Made:
    name = _name(rng)
    return Made(_caps(name), name)


def _short(rng: random.Random) -> Made:
    name = rng.choice(_FAMILY)
    return Made(f"{rng.choice(('', 'Mr. ', 'Ms. ', 'SEN. '))}{_caps(name)}", name)


def _former(rng: random.Random) -> Made:
    name, office = _name(rng), rng.choice(("FORMER MAYOR", "FORMER CIA DIRECTOR", "RETIRED GENERAL"))
    return Made(f"{_caps(name)}, {office}", name, office)


def _at(rng: random.Random) -> Made:
    name, office, place = _name(rng), rng.choice(("professor", "lecturer", "director")), rng.choice(_ORGANIZATIONS)
    return Made(f"{name}, {office} at {place}", name, office, place)


def _degree(rng: random.Random) -> Made:
    name = _name(rng)
    return Made(f"{name}, {rng.choice(('PhD', 'M.D.', 'Psy.D', 'Jr.'))}", name)


def _book(rng: random.Random) -> Made:
    name = _name(rng)
    return Made(f"Ms. {_caps(name)} (Author, “The Slow River”)", name, "Author, “The Slow River”")


_PATTERNS = (
    _host, _titled, _office, _office_of, _correspondent, _noted, _politician, _chair, _plain, _short, _former, _at,
    _degree, _book,
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


def score_labels(count: int = 2800, seed: int = 1) -> LabelScore:
    """Parse made label strings and compare name, role and affiliation with what they were made of."""
    right = {"name": 0, "role": 0, "affiliation": 0}
    faults: list[str] = []
    for made in made_labels(count, seed):
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
