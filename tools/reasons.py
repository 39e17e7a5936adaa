"""Reasons: one sentence about this person and this film, made of facts that can be checked."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..ingest.item import Item
from .facts import Fact, FactKind, facts
from .frames import DETAILS, LEADS, TAILS, Frame, fill
from .names import cased
from .query import Query
from .scoring import Candidate
from .wording import listed, sentence

MAX_WORDS = 30
# A frame may come twice in one list; a third time it would read like a form letter.
_TWICE = 2
# What using a frame or a fact again costs, in units of a fact's weight.
_WORN_FRAME = 1.2
_WORN_FACT = 0.5
_TAIL_KINDS = tuple(TAILS)
# A picture alone says nothing about the person.
_POOR_LEADS: frozenset[FactKind] = frozenset({"image", "asked_length", "asked_year"})
_COMPARING = ("more_than", "less_than")
_SHARING = ("shared_moods", "shared_tags", "shared_archetype", "kindred", "near_like")
# Kinds that would say nearly the same twice in one sentence.
_ALIKE = {
    ("shared_moods", "own_moods"),
    ("asked_moods", "own_moods"),
    ("asked_high", "own_moods"),
    ("asked_high", "asked_moods"),
    ("asked_moods", "asked_high"),
    ("own_moods", "asked_moods"),
    ("own_tags", "own_archetype"),
    ("image", "own_moods"),
    ("image", "own_tags"),
    ("image", "own_archetype"),
    ("image", "asked_moods"),
    ("own_archetype", "own_archetype"),
    ("shared_tags", "own_tags"),
}


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
    return [_reason(c.item, query, known, usage, c.scores) for c in chosen]


def reason(item: Item, query: Query, known: Mapping[str, Item] | None = None) -> Reason:
    """The reason for one item by itself."""
    return _reason(item, query, known or {}, _Usage())


def explain(item: Item, query: Query, known: Mapping[str, Item] | None = None) -> list[str]:
    """Two or three sentences on why an item was chosen, most telling first.

    Args:
        item: what was recommended.
        query: what was wished.
        known: the query's favourites and dislikes by id; facts about others are left out.
    """
    liked, usage = known or {}, _Usage()
    found = [fact for fact in facts(item, query, liked) if fact.kind != "caution"]
    first = _composed(item, found, liked, usage)
    used = {value for fact in first.facts for value in fact.values}
    rest = [fact for fact in found if not used & set(fact.values) and fact not in first.facts]
    second = _composed(item, rest, liked, usage)
    return [first.text, *([second.text] if second.facts else []), *_practical(item)]


def _practical(item: Item) -> list[str]:
    """What a person would check before pressing play, as one sentence; none without facts."""
    known = [
        f"from {item.year}" if item.year else "",
        f"{item.runtime_min} minutes long" if item.runtime_min else "",
        f"rated {item.age_rating}" if item.age_rating else "",
    ]
    facts_known = listed([part for part in known if part])
    parts = [f"it's {facts_known}"] if facts_known else []
    if item.content_notes:
        parts.append(f"content notes: {listed([cased(note) for note in item.content_notes])}")
    return [sentence("; ".join(parts))] if parts else []


def _reason(
    item: Item,
    query: Query,
    known: Mapping[str, Item],
    usage: _Usage,
    scores: Mapping[str, float] | None = None,
) -> Reason:
    found = facts(item, query, known, scores)
    return _composed(item, found, known, usage)


def _composed(
    item: Item, found: Sequence[Fact], known: Mapping[str, Item], usage: _Usage
) -> Reason:
    """The sentence that the facts allow: a lead, a detail that adds to it, and tails."""
    lead = _best(_pieces(found, LEADS, item, known), usage, _POOR_LEADS)
    if lead is None:
        return Reason(sentence(f"one of the nearest to what you said: {item.title}"))
    pieces = [lead]
    detail = _best(_following(lead, _pieces(found, DETAILS, item, known)), usage)
    if detail is not None:
        pieces.append(detail)
    for kind in _TAIL_KINDS:
        unsaid = [f for f in found if f.kind == kind and f not in [p.fact for p in pieces]]
        tail = _best(_pieces(unsaid, TAILS, item, known), usage)
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
    frames: Mapping[FactKind, list[Frame]],
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


def _best(
    pieces: Sequence[_Piece], usage: _Usage, poor: Collection[FactKind] = ()
) -> _Piece | None:
    """The weightiest piece, worn ones and ``poor`` kinds last; spent frames never."""
    fresh = [piece for piece in pieces if not usage.spent(piece)]

    def worth(piece: _Piece) -> float:
        return piece.fact.weight - usage.cost(piece) + _mix(piece) - (piece.fact.kind in poor)

    return max(fresh, key=worth, default=None)


def _mix(piece: _Piece) -> float:
    """A little fixed disorder, so that different films open differently; always the same."""
    return (zlib.crc32(f"{piece.text}{piece.frame.name}".encode()) % 997) / 2500


def _following(lead: _Piece, details: Sequence[_Piece]) -> list[_Piece]:
    """The details that add something to a lead and read well after it."""
    return [piece for piece in details if _adds(lead, piece)]


def _adds(lead: _Piece, piece: _Piece) -> bool:
    one, two = lead.fact, piece.fact
    if two.kind in _COMPARING:
        return one.kind in _SHARING and one.like == two.like
    same_favourite = one.like == two.like and one.like is not None
    return not (
        same_favourite
        or (one.kind == two.kind and one.like == two.like)
        or (one.kind, two.kind) in _ALIKE
        or set(one.values) & set(two.values)
        or _telling(lead.text) & _telling(piece.text)
        or not _reads_on(lead, piece)
    )


def _reads_on(lead: _Piece, piece: _Piece) -> bool:
    """Whether a detail can stand behind a lead as far as grammar goes."""
    if lead.text.startswith("for ") and not piece.text.startswith(":"):
        return False
    if ":" in lead.text and ":" in piece.text:
        return False
    if lead.fact.kind in _COMPARING and piece.fact.kind == "image":
        return False
    return not (" with " in lead.text and piece.text.startswith(", with"))


def _telling(text: str) -> set[str]:
    """The words of a piece that would be heard as repeated; "asked" and "wanted" are one."""
    words = re.sub(r"\*[^*]*\*|“[^”]*”", " ", text.casefold().replace("wanted", "asked"))
    return set(re.findall(r"[^\W\d_]{5,}", words)) - {"people"}


def _shortened(pieces: list[_Piece]) -> list[_Piece]:
    """Pieces that fit in `MAX_WORDS` words: what is neither lead nor caution goes first."""
    while _length(pieces) > MAX_WORDS and len(pieces) > 1:
        spare = [p for p in pieces[1:] if p.fact.kind != "caution"] or pieces[1:]
        pieces.remove(max(spare, key=lambda piece: len(piece.text.split())))
    return pieces


def _length(pieces: Sequence[_Piece]) -> int:
    return len("".join(piece.text for piece in pieces).split())
