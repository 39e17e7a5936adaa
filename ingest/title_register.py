"""Every name of every title, and which words are too plain to be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from .everyday import EVERYDAY, PRONOUNS, lower_case_words
from .item import Item
from .names import Word, words_of
from .near_names import NearNames
from .title_match import TitleMatch
from .title_names import SHORT, WHOLE, Name, countless, names_of

_OTHER_ARTICLE, _STRANGE_ARTICLE = 1.0, 25.0
# A word that the texts of this many items use names nothing as a part of a title.
_PLAIN = 8
# Names shorter than this are never taken for misspelt ones.
SHORTEST_MISSPELT = 5


class TitleRegister:
    """Names of titles by key; everyday words are learnt from the texts of the first items."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        counts, every = lower_case_words(items)
        self._everyday = EVERYDAY | {word for word, count in counts.items() if count >= 2}
        self._plain = EVERYDAY | {word for word, count in counts.items() if count >= _PLAIN}
        self._people: set[str] = set()
        self._items: dict[str, TitleMatch] = {}
        self._names: dict[str, list[Name]] = {}
        self.keys: dict[str, dict[str, Name]] = defaultdict(dict)
        self.longest = 1
        self.upsert(every)

    def upsert(self, items: Iterable[Item]) -> None:
        """Add items or replace those with the same id."""
        for item in items:
            self.delete([item.id])
            names = [name for name in _all_names(item) if self._worth(name)]
            self._names[item.id] = names
            self._items[item.id] = TitleMatch(
                item.id, item.title, item.year, WHOLE, True, item.popularity
            )
            for name in names:
                held = self.keys[name.key].get(item.id)
                if held is None or held.score < name.score:
                    self.keys[name.key][item.id] = name
                self.longest = max(self.longest, name.spelling.count(" ") + 1)
            people = " ".join((*item.directors, *item.cast))
            self._people.update(word.first for word in words_of(people))
        self._forget_derived()

    def delete(self, ids: Collection[str]) -> None:
        """Forget items; unknown ids are passed over."""
        for item_id in ids:
            for name in self._names.pop(item_id, ()):
                self.keys[name.key].pop(item_id, None)
                if not self.keys[name.key]:
                    del self.keys[name.key]
            self._items.pop(item_id, None)
        self._forget_derived()

    def _forget_derived(self) -> None:
        self.__dict__.pop("spellings", None)
        self.__dict__.pop("near_names", None)
        self.__dict__.pop("words", None)
        self.__dict__.pop("ordered_words", None)

    def _worth(self, name: Name) -> bool:
        """Whether a part or short form names something: not "Part Two", not one plain word."""
        if name.score == WHOLE:
            return True
        ordinary = all(word in EVERYDAY for word in name.spelling.split())
        short = name.score == SHORT and ordinary
        return not countless(name) and not short and name.spelling not in self._plain

    @cached_property
    def spellings(self) -> dict[str, list[tuple[str, float]]]:
        """Item ids and scores per spelling, for all names that are long enough to be misspelt."""
        found: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for item_id, names in self._names.items():
            for name in names:
                if len(name.key) >= SHORTEST_MISSPELT and name.score > SHORT:
                    for form in {name.spelling, name.written}:
                        found[form].append((item_id, name.score))
        return dict(found)

    @cached_property
    def near_names(self) -> NearNames:
        """The keys of `spellings`, to be found misspelt."""
        return NearNames(self.spellings)

    @cached_property
    def words(self) -> dict[str, set[str]]:
        """Item ids per word of their whole titles."""
        found: dict[str, set[str]] = defaultdict(set)
        for item_id, names in self._names.items():
            for name in names:
                for word in name.spelling.split() if name.score == WHOLE else ():
                    found[word].add(item_id)
        return dict(found)

    @cached_property
    def ordered_words(self) -> list[str]:
        """The words of `words`, sorted."""
        return sorted(self.words)

    def titles(self) -> set[str]:
        """The titles of all items as they are written, without alternative ones."""
        return {match.title for match in self._items.values()}

    def match(self, item_id: str, score: float, exact: bool) -> TitleMatch:
        """An item as a match."""
        return replace(self._items[item_id], score=score, exact=exact)

    def matches(self, key: str, article: str, strict: bool = False) -> list[TitleMatch]:
        """Items with this key; ``strict`` distrusts an article that the title doesn't have."""
        found = []
        for item_id, name in self.keys.get(key, {}).items():
            other = name.article != article
            strange = strict and other and bool(article)
            score = name.score - (_STRANGE_ARTICLE if strange else _OTHER_ARTICLE if other else 0)
            found.append(self.match(item_id, score, not strange))
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
