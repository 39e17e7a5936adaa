"""Plays a simulated person against a way of recommending, and keeps what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from typing import Protocol

from ....ingest.catalogue import Catalogue
from ....ingest.item import Item
from ....tools.retrieve import retrieve
from ...clicks import feedback_click, list_click
from ...profile import TasteProfile
from ...reply import Reply
from ...taste_query import Round, demand_of
from ..checks.base import Exchange
from ..play import Player
from .moves import Move
from .promises import broken
from .taste import Taste, list_distance

DEPTH = 50
"""So many candidates are looked at behind each list."""
NEAREST = 10


class Somebody(Protocol):
    """Who talks: a `Person`, somebody who only asks for more, or a model."""

    async def open(self) -> Move:
        """The first message."""
        ...

    async def react(self, reply: Reply, shown: Sequence[Item]) -> Move:
        """The next move, by what was answered and the items of its list."""
        ...


@dataclass(frozen=True)
class Outlook:
    """How near to a taste the candidates are that stand behind a profile.

    ``recall`` is the share of the taste's goal among the first `DEPTH`, ``ndcg`` the same with
    the places counted, both over what was not shown yet; ``distance`` the mean distance in
    degrees of the axes over the first `NEAREST`.
    """

    recall: float
    ndcg: float
    distance: float
    first: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beat:
    """One turn: the move, what it was in words, the reply, and the outlook after it."""

    move: Move
    said: str
    reply: Reply
    outlook: Outlook

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the list, in order."""
        return tuple(pick.id for pick in self.reply.picks)


@dataclass(frozen=True)
class Lists:
    """What one person was shown turn by turn (ids, in order), whoever chose it."""

    taste: Taste
    picky: bool
    lists: tuple[tuple[str, ...], ...]

    @property
    def pleased_in(self) -> int | None:
        """The turn whose list has a film that the person accepts, from 1; None without one."""
        return next((n for n, shown in enumerate(self.lists, 1) if self._pleases(shown)), None)

    def hit(self, turns: int) -> bool:
        """Whether a hidden film was among the first five of a list within so many turns."""
        return any(set(shown[:5]) & self.taste.hidden for shown in self.lists[:turns])

    def _pleases(self, shown: Sequence[str]) -> bool:
        return any(self.taste.pleased_by(each, picky=self.picky) for each in shown)


@dataclass(frozen=True)
class Dialogue:
    """One conversation; ``pleased`` is the film that ended it, if one did.

    ``broken`` names the promises that answers broke, once each time.
    """

    taste: Taste
    temperament: str
    picky: bool
    beats: tuple[Beat, ...]
    pleased: str | None = None
    broken: tuple[str, ...] = ()

    @property
    def lists(self) -> Lists:
        """What each turn showed, the last word of thanks apart."""
        beats = self.beats[:-1] if self.pleased else self.beats
        return Lists(self.taste, self.picky, tuple(beat.shown for beat in beats))


@dataclass(frozen=True)
class Role:
    """Who is on stage: the person, and what they and others know them by."""

    who: Somebody
    taste: Taste
    temperament: str
    picky: bool

    def pleased_by(self, item_id: str) -> bool:
        """Whether a film of a list ends the search."""
        return self.taste.pleased_by(item_id, picky=self.picky)


async def play(role: Role, player: Player, catalogue: Catalogue, turns: int) -> Dialogue:
    """Talk until a film is accepted, for ``turns`` turns at most.

    Accepting is told to the agent, as people do, but is no turn of the search.
    """
    beats: list[Beat] = []
    pleased: str | None = None
    move = await role.who.open()
    while len(beats) < turns or pleased:
        reply = await _done(move, player)
        beats.append(_beat(move, reply, beats, role.taste, catalogue))
        if pleased:
            break
        pleased = next((each for each in beats[-1].shown if role.pleased_by(each)), None)
        move = await role.who.react(reply, _items(catalogue, beats[-1].shown))
    said = [Exchange(beat.said, beat.reply) for beat in beats]
    failed = broken(said, catalogue)
    return Dialogue(role.taste, role.temperament, role.picky, tuple(beats), pleased, failed)


async def _done(move: Move, player: Player) -> Reply:
    return await (player.press(move.press) if move.press else player.say(move.words))


def _beat(
    move: Move, reply: Reply, before: Sequence[Beat], taste: Taste, catalogue: Catalogue
) -> Beat:
    lists = [Round(beat.reply.turn, beat.shown) for beat in before if beat.shown]
    if reply.picks:
        lists.append(Round(reply.turn, tuple(pick.id for pick in reply.picks)))
    return Beat(move, _words(move, catalogue), reply,
                outlook(reply.profile, lists, taste, catalogue))  # fmt: skip


def _words(move: Move, catalogue: Catalogue) -> str:
    if move.press is None:
        return move.words
    if move.press.act == "recommend":
        return list_click()[0]
    item = catalogue.get([move.press.item])[move.press.item]
    return feedback_click(item, move.press.act, move.press.dimension)[0]  # type: ignore[arg-type]


def _items(catalogue: Catalogue, ids: Sequence[str]) -> list[Item]:
    found = catalogue.get(ids)
    return [found[each] for each in ids if each in found]


def outlook(
    profile: TasteProfile, lists: Sequence[Round], taste: Taste, catalogue: Catalogue
) -> Outlook:
    """Search as the agent would for this profile, and compare with the taste."""
    query = demand_of(profile, catalogue, lists).query
    found = [candidate.item for candidate in retrieve(catalogue, query, DEPTH)]
    ids = [item.id for item in found]
    goal = taste.goal - {each for shown in lists for each in shown.ids}
    distance = list_distance(found[:NEAREST], taste.axes)
    return Outlook(
        recall=len(goal & set(ids)) / len(goal) if goal else 0.0,
        ndcg=ndcg(ids, goal),
        distance=distance if distance is not None else float("nan"),
        first=tuple(ids[:NEAREST]),
    )


def ndcg(found: Sequence[str], wanted: frozenset[str]) -> float:
    """Normalised discounted cumulative gain with equal gains over all of ``found``, 0 to 1."""
    ideal = sum(1 / log2(place + 2) for place in range(min(len(found), len(wanted))))
    gained = sum(1 / log2(place + 2) for place, each in enumerate(found) if each in wanted)
    return gained / ideal if ideal else 0.0
