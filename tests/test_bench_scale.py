"""What is measured at several sizes: items of their own words, and figures that can be wrong."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from moodreel.agent.bench.scale_turns import turns_over
from moodreel.agent.channels import commands
from moodreel.errors import UsageError
from moodreel.ingest.bench_apart import Clock, Measured
from moodreel.ingest.bench_hybrid import ask_catalogue, questions
from moodreel.ingest.bench_numpy import Plain
from moodreel.ingest.bench_scale import drawn_items, figures, fill, measure_scale
from moodreel.ingest.bench_store import LIMITS
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.embedding import choose_embedder
from moodreel.ingest.limits import broken


def test_items_are_drawn_the_same_again_and_differ_from_each_other() -> None:
    first, again = [*drawn_items(200)], [*drawn_items(200)]
    assert first == again != [*drawn_items(200, seed=2)]
    assert len({item.id for item in first}) == 200
    plots = Counter(item.plot_essence for item in first)
    assert max(plots.values()) == 1
    assert 60 < sum(map(len, plots)) / len(plots) < 600


def test_recall_counts_what_was_found_of_what_is_best() -> None:
    found = [["a", "b"], ["b", "x"], ["c", "d"]]
    shown = figures(Measured([0.5, 0.001, 0.003], found), [["a", "b"], ["a", "b"], ["c", "d"]])
    assert shown == {
        "first": "500.0 ms", "p50": "2.00 ms", "p95": "3.00 ms", "processor": "",
        "recall@10": "0.833",
    }  # fmt: skip
    busy = Measured([1.0, 1.0, 1.0], found, worked=[0.9, 0.002, 0.004])
    assert figures(busy, [])["processor"] == "3.00 ms"
    assert figures(Measured([0.5, 0.001], found[:2]), [])["recall@10"] == ""


def test_every_store_finds_what_numpy_finds_and_turns_are_timed_over_it() -> None:
    told: list[str] = []
    rows = {row["store"]: row for row in measure_scale([250], told.append, turns_over)}
    exact, graphs = rows["qdrant-edge, exact"], rows["qdrant-edge, int8"]
    assert rows["numpy"]["recall@10"] == "1.000"
    assert float(exact["recall@10"]) > 0.97 < float(graphs["recall@10"])
    assert float(rows["qdrant-client, local mode"]["recall@10"]) > 0.2
    assert exact["fill"] and exact["disk"] and graphs["index"]
    assert rows["turns of the agent"]["p50"] and not rows["turns of the agent"]["recall@10"]
    assert len(told) == len(rows) + 2


def test_numpy_keeps_to_the_limits_and_finds_by_words(tmp_path: Path) -> None:
    fill(tmp_path / "catalogue", 300)
    catalogue = EdgeCatalogue.open(tmp_path / "catalogue", choose_embedder("light"))
    try:
        passing = [item for item in catalogue.items() if not broken(item, LIMITS)]
        plain, asked = Plain(catalogue), questions(catalogue, passing[:20])
        found = [plain.ask(question) for question in asked]
        assert {name for names in found for name in names} <= {item.id for item in passing}
        mine = [item.id in names for item, names in zip(passing, found, strict=False)]
        assert sum(mine) >= 18
        assert found == [ask_catalogue(catalogue, question) for question in asked]
    finally:
        catalogue.close()


def test_a_size_that_takes_too_long_says_so() -> None:
    rows = measure_scale([64], lambda _: None, minutes=0)
    assert [(row["store"], row["p50"]) for row in rows] == [("fill", "not done in 0 min")]


def test_work_is_ended_when_its_time_is_over() -> None:
    with pytest.raises(TimeoutError):
        Clock(0.5).run(time.sleep, 60)
    assert Clock(60).run(abs, -3) == 3


def test_sizes_that_are_none_are_refused() -> None:
    for said in ("ten", "1000,-5", "3"):
        with pytest.raises(UsageError, match="is no size"):
            commands.bench("scale", said, json=False)
