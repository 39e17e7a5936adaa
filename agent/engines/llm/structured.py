"""From what a model streams to a validated object, with one chance to mend it."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .... import prompts
from ....errors import EngineError
from ..ledger import Ledger, ModelCall, StepName
from .chat import ChatClient, ChatRequest, Ending, Message, Piece
from .reading import Reading, clean
from .words import one_line, same_model

__all__ = ["Cut", "Reading", "Unusable", "ask", "clean", "follow", "parsed", "repair_request"]

M = TypeVar("M", bound=BaseModel)

PROBLEMS = 3
ECHO = 1_500
"""Characters of its own answer that a model is shown again."""
CHARACTERS_A_TOKEN = 2
"""Fewer than any usual text has, so that what is shown again surely fits."""
REPAIR_TOKENS = 120
TRAILING = 200
"""Characters behind the closed object after which the model is stopped: it would never end."""


class Unusable(EngineError):
    """The model answered, but not with what was asked for; one clause that says why."""

    private = True


class Cut(Unusable):
    """The answer ended at the token limit, before its JSON did."""


def parsed(text: str, model: type[M]) -> M:
    """The object in a text, validated strictly.

    Raises:
        Unusable: names at most three fields and what is wrong with them, never their content.
    """
    found = clean(text)
    if not found:
        raise Unusable("the answer has no JSON object" if text.strip() else "the answer is empty")
    try:
        return model.model_validate_json(found, strict=True)
    except ValidationError as error:
        raise Unusable(_problems(error)) from None


def _problems(error: ValidationError) -> str:
    details = error.errors(include_url=False, include_context=False, include_input=False)
    named = [_problem(each) for each in details[:PROBLEMS]]
    more = len(details) - len(named)
    return "; ".join(named) + (f"; and {more} more" if more > 0 else "")


def _problem(detail: ErrorDetails) -> str:
    """``answers.0.do: Field required``; a field that the model made up is named in short."""
    path = ".".join(one_line(str(part), 24) for part in detail["loc"][-4:])
    told = one_line(detail["msg"], 120)
    return f"{path}: {told}" if path else told


async def ask(
    client: ChatClient,
    request: ChatRequest,
    model: type[M],
    *,
    step: StepName,
    prompt_hash: str,
    estimated: int,
    ledger: Ledger,
    tries: int = 2,
    vet: Callable[[M], object] | None = None,
) -> M:
    """One validated answer; an unusable one may be mended by the model itself.

    Args:
        estimated: length of the prompt in tokens as counted here.
        tries: how many answers are asked for at most.
        vet: raises `Unusable` for an object that is well-formed and still not believed.

    Raises:
        Unusable: the last answer was no better.
        EngineError: the server failed.
    """
    asked, length = request, estimated
    while True:
        call = _Call(asked, step, prompt_hash, length)
        tries -= 1
        try:
            return await call.answer(client, model, ledger, vet)
        except Unusable as problem:
            if tries < 1:
                raise
            asked = repair_request(request, call.reading.raw, problem, estimated)
        more = sum(len(each.text) for each in asked.messages[len(request.messages) :])
        length = estimated + more // CHARACTERS_A_TOKEN


async def follow(
    client: ChatClient,
    request: ChatRequest,
    *,
    step: StepName,
    prompt_hash: str,
    estimated: int,
    ledger: Ledger,
) -> AsyncGenerator[str, None]:
    """The JSON of an answer so far, at every piece of it; nothing is parsed or mended here.

    Raises:
        Unusable: at the end, when the object was not closed; `repair_request` makes a second try.
        EngineError: the server failed.
    """
    call = _Call(request, step, prompt_hash, estimated)
    with call.noted(ledger):
        async with aclosing(call.texts(client)) as texts:
            async for text in texts:
                yield text
        call.settle()


def repair_request(
    request: ChatRequest, text: str, problem: EngineError | str, estimated: int = 0
) -> ChatRequest:
    """The same request once more, with the model's own answer and what is wrong with it.

    A `Cut` as the problem asks for a shorter one. Of the answer only as much is shown as surely
    fits into the context next to a prompt of ``estimated`` tokens: of a prompt too long, the
    server would drop the beginning.
    """
    room = request.num_ctx - request.num_predict - estimated - REPAIR_TOKENS
    length = min(ECHO, max(0, room) * CHARACTERS_A_TOKEN)
    shown = clean(text) or text.strip()
    shown = shown if len(shown) <= length else shown[:length] + "…" * (length > 0)
    own = [Message("assistant", shown)] if shown else []
    prompt = prompts.load("repair_cut" if isinstance(problem, Cut) else "repair")
    asked = [Message(role, each) for role, each in prompt.render(problem=str(problem))]
    return replace(request, messages=(*request.messages, *own, *asked))


class _Call:
    """One call of a model: what it wrote, how it ended, how long it took."""

    def __init__(
        self, request: ChatRequest, step: StepName, prompt_hash: str, estimated: int
    ) -> None:
        self.reading = Reading()
        self._request = request
        self._step: StepName = step
        self._prompt_hash = prompt_hash
        self._estimated = estimated
        self._ending = Ending("")
        self._started = time.perf_counter()
        self._first: float | None = None

    async def answer(
        self,
        client: ChatClient,
        model: type[M],
        ledger: Ledger,
        vet: Callable[[M], object] | None = None,
    ) -> M:
        """The whole answer, validated and noted."""
        with self.noted(ledger):
            async for _ in self.texts(client):
                pass
            self.settle()
            found = parsed(self.reading.text, model)
            if vet:
                vet(found)
            return found

    async def texts(self, client: ChatClient) -> AsyncGenerator[str, None]:
        """The JSON so far, at every piece; a model that can't stop is stopped."""
        async with _closing(client.stream(self._request)) as pieces:
            async for piece in pieces:
                self._ending = piece.ending or self._ending
                if not piece.text:
                    continue
                if self._first is None:
                    self._first = time.perf_counter() - self._started
                yield self.reading.add(piece.text)
                if self.reading.after > TRAILING:
                    return

    def settle(self) -> None:
        """Whether the object is whole decides; a limit that was reached after it does no harm.

        Raises:
            Unusable: it is not.
        """
        if self.reading.whole:
            return
        if self._ending.reason == "length":
            tokens = self._ending.answer_tokens or self._request.num_predict
            raise Cut(f"the answer was cut at {tokens} tokens")
        if not self.reading.raw.strip():
            raise Unusable("the answer is empty")
        if not self.reading.text:
            raise Unusable("the answer has no JSON object")
        raise Unusable("the answer ends in the middle of its JSON")

    @contextmanager
    def noted(self, ledger: Ledger) -> Iterator[None]:
        """Enter the call into the ledger, however it goes."""
        problem = "stopped before its end"
        try:
            yield
            problem = ""
        except EngineError as error:
            problem = str(error)
            raise
        finally:
            ledger.note(self._entry(problem))
            self._tell_other_model(ledger)

    def _entry(self, problem: str) -> ModelCall:
        return ModelCall(
            step=self._step,
            model=one_line(self._ending.model, 80) or self._request.model,
            prompt=self._prompt_hash,
            estimated=self._estimated,
            counted=self._ending.prompt_tokens,
            answered=self._ending.answer_tokens,
            seconds=time.perf_counter() - self._started,
            first=self._first,
            problem=problem,
        )

    def _tell_other_model(self, ledger: Ledger) -> None:
        """A server behind a proxy, or one with aliases, may answer with what it likes."""
        named, wanted = self._ending.model, self._request.model
        if not named or same_model(named, wanted):
            return
        notice = f"Ollama answered with {one_line(named, 80)} instead of {wanted}."
        if notice not in ledger.notices:
            ledger.notices.append(notice)


@asynccontextmanager
async def _closing(pieces: AsyncIterator[Piece]) -> AsyncGenerator[AsyncIterator[Piece], None]:
    """Close a stream at once, so that the model stops; not every iterator can be closed."""
    try:
        yield pieces
    finally:
        close = getattr(pieces, "aclose", None)
        if close is not None:
            await close()
