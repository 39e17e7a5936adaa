"""MovieLens: latest-small, 25M and 32M (movies.csv), 1M and 10M (movies.dat), 100K (u.item)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import BadSource
from .columns import MOST_TAGS, from_rows
from .files import header_of, open_bytes, open_text, reading, table
from .record import Options, Record, Skipped
from .values import text, titled

_COLUMNS = {
    "key": "movieId", "movielens_id": "movieId", "title": "title", "genres": "genres",
    "imdb_id": "imdbId", "tmdb_id": "tmdbId", "tags": "*tags", "votes": "*votes",
    "text": "overview", "runtime_min": "runtime", "language": "original_language",
    "year": "*year", "directors": "director", "cast": "cast_top3",
}  # fmt: skip
_HUNDRED_K = (
    "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime",
    "Documentary", "Drama", "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance",
    "Sci-Fi", "Thriller", "War", "Western",
)  # fmt: skip
"""The genres behind the 19 flags of u.item, in their order."""
_FIRST_FLAG = 5
# A thousand people's ratings make a film of MovieLens as well known as 30,000 votes elsewhere.
_VOTES_A_RATING = 30

Beside = dict[str, Path]


class MovieLens:
    """A folder of MovieLens, or its table of films; ids, tags and ratings beside it are used."""

    name = "movielens"
    wants = "the folder, or its movies.csv, movies.dat or u.item"

    def detect(self, path: Path) -> bool:
        """Whether the folder or file has MovieLens' films."""
        films = _films(path)
        if films is None:
            return False
        return films.suffix == ".dat" or _plain(films) == "u.item" or _has_ids(films)

    def files(self, path: Path) -> list[Path]:
        """The table of films and what belongs to it."""
        films = _films(path)
        return [films, *_beside(films).values()] if films else []

    def records(self, path: Path, options: Options) -> Iterator[Record | Skipped]:
        """Every film."""
        films = _films(path)
        if films is None or not self.detect(path):
            raise BadSource(f"there are no films of MovieLens in {str(path)!r}: give {self.wants}")
        known = _Known(_beside(films))
        return from_rows(map(known.joined, _rows(films, options)), _COLUMNS, _mend)


def _plain(path: Path) -> str:
    return path.name.removesuffix(".gz")


def _has_ids(path: Path) -> bool:
    header = set(header_of(path))
    return {"title", "genres"} <= header and bool({"movieId", "movie_id"} & header)


def _films(path: Path) -> Path | None:
    """The table of films: the file itself, or the one in a folder."""
    if path.is_file():
        return path
    names = [f"{name}{end}" for name in ("movies.csv", "movies.dat", "u.item")
             for end in ("", ".gz")]  # fmt: skip
    return next((path / name for name in names if (path / name).is_file()), None)


def _beside(films: Path) -> Beside:
    """The tables of ids, tags and ratings that belong to a table of films."""
    wanted = {"movies.csv": ("links.csv", "tags.csv", "ratings.csv"),
              "movies.dat": ("tags.dat", "ratings.dat"), "u.item": ("u.data",)}  # fmt: skip
    names = wanted.get(_plain(films), ())
    places = ((name, films.with_name(name + end)) for name in names for end in ("", ".gz"))
    return {name: place for name, place in places if place.is_file()}


