"""What the elements, classes and attributes of pages mean: tables of general words, used by the HTML reader.

Class names are split into words (`interviewQuestion`, `wp-caption-text`); a word counts wherever it is used. Words
that pages also use for their whole body (`comment`, `widget`) only count on elements that hold a small part of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from onrecord.schema.interview import MarkKind

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup html li main menu nav ol option optgroup p pre section select summary "
    "table tbody td tfoot th thead tr ul legend textarea button".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr frame".split())
CLOSES_PARAGRAPH = frozenset(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table ul dd dt".split()
)
# A start tag ends an open element of these names, unless one of the second names is opened in between.
IMPLIED_ENDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
ENDS_REQUIRED = frozenset({"article", "div", "main", "section", "table"})
"""Elements around the words of a page whose end tag may not be left out."""
SCOPES = frozenset({"table", "td", "th", "caption"})
INLINE: Mapping[str, MarkKind] = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline", "s": "strike",
    "strike": "strike", "del": "strike", "cite": "cite", "q": "quote", "time": "time", "code": "code", "tt": "style",
    "kbd": "code", "samp": "code", "var": "italic", "dfn": "italic", "a": "link", "span": "style", "font": "colour",
    "sup": "style", "sub": "style", "small": "style", "mark": "style", "label": "style", "abbr": "style", "big": "bold",
}  # fmt: skip
BLOCK_MARKS: Mapping[str, MarkKind] = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "blockquote": "quote", "figcaption": "caption", "caption": "caption", "dt": "list-term", "dd": "list-definition",
    "summary": "bold",  # browsers set what opens a passage apart, and pages put questions there
    "li": "list-item", "table": "table", "tr": "row", "td": "cell", "th": "cell", "nav": "navigation",
    "footer": "footer", "form": "navigation", "select": "navigation", "button": "navigation", "textarea": "navigation",
}  # fmt: skip
MAIN_ELEMENTS = frozenset({"main", "article"})
NOT_SHOWN = frozenset({"script", "style", "template", "noscript", "iframe", "noembed", "noframes", "title"})
FALLBACK = frozenset({"video", "audio", "object", "canvas", "applet", "datalist"})
_MAIN_WORDS = (
    "article-body", "articlebody", "entry-content", "post-content", "post-body", "article-content", "story-body",
    "content-body", "main-content", "transcript", "interview",
)  # fmt: skip
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ROLES: Mapping[str, str] = {
    **dict.fromkeys(
        "question questions interviewer frage fragen pregunta pergunta domanda soru sual vopros".split(), "question"
    ),
    **dict.fromkeys(
        "answer answers interviewee antwort respuesta resposta reponse risposta cevap cavab otvet".split(), "answer"
    ),
}
_EXACT_ROLES = {"q": "question", "a": "answer"}
_SPEAKER = frozenset("speaker speakers voice sprecher hablante locuteur speakername".split())
_CAPTION = frozenset("caption captions credit credits photocredit imagecredit bildunterschrift".split())
_COMMENTS = frozenset("comment comments disqus respond kommentare comentarios commentaires".split())
_NAVIGATION = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs sidebar related share sharing social newsletter subscribe promo "
    "advert advertisement ad ads banner cookie cookies pagination pager toc tags taglist sponsored popup modal login "
    "search skip jump toolbar recommended recommendations relatedposts recirc masthead signup signin follow consent "
    "gdpr button buttons btn anzeige werbung publicidad publicite reklam".split()
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_COLOUR_STYLE = re.compile(r"(?<![-\w])color\s*:\s*([#\w(),.% -]{1,40})", re.IGNORECASE)
_SPEAKER_ATTRIBUTES = ("data-speaker", "data-speaker-name", "data-voice", "data-author", "data-name")

Hint = tuple[MarkKind, str | None]


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element's own attributes keep it from being shown."""
    return "hidden" in attributes or ("style" in attributes and _HIDDEN_STYLE.search(attributes["style"]) is not None)


def words_of(attributes: Mapping[str, str]) -> list[str]:
    """Return the words of an element's class and id, in lower case."""
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:500]
    return [word.lower() for word in _WORDS.findall(names)]


def is_main(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element may be the page's main content."""
    if name in MAIN_ELEMENTS or attributes.get("role") == "main" or attributes.get("itemprop") == "articleBody":
        return True
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"[:500].lower()
    return name in ("div", "section", "td") and any(word in names.split() for word in _MAIN_WORDS)


def hints(name: str, attributes: Mapping[str, str]) -> list[Hint]:
    """Return the marks that an element's attributes ask for, beyond those of its name."""
    if not attributes:
        return []
    found: list[Hint] = []
    for attribute in _SPEAKER_ATTRIBUTES:
        if attributes.get(attribute, "").strip():
            found.append(("speaker", " ".join(attributes[attribute].split())))
            break
    if "style" in attributes:
        found += _styles(attributes["style"])
    if "class" in attributes or "id" in attributes:
        found += _classes(name, attributes)
    if attributes.get("role") in ("navigation", "search", "menu", "menubar"):
        found.append(("navigation", attributes["role"]))
    return found


def _styles(style: str) -> list[Hint]:
    style = style[:1000]
    found: list[Hint] = []
    if _BOLD_STYLE.search(style):
        found.append(("bold", None))
    if _ITALIC_STYLE.search(style):
        found.append(("italic", None))
    if (colour := _COLOUR_STYLE.search(style)) is not None:
        found.append(("colour", colour[1].strip()))
    return found


def _classes(name: str, attributes: Mapping[str, str]) -> list[Hint]:
    found: list[Hint] = []
    words = words_of(attributes)
    role = _EXACT_ROLES.get(attributes.get("class", "").strip().lower())
    role = role or next((_ROLES[word] for word in words if word in _ROLES), None)
    if role is not None:
        found.append(("style", role))
    if not _SPEAKER.isdisjoint(words):
        found.append(("cite", "speaker"))
    if name in ("html", "body", "main", "article"):
        return found
    if not _CAPTION.isdisjoint(words):
        found.append(("caption", None))
    elif not _COMMENTS.isdisjoint(words):
        found.append(("comment", "class"))
    elif not _NAVIGATION.isdisjoint(words):
        found.append(("navigation", "class"))
    return found
