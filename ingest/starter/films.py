"""The films that Moodreel starts with: 1,536 records of our own writing, checked on reading."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from ..embedding import TEXTS_VERSION
from ..item import Axes, Item, MoodTag, Provenance

FILE = Path(__file__).with_name("films.jsonl")
SOURCE = "starter"
# Raise with every change of how records become items: stored catalogues are then re-indexed.
ITEMS_VERSION = 1

_AUTHORED = {"*": Provenance(how="authored", by="starter 1")}

ImdbId = Annotated[str, Field(pattern=r"^tt\d{7,8}$")]
Words = Annotated[str, Field(min_length=1, max_length=60)]
Sentences = Annotated[str, Field(min_length=40, max_length=600)]


class FilmRecord(BaseModel):
    """One line of ``films.jsonl``: exactly these fields; a fact that isn't known is null."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: ImdbId
    title: str = Field(min_length=1)
    year: int = Field(ge=1870, le=2100)
    directors: list[str]
    cast: list[str] = Field(max_length=3)
    runtime_min: int | None = Field(ge=1, le=1_000)
    language: str | None = Field(pattern=r"^[a-z]{2}$")
    genres: list[Words] = Field(min_length=1)
    age_rating: str | None = Field(pattern=r"^(G|PG|PG-13|R|NC-17)$")
    tmdb_id: int | None
    movielens_id: int | None
    popularity: float = Field(ge=0, le=1)
    mood: Sentences
    mood_tags: list[MoodTag] = Field(min_length=3, max_length=6)
    target_audience: Sentences
    plot_essence: Sentences
    tags: list[Words] = Field(min_length=1)
    archetypes: list[Words] = Field(min_length=1)
    axes: Axes
    content_notes: list[Words]
    kindred: list[ImdbId] = Field(min_length=5, max_length=8)
    unsure: bool = False

    def item(self) -> Item:
        """The record as an item of the source ``starter``."""
        return Item(**self.model_dump(), source=SOURCE, provenance=_AUTHORED)


def starter_records() -> list[FilmRecord]:
    """Every record of the file, in its order; a line that breaks the schema raises."""
    lines = FILE.read_bytes().splitlines()
    return TypeAdapter(list[FilmRecord]).validate_json(b"[" + b",".join(lines) + b"]")


def starter_items() -> list[Item]:
    """Every film of the starter catalogue, in the order of the file."""
    return [record.item() for record in starter_records()]


@lru_cache(maxsize=1)
def _hash_of_films() -> str:
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:16]


def starter_version(embedder: str) -> str:
    """Changes whenever a stored catalogue has to take the starter films anew.

    Made from the records, from how they become items and texts, and from the embedder's name.
    """
    return f"{_hash_of_films()}/{ITEMS_VERSION}/{TEXTS_VERSION}/{embedder}"
