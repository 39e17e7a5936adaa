"""Measures the builtin understanding on public dialogues: intents, and titles in messages.

Run ``python -m moodreel.agent.engines.measure [DATA_DIR] [--half development|held-out]
[--wrong CLASS]``. The data (see `docs/understanding.md`) does not come with Moodreel.
Dialogues are split in halves by a hash of their id: rules are written looking at the
development half only.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from .reading.read import mentioned, read

CLASSES: tuple[Intent, ...] = ("accept", "reject", "seen", "critique", "inquire")
DATA = Path(__file__).parents[2].parent / "shared" / "data"
HALVES = ("development", "held-out")

# How the data sets name what we count.
_IARD: Mapping[str, Intent] = {
    "ACC": "accept", "REJ": "reject", "SEE": "seen", "CRI-F": "critique", "CRI-A": "critique",
    "CRI-C": "critique", "INQ": "inquire",
}  # fmt: skip
_CONVERSE: Mapping[str, Intent] = {
    "request_recommendation - skip": "reject", "smalltalk.confirmation.no": "reject",
    "smalltalk.confirmation.yes": "accept", "smalltalk.appraisal.good": "accept",
    "request_recommendation - details": "inquire", "request_recommendation - trailer": "inquire",
    "request_recommendation - why": "inquire", "request_recommendation - yes_but": "critique",
    "request_recommendation - no_but": "critique",
}  # fmt: skip
_MOVIEBOT: Mapping[str, Intent] = {
    "NOTE.YES": "seen", "NOTE.ACCEPT": "accept", "NOTE.LIKE": "accept", "NOTE.DISLIKE": "reject",
    "INQUIRE.ITEMINFO": "inquire", "INQUIRE.MORE": "inquire", "REVEAL.REVISE": "critique",
}  # fmt: skip
_TAG = re.compile(r"@(?P<id>\d+)\s*<(?P<name>[^<>]*)>(?:\s*<[^<>]*>)*")
_DATED = re.compile(r"^(?P<title>.*?)\s*\((?P<year>\d{4})\)\s*$")


@dataclass(frozen=True)
class Said:
    """One labelled message: what was shown before it (ids), what was asked, what it means."""

    dialogue: str
    text: str
    gold: frozenset[str]
    shown: tuple[tuple[str, ...], ...] = ()
    question: str | None = None


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


def half_of(dialogue: str) -> str:
    """The half that a dialogue belongs to."""
    return HALVES[int(hashlib.sha256(dialogue.encode()).hexdigest(), 16) % 2]


def load(path: Path) -> Any:
    """A gzipped JSON file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)


# --- intents ----------------------------------------------------------------------------------


def iard(folder: Path, catalogue: Catalogue) -> Iterator[Said]:
    """Seekers' utterances of IARD; films that the recommender named count as shown."""
    for dialogue, record in load(folder / "redial" / "IARD_trainpart_298.json.gz").items():
        shown: list[tuple[str, ...]] = []
        asked: str | None = None
        for turn in record["dialogue_info"].values():
            text = turn["utterance_text"].replace("...", ". ")
            if turn["role"] == "recommender":
                named = tuple(dict.fromkeys(_known(m["id"], m["name"], catalogue) for m in _TAG.finditer(text)))
                shown += [named] if named else []
                asked = _seen_question(text)
                continue
            labels = frozenset(_IARD[c] for c in turn["sub-intent/action"] if c in _IARD)
            yield Said(dialogue, _plain(text), labels, tuple(shown), asked)


def _known(id_: str, name: str, catalogue: Catalogue) -> str:
    """The catalogue's id of a film that ReDial names."""
    title, year = _film(name)
    found = [m for m in catalogue.find(title, year) if m.exact and m.year in (year, None)]
    return found[0].id if found else f"rd{id_}"


def _seen_question(text: str) -> str | None:
    """What was asked, where it was whether a film has been seen: only that is not rhetorical."""
    return text if "?" in text and re.search(r"\b(?:seen|watched|heard)\b", text.lower()) else None


def _plain(text: str) -> str:
    """A text with films by title only, as people type them."""
    return re.sub(r"\s+", " ", _TAG.sub(lambda m: _title(m["name"]), text)).strip()


def _title(name: str) -> str:
    dated = _DATED.match(name.strip())
    return (dated["title"] if dated else name).strip().replace("%3F", "?")


def redial_films(folder: Path) -> list[Item]:
    """Every film that ReDial and IARD dialogues mention, as items with title and year."""
    names: dict[str, str] = {}
    for record in load(folder / "redial" / "IARD_trainpart_298.json.gz").values():
        for turn in record["dialogue_info"].values():
            names.update((m["id"], m["name"]) for m in _TAG.finditer(turn["utterance_text"]))
    for dialogue in _redial(folder):
        names.update(dialogue["movieMentions"] or {})
    return [item for id_, name in names.items() if (item := _item(f"rd{id_}", name))]


def _item(id_: str, name: str) -> Item | None:
    title = _title(name)
    dated = _DATED.match(name.strip())
    if not title:
        return None
    return Item(id=id_, title=title, year=int(dated["year"]) if dated else None, source="redial")


def _redial(folder: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / "redial" / "valid_data_kgsf_901.jsonl.gz", "rt") as lines:
        yield from map(json.loads, lines)


def converse(folder: Path, _: Catalogue) -> Iterator[Said]:
    """Reactions to one recommended film in the ConveRSE chats (weak, machine-given labels)."""
    for path in sorted((folder / "chatbot-user-messages").glob("converse_*.json.gz")):
        for message in load(path):
            label = _CONVERSE.get(message["intent"])
            signs = set(re.findall(r"Q\d+([+-])", message["recognizedObjects"] or ""))
            if message["intent"] == "request_recommendation - preference" and len(signs) == 1:
                label = "accept" if signs == {"+"} else "reject"
            if label and "recommendation" in message["events"]:
                yield Said(f"{path.name}{message['userID']}", message["message"], frozenset({label}), (("tt0113277",),))  # fmt: skip


def moviebot(folder: Path, _: Catalogue) -> Iterator[Said]:
    """Users' turns of the annotated MovieBot dialogues."""
    for record in load(folder / "chatbot-user-messages" / "moviebot_annotated_dialogues.json.gz"):
        asked: str | None = None
        for turn in record["conversation"]:
            if turn["participant"] == "AGENT":
                asked = _seen_question(turn["utterance"])
                continue
            acts = {act["intent"] for act in turn["dialogue_acts"]}
            gold = frozenset(_MOVIEBOT[act] for act in acts if act in _MOVIEBOT)
            yield Said(record["conversation_id"], turn["utterance"].strip(), gold, (("tt0113277",),), asked)  # fmt: skip


def predict(said: Said, catalogue: Catalogue) -> frozenset[str]:
    """The classes that the reading of a message has."""
    turn = Turn(said.text, 2, TasteProfile(), said.shown, said.question, history=(("user", "hi"),))
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
    print(
        f"\n{name}: {len(judged)} messages, macro-F1 {macro(judged):.3f} ({low:.3f} to {high:.3f})"
    )
    for each in CLASSES:
        support = sum(each in s.gold for s, _ in judged)
        if support:
            precision, recall, score = f1(judged, each)
            print(f"  {each:9} P {precision:.3f}  R {recall:.3f}  F1 {score:.3f}  n {support}")
    for (gold, found), times in _confused(judged).most_common(4):
        print(f"  {times:4} x {gold} read as {found}")
    return judged


def _confused(judged: Sequence[Judged]) -> Counter[tuple[str, str]]:
    pairs: Counter[tuple[str, str]] = Counter()
    for said, found in judged:
        for missed in said.gold - found:
            pairs.update((missed, other) for other in (found - said.gold or {"none of them"}))
    return pairs


# --- titles -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    """A message and the films that its labels say it names."""

    dialogue: str
    text: str
    films: tuple[tuple[str, int | None], ...]


def redial_titles(folder: Path) -> Iterator[Named]:
    """Messages of ReDial with the titles of tagged films written out, years left off."""
    for dialogue in _redial(folder):
        names: dict[str, str] = dialogue["movieMentions"] or {}
        for message in dialogue["messages"]:
            ids = [i for i in re.findall(r"@(\d+)", message["text"]) if i in names]
            text = re.sub(r"@(\d+)", lambda m: _title(names.get(m[1], "")), message["text"])
            films = tuple(_film(names[id_]) for id_ in ids)
            if films:
                yield Named(str(dialogue["conversationId"]), text, films)


