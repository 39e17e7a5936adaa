"""The tools in a LangGraph graph of your own: a model decides, Moodreel's tools look.

    python examples/langgraph_agent.py "something like Heat, but funny"

Any chat model of LangChain that can call tools will do; here it is one of Ollama.
"""

import sys
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AnyMessage, SystemMessage
from langchain_core.runnables import Runnable
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition
from moodreel import Settings
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.starter import open_catalogue
from moodreel.tools import toolkit

RULES = SystemMessage("Recommend films that the tools have found, and nothing else.")


def build(catalogue: Catalogue, model: BaseChatModel) -> Runnable[Any, Any]:
    """The usual loop: the model asks for tools until it has an answer."""
    tools = toolkit(catalogue)
    thinker = model.bind_tools(tools)

    async def think(state: MessagesState) -> dict[str, list[AnyMessage]]:
        return {"messages": [await thinker.ainvoke([RULES, *state["messages"]])]}

    graph = StateGraph(MessagesState)
    graph.add_node("think", think)
    graph.add_node("tools", ToolNode(tools))
    graph.add_edge(START, "think")
    graph.add_conditional_edges("think", tools_condition)
    graph.add_edge("tools", "think")
    return graph.compile()


if __name__ == "__main__":
    import asyncio

    from langchain_ollama import ChatOllama

    stored = open_catalogue(Settings().home)
    answer = asyncio.run(
        build(stored, ChatOllama(model=Settings().model)).ainvoke({"messages": sys.argv[1]})
    )
    print(answer["messages"][-1].content)
    stored.close()
