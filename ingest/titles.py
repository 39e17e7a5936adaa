"""Finding items by what people call them."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from .item import fold
from .names import Word, joined, spelt, without_article, words_of
from .title_match import Mention, TitleMatch, best_first, of_year
from .title_mentions import find_mentions
from .title_names import turned
from .title_places import LITTLE, split_year
from .title_register import SHORTEST_MISSPELT, TitleRegister

__all__ = ["Mention", "TitleIndex", "TitleMatch"]

_SOME_WORDS = 70.0
# How many slips are forgiven from which length on, blanks not counted.
_SLIPS = ((20, 4), (13, 3), (8, 2), (SHORTEST_MISSPELT, 1))
_MANY = 5
_NEAREST = 20


class TitleIndex(TitleRegister):
    """Titles of a catalogue, kept in memory: found by name and in free text."""

    def find(self, title: str, year: int | None = None, limit: int = 10) -> list[TitleMatch]:
        """Items that a name may mean, best first; misspelt names are found where long enough.

        Args:
            title: as a person wrote it, with or without article, quotes and year.
            year: of release; one year off is tolerated with a lower score.
        """
        found = self.exactly(title)
        if not found and (dated := split_year(title)):
            return self.find(dated[0], year or dated[1], limit)
        found = found or self._numbered(title) or self.fuzzy(title, limit)
        found = found or self._by_some_words(title)
        return best_first(of_year(found, year))[:limit]

    def exactly(self, title: str) -> list[TitleMatch]:
        """Items with this name as it is; quicker than `find`, which looks for misspelt ones too."""
        words = words_of(turned(title))
        if not words:
            return []
        bare = without_article(words)
        article = words[0].first if len(bare) < len(words) else ""
        return self.matches(joined(bare), article, len(bare) == 1 and self.plainest(bare[0]))

    def _numbered(self, title: str) -> list[TitleMatch]:
        """The nth by year of the titles that share a part: "Harry Potter 3"."""
        words = without_article(words_of(title))
        if len(words) < 2 or not words[-1].later.isdigit():
            return []
        known = self.matching(self.named(joined(words[:-1])), _SOME_WORDS)
        dated = sorted((m.year, m.id, m) for m in known if m.year is not None)
        place = int(words[-1].later)
        return [dated[place - 1][2]] if 2 <= place <= len(dated) else []

    def fuzzy(self, text: str, limit: int = 5) -> list[TitleMatch]:
        """Items whose misspelt title a span of text may be, best first; never a short title."""
        said = without_article(words_of(text))
        found = self._near(said, self._slips(said)) if self._slips(said) else []
        if len(said) > 1 and not self.everyday(said[0].first) and _like_the(said[0]):
            found += self._near(said[1:], self._slips(said[1:]))
        best: dict[str, TitleMatch] = {}
        for match in best_first(found):
            best.setdefault(match.id, match)
        return [*best.values()][:limit]

    def _near(self, words: list[Word], slips: int) -> list[TitleMatch]:
        """Items with a name at most that many slips away; an item may come more than once.

        One slip may have made a number of a word, as in "one upon a time": where no name with
        that number is near, names without any are compared with what was written.
        """
        spelling = spelt(words)
        numbers = _numbers(spelling)
        found = self._alike(spelling, slips, numbers or None)
        if found or not numbers:
            return found
        return self._alike(fold(" ".join(word.text for word in words)), min(slips, 1), [])

    def _alike(self, spelling: str, slips: int, numbers: list[str] | None) -> list[TitleMatch]:
        """Items by how a name is spelt; ``numbers`` are those that it must have, None for any."""
        found: list[TitleMatch] = []
        for name, distance in self.near_names.near(spelling, slips, _NEAREST):
            if numbers is not None and _numbers(spelt(words_of(name))) != numbers:
                continue
            likeness = 1.0 - distance / max(len(name), len(spelling))
            for item_id, worth in self.spellings.get(name, ()):
                found += self.matching([item_id], round(likeness * worth - 1.0, 1))
        return found

    def _slips(self, words: Sequence[Word]) -> int:
        """How many slips to forgive: fewer where the words are good English as they are."""
        length = len(joined(list(words)))
        allowed = next((slips for least, slips in _SLIPS if length >= least), 0)
        if self.plain(words):
            return min(allowed, 1 if len(words) > 1 else 0)
        return allowed

    def _by_some_words(self, title: str) -> list[TitleMatch]:
        """Titles that hold all of the words, where at least one is no everyday word."""
        words = {word.later for word in words_of(title)} - LITTLE
        if not any(len(word) > 4 and not self.everyday(word) for word in words):
            return []
        ids = set.intersection(*(self.words.get(word, set()) for word in words))
        return self.matching(ids, _SOME_WORDS) if len(ids) <= _MANY else []

    def mentions(self, text: str) -> list[Mention]:
        """Every place of a text where a title may be meant, in order, not overlapping.

        Where places overlap the longer one stands. Misspelt titles are not looked for: offer
        the span of a slot or a quotation to `fuzzy`.
        """
        return find_mentions(self, text)


def _like_the(word: Word) -> bool:
    """Whether a word may be a misspelt article: "teh"."""
    return OSA.distance(word.first, "the") <= 1


def _numbers(spelling: str) -> list[str]:
    return [word for word in spelling.split() if word.isdigit()]
