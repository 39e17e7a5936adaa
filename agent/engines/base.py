"""What an engine does: understand a message, rank candidates, describe content."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ...ingest.item import Item
from ...tools.describe import Descriptors
from ...tools.query import Query
from ...tools.rank import Ranking
from ..plan import TurnPlan
from ..profile import TasteProfile
from .ledger import Ledger


@dataclass(frozen=True)
class Turn:
    """All that understanding one message may look at.

    ``shown`` has every list shown so far, oldest first, each a sequence of item ids in the
    order of the list; ``focus`` the ids of the items last spoken of one by one, newest last
    (empty after a new list), which "it" and "that one" mean; ``question`` and ``choices`` are
    what the last reply asked, if anything.
    ``year`` is the present year, for "recent" and "older than me".
    """

    message: str
    number: int
    profile: TasteProfile
    shown: tuple[tuple[str, ...], ...] = ()
    focus: tuple[str, ...] = ()
    question: str | None = None
    choices: tuple[str, ...] = ()
    year: int = 2026
    history: tuple[tuple[str, str], ...] = field(default=())
    """Earlier (role, text) pairs, oldest first; role is ``user`` or ``assistant``."""


@dataclass(frozen=True)
class RankTask:
    """All that ranking may look at.

    ``candidates`` come best first as the search found them; ``count`` is how many to choose.
    ``message`` is what the user wrote in this turn, ``known`` the profile in sentences,
    ``understood`` what this turn changed in it, also in sentences.
    """

    query: Query
    candidates: Sequence[Item]
    count: int
    message: str = ""
    known: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()
    turn: int = 1


@dataclass(frozen=True)
class RankOrder:
    """Ids of candidates, best first; about the first ``count`` of them reasons will follow.

    What is shown is settled from it by code (`moodreel.tools.rank`): fused with the search's
    own order, verified, varied and refilled.
    """

    ids: tuple[str, ...]


@dataclass(frozen=True)
class RankOpening:
    """The sentence that opens the answer."""

    text: str


@dataclass(frozen=True)
class RankReason:
    """Why one candidate was chosen; code checks it against the facts before it is shown."""

    id: str
    text: str


@dataclass(frozen=True)
class RankQuestion:
    """One question whose answer would change the list."""

    text: str


@dataclass(frozen=True)
class RankWhole:
    """A ranking with all its reasons, to be verified and refilled but not fused."""

    ranking: Ranking


RankPart = RankOrder | RankOpening | RankReason | RankQuestion | RankWhole


@dataclass(frozen=True)
class Trailer:
    """The film that a trailer is of, as far as it is known.

    ``shots`` is how many examples a model is shown, 0 to 3.
    """

    title: str = ""
    year: int | None = None
    shots: int = 0

    @property
    def label(self) -> str:
        """Title and year as people write them."""
        return f"{self.title} ({self.year})" if self.year else self.title


@dataclass(frozen=True)
class Content:
    """What shall be described: a text, or pictures (PNG, JPEG or WebP bytes) with or without.

    With ``trailer`` the text is the captions of a trailer, and its film is described.
    """

    text: str = ""
    pictures: tuple[bytes, ...] = ()
    trailer: Trailer | None = None


class Engine(Protocol):
    """One behind the agent at a time; each step may raise `moodreel.errors.EngineError`.

    Every step gets a `Ledger` to note model calls and notices in.
    """

    @property
    def name(self) -> str:
        """What a reply calls this engine: ``builtin``, ``ollama``."""
        ...

    async def plan(self, turn: Turn, ledger: Ledger) -> TurnPlan:
        """What the message means. Items in the plan are references, not ids."""
        ...

    def rank(self, task: RankTask, ledger: Ledger) -> AsyncGenerator[RankPart]:
        """Order candidates and say why, part by part as they are known.

        Either one `RankWhole`, or a `RankOrder`, then at most one `RankOpening`, a `RankReason`
        a candidate and at most one `RankQuestion`. An error in the middle keeps what came
        before it.
        """
        ...

    async def describe(self, content: Content, ledger: Ledger) -> Descriptors:
        """Descriptors of any content."""
        ...
