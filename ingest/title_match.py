"""What a search for titles returns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_NEXT_YEAR, _OTHER_YEAR = 5.0, 25.0
_AS_GOOD = 0.5
_DOUBTFUL = 75.0


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


def best_first(matches: Iterable[TitleMatch]) -> list[TitleMatch]:
    """By score, then popularity, then id."""
    return sorted(matches, key=lambda match: (-match.score, -match.popularity, match.id))


def meant(matches: Sequence[TitleMatch]) -> list[TitleMatch]:
    """Of matches that are best first, those that are as good as the best: one, or a choice."""
    return [match for match in matches if match.score >= matches[0].score - _AS_GOOD]


def sure(match: TitleMatch) -> bool:
    """Whether a match may be taken without asking: found as it is, or misspelt a little.

    Not: a few words of a title, the wrong year, an article that makes it another title.
    """
    return match.exact or match.score > _DOUBTFUL


def of_year(matches: list[TitleMatch], year: int | None) -> list[TitleMatch]:
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
