"""Measuring movie nights: who is in a group, what a list is worth to it, and the whole of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.replay.simulate import groups
from moodreel.agent.replay.simulate.made import made_tastes
from moodreel.agent.replay.simulate.taste import Taste
from moodreel.agent.settings import load_settings
from moodreel.ingest.catalogue import Catalogue


@pytest.fixture
async def agent(starter: Catalogue, tmp_path: Path) -> AsyncIterator[MovieAgent]:
    """An agent on the shared catalogue with conversations in memory."""
    yield MovieAgent(load_settings(home=tmp_path), starter, MemoryConversations(), year=2026)


def somebody(**standing: float) -> groups.Somebody:
    taste = Taste(name="x", kind="made", hidden=frozenset(), axes={}, standing=standing)
    return groups.Somebody(taste, "")


def test_a_list_is_judged_for_each_person() -> None:
    pair = [somebody(a=0.0, b=0.2, c=0.9), somebody(a=0.4, b=0.8, c=0.0)]
    worth = groups.judged(pair, ["a", "b", "unrated"])
    assert worth == pytest.approx(
        {"mean": 0.65, "worst-off": 0.4, "best-off": 0.9, "good for all": 0.5}
    )
    assert groups.judged(pair, ["unrated"]) is None, "nobody can say"
    assert groups.judged([*pair, somebody(z=0.1)], ["a"]) is None, "one of them can't"


async def test_everybody_is_in_one_group_and_says_something(starter: Catalogue) -> None:
    tastes = made_tastes(starter, 7, seed=3)
    items = {item.id: item for item in starter.items()}
    drawn = await groups.groups_of(tastes, items, 3, seed=3)
    names = [each.taste.name for group in drawn for each in group]
    assert [len(group) for group in drawn] == [3, 3] and len(set(names)) == 6
    assert all(each.says for group in drawn for each in group)
    again = await groups.groups_of(tastes, items, 3, seed=3)
    assert again == drawn and await groups.groups_of(tastes, items, 3, seed=4) != drawn


async def test_the_measurement_compares_every_rule(agent: MovieAgent) -> None:
    found = await groups.measured(agent, made_tastes(agent.catalogue, 4, seed=1), 2, seed=1)
    assert list(found) == ["average", "least misery", "most pleasure", "one decides", "best known"]
    for parts in found.values():
        assert parts["mean"]["n"] == 2
        assert 0 <= parts["worst-off"]["mean"] <= parts["mean"]["mean"]
        assert parts["mean"]["mean"] <= parts["best-off"]["mean"] <= 1


@pytest.mark.parametrize("wrong", [["--groups", "0"], ["--people", "x"], ["--unknown"]])
def test_wrong_options_are_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        groups.main(wrong)
    assert left.value.code == 2 and "usage" in capsys.readouterr().err


def test_a_folder_without_ratings_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert groups.main([str(tmp_path), "--groups", "1", "--people", "1"]) == 2
    assert "There are no 'ratings.csv'" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        groups.main(["--json", str(tmp_path / "nowhere" / "figures.json")])
    assert left.value.code == 2 and "there is no folder" in capsys.readouterr().err
    few = ["--groups", "1", "--people", "1"]
    assert groups.main([*few, "--json", str(tmp_path)]) == 1
    assert f"{str(tmp_path)!r} can't be written" in capsys.readouterr().err
