"""The language that a text is written in, told by its letters and words."""

from __future__ import annotations

from functools import cache
from typing import Any

from .item import Provenance
from .limits import LANGUAGES

BY = Provenance(how="derived", by="py3langid")
# From this probability on a language is recorded. Of 4,608 texts of the starter films none is
# taken for another language than English; "Die Hard" and "El Camino" stay below.
_SURE = 0.5
_READ = 20_000
_WRITTEN = {"nb": "no", "nn": "no"}


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; ``None`` where that is not plain.

    A few words are rarely enough; of a long text the beginning is read.
    """
    code, probability = _identifier().classify(text[:_READ])
    # Codes of three letters are rare languages, and "zxx": no language at all.
    plain = probability >= _SURE and len(code) == 2
    return _WRITTEN.get(code, code) if plain else None


def language_name(code: str) -> str:
    """The English name of a language, or its code where none is known."""
    return LANGUAGES.get(code, code)


@cache
def _identifier() -> Any:
    """Its model takes a third of a second to load, and not everybody needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
