"""The review as a person meets it: the command line, a real browser, and what CI says in the end."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.review import Session, locate, write_static
from tests.review.browser import MISSING, Page, chromium, ci, git, onrecord, reviewing
from tests.review.made import TALK, collection, session

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(MISSING is not None, reason=str(MISSING)),
    # selenium leaves its connections to the garbage collector
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

PICTURES = Path(os.environ["ONRECORD_PICTURES"]) if "ONRECORD_PICTURES" in os.environ else None

# In the third answer somebody else speaks, and nothing on the page marks it; one byte was damaged on its way.
STORY = (
    (
        "“The tide keeps no books”\n\n"
        "Maren Holt, who mends nets in Skerry Bay, talked to The Sound Letter on 3 May 2031.\n\n"
        "Q: When did you begin?\n"
        "A: At nine, with my grandmother. She used to say the tide keeps no books.\n\n"
        "Q: Was it hard?\n"
        "A: The café by the pier was warm, the loft was not. And who paid for the twine? Nobody did, at first.\n\n"
        "Q: And today?\n"
        "A: Today I teach it. The tide keeps no books, but I do – in the naïve hope that somebody reads them.\n"
    )
    .encode()
    .replace(b"loft", b"l\xfeft")
)


def snap(page: Page, name: str) -> None:
    """Keep a picture for the documentation, if pictures are being made."""
    if PICTURES is not None:
        page.picture(PICTURES / f"{name}.png")


def keep(name: str, command: str, said: subprocess.CompletedProcess[str]) -> None:
    """Keep what the terminal showed, if pictures are being made."""
    if PICTURES is not None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        (PICTURES / f"{name}.txt").write_text(f"$ {command}\n{said.stdout}{said.stderr}", encoding="utf-8")


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    """One browser for all tests of the module."""
    with chromium() as made:
        yield made


def test_from_a_raw_text_to_an_accepted_record(tmp_path: Path, driver: Any) -> None:
    """A new interview that the parser gets partly wrong is corrected in the page, and CI accepts it."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "talk.txt").write_bytes(STORY)
    git("init", "-q", "-b", "main", cwd=tmp_path)
    git("commit", "-q", "--allow-empty", "-m", "Begin", cwd=tmp_path)
    git("tag", "base", cwd=tmp_path)

    made = onrecord(
        "new", "talk.txt", "--collection", "skerry", "--name", "nets",
            "--redistribution", "full",
        "--participant", "Maren Holt=interviewee",
            "--basis", "The paper's letter of 4 May 2031.", "--consent", "in writing", cwd=tmp_path,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    keep("new", "onrecord new talk.txt --collection skerry --name nets --redistribution full …", made)
    file = tmp_path / "raw" / "skerry" / "nets.txt"
    assert file.read_bytes() == STORY
    checked = onrecord("check", "raw/skerry/nets.txt", cwd=tmp_path)
    keep("check", "onrecord check raw/skerry/nets.txt", checked)
    assert checked.returncode == 1
    assert "undecodable-bytes" in checked.stdout
    git("add", "raw", cwd=tmp_path)
    git("commit", "-q", "-m", "Add the net mender", cwd=tmp_path)
    refused = ci(tmp_path, "base", tmp_path / "ci")
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert "::error file=raw/skerry/nets.txt" in refused.stdout

    with reviewing("raw/skerry/nets.txt", tmp_path) as address:
        page = Page(driver, address)
        assert page.text("#verdict") == "1 error to repair"
        snap(page, "page")
        _divide(page)
        _give_the_rest_back(page)
        _mark_a_quotation(page)
        _waive(page)
        assert page.text("#verdict").startswith("accepted")
        assert page.complaints() == []

    turns = Session(*locate(str(file), tmp_path / "raw")[0]).view().interview
    said = [(turn.role, " ".join(span.of(turns.text) for span in turn.paragraphs)) for turn in turns.turns]
    assert ("question", "And who paid for the twine?") in said
    assert ("answer", "Nobody did, at first.") in said
    accepted = onrecord("check", "raw/skerry/nets.txt", cwd=tmp_path)
    keep("accepted", "onrecord check raw/skerry/nets.txt", accepted)
    assert accepted.returncode == 0, accepted.stdout
    git("add", "raw", cwd=tmp_path)
    git("commit", "-q", "-m", "Correct the net mender", cwd=tmp_path)
    welcomed = ci(tmp_path, "base", tmp_path / "ci2")
    assert welcomed.returncode == 0, welcomed.stdout + welcomed.stderr
    assert "1 of 1 interviews would be accepted" in (tmp_path / "ci2" / "summary.md").read_text(encoding="utf-8")
    assert (tmp_path / "ci2" / "pages" / "skerry__nets.html").is_file()


def _divide(page: Page) -> None:
    """The unmarked question becomes a turn of its own: selected with the mouse."""
    page.select("And who paid for the twine? Nobody did, at first.")
    page.until("return !document.getElementById('picked').hidden")
    page.keys("d")
    page.fill(role="question", why="Nobody asks who paid in an answer of her own.")
    page.until("return document.querySelectorAll('.row.corrected').length === 1")
    assert "Saved." in page.until("return document.getElementById('live').textContent")


def _give_the_rest_back(page: Page) -> None:
    """The answer to it is another turn: with the keyboard alone."""
    row = page.row("And who paid")
    page.driver.execute_script("arguments[0].focus()", row)
    page.keys("d")
    for _ in range(5):
        page.keys("\ue014")
    snap(page, "divide")
    page.keys("\ue007")
    page.until("return document.getElementById('dialog').open")
    assert "Nobody did, at first." in page.text("#dialog .about")
    snap(page, "dialog")
    page.fill(role="answer", why="She answers.")
    page.until("return document.querySelectorAll('.row.corrected').length === 2")
    assert "+" in page.text("#diff")


def _mark_a_quotation(page: Page) -> None:
    """A quotation the parser did not bound so: marked, with its speaker."""
    before = len(page.all("[data-quote]"))
    page.select("in the naïve hope")
    page.keys("m")
    page.fill(kind="mention", why="A turn of phrase.")
    page.until("return document.querySelectorAll('[data-quote]').length === arguments[0] + 1", before)


def _waive(page: Page) -> None:
    """The damaged byte is accepted with a reason."""
    page.keys("n")
    page.until("return document.activeElement.matches('.finding')")
    page.keys("\ue007")
    page.fill(why="The paper's own file is damaged there.")
    page.until("return document.querySelector('.finding.waived')")
    snap(page, "corrected")


def test_a_boundary_is_dragged(tmp_path: Path, driver: Any) -> None:
    """The line above a turn is dragged into the turn before; the words follow, and undo brings them back."""
    from selenium.webdriver import ActionChains

    file = collection(tmp_path)
    with reviewing(file, tmp_path) as address:
        page = Page(driver, address)
        edge = page.driver.execute_script("return arguments[0].querySelector('.edge')", page.row("And in spring"))
        x, y, edge_x, edge_y = page.driver.execute_script(
            """
            const words = arguments[0].querySelector('.words');
            const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
            let node; while ((node = walker.nextNode())) { const at = node.data.indexOf('My sister'); if (at >= 0) {
              const range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + 1);
              const box = range.getBoundingClientRect(), edge = arguments[1].getBoundingClientRect();
              return [box.left, box.top + box.height / 2, edge.left + 300, edge.top + edge.height / 2]; } }""",
            page.row("My sister does"),
            edge,
        )
        chain: Any = ActionChains(page.driver)
        chain.move_by_offset(0, 0)
        chain.w3c_actions.pointer_action.move_to_location(int(edge_x), int(edge_y))
        chain.w3c_actions.pointer_action.pointer_down()
        chain.w3c_actions.pointer_action.move_to_location(int(x) + 1, int(y) - 3)
        chain.w3c_actions.pointer_action.move_to_location(int(x) + 1, int(y))
        chain.perform()
        page.until("return !document.getElementById('caret').hidden")
        snap(page, "drag")
        release: Any = ActionChains(page.driver)
        release.w3c_actions.pointer_action.pointer_up(0)
        release.perform()
        page.fill(why="She is not asked yet.")
        row = page.row("My sister does")
        assert page.driver.execute_script("return arguments[0].querySelector('.words').textContent", row).startswith(
            "My sister"
        )
        page.keys("u")
        page.until("return !document.querySelector('.row.corrected')")
        assert not file.with_suffix(".yaml").exists()
        assert page.complaints() == []


def test_a_boundary_and_a_speaker_are_changed_by_keyboard(tmp_path: Path, driver: Any) -> None:
    """Without a mouse: to a turn, its boundary by words, its speaker by name, the evidence on focus."""
    with reviewing(collection(tmp_path), tmp_path) as address:
        page = Page(driver, address)
        page.driver.execute_script("arguments[0].focus()", page.row("And in spring"))
        page.keys("b")
        page.until("return document.activeElement.matches('.edge')")
        assert page.css("#tip").is_displayed()
        page.keys("\ue013")
        page.keys("\ue007")
        page.fill(why="The last sentence is hers.")
        page.until("return document.querySelector('.row.corrected')")
        page.driver.execute_script("arguments[0].focus()", page.row("Do you mind"))
        page.keys("s")
        page.fill(speaker="somebody else …", name="Bo Lind")
        assert "Bo Lind" in page.text("#speakers")


def test_the_second_editor_is_told(tmp_path: Path, driver: Any) -> None:
    """While the page is open another editor saves: the page says so, keeps what was typed, and overwrites nothing."""
    file = collection(tmp_path, sidecar="title: Winter\n")
    with reviewing(file, tmp_path) as address:
        page = Page(driver, address)
        file.with_suffix(".yaml").write_text("title: Summer # by hand\n", encoding="utf-8")
        page.driver.execute_script("arguments[0].focus()", page.row("Do you mind"))
        page.keys("s")
        page.css("#field-why").send_keys(" Twice.")
        page.css("#dialog button[type=submit]").click()
        page.until("return !document.querySelector('#dialog .notice').hidden")
        assert "Nothing was overwritten" in page.text("#dialog .notice")
        assert file.with_suffix(".yaml").read_text(encoding="utf-8") == "title: Summer # by hand\n"
        snap(page, "conflict")
        next(button for button in page.all("#dialog button") if button.text == "Read again").click()
        page.until("return document.title.startsWith('Summer')")
        page.fill(role="answer")
        assert "Twice." in file.with_suffix(".yaml").read_text(encoding="utf-8")
        assert all("409" in item for item in page.complaints())


def test_script_in_the_text_is_shown(tmp_path: Path, driver: Any) -> None:
    """Markup and script in a text stand on the page as they are and do nothing."""
    title = "<b>Bold</b><script>document.title='run'</script>"
    evil = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\"></textarea>]]>"
    file = collection(tmp_path, f"Q: {evil}?\nA: {evil}.\nQ: Why?\nA: So.\n", sidecar=f'title: "{title}"\n')
    with reviewing(file, tmp_path) as address:
        page = Page(driver, address)
        assert evil in page.driver.execute_script("return document.getElementById('rows').textContent")
        assert page.all("#rows img, #rows script, h1 img") == []
        assert page.driver.title != "run"
        assert page.complaints() == []


def test_the_static_page_is_for_reading(tmp_path: Path, driver: Any) -> None:
    """The same page from a file: evidence on hover, keys to move, and nothing to save with."""
    from selenium.webdriver import ActionChains

    [path] = write_static([session(collection(tmp_path)).view()], tmp_path / "page.html")
    page = Page(driver, path.as_uri())
    assert page.all("button.who, .edge, button.finding") == []
    ActionChains(driver).move_to_element(page.css("mark[data-quote]")).perform()
    page.until("return !document.getElementById('tip').hidden")
    assert "quotation, said by" in page.text("#tip")
    assert page.all(".linked")
    page.keys("q")
    page.until("return document.activeElement.matches('mark')")
    page.keys("s", "d", "m", "u")
    assert not page.driver.execute_script("return document.getElementById('dialog').open")
    assert page.complaints() == []


def test_everything_has_a_name(tmp_path: Path, driver: Any) -> None:
    """For a screen reader: every control has a name, every passage says what it is, one is in the tab order."""
    with reviewing(collection(tmp_path, TALK.replace("boots", "bo\x00ots")), tmp_path) as address:
        page = Page(driver, address)
        nameless = page.driver.execute_script(
            """
            const named = (node) => node.getAttribute('aria-label') || node.textContent.trim() || node.labels?.length;
            return [...document.querySelectorAll('button, [role=slider], [role=button], article, input, select')]
              .filter((node) => !named(node)).map((node) => node.outerHTML)"""
        )
        assert nameless == []
        assert len(page.all(".row[tabindex='0']")) == 1
        labels = page.driver.execute_script(
            "return [...document.querySelectorAll('.row.turn')].map(row => row.getAttribute('aria-label'))"
        )
        assert all(label.startswith("Turn ") for label in labels)
        assert any("finding" in label for label in labels)


@pytest.mark.parametrize("width", [1400, 700, 500])
def test_long_names_and_words_fit_any_window(tmp_path: Path, width: int) -> None:
    """Nothing is cut off or has to be scrolled sideways: long names, words without a blank, text from right to left."""
    name = "Professor Maximiliana von und zu Hohenschwangau-Partenkirchen"
    words = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung" * 3
    text = f"{name}: Who came?\nIlse Quarn: {words}\n{name}: پرسش: چه وقت یخ می‌آید؟\nIlse Quarn: در دی‌ماه.\n"
    [path] = write_static([session(collection(tmp_path, text * 2)).view()], tmp_path / "page.html")
    with chromium(width, 900) as narrow:
        page = Page(narrow, path.as_uri())
        assert narrow.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
        cut = narrow.execute_script(
            "return [...document.querySelectorAll('.row *, aside *')]"
            ".filter((node) => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display === 'block')"
            ".map((node) => node.outerHTML.slice(0, 200))"
        )
        assert cut == []
        assert page.complaints() == []


def test_colours_stand_out_from_what_they_stand_on(tmp_path: Path, driver: Any) -> None:
    """At least 4.5 to 1 wherever there are words, as the guidelines for accessible pages ask."""
    text = TALK.replace("boots", "bo\x00ots").replace("In spring we", "In spring, he said, “we")
    [path] = write_static([session(collection(tmp_path, text)).view()], tmp_path / "page.html")
    page = Page(driver, path.as_uri())
    poor = page.driver.execute_script(Path(__file__).with_name("contrast.js").read_text(encoding="utf-8"))
    assert poor == []


@pytest.mark.slow
def test_ten_thousand_turns_stay_usable(tmp_path: Path, driver: Any) -> None:
    """A text of ten thousand turns opens, moves by key and saves, each within seconds."""
    text = "".join(
        f"Q: How was day {n}?\nA: Day {n} was cold, and we mended the nets until dark.\n" for n in range(5000)
    )
    with reviewing(collection(tmp_path, text), tmp_path) as address:
        page = Page(driver, address)
        assert len(page.all(".row.turn")) == 10_000
        milliseconds = page.driver.execute_script(
            """const begin = performance.now();
               for (let n = 0; n < 50; n += 1)
                 document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true}));
               return performance.now() - begin"""
        )
        assert milliseconds < 5000
        page.driver.execute_script("arguments[0].focus()", page.row("How was day 4321?"))
        page.keys("s")
        page.fill(role="statement")
        page.until("return document.querySelectorAll('.row.corrected').length === 1")


def test_chromium_is_what_is_driven() -> None:
    """The browser is the system's, installed by scripts/browser."""
    assert shutil.which("chromium")
