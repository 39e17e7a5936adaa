"""What a text is like, in the form that every describer gives."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from ..ingest.item import Axes, MoodTag, Provenance


class Descriptors(BaseModel):
    """What a text is like, along the three dimensions; ``provenance`` says how that is known.

    ``similar`` has the ids of the items it was likened to; ``notes`` says in sentences what
    makes the descriptors less sure than usual. ``genres_by`` names the classifier that predicted
    the genres, where one did. ``summary`` (what it is, in English) is only known where a model
    read the content. ``language`` (ISO 639-1) is the one it is told in. ``known_by`` has the
    provenance of single fields where it is another.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    mood: str
    target_audience: str
    plot_essence: str
    mood_tags: tuple[MoodTag, ...]
    tags: tuple[str, ...]
    archetypes: tuple[str, ...]
    axes: Axes
    genres: tuple[str, ...]
    provenance: Provenance
    similar: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    genres_by: str = ""
    summary: str = ""
    language: str | None = None
    known_by: dict[str, Provenance] = Field(default_factory=dict)
