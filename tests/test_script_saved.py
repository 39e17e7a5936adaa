"""A conversation saved as a script plays again: the same turns, the same answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from moodreel import MovieAgent
from moodreel.agent.channels.web.taste_controls import controls_of
from moodreel.agent.channels.web.taste_edits import edits_of
from moodreel.agent.clicks import Click, edits_click
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.edits import Forget, Reset
from moodreel.agent.profile import TasteProfile
from moodreel.agent.replay.failures import failures
from moodreel.agent.replay.load import Loaded, load_file
from moodreel.agent.replay.past import begin
from moodreel.agent.replay.players import PythonPlayer
from moodreel.agent.replay.playing import Playing
from moodreel.agent.replay.save import as_script, dumped
from moodreel.agent.replay.yaml_tree import Mapped, plain, read
from moodreel.agent.session import Session
from moodreel.agent.settings import load_settings
from moodreel.errors import UsageError
from moodreel.ingest.catalogue import Catalogue

YEAR = 2020
Talk = Callable[[MovieAgent], Awaitable[object]]


@pytest.fixture
async def agent(starter: Catalogue) -> MovieAgent:
    return MovieAgent(load_settings(), starter, MemoryConversations(), year=YEAR)


def read_back(text: str, folder: Path) -> Loaded:
    file = folder / "saved.yaml"
    file.write_text(text, encoding="utf-8")
    (loaded,) = load_file(file)
    return loaded


async def sends(agent: MovieAgent, *messages: str) -> None:
    for message in messages:
        await agent.send(message, "a")


async def presses(agent: MovieAgent) -> None:
    reply = await agent.send("Something warm and funny", "a")
    first, second, third, *_ = [pick.id for pick in reply.picks]
    await agent.feedback("a", first, "seen")
    await agent.feedback("a", second, "loved", "mood")
    await agent.feedback("a", third, "why")
    await agent.feedback("a", second, "more_like", "plot")
    await agent.undo("a")
    await agent.recommend("a")
    await agent.undo("a", turns=2)


async def controls(agent: MovieAgent) -> None:
    await sends(agent, "A thriller from the 90s, no horror")
    for change in ({"longest": 120}, {"mood": 2.0}, {"never": ("war",), "languages": ("fr", "no")},
                   {"mood": 1.0, "youngest": 12}):  # fmt: skip

        def moved(profile: TasteProfile, change: dict[str, Any] = change) -> Click:
            wanted = replace(controls_of(profile), **change)
            return edits_click(edits_of(profile, wanted), "Moved: 1984\nor so #2")

        await agent.revise("a", moved)
    chip = (await agent.profile("a")).active[0]
    await agent.edit_profile("a", [Forget(entry=chip.id)])
    await sends(agent, "more")
    await agent.revise("a", lambda _: edits_click([Reset(scope="all")], "Start over"))


async def again(agent: MovieAgent) -> None:
    await sends(agent, "I loved Heat", "Something tense")
    await agent.send(await agent.retract("a"), "a")
    await agent.retract("a")
    await sends(agent, "Something calm", "undo", "under 90 minutes from before 1960", "lighter")


TALKS: dict[str, Talk] = {
    "moods": lambda agent: sends(
        agent, "I'm worn out. Something warm and funny, nothing sad.", "seen the second one",
        "the first one but darker", "no Adam Sandler, under 100 minutes", "forget that", "more"),
    "odd words": lambda agent: sends(
        agent, "yes", "1984", "- [x]: {a: b} # no", "I loved ${film} and $${x}", "null", "Up",
        "line\nbreak: 'quote' \"double\"\ttab", "1917", "é\u2028ü 🎬", "~", "!!int 5", "9 to 5?"),
    "titles": lambda agent: sends(
        agent, "I loved 2001: A Space Odyssey and WALL·E", "like Amélie", "I've seen (500) Days of"
        " Summer", "I hated M", "the mood of 8½ with the plot of Ocean's Eleven"),
    "presses": presses,
    "controls": controls,
    "taken back": again,
}  # fmt: skip


@pytest.mark.parametrize("talk", TALKS.values(), ids=TALKS)
async def test_a_saved_conversation_plays_again_as_it_was(
    agent: MovieAgent, talk: Talk, tmp_path: Path
) -> None:
    await talk(agent)
    saved = as_script(await agent.export("a"))
    loaded = read_back(saved, tmp_path)
    assert loaded.script.setup.year == YEAR
    player = PythonPlayer(agent, "b")
    played = await Playing(loaded.script, player, agent.catalogue, YEAR).run()
    assert [str(each) for each in failures(played)] == []
    first, second = await agent.export("a"), await agent.export("b")
    assert as_script(second) == saved
    assert [r["text"] for r in second["replies"]] == [r["text"] for r in first["replies"]]


async def test_what_was_said_elsewhere_is_what_the_script_begins_with(
    agent: MovieAgent, tmp_path: Path
) -> None:
    await agent.send("I loved Heat and I never watch horror", Session("", "a", "1", "ann"))
    reply = await agent.send("Something tense", Session("", "a", "2", "ann"))
    saved = as_script(await agent.export(Session("", "a", "2", "ann")))
    assert len(yaml.safe_load(saved)["setup"]["profile"]) == 2
    loaded = read_back(saved, tmp_path)
    await begin(loaded, agent, "b")
    played = await Playing(loaded.script, PythonPlayer(agent, "b"), agent.catalogue, YEAR).run()
    assert [str(each) for each in failures(played)] == []
    assert (await agent.replies("b"))[-1].picks == reply.picks


async def test_a_saved_script_reads_as_if_somebody_had_written_it(agent: MovieAgent) -> None:
    reply = await agent.send("Something warm and funny", "a")
    await agent.feedback("a", reply.picks[1].id, "seen")
    names = [f"{pick.title} ({pick.year})" for pick in reply.picks]
    first, second = yaml.safe_load(as_script(await agent.export("a")))["turns"]
    assert first["expect"]["includes"] == names
    assert first["expect"]["top"] == {"first": 3, "includes": names[:3]}
    assert first["expect"]["profile"]["has"][0]["edit"] == "wish"
    assert second == {
        "press": {"act": "seen", "item": names[1]},
        "expect": {
            "count": 0,
            "understood": [f"You've seen {names[1]}."],
            "asks": False,
            "relaxed": False,
            "profile": {"has": [{"edit": "attitude", "item": names[1], "feeling": "seen"}]},
        },
    }


@pytest.mark.parametrize("words", ["seen: Heat (1995)", "Why Heat (1995)?", "undo"])
async def test_what_was_typed_like_a_press_stays_typed(agent: MovieAgent, words: str) -> None:
    await agent.send(words, "a")
    (turn,) = yaml.safe_load(as_script(await agent.export("a")))["turns"]
    assert turn["user"] == words


async def test_a_bad_answer_ends_the_script_and_is_marked(
    agent: MovieAgent, tmp_path: Path
) -> None:
    await sends(agent, "I loved Heat", "Something warm", "lighter")
    exported = await agent.export("a")
    saved = as_script(exported, bad=2)
    assert len(read_back(saved, tmp_path).script.turns) == 2
    before, after = saved.split("# this answer was marked as bad\n")
    assert "I loved Heat" in before
    assert after.startswith("- user: Something warm\n")
    for number in (0, 4):
        with pytest.raises(UsageError, match=f"no turn {number}; the conversation has 3"):
            as_script(exported, bad=number)


async def test_what_no_script_can_tell_is_refused(agent: MovieAgent) -> None:
    await sends(agent, "Hello")
    exported = await agent.export("a")
    exported["taken"][0]["given"] = {"acts": [{"act": "show_again"}]}
    with pytest.raises(UsageError, match="can't be put in a script"):
        as_script(exported)


async def test_a_conversation_from_before_presses_were_kept_is_all_typed(agent: MovieAgent) -> None:
    await sends(agent, "I loved Heat")
    exported = await agent.export("a")
    del exported["taken"]
    script = yaml.safe_load(as_script(exported))
    assert [turn["user"] for turn in script["turns"]] == ["I loved Heat"]
    assert "setup" not in script


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_read_as_it_was_saved(text: str) -> None:
    said = {"list": [text], f"key {text}": text}
    (tree,) = read(dumped(said).encode(), "x.yaml")
    assert isinstance(tree, Mapped)
    assert plain(tree) == said
