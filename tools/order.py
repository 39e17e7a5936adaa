"""Fusing an order that a model gave with what the search measured.

A model that ranks without examples loses to plain popularity on public tables, so its order is
one voice. The other is the candidate's own score, of which what people love alike (kindred
lists) and popularity are parts already; weighing popularity once more changed nDCG@5 by less
than .01 either way. Scores are fused, not ranks: with reciprocal rank fusion a model that puts
the worst first leaves an nDCG@5 of .00 where this leaves .55, and a random one .47 against .60.

``python -m moodreel.tools.order_check`` simulates models that name 10 of the 20 best candidates
for "like this film", for every third film of the starter catalogue. nDCG@5 of its kindred films,
with all kindred lists hidden and with one link hidden (recall@5 moves alike):

================  =====  ======  =====  =====  ======  =====
model             alone  search  fused  alone  search  fused
================  =====  ======  =====  =====  ======  =====
perfect            1.00     .64    .83   1.00     .47    .76
good (noise 0.5)    .83     .64    .79    .73     .47    .65
fair (noise 1)      .58     .64    .70    .43     .47    .54
weak (noise 2)      .41     .64    .65    .25     .47    .50
by popularity       .32     .64    .63    .20     .47    .47
as it was given     .64     .64    .64    .47     .47    .47
random              .27     .64    .60    .16     .47    .45
the worst first     .00     .64    .55    .00     .47    .39
given, backwards    .09     .64    .64    .04     .47    .47
================  =====  ======  =====  =====  ======  =====
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log2

import numpy as np
from numpy.typing import NDArray

from .scoring import Candidate

Array = NDArray[np.float64]

# What the model's order counts at full trust, in standard deviations of the scores.
_WEIGHT = 0.8
# Between these rank correlations with the scores an order gains trust: one that turns them
# round is noise, and noise agrees with nothing.
_NO_TRUST, _FULL_TRUST = -0.5, 0.3
# With fewer candidates than this a correlation says little.
_TELLING = 10


def fuse_order(candidates: Sequence[Candidate], order: Sequence[str]) -> list[Candidate]:
    """Candidates with scores that heed an order, best first.

    Args:
        candidates: best first, as `moodreel.tools.retrieve.assess` gives them.
        order: ids, best first; strangers and repeats are passed over, and candidates that it
            leaves out stand behind those it names. An order that names none changes nothing.

    Returns:
        The candidates, each with the part ``order`` added to its score.
    """
    voice = _standard(_signal(candidates, order))
    scores = np.array([candidate.score for candidate in candidates], dtype=np.float64)
    if len(candidates) < 2 or not voice.any():
        return list(candidates)
    spread = float(scores.std()) or 1.0
    parts = _WEIGHT * _trust(voice, scores) * spread * voice
    fused = [_with_part(each, float(part)) for each, part in zip(candidates, parts, strict=True)]
    return sorted(fused, key=lambda c: (-c.score, -c.item.popularity, c.id))


def _signal(candidates: Sequence[Candidate], order: Sequence[str]) -> Array:
    """1 for the first place, then falling as in discounted cumulative gain; 0 for no place."""
    known = {candidate.id for candidate in candidates}
    named = [name for name in dict.fromkeys(order) if name in known]
    gains = {name: 1 / log2(place + 2) for place, name in enumerate(named)}
    return np.array([gains.get(candidate.id, 0.0) for candidate in candidates])


def _trust(voice: Array, scores: Array) -> float:
    """How far an order is believed, 0 to 1, by its agreement with what was measured."""
    ranks = _standard(np.argsort(np.argsort(scores)).astype(np.float64))
    agreement = float((voice * ranks).mean()) * min(1.0, len(scores) / _TELLING)
    return float(np.clip((agreement - _NO_TRUST) / (_FULL_TRUST - _NO_TRUST), 0, 1))


def _standard(values: Array) -> Array:
    """Mean 0 and standard deviation 1; zeros where all values are the same."""
    spread = float(values.std()) if values.size else 0.0
    return np.asarray((values - values.mean()) / spread if spread > 1e-9 else 0.0 * values)


def _with_part(candidate: Candidate, part: float) -> Candidate:
    return replace(
        candidate, score=candidate.score + part, parts={**candidate.parts, "order": part}
    )
