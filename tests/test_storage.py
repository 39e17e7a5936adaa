"""Where conversations are kept: the same on every store, in old files, and when a server dies."""

from __future__ import annotations

import asyncio
import gzip
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from moodreel.agent.bench.postgres_server import PostgresServer
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import About, Conversations, open_conversations
from moodreel.agent.edits import Attitude, ItemRef
from moodreel.agent.lasting import Change
from moodreel.agent.sentences import sentence
from moodreel.agent.session import Session
from moodreel.agent.settings import Settings, load_settings
from moodreel.errors import BadSettings, StorageError
from moodreel.ingest.catalogue import Catalogue

from .stores import kept_in

SHARED = ("sqlite", "postgres")
OLDER = Path(__file__).parent / "kept_by_older.sqlite.gz"
LOVED = Attitude(item=ItemRef(id="x", title="Heat"), feeling="loved", words="I loved 100% of it?")


@pytest.fixture(params=SHARED)
async def two(
    tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[tuple[Conversations, Conversations]]:
    """One place, opened twice at once as two processes would."""
    opened = await asyncio.gather(*(kept_in(request.param, tmp_path, request) for _ in range(2)))
    yield opened[0], opened[1]
    for each in opened:
        await each.close()


async def test_a_list_keeps_titles_and_finds_by_beginning(store: Conversations) -> None:
    await store.count(About("a-1", "first", 1, "2026-01-01"))
    await store.note(About("a-1", "renamed?", 1, "2026-01-02"))
    await store.count(About("a-1", "ignored", 2, "2026-01-03"))
    await store.count(About("a%2", "wild_card", 1, "2026-01-04"))
    await store.count(About("ä-1", "other", 1, "2026-01-05"))
    await store.count(About("A-1", "capital", 1, "2026-01-06"))
    assert await store.about("a-") == [About("a-1", "renamed?", 2, "2026-01-03")]
    assert [about.id for about in await store.about("a")] == ["a%2", "a-1"]
    assert len(await store.about("")) == 4


async def test_taste_is_rows_with_versions(store: Conversations) -> None:
    await store.publish("@/ann/", [Change("z", LOVED), Change("a", LOVED)])
    await store.publish("@/ben/", [Change("z", LOVED)])
    await store.publish("@/ann/", [Change("z", None)])
    first, second = await store.lasting("@/ann/")
    assert (first.id, first.version, first.content) == ("z", 2, None)
    assert (second.id, second.version, second.content) == ("a", 1, LOVED)
    await store.forget_owner("@/ann/")
    assert await store.lasting("@/ann/") == []
    assert len(await store.lasting("@/ben/")) == 1


async def test_two_processes_take_turns(two: tuple[Conversations, Conversations]) -> None:
    inside: list[int] = []
    seen: list[int] = []

    async def visit(number: int) -> None:
        async with two[number % 2].hold("one"):
            inside.append(number)
            seen.append(len(inside))
            await asyncio.sleep(0.01)
            inside.remove(number)

    await asyncio.gather(*(visit(number) for number in range(6)))
    assert seen == [1] * 6


async def test_other_conversations_need_not_wait(two: tuple[Conversations, Conversations]) -> None:
    async with two[0].hold("one"), two[1].hold("two"), two[0].hold("three"):
        waiting = asyncio.create_task(_visit(two[1], "one"))
        done, _ = await asyncio.wait([waiting], timeout=0.1)
        assert not done
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
    async with asyncio.timeout(20):
        await _visit(two[1], "one")
        await _visit(two[0], "one")


async def _visit(store: Conversations, name: str) -> None:
    async with store.hold(name):
        pass


async def test_waiting_can_be_given_up_at_any_moment(
    two: tuple[Conversations, Conversations],
) -> None:
    for ticks in range(12):
        turn = asyncio.create_task(_visit(two[0], "one"))
        for _ in range(ticks):
            await asyncio.sleep(0)
        turn.cancel()
        await asyncio.gather(turn, return_exceptions=True)
    async with asyncio.timeout(20):
        await _visit(two[1], "one")


async def test_one_conversation_hops_between_two_agents(
    two: tuple[Conversations, Conversations], starter: Catalogue, tmp_path: Path
) -> None:
    agents = [MovieAgent(Settings(home=tmp_path), starter, store) for store in two]
    messages = ["I loved Heat", "more", "no horror", "more", "undo", "more"]
    replies = await asyncio.gather(
        *(agents[place % 2].send(message, "hop") for place, message in enumerate(messages))
    )
    assert sorted(reply.turn for reply in replies) == [1, 2, 3, 4, 5, 6]
    shown = [pick.id for reply in replies for pick in reply.picks]
    assert len(shown) == len(set(shown))
    assert await agents[0].history("hop") == await agents[1].history("hop")
    saved = [each async for each in two[0].saver.alist({"configurable": {"thread_id": "hop"}})]
    assert len(saved) == 2


async def test_what_an_older_version_kept_is_taken_over(starter: Catalogue, tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    settings.conversations_path.write_bytes(gzip.decompress(OLDER.read_bytes()))
    name = "web-0123456789abcdef-00000001"
    for _ in range(2):
        store = await open_conversations(settings)
        agent = MovieAgent(settings, starter, store)
        assert [about.id for about in await agent.listed()] == ["default", name]
        assert [sentence(e) for e in (await agent.profile(name)).active][:2] == [
            "You loved Heat (1995).",
            "No horror, ever.",
        ]
        await store.close()
    store = await open_conversations(settings)
    agent = MovieAgent(settings, starter, store)
    assert (await agent.send("more", name)).turn == 3
    other = await agent.send("hello", "web-0123456789abcdef-00000002")
    assert "You loved Heat (1995)." in map(sentence, other.profile.active)
    await store.close()


async def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    await (await open_conversations(settings)).close()
    with sqlite3.connect(settings.conversations_path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = settings.conversations_path.read_bytes()
    with pytest.raises(StorageError, match=r"newer Moodreel [(]version 99"):
        await open_conversations(settings)
    assert settings.conversations_path.read_bytes() == before


async def test_a_database_of_a_newer_version_is_left_alone(database: str) -> None:
    opened = await open_conversations(load_settings(database=database))
    await opened._write(("INSERT INTO moodreel_schema VALUES (?)", (99,)))  # type: ignore[attr-defined]
    await opened.close()
    with pytest.raises(StorageError, match=r"newer Moodreel [(]version 99"):
        await open_conversations(load_settings(database=database))


@pytest.fixture
async def dying(
    starter: Catalogue, tmp_path: Path, own_postgres: PostgresServer
) -> AsyncIterator[tuple[PostgresServer, MovieAgent]]:
    """A server that can be stopped, and an agent whose conversations are kept there."""
    with own_postgres as server:
        settings = load_settings(home=tmp_path, database=server.make("dies"))
        store = await open_conversations(settings)
        yield server, MovieAgent(settings, starter, store)
        await store.close()


async def back(agent: MovieAgent, where: Session | str) -> None:
    """Wait until the pool, which looks ever less often, has found the server again."""
    for _ in range(6):
        with suppress(StorageError):
            await agent.history(where)
            return


async def test_a_server_that_dies_is_a_sentence_and_comes_back(
    dying: tuple[PostgresServer, MovieAgent],
) -> None:
    server, agent = dying
    await agent.send("I loved Heat", "one")
    server.stop(signal.SIGQUIT)
    with pytest.raises(StorageError, match=r"Postgres server '.*/dies' can't be reached"):
        await agent.send("no horror", "one")
    with pytest.raises(StorageError):
        await agent.profile("one")
    server.start()
    await back(agent, "one")
    reply = await agent.send("no horror", "one")
    assert reply.turn == 2
    assert [sentence(e) for e in reply.profile.active] == [
        "You loved Heat (1995).",
        "No horror.",
    ]


async def test_a_server_that_dies_in_the_middle_of_a_turn(
    dying: tuple[PostgresServer, MovieAgent],
) -> None:
    server, agent = dying
    where = Session("", "a", "b", "ann")
    await agent.send("I loved Heat", where)
    with pytest.raises(StorageError):
        async for event in agent.stream("I hated Alien", where):
            if event.event == "understood":
                server.stop(signal.SIGQUIT)
    server.start()
    await back(agent, where)
    assert [text for _, text in await agent.history(where)][::2] == ["I loved Heat"]
    assert (await agent.send("I hated Alien", where)).turn == 2
    assert len((await agent.taste(where)).active) == 2


async def test_a_turn_that_lost_its_lock_writes_over_nobody(
    starter: Catalogue, tmp_path: Path, database: str
) -> None:
    """As when the server restarts in the middle of a turn, and another process takes the next."""
    settings = load_settings(home=tmp_path, database=database)
    stores = [await open_conversations(settings) for _ in range(2)]
    first, second = (MovieAgent(settings, starter, store) for store in stores)
    stream = first.stream("I loved Heat", "one")
    await anext(stream)
    await stores[0]._locks.close()  # type: ignore[attr-defined]
    await second.send("I loved Alien", "one")
    with pytest.raises(StorageError, match="Another process has answered"):
        async for _ in stream:
            pass
    assert [text for _, text in await first.history("one")][::2] == ["I loved Alien"]
    for store in stores:
        await store.close()


@pytest.mark.parametrize(
    ("address", "says"),
    [("mysql://x", "is no address"), ("sqlite:///", "names no file"), ("secret", "is no address")],
)
def test_addresses_that_can_not_be_are_refused(address: str, says: str) -> None:
    with pytest.raises(BadSettings, match=says):
        load_settings(database=address)


def test_a_database_and_memory_contradict() -> None:
    with pytest.raises(BadSettings, match="leave one of the two out"):
        load_settings(database="postgresql:///x", conversations="memory")


async def test_no_message_shows_the_password() -> None:
    settings = load_settings(database="postgresql://ann:hush-hush@127.0.0.1:9/films")
    assert "hush" not in repr(settings)
    with pytest.raises(StorageError, match=r"'127\.0\.0\.1:9/films'") as raised:
        await open_conversations(settings)
    assert "hush" not in str(raised.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ann:hush hush@h/d",
        "postgresql://ann:hu%zzsh@h/d",
        "postgresql://ann:hush@[h/d",
    ],
)
async def test_an_address_that_can_not_be_read_is_not_repeated(address: str) -> None:
    with pytest.raises(BadSettings, match="can't be read as an address") as raised:
        await open_conversations(load_settings(database=address))
    assert "hu" not in str(raised.value)
    assert raised.value.__suppress_context__


async def test_a_sqlite_file_may_be_anywhere(tmp_path: Path) -> None:
    file = tmp_path / "far" / "away.sqlite"
    opened = await open_conversations(load_settings(database=f"sqlite:///{file}"))
    await opened.close()
    assert file.exists()
