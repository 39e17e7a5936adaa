"""Lists that a film lover would accept, over requests of many kinds."""

from __future__ import annotations

from pathlib import Path

from . import measure_judged


def test_what_is_recommended_is_any_good(tmp_path: Path) -> None:
    precision, plainly_wrong = measure_judged.measure(tmp_path)

    assert precision >= 0.70
    assert plainly_wrong <= 0.12
