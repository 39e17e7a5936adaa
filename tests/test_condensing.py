"""Long conversations are condensed: what is known, shown and asked for stays exact."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path

import pytest
from moodreel.agent.bench.messages import CONVERSATIONS
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.replay.save import as_script
from moodreel.agent.settings import Settings, load_settings
from moodreel.errors import BadSettings, UsageError
from moodreel.ingest.catalogue import Catalogue

from .stores import STORES, kept_in

KEEP, TURNS = 12, 19
MESSAGES = list(islice(cycle([each for talk in CONVERSATIONS for each in talk]), TURNS))


@pytest.mark.parametrize("kind", STORES)
async def test_a_condensed_conversation_goes_on_as_a_whole_one(
    kind: str, starter: Catalogue, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    store = await kept_in(kind, tmp_path, request)
    short = MovieAgent(Settings(home=tmp_path, keep_turns=KEEP), starter, store, year=2026)
    whole = MovieAgent(Settings(home=tmp_path), starter, MemoryConversations(), year=2026)
    for number, message in enumerate(MESSAGES, start=1):
        one, other = await short.send(message, "a"), await whole.send(message, "a")
        assert (one.turn, one.text, one.picks) == (number, other.text, other.picks)
        assert one.profile == other.profile
    assert await short.history("a") == (await whole.history("a"))[-2 * KEEP :]
    assert [reply.turn for _, reply in await short.turns("a")] == list(range(8, 20))
    exported, all_of = await short.export("a"), await whole.export("a")
    for part in ("turns", "profile", "shown"):
        assert exported[part] == all_of[part]
    assert len(exported["replies"]) == len(exported["taken"]) == KEEP
    gone = all_of["replies"][: TURNS - KEEP]
    assert exported["condensed"] == {
        "turns": TURNS - KEEP,
        "films": sum(len(reply["picks"]) for reply in gone),
        "said": MESSAGES[: TURNS - KEEP],
    }
    assert all_of["condensed"] is None
    await store.close()


async def test_the_last_turn_can_still_be_taken_back(starter: Catalogue, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, keep_turns=KEEP)
    agent = MovieAgent(settings, starter, MemoryConversations(), year=2026)
    for message in MESSAGES[:14]:
        await agent.send(message, "a", turn_id=message)
    before = await agent.export("a")
    await agent.send("x" * 200, "a")
    assert (await agent.export("a"))["condensed"]["turns"] == 3
    assert await agent.retract("a") == "x" * 200
    assert await agent.export("a") == before
    again = await agent.send(MESSAGES[13], "a", turn_id=MESSAGES[13])
    assert again.turn == 14


async def test_what_was_condensed_is_short_and_makes_no_script(
    starter: Catalogue, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path, keep_turns=KEEP)
    agent = MovieAgent(settings, starter, MemoryConversations(), year=2026)
    for number in range(13):
        await agent.send(f"hello {number} " + "so " * 60, "a")
    exported = await agent.export("a")
    (said,) = exported["condensed"]["said"]
    assert said.startswith("hello 0 so so")
    assert len(said) <= 62
    with pytest.raises(UsageError, match="beginning of that conversation was condensed"):
        as_script(exported)


def test_too_few_turns_to_talk_are_refused() -> None:
    with pytest.raises(BadSettings, match="MOODREEL_KEEP_TURNS"):
        load_settings(keep_turns=3)
