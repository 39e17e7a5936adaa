"""Numbers as people write them: digits and words."""

from __future__ import annotations

import re

_UNITS = {
    word: n
    for n, word in enumerate(
        (
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
            "eighteen", "nineteen",
        )
    )
}  # fmt: skip
_TENS = {
    word: 10 * n
    for n, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
_VAGUE = {"a couple of": 2, "a couple": 2, "couple of": 2, "couple": 2, "a few": 3, "few": 3}

_TEN = "|".join(_TENS)
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
WORDED = rf"(?:(?:{_TEN})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|{_UNIT})"
NUMBER = rf"(?:\d+(?:[.,]\d+)?|(?:a|one) hundred(?: and {WORDED})?|{WORDED})"
"""A pattern without groups for one number."""

_PARTS = re.compile(r"[a-z]+|\d+(?:[.,]\d+)?")


def number(text: str) -> float | None:
    """``"90"``, ``"1.5"``, ``"twenty-five"``, ``"a hundred and ten"``; None for anything else."""
    text = text.strip().lower()
    if text in _VAGUE:
        return float(_VAGUE[text])
    total = 0.0
    known = False
    for part in _PARTS.findall(text):
        value = _value(part)
        if part == "hundred":
            total = max(total, 1) * 100
        elif value is not None:
            total += value
        elif part not in {"and", "a"}:
            return None
        known = known or part == "hundred" or value is not None
    return total if known else None


def _value(part: str) -> float | None:
    if part[0].isdigit():
        return float(part.replace(",", "."))
    found = _UNITS.get(part, _TENS.get(part))
    return None if found is None else float(found)
