"""People across interviews: what humans decided about who is whom, and what is worth asking them next.

Nothing here decides by itself: `propose` ranks pairs for a human, `Ledger` applies decisions that carry an
author, a date and a reason, `link` says who the speakers are by them.
"""

from onrecord.people.file import PeopleFile, Where, load_people, merge_people, people_files, read_people
from onrecord.people.ledger import Conflict, Ledger
from onrecord.people.links import Links, link, near_references
from onrecord.people.model import Decision, Person, Verdict
from onrecord.people.propose import Known, Proposal, known_in, known_person, propose

__all__ = [
    "Conflict", "Decision", "Known", "Ledger", "Links", "PeopleFile", "Person", "Proposal", "Verdict", "Where",
    "known_in", "known_person", "link", "load_people", "merge_people", "near_references", "people_files", "propose",
    "read_people",
]  # fmt: skip
