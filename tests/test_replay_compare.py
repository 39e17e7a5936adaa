"""Two reports side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from moodreel.agent.replay.compare import compare, read_report
from moodreel.agent.replay.compare_turns import Moved, TurnChange
from moodreel.agent.replay.compare_words import summary
from moodreel.agent.replay.result import Report, RunResult, ScriptResult, TurnResult
from moodreel.agent.reply import ToolCall
from moodreel.errors import BadReport

from .replay_reports import call, check, report, script, turn

WRONG = (check("kept", passed=False, says="Heat is too long."),)


def failed(**other: Any) -> ScriptResult:
    return script(turn(checks=WRONG), **other)


def change_of(old: TurnResult, new: TurnResult) -> TurnChange:
    return compare(report(script(old)), report(script(new))).scripts[0].runs[0].turns[0]


def test_a_report_is_no_different_from_itself() -> None:
    same = report(
        script(), failed(scenario="b"), failed(scenario="c", known_failure="no subtitles")
    )
    found = compare(same, same)
    assert not (found.added or found.removed or found.changed or found.broke or found.mended)
    assert "no answer, check or tool call is different" in "\n".join(summary(found))


def test_films_come_go_and_move() -> None:
    found = change_of(turn(films=("Heat", "Big", "Elf")), turn(films=("Babe", "Elf", "Heat")))
    assert (found.came, found.went) == (("Babe (1995)",), ("Big (1995)",))
    assert found.moved == (Moved("Elf (1995)", 3, 2), Moved("Heat (1995)", 1, 3))


def test_only_lines_of_the_text_that_differ_are_shown() -> None:
    found = change_of(turn(text="Hello.\n\n1. Heat"), turn(text="Hello.\n\n1. Big"))
    assert found.text == ("-1. Heat", "+1. Big")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("understood", ("Warm.",), ("Cold.",)),
        ("relaxed", (), ("Up to 130 minutes.",)),
        ("notices", ("Slow.",), ()),
        ("question", None, "Which one?"),
        ("engine", "builtin", "ollama"),
        ("error", "", "TimeoutError: too long"),
    ],
)
def test_another_part_of_the_answer_is_a_change(name: str, old: Any, new: Any) -> None:
    found = change_of(turn(**{name: old}), turn(**{name: new}))
    assert [field.name for field in found.fields] == [name]
    assert found.changed
    went, came = found.fields[0].went, found.fields[0].came
    assert (bool(went), bool(came)) == (bool(old), bool(new))


def test_an_order_alone_is_a_change() -> None:
    found = change_of(turn(understood=("a", "b")), turn(understood=("b", "a")))
    assert found.fields[0].went == ("a", "b")
    assert found.fields[0].came == ("b", "a")


def test_other_arguments_of_a_tool_and_other_prompts_are_changes() -> None:
    search = ToolCall(name="search", args={"limit": 20})
    found = change_of(
        turn(calls=(call(),)), turn(trace=(search,), calls=(call(prompt="ffff0000"),))
    )
    assert [field.name for field in found.fields] == ["tools", "prompts"]
    assert found.fields[0].came == ('search {"limit": 20}',)


def test_the_order_of_arguments_is_none() -> None:
    one, two = ToolCall(name="s", args={"a": 1, "b": 2}), ToolCall(name="s", args={"b": 2, "a": 1})
    assert not change_of(turn(trace=(one,)), turn(trace=(two,))).changed


def test_checks_are_matched_by_name_and_place_among_their_like() -> None:
    before = (check("all"), check("all"), check("count"), check("latency", reported=True))
    after = (
        check("all"),
        check("all", passed=False, says="too long"),
        check("latency", reported=True),
    )
    found = change_of(turn(checks=before), turn(checks=after)).checks
    told = [
        (each.check, each.old and each.old.passed, each.new and each.new.passed) for each in found
    ]
    assert told == [("all", True, False), ("count", True, None)]


def test_a_budget_that_begins_to_fail_the_run_is_a_change() -> None:
    over = check("latency", passed=False, reported=True)
    assert change_of(turn(checks=(over,)), turn(checks=(check("latency", passed=False),))).checks


def test_time_and_tokens_are_no_change_but_are_measured() -> None:
    slow = turn(timings_ms={"total": 30.0}, calls=(call(counted=None, estimated=500, seconds=9),))
    found = compare(report(script(turn(calls=(call(),)))), report(script(slow)))
    assert not found.changed
    assert found.latency is not None
    assert (found.latency.old, found.latency.new, found.latency.ratio) == (10, 30, 3)
    assert (found.tokens.old, found.tokens.new) == (1000, 600)
    assert "  median turn 10 → 30 ms (×3.00)" in summary(found)


def test_scripts_that_are_new_or_gone() -> None:
    found = compare(
        report(script(scenario="a"), script(scenario="b")),
        report(script(scenario="b"), script(scenario="c")),
    )
    assert [each.scenario for each in found.added] == ["c"]
    assert [each.scenario for each in found.removed] == ["a"]


def test_two_scripts_of_one_name_are_compared_in_their_order() -> None:
    two = report(script(), failed())
    assert not compare(two, two).changed
    assert len(compare(two, report(failed(), failed())).broke) == 1


OUTCOMES = {
    "passed": script(),
    "failed": failed(),
    "known": failed(known_failure="no subtitles"),
    "passing known": script(known_failure="no subtitles"),
}


@pytest.mark.parametrize(
    ("old", "new", "broke", "mended"),
    [
        ("passed", "failed", True, False),
        ("known", "failed", True, False),
        ("passing known", "failed", True, False),
        ("failed", "failed", False, False),
        ("passed", "known", False, False),
        ("failed", "known", False, False),
        ("failed", "passed", False, True),
        ("known", "passing known", False, True),
    ],
)
def test_what_breaks_and_what_is_mended(old: str, new: str, broke: bool, mended: bool) -> None:
    found = compare(report(OUTCOMES[old]), report(OUTCOMES[new]))
    assert (bool(found.broke), bool(found.mended)) == (broke, mended)


def test_a_known_failure_may_fail_otherwise() -> None:
    other = script(turn(checks=(check("count", passed=False),)), known_failure="no subtitles")
    found = compare(report(OUTCOMES["known"]), report(other))
    assert found.known_changed
    assert any("known failures that fail otherwise: 1" in line for line in summary(found))


def test_an_edited_script_is_said_so_and_the_rest_compared() -> None:
    old = script(turn(1), turn(2, "seen it"), turn(3, "lighter"))
    new = script(turn(1), turn(2, "lighter", films=("Jaws",)))
    found = compare(report(old), report(new))
    assert found.scripts[0].edited
    pairs = [(t.old and t.old.said, t.new and t.new.said) for t in found.scripts[0].runs[0].turns]
    assert pairs == [
        ("something warm", "something warm"),
        ("seen it", None),
        ("lighter", "lighter"),
    ]
    assert found.scripts[0].runs[0].turns[2].came == ("Jaws (1995)",)
    assert any("edited" in line for line in summary(found))


def test_a_press_on_another_film_is_no_edit() -> None:
    old, new = turn(said="Seen: Heat (1995)", pressed=True), turn(said="Seen: Big", pressed=True)
    found = compare(report(script(old)), report(script(new))).scripts[0]
    assert not found.edited
    assert [field.name for field in found.runs[0].turns[0].fields] == ["said"]


def test_runs_are_matched_by_number() -> None:
    one, two = (
        RunResult(number=n, turns=(turn(films=(film,)),)) for n, film in [(1, "Elf"), (2, "Big")]
    )
    found = compare(report(script(runs=(one, two))), report(script(runs=(two,))))
    assert [run.number for run in found.scripts[0].runs] == [2]
    assert not found.changed


def test_the_summary_names_what_fails_and_where() -> None:
    lines = summary(compare(report(script()), report(failed())))
    assert "  newly failing: 1" in lines
    assert "    mood.yaml: A tired evening (turn 1 kept)" in lines
    assert "  1 turn of 1 script differ: checks in 1" in lines


def test_many_are_counted_and_not_all_named() -> None:
    names = [f"script {n}" for n in range(13)]
    old, new = (report(*(each(scenario=name) for name in names)) for each in (script, failed))
    lines = summary(compare(old, new))
    assert "    and 3 more" in lines
    assert sum("script " in line and "turn 1 kept" in line for line in lines) == 10


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = report(script(turn(calls=(call(),))), failed(scenario="b"), model="gemma3:4b")
    path = tmp_path / "old.json"
    path.write_text(written.model_dump_json(), encoding="utf-8")
    assert read_report(path) == written


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "can't be read (No such file or directory)"),
        (b"\xff\xfe\x00", "can't be read (it is no text in UTF-8)"),
        (b'{"moodreel": "0.1', "is no JSON, or only a part of it"),
        (b"[" * 100_000, "is no JSON, or only a part of it"),
        (b"[1, 2]", "is no report of moodreel replay"),
        (b'{"tests": []}', "is no report of moodreel replay"),
        (b'{"version": 2, "moodreel": "9", "scripts": []}', "is of version 2, and version 1 is"),
        (b'{"version": 1, "moodreel": "1", "scripts": [{"file": 3}]}', "is no whole report ("),
    ],
)
def test_a_file_that_is_no_report_gets_a_sentence(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    path = tmp_path / "old.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadReport) as caught:
        read_report(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
    assert "moodreel replay FILES --json FILE" in str(caught.value)


def test_reports_without_scripts_can_be_compared() -> None:
    empty: Report = report()
    assert compare(empty, empty).latency is None
    assert summary(compare(empty, empty))
