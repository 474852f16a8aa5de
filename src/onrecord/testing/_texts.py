"""Texts that break programs which count bytes, trust line ends, or think that a character is a letter."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from onrecord.schema.interview import Span

# One piece each of what goes wrong somewhere: astral letters, joined emoji, flags, combining marks, both directions,
# marks without width, every kind of line end and blank, quotation marks alone and in pairs, what looks like labels.
PIECES: tuple[str, ...] = (
    *"a B é ß ı İ Ə ж λ ש ع 李 𝒳 ﬁ".split(),
    *"0 7 10:45 3:16 $5 % #".split(),
    *(". , ; : ? ! … — – - ' ’ \" “ ” „ « » ‹ › ‘ ( ) [ ] { } * ** _ ~~ > >> | / \\ & &amp; <v A> </i>").split(" "),
    *(
        "e\u0301",
        "o\u0308\u0323",
        "\u0301",
        "👩‍👩‍👧",
        "🇦🇿",
        "👍🏽",
        "\ufe0f",
        "\u200d",
        "\u200b",
        "\u00ad",
        "\ufeff",
        "\ufffd",
    ),
    *("\u202b", "\u202c", "\u2067", "\u2069", "\u200f"),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\n\r",
        "\t",
        " ",
        "  ",
        "\u00a0",
        "\u2028",
        "\u2029",
        "\x85",
        "\x0b",
        "\x0c",
        "\x1c",
    ),
    *("\x00", "\x1b[0m", "\x7f", "\ud7ff", "\ue000", "\U0010ffff"),
    *(
        "Question: ",
        "Answer:",
        "Q: ",
        "A. ",
        "ADA BERG: ",
        "Mr. ED HALE (Actor): ",
        "**Ada:** ",
        "- ",
        "* * *",
        "Ada Berg\n",
    ),
    *(
        "(Laughter.) ",
        "[pause]",
        "00:01:02 ",
        "Photo: ",
        "By Ada Berg\n",
        "October 14, 2024",
        "https://example.org/a?b=c ",
    ),
    *("he said", ", said Ada Berg, ", "“No,” she told us. ", "according to officials, ", "He said that ", "the mayor "),
)

_FIRST = {
    "latin": ("Ada", "Bruno", "Çiğdem", "Élodie", "Jürgen", "Zoe\u0308", "Siobhán", "Ivo"),
    "azeri": ("Nigar", "İlqar", "Günel", "Cavid"),
    "cyrillic": ("Ольга", "Сергей", "Ірина", "Пётр"),
    "greek": ("Ελένη", "Γιώργος", "Νίκη"),
    "hebrew": ("נועה", "אורי"),
    "arabic": ("ليلى", "سامي"),
}
_LAST = {
    "latin": ("Berg", "Abbot", "O’Hara", "Şahin", "Ångström", "Garcia-Moll", "Novák", "Strauß"),
    "azeri": ("Rəhimli", "Quliyev", "Əzizova"),
    "cyrillic": ("Ковальчук", "Иванова", "Жуков"),
    "greek": ("Λαμπράκης", "Σταύρου"),
    "hebrew": ("לוי", "כהן"),
    "arabic": ("حداد", "منصور"),
}
CASED = ("latin", "azeri", "cyrillic", "greek")
"""Scripts with capital letters: the only ones that can be printed in capitals."""
SCRIPTS = (*CASED, "hebrew", "arabic")

_OPENERS = {
    "latin": "In {}, ",
    "azeri": "{}-ci ildə ",
    "cyrillic": "В {} году ",
    "greek": "Το {} ",
    "hebrew": "בשנת {} ",
    "arabic": "في عام {} ",
}
_SENTENCES = {
    "latin": (
        "we rebuilt the bridge before the winter came",
        "nobody asked the fishermen about it",
        "my mother kept the letters in a blue box 📦",
        "the cafe\u0301 on the corner closed twice",
        "people called it “the long year” and some still do",
        "there were 12 boats in the harbour that night",
        "it was hard to say 👩‍🚀",
    ),
    "azeri": ("körpünü qışdan əvvəl bərpa etdik", "heç kim bunu soruşmadı"),
    "cyrillic": ("мы починили мост до зимы", "никто об этом не спрашивал", "она назвала это «долгий год» и ушла"),
    "greek": ("φτιάξαμε τη γέφυρα πριν τον χειμώνα", "κανείς δεν ρώτησε τους ψαράδες"),
    "hebrew": ("תיקנו את הגשר לפני החורף", "אף אחד לא שאל את הדייגים"),
    "arabic": ("أصلحنا الجسر قبل الشتاء", "لم يسأل أحد الصيادين"),
}


def texts(max_pieces: int = 30) -> st.SearchStrategy[str]:
    """Any text a file can hold (no lone surrogates), biased towards what breaks programs."""
    piece = st.one_of(st.sampled_from(PIECES), st.text(max_size=4))
    return st.lists(piece, max_size=max_pieces).map("".join)


def spans(text: str, *, empty: bool = True) -> st.SearchStrategy[Span]:
    """A span inside `text`; with `empty=False` one that holds something (the text must, too)."""
    least = 0 if empty else 1

    def from_start(start: int) -> st.SearchStrategy[Span]:
        return st.integers(start + least, len(text)).map(lambda end: Span(start=start, end=end))

    return st.integers(0, len(text) - least).flatmap(from_start)


def names(scripts: tuple[str, ...] = SCRIPTS) -> st.SearchStrategy[str]:
    """A full name: one first name and one surname, in one of several scripts. Nobody real is meant."""

    def of(script: str) -> st.SearchStrategy[str]:
        return st.tuples(st.sampled_from(_FIRST[script]), st.sampled_from(_LAST[script])).map(" ".join)

    return st.sampled_from(scripts).flatmap(of)


def paragraphs(scripts: tuple[str, ...] = SCRIPTS, ends: str = ".!…") -> st.SearchStrategy[str]:
    """A line of one to three plain sentences that end in one of `ends`: nothing in it looks like a label or a note."""
    return st.tuples(dated_paragraphs(scripts, ends), st.integers(1900, 2029)).map(lambda drawn: drawn[0](drawn[1]))


def dated_paragraphs(scripts: tuple[str, ...] = SCRIPTS, ends: str = ".!…") -> st.SearchStrategy[Callable[[int], str]]:
    """A paragraph but for the year it begins with: paragraphs with different years begin differently."""

    def of(script: str) -> st.SearchStrategy[Callable[[int], str]]:
        sentence = st.tuples(st.sampled_from(_SENTENCES[script]), st.sampled_from(ends)).map("".join)
        return st.lists(sentence, min_size=1, max_size=3).map(lambda drawn: _paragraph(_OPENERS[script], drawn))

    return st.sampled_from(scripts).flatmap(of)


def _paragraph(opener: str, sentences: list[str]) -> Callable[[int], str]:
    first, *others = sentences
    rest = "".join(f" {sentence[0].upper()}{sentence[1:]}" for sentence in others)
    return lambda year: f"{opener.format(year)}{first}{rest}"
