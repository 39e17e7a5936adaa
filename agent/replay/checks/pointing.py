"""Whether what was said of "the second one" was noted of the second film of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...edits import Anchor, Attitude, ItemRef, Nudge
from ...profile import Content
from .base import Seen

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_PLACE = re.compile(
    rf"\b(?:the )?(?P<word>{'|'.join(_ORDINALS)}|last) (?:one|film|movie|pick)\b"
    r"|(?:#|\bnumber )(?P<number>\d{1,2})\b",
    re.IGNORECASE,
)


def misplaced(seen: Seen) -> Iterator[str]:
    """Sentences on entries of this turn whose words point at one place and whose film is another.

    Only words that name one place, and entries of one film, are judged.
    """
    last = seen.last_list()
    picks = last.picks if last else ()
    for entry in seen.now.reply.profile.active:
        place = _place(entry.content.words, len(picks))
        ref = _film(entry.content)
        if entry.turn != seen.now.reply.turn or ref is None or not place:
            continue
        if ref.id != picks[place - 1].id:
            yield (
                f"“{entry.content.words}” was noted of {ref.title}, "
                f"but number {place} is {picks[place - 1].title}."
            )


def _place(words: str, most: int) -> int:
    """The one place that words name, from 1; 0 where they name none, several, or one too far."""
    found = list(_PLACE.finditer(words))
    if len(found) != 1:
        return 0
    word = (found[0]["word"] or "").casefold()
    place = int(found[0]["number"] or 0)
    if word:
        place = most if word == "last" else _ORDINALS.index(word) + 1
    return place if place <= most else 0


def _film(said: Content) -> ItemRef | None:
    """The one film that an entry is about."""
    if isinstance(said, Attitude):
        return said.item
    if isinstance(said, Nudge):
        return said.than
    if isinstance(said, Anchor) and len(said.parts) == 1:
        return said.parts[0].item
    return None
