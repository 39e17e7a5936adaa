"""The same requests through a plain tool loop: how many calls and tokens it takes beside ours.

The loop is LangGraph's standard one: a model node, a ``ToolNode`` over the same tools, and
``tools_condition`` between them. To be fair to it, the scripted model takes the shortest sensible
way: one look for 20 candidates (by what the person loved, or by words), one ranking of them down
to five with reasons, one answer; no call fails, asks twice, or names more arguments than the
request needs. Its instructions are two lines. "Few tools" binds the two tools alone that this
way needs, which nobody could know beforehand. What a loop would pay for a profile, for the lists
shown before and for their candidates, which stay among its messages, is left out: each request
is the first of its conversation.

Both count with one encoding. Templates put tools into the prompt as JSON, so the loop's are
counted; our schemas become a grammar of the server's and are not. A model that calls tools is
needed for the loop only: Ollama refuses tools to ``gemma3``.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import HumanMessage, SystemMessage
from langchain_core.tools import BaseTool
from langchain_ollama import ChatOllama
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.prebuilt import ToolNode, tools_condition
from langsmith import tracing_context

from ...errors import WorkError
from ...ingest.catalogue import Catalogue
from ...tools import toolkit
from ..engines.ledger import ModelCall
from ..engines.llm.place import Place
from ..engines.llm.tokens import TokenCounter
from ..engines.llm.wire import client_options
from . import Table
from .ollama_stage import ShippedSettings, staged, unlogged
from .scripted_ollama import ScriptedModel, ScriptedOllama
from .scripted_shapes import json_tokens, prompt_tokens

Json = dict[str, Any]
Tell = Callable[[str], None]
Loop = CompiledStateGraph[MessagesState, None, MessagesState, MessagesState]

CANDIDATES, PICKS = 20, 5
MODEL = ScriptedModel("qwen3:4b", family="qwen3", capabilities=("completion", "tools"))
INSTRUCTIONS = (
    "You recommend films. Find candidates with the tools, rank them, then answer with five films"
    " and one sentence on each.\nName only films that the tools gave you."
)


@dataclass(frozen=True)
class Request:
    """What somebody asks, and how a good model looks for it: a tool and its arguments."""

    message: str
    tool: str
    arguments: Json

    @property
    def wishes(self) -> Json:
        """The arguments that ranking needs as well."""
        shared = ("moods", "axes", "genres", "people", "preferences", "limits")
        return {name: self.arguments[name] for name in shared if name in self.arguments}


def _like(message: str, *titles: str, **wishes: Any) -> Request:
    likes = [{"title": title} for title in titles]
    return Request(message, "similar", {"likes": likes, **wishes})


def _search(message: str, text: str, **wishes: Any) -> Request:
    return Request(message, "search", {"text": text, **wishes})


def _moods(*tags: str) -> list[Json]:
    return [{"tag": tag} for tag in tags]


REQUESTS = (
    _like("I loved Arrival and Her, what next?", "Arrival", "Her"),
    _search("a story about a lighthouse keeper", "a lighthouse keeper"),
    _like(
        "something like Paddington 2 but under 90 minutes",
        "Paddington 2",
        limits=[{"limit": "runtime", "longest": 89}],
    ),
    _search(
        "I'm sad and want cheering up, nothing animated",
        "",
        moods=_moods("feel-good", "funny"),
        limits=[{"limit": "genres", "none_of": ["Animation"]}],
    ),
    Request(
        "the mood of Amélie with the plot of Heat",
        "similar",
        {
            "likes": [
                {"title": "Amélie", "dimension": "mood"},
                {"title": "Heat", "year": 1995, "dimension": "plot"},
            ]
        },
    ),
    _search(
        "a tense heist from the nineties",
        "a heist",
        moods=_moods("tense"),
        limits=[{"limit": "years", "earliest": 1990, "latest": 1999}],
    ),
    _search(
        "a funny film with Cary Grant",
        "",
        moods=_moods("funny"),
        limits=[{"limit": "people", "all_of": ["Cary Grant"]}],
    ),
    _search(
        "a mind-bending thriller, but not violent, for a rainy evening",
        "a puzzle that bends the mind",
        moods=_moods("mind-bending"),
        genres=["Thriller"],
        axes=[{"axis": "violence", "target": 0}],
    ),
)


@dataclass(frozen=True)
class Cost:
    """Model calls of one request, and tokens of all their prompts together.

    ``schemas`` are those of them that describe tools.
    """

    calls: int
    tokens: int
    schemas: int = 0


async def side_by_side(catalogue: Catalogue, tell: Tell) -> Table:
    """Calls and prompt tokens of each request: ours, the loop's, and the loop's with few tools."""
    tell(f"{len(REQUESTS)} requests through Moodreel and through a plain tool loop")
    with unlogged():
        ours = await costs_of_ours(catalogue)
    loop = await costs_of_loop(catalogue, toolkit(catalogue))
    few = [await costs_of_few(catalogue, request) for request in REQUESTS]
    ways = (ours, loop, few)
    rows = [
        [request.message, *(cell for way in ways for cell in _cells(way[place]))]
        for place, request in enumerate(REQUESTS)
    ]
    return Table(
        "One recommending turn: Moodreel and a plain tool loop, 20 candidates",
        ["request", "calls", "prompt tokens", "loop: calls", "loop: tokens",
         "loop, few tools: calls", "loop, few tools: tokens"],
        [
            *rows,
            ["mean", *(cell for way in ways for cell in _mean([each.tokens for each in way], way))],
            [
                "mean, without the schemas of tools",
                *(cell for w in ways for cell in _mean([c.tokens - c.schemas for c in w], w)),
            ],
        ],
    )  # fmt: skip


def _cells(cost: Cost) -> list[str]:
    return [str(cost.calls), f"{cost.tokens:,}"]


def _mean(tokens: Sequence[int], costs: Sequence[Cost]) -> list[str]:
    calls = statistics.fmean(cost.calls for cost in costs)
    return [f"{calls:.1f}", f"{statistics.fmean(tokens):,.0f}"]


async def costs_of_ours(catalogue: Catalogue) -> list[Cost]:
    """What each request costs as the first message of a conversation with Moodreel."""
    async with staged(catalogue) as stage:
        agent = stage.agent(ShippedSettings())
        return [
            _cost((await agent.send(request.message, f"request-{number}")).calls, request)
            for number, request in enumerate(REQUESTS)
        ]


def _cost(calls: Sequence[ModelCall], request: Request) -> Cost:
    steps = [call.step for call in calls if not call.problem]
    if steps != ["plan", "rank"]:
        raise WorkError(f"Moodreel answered {request.message!r} by the calls {steps!r}.")
    return Cost(len(calls), sum(call.counted or 0 for call in calls))


async def costs_of_few(catalogue: Catalogue, request: Request) -> Cost:
    """What one request costs a loop that has no other tools than it will use."""
    tools = [tool for tool in toolkit(catalogue) if tool.name in (request.tool, "rank")]
    (cost,) = await costs_of_loop(catalogue, tools, [request])
    return cost


async def costs_of_loop(
    catalogue: Catalogue, tools: Sequence[BaseTool], requests: Sequence[Request] = REQUESTS
) -> list[Cost]:
    """What each request costs a tool loop.

    Raises:
        WorkError: a tool failed, or the loop didn't answer with five films.
    """
    counter = TokenCounter()
    async with ScriptedOllama(reply, models=(MODEL,), count=counter.count) as server:
        loop = tool_loop(server.url, tools)
        return [await _looped(loop, server, request, counter) for request in requests]


def tool_loop(url: str, tools: Sequence[BaseTool]) -> Loop:
    """LangGraph's standard loop: the model calls tools until it answers."""
    settings = ShippedSettings()
    model = ChatOllama(
        model=MODEL.name,
        base_url=url,
        reasoning=False,
        num_ctx=4 * settings.num_ctx,
        temperature=0.0,
        client_kwargs=client_options(Place(url, MODEL.name, settings.turn_seconds)),
    ).bind_tools(tools)

    async def ask(state: MessagesState) -> Json:
        return {
            "messages": [await model.ainvoke([SystemMessage(INSTRUCTIONS), *state["messages"]])]
        }

    graph = StateGraph(MessagesState)
    graph.add_node("model", ask)
    graph.add_node("tools", ToolNode(tools, handle_tool_errors=True))
    graph.add_edge(START, "model")
    graph.add_conditional_edges("model", tools_condition)
    graph.add_edge("tools", "model")
    return graph.compile()


