"""The recognisers of wishes and limits, in the order in which they have to read."""

from __future__ import annotations

from . import (
    company,
    content,
    genres,
    languages,
    leftovers,
    moods,
    nudges,
    people,
    runtime,
    subjects,
    years,
)
from .message import Recogniser

# What says more in fewer readings goes first: "90 minutes" before "the 90s", "scary movie
# night with the kids" before "scary", comparatives before the plain adjectives.
WISHES: tuple[Recogniser, ...] = (
    people.recognise,
    runtime.recognise,
    company.recognise,
    years.recognise,
    languages.recognise,
    nudges.recognise,
    content.recognise,
    genres.recognise,
    moods.recognise,
    subjects.recognise,
)
LEFTOVERS: Recogniser = leftovers.recognise
