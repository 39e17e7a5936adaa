"""Public dialogues with labels, as messages to measure the understanding on."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...ingest.catalogue import Catalogue
from ...ingest.item import Item
from ..plan import Intent

DATA = Path(__file__).parents[2].parent / "shared" / "data"


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


ONE_FILM = (("tt0113277",),)
"""What these bots had shown: some one film."""


@dataclass(frozen=True)
class Said:
    """One labelled message: what was shown before it (ids), what was asked, what it means."""

    dialogue: str
    text: str
    gold: frozenset[str]
    shown: tuple[tuple[str, ...], ...] = ()
    question: str | None = None


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
                named = tuple(
                    dict.fromkeys(
                        _known(m["id"], m["name"], catalogue) for m in _TAG.finditer(text)
                    )
                )
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
                dialogue = f"{path.name}{message['userID']}"
                yield Said(dialogue, message["message"], frozenset({label}), ONE_FILM)


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
            text = turn["utterance"].strip()
            yield Said(record["conversation_id"], text, gold, ONE_FILM, asked)


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
            text = _written_out(message["text"], names)
            films = tuple(_film(names[id_]) for id_ in ids)
            if films:
                yield Named(str(dialogue["conversationId"]), text, films)


def _written_out(text: str, names: Mapping[str, str]) -> str:
    return re.sub(r"@(\d+)", lambda m: _title(names.get(m[1], "")), text)


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
            title, year = _film(row["title"])
            title = re.sub(r"\s*\([^)]*\)\s*$", "", title) or title
            title = re.sub(r"^(.*), (The|A|An|Les?|La|Il|El|Der|Die|Das)$", r"\2 \1", title)
            items.append(Item(id=f"ml{row['movieId']}", title=title, year=year, source="movielens"))
    return items
