"""The words label strings are made of: those the parser was written with, and others it has never been shown.

The second set was written without a look at the lexicons and is not to be used when rules are improved: a parser that
only knows its own words reads the first set and fails on the second.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelWords:
    """Parts of label strings, by what they are."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    titles: tuple[str, ...]
    roles: tuple[str, ...]
    outlets: tuple[str, ...]
    organizations: tuple[str, ...]
    offices: tuple[str, ...]
    notes: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(piece.strip() for piece in text.split("|"))


KNOWN = LabelWords(
    given=_words("Neal|Otto|Priya|Mireille|Hank|Ruth|Ann|Corin|Maud|Yusuf|Ola|Jean-Luc|J.D.|Mary Ann|Carl J.|Zoë|T."),
    family=_words(
        "Brandt|Kelm|Ramsund|O'Shane|McTavish|van Eklund|Okafor-Dean|de la Cour|Rask|Moss|Calder|"
        "Núñez|Treadwell|Aske|Vane"
    ),
    titles=_words(
        "Mr.|Ms.|Mrs.|Dr.|Prof.|Professor|Sen.|Rep.|Gov.|Gen.|Lt. Col.|Sgt.|President|Vice President|Rev.|Judge|Mayor"
    ),
    roles=_words(
        "host|anchor|correspondent|chief political correspondent|senior international correspondent|"
        "White House correspondent|contributor|commentator|political analyst|medical correspondent|"
        "byline|legal analyst|"
        "national security analyst|law enforcement contributor"
    ),
    outlets=_words("CNX|WQZ|NXR News|KTLM|ABX News"),
    organizations=_words(
        "Marl University|Institute for Slow Rivers|Harbour Post|Tarn Foundation|"
        "Department of Ferries|University of Tarn|"
        "Slow Rivers Project"
    ),
    offices=_words(
        "Actor|Author|Musician|Executive Director|Filmmaker|Novelist|Political Scientist|Retired Sailor|Historian|"
        "Co-Founder|Senior Fellow|Attorney|Pianist"
    ),
    notes=_words("voice-over|on camera|through translator|via telephone|singing"),
)

UNSEEN = LabelWords(
    given=_words(
        "Thandiwe|Bartholomew|Ksawery|Eluned|Jean-Christophe|R.W.|Anne-Sophie|Rosalind M.|"
        "Giulietta|Torvald|D'Andre|Siobhán|"
        "Mei-Ling|Quentin|Oluwaseun|Billie Jo|K."
    ),
    family=_words(
        "Abernathy|Szymborski|ap Rhys|MacGillivray|von der Heyde|Fitzwilliam|O'Connell-Diaz|Mbatha|"
        "Thistlewood|St. Clair|"
        "del Toro|Castellanos|Pemberton|Ng|Quartermaine"
    ),
    titles=_words(
        "Mr.|Ms.|Miss|Dr.|Prof.|Senator|Congressman|Governor|Col.|Adm.|Capt.|Maj. Gen.|Ambassador|"
        "Rabbi|Justice|Sir|Sheriff"
    ),
    roles=_words(
        "co-anchor|sports reporter|chief medical correspondent|Pentagon correspondent|guest host|meteorologist|"
        "science correspondent|financial analyst|senior producer|justice correspondent|technology reporter|columnist|"
        "entertainment correspondent|aviation analyst"
    ),
    outlets=_words("BNX|KQRT|PVX Radio|GHT News|TVZ"),
    organizations=_words(
        "Brill College|Centre for Coastal Law|Evening Courier|Hollis Hospital|Ministry of Harbours|"
        "Northern School of Music|"
        "Rowan Partners"
    ),
    offices=_words(
        "Choreographer|Cookbook Author|Cellist|Managing Editor|Marine Biologist|Playwright|Retired Firefighter|"
        "Psychologist|Chief Economist|Deputy Director|Public Defender|Beekeeper|Film Critic"
    ),
    notes=_words("voiceover|off camera|through interpreter|by phone|on tape"),
)
