"""What our own code adds to a model: time, calls and tokens over an evening of twenty turns.

The scripted server answers at once, so what is left of a turn is ours, the server's own work and
what it takes to talk over a socket; the time within calls is taken off for the overhead. The
builtin engine goes through the same evening beside it. Tokens are as the server counts them,
which has the encoding that counts our prompts before they are sent, uncorrected.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ...ingest.catalogue import Catalogue
from ..companion import MovieAgent
from ..engines.ledger import ModelCall, StepName
from ..engines.llm.chat import Json
from ..engines.llm.rank_reply import rank_schema
from ..engines.llm.schemas import describe_schema, plan_schema
from ..engines.llm.tokens import TokenCounter
from ..reply import Reply
from . import Table, percentile
from .messages import EVENING
from .ollama_stage import ShippedSettings, Stage, staged, unlogged

Tell = Callable[[str], None]

FIRST_PLAN, LAST_PLAN, RANK = 1_800, 2_600, 3_000
"""How many tokens a prompt may have: of the plan at turn 1 and at turn 20, of a ranking."""
WARM_UP = ("hello", "a quiet drama about grief")


@dataclass(frozen=True)
class Measured:
    """One turn: seconds in all, to the first event and to the first piece of text.

    ``ranked`` says that it was answered with a new list, ``candidates`` how many films a model
    could choose it from; 0 where none was asked.
    """

    seconds: float
    first_event: float
    first_text: float
    ranked: bool
    candidates: int
    calls: tuple[ModelCall, ...]

    @property
    def ours(self) -> float:
        """Seconds outside of the calls."""
        return self.seconds - sum(call.seconds for call in self.calls)

    def tokens(self, step: StepName | None = None) -> int:
        """Tokens of the turn's prompts, or of those of one step, as the server counted them."""
        return sum(call.counted or 0 for call in self.calls if step in (None, call.step))


async def overhead(catalogue: Catalogue, tell: Tell) -> Table:
    """Time, calls and tokens of our own code; limits where there are any."""
    tell(f"An evening of {len(EVENING)} turns with a model that answers at once")
    with unlogged():
        async with staged(catalogue) as stage:
            turns = await evening(stage, stage.agent(ShippedSettings()))
            alone = await evening(stage, stage.builtin(ShippedSettings()))
    return Table(
        f"Ollama engine: {len(turns)} turns with a model that answers at once",
        ["measure", "value", "limit"],
        [*_times(turns, alone), *_calls(turns), *_tokens(turns), *_schemas()],
    )


async def evening(stage: Stage, agent: MovieAgent) -> list[Measured]:
    """Every turn of the evening, after some to warm up in another conversation."""
    for message in WARM_UP:
        await agent.send(message, "warm-up")
    return [await measured(stage, agent, message) for message in EVENING]


async def measured(stage: Stage, agent: MovieAgent, message: str) -> Measured:
    """One turn, streamed as a page would have it."""
    before, started = len(stage.server.seen), time.perf_counter()
    first_event = first_text = 0.0
    reply: Reply | None = None
    async for event in agent.stream(message):
        now = time.perf_counter() - started
        first_event = first_event or now
        first_text = first_text or (now if event.event == "text" else 0.0)
        reply = event.reply or reply
    seconds = time.perf_counter() - started
    assert reply is not None  # noqa: S101 - the last event has it
    sent = [each.body for each in stage.server.seen[before:] if each.kind == "chat"]
    return Measured(
        seconds,
        first_event,
        first_text,
        ranked="rank" in reply.timings_ms,
        candidates=max((candidates_in(body) for body in sent), default=0),
        calls=reply.calls,
    )


def candidates_in(body: Json) -> int:
    """How many films a chat request lets the model choose from; 0 where it is no ranking."""
    order = body["format"]["properties"].get("order", {})
    return len(order.get("items", {}).get("enum", ()))


def _times(turns: Sequence[Measured], alone: Sequence[Measured]) -> list[list[str]]:
    first = [turn.first_text for turn in turns]
    return [
        ["our code, p50 and p95 of a turn", _pair([turn.ours for turn in turns]), ""],
        ["the builtin engine alone, p50 and p95", _pair([turn.seconds for turn in alone]), ""],
        ["whole turn with scripted server, p50 and p95", _pair([t.seconds for t in turns]), ""],
        ["first event, p50 and p95", _pair([turn.first_event for turn in turns]), ""],
        ["first text, p50 and p95", _pair(first), ""],
        ["first text by builtin, p50 and p95", _pair([turn.first_text for turn in alone]), ""],
    ]


def _pair(seconds: Sequence[float]) -> str:
    return f"{1000 * percentile(seconds, 50):.0f} and {1000 * percentile(seconds, 95):.0f} ms"


def _calls(turns: Sequence[Measured]) -> list[list[str]]:
    ranked = [len(turn.calls) for turn in turns if turn.ranked]
    others = [len(turn.calls) for turn in turns if not turn.ranked]
    return [
        _counted(f"model calls of a recommending turn ({len(ranked)} turns)", ranked, 2),
        _counted(f"model calls of another turn ({len(others)} turns)", others, 1),
    ]


def _counted(name: str, counts: Sequence[int], limit: int) -> list[str]:
    return [name, f"{statistics.fmean(counts):.1f}, at most {max(counts)}", _met(counts, limit)]


def _met(values: Sequence[int], limit: int) -> str:
    return f"{limit:,}: {'PASS' if max(values) <= limit else 'OVER'}"


def _tokens(turns: Sequence[Measured]) -> list[list[str]]:
    plans = [turn.tokens("plan") for turn in turns]
    most = max(turn.candidates for turn in turns)
    ranks = [turn.tokens("rank") for turn in turns if turn.candidates == most]
    calls = [call for turn in turns for call in turn.calls]
    return [
        _limited("plan prompt at turn 1, tokens", plans[:1], FIRST_PLAN),
        _limited(f"plan prompt at turn {len(turns)}", plans[-1:], LAST_PLAN),
        _limited("longest plan prompt", plans, LAST_PLAN),
        _limited(f"longest rank prompt with {most} candidates ({len(ranks)} turns)", ranks, RANK),
        ["prompts of a recommending turn, mean", _mean(turns, ranked=True), ""],
        ["prompts of another turn, mean", _mean(turns, ranked=False), ""],
        ["all prompts as the server counted them", _sum(call.counted or 0 for call in calls), ""],
        ["all prompts as estimated before", _sum(call.estimated for call in calls), ""],
    ]


def _limited(name: str, tokens: Sequence[int], limit: int) -> list[str]:
    return [name, f"{max(tokens):,}", _met(tokens, limit)]


def _mean(turns: Sequence[Measured], *, ranked: bool) -> str:
    return f"{statistics.fmean(turn.tokens() for turn in turns if turn.ranked == ranked):,.0f}"


def _sum(tokens: Iterable[int]) -> str:
    return f"{sum(tokens):,}"


def _schemas() -> list[list[str]]:
    """What the server makes a grammar of; it is no part of a prompt."""
    counter, settings = TokenCounter(), ShippedSettings()
    names = [f"f{place}" for place in range(1, settings.rank_candidates + 1)]
    schemas = {
        "plan": plan_schema(),
        "ranking": rank_schema(names, settings.picks),
        "description": describe_schema(),
    }
    return [
        [
            f"JSON schema of a {name} (a grammar, not in the prompt)",
            f"{_size(schema, counter):,}",
            "",
        ]
        for name, schema in schemas.items()
    ]


def _size(schema: Json, counter: TokenCounter) -> int:
    return counter.count(json.dumps(schema, ensure_ascii=False, separators=(",", ":")))
