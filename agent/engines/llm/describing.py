"""Describing by a local language model: texts of any length, pictures, trailers."""

from __future__ import annotations

import asyncio

from ....tools.descriptors import Descriptors
from ..base import Content, Trailer
from ..ledger import Ledger
from .calls import Calls, Rendered
from .condense import NOTES_ANSWER, Condensed, Notes, condense
from .describe_prompt import Rendered as DescribePrompt
from .describe_prompt import describe_messages, notes_room
from .describe_read import descriptors_of, with_similar
from .describe_reply import DescribeReply
from .trailer import SUMMARY_ANSWER, of_trailer, summed_up
from .trailer import Reply as SummaryReply

DESCRIBE_ANSWER = 900
"""Tokens that a description may take."""


class Describing(Calls):
    """The part of `moodreel.agent.engines.llm.engine.OllamaEngine` that describes."""

    async def describe(self, content: Content, ledger: Ledger) -> Descriptors:
        """Descriptors of a text or of pictures, as the model says, and what is near."""
        found = await self.described(content, ledger)
        # The texts are embedded to find what is near, which may take as long as a model does.
        return await asyncio.to_thread(with_similar, found, self._catalogue)

    def length(self, content: Content) -> int:
        """Tokens of the prompt that describes a content."""
        room = self._room(DESCRIBE_ANSWER)
        return describe_messages(content, self._counter.count, room).estimated

    async def described(self, content: Content, ledger: Ledger, tries: int = 2) -> Descriptors:
        """Descriptors as the model says, in at most so many answers; nothing is likened to them.

        What is too long for one prompt is read in parts, a call each, and its notes described. Of
        a trailer the film is summed up first, and the summary described.
        """
        if content.trailer is not None:
            return await self._trailer(content, content.trailer, ledger)
        rendered, notes = await self._shown(content, ledger)

        def read(reply: DescribeReply) -> Descriptors:
            return descriptors_of(reply, content, self.model, notes)

        reply = await self._asked(
            rendered,
            DescribeReply,
            step="describe",
            tokens=DESCRIBE_ANSWER,
            ledger=ledger,
            tries=tries,
            vet=read,
        )
        return read(reply)

    async def _shown(
        self, content: Content, ledger: Ledger
    ) -> tuple[DescribePrompt, tuple[str, ...]]:
        """The prompt for a content, or for notes on all of it, and how these were made."""
        count, room = self._counter.count, self._room(DESCRIBE_ANSWER)
        rendered = describe_messages(content, count, room)
        if not rendered.left_out:
            return rendered, rendered.notes
        whole = await self._condensed(content, notes_room(count, room), ledger)
        return describe_messages(Content(whole.text), count, room, whole.parts), whole.remarks

    async def _trailer(self, content: Content, trailer: Trailer, ledger: Ledger) -> Descriptors:

        async def sum_up(rendered: Rendered, reply: type[SummaryReply]) -> SummaryReply:
            return await self._asked(
                rendered, reply, step="summarise", tokens=SUMMARY_ANSWER, ledger=ledger
            )

        summed = await summed_up(
            content.text,
            trailer,
            catalogue=self._catalogue,
            count=self._counter.count,
            room=self._room(SUMMARY_ANSWER),
            ask=sum_up,
        )
        found = await self.described(Content(summed.text), ledger)
        return of_trailer(found, summed, self.model)

    async def _condensed(self, content: Content, goal: int, ledger: Ledger) -> Condensed:
        """Notes on all of a content that have at most ``goal`` tokens."""

        async def take(rendered: Rendered) -> Notes:
            return await self._asked(
                rendered, Notes, step="condense", tokens=NOTES_ANSWER, ledger=ledger
            )

        room = self._room(NOTES_ANSWER)
        return await condense(
            content, self._counter.count, room=room, goal=goal, take=take, watch=ledger.watch
        )
