"""What holds of who is who, whatever people are called: several alphabets, shared surnames, labels cut short."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.collection.facts import Facts
from onrecord.evaluation.gold_speakers import Print, interview_of
from onrecord.schema.interview import Interview
from onrecord.stages.speakers import run


@dataclass(frozen=True)
class Pool:
    """Names of one language, each with its own first letter, so that letters tell them apart in the same way."""

    language: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    polite: str
    stranger: str


POOLS = (
    Pool("en", ("Ann", "Brian", "Carol", "David", "Edith"),
         ("Farrow", "Grimes", "Holt", "Jessup", "Kemble"), "Dr. {}", "Quentin Yarborough"),
    Pool("de", ("Anna", "Bernd", "Clara", "Dieter", "Erika"),
         ("Falkner", "Groß", "Hübner", "Jäger", "Köhler"), "Dr. {}", "Quirin Ysenburg"),
    Pool("fr", ("Alice", "Bernard", "Claire", "Denis", "Élise"),
         ("Ferrand", "Gautier", "Hébert", "Jacquet", "Kervella"), "Dr {}", "Quentin Yvernault"),
    Pool("es", ("Ana", "Beatriz", "Carlos", "Gonzalo", "Elena"),
         ("Fuentes", "Gálvez", "Herrero", "Iriarte", "Jurado"), "Dr. {}", "Quintín Yagüe"),
    Pool("ru", ("Анна", "Борис", "Виктор", "Галина", "Дмитрий"),
         ("Жуков", "Зимин", "Кротов", "Лаптев", "Мухин"), "Д-р {}", "Эдуард Юрьев"),
    Pool("tr", ("Ayşe", "Burak", "Cem", "Derya", "Elif"),
         ("Fidan", "Güneş", "Hazar", "İnce", "Kaya"), "Dr. {}", "Zeynep Yıldırım"),
    Pool("az", ("Aysel", "Bəxtiyar", "Cavid", "Dilarə", "Elçin"),
         ("Fərəcov", "Həsənli", "İsgəndərov", "Kazımlı", "Nağıyev"), "Dr. {}", "Zaur Yusifli"),
)  # fmt: skip
FORMS = 6
INDEX = st.integers(0, 4)
CAST = st.lists(st.tuples(INDEX, INDEX), min_size=1, max_size=5, unique=True)
USES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, FORMS - 1)), min_size=1, max_size=14)
PERMUTATION = st.permutations(range(5))


def upper(text: str, language: str) -> str:
    """Capitals by the rule of the language: a Turkish i keeps its dot."""
    return text.replace("i", "İ").upper() if language in ("tr", "az") else text.upper()


def label(pool: Pool, given_: str, family: str, form: int) -> str:
    """One of the forms in which a label prints a name."""
    return (
        f"{given_} {family}",
        family,
        upper(f"{given_} {family}", pool.language),
        f"{given_[0]}. {family}",
        given_,
        pool.polite.format(family),
    )[form]


def labels(
    pool: Pool, cast: list[tuple[int, int]], uses: list[tuple[int, int]], first: list[int], last: list[int]
) -> list[str]:
    """The labels of an interview whose people are called by the permuted names."""
    found = []
    for pick, form in uses:
        one, two = cast[pick % len(cast)]
        found.append(label(pool, pool.given[first[one]], pool.family[last[two]], form))
    return found


def read(pool: Pool, printed: list[str]) -> Interview:
    """The interview with one turn per label."""
    return run(interview_of("made", pool.language, [], [Print((), text, "Mm.") for text in printed]), Facts())


def together(printed: list[str], result: Interview) -> set[frozenset[str]]:
    """Which labels are one speaker's."""
    found: dict[str | None, set[str]] = {}
    for text, turn in zip(printed, result.turns, strict=True):
        found.setdefault(turn.speaker, set()).add(text)
    return {frozenset(texts) for texts in found.values()}


SAME = list(range(5))


@given(st.sampled_from(POOLS), CAST, USES, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_in_which_labels_come_changes_nobody(pool, cast, uses, random) -> None:  # type: ignore[no-untyped-def]  # Hypothesis passes what the strategies make
    """Whoever speaks first: the same labels are one speaker's, also where surnames are shared."""
    printed = labels(pool, cast, uses, SAME, SAME)
    shuffled = list(printed)
    random.shuffle(shuffled)
    assert together(printed, read(pool, printed)) == together(shuffled, read(pool, shuffled))


@given(st.sampled_from(POOLS), CAST, USES, PERMUTATION, PERMUTATION)
@settings(max_examples=150, deadline=None)
def test_other_names_give_the_same_speakers(pool, cast, uses, first, last) -> None:  # type: ignore[no-untyped-def]  # as above
    """Everybody called otherwise, consistently: who is one, and by which rules, stays as it was."""
    one = read(pool, labels(pool, cast, uses, SAME, SAME))
    two = read(pool, labels(pool, cast, uses, first, last))
    where = [[s.id for s in one.speakers].index(t.speaker or "") for t in one.turns]
    assert where == [[s.id for s in two.speakers].index(t.speaker or "") for t in two.turns]
    for before, after in zip(one.speakers, two.speakers, strict=True):
        assert (before.kind, before.roles) == (after.kind, after.roles)
        assert [item.rule for item in before.evidence] == [item.rule for item in after.evidence]


@given(st.sampled_from(POOLS), CAST, USES, st.integers(0, 14))
@settings(max_examples=150, deadline=None)
def test_a_stranger_anywhere_changes_nobody(pool, cast, uses, place) -> None:  # type: ignore[no-untyped-def]  # as above
    """A further voice with a name of its own, wherever it speaks, leaves the others as they were."""
    printed = labels(pool, cast, uses, SAME, SAME)
    at = min(place, len(printed))
    more = [*printed[:at], pool.stranger, *printed[at:]]
    assert together(printed, read(pool, printed)) | {frozenset({pool.stranger})} == together(more, read(pool, more))


@given(st.sampled_from(POOLS), CAST, USES)
@settings(max_examples=150, deadline=None)
def test_two_people_are_never_made_one(pool, cast, uses) -> None:  # type: ignore[no-untyped-def]  # as above
    """Labels of two people are one speaker's only if one of them is printed alike for both."""
    printed = labels(pool, cast, uses, SAME, SAME)
    bearers: dict[str, set[tuple[int, int]]] = {}
    for (pick, _), text in zip(uses, printed, strict=True):
        bearers.setdefault(text, set()).add(cast[pick % len(cast)])
    people = {person for found in bearers.values() for person in found}
    for group in together(printed, read(pool, printed)):
        full = {
            person
            for text in group
            for person in people
            if text == label(pool, pool.given[person[0]], pool.family[person[1]], 0)
        }
        assert len(full) <= 1, group
