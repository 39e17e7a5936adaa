"""How a simulated person puts things into words."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from ....ingest.item import AxisName, Item
from . import phrases
from .phrases import Lines
from .slips import mistype
from .taste import Cue
from .temperament import Style, Temperament


class Voice:
    """One person's way of saying things; all chance is drawn from the person's seed."""

    def __init__(self, temperament: Temperament, chance: random.Random) -> None:
        self._who = temperament
        self._chance = chance

    def say(self, lines: Mapping[Style, Lines], **values: str) -> str:
        """One of the lines for the person's style, filled in."""
        return self._chance.choice(lines[self._who.style]).format(**values)

    def typed(self, text: str) -> str:
        """A text as it leaves the keyboard."""
        if self._who.style == "terse":
            text = text.lower() if self._chance.random() < 0.5 else text
        return mistype(text, self._who.slips, self._chance)

    def wish(self, cue: Cue) -> str:
        """A mood or an axis as an everyday wish."""
        if cue.kind == "mood":
            return self._chance.choice(phrases.MOODS[cue.value])  # type: ignore[index]
        return self.axis(cue.value, phrases.HIGH, phrases.LOW)

    def axis(
        self, signed: str, up: Mapping[AxisName, Lines], down: Mapping[AxisName, Lines]
    ) -> str:
        """A signed axis ("-violence") in words of one table or the other."""
        return self._chance.choice((up if signed[0] == "+" else down)[signed[1:]])  # type: ignore[index]

    def cue(self, cue: Cue, items: Mapping[str, Item]) -> str:
        """Something that occurs to the person, as a message."""
        if cue.kind == "favourite":
            return self.say(phrases.FAVOURITES, films=self.title(items[cue.value]))
        if cue.kind == "era":
            decade = (
                cue.value[2:] if self._chance.random() < 0.5 and cue.value < "2000" else cue.value
            )
            return self.say(phrases.ERA, decade=decade)
        if cue.kind in ("mood", "axis"):
            return self.say(phrases.WANT, wish=self.wish(cue))
        lines = phrases.GENRE if cue.kind == "genre" else phrases.PERSON
        return self._chance.choice(lines).format(name=cue.value)

    def title(self, item: Item) -> str:
        """A film as people name it: mostly without its year, a sequel mostly with."""
        return item.label if self._chance.random() < 0.25 else item.title

    def point(self, item: Item, shown: Sequence[Item]) -> str:
        """A film of the list: by its place or its title."""
        place = [each.id for each in shown].index(item.id)
        ways = [
            f"the {phrases.ORDINALS[place % 10]} one", f"number {place + 1}", f"#{place + 1}",
            item.title,
        ]  # fmt: skip
        return self._chance.choice(ways)

    def points(self, items: Sequence[Item], shown: Sequence[Item]) -> str:
        """Several films of the list, joined as people do."""
        return joined([self.point(item, shown) for item in items])


def joined(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *head, last = parts
    return f"{', '.join(head)} and {last}" if head else last
