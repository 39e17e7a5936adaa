"""Names of people typed in lower case: "any hitchcock", "anything with denzel", "keanu"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ....ingest.everyday import EVERYDAY
from ....ingest.people import PersonMention
from .message import Message, Reader, Token
from .words import KNOWN, ORDINARY, words_of

_ENOUGH_FILMS = 5
"""People with fewer films in the catalogue are rarely meant by a given name or a common word."""
_WORDS_TOO = words_of("""
    ade bacon baker bale berry bird black blunt brooks brown bush butler cage carpenter chin church
    coffin cotton cross cruise crystal day diesel driver ford fox freeman frost gray green grey hall
    hardy hill hunter joy king knight lake law lean long marsh moss north page pine queen ray rivers
    rock rose shi short snow summer swan teller walker waltz waters west whale white wilder winter
    wise wit wood woo yen young
""")
"""Surnames that are words of English; in lower case they are taken for the words."""
_WATCHING_WITH = re.compile(
    r"\b(?:watch\w*|see\w*|night|tonight|here|date|home|evening|am|i'm|we're|me|us) (?:in )?"
    r"(?:with|and) (?:my \w+ )?$"
)
_AHEAD = "with "
"""A capital behind this marks a name, so that the index looks the word up as one."""


def lower_names(
    message: Message, reader: Reader, found: Sequence[PersonMention]
) -> Iterator[PersonMention]:
    """Well-known people by a single word that is no word of English, where not found already."""
    for token in message.tokens[:120]:
        word = re.sub(r"'s?$", "", token.text)
        if not _nameable(word) or any(m.start < token.end and token.start < m.end for m in found):
            continue
        known = reader.catalogue.people.person_mentions(_AHEAD + word.capitalize())
        if known and _well_known(known[0]) and not _is_company(message, token, known[0]):
            yield _placed(token, word, known[0])


def _nameable(word: str) -> bool:
    plain = word.islower() and word.isalpha() and len(word) >= 3
    return plain and not any(word in words for words in (EVERYDAY, KNOWN, ORDINARY, _WORDS_TOO))


def _well_known(mention: PersonMention) -> bool:
    best = mention.matches[0]
    surname_of_director = best.director and mention.text.lower() in best.name.lower().split()[1:]
    return best.exact and (best.films >= _ENOUGH_FILMS or surname_of_director)


def _is_company(message: Message, token: Token, known: PersonMention) -> bool:
    """Whether a given name is somebody who watches too: "movie night with lindsay"."""
    given = known.matches[0].name.lower().startswith(known.text.lower())
    return given and _WATCHING_WITH.search(message.text[: token.start].lower()) is not None


def _placed(token: Token, word: str, known: PersonMention) -> PersonMention:
    end = token.start + len(word)
    return replace(known, start=token.start, end=end, text=word, capitalised=False)
