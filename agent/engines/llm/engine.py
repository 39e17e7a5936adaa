"""The engine that asks a local language model, and believes what code could check."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from ....errors import EngineError
from ....ingest.catalogue import Catalogue
from ...plan import TurnPlan
from ...settings import Settings
from ..base import RankPart, RankTask, Turn
from ..builtin import BuiltinEngine
from ..ledger import Ledger
from .chat import ChatClient, ChatRequest
from .describing import Describing
from .ollama_chat import OllamaChat
from .plan_check import checked
from .plan_prompt import plan_messages
from .plan_read import plan_of
from .plan_reply import PlanReply
from .rank_prompt import Rendered as RankPrompt
from .rank_prompt import rank_messages
from .rank_reply import rank_schema
from .rank_stream import RankReader
from .schemas import plan_schema
from .structured import Unusable, ask, follow, repair_request
from .tokens import TokenCounter

log = logging.getLogger(__name__)

PLAN_ANSWER = 700
"""Tokens that a plan may take; the longest in the prompt's examples takes about 200."""
_RANK_ANSWER, _PER_PICK = 160, 75


@dataclass
class _Heard:
    """What has come of an answer so far: its JSON text, and how many parts were handed on."""

    text: str = ""
    parts: int = 0


class OllamaEngine(Describing):
    """Plans, ranks and describes by one model call each, two where an answer needs repair.

    A plan is checked against the message and the builtin engine's reading; a ranking can only
    name candidates. What can't be used raises `moodreel.errors.EngineError`, and the builtin
    engine takes that step.
    """

    name = "ollama"

    def __init__(
        self,
        client: ChatClient,
        catalogue: Catalogue,
        settings: Settings,
        counter: TokenCounter | None = None,
    ) -> None:
        super().__init__(client, catalogue, settings, counter)
        self._builtin = BuiltinEngine(catalogue)

    async def plan(self, turn: Turn, ledger: Ledger) -> TurnPlan:
        """What the message means, as the model says and code could check."""
        room = self._room(PLAN_ANSWER)
        rendered = plan_messages(turn, self._catalogue, self._counter.count, room)
        request = self._request(rendered, plan_schema(), PLAN_ANSWER, temperature=0.0)
        reply = await ask(
            self._client,
            request,
            PlanReply,
            step="plan",
            prompt_hash=rendered.prompt_hash,
            estimated=self._counter.count_messages(rendered.messages),
            ledger=ledger,
        )
        self._learn(ledger, request)
        builtin = await self._builtin.plan(turn, ledger)
        plan, remarks = checked(
            plan_of(reply, turn, self._catalogue), turn, builtin, self._catalogue
        )
        for remark in remarks:
            log.debug("plan: %s", remark)  # remarks quote what the user said
        return plan

    async def rank(self, task: RankTask, ledger: Ledger) -> AsyncGenerator[RankPart]:
        """The ranking part by part; an answer of which nothing was of use is mended once."""
        answer = _RANK_ANSWER + _PER_PICK * task.count
        most = max(self._settings.rank_candidates, 2 * task.count)
        rendered = rank_messages(task, self._counter.count, self._room(answer), most)
        schema = rank_schema(list(rendered.aliases), task.count)
        request = self._request(rendered, schema, answer, self._settings.temperature)
        heard = _Heard()
        try:
            async with aclosing(self._parts(request, rendered, task, heard, ledger)) as parts:
                async for part in parts:
                    yield part
        except Unusable as error:
            if heard.parts:
                raise
            mended = repair_request(request, heard.text, error, ledger.calls[-1].estimated)
            async with aclosing(self._parts(mended, rendered, task, heard, ledger)) as parts:
                async for part in parts:
                    yield part

    def _written(
        self, request: ChatRequest, rendered: RankPrompt, ledger: Ledger
    ) -> AsyncGenerator[str]:
        return follow(
            self._client,
            request,
            step="rank",
            prompt_hash=rendered.prompt_hash,
            estimated=self._counter.count_messages(request.messages),
            ledger=ledger,
        )

    async def _parts(
        self,
        request: ChatRequest,
        rendered: RankPrompt,
        task: RankTask,
        heard: _Heard,
        ledger: Ledger,
    ) -> AsyncGenerator[RankPart]:
        reader = RankReader(rendered.aliases, task.count)
        heard.text = ""
        try:
            async with aclosing(self._written(request, rendered, ledger)) as texts:
                async for heard.text in texts:
                    for part in reader.feed(heard.text):
                        heard.parts += 1
                        yield part
            for part in _finished(reader, heard.text, ledger):
                heard.parts += 1
                yield part
        finally:
            self._learn(ledger, request)


def _finished(reader: RankReader, text: str, ledger: Ledger) -> list[RankPart]:
    """The last parts of a ranking; an answer without one is noted as unusable."""
    try:
        return reader.finish(text)
    except EngineError as error:
        ledger.calls[-1] = ledger.calls[-1].model_copy(update={"problem": str(error)})
        raise Unusable(str(error)) from error


def make_ollama_engine(settings: Settings, catalogue: Catalogue) -> OllamaEngine:
    """The engine with the model and server of the settings; nobody is called yet."""
    return OllamaEngine(ollama_client(settings), catalogue, settings)


def ollama_client(settings: Settings) -> ChatClient:
    """Who carries requests to the server of the settings."""
    slowest = max(settings.plan_seconds, settings.rank_seconds, settings.describe_seconds)
    return OllamaChat(settings.ollama_url, slowest)
