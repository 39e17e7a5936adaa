"""What people press in Slack: films' buttons, the command, the taste modal and the Home tab."""

from __future__ import annotations

from typing import Any

import pytest
from moodreel.agent.reply import Reply
from moodreel.agent.sentences import sentence
from moodreel.errors import UnknownConversation

from .stage import ANN, BEN, BOT, DIRECT, ROOM, Message, Stage, conversation, words

COSY = "something warm and funny, under two hours"
Json = dict[str, Any]


async def last_reply(stage: Stage, thread: str, user: str = ANN, channel: str = DIRECT) -> Reply:
    return (await stage.app.agent.replies(conversation(user, channel, thread)))[-1]


async def known(stage: Stage, thread: str, user: str = ANN, channel: str = DIRECT) -> list[str]:
    profile = await stage.app.agent.profile(conversation(user, channel, thread))
    return [sentence(entry) for entry in profile.active]


def pressable(message: Message, action: str, film: str = "") -> Json:
    """A button of a message; that of one film where there are several."""
    found = [each for each in message.actions() if each["action_id"] == f"moodreel_{action}"]
    (one,) = [each for each in found if not film or each["block_id"] == f"pick {film}"]
    return one


@pytest.mark.parametrize(
    ("act", "says"),
    [("loved", "You loved {}."), ("seen", "You've seen {}."), ("disliked", "You didn't like {}.")],
)
async def test_what_is_thought_of_a_film_is_known_from_a_press(
    stage: Stage, act: str, says: str
) -> None:
    thread = await stage.write(COSY)
    pick = (await last_reply(stage, thread)).picks[1]
    (answer,) = stage.slack.in_thread(thread)
    await stage.press(pressable(answer, act, pick.id), thread=thread)
    assert says.format(f"{pick.title} ({pick.year})") in await known(stage, thread)
    assert says.format(f"{pick.title} ({pick.year})") in stage.slack.in_thread(thread)[1].words


@pytest.mark.parametrize("dimension", ["mood", "audience", "plot", "overall"])
async def test_more_like_this_is_by_dimension(stage: Stage, dimension: str) -> None:
    thread = await stage.write(COSY)
    pick = (await last_reply(stage, thread)).picks[0]
    (answer,) = stage.slack.in_thread(thread)
    menu = pressable(answer, "more_like", pick.id)
    assert dimension in [option["value"] for option in menu["options"]]
    await stage.press(menu, thread=thread, choice=dimension)
    said = (await stage.app.agent.history(conversation(ANN, DIRECT, thread)))[-2][1]
    about = "" if dimension == "overall" else f" in {dimension}"
    assert said == f"more like {pick.title} ({pick.year}){about}"
    assert (await last_reply(stage, thread)).picks


async def test_why_undo_and_more_films(stage: Stage) -> None:
    thread = await stage.write(COSY)
    first = await last_reply(stage, thread)
    (answer,) = stage.slack.in_thread(thread)
    await stage.press(pressable(answer, "why", first.picks[0].id), thread=thread)
    assert first.picks[0].title in stage.slack.in_thread(thread)[1].words
    await stage.press(pressable(answer, "recommend"), thread=thread)
    more = await last_reply(stage, thread)
    assert more.picks and not {p.id for p in more.picks} & {p.id for p in first.picks}
    await stage.press(pressable(answer, "undo"), thread=thread)
    assert await known(stage, thread) == []
    assert "moodreel_undo" not in [
        each["action_id"] for each in stage.slack.in_thread(thread)[-1].actions()
    ]


async def test_a_question_is_answered_by_a_choice(stage: Stage) -> None:
    thread = await stage.write("something like Dune, no horror")
    asked = await last_reply(stage, thread)
    assert len(asked.choices) > 1
    (answer,) = stage.slack.in_thread(thread)
    await stage.press(pressable(answer, "say_0"), thread=thread)
    said = (await stage.app.agent.history(conversation(ANN, DIRECT, thread)))[-2]
    assert said == ("user", asked.choices[0])
    assert any("Dune" in each for each in await known(stage, thread))


