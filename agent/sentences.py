"""The profile in plain sentences: what `/profile` shows and a reply says it understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import past
from .edits import (
    Anchor,
    AnchorPart,
    Attitude,
    History,
    ItemRef,
    LimitEdit,
    Nudge,
    Quality,
    Weigh,
    Wish,
)

if TYPE_CHECKING:
    from .profile import Difference, Entry

_FEELINGS = {
    "loved": "You loved {}.",
    "liked": "You liked {}.",
    "disliked": "You didn't like {}.",
    "seen": "You've seen {}.",
    "interested": "You're curious about {}.",
    "not_tonight": "Not tonight: {}.",
}
_PARTS = {
    "mood": "the mood of {}",
    "audience": "the audience of {}",
    "plot": "the story of {}",
    "overall": "{}",
}
_MORE: dict[Quality, tuple[str, str]] = {
    "lightness": ("Lighter", "Darker"),
    "warmth": ("Warmer", "Cooler"),
    "humour": ("Funnier", "More serious"),
    "tension": ("More tense", "Calmer"),
    "scares": ("Scarier", "Less scary"),
    "violence": ("More violent", "Less violent"),
    "romance": ("More romantic", "Less romantic"),
    "strangeness": ("Stranger", "Less strange"),
    "demand": ("More demanding", "Easier going"),
    "newness": ("Newer", "Older"),
    "length": ("Longer", "Shorter"),
    "fame": ("Better known", "Less known"),
}
_COUNTS = {"mood": "Mood", "audience": "Who it's for", "plot": "Story"}


def sentence(entry: Entry) -> str:
    """One entry as one plain sentence: ``You loved Heat (1995).``"""
    said = entry.content
    if isinstance(said, Attitude):
        about = _PARTS[said.dimension].format(named(said.item))
        return _FEELINGS[said.feeling].format(about)
    if isinstance(said, Anchor):
        return _anchor(said)
    if isinstance(said, Wish):
        return _wish(said)
    if isinstance(said, LimitEdit):
        return _limit(said)
    if isinstance(said, Nudge):
        return _nudge(said, entry.turn)
    return past.sentence(said) if isinstance(said, History) else _weigh(said)


def named(item: ItemRef) -> str:
    """An item as people write it: ``Heat (1995)``; resolved references carry title and year."""
    title = item.title or item.id or "something unnamed"
    return f"{title} ({item.year})" if item.year else title


def _anchor(said: Anchor) -> str:
    wanted = [_part(part) for part in said.parts if part.weight >= 0]
    unwanted = [_part(part) for part in said.parts if part.weight < 0]
    text = " with ".join(wanted)
    if unwanted:
        text += f"{', ' if wanted else ''}unlike {' or '.join(unwanted)}"
    alike = wanted and said.parts[0].dimension == "overall"
    return _capital(f"like {text}" if alike else text)


def _part(part: AnchorPart) -> str:
    return _PARTS[part.dimension].format(named(part.item))


def _wish(said: Wish) -> str:
    if said.avoid:
        return f"You don't care for {said.text}." if said.lasting else f"Rather not: {said.text}."
    return f"You like {said.text}." if said.lasting else f"Tonight: {said.text}."


def _limit(said: LimitEdit) -> str:
    text = said.limit.sentence()
    if not said.lasting:
        return _capital(text)
    return _capital(f"{text}, ever" if text.startswith(("no ", "nothing ")) else f"always {text}")


def _nudge(said: Nudge, turn: int) -> str:
    change = comparative(said)
    if said.amount == 0:
        return f"{change}: back to where it was."
    if said.than is not None:
        return f"{change} than {named(said.than)}."
    return f"{change} than last time." if turn > 1 else f"{change}."


def comparative(said: Nudge) -> str:
    """The direction of a nudge: ``Lighter``."""
    more, less = _MORE[said.quality]
    if said.amount == 0:
        return f"{more} or {less[0].lower()}{less[1:]}"
    return more if said.amount > 0 else less


def _weigh(said: Weigh) -> str:
    subject = _COUNTS[said.dimension]
    if said.weight == 0:
        return f"{subject} doesn't matter."
    if said.weight == 1:
        return f"{subject} counts as usual."
    return f"{subject} counts {'a lot' if said.weight > 1 else 'little'}."


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def evidence(entry: Entry) -> str:
    """The words that caused an entry, quoted, or where they came from when there were none."""
    words, where = entry.content.words.strip(), said_where(entry)
    return f"“{words}”, {where}" if words else where


def said_where(entry: Entry) -> str:
    """Where an entry was said: ``turn 2``, or ``another conversation``."""
    turn = entry.said_in or entry.turn
    return f"turn {turn}" if turn > 0 else "another conversation"


def with_evidence(entry: Entry) -> str:
    """A profile line: ``No horror. (“nothing scary”, turn 2)``."""
    return f"{sentence(entry)} ({evidence(entry)})"


def news(change: Difference) -> list[Entry]:
    """The entries that a turn really said, without what it only left of earlier ones."""
    return [entry for entry in change.added if entry.said_in is None]


def understood(change: Difference) -> tuple[str, ...]:
    """What one turn changed, in sentences."""
    lines = [sentence(entry) for entry in news(change)]
    lines += [f"Back again: {_inside(entry)}" for entry in change.restored]
    lines += [f"Taken back: {_inside(entry)}" for entry in change.dropped]
    return tuple(dict.fromkeys(lines))


def _inside(entry: Entry) -> str:
    """An entry's sentence after a colon."""
    text = sentence(entry).removeprefix("Tonight: ")
    return f"{text[:1].lower()}{text[1:]}"
