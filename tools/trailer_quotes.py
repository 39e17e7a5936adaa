"""A trailer described without a model: its most telling lines, and descriptors of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import EngineError
from ..ingest.catalogue import Catalogue
from .captions import Heard, heard, without_cast
from .condense import condensed
from .describe import derive
from .descriptors import Descriptors

_CHARACTERS = 560
"""About 100 words of dialogue."""
_RUN = 110
"""Characters of a quotation where no full stop ends it."""
_END = re.compile(r"[.!?…][\"'”’]*$")
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
    runs = "\n\n".join(f"{run[:1].upper()}{run[1:]}" for run in _runs(said.text))
    return condensed(runs, _CHARACTERS)


def _runs(text: str) -> Iterator[str]:
    """Lines up to the end of a sentence, or some together where captions have no full stops."""
    run = ""
    for line in text.split("\n"):
        run = f"{run} {line}".strip()
        ended = _END.search(line) is not None
        if ended or len(run) >= _RUN:
            yield run if ended else f"{run} …"
            run = ""
    if run:
        yield f"{run} …"
