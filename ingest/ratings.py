"""Ratings of many people: read, matched to the catalogue, and made into a community model."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import BadRatings
from .community import Facts, Model
from .ease import NEIGHBOURS, RIDGE, Likes, akin, bytes_needed, ease, gram, most_items, strongest
from .item import Item
from .rated_items import ItemsByName, Matcher
from .rating_rows import Row, Skipped, rating_file

FEWEST = 5
"""People who must like an item before anything is said of it."""
MEMORY = 2_000_000_000
"""Bytes that a fit may hold unless more is allowed: about 11,000 items."""
# Where liking begins on a scale, as a share of its top: 4 of 5 stars, 8 of 10, a thumb up.
_LIKING = 0.8
_SCALES = (1.0, 5.0, 10.0, 100.0)
_BYTES_A_ROW = 20 + 16
_EVERY = 100_000

Report = Callable[[str], None]


@dataclass(frozen=True)
class Ratings:
    """Ratings of items of the catalogue, one for each person and item.

    ``people``, ``items`` and ``values`` have shape (ratings,), in order of person, then item:
    places in ``names`` for the items, values as they were given. ``skipped`` counts rows by
    reason, ``first`` has the number of the first such row; ``matched`` and ``unmatched`` count
    the data set's items.
    """

    people: NDArray[np.int32]
    items: NDArray[np.int32]
    values: NDArray[np.float32]
    names: tuple[str, ...]
    rows: int
    skipped: Mapping[str, int]
    first: Mapping[str, int]
    matched: int
    unmatched: Mapping[str, int]

    @property
    def top(self) -> float:
        """The top of the scale: 1 for thumbs, 5, 10 or 100."""
        most = float(self.values.max(initial=0.0))
        return next((top for top in _SCALES if most <= top), most)

    def liked(self, least: float | None = None) -> NDArray[np.bool_]:
        """Which ratings mean liking: from ``least`` on, else from four fifths of the scale."""
        return np.asarray(self.values >= (_LIKING * self.top if least is None else least))


@dataclass
class _Columns:
    """Ratings as they come, 20 bytes each."""

    people: array[int] = field(default_factory=lambda: array("i"))
    items: array[int] = field(default_factory=lambda: array("i"))
    values: array[float] = field(default_factory=lambda: array("f"))
    times: array[int] = field(default_factory=lambda: array("q"))

    def last_of_each(self) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """The order by person, item, time and row, and which of them is the last of its kind."""
        people, items = np.asarray(self.people), np.asarray(self.items)
        order = np.lexsort((np.asarray(self.times), items, people))
        changed = (np.diff(people[order]) != 0) | (np.diff(items[order]) != 0)
        return np.append(changed, True)[: len(order)], order


def read_ratings(path: Path, catalogue: Iterable[Item], report: Report | None = None) -> Ratings:
    """Read a file of ratings row by row and keep those of items in the catalogue.

    Where somebody rated an item twice, the later rating counts.

    Args:
        path: a file, or the folder that it is in, see `moodreel.ingest.rating_rows.rating_file`.
        catalogue: the items to match.
        report: told now and then how far it is.

    Raises:
        BadRatings: it can't be read, or nothing in it can be used.
    """
    file, by_name = rating_file(path), ItemsByName(catalogue)
    columns, people = _Columns(), dict[str, int]()
    names: dict[str, int] = {}
    skipped, first, rows = Counter[str](), dict[str, int](), 0
    match: Matcher | None = None
    for number, row in file.rows():
        rows += 1
        if report and rows % _EVERY == 0:
            report(f"{rows:,} rows read, {len(columns.values):,} ratings kept")
        match = match or Matcher(by_name, file.item_column, file.path.parent)
        reason = (
            row.reason if isinstance(row, Skipped) else _keep(row, match, columns, people, names)
        )
        if reason:
            skipped[reason] += 1
            first.setdefault(reason, number)
    kept = _kept(columns, names, skipped)
    answers = match.known.values() if match else ()
    unmatched = Counter(why for found, why in answers if not found)
    matched = len(answers) - unmatched.total()
    done = Ratings(*kept, tuple(names), rows, skipped, first, matched, unmatched)
    return _usable(done, file.path)


def _keep(
    row: Row, match: Matcher, columns: _Columns, people: dict[str, int], names: dict[str, int]
) -> str:
    """Put a rating into the columns; or why not."""
    found, why = match(row)
    if found is None:
        return why
    columns.people.append(people.setdefault(row.user, len(people)))
    columns.items.append(names.setdefault(found, len(names)))
    columns.values.append(row.rating)
    columns.times.append(row.time)
    return ""


def _kept(
    columns: _Columns, names: Mapping[str, int], skipped: Counter[str]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    """The last rating of each person and item; earlier ones are counted as skipped."""
    if not columns.values:
        return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32)
    last, order = columns.last_of_each()
    if not last.all():
        skipped["rated again later"] = int((~last).sum())
    chosen = order[last]
    return (
        np.asarray(columns.people, dtype=np.int32)[chosen],
        np.asarray(columns.items, dtype=np.int32)[chosen],
        np.asarray(columns.values, dtype=np.float32)[chosen],
    )


def _usable(ratings: Ratings, path: Path) -> Ratings:
    if len(ratings.values):
        return ratings
    if not ratings.rows:
        raise BadRatings(f"{str(path)!r} has no row below its header: name a file with ratings.")
    why = ", ".join(f"{count:,} {reason}" for reason, count in ratings.skipped.items())
    raise BadRatings(
        f"None of the {ratings.rows:,} ratings in {str(path)!r} is of an item in the catalogue "
        f"({why}): put the data set's links.csv or movies.csv beside it, or ingest its films first"
    )


@dataclass(frozen=True)
class Chosen:
    """What will be fitted, and what of it was left out.

    ``rare`` items are liked by too few people, ``beyond`` are those least liked of the rest, left
    out because the fit would not fit into the memory allowed. ``bytes`` is what it will hold.
    """

    likes: Likes
    names: tuple[str, ...]
    people: int
    rare: int
    beyond: int
    bytes: int


def choose(
    ratings: Ratings, *, least: float | None = None, fewest: int = FEWEST, memory: int = MEMORY
) -> Chosen:
    """Choose the items that enough people like, most liked first, as many as memory allows.

    Args:
        ratings: what was read.
        least: from which rating on somebody likes something; four fifths of the scale else.
        fewest: people who must like an item.
        memory: bytes that the fit may hold.

    Raises:
        BadRatings: fewer than two items are left.
    """
    liked = ratings.liked(least)
    people, items = ratings.people[liked], ratings.items[liked]
    times = np.bincount(items, minlength=len(ratings.names))
    enough = int((times >= fewest).sum())
    kept = np.argsort(-times, kind="stable")[: min(enough, most_items(memory))]
    if len(kept) < 2:
        raise BadRatings(
            f"{len(kept)} of {len(ratings.names):,} items are liked by {fewest} people or more, "
            f"and a model needs two: give more ratings, or lower --fewest"
        )
    place = np.full(len(ratings.names), -1, dtype=np.int32)
    place[kept] = np.arange(len(kept), dtype=np.int32)
    among = place[items] >= 0
    likes = Likes(people[among], place[items[among]], len(kept))
    return Chosen(
        likes=likes,
        names=tuple(ratings.names[at] for at in kept),
        people=len(np.unique(likes.people)),
        rare=int((times > 0).sum()) - enough,
        beyond=enough - len(kept),
        bytes=bytes_needed(len(kept)),
    )


def fit(
    chosen: Chosen, source: str, *, ridge: float = RIDGE, neighbours: int = NEIGHBOURS
) -> Model:
    """The community model of what was chosen; holds `Chosen.bytes` while it works."""
    counts = gram(chosen.likes)
    together = akin(counts, chosen.people)
    facts = Facts(
        source=source,
        people=chosen.people,
        likes=len(chosen.likes.items),
        items=len(chosen.names),
        ridge=ridge,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return Model(facts, chosen.names, strongest(ease(counts, ridge), together, neighbours))


def told(ratings: Ratings) -> Iterator[tuple[str, str]]:
    """What was read and what was not, as (what, how many) for a table."""
    yield "rows read", f"{ratings.rows:,}"
    yield "ratings kept", f"{len(ratings.values):,}"
    yield "items matched", f"{ratings.matched:,}"
    for reason, count in sorted(ratings.unmatched.items()):
        yield f"items unmatched: {reason}", f"{count:,}"
    for reason, count in sorted(ratings.skipped.items(), key=lambda each: -each[1]):
        rows = f"{count:,}"
        seen = ratings.first.get(reason)
        yield f"rows skipped: {reason}", f"{rows} (first: row {seen:,})" if seen else rows
