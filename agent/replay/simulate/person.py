"""A simulated person: reacts to what is really shown, from a taste that the agent can't see."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean

from ....ingest.item import AXES, Item, fold
from ...reply import Reply
from ..script import Act, Press
from . import phrases
from .moves import Move, MoveKind
from .taste import Taste, axis_distance
from .temperament import Temperament
from .voice import Voice, joined

NOTABLE = 0.75
"""Degrees of an axis between a list and a taste from which on somebody says so."""
CLEAR = 1.5
"""The same for one film that is rejected."""
_CLOSE = 0.8
"""A film that is not wanted, but this near in degrees, is worth a "more like that"."""
_WEIGHTS: Mapping[MoveKind, float] = {
    "seen": 3, "reject": 1.5, "critique": 2, "like": 1.5, "tell": 2, "more": 0.25,
}  # fmt: skip


class Person:
    """One person in one conversation; the same seed does the same.

    Args:
        taste: what would please.
        temperament: how they talk.
        items: all items of the catalogue by id: what the person knows of films.
        seed: of all chance.
        picky: whether only hidden films are accepted, or those near enough too.
    """

    def __init__(
        self,
        taste: Taste,
        temperament: Temperament,
        items: Mapping[str, Item],
        seed: int,
        *,
        picky: bool,
    ) -> None:
        self.taste = taste
        self.temperament = temperament
        self.picky = picky
        self._items = items
        self._chance = random.Random(f"{seed} {taste.name} {temperament.name}")  # noqa: S311
        self._voice = Voice(temperament, self._chance)
        self._left = list(taste.cues)
        self._taken_back: str | None = None
        self._wrong: str | None = None
        self._said_seen: set[str] = set()
        self._rejected: set[str] = set()
        self._critiqued: list[str] = []
        self._turn = 0

    def pleased_by(self, item_id: str) -> bool:
        """Whether the person would watch this film tonight."""
        return self.taste.pleased_by(item_id, picky=self.picky)

    async def open(self) -> Move:
        """The first message: one or two things that come to mind first."""
        self._turn = 1
        cues = [self._left.pop(0) for _ in range(min(2, len(self._left)))]
        films = [cue for cue in cues if cue.kind == "favourite"]
        if len(films) > 1:
            named = joined([self._voice.title(self._items[cue.value]) for cue in films])
            words = self._voice.say(phrases.FAVOURITES, films=named)
        elif len(cues) > 1 and all(cue.kind in ("mood", "axis") for cue in cues):
            both = " and ".join(self._voice.wish(cue) for cue in cues)
            words = self._voice.say(phrases.WANT, wish=both)
        else:
            words = ". ".join(self._voice.cue(cue, self._items) for cue in cues)
        if self.temperament.changes:
            words = f"{words.rstrip('.?')}. {self._passing_wish()}"
        return Move("open", self._voice.typed(words), about=tuple(c.value for c in films))

    def _passing_wish(self) -> str:
        """A wish for what is wanted least, to be taken back two turns later."""
        axis = min(AXES, key=lambda each: self.taste.axes[each])
        self._taken_back = phrases.HIGH[axis][0]
        return f"And {self._taken_back}"

    async def react(self, reply: Reply, shown: Sequence[Item]) -> Move:
        """The next move, by what the reply shows and asks; ``shown`` are the items of its list."""
        self._turn += 1
        wanted = [item for item in shown if self.pleased_by(item.id)]
        if wanted:
            return self._accept(wanted[0], shown)
        if reply.question:
            return self._answer(reply)
        if self._taken_back and self._turn >= 3:
            return self._take_back()
        if not shown:
            return self._go_on()
        return self._feedback(shown)

    def _accept(self, item: Item, shown: Sequence[Item]) -> Move:
        words = self._voice.say(phrases.ACCEPT, film=self._voice.point(item, shown))
        return Move("accept", self._voice.typed(words), about=(item.id,))

    def _answer(self, reply: Reply) -> Move:
        """The truth as far as it goes; "don't mind" now and then."""
        meant = next((each for each in reply.choices if self._means(each)), None)
        if meant is not None:
            return Move("answer", self._voice.typed(meant))
        if "yes" in reply.choices:
            return Move("answer", self._chance.choice(("yes", "yes please", "ok, do that")))
        if reply.choices:
            return Move("answer", "none of them")
        if self._chance.random() < self.temperament.unsure or not self._left:
            return Move("unsure", self._voice.typed(self._chance.choice(phrases.WHATEVER)))
        told = self._tell()
        return Move("answer", told.words, about=told.about)

    def _means(self, choice: str) -> bool:
        named = {fold(self._items[each].label) for each in self.taste.told}
        return any(fold(choice).startswith(each) for each in named)

    def _take_back(self) -> Move:
        words = self._voice.say(phrases.CHANGE, wish=self._taken_back or "")
        self._taken_back = None
        return Move("change", self._voice.typed(words))

    def _go_on(self) -> Move:
        if self._left and self._chance.random() < 0.6:
            return self._tell()
        return Move("more", press=Press(act="recommend"))

    def _feedback(self, shown: Sequence[Item]) -> Move:
        able: dict[MoveKind, Callable[[], Move]] = {}
        if seen := self._known_among(shown):
            able["seen"] = lambda: self._seen(seen, shown)
        if clash := self._clash(shown):
            able["reject"] = lambda: self._reject(*clash, shown)
        if gap := self._gap(shown):
            able["critique"] = lambda: self._critique(gap)
        if (close := self._closest(shown)) is not None:
            able["like"] = lambda: self._like(close, shown)
        if self._left:
            able["tell"] = self._tell
        able["more"] = lambda: Move("more", self._voice.typed(self._voice.say(phrases.MORE_FILMS)))
        kinds = list(able)
        chosen = self._chance.choices(kinds, [_WEIGHTS[kind] for kind in kinds])[0]
        move = able[chosen]()
        return self._doubled(move, able) if move.words else move

    def _doubled(self, move: Move, able: Mapping[MoveKind, Callable[[], Move]]) -> Move:
        """With a second thing in the same message, from people who talk that way."""
        if move.kind != "seen" or "critique" not in able:
            return move
        if self._chance.random() >= self.temperament.double:
            return move
        second = able["critique"]()
        return Move(move.kind, f"{move.words}. {second.words}", about=move.about, double="critique")

    def _presses(self) -> bool:
        return self._chance.random() < self.temperament.presses

    def _known_among(self, shown: Sequence[Item]) -> list[Item]:
        known = self.taste.known - self._said_seen
        return [item for item in shown if item.id in known]

    def _seen(self, seen: Sequence[Item], shown: Sequence[Item]) -> Move:
        if self._presses():
            self._said_seen.add(seen[0].id)
            loathed = seen[0].id in self.taste.disliked
            return _press("disliked" if loathed else "seen", seen[0], "seen")
        self._said_seen |= {item.id for item in seen}
        words = self._voice.say(phrases.SEEN, film=self._voice.points(seen, shown))
        return Move("seen", self._voice.typed(words), about=tuple(item.id for item in seen))

    def _clash(self, shown: Sequence[Item]) -> tuple[Item, str] | None:
        """The film that is farthest from the taste on one axis, and that axis with its sign."""
        away = [
            (item.axes.of(axis) - self.taste.axes[axis], axis, item)
            for item in shown
            if item.axes and item.id not in self._rejected
            for axis in AXES
        ]
        worst = max(away, key=lambda each: abs(each[0]), default=None)
        if worst is None or abs(worst[0]) < CLEAR:
            return None
        return worst[2], f"{'+' if worst[0] > 0 else '-'}{worst[1]}"

    def _reject(self, item: Item, signed: str, shown: Sequence[Item]) -> Move:
        self._rejected.add(item.id)
        if self._presses():
            return _press("not_tonight", item, "reject")
        too = self._voice.axis(signed, phrases.TOO_MUCH, phrases.TOO_LITTLE)
        words = self._voice.say(phrases.REJECT, film=self._voice.point(item, shown), too=too)
        return Move("reject", self._voice.typed(words), about=(item.id,))

    def _gap(self, shown: Sequence[Item]) -> str | None:
        """The way to go on the axis where the list is farthest from the taste, as "+warmth".

        The same is not said more than twice.
        """
        rated = [item.axes for item in shown if item.axes]
        if not rated:
            return None
        gaps = {
            axis: self.taste.axes[axis] - fmean(each.of(axis) for each in rated) for axis in AXES
        }
        ways = [(abs(gap), f"{'+' if gap > 0 else '-'}{axis}") for axis, gap in gaps.items()]
        fresh = [way for way in ways if self._critiqued.count(way[1]) < 2]
        size, signed = max(fresh, default=(0.0, ""))
        return signed if size >= NOTABLE else None

    def _critique(self, signed: str) -> Move:
        kind: MoveKind = "critique"
        if self.temperament.contradicts and self._wrong is None:
            self._wrong = signed
            signed, kind = f"{'-' if signed[0] == '+' else '+'}{signed[1:]}", "contradict"
        else:
            self._critiqued.append(signed)
        more = self._voice.axis(signed, phrases.MORE, phrases.LESS)
        return Move(kind, self._voice.typed(self._voice.say(phrases.CRITIQUE, more=more)))

    def _closest(self, shown: Sequence[Item]) -> Item | None:
        """The film that feels most like tonight, if one comes near."""
        away = [(axis_distance(item, self.taste.axes), item) for item in shown]
        near = [(far, item.id, item) for far, item in away if far is not None and far < _CLOSE]
        return min(near)[2] if near else None

    def _like(self, item: Item, shown: Sequence[Item]) -> Move:
        if self._presses():
            return _press("more_like", item, "like")
        words = self._voice.say(phrases.LIKE, film=self._voice.point(item, shown))
        return Move("like", self._voice.typed(words), about=(item.id,))

    def _tell(self) -> Move:
        cue = self._left.pop(0)
        about = (cue.value,) if cue.kind == "favourite" else ()
        return Move("tell", self._voice.typed(self._voice.cue(cue, self._items)), about=about)


def _press(act: Act, item: Item, kind: MoveKind) -> Move:
    return Move(kind, press=Press(act=act, item=item.id), about=(item.id,))
