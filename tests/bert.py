"""all-MiniLM-L6-v2 in plain numpy, as its paper and its config describe it: a reference."""

from __future__ import annotations

from math import erf, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

Array = NDArray[np.float64]
HEADS, LAYERS, LONGEST = 12, 6, 256


class NumpyBert:
    """One text at a time, in float64, without batches or padding."""

    def __init__(self, model: Path) -> None:
        self._tensors = load_file(model / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def embed(self, text: str) -> Array:
        ids = self._tokenizer.encode(text).ids
        hidden = self._of("embeddings.word_embeddings.weight")[ids]
        hidden = hidden + self._of("embeddings.position_embeddings.weight")[: len(ids)]
        hidden = self._norm(
            hidden + self._of("embeddings.token_type_embeddings.weight")[0], "embeddings."
        )
        for number in range(LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{number}.")
        mean: Array = hidden.mean(axis=0)
        return mean / np.linalg.norm(mean)

    def _of(self, name: str) -> Array:
        return self._tensors[name].astype(np.float64)

    def _linear(self, x: Array, name: str) -> Array:
        return x @ self._of(f"{name}.weight").T + self._of(f"{name}.bias")

    def _norm(self, x: Array, prefix: str) -> Array:
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt(x.var(axis=-1, keepdims=True) + 1e-12)
        shaped: Array = scaled * self._of(f"{prefix}LayerNorm.weight")
        return shaped + self._of(f"{prefix}LayerNorm.bias")

    def _layer(self, x: Array, part: str) -> Array:
        query, key, value = (
            self._linear(x, f"{part}attention.self.{kind}")
            .reshape(len(x), HEADS, -1)
            .swapaxes(0, 1)
            for kind in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(1, 2) / np.sqrt(query.shape[-1])
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        attended = (shares @ value).swapaxes(0, 1).reshape(len(x), -1)
        x = self._norm(
            x + self._linear(attended, f"{part}attention.output.dense"), f"{part}attention.output."
        )
        inner = self._linear(x, f"{part}intermediate.dense")
        inner = inner * 0.5 * (1 + np.vectorize(erf)(inner / sqrt(2)))
        return self._norm(x + self._linear(inner, f"{part}output.dense"), f"{part}output.")
