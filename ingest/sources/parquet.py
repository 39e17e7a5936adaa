"""Reading Parquet, a few thousand rows at a time; it takes the extra ``eval``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import BadSource

MAGIC = b"PAR1"
_ROWS = 4_096


def is_parquet(path: Path) -> bool:
    """Whether a file begins as Parquet does."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def require_parquet(path: Path) -> None:
    """Refuse a Parquet file that can't be read here.

    Raises:
        BadSource: pyarrow is not installed, or the file is damaged.
    """
    _opened(path)


def column_names(path: Path) -> list[str]:
    """The columns of a Parquet file; none where it can't be read."""
    try:
        return [*_opened(path).schema_arrow.names] if is_parquet(path) else []
    except BadSource:
        return []


def parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file.

    Raises:
        BadSource: pyarrow is not installed, or the file is damaged.
    """
    opened = _opened(path)
    try:
        for batch in opened.iter_batches(batch_size=_ROWS):
            yield from batch.to_pylist()
    except (OSError, ValueError) as error:
        raise BadSource(f"{str(path)!r} is damaged ({error}): get it anew") from error


def _opened(path: Path) -> Any:
    try:
        from pyarrow import parquet  # noqa: PLC0415
    except ModuleNotFoundError:
        raise BadSource(
            f"{str(path)!r} is Parquet, which takes pyarrow: pip install 'moodreel[eval]'"
        ) from None
    try:
        return parquet.ParquetFile(path)
    except (OSError, ValueError) as error:
        raise BadSource(f"{str(path)!r} is no readable Parquet ({error}): get it anew") from error
