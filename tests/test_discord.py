"""The Discord bot: commands, presses that outlive a restart, privacy, limits and every fault."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.channels.discord import embeds, gathering, text
from moodreel.agent.channels.discord.places import NOT_ALLOWED
from moodreel.agent.channels.discord.talking import FAILED
from moodreel.agent.channels.discord.views import NOT_YOURS
from moodreel.agent.channels.wording import visible
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.night.reply import Fit, GroupPick, GroupReply, Veto
from moodreel.agent.reply import Event, Pick, Reply, Scores
from moodreel.agent.session import Session
from moodreel.agent.settings import load_settings
from moodreel.errors import BadSettings
from moodreel.ingest.catalogue import Catalogue

from .discord_stage import (
    ANA,
    BEN,
    CLEO,
    DIRECT,
    GUILD,
    NO_POLLS,
    ROOM,
    THREAD,
    Discord,
    Fault,
    Json,
    Network,
    logged_in,
)

FUNNY = "something funny, no horror"
HERE = Session(f"discord-{GUILD}", str(ROOM), "", str(ANA))


@pytest.fixture
async def agent(starter: Catalogue, tmp_path: Path) -> AsyncIterator[MovieAgent]:
    """An agent on the shared catalogue with conversations in memory."""
    yield MovieAgent(load_settings(home=tmp_path), starter, MemoryConversations(), year=2026)


@pytest.fixture
async def discord(agent: MovieAgent) -> Discord:
    """A bot that has just started."""
    return await logged_in(agent, Network())


def films(shown: Json) -> list[str]:
    """The names of the films of an embed."""
    names = [str(field["name"]) for field in shown["embeds"][0]["fields"]]
    return [name.partition(". ")[2] for name in names if ". " in name]


def saying(shown: Json, act: str, dimension: str = "overall") -> str:
    """What is said of the first film, as a value of a select."""
    options = [o for row in shown["components"][:2] for o in row["components"][0]["options"]]
    values = [str(option["value"]) for option in options]
    return next(value for value in values if value.startswith(f"{act}:{dimension}:"))


def custom_ids(shown: Json) -> list[str]:
    return [each["custom_id"] for row in shown["components"] for each in row["components"]]


# --- what it answers --------------------------------------------------------------------------


async def test_it_tells_its_commands_at_start(discord: Discord) -> None:
    [call] = discord.network.of("commands")
    assert [each["name"] for each in call.data["all"]] == [
        "movie", "similar", "profile", "forget", "movienight",
    ]  # fmt: skip
    assert all(each["contexts"] == [0, 1] for each in call.data["all"]), "servers and direct"


async def test_a_wish_is_deferred_at_once_and_answered_as_an_embed(discord: Discord) -> None:
    shown = await discord.command("movie", wish=FUNNY)
    reply = (await discord.bot.agent.replies(HERE))[-1]
    assert discord.network.calls[3].kind == "callback"
    assert discord.network.calls[3].data["type"] == 5, "the promise of an answer comes first"
    assert films(shown) == [text.escape(p.title) + f" ({p.year})" for p in reply.picks]
    assert custom_ids(shown) == [
        "mr:film:like:10", "mr:film:felt:10", "mr:turn:recommend:10", "mr:turn:undo:10",
    ]  # fmt: skip


async def test_nobody_is_ever_mentioned(discord: Discord) -> None:
    await discord.command("movie", wish="I loved @everyone <@11> [x](https://x.org)")
    await discord.write("hello <@1> @here", where=ROOM, mentions=True)
    await discord.command("movienight")
    said = [call for call in discord.network.calls if call.shows]
    assert said and all(call.message["allowed_mentions"] == {"parse": []} for call in said)
    assert not any("<@" in str(call.message.get("content")) for call in said)


async def test_mentions_direct_messages_and_threads_are_their_own_conversations(
    discord: Discord,
) -> None:
    await discord.write("I love Paddington 2")
    await discord.write("<@1> something scary", where=ROOM, mentions=True)
    await discord.write("<@1> something slow", where=THREAD, mentions=True, user=BEN)
    await discord.write("not for you", where=ROOM, user=BEN)
    assert sorted(await discord.bot.agent.conversations()) == sorted([
        Session("discord-direct", str(DIRECT), "", str(ANA)).key,
        HERE.key,
        Session(f"discord-{GUILD}", str(ROOM), str(THREAD), str(BEN)).key,
    ])  # fmt: skip
    room, *_ = [call for call in discord.network.of("message") if str(ROOM) in call.path]
    assert room.message["message_reference"]["fail_if_not_exists"] is False


async def test_similar_finds_the_film_or_asks_which(discord: Discord) -> None:
    shown = await discord.command("similar", title="Heat (1995)", by="mood")
    assert len(films(shown)) == 5
    assert (await discord.bot.agent.replies(HERE))[-1].understood[0].startswith("The mood of Heat")
    asked = await discord.command("similar", title="Dune", user=BEN)
    assert "Which “Dune”" in asked["content"]
    answered = await discord.press(asked, "mr:say:11", "Dune (1984, David Lynch)", user=BEN)
    assert len(films(answered)) == 5


async def test_titles_are_completed(discord: Discord) -> None:
    typed = {"name": "title", "type": 3, "value": "paddi", "focused": True}
    data = {"id": "1", "name": "similar", "type": 1, "options": [typed]}
    await discord.interaction(4, data, user=ANA, where=ROOM)
    choices = discord.network.calls[-1].data["data"]["choices"]
    assert {"name": "Paddington (2014)", "value": "Paddington (2014)"} in choices


async def test_a_long_answer_comes_in_parts(
    discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = "\n\n".join(f"{n}: " + "word " * 150 for n in range(8))

    async def stream(*_: Any) -> AsyncIterator[Any]:
        yield Event(event="reply", reply=Reply(conversation="c", turn=1, text=whole))

    monkeypatch.setattr(discord.bot.agent, "stream", stream)
    await discord.command("movie", wish="tell me everything")
    parts = [call.message["content"] for call in discord.network.calls if call.shows]
    assert all(len(part) <= text.MESSAGE for part in parts) and len(parts) > 2
    assert " ".join(" ".join(parts).split()) == " ".join(whole.split())


# --- presses ----------------------------------------------------------------------------------


async def test_presses_work_after_a_restart(discord: Discord) -> None:
    shown = await discord.command("movie", wish=FUNNY)
    restarted = await logged_in(discord.bot.agent, Network())
    await restarted.press(shown, "mr:film:felt:10", saying(shown, "seen"))
    profile = await restarted.bot.agent.profile(HERE)
    assert profile.active[-1].content.words.startswith("seen: ")
    near = await restarted.press(shown, "mr:film:like:10", saying(shown, "more_like", "mood"))
    other = await restarted.press(shown, "mr:turn:recommend:10")
    assert len(films(near)) == len(films(other)) == 5 and films(near) != films(other)
    assert restarted.network.calls[3].data["type"] == 5
    why = await restarted.press(shown, "mr:film:felt:10", saying(shown, "why"))
    assert films(shown)[0].partition(" (")[0] in why["content"]


async def test_an_old_list_still_takes_back(discord: Discord) -> None:
    shown = await discord.command("movie", wish=FUNNY)
    await discord.press(shown, "mr:turn:undo:10")
    assert not (await discord.bot.agent.profile(HERE)).active


async def test_only_whose_list_it_is_may_press(discord: Discord) -> None:
    shown = await discord.command("movie", wish=FUNNY)
    before = await discord.bot.agent.export(HERE)
    refused = await discord.press(shown, "mr:film:felt:10", saying(shown, "seen"), user=BEN)
    assert refused["content"] == NOT_YOURS and refused["flags"] == 64, "unseen by others"
    assert await discord.bot.agent.export(HERE) == before


async def test_a_long_list_has_its_selects_too_and_each_label_fits(discord: Discord) -> None:
    shown = await discord.command("movie", wish="give me 20 comedies")
    assert len(films(shown)) == 20
    options = [each["options"] for row in shown["components"] for each in row["components"]
               if "options" in each]  # fmt: skip
    assert [len(each) for each in options] == [20] * 4
    assert all(len(one["label"]) <= 100 >= len(one["value"]) for each in options for one in each)
    await discord.press(shown, "mr:film:disliked:10", options[2][19]["value"])
    assert (await discord.bot.agent.profile(HERE)).active[-1].content.words.startswith("disliked")


async def test_a_press_that_means_nothing_is_refused(discord: Discord) -> None:
    shown = await discord.command("movie", wish=FUNNY)
    value = saying(shown, "seen").replace("seen:", "eaten:")
    said = await discord.press(shown, "mr:film:felt:10", value)
    assert "is no feedback" in said["content"]


async def test_a_film_that_is_gone_is_said(discord: Discord) -> None:
    shown = await discord.command("movie", wish=FUNNY)
    said = await discord.press(shown, "mr:film:felt:10", "seen:overall:tt-gone")
    assert "no longer in the catalogue" in said["content"]


# --- what is known ----------------------------------------------------------------------------


async def test_the_profile_is_shown_to_its_person_alone_and_taken_back(discord: Discord) -> None:
    await discord.command("movie", wish=FUNNY)
    shown = await discord.command("profile")
    deferred = [c for c in discord.network.of("callback") if c.data.get("data") == {"flags": 64}]
    assert len(deferred) == 1, "ephemeral from the start"
    assert "No horror" in shown["embeds"][0]["description"]
    entries = {o["label"]: o["value"] for o in shown["components"][0]["components"][0]["options"]}
    left = await discord.press(shown, "mr:entry:10", entries["No horror."])
    assert "No horror" not in left["embeds"][0]["description"]
    assert "funny" in left["embeds"][0]["description"]


async def test_what_was_said_elsewhere_can_be_taken_back_here(discord: Discord) -> None:
    await discord.command("movie", wish="I love Heat")
    shown = await discord.command("profile", where=THREAD)
    entries = {o["label"]: o["value"] for o in shown["components"][0]["components"][0]["options"]}
    heat = next(value for label, value in entries.items() if label.startswith("You loved Heat"))
    left = await discord.press(shown, "mr:entry:10", heat, where=THREAD)
    assert "Heat" not in left["embeds"][0]["description"]
    assert not (await discord.bot.agent.taste(HERE)).active


async def test_forgetting_asks_first(discord: Discord) -> None:
    await discord.command("movie", wish="I love Heat")
    asked = await discord.command("forget")
    kept = await discord.press(asked, "mr:forget:no:10")
    assert kept["content"] == "Nothing was forgotten." and kept["components"] == []
    assert await discord.bot.agent.conversations()
    await discord.press(asked, "mr:forget:here:10")
    assert not await discord.bot.agent.conversations()
    assert (await discord.bot.agent.taste(HERE)).active, "what lasts is still known"
    await discord.command("movie", wish="funny", where=THREAD)
    await discord.press(asked, "mr:forget:all:10")
    assert not (await discord.bot.agent.taste(HERE)).active
    assert not await discord.bot.agent.conversations()


# --- movie night ------------------------------------------------------------------------------


async def night(discord: Discord) -> Json:
    """A message that has gathered what Ana and Ben wish for."""
    shown = await discord.command("movienight", rule="least_misery")
    await discord.submit(shown, "mr:wish:9001", "something *funny* <@11> \\o/", user=ANA)
    return await discord.submit(shown, "mr:wish:9001", "no horror", user=BEN)


async def test_a_night_gathers_wishes_finds_films_and_opens_a_poll(discord: Discord) -> None:
    shown = await night(discord)
    fields = {field["name"]: field["value"] for field in shown["embeds"][0]["fields"]}
    assert fields["Ana"] == "<@10>: something \\*funny\\* \\<\\@11\\> \\\\o/"
    await discord.press(shown, "mr:night:go", user=BEN)
    result, poll = [call.message for call in discord.network.calls[-2:]]
    assert len(films(result)) == 5
    for field in result["embeds"][0]["fields"][:5]:
        assert re.search(r"\*\*Ana\*\* .*\n\*\*Ben\*\* ", field["value"])
    answers = [each["poll_media"]["text"] for each in poll["poll"]["answers"]]
    assert len(answers) == 5 and all(len(each) <= 55 for each in answers)


async def test_a_night_outlives_a_restart(discord: Discord) -> None:
    shown = await night(discord)
    restarted = await logged_in(discord.bot.agent, Network())
    joined = await restarted.submit(shown, "mr:wish:9001", "a mystery", user=CLEO)
    assert [field["name"] for field in joined["embeds"][0]["fields"]] == ["Ana", "Ben", "Cleo"]
    assert joined["embeds"][0]["footer"]["text"].endswith("least misery")
    gone = await restarted.press(joined, "mr:night:leave", user=BEN)
    assert [field["name"] for field in gone["embeds"][0]["fields"]] == ["Ana", "Cleo"]
    ruled = await restarted.press(gone, "mr:night:rule", "most_pleasure")
    assert ruled["embeds"][0]["footer"]["text"].endswith("most pleasure")


async def test_wishes_that_come_at_once_are_all_kept(discord: Discord) -> None:
    shown = await discord.command("movienight")
    for user, wish in ((ANA, "funny"), (BEN, "sad"), (CLEO, "scary")):
        # Each of them pressed while the message still showed nobody.
        last = await discord.submit(shown, "mr:wish:9001", wish, user=user)
    assert [field["name"] for field in last["embeds"][0]["fields"]] == ["Ana", "Ben", "Cleo"]


async def test_only_who_has_come_finds_films(discord: Discord) -> None:
    said = await discord.press(await night(discord), "mr:night:go", user=CLEO)
    assert "Say your wish first" in said["content"] and said["flags"] == 64


async def test_somebodys_own_taste_counts_and_is_not_shown(discord: Discord) -> None:
    await discord.command("movie", wish="I love Paddington 2. Never any horror", user=ANA)
    shown = await discord.command("movienight")
    shown = await discord.submit(shown, "mr:wish:9001", "scary", user=ANA)
    await discord.press(shown, "mr:night:go", user=ANA)
    told = str([call.data for call in discord.network.calls[-3:]])
    assert "Paddington 2" not in told and "horror" not in told.lower()
    reply = discord.network.calls[-2].message
    assert len(films(reply)) >= 5


async def test_without_polls_there_are_reactions_and_without_those_words(discord: Discord) -> None:
    shown = await night(discord)
    await discord.press(shown, "mr:night:go", permissions=NO_POLLS)
    assert len(discord.network.of("reaction")) == 5
    assert not any(call.message.get("poll") for call in discord.network.calls)
    discord.network.faults.append(Fault("reaction", 403, 50_013))
    said = await discord.press(shown, "mr:night:go", permissions=NO_POLLS)
    assert "write a film's number" in said["content"]


# --- faults -----------------------------------------------------------------------------------


async def test_an_interaction_that_ran_out_is_answered_in_its_channel(discord: Discord) -> None:
    discord.network.faults += [Fault("callback", 404, 10_062), Fault("answer", 404, 10_015)]
    shown = await discord.command("movie", wish=FUNNY)
    assert discord.network.calls[-1].path == f"channels/{ROOM}/messages"
    assert len(films(shown)) == 5


async def test_what_is_private_never_goes_to_a_channel(discord: Discord) -> None:
    discord.network.faults.append(Fault("answer", 401, 50_027))
    await discord.command("profile")
    assert discord.network.calls[-1].path == f"channels/{DIRECT}/messages"


async def test_where_it_may_not_write_it_writes_to_the_person(discord: Discord) -> None:
    discord.network.faults.append(Fault("message", 403, 50_013))
    await discord.write("<@1> something funny", where=ROOM, mentions=True)
    sent = [call for call in discord.network.of("message") if str(DIRECT) in call.path]
    assert sent[0].message["content"] == NOT_ALLOWED
    assert len(films(sent[1].message)) == 5


async def test_an_answer_that_was_deleted_meanwhile_is_written_anew(discord: Discord) -> None:
    discord.network.faults.append(Fault("answer", 404, 10_008))
    shown = await discord.command("movie", wish=FUNNY)
    assert discord.network.calls[-1].kind == "message" and len(films(shown)) == 5


async def test_a_rate_limit_is_waited_for(discord: Discord) -> None:
    discord.network.faults.append(Fault("answer", 429, retry_after=0.01, times=2))
    shown = await discord.command("movie", wish=FUNNY)
    assert len(films(shown)) == 5 and not discord.network.faults[0].times


async def test_a_server_error_is_tried_again_and_then_given_up(
    discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = _without_waiting(monkeypatch)
    discord.network.faults.append(Fault("answer", 502, times=2))
    assert len(films(await discord.command("movie", wish=FUNNY))) == 5
    discord.network.faults.append(Fault("answer", 503, times=1_000))
    await discord.command("movie", wish=FUNNY)
    assert at_once and (await discord.command("profile", user=BEN)) is not None, "it goes on"
    assert len(await discord.bot.agent.replies(HERE)) == 2


def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """discord.py's pauses take no time; how long they would have been."""
    import asyncio  # noqa: PLC0415

    waited: list[float] = []
    sleep = asyncio.sleep

    async def at_once(seconds: float, *_: Any) -> None:
        waited.append(seconds)
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", at_once)
    return waited


