"""Events of a turn: typed, versioned and stable. Programs of others read them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest
from moodreel import Event, MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.settings import load_settings
from moodreel.ingest.catalogue import Catalogue

from .conftest import ROOT

SCHEMA = ROOT / "docs" / "events.schema.json"
RECORDED = Path(__file__).parent / "snapshots" / "events-1.jsonl"
OWN_FIELD = {
    "waiting": "waiting",
    "understood": "understood",
    "tool": "tool",
    "picks": "picks",
    "reason": "picks",
    "text": "text",
    "reply": "reply",
}


async def _turn(starter: Catalogue) -> list[Event]:
    agent = MovieAgent(load_settings(), starter, MemoryConversations(), year=2026)
    return [event async for event in agent.stream("something warm like Paddington 2", "ann")]


async def test_the_published_schema_is_that_of_the_events() -> None:
    schema = Event.model_json_schema(mode="serialization")
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SCHEMA.write_text(json.dumps(schema, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    assert json.loads(SCHEMA.read_text("utf-8")) == schema


async def test_a_turn_fits_the_published_schema(starter: Catalogue) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    events = await _turn(starter)
    assert events[-1].reply is not None
    for event in events:
        validator.validate(event.model_dump(mode="json"))


async def test_each_event_has_its_own_field_and_no_other(starter: Catalogue) -> None:
    for event in await _turn(starter):
        told = {name for name in set(OWN_FIELD.values()) if getattr(event, name)}
        assert told <= {OWN_FIELD[event.event]}


async def test_what_was_recorded_in_version_1_is_still_read(starter: Catalogue) -> None:
    if os.environ.get("UPDATE_SNAPSHOTS") and not RECORDED.exists():
        lines = [event.model_dump_json() for event in await _turn(starter)]
        RECORDED.write_text("\n".join(lines) + "\n", encoding="utf-8")
    events = [Event.model_validate_json(line) for line in RECORDED.read_text("utf-8").splitlines()]
    assert {event.version for event in events} == {1}
    reply = events[-1].reply
    assert reply is not None
    assert reply.text == "".join(event.text for event in events)
    assert [pick.title for pick in reply.picks]


def test_a_reader_of_today_passes_over_what_is_new() -> None:
    later = {"event": "text", "text": "Hello", "version": 1, "colour": "green"}
    assert Event.model_validate(later).text == "Hello"
    with pytest.raises(ValueError, match="version"):
        Event.model_validate({**later, "version": 2})
