"""People across interviews: the file, the decisions, and what is proposed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collection.facts import Facts
from onrecord.people import Decision, Known, Ledger, PeopleFile, Person, known_in, load_people, merge_people, propose
from onrecord.people.model import Verdict
from onrecord.stages.speakers import run
from tests.stages.made import made
from tests.work import steps

DAY = datetime.date(2026, 11, 24)
FILE = b"""people:
  hale-ruth:
    name: Ruth Hale
    names: [R. Hale]
    wikidata: Q123
decisions:
  - {same: ["kesh/one#speaker@18", hale-ruth], by: Ann Lee, on: 2026-11-24, why: Both name the mill.}
  - {different: ["kesh/one#speaker@18", "weir/two#speaker@0"], by: Ann Lee, on: 2026-11-24, why: Born in another year.}
"""


def said(verdict: Verdict, a: str, b: str) -> Decision:
    """A decision by somebody on some day."""
    return Decision(verdict=verdict, a=a, b=b, by="Ann Lee", on=datetime.date(2026, 11, 24), why="So it is.")


def test_people_and_decisions_are_read() -> None:
    """People have ids of the world outside; decisions have author, date and reason."""
    found, findings = load_people(FILE, "people.yaml")
    assert findings == ()
    assert found.people["hale-ruth"].wikidata == "Q123"
    assert [decision.verdict for decision in found.decisions] == ["same", "different"]
    assert Ledger(found.decisions, found.people).person_of("kesh/one#speaker@18") == "hale-ruth"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"people:\n  a: {name: Ann, wikidata: 42}\n  b: {name: Bob}\n", "wrong-value"),
        (b"decisions:\n  - {same: [a], by: x, on: 2026-11-24, why: y}\n", "wrong-value"),
        (b"decisions:\n  - {same: [a, a], by: x, on: 2026-11-24, why: y}\n", "wrong-value"),
        (b"decisions:\n  - {same: [a, b], by: x, why: y}\n", "wrong-value"),
        (b"decisions: {}\n", "wrong-value"),
        (b"persons: {}\n", "unknown-key"),
        (b"people:\n  a: {name: Ann}\n  a: {name: Bob}\n", "duplicate-key"),
        (b"people: [", "invalid-yaml"),
    ],
)
def test_a_wrong_entry_is_reported_and_the_others_kept(text: bytes, code: str) -> None:
    """Broken entries are findings with a line; nothing else is lost."""
    found, findings = load_people(text, "people.yaml")
    assert {item.code for item in findings} == {code}
    assert all(item.line for item in findings)
    assert "b" not in text.decode() or "b: {name: Bob}" not in text.decode() or "b" in found.people


def test_a_contradiction_is_found_and_nobody_in_it_is_linked() -> None:
    """A ≠ B, but both = C: the conflict names the chain, and neither is linked to C until a human decides."""
    people = {"c": Person(name="Cy Dow")}
    ledger = Ledger([said("different", "a", "b"), said("same", "a", "c"), said("same", "b", "c")], people)
    [conflict] = ledger.conflicts
    assert (conflict.kind, {conflict.a, conflict.b}) == ("different-but-same", {"a", "b"})
    assert [decision.pair for decision in conflict.chain] == [("a", "c"), ("b", "c")]
    assert "≠" in conflict.message
    assert ledger.person_of("a") is None
    assert not ledger.together("a", "b")


def test_two_people_joined_are_a_conflict() -> None:
    """Two keys of people.yaml in one group contradict each other."""
    people = {"c": Person(name="Cy Dow"), "d": Person(name="Di Dow")}
    ledger = Ledger([said("same", "a", "c"), said("same", "a", "d")], people)
    assert [(conflict.kind, conflict.a, conflict.b) for conflict in ledger.conflicts] == [("two-people", "c", "d")]


def test_undo_is_a_further_line() -> None:
    """What was undone no longer counts, and stays in the history; the last word of a pair counts."""
    lines = [said("same", "a", "b"), said("undo", "b", "a")]
    ledger = Ledger(lines)
    assert not ledger.together("a", "b")
    assert ledger.history("a", "b") == tuple(lines)
    assert Ledger([*lines, said("same", "a", "b")]).together("a", "b")
    assert not Ledger([said("same", "a", "b"), said("unsure", "a", "b")]).together("a", "b")


def test_cycles_do_no_harm() -> None:
    """A ring of `same` is one person, and the chain is the shortest way."""
    ledger = Ledger([said("same", "a", "b"), said("same", "b", "c"), said("same", "c", "a")])
    assert ledger.together("a", "c")
    assert [decision.pair for decision in ledger.why("a", "c")] == [("a", "c")]
    assert ledger.conflicts == ()


@given(st.lists(st.tuples(st.sampled_from(["same", "different", "unsure", "undo"]), st.sampled_from("abcde"),
                          st.sampled_from("abcde")), max_size=20))  # fmt: skip
def test_being_together_is_an_equivalence_that_respects_different(lines: list[tuple[Verdict, str, str]]) -> None:
    """Whatever is decided: symmetric, transitive, and never against a standing `different`."""
    ledger = Ledger([said(verdict, a, b) for verdict, a, b in lines if a != b])
    for a in "abcde":
        for b in "abcde":
            assert ledger.together(a, b) == ledger.together(b, a)
            standing = ledger.standing(a, b)
            assert not (ledger.together(a, b) and standing is not None and standing.verdict == "different")
            for c in "abcde":
                assert not (ledger.together(a, b) and ledger.together(b, c)) or ledger.together(a, c)


def test_shards_are_put_together() -> None:
    """Of a key in two shards the first counts; decisions keep their order."""
    one = PeopleFile(people={"a": Person(name="Ann")}, decisions=(said("same", "x", "a"),))
    two = PeopleFile(people={"a": Person(name="Bob"), "b": Person(name="Bo")}, decisions=(said("undo", "x", "a"),))
    both = merge_people([one, two])
    assert (both.people["a"].name, set(both.people)) == ("Ann", {"a", "b"})
    assert [decision.verdict for decision in both.decisions] == ["same", "undo"]


def test_full_names_of_different_interviews_are_proposed() -> None:
    """The same name in two interviews is proposed with its reasons; surnames alone and one interview are not."""
    one = run(made("Ann Torrance, engineer: One.\nUlf: Two.\n", identifier="c/one"), Facts())
    two = run(made("Ann Torrance, engineer: One.\nUlf: Two.\nA. Torrance: Three.\n", identifier="c/two"), Facts())
    people = [*known_in(one), *known_in(two)]
    [proposal] = propose(people)
    assert {proposal.a, proposal.b} == {"c/one#speaker@0", "c/two#speaker@0"}
    assert "both: engineer" in proposal.reasons


def test_what_was_decided_is_not_asked_again() -> None:
    """Pairs with a standing decision, and pairs that decisions join, are not proposed."""
    people = [Known(f"c/{i}#speaker@0", "Ann Torrance", f"c/{i}") for i in range(3)]
    first, second, third = (entry.reference for entry in people)
    assert len(propose(people)) == 3
    decided = Ledger([said("same", first, second), said("unsure", second, third)])
    assert [{p.a, p.b} for p in propose(people, decided)] == [{first, third}]
    joined = Ledger([said("same", first, second), said("same", second, third)])
    assert propose(people, joined) == []


def test_shared_context_ranks_first_and_common_names_last() -> None:
    """An employer in common is worth more than a name that many have."""
    people = [Known(f"c/{i}#speaker@0", "Ann Torrance", f"c/{i}") for i in range(14)]
    mill = frozenset({"mill"})
    people += [Known(f"d/{i}#speaker@0", "Bo Ulfsson", f"d/{i}", context=mill) for i in range(2)]
    ranked = propose(people)
    assert ranked[0].a.startswith("d/")
    assert "14 speakers are called so" in ranked[-1].reasons


def test_proposing_is_near_linear() -> None:
    """Four times as many speakers cost about four times the work, also where many share one name."""

    def work(count: int) -> int:
        people = [Known(f"c/{i}", f"Ann{i % 7} Torrance{i % (count // 3)}", f"c/{i}") for i in range(count)]
        people += [Known(f"d/{i}", "Bo Ulfsson", f"d/{i}") for i in range(count // 4)]
        return steps(lambda: propose(people))

    work(60)  # fills what is loaded once
    small = work(300)  # first, so that no cache is warm for it
    assert work(1200) < 6 * small