async def test_who_presses_below_the_answer_to_somebody_else_speaks_for_themselves(
    stage: Stage,
) -> None:
    thread = await stage.write(f"<@{BOT}> {COSY}", channel=ROOM)
    before = await known(stage, thread, channel=ROOM)
    pick = (await last_reply(stage, thread, channel=ROOM)).picks[0]
    (answer,) = stage.slack.in_thread(thread)
    loved = pressable(answer, "loved", pick.id)
    await stage.press(loved, user=BEN, thread=thread, channel=ROOM)
    assert await known(stage, thread, channel=ROOM) == before
    assert await known(stage, thread, BEN, ROOM) == [f"You loved {pick.title} ({pick.year})."]
    assert stage.slack.in_thread(thread)[1].words.count(f"<@{BEN}>") == 1


async def test_a_film_that_is_gone_is_said_to_be(stage: Stage) -> None:
    thread = await stage.write(COSY)
    gone = {"action_id": "moodreel_loved", "block_id": "pick no-such-film"}
    await stage.press(gone, thread=thread)
    assert stage.slack.in_thread(thread)[1].words == "I no longer have that film, sorry."


async def test_a_press_that_comes_again_is_taken_once(stage: Stage) -> None:
    thread = await stage.write(COSY)
    (answer,) = stage.slack.in_thread(thread)
    for _ in range(2):
        await stage.press(pressable(answer, "recommend"), thread=thread, trigger_id="t1")
    assert (await last_reply(stage, thread)).turn == 2


async def test_the_command_answers_one_person_alone(stage: Stage) -> None:
    await stage.command("a western")
    await stage.command("before 1960")
    assert stage.slack.messages == {}
    first, second = stage.slack.whispers
    assert first["response_type"] == second["response_type"] == "ephemeral"
    reply = await last_reply(stage, "", channel=ROOM)
    assert reply.turn == 2 and reply.picks
    assert reply.picks[0].title in "\n".join(map(words, second["blocks"]))


async def test_what_is_pressed_below_a_commands_answer_stays_alone(stage: Stage) -> None:
    await stage.command("a western")
    shown = Message(ROOM, None, "", blocks=stage.slack.whispers[0]["blocks"])
    pick = (await last_reply(stage, "", channel=ROOM)).picks[0]
    await stage.press(pressable(shown, "seen", pick.id), channel=ROOM, whispered=True)
    assert stage.slack.messages == {}
    assert f"You've seen {pick.title}" in "\n".join(map(words, stage.slack.whispers[1]["blocks"]))


async def test_the_commands_own_words(stage: Stage) -> None:
    for said in ("", "help", "I loved Heat", "films", "undo"):
        await stage.command(said)
    told = ["\n".join(map(words, each["blocks"])) for each in stage.slack.whispers]
    assert told[0] == told[1] and "/moodreel taste" in told[0]
    assert "1. " in told[3]
    assert "Taken back" in told[4]
    assert (await last_reply(stage, "", channel=ROOM)).turn == 3


async def test_the_modal_shows_the_taste_and_takes_changes(stage: Stage) -> None:
    thread = await stage.write("I loved Heat, no horror, and the story doesn't matter")
    (answer,) = stage.slack.in_thread(thread)
    await stage.press(pressable(answer, "taste"), thread=thread)
    (modal,) = stage.slack.modals
    boxes = modal["blocks"][0]["element"]["options"]
    said = [each["text"]["text"] for each in boxes]
    assert said == await known(stage, thread)
    weights = {each["block_id"]: each["element"]["initial_option"] for each in modal["blocks"][1:]}
    assert weights["weight plot"]["text"]["text"] == "Not at all"
    kept = [each for each in boxes if "horror" not in each["text"]["text"]]
    changes: Json = {
        "entries 0": {"kept": {"selected_options": kept}},
        "weight mood": {"weight": {"selected_option": {"value": "2"}}},
    }
    await stage.submit(modal, changes)
    now = await known(stage, thread)
    assert "You loved Heat (1995)." in now and "Mood counts a lot." in now
    assert not any("horror" in each for each in now)
    assert "Taken back: no horror." in "\n".join(map(words, stage.slack.whispers[0]["blocks"]))


