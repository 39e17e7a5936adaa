"""Measures the title index on public dialogues: `.venv/bin/python tests/measure_titles.py [-v]`.

ReDial marks every film with an id, so its messages are rewritten with the film's title (as it
is and in lower case) and both the place and the item are known. Inspired has titles as people
typed them, with the film's name beside the message. Only films of the starter catalogue count.
"""

# ruff: noqa: T201 - it prints, that is its purpose.

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from moodreel.ingest.item import Item, fold
from moodreel.ingest.starter.films import starter_items
from moodreel.ingest.titles import Mention, TitleIndex

DATA = Path(__file__).parents[1].parent / "shared" / "data"
_ID = re.compile(r"@(\d+)")
_DATED = re.compile(r"^(.*?)\s*\((\d{4})\)\s*$")


@dataclass(frozen=True)
class Case:
    """A message with the spans and ids of catalogue films in it, and spans of other films."""

    text: str
    films: tuple[tuple[int, int, str], ...]
    others: tuple[tuple[int, int], ...]


def by_title(items: list[Item]) -> dict[tuple[str, int | None], str]:
    return {(fold(item.title), item.year): item.id for item in items}


def redial(known: dict[tuple[str, int | None], str], lower: bool) -> Iterator[Case]:
    for name in ("valid_data_kgsf_901.jsonl.gz", "valid_data_ievalm_1000.jsonl.gz"):
        with gzip.open(DATA / "redial" / name, "rt", encoding="utf-8") as file:
            for line in file:
                dialogue = json.loads(line)
                names = dialogue["movieMentions"] or {}
                for message in dialogue["messages"]:
                    yield _filled(message["text"], names, known, lower)


def _filled(
    text: str, names: dict[str, str], known: dict[tuple[str, int | None], str], lower: bool
) -> Case:
    out, films, others, last = "", [], [], 0
    for found in _ID.finditer(text):
        label = names.get(found.group(1)) or ""
        dated = _DATED.match(label)
        title, year = (dated.group(1), int(dated.group(2))) if dated else (label, None)
        title = " ".join(title.split()) or "it all"
        out += text[last : found.start()]
        item = known.get((fold(title), year))
        span = (len(out), len(out) + len(title))
        if item:
            films.append((*span, item))
        else:
            others.append(span)
        out += title
        last = found.end()
    out += text[last:]
    return Case(out.lower() if lower else out, tuple(films), tuple(others))


def inspired(known: dict[tuple[str, int | None], str]) -> Iterator[tuple[str, set[str], bool]]:
    """Messages with the ids of catalogue films named in them, and whether other films are."""
    with gzip.open(DATA / "inspired" / "dev.tsv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            labels = [label.strip() for label in row["movies"].split(";") if label.strip()]
            ids, other = set(), False
            for label in labels:
                dated = _DATED.match(label)
                key = (fold(dated.group(1)), int(dated.group(2))) if dated else (fold(label), None)
                if key in known:
                    ids.add(known[key])
                else:
                    other = True
            text = row["text"].replace("QUOTATION_MARK", '"')
            yield text, ids, other


def strong(mention: Mention) -> bool:
    """Whether a mention counts wherever it stands, without a slot for titles around it."""
    return mention.quoted or mention.capitalised or (mention.whole and not mention.common)


def measure_redial(index: TitleIndex, cases: list[Case], verbose: bool) -> str:
    count: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for case in cases:
        mentions = index.mentions(case.text)
        for start, end, item in case.films:
            there = [m for m in mentions if m.start < end and start < m.end]
            hit = any(item in {match.id for match in m.matches} for m in there)
            first = any(
                item in {x.id for x in m.matches if x.score >= m.matches[0].score - 0.5}
                for m in there
            )
            count["films"] += 1
            count["found"] += hit
            count["first"] += first
            count["strong"] += any(strong(m) for m in there) and hit
            if not hit:
                missed[case.text[start:end]] += 1
        for mention in mentions:
            marked = [(s, e) for s, e, _ in case.films] + list(case.others)
            if all(mention.end <= s or e <= mention.start for s, e in marked):
                count["elsewhere"] += 1
                count["strong elsewhere"] += strong(mention)
                if strong(mention):
                    wrong[mention.text] += 1
    if verbose:
        print("missed", missed.most_common(25))
        print("strong elsewhere", wrong.most_common(60))
    films = count["films"]
    return (
        f"{films} films in {len(cases)} messages: found {count['found'] / films:.3f}, "
        f"among the best {count['first'] / films:.3f}, strong {count['strong'] / films:.3f}; "
        f"per 100 messages {100 * count['strong elsewhere'] / len(cases):.2f} strong and "
        f"{100 * count['elsewhere'] / len(cases):.2f} mentions elsewhere"
    )


def measure_inspired(
    index: TitleIndex, known: dict[tuple[str, int | None], str], verbose: bool
) -> str:
    count: Counter[str] = Counter()
    for text, ids, other in inspired(known):
        mentions = index.mentions(text)
        found = {match.id for m in mentions for match in m.matches}
        count["films"] += len(ids)
        count["found"] += len(ids & found)
        false = [m for m in mentions if strong(m) and not ids & {x.id for x in m.matches}]
        count["messages"] += 1
        count["elsewhere"] += 0 if other else len(false)
        if verbose and (ids - found or (false and not other)):
            print(
                "inspired", text[:110], "| missed", ids - found, "| strong", [m.text for m in false]
            )
    return (
        f"{count['films']} films in {count['messages']} messages: found "
        f"{count['found'] / count['films']:.3f}; per 100 messages "
        f"{100 * count['elsewhere'] / count['messages']:.2f} strong mentions of other films"
    )


def many_items(count: int) -> list[Item]:
    """Items with titles put together from words of the starter's titles."""
    words = sorted({word for film in starter_items() for word in film.title.split()})
    return [
        Item(id=f"x{n}", title=f"{words[n % 997]} {words[n * 7 % 1009]} {words[n * 13 % 503]}")
        for n in range(count)
    ]


def measure_size(count: int) -> str:
    items = many_items(count)
    started = time.perf_counter()
    index = TitleIndex(items)
    built = time.perf_counter() - started
    index.find("a tittle that nobodi has")
    started = time.perf_counter()
    for _ in range(20):
        index.find("a tittle that nobodi has")
    each = (time.perf_counter() - started) / 20
    return (
        f"{count} titles: built in {built:.2f} s, a misspelt one looked for in {1e3 * each:.1f} ms"
    )


def main() -> None:
    verbose = "-v" in sys.argv
    items = starter_items()
    index, known = TitleIndex(items), by_title(items)
    for lower in (False, True):
        cases = list(redial(known, lower))
        started = time.perf_counter()
        print("redial lower case:" if lower else "redial:", measure_redial(index, cases, verbose))
        print(f"  {1e3 * (time.perf_counter() - started) / len(cases):.2f} ms a message")
    print(measure_size(30_000))
    print("inspired:", measure_inspired(index, known, verbose))


if __name__ == "__main__":
    main()
