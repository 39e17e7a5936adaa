"""What is measured at several sizes: items of their own words, and figures that can be wrong."""

from __future__ import annotations

from collections import Counter

import pytest
from moodreel.agent.channels import commands
from moodreel.errors import UsageError
from moodreel.ingest.bench_scale import Measured, drawn_items, measure_scale


def test_items_are_drawn_the_same_again_and_differ_from_each_other() -> None:
    first, again = [*drawn_items(200)], [*drawn_items(200)]
    assert first == again != [*drawn_items(200, seed=2)]
    assert len({item.id for item in first}) == 200
    plots = Counter(item.plot_essence for item in first)
    assert max(plots.values()) == 1
    assert 60 < sum(map(len, plots)) / len(plots) < 600


def test_recall_counts_what_was_found_of_what_is_nearest() -> None:
    truth = Measured([0.001] * 2, [["a", "b"], ["c", "d"]])
    row = Measured([0.001, 0.003], [["b", "x"], ["c", "d"]]).row(1_000, "store", truth, {})
    assert (row["items"], row["recall@10"], row["p50"], row["p95"]) == (
        "1,000", "0.750", "2.00 ms", "3.00 ms",
    )  # fmt: skip


def test_exact_and_graphs_find_what_numpy_finds_in_a_small_catalogue() -> None:
    told: list[str] = []
    rows = measure_scale([150], told.append)
    assert [row["recall@10"] for row in rows] == ["1.000"] * 3
    assert [row["store"] for row in rows] == ["numpy", "qdrant-edge, exact", "qdrant-edge, HNSW"]
    assert rows[2]["index"] and rows[1]["disk"] and len(told) == 2


def test_sizes_that_are_none_are_refused() -> None:
    for said in ("ten", "1000,-5", "3"):
        with pytest.raises(UsageError, match="is no size"):
            commands.bench("scale", said, json=False)