class _Known:
    """What the tables beside the films say of each: other ids, tags, how often it was rated."""

    def __init__(self, beside: Beside) -> None:
        self._links: dict[str, tuple[str, str]] = {}
        if "links.csv" in beside:
            rows = table(beside["links.csv"])
            self._links = {
                r["movieId"]: (r["imdbId"], r["tmdbId"]) for r in rows if isinstance(r, dict)
            }
        self._tags: dict[str, Counter[str]] = defaultdict(Counter)
        self._ratings: Counter[str] = Counter()
        for name, file in beside.items():
            if name.startswith("tags"):
                self._read_tags(file)
            elif name.startswith(("ratings", "u.data")):
                self._ratings = _counted(file)

    def _read_tags(self, file: Path) -> None:
        rows = (
            _dat(file, ["userId", "movieId", "tag", "timestamp"]) if _is_dat(file) else table(file)
        )
        for row in rows:
            if isinstance(row, dict) and (tag := text(row["tag"]).lower()):
                self._tags[row["movieId"]][tag] += 1

    def joined(self, row: dict[str, Any] | str) -> dict[str, Any] | str:
        """A film's row with what is known of it besides."""
        if isinstance(row, str):
            return row
        number = row["movieId"]
        imdb, tmdb = self._links.get(number, (None, row.get("tmdbId")))
        tags = (
            [tag for tag, _ in self._tags[number].most_common(MOST_TAGS)]
            if number in self._tags
            else []
        )
        votes = self._ratings[number] * _VOTES_A_RATING or row.get("vote_count")
        return {
            **row,
            "imdbId": imdb,
            "tmdbId": tmdb,
            "*tags": tags or row.get("tags"),
            "*votes": votes,
        }


def _is_dat(file: Path) -> bool:
    return ".dat" in file.suffixes


def _rows(films: Path, options: Options) -> Iterator[dict[str, Any] | str]:
    if _is_dat(films):
        yield from _dat(films, ["movieId", "title", "genres"], options.encoding)
    elif _plain(films) == "u.item":
        yield from _flagged(films, options.encoding)
    else:
        for row in table(films, options.encoding):
            yield row if isinstance(row, str) else _named_alike(row)


def _named_alike(row: dict[str, str]) -> dict[str, Any]:
    """Columns of tables that were filled from TMDB, by MovieLens' own names."""
    also = {"movieId": "movie_id", "tmdbId": "tmdb_id", "vote_count": "tmdb_vote_count"}
    more = {name: row[other] for name, other in also.items() if name not in row and other in row}
    year = row.get("year") or row.get("release_date") if "year" in row else None
    return {**row, **more, "*year": year}


def _dat(
    file: Path, names: list[str], encoding: str | None = None
) -> Iterator[dict[str, str] | str]:
    with open_text(file, encoding) as opened, reading(file):
        for line in opened:
            cells = line.rstrip("\r\n").replace("\0", "").split("::")
            if len(cells) == len(names):
                yield dict(zip(names, cells, strict=True))
            elif line.strip():
                yield "not as many columns as the table has"


def _flagged(file: Path, encoding: str | None) -> Iterator[dict[str, Any] | str]:
    """The rows of u.item: id, title, date, video date, address, and a flag per genre."""
    width = _FIRST_FLAG + len(_HUNDRED_K)
    with open_text(file, encoding) as opened, reading(file):
        for line in opened:
            cells = line.rstrip("\r\n").replace("\0", "").split("|")
            if len(cells) == width:
                flags = zip(_HUNDRED_K, cells[_FIRST_FLAG:], strict=True)
                genres = [name for name, flag in flags if flag == "1"]
                yield {"movieId": cells[0], "title": cells[1], "genres": genres, "*year": cells[2]}
            elif line.strip():
                yield "not as many columns as the table has"


def _counted(file: Path) -> Counter[str]:
    """How often each film was rated; the second column is its id in every layout."""
    joint = b"::" if _is_dat(file) else b"\t" if _plain(file) == "u.data" else b","
    with reading(file), open_bytes(file) as opened:
        counts = Counter(line.split(joint, 2)[1] for line in opened if joint in line)
    return Counter({number.decode("ascii", "replace"): count for number, count in counts.items()})


def _mend(values: dict[str, Any]) -> str | None:
    """The row of 100K that stands for films that nobody could name makes no item."""
    called, dated = text(values.get("title")), text(values.get("year"))
    if called == "unknown" and not dated:
        return "a title of 'unknown' and no date"
    # The title's own year is the film's; a date may be that of a release elsewhere.
    values["year"] = None if titled(values.get("title"))[1] else dated
    return None
