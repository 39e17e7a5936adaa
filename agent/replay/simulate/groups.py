"""Measures movie nights with simulated people: ``moodreel eval groups``.

Each person has a hidden taste and says the first message that a simulated person would. How much
a film pleases is the share of the catalogue that pleases this person less: 0 to 1, .5 by chance.
Nothing that recommends sees it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, get_args

from rich.console import Console
from rich.table import Table

from ....ingest.item import Item
from ...companion import MovieAgent
from ...night.reply import Rule
from ...settings import load_settings
from .arguments import count, exit_code, written_to
from .figures import Figure, figure
from .made import made_tastes
from .person import Person
from .raters import rater_tastes, read_ratings
from .report import spelled
from .taste import Taste
from .temperament import Temperament

PICKS = 5
_PLAIN = Temperament("plain")
_PARTS = ("mean", "worst-off", "best-off", "good for all")
MEANING = (
    "Pleasure: the share of films that please a person less than these do, of those whose place in"
    " the taste is known; 0 to 1, .5 by chance.",
    "Worst-off, best-off: of each group the person whom the list pleases least, and most.",
    "Good for all: films of a list that please everybody more than half of the films would.",
    "One decides: the list for the first person alone. Best known: the same films for everybody.",
    "Brackets: 95 % bootstrap intervals over groups.",
    "People made from the catalogue's own descriptors only compare ways of choosing with each"
    " other.",
)


@dataclass(frozen=True)
class Somebody:
    """One person of a group: what pleases, and what they say."""

    taste: Taste
    says: str


async def groups_of(
    tastes: Sequence[Taste], items: Mapping[str, Item], size: int, seed: int
) -> list[list[Somebody]]:
    """Groups of ``size`` people, each person in one group, drawn by ``seed``."""
    order = list(tastes)
    random.Random(f"groups {seed}").shuffle(order)  # noqa: S311 - sampling, not secrecy
    people = [Somebody(taste, await _first_words(taste, items, seed)) for taste in order]
    return [people[at : at + size] for at in range(0, len(people) - size + 1, size)]


async def _first_words(taste: Taste, items: Mapping[str, Item], seed: int) -> str:
    return (await Person(taste, _PLAIN, items, seed, picky=True).open()).words


async def lists_for(group: Sequence[Somebody], agent: MovieAgent) -> dict[str, list[str]]:
    """The films of each way to choose for a group, by its name."""
    people = {f"P{number}": each.says for number, each in enumerate(group, 1)}
    lists: dict[str, list[str]] = {}
    for rule in get_args(Rule):
        lists[rule.replace("_", " ")] = await _films(agent, people, rule)
    first = dict(list(people.items())[:1])
    lists["one decides"] = await _films(agent, first, "average")
    famous = sorted(agent.catalogue.items(), key=lambda item: (-item.popularity, item.id))
    lists["best known"] = [item.id for item in famous[:PICKS]]
    return lists


async def _films(agent: MovieAgent, people: Mapping[str, str], rule: Rule) -> list[str]:
    return [pick.id for pick in (await agent.movie_night(people, rule=rule, picks=PICKS)).picks]


def pleasure(taste: Taste, films: Sequence[str]) -> list[float]:
    """How much each film pleases, as far as that is known of it."""
    return [1 - taste.standing[film] for film in films if film in taste.standing]


def judged(group: Sequence[Somebody], films: Sequence[str]) -> dict[str, float] | None:
    """What a list is worth to a group; None where too little of it can be judged."""
    by_person = [pleasure(each.taste, films) for each in group]
    if not all(by_person):
        return None
    means = [fmean(each) for each in by_person]
    known = [film for film in films if all(film in each.taste.standing for each in group)]
    good = [all(each.taste.standing[film] < 0.5 for each in group) for film in known]
    parts = (fmean(means), min(means), max(means), fmean(good) if good else 0.0)
    return dict(zip(_PARTS, parts, strict=True))


def figures_of(rows: Sequence[Mapping[str, dict[str, float] | None]]) -> dict[str, Any]:
    """By way to choose and part, the mean over groups with its interval."""
    found: dict[str, Any] = {}
    for way in rows[0] if rows else ():
        told = [judgement for row in rows if (judgement := row[way]) is not None]
        found[way] = {part: _plain(figure([[each[part]] for each in told])) for part in _PARTS}
    return found


def _plain(found: Figure | None) -> dict[str, Any] | None:
    return asdict(found) if found else None


async def measured(agent: MovieAgent, tastes: Sequence[Taste], size: int, seed: int) -> Any:
    """The figures of all groups that the people make."""
    items = {item.id: item for item in agent.catalogue.items()}
    rows = []
    for group in await groups_of(tastes, items, size, seed):
        lists = await lists_for(group, agent)
        rows.append({way: judged(group, films) for way, films in lists.items()})
    return figures_of(rows)


async def _all(asked: argparse.Namespace) -> dict[str, Any]:
    """Everything measured in a data folder of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="moodreel-groups-") as folder:
        own = load_settings(engine="builtin", conversations="memory", home=Path(folder))
        async with await MovieAgent.open(own) as agent:
            return {
                f"{name}, {size} people": await measured(agent, tastes, size, asked.seed)
                for size in asked.people
                for name, tastes in _tastes(asked, agent, size).items()
            }


def _tastes(asked: argparse.Namespace, agent: MovieAgent, size: int) -> dict[str, list[Taste]]:
    many = asked.groups * size
    found = {"made": made_tastes(agent.catalogue, many, asked.seed)}
    if asked.data:
        ratings = read_ratings(asked.data, agent.catalogue)
        found["raters"] = rater_tastes(ratings, agent.catalogue, many, asked.seed)
    return found


def show(data: dict[str, Any], console: Console) -> None:
    """Print a table for each kind of group, and what the figures mean."""
    for name, ways in data.items():
        table = Table("chosen by", "groups", *_PARTS, title=name)
        for way, parts in ways.items():
            many = parts["mean"]["n"] if parts["mean"] else 0
            table.add_row(way, str(many), *(spelled(parts[part]) for part in _PARTS))
        console.print(table)
    for line in MEANING:
        console.print(line)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and write what was asked for; the exit code."""
    asked = _parser().parse_args(arguments)
    return exit_code(lambda: _measure(asked))


def _measure(asked: argparse.Namespace) -> None:
    data = asyncio.run(_all(asked))
    if asked.json:
        asked.json.write_text(json.dumps(data, indent=1), encoding="utf-8")
    console = Console(markup=False, emoji=False, highlight=False)
    console.width = max(console.width, 110)
    show(data, console)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("moodreel eval groups", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, help="folder with MovieLens latest-small")
    parser.add_argument("--groups", type=count, default=40, help="groups of each kind (40)")
    parser.add_argument("--people", type=count, nargs="+", default=[2, 4], help="sizes (2 4)")
    parser.add_argument("--seed", type=int, default=1, help="of all chance (1)")
    parser.add_argument("--json", type=written_to, metavar="FILE", help="write all figures")
    return parser


if __name__ == "__main__":
    sys.exit(main())
