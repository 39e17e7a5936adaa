"""Measures the builtin understanding on public dialogues: intents, and titles in messages.

Run ``python -m moodreel.agent.engines.measure [DATA_DIR] [--half development|held-out]
[--wrong CLASS]``. The data (see `docs/understanding.md`) does not come with Moodreel.
Dialogues are split in halves by a hash of their id: rules are written looking at the
development half only.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

from ...ingest.catalogue import Catalogue
from ...ingest.item import Item, fold
from ...ingest.people import PeopleIndex
from ...ingest.starter import open_catalogue
from ...ingest.titles import TitleIndex, TitleMatch
from ..plan import Intent
from ..profile import TasteProfile
from .base import Turn
from .labelled import (
    DATA,
    Named,
    Said,
    converse,
    iard,
    inspired_titles,
    moviebot,
    movielens_films,
    redial_films,
    redial_titles,
)
from .reading.read import mentioned, read

CLASSES: tuple[Intent, ...] = ("accept", "reject", "seen", "critique", "inquire")


HALVES = ("development", "held-out")


class Shelf:
    """A catalogue with more titles on it: facts only, for reading; all else is the base's."""

    def __init__(self, base: Catalogue, items: Iterable[Item]) -> None:
        self._base = base
        self._more = {item.id: item for item in items}
        self.titles = TitleIndex([*base.items(), *self._more.values()])
        self.people: PeopleIndex = base.people

    def get(self, ids: Iterable[str]) -> dict[str, Item]:
        """The known ones among ``ids``."""
        wanted = list(ids)
        more = {id_: self._more[id_] for id_ in wanted if id_ in self._more}
        return {**self._base.get(id_ for id_ in wanted if id_ not in more), **more}

    def find(self, title: str, year: int | None = None) -> list[TitleMatch]:
        """Items by title."""
        return self.titles.find(title, year)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._base, name)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def half_of(dialogue: str) -> str:
    """The half that a dialogue belongs to."""
    return HALVES[int(hashlib.sha256(dialogue.encode()).hexdigest(), 16) % 2]


def predict(said: Said, catalogue: Catalogue) -> frozenset[str]:
    """The classes that the reading of a message has."""
    turn = Turn(said.text, 2, TasteProfile(), shown=said.shown, question=said.question)
    return frozenset(read(turn, catalogue).intents) & set(CLASSES)


Judged = tuple[Said, frozenset[str]]


