from __future__ import annotations

import datetime
import threading
from pathlib import Path
from typing import Any

import pytest

from onrecord.checking import check_paths
from onrecord.errors import ConfigError
from onrecord.review import ConflictError, NotWritableError, Session, locate, store
from tests.review.made import TALK, act, collection, session, turn_at, words_of


def statuses(model: dict[str, Any]) -> list[str]:
    """What became of the corrections."""
    return [item["status"] for item in model["corrections"]]


def test_a_speaker_is_changed_and_named(tmp_path: Path) -> None:
    """A turn gets another speaker: saved with author, day and reason, applied at once, shown as a diff."""
    file = collection(tmp_path, sidecar="# mine\ntitle: Winter\n")
    review = session(file)
    turn = turn_at(review.model(), "Do you mind")
    model = act(review, action="voice", item=turn["id"], speaker="Bo Lind", role="question")
    changed = turn_at(model, "Do you mind")
    assert model["speakers"][changed["speaker"]]["name"] == "Bo Lind"
    assert changed["corrected"]
    assert statuses(model) == ["applied"]
    text = file.with_suffix(".yaml").read_text(encoding="utf-8")
    assert text.startswith("# mine\ntitle: Winter\ncorrections:\n")
    assert "by: Ada Example" in text
    assert f"on: {datetime.date.today()}" in text
    assert "+    set: {speaker: Bo Lind}" in model["diff"]  # the role was that already


def test_the_same_thing_corrected_twice_is_one_correction(tmp_path: Path) -> None:
    """Who changes their mind replaces the first correction; the two do not contradict one another."""
    review = session(collection(tmp_path))
    turn = turn_at(review.model(), "Do you mind")
    act(review, action="voice", item=turn["id"], speaker="Bo Lind")
    model = act(review, action="voice", item=turn_at(review.model(), "Do you mind")["id"], speaker="Cy Moe")
    assert statuses(model) == ["applied"]
    assert not [item for item in model["findings"] if item["code"] == "contradictory-corrections"]


def test_a_boundary_moves_down_up_and_back(tmp_path: Path) -> None:
    """A turn's beginning moves into either neighbour; no word is lost or said twice."""
    review = session(collection(tmp_path))
    at = TALK.index("My sister does")
    turn = turn_at(review.model(), "And in spring")
    model = act(review, action="boundary", item=turn["id"], to=at)
    assert words_of(turn_at(model, "My sister does")).startswith(
        "My sister does. She says the cold is a matter of boots."
    )
    assert words_of(turn_at(model, "A: No.")) == "A: No. "
    moved = turn_at(model, "My sister does")
    model = act(review, action="boundary", item=moved["id"], to=TALK.index("She says"))
    assert words_of(turn_at(model, "She says")).startswith("She says")
    assert words_of(turn_at(model, "My sister")) == "A: No. My sister does. "
    assert "".join(words_of(piece) for piece in model["pieces"]) == TALK
    assert not [item for item in model["findings"] if item["level"] == "error"]


def test_turns_are_divided_and_joined(tmp_path: Path) -> None:
    """A turn is divided in two, and one that was wrongly opened by a word like a label goes on with the one before."""
    review = session(collection(tmp_path))
    turn = turn_at(review.model(), "In January")
    model = act(
        review, action="divide", item=turn["id"], to=TALK.index("Remember"), speaker="Bo Lind", role="statement"
    )
    second = turn_at(model, "Remember")
    assert words_of(second).startswith("Remember: it comes at night.")
    assert model["speakers"][second["speaker"]]["name"] == "Bo Lind"
    model = act(review, action="merge", item=turn_at(model, "Do you mind")["id"])
    assert "Do you mind" in words_of(turn_at(model, "Remember"))
    assert statuses(model) == ["applied", "applied"]


