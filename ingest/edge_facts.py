"""The facts of an item as Qdrant's in-process engine is quickest with.

Its Python side converts every word of a list by itself, and it reads all facts of a point anew
for each field that it indexes. So an item's subjects are one text here, and its degrees on all
axes one list. `moodreel.ingest.edge_filter.EdgeDialect` asks for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import qdrant_edge as qdrant

from .item import AXES, Item
from .points import indexed, payload

SUBJECTS, DEGREES = "subjects", "degrees"
"""The fields of the text and of the list."""
_HIGHEST = 4
_NONE = -1
_TENS: dict[str, int] = {axis: 10 * place for place, axis in enumerate(AXES)}
Index = qdrant.PayloadSchemaType | qdrant.TextIndexParams


def indexes() -> dict[str, Index]:
    """The fields that are filtered, counted or ordered by; an id is asked for as a point."""
    kinds = qdrant.PayloadSchemaType
    of = {"integer": kinds.Integer, "keyword": kinds.Keyword, "float": kinds.Float}
    others = {name: kind for name, kind in indexed().items() if name not in (*AXES, "id")}
    words = qdrant.TextIndexParams(tokenizer=qdrant.TokenizerType.Whitespace, lowercase=False)
    return {**{n: of[kind] for n, kind in others.items()}, SUBJECTS: words, DEGREES: kinds.Integer}


def facts(item: Item) -> dict[str, Any]:
    """What is stored with an item's vectors."""
    known = payload(item)
    degrees = [_TENS[axis] + known.pop(axis) for axis in AXES if axis in known]
    return {**known, SUBJECTS: subject_text(known.get(SUBJECTS, ())), DEGREES: degrees}


def subject_text(subjects: Iterable[object]) -> str:
    """Subjects, each as one word: "time travel" is ``time_travel``."""
    return " ".join(str(subject).replace(" ", "_") for subject in subjects)


def subjects_in(text: str) -> list[str]:
    """The subjects of such a text."""
    return [word.replace("_", " ") for word in text.split()]


def degree_codes(axis: str, degrees: Collection[object]) -> list[int]:
    """The numbers of degrees on an axis; where there is none, one that no item has."""
    return [_TENS[axis] + n for n in range(_HIGHEST + 1) if n in degrees] or [_NONE]


def degrees_within(low: float | None, high: float | None) -> list[int]:
    """The degrees within bounds, which are included."""
    lowest, highest = (0 if low is None else low), (_HIGHEST if high is None else high)
    return [degree for degree in range(_HIGHEST + 1) if lowest <= degree <= highest]


def degrees_among(
    axis: str, codes: Iterable[tuple[Any, int]]
) -> Iterator[tuple[str | int | bool, int]]:
    """(degree, count) of one axis among (number, count) of all."""
    for code, count in codes:
        if 0 <= code - _TENS[axis] <= _HIGHEST:
            yield code - _TENS[axis], count
