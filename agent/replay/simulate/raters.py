"""Tastes of real people: MovieLens ratings, half of them hidden."""

from __future__ import annotations

import csv
import gzip
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from ....errors import UsageError
from ....ingest.catalogue import Catalogue
from ....ingest.item import AxisName, Item
from .taste import Cue, Taste, axis_cues, axis_distance, mean_axes

FOLDER = "movielens-latest-small"
LIKED, DISLIKED = 4.0, 2.0
FEWEST_LIKED = 10
MOST_TOLD = 6
MOST_HIDDEN = 6
"""Films that please tonight: one mood fits a few of the films that somebody likes, not all."""
NEAR = 0.05
"""Share of the films that others' likes recommend most, of which the third that fits tonight
pleases those who are easily pleased."""
_RIDGE = 100.0

Stars = Mapping[str, float]
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Ratings:
    """Stars (0.5 to 5) per person and item id of the catalogue."""

    by_person: Mapping[str, Stars]

    def liking(self) -> list[str]:
        """The people who like enough of the catalogue to hide half of it, sorted."""
        return sorted(
            (name for name, stars in self.by_person.items() if len(liked(stars)) >= FEWEST_LIKED),
            key=int,
        )


def liked(stars: Stars) -> list[str]:
    """The ids rated with four stars or more, sorted."""
    return sorted(item for item, given in stars.items() if given >= LIKED)


def read_ratings(data: Path, catalogue: Catalogue) -> Ratings:
    """MovieLens latest-small as far as the catalogue has its films, by its ids or TMDB's.

    Raises:
        UsageError: the folder has no such data set.
    """
    folder = data / FOLDER if (data / FOLDER).is_dir() else data
    table = next((p for p in (folder / "ratings.csv.gz", folder / "ratings.csv") if p.is_file()),
                 None)  # fmt: skip
    links = folder / "links.csv"
    if table is None or not links.is_file():
        raise UsageError(
            f"There are no 'ratings.csv' and 'links.csv' in {str(folder)!r}; name the folder of"
            " MovieLens latest-small, or the one that it is in."
        )
    ids = _item_ids(links, catalogue)
    stars: dict[str, dict[str, float]] = defaultdict(dict)
    with _text(table) as lines:
        for row in csv.DictReader(lines):
            if row["movieId"] in ids:
                stars[row["userId"]][ids[row["movieId"]]] = float(row["rating"])
    return Ratings(stars)