def test_a_quotation_is_marked_changed_and_removed(tmp_path: Path) -> None:
    """A quotation is added without the marks around it, gets another kind, cue and source, and is taken out again."""
    review = session(collection(tmp_path, TALK.replace("the cold is a matter", "“the cold” is a matter")))
    text = review.view().interview.text
    start = text.index("“the cold”")
    for quote in review.model()["quotes"]:  # what the parser finds there is another matter
        if start <= quote["at"] <= start + 12 or "cold" in quote["words"]:
            act(review, action="unquote", item=quote["id"])
    model = act(review, action="quote", start=start, end=start + 10, kind="direct", speaker="My sister")
    [quote] = [item for item in model["quotes"] if item["words"] == "the cold"]
    assert model["speakers"][quote["speaker"]]["name"] == "My sister"
    says, she = text.index("says"), text.index("She says")
    model = act(review, action="quotation", item=quote["id"], kind="mixed", cue=[says, says + 4], source=[she, she + 3])
    [quote] = [item for item in model["quotes"] if item["words"] == "the cold"]
    assert (quote["kind"], quote["cue"], quote["source"]) == ("mixed", "says", "She")
    model = act(review, action="unquote", item=quote["id"])
    assert not [item for item in model["quotes"] if item["words"] == "the cold"]


def test_a_speaker_is_renamed_a_block_recast(tmp_path: Path) -> None:
    """A name holds wherever the speaker stands; a block gets another kind."""
    review = session(collection(tmp_path))
    model = review.model()
    quarn = next(item for item in model["speakers"] if item["name"] == "Ilse Quarn")
    model = act(review, action="speaker", item=quarn["id"], name="Ilse K. Quarn", roles=["interviewee"])
    assert any(item["name"] == "Ilse K. Quarn" for item in model["speakers"])
    first = model["pieces"][0]
    model = act(review, action="block", start=first["at"], end=first["end"], kind="boilerplate")
    assert model["pieces"][0]["kind"] == "boilerplate"


def test_metadata_is_corrected(tmp_path: Path) -> None:
    """Title, date and the rest are set as far as they are known, in one correction per thing; nonsense is refused."""
    review = session(collection(tmp_path))
    model = act(review, action="metadata", title="Winter", date="2031-05")
    assert (model["facts"]["title"], model["facts"]["date"]) == ("Winter", "2031-05")
    model = act(review, action="metadata", place="Skerry")
    model = act(review, action="metadata", title="Ice", why="Another edition.")
    assert (model["facts"]["title"], model["facts"]["place"]) == ("Ice", "Skerry")
    assert [item["why"] for item in model["corrections"]] == ["Another edition.", "Heard on the tape."]
    assert model["accepted"]
    for wrong in ({"date": "2031-13-01"}, {"language": "plain English"}, {}):
        with pytest.raises(ConfigError):
            act(review, action="metadata", **wrong)


def test_a_finding_is_waived_and_the_waiver_taken_back(tmp_path: Path) -> None:
    """A waiver carries code, place, reason and author; taken back, the finding stands again."""
    file = collection(tmp_path, TALK.replace("In January", "In\x00January"))
    review = session(file)
    finding = next(item for item in review.model()["findings"] if item["waivable"])
    model = act(
        review, action="waive", code=finding["code"], where=finding["where"], line=finding["line"], expires="2999-01-01"
    )
    assert next(item for item in model["findings"] if item["code"] == finding["code"])["waived"]
    assert model["sidecar"]["waivers"][0]["by"] == "Ada Example"
    model = act(review, action="withdraw", section="waivers", index=0)
    assert model["sidecar"]["waivers"] == []
    assert not next(item for item in model["findings"] if item["code"] == finding["code"])["waived"]


def test_undo_gives_the_bytes_back(tmp_path: Path) -> None:
    """What was saved is taken back byte for byte; without a sidecar before there is none again."""
    file = collection(tmp_path)
    review = session(file)
    turn = turn_at(review.model(), "Do you mind")
    act(review, action="voice", item=turn["id"], speaker=None)
    assert file.with_suffix(".yaml").exists()
    model = review.undo()
    assert not file.with_suffix(".yaml").exists()
    assert model["corrections"] == []
    with pytest.raises(ConfigError, match="nothing"):
        review.undo()


