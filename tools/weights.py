"""Every number that the recommender weighs with, in one place.

Found on the starter catalogue's own `kindred` lists and on composed pairs; the module
`moodreel.tools.evaluate` prints what they are worth.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..ingest.catalogue import Space

# A favourite as a whole: how its likeness is shared out between spaces. Sums to 1.
OVERALL_LIKE: Mapping[Space, float] = {
    "mood": 0.05,
    "audience": 0.13,
    "plot": 0.25,
    "overall": 0.19,
    "traits": 0.38,
}
# What shared facts add to that likeness: per cosine of the sets of genres and of subject
# words, for anybody in common, for a director in common, and per decade between them.
SAME_GENRES = 0.42
SAME_SUBJECTS = 2.2
SAME_PEOPLE = 0.73
SAME_DIRECTOR = 0.63
DECADE_APART = 0.16
# A text that nobody assigned to a dimension.
OVERALL_TEXT: Mapping[Space, float] = {"overall": 0.6, "plot": 0.4}
# Of "the mood of X", how much is carried by its mood tags and axes instead of its mood text.
TRAITS_OF_MOOD = 0.5
# So many favourites are compared in every space; more of them by their overall vector only.
FULL_LIKES = 4

# A text that was put to a dimension, against a favourite in that dimension.
TEXT = 1.4

# What the parts of a score count, in standard deviations of a similarity.
LIKES = 2.0
KINDRED = 1.2
# The same, of a favourite that many people's ratings tell of: they know better who loves what.
KINDRED_BESIDE_RATINGS = 0.4
# What many people's ratings say, where there are any: at most this, either way. More would find
# still more of what MovieLens' people like, and leave too little to what is wished for tonight.
COMMUNITY = 5.0
SUBJECTS = 2.4
# Being made for families, where the youngest viewer is a child.
YOUNG = 0.8
# What shared subjects add to likeness in plot, per cosine of the subject words.
PLOT_SUBJECTS = 2.0
WORDS = 0.6
GENRES = 1.2
PEOPLE = 2.0
PREFERENCE = 2.0
POPULARITY = 0.4
UNSURE = 0.5
# Favourites compete softly: an item near one of them beats an item half-near to all.
FAVOURITE_TEMPERATURE = 0.7
