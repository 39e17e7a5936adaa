"""What each step of a turn does; `moodreel.agent.graph` says in which order."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from langchain_core.messages import (
    AIMessage,
    AnyMessage,
    BaseMessage,
    HumanMessage,
    RemoveMessage,
    ToolMessage,
)
from langchain_core.messages import ToolCall as Call
from langgraph.runtime import Runtime

from ..tools.query import Query
from .answer import Material, pieces, reply_of
from .bending import relaxed
from .calls import tool_calls
from .condensing import condensed
from .embedding_step import embedded
from .engines.base import Turn
from .engines.ledger import Ledger
from .fact_check import FactChecker
from .interpret import Meaning, Talk, interpret
from .lasting import linked
from .listing import Listing
from .pending import Question
from .plan import Ask, Recommend, TurnPlan
from .profile import TasteProfile, diff
from .ranking import asked_before, candidates_of, question_of, task_of
from .relax import Slack, counter, relax
from .reply import Reply, ToolCall
from .sentences import understood
from .settling import settled
from .state import Context, Json, State
from .steps import follow, run
from .talk import talk_of
from .taste_query import Demand, demand_of
from .unmet import unmet

_HISTORY = 12
"""How many earlier messages an engine sees."""


async def understand(state: State, runtime: Runtime[Context]) -> Json:
    """Read the message, change the profile, and decide which tools to call."""
    started, context = time.perf_counter(), runtime.context
    talk, links = talk_of(state, context)
    ledger = Ledger()
    plan, engine = await _plan(state, talk, runtime, ledger)
    if state.get("given") is not None:
        talk = replace(talk, question=None)  # A press means what it says, whatever was asked.
    meaning = interpret(plan, state["message"], talk, context.catalogue)
    opening = context.notices if talk.turn == 1 else ()
    notices = [*context.lost, *opening, *ledger.notices, *meaning.notices, *unmet(plan, meaning)]
    work = {**_begun(meaning, talk), "notices": notices, "engine": engine}
    said = tuple(work["understood"])
    runtime.stream_writer({"event": "understood", "understood": said})
    calls = await _aim(meaning, talk, context, ledger, work)
    work |= {"calls": _noted(ledger), "notices": _told(work["notices"], ledger)}
    for call in calls:
        tool = ToolCall(name=call["name"], args=call["args"])
        runtime.stream_writer({"event": "tool", "tool": tool})
    work["times"] = {"understand": _since(started), "sent": time.perf_counter()}
    return {
        "turn": talk.turn,
        "profile": meaning.profile.model_dump(mode="json"),
        "links": {} if context.lasting is None else linked(meaning.profile, links),
        "focus": _focus(state, meaning),
        "question": _asked(meaning),
        "messages": _said(state, talk.turn, calls),
        "work": work,
    }


def _begun(meaning: Meaning, talk: Talk) -> Json:
    """What the later steps need of a turn's meaning."""
    return {
        "before": talk.profile.model_dump(mode="json"),
        "acts": [act.model_dump(mode="json") for act in meaning.acts],
        "intents": list(meaning.intents),
        "understood": list(understood(meaning.change)),
    }


def after_understanding(state: State) -> Literal["tools", "answer"]:
    """Call tools when there is something to look for."""
    last = state["messages"][-1]
    return "tools" if isinstance(last, AIMessage) and last.tool_calls else "answer"


def after_tools(state: State) -> Literal["rank", "answer"]:
    """Rank when a list was asked for."""
    return "rank" if state["work"].get("available", 0) > 0 else "answer"


