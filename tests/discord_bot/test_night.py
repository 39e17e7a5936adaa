"""Movie night on Discord: wishes gathered in a message, films for everybody, a poll."""

from __future__ import annotations

import re

from .stage import (
    ANA,
    BEN,
    CLEO,
    NO_POLLS,
    Discord,
    Fault,
    Json,
    Network,
    films,
    logged_in,
)


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
