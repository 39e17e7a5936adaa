"""Long conversations: turns beyond a number are condensed, and nothing that is known is lost."""

from __future__ import annotations

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, RemoveMessage
from langgraph.types import Overwrite

from .state import Json, State

_MOST_SAID = 100
_LONGEST_SAID = 60
"""Characters."""


def condensed(state: State, news: Json, keep: int) -> Json:
    """What a turn adds to a conversation, with its oldest turns condensed where they are too many.

    Of those stay how many they were, how many films they showed, and how the last of their messages
    began. The profile, what was shown and what was asked for stay as they are.

    Args:
        state: the conversation, in this turn.
        news: the values of the state that the turn sets.
        keep: how many turns stay whole, this one among them.
    """
    replies, taken = state.get("replies", []), state.get("taken", [])
    drop = len(replies) + 1 - keep
    if drop <= 0:
        return news
    gone = _dialogue(state)[: 2 * drop]
    return {
        **news,
        "messages": [*(RemoveMessage(id=str(each.id)) for each in gone), *news["messages"]],
        "replies": Overwrite([*replies[drop:], *news["replies"]]),
        "taken": Overwrite([*taken[max(0, len(taken) + 1 - keep) :], *news["taken"]]),
        "condensed": _told(state.get("condensed"), gone, replies[:drop]),
    }


def _told(before: Json | None, gone: list[AnyMessage], replies: list[Json]) -> Json:
    earlier = before or {"turns": 0, "films": 0, "said": []}
    said = [" ".join(str(m.content).split()) for m in gone if isinstance(m, HumanMessage)]
    short = [f"{text[:_LONGEST_SAID]} …" if len(text) > _LONGEST_SAID else text for text in said]
    return {
        "turns": earlier["turns"] + len(replies),
        "films": earlier["films"] + sum(len(reply["picks"]) for reply in replies),
        "said": [*earlier["said"], *short][-_MOST_SAID:],
    }


def _dialogue(state: State) -> list[AnyMessage]:
    """The messages of the dialogue, oldest first, without those of tools."""
    return [
        message
        for message in state["messages"]
        if isinstance(message, HumanMessage | AIMessage)
        and not getattr(message, "tool_calls", None)
    ]
