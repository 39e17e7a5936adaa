"""``moodreel night``: several people at the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from moodreel.agent.channels.night_command import with_tastes
from moodreel.agent.night.guests import Guest, wishes_of
from moodreel.errors import UsageError

from .shell import Shell

pytestmark = pytest.mark.usefixtures("home")


def test_a_night_is_printed(shell: Shell) -> None:
    asked = ("night", "Ana: something funny", "Ben: no horror, under two hours")
    done = shell(*asked, "--count", "2", "--rule", "least_misery")
    assert done.code == 0
    assert "Ana: Tonight: funny.\nBen: No horror. Under two hours." in done.out
    assert "1. " in done.out and "2. " in done.out and "3. " not in done.out
    assert "least misery" in done.out


def test_json_has_a_score_and_a_reason_for_each_person(shell: Shell) -> None:
    shell("ask", "--conversation", "mine", "I can't stand Elf. Never any horror")
    data: dict[str, Any] = json.loads(
        shell("night", "--json", "Ana: something funny: cheap", "--taste", "Ben=mine").out
    )
    assert data["people"] == ["Ana", "Ben"] and data["rule"] == "average"
    for pick in data["picks"]:
        assert [fit["person"] for fit in pick["fits"]] == ["Ana", "Ben"]
        assert "Horror" not in pick["genres"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("something funny",), "doesn't say whose wish it is"),
        ((": funny",), "doesn't say whose wish it is"),
        (("Ana: funny", "--taste", "Ben"), "is not NAME=ID"),
        (("Ana: funny", "ANA: sad"), "the same name"),
    ],
)
def test_what_names_nobody_is_refused(shell: Shell, words: tuple[str, ...], says: str) -> None:
    done = shell("night", *words)
    assert done.code == 2 and done.is_one_sentence(says)


def test_several_lines_of_one_person_are_one_wish() -> None:
    said = wishes_of(["Ana: funny", "Ben:", "Ana : not long"])
    assert said == {"Ana": Guest("funny. not long"), "Ben": Guest("")}
    assert with_tastes(said, ["Ben=b", "Cleo=c"]) == {
        **said, "Ben": Guest("", "b"), "Cleo": Guest("", "c"),
    }  # fmt: skip


def test_nobody_says_whose_wish_it_is() -> None:
    with pytest.raises(UsageError, match="write “Ana: funny”"):
        wishes_of(["funny"])