async def test_a_modal_that_is_saved_as_it_was_changes_nothing(stage: Stage) -> None:
    await stage.command("I loved Heat")
    await stage.command("taste")
    await stage.submit(stage.slack.modals[0], {})
    assert (await last_reply(stage, "", channel=ROOM)).turn == 1
    assert words(stage.slack.whispers[-1]["blocks"][0]) == "Nothing has changed."


async def test_a_taste_of_which_nothing_is_known_can_be_opened(stage: Stage) -> None:
    await stage.command("taste")
    assert words(stage.slack.modals[0]["blocks"][0]).startswith("You have not told me anything")


async def test_the_home_tab_shows_and_forgets(stage: Stage) -> None:
    await stage.opens("home")
    home = "\n".join(filter(None, map(words, stage.slack.homes[ANN]["blocks"])))
    assert "Nothing yet" in home and "None yet." in home
    await stage.write("I loved Heat")
    await stage.write("I loved Paddington", user=BEN)
    await stage.opens("home")
    home = "\n".join(filter(None, map(words, stage.slack.homes[ANN]["blocks"])))
    assert "I loved Heat\n1 message, last on 2" in home
    assert "You loved Heat (1995)." in home and "another conversation" in home
    assert "Paddington" not in home
    press = stage.slack.homes[ANN]["blocks"][1]["accessory"]
    await stage.press_home(press)
    assert "Nothing yet" in words(stage.slack.homes[ANN]["blocks"][1])
    thread = await stage.write("a western")
    assert not any("Heat" in each for each in await known(stage, thread))


async def test_the_taste_is_changed_from_the_home_tab(stage: Stage) -> None:
    thread = await stage.write("I loved Heat and I never watch horror")
    await stage.opens("home")
    blocks = stage.slack.homes[ANN]["blocks"]
    change = next(b for b in blocks if b["type"] == "actions")["elements"][0]
    await stage.press_home(change)
    (modal,) = stage.slack.modals
    boxes = modal["blocks"][0]["element"]["options"]
    kept = [each for each in boxes if "Heat" in each["text"]["text"]]
    assert len(boxes) == 2
    await stage.submit(modal, {"entries 0": {"kept": {"selected_options": kept}}})
    assert await known(stage, thread) == ["You loved Heat (1995)."]
    home = "\n".join(map(words, stage.slack.homes[ANN]["blocks"]))
    assert "Heat" in home and "horror, ever" not in home


async def test_forget_me_is_on_the_home_tab_too(stage: Stage) -> None:
    await stage.write("I loved Heat")
    await stage.press_home({"action_id": "moodreel_forget_me"})
    assert await stage.app.agent.conversations() == []
    assert "Nothing yet" in words(stage.slack.homes[ANN]["blocks"][1])


async def test_one_conversation_can_be_forgotten_by_whose_it_is(stage: Stage) -> None:
    thread = await stage.write("I loved Heat")
    asked = {"action_id": "moodreel_forget_talk", "value": conversation(ANN, DIRECT, thread)}
    await stage.press_home(asked, user=BEN)
    assert await known(stage, thread)
    await stage.press_home(asked)
    with pytest.raises(UnknownConversation):
        await known(stage, thread)


async def test_forget_me_forgets_one_person_everywhere_and_nobody_else(stage: Stage) -> None:
    thread = await stage.write(f"<@{BOT}> I loved Heat", channel=ROOM)
    await stage.write(f"<@{BOT}> I loved Paddington", user=BEN, thread=thread, channel=ROOM)
    await stage.write("a western")
    await stage.command("forget me")
    asked = Message(ROOM, None, "", blocks=stage.slack.whispers[0]["blocks"])
    press = pressable(asked, "forget_me")
    assert press["confirm"]["confirm"]["text"] == "Forget it"
    await stage.press(press, channel=ROOM, whispered=True)
    assert words(stage.slack.whispers[1]["blocks"][0]) == "Done: I know nothing of you any more."
    assert await stage.app.agent.conversations() == [conversation(BEN, ROOM, thread)]
    assert await known(stage, await stage.write("hello")) == []
