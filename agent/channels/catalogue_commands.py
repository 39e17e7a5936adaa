"""``moodreel catalogue``: what can be recommended, what was merged, and moving it to a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import BadSettings, UsageError
from . import merges_command
from .catalogue_summary import show_summary
from .options import Json
from .output import as_json, say, tell

if TYPE_CHECKING:
    from ...ingest.push import Pushed
    from ...ingest.server_place import ServerPlace

app = typer.Typer(
    name="catalogue",
    help="Say what can be recommended, and what is missing in it.",
    invoke_without_command=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def catalogue(
    context: typer.Context,
    *,
    merges: Annotated[
        bool, typer.Option("--merges", help="List what was taken for the same item.")
    ] = False,
    split: Annotated[
        str | None, typer.Option("--split", metavar="ID", help="Undo one of these merges.")
    ] = None,
    json: Json = False,
) -> None:
    """Say what can be recommended, and what is missing in it."""
    if context.invoked_subcommand is not None:
        return
    if split:
        merges_command.split(split)
    elif merges:
        merges_command.merges(json=json)
    else:
        show_summary(json=json)


@app.command()
def push(
    url: Annotated[
        str | None,
        typer.Argument(
            metavar="URL",
            help="Of a Qdrant server, http://127.0.0.1:6333; MOODREEL_CATALOGUE_URL else.",
            show_default=False,
        ),
    ] = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Leave out what only the server has.")
    ] = False,
    json: Json = False,
) -> None:
    """Copy the catalogue of the data folder to a server; goes on where it was interrupted."""
    from ...ingest.edge import EdgeCatalogue  # noqa: PLC0415
    from ...ingest.push import push as copy  # noqa: PLC0415
    from .opening import opened_catalogue  # noqa: PLC0415
    from .progress import ProgressLine  # noqa: PLC0415

    place = _place(url)
    line = ProgressLine("items")
    with opened_catalogue(local=True) as stored:
        assert isinstance(stored, EdgeCatalogue)  # noqa: S101 - what a data folder holds
        try:
            pushed = copy(stored, place, replace=replace, watch=line)
        except KeyboardInterrupt:
            tell("Stopped; the same command goes on where it was.")
            raise
        finally:
            line.end()
    _show(pushed, place, json=json)


def _place(url: str | None) -> ServerPlace:
    """The server that is meant.

    Raises:
        UsageError: none is named.
        BadSettings: the settings don't go with it.
    """
    from ..settings import load_settings  # noqa: PLC0415

    settings = load_settings()
    place = settings.server
    if url is None and place is None:
        raise UsageError("Name the server: moodreel catalogue push http://127.0.0.1:6333")
    try:
        return place if url is None and place else settings.server_at(url or "")
    except ValueError as error:
        raise BadSettings(f"The server can't be used: {error}.") from None


def _show(pushed: Pushed, place: ServerPlace, *, json: bool) -> None:
    if json:
        told = {"items": pushed.items, "already": pushed.already, "url": place.url}
        say(as_json({**told, "collection": place.collection}))
        return
    before = f", {pushed.already:,} of them from a push before" if pushed.already else ""
    say(f"The collection {place.shown} has {pushed.items:,} items now{before}.")
    tell(f"It is used where MOODREEL_CATALOGUE_URL={place.url} is set.")
