"""Turning texts into vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Embedder(Protocol):
    """Texts in, vectors out; the same text always gives the same vector."""

    @property
    def name(self) -> str:
        """Model and version, as recorded in a catalogue: ``minilm-l6-v2/1``."""
        ...

    @property
    def dimension(self) -> int: ...

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors of length 1, float32, shape (len(texts), dimension), in the texts' order.

        An empty text gives the zero vector.
        """
        ...
