"""What a model writes to describe a text or pictures: flat, every field always there."""

from __future__ import annotations

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ....ingest.item import Axes, MoodTag

Genre = Literal[
    "Action", "Adventure", "Animation", "Biography", "Comedy", "Crime", "Documentary", "Drama",
    "Family", "Fantasy", "Film Noir", "History", "Horror", "Music", "Musical", "Mystery",
    "Romance", "Science Fiction", "Sport", "Thriller", "War", "Western",
]  # fmt: skip
GENRES: tuple[Genre, ...] = get_args(Genre)
Confidence = Literal["low", "medium", "high"]

_WORD = re.compile(r"[^\W\d_]{2}")


def _telling(text: str) -> str:
    if not _WORD.search(text):
        raise ValueError("has no words")
    return text


Prose = Annotated[str, AfterValidator(_telling)]


class DescribeReply(BaseModel):
    """What a content is like; see ``prompts/describe.md`` for what each field means.

    ``language`` is the ISO 639-1 code of the language in which the content is told, ``None``
    where that can't be seen. ``axes`` are degrees from 0 to 4.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    summary: Prose
    mood: Prose
    target_audience: Prose
    plot_essence: Prose
    mood_tags: list[MoodTag] = Field(min_length=1, max_length=6)
    tags: list[str] = Field(max_length=8)
    archetypes: list[str] = Field(max_length=3)
    genres: list[Genre] = Field(min_length=1, max_length=4)
    axes: Axes
    language: Annotated[str, Field(pattern="^[a-z]{2}$")] | None
    confidence: Confidence
