"""Bytes to text: nothing is lost, whatever the encoding, and a guess is said to be one."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ReadError
from onrecord.readers._decode import Decoded, decode, encode
from tests.readers import encodings

# Sentences of our own, one a language, in the encodings in which it was written before UTF-8.
SENTENCES: dict[str, tuple[str, str]] = {
    "ru": ("- Почему вы остались в деревне?\n- Здесь мой дом, здесь река и сад.\n", "cp1251 koi8-r iso8859-5 cp866"),
    "uk": ("Запитання: Чому ви лишилися?\nВідповідь: Тут мій дім, її пісні та поле.\n", "cp1251 koi8-u"),
    "tr": ("Soru: Neden köyde kaldınız?\nCevap: Evim burada, bahçem de; ağaçları dedem dikti.\n", "cp1254 iso8859-9"),
    "de": (
        "Frage: Warum sind Sie geblieben?\nAntwort: Hier stehen die Bäume, die mein Großvater säte.\n",
        "cp1252 cp850",
    ),
    "fr": (
        "Question : pourquoi êtes-vous resté ?\nRéponse : ma mère a planté ici un arbre à thé.\n",
        "cp1252 mac-roman",
    ),
    "es": ("Pregunta: ¿Por qué se quedó?\nRespuesta: Aquí está el árbol de mi niñez.\n", "cp1252 iso8859-1"),
    "en": ("Q: Why “stay”?\nA: Because it’s home — that’s why.\n", "cp1252 mac-roman"),
    "pl": (
        "Pytanie: Dlaczego pan został?\nOdpowiedź: Tu rośnie drzewo, które zasadził mój dziadek.\n",
        "cp1250 iso8859-2",
    ),
    "el": ("Ερώτηση: Γιατί μείνατε στο χωριό;\nΑπάντηση: Εδώ είναι το σπίτι μου και το δέντρο.\n", "cp1253"),
    "ja": ("記者：なぜ村に残ったのですか。\n山田：ここに祖父の木があるからです。\n", "shift_jis euc-jp iso2022_jp"),
    "zh": ("记者：您为什么留在村里？\n李老师：这里有我爷爷种的树。\n", "gb18030 gbk"),
    "zh-TW": ("記者：您為什麼留在村裡？\n李老師：這裡有我爺爺種的樹。\n", "big5"),
    "ko": ("기자: 왜 마을에 남으셨습니까?\n답: 여기에 할아버지의 나무가 있습니다.\n", "euc-kr"),
    "he": ("שאלה: למה נשארת בכפר?\nתשובה: כאן הבית שלי והעץ של סבא.\n", "cp1255"),
    "ar": ("سؤال: لماذا بقيت في القرية؟\nجواب: هنا بيتي وشجرة جدي.\n", "cp1256"),
    "az": ("Sual: Niyə kənddə qaldınız?\nCavab: Babamın ağacı buradadır.\n", "utf-16-le utf-16-be utf-32-le"),
    "ru-wide": ("— Почему вы остались?\n— Здесь мой дом.\n", "utf-16-le utf-16-be utf-32-be"),
    "ja-wide": ("記者：なぜ村に残ったのですか。\n山田：木があるからです。\n", "utf-16-le utf-16-be"),
}
PAIRS = [(language, codec) for language, (_, codecs_) in SENTENCES.items() for codec in codecs_.split()]


def codes(decoded: Decoded) -> list[str]:
    """The codes of what was wrong."""
    return [problem.code for problem in decoded.problems]


def back(decoded: Decoded) -> bytes:
    """The bytes a decoded text gives back."""
    return encode(decoded.text, decoded.encoding, decoded.newline, decoded.marks)


@pytest.mark.parametrize(("language", "codec"), PAIRS)
def test_two_lines_of_an_old_encoding_are_read_right_and_said_to_be_guessed(language: str, codec: str) -> None:
    """Two short lines are enough to tell the encodings of the world apart, and a finding says it was a guess."""
    text = SENTENCES[language][0]
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert codes(decoded) == ["encoding-guessed"]
    assert back(decoded) == text.encode(codec)


@pytest.mark.parametrize(("language", "codec"), PAIRS)
def test_a_stated_encoding_is_taken_without_a_guess(language: str, codec: str) -> None:
    """The card's encoding is used, and there is nothing to report."""
    text = SENTENCES[language][0]
    decoded = decode(text.encode(codec), codec)
    assert (decoded.text, codes(decoded)) == (text, [])
    assert back(decoded) == text.encode(codec)