async def test_what_breaks_inside_is_said_in_a_sentence(
    discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stream(*_: Any) -> AsyncIterator[Any]:
        raise RuntimeError("broken")
        yield

    monkeypatch.setattr(discord.bot.agent, "stream", stream)
    assert (await discord.command("movie", wish="x"))["content"] == text.escape(FAILED)


async def test_wishes_that_are_no_messages_are_refused_in_a_sentence(discord: Discord) -> None:
    said = await discord.command("movie", wish="\u200b")
    assert "The message is empty" in said["content"]


def test_a_token_that_is_none_is_refused() -> None:
    with pytest.raises(BadSettings, match="discord_token has characters that no key has"):
        load_settings(discord_token="a b")  # noqa: S106
    token = load_settings(discord_token=" ab ").discord_token  # noqa: S106
    assert token is not None and token.get_secret_value() == "ab" and "ab" not in repr(token)


# --- limits -----------------------------------------------------------------------------------

ANY = st.text(max_size=400)


@given(ANY)
def test_escaping_loses_nothing(words: str) -> None:
    seen = visible(words)
    assert text.unescape(text.escape(words)) == seen
    assert not re.search(r"(?<!\\)(?:\\\\)*<@", text.escape(words))


@given(st.text("ab \n\\*", max_size=900), st.integers(20, 300))
def test_parts_fit_and_lose_only_spaces(words: str, most: int) -> None:
    parts = list(text.pieces(words, most))
    assert all(0 < len(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(words.split())
    assert len(text.shortened(words, most)) <= most


def _pick(words: str, number: int) -> Pick:
    score = Scores(mood=0.5, audience=0.5, plot=0.5, overall=0.5)
    return Pick(
        id=f"{number}", title=words or "x", year=1999, reason=words, scores=score, genres=(words,)
    )


@given(st.text(min_size=1, max_size=3_000), st.integers(1, 20), st.integers(1, 12))
def test_embeds_keep_to_every_limit(words: str, many: int, people: int) -> None:
    picks = tuple(_pick(words, number) for number in range(many))
    reply = Reply(
        conversation="c", turn=1, text=words, picks=picks, understood=(words,), notices=(words,)
    )
    fits = tuple(Fit(person=f"P{n}", score=0.5, reason=words) for n in range(people))
    group = tuple(GroupPick(**dict(pick), score=0.5, fits=fits) for pick in picks)
    veto = Veto(id="v", title=words, year=None, because={"P0": words})
    whole = GroupReply(
        text="", rule="average", people=("P0",), picks=group, vetoes=(veto,), notices=(words,)
    )
    for embed in (embeds.reply_embed(reply), embeds.night_embed(whole)):
        assert len(embed) <= embeds.TOTAL and len(embed.fields) <= embeds.FIELDS
        assert len(embed.description or "") <= embeds.DESCRIPTION
        assert all(len(f.name or "") <= embeds.NAME for f in embed.fields)
        assert all(0 < len(f.value or "") <= embeds.VALUE for f in embed.fields)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=40), st.text(max_size=200)), max_size=12))
def test_what_a_night_gathers_can_be_read_again(people: list[tuple[str, str]]) -> None:
    wishes = tuple(
        gathering.Wish(n, visible(name).strip() or "x", " ".join(visible(says).split()))
        for n, (name, says) in enumerate(people, 1)
    )
    kept = gathering.Gathering("least_misery", wishes)
    drawn = gathering.drawn(kept)
    message: Any = type("Message", (), {"embeds": [drawn]})()
    assert gathering.read(message) == kept
    assert len(set(gathering.distinct(w.name for w in wishes))) == len(wishes)
