"""Builds that are broken on purpose: each is caught, and none breaks nothing unnoticed."""

from __future__ import annotations

import inspect
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from moodreel.agent.replay import mutate
from moodreel.agent.replay.mutate import Catch, caught_by, measure, table, write
from moodreel.agent.replay.mutations import MUTATIONS, Mutation, Patch, applied
from moodreel.errors import UsageError, WorkError

from .replay_reports import check, report, script, turn

SCRIPTS = Path(__file__).parent / "mutation_scripts.yaml"
ALWAYS = ("constraint check off", "seen filter off", "undo ignored", "reference off by one")
WRONG = (check("kept", passed=False, says="Heat is too long."),)


def place(patch: Patch) -> Any:
    """What stands at a patch's place now."""
    module, _, path = patch.place.partition(":")
    found: Any = import_module(f"moodreel.{module}")
    for each in path.split("."):
        found = inspect.getattr_static(found, each)
    return found


def test_the_four_that_must_be_caught_are() -> None:
    chosen = [mutation for mutation in MUTATIONS if mutation.name in ALWAYS]
    intact, catches = measure([SCRIPTS], chosen, jobs=2)
    assert [each.scenario for each in intact.scripts if not each.passed] == []
    assert [each.mutation.name for each in catches if each.caught] == list(ALWAYS)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_mutation_replaces_what_is_there_and_puts_it_back(mutation: Mutation) -> None:
    before = [place(patch) for patch in mutation.patches]
    with applied(mutation):
        assert all(place(p) is not b for p, b in zip(mutation.patches, before, strict=True))
    assert [place(patch) for patch in mutation.patches] == before


@pytest.mark.parametrize(
    "gone",
    [
        "agent.nodes:no_such",
        "agent.no_such:run",
        "agent.resolve:Resolver.no_such",
        "agent.nodes:log",
    ],
)
def test_a_mutation_of_what_is_gone_is_refused_and_leaves_nothing(gone: str) -> None:
    first = MUTATIONS[2].patches[0]
    before = place(first)
    broken = Mutation("old", "nothing", (first, Patch(gone, lambda real: real)))
    with pytest.raises(WorkError, match="no longer there"), applied(broken):
        pass
    assert place(first) is before


def test_only_what_passes_on_the_intact_build_counts() -> None:
    failing = script(turn(checks=WRONG), scenario="b")
    intact = report(script(), failing, script(scenario="c"))
    broken = report(script(turn(checks=WRONG)), failing, script(scenario="c"))
    catch = caught_by(MUTATIONS[0], intact, broken)
    assert (catch.scripts, catch.checks, catch.caught) == (1, {"kept": 1}, True)
    assert not caught_by(MUTATIONS[0], intact, intact).caught


def test_the_table_says_what_slips_through() -> None:
    catches = [Catch(MUTATIONS[0], 2, Counter(kept=2, all=1)), Catch(MUTATIONS[1], 0, Counter())]
    text = table(catches, report(script(), script(turn(checks=WRONG))))
    assert text.startswith("2 scripts, 1 of which pass on the intact build.")
    assert "| constraint check off | limits bar nothing | 2 | kept 2, all 1 | yes |" in text
    assert "| 0 | – | **no** |" in text


def test_the_table_goes_between_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "replay.md"
    path.write_text("Before.\n<!-- mutations -->\nold\n<!-- /mutations -->\nAfter.\n")
    for text in ("| new |\n", "| newer |\n"):
        write(path, text)
    marked = "<!-- mutations -->\n| newer |\n<!-- /mutations -->"
    assert path.read_text() == f"Before.\n{marked}\nAfter.\n"


def test_a_document_without_marks_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "replay.md"
    path.write_text("Nothing here.")
    with pytest.raises(UsageError, match="mutations"):
        write(path, "| new |\n")
    assert path.read_text() == "Nothing here."


def test_a_build_that_cannot_be_played_says_why() -> None:
    with pytest.raises(WorkError, match="no-such-file"):
        mutate.play_apart([Path("no-such-file.yaml")])
