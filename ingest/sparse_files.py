"""Copying files that are mostly holes, as those of the engine are: room to grow."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

_PIECE = 1 << 20


def copy_sparse(source: str, target: str) -> None:
    """Copy a file without filling its holes, where the system tells them."""
    if not hasattr(os, "SEEK_DATA"):
        shutil.copy2(source, target)
        return
    with Path(source).open("rb") as read, Path(target).open("wb") as write:
        size = os.fstat(read.fileno()).st_size
        write.truncate(size)
        for start, end in _stretches(read.fileno(), size):
            read.seek(start)
            write.seek(start)
            for piece in range(start, end, _PIECE):
                write.write(read.read(min(_PIECE, end - piece)))


def _stretches(file: int, size: int) -> Iterator[tuple[int, int]]:
    """The stretches of a file that are no holes, as (start, end)."""
    end = 0
    while end < size:
        try:
            start = os.lseek(file, end, os.SEEK_DATA)
        except OSError as error:
            if error.errno == errno.ENXIO:  # Only a hole is left.
                return
            raise
        end = os.lseek(file, start, os.SEEK_HOLE)
        yield start, end
