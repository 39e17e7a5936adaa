"""MovieAgent: what every channel relies on."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import moodreel
import pytest
from moodreel.agent import embedding_step
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations, SqliteConversations
from moodreel.agent.edits import Attitude, Edit, ItemRef, LimitEdit, Reset
from moodreel.agent.sentences import sentence
from moodreel.agent.settings import Settings, load_settings
from moodreel.errors import (
    BadMessage,
    CatalogueBusy,
    StorageError,
    UnknownConversation,
    UnknownItem,
    UsageError,
)
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.limits import Genres, Runtime
from moodreel.ingest.starter import open_catalogue


@pytest.fixture
async def agent(starter: Catalogue, tmp_path: Path) -> AsyncIterator[MovieAgent]:
    """An agent on the shared catalogue with conversations in a file of its own."""
    settings = load_settings(home=tmp_path)
    store = await SqliteConversations.open(settings.conversations_path)
    yield MovieAgent(settings, starter, store)
    await store.close()


async def facts(agent: MovieAgent, conversation: str) -> list[str]:
    return [sentence(entry) for entry in (await agent.profile(conversation)).active]


async def test_a_conversation_outlives_the_process(starter: Catalogue, tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    replies = []
    for message in ("I loved Heat", "I loved Collateral", "show me those again"):
        store = await SqliteConversations.open(settings.conversations_path)
        replies.append(await MovieAgent(settings, starter, store).send(message, "kept"))
        await store.close()
    assert [reply.turn for reply in replies] == [1, 2, 3]
    assert [pick.id for pick in replies[2].picks] == [pick.id for pick in replies[1].picks]


async def test_only_the_last_two_states_are_stored(agent: MovieAgent, tmp_path: Path) -> None:
    for message in ("I loved Heat", "more", "no horror", "more"):
        await agent.send(message, "one")
    saver = agent._conversations.saver
    assert len([saved async for saved in saver.alist({"configurable": {"thread_id": "one"}})]) == 2


async def test_the_last_turn_can_be_taken_back(agent: MovieAgent) -> None:
    first = await agent.send("I loved Heat", "one")
    await agent.send("no horror", "one")
    assert await agent.retract("one") == "no horror"
    assert await agent.profile("one") == first.profile
    assert await agent.history("one") == [("user", "I loved Heat"), ("assistant", first.text)]
    assert (await agent.listed("one"))[0].turns == 1
    again = await agent.send("no war films", "one")
    assert again.turn == 2
    assert await agent.retract("one") == "no war films"
    assert await agent.retract("one") == "I loved Heat"
    with pytest.raises(UnknownConversation):
        await agent.history("one")
    assert await agent.listed("one") == []
    with pytest.raises(UnknownConversation):
        await agent.retract("one")


async def test_taking_back_twice_loses_nothing(agent: MovieAgent) -> None:
    for message in ("I loved Heat", "no horror", "older"):
        await agent.send(message, "one")
    await agent.retract("one")
    with pytest.raises(UsageError, match="Only the last message"):
        await agent.retract("one")
    assert [text for role, text in await agent.history("one") if role == "user"] == [
        "I loved Heat",
        "no horror",
    ]


async def test_conversations_are_listed_by_their_titles(agent: MovieAgent) -> None:
    await agent.send("I loved   Heat\nand Ronin", "ann-1")
    await agent.send("something funny", "bob-1")
    await agent.send("a western", "ann-2")
    await agent.send("older", "ann-1")
    listed = await agent.listed("ann-")
    assert [(each.id, each.title, each.turns) for each in listed] == [
        ("ann-1", "I loved Heat and Ronin", 2),
        ("ann-2", "a western", 1),
    ]
    await agent.rename("ann-2", "  Wild   West ")
    assert (await agent.listed("ann-2"))[0].title == "Wild West"
    await agent.send("more", "ann-2")
    assert (await agent.listed("ann-2"))[0].title == "Wild West"
    with pytest.raises(UsageError, match="title"):
        await agent.rename("ann-2", " ")
    await agent.forget("ann-1")
    assert [each.id for each in await agent.listed()] == ["ann-2", "bob-1"]


async def test_messages_of_one_conversation_are_answered_in_order(agent: MovieAgent) -> None:
    messages = ["I loved Heat", "more", "no horror", "more", "undo"]
    replies = await asyncio.gather(*(agent.send(message, "busy") for message in messages))
    assert [reply.turn for reply in replies] == [1, 2, 3, 4, 5]
    shown = [pick.id for reply in replies for pick in reply.picks]
    assert len(shown) == len(set(shown))
    said = [text for role, text in await agent.history("busy") if role == "user"]
    assert said == messages


async def test_conversations_never_see_each_other(agent: MovieAgent) -> None:
    await asyncio.gather(
        *(agent.send(f"no {genre}", genre) for genre in ("horror", "westerns", "musicals"))
    )
    assert await facts(agent, "horror") == ["No horror."]
    assert len(await facts(agent, "westerns")) == 1
    assert await agent.conversations() == ["horror", "musicals", "westerns"]


async def test_the_same_words_get_the_same_list(agent: MovieAgent) -> None:
    lists = []
    for name in ("a", "b"):
        replies = [await agent.send(text, name) for text in ("I loved Amélie", "from the 90s")]
        lists.append([(pick.id, pick.reason) for reply in replies for pick in reply.picks])
    assert lists[0] == lists[1]


async def test_feedback_is_a_turn_that_can_be_undone(agent: MovieAgent) -> None:
    reply = await agent.send("I loved Heat", "c")
    first = reply.picks[0]
    seen = await agent.feedback("c", first.id, "seen")
    assert seen.understood == (f"You've seen {first.title} ({first.year}).",)
    assert seen.picks == ()
    assert first.title in (await agent.feedback("c", first.id, "why")).text
    more = await agent.feedback("c", first.id, "more_like", "mood")
    assert len(more.picks) == 5
    assert first.id not in {pick.id for pick in more.picks}
    assert len(await facts(agent, "c")) == 3
    await agent.undo("c", turns=2)
    assert await facts(agent, "c") == ["You loved Heat (1995)."]
    with pytest.raises(UnknownItem, match="tt-none"):
        await agent.feedback("c", "tt-none", "loved")
    with pytest.raises(UsageError, match="'adored'"):
        await agent.feedback("c", first.id, "adored")  # type: ignore[arg-type]


async def test_the_profile_can_be_edited_directly(agent: MovieAgent) -> None:
    edits: list[Edit] = [
        LimitEdit(limit=Runtime(longest=100), words="100 minutes"),
        Attitude(item=ItemRef(title="Heat"), feeling="loved"),
    ]
    reply = await agent.edit_profile("c", edits)
    assert reply.understood == ("At most 100 minutes.", "You loved Heat (1995).")
    await agent.edit_profile("c", [Reset(scope="all")])
    assert await facts(agent, "c") == []
    await agent.undo("c")
    assert len(await facts(agent, "c")) == 2


async def test_export_is_json_and_forget_leaves_nothing(agent: MovieAgent, tmp_path: Path) -> None:
    await agent.send("I loved Heat and Quillfeather Manor", "mine")
    await agent.send("no horror", "theirs")
    whole = json.loads(json.dumps(await agent.export("mine")))
    assert whole["turns"] == 1
    assert whole["dialogue"][0] == {"role": "user", "text": "I loved Heat and Quillfeather Manor"}
    assert whole["profile"]["entries"]
    assert [reply.turn for reply in await agent.replies("mine")] == [1]
    await agent.forget("mine")
    assert await agent.conversations() == ["theirs"]
    for file in tmp_path.glob("conversations.sqlite*"):  # noqa: ASYNC240
        assert b"Quillfeather" not in file.read_bytes()
    with pytest.raises(UnknownConversation, match="'mine'"):
        await agent.profile("mine")


@pytest.mark.parametrize("method", ["profile", "history", "export", "replies", "forget"])
async def test_an_unknown_conversation_is_named(agent: MovieAgent, method: str) -> None:
    with pytest.raises(UnknownConversation, match="'nobody'"):
        await getattr(agent, method)("nobody")


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("\u200b", "empty"),
        ("x" * 200_000, "200,000 characters"),
        ("PK\x03\x04\x00\x00", "isn't text"),
        ("\x01\x02\x03\x04 hello", "isn't text"),
        ("lone \ud83d surrogate", "broken characters"),
    ],
)
async def test_messages_that_are_no_messages(agent: MovieAgent, message: str, says: str) -> None:
    await agent.send("I loved Heat", "c")
    with pytest.raises(BadMessage, match=says):
        await agent.send(message, "c")
    with pytest.raises(BadMessage, match=says):
        _ = [event async for event in agent.stream(message, "c")]
    assert (await agent.send("more", "c")).turn == 2


@pytest.mark.parametrize("name", ["", "x" * 300, "a\x00b"])
async def test_names_that_are_no_names(agent: MovieAgent, name: str) -> None:
    with pytest.raises(UsageError, match="can't name a conversation"):
        await agent.send("hello", name)


@pytest.mark.parametrize(
    "message",
    [
        "👍",
        "x" * 19_999,
        "؟؟؟",
        "DROP TABLE checkpoints;",
        "<script>alert(1)</script>",
        "{{x}}",
        "💔" * 300,
    ],
)
async def test_odd_messages_get_an_answer(agent: MovieAgent, message: str) -> None:
    assert (await agent.send(message, "odd")).text


async def test_abandoning_a_stream_frees_the_conversation(agent: MovieAgent) -> None:
    async for _ in agent.stream("I loved Heat", "c"):
        break
    reply = await asyncio.wait_for(agent.send("I loved Amélie", "c"), timeout=10)
    assert reply.understood[0].startswith("You loved Am")


async def test_nothing_is_traced_or_warned_about(
    agent: MovieAgent, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "nothing")
    threads = set(threading.enumerate())
    with caplog.at_level(logging.WARNING):
        await agent.send("I loved Heat", "c")
        await agent.send("more", "c")
    assert not caplog.records
    new = [t.name for t in threading.enumerate() if t not in threads]
    assert not [name for name in new if "trac" in name.lower() or "langsmith" in name.lower()]


async def test_a_broken_conversation_file_is_a_sentence(home: Path) -> None:
    settings = load_settings(home=home)
    settings.conversations_path.write_bytes(b"not a database at all" * 400)
    with pytest.raises(StorageError, match=r"conversations\.sqlite.*move that file away"):
        await MovieAgent.open(settings)
    settings.conversations_path.unlink()
    async with await MovieAgent.open(settings) as agent:
        assert (await agent.send("hello")).text


async def test_a_file_that_breaks_later_is_a_sentence(agent: MovieAgent, tmp_path: Path) -> None:
    await agent.send("I loved Heat", "c")
    await agent._conversations.close()
    path = tmp_path / "conversations.sqlite"
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StorageError):
        store = await SqliteConversations.open(path)
        try:
            await MovieAgent(load_settings(home=tmp_path), agent.catalogue, store).send("more", "c")
        finally:
            await store.close()


async def test_a_folder_that_is_a_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(StorageError, match="home"):
        await MovieAgent.open(load_settings(home=tmp_path / "home"))


def test_the_synchronous_twins(home: Path) -> None:
    settings = load_settings(home=home)
    agent = MovieAgent.open_sync(settings)
    try:
        assert len(agent.send_sync("I loved Heat").picks) == 5
        assert agent.wait(agent.profile()).active
        with pytest.raises(CatalogueBusy):
            MovieAgent.open_sync(settings)

        async def inside() -> None:
            agent.send_sync("from the loop itself")

        with pytest.raises(UsageError, match="await"):
            agent.wait(inside())
    finally:
        agent.close_sync()
    assert not [thread for thread in threading.enumerate() if thread.name == "moodreel"]


async def test_memory_conversations_end_with_the_process(starter: Catalogue) -> None:
    agent = MovieAgent(load_settings(), starter, MemoryConversations())
    await agent.send("I loved Heat", "c")
    assert await agent.conversations() == ["c"]
    await agent.forget("c")
    assert await agent.conversations() == []


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("no wait, no musicals either", "No musical."),
        ("wait, no horror", "No horror."),
        ("sorry, no westerns please", "No western."),
        ("wait no, musicals", "Only musical."),
    ],
)
async def test_a_correction_takes_no_no_away(
    said: str, understood: str, starter: Catalogue
) -> None:
    agent = MovieAgent(load_settings(), starter, MemoryConversations())
    await agent.send("something gentle and funny", "one")
    assert (await agent.send(said, "one")).understood == (understood,)


def test_picks_per_list_are_a_setting(starter: Catalogue) -> None:
    async def three() -> int:
        agent = MovieAgent(load_settings(picks=3), starter, MemoryConversations())
        return len((await agent.send("I loved Heat")).picks)

    assert asyncio.run(three()) == 3


def test_the_public_face_is_lazy() -> None:
    assert set(moodreel.__all__) <= set(dir(moodreel))
    assert moodreel.MovieAgent is MovieAgent
    with pytest.raises(AttributeError, match="Nothing"):
        _ = moodreel.Nothing
    code = "import sys, moodreel; assert not {'langgraph', 'pydantic', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


async def test_limits_hold_in_a_real_dialogue(agent: MovieAgent) -> None:
    message = "something like Paddington 2 but not animated, under two hours; we've seen Elf"
    reply = await agent.send(message, "c")
    assert len(reply.picks) == 5
    for item in agent.catalogue.get([pick.id for pick in reply.picks]).values():
        assert Genres(none_of=("Animation",)).allows(item)
        assert item.runtime_min is not None
        assert item.runtime_min < 120
        assert item.title not in {"Elf", "Paddington 2"}


async def test_a_lesser_embedder_is_said_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with light_catalogue(tmp_path) as catalogue:
        monkeypatch.setattr(
            embedding_step, "missing_weights", lambda: "no weights; run make install."
        )
        agent = MovieAgent(Settings(home=tmp_path), catalogue, MemoryConversations())
        first = await agent.send("a heist film", "a")
        second = await agent.send("lighter", "a")
    assert first.notices == ("I match less well than I could: no weights; run make install.",)
    assert second.notices == ()


async def test_ratings_that_can_not_be_read_are_said_once(home: Path) -> None:
    (home / "community").mkdir()
    (home / "community" / "manifest.json").write_text("{}")
    async with await MovieAgent.open(Settings(home=home, conversations="memory")) as agent:
        first = await agent.send("a heist film", "a")
        second = await agent.send("lighter", "a")
    assert "without other people's ratings" in first.notices[0]
    assert "ingest them again" in first.notices[0]
    assert first.picks
    assert second.notices == ()


@contextmanager
def light_catalogue(folder: Path) -> Iterator[Catalogue]:
    """The starter films under the light embedder, as where MiniLM is missing."""
    catalogue = open_catalogue(folder, "light")
    try:
        yield catalogue
    finally:
        catalogue.close()


async def test_variables_of_old_tracers_stop_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGCHAIN_TRACING", "true")
    async with await MovieAgent.open(load_settings(home=home)) as opened:
        assert len((await opened.send("something funny")).picks) == 5
