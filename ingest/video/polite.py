"""Asking somebody else's server: not often, again only where that may help, never against a no."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from ...errors import VideoFailed, VideoRefused

Result = TypeVar("Result")
Sleep = Callable[[float], None]
Clock = Callable[[], float]

BETWEEN = 5.0
"""Seconds between two requests: as a person would click."""
WAITS = (10.0, 30.0, 90.0)
"""Seconds before each further try."""


class Passing(VideoFailed):
    """Something that may pass: no connection, a server that is busy."""


@dataclass
class Manners:
    """Keeps requests apart and repeats those that failed for a passing reason.

    After a refusal nothing is asked any more.
    """

    between: float = BETWEEN
    waits: tuple[float, ...] = WAITS
    sleep: Sleep = time.sleep
    now: Clock = time.monotonic
    _last: float | None = field(default=None, init=False)
    _refused: str = field(default="", init=False)

    def ask(self, request: Callable[[], Result]) -> Result:
        """What a request gives.

        Raises:
            VideoRefused: the server says no, now or before.
            VideoFailed: it failed at every try.
        """
        for wait in (*self.waits, None):
            self._keep_apart()
            try:
                return request()
            except VideoRefused as refusal:
                self._refused = str(refusal)
                raise
            except Passing:
                if wait is None:
                    raise
                self.sleep(wait)
            finally:
                self._last = self.now()
        raise AssertionError  # the last try returns or raises

    def _keep_apart(self) -> None:
        if self._refused:
            raise VideoRefused(self._refused)
        if self._last is not None:
            self.sleep(max(0.0, self.between - (self.now() - self._last)))
