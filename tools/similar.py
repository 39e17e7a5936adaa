"""The tool `similar`: items like other items, in one dimension, overall, or composed."""

from __future__ import annotations

from typing import Any

from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import BaseModel, ConfigDict, Field

from ..ingest.catalogue import Catalogue
from ..ingest.title_match import meant
from .arguments import MOST, Wishes, compact, told
from .query import Like, QueryDimension
from .retrieve import retrieve


class LikeArgument(BaseModel):
    """An item by id or title, and in which dimension to be like it."""

    model_config = ConfigDict(extra="forbid")

    id: str | None = Field(default=None, description="Its id, where known.")
    title: str | None = Field(default=None, description="Its title, where the id isn't known.")
    year: int | None = Field(default=None, description="Its year, to tell equal titles apart.")
    dimension: QueryDimension = Field(
        default="overall", description="Be like it in mood, audience, plot, or overall."
    )
    weight: float = Field(
        default=1.0, ge=-2, le=2, description="How much it counts; negative to be unlike it."
    )


class SimilarArguments(Wishes):
    """Arguments of `similar`."""

    likes: list[LikeArgument] = Field(
        min_length=1,
        description="Items to be like or unlike. Several are composed: the mood of one with "
        "the plot of another.",
    )
    limit: int = Field(default=20, ge=1, le=MOST, description="How many items at most.")


def similar_tool(catalogue: Catalogue) -> BaseTool:
    """The tool over one catalogue.

    Its content is JSON for a model; its artifact a list of ``{id, score, scores}``, empty where
    a title could mean several items: the content then lists the choices.
    """

    def similar(**arguments: Any) -> tuple[str, list[dict[str, Any]]]:
        given = SimilarArguments.model_validate(arguments)
        likes: list[Like] = []
        choices: dict[str, list[dict[str, Any]]] = {}
        for like in given.likes:
            found = _resolve(catalogue, like)
            if isinstance(found, str):
                likes.append(Like(id=found, dimension=like.dimension, weight=like.weight))
            else:
                choices[like.title or ""] = found
        if choices:
            note = "a title fits several items: choose one by id and call again"
            return compact({"ambiguous": choices, "note": note}), []
        return told(retrieve(catalogue, given.query(likes), given.limit))

    return StructuredTool.from_function(
        similar,
        name="similar",
        description="Find items like given items, nearest first: along one dimension, overall, "
        "or composed from several items and texts. The given items never come back.",
        args_schema=SimilarArguments,
        response_format="content_and_artifact",
        handle_tool_error=True,
    )


def _resolve(catalogue: Catalogue, like: LikeArgument) -> str | list[dict[str, Any]]:
    """The id that is meant, or the choices.

    Raises:
        ToolException: nothing fits; says what to do.
    """
    if like.id is not None and catalogue.get([like.id]):
        return like.id
    if not like.title:
        raise ToolException(
            f"No item has the id {like.id!r}; give its title instead."
            if like.id
            else "Each of 'likes' needs an 'id' or a 'title'."
        )
    matches = catalogue.find(like.title, like.year)
    if not matches:
        raise ToolException(
            f"No item is called {like.title!r} here; check its spelling or leave it out."
        )
    likely = meant(matches)
    if len(likely) == 1:
        return likely[0].id
    return [{"id": match.id, "title": match.title, "year": match.year} for match in likely[:12]]
