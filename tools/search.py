"""The tool `search`: items by what they are like."""

from __future__ import annotations

from typing import Any

from langchain_core.tools import BaseTool, StructuredTool
from pydantic import Field

from ..ingest.catalogue import Catalogue
from .arguments import MOST, Wishes, told
from .query import Like, QueryDimension, TextWish
from .retrieve import retrieve


class SearchArguments(Wishes):
    """Arguments of `search`."""

    text: str = Field(
        default="",
        max_length=2_000,
        description="What to look for in plain words, without words like film or recommend.",
    )
    dimensions: list[QueryDimension] = Field(
        default_factory=list,
        description="What the text is about: mood, audience, plot; empty for all of it.",
    )
    likes: list[Like] = Field(
        default_factory=list,
        description="Items by id that the results shall be like, or with a negative weight "
        "unlike, in one dimension or overall.",
    )
    limit: int = Field(default=20, ge=1, le=MOST, description="How many items at most.")


def search_tool(catalogue: Catalogue) -> BaseTool:
    """The tool over one catalogue.

    Its content is JSON for a model; its artifact a list of ``{id, score, scores}``.
    """

    def search(**arguments: Any) -> tuple[str, list[dict[str, Any]]]:
        given = SearchArguments.model_validate(arguments)
        text = given.text.strip()
        asked = given.dimensions or ["overall"]
        texts = [TextWish(text=text, dimension=d) for d in dict.fromkeys(asked)] if text else []
        return told(retrieve(catalogue, given.query(given.likes, texts), given.limit))

    return StructuredTool.from_function(
        search,
        name="search",
        description="Find items by mood, audience, plot, words and limits; best first. With no "
        "wish at all it gives well-known items that keep the limits.",
        args_schema=SearchArguments,
        response_format="content_and_artifact",
        handle_tool_error=True,
    )
