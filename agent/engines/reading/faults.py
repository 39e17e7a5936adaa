"""A list found wanting: "too much", "all a bit heavy", "too American"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import mean

from ....ingest.item import AxisName, Item
from ...edits import Edit, Nudge
from .message import Finding
from .nudges import ANY_QUALITY, measured
from .remarked import UNWELCOME, against, less
from .scene import Scene

_LEAD = (
    r"^\W*(?:(?:no+|nah|nope|hmm*|ok|okay|well|oh|sorry|but|actually|honestly|ugh|yikes|wow|still"
    r"|just|these|those|they|it|that|this|all|most|of|them|the|list|lot|everything|is|are|was|were"
    r"|look|looks|sound|sounds|seem|seems|feel|feels|it's|that's|they're)\b\W*)*?"
)
_END = (
    r"(?:,? (?:this lot|these|those|all of (?:them|these)|for (?:me|us|tonight|him|her|my \w+)"
    r"|tonight|now|this list|though|tbh|sorry|to be honest|actually|really|imo))*\W*$"
)
_MUCH = re.compile(
    rf"{_LEAD}(?:(?:way|far|a bit|a little|just|still|bit) )*(?:too much|a bit much|too intense"
    rf"|too full on|too extreme){_END}"
)
_TOO = re.compile(
    rf"{_LEAD}(?:(?:way|far|a bit|a little|bit|much|all|just) )*(?:too|overly) "
    rf"(?!{ANY_QUALITY}\b|much\b|many\b|late\b|soon\b|early\b|bad\b|good\b|funny\b)"
    rf"(?P<what>[a-z][\w-]+(?: [\w-]+)??){_END}"
)
_RATHER = re.compile(
    rf"{_LEAD}(?:a (?:little )?bit|bit|a little|a tad|rather|kinda|kind of|sort of|somewhat|all so"
    rf"|all very|all a bit) (?P<what>[a-z][\w-]+){_END}"
)
_STANDS_OUT = 2.5
"""Degrees: how much of a quality a list must have on average to be too much of it."""
# What can be too much of a film, and whether more or less of the axis is more of it.
_MUCH_OF: tuple[tuple[AxisName, int], ...] = (
    ("scares", 1), ("violence", 1), ("lightness", -1), ("tension", 1), ("strangeness", 1),
    ("romance", 1), ("demand", 1), ("humour", 1),
)  # fmt: skip


def faults(scene: Scene) -> list[Finding]:
    """What a complaint about the last list asks to change; nothing where there is no list."""
    if not scene.shown:
        return []
    for rule, read in ((_MUCH, _too_much), (_TOO, _too), (_RATHER, _rather)):
        match = rule.match(scene.text)
        edits = tuple(read(scene, match)) if match and scene.free(*match.span()) else ()
        if match and edits:
            return [Finding(*scene.outward(*match.span()), edits=edits, intents=("critique",))]
    return list(measured(scene.message))


def _too_much(scene: Scene, match: re.Match[str]) -> Iterator[Edit]:
    """Less of what the list has most of."""
    items = list(scene.reader.catalogue.get(scene.shown).values())
    best = max(_MUCH_OF, key=lambda each: _amount(items, *each))
    if _amount(items, *best) >= _STANDS_OUT:
        yield Nudge(quality=best[0], amount=-1.5 * best[1], words=scene.said(*match.span()))


def _amount(items: Sequence[Item], axis: AxisName, sign: int) -> float:
    known = [item.axes.of(axis) for item in items if item.axes is not None]
    middle = mean(known) if known else 2.0
    return middle if sign > 0 else 4 - middle


def _too(scene: Scene, match: re.Match[str]) -> Iterator[Edit]:
    """ "Too American": none that are."""
    for edit in against(match["what"], scene.reader):
        yield edit.model_copy(update={"words": scene.said(*match.span())})


def _rather(scene: Scene, match: re.Match[str]) -> Iterator[Edit]:
    """ "A bit slow": said of a list as nobody says it who likes it."""
    if match["what"] not in UNWELCOME:
        return
    for edit in less(match["what"], scene.reader):
        yield edit.model_copy(update={"words": scene.said(*match.span())})
