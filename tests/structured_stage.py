"""What is asked of a model in tests of asking, and a model that says what it is told to."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Literal

from moodreel.agent.engines.ledger import Ledger
from moodreel.agent.engines.llm.chat import ChatClient, ChatRequest, Ending, Message, Piece
from moodreel.agent.engines.llm.structured import ask, follow
from pydantic import BaseModel, ConfigDict, Field

PRIVATE = "my very private wish"


class Deed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    do: Literal["recommend", "tell", "chat"]
    count: int | None = Field(default=None, ge=1, le=20)


class Plan(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    mood: str
    answers: list[Deed] = Field(min_length=1)


GOOD = '{"mood": "a \\"quiet\\" {evening}", "answers": [{"do": "recommend", "count": 5}]}'
REQUEST = ChatRequest(
    model="gemma3:4b",
    messages=(Message("system", "You plan."), Message("user", PRIVATE)),
    schema=Plan.model_json_schema(),
    num_ctx=8_192,
    num_predict=300,
)


class Spoken(ChatClient):
    """Says one text after the other, in pieces; keeps the requests and whether it was closed."""

    def __init__(self, *texts: str, reason: str = "stop", size: int = 4) -> None:
        self.texts = list(texts)
        self.reason = reason
        self.size = size
        self.requests: list[ChatRequest] = []
        self.pieces = 0
        self.closed = 0

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Piece, None]:
        self.requests.append(request)
        text = self.texts.pop(0)
        try:
            for at in range(0, len(text), self.size):
                self.pieces += 1
                yield Piece(text[at : at + self.size])
            yield Piece(ending=Ending(self.reason, request.model, 20, 9))
        finally:
            self.closed += 1


async def asked(client: ChatClient, ledger: Ledger | None = None) -> Plan:
    given_ledger = ledger or Ledger()
    return await ask(
        client, REQUEST, Plan, step="plan", prompt_hash="deadbeef", estimated=21,
        ledger=given_ledger,
    )  # fmt: skip


async def followed(client: ChatClient, ledger: Ledger) -> AsyncGenerator[str, None]:
    texts = follow(
        client, REQUEST, step="rank", prompt_hash="deadbeef", estimated=21, ledger=ledger
    )
    async with aclosing(texts):
        async for text in texts:
            yield text
