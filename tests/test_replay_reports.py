"""What many runs come to: statistics with their limits, and XML that CI systems read."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.replay.junit import junit
from moodreel.agent.replay.result import CheckResult, Report, RunResult, ScriptResult, TurnResult
from moodreel.agent.replay.statistics import ENOUGH, group, groups, interval, pass_power

BAD = CheckResult(check="count", passed=False, says="count: 5 films were expected, 3 came.")


def turn(passed: bool = True, said: str = "warm", text: str = "Films.") -> TurnResult:
    return TurnResult(number=1, said=said, text=text, checks=() if passed else (BAD,))


def script(
    *passed: bool, name: str = "s", tags: tuple[str, ...] = (), known: str = ""
) -> ScriptResult:
    runs = tuple(RunResult(number=n, turns=(turn(each),)) for n, each in enumerate(passed, 1))
    return ScriptResult(scenario=name, file="d/a.yaml", tags=tags, known_failure=known, runs=runs)


def report(*scripts: ScriptResult) -> Report:
    return Report(
        moodreel="1", engine="builtin", started="2026-01-02T03:04:05+00:00", scripts=scripts
    )


@given(st.lists(st.lists(st.booleans(), min_size=1, max_size=6), min_size=1, max_size=4),
       st.integers(1, 6))  # fmt: skip
def test_pass_power_is_the_share_of_subsets_that_pass(runs: list[list[bool]], k: int) -> None:
    """Counted out: of all ways to choose k runs, those where every one passed."""
    found = pass_power([sum(each) for each in runs], [len(each) for each in runs], k)
    if min(map(len, runs)) < k:
        assert found is None
        return
    shares = []
    for each in runs:
        chosen = list(combinations(each, k))
        shares.append(sum(all(subset) for subset in chosen) / len(chosen))
    assert found == pytest.approx(sum(shares) / len(shares))


def test_pass_power_of_nothing_is_no_number() -> None:
    assert pass_power([], [], 1) is None


def test_an_interval_needs_enough_scripts() -> None:
    assert interval([1.0] * (ENOUGH - 1)) is None
    assert interval([1.0] * ENOUGH) is not None


def test_an_interval_is_about_as_wide_as_theory_says() -> None:
    """The normal interval of a share of one half over 400: .5 ± 1.96 · √(.25 / 400)."""
    found = interval([0.0, 1.0] * 200)
    assert found is not None
    half = 1.96 * math.sqrt(0.25 / 400)
    assert found.low == pytest.approx(0.5 - half, abs=0.01)
    assert found.high == pytest.approx(0.5 + half, abs=0.01)
    assert found == interval([0.0, 1.0] * 200)


def test_an_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    draws = np.random.default_rng(1).random((200, 40)) < 0.7
    found = [interval([float(each) for each in row]) for row in draws]
    assert sum(each is not None and each.low <= 0.7 <= each.high for each in found) > 180


def test_groups_count_known_failures_apart() -> None:
    found = groups(
        report(
            script(True, tags=("a",)),
            script(False, tags=("a", "b")),
            script(False, tags=("a",), known="not yet"),
            script(True, tags=("b",), known="not yet"),
        )
    )
    assert [each.name for each in found] == ["a", "b", "all"]
    counted = [(g.scripts, g.passed, g.failed, g.known, g.fixed, g.rate) for g in found]
    assert counted == [(3, 1, 1, 1, 0, 0.5), (2, 0, 1, 1, 1, 0.0), (4, 1, 1, 2, 1, 0.5)]
    assert all(each.interval is None for each in found)


def test_powers_go_to_the_most_repeats_and_say_where_runs_are_missing() -> None:
    short, long = script(True, tags=("a",)), script(True, True, False, tags=("b",))
    a, b, whole = groups(report(short, long))
    assert a.powers == {1: 1.0, 3: None}
    assert b.powers == {1: pytest.approx(2 / 3), 3: 0.0}
    assert whole.powers[1] == pytest.approx(5 / 6) and whole.powers[3] is None


def test_only_known_failures_have_no_rate() -> None:
    found = group("a", [script(False, known="not yet")], [1])
    assert found.rate is None and found.powers == {1: None}


CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase", "system-out", "system-err"},
    "properties": {"property"},
    "testcase": {"skipped", "error", "failure", "system-out", "system-err"},
}
REQUIRED = {
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp"},
    "testcase": {"name", "classname", "time"},
    "property": {"name", "value"},
}


def parsed(written: bytes) -> ET.Element:
    return ET.fromstring(written)  # noqa: S314 - of our own making


def check_junit(root: ET.Element) -> None:
    """What the schema that Jenkins ships (junit-10.xsd) asks of elements and attributes."""
    for element in root.iter():
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
        assert set(element.attrib) >= REQUIRED.get(element.tag, set())
    for suite in root.iter("testsuite"):
        cases = suite.findall("testcase")
        assert int(suite.get("tests", "")) == len(cases)
        for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(count, "")) == sum(case.find(tag) is not None for case in cases)
        assert float(suite.get("time", "")) >= 0


def test_junit_has_a_suite_a_file_and_a_case_a_run() -> None:
    error = RunResult(number=1, error="nothing answers")
    other = script(True, name="other").model_copy(update={"file": "./d/b.yaml"})
    root = parsed(
        junit(
            report(
                script(True, False, name="twice"),
                script(False, name="known", known="not yet"),
                ScriptResult(scenario="down", file="d/a.yaml", runs=(error,)),
                other,
            )
        )
    )
    check_junit(root)
    first, second = root
    assert (first.get("tests"), first.get("failures")) == ("4", "1")
    assert (first.get("errors"), first.get("skipped"), second.get("tests")) == ("1", "1", "1")
    names = [case.get("name") for case in root.iter("testcase")]
    assert names == ["twice (run 1)", "twice (run 2)", "known", "down", "other"]
    assert [case.get("classname") for case in root.iter("testcase")] == [*["d.a"] * 4, "d.b"]
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.text == "turn 1 “warm”: count: 5 films were expected, 3 came."
    skipped = root.find(".//skipped")
    assert skipped is not None and skipped.get("message") == "known failure: not yet"
    properties = {p.get("name"): p.get("value") for p in first.iter("property")}
    assert properties == {"moodreel": "1", "engine": "builtin", "model": ""}
    said = root.findtext(".//system-out")
    assert said == "> warm\n\nFilms."


@given(st.text(st.characters(codec=None), max_size=30))
def test_junit_takes_any_text(text: str) -> None:
    bad = CheckResult(check="c", passed=False, says=f"{text}]]>\x00\x1b[31m\ud800\ufffe<&")
    run = RunResult(
        number=1, turns=(turn(said=text, text=text).model_copy(update={"checks": (bad,)}),)
    )
    odd = ScriptResult(scenario=f"s{text}", file=f"f{text}", known_failure="", runs=(run,))
    root = parsed(junit(report(odd)))
    check_junit(root)
    assert root.find(".//failure") is not None
