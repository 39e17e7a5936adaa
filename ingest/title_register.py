"""Every name of every title, and which words are too plain to be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Self

from pydantic import BaseModel

from .derived import Deriving, derived
from .everyday import EVERYDAY, PRONOUNS, lower_case_words
from .item import Item
from .names import Word, first_forms
from .near_names import NearNames
from .title_match import TitleMatch
from .title_names import SHORT, WHOLE, Name, countless, names_of

_OTHER_ARTICLE, _STRANGE_ARTICLE = 1.0, 25.0
# A word that the texts of this many items use names nothing as a part of a title.
_PLAIN = 8
# Names shorter than this are never taken for misspelt ones.
SHORTEST_MISSPELT = 5


class KeptTitles(BaseModel):
    """What a register holds, as JSON has it: everyday words, words of people, items with names.

    An item is its id, title, year, popularity and names, in the order in which they were taken.
    """

    everyday: list[str]
    plain: list[str]
    people: list[str]
    items: list[tuple[str, str, int | None, float, list[tuple[str, str, str, str, float]]]]


class TitleRegister(Deriving):
    """Names of titles by key; everyday words are learnt from the texts of the first items."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        super().__init__()
        counts, every = lower_case_words(items)
        self._everyday = EVERYDAY | {word for word, count in counts.items() if count >= 2}
        self._plain = EVERYDAY | {word for word, count in counts.items() if count >= _PLAIN}
        self._people: set[str] = set()
        self._items: dict[str, TitleMatch] = {}
        self._names: dict[str, list[Name]] = {}
        self.keys: dict[str, dict[str, Name]] = {}
        self.longest = 1
        self.upsert(every)

    def upsert(self, items: Iterable[Item]) -> None:
        """Add items or replace those with the same id."""
        with self.changing():
            for item in items:
                self._take(item)

    def _take(self, item: Item) -> None:
        """Know an item by its names; whoever asks meanwhile finds it by its old or new ones."""
        names = [name for name in _all_names(item) if self._worth(name)]
        gone = {name.key for name in self._names.get(item.id, ())} - {name.key for name in names}
        self._hold(item.id, item.title, item.year, item.popularity, names)
        self._drop(item.id, gone)
        self._people |= first_forms(" ".join((*item.directors, *item.cast)))

    def _hold(
        self, item_id: str, title: str, year: int | None, popularity: float, names: list[Name]
    ) -> None:
        """Find an item by these names, the best one for each key."""
        self._items[item_id] = TitleMatch(item_id, title, year, WHOLE, True, popularity)
        self._names[item_id] = names
        best: dict[str, Name] = {}
        for name in sorted(names, key=attrgetter("score"), reverse=True):
            best.setdefault(name.key, name)
            self.longest = max(self.longest, name.spelling.count(" ") + 1)
        for key, name in best.items():
            self.keys.setdefault(key, {})[item_id] = name

    def kept(self) -> KeptTitles:
        """Everything that `restored` makes the same register of."""
        with self.lock:
            return KeptTitles.model_construct(
                everyday=[*self._everyday - EVERYDAY],
                plain=[*self._plain - EVERYDAY],
                people=[*self._people],
                items=[
                    (m.id, m.title, m.year, m.popularity, self._names[m.id])
                    for m in self._items.values()
                ],
            )

    @classmethod
    def restored(cls, kept: KeptTitles) -> Self:
        """A register of what `kept` told, without reading any title."""
        made = cls()
        made._everyday, made._plain = EVERYDAY.union(kept.everyday), EVERYDAY.union(kept.plain)
        made._people = {*kept.people}
        for item_id, title, year, popularity, names in kept.items:
            made._hold(item_id, title, year, popularity, [*map(Name._make, names)])
        return made

    def _drop(self, item_id: str, keys: Iterable[str]) -> None:
        for key in keys:
            self.keys[key].pop(item_id, None)
            if not self.keys[key]:
                del self.keys[key]

    def delete(self, ids: Collection[str]) -> None:
        """Forget items; unknown ids are passed over."""
        with self.changing():
            for item_id in ids:
                self._drop(item_id, {name.key for name in self._names.pop(item_id, ())})
                self._items.pop(item_id, None)

    def _worth(self, name: Name) -> bool:
        """Whether a part or short form names something: not "Part Two", not one plain word."""
        if name.score == WHOLE:
            return True
        ordinary = all(word in EVERYDAY for word in name.spelling.split())
        short = name.score == SHORT and ordinary
        return not countless(name) and not short and name.spelling not in self._plain

    @derived
    def spellings(self) -> dict[str, list[tuple[str, float]]]:
        """Item ids and scores per spelling, for all names that are long enough to be misspelt."""
        found: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for item_id, names in self._names.items():
            for name in names:
                if len(name.key) >= SHORTEST_MISSPELT and name.score > SHORT:
                    for form in dict.fromkeys((name.spelling, name.written)):
                        found[form].append((item_id, name.score))
        return dict(found)

    @derived
    def near_names(self) -> NearNames:
        """The keys of `spellings`, to be found misspelt."""
        return NearNames(self.spellings)

    @derived
    def words(self) -> dict[str, set[str]]:
        """Item ids per word of their whole titles."""
        found: dict[str, set[str]] = defaultdict(set)
        for item_id, names in self._names.items():
            for name in names:
                for word in name.spelling.split() if name.score == WHOLE else ():
                    found[word].add(item_id)
        return dict(found)

    @derived
    def ordered_words(self) -> list[str]:
        """The words of `words`, sorted."""
        return sorted(self.words)

    def titles(self) -> set[str]:
        """The titles of all items as they are written, without alternative ones."""
        return {match.title for match in self._items.copy().values()}

    def named(self, key: str) -> Mapping[str, Name]:
        """The names with this key by item id, as they are at this moment."""
        return self.keys.get(key, {}).copy()

    def matching(self, ids: Iterable[str], score: float, exact: bool = False) -> list[TitleMatch]:
        """Items as matches; those that are gone since they were looked up are left out."""
        return [
            replace(match, score=score, exact=exact)
            for item_id in ids
            if (match := self._items.get(item_id))
        ]

    def matches(self, key: str, article: str, strict: bool = False) -> list[TitleMatch]:
        """Items with this key; ``strict`` distrusts an article that the title doesn't have."""
        found: list[TitleMatch] = []
        for item_id, name in self.named(key).items():
            other = name.article != article
            strange = strict and other and bool(article)
            score = name.score - (_STRANGE_ARTICLE if strange else _OTHER_ARTICLE if other else 0)
            if held := self._items.get(item_id):
                found.append(replace(held, score=score, exact=not strange))
        return found

    def everyday(self, word: str) -> bool:
        """Whether a folded word is plain English."""
        return word in self._everyday or word.removesuffix("s") in self._everyday

    def plain(self, words: Sequence[Word]) -> bool:
        """Whether all words are plain English or numbers."""
        return all(
            word.text.isdigit() or self.everyday(word.text.lower()) or self.everyday(word.first)
            for word in words
        )

    def plainest(self, word: Word) -> bool:
        """Whether a word is so plain that an article before it makes it no title."""
        return word.text.isdigit() or word.first in self._plain or word.text.lower() in self._plain

    def common(self, words: Sequence[Word], article: bool) -> bool:
        """Whether a name in a text reads as plain English, a number or somebody's name.

        ``article`` says that the title has one which the text leaves out: "substance" is no
        name where "The Substance" would be.
        """
        word = words[0]
        if len(words) > 1:
            said = word.first in PRONOUNS and len(words) == 2 and self.everyday(words[1].first)
            return said or all(word.text.lower() in EVERYDAY for word in words)
        return article or len(word.first) < 3 or word.first in self._people or self.plain(words)


def _all_names(item: Item) -> list[Name]:
    titles = (item.title, *item.alternative_titles)
    return [name for title in titles for name in names_of(title)]
