"""Lengths of time as people write them, in minutes."""

from __future__ import annotations

import re

from .numbers import NUMBER, number

HOUR = r"(?:hours?|hrs?|h)"
MINUTE = r"(?:minutes?|mins?|min|m)"
DURATION = (
    rf"(?:half an hour|an hour and a half|(?:{NUMBER}|an?)[ -]?{HOUR}(?:\s*(?:and"
    rf"|&)?\s*(?:a (?:half|quarter)|half|{NUMBER}(?:[ -]?{MINUTE})?))?(?![a-z])"
    rf"|(?:{NUMBER}|a couple of|a couple|couple of) and a half[ -]?{HOUR}\b|(?:a couple of"
    rf"|couple of) {HOUR}\b|\d:[0-5]\d(?:[ -]?{HOUR})?\b"
    rf"|{NUMBER}(?:[ -]?{MINUTE})(?![a-z])|\d\.\d[ -]?{HOUR}\b)"
)
_CLOCK = re.compile(r"(?P<h>\d):(?P<m>[0-5]\d)")
_HALVES = re.compile(rf"(?P<n>{NUMBER}|a couple of|a couple|couple of) and a half")
_HOURS = re.compile(
    rf"(?P<n>{NUMBER}|an?|a couple of|couple of)[ -]?{HOUR}(?![a-z])(?:\s*(?:and"
    rf"|&)?\s*(?P<rest>a half|a quarter|half|{NUMBER}))?"
)
_MINUTES = re.compile(rf"(?P<n>{NUMBER})[ -]?{MINUTE}")


def duration(text: str) -> int | None:
    """Minutes of a length: ``"1h45"`` is 105, ``"two and a half hours"`` 150; None for others."""
    text = text.strip().lower()
    if text == "half an hour":
        return 30
    if clock := _CLOCK.match(text):
        return int(clock["h"]) * 60 + int(clock["m"])
    if (halves := _HALVES.match(text)) and re.search(rf"{HOUR}$", text):
        return int(60 * (number(halves["n"]) or 0) + 30)
    if hours := _HOURS.match(text):
        count = 1.0 if hours["n"] in {"a", "an"} else number(hours["n"]) or 0
        rest = hours["rest"] or ""
        extra = {"": 0.0, "half": 30.0, "a half": 30.0, "a quarter": 15.0}.get(rest)
        return int(count * 60 + (number(rest) or 0 if extra is None else extra))
    if minutes := _MINUTES.match(text):
        return int(number(minutes["n"]) or 0)
    return None
