"""Asking a model for one word, to see whether it loads, fits into memory and obeys."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable
from contextlib import aclosing

from ....errors import EngineError
from ...settings import Settings
from .chat import ChatRequest, Message
from .finding import Finding, State, gigabytes, parted
from .server import InstalledModel, OllamaServer
from .words import one_line, same_model

LOADING_SECONDS = 60.0
"""A 4 B model comes from a slow disk in less; a turn gives up after MOODREEL_PLAN_SECONDS."""

_TRIAL = {
    "type": "object",
    "properties": {"ready": {"type": "boolean"}},
    "required": ["ready"],
    "additionalProperties": False,
}
_TRIAL_TOKENS = 24
_GRACE = 5.0
_MEMORY = re.compile(r"\bmemory\b|unable to allocate", re.IGNORECASE)


class Trial:
    """One try of the chat model; ``amiss`` is the state of what goes wrong for good."""

    def __init__(
        self,
        settings: Settings,
        server: OllamaServer,
        amiss: State,
        seconds: float = LOADING_SECONDS,
        remark: Callable[[str], None] | None = None,
    ) -> None:
        self._settings = settings
        self._server = server
        self._amiss = amiss
        self._seconds = seconds
        self._remark = remark or (lambda _: None)
        self._model = one_line(settings.model, 80)

    async def found(self, installed: InstalledModel | None) -> Finding:
        """Whether the model loads and answers as it is asked to."""
        loaded, began = await self._is_loaded(), time.perf_counter()
        if not loaded:
            self._remark(f"Loading {self._model}; this may take a minute.")
        try:
            async with asyncio.timeout(self._seconds):
                text = await self._said()
        except TimeoutError:
            return self._too_slow(loaded)
        except EngineError as error:
            return await self._no_answer(error, installed, loaded)
        spent = time.perf_counter() - began
        if not _keeps_to_schema(text):
            says = f"{self._model} does not keep to the form that it is asked for"
            remedy = "update Ollama, or set MOODREEL_MODEL to another one"
            return Finding("answer", self._amiss, says, remedy)
        how = "answered" if loaded else "loaded and answered"
        return Finding("answer", "ok", f"{how} in {spent:.1f} s")

    async def _is_loaded(self) -> bool:
        try:
            return any(
                same_model(m.name, self._settings.model) for m in await self._server.loaded()
            )
        except EngineError:
            return False  # old servers can't say, and the trial tells what matters

    async def _said(self) -> str:
        from .ollama_chat import OllamaChat  # noqa: PLC0415 - a second, for the doctor only

        request = ChatRequest(
            model=self._settings.model,
            messages=(Message("user", 'Answer with {"ready": true} and nothing else.'),),
            schema=_TRIAL,
            # As it will be used: another context would have to be loaded anew.
            num_ctx=self._settings.num_ctx,
            num_predict=_TRIAL_TOKENS,
            keep_alive=self._settings.keep_alive,
        )
        # The limit around this one is the one that counts.
        client = OllamaChat(self._settings.ollama_url, self._seconds + _GRACE)
        async with aclosing(client.stream(request)) as pieces:
            return "".join([piece.text async for piece in pieces])

    def _too_slow(self, loaded: bool) -> Finding:
        waited = f"no answer within {self._seconds:g} s"
        if loaded:
            remedy = "try again when it is idle, or set MOODREEL_MODEL to a smaller one"
            return Finding("answer", "missing", f"{waited}: {self._model} is busy or slow", remedy)
        remedy = "try again in a minute; if that doesn't help, set MOODREEL_MODEL to a smaller one"
        return Finding("answer", "missing", f"{waited}: {self._model} is still loading", remedy)

    async def _no_answer(
        self, error: EngineError, installed: InstalledModel | None, loaded: bool
    ) -> Finding:
        says, remedy = parted(str(error))
        if _MEMORY.search(says):
            size = f" ({gigabytes(installed.bytes)})" if installed and installed.bytes else ""
            says = f"{self._model}{size} is too large for the memory here: {says}"
            remedy = "set MOODREEL_MODEL to a smaller one, or lower MOODREEL_NUM_CTX"
            return Finding("answer", self._amiss, says, remedy)
        if "empty" in says and not loaded and await self._is_loaded():
            says = f"{self._model} was loaded but said nothing yet"
            return Finding("answer", "missing", says, "try again")
        return Finding("answer", self._amiss, says, remedy)


def _keeps_to_schema(text: str) -> bool:
    try:
        told = json.loads(text)
    except ValueError:
        return False
    return isinstance(told, dict) and isinstance(told.get("ready"), bool)
