"""What of a message backs a part of a plan: quoted words, names, numbers, pointing words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from ..base import Turn
from ..builtin import READ_AT_MOST
from ..reading.carriers import CARRIERS
from ..reading.lengths import DURATION, duration
from ..reading.numbers import WORDED, number

ALIKE = 75.0
"""Percent (rapidfuzz) from which a quote counts as taken from the message."""
_NAMED = 84.0
"""The same for names, where a near miss is somebody else."""
_LONGEST_QUOTE = 400
_SHORTEST = 4
"""Letters below which a quote has to be there as it is."""
_PLAIN = re.compile(r"[\w\s'’.,:;!?&/()–-]{1,120}")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_NUMBER = re.compile(rf"(?<![\w]){WORDED}(?![\w])|\d+")


@dataclass(frozen=True)
class Evidence:
    """One message, of which the first `READ_AT_MOST` characters are looked at."""

    message: str
    ruled: bool = True
    """Whether the rules of the builtin engine can read it: then a name or number has to be there
    in words that they know; another language has its own."""

    @staticmethod
    def of(turn: Turn, *, ruled: bool = True) -> Evidence:
        """What a turn's message can back; ``ruled`` says whether the rules can read it."""
        return Evidence(turn.message[:READ_AT_MOST], ruled)

    @cached_property
    def flat(self) -> str:
        """The message in lower case without accents, of the same length."""
        return "".join(map(flat_letter, self.message))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the message, as `flat` has them."""
        return frozenset(_WORD.findall(self.flat))

    def quote(self, words: str) -> str | None:
        """The part of the message that was quoted, as the user wrote it; None if there is none."""
        place = self.place(words)
        return None if place is None else self.message[place[0] : place[1]].strip()

    def place(self, words: str) -> tuple[int, int] | None:
        """Where quoted words stand, first and behind the last character; whole words only."""
        wanted = "".join(map(flat_letter, words[:_LONGEST_QUOTE])).strip(" .,;:!?\"'“”…")
        if not wanted or not self.flat:
            return None
        exact = _whole(wanted, self.flat)
        if exact is not None or len(wanted) < _SHORTEST:
            return exact
        found = fuzz.partial_ratio_alignment(wanted, self.flat, score_cutoff=ALIKE)
        if found is None or len(wanted) > 1.4 * len(self.flat):
            return None
        start, end = self._widened(found.dest_start, found.dest_end)
        return (start, end) if self._shares(wanted, self.flat[start:end]) else None

    def _widened(self, start: int, end: int) -> tuple[int, int]:
        """A span from the beginning of its first word to the end of its last."""
        while 0 < start < len(self.flat) and self.flat[start - 1 : start + 1].isalnum():
            start -= 1
        while 0 < end < len(self.flat) and self.flat[end - 1 : end + 1].isalnum():
            end += 1
        return start, end

    @staticmethod
    def _shares(wanted: str, found: str) -> bool:
        """Whether most of the quoted words, or half of those that say something, are there."""
        words = _WORD.findall(wanted)
        there = _WORD.findall(found)
        met = [any(fuzz.ratio(word, other) >= ALIKE for other in there) for word in words]
        telling = [hit for word, hit in zip(words, met, strict=True) if word not in CARRIERS]
        enough = bool(telling) and 2 * sum(telling) >= len(telling)
        return enough or 3 * sum(met) >= 2 * max(1, len(met))

    def names(self, name: str) -> bool:
        """Whether the message has this name, or one very much like it."""
        wanted = "".join(map(flat_letter, name)).strip()
        if not wanted or not self.flat:
            return False
        if _whole(wanted, self.flat) is not None:
            return True
        if len(wanted) <= _SHORTEST or len(wanted) > len(self.flat) + 2:
            return False
        found = fuzz.partial_ratio_alignment(wanted, self.flat, score_cutoff=_NAMED)
        if found is None:
            return False
        start, end = self._widened(found.dest_start, found.dest_end)
        return fuzz.ratio(wanted, self.flat[start:end]) >= _NAMED

    @cached_property
    def numbers(self) -> frozenset[int]:
        """Every number said, with what it may stand for: hours as minutes, "90s" as 1990."""
        said = {n for m in _NUMBER.finditer(self.flat) if (n := _value(m.group())) is not None}
        lengths = {
            minutes
            for m in re.finditer(DURATION, self.flat)
            if (minutes := duration(m.group())) is not None
        }
        century = {base + n for n in said if n < 100 for base in (1800, 1900, 2000)}
        return frozenset(said | lengths | century | {60 * n for n in said if 0 < n < 6})

    def number(self, value: int, give: int = 1) -> bool:
        """Whether a number, or one at most ``give`` away from it, was said."""
        return any(abs(value - said) <= give for said in self.numbers)


@lru_cache(maxsize=4_096)
def flat_letter(letter: str) -> str:
    """One character in lower case without accent; what has no single such form stays."""
    letter = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"'}.get(
        letter, letter
    )
    bare = unicodedata.normalize("NFKD", letter)[:1].lower()
    return bare if len(bare) == 1 else letter


def _whole(wanted: str, text: str) -> tuple[int, int] | None:
    """Where a text stands as whole words; scripts that write no blanks have no such bounds."""
    left = r"(?<![^\W_])" if latin(wanted[0]) else ""
    right = r"(?![^\W_])" if latin(wanted[-1]) else ""
    pattern = r"\s+".join(map(re.escape, wanted.split()))
    found = re.search(f"{left}{pattern}{right}", text)
    return found.span() if found else None


def plain(text: str) -> bool:
    """Whether a text of the model's own may be shown: a few words, no markup, no address."""
    return _PLAIN.fullmatch(text) is not None and "http" not in text.lower()


def latin(word: str) -> bool:
    """Whether a text has letters of Latin scripts only, and signs."""
    return all(ord(letter) < 0x250 or not letter.isalpha() for letter in word)


def _value(text: str) -> int | None:
    value = number(text)
    return int(value) if value is not None and value < 1e6 else None
