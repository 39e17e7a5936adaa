"""Sessions: keys that never meet, taste that lasts, and wishes that don't."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import Conversations
from moodreel.agent.profile import TasteProfile
from moodreel.agent.sentences import evidence, sentence
from moodreel.agent.session import ConversationName, Session, owner_of
from moodreel.agent.settings import Settings
from moodreel.errors import UnknownConversation, UsageError
from moodreel.ingest.catalogue import Catalogue

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SESSIONS = st.builds(
    Session, tenant=TEXTS, channel=TEXTS, thread=TEXTS, user=TEXTS.filter(bool)
)  # fmt: skip


@pytest.fixture
async def agent(store: Conversations, starter: Catalogue, tmp_path: Path) -> MovieAgent:
    return MovieAgent(Settings(home=tmp_path), starter, store, year=2026)


def at(thread: str, user: str = "ann", tenant: str = "T1") -> Session:
    return Session(tenant, "films", thread, user)


def facts(profile: TasteProfile) -> list[str]:
    return [sentence(entry) for entry in profile.active]


async def known(agent: MovieAgent, conversation: ConversationName) -> list[str]:
    return facts(await agent.profile(conversation))


@given(SESSIONS, SESSIONS)
def test_no_two_sessions_have_one_key(one: Session, other: Session) -> None:
    assert (one == other) == (one.key == other.key)
    same = (one.tenant, one.user) == (other.tenant, other.user)
    assert same == (one.owner == other.owner)


@given(SESSIONS)
def test_a_key_is_short_and_plain_and_tells_whose_it_is(session: Session) -> None:
    assert session.key.isascii()
    assert session.key.isprintable()
    assert len(session.key) <= 200
    assert owner_of(session.key) == session.owner
    assert session.key.startswith(session.owner)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "b/c", "", "u"), ("a", "b", "c/", "u")),
        (("a/b", "", "", "u"), ("a", "", "", "b/u")),
        (("", "", "", "~"), ("", "", "", "%7E")),
        (("", "", "", "x" * 45), ("", "", "", "x" * 46)),
    ],
)
def test_separators_in_parts_are_no_separators(
    one: tuple[str, str, str, str], other: tuple[str, str, str, str]
) -> None:
    assert Session(*one).key != Session(*other).key
    assert Session(*one).owner != Session(*other).owner or one[3] == other[3]


@pytest.mark.parametrize("parts", [("", "", "", ""), ("", "", "x" * 1001, "u"), (1, "", "", "u"),
                                   ("", "\ud800", "", "u")])  # fmt: skip
def test_what_is_no_session_is_refused(parts: tuple[str, str, str, str]) -> None:
    with pytest.raises(UsageError, match="session"):
        Session(*parts)


@pytest.mark.parametrize(
    "name", ["default", "@ann", "@a/b", "@a/b/c/d/e", "web-1-2", "@a b/c/d/e", "@/ä/c/d"]
)
def test_other_names_are_nobodys(name: str) -> None:
    assert owner_of(name) is None


async def test_taste_lasts_and_wishes_are_tonights(agent: MovieAgent) -> None:
    await agent.send("I loved Heat", at("one"))
    await agent.send("I never watch horror", at("one"))
    await agent.send("something funny from the 90s", at("one"))
    reply = await agent.send("a quiet drama", at("two"))
    assert {"You loved Heat (1995).", "No horror, ever."} <= set(facts(reply.profile))
    assert not [fact for fact in facts(reply.profile) if "199" in fact and "Heat" not in fact]
    assert not any("Horror" in pick.genres for pick in reply.picks)
    assert reply.understood == tuple(each for each in reply.understood if "Heat" not in each)
    assert evidence(reply.profile.active[0]).endswith("another conversation")


async def test_each_person_of_a_thread_has_a_profile(agent: MovieAgent) -> None:
    await agent.send("I loved Heat", at("group", "ann"))
    await agent.send("I hated Heat", at("group", "ben"))
    await agent.send("hello", at("group", "ann", tenant="T2"))
    assert await known(agent, at("group", "ann")) == ["You loved Heat (1995)."]
    assert await known(agent, at("group", "ben")) == ["You didn't like Heat (1995)."]
    assert await known(agent, at("group", "ann", tenant="T2")) == []
    assert facts(await agent.taste(at("elsewhere", "ben"))) == ["You didn't like Heat (1995)."]


async def test_undo_is_known_everywhere_and_takes_only_what_was_said_here(
    agent: MovieAgent,
) -> None:
    await agent.send("I loved Heat", at("one"))
    await agent.send("I loved Alien", at("two"))
    assert (await agent.undo(at("two"))).understood == ("Taken back: you loved Alien (1979).",)
    assert (await agent.undo(at("two"))).text == "There was nothing to take back."
    assert await known(agent, at("two")) == ["You loved Heat (1995)."]
    assert facts((await agent.send("hello", at("one"))).profile) == ["You loved Heat (1995)."]
    await agent.undo(at("one"))
    assert await known(agent, at("two")) == []


async def test_a_later_word_elsewhere_counts_until_it_is_taken_back(agent: MovieAgent) -> None:
    await agent.send("I loved Heat", at("one"))
    await agent.send("I hated Heat", at("two"))
    assert await known(agent, at("one")) == ["You didn't like Heat (1995)."]
    await agent.send("hello", at("one"))
    await agent.undo(at("two"))
    for thread in ("one", "two", "three"):
        reply = await agent.send("hello", at(thread))
        assert facts(reply.profile) == ["You loved Heat (1995)."]


async def test_forgetting_in_words_reaches_every_conversation(agent: MovieAgent) -> None:
    await agent.send("I never watch horror", at("one"))
    await agent.send("hello", at("two"))
    await agent.send("forget that I said no horror", at("two"))
    assert await known(agent, at("one")) == []
    assert facts(await agent.taste(at("new"))) == []


async def test_two_conversations_at_once_lose_nothing(agent: MovieAgent) -> None:
    films = ("Heat", "Alien", "Jaws", "Vertigo", "Paddington", "Collateral")
    await asyncio.gather(*(agent.send(f"I loved {film}", at(film)) for film in films))
    said = await agent.taste(at("new"))
    assert {fact.split(" (")[0] for fact in facts(said)} == {f"You loved {film}" for film in films}
    for film in films:
        reply = await agent.send("hello", at(film))
        assert sorted(facts(reply.profile)) == sorted(facts(said))


async def test_a_retracted_turn_is_known_nowhere(agent: MovieAgent) -> None:
    await agent.send("I loved Heat", at("one"))
    await agent.send("I hated Heat", at("one"))
    await agent.send("hello", at("two"))
    await agent.retract(at("one"))
    assert await known(agent, at("two")) == ["You loved Heat (1995)."]
    await agent.send("I loved Alien", at("three"))
    await agent.retract(at("three"))
    with pytest.raises(UnknownConversation):
        await agent.profile(at("three"))
    assert facts(await agent.taste(at("three"))) == ["You loved Heat (1995)."]


async def test_a_turn_whose_taste_was_never_passed_on_passes_it_on_later(
    agent: MovieAgent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the process ended between the two writes."""
    with monkeypatch.context() as patch:

        async def lost(owner: str, changes: object) -> None:
            raise OSError("gone")

        patch.setattr(agent._conversations, "publish", lost)
        with pytest.raises(Exception, match="gone"):
            await agent.send("I loved Heat", at("one"))
    assert facts(await agent.taste(at("two"))) == []
    await agent.send("hello", at("one"))
    assert facts(await agent.taste(at("two"))) == ["You loved Heat (1995)."]


async def test_plain_names_share_nothing(agent: MovieAgent) -> None:
    await agent.send("I loved Heat", "one")
    assert facts((await agent.send("hello", "two")).profile) == []
    await agent.send("I loved Alien", at("one"))
    assert await known(agent, at("one").key) == await known(agent, at("one"))
    assert [about.id for about in await agent.listed(at("x").owner)] == [at("one").key]
