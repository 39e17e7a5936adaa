"""The one thing asked of a model: messages in, JSON of a given schema out, piece by piece."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Json = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """One message of a prompt; ``pictures`` are PNG, JPEG or WebP bytes."""

    role: Literal["system", "user", "assistant"]
    text: str
    pictures: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class ChatRequest:
    """All that an answer depends on, so that the same request can be recognised again.

    ``schema`` is the JSON Schema that constrains the answer's grammar. ``num_ctx`` is the
    context in tokens, prompt and answer together; ``num_predict`` how long the answer may be.
    ``keep_alive`` is how long the server keeps the model in memory, as Ollama writes it ("10m").
    Reasoning is always off.
    """

    model: str
    messages: tuple[Message, ...]
    schema: Json
    num_ctx: int
    num_predict: int
    temperature: float = 0.0
    seed: int | None = 0
    keep_alive: str = "10m"


@dataclass(frozen=True)
class Ending:
    """How an answer ended, as the server says it.

    ``reason`` is ``stop`` for a whole answer, ``length`` for one cut at the token limit.
    ``prompt_tokens`` and ``answer_tokens`` are ``None`` where the server doesn't count.
    """

    reason: str
    model: str = ""
    prompt_tokens: int | None = None
    answer_tokens: int | None = None


@dataclass(frozen=True)
class Piece:
    """Some characters of an answer; the last piece has an ``ending``."""

    text: str = ""
    ending: Ending | None = None


class ChatClient(Protocol):
    """Who carries requests to a model: Ollama, or a recording."""

    def stream(self, request: ChatRequest) -> AsyncGenerator[Piece]:
        """The answer in pieces; closing the iterator stops the model.

        Raises:
            EngineError: the server can't be reached, refuses, or breaks off; one clause that
                fits behind "Ollama failed (…)".
        """
        ...