def _text(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def _item_ids(links: Path, catalogue: Catalogue) -> dict[str, str]:
    """From MovieLens ids to ids of the catalogue."""
    items = list(catalogue.items())
    found = {str(item.movielens_id): item.id for item in items if item.movielens_id}
    by_tmdb = {str(item.tmdb_id): item.id for item in items if item.tmdb_id}
    known = set(found.values())
    with links.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            item = by_tmdb.get(row["tmdbId"])
            if item and item not in known:
                found[row["movieId"]] = item
    return found


class Crowd:
    """What all others who rated think, as the judge of films that one person did not rate.

    An item-item model (EASE, Steck 2019) over who likes what, fitted without the person it is
    asked about. The product has never seen a rating, so it can't have learnt from its judge.
    """

    def __init__(self, ratings: Ratings) -> None:
        self._people = sorted(ratings.by_person, key=int)
        counts: dict[str, int] = defaultdict(int)
        for stars in ratings.by_person.values():
            for item in liked(stars):
                counts[item] += 1
        self._items = sorted(item for item, times in counts.items() if times > 1)
        column = {item: place for place, item in enumerate(self._items)}
        self._likes = np.zeros((len(self._people), len(self._items)))
        for row, name in enumerate(self._people):
            found = [column[i] for i in liked(ratings.by_person[name]) if i in column]
            self._likes[row, found] = 1
        gram = self._likes.T @ self._likes + _RIDGE * np.eye(len(self._items))
        self._inverse: Array = np.asarray(np.linalg.inv(gram), np.float64)

    def standing(self, person: str) -> dict[str, float]:
        """Per film the share of films that the others' likes recommend more to this person."""
        own = self._likes[self._people.index(person)]
        inverse = _without(self._inverse, own)
        weights = -inverse / np.diag(inverse)
        np.fill_diagonal(weights, 0)
        scores = own @ weights
        order = np.argsort(-scores, kind="stable")
        places = np.empty(len(order))
        places[order] = np.arange(len(order)) / len(order)
        return dict(zip(self._items, (float(each) for each in places), strict=True))


def _without(inverse: Array, row: Array) -> Array:
    """The inverse of a matrix that one row's outer product is taken from (Sherman-Morrison)."""
    moved = inverse @ row
    return np.asarray(inverse + np.outer(moved, moved) / (1 - row @ moved), np.float64)


def rater_tastes(ratings: Ratings, catalogue: Catalogue, count: int, seed: int) -> list[Taste]:
    """Tastes of ``count`` people drawn by ``seed``; fewer where there are not so many."""
    chance = random.Random(f"raters {seed}")  # noqa: S311 - sampling, not secrecy
    people = ratings.liking()
    drawn = chance.sample(people, min(count, len(people)))
    crowd, items = Crowd(ratings), {item.id: item for item in catalogue.items()}
    return [
        _taste(name, ratings.by_person[name], crowd.standing(name), items, seed) for name in drawn
    ]


def _taste(
    name: str,
    stars: Stars,
    standing: Mapping[str, float],
    items: Mapping[str, Item],
    seed: int,
) -> Taste:
    chance = random.Random(f"rater {name} {seed}")  # noqa: S311
    loves = liked(stars)
    chance.shuffle(loves)
    half = len(loves) // 2
    axes = tonight([items[each] for each in loves], chance)
    told, kept = _nearest(loves[:half], axes, items), _nearest(loves[half:], axes, items)
    hidden = frozenset(kept[: min(MOST_HIDDEN, max(2, len(kept) // 3))])
    disliked = frozenset(item for item, given in stars.items() if given <= DISLIKED)
    best = [item for item, place in standing.items() if place < NEAR and item not in stars]
    return Taste(
        name=f"rater-{name}",
        kind="rater",
        hidden=hidden,
        near=frozenset(_nearest(best, axes, items)[: len(best) // 3]),
        told=tuple(told),
        disliked=disliked,
        seen=frozenset(stars) - set(loves) - disliked,
        axes=axes,
        standing=standing,
        cues=cues_of(told[:MOST_TOLD], axes, mean_axes(items.values())),
    )


def _nearest(
    ids: Sequence[str], axes: Mapping[AxisName, float], items: Mapping[str, Item]
) -> list[str]:
    return sorted(ids, key=lambda each: (_away(items[each], axes), each))


def tonight(loves: Sequence[Item], chance: random.Random) -> dict[AxisName, float]:
    """The axes of one corner of a taste: the mean of the third that is nearest to one film."""
    start = mean_axes([chance.choice(loves)])
    corner = sorted(loves, key=lambda item: (_away(item, start), item.id))
    return mean_axes(corner[: max(3, len(loves) // 3)])


def _away(item: Item, axes: Mapping[AxisName, float]) -> float:
    away = axis_distance(item, axes)
    return 9.0 if away is None else away


def cues_of(
    favourites: Sequence[str], axes: Mapping[AxisName, float], usual: Mapping[AxisName, float]
) -> tuple[Cue, ...]:
    """Favourites and what is special about tonight, in turns."""
    films = [Cue("favourite", each) for each in favourites]
    special = axis_cues(axes, usual)[:3]
    mixed: list[Cue] = []
    while films or special:
        mixed += films[:2]
        mixed += special[:1]
        films, special = films[2:], special[1:]
    return tuple(mixed)
