"""Who sees which conversation, how the agent is opened, and where a visitor arrives."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.channels.web.desk import Desk, account_secret, beginning, is_owner, new_owner
from moodreel.agent.channels.web.launch import PORT, Serving, listening
from moodreel.agent.channels.web.sessions import Shelf
from moodreel.agent.channels.web.turns import Turns
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.settings import load_settings
from moodreel.errors import CatalogueBusy, UsageError, WorkError
from moodreel.ingest.catalogue import Catalogue, Progress

ANN, BOB = "a" * 32, "b" * 32


async def never(_: Progress) -> MovieAgent:
    """An agent that stays being opened."""
    await asyncio.Event().wait()
    raise AssertionError


@pytest.fixture
def desk(starter: Catalogue) -> Desk:
    """A desk whose agent opens at once, on the shared catalogue."""

    async def opening(_: Progress) -> MovieAgent:
        return MovieAgent(load_settings(), starter, MemoryConversations())

    return Desk(opening)


def test_a_conversation_is_its_owners() -> None:
    desk = Desk(never)
    name = desk.new_conversation(ANN)
    assert desk.checked(ANN, name) == name
    assert desk.new_conversation(ANN) != name
    with pytest.raises(UsageError, match="somebody else"):
        desk.checked(BOB, name)


@pytest.mark.parametrize(
    "conversation",
    ["", None, 7, ["web"], "default", f"{beginning(ANN)}1234567", f"{beginning(ANN)}12345678\n",
     f"{beginning(ANN)}12345678%", f"{beginning(ANN)}1234567Z", "web-" + "0" * 25],
)  # fmt: skip
def test_what_is_no_conversation_is_refused(conversation: object) -> None:
    with pytest.raises(UsageError):
        Desk(never).checked(ANN, conversation)


@given(owner=st.text() | st.none() | st.integers() | st.lists(st.text()))
def test_what_is_no_owner_owns_nothing(owner: object) -> None:
    if is_owner(owner):
        return
    with pytest.raises(UsageError):
        beginning(owner)
    with pytest.raises(UsageError):
        Desk(never).new_conversation(owner)


def test_owners_are_never_the_same() -> None:
    owners = {new_owner() for _ in range(100)}
    assert len(owners) == 100
    assert all(is_owner(owner) for owner in owners)


def test_an_account_is_one_owner_everywhere_and_not_to_be_guessed() -> None:
    desk, again, other = (
        Desk(never, accounts=b"s"),
        Desk(never, accounts=b"s"),
        Desk(never, accounts=b"t"),
    )
    assert desk.owner_of("ann") == again.owner_of("ann")
    assert is_owner(desk.owner_of("ann"))
    assert len({desk.owner_of("ann"), desk.owner_of("bob"), other.owner_of("ann")}) == 3
    assert Desk(never).owner_of("ann") is None
    assert desk.owner_of(None) is None


def test_the_secret_of_accounts_is_kept_and_nobody_elses_to_read(tmp_path: Path) -> None:
    secret = account_secret(tmp_path / "new")
    assert len(secret) == 32
    assert account_secret(tmp_path / "new") == secret
    assert account_secret(tmp_path / "other") != secret
    mode = (tmp_path / "new" / "accounts.secret").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


async def test_the_desk_tells_how_far_it_is(starter: Catalogue) -> None:
    told: list[Progress] = []
    opened = asyncio.Event()

    async def opening(progress: Progress) -> MovieAgent:
        told.append(progress)
        await opened.wait()
        return MovieAgent(load_settings(), starter, MemoryConversations())

    desk = Desk(opening)
    assert desk.state().phase == "building"
    waiting = asyncio.ensure_future(desk.agent())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    told[0](40, 100)
    assert (desk.state().phase, desk.state().percent) == ("building", 40)
    opened.set()
    assert await waiting is await desk.agent()
    assert desk.state().phase == "ready"
    waiting.cancel()


async def test_one_who_leaves_does_not_stop_the_opening_for_all() -> None:
    desk = Desk(never)
    opening = desk.open()
    waiting = asyncio.ensure_future(desk.agent())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert not opening.done()
    await desk.close()
    assert opening.cancelled()


async def test_what_can_not_be_opened_is_a_sentence() -> None:
    async def opening(_: Progress) -> MovieAgent:
        raise CatalogueBusy("The catalogue is open in another program.")

    desk = Desk(opening)
    with pytest.raises(CatalogueBusy):
        await desk.agent()
    assert desk.state().phase == "broken"
    assert desk.state().problem == "The catalogue is open in another program."
    await desk.close()


async def test_the_first_visit_makes_an_owner_and_a_later_one_keeps_it(desk: Desk) -> None:
    await desk.agent()
    owner, name, said = await Shelf(desk, Turns()).arrive(None, None, "")
    assert is_owner(owner)
    assert desk.checked(owner, name)
    assert said == ""
    again, other, _ = await Shelf(desk, Turns()).arrive(owner, None, "")
    assert again == owner
    assert other != name


async def test_an_address_resumes_a_conversation_of_ones_own_only(desk: Desk) -> None:
    agent = await desk.agent()
    name = desk.new_conversation(ANN)
    await agent.send("I loved Heat", name)
    assert await Shelf(desk, Turns()).arrive(ANN, None, name) == (ANN, name, "")
    for visitor in (BOB, None, "junk"):
        owner, shown, said = await Shelf(desk, Turns()).arrive(visitor, None, name)
        assert owner != ANN
        assert shown != name
        assert "isn't here" in said


async def test_while_the_agent_is_opened_a_page_keeps_its_conversation(starter: Catalogue) -> None:
    opened = asyncio.Event()

    async def opening(_: Progress) -> MovieAgent:
        await opened.wait()
        return MovieAgent(load_settings(), starter, MemoryConversations())

    desk = Desk(opening)
    owner, name, _ = await Shelf(desk, Turns()).arrive(None, None, "")
    assert await Shelf(desk, Turns()).arrive(owner, None, "", name) == (owner, name, "")
    opened.set()
    await desk.agent()
    assert await Shelf(desk, Turns()).arrive(owner, None, "", name) == (owner, name, "")
    stranger, other, _ = await Shelf(desk, Turns()).arrive(BOB, None, "", name)
    assert (stranger, other != name) == (BOB, True)


@pytest.mark.parametrize(
    "asked", ["nonsense", "web-" + "0" * 16 + "-" + "0" * 8, "<script>", "x" * 9000]
)
async def test_an_unknown_address_begins_anew_and_says_so(desk: Desk, asked: str) -> None:
    await desk.agent()
    owner, name, said = await Shelf(desk, Turns()).arrive(ANN, None, asked)
    assert desk.checked(owner, name)
    assert "isn't here" in said
    assert "<" not in said


async def test_an_account_counts_more_than_what_a_browser_keeps() -> None:
    desk = Desk(never, accounts=b"secret")
    owner, _, _ = await Shelf(desk, Turns()).arrive(BOB, "ann", "")
    assert owner == desk.owner_of("ann")


def test_a_taken_port_is_passed_over_or_a_sentence() -> None:
    with listening(Serving()) as first, listening(Serving()) as second:
        assert first.getsockname()[1] >= PORT
        assert second.getsockname()[1] > first.getsockname()[1]
        taken = cast(int, first.getsockname()[1])
        with pytest.raises(WorkError, match=f"{taken}.*another --port"):
            listening(Serving(port=taken))


def test_an_address_that_is_not_ours_is_a_sentence() -> None:
    with pytest.raises(WorkError, match=r"203\.0\.113\.9"):
        listening(Serving(host="203.0.113.9", port=PORT))
