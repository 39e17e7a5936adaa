"""Embed the texts of the starter films and write ``vectors.npz``.

Run ``python -m moodreel.ingest.starter.build_vectors`` after a change of ``films.jsonl``, of
`moodreel.ingest.embedding.item_texts` or of the embedder; about a minute on two cores.
"""

from __future__ import annotations

import sys

from ..embedding import TEXT_SPACES, item_texts
from ..minilm import MiniLM
from ..shipped import FILE, ShippedVectors
from .films import starter_items


def main() -> int:
    """Write the file anew."""
    described = [item_texts(item) for item in starter_items()]
    texts = sorted({texts[space] for texts in described for space in TEXT_SPACES})
    embedder = MiniLM()
    vectors = embedder.embed(texts, _show)
    ShippedVectors.of(embedder.name, texts, vectors).save(FILE)
    sys.stderr.write(f"\n{FILE.name}: {FILE.stat().st_size / 1e6:.2f} MB\n")
    return 0


def _show(done: int, total: int) -> None:
    if sys.stderr.isatty() or done == total:
        sys.stderr.write(f"\r{done}/{total} texts")


if __name__ == "__main__":
    raise SystemExit(main())
