"""How limits are said: years, minutes, what is wanted and unwanted, degrees of an axis."""

from __future__ import annotations

from collections.abc import Sequence

from .item import AxisName

_HOURS = {60: "an hour", 90: "90 minutes", 120: "two hours", 180: "three hours"}

# How a bound is said: at least 0 or 1, 2 or 3, 4 degrees; at most 0, 1, 2 or more.
_AT_LEAST: dict[AxisName, tuple[str, str, str]] = {
    "lightness": ("not utterly bleak", "nothing heavy", "only the very light"),
    "warmth": ("not ice-cold", "nothing cold", "only the very warm"),
    "humour": ("a little humour", "properly funny", "only the very funny"),
    "tension": ("a little tension", "properly tense", "only the very tense"),
    "scares": ("a scare or two", "properly scary", "only the very scary"),
    "violence": ("a little violence", "some real violence", "very violent"),
    "romance": ("a little romance", "plenty of romance", "romance above all"),
    "strangeness": ("a little strange", "properly strange", "only the very strange"),
    "demand": ("not entirely easy", "something to chew on", "only the very demanding"),
}
_AT_MOST: dict[AxisName, tuple[str, str, str]] = {
    "lightness": ("nothing light", "nothing too light", "not all lightness"),
    "warmth": ("no warmth", "nothing too warm", "not all warmth"),
    "humour": ("no jokes", "few jokes", "not all jokes"),
    "tension": ("no tension", "nothing tense", "nothing too tense"),
    "scares": ("no scares", "nothing scarier than mild", "nothing too scary"),
    "violence": ("no violence", "hardly any violence", "nothing too violent"),
    "romance": ("no romance", "hardly any romance", "nothing too romantic"),
    "strangeness": ("nothing strange", "nothing too strange", "nothing wildly strange"),
    "demand": ("easy to follow", "nothing demanding", "nothing too demanding"),
}


def from_years(earliest: int | None, latest: int | None) -> str:
    """Release years, ends included: ``from the 1980s``, ``from before 1970``."""
    if earliest is None:
        return f"from before {(latest or 0) + 1}"
    if latest is None:
        return f"from {earliest} or later"
    if earliest == latest:
        return f"from {earliest}"
    if earliest % 10 == 0 and latest == earliest + 9:
        return f"from the {earliest}s"
    return f"from {earliest} to {latest}"


def spans(years: Sequence[int]) -> list[tuple[int, int]]:
    """Years as first and last of each unbroken run."""
    spans: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if spans and year == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], year)
        else:
            spans.append((year, year))
    return spans


def within(longest: int) -> str:
    """ "under two hours" for 119 and "at most two hours" for 120; minutes where uneven."""
    if longest + 1 in _HOURS:
        return f"under {_HOURS[longest + 1]}"
    return f"at most {_HOURS.get(longest, f'{longest} minutes')}"


def in_and_out(yes: str, wanted: Sequence[str], no: str, unwanted: Sequence[str]) -> str:
    """What shall be and what shall not, as far as there is any: ``only war, no horror or gore``."""
    parts = []
    if wanted:
        parts.append(f"{yes} {' and '.join(wanted)}")
    if unwanted:
        parts.append(f"{no} {' or '.join(unwanted)}")
    return ", ".join(parts)


def degrees(axis: AxisName, at_least: int | None, at_most: int | None) -> str:
    """A bound on an axis, degrees 0 to 4: ``nothing too scary``."""
    parts = []
    if at_least is not None:
        parts.append(_AT_LEAST[axis][min(at_least, 4) // 2])
    if at_most is not None:
        parts.append(_AT_MOST[axis][min(at_most, 2)])
    return ", ".join(parts)
