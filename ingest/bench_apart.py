"""Work that is measured in a process of its own, so that its memory is its own too."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing import TimeoutError as Late
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
Result = TypeVar("Result")
Asked = TypeVar("Asked")
Row = dict[str, str]


@dataclass(frozen=True)
class Measured:
    """Seconds of each query, the first one included, the ids found, and what else was told.

    ``worked`` are seconds of processor, which other programs hardly lengthen.
    """

    taken: list[float] = field(default_factory=list)
    found: list[list[str]] = field(default_factory=list)
    more: Row = field(default_factory=dict)
    worked: list[float] = field(default_factory=list)


def asked_of(questions: Sequence[Asked], ask: Callable[[Asked], list[str]], more: Row) -> Measured:
    """Ask every question in turn, then look at the memory."""
    taken, found, worked = [], [], []
    for question in questions:
        began, busy = time.perf_counter(), time.process_time()
        found.append(ask(question))
        taken.append(time.perf_counter() - began)
        worked.append(time.process_time() - busy)
    return Measured(taken, found, {**more, **memory()}, worked)


def memory() -> Row:
    """Memory of this process now, where the system tells it, and how much of it is mapped files."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return {}
    pages = [int(number) for number in status.read_text().split()[1:3]]
    held, mapped = (pages_of * os.sysconf("SC_PAGE_SIZE") / 1e6 for pages_of in pages)
    return {"memory": f"{held:,.0f} MB", "of it files": f"{mapped:,.0f} MB"}


class Clock:
    """So many seconds for several pieces of work, each in a process of its own."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self, _: float = 0.0) -> None:
        """Raise `TimeoutError` where the time is over."""
        if time.monotonic() >= self._end:
            raise TimeoutError

    def run(self, work: Callable[P, Result], *given: P.args, **named: P.kwargs) -> Result:
        """What the work returns; `TimeoutError` where it is not done in time, which ends it."""
        self.check()
        with get_context("spawn").Pool(1) as pool:
            try:
                return pool.apply_async(work, given, named).get(self._end - time.monotonic())
            except Late as late:
                raise TimeoutError from late
