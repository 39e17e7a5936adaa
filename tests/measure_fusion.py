"""Measures centring and fusion: `.venv/bin/python tests/measure_fusion.py`.

Kindred: the 5-8 films that people who love a film often love too, found by the film's own
vectors; recall among the first ten. Reddit: films that somebody describes in the title of a
post ("what was that film?"), found by plot, overall vector and words; mean reciprocal rank.
"""

# ruff: noqa: T201 - it prints, that is its purpose.

from __future__ import annotations

import gzip
import html
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from moodreel.ingest.catalogue import Catalogue, Probe
from moodreel.ingest.centring import centred, means_of
from moodreel.ingest.embedding import Embedder, choose_embedder, embed_items
from moodreel.ingest.fusion import fuse
from moodreel.ingest.item import Item
from moodreel.ingest.starter import open_catalogue
from moodreel.ingest.starter.films import starter_items
from numpy.typing import NDArray

DATA = Path(__file__).parents[1].parent / "shared" / "data"
Matrix = NDArray[np.float64]
Rule = Callable[[Matrix, list[float], Matrix], Matrix]


def reciprocal_ranks(table: Matrix, weights: list[float], words: Matrix) -> Matrix:
    """Weighted reciprocal rank fusion with the usual damping of 60."""
    rows = [*zip(table, weights, strict=True)]
    rows += [(words, 1.0)] if words.any() else []
    total: Matrix = np.sum([w / (61 + (-row).argsort().argsort()) for row, w in rows], axis=0)
    return total


def kindred_recall(films: list[Item], likeness: NDArray[np.floating]) -> float:
    """Mean share of the kindred lists among the first ten, likeness of shape (films, films)."""
    place = {film.id: n for n, film in enumerate(films)}
    found = []
    for n, film in enumerate(films):
        row = likeness[n].copy()
        row[n] = -np.inf
        first = set(np.argpartition(-row, 10)[:10].tolist())
        found.append(np.mean([place.get(other) in first for other in film.kindred]))
    return float(np.mean(found))


def centring(films: list[Item], embedder: Embedder) -> None:
    vectors = embed_items(films, embedder)
    means = means_of(vectors)
    for space, rows in vectors.items():
        mean = np.asarray(means[space], dtype=np.float32)
        raw, middle = (kindred_recall(films, v @ v.T) for v in (rows, centred(rows, mean)))
        print(f"kindred {embedder.name} {space}: raw {raw:.3f}, centred {middle:.3f}")
    middled = [centred(v, np.asarray(means[s], dtype=np.float32)) for s, v in vectors.items()]
    tables = np.array([v @ v.T for v in middled])
    for name, rule in RULES.items():
        none = np.zeros(len(films))
        fused = [rule(tables[:, n], [1.0] * 4, none) for n in range(len(films))]
        recall = kindred_recall(films, np.array(fused))
        print(f"kindred {embedder.name} four spaces, {name}: {recall:.3f}")


def descriptions(known: set[str]) -> Iterator[tuple[str, str]]:
    """Titles of posts with the id of the film that was meant."""
    with gzip.open(DATA / "reddit-tomt-movies" / "train.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            post = json.loads(line)
            answer = re.search(r"tt\d+", post["imdb_url"] or "")
            title = html.unescape(re.sub(r"\[[^\]]*\]", "", post["title"])).strip()
            given_away = re.search(r"\b(edit|solved)\b", post["text"], re.IGNORECASE)
            if answer and answer.group() in known and not given_away and len(title.split()) > 5:
                yield title, answer.group()


def described(catalogue: Catalogue, films: list[Item]) -> None:
    posts = list(descriptions({film.id for film in films}))
    for words in (False, True):
        ranks = []
        for title, answer in posts:
            probes = [Probe(s, catalogue.embed([title], s)[0]) for s in ("plot", "overall")]
            hits = catalogue.search(probes, words=title if words else "", limit=200)
            place = next((n for n, hit in enumerate(hits, 1) if hit.id == answer), None)
            ranks.append(1 / place if place else 0.0)
        name = "with words" if words else "without words"
        print(f"reddit, {len(posts)} posts, {name}: {np.mean(ranks):.3f}")


RULES: dict[str, Rule] = {"standardised": fuse, "reciprocal rank": reciprocal_ranks}


def main() -> None:
    films = starter_items()
    for choice in ("minilm", "light"):
        centring(films, choose_embedder(choice))
    with tempfile.TemporaryDirectory() as folder:
        catalogue = open_catalogue(Path(folder))
        described(catalogue, films)
        catalogue.close()


if __name__ == "__main__":
    main()
