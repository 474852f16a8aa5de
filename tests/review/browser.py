"""A headless Chromium and the `onrecord review` it looks at, for tests and for the pictures of the documentation."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

MISSING = next(
    (
        f"{name} is not installed; scripts/browser does it"
        for name in ("chromium", "chromedriver")
        if not shutil.which(name)
    ),
    None if find_spec("selenium") else "selenium is not installed; it is in the dev extra",
)
"""Why no browser can be driven here; None if one can."""

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "PYTHONUNBUFFERED": "1"}


def onrecord(
    *arguments: str | Path, cwd: Path, stdin: bytes | None = None, env: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a contributor does."""
    run = subprocess.run(
        [sys.executable, "-m", "onrecord", *map(str, arguments)],
        input=stdin, capture_output=True, cwd=cwd, env={**ENVIRONMENT, **env}, timeout=120, check=False,
    )  # fmt: skip
    return subprocess.CompletedProcess(run.args, run.returncode, run.stdout.decode(), run.stderr.decode())


def git(*arguments: str, cwd: Path) -> None:
    """Run git in a repository of the test's own, whatever the machine's settings are."""
    who = ["-c", "user.name=Ada Example", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=cwd, check=True, capture_output=True)


def ci(folder: Path, base: str, out: Path) -> subprocess.CompletedProcess[str]:
    """Run what the GitHub Action runs."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    script = ROOT / ".github" / "actions" / "check-interviews" / "check.sh"
    return subprocess.run(
        ["bash", str(script), str(folder), base, str(out)], capture_output=True, text=True, env=environment, check=False
    )


@contextlib.contextmanager
def reviewing(what: str | Path, cwd: Path, by: str = "Ada Example") -> Iterator[str]:
    """Run `onrecord review` and yield the address it prints."""
    command = [sys.executable, "-m", "onrecord", "review", str(what), "--no-open", "--by", by]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=cwd, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().decode().rsplit(" ", 1)[1].strip()
        finally:
            process.terminate()


@contextlib.contextmanager
def chromium(width: int = 1400, height: int = 950) -> Iterator[Any]:
    """Yield a driver of a headless Chromium that reaches nothing but this machine."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for argument in (
        "--headless=new",
        "--no-sandbox",  # tests run as root in containers, where the sandbox cannot be set up
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--force-prefers-reduced-motion",
        "--lang=en",
        f"--window-size={width},{height}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


class Page:
    """What a person does on the page, in few words."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver = driver
        driver.get(address)
        self.until("return document.body && document.body.dataset.ready === 'true'")

    def until(self, script: str, *arguments: Any) -> Any:
        """Wait until `script` returns something true, and return it."""
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.driver, 60, 0.05).until(lambda driver: driver.execute_script(script, *arguments))

    def css(self, selector: str) -> Any:
        """The first element that matches."""
        from selenium.webdriver.common.by import By

        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[Any]:
        """All elements that match."""
        from selenium.webdriver.common.by import By

        return list(self.driver.find_elements(By.CSS_SELECTOR, selector))

    def row(self, words: str) -> Any:
        """The row whose text begins with or holds `words`."""
        return self.until(
            """return [...document.querySelectorAll('.row')]
                 .find((row) => row.querySelector('.words').textContent.includes(arguments[0]))""",
            words,
        )

    def keys(self, *keys: str) -> None:
        """Type keys where the focus is."""
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def select(self, words: str) -> None:
        """Mark words of the text as a mouse does."""
        found = self.driver.execute_script(
            """
            const [words] = arguments;
            for (const row of document.querySelectorAll('.words')) {
              const at = row.textContent.indexOf(words);
              if (at < 0) continue;
              const place = (offset) => { for (const run of row.childNodes) { const node = run.firstChild;
                if (offset <= node.length) return [node, offset]; offset -= node.length; } };
              const range = document.createRange();
              range.setStart(...place(at)); range.setEnd(...place(at + words.length));
              row.scrollIntoView({block: 'center'});
              getSelection().removeAllRanges(); getSelection().addRange(range);
              return true;
            }""",
            words,
        )
        assert found, words

    def fill(self, **fields: str) -> None:
        """Fill the open dialog and save; wait until it is closed."""
        from selenium.webdriver.support.ui import Select

        self.until("return document.getElementById('dialog').open")
        for name, value in fields.items():
            control = self.css(f"#field-{name}")
            if control.tag_name == "select":
                Select(control).select_by_visible_text(value)
            else:
                control.clear()
                control.send_keys(value)
        self.css("#dialog button[type=submit]").click()
        self.until("return !document.getElementById('dialog').open")

    def text(self, selector: str) -> str:
        """The visible text of the first element that matches."""
        return str(self.css(selector).text)

    def picture(self, path: Path) -> None:
        """Save what is seen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.driver.save_screenshot(str(path))

    def complaints(self) -> list[str]:
        """What the browser's console says is wrong."""
        return [item["message"] for item in self.driver.get_log("browser") if item["level"] in ("SEVERE", "WARNING")]
