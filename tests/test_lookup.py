"""The tool `lookup`: titles and ids to facts, choices where it isn't sure."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain_core.messages import ToolMessage
from langchain_core.tools import BaseTool
from moodreel.ingest.catalogue import Catalogue
from moodreel.tools.lookup import lookup_tool


@pytest.fixture(scope="module")
def lookup(starter: Catalogue) -> BaseTool:
    return lookup_tool(starter)


def call(tool: BaseTool, **arguments: Any) -> ToolMessage:
    message = tool.invoke({"type": "tool_call", "id": "1", "name": "lookup", "args": arguments})
    assert isinstance(message, ToolMessage)
    return message


def told(tool: BaseTool, **arguments: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(str(call(tool, **arguments).content))
    return found


def test_a_title_gives_its_facts(lookup: BaseTool) -> None:
    message = call(lookup, titles=[{"title": "heat"}])
    (item,) = json.loads(str(message.content))["items"]
    assert (item["title"], item["year"]) == ("Heat", 1995)
    assert item["directors"] == ["Michael Mann"]
    assert message.artifact == [item["id"]]
    assert {"mood", "target_audience", "plot_essence", "axes", "runtime_min"} <= item.keys()
    assert "kindred" not in item


def test_ids_and_titles_together_each_once(lookup: BaseTool, starter: Catalogue) -> None:
    heat = starter.find("Heat")[0].id
    message = call(lookup, ids=[heat, "nobody"], titles=[{"title": "Heat", "year": 1995}])
    assert message.artifact == [heat]
    assert json.loads(str(message.content))["unknown"] == ["nobody"]


def test_an_ambiguous_title_is_answered_with_the_choices(lookup: BaseTool) -> None:
    found = told(lookup, titles=[{"title": "dune"}])
    assert {choice["year"] for choice in found["ambiguous"]["dune"]} == {1984, 2021}
    assert found["items"] == []
    (item,) = told(lookup, titles=[{"title": "dune", "year": 1984}])["items"]
    assert item["year"] == 1984


@pytest.mark.parametrize("title", ["The Room", "Heat (1950)", "shawshank"])
def test_a_doubtful_title_is_a_choice_not_a_guess(lookup: BaseTool, title: str) -> None:
    found = told(lookup, titles=[{"title": title}])
    assert found["items"] == []
    assert len(found["ambiguous"][title]) == 1


def test_a_misspelt_title_is_understood(lookup: BaseTool) -> None:
    (item,) = told(lookup, titles=[{"title": "godfater"}])["items"]
    assert item["title"] == "The Godfather"


def test_nothing_known_is_an_error_the_model_can_mend(lookup: BaseTool) -> None:
    message = call(lookup, titles=[{"title": "Zorblax 9"}])
    assert message.status == "error"
    assert "'Zorblax 9'" in str(message.content)


def test_an_empty_title_is_refused(lookup: BaseTool) -> None:
    with pytest.raises(ValueError, match="at least 1 character"):
        call(lookup, titles=[{"title": ""}])


@pytest.mark.parametrize("arguments", [{}, {"titles": [], "ids": []}])
def test_nothing_asked_about_is_told_to_the_model(
    lookup: BaseTool, arguments: dict[str, Any]
) -> None:
    message = call(lookup, **arguments)
    assert message.status == "error"
    assert "Give 'titles', 'ids' or both" in str(message.content)


def test_the_schema_explains_every_argument(lookup: BaseTool) -> None:
    schema: Any = lookup.tool_call_schema
    properties = schema.model_json_schema()["properties"]
    assert all(part["description"] for part in properties.values())
