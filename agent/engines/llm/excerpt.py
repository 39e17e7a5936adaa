"""Reading a text that doesn't fit: its beginning, an even sample of its middle, its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .budget import Count, shortened

GAP = "\n[…]\n"
"""Stands where something was left out."""

# Of the room. A beginning says what a thing is; an ending is needed to know how dark it gets.
_HEAD, _TAIL = 0.35, 0.15
_MOST_STRETCHES = 8
_LEAST_STRETCH = 200
"""Tokens: about two short paragraphs. Shorter stretches tell nothing."""
_PIECE = 400
"""Characters: no sentence of prose is much longer, so what is longer may be cut anywhere."""
_NEVER_FITS = 20
"""Characters a token: no encoding reaches that over a whole text, so it needn't be counted."""

_PARAGRAPHS = re.compile(r"\n\s*\n|\n")
_SENTENCES = re.compile(r"(?<=[.!?…؟])[\"'”’)\]]*\s+|(?<=[。！？])")
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n\s*\n+")


@dataclass(frozen=True)
class Excerpt:
    """What of a text was taken, and how many of its characters were left out."""

    text: str
    left_out: int = 0


def excerpt(text: str, room: int, count: Count) -> Excerpt:
    """A text, or as much of it as fits, cut between paragraphs or sentences where there are.

    Args:
        text: any text.
        room: tokens that may be used; what comes back never has more.
        count: how many tokens a text has.
    """
    tidy = _LINES.sub("\n\n", _BLANKS.sub(" ", text)).strip()
    if len(tidy) <= room * _NEVER_FITS and count(tidy) <= room:
        return Excerpt(tidy)
    found = pieces(tidy)
    stretches = _stretches(found, room, count)
    chosen = _joined(stretches)
    # Tokens of parts don't quite add up to those of the whole.
    while count(chosen) > room and len(stretches) > 1:
        del stretches[len(stretches) // 2]
        chosen = _joined(stretches)
    chosen = shortened(chosen, room, count)
    read = len(chosen) - chosen.count(GAP) * len(GAP)
    return Excerpt(chosen, max(0, len(tidy) - read))


def pieces(text: str) -> list[str]:
    """Sentences with what separates them, in order; together they are the text."""
    found: list[str] = []
    for paragraph in _split(_PARAGRAPHS, text):
        for sentence in _split(_SENTENCES, paragraph):
            found += [sentence[i : i + _PIECE] for i in range(0, len(sentence), _PIECE)]
    return found


def _split(border: re.Pattern[str], text: str) -> list[str]:
    """The parts of a text between borders, each with the border that follows it."""
    ends = [*(match.end() for match in border.finditer(text)), len(text)]
    starts = [0, *ends[:-1]]
    return [text[a:b] for a, b in zip(starts, ends, strict=True) if b > a]


def _stretches(pieces: Sequence[str], room: int, count: Count) -> list[tuple[int, list[str]]]:
    """Runs of pieces with the place where each begins: head, some of the middle, tail."""
    gap = count(GAP) + 1
    head = _run(pieces, int(room * _HEAD) - gap, count)
    tail = _run(pieces[len(head) :][::-1], int(room * _TAIL) - gap, count)[::-1]
    first, last = len(head), len(pieces) - len(tail)
    middle = int(room * (1 - _HEAD - _TAIL))
    many = min(max(middle // _LEAST_STRETCH, 1), _MOST_STRETCHES)
    taken = [(0, head)]
    for number in range(many):
        # Pieces between the end of the last stretch and the middle of this share of the text.
        start = max(first + (last - first) * (2 * number + 1) // (2 * many), _end(taken))
        taken.append((start, _run(pieces[start:last], middle // many - gap, count)))
    taken.append((last, tail))
    return [(place, run) for place, run in taken if run]


def _end(taken: Sequence[tuple[int, Sequence[str]]]) -> int:
    place, run = taken[-1]
    return place + len(run)


def _run(pieces: Sequence[str], room: int, count: Count) -> list[str]:
    """The first pieces that fit together; at least a part of one where there is any room."""
    run: list[str] = []
    spent = 0
    for piece in pieces:
        spent += count(piece)
        if spent > room:
            break
        run.append(piece)
    if not run and pieces and room > 0:
        return [part for part in [shortened(pieces[0], room, count)] if part]
    return run


def _joined(stretches: Sequence[tuple[int, Sequence[str]]]) -> str:
    text, end = "", 0
    for place, run in stretches:
        between = GAP if text and place != end else ""
        text, end = f"{text.rstrip() if between else text}{between}{''.join(run)}", place + len(run)
    return text.strip()
