"""Progress on stderr with rate and time left: redrawn on a terminal, now and then in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic

from .output import tell

_TOLD_EVERY = 5.0


class ProgressLine:
    """Says how many of something are done, how quickly, and how long the rest will take."""

    def __init__(self, what: str, now: Callable[[], float] = monotonic) -> None:
        """Begin to count.

        Args:
            what: is counted: ``row``.
            now: a clock in seconds.
        """
        self._what = what
        self._now = now
        self._began = self._told = now()
        self._first: int | None = None
        self._open = False

    def __call__(self, done: int, total: int) -> None:
        """Take note of progress; ``total`` is about how many there are, 0 for unknown."""
        now = self._now()
        if self._first is None:
            self._first = done
        terminal = sys.stderr.isatty()
        if not terminal and now - self._told < _TOLD_EVERY:
            return
        self._told = now
        text = self._text(done, total, max(now - self._began, 0.001))
        if terminal:
            sys.stderr.write(f"\r{text:<60}")
            sys.stderr.flush()
            self._open = True
        else:
            tell(text)

    def _text(self, done: int, total: int, seconds: float) -> str:
        rate = (done - (self._first or 0)) / seconds
        left = f", about {span((total - done) / rate)} left" if total > done and rate else ""
        pace = f"{rate:,.0f} a second" if rate >= 1 or not rate else f"{1 / rate:,.1f} s each"
        return f"{done:,} {self._what}{'s' * (done != 1)}, {pace}{left}"

    def end(self) -> None:
        """End the line."""
        if self._open:
            sys.stderr.write("\n")
            self._open = False


def span(seconds: float) -> str:
    """A time as people say it: ``2 h 5 min``, ``3 min 20 s``, ``12 s``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours:,} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
