"""Card and sidecar become the facts about one interview; the sidecar wins."""

from __future__ import annotations

from onrecord.collection.card import Card, label_facts
from onrecord.collection.facts import Facts
from onrecord.collection.sidecar import Sidecar
from onrecord.schema.interview import Rights


def with_sidecar(facts: Facts, sidecar: Sidecar) -> Facts:
    """Return the card's `facts` with what the sidecar says instead or in addition."""
    said = {
        name: value
        for name in (
            "title", "outlet", "place", "language", "summary", "url", "publisher", "published", "retrieved",
            "reader", "encoding", "convention",
        )
        if (value := getattr(sidecar, name)) is not None
    }  # fmt: skip
    if sidecar.date is not None:
        said |= {"date": sidecar.date.date, "date_precision": sidecar.date.precision}
    if sidecar.rights is not None:
        said["rights"] = Rights(**sidecar.rights.model_dump())
    if sidecar.labels:
        own = {label.label for label in label_facts(sidecar.labels)}
        kept = tuple(label for label in facts.labels if label.label not in own)
        said["labels"] = (*label_facts(sidecar.labels), *kept)
    if sidecar.participants:
        said["participants"] = (*sidecar.participants, *facts.participants)
    if sidecar.waivers:
        said["waivers"] = sidecar.waiver_facts()
    if sidecar.corrections:
        said["corrections"] = tuple(correction.correction() for correction in sidecar.corrections)
    return Facts.model_validate({**dict(facts), **said}) if said else facts


def of_interview(facts: Facts, sidecar: Sidecar, id_: str) -> Facts:
    """Return `facts` with those of the sidecar's corrections that are about the interview `id_` of several."""
    if all(item.target.interview is None for item in sidecar.corrections):
        return facts
    own = tuple(item.correction() for item in sidecar.corrections if item.target.interview in (None, id_))
    return facts.model_copy(update={"corrections": own})


def card_facts(name: str, card: Card) -> Facts:
    """Return what the card of the collection `name` says about each of its interviews."""
    return Facts(
        collection=name,
        language=card.language,
        outlet=card.outlet,
        fictional=card.fictional,
        url=card.origin.url,
        publisher=card.publisher,
        published=card.origin.published,
        retrieved=card.origin.retrieved,
        rights=Rights(**card.rights.model_dump()),
        reader=card.reader,
        encoding=card.encoding,
        convention=card.convention,
        max_bytes=card.max_bytes,
        labels=label_facts(card.labels),
        participants=card.participants,
        fields=tuple(card.fields.items()),
    )
