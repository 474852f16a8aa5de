"""Make the pictures of the documentation from the end-to-end tests: what the terminal and the page really showed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from tests.review.browser import MISSING, chromium

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
_TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #fff }}
pre {{ display: inline-block; margin: 0; padding: 16px 20px; border-radius: 8px; background: #16191d; color: #e6e9ed;
  font: 15px/1.45 "DejaVu Sans Mono", monospace; white-space: pre-wrap; width: 900px }}
b {{ color: #ffd479 }} i {{ color: #ff8f8f; font-style: normal }}
</style><pre>{text}</pre>"""


def main() -> int:
    """Run the tests with pictures, then draw the terminal; returns an exit code."""
    if MISSING is not None:
        sys.stderr.write(f"{MISSING}\n")
        return 1
    environment = {**os.environ, "ONRECORD_PICTURES": str(PICTURES)}
    command = [sys.executable, "-m", "pytest", "-q", "tests/review/test_browser.py"]
    if (status := subprocess.run(command, env=environment, check=False).returncode) != 0:
        return status
    draw(PICTURES)
    return 0


def draw(folder: Path) -> None:
    """Turn every kept output of a terminal in `folder` into a picture."""
    with chromium(960, 900) as driver, tempfile.TemporaryDirectory() as scratch:
        for path in sorted(folder.glob("*.txt")):
            page = Path(scratch) / "terminal.html"
            page.write_text(_TERMINAL.format(text=_coloured(path.read_text(encoding="utf-8"))), encoding="utf-8")
            driver.get(page.as_uri())
            driver.find_element("css selector", "pre").screenshot(str(path.with_suffix(".png")))
            path.unlink()


def _coloured(text: str) -> str:
    shown = escape(text.rstrip("\n"))
    shown = re.sub(r"^\$ .*", r"<b>\g<0></b>", shown, flags=re.MULTILINE)
    return re.sub(r"\berror\[[\w-]+\]|^ .*\^+$", r"<i>\g<0></i>", shown, flags=re.MULTILINE)


if __name__ == "__main__":
    sys.exit(main())
