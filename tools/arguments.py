"""The arguments that the tools share: a query, as a model can write it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ..ingest.item import Dimension, Item
from ..ingest.limits import Limit
from .query import AxisWish, Like, MoodWish, Preference, Query, TextWish
from .scoring import Candidate

MOST = 200


class Wishes(BaseModel):
    """What the items shall be like; everything is optional and counts together."""

    model_config = ConfigDict(extra="forbid")

    texts: list[TextWish] = Field(
        default_factory=list,
        description="Wishes in plain words, each for one dimension: what it feels like (mood), "
        "whom it suits (audience), what happens (plot), or overall. Negative weight: unlike it.",
    )
    words: str = Field(
        default="",
        max_length=2_000,
        description="Words that shall occur literally: names, places, rare things.",
    )
    moods: list[MoodWish] = Field(
        default_factory=list,
        description="Mood tags to carry, or with a negative weight to avoid. Better than texts "
        "for feelings: what shall help, not how the person feels now.",
    )
    axes: list[AxisWish] = Field(
        default_factory=list,
        description="Degrees to be near, 0 none to 4 most: humour 4 for something very funny.",
    )
    genres: list[str] = Field(
        default_factory=list, description="Genres that would be nice; needed ones are limits."
    )
    people: list[str] = Field(
        default_factory=list,
        description="Directors or actors who would be nice, by full name; needed ones are limits.",
    )
    preferences: list[Preference] = Field(
        default_factory=list, description="Soft pulls: newer, older, shorter, longer, …"
    )
    limits: list[Limit] = Field(
        default_factory=list,
        description="What must hold, never bent: years, runtime, languages, genres, people, "
        "age, ratings, content, subjects, kinds, axis bounds.",
    )
    exclude: list[str] = Field(
        default_factory=list, description="Ids that must not come back: seen, refused or shown."
    )
    weights: dict[Dimension, float] = Field(
        default_factory=dict,
        description="How much mood, audience and plot count against each other; 1 is normal.",
    )

    def query(self, likes: Sequence[Like] = (), texts: Sequence[TextWish] = ()) -> Query:
        """These wishes as a query, with more likes and texts."""
        return Query(
            likes=tuple(likes),
            texts=(*self.texts, *texts),
            words=self.words,
            moods=tuple(self.moods),
            axes=tuple(self.axes),
            genres=tuple(self.genres),
            people=tuple(self.people),
            preferences=tuple(self.preferences),
            limits=tuple(self.limits),
            exclude=tuple(self.exclude),
            weights=self.weights,
        )


def brief(item: Item, place: int) -> dict[str, Any]:
    """A few facts of an item for a model; ``n`` is a short alias for its id."""
    known = {
        "n": place,
        "id": item.id,
        "title": item.title,
        "year": item.year,
        "minutes": item.runtime_min,
        "by": list(item.directors[:2]),
        "genres": list(item.genres[:3]),
        "moods": list(item.mood_tags[:4]),
        "about": list(item.tags[:4]),
    }
    return {name: value for name, value in known.items() if value not in (None, [])}


def told(candidates: Iterable[Candidate]) -> tuple[str, list[dict[str, Any]]]:
    """Candidates for a model as compact JSON, and as plain data with their scores."""
    listed = list(candidates)
    items = [brief(candidate.item, place) for place, candidate in enumerate(listed, start=1)]
    plain = [
        {
            "id": candidate.id,
            "score": round(candidate.score, 4),
            "scores": {name: round(value, 3) for name, value in candidate.scores.items()},
        }
        for candidate in listed
    ]
    return compact({"items": items} if items else _NOTHING), plain


_NOTHING = {"items": [], "note": "nothing keeps every limit: drop or widen one and ask again"}


def compact(data: object) -> str:
    """JSON without blanks, letters of all scripts as they are."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
