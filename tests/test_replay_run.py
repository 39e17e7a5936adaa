"""Scripts are played live, from what their setup wants, and what happens is all reported."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from moodreel.agent.bench.scripted_ollama import ScriptedOllama
from moodreel.agent.companion import MovieAgent
from moodreel.agent.replay.failures import failures
from moodreel.agent.replay.load import load
from moodreel.agent.replay.options import RunOptions
from moodreel.agent.replay.past import feelings
from moodreel.agent.replay.repeating import play_script
from moodreel.agent.replay.result import RunResult, ScriptResult
from moodreel.agent.replay.run import run
from moodreel.agent.replay.script import Rated
from moodreel.agent.replay.setup import Stage
from moodreel.errors import BadScript, EngineError
from moodreel.ingest.catalogue import Catalogue

from .conftest import ROOT

WARM = "Something warm and funny"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One place for all scripts of this file, so that the catalogue is built once."""
    opened = Stage(tmp_path_factory.mktemp("stage"))
    yield opened
    opened.close()


async def played(
    stage: Stage, folder: Path, text: str, options: RunOptions | None = None
) -> ScriptResult:
    """What comes of a script of this text."""
    path = folder / "script.yaml"
    path.write_text(text, encoding="utf-8")
    return await play_script(stage, load([path])[0], options or RunOptions())


def only(result: ScriptResult) -> RunResult:
    assert len(result.runs) == 1
    return result.runs[0]


async def test_typed_pressed_and_edited_turns_are_played_in_one_conversation(
    stage: Stage, tmp_path: Path
) -> None:
    script = f"""
        scenario: An evening
        tags: [mood]
        turns:
          - user: {WARM}
            expect: {{count: 5}}
          - press: {{act: seen, item: "#2"}}
          - press: {{act: loved, item: "Paddington 2 (2017)"}}
          - press: {{act: undo}}
          - edits: [{{edit: limit, limit: {{limit: runtime, longest: 100}}, words: "at most 100"}}]
          - press: {{act: recommend}}
            expect: {{all: {{runtime: {{max: 100}}}}}}
    """
    result = await played(stage, tmp_path, script)
    turns = only(result).turns
    second = turns[0].picks[1]
    assert [turn.said for turn in turns] == [
        WARM,
        f"seen: {second.title} ({second.year})",
        "loved: Paddington 2 (2017)",
        "undo",
        "at most 100",
        "Films for this taste",
    ]
    assert [turn.pressed for turn in turns] == [False, True, True, True, True, True]
    assert turns[2].profile.added == ("You loved Paddington 2 (2017).",)
    assert turns[3].profile.dropped == ("You loved Paddington 2 (2017).",)
    assert turns[5].picks and all((pick.runtime_min or 999) <= 100 for pick in turns[5].picks)
    assert second.id not in {pick.id for pick in turns[5].picks}
    assert turns[0].trace and turns[0].timings_ms["total"] > 0
    assert result.passed and result.tags == ("mood",)


async def test_every_run_begins_anew(stage: Stage, tmp_path: Path) -> None:
    script = f"scenario: Again\nrepeat: 3\nturns: [{{user: {WARM}}}]"
    result = await played(stage, tmp_path, script)
    assert [run.number for run in result.runs] == [1, 2, 3]
    assert len({tuple(pick.id for pick in run.turns[0].picks) for run in result.runs}) == 1
    once = await played(stage, tmp_path, script, RunOptions(repeat=1))
    assert len(once.runs) == 1


@pytest.mark.parametrize("how", ["stop", "continue"])
async def test_a_failing_turn_stops_the_run_where_it_should(
    stage: Stage, tmp_path: Path, how: str
) -> None:
    script = f"""
        scenario: Fails early
        on_turn_failure: {how}
        turns:
          - user: {WARM}
            expect: {{count: 3}}
          - user: lighter
    """
    run = only(await played(stage, tmp_path, script))
    assert not run.passed
    assert [turn.played for turn in run.turns] == [True, how == "continue"]
    assert bool(run.turns[1].text) == (how == "continue")


