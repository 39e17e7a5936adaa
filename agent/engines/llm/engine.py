"""The engine that asks a local language model, and believes what code could check."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pydantic import BaseModel

from ....errors import EngineError
from ....ingest.catalogue import Catalogue
from ....tools.descriptors import Descriptors
from ...plan import TurnPlan
from ...settings import Settings
from ..base import Content, RankPart, RankTask, Trailer, Turn
from ..builtin import BuiltinEngine
from ..ledger import Ledger, StepName
from .budget import Budget
from .chat import ChatClient, ChatRequest, Json, Message
from .condense import NOTES_ANSWER, Condensed, Notes, condense
from .describe_prompt import Rendered as DescribePrompt
from .describe_prompt import describe_messages, notes_room
from .describe_read import descriptors_of, with_similar
from .describe_reply import DescribeReply
from .ollama_chat import OllamaChat
from .plan_check import checked
from .plan_prompt import plan_messages
from .plan_read import plan_of
from .plan_reply import PlanReply
from .rank_prompt import Rendered as RankPrompt
from .rank_prompt import rank_messages
from .rank_reply import rank_schema
from .rank_stream import RankReader
from .schemas import plan_schema, schema_of
from .structured import Unusable, ask, follow, repair_request
from .tokens import TokenCounter, cut_by_server
from .trailer import SUMMARY_ANSWER, of_trailer, summed_up
from .trailer import Reply as SummaryReply

Reply = TypeVar("Reply", bound=BaseModel)

log = logging.getLogger(__name__)

PLAN_ANSWER = 700
"""Tokens that a plan may take; the longest in the prompt's examples takes about 200."""
DESCRIBE_ANSWER = 900
_RANK_ANSWER, _PER_PICK = 160, 75
CUT_NOTICE = (
    "The model server read only part of what I sent it, so its answer may miss something;"
    " a larger MOODREEL_NUM_CTX, or OLLAMA_CONTEXT_LENGTH on the server, mends that."
)


class Rendered(Protocol):
    """A prompt filled in: its messages and its hash."""

    @property
    def messages(self) -> tuple[Message, ...]: ...

    @property
    def prompt_hash(self) -> str: ...


@dataclass
class _Heard:
    """What has come of an answer so far: its JSON text, and how many parts were handed on."""

    text: str = ""
    parts: int = 0


class OllamaEngine:
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
        self._client = client
        self._catalogue = catalogue
        self._settings = settings
        self._counter = counter or TokenCounter()
        self._builtin = BuiltinEngine(catalogue)

    @property
    def model(self) -> str:
        """The name of the chat model."""
        return self._settings.model

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

    async def _asked(
        self,
        rendered: Rendered,
        reply: type[Reply],
        *,
        step: StepName,
        tokens: int,
        ledger: Ledger,
        tries: int = 2,
        vet: Callable[[Reply], object] | None = None,
    ) -> Reply:
        """One answer of at most ``tokens``. Several may be asked at once: each notes its own."""
        request = self._request(rendered, schema_of(reply), tokens, temperature=0.0)
        own = Ledger()
        try:
            return await ask(
                self._client,
                request,
                reply,
                step=step,
                prompt_hash=rendered.prompt_hash,
                estimated=self._counter.count_messages(rendered.messages),
                ledger=own,
                tries=tries,
                vet=vet,
            )
        finally:
            self._learn(own, request)
            ledger.calls += own.calls
            ledger.notices += [each for each in own.notices if each not in ledger.notices]

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

    def _request(
        self, rendered: Rendered, schema: Json, answer: int, temperature: float
    ) -> ChatRequest:
        return ChatRequest(
            model=self.model,
            messages=rendered.messages,
            schema=schema,
            num_ctx=self._settings.num_ctx,
            num_predict=answer,
            temperature=temperature,
            keep_alive=self._settings.keep_alive,
        )

    def _room(self, answer: int) -> int:
        return Budget(self._settings.num_ctx, answer).room

    def _learn(self, ledger: Ledger, request: ChatRequest) -> None:
        """Correct the estimate by what the server counted, and warn where it cut the prompt."""
        if not ledger.calls:
            return
        call = ledger.calls[-1]
        if len(ledger.calls) > 1 and ledger.calls[-2].step == call.step != "rank":
            return  # the second of two was longer than what was counted here
        reserve = request.num_predict
        if cut_by_server(call.estimated, call.counted, request.num_ctx, reserve):
            if CUT_NOTICE not in ledger.notices:
                ledger.notices.append(CUT_NOTICE)
            return
        self._counter.learn(call.estimated, call.counted)


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
