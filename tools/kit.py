"""All tools at once, for anybody's own agent."""

from __future__ import annotations

from langchain_core.tools import BaseTool

from ..ingest.catalogue import Catalogue
from .describe import Describer, describe_tool
from .lookup import lookup_tool
from .rank import Ranker, rank_tool
from .search import search_tool
from .similar import similar_tool


def toolkit(
    catalogue: Catalogue,
    *,
    describer: Describer | None = None,
    ranker: Ranker | None = None,
) -> list[BaseTool]:
    """The tools over one catalogue: search, similar, lookup, describe and rank.

    They are ordinary LangChain tools: bind them to any model, or run them in LangGraph's
    ``ToolNode``. They keep no state besides the catalogue.

    Args:
        catalogue: what they look in.
        describer: who describes texts; the builtin way where missing.
        ranker: who orders candidates; the builtin way where missing. Whatever it answers is
            checked against the candidates and limits, and refilled.
    """
    return [
        search_tool(catalogue),
        similar_tool(catalogue),
        lookup_tool(catalogue),
        describe_tool(catalogue, describer),
        rank_tool(catalogue, ranker),
    ]
