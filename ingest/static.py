"""The light embedder: WordLlama's static word vectors, read from its wheel, no model run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from ..errors import EmbedderMissing
from .embedding import clean, unit_rows
from .weights import Weights
from .word_tokens import WordTokens

DIMENSION = 256
TENSORS = "weights/l2_supercat_256.safetensors"
TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
BATCH = 256
MAX_CHARACTERS = 20_000

# The package's own loader sets up logging and may download, so its files are read directly.
WORDLLAMA = Weights(
    package="wordllama",
    files={
        TENSORS: "64b47a2dc493cb8e85944076601189739852d7b64e0e1eedcb1937a251cd9fd5",
        TOKENIZER: "93248f2a9ec36c7b35f700a033d5f36228aae48db61aee31007fa49062cdeb68",
    },
    remedy="run `make install`, or `pip install --force-reinstall wordllama==0.4.0.post1`",
)


class StaticEmbedder:
    """The mean of static word vectors (256-d), float32, of length 1.

    Loaded at the first text. Safe to call from several threads.
    """

    name = "wordllama-256/1"
    dimension = DIMENSION

    def __init__(self, weights: Weights = WORDLLAMA) -> None:
        self.weights = weights
        self._lock = Lock()
        self._model: tuple[WordTokens, NDArray[np.float32]] | None = None

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors in the texts' order, shape (len(texts), 256); empty texts give zeros.

        Raises:
            EmbedderMissing: the weights are missing or altered.
        """
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            batch = [clean(text, MAX_CHARACTERS) for text in texts[start : start + BATCH]]
            vectors[start : start + len(batch)] = self._sums(batch)
            if progress:
                progress(start + len(batch), len(texts))
        return unit_rows(vectors)

    def _sums(self, texts: list[str]) -> NDArray[np.float32]:
        """Sums of word vectors; scaling to length 1 makes them equal to means."""
        words, table = self._loaded()
        sums = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, ids in enumerate(words.ids(texts)):
            if ids:
                sums[row] = table[ids].sum(axis=0)
        return sums

    def _loaded(self) -> tuple[WordTokens, NDArray[np.float32]]:
        with self._lock:
            if self._model is None:
                problem = self.weights.problem()
                if problem is not None:
                    raise EmbedderMissing(problem)
                table = load_file(self.weights.path(TENSORS))["embedding.weight"]
                tokenizer = Tokenizer.from_file(str(self.weights.path(TOKENIZER)))
                self._model = WordTokens(tokenizer), np.asarray(table, dtype=np.float32)
            return self._model
