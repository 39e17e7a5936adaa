"""Finding places in free text where a title may be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .names import ARTICLES, Word, joined, words_of
from .title_match import Mention, TitleMatch, best_first, of_year
from .title_names import WHOLE, Name
from .title_places import about_films, capitalised, quoted, sequel_number, years_beside
from .title_register import TitleRegister

# A name of one word that a text writes as several ("he at") has to be this long.
_LEAST_JOINED = 6


def find_mentions(register: TitleRegister, text: str) -> list[Mention]:
    """Mentions in the order of the text; of places that overlap the longest stands."""
    words = words_of(text)
    spans = sorted(
        _spans(register, words),
        key=lambda span: (words[span[0]].start - words[span[1] - 1].end, span),
    )
    taken = [False] * len(words)
    found = []
    for first, behind in spans:
        if any(taken[first:behind]):
            continue
        mention = _mention(register, text, words, first, behind)
        if mention is not None:
            taken[first:behind] = [True] * (behind - first)
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def _spans(register: TitleRegister, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Runs of words that are a name, leading articles left out."""
    for first in range(len(words)):
        key = ""
        for behind in range(first + 1, min(len(words), first + register.longest) + 1):
            last = words[behind - 1]
            key += last.later if key else last.first
            if key in register.keys or _owner(last, key) in register.keys:
                yield first, behind


def _mention(
    register: TitleRegister, text: str, words: Sequence[Word], first: int, behind: int
) -> Mention | None:
    chosen = list(words[first:behind])
    key = joined(chosen)
    owned = key not in register.keys
    key = _owner(chosen[-1], key) if owned else key
    names = register.named(key).values()
    article = _article_before(text, words, first)
    start, end = chosen[0].start, chosen[-1].end - (2 if owned else 0)
    if article is not None and any(name.article == article.first for name in names):
        start = article.start
    capital = capitalised(text, chosen)
    common = register.common(chosen, start == chosen[0].start and all(n.article for n in names))
    strange = _strange_article(article, capital, text, end)
    strict = strange and len(chosen) == 1 and register.plainest(chosen[0])
    spoken = article.first if article else ""
    matches = [match for match in register.matches(key, spoken, strict) if match.exact]
    if not matches or not _fits(chosen, names) or sequel_number(text, end):
        return None
    year, matches = _dated(text, start, end, matches)
    whole = any(name.score == WHOLE for name in names)
    in_quotes = quoted(text, start, end)
    best = tuple(best_first(matches))
    return Mention(start, end, text[start:end], best, year, in_quotes, capital, common, whole)


def _owner(word: Word, key: str) -> str:
    """The key without the possessive ending of its last word."""
    return key[:-1] if word.text[-2:].lower() in ("'s", "’s") and key.endswith("s") else key


def _article_before(text: str, words: Sequence[Word], first: int) -> Word | None:
    """The article right before a place, with nothing but a blank between."""
    word = words[first - 1] if first else None
    if word is None or word.first not in ARTICLES:
        return None
    return word if text[word.end : words[first].start].isspace() else None


def _strange_article(article: Word | None, capital: bool, text: str, end: int) -> bool:
    """Whether an article that a title doesn't have says that something else is meant.

    It does in "the heat" and "The Room", not in "the Joker" and "the saw movies".
    """
    if article is None or about_films(text, end):
        return False
    return not (capital and article.text[0].islower())


def _fits(words: Sequence[Word], names: Iterable[Name]) -> bool:
    """Whether words that run together to a name are one: "spider man", but not "he at"."""
    return len(words) == 1 or any(
        " " in name.spelling or len(name.key) >= _LEAST_JOINED for name in names
    )


def _dated(
    text: str, start: int, end: int, matches: list[TitleMatch]
) -> tuple[int | None, list[TitleMatch]]:
    """The year beside a title and its matches; a year in brackets counts whether or not it fits."""
    years = years_beside(text, start, end)
    for year in years:
        near = of_year(matches, year)
        if near[0].exact:
            return year, near
    if years and text[end:].lstrip("\"'”’»*_ ")[:1] in ("(", "["):
        return years[0], of_year(matches, years[0])
    return None, matches
