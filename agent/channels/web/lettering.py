"""Setting a title in type: how wide text is, and how it is broken to fit a poster."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# Widths in parts of the type size, of a wide bold face: a narrower one leaves room, never overruns.
_NARROW = frozenset("iIjl.,:;'’!|()[]·-ft ")
_BROAD = frozenset("mwMW@%—…")


@dataclass(frozen=True)
class Setting:
    """Lines of text and their type size."""

    lines: tuple[str, ...]
    size: float


# Type sizes, largest first, with the lines that have room at each.
_SIZES = ((16.0, 2), (13.0, 2), (11.0, 3), (9.5, 4), (8.0, 5))


def width_of(text: str) -> float:
    """About how wide text is, in parts of its type size."""
    return sum(map(_advance, text))


def _advance(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.05
    if char in _NARROW:
        return 0.42
    if char in _BROAD:
        return 1.05
    return 0.8 if char.isupper() else 0.7


def set_in_type(text: str, width: float) -> Setting:
    """Break text into the largest type that fits; what is too long even so ends in "…".

    Words are kept whole where they can be: a script without spaces, or a word longer than a
    line in the smallest type, is broken anywhere but before a combining mark.
    """
    for size, most in _SIZES:
        lines = _wrapped(text.split(), width / size, breaking=False)
        if lines is not None and len(lines) <= most:
            return Setting(tuple(lines), size)
    return _squeezed(text, width)


def _squeezed(text: str, width: float) -> Setting:
    for size, most in _SIZES:
        lines = _wrapped(text.split(), width / size, breaking=True) or []
        if len(lines) <= most and size < 14:
            return Setting(tuple(lines), size)
    size, most = _SIZES[-1]
    kept = lines[:most]
    last = kept[-1]
    while last and width_of(last) > width / size - 1.1:
        last = last[:-1]
    return Setting((*kept[:-1], f"{last.rstrip()}…"), size)


def _wrapped(words: list[str], width: float, *, breaking: bool) -> list[str] | None:
    """Lines no wider than ``width`` type sizes; ``None`` where a word would have to be broken."""
    lines: list[str] = []
    for word in words:
        pieces = _pieces(word, width) if breaking else [word]
        if width_of(pieces[0]) > width:
            return None
        if lines and width_of(f"{lines[-1]} {pieces[0]}") <= width:
            lines[-1] = f"{lines[-1]} {pieces[0]}"
        else:
            lines.append(pieces[0])
        lines += pieces[1:]
    return lines


def _pieces(word: str, width: float) -> list[str]:
    pieces = [""]
    for char in word:
        if pieces[-1] and _advance(char) and width_of(pieces[-1]) + _advance(char) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces
