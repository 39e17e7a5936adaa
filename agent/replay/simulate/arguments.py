"""What the commands that measure with simulated people take, and how they end."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from ....errors import MoodreelError


def count(text: str) -> int:
    """A whole number from 1.

    Raises:
        ArgumentTypeError: it is none.
    """
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return number


def written_to(text: str) -> Path:
    """A path to write to; a wrong one is better known before everything is played.

    Raises:
        ArgumentTypeError: its folder isn't there.
    """
    path = Path(text)
    if not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {str(path.parent)!r}")
    return path


def exit_code(measure: Callable[[], None]) -> int:
    """Measure; 0, or the code of what went wrong, which is told in one sentence."""
    try:
        measure()
    except MoodreelError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except OSError as error:
        sys.stderr.write(f"{error.filename!r} can't be written ({error.strerror}).\n")
        return 1
    return 0
