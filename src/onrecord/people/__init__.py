"""People across interviews: what humans decided about who is whom, and what is worth asking them next.

Nothing here decides by itself: `propose` ranks pairs for a human, `Ledger` applies decisions that carry an
author, a date and a reason.
"""

from onrecord.people.file import PeopleFile, load_people, merge_people
from onrecord.people.ledger import Conflict, Ledger
from onrecord.people.model import Decision, Person, Verdict
from onrecord.people.propose import Known, Proposal, known_in, propose

__all__ = [
    "Conflict", "Decision", "Known", "Ledger", "PeopleFile", "Person", "Proposal", "Verdict", "known_in",
    "load_people", "merge_people", "propose",
]  # fmt: skip
