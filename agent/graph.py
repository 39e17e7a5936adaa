"""The graph of one turn: understand → tools → rank → answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.prebuilt import ToolNode
from langgraph.prebuilt.tool_node import ToolCallRequest
from langgraph.runtime import Runtime

from ..ingest.catalogue import Catalogue
from ..tools import toolkit
from . import traces
from .logs import trace_id
from .nodes import after_tools, after_understanding, answer, rank, understand
from .state import Context, Incoming, Json, State

Graph = CompiledStateGraph[State, Context, Incoming, State]
Node = Callable[[State, Runtime[Context]], Awaitable[Json]]
Contexts = Callable[[], Context]
"""Makes the context of one step."""


def build_graph(
    catalogue: Catalogue,
    checkpointer: BaseCheckpointSaver[str] | None,
    contexts: Contexts | None = None,
) -> Graph:
    """The compiled graph; a turn that needs no film goes straight to its answer.

    Tool errors become messages of the trace; ranking then searches by itself.

    Args:
        catalogue: what the tools look in.
        checkpointer: keeps the conversations; None where a server that runs the graph does.
        contexts: makes the context of each step, where a server runs the graph without one.
    """
    # A server makes contexts of JSON by their schema, and ours can't be made of any.
    schema = None if contexts else Context
    graph = StateGraph(State, context_schema=cast(Any, schema), input_schema=Incoming)
    graph.add_node("understand", _traced("understand", understand, contexts))
    graph.add_node(
        "tools",
        ToolNode(toolkit(catalogue), handle_tool_errors=True, awrap_tool_call=_traced_tool),
    )
    graph.add_node("rank", _traced("rank", rank, contexts))
    graph.add_node("answer", _traced("answer", answer, contexts))
    graph.add_edge(START, "understand")
    graph.add_conditional_edges("understand", after_understanding, ["tools", "answer"])
    graph.add_conditional_edges("tools", after_tools, ["rank", "answer"])
    graph.add_edge("rank", "answer")
    graph.add_edge("answer", END)
    return graph.compile(checkpointer=checkpointer, name="moodreel")


def _traced(name: str, node: Node, contexts: Contexts | None) -> Any:
    """A step with its span, and with the trace of its turn on everything that it logs."""

    async def step(state: State, runtime: Runtime[Context]) -> Json:
        if contexts is not None:
            runtime = runtime.override(context=contexts())
        trace_id.set(runtime.context.trace_id)  # Each step runs in a task of its own.
        with traces.part(f"moodreel.{name}", runtime.context.span):
            return await node(state, runtime)

    return step


async def _traced_tool(
    request: ToolCallRequest, execute: Callable[[ToolCallRequest], Awaitable[Any]]
) -> Any:
    span = getattr(request.runtime.context, "span", None)
    with traces.part("moodreel.tool", span, tool=request.tool_call["name"]):
        return await execute(request)
