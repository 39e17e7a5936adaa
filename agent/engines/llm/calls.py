"""Calls of a local language model: made to fit its context, asked, and learned from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from pydantic import BaseModel

from ....ingest.catalogue import Catalogue
from ...settings import Settings
from ..ledger import Ledger, StepName
from .budget import Budget
from .chat import ChatClient, ChatRequest, Json, Message
from .schemas import schema_of
from .structured import ask
from .tokens import TokenCounter, cut_by_server

Reply = TypeVar("Reply", bound=BaseModel)

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


class Calls:
    """What every step of the engine shares: the client, the room there is, what was counted."""

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

    @property
    def model(self) -> str:
        """The name of the chat model."""
        return self._settings.model

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
