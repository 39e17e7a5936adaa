"""Requests judged by film lovers: ``.venv/bin/python tests/measure_judged.py [-v]``.

`judged.json` holds requests with titles that any film lover would accept, and what would be
plainly wrong: titles, genres, or degrees of an axis (ends included). A film that is in neither
counts as neither.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

from moodreel import MovieAgent, Pick, Settings
from moodreel.ingest import starter

FILE = Path(__file__).with_name("judged.json")
_DEPTH = 5


def judged() -> list[dict[str, Any]]:
    """The requests: ``ask``, ``good``, and any of ``wrong``, ``wrong_genres``, ``wrong_axes``."""
    loaded: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    return loaded


def is_wrong(pick: Pick, axes: Mapping[str, int], request: Mapping[str, Any]) -> bool:
    """Whether a pick is plainly wrong; what the request calls good never is."""
    if pick.title in request["good"]:
        return False
    degrees = request.get("wrong_axes", {}).items()
    return (
        pick.title in request.get("wrong", ())
        or bool(set(pick.genres) & set(request.get("wrong_genres", ())))
        or any(low <= axes[axis] <= high for axis, (low, high) in degrees)
    )


def axes_by_id() -> dict[str, dict[str, int]]:
    """The axes of the starter films."""
    path = Path(starter.__file__).with_name("films.jsonl")
    films = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return {film["id"]: film["axes"] for film in films}


def measure(home: Path, *, verbose: bool = False) -> tuple[float, float]:
    """Precision@5 and the plainly wrong share of the first five, over all requests."""
    # What was said, seen or added before would count: a folder with a history is no fair judge.
    if any(home.iterdir()):
        raise ValueError(f"{str(home)!r} is in use: measure in an empty folder")
    settings = Settings(home=home, engine="builtin", conversations="memory")
    axes, agent = axes_by_id(), MovieAgent.open_sync(settings)
    right, wrong = [], []
    try:
        for place, request in enumerate(judged()):
            picks = agent.send_sync(request["ask"], f"judged-{place}").picks[:_DEPTH]
            good = [pick.title in request["good"] for pick in picks]
            bad = [is_wrong(pick, axes[pick.id], request) for pick in picks]
            right.append(sum(good) / _DEPTH)
            wrong.append(sum(bad) / _DEPTH)
            if verbose:
                print(request["ask"], *_marked(picks, good, bad), sep="\n   ")  # noqa: T201
    finally:
        agent.close_sync()
    return fmean(right), fmean(wrong)


def _marked(picks: Sequence[Pick], good: Sequence[bool], bad: Sequence[bool]) -> list[str]:
    marks = ["+" if g else "-" if b else " " for g, b in zip(good, bad, strict=True)]
    return [f"{mark} {pick.title}" for mark, pick in zip(marks, picks, strict=True)]


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        precision, wrong_share = measure(Path(folder), verbose="-v" in sys.argv)
    print(f"precision@5 {precision:.3f}, plainly wrong@5 {wrong_share:.3f}")  # noqa: T201
