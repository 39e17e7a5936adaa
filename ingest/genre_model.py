"""Genres of a text by a linear classifier on its vector, trained on a catalogue's own items."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ..errors import GenresBroken, StorageError
from .catalogue import Catalogue
from .embedding import Embedder, unit_rows
from .item import Provenance

FILE = "genres.npz"
MOST_GENRES = 4
_VERSION = 1

Array = NDArray[np.float32]


@dataclass(frozen=True)
class GenreModel:
    """One linear decision a genre, on vectors of one embedder.

    ``weights`` has shape (genres, dimension), ``bounds`` shape (genres,): an item is of a genre
    where its score is above 0. ``mean`` is taken out of every vector first. ``trained_on`` is how
    many items it learnt from.
    """

    embedder: str
    genres: tuple[str, ...]
    mean: Array
    weights: Array
    bounds: Array
    trained_on: int = 0

    @property
    def provenance(self) -> Provenance:
        """What is said of genres that it gives."""
        return Provenance(how="predicted", by=f"genre classifier {_VERSION}")

    def scores(self, vectors: Array) -> Array:
        """How far each vector is above the bound of each genre, shape (vectors, genres)."""
        return np.asarray(centred(vectors, self.mean) @ self.weights.T - self.bounds)

    def predict(self, vectors: Array) -> list[tuple[str, ...]]:
        """The genres of each vector, the surest first: at least one, at most `MOST_GENRES`."""
        return [self._chosen(row) for row in self.scores(vectors)]

    def _chosen(self, row: Array) -> tuple[str, ...]:
        order = np.argsort(-row, kind="stable").tolist()
        chosen = [place for place in order if row[place] > 0][:MOST_GENRES]
        return tuple(self.genres[place] for place in chosen or order[:1])

    def save(self, home: Path) -> None:
        """Put it into a data folder, in one step.

        Raises:
            StorageError: the disk refuses.
        """
        draft = home / f"{FILE}.new.npz"
        try:
            np.savez_compressed(
                draft, version=_VERSION, embedder=self.embedder, genres=np.array(self.genres),
                mean=self.mean, weights=self.weights, bounds=self.bounds,
                trained_on=self.trained_on,
            )  # fmt: skip
            draft.replace(home / FILE)
        except OSError as error:
            raise StorageError(
                f"the genre classifier can't be written to {str(home)!r} ({error.strerror}): make "
                "room there, and train it again"
            ) from error


def centred(vectors: Array, mean: Array) -> Array:
    """Vectors without the mean of all, of length 1."""
    return unit_rows(vectors - mean)


def text_vectors(texts: Sequence[Sequence[str]], embedder: Embedder) -> Array:
    """One vector of length 1 for each text, the mean of its parts; shape (texts, dimension)."""
    rows = embedder.embed([part for parts in texts for part in parts])
    ends = np.cumsum([len(parts) for parts in texts])[:-1]
    means = [part.mean(axis=0) for part in np.split(rows, ends)] if texts else []
    return unit_rows(np.array(means, dtype=np.float32).reshape(-1, embedder.dimension))


def load_genres(home: Path) -> GenreModel | None:
    """The classifier of a data folder; None where none was trained.

    Raises:
        GenresBroken: there is one that can't be read.
    """
    file = home / FILE
    if not file.is_file():
        return None
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            found = GenreModel(
                str(stored["embedder"]), tuple(map(str, stored["genres"])), stored["mean"],
                stored["weights"], stored["bounds"], int(stored["trained_on"]),
            )  # fmt: skip
            right = int(stored["version"]) == _VERSION
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise _broken(file) from error
    shape = (len(found.genres), *found.mean.shape)
    if not right or found.weights.shape != shape or found.bounds.shape != shape[:1]:
        raise _broken(file)
    return found


def _broken(file: Path) -> GenresBroken:
    return GenresBroken(
        f"the genre classifier {str(file)!r} can't be read: train it again with `moodreel ingest "
        "genres`, or delete that file to go without"
    )


_HOMES: WeakKeyDictionary[Catalogue, Path] = WeakKeyDictionary()


def keep_genres(catalogue: Catalogue, home: Path) -> None:
    """Have texts that are described by a catalogue heed the classifier of a data folder."""
    _HOMES[catalogue] = home


def genres_of(catalogue: Catalogue) -> GenreModel | None:
    """The classifier that belongs to a catalogue; None where none was trained for its embedder.

    Raises:
        GenresBroken: there is one that can't be read.
    """
    home = _HOMES.get(catalogue)
    found = load_genres(home) if home is not None else None
    return found if found is not None and found.embedder == catalogue.embedder.name else None
