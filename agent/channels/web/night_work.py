"""What the tab "Movie night" does: it gathers the wishes and has films found for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from ....errors import UsageError
from ...night.guests import Guest
from ...night.reply import Rule
from .desk import Desk
from .night_show import night_html
from .notices import noticed


class Evening:
    """The handlers of the tab."""

    def __init__(self, desk: Desk) -> None:
        """Ask the desk's agent."""
        self._desk = desk

    @noticed(2)
    async def find(
        self, owner: str, conversation: str, mine: object, rule: object, *fields: object
    ) -> tuple[str, str]:
        """Films for everybody who has a name or a wish; ``fields`` are names and wishes in turn."""
        own = self._desk.checked(owner, conversation) if mine is True else None
        guests = guests_of(fields, own)
        agent = await self._desk.agent()
        reply = await agent.movie_night(guests, rule=cast(Rule, rule))
        return night_html(reply, await self._desk.posters(reply.picks)), ""


def guests_of(fields: Sequence[object], own: str | None = None) -> dict[str, Guest]:
    """The guests that were typed in; who has a wish and no name is called by the number.

    Args:
        fields: a name and a wish for each person in turn.
        own: the conversation that knows the first person's taste, who then comes in any case.

    Raises:
        UsageError: nobody is there, or two people have the same name.
    """
    texts = [str(field or "").strip() for field in fields]
    guests: dict[str, Guest] = {}
    for number, (name, wish) in enumerate(zip(texts[::2], texts[1::2], strict=True), 1):
        kept = own if number == 1 else None
        if not (name or wish or kept):
            continue
        called = name or ("Me" if kept else f"Person {number}")
        if called in guests:
            raise UsageError(f"Two people are called {called!r}; tell them apart.")
        guests[called] = Guest(wish, kept)
    if not guests:
        raise UsageError("Nobody has come yet; give each person a name and a wish.")
    return guests
