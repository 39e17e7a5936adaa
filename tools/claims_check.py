"""How often a true reason is doubted, and how often a false one is caught.

``python -m moodreel.tools.claims_check [--queries N]`` takes the builtin engine's reasons for
random wishes, which are true by construction, and adds to each what is true of the film (a year,
a director, an actor, a genre, a length, a language, a rating) or the same of another film. It
prints two tables: false alarms, and what was detected, see `moodreel.tools.claims`.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import process_time

import numpy as np
from rich.console import Console
from rich.table import Table

from ..ingest.catalogue import Catalogue
from ..ingest.item import MOOD_TAGS, Item
from ..ingest.language import LANGUAGES
from ..ingest.limits import Runtime, Years
from .claims import contradictions, tidy
from .query import Like, MoodWish, Query, TextWish
from .reasons import reasons
from .retrieve import retrieve
from .wording import article, genre, italic

Facts = Callable[[Item], Sequence[str]]
"""The values of one kind of fact, as a sentence writes them."""


@dataclass(frozen=True)
class Claim:
    """A kind of fact and the ways to say it behind a reason; ``{}`` is the value."""

    facts: Facts
    ways: tuple[str, ...]


def _year(item: Item) -> list[str]:
    return [str(item.year)] if item.year else []


def _decade(item: Item) -> list[str]:
    return [f"{str(item.year)[2]}0s"] if item.year and 1930 <= item.year < 2000 else []


def _length(item: Item) -> list[str]:
    return [str(item.runtime_min)] if item.runtime_min else []


def _genres(item: Item) -> list[str]:
    return [article(genre(item, name)) for name in item.genres if name not in ("Music", "Family")]


def _language(item: Item) -> list[str]:
    return [LANGUAGES[item.language]] if item.language in LANGUAGES else []


CLAIMS: Mapping[str, Claim] = {
    "year": Claim(_year, (", from {}", ", released in {}", ", a {} film", "; it came out in {}",
                          ", made in {}", " ({})")),
    "decade": Claim(_decade, (", from the {}", ", made in the {}", ", a film of the {}")),
    "director": Claim(lambda item: item.directors[:1], (
        ", directed by {}", ", from director {}", ", by {}", ", and {} directs",
        ", in {}'s hands", ", a film by {}", ", with {} behind the camera")),
    "actor": Claim(lambda item: item.cast, (
        ", starring {}", ", with {}", ", and {} plays the lead", ", carried by {}",
        ", thanks to {}", ", with {} in the lead", ", featuring {}")),
    "genre": Claim(_genres, (", {} at heart", ", {}, as you wanted", "; it is {}",
                             ", and {} too", ", really {}")),
    "length": Claim(_length, (", in {} minutes", " ({} minutes)", ", a {}-minute film",
                              ", and over in {} min", ", {} minutes long")),
    "language": Claim(_language, (", in {}", ", a {} film", ", spoken in {}",
                                  ", a {}-language film")),
    "rating": Claim(lambda item: [item.age_rating] if item.age_rating else [], (
        ", rated {}", ", with a rating of {}", " (rated {})", ", {}-rated")),
    "title": Claim(lambda item: [italic(item)], (
        ", much like {}", ", in the spirit of {}", ", as {} did")),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A reason that is true, with all that judging it takes."""

    text: str
    item: Item
    known: Mapping[str, Item]
    query: Query


def true_reasons(catalogue: Catalogue, queries: int, seed: int = 7) -> Iterator[Case]:
    """Reasons of the builtin engine for random wishes; half of them have a favourite."""
    chance, items = random.Random(seed), list(catalogue.items())  # noqa: S311 - sampling
    for _ in range(queries):
        query = _wish(chance, items)
        known = catalogue.get([like.id for like in query.likes])
        chosen = retrieve(catalogue, query, 5)
        for candidate, reason in zip(chosen, reasons(chosen, query, known), strict=True):
            yield Case(tidy(reason.text), candidate.item, known, query)


def _wish(chance: random.Random, items: Sequence[Item]) -> Query:
    favourites = chance.sample(items, chance.choice([0, 1, 1, 2]))
    other, dated = chance.choice(items), chance.random()
    moods = chance.sample(MOOD_TAGS, chance.choice([0, 1, 2]))
    return Query(
        likes=tuple(Like(id=item.id) for item in favourites),
        texts=tuple(TextWish(text=tag) for tag in other.tags[: chance.choice([0, 1])]),
        moods=tuple(MoodWish(tag=tag) for tag in moods),
        genres=other.genres[: chance.choice([0, 1])],
        limits=(Years(earliest=1980),) if dated < 0.2 else (Runtime(longest=120),) if dated < 0.4
        else (),
    )  # fmt: skip


