"""A trailer described without a model: its most telling lines, and descriptors of all of them."""

from __future__ import annotations

import re

from ..errors import EngineError
from ..ingest.catalogue import Catalogue
from .captions import Heard, heard, without_cast
from .condense import condensed
from .describe import derive
from .descriptors import Descriptors

SUMMARY_WORDS = 100
_CHARACTERS = 560
"""About 100 words of dialogue."""
_NOTE = "Without a model a trailer isn't summed up: the summary quotes its most telling lines."


def quoted(catalogue: Catalogue, captions: str) -> Descriptors:
    """Descriptors derived from a trailer's captions; the summary quotes about 100 words of them.

    Raises:
        EngineError: the captions are empty or noise, of which nothing can be told.
    """
    said = heard(captions)
    if not said.telling:
        raise EngineError(
            f"The captions have only {said.words} different words, too few to tell a film by; a"
            " model through Ollama may know it from --title and --year."
        )
    found = derive(catalogue, said.text)
    lines = without_cast(_lines(said), catalogue) or _lines(said)
    return found.model_copy(update={"summary": lines, "notes": (_NOTE, *found.notes)})


def _lines(said: Heard) -> str:
    """The most telling captions as sentences, each with an end of its own."""
    ended = (line if re.search(r"[.!?…]$", line) else f"{line} …" for line in said.text.split("\n"))
    sentences = "\n\n".join(f"{line[:1].upper()}{line[1:]}" for line in ended)
    return condensed(sentences, _CHARACTERS)