async def rank(state: State, runtime: Runtime[Context]) -> Json:
    """Choose and order picks from what the tools found, verified and refilled by code."""
    context, work = runtime.context, dict(state["work"])
    times, started = _timed(work, "tools"), time.perf_counter()
    query, ledger = Query.model_validate(work["query"]), Ledger()
    candidates = candidates_of(state, query, context)
    listing = Listing(
        state,
        work,
        context,
        settle=lambda part: settled(part, candidates, work, context),
        editor=FactChecker(query, context.catalogue, state["message"], asked_before(state)),
    )
    task = task_of(state, query, candidates, work, context)
    step = context.step("rank", context.settings.rank_seconds, ledger, runtime.stream_writer)
    await follow(step, task, lambda part: listing.take(part, runtime.stream_writer))
    work["engine"] = (context.engine if listing.settled else context.fallback).name
    if not listing.settled:
        async for part in context.fallback.rank(task, ledger):
            listing.take(part, runtime.stream_writer)
    work["sent"] = listing.finish(runtime.stream_writer)
    if work.get("ranked_question"):
        work["asked"] = (await question_of(work["ranked_question"], state, context)).to_json()
    work["times"] = {**times, "rank": _since(started)}
    work["notices"] = _told(work["notices"], ledger)
    work["calls"] = [*work["calls"], *_noted(ledger)]
    found = [{"id": item.id} for item in candidates]
    return {"work": work, "candidates": found, "query": work["query"]}


async def answer(state: State, runtime: Runtime[Context]) -> Json:
    """Put the reply into words and keep what the next turn needs."""
    started, work = time.perf_counter(), state["work"]
    times = _timed(work, "tools")
    info = runtime.execution_info
    conversation = (info.thread_id if info else None) or ""
    material = Material.of_state(state, runtime.context, conversation)
    reply = reply_of(material, _trace(state["messages"]))
    times["answer"] = _since(started)
    reply = reply.model_copy(update={"timings_ms": times})
    for piece in pieces(_unsent(reply.text, work.get("sent", ""))):
        runtime.stream_writer({"event": "text", "text": piece})
    runtime.stream_writer({"event": "reply", "reply": reply})
    news: Json = {
        "messages": [AIMessage(reply.text, id=f"t{state['turn']}-reply")],
        "replies": [reply.model_dump(mode="json", exclude={"profile"})],
        "question": material.asked.to_json() if material.asked and reply.question else None,
        "taken": [_taken(state, runtime.context.year)],
        "shown": _shown(state, reply),
        "work": {},
    }
    return condensed(state, news, runtime.context.settings.keep_turns)


def _taken(state: State, year: int) -> Json:
    """How a turn came and what it added to the profile."""
    before = TasteProfile.model_validate(state["work"]["before"])
    change = diff(before, TasteProfile.model_validate(state["profile"]))
    added = [entry.id for entry in change.added]
    return {"given": state.get("given"), "added": added, "year": year, "id": state.get("turn_id")}


def _unsent(text: str, sent: str) -> str:
    """The part of a reply that was not streamed yet."""
    assert text.startswith(sent), "what was streamed is not how the reply begins"  # noqa: S101
    return text[len(sent) :]


def _shown(state: State, reply: Reply) -> list[Json]:
    """The lists shown so far, this turn's included."""
    shown = list(state.get("shown", []))
    if reply.picks:
        shown.append({"turn": reply.turn, "ids": [pick.id for pick in reply.picks]})
    return shown


async def _plan(
    state: State, talk: Talk, runtime: Runtime[Context], ledger: Ledger
) -> tuple[TurnPlan, str]:
    context = runtime.context
    given = state.get("given")
    if given is not None:
        return TurnPlan.model_validate(given), context.engine.name
    turn = Turn(
        message=state["message"],
        number=talk.turn,
        profile=talk.profile,
        shown=tuple(each.ids for each in talk.shown),
        focus=tuple(state.get("focus", [])),
        question=talk.question.text if talk.question else None,
        choices=talk.question.choices if talk.question else (),
        year=context.year,
        history=_history(state.get("messages", [])),
    )
    step = context.step("plan", context.settings.plan_seconds, ledger, runtime.stream_writer)
    return await run(step, lambda engine: engine.plan(turn, ledger))


