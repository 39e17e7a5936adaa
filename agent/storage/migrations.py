"""How the tables came to be, step by step; what is kept by an older Moodreel takes the rest."""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import StorageError

_ABOUT = (
    "CREATE TABLE moodreel_about"
    ' (id TEXT COLLATE "C" PRIMARY KEY, title TEXT NOT NULL, turns INTEGER NOT NULL,'
    " changed TEXT NOT NULL)",
)
_TASTE = (
    "CREATE TABLE moodreel_taste"
    ' (owner TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, said TEXT NOT NULL,'
    " place INTEGER NOT NULL, version INTEGER NOT NULL, content TEXT,"
    " PRIMARY KEY (owner, id))",
)
_TURNS = (
    "CREATE TABLE moodreel_turns"
    ' (conversation TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL,'
    ' owner TEXT COLLATE "C" NOT NULL, began DOUBLE PRECISION NOT NULL, message TEXT NOT NULL,'
    " finished INTEGER NOT NULL, PRIMARY KEY (conversation, id))",
    "CREATE INDEX moodreel_turns_began ON moodreel_turns (began)",
    "CREATE INDEX moodreel_turns_unfinished ON moodreel_turns (conversation) WHERE finished = 0",
)
POSTGRES: Sequence[Sequence[str]] = (_ABOUT, _TASTE, _TURNS)
"""One tuple of statements a version; a version once released is never changed."""

_OLD_ABOUT = (
    "CREATE TABLE IF NOT EXISTS about"
    " (id TEXT PRIMARY KEY, title TEXT NOT NULL, turns INTEGER NOT NULL, changed TEXT NOT NULL)",
)
_RENAMED = ("ALTER TABLE about RENAME TO moodreel_about",)
SQLITE: Sequence[Sequence[str]] = (
    _OLD_ABOUT,
    _RENAMED,
    *([each.replace(' COLLATE "C"', "") for each in version] for version in POSTGRES[1:]),
)
"""The same for SQLite, whose first version had no number and its table another name."""


def missing(version: int, known: Sequence[Sequence[str]], place: str) -> list[str]:
    """The statements that bring ``version`` up to date.

    Raises:
        StorageError: ``place`` was written by a newer Moodreel.
    """
    if version > len(known):
        raise StorageError(
            f"The conversations in {place!r} were kept by a newer Moodreel (version {version} of"
            f" their tables, and I know {len(known)}); update Moodreel to use them."
        )
    return [statement for each in known[version:] for statement in each]
