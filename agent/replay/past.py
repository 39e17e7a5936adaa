"""What is known of a person before the first turn of a script: a profile and films watched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...errors import UnknownItem, UsageError
from ...ingest.catalogue import Catalogue
from ...ingest.history import HistoryImport, read_history
from ...ingest.item import Item
from ..companion import MovieAgent
from ..edits import Attitude, Edit, Feeling, feeling_of
from ..past import history_edit
from ..past_summary import choice
from ..profile_file import read as read_profile
from ..resolve import reference
from .files import refused, text_of
from .items import the_item
from .load import Loaded
from .script import Rated


async def begin(loaded: Loaded, agent: MovieAgent, conversation: str) -> None:
    """Put what is known of the person into a conversation, as one turn before the first.

    Raises:
        BadScript: a film is not in the catalogue, or a file can't be read.
    """
    edits = [*_past(loaded, agent.catalogue), *_profile(loaded, agent.catalogue)]
    if edits:
        await agent.edit_profile(conversation, edits)


def _profile(loaded: Loaded, catalogue: Catalogue) -> Sequence[Edit]:
    said = loaded.script.setup.profile
    if not isinstance(said, Path):
        return [_resolved(loaded, edit, catalogue, place) for place, edit in enumerate(said)]
    data = text_of(loaded, said, "setup", "profile").encode()
    try:
        brought = read_profile(data, catalogue)
    except UsageError as error:
        raise refused(loaded, str(error), "setup", "profile") from None
    if brought.missing:
        raise refused(loaded, f"there is no film {brought.missing[0]!r} here", "setup", "profile")
    return brought.edits


def _resolved(loaded: Loaded, edit: Edit, catalogue: Catalogue, place: int) -> Edit:
    """An edit whose film, if it is an attitude, is known to be in the catalogue."""
    if not isinstance(edit, Attitude) or edit.item.id or not edit.item.title:
        return edit
    title, year = edit.item.title, edit.item.year
    item = _item(loaded, catalogue, title, year, "setup", "profile", place)
    return edit.model_copy(update={"item": reference(item)})


def _past(loaded: Loaded, catalogue: Catalogue) -> list[Edit]:
    """The history: a file as the product brings it in, a list as attitudes.

    A film that was rated was seen as well.
    """
    said = loaded.script.setup.history
    if isinstance(said, Path):
        return [history_edit(_file(loaded, said, catalogue))]
    edits: dict[tuple[str, Feeling], Edit] = {}
    for place, one in enumerate(said):
        item = _item(loaded, catalogue, one.item, None, "setup", "history", place)
        for feeling in feelings(one):
            words = f"{feeling}: {item.label}"
            edit = Attitude(item=reference(item), feeling=feeling, words=words)
            edits[item.id, feeling] = edit
    return list(edits.values())


def feelings(rated: Rated) -> tuple[Feeling, ...]:
    """What a rating says, as `feeling_of` has it; the film was seen anyway."""
    if rated.feeling in ("interested", "not_tonight"):
        return (rated.feeling,)
    opinion = rated.feeling or (feeling_of(rated.rating) if rated.rating else "seen")
    return ("seen",) if opinion == "seen" else (opinion, "seen")


def _file(loaded: Loaded, path: Path, catalogue: Catalogue) -> HistoryImport:
    """A history all of which is in the catalogue: what a script says is meant exactly."""
    try:
        found = read_history([loaded.folder / path], catalogue)
    except UsageError as error:
        raise refused(loaded, str(error), "setup", "history") from None
    problems = [f"{places[0]}: {reason}" for reason, places in found.skipped.items()]
    problems += [f"{d.film.place}: {choice(d)} Give its year or id" for d in found.ambiguous]
    problems += [f"{film.place}: there is no film {film.label!r} here" for film in found.unmatched]
    if problems:
        raise refused(loaded, problems[0], "setup", "history")
    return found


def _item(
    loaded: Loaded, catalogue: Catalogue, name: str, year: int | None, *where: str | int
) -> Item:
    try:
        return the_item(catalogue, name, year)
    except UnknownItem as error:
        raise refused(loaded, str(error), *where) from None
