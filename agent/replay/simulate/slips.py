"""Typing slips, drawn by a seed."""

from __future__ import annotations

import random
import re

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEXT = {
    letter: row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    for row in _ROWS
    for place, letter in enumerate(row)
}
_WORD = re.compile(r"[A-Za-z]{4,}")


def mistype(text: str, share: float, chance: random.Random) -> str:
    """A text in which about ``share`` of the words of four letters or more has one slip each.

    A slip swaps two letters, doubles or drops one, or hits the key beside it; never the first
    letter, which people rarely miss.
    """
    return _WORD.sub(lambda m: _slip(m[0], chance) if chance.random() < share else m[0], text)


def _slip(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    head, letter, tail = word[:place], word[place], word[place + 1 :]
    near = _NEXT.get(letter.lower(), letter)
    return chance.choice([
        head + tail[:1] + letter + tail[1:],
        head + letter + letter + tail,
        head + tail,
        head + chance.choice(near) + tail,
    ])  # fmt: skip
