"""What figures are compared with: the same people, served by something simpler."""

from __future__ import annotations

import random
from collections.abc import Sequence

from ....ingest.item import Item
from ...reply import Reply
from ..script import Press
from .moves import Move
from .stage import Lists, Role, Somebody

SIZE = 5


class OnlyMore:
    """Somebody's first message; then only "more films", whatever is shown."""

    def __init__(self, who: Somebody) -> None:
        self._who = who

    async def open(self) -> Move:
        """What the other would say first."""
        return await self._who.open()

    async def react(self, reply: Reply, shown: Sequence[Item]) -> Move:
        """A press for the next list."""
        return Move("more", press=Press(act="recommend"))


def popular(role: Role, items: Sequence[Item], turns: int) -> Lists:
    """The best-known films that were not named, five a turn."""
    order = sorted(items, key=lambda item: (-item.popularity, item.id))
    return _served(role, order, turns)


def at_random(role: Role, items: Sequence[Item], turns: int, seed: int) -> Lists:
    """Any films that were not named, five a turn."""
    order = sorted(items, key=lambda item: item.id)
    random.Random(f"{seed} {role.taste.name}").shuffle(order)  # noqa: S311 - not secrecy
    return _served(role, order, turns)


def _served(role: Role, order: Sequence[Item], turns: int) -> Lists:
    """Lists in this order until one pleases. Films that the person told first are left out."""
    named = {cue.value for cue in role.taste.cues[:2]}
    ids = [item.id for item in order if item.id not in named]
    lists = [tuple(ids[SIZE * turn : SIZE * (turn + 1)]) for turn in range(turns)]
    whole = Lists(role.taste, role.picky, tuple(lists))
    return Lists(role.taste, role.picky, tuple(lists[: whole.pleased_in]))
