"""Asking a model about the items of a catalogue, one text at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

from ....errors import EngineError
from ....ingest.catalogue import Catalogue
from ....ingest.describe import Answer
from ....tools.descriptors import Descriptors
from ...settings import Settings
from ..base import Content
from ..ledger import Ledger
from .engine import OllamaEngine
from .ollama_chat import OllamaChat
from .place import ModelMissing, NotOllama, ServerUnreachable
from .structured import Unusable

TRIES = 3
"""Answers that are asked for; an answer that can't be used is mended, a failure waited out."""
PAUSES = (1.0, 5.0)
"""Seconds before the second and third call where the server failed."""


class ItemDescriber:
    """Descriptors of one text by the engine's model, in at most three calls.

    Args:
        engine: whose prompt, schema and checks are used.
        today: the day that provenance names.
        pause: waits so many seconds.
    """

    def __init__(
        self,
        engine: OllamaEngine,
        today: date,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._engine = engine
        self._today = today
        self._pause = pause

    def tokens(self, text: str) -> int:
        """Tokens that the model reads to describe a text, once."""
        return self._engine.length(Content(text))

    async def __call__(self, text: str) -> Answer:
        """What the model makes of a text, or why it can't.

        Raises:
            EngineError: there is no server, no model, or no room for a text at all.
        """
        calls = Ledger()
        while True:
            begun = len(calls.calls)
            try:
                found = await self._engine.described(Content(text), calls, TRIES - begun)
            except Unusable as error:
                return _failed(calls, error, server=False)
            except (ServerUnreachable, ModelMissing, NotOllama):
                raise
            except EngineError as error:
                if len(calls.calls) == begun:
                    raise  # It was not asked: no text fits.
                if len(calls.calls) >= TRIES:
                    return _failed(calls, error, server=True)
                await self._pause(PAUSES[len(calls.calls) - 1])
            else:
                return self._answer(calls, found)

    def _answer(self, calls: Ledger, found: Descriptors) -> Answer:
        made = found.provenance.model_copy(update={"made": self._today})
        values = {**dict(found), "provenance": made, "unsure": bool(found.notes)}
        read, written = _tokens(calls)
        return Answer(values, read=read, written=written, notices=tuple(calls.notices))


def _failed(calls: Ledger, error: EngineError, *, server: bool) -> Answer:
    read, written = _tokens(calls)
    # Of several things that are wrong with an answer the first is enough to count by.
    reason = str(error).partition(";")[0]
    return Answer(None, reason, server, read, written, tuple(calls.notices))


def _tokens(calls: Ledger) -> tuple[int, int]:
    """Tokens read and written in all calls, as the server counted them where it did."""
    read = sum(call.estimated if call.counted is None else call.counted for call in calls.calls)
    return read, sum(call.answered or 0 for call in calls.calls)


def make_item_describer(
    settings: Settings, catalogue: Catalogue, jobs: int, today: date
) -> ItemDescriber:
    """The describer with the model and server of the settings; nobody is called yet.

    Of several requests at once a server may answer one after the other, so each may wait for
    all of them.
    """
    client = OllamaChat(settings.ollama_url, settings.describe_seconds * jobs)
    return ItemDescriber(OllamaEngine(client, catalogue, settings), today)
