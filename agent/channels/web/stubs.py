"""Gradio's import without the stubs that it writes for editors."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def no_stubs() -> Iterator[None]:
    """Meanwhile a class of a Gradio component gets no ``.pyi`` beside its file.

    Gradio parses the file of every component for that whenever it is imported, which is half of
    its import; it leaves out classes that have no file.
    """
    real = inspect.getfile

    def getfile(asked: Any) -> str:
        if type(asked).__name__ == "ComponentMeta":
            raise OSError("no stubs are written")
        return real(asked)

    inspect.getfile = getfile  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = real
