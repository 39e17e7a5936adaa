"""Finding people by what others call them."""

from __future__ import annotations

from collections.abc import Sequence

from .people_register import SHORTEST_MISSPELT, PeopleRegister
from .person_match import PersonMatch, PersonMention
from .person_mentions import find_person_mentions
from .person_names import PersonWord, person_words

__all__ = ["PeopleIndex", "PersonMatch", "PersonMention"]

# How many slips are forgiven from which length on, blanks not counted.
_SLIPS = ((12, 3), (8, 2), (SHORTEST_MISSPELT, 1))
_NEAREST = 10


class PeopleIndex(PeopleRegister):
    """Directors and cast of a catalogue, kept in memory: found by name and in free text."""

    def find_person(self, name: str, limit: int = 5) -> list[PersonMatch]:
        """People that a name may mean, best first: full names, surnames, misspelt ones.

        "the Coens" and "Coen brothers" give everybody of that surname. A surname that several
        people share gives all of them, whoever has most items first.
        """
        words = person_words(name)
        article = len(words) > 1 and words[0].first == "the"
        words = words[1:] if article else words
        found, together = self.exactly(words)
        if article and not together and words[0].first in self.everyday:
            return []
        return (found or self._misspelt(words))[:limit]

    def _misspelt(self, words: Sequence[PersonWord]) -> list[PersonMatch]:
        asked = " ".join(word.first for word in words)
        length = len(asked.replace(" ", ""))
        slips = next((slips for least, slips in _SLIPS if length >= least), 0)
        if not slips or all(word.first in self.everyday for word in words):
            return []
        best: dict[str, float] = {}
        for found, distance in self.near_names.near(asked, slips, _NEAREST):
            if found[0] != asked[0]:
                continue
            for name, worth in self.spellings.get(found, ()):
                score = round(worth * (1 - distance / max(len(found), len(asked))), 1)
                best[name] = max(score, best.get(name, 0.0))
        matches = [m for name, score in best.items() for m in self.matches([name], score, False)]
        return sorted(matches, key=lambda match: (-match.score, -match.films, match.name))

    def person_mentions(self, text: str) -> list[PersonMention]:
        """Every place of a text where somebody is named, in order, not overlapping.

        A single name that is also an everyday word ("stone", "lee") counts only with a capital
        that the start of a sentence doesn't explain. Misspelt names are not looked for: offer
        the span of a slot to `find_person`.
        """
        return find_person_mentions(self, text)
