"""What a model says of a film, held against the film's facts.

`contradictions` names what a reason claims that the facts don't bear; whoever asks shows another
reason then, so a doubt costs a sentence and a miss costs the truth.

``python -m moodreel.tools.claims_check`` takes 1,000 reasons of the builtin engine for 200 random
wishes, as they are and with one more fact of the film or of another one (share found wanting):

=========  =====  =====
fact        true  false
=========  =====  =====
as it is   0.0 %
year       0.0 %  100 %
decade     0.0 %   99 %
director   0.0 %  100 %
actor      0.0 %  100 %
genre      0.0 %   99 %
length     0.0 %  100 %
language   0.0 %  100 %
rating     0.0 %  100 %
title      0.0 %  100 %
=========  =====  =====

The wording there is ours; `tests/said_of_films.py` has reasons as a model writes them. Judging
one takes half a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from ..ingest.catalogue import Catalogue
from ..ingest.item import Item, fold
from .claims_facts import FACT_CHECKS
from .claims_form import LONGEST_OPENING, LONGEST_REASON, form_problems, tidy, tone_problems
from .claims_genres import wrong_genres, wrong_making
from .claims_labels import LABEL_CHECKS
from .claims_names import wrong_people
from .claims_text import BLANK, Said, said, strangers
from .query import Query

__all__ = ["contradictions", "opening_problems", "tidy"]

_COUNT = (
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|a dozen"
    r"|a (?:couple|pair|trio|handful)(?: of)?)"
)
_LISTED = (
    r"(?:films?|movies?|picks?|ones|options|suggestions?|recommendations?|titles|choices|candidates"
    r"|stories|comedies|dramas|thrillers|westerns|romances|musicals|documentaries|mysteries)"
)
# What says something of a list that nobody has settled yet.
_OF_THE_LIST = re.compile(
    rf"\b{_COUNT}\s+(?:(?!minutes?|hours?|years?|people|of us)[\w-]+\s+){{0,3}}{_LISTED}\b"
    r"|\b(?:all|each|every one|both|none|most|half) (?:of (?:them|these|the (?:films|picks|list))"
    r"|are\b|under\b|over\b|from\b|in\b|set\b|with\b|directed\b|starring\b)"
    r"|\b(?:the|my|our) (?:first|second|third|last|top) (?:one|pick|film|choice|is)\b",
    re.IGNORECASE,
)


def contradictions(
    text: str, item: Item, others: Mapping[str, Item], catalogue: Catalogue, query: Query
) -> list[str]:
    """Why a reason for one item can't be shown; empty where it can.

    Args:
        text: the reason, best after `tidy`.
        item: what it speaks of.
        others: what else it may name, by id: favourites, and what the message spoke of.
        catalogue: knows all titles and people.
        query: the user's wishes, whose words may be quoted.
    """
    if len(text) > LONGEST_REASON:
        return [f"it has {len(text)} characters, {LONGEST_REASON} are enough"]
    ready = said(text, item, others, catalogue, query)
    unfit = form_problems(text, LONGEST_REASON, lambda words: _named(ready, words))
    return unfit or list(dict.fromkeys(_claims(ready, catalogue)))


def _claims(ready: Said, catalogue: Catalogue) -> Iterable[str]:
    yield from (f"it names {title!r}" for title in ready.strangers)
    yield from tone_problems(ready.nameless, ready.supports)
    for check in (*FACT_CHECKS, *LABEL_CHECKS, wrong_genres, wrong_making):
        yield from check(ready)
    yield from wrong_people(ready, catalogue)


def _named(ready: Said, words: str) -> bool:
    """Whether words belong to the item or to somebody who made one that is named."""
    people = [who for i in (ready.item, *ready.others) for who in (i.title, *i.directors, *i.cast)]
    return ready.supports(words) or any(fold(words) in fold(name) for name in people)


def opening_problems(text: str, catalogue: Catalogue, allowed: Collection[str]) -> list[str]:
    """Why an opening or a question can't be shown; empty where it can.

    Args:
        text: one sentence that stands before or behind the list.
        catalogue: knows all titles.
        allowed: ids of the items that it may name.
    """
    if len(text) > LONGEST_OPENING:
        return [f"it has {len(text)} characters, {LONGEST_OPENING} are enough"]
    mentions = catalogue.titles.mentions(text)
    plain = text
    for mention in mentions:
        if any(match.id in allowed for match in mention.matches):
            width = mention.end - mention.start
            plain = plain[: mention.start] + BLANK * width + plain[mention.end :]
    return list(
        dict.fromkeys(
            [
                *form_problems(text, LONGEST_OPENING),
                *(f"it names {title!r}" for title in strangers(plain, mentions, _anybodys)),
                *tone_problems(plain),
                *(f"it says {found[0]!r} of a list" for found in _OF_THE_LIST.finditer(plain)),
            ]
        )
    )


def _anybodys(words: str) -> bool:
    """Whether quoted or capitalised words are a language, a day or a season, and no title."""
    return fold(words) in _PLAIN_NAMES


_PLAIN_WORDS = """
    christmas halloween easter valentines monday tuesday wednesday thursday friday saturday sunday
    english french german italian spanish japanese korean
"""
_PLAIN_NAMES = frozenset(_PLAIN_WORDS.split())
