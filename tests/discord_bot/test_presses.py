"""Selects and buttons on Discord: after a restart too, and only for whose list it is."""

from __future__ import annotations

from moodreel.agent.channels.discord.views import NOT_YOURS

from .stage import (
    BEN,
    FUNNY,
    HERE,
    THREAD,
    Discord,
    Network,
    films,
    logged_in,
    saying,
)


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
