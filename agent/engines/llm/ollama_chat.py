"""Requests to a model of Ollama's, through langchain-ollama.

Importing this takes about 0.15 s on top of the agent; import it where it is needed.
"""

from __future__ import annotations

import base64
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, cast

import httpx
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_ollama import ChatOllama
from langsmith import tracing_context
from ollama import ResponseError

from ....errors import EngineError
from .chat import ChatClient, ChatRequest, Ending, Message, Piece
from .place import Place
from .wire import FAILED, client_options, failure, refusal, vetting

LONGEST_TOKEN = 64
"""Characters; an answer longer than its limit of tokens times this never ends by itself."""


class OllamaChat(ChatClient):
    """The models at one URL, which may carry user and password.

    Args:
        url: of the server.
        timeout: seconds of silence, before and within an answer, after which it is given up.
    """

    def __init__(self, url: str, timeout: float) -> None:
        self._url = url
        self._timeout = timeout

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Piece, None]:
        """The answer in pieces, the last one with its ending; closing it stops the model.

        Raises:
            EngineError: one clause that fits behind "Ollama failed (…)".
        """
        call = _Call(Place(self._url, request.model, self._timeout))
        ending = None
        room = LONGEST_TOKEN * max(request.num_predict, 1)
        async with aclosing(call.chunks(request)) as chunks:
            async for text, told in chunks:
                ending = _ending(told, request) if told.get("done") is True else ending
                room -= len(text)
                if room < 0:
                    raise EngineError(f"it went on beyond {request.num_predict} tokens")
                if text:
                    yield Piece(text)
        if ending is None:
            raise EngineError("the connection broke off in the middle of an answer")
        yield Piece(ending=ending)


@dataclass
class _Call:
    """One request under way; ``response`` is what has to be closed for the model to stop."""

    place: Place
    response: httpx.Response | None = None

    async def chunks(
        self, request: ChatRequest
    ) -> AsyncGenerator[tuple[str, dict[str, Any]], None]:
        """Text and metadata of every line."""
        messages = [_message(each) for each in request.messages]
        answer = self._model(request).astream(messages, format=request.schema)
        try:
            while (chunk := await self._next(answer)) is not None:
                yield chunk.text, chunk.response_metadata
        finally:
            await self._close(answer)

    def _model(self, request: ChatRequest) -> ChatOllama:
        """Made anew for every call: 0.3 ms, and the call's own hook sees its response."""
        return ChatOllama(
            model=request.model,
            base_url=self.place.bare,
            reasoning=False,
            num_ctx=request.num_ctx,
            num_predict=request.num_predict,
            temperature=request.temperature,
            seed=request.seed,
            keep_alive=request.keep_alive,
            client_kwargs=client_options(self.place),
            async_client_kwargs={"event_hooks": {"response": [self._note, vetting(self.place)]}},
        )

    async def _note(self, response: httpx.Response) -> None:
        self.response = response

    async def _next(self, answer: AsyncIterator[Any]) -> Any:
        """The next line; none after the last. Nothing of it is traced elsewhere."""
        try:
            with tracing_context(enabled=False):
                return await anext(answer, None)
        except EngineError:
            raise
        except ResponseError as error:
            raise refusal(error.status_code, error.error, self.place) from error
        except FAILED as error:
            raise failure(error, self.place) from error

    async def _close(self, answer: AsyncIterator[Any]) -> None:
        """Close the connection first: the library leaves its inner generators to be collected."""
        if self.response is not None:
            await self.response.aclose()
        await cast("AsyncGenerator[Any, None]", answer).aclose()


def _message(message: Message) -> BaseMessage:
    """A message as langchain has it. Half a surrogate pair can't be sent and becomes "?"."""
    text = message.text.encode("utf-8", "replace").decode()
    if message.role == "system":
        return SystemMessage(text)
    if message.role == "assistant":
        return AIMessage(text)
    if not message.pictures:
        return HumanMessage(text)
    pictures = [
        {"type": "image_url", "image_url": f"data:image;base64,{base64.b64encode(each).decode()}"}
        for each in message.pictures
    ]
    return HumanMessage([{"type": "text", "text": text}, *pictures])


def _ending(told: dict[str, Any], request: ChatRequest) -> Ending:
    """What the last line says. Old servers give no reason; the count of tokens tells then."""
    answered = _count(told.get("eval_count"))
    cut = answered is not None and answered >= request.num_predict
    return Ending(
        reason=told.get("done_reason") or ("length" if cut else "stop"),
        model=str(told.get("model") or ""),
        prompt_tokens=_count(told.get("prompt_eval_count")),
        answer_tokens=answered,
    )


def _count(value: object) -> int | None:
    """A count of tokens; 0 means that the server didn't count."""
    return value if isinstance(value, int) and value > 0 else None
