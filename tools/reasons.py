"""Reasons: one sentence about this person and this film, made of facts that can be checked."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..ingest.item import Item
from .facts import Fact, facts
from .frames import DETAILS, LEADS, TAILS, Frame, fill
from .query import Query
from .scoring import Candidate
from .wording import sentence

MAX_WORDS = 30
# A frame may come twice in one list; a third time it would read like a form letter.
_TWICE = 2
# What using a frame or a fact again costs, in units of a fact's weight.
_WORN_FRAME = 1.2
_WORN_FACT = 0.9
_TAIL_KINDS = tuple(TAILS)


@dataclass(frozen=True)
class Reason:
    """Why one item was chosen: the sentence, and the facts that it states, most telling first.

    ``frames`` names the sentence frames that were used.
    """

    text: str
    facts: tuple[Fact, ...] = ()
    frames: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Piece:
    """A fact said in one frame."""

    fact: Fact
    frame: Frame
    text: str


class _Usage:
    """What one list has said already."""

    def __init__(self) -> None:
        self.frames: Counter[str] = Counter()
        self.facts: Counter[object] = Counter()

    def cost(self, piece: _Piece) -> float:
        worn = _WORN_FRAME * self.frames[piece.frame.name]
        said = _WORN_FACT * sum(self.facts[name] for name in _said(piece.fact))
        return worn + said + 0.3 * self.facts[piece.fact.kind]

    def spent(self, piece: _Piece) -> bool:
        return self.frames[piece.frame.name] >= _TWICE

    def note(self, pieces: Iterable[_Piece]) -> None:
        for piece in pieces:
            self.frames[piece.frame.name] += 1
            self.facts.update((piece.fact.kind, *_said(piece.fact)))


def _said(fact: Fact) -> list[object]:
    """What counts as repeating: each value of a shared or asked fact."""
    if fact.kind.startswith("own") or fact.kind == "image":
        return []
    return [(fact.kind, value, fact.like) for value in fact.values] or [(fact.kind, fact.like)]


def reasons(chosen: Sequence[Candidate], query: Query, known: Mapping[str, Item]) -> list[Reason]:
    """One reason per chosen item, in order; no frame comes three times in the list.

    Args:
        chosen: the list as it will be shown.
        query: what was wished.
        known: the query's favourites and dislikes by id.
    """
    usage = _Usage()
    return [_reason(candidate.item, query, known, usage) for candidate in chosen]


def reason(item: Item, query: Query, known: Mapping[str, Item] | None = None) -> Reason:
    """The reason for one item by itself."""
    return _reason(item, query, known or {}, _Usage())


def _reason(item: Item, query: Query, known: Mapping[str, Item], usage: _Usage) -> Reason:
    found = facts(item, query, known)
    lead = _best(_pieces(found, LEADS, item, known), usage)
    if lead is None:
        return Reason(sentence(f"one of the nearest to what you said: {item.title}"))
    pieces = [lead]
    detail = _best(_following(lead, _pieces(found, DETAILS, item, known)), usage)
    if detail is not None:
        pieces.append(detail)
    for kind in _TAIL_KINDS:
        tail = _best(_pieces([f for f in found if f.kind == kind], TAILS, item, known), usage)
        if tail is not None and (kind == "caution" or len(pieces) < 3):
            pieces.append(tail)
    pieces = _shortened(pieces)
    usage.note(pieces)
    return Reason(
        sentence("".join(piece.text for piece in pieces)),
        tuple(piece.fact for piece in pieces),
        tuple(piece.frame.name for piece in pieces),
    )


def _pieces(
    found: Iterable[Fact],
    frames: Mapping[str, list[Frame]],
    item: Item,
    known: Mapping[str, Item],
) -> list[_Piece]:
    """Every fact in every frame that can say it."""
    said = (
        (fact, frame, fill(frame, fact, item, known))
        for fact in found
        for frame in frames.get(fact.kind, ())
    )
    return [_Piece(fact, frame, text) for fact, frame, text in said if text]


def _best(pieces: Sequence[_Piece], usage: _Usage) -> _Piece | None:
    """The weightiest piece, worn ones last; spent frames only where nothing else is left."""
    fresh = [piece for piece in pieces if not usage.spent(piece)]
    return max(fresh, key=lambda p: p.fact.weight - usage.cost(p) + _mix(p), default=None)


def _mix(piece: _Piece) -> float:
    """A little fixed disorder, so that different films open differently; always the same."""
    return (zlib.crc32(f"{piece.text}{piece.frame.name}".encode()) % 997) / 2500


def _following(lead: _Piece, details: Sequence[_Piece]) -> list[_Piece]:
    """The details that add something to a lead and read well after it."""
    return [piece for piece in details if _adds(lead, piece)]


def _adds(lead: _Piece, piece: _Piece) -> bool:
    one, two = lead.fact, piece.fact
    if one.kind == two.kind and one.like == two.like:
        return False
    if set(one.values) & set(two.values):
        return False
    if ":" in lead.text and ":" in piece.text:
        return False
    if two.kind in ("more_than", "less_than"):
        return one.like == two.like
    if one.like and one.like == two.like:
        return False
    if two.kind == "own_moods" and one.kind in ("shared_moods", "asked_moods"):
        return False
    return not (two.kind == "asked_high" and one.kind == "asked_high")


def _shortened(pieces: list[_Piece]) -> list[_Piece]:
    """Pieces that fit in `MAX_WORDS` words: what is neither lead nor caution goes first."""
    while _length(pieces) > MAX_WORDS and len(pieces) > 1:
        spare = [p for p in pieces[1:] if p.fact.kind != "caution"] or pieces[1:]
        pieces.remove(max(spare, key=lambda piece: len(piece.text.split())))
    return pieces


def _length(pieces: Sequence[_Piece]) -> int:
    return len("".join(piece.text for piece in pieces).split())
