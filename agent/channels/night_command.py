"""The command ``moodreel night``: films for several people."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import UsageError
from .options import Json
from .output import as_json, say

if TYPE_CHECKING:
    from ..night.guests import Guest
    from ..night.reply import GroupReply


class By(StrEnum):
    """What several scores come to."""

    AVERAGE = "average"
    LEAST_MISERY = "least_misery"
    MOST_PLEASURE = "most_pleasure"


app = typer.Typer()


@app.command()
def night(
    people: Annotated[
        list[str],
        typer.Argument(metavar="WISH", help="One a person: “Ana: something funny”."),
    ],
    *,
    rule: Annotated[
        By, typer.Option("--rule", help="What several scores come to: mean, lowest, highest.")
    ] = By.AVERAGE,
    taste: Annotated[
        list[str] | None,
        typer.Option("--taste", metavar="NAME=ID", help="Whose taste a conversation knows."),
    ] = None,
    count: Annotated[
        int | None, typer.Option("--count", min=1, max=20, help="How many films.")
    ] = None,
    json: Json = False,
) -> None:
    """Find films for several people that nobody vetoes, and say how well each suits each."""
    from ..night.guests import wishes_of  # noqa: PLC0415

    guests = with_tastes(wishes_of(people), taste or ())
    reply = asyncio.run(_asked(guests, rule.value, count))
    if json:
        say(as_json(reply.model_dump(mode="json")))
    else:
        say(reply.text)


async def _asked(guests: dict[str, Guest], rule: str, count: int | None) -> GroupReply:
    from .opening import open_companion  # noqa: PLC0415

    agent = await open_companion()
    try:
        return await agent.movie_night(guests, rule=rule, picks=count)  # type: ignore[arg-type]
    finally:
        await agent.close()


def with_tastes(guests: dict[str, Guest], tastes: Sequence[str]) -> dict[str, Guest]:
    """The guests with the conversations that know their tastes.

    Raises:
        UsageError: an entry is not ``NAME=ID``.
    """
    from ..night.guests import Guest  # noqa: PLC0415

    known = dict(guests)
    for entry in tastes:
        name, equals, conversation = entry.partition("=")
        if not equals or not name.strip() or not conversation.strip():
            raise UsageError(f"--taste {entry!r} is not NAME=ID; write “--taste Ana=a1b2c3d4”.")
        says = known[name.strip()].says if name.strip() in known else ""
        known[name.strip()] = Guest(says, conversation.strip())
    return known
