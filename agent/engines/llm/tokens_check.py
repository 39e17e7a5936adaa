"""How far the shipped encoding counts from tokenizers of real models, as a table.

Run ``python -m moodreel.agent.engines.llm.tokens_check [DATA]``. Compared are the tokenizers that
are on this machine: Llama 2's (in the WordLlama package), MiniLM's WordPiece, and published
tiktoken encodings where they are cached. DATA is a folder that has public data sets in folders
``inspired``, ``redial``, ``wikipedia-movie-plots-sample`` and ``open-movie-subtitles``; what is not
there is passed over.

A ratio is what the other tokenizer counts for one token of ours, in blocks of about 1,000
characters: above 1 we count short, below 1 long.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from ....ingest.minilm import MINILM
from ....ingest.minilm import TOKENIZER as WORDPIECE
from ....ingest.starter import starter_items
from ....ingest.static import TOKENIZER as LLAMA
from ....ingest.static import WORDLLAMA
from ....ingest.weights import Weights
from .encoding import PUBLISHED, SHIPPED, cached_file
from .tokens import TokenCounter
from .train_encoding import film_json, film_texts, prompt_texts, schema_texts

Count = Callable[[str], int]

# Only in a checkout.
SNAPSHOTS = Path(__file__).parents[3] / "tests" / "snapshots"
BLOCK = 1_000
BLOCKS = 300
SUBTITLES = "open-movie-subtitles"
LANGUAGES = {
    "English": ("sintel-en.vtt", "elephantsdream.captions.en.vtt"),
    "Spanish": ("sintel-es.vtt",),
    "German": ("sintel-de.vtt",),
    "Swedish": ("elephantsdream.captions.sv.vtt",),
    "Russian": ("elephantsdream.captions.ru.vtt",),
    "Arabic": ("elephantsdream.captions.ar.vtt",),
    "Japanese": ("elephantsdream.captions.ja.vtt",),
}
_TIMES = re.compile(r"^(\d+|WEBVTT.*|.* --> .*)$", re.MULTILINE)


def counters() -> dict[str, Count]:
    """Every other tokenizer on this machine, by name."""
    found = {name: TokenCounter(name).uncorrected for name in PUBLISHED if cached_file(name)}
    sources = {"Llama 2": (WORDLLAMA, LLAMA), "MiniLM": (MINILM, WORDPIECE)}
    return found | {
        name: _counter(*source) for name, source in sources.items() if source[0].problem() is None
    }


def _counter(weights: Weights, file: str) -> Count:
    tokenizer = Tokenizer.from_file(str(weights.path(file)))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)


def own_texts() -> dict[str, list[str]]:
    """Texts of this package; prompts and schemas were trained on, and so was every film."""
    items = starter_items()
    return {
        "films": blocks(text for item in items[::4] for text in film_texts(item)),
        "films, JSON": blocks(film_json(item) for item in items[1::7]),
        "prompts": blocks(prompt_texts()),
        "prompts, rendered": blocks(
            file.read_text(encoding="utf-8") for file in sorted(SNAPSHOTS.glob("prompt_*.txt"))
        ),
        "schemas": blocks(schema_texts()),
    }


def public_texts(data: Path) -> dict[str, list[str]]:
    """Texts that the encoding was not trained on, as far as the folder has them."""
    spoken = {
        f"{language} subtitles": blocks(_subtitles(data / SUBTITLES / name for name in names))
        for language, names in LANGUAGES.items()
    }
    return {
        "INSPIRED messages": blocks(_column(data / "inspired/dev.tsv.gz", "text", "\t")),
        "ReDial messages": blocks(_redial(data / "redial/valid_data_ievalm_1000.jsonl.gz")),
        "Wikipedia plots": blocks(
            _column(data / "wikipedia-movie-plots-sample/wiki_movie_plots.csv.gz", "Plot", ",")
        ),
        **spoken,
    }


def _column(file: Path, name: str, delimiter: str) -> Iterator[str]:
    if file.is_file():
        csv.field_size_limit(10_000_000)
        with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
            yield from (row[name] for row in csv.DictReader(lines, delimiter=delimiter))


def _redial(file: Path) -> Iterator[str]:
    if file.is_file():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from (message["text"] for message in json.loads(line)["messages"])


def _subtitles(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        if path.is_file():
            yield from _TIMES.sub("", path.read_text(encoding="utf-8")).split("\n\n")


def blocks(texts: Iterable[str]) -> list[str]:
    """The texts in blocks of about `BLOCK` characters, at most `BLOCKS` of them."""
    return list(islice(_blocks(texts), BLOCKS))


def _blocks(texts: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    for text in texts:
        for start in range(0, len(text), BLOCK):
            held.append(text[start : start + BLOCK].strip())
            if sum(map(len, held)) >= BLOCK:
                yield "\n".join(held)
                held = []
    if held:
        yield "\n".join(held)


def table(texts: Mapping[str, list[str]], others: Mapping[str, Count]) -> Iterator[str]:
    """Lines of the report: characters per token of ours, then the ratio's percentiles."""
    ours = TokenCounter(SHIPPED).uncorrected
    heads = "".join(f"{name + ': p5  p50  p95':>26}" for name in others)
    yield f"{'texts':<20}{'blocks':>7}{'chars/token':>13}{heads}"
    for name, found in texts.items():
        if not found:
            continue
        own = np.array([ours(text) for text in found])
        cells = f"{sum(map(len, found)) / own.sum():>13.2f}"
        for count in others.values():
            ratios = np.array([count(text) for text in found]) / own
            cells += f"{'  '.join(f'{one:.2f}' for one in np.percentile(ratios, (5, 50, 95))):>26}"
        yield f"{name:<20}{len(found):>7}{cells}"


def main(arguments: list[str]) -> None:
    """Print the table for this package's texts and those of a data folder."""
    texts = own_texts()
    if arguments:
        texts |= public_texts(Path(arguments[0]))
    for line in table(texts, counters()):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
