"""What a person can ask of the agent on the page: the words it shows as, and how it is answered."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import Any, NamedTuple, cast, get_args

from ....errors import UnknownItem, UsageError
from ....tools.query import QueryDimension
from ...clicks import Click, Feedback, feedback_click, list_click, undo_click
from ...companion import MovieAgent
from ...intake import checked_message
from ...reply import Event
from .turns import Work

_ACTS: dict[str, Feedback] = {
    "more_like": "more_like",
    "loved": "loved",
    "seen": "seen",
    "disliked": "disliked",
    "why": "why",
}


class Asked(NamedTuple):
    """A turn to be: its words, and what begins it."""

    words: str
    work: Work


def said(agent: MovieAgent, conversation: str, message: object) -> Asked:
    """A message.

    Raises:
        BadMessage: it is empty, too long or not text.
    """
    words = checked_message(message, agent.settings.max_message_chars)  # type: ignore[arg-type]
    return Asked(words, lambda: _streamed(agent, conversation, words))


def pressed(agent: MovieAgent, conversation: str, data: Mapping[str, Any]) -> Asked:
    """A press on a card or an answer's choice, "undo" or a list; ``data`` comes from a browser.

    Raises:
        UsageError: there is no such press, item or dimension.
    """
    act, item_id = data.get("act"), data.get("id")
    if act == "say":
        return said(agent, conversation, data.get("words"))
    if act == "undo":
        return _clicked(agent, conversation, undo_click(1))
    if act == "recommend":
        return _clicked(agent, conversation, list_click())
    feeling = _ACTS.get(str(act))
    dimension = cast(QueryDimension, data.get("dimension") or "overall")
    if feeling is None or dimension not in get_args(QueryDimension):
        raise UsageError(
            f"There is nothing called {str(act)[:40]!r} to press; load the page again."
        )
    item = agent.catalogue.get([str(item_id)]).get(str(item_id))
    if item is None:
        raise UnknownItem("That film is no longer in the catalogue; choose another.")
    return _clicked(agent, conversation, feedback_click(item, feeling, dimension))


def _clicked(agent: MovieAgent, conversation: str, click: Click) -> Asked:
    async def work() -> AsyncGenerator[Event]:
        async for event in agent.stream_click(click, conversation):
            yield event

    return Asked(click[0], work)


async def again(agent: MovieAgent, conversation: str, other: object = None) -> Asked:
    """The last message once more, or with ``other`` words in its place.

    Raises:
        UnknownConversation: nothing was said yet.
        BadMessage: the other words are no message.
    """
    last = (await agent.turns(conversation))[-1][0]
    words = last if other is None else said(agent, conversation, other).words

    async def work() -> AsyncGenerator[Event]:
        await agent.retract(conversation)
        async for event in agent.stream(words, conversation):
            yield event

    return Asked(words, work)


async def _streamed(agent: MovieAgent, conversation: str, words: str) -> AsyncGenerator[Event]:
    async for event in agent.stream(words, conversation):
        yield event