def test_the_second_of_two_editors_is_told(tmp_path: Path) -> None:
    """Of two who save at once the second is told, and nothing of the first is overwritten, by saving nor by undoing."""
    file = collection(tmp_path, sidecar="title: Winter\n")
    one, two = session(file), session(file)
    base = two.view().state.digest
    turn = turn_at(one.model(), "Do you mind")
    act(one, action="voice", item=turn["id"], speaker="Bo Lind")
    saved = file.with_suffix(".yaml").read_bytes()
    said = {"action": "voice", "item": turn["id"], "speaker": "Cy Moe", "by": "B", "why": "w"}
    with pytest.raises(ConflictError, match="changed by somebody else"):
        two.save(base, said)
    assert file.with_suffix(".yaml").read_bytes() == saved
    file.with_suffix(".yaml").write_bytes(saved + b"# by hand\n")
    with pytest.raises(ConflictError):
        one.undo()
    assert file.with_suffix(".yaml").read_bytes() == saved + b"# by hand\n"


def test_of_many_who_write_at_once_one_wins(tmp_path: Path) -> None:
    """Of twenty that write the same state at the same time exactly one succeeds, and no lock is left."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"title: T\n")
    base = store.snapshot(path).digest
    outcomes: list[int | None] = []

    def write(number: int) -> None:
        try:
            store.replace(path, base, f"title: {number}\n".encode())
            outcomes.append(number)
        except ConflictError:
            outcomes.append(None)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [winner] = [item for item in outcomes if item is not None]
    assert path.read_text() == f"title: {winner}\n"
    assert [item.name for item in tmp_path.iterdir()] == ["x.yaml"]


def test_a_read_only_sidecar_is_left_alone(tmp_path: Path) -> None:
    """A sidecar marked read-only, or a link, is not written, also not by root, and the page says why."""
    file = collection(tmp_path, sidecar="title: Winter\n")
    sidecar = file.with_suffix(".yaml")
    sidecar.chmod(0o444)
    review = session(file)
    assert "read-only" in review.model()["sidecar"]["locked"]
    with pytest.raises(NotWritableError, match="read-only"):
        act(review, action="voice", item=turn_at(review.model(), "Do you mind")["id"], speaker=None)
    sidecar.chmod(0o644)
    sidecar.rename(file.with_name("other.yaml"))
    sidecar.symlink_to(file.with_name("other.yaml"))
    with pytest.raises(NotWritableError, match="link"):
        act(review, action="voice", item=turn_at(review.model(), "Do you mind")["id"], speaker=None)
    assert file.with_name("other.yaml").read_text() == "title: Winter\n"


def test_windows_newlines_and_byte_order_mark_stay(tmp_path: Path) -> None:
    """A sidecar from Windows keeps its line ends and its byte-order mark."""
    file = collection(tmp_path, sidecar=b"\xef\xbb\xbftitle: Winter\r\n# mine\r\n")
    review = session(file)
    model = act(review, action="voice", item=turn_at(review.model(), "Do you mind")["id"], speaker="Bo Lind")
    data = file.with_suffix(".yaml").read_bytes()
    assert data.startswith(b"\xef\xbb\xbftitle: Winter\r\n# mine\r\n")
    assert data.count(b"\r\n") == data.count(b"\n")
    assert statuses(model) == ["applied"]


def test_one_of_a_hundred_equal_turns_is_corrected(tmp_path: Path) -> None:
    """Where the same words stand a hundred times, the one that was meant is changed; never another one by a guess."""
    text = "Q: Is that so?\nA: Yes.\n" * 100
    file = collection(tmp_path, text)
    review = session(file)
    turns = [piece for piece in review.model()["pieces"] if piece["kind"] == "turn"]
    assert len(turns) == 200
    model = act(review, action="voice", item=turns[113]["id"], speaker="Bo Lind")
    changed = [piece["at"] for piece in model["pieces"] if piece.get("corrected")]
    assert changed == [turns[113]["at"]]
    file.write_text("A new first line.\n\n" + text, encoding="utf-8")
    model = review.model()
    assert statuses(model) == ["ambiguous"]
    assert not [piece for piece in model["pieces"] if piece.get("corrected")]
    assert not model["accepted"]


def test_what_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    """An unknown item, a place outside, an unknown action, no reason: said in a sentence, and nothing is written."""
    file = collection(tmp_path)
    review = session(file)
    turn = turn_at(review.model(), "Do you mind")["id"]
    for action in (
        {"action": "voice", "item": "nobody", "speaker": None},
        {"action": "voice", "item": turn},
        {"action": "voice", "item": turn, "role": "question"},
        {"action": "boundary", "item": turn, "to": 0},
        {"action": "divide", "item": turn, "to": 10**9},
        {"action": "quote", "start": 9, "end": 9, "kind": "direct"},
        {"action": "quote", "start": 5, "end": 9, "kind": "shouted"},
        {"action": "fly"},
        {"action": "voice", "item": turn, "speaker": "x", "why": ""},
        {"action": "withdraw", "section": "waivers", "index": 0},
    ):
        with pytest.raises(ConfigError):
            act(review, **action)
    with pytest.raises(ConfigError):
        review.save(review.view().state.digest, None)
    assert not file.with_suffix(".yaml").exists()


def several(tmp_path: Path) -> tuple[Path, list[Session]]:
    """A file with two interviews of the same words but for a name, and a review of each."""
    lines = "".join(f'{{"text": "Q: Who?\\nA: {name}.\\nQ: Why?\\nA: So."}}\n' for name in ("Bo", "Cy"))
    file = collection(tmp_path, lines, name="all.jsonl")
    return file, [Session(*found, by="Ada Example") for found in locate(str(file), tmp_path / "raw")]


def test_each_interview_of_a_file_has_its_own_corrections(tmp_path: Path) -> None:
    """They stand in one sidecar, and each says which interview it is about, also where the words are the same."""
    file, (first, second) = several(tmp_path)
    for review, name in ((first, "Bo Berg"), (second, "Cy Lund")):
        turn = turn_at(review.model(), "So.")["id"]
        model = act(review, action="voice", item=turn, speaker=name, role="answer")
        assert turn_at(model, "So.")["speaker"] is not None
        assert statuses(model) == ["applied"]
    assert statuses(first.model()) == ["applied"]
    written = file.with_suffix(".yaml").read_text(encoding="utf-8")
    assert written.count(f"interview: {first.id}") == written.count(f"interview: {second.id}") == 1
    assert [item.code for item in check_paths([file]).findings if item.level != "note"] == []
    names = [[speaker.name for speaker in review.view().interview.speakers] for review in (first, second)]
    assert "Bo Berg" in names[0]
    assert "Bo Berg" not in names[1]


def test_a_correction_is_taken_back_where_it_stands_in_the_sidecar(tmp_path: Path) -> None:
    """The list on the page leaves out those of other interviews and broken ones; the place in the file counts them."""
    file, (first, second) = several(tmp_path)
    act(first, action="metadata", title="The first")
    act(second, action="metadata", title="The second")
    sidecar = file.with_suffix(".yaml")
    sidecar.write_text(sidecar.read_text().replace("corrections:\n", "corrections:\n  - {by: Nobody}\n"))
    model = second.model()
    assert model["sidecar"]["corrections"] == [2]
    act(second, action="withdraw", section="corrections", index=model["sidecar"]["corrections"][0])
    left = sidecar.read_text()
    assert "The first" in left
    assert "Nobody" in left
    assert "The second" not in left


def test_a_finding_of_one_interview_of_a_file_is_waived_for_it_alone(tmp_path: Path) -> None:
    """The waiver names the interview it is about."""
    lines = "".join(f'{{"text": "Q: Who?\\nA: He said “number {n}."}}\n' for n in (1, 2))
    file = collection(tmp_path, lines, name="all.jsonl")
    review = Session(*locate(str(file), tmp_path / "raw")[1], by="Ada Example")
    finding = next(item for item in review.model()["findings"] if item["code"] == "unbalanced-quotation-mark")
    act(review, action="waive", code="unbalanced-quotation-mark", where=finding["where"], line=finding["line"])
    found = [item for item in check_paths([file]) if item.code == "unbalanced-quotation-mark"]
    waived = {(item.where or "").split("#")[0]: item.waiver is not None for item in found}
    assert waived == {"sound/all.line-1": False, "sound/all.line-2": True}


def test_texts_that_share_a_sidecar_are_not_saved(tmp_path: Path) -> None:
    """Nothing in it would tell them apart."""
    file = collection(tmp_path)
    file.with_suffix(".md").write_text("# Another\n")
    assert "share this sidecar" in session(file).model()["sidecar"]["locked"]
