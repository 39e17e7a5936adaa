"""What one list has to satisfy: wishes and limits, without anybody's history in it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ..ingest.item import AxisName, Dimension, MoodTag
from ..ingest.limits import Limit

QueryDimension = Literal["mood", "audience", "plot", "overall"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Like(_Part):
    """Be like an item, or with a negative weight unlike it, in one dimension or overall."""

    id: str
    dimension: QueryDimension = "overall"
    weight: float = Field(default=1.0, ge=-2, le=2)


class TextWish(_Part):
    """Be like a text in one dimension; a negative weight pushes away."""

    text: str = Field(min_length=1, max_length=2_000)
    dimension: QueryDimension = "overall"
    weight: float = Field(default=1.0, ge=-2, le=2)


class MoodWish(_Part):
    """Carry a mood tag; a negative weight means to avoid it."""

    tag: MoodTag
    weight: float = Field(default=1.0, ge=-2, le=2)


class AxisWish(_Part):
    """Be near a degree (0 to 4) on an axis."""

    axis: AxisName
    target: float = Field(ge=0, le=4)
    weight: float = Field(default=1.0, ge=0, le=2)


class Preference(_Part):
    """A soft pull on a fact: newer, older, shorter, longer, better known, less known."""

    towards: Literal["newer", "older", "shorter", "longer", "popular", "obscure"]
    weight: float = Field(default=1.0, ge=0, le=2)


class Query(_Part):
    """Everything one list has to satisfy; empty parts count for nothing.

    ``words`` are matched literally (BM25). ``genres``, ``people`` and ``moods`` are soft wishes;
    hard ones are ``limits``. ``weights`` scale the three dimensions against each other.
    """

    likes: tuple[Like, ...] = ()
    texts: tuple[TextWish, ...] = ()
    words: str = ""
    moods: tuple[MoodWish, ...] = ()
    axes: tuple[AxisWish, ...] = ()
    genres: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    preferences: tuple[Preference, ...] = ()
    limits: tuple[Limit, ...] = ()
    exclude: tuple[str, ...] = ()
    weights: dict[Dimension, float] = Field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing is wished for (limits and exclusions apart)."""
        return not (
            self.likes
            or self.texts
            or self.words
            or self.moods
            or self.axes
            or self.genres
            or self.people
            or self.preferences
        )
