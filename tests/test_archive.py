"""What is kept of people: told whole, erased whole, and gone when it has rested long enough."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from moodreel.agent.archive import Keeping, Removed, prune
from moodreel.agent.channels import terminal
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import About, Conversations
from moodreel.agent.sentences import sentence
from moodreel.agent.session import Session, is_owner
from moodreel.agent.settings import Settings, load_settings
from moodreel.agent.storage.base import Begun, now
from moodreel.errors import UnknownConversation
from moodreel.ingest.catalogue import Catalogue

DAY = 86_400.0
OLD, NEW = "2026-01-01T00:00:00.000+00:00", "2026-03-01T00:00:00.000+00:00"
MARCH = 1_772_323_200.0
"""The moment of ``NEW``."""


@pytest.fixture
async def agent(store: Conversations, starter: Catalogue, tmp_path: Path) -> MovieAgent:
    return MovieAgent(Settings(home=tmp_path), starter, store, year=2026)


def at(thread: str, user: str = "ann", tenant: str = "T1") -> Session:
    return Session(tenant, "films", thread, user)


async def rested(store: Conversations, session: Session, since: str) -> None:
    (about,) = [each for each in await store.about(session.key) if each.id == session.key]
    await store.count(About(about.id, about.title, about.turns, since))


async def test_an_export_has_all_of_one_person_and_nothing_of_others(
    agent: MovieAgent, store: Conversations
) -> None:
    await agent.send("I loved Heat", at("one"))
    await agent.send("something funny", at("two"))
    await agent.send("I loved Alien", at("one", "ben"))
    await agent.send("I loved Jaws", at("one", tenant="T2"))
    await store.begin(Begun(at("one").key, "left", at("one").owner, 1.0, "where was I"))
    whole = json.loads(json.dumps(await agent.export_person(at("one"))))
    assert [each["item"]["title"] for each in whole["taste"]] == ["Heat"]
    assert {each["conversation"] for each in whole["conversations"]} == {
        at("one").key,
        at("two").key,
    }
    assert [each["message"] for each in whole["unanswered"]] == ["where was I"]
    for other in ("Alien", "Jaws"):
        assert f"I loved {other}" not in json.dumps(whole)
    assert await agent.export_person("@T1/nobody/") == {
        "user": "@T1/nobody/", "taste": [], "conversations": [], "unanswered": [],
    }  # fmt: skip


async def test_erasing_leaves_nothing_of_one_person_and_all_of_others(
    agent: MovieAgent, store: Conversations, tmp_path: Path
) -> None:
    await agent.send("I loved Quillfeather Manor and Heat", at("one"))
    await agent.send("no Quillfeather", at("two"))
    await agent.send("I loved Alien", at("one", "ben"))
    await store.begin(Begun(at("one").key, "left", at("one").owner, 1.0, "Quillfeather"))
    assert await agent.erase_person(at("any")) == Removed(2, 1)
    for thread in ("one", "two"):
        with pytest.raises(UnknownConversation):
            await agent.profile(at(thread))
    assert (await agent.taste(at("one"))).entries == ()
    assert await agent.lost_turns() == []
    assert [sentence(e) for e in (await agent.profile(at("one", "ben"))).active] == [
        "You loved Alien (1979)."
    ]
    for file in tmp_path.glob("conversations.sqlite*"):  # noqa: ASYNC240
        assert b"Quillfeather" not in file.read_bytes()
    assert await agent.erase_person(at("any")) == Removed(0, 0)
    assert (await agent.send("hello", at("one"))).profile.entries == ()


async def test_what_rested_too_long_goes_and_taste_with_the_last(
    agent: MovieAgent, store: Conversations
) -> None:
    await agent.send("I loved Heat", at("old"))
    await agent.send("something funny", at("new"))
    await agent.send("I loved Alien", at("old", "ben"))
    for session, since in ((at("old"), OLD), (at("new"), NEW), (at("old", "ben"), OLD)):
        await rested(store, session, since)
    later = 4_000_000_000.0
    assert await prune(store, 60, MARCH) == Removed(0, 0)
    assert await prune(store, 30, MARCH) == Removed(2, 0)
    assert [about.id for about in await store.about("")] == [at("new").key]
    assert len(await store.lasting(at("any").owner)) == 1
    assert await prune(store, 30, later) == Removed(1, 2)
    assert await store.lasting(at("any").owner) == []
    assert await store.ids() == []


async def unlisted(agent: MovieAgent, session: Session) -> None:
    """A conversation as it is left by a process that ends before it is listed."""

    async def ended(*_: object) -> None:
        raise ZeroDivisionError

    with pytest.MonkeyPatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(agent, "_noted", ended)
        await agent.send("I loved\nHeat", session)


async def test_what_was_kept_and_never_listed_is_told_and_erased(
    agent: MovieAgent, store: Conversations
) -> None:
    await unlisted(agent, at("one"))
    await unlisted(agent, at("one", "ben"))
    assert await store.about("") == []
    (told,) = (await agent.export_person(at("any")))["conversations"]
    assert told["conversation"] == at("one").key
    await store.forget(at("one").key)
    await unlisted(agent, at("one"))
    assert await agent.erase_person(at("any")) == Removed(1, 0)
    assert await store.ids() == [at("one", "ben").key]


async def test_what_was_kept_and_never_listed_goes_after_a_while(
    agent: MovieAgent, store: Conversations
) -> None:
    await unlisted(agent, at("one"))
    ended = now()
    assert await prune(store, 30, MARCH) == Removed(0, 0)
    (about,) = await agent.listed()
    assert (about.id, about.title, about.turns) == (at("one").key, "I loved Heat", 1)
    assert NEW < about.changed <= ended
    assert await prune(store, 30, 4_000_000_000.0) == Removed(1, 0)
    assert await store.ids() == []


async def test_what_is_going_on_stays(agent: MovieAgent, store: Conversations) -> None:
    await agent.send("I loved Heat", at("old"))
    await rested(store, at("old"), OLD)
    stream = agent.stream("no horror", at("old"))
    await anext(stream)
    removing = asyncio.create_task(prune(store, 30, MARCH))
    async for _ in stream:
        pass
    assert await removing == Removed(0, 0)
    assert len(await agent.history(at("old"))) == 4


async def test_notes_of_answered_turns_are_kept_for_a_day(store: Conversations) -> None:
    for turn_id, began in (("old", MARCH - 2 * DAY), ("new", MARCH - 60)):
        turn = Begun("one", turn_id, "one", began, "x")
        await store.begin(turn)
        await store.finish(turn)
    await store.begin(Begun("one", "left", "one", MARCH - 2 * DAY, "x"))
    assert await Keeping(store, None).tidy(MARCH) == Removed()
    assert sorted(await store.began_since(0.0, None)) == [MARCH - 2 * DAY, MARCH - 60]
    assert await Keeping(store, 1).tidy(MARCH) == Removed()
    assert await store.unfinished() == []


async def test_opening_removes_what_is_too_old(home: Path) -> None:
    settings = load_settings(home=home, engine="builtin", keep_days=30)
    async with await MovieAgent.open(settings) as agent:
        await agent.send("I loved Heat", at("old"))
        await rested(agent._conversations, at("old"), OLD)
    async with await MovieAgent.open(settings) as agent:
        async with asyncio.timeout(20):
            while await agent.conversations():  # noqa: ASYNC110 - nothing tells of it
                await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("text", "owner"),
    [("@T1/ann/", True), ("web-0123456789abcdef-", True), ("ann", False), ("@T1/ann", False),
     ("", False), ("@T1/ann/films/", False)],
)  # fmt: skip
def test_what_names_a_person(text: str, owner: bool) -> None:
    assert is_owner(text) is owner


class TestCommand:
    """``moodreel sessions``."""

    @pytest.fixture(autouse=True)
    def _kept(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MOODREEL_HOME", str(home))

        async def talk() -> None:
            async with await MovieAgent.open(load_settings(engine="builtin")) as agent:
                await agent.send("I loved Heat", at("one"))
                await agent.send("\x9b31mno horror <b>", "plain")

        asyncio.run(talk())

    def run(self, *arguments: str) -> int:
        with pytest.raises(SystemExit) as ended:
            terminal.main(["sessions", *arguments])
        return int(ended.value.code or 0)

    def test_lists(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.run("list") == 0
        out = capsys.readouterr().out
        assert "1 turn  @T1/ann/films/one  I loved Heat" in out
        assert "\x9b" not in out
        assert self.run("list", "--user", "ann", "--tenant", "T1", "--json") == 0
        (about,) = json.loads(capsys.readouterr().out)
        assert (about["id"], about["user"]) == (at("one").key, "@T1/ann/")

    def test_exports_and_erases(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.run("export", "--user", "@T1/ann/") == 0
        assert json.loads(capsys.readouterr().out)["taste"][0]["item"]["title"] == "Heat"
        assert self.run("erase", "--user", "ann", "--tenant", "T1", "--yes", "--json") == 0
        assert json.loads(capsys.readouterr().out) == {"conversations": 1, "people": 1}
        assert self.run("export", "--user", "ann", "--tenant", "T1") == 2
        assert "Nothing is kept of 'ann'" in capsys.readouterr().err
        assert self.run("list") == 0
        assert "plain" in capsys.readouterr().out

    def test_prunes(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert self.run("prune") == 2
        assert "--days or MOODREEL_KEEP_DAYS" in capsys.readouterr().err
        monkeypatch.setenv("MOODREEL_KEEP_DAYS", "5")
        assert self.run("prune") == 0
        assert capsys.readouterr().out.startswith("Removed: 0 conversations")
