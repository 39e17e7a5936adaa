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
    pets,
    runtime,
    scenery,
    subjects,
    watchlist,
    years,
)
from .message import Recogniser
from .widening import widening

# What can be read in fewer ways goes first: "90 minutes" before "the 90s", "about a sad clown"
# before "sad", comparatives before plain adjectives.
WISHES: tuple[Recogniser, ...] = (
    watchlist.recognise,
    widening(people.recognise),
    runtime.recognise,
    scenery.recognise,
    pets.recognise,
    subjects.recognise,
    content.recognise_deaths,
    company.recognise,
    widening(years.recognise),
    widening(languages.recognise),
    nudges.recognise,
    content.recognise,
    widening(genres.recognise),
    moods.recognise,
    subjects.recognise_refused,
)
LEFTOVERS: Recogniser = leftovers.recognise
