"""A record on a terminal: the text as it was received, with who speaks and who is quoted."""

from __future__ import annotations

from collections import deque

from rich.console import Console
from rich.text import Text

from onrecord.schema.interview import Interview, Quote, Speaker, Turn

_COLOURS = ("cyan", "green", "magenta", "yellow", "blue", "red")


def print_interview(interview: Interview, console: Console | None = None) -> None:
    """Print title, origin, speakers, turns with their quotations, and a count of findings."""
    console = console or Console(highlight=False)
    colours = {speaker.id: _COLOURS[n % len(_COLOURS)] for n, speaker in enumerate(interview.speakers)}
    console.print(Text(interview.title or interview.id, style="bold"))
    console.print(Text(_facts(interview), style="dim"))
    console.print()
    for speaker in interview.speakers:
        console.print(_speaker_line(speaker, colours[speaker.id]))
    console.print()
    _print_body(interview, colours, console)
    _print_quotes([quote for quote in interview.quotes if quote.turn is None], interview, colours, console)
    errors = sum(finding.level == "error" and finding.waiver is None for finding in interview.findings)
    console.print(Text(f"{len(interview.findings)} findings, {errors} errors", style="dim"))


def _facts(interview: Interview) -> str:
    parts = [interview.id, interview.outlet, interview.date and interview.date.isoformat(), interview.language]
    return " · ".join(part for part in parts if part)


def _speaker_line(speaker: Speaker, colour: str) -> Text:
    line = Text("  ")
    line.append(speaker.name or "unknown voice", style=f"bold {colour}")
    about = [speaker.kind, *speaker.roles, *(f"“{descriptor}”" for descriptor in speaker.descriptors)]
    line.append(f"  {', '.join(about)}", style="dim")
    return line


def _print_body(interview: Interview, colours: dict[str, str], console: Console) -> None:
    turns = deque(interview.turns)
    for block in interview.blocks:
        if block.kind == "turn":
            while turns and turns[0].span.start < block.span.end:
                _print_turn(turns.popleft(), interview, colours, console)
        elif block.kind != "blank":
            console.print(Text(f"[{block.kind}] ", style="dim") + Text(block.span.of(interview.text).strip()))
            console.print()


def _print_turn(turn: Turn, interview: Interview, colours: dict[str, str], console: Console) -> None:
    names = {speaker.id: speaker.name for speaker in interview.speakers}
    who = names.get(turn.speaker or "") or (turn.label.of(interview.text) if turn.label else None) or turn.role or "?"
    colour = colours.get(turn.speaker or "", "white")
    console.print(Text(who, style=f"bold {colour}") + Text(f"  {turn.id.rsplit('#', 1)[-1]}", style="dim"))
    for paragraph in turn.paragraphs:
        console.print(Text(paragraph.of(interview.text)))
    _print_quotes([quote for quote in interview.quotes if quote.turn == turn.id], interview, colours, console)
    console.print()


def _print_quotes(quotes: list[Quote], interview: Interview, colours: dict[str, str], console: Console) -> None:
    names = {speaker.id: speaker.name for speaker in interview.speakers}
    for quote in quotes:
        words = " … ".join(span.of(interview.text) for span in quote.content)
        who = names.get(quote.speaker or "") or "?"
        line = Text(f"    {quote.kind}: ", style="dim") + Text(f"“{words}” ")
        console.print(line + Text(f"— {who}", style=colours.get(quote.speaker or "", "white")))
