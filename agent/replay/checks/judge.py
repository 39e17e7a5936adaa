"""The one check that asks a language model, and only where it was turned on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from ....errors import EngineError
from ....prompts import Prompt, fenced, load
from ...engines.ledger import Ledger
from ...engines.llm.chat import ChatClient, ChatRequest, Message
from ...engines.llm.schemas import lean
from ...engines.llm.structured import ask
from ..expect import Expect, Judge
from ..result import CheckResult
from .base import Exchange, Seen

_ANSWER_TOKENS = 200
_CHARACTERS_A_TOKEN = 3
_MOST_EARLIER = 6
_LONGEST_EARLIER, _LONGEST_MESSAGE, _LONGEST_ANSWER, _LONGEST_RUBRIC = 400, 1_200, 4_000, 1_200
"""Characters; all of it fits into a context of 4,096 tokens."""


class Judgement(BaseModel):
    """What a model thinks of an answer; it says why before it scores."""

    model_config = ConfigDict(frozen=True)

    why: str = Field(max_length=600)
    score: int = Field(ge=1, le=5)


@dataclass(frozen=True)
class Judging:
    """Who is asked: a client and the name of its model, with a context of ``num_ctx`` tokens."""

    client: ChatClient
    model: str
    num_ctx: int = 4096


def judge(expect: Expect, seen: Seen) -> CheckResult:
    """A question that nobody was asked; `with_judgement` asks it."""
    return CheckResult(check="judge", passed=True, says="Not asked.", reported=True)


async def with_judgement(
    found: Iterable[CheckResult], expect: Expect, seen: Seen, judging: Judging
) -> tuple[CheckResult, ...]:
    """The results with the model's score in place of the question that was not asked.

    A model that can't be reached, or answers nothing that can be used, fails the check.
    """
    return tuple(
        [each if each.check != "judge" else await _judged(expect, seen, judging) for each in found]
    )


async def _judged(expect: Expect, seen: Seen, judging: Judging) -> CheckResult:
    wanted = expect.judge
    assert wanted is not None  # noqa: S101 - only asked where it is expected
    rubric = wanted if isinstance(wanted, Judge) else Judge(rubric=wanted)
    try:
        judgement = await _asked(rubric, seen, judging)
    except EngineError as error:
        says = f"The judge gave no judgement ({error})."
        return CheckResult(check="judge", passed=False, says=says)
    says = f"{judgement.score} of 5, at least {rubric.at_least} was expected: {judgement.why}"
    return CheckResult(check="judge", passed=judgement.score >= rubric.at_least, says=says)


async def _asked(rubric: Judge, seen: Seen, judging: Judging) -> Judgement:
    prompt = load("judge")
    messages = judge_messages(prompt, rubric, seen)
    request = ChatRequest(
        model=judging.model,
        messages=messages,
        schema=lean(Judgement),
        num_ctx=judging.num_ctx,
        num_predict=_ANSWER_TOKENS,
    )
    return await ask(
        judging.client,
        request,
        Judgement,
        step="judge",
        prompt_hash=prompt.hash,
        estimated=sum(len(message.text) for message in messages) // _CHARACTERS_A_TOKEN,
        ledger=Ledger(),
    )


def judge_messages(prompt: Prompt, rubric: Judge, seen: Seen) -> tuple[Message, ...]:
    """What the model reads: the rubric, the last turns before, the message and its answer."""
    earlier = [_line(each) for each in seen.earlier[-_MOST_EARLIER:]]
    texts = prompt.render(
        rubric=fenced(rubric.rubric[:_LONGEST_RUBRIC]),
        earlier="\n".join(earlier) or "(nothing)",
        message=fenced(seen.now.said[:_LONGEST_MESSAGE]),
        answer=fenced(seen.now.reply.text[:_LONGEST_ANSWER]) or "(nothing)",
    )
    return tuple(Message(role, text) for role, text in texts)


def _line(exchange: Exchange) -> str:
    said, reply = exchange.said, " ".join(exchange.reply.text.split())
    return f"person: {fenced(said[:_LONGEST_EARLIER])}\nanswer: {fenced(reply[:_LONGEST_EARLIER])}"
