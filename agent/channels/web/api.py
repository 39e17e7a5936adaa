"""What programs can call: `send`, `feedback`, `undo` and more, as named Gradio endpoints."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from typing import Any, cast

import gradio as gr
from gradio.events import api as endpoint_of

from ....errors import MoodreelError
from ....tools.query import QueryDimension
from ...clicks import Feedback
from ...edits import Edit
from ...night.reply import Rule
from ...reply import Reply
from ..commands import answer_data
from .desk import Desk, new_owner

Json = dict[str, Any]
_Endpoint = Callable[..., Awaitable[Json]]


def telling(endpoint: _Endpoint) -> _Endpoint:
    """The endpoint with errors as the sentences that Gradio tells a program."""

    @wraps(endpoint)
    async def told(*given: Any) -> Json:
        try:
            return await endpoint(*given)
        except MoodreelError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return told


class Api:
    """The endpoints over one desk.

    A program keeps the ``owner`` that its first answer names and gives it with every later
    call: conversations belong to it, and nobody else can read them. Where people log in, the
    account is the owner.
    """

    def __init__(self, desk: Desk) -> None:
        """Answer through the desk's agent."""
        self._desk = desk

    @telling
    async def send(
        self, request: gr.Request, message: str, conversation: str = "", owner: str = ""
    ) -> Json:
        """Answer one message.

        The answer has reply (the whole text), picks (each with id, title, year, reason and
        scores), understood, relaxed, question, choices, profile, engine, notices, timings_ms;
        and conversation and owner, to be given with the next call.

        Args:
            message: What the person says.
            conversation: The conversation to go on with; a new one begins where it is empty.
            owner: The owner that an earlier answer named; a new one where it is empty.
        """
        mine = self._owner(request, owner)
        name = self._conversation(mine, conversation)
        return _answered(mine, await (await self._desk.agent()).send(message, name))

    @telling
    async def feedback(  # noqa: PLR0917 - Gradio gives them in this order
        self,
        request: gr.Request,
        item: str,
        feeling: str,
        conversation: str,
        owner: str = "",
        dimension: str = "overall",
    ) -> Json:
        """Say what the person thinks of an item, or ask why it was recommended.

        The answer is like that of send.

        Args:
            item: The id of the item, as it stands in picks.
            feeling: loved, liked, disliked, seen, interested, not_tonight, more_like or why.
            conversation: The conversation that this is said in.
            owner: The owner of the conversation.
            dimension: What of the item is meant: mood, audience, plot or overall.
        """
        mine = self._owner(request, owner)
        name = self._conversation(mine, conversation)
        felt, part = cast(Feedback, feeling), cast(QueryDimension, dimension)
        return _answered(mine, await (await self._desk.agent()).feedback(name, item, felt, part))

    @telling
    async def recommend(self, request: gr.Request, conversation: str, owner: str = "") -> Json:
        """Give a list for the taste profile as it stands. The answer is like that of send.

        Args:
            conversation: The conversation.
            owner: The owner of the conversation.
        """
        mine = self._owner(request, owner)
        name = self._conversation(mine, conversation)
        return _answered(mine, await (await self._desk.agent()).recommend(name))

    @telling
    async def undo(self, request: gr.Request, conversation: str, owner: str = "") -> Json:
        """Take back what the last turn did to the taste profile. The answer is like that of send.

        Args:
            conversation: The conversation.
            owner: The owner of the conversation.
        """
        mine = self._owner(request, owner)
        name = self._conversation(mine, conversation)
        return _answered(mine, await (await self._desk.agent()).undo(name))

    @telling
    async def edit(
        self, request: gr.Request, edits: list[Json], conversation: str, owner: str = ""
    ) -> Json:
        """Change the taste profile by hand. The answer is like that of send.

        Args:
            edits: Profile edits as JSON, as moodreel.agent.edits has them.
            conversation: The conversation.
            owner: The owner of the conversation.
        """
        mine = self._owner(request, owner)
        name = self._conversation(mine, conversation)
        given = cast(Sequence[Edit], edits)
        return _answered(mine, await (await self._desk.agent()).edit_profile(name, given))

    @telling
    async def profile(self, request: gr.Request, conversation: str, owner: str = "") -> Json:
        """Give the taste profile of a conversation: every entry with the words that caused it.

        Args:
            conversation: The conversation.
            owner: The owner of the conversation.
        """
        name = self._desk.checked(self._owner(request, owner), conversation)
        return (await (await self._desk.agent()).profile(name)).model_dump(mode="json")

    @telling
    async def night(self, people: dict[str, str], rule: str = "average", picks: int = 5) -> Json:
        """Find films for several people that nobody rules out; nothing of it is kept.

        The answer has text (the whole answer), picks (each with score, and in fits a score and a
        reason for each person), vetoes, conflicts, relaxed, understood and notices.

        Args:
            people: By name what each person wishes for.
            rule: What several scores come to: average, least_misery or most_pleasure.
            picks: How many films, 1 to 20.
        """
        agent = await self._desk.agent()
        reply = await agent.movie_night(people, rule=cast(Rule, rule), picks=picks)
        return reply.model_dump(mode="json")

    def _owner(self, request: gr.Request, owner: str) -> str:
        return self._desk.owner_of(request.username) or owner or new_owner()

    def _conversation(self, owner: str, conversation: str) -> str:
        if not conversation:
            return self._desk.new_conversation(owner)
        return self._desk.checked(owner, conversation)


def _answered(owner: str, reply: Reply) -> Json:
    return {**answer_data(reply), "owner": owner}


def build(desk: Desk, at_once: int) -> None:
    """Offer the endpoints; the page's own handlers stay hidden."""
    api = Api(desk)
    offered = (
        api.send, api.feedback, api.recommend, api.undo, api.edit, api.profile, api.night,
    )  # fmt: skip
    for endpoint in offered:
        endpoint_of(endpoint, api_name=endpoint.__name__, concurrency_limit=at_once)