def f1(judged: Sequence[Judged], name: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of one class."""
    hit = sum(name in said.gold and name in found for said, found in judged)
    found_ = sum(name in found for _, found in judged)
    gold = sum(name in said.gold for said, _ in judged)
    precision, recall = hit / max(found_, 1), hit / max(gold, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def macro(judged: Sequence[Judged]) -> float:
    """The mean F1 of the classes that the labels have."""
    names = [name for name in CLASSES if any(name in said.gold for said, _ in judged)]
    return sum(f1(judged, name)[2] for name in names) / max(len(names), 1)


def interval(judged: Sequence[Judged], draws: int = 300) -> tuple[float, float]:
    """95 % bootstrap interval of `macro`, whole dialogues drawn with replacement."""
    dialogues: dict[str, list[Judged]] = {}
    for pair in judged:
        dialogues.setdefault(pair[0].dialogue, []).append(pair)
    groups = list(dialogues.values())
    dice = random.Random(7)  # noqa: S311
    scores = sorted(
        macro([pair for group in dice.choices(groups, k=len(groups)) for pair in group])
        for _ in range(draws)
    )
    return scores[int(0.025 * draws)], scores[int(0.975 * draws)]


def report_intents(name: str, said: Sequence[Said], catalogue: Catalogue) -> list[Judged]:
    """Print a table of one data set; what was judged comes back."""
    judged = [(each, predict(each, catalogue)) for each in said]
    low, high = interval(judged)
    _say(
        f"\n{name}: {len(judged)} messages, macro-F1 {macro(judged):.3f} ({low:.3f} to {high:.3f})"
    )
    for each in CLASSES:
        support = sum(each in s.gold for s, _ in judged)
        if support:
            precision, recall, score = f1(judged, each)
            _say(f"  {each:9} P {precision:.3f}  R {recall:.3f}  F1 {score:.3f}  n {support}")
    for (gold, found), times in _confused(judged).most_common(4):
        _say(f"  {times:4} x {gold} read as {found}")
    return judged


def _confused(judged: Sequence[Judged]) -> Counter[tuple[str, str]]:
    pairs: Counter[tuple[str, str]] = Counter()
    for said, found in judged:
        for missed in said.gold - found:
            pairs.update((missed, other) for other in (found - said.gold or {"none of them"}))
    return pairs


def report_titles(name: str, messages: Sequence[Named], catalogue: Catalogue) -> None:
    """Print how many of the films that messages name are resolved, and what is wrong."""
    counts: Counter[str] = Counter()
    for message in messages:
        counts.update(_resolved(message, catalogue))
    total, found = max(counts["named"], 1), max(counts["found"], 1)
    right, asked = counts["right"] / total, counts["asked"] / total
    _say(
        f"  {name:42} {counts['named']:5} named, {right:.3f} resolved, {asked:.3f} asked back, "
        f"{1 - right - asked:.3f} missed; {counts['stray'] / found:.3f} of {found} found are not "
        "labelled"
    )


def _resolved(message: Named, catalogue: Catalogue) -> Counter[str]:
    """Films named, resolved to one item, resolved to several; films found, and stray ones."""
    wanted = {ids for film in message.films if (ids := _ids(film, catalogue))}
    turn = Turn(message.text, 1, TasteProfile())
    found = [ids for _, ids in mentioned(turn, catalogue) if ids]
    single = {ids[0] for ids in found if len(ids) == 1}
    several = {id_ for ids in found if len(ids) > 1 for id_ in ids}
    labelled = frozenset[str]().union(*wanted)
    return Counter(
        named=len(wanted),
        right=sum(bool(ids & single) for ids in wanted),
        asked=sum(bool(ids & several) and not ids & single for ids in wanted),
        found=len(found),
        stray=sum(not labelled & set(ids) for ids in found),
    )


def _ids(film: tuple[str, int | None], catalogue: Catalogue) -> frozenset[str]:
    """The items of the catalogue that are this film: same title, year within one."""
    title, year = film
    name = fold(title).removeprefix("the ")
    return frozenset(
        match.id
        for match in catalogue.titles.find(title)
        if match.exact
        and fold(match.title).removeprefix("the ") == name
        and (year is None or match.year is None or abs(match.year - year) <= 1)
    )


def lowered(messages: Iterable[Named]) -> list[Named]:
    """The same messages without capitals."""
    return [Named(m.dialogue, m.text.lower(), m.films) for m in messages]


# --- the program ------------------------------------------------------------------------------


def measure(folder: Path, half: str, wrong: str | None = None) -> None:
    """Print every table for one half of the data."""
    with TemporaryDirectory() as home:
        starter = open_catalogue(Path(home))
        try:
            _measure(folder, half, wrong, starter)
        finally:
            starter.close()


def _measure(folder: Path, half: str, wrong: str | None, starter: Catalogue) -> None:
    shelf: Any = Shelf(starter, _new_to(starter, redial_films(folder)))
    _say(f"{half} half")
    for name, said in (("IARD", iard), ("ConveRSE", converse), ("MovieBot", moviebot)):
        ours = [each for each in said(folder, shelf) if half_of(each.dialogue) == half]
        judged = report_intents(name, ours, shelf)
        if wrong:
            _print_wrong(judged, wrong)
    _say("\ntitles, of films that are in the catalogue")
    wide: Any = Shelf(starter, _new_to(starter, movielens_films(folder)))
    for place, catalogue in (("starter", starter), ("with MovieLens titles", wide)):
        for name, messages in (("ReDial", redial_titles), ("INSPIRED", inspired_titles)):
            ours_ = [m for m in messages(folder) if half_of(m.dialogue) == half]
            report_titles(f"{name}, {place}", ours_, catalogue)
            report_titles(f"{name}, {place}, lower case", lowered(ours_), catalogue)


def _new_to(starter: Catalogue, items: Iterable[Item]) -> list[Item]:
    """Items whose title and year the starter catalogue does not have."""
    have = {(fold(item.title), item.year) for item in starter.items()}
    return [item for item in items if (fold(item.title), item.year) not in have]


def _print_wrong(judged: Sequence[Judged], name: str) -> None:
    for said, found in judged:
        if (name in said.gold) != (name in found):
            kind = "missed" if name in said.gold else "extra "
            _say(f"    {kind} {sorted(said.gold)} {sorted(found)} {said.text!r}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 1 where the data is missing."""
    parser = argparse.ArgumentParser(description="Measure the builtin understanding.")
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--half", choices=HALVES, default="held-out")
    parser.add_argument("--wrong", choices=get_args(Intent), help="print what was read wrong")
    chosen = parser.parse_args(arguments)
    if not (chosen.data / "redial").is_dir():
        sys.stderr.write(f"No data in {str(chosen.data)!r}; give the folder with 'redial'.\n")
        return 1
    measure(chosen.data, chosen.half, chosen.wrong)
    return 0


if __name__ == "__main__":
    sys.exit(main())
