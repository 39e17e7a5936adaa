"""An agent that answers from a script, so that a channel can be tested by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

from moodreel.agent.edits import Edit
from moodreel.agent.profile import TasteProfile
from moodreel.agent.reply import Event, Pick, Reply, Scores
from moodreel.errors import UnknownConversation

PICKS = (
    Pick(
        id="a",
        title="Sullivan's Travels",
        year=1941,
        reason="It finds its laughs on the road.",
        scores=Scores(mood=1, audience=0.5, plot=0, overall=0.6),
        runtime_min=90,
        age_rating="PG",
        genres=("Comedy", "Adventure", "Romance"),
    ),
    Pick(
        id="b",
        title="[bold]Trick[/bold] \x1b[31mred\u202e",
        year=None,
        reason="A reason with \x07 a bell, long enough to be broken over several lines of text.",
        scores=Scores(mood=0.2, audience=0.3, plot=0.4, overall=0.3),
    ),
)


LISTED = """Something light.

1. Sullivan's Travels (1941): It finds its laughs on the road.
2. [bold]Trick[/bold] \x1b[31mred\u202e: A reason.

Zorblax isn't a film that I know.

Old or new?"""


def answer(text: str = LISTED, picks: tuple[Pick, ...] = PICKS) -> Reply:
    """A reply with a list, a question and a remark."""
    return Reply(
        conversation="c1",
        turn=1,
        text=text,
        opening="Something light.",
        picks=picks,
        question="Old or new?" if picks else None,
        understood=("Tonight: light.",),
        notices=("Zorblax isn't a film that I know.",),
    )


class StandIn:
    """What a channel uses of `MovieAgent`; ``calls`` has what it was asked."""

    choice = "The engine of a script."

    def __init__(self, reply: Reply | None = None, seconds: float = 0.0) -> None:
        self.reply = reply or answer()
        self.seconds = seconds
        self.calls: list[tuple[Any, ...]] = []

    async def stream(self, message: str, conversation: str) -> AsyncIterator[Event]:
        """Understood, picks, text in two pieces, reply."""
        self.calls.append(("stream", message, conversation))
        await asyncio.sleep(self.seconds)
        yield Event(event="understood", understood=self.reply.understood)
        if self.reply.picks:
            yield Event(event="picks", picks=self.reply.picks)
        half = len(self.reply.text) // 2
        yield Event(event="text", text=self.reply.text[:half])
        yield Event(event="text", text=self.reply.text[half:])
        yield Event(event="reply", reply=self.reply)

    async def feedback(self, conversation: str, item_id: str, feeling: str) -> Reply:
        """Note it and answer with the scripted reply."""
        self.calls.append(("feedback", conversation, item_id, feeling))
        return self.reply

    async def undo(self, conversation: str) -> Reply:
        """Note it and answer with the scripted reply."""
        self.calls.append(("undo", conversation))
        return self.reply

    async def edit_profile(self, conversation: str, edits: Sequence[Edit]) -> Reply:
        """Note it and answer with the scripted reply."""
        self.calls.append(("edit_profile", conversation, *(edit.edit for edit in edits)))
        return self.reply

    async def profile(self, conversation: str) -> TasteProfile:
        """An empty profile."""
        self.calls.append(("profile", conversation))
        return TasteProfile()

    async def export(self, conversation: str) -> dict[str, Any]:
        """A conversation in one word."""
        return {"conversation": conversation, "profile": TasteProfile()}

    async def replies(self, conversation: str) -> list[Reply]:
        """None so far."""
        raise UnknownConversation(conversation)

    async def conversations(self) -> list[str]:
        """One is known."""
        return ["c1"]

    async def close(self) -> None:
        """Note it."""
        self.calls.append(("close",))
