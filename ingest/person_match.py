"""What a search for people returns."""

from __future__ import annotations

from dataclasses import dataclass

FULL, SURNAME, GIVEN = 100.0, 90.0, 75.0
"""Scores of a full name, of a surname alone, and of a given name that only one person has."""


@dataclass(frozen=True)
class PersonMatch:
    """Somebody that a name may mean.

    ``name`` is written as in the catalogue; ``score`` runs from 0 to 100: 100 for a full name
    (middle names and "Jr." aside), 90 for a surname, 75 for a rare given name, less where it is
    misspelt; ``exact`` means not misspelt. ``films`` counts the items, ``director`` says whether
    one of them was directed.
    """

    name: str
    score: float
    exact: bool
    films: int
    director: bool


@dataclass(frozen=True)
class PersonMention:
    """A place in a text where somebody is named.

    Several ``matches`` that are ``together`` were all meant ("the Coens"); otherwise the name is
    ambiguous. ``capitalised`` as in `moodreel.ingest.titles.Mention`; ``full``: not a surname or
    given name only.
    """

    start: int
    end: int
    text: str
    matches: tuple[PersonMatch, ...]
    capitalised: bool = False
    full: bool = True
    together: bool = False