def inspired_titles(folder: Path) -> Iterator[Named]:
    """Messages of INSPIRED with the films that its annotators found in them, as typed."""
    with gzip.open(folder / "inspired" / "inspired2_dev_set.tsv.gz", "rt") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            films = tuple(_film(name) for name in row["movies"].split(";") if name.strip())
            if films:
                yield Named(row["dialog_id"], row["text"].replace("QUOTATION_MARK", '"'), films)


def _film(name: str) -> tuple[str, int | None]:
    dated = _DATED.match(name.strip())
    return _title(name), int(dated["year"]) if dated else None


def movielens_films(folder: Path) -> list[Item]:
    """The films of MovieLens latest-small, "Matrix, The (1999)" with the article in front."""
    items = []
    with (folder / "movielens-latest-small" / "movies.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            title, year = _film(re.sub(r"^(.*), (The|A|An|Les?|La|Il|El|Der|Die|Das)(?= \(|$)", r"\2 \1", row["title"]))  # fmt: skip
            title = re.sub(r"\s*\([^)]*\)\s*$", "", title) or title
            title = re.sub(r"^(.*), (The|A|An)$", r"\2 \1", title)
            items.append(Item(id=f"ml{row['movieId']}", title=title, year=year, source="movielens"))
    return items


def report_titles(name: str, messages: Sequence[Named], catalogue: Catalogue) -> None:
    """Print how many of the films that messages name are resolved, and what is wrong."""
    total = right = asked = false = found_count = 0
    for message in messages:
        wanted = {ids for film in message.films if (ids := _ids(film, catalogue))}
        turn = Turn(message.text, 1, TasteProfile())
        found = [ids for _, ids in mentioned(turn, catalogue) if ids]
        total += len(wanted)
        right += sum(any(len(ids) == 1 and ids[0] in gold for ids in found) for gold in wanted)
        asked += sum(any(len(ids) > 1 and set(ids) & gold for ids in found) and
                     not any(len(ids) == 1 and ids[0] in gold for ids in found) for gold in wanted)  # fmt: skip
        found_count += len(found)
        every = frozenset(i for film in message.films for i in (_ids(film, catalogue) or ()))
        false += sum(not (set(ids) & every) for ids in found)
    print(
        f"  {name:34} {total:5} named, {right / max(total, 1):.3f} resolved, "
        f"{asked / max(total, 1):.3f} asked back, {1 - (right + asked) / max(total, 1):.3f} missed; "
        f"{false / max(found_count, 1):.3f} of {found_count} found are not labelled"
    )


def _ids(film: tuple[str, int | None], catalogue: Catalogue) -> frozenset[str]:
    """The items of the catalogue that are this film: same title, year within one."""
    title, year = film
    return frozenset(
        match.id
        for match in catalogue.titles.find(title)
        if match.exact and fold(match.title).removeprefix("the ") == fold(title).removeprefix("the ")
        and (year is None or match.year is None or abs(match.year - year) <= 1)
    )  # fmt: skip


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
    print(f"{half} half")
    for name, said in (("IARD", iard), ("ConveRSE", converse), ("MovieBot", moviebot)):
        ours = [each for each in said(folder, shelf) if half_of(each.dialogue) == half]
        judged = report_intents(name, ours, shelf)
        if wrong:
            _print_wrong(judged, wrong)
    print("\ntitles, of films that are in the catalogue")
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
            print(f"    {'missed' if name in said.gold else 'extra ':6} {sorted(said.gold)} {sorted(found)} {said.text!r}")  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 1 where the data is missing."""
    parser = argparse.ArgumentParser(description="Measure the builtin understanding.")
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--half", choices=HALVES, default="held-out")
    parser.add_argument("--wrong", choices=get_args(Intent), help="print what was read wrong")
    chosen = parser.parse_args(arguments)
    if not (chosen.data / "redial").is_dir():
        print(
            f"No data in {str(chosen.data)!r}; give the folder that holds 'redial'.",
            file=sys.stderr,
        )
        return 1
    measure(chosen.data, chosen.half, chosen.wrong)
    return 0


if __name__ == "__main__":
    sys.exit(main())
