"""The graph of one turn: understand → tools → rank → answer."""

from __future__ import annotations

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.prebuilt import ToolNode

from ..ingest.catalogue import Catalogue
from ..tools import toolkit
from .nodes import after_tools, after_understanding, answer, rank, understand
from .state import Context, Incoming, State

Graph = CompiledStateGraph[State, Context, Incoming, State]


def build_graph(catalogue: Catalogue, checkpointer: BaseCheckpointSaver[str]) -> Graph:
    """The compiled graph; a turn that needs no film goes straight to its answer.

    Tool errors become messages of the trace; ranking then searches by itself.
    """
    graph = StateGraph(State, context_schema=Context, input_schema=Incoming)
    graph.add_node("understand", understand)
    graph.add_node("tools", ToolNode(toolkit(catalogue), handle_tool_errors=True))
    graph.add_node("rank", rank)
    graph.add_node("answer", answer)
    graph.add_edge(START, "understand")
    graph.add_conditional_edges("understand", after_understanding, ["tools", "answer"])
    graph.add_conditional_edges("tools", after_tools, ["rank", "answer"])
    graph.add_edge("rank", "answer")
    graph.add_edge("answer", END)
    return graph.compile(checkpointer=checkpointer, name="moodreel")
