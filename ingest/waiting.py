"""Which items wait for a model's description, what it reads of them, and what that will cost."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from .catalogue import Catalogue
from .item import Item, Provenance
from .ledger import Ledger
from .merge import MODEL
from .parts import parts_of, whole_of

ANSWER_TOKENS = 260
"""Of a description where none was counted yet; the example in the prompt has as many."""
_SAMPLE = 200
_FACTS = (("Genres", "genres"), ("Tags", "tags"))
_TELLING = 3
"""Lines; the first two, title and kind, say nothing of what an item is like."""


@dataclass(frozen=True)
class Wanted:
    """Which items shall be described.

    Those that nobody and no model described always are. ``anew`` adds what another model
    described, or what has another text by now; ``retry`` what this model failed with before.
    With ``texts`` only items with a text count, the others are told by their genres and tags.
    """

    model: str
    anew: bool = False
    retry: bool = False
    texts: bool = False


@dataclass
class Waiting:
    """The ids of the items to describe, most popular first, and counts of all that there is.

    ``silent`` have nothing to read; ``failed`` counts by reason those that are left alone
    because the model failed with them before.
    """

    items: list[str] = field(default_factory=list)
    with_text: int = 0
    silent: int = 0
    failed: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Reading:
    """What a model reads of an item: facts that a source tells, then the longest text of it.

    ``origin`` is the record whose text it is, as source/key, or the item's id where there is
    none.
    """

    facts: tuple[str, ...]
    text: str
    origin: str

    @property
    def whole(self) -> str:
        """All of it; empty where there is nothing but a title."""
        if not self.text and len(self.facts) < _TELLING:
            return ""
        return "\n\n".join(["\n".join(self.facts), self.text]).strip()

    @property
    def mark(self) -> str:
        """The same for the same text."""
        return hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest()[:16]


def waiting(catalogue: Catalogue, ledger: Ledger, wanted: Wanted) -> Waiting:
    """The items that a model shall describe; reads the whole catalogue once."""
    found, failed, texts = Waiting(), ledger.failed(wanted.model), ledger.with_texts()
    order: list[tuple[float, str]] = []
    for item in catalogue.items():
        told = item.id in texts or bool(item.plot_essence)
        if not _due(item, wanted, ledger, told=told):
            continue
        if not told and (wanted.texts or not reading_of(item, ledger).whole):
            found.silent += 1
        elif item.id in failed and not wanted.retry:
            found.failed[failed[item.id]] += 1
        else:
            found.with_text += told
            order.append((-item.popularity, item.id))
    found.items = [name for _, name in sorted(order)]
    return found


def _due(item: Item, wanted: Wanted, ledger: Ledger, *, told: bool) -> bool:
    known = item.described
    if known is None or known.how == "derived":
        return True
    entry = ledger.models_part(item.id) if known.how == "generated" else None
    if entry is None or entry.part is None:
        return False
    if told and not entry.part.plot_essence:
        return True  # It was described by its genres, and a text has come since.
    stale = known.by != wanted.model or entry.file != reading_of(item, ledger).mark
    return wanted.anew and stale


def reading_of(item: Item, ledger: Ledger) -> Reading:
    """What is known of an item in words, nothing that a model wrote among it."""
    told = _as_told(item, ledger)
    said = ledger.said(item.id)
    listed = [
        f"{name}: {', '.join(getattr(told, field))}"
        for name, field in _FACTS
        if getattr(told, field) and _degree(told, field) == "authored"
    ]
    return Reading(
        facts=(told.label, f"Kind: {told.kind}", *listed),
        text=said[2] if said else told.plot_essence,
        origin=f"{said[0]}/{said[1]}" if said else item.id,
    )


def _as_told(item: Item, ledger: Ledger) -> Item:
    """An item without what a model wrote of it."""
    parts = parts_of(ledger, item.id, item).values()
    others = [each for each in parts if each.source != MODEL]
    return whole_of(others, item.id) if len(others) < len(parts) else item


def _degree(item: Item, field: str) -> str:
    known = item.known_by(field)
    return known.how if known else ""


@dataclass(frozen=True)
class Pace:
    """What describing took: seconds an item by the clock, and tokens an item written."""

    seconds: float
    written: float

    @classmethod
    def of(cls, ledger: Ledger, model: str) -> Pace | None:
        """That of the last run with a model; None where there was none."""
        known = ledger.about(_pace(model))
        return cls(known["seconds"], known["written"]) if known else None

    def note(self, ledger: Ledger, model: str) -> None:
        """Keep it for the next estimate."""
        ledger.note_about(_pace(model), {"seconds": self.seconds, "written": self.written})


def _pace(model: str) -> str:
    return f"pace of {model}"


@dataclass(frozen=True)
class Estimate:
    """What describing will cost: tokens read and written, and seconds where a pace is known."""

    items: int
    read: int
    written: int
    seconds: float | None = None


def estimate(
    items: Sequence[str],
    catalogue: Catalogue,
    ledger: Ledger,
    tokens: Callable[[str], int],
    pace: Pace | None,
) -> Estimate:
    """What describing items will cost.

    Args:
        items: their ids; at most 200 of them, at even distances, are looked at.
        catalogue: that has them.
        ledger: that has their texts.
        tokens: how many a model reads to describe a text.
        pace: of what was described before.
    """
    count = len(items)
    sample = items[:: max(1, -(-count // _SAMPLE))]
    looked_at = catalogue.get(sample).values()
    read = sum(tokens(reading_of(item, ledger).whole) for item in looked_at)
    return Estimate(
        items=count,
        read=round(read * count / max(1, len(looked_at))),
        written=round(count * (pace.written if pace else ANSWER_TOKENS)),
        seconds=pace.seconds * count if pace else None,
    )


def kinds_of_description(items: Iterable[Item]) -> dict[str, int]:
    """How many items are described by whom, most first."""
    return dict(Counter(map(_kind_of_description, items)).most_common())


def _kind_of_description(item: Item) -> str:
    known: Provenance | None = item.described
    if known is None:
        return "nobody"
    if known.how == "derived":
        return "derived from a text" if item.plot_essence else "derived from genres"
    return "a person" if known.how == "authored" else known.by
