"""Films with a text and true genres, from public data: MovieLens, and the captions of trailers."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..errors import BadSource, UsageError
from ..ingest.documents import words_of
from ..ingest.item import Item, Provenance
from ..ingest.sources import source_for
from ..ingest.sources.files import table
from ..ingest.sources.record import AS_IT_IS, Record
from ..ingest.sources.values import imdb_id_of

OVERVIEWS = "movielens-latest-small-tmdb/movies_enriched_posters.csv.gz"
LINKS = "movielens-latest-small/links.csv"
TRAILERS = "trailer-captions/trailer_captions.tar.gz"
_PARTS = 5
_KNOWN = {"*": Provenance(how="authored", by="movielens")}


@dataclass(frozen=True)
class Told:
    """A text about a film, and the genres that MovieLens gives it."""

    imdb_id: str
    title: str
    text: str
    genres: tuple[str, ...]

    def as_item(self) -> Item:
        """It as an item of a catalogue."""
        return Item(
            id=self.imdb_id, title=self.title, genres=self.genres, plot_essence=self.text,
            source="movielens", provenance=_KNOWN,
        )  # fmt: skip

    @property
    def left_out(self) -> bool:
        """Whether it is among the fifth that is asked about, by a hash of its id."""
        return zlib.crc32(self.imdb_id.encode()) % _PARTS == 0


def films(folder: Path) -> list[Told]:
    """The films of MovieLens latest-small with a genre, each once; few have no text.

    Raises:
        BadSource: the folder has not the files.
    """
    imdb = {row["movieId"]: imdb_id_of(row["imdbId"]) for row in _rows(folder / LINKS)}
    found: dict[str, Told] = {}
    place = folder / OVERVIEWS
    for record in source_for("movielens", place).records(place, AS_IT_IS):
        if isinstance(record, Record) and record.genres:
            name = imdb.get(record.key)
            if name:
                found.setdefault(name, Told(name, record.title, record.text, record.genres))
    return [*found.values()]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    return (row for row in table(path) if isinstance(row, dict))


def trailers(folder: Path, known: Iterable[Told]) -> list[Told]:
    """The words of trailers with the genres of their films; those that nobody knows are left out.

    Raises:
        BadSource: the folder has not the captions, or they are damaged.
    """
    by_id = {film.imdb_id: film for film in known}
    path = folder / TRAILERS
    try:
        with tarfile.open(path) as packed:
            files = [
                (PurePosixPath(member.name).stem, taken.read())
                for member in packed
                if member.isfile() and (taken := packed.extractfile(member)) is not None
            ]
    except (OSError, tarfile.TarError) as error:
        raise BadSource(
            f"the captions {str(path)!r} can't be read ({error}): name the folder that has them"
        ) from error
    return [
        Told(name, by_id[name].title, text, by_id[name].genres)
        for name, raw in sorted(files)
        if name in by_id and (text := _words(raw, name))
    ]


def _words(raw: bytes, name: str) -> str:
    try:
        return words_of(raw, f"{name}.srt")
    except UsageError:
        return ""
