"""`moodreel replay`: its options, what it prints and writes, and the exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import pytest
from moodreel.agent.channels import replay_command
from moodreel.agent.channels.replay_show import notes
from moodreel.agent.channels.terminal import main
from moodreel.agent.replay.failures import reported
from moodreel.agent.replay.load import Loaded
from moodreel.agent.replay.options import RunOptions
from moodreel.agent.replay.result import CheckResult, Report, RunResult, ScriptResult, TurnResult
from moodreel.agent.replay.run import Heard, report_of
from moodreel.agent.replay.statistics import groups

BAD = CheckResult(check="count", passed=False, says="count: 5 films were expected, 3 came.")
SCRIPT = "scenario: {name}\ntags: [mood]\nturns: [{{user: warm}}]\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def scripts(*names: str, known: str = "") -> None:
    known = f"known_failure: {known}\n" if known else ""
    Path("s.yaml").write_text("---\n".join(known + SCRIPT.format(name=name) for name in names))


def called(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["replay", *arguments])
    return int(str(ended.value.code))


async def _stand_in(loaded: Sequence[Loaded], options: RunOptions, heard: Heard) -> Report:
    """Results without an agent: a scenario that begins with "bad" fails."""
    results = []
    for each in loaded:
        checks = (BAD,) if each.script.scenario.startswith("bad") else ()
        turn = TurnResult(number=1, said="warm", text="Films.", checks=checks)
        runs = tuple(
            RunResult(number=n, turns=(turn,)) for n in range(1, (options.repeat or 1) + 1)
        )
        results.append(
            ScriptResult(
                scenario=each.script.scenario,
                file=each.file,
                tags=each.script.tags,
                known_failure=each.script.known_failure,
                runs=runs,
            )
        )
        heard(results[-1])
        if each.script.scenario == "interrupt":
            raise KeyboardInterrupt
    return report_of(results, options, "2026-01-02T03:04:05+00:00")


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay_command, "run", _stand_in)


@pytest.mark.usefixtures("stand_in")
def test_a_failure_is_printed_with_its_words_and_ends_with_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    scripts("good", "bad one")
    assert called("s.yaml", "--repeat", "2") == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[:3] == [
        "tag\tscripts\tpassed\tfailed\tknown\tpass^1\tpass^2\t95 %",
        "mood\t2\t1\t1\t0\t0.50\t0.50\tinsufficient",
        "all\t2\t1\t1\t0\t0.50\t0.50\tinsufficient",
    ]
    assert "failed: bad one (s.yaml, 2 of 2 runs)\n  turn 1 “warm”: count: 5 films were" in out
    assert err.splitlines() == ["ok     good", "FAILED bad one"]


@pytest.mark.usefixtures("stand_in")
def test_what_is_known_to_fail_fails_no_run(capsys: pytest.CaptureFixture[str]) -> None:
    scripts("bad one", "good", known="not yet")
    assert called("s.yaml") == 0
    out = capsys.readouterr().out
    assert "known failure: bad one (s.yaml)\n  known: not yet\n  turn 1" in out
    assert "'good' passes now: remove known_failure from s.yaml." in out


def test_a_missed_budget_is_told_and_fails_nothing() -> None:
    late = CheckResult(check="latency", passed=False, says="55 ms, at most 1 ms.", reported=True)
    turn = TurnResult(number=1, said="warm", checks=(late,))
    whole = CheckResult(check="tokens", passed=False, says="9, at most 5.", reported=True)
    run = RunResult(number=1, turns=(turn,), checks=(whole,))
    assert run.passed
    assert [str(each) for each in reported(run)] == [
        "turn 1 “warm”: latency: 55 ms, at most 1 ms.",
        "the conversation: tokens: 9, at most 5.",
    ]
    results = [ScriptResult(scenario=f"s{n}", file="s.yaml", runs=(run,)) for n in range(4)]
    report = report_of(results, RunOptions(), "2026-01-02T03:04:05+00:00")
    told = "\n".join(notes(report, groups(report)[-1]))
    assert "Missed, only reported:\n  s0: turn 1 “warm”: latency: 55 ms" in told
    assert "and 3 more, in --json and --html" in told


@pytest.mark.usefixtures("stand_in")
def test_reports_are_written_and_compared(capsys: pytest.CaptureFixture[str]) -> None:
    scripts("good", "bad one")
    assert called("s.yaml", "--junit", "j.xml", "--json", "old.json") == 1
    root = ET.fromstring(Path("j.xml").read_bytes())  # noqa: S314 - of our own making
    assert root.get("failures") == "1"
    whole = Report.model_validate_json(Path("old.json").read_text(encoding="utf-8"))
    assert [each.passed for each in whole.scripts] == [True, False]
    assert json.loads(Path("old.json").read_text(encoding="utf-8"))["version"] == 1
    capsys.readouterr()
    assert called("s.yaml", "--compare", "old.json") == 1
    assert "Compared with 2026-01-02T03:04:05+00:00" in capsys.readouterr().out


@pytest.mark.usefixtures("stand_in")
def test_ctrl_c_reports_what_was_played(capsys: pytest.CaptureFixture[str]) -> None:
    scripts("good", "interrupt", "never")
    assert called("s.yaml", "--json", "some.json") == 130
    found = Report.model_validate_json(Path("some.json").read_text(encoding="utf-8"))
    assert [each.scenario for each in found.scripts] == ["good", "interrupt"]
    assert "Stopped after 2 of 3 scripts." in capsys.readouterr().err


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Name scripts to play"),
        (["s.yaml", "--save", "c1"], "--save writes a script and plays none"),
        (["s.yaml", "--engine", "ollama", "--record", "a", "--replay", "b"], "one of the two"),
        (["s.yaml", "--engine", "ollama", "--judge", "--replay", "b"], "leave one out"),
        (["s.yaml", "--replay", "a"], "add --engine ollama"),
        (["s.yaml", "--record", "a", "--engine", "builtin"], "add --engine ollama"),
        (["s.yaml", "--engine", "oracle"], "oracle"),
        (["s.yaml", "--repeat", "0"], "repeat"),
        (["s.yaml", "--jobs", "0"], "jobs"),
        (["none.yaml"], "There is no file 'none.yaml'"),
        (["s.yaml", "--only", "nothing"], "fits 'nothing'"),
        (["s.yaml", "--junit", "no/such/j.xml"], "'no/such/j.xml' can't be written"),
        (["s.yaml", "--json", "."], "'.' can't be written"),
        (["s.yaml", "--compare", "old.json"], "'old.json' can't be read"),
    ],
)
def test_wrong_use_is_refused_before_playing(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    scripts("good")
    assert called(*arguments) == 2
    out, err = capsys.readouterr()
    assert says in err and out == ""
    assert not Path("j.xml").exists()


def test_a_missing_recording_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    scripts("good")
    assert called("s.yaml", "--engine", "ollama", "--replay", "tape") == 2
    assert "There is no recording in 'tape'" in capsys.readouterr().err


def test_a_dead_server_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    scripts("good")
    assert called("s.yaml", "--engine", "ollama") == 1
    err = capsys.readouterr().err.splitlines()
    assert len(err) == 1 and "nothing answers at" in err[0]


@pytest.mark.usefixtures("stand_in")
def test_only_plays_what_fits(capsys: pytest.CaptureFixture[str]) -> None:
    scripts("good", "bad one")
    assert called("s.yaml", "--only", "goo*") == 0
    assert "FAILED" not in capsys.readouterr().err


@pytest.mark.usefixtures("stand_in")
def test_what_scripts_say_cant_command_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    scripts('"bad \\e[31m[bold]x[/bold]"')
    assert called("s.yaml") == 1
    out, err = capsys.readouterr()
    assert "\x1b" not in out + err and "[bold]x[/bold]" in out


def test_played_for_real_and_interrupted(tmp_path: Path) -> None:
    """As a person would: a process of its own, two workers, Ctrl-C in the middle."""
    Path("s.yaml").write_text(
        "---\n".join(f"scenario: s{n}\nrepeat: 5\nturns: [{{user: warm}}]\n" for n in range(80))
    )
    command = [sys.executable, "-m", "moodreel", "replay", "s.yaml", "--jobs", "2", "--json", "j"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith(b"ok")
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=300)
    assert process.returncode == 130, err
    found = Report.model_validate_json(Path("j").read_text(encoding="utf-8"))
    assert 1 <= len(found.scripts) < 80
    assert b"Stopped after" in err and b"Traceback" not in err
    assert out.startswith(b"tag\t")
    assert not (tmp_path / "home").exists()


def test_a_page_shows_every_turn_and_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay_command, "run", _stand_in)
    scripts("one", "bad two")
    assert called("s.yaml", "--json", "old.json") == 1
    assert called("s.yaml", "--compare", "old.json", "--json", "old.json", "--html", "r.html") == 1
    page = Path("r.html").read_text(encoding="utf-8")
    assert "1 script of 2 fails" in page
    assert "Compared with another run" in page