@pytest.mark.parametrize("language", list(SENTENCES))
def test_utf8_is_never_taken_for_anything_else(language: str) -> None:
    """UTF-8 is recognised in every script, even a single line of it."""
    for text in (SENTENCES[language][0], SENTENCES[language][0].splitlines()[0]):
        assert decode(text.encode()) == Decoded(text, "utf-8", "lf" if "\n" in text else "none")


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("stated", [None, "same", "family"])
def test_a_byte_order_mark_is_taken_off_and_put_back(bom: bytes, codec: str, stated: str | None) -> None:
    """A mark says the encoding; the text is without it, the rebuilt file has it, also if the card says the same."""
    data = bom + "Ağ? Yox.\r\n".encode(codec)
    card = None if stated is None else codec if stated == "same" else codec.removesuffix("-le").removesuffix("-be")
    decoded = decode(data, card)
    assert (decoded.text, decoded.encoding, decoded.newline) == ("Ağ? Yox.\n", f"{codec}-sig", "crlf")
    assert codes(decoded) == []
    assert back(decoded) == data


@pytest.mark.parametrize("stated", ["utf-8-sig", "utf_8_sig", "UTF8", "latin1", "Windows-1252", "utf-16", "utf-32"])
def test_every_usual_name_of_an_encoding_is_understood(stated: str) -> None:
    """Cards may use the names people use."""
    codec = codecs.lookup(stated).name.removesuffix("-sig")
    data = "Evet, çok.\n".encode(codec if codec not in ("utf-16", "utf-32") else f"{codec}-le")
    decoded = decode(data, stated)
    assert decoded.text == "Evet, çok.\n"
    assert codes(decoded) == []
    assert back(decoded) == data


@pytest.mark.parametrize(
    ("data", "text", "newline"),
    [
        (b"a\nb\n", "a\nb\n", "lf"),
        (b"a\r\nb\r\n", "a\nb\n", "crlf"),
        (b"a\rb\r", "a\nb\n", "cr"),
        (b"a\r\nb\n", "a\r\nb\n", "mixed"),
        (b"a\rb\n", "a\rb\n", "mixed"),
        (b"\n\r", "\n\r", "mixed"),
        (b"a\r\r\nb", "a\r\r\nb", "mixed"),
        (b"ab", "ab", "none"),
    ],
)
def test_uniform_newlines_become_lf_and_mixed_ones_stay(data: bytes, text: str, newline: str) -> None:
    """One kind of line end is stored as LF and named; several stay as they are."""
    decoded = decode(data)
    assert (decoded.text, decoded.newline) == (text, newline)
    assert ("mixed-newlines" in codes(decoded)) == (newline == "mixed")
    assert back(decoded) == data


@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_whatever_has_a_text_is_given_back_byte_for_byte(data: bytes) -> None:
    """Arbitrary bytes either are no text at all, or come back as they were."""
    decoded = decode(data)
    decoded.text.encode()
    if decoded.encoding is not None:
        assert back(decoded) == data


@given(
    st.binary(max_size=200),
    st.sampled_from("utf-8 ascii cp1252 cp1251 cp932 big5 gb18030 euc-kr utf-16-le utf-32-be utf-8-sig koi8-r".split()),
)
def test_whatever_is_stated_gives_the_bytes_back(data: bytes, stated: str) -> None:
    """Bytes read as any stated encoding come back as they were, however wrong the statement is."""
    decoded = decode(data, stated)
    decoded.text.encode()
    if decoded.encoding is not None:
        assert back(decoded) == data


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.binary(min_size=1, max_size=3)), max_size=3))
def test_damage_in_utf8_loses_no_character_around_it(text: str, damage: list[tuple[int, bytes]]) -> None:
    """Bytes put into a UTF-8 text leave the rest of it as it was."""
    data = text.encode()
    for at, noise in damage:
        data = data[:at] + noise + data[at:]
    decoded = decode(data, "utf-8")
    assert back(decoded) == data
    undecodable = [mark for mark in decoded.marks if mark.kind == "undecodable"]
    assert all(mark.span.of(decoded.text) == "\ufffd" for mark in undecodable)
    assert len(undecodable) == min(20, codes(decoded).count("undecodable-bytes")) or len(undecodable) > 20


def test_damaged_utf8_keeps_its_bytes_in_marks() -> None:
    """Two bytes that are no UTF-8 become one U+FFFD, with their values in a mark and a problem at the place."""
    data = "Zoë: ja".encode() + b"\xff\xfe" + "… größer.\n".encode()
    decoded = decode(data)
    assert decoded.text == "Zoë: ja\ufffd… größer.\n"
    assert [(mark.span.start, mark.value) for mark in decoded.marks] == [(7, "fffe")]
    assert [(problem.code, problem.offset) for problem in decoded.problems] == [("undecodable-bytes", 7)]


