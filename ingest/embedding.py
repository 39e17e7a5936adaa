"""Turning texts into vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import EmbedderMissing
from .item import Item

TextSpace = Literal["mood", "audience", "plot", "overall"]
TEXT_SPACES: tuple[TextSpace, ...] = ("mood", "audience", "plot", "overall")
EmbedderChoice = Literal["auto", "minilm", "light"]


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


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows scaled to length 1; zero rows stay zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def clean(text: str, longest: int) -> str:
    """At most ``longest`` characters of a text, without halves of surrogate pairs.

    Tokenisers refuse lone surrogates, which broken subtitle files and chat clients do send.
    """
    return text[:longest].encode("utf-8", "replace").decode().strip()


def overall_text(item: Item) -> str:
    """The text that the ``overall`` vector of an item is made from."""
    return " ".join(part for part in (item.mood, item.target_audience, item.plot_essence) if part)


def item_texts(item: Item) -> dict[TextSpace, str]:
    """What is embedded of an item, per space; texts that it lacks are empty."""
    return {
        "mood": item.mood,
        "audience": item.target_audience,
        "plot": item.plot_essence,
        "overall": overall_text(item),
    }


def choose_embedder(preference: EmbedderChoice = "auto") -> Embedder:
    """The embedder to use; ``auto`` takes MiniLM where its weights are right, else the light one.

    Nothing is loaded before the first text.

    Raises:
        EmbedderMissing: the preferred weights are missing or altered; says how to get them.
    """
    # Imported here so that a program that embeds nothing doesn't load a model runtime.
    from .minilm import MiniLM  # noqa: PLC0415
    from .static import StaticEmbedder  # noqa: PLC0415

    order: list[MiniLM | StaticEmbedder] = []
    if preference in ("auto", "minilm"):
        order.append(MiniLM())
    if preference in ("auto", "light"):
        order.append(StaticEmbedder())
    problems = []
    for embedder in order:
        problem = embedder.weights.problem()
        if problem is None:
            return embedder
        problems.append(problem)
    raise EmbedderMissing(" ".join(problems))


def missing_weights() -> str | None:
    """One sentence on why MiniLM can't serve here and how to get it; ``None`` when it can."""
    from .minilm import MiniLM  # noqa: PLC0415

    return MiniLM().weights.problem()
