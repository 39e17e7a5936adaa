"""Finding items by what people call them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .everyday import EVERYDAY, lower_case_words
from .item import Item
from .names import ARTICLES, Word, joined, spelt, without_article, words_of
from .title_names import SHORT, WHOLE, Name, countless, names_of, turned
from .title_places import LITTLE, capitalised, quoted, split_year, years_beside

_OTHER_ARTICLE = 1.0
_NEXT_YEAR, _OTHER_YEAR = 5.0, 25.0
_SOME_WORDS = 70.0
# A word that the texts of this many items use names nothing as a part of a title.
_PLAIN = 8
# Misspelt names: how many slips are forgiven from which length on, blanks not counted.
_SLIPS = ((20, 4), (13, 3), (8, 2), (5, 1))


@dataclass(frozen=True)
class TitleMatch:
    """An item that a name may mean.

    ``score`` runs from 0 to 100 (rapidfuzz's scale): 100 is the whole title or an alternative
    one, 99 the same with another article, 90 a named part ("The Empire Strikes Back", "Lord of
    the Rings"), 80 a short form ("Eternal Sunshine", "LOTR"); a year that is one off costs 5.
    ``exact`` means that the words were found as they are, article, accents, punctuation and the
    way of writing numbers aside; otherwise the name was misspelt or has words missing.
    """

    id: str
    title: str
    year: int | None
    score: float
    exact: bool
    popularity: float = 0.0


@dataclass(frozen=True)
class Mention:
    """A place in a text where a title may be meant; whether it is, the reader decides.

    ``start`` and ``end`` are character places of the title itself, quotes and year outside;
    ``year`` is a year beside it ("Dune (2021)", "Dune 1984", "the 1984 Dune"). ``matches`` are
    best first. ``quoted``: in quotation marks or emphasis; ``capitalised``: written like a title,
    with a capital that the start of a sentence doesn't explain; ``common``: made of everyday
    words, so that in lower case it counts only in a slot where a title belongs; ``whole``: a
    full title, not a part such as "Fellowship of the Ring" or a short form.
    """

    start: int
    end: int
    text: str
    matches: tuple[TitleMatch, ...]
    year: int | None = None
    quoted: bool = False
    capitalised: bool = False
    common: bool = False
    whole: bool = True


class TitleIndex:
    """Titles of a catalogue, kept in memory; everyday words are learnt from its texts."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        first = list(items)
        counts = lower_case_words(first)
        self._everyday = EVERYDAY | {word for word, count in counts.items() if count >= 2}
        self._plain = EVERYDAY | {word for word, count in counts.items() if count >= _PLAIN}
        self._items: dict[str, TitleMatch] = {}
        self._keys: dict[str, dict[str, Name]] = defaultdict(dict)
        self._names: dict[str, list[Name]] = {}
        self._longest = 1
        self.upsert(first)

    def upsert(self, items: Iterable[Item]) -> None:
        """Add items or replace those with the same id."""
        for item in items:
            self.delete([item.id])
            names = [n for n in _all_names(item) if self._worth(n)]
            self._names[item.id] = names
            self._items[item.id] = TitleMatch(
                item.id, item.title, item.year, WHOLE, True, item.popularity
            )
            for name in names:
                held = self._keys[name.key].get(item.id)
                if held is None or held.score < name.score:
                    self._keys[name.key][item.id] = name
                self._longest = max(self._longest, name.spelling.count(" ") + 1)
        self._forget_derived()

    def delete(self, ids: Collection[str]) -> None:
        """Forget items; unknown ids are passed over."""
        for item_id in ids:
            for name in self._names.pop(item_id, ()):
                self._keys[name.key].pop(item_id, None)
                if not self._keys[name.key]:
                    del self._keys[name.key]
            self._items.pop(item_id, None)
        self._forget_derived()

    def _forget_derived(self) -> None:
        self.__dict__.pop("_spellings", None)
        self.__dict__.pop("_words", None)

    def _worth(self, name: Name) -> bool:
        """Whether a part or short form names something: not "Part Two", not one everyday word."""
        if name.score == WHOLE:
            return True
        ordinary = all(word in EVERYDAY for word in name.spelling.split())
        short = name.score == SHORT and ordinary
        return not countless(name) and not short and name.spelling not in self._plain

    @cached_property
    def _spellings(self) -> dict[str, list[tuple[str, float]]]:
        """Item ids and scores per spelling, for all names that are long enough to be misspelt."""
        found: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for item_id, names in self._names.items():
            for name in names:
                if len(name.key) >= _SLIPS[-1][0] and name.score > SHORT:
                    found[name.spelling].append((item_id, name.score))
        return dict(found)

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        """Item ids per word of their titles."""
        found: dict[str, set[str]] = defaultdict(set)
        for item_id, names in self._names.items():
            for name in names:
                for word in name.spelling.split() if name.score == WHOLE else ():
                    found[word].add(item_id)
        return dict(found)

    # --- finding by name ----------------------------------------------------------------------

    def find(self, title: str, year: int | None = None, limit: int = 10) -> list[TitleMatch]:
        """Items that a name may mean, best first; misspelt names are found where long enough.

        Args:
            title: as a person wrote it, with or without article, quotes and year.
            year: of release; one year off is tolerated with a lower score.
        """
        found = self._exactly(title)
        if not found and year is None and (dated := split_year(title)):
            return self.find(*dated, limit)
        found = found or self._numbered(title) or self.fuzzy(title, limit)
        found = found or self._by_some_words(title)
        return _best_first(_of_year(found, year))[:limit]

    def _exactly(self, title: str) -> list[TitleMatch]:
        words = words_of(turned(title))
        if not words:
            return []
        bare = without_article(words)
        article = words[0].first if len(bare) < len(words) else ""
        return self._matches(joined(bare), article, len(bare) == 1 and self._ordinary(bare))

    def _matches(self, key: str, article: str, strict: bool = False) -> list[TitleMatch]:
        """Items with this key; ``strict`` distrusts an article that the title doesn't have."""
        found = []
        for item_id, name in self._keys.get(key, {}).items():
            score = name.score - (_OTHER_ARTICLE if name.article != article else 0.0)
            doubtful = strict and bool(article) and name.article != article
            score -= 15.0 if doubtful else 0.0
            found.append(replace(self._items[item_id], score=score, exact=not doubtful))
        return found

    def _numbered(self, title: str) -> list[TitleMatch]:
        """The nth by year of the titles that share a part: "Harry Potter 3"."""
        words = without_article(words_of(title))
        if len(words) < 2 or not words[-1].later.isdigit():
            return []
        series = self._keys.get(joined(words[:-1]), {})
        dated = sorted((m.year, m.id) for i in series if (m := self._items[i]).year is not None)
        place = int(words[-1].later)
        if not 2 <= place <= len(dated):
            return []
        return [replace(self._items[dated[place - 1][1]], score=_SOME_WORDS, exact=False)]

    def fuzzy(self, text: str, limit: int = 5) -> list[TitleMatch]:
        """Items whose misspelt title a span of text may be, best first; never a short title."""
        words = without_article(words_of(text))
        spelling = spelt(words)
        slips = self._slips(words)
        if not slips:
            return []
        near = process.extract(
            spelling, self._spellings.keys(), scorer=OSA.distance, score_cutoff=slips, limit=20
        )
        best: dict[str, TitleMatch] = {}
        for found, distance, _ in near:
            if _numbers(found) != _numbers(spelling):
                continue
            likeness = 1.0 - distance / max(len(found), len(spelling))
            for item_id, worth in self._spellings[found]:
                score = round(likeness * worth - 1.0, 1)
                if item_id not in best or best[item_id].score < score:
                    best[item_id] = replace(self._items[item_id], score=score, exact=False)
        return _best_first(best.values())[:limit]

    def _slips(self, words: Sequence[Word]) -> int:
        """How many slips to forgive: fewer where the words are good English as they are."""
        length = len(joined(list(words)))
        allowed = next((slips for least, slips in _SLIPS if length >= least), 0)
        if self._ordinary(words):
            return min(allowed, len(words) - 1, 1)
        return allowed

    def _by_some_words(self, title: str) -> list[TitleMatch]:
        """Titles that hold all of the words, where at least one is no everyday word."""
        words = {word.later for word in words_of(title)} - LITTLE
        telling = {word for word in words if word not in self._everyday and len(word) > 4}
        if not telling:
            return []
        ids = set.intersection(*(self._words.get(word, set()) for word in words))
        found = [replace(self._items[i], score=_SOME_WORDS, exact=False) for i in ids]
        return found if len(found) <= 5 else []

    def _ordinary(self, words: Sequence[Word]) -> bool:
        return all(_everyday(word, self._everyday) for word in words)

    # --- finding in free text -----------------------------------------------------------------

    def mentions(self, text: str) -> list[Mention]:
        """Every place of a text where a title may be meant, in order, not overlapping.

        Where places overlap the longer one stands. Misspelt titles are not looked for: offer
        the span of a slot or a quotation to `fuzzy`.
        """
        words = words_of(text)
        spans = sorted(
            self._spans(words),
            key=lambda span: (words[span[0]].start - words[span[1] - 1].end, span),
        )
        taken = [False] * len(words)
        found = []
        for first, behind in spans:
            if any(taken[first:behind]):
                continue
            mention = self._mention(text, words, first, behind)
            if mention is not None:
                taken[first:behind] = [True] * (behind - first)
                found.append(mention)
        return sorted(found, key=lambda mention: mention.start)

    def _spans(self, words: list[Word]) -> Iterator[tuple[int, int]]:
        """Runs of words that are a name, leading articles left out."""
        for first in range(len(words)):
            key = ""
            for behind in range(first + 1, min(len(words), first + self._longest) + 1):
                last = words[behind - 1]
                key += last.later if key else last.first
                if key in self._keys or _owner(last, key) in self._keys:
                    yield first, behind

    def _mention(self, text: str, words: list[Word], first: int, behind: int) -> Mention | None:
        chosen = words[first:behind]
        key = joined(chosen)
        owned = key not in self._keys
        key = _owner(chosen[-1], key) if owned else key
        article = _article_before(text, words, first)
        start, end = chosen[0].start, chosen[-1].end - (2 if owned else 0)
        names = self._keys[key].values()
        if article is not None and any(name.article == article.first for name in names):
            start = article.start
        in_quotes = quoted(text, start, end)
        common = self._common(chosen)
        strict = article is not None and common and len(chosen) == 1
        matches = [
            match
            for match in self._matches(key, article.first if article else "", strict)
            if match.exact
        ]
        if not matches or not _fits(chosen, names):
            return None
        year, matches = _dated(text, start, end, matches)
        return Mention(
            start,
            end,
            text[start:end],
            tuple(_best_first(matches)),
            year,
            in_quotes,
            capitalised(text, chosen),
            common,
            any(name.score == WHOLE for name in names),
        )

    def _common(self, words: Sequence[Word]) -> bool:
        """Whether a name reads as plain English (or as a number) rather than as a name."""
        if len(words) == 1:
            return self._ordinary(words) or len(words[0].first) < 3
        return all(word.text.lower() in EVERYDAY for word in words)


def _all_names(item: Item) -> list[Name]:
    titles = (item.title, *item.alternative_titles)
    return [name for title in titles for name in names_of(title)]


def _article_before(text: str, words: Sequence[Word], first: int) -> Word | None:
    """The article right before a place, with nothing but a blank between."""
    word = words[first - 1] if first else None
    if word is None or word.first not in ARTICLES:
        return None
    return word if text[word.end : words[first].start].isspace() else None


def _everyday(word: Word, everyday: Collection[str]) -> bool:
    return word.text.isdigit() or word.text.lower() in everyday or word.first in everyday


def _numbers(spelling: str) -> list[str]:
    return [word for word in spelling.split() if word.isdigit()]


def _owner(word: Word, key: str) -> str:
    """The key without the possessive ending of its last word."""
    return key[:-1] if word.text[-2:].lower() in ("'s", "’s") and key.endswith("s") else key


def _fits(words: Sequence[Word], names: Iterable[Name]) -> bool:
    """Whether words that run together to a name are one: "spider man", but not "he at" """
    return len(words) == 1 or any(" " in name.spelling or len(name.key) >= 6 for name in names)


def _best_first(matches: Iterable[TitleMatch]) -> list[TitleMatch]:
    return sorted(matches, key=lambda match: (-match.score, -match.popularity, match.id))


def _of_year(matches: list[TitleMatch], year: int | None) -> list[TitleMatch]:
    """Matches of a year or the years beside it; where there is none, all, much less sure."""
    if year is None:
        return matches
    near = []
    for match in matches:
        off = 99 if match.year is None else abs(match.year - year)
        if off <= 1:
            near.append(replace(match, score=match.score - off * _NEXT_YEAR))
    if near:
        return near
    return [replace(m, score=max(0.0, m.score - _OTHER_YEAR), exact=False) for m in matches]


def _dated(
    text: str, start: int, end: int, matches: list[TitleMatch]
) -> tuple[int | None, list[TitleMatch]]:
    """The year beside a title and its matches; a year in brackets counts whether or not it fits."""
    years = years_beside(text, start, end)
    for year in years:
        near = _of_year(matches, year)
        if near[0].exact:
            return year, near
    if years and text[end:].lstrip("\"'”’»*_ ")[:1] in ("(", "["):
        return years[0], _of_year(matches, years[0])
    return None, matches
