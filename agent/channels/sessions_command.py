"""``moodreel sessions``: what is kept of people, told and removed, beside a running program."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from ...errors import UsageError
from .output import as_json, say

if TYPE_CHECKING:
    from ..archive import Removed
    from ..storage.base import About, Conversations

Result = TypeVar("Result")

app = typer.Typer(
    name="sessions",
    help="What is kept of people: list, export, erase, prune.",
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

User = Annotated[
    str, typer.Option("--user", metavar="ID", help="Who: a session's user, or as the list has it.")
]
Tenant = Annotated[
    str, typer.Option("--tenant", metavar="ID", help="The workspace or server of the user.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@app.command(name="list")
def show(user: User = "", tenant: Tenant = "", json: Json = False) -> None:
    """List conversations, the one that changed last first."""
    from ..archive import listing  # noqa: PLC0415

    owner = _owner(user, tenant) if user else ""
    known = asyncio.run(_with(lambda kept: kept.about(owner)))
    if json:
        say(as_json(listing(known)))
    else:
        _say_table(known)


@app.command()
def export(user: User, tenant: Tenant = "") -> None:
    """Print everything kept of one person as JSON."""
    from ..archive import export_person  # noqa: PLC0415

    owner = _owner(user, tenant)
    whole = asyncio.run(_with(lambda kept: export_person(kept, owner)))
    if not any(whole[part] for part in ("taste", "conversations", "unanswered")):
        raise UsageError(f"Nothing is kept of {user!r}; “moodreel sessions list” says of whom.")
    say(as_json(whole))


@app.command()
def erase(
    user: User,
    tenant: Tenant = "",
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    json: Json = False,
) -> None:
    """Remove everything kept of one person, for good."""
    from ..archive import erase_person  # noqa: PLC0415

    owner = _owner(user, tenant)
    if not yes and not typer.confirm(f"Remove all that is kept of {user!r}?", err=True):
        return
    _say_removed(asyncio.run(_with(lambda kept: erase_person(kept, owner))), json=json)


@app.command()
def prune(
    days: Annotated[
        int | None,
        typer.Option("--days", min=1, help="How long they may rest; else MOODREEL_KEEP_DAYS."),
    ] = None,
    json: Json = False,
) -> None:
    """Remove conversations that nobody has gone on with for a number of days."""
    from ..archive import prune as pruned  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415

    most = days or load_settings().keep_days
    if most is None:
        raise UsageError("Nothing says how long to keep them; give --days or MOODREEL_KEEP_DAYS.")
    _say_removed(asyncio.run(_with(lambda kept: pruned(kept, most, time.time()))), json=json)


async def _with(work: Callable[[Conversations], Awaitable[Result]]) -> Result:
    """Do something where conversations are kept; no catalogue is opened."""
    from ..conversations import open_conversations  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415

    kept = await open_conversations(load_settings())
    try:
        with kept.errors():
            return await work(kept)
    finally:
        await kept.close()


def _owner(user: str, tenant: str) -> str:
    """Whose conversations are meant: what the list calls ``user``, or a session's user."""
    from ..session import Session, is_owner  # noqa: PLC0415

    return user if not tenant and is_owner(user) else Session(tenant, "", "", user).owner


def _say_table(known: list[About]) -> None:
    if not known:
        say("Nothing is kept.")
    for about in known:
        turns = "1 turn" if about.turns == 1 else f"{about.turns} turns"
        say(f"{about.changed[:16].replace('T', ' ')}  {turns:>9}  {about.id}  {about.title}")


def _say_removed(removed: Removed, *, json: bool) -> None:
    if json:
        from dataclasses import asdict  # noqa: PLC0415

        say(as_json(asdict(removed)))
        return
    many = removed.conversations
    said = "1 conversation" if many == 1 else f"{many:,} conversations"
    people = "1 person" if removed.people == 1 else f"{removed.people:,} people"
    say(f"Removed: {said}, and the lasting taste of {people}.")
