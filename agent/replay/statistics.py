"""What many runs say: pass^k, and intervals that tell how much to believe of a rate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

from .result import Report, ScriptResult

ENOUGH = 10
"""Scripts below which an interval says nothing."""
RESAMPLES = 2_000
SEED = 7
_LEVEL = 95.0


@dataclass(frozen=True)
class Interval:
    """A 95 % interval of a rate."""

    low: float
    high: float


@dataclass(frozen=True)
class Group:
    """What came of the scripts that share a tag.

    ``rate`` is the share of runs that passed, on average over scripts, known failures left out;
    ``None`` without any script. ``interval`` is ``None`` with fewer than `ENOUGH` scripts;
    ``powers`` has pass^k by k, ``None`` where some script ran fewer than k times.
    """

    name: str
    passed: int
    failed: int
    known: int
    fixed: int
    rate: float | None
    interval: Interval | None
    powers: dict[int, float | None]

    @property
    def scripts(self) -> int:
        """How many there are."""
        return self.passed + self.failed + self.known


def pass_power(passed: Sequence[int], runs: Sequence[int], k: int) -> float | None:
    """pass^k: how likely k runs of a script all pass, averaged over scripts.

    The unbiased estimate C(c, k) / C(n, k) for c of n runs (Yao et al. 2024, tau-bench).

    Returns:
        From 0 to 1; ``None`` where there is no script, or one of them ran fewer than k times.
    """
    if not runs or min(runs) < k:
        return None
    return sum(comb(c, k) / comb(n, k) for c, n in zip(passed, runs, strict=True)) / len(runs)


def interval(rates: Sequence[float]) -> Interval | None:
    """The percentile bootstrap interval of the mean of rates (Efron & Tibshirani 1993).

    Each resample draws as many scripts as there are; the draws are seeded, so that the same
    rates give the same interval.

    Returns:
        ``None`` for fewer than `ENOUGH` rates.
    """
    if len(rates) < ENOUGH:
        return None
    values = np.asarray(rates, dtype=np.float64)
    drawn = np.random.default_rng(SEED).integers(len(values), size=(RESAMPLES, len(values)))
    edge = (100 - _LEVEL) / 2
    low, high = np.percentile(values[drawn].mean(axis=1), [edge, 100 - edge])
    return Interval(float(low), float(high))


def groups(report: Report) -> list[Group]:
    """One group a tag, by name, and all scripts together last; ``k`` is 1 and the most repeats."""
    most = max((len(script.runs) for script in report.scripts), default=1)
    powers = sorted({1, most})
    tags = sorted({tag for script in report.scripts for tag in script.tags})
    tagged = [group(tag, [s for s in report.scripts if tag in s.tags], powers) for tag in tags]
    return [*tagged, group("all", report.scripts, powers)]


def group(name: str, scripts: Iterable[ScriptResult], powers: Iterable[int]) -> Group:
    """What came of some scripts; a known failure counts apart, whether or not it still fails."""
    every = list(scripts)
    counted = [script for script in every if not script.known_failure]
    known = [script for script in every if script.known_failure]
    passed = [sum(run.passed for run in script.runs) for script in counted]
    runs = [len(script.runs) for script in counted]
    rates = [c / n for c, n in zip(passed, runs, strict=True)]
    return Group(
        name=name,
        passed=sum(script.passed for script in counted),
        failed=sum(not script.passed for script in counted),
        known=len(known),
        fixed=sum(script.passed for script in known),
        rate=sum(rates) / len(rates) if rates else None,
        interval=interval(rates),
        powers={k: pass_power(passed, runs, k) for k in powers},
    )