def _history(messages: Sequence[AnyMessage]) -> tuple[tuple[str, str], ...]:
    roles = {"human": "user", "ai": "assistant"}
    spoken = [m for m in messages if m.type in roles and not getattr(m, "tool_calls", None)]
    return tuple((roles[m.type], str(m.content)) for m in spoken[-_HISTORY:])


async def _aim(
    meaning: Meaning, talk: Talk, context: Context, ledger: Ledger, work: Json
) -> list[Call]:
    """The tool calls that the acts need; the query, with limits bent where they must be."""
    wanted = next((act for act in meaning.acts if isinstance(act, Recommend)), None)
    if wanted is None:
        return tool_calls(meaning.acts, None, talk.turn, 0)
    count = context.settings.picks if wanted.count == Recommend().count else wanted.count
    demand = demand_of(meaning.profile, context.catalogue, talk.shown)
    seconds = context.seconds(context.settings.embed_seconds)
    wished = await embedded(demand.query, context.catalogue, seconds, ledger)
    demand = replace(demand, query=wished)
    slack = _slack(demand, count, context)
    query = demand.query.model_copy(update={"limits": slack.limits})
    work |= {
        "query": query.model_dump(mode="json"),
        "strict": demand.query.model_dump(mode="json"),
        "count": count,
        "relaxed": list(relaxed(slack)),
        "available": slack.available,
        "fitting": slack.strict,
    }
    depth = max(context.settings.candidates, 3 * count)
    return tool_calls(meaning.acts, query if slack.available > 0 else None, talk.turn, depth)


def _slack(demand: Demand, count: int, context: Context) -> Slack:
    everything = (*demand.said, *demand.implied)
    if not everything:
        return Slack((), (), count, count)
    counted = counter(context.catalogue, demand.query.exclude)
    used_up = counter(context.catalogue, ())(everything) > 0
    return relax(demand.said, demand.implied, counted, count, gently=used_up)


def _focus(state: State, meaning: Meaning) -> list[str]:
    """What "it" will mean: a new list takes the place of what was spoken of before it."""
    if any(isinstance(act, Recommend) for act in meaning.acts):
        return []
    return list(meaning.named) or state.get("focus", [])


def _asked(meaning: Meaning) -> Json | None:
    if meaning.question is not None:
        return meaning.question.to_json()
    asked = next((act for act in meaning.acts if isinstance(act, Ask)), None)
    return Question(asked.question, "", (), asked.choices, ()).to_json() if asked else None


def _said(state: State, turn: int, calls: Sequence[Call]) -> list[BaseMessage]:
    """The user's message, the tool calls, and the removal of the last turn's tool traffic."""
    old = [
        RemoveMessage(id=str(m.id))
        for m in state.get("messages", [])
        if isinstance(m, ToolMessage) or getattr(m, "tool_calls", None)
    ]
    news: list[BaseMessage] = [HumanMessage(state["message"], id=f"t{turn}-user")]
    if calls:
        news.append(AIMessage("", tool_calls=list(calls), id=f"t{turn}-calls"))
    return [*old, *news]


def _trace(messages: Sequence[AnyMessage]) -> tuple[ToolCall, ...]:
    calls = [call for m in messages if isinstance(m, AIMessage) for call in m.tool_calls]
    return tuple(ToolCall(name=call["name"], args=call["args"]) for call in calls)


def _told(notices: Sequence[str], ledger: Ledger) -> list[str]:
    return list(dict.fromkeys([*notices, *ledger.notices]))


def _noted(ledger: Ledger) -> list[Json]:
    return [call.model_dump(mode="json") for call in ledger.calls]


def _since(started: float) -> float:
    return round(1000 * (time.perf_counter() - started), 2)


def _timed(work: Json, step: str) -> dict[str, float]:
    """The step times so far, with the time since the last one booked to ``step``."""
    times = dict(work["times"])
    sent = times.pop("sent", None)
    return times if sent is None else {**times, step: _since(sent)}
