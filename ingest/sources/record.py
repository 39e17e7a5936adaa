"""What a source says of one item, before it is an item of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ..item import Provenance


@dataclass(frozen=True)
class Record:
    """What one row says of one item; a fact that it does not tell is ``None`` or empty.

    ``row`` counts from 1 over all rows of a source; ``key`` is the row's own id within it.
    ``text`` is what it says about the content: an overview, a plot, a transcript.
    ``popularity`` is 0 to 1. ``repaired`` names, once each, what was wrong and mended. ``derived``
    has the provenance of fields that the source does not say itself.
    """

    row: int
    key: str
    title: str
    kind: str = "film"
    year: int | None = None
    alternative_titles: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    runtime_min: int | None = None
    language: str | None = None
    subtitles: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    age_rating: str | None = None
    imdb_id: str | None = None
    tmdb_id: int | None = None
    movielens_id: int | None = None
    popularity: float = 0.0
    tags: tuple[str, ...] = ()
    text: str = ""
    repaired: tuple[str, ...] = ()
    derived: Mapping[str, Provenance] = field(default_factory=dict)


@dataclass(frozen=True)
class Skipped:
    """A row that makes no item, and why: the reason is the same for all rows of its kind."""

    row: int
    reason: str
    shown: str = ""


@dataclass(frozen=True)
class Options:
    """What a person says about a source that its files don't.

    ``columns`` has a column per field, ``encoding`` the name of one; nothing is guessed then.
    """

    columns: dict[str, str] = field(default_factory=dict)
    encoding: str | None = None


AS_IT_IS = Options()


class Source(Protocol):
    """One kind of data set: recognised by its files, read row by row."""

    @property
    def name(self) -> str: ...

    @property
    def wants(self) -> str:
        """Which files it reads, for people."""
        ...

    def detect(self, path: Path) -> bool:
        """Whether this file or folder is such a data set; never raises for what it can't read."""
        ...

    def files(self, path: Path) -> list[Path]:
        """The files that `records` reads: what has to be the same when it goes on."""
        ...

    def records(self, path: Path, options: Options) -> Iterator[Record | Skipped]:
        """Every row in order, always the same for the same files.

        Raises:
            BadSource: the files can't be read as this.
        """
        ...
