"""Which sources there are, and which one reads a path."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path

from ...errors import BadSource
from .cmu import Cmu
from .folder import Folder
from .imdb import Imdb
from .movielens import MovieLens
from .netflix import DISNEY, NETFLIX
from .own import OwnTable
from .parquet import is_parquet, require_parquet
from .record import Source
from .tmdb import Tmdb
from .wikipedia import PLOTS, WikipediaLists

GROUP = "moodreel.sources"
"""Entry points under which packages offer sources of their own."""
AUTO = "auto"


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    """Every source by name, in the order in which they are asked whether a path is theirs."""
    own: list[Source] = [point.load() for point in entry_points(group=GROUP)]
    ours: list[Source] = [MovieLens(), Tmdb(), NETFLIX, DISNEY, PLOTS, WikipediaLists(), Cmu(),
                          Imdb(), OwnTable(), Folder()]  # fmt: skip
    return {source.name: source for source in [*ours, *own]} | {s.name: s for s in own}


def source_names() -> list[str]:
    """What can be named as a source."""
    return [AUTO, *sources()]


def source_for(name: str, path: Path) -> Source:
    """The source of a name; with ``auto`` the first one that recognises the path.

    Raises:
        BadSource: there is no such source or path, or none recognises it.
    """
    if name not in source_names():
        raise BadSource(f"there is no source {name!r}: use one of {', '.join(source_names())}")
    if not path.exists():
        raise BadSource(f"there is no file or folder {str(path)!r}: check the path")
    if name != AUTO:
        return sources()[name]
    found = next((source for source in sources().values() if source.detect(path)), None)
    if found is None and is_parquet(path):
        require_parquet(path)
    if found is None:
        raise BadSource(
            f"{str(path)!r} is no data set that is known: name its source, or use `table` with "
            f"--map title=COLUMN"
        )
    return found
