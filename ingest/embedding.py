"""Turning texts into vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from ..errors import EmbedderMissing
from .item import Item
from .ollama_place import OllamaPlace, place_named
from .shipped import shipped_vectors
from .vector_journal import VectorJournal, settle
from .weights import Weights

if TYPE_CHECKING:
    from .minilm import MiniLM
    from .static import StaticEmbedder

TextSpace = Literal["mood", "audience", "plot", "overall"]
TEXT_SPACES: tuple[TextSpace, ...] = ("mood", "audience", "plot", "overall")
EmbedderChoice = Literal["auto", "minilm", "light", "ollama"]


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


@runtime_checkable
class SlowEmbedder(Embedder, Protocol):
    """An embedder whose vectors are worth keeping while a catalogue is being filled."""

    journal: Path | None
    """Where they are kept, if anywhere."""

    def batches(self, texts: Sequence[str]) -> Iterator[tuple[Sequence[str], NDArray[np.float32]]]:
        """Stretches of texts with their vectors, in order, each as soon as it is there."""
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


# Raise with every change of what `item_texts` returns: stored catalogues are then re-indexed.
TEXTS_VERSION = 1


def overall_text(item: Item) -> str:
    """The text that the ``overall`` vector of an item is made from: all that describes it."""
    lists = (item.genres, item.mood_tags, item.tags, item.archetypes)
    return _joined(lists, (item.plot_essence, item.mood, item.target_audience))


def item_texts(item: Item) -> dict[TextSpace, str]:
    """What is embedded of an item, per space; a text that it lacks is empty.

    Tags lead the texts: vectors of tags and text together find 10 of the authored ``kindred``
    twice as often as vectors of the text alone (mood .10 against .05, plot .28 against .15;
    overall .32 against .18; centred, over the starter catalogue).
    """
    return {
        "mood": _joined((item.mood_tags,), (item.mood,)),
        "audience": item.target_audience,
        "plot": _joined((item.tags, item.archetypes), (item.plot_essence,)),
        "overall": overall_text(item),
    }


def _joined(lists: Sequence[Sequence[str]], sentences: Sequence[str]) -> str:
    listed = [", ".join(words) + "." for words in lists if words]
    return " ".join([*listed, *(sentence for sentence in sentences if sentence)])


def embed_items(
    items: Sequence[Item], embedder: Embedder, progress: Callable[[int, int], None] | None = None
) -> dict[TextSpace, NDArray[np.float32]]:
    """The vectors of items per space, float32 of shape (len(items), dimension), not centred.

    Vectors that travel with the package are used where text and embedder match (their cosine
    to fresh ones is above .9995); all other texts are embedded, each once. What a slow embedder
    has done is kept in its journal, batch by batch, until `stored` is called for the items.
    """
    described = [item_texts(item) for item in items]
    texts = _different(described)
    if isinstance(embedder, SlowEmbedder) and embedder.journal is not None:
        vectors = _journalled(texts, embedder, embedder.journal, progress)
    else:
        vectors = _known_or_embedded(texts, embedder, progress)
    row = {text: place for place, text in enumerate(texts)}
    return {space: vectors[[row[texts[space]] for texts in described]] for space in TEXT_SPACES}


def stored(items: Sequence[Item], embedder: Embedder) -> None:
    """Say that a catalogue holds the vectors of items, so that no journal has to keep them."""
    if isinstance(embedder, SlowEmbedder) and embedder.journal is not None:
        texts = _different([item_texts(item) for item in items])
        settle(embedder.journal, embedder.name, embedder.dimension, texts)


def _different(described: Sequence[dict[TextSpace, str]]) -> list[str]:
    return list(dict.fromkeys(texts[space] for texts in described for space in TEXT_SPACES))


def _journalled(
    texts: list[str],
    embedder: SlowEmbedder,
    file: Path,
    progress: Callable[[int, int], None] | None,
) -> NDArray[np.float32]:
    """Vectors of texts, those that the journal has not being embedded and added to it."""
    with VectorJournal.open(file, embedder.name, embedder.dimension) as journal:
        found = journal.known(texts)
        for part, rows in embedder.batches([text for text in texts if text not in found]):
            journal.add(part, rows)
            found.update(zip(part, rows, strict=True))
            if progress:
                progress(len(found), len(texts))
    return np.array([found[text] for text in texts], np.float32).reshape(-1, embedder.dimension)


def _known_or_embedded(
    texts: Sequence[str], embedder: Embedder, progress: Callable[[int, int], None] | None
) -> NDArray[np.float32]:
    vectors = np.zeros((len(texts), embedder.dimension), dtype=np.float32)
    fresh = np.ones(len(texts), dtype=bool)
    shipped = shipped_vectors()
    if shipped is not None and shipped.embedder == embedder.name:
        fresh = ~shipped.known(texts)
        vectors[~fresh] = shipped.vectors(
            [t for t, new in zip(texts, fresh, strict=True) if not new]
        )
    vectors[fresh] = embedder.embed(
        [t for t, new in zip(texts, fresh, strict=True) if new], progress
    )
    return vectors


def choose_embedder(
    preference: EmbedderChoice = "auto",
    ollama: OllamaPlace | None = None,
    journal: Path | None = None,
) -> Embedder:
    """The embedder to use; ``auto`` takes MiniLM where its weights are right, else the light one.

    Nothing is loaded before the first text; ``ollama`` asks the model for a word.

    Args:
        preference: which one.
        ollama: where a model of Ollama answers; the usual place where none is given.
        journal: the file that keeps the vectors of a slow embedder while it fills a catalogue.

    Raises:
        EmbedderMissing: the preferred weights are missing or altered; says how to get them.
        EmbedderSilent: the model of Ollama does not answer.
    """
    if preference == "ollama":
        from .ollama_embedder import OllamaEmbedder  # noqa: PLC0415

        return OllamaEmbedder.installed(ollama or OllamaPlace(), journal)
    minilm, light = _built_in()
    fallback = preference == "auto" and minilm.weights.problem() is not None
    chosen = light if preference == "light" or fallback else minilm
    require(chosen)
    return chosen


def embedder_named(
    name: str,
    dimension: int = 0,
    ollama: OllamaPlace | None = None,
    journal: Path | None = None,
) -> Embedder | None:
    """The embedder of this name, whether or not its weights or its server are here.

    Args:
        name: as a catalogue records it.
        dimension: of its vectors, which a model in a server isn't asked for.
        ollama: the server of a model of Ollama, whose own model doesn't count.
        journal: as for `choose_embedder`.
    """
    placed = place_named(name, ollama or OllamaPlace())
    if placed is not None and dimension:
        from .ollama_embedder import OllamaEmbedder  # noqa: PLC0415

        return OllamaEmbedder(*placed, dimension, journal)
    return next((one for one in _built_in() if one.name == name), None)


def require(embedder: Embedder) -> None:
    """Check the weights of an embedder that has them in files.

    Raises:
        EmbedderMissing: they are missing or altered; says how to get them.
    """
    weights = getattr(embedder, "weights", None)
    problem = weights.problem() if isinstance(weights, Weights) else None
    if problem is not None:
        raise EmbedderMissing(problem)


def missing_weights() -> str | None:
    """One sentence on why MiniLM can't serve here and how to get it; ``None`` when it can."""
    return _built_in()[0].weights.problem()


def _built_in() -> tuple[MiniLM, StaticEmbedder]:
    # Imported here so that a program that embeds nothing doesn't load a model runtime.
    from .minilm import MiniLM  # noqa: PLC0415
    from .static import StaticEmbedder  # noqa: PLC0415

    return MiniLM(), StaticEmbedder()
