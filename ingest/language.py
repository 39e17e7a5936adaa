"""Languages: what they are called, and which one a text is written in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from .item import Provenance

LANGUAGES: dict[str, str] = {
    "en": "English", "fr": "French", "de": "German", "it": "Italian", "es": "Spanish",
    "pt": "Portuguese", "ja": "Japanese", "ko": "Korean", "zh": "Mandarin", "cn": "Cantonese",
    "hi": "Hindi", "ru": "Russian", "sv": "Swedish", "da": "Danish", "no": "Norwegian",
    "fi": "Finnish", "nl": "Dutch", "pl": "Polish", "cs": "Czech", "hu": "Hungarian",
    "el": "Greek", "tr": "Turkish", "ar": "Arabic", "fa": "Persian", "he": "Hebrew",
    "th": "Thai", "vi": "Vietnamese", "id": "Indonesian", "ms": "Malay", "te": "Telugu",
    "ta": "Tamil", "bn": "Bengali", "hy": "Armenian", "ka": "Georgian", "uk": "Ukrainian",
    "ro": "Romanian", "bg": "Bulgarian", "sr": "Serbian", "hr": "Croatian", "lv": "Latvian",
    "lt": "Lithuanian", "et": "Estonian", "is": "Icelandic", "ga": "Irish", "tl": "Tagalog",
}  # fmt: skip
"""English names by ISO 639-1 code; ``cn`` is Cantonese."""

BY = Provenance(how="derived", by="py3langid")
# From this probability on a language is recorded. Of 4,608 texts of the starter films none is
# taken for another language than English; "Die Hard" and "El Camino" stay below.
_SURE = 0.5
_READ = 20_000
# Words that hardly an English text does without, and hardly another one has.
_ENGLISH = re.compile(r"\b(?:the|and|with|his|their|who|from|she)\b", re.IGNORECASE)
_FEW_WORDS = 4
_LETTERS, _FOREIGN = 2_000, 0.4
_WRITTEN = {"nb": "no", "nn": "no"}


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; ``None`` where that is not plain.

    A few words are rarely enough; of a long text the beginning is read.
    """
    code, probability = _identifier().classify(text[:_READ])
    # Codes of three letters are rare languages, and "zxx": no language at all.
    plain = probability >= _SURE and len(code) == 2
    return _WRITTEN.get(code, code) if plain else None


def is_foreign(text: str) -> bool:
    """Whether a text is plainly in another language than English; a few words or names are not."""
    if foreign_letters(text):
        return True
    prose = sum(word.islower() for word in text[:_LETTERS].split())
    if prose < _FEW_WORDS or _ENGLISH.search(text[:_LETTERS]):
        return False
    return language_of(text) not in (None, "en")


def foreign_letters(text: str) -> bool:
    """Whether many letters are none of English."""
    letters = [letter for letter in text[:_LETTERS] if letter.isalpha()]
    return sum(not letter.isascii() for letter in letters) > len(letters) * _FOREIGN


def language_name(code: str) -> str:
    """The English name of a language, or its code where none is known."""
    return LANGUAGES.get(code, code)


@cache
def _identifier() -> Any:
    """Its model takes a third of a second to load, and not everybody needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
