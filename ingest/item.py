"""What can be recommended, and how each part of it is known."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Dimension = Literal["mood", "audience", "plot"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

AxisName = Literal[
    "lightness",
    "warmth",
    "humour",
    "tension",
    "scares",
    "violence",
    "romance",
    "strangeness",
    "demand",
]
AXES: tuple[AxisName, ...] = get_args(AxisName)

MoodTag = Literal[
    "uplifting", "heartwarming", "cosy", "feel-good", "playful", "whimsical", "funny", "silly",
    "witty", "quirky", "nostalgic", "romantic", "tender", "bittersweet", "melancholic", "sad",
    "tearjerker", "hopeful", "inspiring", "triumphant", "awe-inspiring", "magical",
    "adventurous", "exciting", "adrenaline", "epic", "tense", "suspenseful", "gripping",
    "mysterious", "eerie", "creepy", "scary", "disturbing", "dark", "bleak", "gritty",
    "violent", "cynical", "satirical", "thought-provoking", "cerebral", "mind-bending",
    "surreal", "dreamlike", "meditative", "slow-burn", "intense", "stylish", "sensual",
    "angry", "lonely", "rebellious", "chaotic", "gentle", "spooky", "campy", "patriotic",
]  # fmt: skip
MOOD_TAGS: tuple[MoodTag, ...] = get_args(MoodTag)

Degree = Annotated[int, Field(ge=0, le=4)]


class Axes(BaseModel):
    """How much of each quality a film has: 0 none, 4 as much as films have."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lightness: Degree
    warmth: Degree
    humour: Degree
    tension: Degree
    scares: Degree
    violence: Degree
    romance: Degree
    strangeness: Degree
    demand: Degree

    def of(self, axis: AxisName) -> int:
        """The degree on one axis, 0 to 4."""
        return int(getattr(self, axis))


class Provenance(BaseModel):
    """Where a descriptor comes from: ``by`` names the source, the model or the deriving code.

    ``made`` is the day on which a model wrote it, where that was noted. Genres are ``predicted``
    where a classifier gave them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    how: Literal["authored", "generated", "derived", "predicted"]
    by: str
    made: date | None = None


class Item(BaseModel):
    """One thing that can be recommended: a film, a short video, an article, a podcast.

    Facts that are not known are ``None`` or empty, never guessed. ``subtitles`` has the languages
    (ISO 639-1) in which it is known to be subtitled. ``provenance`` says, per
    descriptor (``mood``, ``axes``, …), whether a person wrote it, a model generated it or
    code derived it; the key ``"*"`` stands for all descriptors not named.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    kind: str = "film"
    title: str = Field(min_length=1)
    alternative_titles: tuple[str, ...] = ()
    year: int | None = Field(default=None, ge=1870, le=2100)
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    runtime_min: int | None = Field(default=None, ge=1)
    language: str | None = None
    subtitles: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    age_rating: str | None = None
    imdb_id: str | None = Field(default=None, pattern=r"^tt\d{7,9}$")
    tmdb_id: int | None = None
    movielens_id: int | None = None
    popularity: float = Field(default=0.0, ge=0, le=1)

    mood: str = ""
    target_audience: str = ""
    plot_essence: str = ""
    mood_tags: tuple[MoodTag, ...] = ()
    tags: tuple[str, ...] = ()
    archetypes: tuple[str, ...] = ()
    axes: Axes | None = None
    content_notes: tuple[str, ...] = ()
    kindred: tuple[str, ...] = ()
    unsure: bool = False

    source: str = "unknown"
    provenance: dict[str, Provenance] = Field(default_factory=dict)

    @property
    def label(self) -> str:
        """Title and year as people write them: ``Heat (1995)``."""
        return f"{self.title} ({self.year})" if self.year else self.title

    @property
    def imdb(self) -> str | None:
        """Its id at IMDb, which may be its id here."""
        return self.imdb_id or (self.id if _IMDB.match(self.id) else None)

    @property
    def described(self) -> Provenance | None:
        """How it was described; None where it was not."""
        return self.known_by("mood_tags") if self.mood_tags else None

    def known_by(self, field: str) -> Provenance | None:
        """Where a field comes from, as far as that is known."""
        return self.provenance.get(field) or self.provenance.get("*")

    @property
    def genres_known(self) -> bool:
        """Whether its genres are no guess of this program: neither derived nor predicted."""
        told = self.known_by("genres")
        return told is None or told.how not in ("derived", "predicted")

    def with_genres(self, genres: tuple[str, ...], told: Provenance) -> Item:
        """This item with other genres, and where these come from."""
        known = {**self.provenance, "genres": told}
        return self.model_copy(update={"genres": genres, "provenance": known})

    def text(self, dimension: Dimension) -> str:
        """The text that says what this item is like in one dimension."""
        return {
            "mood": self.mood,
            "audience": self.target_audience,
            "plot": self.plot_essence,
        }[dimension]


_IMDB = re.compile(r"tt\d{7,9}$")


class _Folded(dict[int, str]):
    """What folding makes of each character, found out once: names are folded by the million."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.combining(character) or character in "'’`":
            made = ""
        else:
            made = character.casefold() if character.isalnum() else " "
        self[code] = made
        return made


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Lower case, accents and punctuation gone, blanks single: for comparing names.

    ``fold("Amélie!") == "amelie"``; letters of other scripts are kept.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("·", ""))
    return " ".join(text.translate(_FOLDED).split())
