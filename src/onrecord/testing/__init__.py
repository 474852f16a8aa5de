"""Hypothesis strategies for users of the schema: texts, spans, valid interviews, and interviews as people print them.

Needs the extra `onrecord[testing]`. `interviews()` gives records in which every promise of the schema holds and every
field is used, for testing code that reads records. `scripts()` gives a printed interview together with the turns and
speakers that were printed, for testing code that makes records.
"""

from __future__ import annotations

from onrecord.testing._conventions import CONVENTIONS, Convention
from onrecord.testing._interviews import interviews
from onrecord.testing._scripts import Said, Script, scripts
from onrecord.testing._texts import names, paragraphs, spans, texts
from onrecord.testing._values import values

__all__ = [
    "CONVENTIONS",
    "Convention",
    "Said",
    "Script",
    "interviews",
    "names",
    "paragraphs",
    "scripts",
    "spans",
    "texts",
    "values",
]
