"""Echoes: what a headline quotes, found again in the turns."""

from __future__ import annotations

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Echo, Interview
from onrecord.stages.attribution import resolve_speakers
from onrecord.stages.echoes import align_echoes
from onrecord.stages.quotes import find_quotes
from onrecord.text.alignment import align
from tests.stages.test_attribution import talk
from tests.stages.test_quotes import bare
from tests.work import steps


def echoes(headline: str, said: str) -> tuple[Interview, tuple[Echo, ...]]:
    """The echoes of a headline's quotation in one turn."""
    text = f"{headline}\n\nORLA: {said}"
    interview = bare(text).replace(**talk(text, ("ORLA", "Orla Finch")))
    interview = align_echoes(resolve_speakers(find_quotes(interview, Facts()), Facts()), Facts())
    return interview, interview.quotes[0].echoes


def test_the_same_words_are_verbatim_whatever_their_marks() -> None:
    """Capitals, apostrophes and stops differ; the words do not."""
    interview, [echo] = echoes("“The ferry's a boat, always”", "Well, the ferry’s a boat. Always.")
    assert (echo.kind, echo.similarity, echo.differences) == ("verbatim", 1.0, ())
    assert echo.span.of(interview.text) == "the ferry’s a boat. Always"


def test_other_words_are_altered_and_listed() -> None:
    """An altered quotation says which words differ."""
    _, [echo] = echoes("“The old ferry is a good boat”", "I think the old ferry was a good boat.")
    assert echo.kind == "altered"
    assert [(d.quoted, d.said) for d in echo.differences] == [("is", "was")]


def test_what_nobody_said_has_no_echo() -> None:
    """No turn, no echo."""
    assert echoes("“Nobody paid my brothers for the bridge”", "The ferry is a boat.")[1] == ()


def test_a_quotation_inside_a_turn_has_no_echo() -> None:
    """Echoes are for what stands outside the turns."""
    text = "ORLA: I said, “We row at dawn.” We row at dawn."
    interview = bare(text).replace(**talk(text, ("ORLA", "Orla Finch")))
    assert align_echoes(find_quotes(interview, Facts()), Facts()).quotes[0].echoes == ()


def test_another_voice_is_no_echo_of_other_words() -> None:
    """Words somebody else says in another form are not what was quoted."""
    text = "“The old ferry is a good boat,” Bo Lund said.\n\nORLA: I think the old ferry was a good boat."
    interview = bare(text).replace(**talk(text, ("ORLA", "Orla Finch")))
    interview = align_echoes(resolve_speakers(find_quotes(interview, Facts()), Facts()), Facts())
    assert interview.quotes[0].echoes == ()


def test_aligning_is_linear_in_what_was_said() -> None:
    """Ten times the turns take about ten times the work."""

    def work(turns: int) -> int:
        text = "we row at dawn and it rains. " * turns
        said = [[(at, at + 29)] for at in range(0, len(text), 29)]
        return steps(lambda: align(text, [[(0, 28)]] * 20, said))

    assert work(1_000) < 12 * work(100)
