"""The names of all titles and people, beside the shard: the first turn reads no item for them."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ValidationError

from .edge_shard import storage_errors
from .memory import Names
from .people import PeopleIndex
from .people_register import KeptPeople
from .title_register import KeptTitles
from .titles import TitleIndex

NAME = "names.json"
RULES = 1
"""Raised whenever names are made of titles and people in another way."""


class _Kept(BaseModel):
    """Both indexes; ``written`` is the manifest's count of writes when they were noted."""

    rules: int
    written: int
    titles: KeptTitles
    people: KeptPeople


def save_names(folder: Path, written: int, names: Names) -> None:
    """Note the names of a catalogue; a crash leaves the old file or the new one."""
    titles, people = names
    kept = _Kept.model_construct(
        rules=RULES, written=written, titles=titles.kept(), people=people.kept()
    )
    draft = folder / f"{NAME}.new"
    with storage_errors(folder):
        draft.write_text(kept.model_dump_json(), encoding="utf-8")
        draft.replace(folder / NAME)


def load_names(folder: Path, written: int) -> Names | None:
    """What was noted after so many writes; None where that is not there or can't be read."""
    try:
        kept = _Kept.model_validate_json((folder / NAME).read_bytes())
    except (OSError, ValidationError, ValueError):
        return None
    if (kept.rules, kept.written) != (RULES, written):
        return None
    return TitleIndex.restored(kept.titles), PeopleIndex.restored(kept.people)
