"""Which of several items has more of something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..ingest.item import AxisName, Item


@dataclass(frozen=True)
class _Measure:
    """How one comparison word is measured; ``most`` when the larger value wins."""

    word: str
    value: Callable[[Item], float | None]
    most: bool
    unit: Callable[[Item], str] = lambda item: ""


def _degree(axis: AxisName) -> Callable[[Item], float | None]:
    return lambda item: None if item.axes is None else float(item.axes.of(axis))


def _minutes(item: Item) -> str:
    return f" ({item.runtime_min} minutes)"


def _measures() -> Mapping[str, _Measure]:
    words: dict[str, _Measure] = {}
    facts: list[tuple[str, str, Callable[[Item], float | None], Callable[[Item], str]]] = [
        ("longer", "shorter", lambda item: item.runtime_min, _minutes),
        ("newer", "older", lambda item: item.year, lambda item: f" ({item.year})"),
        ("better known", "less known", lambda item: item.popularity, lambda item: ""),
    ]
    for more, less, value, unit in facts:
        words[more] = _Measure(more, value, True, unit)
        words[less] = _Measure(less, value, False, unit)
    axes: list[tuple[str, str, AxisName]] = [
        ("lighter", "darker", "lightness"),
        ("warmer", "cooler", "warmth"),
        ("funnier", "more serious", "humour"),
        ("more tense", "calmer", "tension"),
        ("scarier", "less scary", "scares"),
        ("more violent", "less violent", "violence"),
        ("more romantic", "less romantic", "romance"),
        ("stranger", "less strange", "strangeness"),
        ("more demanding", "easier", "demand"),
    ]
    for more, less, axis in axes:
        words[more] = _Measure(more, _degree(axis), True)
        words[less] = _Measure(less, _degree(axis), False)
    return words


_MEASURES = _measures()
_SAME = {
    "shortest": "shorter", "longest": "longer", "newest": "newer", "oldest": "older",
    "more recent": "newer", "lightest": "lighter", "darkest": "darker", "sadder": "darker",
    "saddest": "darker", "happier": "lighter", "gentler": "less violent", "funniest": "funnier",
    "scariest": "scarier", "tenser": "more tense", "weirder": "stranger", "weirdest": "stranger",
    "strangest": "stranger", "more famous": "better known", "more popular": "better known",
    "most popular": "better known", "more obscure": "less known", "more exciting": "more tense",
    "bloodier": "more violent", "goriest": "more violent", "quicker": "shorter",
    "warmest": "warmer", "more intense": "more tense", "slower": "more demanding",
    "smarter": "more demanding", "simpler": "easier", "sillier": "funnier",
}  # fmt: skip


def compared(items: Sequence[Item], by: str) -> str:
    """Which item leads by a comparison word ("shorter", "funnier"), or the facts side by side."""
    word = by.lower().strip().replace("most ", "more ").replace("least ", "less ")
    measure = _MEASURES.get(_SAME.get(by.lower().strip(), _SAME.get(word, word)))
    if measure is None:
        return "\n".join(_side(item) for item in items)
    valued = [(value, item) for item in items if (value := measure.value(item)) is not None]
    if len(valued) < 2:
        return f"I don't know enough about those to say which is {measure.word}."
    best = (max if measure.most else min)(value for value, _ in valued)
    leaders = [item for value, item in valued if value == best]
    return _verdict(measure, leaders, [item for _, item in valued])


def _verdict(measure: _Measure, leaders: Sequence[Item], items: Sequence[Item]) -> str:
    if len(leaders) == len(items):
        return f"There's nothing between them: none is {measure.word}."
    if len(leaders) > 1:
        names = f"{', '.join(i.label for i in leaders[:-1])} and {leaders[-1].label}"
        return f"{names} are equally {measure.word} than the rest.".replace(
            "equally", "both" if len(leaders) == 2 else "all"
        )
    leader = leaders[0]
    if len(items) > 2:
        return f"{leader.title} is {measure.word} than the others{measure.unit(leader)}."
    other = next(item for item in items if item is not leader)
    return (
        f"{leader.title}{measure.unit(leader)} is {measure.word}"
        f" than {other.title}{measure.unit(other)}."
    )


def _side(item: Item) -> str:
    facts = [f"{item.runtime_min} minutes"] if item.runtime_min else []
    facts += [genre.lower() for genre in item.genres[:2]]
    facts += list(item.mood_tags[:3])
    return f"{item.label}: {', '.join(facts)}."