@pytest.mark.parametrize(
    ("press", "says"),
    [
        ('{act: seen, item: "#9"}', "The last list had 5 films, so there is no #9."),
        ("{act: seen, item: Heatt}", "there is no film 'Heatt' in this catalogue"),
        ("{act: seen, item: Dune}", "'Dune' may mean Dune: Part One (2021) or Dune (1984)"),
    ],
)
async def test_a_press_that_means_nothing_is_the_turns_error(
    stage: Stage, tmp_path: Path, press: str, says: str
) -> None:
    script = f"scenario: Presses\nturns: [{{user: {WARM}}}, {{press: {press}}}, {{user: lighter}}]"
    run = only(await played(stage, tmp_path, script))
    assert says in run.turns[1].error
    assert run.turns[2].text and not run.passed


async def test_what_a_turn_raises_is_its_result(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(MovieAgent, "send", broken)
    run = only(await played(stage, tmp_path, f"scenario: Breaks\nturns: [{{user: {WARM}}}]"))
    assert run.turns[0].error == "ZeroDivisionError: by nought"
    assert not run.passed


@pytest.mark.parametrize(
    ("rated", "said"),
    [
        (Rated(item="a", rating=5), ("loved", "seen")),
        (Rated(item="a", rating=4.5), ("loved", "seen")),
        (Rated(item="a", rating=4), ("liked", "seen")),
        (Rated(item="a", rating=3.5), ("liked", "seen")),
        (Rated(item="a", rating=3), ("seen",)),
        (Rated(item="a", rating=2), ("disliked", "seen")),
        (Rated(item="a"), ("seen",)),
        (Rated(item="a", feeling="loved"), ("loved", "seen")),
        (Rated(item="a", feeling="seen"), ("seen",)),
        (Rated(item="a", feeling="interested"), ("interested",)),
    ],
)
def test_ratings_become_feelings(rated: Rated, said: tuple[str, ...]) -> None:
    assert feelings(rated) == said


async def test_a_history_is_known_before_the_first_turn(stage: Stage, tmp_path: Path) -> None:
    rows = 'title,year,rating\nHeat,1995,5\n"Godfather, The",1972,1\nAlien,1979,\n'
    (tmp_path / "watched.csv").write_text(rows, encoding="utf-8")
    agents = []
    for history in ("watched.csv", "[{item: Heat, rating: 5}, {item: The Godfather, rating: 1},"
                    " {item: Alien (1979)}]"):  # fmt: skip
        text = (
            f"scenario: Past\nsetup: {{history: {history}}}\nturns: [{{press: {{act: recommend}}}}]"
        )
        path = tmp_path / "script.yaml"
        path.write_text(text, encoding="utf-8")
        result = await play_script(stage, load([path])[0], RunOptions())
        agents.append(only(result).turns[0])
    by_file, by_list = agents
    for turn in (by_file, by_list):
        titles = {pick.title for pick in turn.picks}
        assert titles and not {"Heat", "The Godfather", "Alien"} & titles


async def test_a_profile_is_known_before_the_first_turn(stage: Stage, tmp_path: Path) -> None:
    script = """
        scenario: Profile
        setup:
          profile:
            - {edit: limit, limit: {limit: years, earliest: 2000, latest: 2005}}
            - {edit: attitude, item: {title: Shrek}, feeling: seen}
        turns:
          - user: Something warm and funny
            expect: {all: {year: {min: 2000, max: 2005}}, excludes: [Shrek]}
    """
    result = await played(stage, tmp_path, script)
    assert result.passed and only(result).turns[0].picks


async def test_a_catalogue_of_its_own(stage: Stage, tmp_path: Path, starter: Catalogue) -> None:
    ids = ["tt0113277", "tt0078748", "tt0068646"]
    lines = [item.model_dump_json() for item in starter.get(ids).values()]
    (tmp_path / "few.jsonl").write_text("\n".join(lines), encoding="utf-8")
    script = """
        scenario: Few
        setup: {catalogue: few.jsonl, settings: {picks: 3}}
        turns: [{user: what do you have}, {press: {act: recommend}}]
    """
    turns = only(await played(stage, tmp_path, script)).turns
    assert {pick.id for pick in turns[1].picks} <= set(ids) and turns[1].picks


async def test_the_year_is_the_scripts(stage: Stage, tmp_path: Path) -> None:
    script = "scenario: Then\nsetup: {year: 2003}\nturns: [{user: films from the last five years}]"
    assert only(await played(stage, tmp_path, script)).turns[0].understood == (
        "From 1998 or later.",
    )


@pytest.mark.parametrize(
    ("setup", "says"),
    [
        ("{history: [{item: Heat}, {item: Heatt}]}", "line 2, column 33, setup.history[1]: there"),
        ("{history: none.csv}", "none.csv' can't be read"),
        ("{history: bad.csv}", "bad.csv, row 2:"),
        ("{history: other.csv}", "'other.csv' is no history that I know"),
        ("{catalogue: bad.csv}", "bad.csv, line 1, "),
        ("{catalogue: empty.txt}", "empty.txt has no items"),
        ("{profile: bad.csv}", "no taste profile"),
        ("{settings: {pick: 3}}", "'pick' is no setting"),
        ("{settings: {home: /x}}", "'home' is no setting"),
        ("{settings: {picks: 900}}", "PICKS can't be 900"),
    ],
)
async def test_a_setup_that_cant_be_made_says_where(
    stage: Stage, tmp_path: Path, setup: str, says: str
) -> None:
    (tmp_path / "bad.csv").write_text("title,rating\nHeat,lots\n", encoding="utf-8")
    (tmp_path / "other.csv").write_text("name\nHeat\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    with pytest.raises(BadScript) as raised:
        await played(stage, tmp_path, f"scenario: Bad\nsetup: {setup}\nturns: [{{user: hi}}]")
    assert says in str(raised.value)
    assert str(raised.value).startswith(f"{tmp_path.as_posix()}/script.yaml, line ")


async def test_settings_of_this_machine_change_no_answer(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOODREEL_PICKS", "2")
    run = only(await played(stage, tmp_path, f"scenario: S\nturns: [{{user: {WARM}}}]"))
    assert len(run.turns[0].picks) == 5


async def test_a_model_that_cant_serve(tmp_path: Path) -> None:
    """From the options it ends the run; a script that is about it is played."""
    plain = tmp_path / "plain.yaml"
    plain.write_text(f"scenario: Plain\nturns: [{{user: {WARM}}}]", encoding="utf-8")
    with pytest.raises(EngineError, match="nothing answers at"):
        await run(load([plain]), RunOptions(engine="ollama"))
    fallback = tmp_path / "fallback.yaml"
    fallback.write_text(
        f"scenario: Fallback\nsetup: {{engine: ollama}}\n"
        f"turns: [{{user: {WARM}, expect: {{count: 5, notices: true, engine: builtin}}}}]\n---\n"
        f"scenario: Own\nsetup: {{engine: ollama}}\nturns: [{{user: {WARM}}}]\n",
        encoding="utf-8",
    )
    fell, own = (await run(load([fallback]))).scripts
    assert fell.passed and only(fell).turns[0].notices
    assert "nothing answers at" in only(own).error and not own.passed


async def test_results_are_the_same_however_many_play(tmp_path: Path) -> None:
    """In order, whatever was ready first; nothing is left in anybody's data folder."""
    moods = ["warm", "sad", "tense", "strange", "slow", "funny"]
    script = "\n---\n".join(
        f"scenario: {mood}\nturns: [{{user: something {mood}}}, {{user: lighter}}]"
        for mood in moods
    )
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(script, encoding="utf-8")
    loaded = load([tmp_path])
    heard: list[str] = []
    apart = await run(loaded, RunOptions(jobs=2), lambda result: heard.append(result.scenario))
    alone = await run(loaded, RunOptions(jobs=1))
    assert [_timeless(each) for each in apart.scripts] == [
        _timeless(each) for each in alone.scripts
    ]
    assert [each.scenario for each in apart.scripts] == [*moods, *moods]
    assert sorted(heard) == sorted([*moods, *moods])
    assert not (tmp_path / "home").exists()


def _timeless(result: ScriptResult) -> str:
    data = json.loads(result.model_dump_json())
    for played_run in data["runs"]:
        played_run.pop("seconds")
        for turn in played_run["turns"]:
            turn.pop("timings_ms")
            for call in turn["calls"]:
                call.update(seconds=0, first=0)
    return json.dumps(data)


async def test_a_bad_setup_ends_what_is_played_in_processes(tmp_path: Path) -> None:
    good = "\n---\n".join(f"scenario: s{i}\nturns: [{{user: {WARM}}}]" for i in range(11))
    bad = "scenario: bad\nsetup: {history: [{item: Heatt}]}\nturns: [{user: hi}]"
    (tmp_path / "s.yaml").write_text(f"{good}\n---\n{bad}", encoding="utf-8")
    with pytest.raises(BadScript, match="'Heatt'"):
        await asyncio.wait_for(run(load([tmp_path]), RunOptions(jobs=2)), 300)


async def test_answers_are_recorded_and_played_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the server everything comes out alike; what nobody recorded fails its turn."""
    path, tape = tmp_path / "s.yaml", tmp_path / "tape"
    path.write_text(f"scenario: Taped\nturns: [{{user: {WARM}}}]", encoding="utf-8")
    with ScriptedOllama() as server, monkeypatch.context() as there:
        there.setenv("MOODREEL_OLLAMA_URL", server.url)
        live = await run(load([path]), RunOptions(engine="ollama", record=tape))
    again = await run(load([path]), RunOptions(engine="ollama", replay=tape))
    assert _timeless(again.scripts[0]) == _timeless(live.scripts[0])
    assert only(live.scripts[0]).turns[0].calls
    assert (live.taped, again.taped, again.unused) == (False, True, ())
    path.write_text("scenario: Taped\nturns: [{user: Something sad}]", encoding="utf-8")
    missed = await run(load([path]), RunOptions(engine="ollama", replay=tape))
    error = only(missed.scripts[0]).turns[0].error
    assert error.startswith("No recorded answer fits this request: messages[")
    assert "sad" in error and len(missed.unused) == len(list(tape.iterdir()))


async def test_nothing_is_recorded_of_a_model_that_isnt_there(tmp_path: Path) -> None:
    path, tape = tmp_path / "s.yaml", tmp_path / "tape"
    path.write_text(f"scenario: Taped\nturns: [{{user: {WARM}}}]", encoding="utf-8")
    with pytest.raises(EngineError, match="no model to record: nothing answers at"):
        await run(load([path]), RunOptions(engine="ollama", record=tape))
    assert not tape.exists()


async def test_a_judge_is_asked_only_where_it_is_wanted(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"scenario: J\nturns: [{{user: {WARM}, expect: {{judge: is it warm}}}}]"
    quiet = only(await played(stage, tmp_path, script)).turns[0].checks
    assert [each.says for each in quiet if each.check == "judge"] == ["Not asked."]
    verdict = json.dumps({"why": "it is cold", "score": 2})
    with ScriptedOllama(reply=lambda body: verdict) as server:
        monkeypatch.setenv("MOODREEL_OLLAMA_URL", server.url)
        asked = await played(stage, tmp_path, script, RunOptions(judge=True))
    said = [str(each) for each in failures(only(asked))]
    assert len(said) == 1 and "2 of 5, at least 4 was expected: it is cold" in said[0]


async def test_the_readme_shows_what_a_script_prints(stage: Stage, tmp_path: Path) -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## Evaluating")[1]
    script, printed = section.split("```yaml\n")[1], section.split("```text\n")[1]
    result = await played(stage, tmp_path, script.split("```")[0])
    said = [f"  {each}" for each in failures(only(result))]
    assert [f"failed: {result.scenario} (evening.yaml)", *said] == printed.split("```")[0].split(
        "\n"
    )[:-1]
