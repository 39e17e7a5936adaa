"""The catalogue on a server gives what the one in a folder gives."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import get_args

import numpy as np
import pytest
from moodreel.ingest.bench_store import synthetic_items
from moodreel.ingest.catalogue import Catalogue, Hit, Probe, Space
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.embedding import item_texts
from moodreel.ingest.facets import FACETS, facet_of
from moodreel.ingest.item import MOOD_TAGS, Item
from moodreel.ingest.limits import Condition, Operation
from moodreel.ingest.push import push
from moodreel.ingest.server import ServerCatalogue
from moodreel.ingest.server_place import ServerPlace
from moodreel.ingest.store import SPACES
from moodreel.ingest.traits import aim

from .doubles import HashEmbedder
from .films import FILMS
from .qdrant_server import LoopbackQdrant, serving

EMBEDDER = HashEmbedder()
BARE = Item(id="bare", title="Bare", kind="podcast", source="me")
ITEMS = [*FILMS[:320], *synthetic_items(60), BARE]
TOLERANCE = 2e-4
Pair = tuple[Catalogue, Catalogue]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """The same items in a folder and, pushed from there, on a server."""
    edge = EdgeCatalogue.create(tmp_path_factory.mktemp("congruent") / "catalogue", EMBEDDER)
    edge.upsert(ITEMS)
    with serving(LoopbackQdrant()) as qdrant:
        place = ServerPlace(qdrant.url)
        push(edge, place)
        server = ServerCatalogue.open(place, EMBEDDER)
        yield edge, server
        server.close()
    edge.close()


class Wishes:
    """Queries drawn by seed from what the items say."""

    def __init__(self, seed: int, edge: Catalogue) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - a test
        self._edge = edge

    def probes(self) -> list[Probe]:
        return [self._probe() for _ in range(self._dice.randint(0, 4))]

    def _probe(self) -> Probe:
        space: Space = self._dice.choice(SPACES)
        weight = self._dice.choice((1.0, 1.0, 0.5, -0.7))
        if space == "traits":
            moods = dict.fromkeys(self._dice.sample(MOOD_TAGS, 2), 1.0)
            return Probe(space, aim(moods, genres=("Comedy",)), weight)
        text = " ".join(self._words(item_texts(self._dice.choice(ITEMS))[space], 8))
        return Probe(space, self._edge.embed([text], space)[0], weight)

    def words(self) -> str:
        item = self._dice.choice(ITEMS)
        told = f"{item.title} {' '.join(item.cast)} {item.plot_essence}"
        return " ".join(self._words(told, self._dice.choice((0, 0, 2, 5))))

    def _words(self, text: str, count: int) -> list[str]:
        known = text.split() or ["nothing"]
        return self._dice.choices(known, k=count)

    def conditions(self) -> list[Condition]:
        drawn = (self._condition() for _ in range(self._dice.choice((0, 0, 1, 2))))
        return [condition for condition in drawn if condition is not None]

    def _condition(self) -> Condition | None:
        facet = self._dice.choice(FACETS)
        found = facet_of(self._dice.choice(ITEMS), facet)
        values: Sequence[str | int] = found if isinstance(found, tuple) else [found or 0]
        if not values:
            return None
        bounds = isinstance(values[0], int) and not isinstance(values[0], bool)
        operations: list[Operation] = list(get_args(Operation)) if bounds else ["any", "none"]
        return Condition(
            facet=facet, operation=self._dice.choice(operations), values=tuple(values[:2])
        )

    def excluded(self) -> list[str]:
        names = [item.id for item in ITEMS]
        return self._dice.sample(names, self._dice.choice((0, 0, 3, 100)))


def _same(one: list[Hit], other: list[Hit]) -> None:
    """The same items with the same scores; only those of equal score may change places."""
    assert len(one) == len(other)
    ours, theirs = ({hit.id: hit for hit in hits} for hits in (one, other))
    last = min((hit.score for hit in one), default=0.0)
    clear = {hit.id for hit in (*one, *other) if hit.score > last + TOLERANCE}
    assert clear <= ours.keys() & theirs.keys()
    for mine, yours in zip(one, other, strict=True):
        assert mine.score == pytest.approx(yours.score, abs=TOLERANCE)
    for item_id in ours.keys() & theirs.keys():
        assert ours[item_id].score == pytest.approx(theirs[item_id].score, abs=TOLERANCE)
        assert ours[item_id].words == pytest.approx(theirs[item_id].words, abs=1e-3)
        np.testing.assert_allclose(
            ours[item_id].similarities, theirs[item_id].similarities, atol=1e-4
        )


@pytest.mark.parametrize("seed", range(200))
def test_the_same_query_finds_the_same(seed: int, pair: Pair) -> None:
    edge, server = pair
    wishes = Wishes(seed, edge)
    probes, words, conditions = wishes.probes(), wishes.words(), wishes.conditions()
    exclude = wishes.excluded()
    found = [
        store.search(probes, words=words, conditions=conditions, exclude=exclude, limit=20)
        for store in pair
    ]
    _same(*found)
    passing = [item for item in ITEMS if all(c.holds(item) for c in conditions)]
    assert edge.count(conditions) == server.count(conditions) == len(passing)
    asked = [item.id for item in ITEMS[seed::40]]
    one, other = (store.similarities(asked, probes) for store in pair)
    _same([one[i] for i in asked], [other[i] for i in asked])


def test_most_queries_find_something(pair: Pair) -> None:
    found = 0
    for seed in range(200):
        wishes = Wishes(seed, pair[0])
        hits = pair[0].search(wishes.probes(), words=wishes.words(), conditions=wishes.conditions())
        found += bool(hits)
    assert found > 150


def test_everything_else_is_the_same_too(pair: Pair) -> None:
    edge, server = pair
    assert list(edge.items()) == list(server.items())
    one, other = edge.summary(), server.summary()
    assert (one.items, one.sources, one.kinds) == (other.items, other.sources, other.kinds)
    assert (one.gaps, one.embedder) == (other.gaps, other.embedder)
    assert other.bytes is None
    for facet in FACETS:
        assert edge.facet(facet) == server.facet(facet)
    ids = [item.id for item in ITEMS]
    for space in SPACES:
        mine, yours = edge.vectors(ids, space), server.vectors([*ids, "nobody"], space)
        assert mine.keys() == yours.keys()
        for item_id, vector in mine.items():
            np.testing.assert_allclose(vector, yours[item_id], atol=1e-6)
    np.testing.assert_array_equal(edge.embed(["a"], "mood"), server.embed(["a"], "mood"))
    assert edge.find("Jaws") == server.find("Jaws")
    assert edge.titles.mentions("I loved Heat") == server.titles.mentions("I loved Heat")
