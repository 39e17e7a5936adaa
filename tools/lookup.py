"""The tool `lookup`: what a title means here, and the facts of an item."""

from __future__ import annotations

from typing import Any

from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import BaseModel, ConfigDict, Field

from ..ingest.catalogue import Catalogue
from ..ingest.item import Item
from ..ingest.title_match import TitleMatch, meant, sure
from .arguments import compact

_MOST = 20
_MOST_CHOICES = 12
_FACTS = {
    "id", "kind", "title", "year", "directors", "cast", "runtime_min", "language",
    "subtitles", "genres", "age_rating", "mood", "target_audience", "plot_essence",
    "mood_tags", "tags", "archetypes", "axes", "content_notes",
}  # fmt: skip


class TitleArgument(BaseModel):
    """A title, with its year where that is known."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, description="The title; small misspellings are understood.")
    year: int | None = Field(default=None, description="Its year, to tell equal titles apart.")


class LookupArguments(BaseModel):
    """Arguments of `lookup`."""

    model_config = ConfigDict(extra="forbid")

    titles: list[TitleArgument] = Field(
        default_factory=list, max_length=_MOST, description="Titles to look up."
    )
    ids: list[str] = Field(
        default_factory=list, max_length=_MOST, description="Ids of items whose facts to tell."
    )


def lookup_tool(catalogue: Catalogue) -> BaseTool:
    """The tool over one catalogue.

    Its content is JSON for a model: ``items`` with their facts, ``ambiguous`` titles with the
    choices (one only, where it is doubtful), ``unknown`` titles and ids. Its artifact lists the
    ids that were found.
    """

    def lookup(**arguments: Any) -> tuple[str, list[str]]:
        given = LookupArguments.model_validate(arguments)
        if not given.titles and not given.ids:
            raise ToolException("Give 'titles', 'ids' or both: nothing was asked about.")
        known = catalogue.get(given.ids)
        found = [*known]
        unknown = [item_id for item_id in given.ids if item_id not in known]
        ambiguous: dict[str, list[dict[str, Any]]] = {}
        for wanted in given.titles:
            matches = meant(catalogue.find(wanted.title, wanted.year))
            if len(matches) == 1 and sure(matches[0]):
                found.append(matches[0].id)
            elif matches:
                ambiguous[wanted.title] = [_choice(match) for match in matches[:_MOST_CHOICES]]
            else:
                unknown.append(wanted.title)
        if not found and not ambiguous:
            raise ToolException(
                f"Nothing here is called {', '.join(map(repr, unknown))}; check the spelling."
            )
        ids = list(dict.fromkeys(found))
        told = {"items": [facts(item) for item in catalogue.get(ids).values()]}
        more = {"ambiguous": ambiguous, "unknown": unknown}
        return compact(told | {key: value for key, value in more.items() if value}), ids

    return StructuredTool.from_function(
        lookup,
        name="lookup",
        description="Find out which items titles mean, and get the facts of items. A title that "
        "could mean several items is answered with the choices.",
        args_schema=LookupArguments,
        response_format="content_and_artifact",
        handle_tool_error=True,
    )


def facts(item: Item) -> dict[str, Any]:
    """What may be told of an item; facts that are not known are left out."""
    told = item.model_dump(mode="json", include=_FACTS)
    return {key: value for key, value in told.items() if value not in (None, "", [], ())}


def _choice(match: TitleMatch) -> dict[str, Any]:
    return {"id": match.id, "title": match.title, "year": match.year}
