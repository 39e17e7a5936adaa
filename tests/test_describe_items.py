"""Asking a model about items, over the real client: three tries, and what ends a run."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from moodreel.agent.bench.ollama_stage import ShippedSettings
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedOllama
from moodreel.agent.engines.llm.describe_items import PAUSES, ItemDescriber
from moodreel.agent.engines.llm.engine import OllamaEngine
from moodreel.agent.engines.llm.ollama_chat import OllamaChat
from moodreel.errors import EngineError
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.describe import Answer
from moodreel.ingest.item import Provenance

from .test_llm_describe import ANSWER, SYNOPSIS

DAY = date(2026, 5, 4)
FILM = f"The Lighthouse (2019)\nKind: film\n\n{SYNOPSIS}"


class Place:
    """A server, what its model says, and the describer that asks it without waiting."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.server = ScriptedOllama(reply=self._reply, chunk=None)
        self.pauses: list[float] = []
        self.said: list[dict[str, Any]] = [ANSWER]
        self._catalogue = catalogue

    @property
    def ask(self) -> ItemDescriber:
        client = OllamaChat(self.server.url, 5.0)
        engine = OllamaEngine(client, self._catalogue, ShippedSettings())
        return ItemDescriber(engine, DAY, self._pause)

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def _reply(self, _: dict[str, Any]) -> str:
        """The next answer; the last one for ever."""
        return json.dumps(self.said.pop(0) if len(self.said) > 1 else self.said[0])


@pytest.fixture
async def place(starter: Catalogue) -> AsyncIterator[Place]:
    made = Place(starter)
    async with made.server:
        yield made


async def asked(place: Place, *said: dict[str, Any]) -> Answer:
    place.said = [*said]
    return await place.ask(FILM)


async def test_an_answer_becomes_descriptors_of_that_day(place: Place) -> None:
    answer = await place.ask(FILM)
    assert answer.values is not None
    assert answer.values["mood"] == ANSWER["mood"]
    assert answer.values["genres"] == ("Horror", "Drama")
    assert answer.values["provenance"] == Provenance(how="generated", by="gemma3:4b", made=DAY)
    assert answer.values["unsure"] is False
    assert answer.read > 500
    assert answer.written > 100
    (body,) = place.server.asked()
    assert body["options"]["temperature"] == 0
    assert set(body["format"]["required"]) == set(ANSWER)
    assert FILM in body["messages"][-1]["content"]


async def test_what_is_estimated_is_what_is_sent(place: Place) -> None:
    estimated = place.ask.tokens(FILM)
    answer = await place.ask(FILM)
    assert answer.read == pytest.approx(estimated, rel=0.35)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"mood": ""}, "mood"),
        ({"mood_tags": ["boring"]}, "mood_tags"),
        ({"genres": ["Telenovela"]}, "genres"),
        ({"axes": {"warmth": 5}}, "axes"),
        ({"mood": "A must-see masterpiece."}, "'mood' says nothing of use"),
    ],
)
async def test_a_wrong_answer_is_mended_and_the_third_one_counts(
    place: Place, wrong: dict[str, Any], reason: str
) -> None:
    bad = {**ANSWER, **wrong}
    mended = await asked(place, bad, bad, ANSWER)
    assert mended.values is not None
    assert len(place.server.asked()) == 3
    assert next(iter(wrong)) in place.server.asked()[1]["messages"][-1]["content"]
    failed = await asked(place, bad)
    assert (failed.values, failed.server) == (None, False)
    assert reason in failed.reason
    assert len(place.server.asked()) == 6
    assert place.pauses == []


async def test_a_missing_field_is_no_answer(place: Place) -> None:
    for name in ANSWER:
        failed = await asked(place, {key: ANSWER[key] for key in ANSWER if key != name})
        assert failed.values is None
        assert name in failed.reason


async def test_doubt_marks_an_item_unsure(place: Place) -> None:
    for said in ({"confidence": "low"}, {"summary": "A keeper, played by Tom Hanks, waits."}):
        answer = await asked(place, {**ANSWER, **said})
        assert answer.values is not None
        assert answer.values["unsure"] is True


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.DROP, Fault.BUSY, Fault.GARBAGE])
async def test_a_server_that_fails_is_given_two_more_chances(place: Place, fault: Fault) -> None:
    place.server.fail(fault, nth=1)
    place.server.fail(fault, nth=2)
    assert (await place.ask(FILM)).values is not None
    assert place.pauses == [*PAUSES]
    place.server.fail(fault)
    failed = await place.ask(FILM)
    assert (failed.values, failed.server) == (None, True)
    assert len(place.server.asked()) == 6
    assert failed.reason


async def test_a_repair_and_a_failure_are_three_tries_together(place: Place) -> None:
    place.server.fail(Fault.DROP, nth=2)
    answer = await asked(place, {**ANSWER, "mood": ""}, ANSWER)
    assert answer.values is not None
    assert len(place.server.asked()) == 3


@pytest.mark.parametrize("fault", [Fault.REFUSE, Fault.NOT_FOUND, Fault.HTML])
async def test_nobody_there_ends_the_run(place: Place, fault: Fault) -> None:
    place.server.fail(fault)
    with pytest.raises(EngineError):
        await place.ask(FILM)
    assert place.pauses == []


async def test_a_window_without_room_ends_the_run(starter: Catalogue) -> None:
    settings = ShippedSettings(num_ctx=4_096)
    settings = settings.model_copy(update={"num_ctx": 1_200})
    engine = OllamaEngine(OllamaChat("http://127.0.0.1:9", 1.0), starter, settings)
    with pytest.raises(EngineError, match="MOODREEL_NUM_CTX"):
        await ItemDescriber(engine, DAY)(FILM)


async def test_a_model_under_another_name_is_told(place: Place) -> None:
    place.server.fail(Fault.OTHER_MODEL)
    assert "other-model:7b" in (await place.ask(FILM)).notices[0]
