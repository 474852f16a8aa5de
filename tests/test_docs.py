"""The documentation is held against the code: commands, options, names, links, versions."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

import onrecord
from onrecord.cli import COMMANDS, cli
from onrecord.findings.explain import findings_page

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "schema").glob("*.md")])

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def text_of(page: Path) -> str:
    """The text of a page."""
    return page.read_text(encoding="utf-8")


def blocks(page: Path, *languages: str) -> Iterator[str]:
    """The contents of the fenced blocks of a page in one of the languages."""
    for language, content in _FENCE.findall(text_of(page)):
        if language in languages:
            yield content


def calls(page: Path) -> Iterator[list[str]]:
    """Every call of `onrecord` in the consoles of a page, as its words."""
    for block in blocks(page, "console", "bash", "sh", "shell"):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            while words and words[0].endswith("onrecord"):
                end = next((at for at, word in enumerate(words) if word in ("|", ">", "&&", ";", "2>")), len(words))
                yield words[1:end]
                words = words[end + 1 :]


def anchors(page: Path) -> set[str]:
    """The places of a page a link can lead to, as GitHub names them."""
    prose = _FENCE.sub("", text_of(page))
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in _HEADING.findall(prose)}


def command(name: str) -> click.Command:
    """A command of the command line."""
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    """The README shows a call of every command."""
    assert name in {words[0] for words in calls(ROOT / "README.md") if words}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    """The help of a command says what it does and shows a call of it; its options say what they are for."""
    shown = command(name)
    assert shown.help
    assert "Example" in shown.help
    assert f"onrecord {name}" in shown.help
    options = [parameter for parameter in shown.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


@each_page
def test_documented_calls_exist(page: Path) -> None:
    """Commands and options in the consoles of the documentation are those of the program."""
    for words in calls(page):
        if not words or words[0].startswith("-"):
            continue
        assert words[0] in COMMANDS, words
        called = command(words[0])
        parts = [called, *called.commands.values()] if isinstance(called, click.Group) else [called]
        known = {option for part in parts for parameter in part.params for option in parameter.opts} | {"--help", "-h"}
        used = {word.split("=")[0] for word in words[1:] if word.startswith("-") and word != "-"}
        assert used <= known, words


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    """Links between pages and files of the repository resolve, also to a heading."""
    prose = _CODE.sub("", _FENCE.sub("", text_of(page)))
    for link in _LINK.findall(prose):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link}: there is no {target}"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{link}: there is no such heading"


@each_page
def test_documented_python_is_python(page: Path) -> None:
    """Python in the documentation compiles, and the names of `onrecord` it uses are public."""
    for block in blocks(page, "python"):
        compile(block, str(page), "exec")
        used = set(re.findall(r"\bonrecord\.(\w+)", block)) | {
            name.strip() for names in re.findall(r"from onrecord import ([\w, ]+)", block) for name in names.split(",")
        }
        assert used <= {*onrecord.__all__, "batch", "collection", "testing", "schema", "text", "pipeline", "release"}


def test_the_changelog_is_about_this_version() -> None:
    """The top of the changelog is `Unreleased` or the version of the package."""
    first = next(line for line in text_of(ROOT / "CHANGELOG.md").splitlines() if line.startswith("## "))
    assert re.match(rf"## \[(Unreleased|{re.escape(onrecord.__version__)})\]", first), first


def test_the_citation_is_of_this_version() -> None:
    """CITATION.cff names the version of the package."""
    assert str(yaml.safe_load(text_of(ROOT / "CITATION.cff"))["version"]) == onrecord.__version__


def test_the_page_of_findings_is_current() -> None:
    """docs/findings.md is what the table of codes says."""
    assert text_of(ROOT / "docs" / "findings.md") == findings_page()


def test_decisions_are_numbered_and_complete() -> None:
    """Decisions count up without gaps, and each says its context, what was decided, and what follows."""
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [page.name[:4] for page in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for page in decisions:
        text = text_of(page)
        assert text.startswith(f"# {page.name[:4]} "), page.name
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequence")), page.name


def test_no_page_forgets_what_it_wanted_to_say() -> None:
    """No page has a note to its author left in it."""
    left = [
        f"{page.name}: {word}" for page in PAGES for word in ("TODO", "FIXME", "XXX", "TBD") if word in text_of(page)
    ]
    assert left == []