def judge(catalogue: Catalogue, case: Case, tail: str = "") -> list[str]:
    """What is found wrong with a reason and a tail behind it."""
    text = f"{case.text.rstrip('.')}{tail}." if tail else case.text
    return contradictions(tidy(text), case.item, case.known, catalogue, case.query)


def false_alarms(
    catalogue: Catalogue, cases: Sequence[Case], alarms: list[str] | None = None
) -> dict[str, tuple[int, int]]:
    """(alarms, reasons) for reasons as they are, and per kind with a true fact more.

    Texts that were doubted are added to ``alarms``.
    """
    chance = random.Random(1)  # noqa: S311 - sampling
    counts = {}
    for name, claim in {"as it is": None, **CLAIMS}.items():
        tails = [
            (case, _tail(chance, claim, claim.facts(case.item)) if claim else "") for case in cases
        ]
        said = [(case, tail) for case, tail in tails if tail or not claim]
        found = [(case, tail, judge(catalogue, case, tail)) for case, tail in said]
        doubted = [f"doubted {c.item.label}: {c.text}{tail} {why}" for c, tail, why in found if why]
        counts[name] = len(doubted), len(said)
        if alarms is not None:
            alarms += doubted
    return counts


def detected(
    catalogue: Catalogue, cases: Sequence[Case], missed: list[str] | None = None
) -> dict[str, tuple[int, int]]:
    """(caught, reasons) per kind, with a fact of a film for which it is not true.

    Texts that were not caught are added to ``missed``.
    """
    chance, items = random.Random(2), list(catalogue.items())  # noqa: S311 - sampling
    caught: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for name, claim in CLAIMS.items():
        for case in cases:
            tail = _tail(chance, claim, _others(chance, claim, case, items))
            if not tail:
                continue
            tried[name] += 1
            found = judge(catalogue, case, tail)
            caught[name] += bool(found)
            if missed is not None and not found:
                missed.append(f"missed {name}: {case.item.label}: {case.text}{tail}")
    return {name: (caught[name], tried[name]) for name in CLAIMS}


def _tail(chance: random.Random, claim: Claim, values: Sequence[str]) -> str:
    return chance.choice(claim.ways).format(chance.choice(values)) if values else ""


def _others(
    chance: random.Random, claim: Claim, case: Case, items: Sequence[Item]
) -> Sequence[str]:
    """Values of another film that neither this one has nor a favourite."""
    barred = {value for i in (case.item, *case.known.values()) for value in claim.facts(i)}
    for _ in range(20):
        values = [value for value in claim.facts(chance.choice(items)) if value not in barred]
        if values:
            return values
    return ()


def speed(catalogue: Catalogue, cases: Sequence[Case]) -> tuple[float, float]:
    """Median and 95th percentile of judging one reason, in milliseconds."""
    taken = []
    for case in cases:
        started = process_time()
        judge(catalogue, case)
        taken.append(1000 * (process_time() - started))
    middle, late = np.quantile(taken[5:], (0.5, 0.95))
    return float(middle), float(late)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure on the starter catalogue in a temporary folder."""
    from pathlib import Path  # noqa: PLC0415
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from ..ingest.starter import open_catalogue  # noqa: PLC0415

    parser = argparse.ArgumentParser(description="Measure the checking of reasons.")
    parser.add_argument("--queries", type=int, default=200, help="wishes (default 200)")
    parser.add_argument("--texts", action="store_true", help="print what was judged wrong")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        catalogue = open_catalogue(Path(folder))
        try:
            cases, texts = list(true_reasons(catalogue, asked.queries)), list[str]()
            _show("False alarms on true reasons", false_alarms(catalogue, cases, texts))
            _show("Detected false facts", detected(catalogue, cases, texts))
            console = Console()
            middle, late = speed(catalogue, cases)
            console.print(f"judging one reason: median {middle:.2f} ms, p95 {late:.2f} ms")
            for text in texts if asked.texts else ():
                console.print(text, markup=False, soft_wrap=True)
        finally:
            catalogue.close()


def _show(title: str, counts: Mapping[str, tuple[int, int]]) -> None:
    table = Table("fact", "reasons", "found", "share", title=title)
    for name, (found, tried) in counts.items():
        table.add_row(name, str(tried), str(found), f"{100 * found / max(1, tried):.1f} %")
    Console().print(table)


if __name__ == "__main__":
    main()
