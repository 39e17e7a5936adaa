"""The embedder that lives in a server: any embedding model of Ollama."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..errors import CatalogueMismatch, EmbedderSilent, WorkError
from .embedding import clean
from .ollama_place import OllamaPlace, embedder_name

if TYPE_CHECKING:
    from .ollama_server import OllamaServer, Refused

Vectors = NDArray[np.float32]

BATCH = 32
MAX_CHARACTERS = 6_000
"""About 1,400 tokens of English; a text that a model still refuses is halved until it takes it."""
_LEAST_CHARACTERS = 100
REMEMBERED = 512
"""Recent texts; one wish is embedded once for each space that it is searched in."""
BULK = REMEMBERED // 4
"""Texts; more at once are a catalogue being filled, which may take its time."""
BULK_SECONDS = 300.0
REST_SECONDS = 60.0
"""How long a silent model is not waited for, and a version not looked up again."""

PREFIXES = {
    "nomic-embed-text": "clustering: ",
    "embeddinggemma": "task: clustering | query: ",
    "e5": "query: ",
}
"""What these models want before a text, by a part of their names.

They were trained with one instruction for each task, and the cards of the models ask for one.
Wishes are compared with items and items with each other, all in one space, so both sides get
the same one: the models' prefix for grouping by topic (e5 has one for all symmetric tasks).
Models that want a prefix before questions only (mxbai, arctic, qwen3) get none.
"""


class OllamaEmbedder:
    """Sentence vectors by a model in Ollama, float32, of length 1.

    Making one asks nobody; `installed` does. Safe to call from several threads. After a failure
    `embed` raises at once for `REST_SECONDS`, but for texts that it remembers.
    """

    def __init__(
        self,
        place: OllamaPlace,
        digest: str,
        dimension: int,
        journal: Path | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Know a model that was asked before.

        Args:
            place: where it answers.
            digest: the first 8 hex digits of its version's.
            dimension: of its vectors.
            journal: the file that keeps vectors while a catalogue is being filled.
            now: a clock in seconds.
        """
        self.place = place
        self.digest = digest
        self.dimension = dimension
        self.journal = journal
        self.name = embedder_name(place.model, digest)
        self._now = now
        self._lock = Lock()
        self._recent: dict[str, Vectors] = {}
        self._batch = BATCH
        self._rest_until = float("-inf")
        self._same_until = float("-inf")
        self._known_server: OllamaServer | None = None

    @classmethod
    def installed(cls, place: OllamaPlace, journal: Path | None = None) -> OllamaEmbedder:
        """The model as it is installed now; its dimension is found by embedding one word.

        Raises:
            EmbedderSilent: the server or the model is not there, or gives no vectors.
        """
        from .ollama_server import Refused  # noqa: PLC0415

        asking = cls(place, "", 0)
        digest = asking._server.digest()
        try:
            # The first text loads the model, which may take longer than a turn has.
            rows = asking._server.vectors([asking._prefix + "film"], BULK_SECONDS)
        except Refused as refusal:
            raise refusal.sentence from refusal
        found = cls(place, digest, len(rows[0]) if rows else 0, journal)
        found._checked(rows, 1)
        return found

    @property
    def resting(self) -> bool:
        """Whether the model failed a moment ago, so that it isn't waited for."""
        return self._now() < self._rest_until

    def rest(self) -> None:
        """Don't wait for the model for a while; the next answer ends that."""
        self._rest_until = self._now() + REST_SECONDS

    def remembers(self, texts: Sequence[str]) -> bool:
        """Whether `embed` would ask nobody for these texts; they are kept for longer then."""
        cleaned = {clean(text, MAX_CHARACTERS) for text in texts} - {""}
        with self._lock:
            known = cleaned <= self._recent.keys()
            if known:
                self._recent |= {text: self._recent.pop(text) for text in cleaned}
        return known

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Vectors:
        """Vectors in the texts' order, shape (len(texts), dimension); empty texts give zeros.

        Raises:
            EmbedderSilent: the model gives no usable answer.
            CatalogueMismatch: another version of the model is installed now.
        """
        cleaned = [clean(text, MAX_CHARACTERS) for text in texts]
        with self._lock:
            held = {text: self._recent[text] for text in cleaned if text in self._recent}
        held[""] = np.zeros(self.dimension, np.float32)
        new = [text for text in dict.fromkeys(cleaned) if text not in held]
        if new:
            held.update(self._asked(new, len(texts), progress))
            self._remember({text: held[text] for text in new})
        return np.array([held[text] for text in cleaned], np.float32).reshape(-1, self.dimension)

    def _asked(
        self, new: list[str], total: int, progress: Callable[[int, int], None] | None
    ) -> dict[str, Vectors]:
        bulk = len(new) > BULK
        if not bulk and self.resting:
            raise self._silent("it failed a moment ago", "try again in a minute")
        found: dict[str, Vectors] = {}
        try:
            for part, rows in self.batches(new, BULK_SECONDS if bulk else self.place.seconds):
                found.update(zip(part, rows, strict=True))
                if progress:
                    progress(total - len(new) + len(found), total)
        except WorkError:
            self.rest()
            raise
        self._rest_until = float("-inf")
        return found

    def _remember(self, found: dict[str, Vectors]) -> None:
        if len(found) > BULK:
            return
        with self._lock:
            self._recent.update(found)
            for text in list(self._recent)[:-REMEMBERED]:
                del self._recent[text]

    def batches(
        self, texts: Sequence[str], seconds: float = BULK_SECONDS
    ) -> Iterator[tuple[Sequence[str], Vectors]]:
        """Stretches of texts with their vectors, in order, each as soon as it is there.

        Raises:
            EmbedderSilent: the model gives no usable answer.
            CatalogueMismatch: another version of the model is installed now.
        """
        done = 0
        while done < len(texts):
            part = texts[done : done + self._batch]
            self._check_version()
            rows = np.zeros((len(part), self.dimension), np.float32)
            cleaned = [clean(text, MAX_CHARACTERS) for text in part]
            filled = [place for place, text in enumerate(cleaned) if text]
            if filled:
                rows[filled] = self._rows([cleaned[place] for place in filled], seconds)
            yield part, rows
            done += len(part)

    def _check_version(self) -> None:
        """Look now and then whether the model is still the one it was."""
        if self._now() < self._same_until:
            return
        digest = self._server.digest()
        if digest != self.digest:
            raise CatalogueMismatch(
                f"the embedding model {self.place.model!r} at {self.place.shown} is now version "
                f"{digest!r}, and the catalogue was filled by version {self.digest!r}: delete the "
                f"folder 'catalogue' in the data folder to have it filled anew, or bring that "
                f"version back"
            )
        self._same_until = self._now() + REST_SECONDS

    def _rows(self, texts: list[str], seconds: float) -> Vectors:
        """Checked vectors; what the server refuses is asked for in halves."""
        from .ollama_server import Refused  # noqa: PLC0415

        try:
            rows = self._server.vectors([self._prefix + text for text in texts], seconds)
        except Refused as refusal:
            if len(texts) == 1:
                return self._shortened(texts[0], seconds, refusal)
            half = len(texts) // 2
            first, rest = self._rows(texts[:half], seconds), self._rows(texts[half:], seconds)
            if not refusal.length:
                self._batch = max(1, min(self._batch, half))
            return np.vstack([first, rest])
        return self._checked(rows, len(texts))

    def _shortened(self, text: str, seconds: float, refusal: Refused) -> Vectors:
        # The server's own cutting of long texts fails in several of its versions.
        if not refusal.length or len(text) < 2 * _LEAST_CHARACTERS:
            raise refusal.sentence from refusal
        return self._rows([text[: len(text) // 2]], seconds)

    def _checked(self, rows: Sequence[Sequence[float]], count: int) -> Vectors:
        """Rows as they have to be: so many, of one length, of finite numbers, of length 1."""
        if len(rows) != count:
            raise self._silent(f"{len(rows)} vectors came for {count} texts")
        wrong = next((len(row) for row in rows if len(row) != self.dimension), None)
        if wrong is not None or not self.dimension:
            raise self._silent(f"a vector came with {wrong or 0} numbers, not {self.dimension}")
        found = np.array(rows, np.float64)
        with np.errstate(over="ignore", invalid="ignore"):
            lengths = np.linalg.norm(found, axis=1, keepdims=True)
        if not (np.isfinite(lengths).all() and (lengths > 0).all()):
            raise self._silent("a vector came without a direction")
        return np.asarray(found / lengths, np.float32)

    def _silent(self, reason: str, remedy: str = "see Ollama's log") -> EmbedderSilent:
        from .ollama_server import silent  # noqa: PLC0415

        return silent(self.place, reason, remedy)

    @property
    def _prefix(self) -> str:
        base = self.place.plain.rpartition("/")[2].casefold()
        return next((p for name, p in PREFIXES.items() if f"-{name}" in f"-{base}"), "")

    @property
    def _server(self) -> OllamaServer:
        # Imported here so that a program that embeds nothing doesn't load an HTTP client.
        from .ollama_server import OllamaServer  # noqa: PLC0415

        with self._lock:
            if self._known_server is None:
                self._known_server = OllamaServer(self.place)
            return self._known_server