async def _looped(
    loop: Loop, server: ScriptedOllama, request: Request, counter: TokenCounter
) -> Cost:
    before = len(server.asked())
    with tracing_context(enabled=False):
        state = await loop.ainvoke({"messages": [HumanMessage(request.message)]})
    answer = str(state["messages"][-1].content)
    if len(answer.splitlines()) != PICKS:
        raise WorkError(f"The tool loop answered {request.message!r} with {answer[:200]!r}.")
    bodies = server.asked()[before:]
    return Cost(
        calls=len(bodies),
        tokens=sum(prompt_tokens(body, counter.count) for body in bodies),
        schemas=sum(json_tokens(body["tools"], counter.count) for body in bodies),
    )


def reply(body: Json) -> Json:
    """What a good model does next: look for films, rank them, answer.

    Raises:
        LookupError: nobody wrote down how to look for that.
    """
    messages: list[Json] = body["messages"]
    told = [message["content"] for message in messages if message["role"] == "tool"]
    asked = next(message["content"] for message in messages if message["role"] == "user")
    request = next((each for each in REQUESTS if each.message == asked), None)
    if request is None:
        raise LookupError(f"no way to answer {asked!r} was written down")
    if not told:
        return _call(request.tool, {**request.arguments, "limit": CANDIDATES})
    if not told[-1].startswith("{"):
        return {"content": f"A tool failed: {told[-1]}"}
    if len(told) == 1:
        ids = [item["id"] for item in json.loads(told[0])["items"]]
        return _call("rank", {"ids": ids, "count": PICKS, **request.wishes})
    places = json.loads(told[1])["ranking"]
    lines = [f"{place['title']} ({place['year']}): {place['reason']}" for place in places]
    return {"content": "\n".join(lines)}


def _call(tool: str, arguments: Json) -> Json:
    return {"content": "", "tool_calls": [{"function": {"name": tool, "arguments": arguments}}]}
