"""The figures of a simulation as tables for people and as plain data for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from .figures import Figure, by, figure, hits, median_turns, questions, success, values
from .session import Group, Options
from .stage import Dialogue, Lists

MEANING = (
    "Success: a film was shown that the person accepts: a hidden one, or one near enough for those"
    " who are easily pleased.",
    "Turns: by when half of the people had succeeded; '> n' where fewer than half did.",
    "Hit@5: people who were shown a hidden film within so many turns.",
    "nDCG@50: the hidden films (of a target its kin too) among the candidates behind the last"
    " list.",
    "Distance: degrees of the axes between the ten best candidates and what is wanted tonight;"
    " below 0 is towards the taste.",
    "Recall@50: the hidden films not shown yet among the first fifty candidates.",
    "Brackets: 95 % bootstrap intervals over people; none from fewer than five.",
    "Sanity check, not a result: told genre and star of one film, any filter looks good.",
)  # fmt: skip
SERVED = "moodreel"


def as_data(groups: Sequence[Group], options: Options) -> dict[str, Any]:
    """Everything that `show` prints, as plain data."""
    return {
        "version": 1,
        "seed": options.seed,
        "users": options.users,
        "turns": options.turns,
        "played_by": options.model or "rules",
        "meaning": list(MEANING),
        "groups": [_group_data(group, options.turns) for group in groups],
    }


def _group_data(group: Group, turns: int) -> dict[str, Any]:
    dialogues = group.dialogues
    arms = {SERVED: tuple(each.lists for each in dialogues), **group.others}
    return {
        "people": group.name,
        "sanity_check": group.sanity_check,
        "served_by": {name: _served_data(shown, turns) for name, shown in arms.items()},
        "ndcg": _plain(figure([[each.beats[-1].outlook.ndcg] for each in dialogues])),
        "by_temperament": {n: _talk_data(d) for n, d in by(dialogues, _temperament).items()},
        "value_of_feedback": [asdict(value) for value in values(dialogues)],
        "whole": _talk_data(dialogues),
    }


def _temperament(dialogue: Dialogue) -> str:
    return dialogue.temperament


def _served_data(shown: Sequence[Lists], turns: int) -> dict[str, Any]:
    return {
        "success": _plain(success(shown)),
        "median_turns": median_turns(shown),
        "hit_at_5": hits(shown, turns),
    }


def _talk_data(dialogues: Sequence[Dialogue]) -> dict[str, Any]:
    lists = [each.lists for each in dialogues]
    failed = Counter(name for each in dialogues for name in each.broken)
    return {
        "people": len(dialogues),
        "turns": sum(len(each.beats) for each in dialogues),
        "success": _plain(success(lists)),
        "median_turns": median_turns(lists),
        "promises_broken": dict(sorted(failed.items())),
        "questions": asdict(questions(dialogues)),
    }


def _plain(found: Figure | None) -> dict[str, Any] | None:
    return asdict(found) if found else None


def show(data: dict[str, Any], console: Console) -> None:
    """Print the tables of `as_data`, and what each figure means."""
    console.print(
        f"{data['users']} people of each kind, at most {data['turns']} turns, seed {data['seed']},"
        f" played by {data['played_by']}."
    )
    checks = [group for group in data["groups"] if group["sanity_check"]]
    results = [group for group in data["groups"] if not group["sanity_check"]]
    console.print(_served_table("Success", results, data["turns"]))
    for group in results:
        console.print(_temperament_table(group))
        console.print(_value_table(group))
    console.print(_served_table("Sanity check, not a result", checks, data["turns"]))
    for line in data["meaning"]:
        console.print(line)


def _served_table(title: str, groups: Sequence[dict[str, Any]], turns: int) -> Table:
    steps = [t for t in (1, 2, 4, 8) if t <= turns]
    marks = [f"hit@5, {t} t." for t in steps]
    table = Table("people", "served by", "n", "success", "turns", *marks, "nDCG@50", title=title)
    for group in groups:
        for name, served in group["served_by"].items():
            table.add_row(
                group["people"],
                name,
                str(served["success"]["n"]),
                spelled(served["success"]),
                _turns(served["median_turns"], turns),
                *(f"{served['hit_at_5'][t - 1]:.2f}" for t in steps),
                spelled(group["ndcg"]) if name == SERVED else "",
            )
    return table


def _turns(median: int | None, most: int) -> str:
    return str(median) if median else f"> {most}"


def _temperament_table(group: dict[str, Any]) -> Table:
    table = Table("temperament", "n", "success", "turns", "messages", "broken promises",
                  "questions", "answered", "changed the list",
                  title=f"Temperaments ({group['people']})")  # fmt: skip
    rows = {**group["by_temperament"], "all": group["whole"]}
    for name, talk in rows.items():
        failed = ", ".join(f"{n} {check}" for check, n in talk["promises_broken"].items())
        asked = talk["questions"]
        table.add_row(
            name,
            str(talk["people"]),
            spelled(talk["success"]),
            str(talk["median_turns"] or "-"),
            str(talk["turns"]),
            failed or "0",
            *(str(asked[key]) for key in ("asked", "answered", "changed")),
        )
    return table


def _value_table(group: dict[str, Any]) -> Table:
    table = Table("what was said", "turns", "people", "distance", "recall@50",
                  title=f"What a turn of feedback is worth ({group['people']})")  # fmt: skip
    for value in group["value_of_feedback"]:
        people = str(value["recall"]["n"]) if value["recall"] else "0"
        changes = [spelled(value[part], sign="+") for part in ("distance", "recall")]
        table.add_row(value["kind"], str(value["turns"]), people, *changes)
    return table


def spelled(found: dict[str, Any] | None, sign: str = "") -> str:
    """A figure with its interval: ``.52 [.40, .64]``."""
    if not found:
        return "-"
    mean = f"{found['mean']:{sign}.2f}"
    if found["low"] is None:
        return mean
    return f"{mean} [{found['low']:{sign}.2f}, {found['high']:{sign}.2f}]"
