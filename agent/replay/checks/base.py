"""What a check looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ....ingest.catalogue import Catalogue
from ....ingest.item import Item
from ...reply import Reply


@dataclass(frozen=True)
class Exchange:
    """One turn: the person's words (a press in words), and the reply with its profile."""

    said: str
    reply: Reply


@dataclass(frozen=True)
class Seen:
    """A conversation as far as one turn, whose exchange is the last.

    Replies carry the taste profile as it was after them.
    """

    exchanges: tuple[Exchange, ...]
    catalogue: Catalogue
    year: int

    @property
    def now(self) -> Exchange:
        """The turn that is checked."""
        return self.exchanges[-1]

    @property
    def earlier(self) -> tuple[Exchange, ...]:
        """The turns before, oldest first."""
        return self.exchanges[:-1]

    @property
    def items(self) -> tuple[Item, ...]:
        """The films of the list as the catalogue has them, in order."""
        return self.items_of(self.now.reply)

    def items_of(self, reply: Reply) -> tuple[Item, ...]:
        """The films of a list as the catalogue has them; one that it has not is left out."""
        found = self.catalogue.get([pick.id for pick in reply.picks])
        return tuple(found[pick.id] for pick in reply.picks if pick.id in found)

    def last_list(self) -> Reply | None:
        """The last reply before this turn that showed films."""
        return next((each.reply for each in reversed(self.earlier) if each.reply.picks), None)


def upto(exchanges: Sequence[Exchange], catalogue: Catalogue, year: int) -> list[Seen]:
    """A conversation as it was after each of its turns."""
    return [Seen(tuple(exchanges[: place + 1]), catalogue, year) for place in range(len(exchanges))]
