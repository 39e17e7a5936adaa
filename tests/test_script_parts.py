"""Parameters, matrices and includes: a script put together from parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from moodreel.agent.replay.load import load
from moodreel.errors import BadScript


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def loaded(text: str, name: str = "x.yaml") -> list[dict[str, Any]]:
    """Every script of a file, as far as something is said in it."""
    return [
        each.script.model_dump(mode="json", exclude_unset=True)
        for each in load([write(name, text)])
    ]


def wrong(text: str, name: str = "x.yaml") -> str:
    with pytest.raises(BadScript) as raised:
        loaded(text, name)
    return str(raised.value)


def test_parameters_are_filled_in_and_keep_what_they_are() -> None:
    (script,) = loaded("""
scenario: After ${film}
parameters: {film: 1917, many: 5, facts: {runtime: {max: 120}}, axis: scares, line: "like ${film}"}
turns:
- user: Films ${line}, ${many} of them, for $${film} and $5 {x}
  expect: {count: "${many}", all: "${facts}", includes: ["${film}"], axes: {"${axis}": {max: 1}}}
""")
    (turn,) = script["turns"]
    assert script["scenario"] == "After 1917"
    assert turn["user"] == "Films like 1917, 5 of them, for ${film} and $5 {x}"
    assert turn["expect"] == {
        "count": 5,
        "all": {"runtime": {"max": 120.0}},
        "includes": ["1917"],
        "axes": {"scares": {"max": 1.0}},
    }


def test_a_matrix_makes_a_script_of_each_combination_but_the_excluded() -> None:
    scripts = loaded("""
scenario: Endings
parameters: {film: none, k: 2, wish: "${film}, ${count} of them"}
matrix:
  film: [Heat, 1917, {title: Up}]
  count: ["${k}", 5]
  exclude: [{film: 1917, count: 2}, {film: {title: Up}}]
turns:
- user: like ${wish}
  expect: {count: "${count}"}
""")
    assert scripts[1]["turns"][0]["user"] == "like Heat, 5 of them"
    assert [each["scenario"] for each in scripts] == [
        "Endings [film=Heat, count=2]",
        "Endings [film=Heat, count=5]",
        "Endings [film=1917, count=5]",
    ]
    assert [each["turns"][0]["expect"]["count"] for each in scripts] == [2, 5, 5]


BODY = "scenario: A\nturns:\n- user: '${film}'\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("parameters: {filn: x}", "line 3, column 9, turns[0].user: there is no parameter 'film'"),
        ("", "there is no parameter 'film'; there are none here."),
        ("parameters: [film]", "parameters are names with values"),
        ("parameters: {film: {a: 1}, b: 'x ${film}'}", "${film} is no single value"),
        ("parameters: {b: '${film}', film: x}", "there is no parameter 'film'"),
        ("parameters: {'a b': x}", "a name is letters, digits"),
        ("matrix: {mood: [a]}\nparameters: {film: '${nope}'}", "parameters.film: there is no para"),
        ("matrix: {film: Heat}", "matrix.film: a name of a matrix has a list of values"),
        ("matrix: {film: []}", "a name of a matrix has a list of values"),
        ("matrix: {}", "this matrix has 0 combinations"),
        ("matrix: [film]", "a matrix is names with lists"),
        ("matrix: {film: [a, a]}", "a script called 'A [film=a]' is in this file already"),
        ("matrix: {film: [a], exclude: [{film: b}]}", "matrix.exclude[0]: no combination"),
        ("matrix: {film: [a], exclude: [{film: a}]}", "this leaves no combination"),
        ("matrix: {film: [a], exclude: {film: a}}", "'exclude' is a list"),
        (f"matrix: {{film: [{'x, ' * 501}]}}", "this matrix has 501 combinations, from 1 to 500"),
    ],
)  # fmt: skip
def test_a_parameter_or_matrix_that_can_not_be_says_why(text: str, says: str) -> None:
    assert says in wrong(BODY + text)


SHARED = """
setup: {engine: builtin, settings: {picks: 4, candidates: 50}, history: seen.csv}
expect: {grounded: true, count: 5}
tags: [mood, film]
parameters: {film: Heat, many: 5}
turns:
- user: I loved ${film}
"""


def test_an_included_file_gives_defaults_and_the_first_turns() -> None:
    write("parts/_shared.yaml", SHARED)
    write("parts/_more.yaml", "turns:\n- press: {act: undo}\ntags: [undo]\n")
    (script,) = loaded("""
scenario: A
include: ../parts/_shared.yaml
tags: [film, new]
setup: {settings: {picks: 3}}
expect: {count: 3}
parameters: {film: Up}
turns:
- user: one
- include: ../parts/_more.yaml
- user: two
""", "d/x.yaml")  # fmt: skip
    says = [each.get("user") or each["press"]["act"] for each in script["turns"]]
    assert says == ["I loved Up", "one", "undo", "two"]
    assert script["tags"] == ["mood", "film", "undo", "new"]
    assert script["expect"] == {"grounded": True, "count": 3}
    assert script["setup"]["settings"] == {"picks": 3, "candidates": 50}
    assert script["setup"]["history"] == "../parts/seen.csv"


def test_includes_may_be_all_there_is_and_include_others_in_turn() -> None:
    write("_a.yaml", "include: _b.yaml\nturns: [{user: a}]\nsetup: {year: 2001}\n")
    write("_b.yaml", "turns: [{user: b}]\nsetup: {year: 2000, engine: builtin}\n")
    (script,) = loaded("scenario: A\ninclude: [_a.yaml, _b.yaml]\n")
    assert [each["user"] for each in script["turns"]] == ["b", "a", "b"]
    assert script["setup"] == {"year": 2000, "engine": "builtin"}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("_nope.yaml", "line 2, column 10, include: there is no file '_nope.yaml' beside"),
        ("/etc/passwd", "'/etc/passwd' lies outside"),
        ("../../x.yaml", "'../../x.yaml' lies outside"),
        ("x.yaml", "'x.yaml' includes itself"),
        ("_loop.yaml", "_loop.yaml, line 1, column 10, include: 'x.yaml' includes itself"),
        ("_two.yaml", "_two.yaml has to hold one document with keys"),
        ("_list.yaml", "_list.yaml has to hold one document with keys"),
        ("_matrix.yaml", "_matrix.yaml, line 1, column 1, matrix: a file that is included has no"),
        ("_wrong.yaml", "_wrong.yaml, line 3, column 12, turns[0].expect.cont: there is no key"),
        ("[[x]]", "an include is the path of a file"),
    ],
)
def test_an_include_that_can_not_be_says_why(name: str, says: str) -> None:
    write("_loop.yaml", "include: x.yaml\n")
    write("_two.yaml", "turns: [{user: x}]\n---\nturns: [{user: x}]\n")
    write("_list.yaml", "- user: x\n")
    write("_matrix.yaml", "matrix: {film: [Heat]}\n")
    write("_wrong.yaml", "turns:\n- user: x\n  expect: {cont: 5}\n")
    assert says in wrong(f"scenario: A\ninclude: {name}\nturns: [{{user: x}}]\n")


def test_a_link_does_not_lead_out(tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text("turns: [{user: secret}]")
    Path("_link.yaml").symlink_to(outside)
    assert "'_link.yaml' lies outside" in wrong("scenario: A\ninclude: _link.yaml\n")
