"""What a channel says and logs where something failed that nobody foresaw."""

from __future__ import annotations

import logging

SORRY = "Something went wrong here, sorry; try it again."


def note(log: logging.Logger, what: str, error: BaseException) -> None:
    """Log what failed by its type, and for those who debug with its traceback.

    The text of an error and the lines of a traceback may hold what was said.
    """
    traced = error if log.isEnabledFor(logging.DEBUG) else None
    log.error("%s: %s", what, type(error).__name__, exc_info=traced)
