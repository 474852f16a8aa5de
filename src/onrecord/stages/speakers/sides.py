"""Who stands behind `Question:` and `Answer:`, `INT:` and bold questions: a name with evidence, or an unnamed voice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from onrecord.names import squash
from onrecord.schema.interview import Span, TurnRole
from onrecord.stages.speakers.cast import Cast, Voice
from onrecord.stages.speakers.claims import Claim, Part, claims, vocatives
from onrecord.stages.speakers.labels import Labels
from onrecord.stages.speakers.people import People
from onrecord.stages.speakers.scene import LabelUse, Scene

_PARTS: dict[str, Part] = {"question": "interviewer", "answer": "interviewee"}
_TAKEN = ("interviewer", "interviewee", "host", "guest", "moderator", "group")
_LEAST = 2
_NEARLY = 0.8
_ASKS = ("?", "？", "؟", ";")
_INFERRED: dict[TurnRole, str] = {"question": "question", "answer": "answer"}


class Sides:
    """The two sides of an exchange whose labels name nobody."""

    def __init__(self, scene: Scene, cast: Cast, labels: Labels, people: People) -> None:
        self.scene = scene
        self.cast = cast
        self.labels = labels
        self.people = people
        self.inferred: dict[int, Voice] = {}

    def resolve(self) -> None:
        """Give every side label and every inferred turn its voice, and the outlet or a name where there is proof."""
        uses: dict[str, list[LabelUse]] = {"question": [], "answer": []}
        for use in self.labels.uses():
            if use.text not in self.labels.who and use.label.side is not None:
                uses[use.label.side].append(use)
        turns = self._inferred_turns()
        if not any(uses.values()) and not any(turns.values()):
            self._note_claims()
            return
        found = self._claims(uses, turns)
        taken: Voice | None = None
        for side in ("answer", "question"):
            voice = self._side(side, uses[side], turns[side], found, taken)
            if side == "answer" and voice is not None and voice.named:
                taken = voice

    def _claims(self, uses: dict[str, list[LabelUse]], turns: dict[str, list[int]]) -> list[Claim]:
        asking = {turn for use in uses["question"] for turn in use.turns} | set(turns["question"])
        return [*vocatives(self.scene, self.cast, self.people, asking), *self._all_claims()]

    def _all_claims(self) -> list[Claim]:
        return claims(self.scene, self.cast, self.people)

    def _note_claims(self) -> None:
        """Where labels name everybody, the text still tells who is interviewed and who asks."""
        for claim in self._all_claims():
            if claim.voice is None or claim.confidence < 0.85:
                continue
            voice = self.cast.root(claim.voice)
            if voice.speaks:
                voice.roles.setdefault(claim.part, None)
                voice.because(claim.rule, claim.confidence, claim.spans)

    def _inferred_turns(self) -> dict[str, list[int]]:
        """Turns without a label whose form says which side they are."""
        found: dict[str, list[int]] = {"question": [], "answer": []}
        for index, turn in enumerate(self.scene.turns):
            if self.scene.printed[index] is None and turn.role in _INFERRED and turn.evidence.attribution == "inferred":
                found[_INFERRED[turn.role]].append(index)
        return found

    def _side(
        self, side: str, uses: list[LabelUse], turns: list[int], found: list[Claim], taken: Voice | None
    ) -> Voice | None:
        if not uses and not turns:
            return None
        part = _PARTS[side]
        voices = self._unnamed(side, uses, turns)
        stated = self._stated(part)
        if stated is not None:
            return self._settle(voices, stated, "stated", 0.97, ())
        claim = self._best(part, found, taken)
        if claim is None or len(voices) > 1:
            # Two kinds of labels on one side are two voices; nothing says which of them is meant.
            for voice in voices:
                voice.roles.setdefault(part, None)
            return voices[0] if len(voices) == 1 else None
        named = claim.voice if claim.voice is not None else self.cast.organization(claim.outlet or "")
        return self._settle(voices, self.cast.root(named), claim.rule, claim.confidence, claim.spans)

    def _settle(self, voices: list[Voice], named: Voice, rule: str, confidence: float, spans: Iterable[Span]) -> Voice:
        part = next(iter(r for v in voices for r in v.roles if r in ("interviewer", "interviewee")), None)
        for voice in voices:
            voice.evidence = [known for known in voice.evidence if known.rule != "side-label"]
            named = self.cast.join(named, voice)
        if part is not None:
            named.roles.setdefault(part, None)
        printed = named.label_spans[:1]
        named.because(rule, confidence, [*spans, *printed])
        return named

    def _unnamed(self, side: str, uses: list[LabelUse], turns: list[int]) -> list[Voice]:
        """The voices of a side before anything names them: one per kind of label."""
        by_key: dict[str, Voice] = {}
        for use in uses:
            key = self._key(use)
            voice = by_key.get(key)
            if voice is None:
                voice = by_key[key] = self.cast.new()
            self.labels.take(use, voice, "side-label", 0.9, named=False)
            voice.roles.setdefault(_PARTS[side], None)
        if turns:
            voice = next(iter(by_key.values())) if by_key else self.cast.new()
            by_key.setdefault("", voice)
            voice.roles.setdefault(_PARTS[side], None)
            voice.turns += len(turns)
            voice.places.append(self.scene.spans[turns[0]].start)
            if len(by_key) == 1 and not uses:
                voice.because("side-label", 0.8, ())
            self.inferred.update(dict.fromkeys(turns, voice))
        return list({voice.number: voice for voice in by_key.values()}.values())

    def _key(self, use: LabelUse) -> str:
        """The label without its number, if questions are numbered; `Interviewer 1` and `2` are two people."""
        bare = use.label.key.split(" #")[0].rstrip("0123456789 ")
        return use.label.key if squash(bare) in self.scene.words.roles else bare

    def _stated(self, part: Part) -> Voice | None:
        """The one participant of the facts with this part who has no label of their own."""
        able = [v for v in self.cast.all() if v.stated_name is not None and part in v.roles and not v.speaks]
        if len(able) == 1:
            return able[0]
        if part == "interviewer" or able:
            return None
        # One stated person, no part given, and the other side is somebody else: the one who answers.
        silent = [v for v in self.cast.all() if v.stated_name is not None and not v.speaks and not v.roles]
        return silent[0] if len(silent) == 1 and silent[0].kind == "person" else None

    def _best(self, part: Part, found: list[Claim], taken: Voice | None) -> Claim | None:
        """The most certain claim; two people claimed with the same certainty are none."""
        able = [claim for claim in found if claim.part == part and self._possible(claim, taken)]
        if not able and part == "interviewer" and self.scene.outlet:
            return Claim("interviewer", "outlet", 0.8, (), outlet=self.scene.outlet)
        if not able:
            return None
        top = max(claim.confidence for claim in able)
        best = [claim for claim in able if claim.confidence == top]
        keys = {self.cast.root(c.voice).number if c.voice is not None else -1 for c in best}
        if len(keys) > 1:
            return None
        return best[0]

    def _possible(self, claim: Claim, taken: Voice | None) -> bool:
        if claim.voice is None:
            return True
        voice = self.cast.root(claim.voice)
        if voice is (self.cast.root(taken) if taken is not None else None):
            return False
        return not voice.speaks or (claim.part == "interviewee" and claim.confidence >= 0.7 and self._alone(voice))

    def _alone(self, voice: Voice) -> bool:
        """Whether nobody else speaks by name: the one who is interviewed may have both kinds of labels."""
        return not any(other.speaks and other.named and other is not voice for other in self.cast.all())


def note_questions(scene: Scene, cast: Cast, who: list[Voice | None]) -> None:
    """Give speakers the part their turns have: who asks in nearly all of them interviews, who answers is interviewed.

    The roles of turns come from labels and question marks (see `layout/roles.py`); a part that labels or the text
    state is left as it is.
    """
    if not any(turn.role for turn in scene.turns):
        _by_question_marks(scene, cast, who)
        return
    counts: dict[int, Counter[TurnRole | None]] = {}
    for index, voice in enumerate(who):
        if voice is not None:
            counts.setdefault(cast.root(voice).number, Counter())[scene.turns[index].role] += 1
    for number, held in counts.items():
        voice = cast.voices[number]
        role, count = held.most_common(1)[0]
        if role is None or role not in _PARTS or held.total() < _LEAST or count < _NEARLY * held.total():
            continue
        if not any(known in voice.roles for known in _TAKEN):
            voice.roles.setdefault(_PARTS[role], None)
            voice.because("asks-questions", 0.75)


def _by_question_marks(scene: Scene, cast: Cast, who: list[Voice | None]) -> None:
    """Where no turn has a role: of exactly two speakers, the one whose turns mostly end in a question mark asks."""
    counts: dict[int, list[int]] = {}
    text = scene.text
    for turn, voice in zip(scene.turns, who, strict=True):
        if voice is None:
            continue
        held = counts.setdefault(cast.root(voice).number, [0, 0])
        paragraphs = turn.paragraphs
        end = paragraphs[-1].end if paragraphs else 0
        held[0] += text[max(0, end - 2) : end].rstrip('"”»’) ').endswith(_ASKS)
        held[1] += 1
    if len(counts) != 2 or min(total for _, total in counts.values()) < 2:
        return
    (one, (a, n)), (two, (b, m)) = counts.items()
    asking, answering = (one, two) if a / n >= b / m else (two, one)
    high, low = max(a / n, b / m), min(a / n, b / m)
    if high < 0.5 or low > 0.25:
        return
    for number, part in ((asking, "interviewer"), (answering, "interviewee")):
        voice = cast.voices[number]
        if not any(role in voice.roles for role in ("interviewer", "interviewee", "host", "guest")):
            voice.roles.setdefault(part, None)
            voice.because("asks-questions", 0.75)
