"""Names of people and printed labels: taken apart, folded, compared, indexed, and found in running text.

Pure functions over strings; nothing here knows the record. The words of each language are in
`onrecord/lexicons/<language>/names.toml`.
"""

from onrecord.names._fold import fold, has_invisible, mixed_scripts, skeleton, squash, unconfused, visible
from onrecord.names._lexicon import Words, phrases, words_for
from onrecord.names.describe import Described, TitleIndex
from onrecord.names.find import NameHit, NameKind, find_names
from onrecord.names.index import Candidate, NameIndex
from onrecord.names.label import Label, initials_of, parse_label
from onrecord.names.match import Match, compared, same_name, same_word
from onrecord.names.person import PersonName, parse_name, stated_gender, titled

__all__ = [
    "Candidate", "Described", "Label", "Match", "NameHit", "NameIndex", "NameKind", "PersonName", "TitleIndex", "Words",
    "compared", "find_names", "fold", "has_invisible", "initials_of", "mixed_scripts", "parse_label", "parse_name",
    "phrases", "same_name", "same_word", "skeleton", "squash", "stated_gender", "titled", "unconfused", "visible",
    "words_for",
]  # fmt: skip
