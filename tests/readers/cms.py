"""Pages as ordinary publishing systems write them, around fictional interviews: `pages/<system>.html`.

What stands in `⟦ ⟧` is furniture, what stands in `⟪ ⟫` belongs to the article; the marks are taken out before a page
is read. What has neither (titles, bylines, dates) may be counted either way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class CmsPage(NamedTuple):
    """A page with what belongs to its article and what is furniture, each as the strings that stand in it."""

    html: str
    article: tuple[str, ...]
    furniture: tuple[str, ...]


def _page(source: str) -> CmsPage:
    article = tuple(" ".join(found.split()) for found in re.findall("⟪([^⟫]*)⟫", source))
    furniture = tuple(" ".join(found.split()) for found in re.findall("⟦([^⟧]*)⟧", source))
    return CmsPage(re.sub("[⟪⟫⟦⟧]", "", source), article, furniture)


PAGES: Mapping[str, CmsPage] = {
    path.stem: _page(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "pages").glob("*.html"))
}