def test_a_real_replacement_character_has_no_mark() -> None:
    """U+FFFD in the source is a character like any other."""
    assert decode("a\ufffdb".encode()) == Decoded("a\ufffdb", "utf-8", "none")


def test_characters_in_their_rarer_form_come_back() -> None:
    """Shift-JIS has two byte sequences for some signs: the text has the sign, the file comes back."""
    data = b"\x87\x90 \x8a\xbf\x8e\x9a\r\n\x81\xe0 \x87\x91\r\n"
    decoded = decode(data, "cp932")
    assert decoded.text == "≒ 漢字\n≒ ≡\n"
    assert codes(decoded) == []
    assert back(decoded) == data


def test_a_wrongly_stated_encoding_is_refuted_by_the_bytes() -> None:
    """A statement that would make much of a text undecodable is not followed, and that is an error."""
    text = "Почему вы остались здесь? Потому что это мой дом. " * 100
    decoded = decode(text.encode("cp1251"), "utf-8")
    assert decoded.text == text
    assert codes(decoded) == ["wrong-encoding", "encoding-guessed"]


@pytest.mark.parametrize(
    "name", ["klingon-8", "rot13", "hex", "utf-7", "unicode_escape", "punycode", "", "\0"], ids=repr
)
def test_an_encoding_that_does_not_exist_is_said_and_passed_over(name: str) -> None:
    """Names of no encoding, and codecs that are no encodings of text, are a problem; the file is read without them."""
    decoded = decode("Ağ.\n".encode(), name)
    assert (decoded.text, codes(decoded)) == ("Ağ.\n", ["unknown-encoding"])


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        bytes(range(256)) * 16,
        b"\x00" * 100,
        b"\x7fELF\x02\x01\x01" + b"\0" * 50 + b"\xc3\x28" * 40,
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(128, 256)) * 3,
    ],
    ids=["png", "all bytes", "zeros", "elf", "zip"],
)
def test_files_that_are_no_text_have_none(data: bytes) -> None:
    """For bytes that are no text none is made up, and rebuilding says why it cannot be done."""
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, codes(decoded)) == ("", None, ["binary-file"])
    with pytest.raises(ReadError, match="no text"):
        back(decoded)


def test_nul_and_other_controls_stay_and_are_reported_once() -> None:
    """Control characters stay where they are; one problem at the first says how many there are."""
    decoded = decode(("Q: Who?\0 A: We\x01.\x7f " + "word " * 40).encode())
    assert decoded.text.startswith("Q: Who?\0 A: We\x01.\x7f ")
    assert [(problem.code, problem.offset) for problem in decoded.problems] == [("control-characters", 7)]
    assert "3 control characters" in decoded.problems[0].message


def test_thousands_of_damaged_places_are_reported_in_a_bounded_list() -> None:
    """The marks are complete; the problems stop at twenty and the last says how many more there are."""
    data = b"".join(b"word word word word word word word word %d \xff word.\n" % number for number in range(500))
    decoded = decode(data, "utf-8")
    assert len(decoded.marks) == 500
    assert codes(decoded) == ["undecodable-bytes"] * 20
    assert "480 more" in decoded.problems[-1].message


@pytest.mark.parametrize(
    "data",
    [b"x" * 200_000_000, ("я" * 50_000_000).encode("cp1251"), b"ab \xff " * 10_000_000],
    ids=["ascii", "cp1251", "damaged"],
)
@pytest.mark.slow
def test_a_line_of_very_many_megabytes_is_read(data: bytes) -> None:
    """200 MB on one line are decoded; what is hopelessly damaged is said to be no text."""
    decoded = decode(data)
    assert decoded.encoding is None or back(decoded) == data


def test_the_detector_looks_where_the_letters_are() -> None:
    """A file whose first megabyte is ASCII is judged by what comes after it."""
    text = "word " * 200_000 + "— Почему вы остались в деревне? Здесь мой дом, здесь река и сад.\n" * 5
    decoded = decode(text.encode("cp1251"))
    assert decoded.encoding == "cp1251"
    assert decoded.text == text


@pytest.mark.parametrize(
    ("language", "codec"),
    [
        *[("ru", "cp1251"), ("tr", "cp1254"), ("de", "cp1252"), ("fr", "cp1252"), ("es", "cp1252"), ("ja", "cp932")],
        *[("zh", "gb18030"), ("ru", "utf-16-le"), ("de", "utf-16-be"), ("zh", "utf-16-le"), ("ja", "utf-16")],
    ],
)
def test_three_hundred_characters_of_an_old_encoding_are_read_right(language: str, codec: str) -> None:
    """Pieces of 300 characters of the fictional collection come back from the encodings the world still writes."""
    score = encodings.score(language, codec, 300)
    assert score.pieces
    assert score.right == score.pieces
