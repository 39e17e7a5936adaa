"""``moodreel history``: what somebody has watched and rated elsewhere, brought in and taken out."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...errors import UsageError
from .options import Json
from .output import as_json, say, tell, write_new

if TYPE_CHECKING:
    from ...ingest.history import HistoryImport
    from ..companion import MovieAgent

app = typer.Typer(
    name="history",
    help="Bring in what you have watched and rated elsewhere; write it out; take it back.",
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Conversation = Annotated[
    str | None, typer.Option("--conversation", metavar="ID", help="The conversation it is for.")
]
_SHOWN = 20
"""How many films of a kind a person is shown; ``--json`` has all."""


@app.command(name="import")
def bring(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="Files, folders or ZIPs exported by Letterboxd, IMDb or MovieLens, or a CSV of"
            " your own with a column 'title'.",
        ),
    ],
    conversation: Conversation = None,
    user: Annotated[
        str | None, typer.Option("--user", metavar="ID", help="Whose ratings, in MovieLens' files.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be matched and keep nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Add watched and rated films to the taste of a conversation; nothing is guessed."""
    if dry_run:
        _dry(files, user, json=json)
    else:
        asyncio.run(_bring(files, conversation, user, json=json))


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; a new one.")],
    conversation: Annotated[
        str, typer.Option("--conversation", metavar="ID", help="The conversation to write from.")
    ],
) -> None:
    """Write films seen, rated and liked as CSV that Letterboxd imports."""
    asyncio.run(_export(file, conversation))


@app.command()
def forget(
    conversation: Annotated[
        str, typer.Option("--conversation", metavar="ID", help="The conversation to take it from.")
    ],
) -> None:
    """Take back every history that was brought in; what was said in words stays."""
    asyncio.run(_forget(conversation))


def _dry(files: Sequence[Path], user: str | None, *, json: bool) -> None:
    from ...ingest.history import read_history  # noqa: PLC0415
    from .opening import opened_catalogue  # noqa: PLC0415

    with opened_catalogue() as stored:
        found = read_history(files, stored, user)
    _show(found, {"dry_run": True}, json=json)


async def _bring(
    files: Sequence[Path], conversation: str | None, user: str | None, *, json: bool
) -> None:
    from ...ingest.history import read_history  # noqa: PLC0415
    from .opening import conversation_id  # noqa: PLC0415

    async with await _agent() as agent:
        found = await asyncio.to_thread(read_history, files, agent.catalogue, user)
        name = await conversation_id(agent, conversation)
        if found.matched:
            await agent.import_history(name, found)
        _show(found, {"conversation": name if found.matched else None}, json=json)
    if not found.matched:
        raise UsageError("None of these films is in the catalogue, so there is nothing to keep.")
    if not json:
        tell(f"Go on with: moodreel chat --conversation {name}")


async def _export(file: Path, conversation: str) -> None:
    from ..past_file import written  # noqa: PLC0415

    async with await _agent() as agent:
        text, many = written(await agent.profile(conversation), agent.catalogue)
    write_new(str(file), text)
    tell(f"{many:,} films are in {str(file)!r}; Letterboxd takes it at letterboxd.com/import.")


async def _forget(conversation: str) -> None:
    from ..past import forgetting  # noqa: PLC0415

    async with await _agent() as agent:
        edits = forgetting(await agent.profile(conversation))
        if not edits:
            raise UsageError(f"There is no history in the conversation {conversation!r}.")
        say((await agent.edit_profile(conversation, edits)).text)


async def _agent() -> MovieAgent:
    from .opening import open_companion  # noqa: PLC0415

    return await open_companion()


def _show(found: HistoryImport, more: dict[str, Any], *, json: bool) -> None:
    from ..past_summary import as_data, lines  # noqa: PLC0415

    if json:
        say(as_json({**as_data(found), **more}))
    else:
        say("\n".join(lines(found, _SHOWN)))
