"""Tokens of texts word by word, for a vocabulary in which no token spans a blank."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from tokenizers import Tokenizer

_BLANK = "▁"
_MOST_WORDS = 200_000
_LONGEST_WORD = 40


class WordTokens:
    """Token ids of texts, as a sentencepiece tokenizer gives them for the whole text.

    Its merges never join what stands on both sides of a blank, so that words can be looked up
    one by one: texts have few different ones, and the tokenizer takes most of the time.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}
        added = tokenizer.get_added_tokens_decoder().values()
        self._odd = (_BLANK, "  ", *(token.content for token in added))

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids per text without blanks at its ends; special tokens are not added."""
        worded = [[] if self._is_odd(text) else text.split(" ") for text in texts]
        known = self._learnt(set().union(*worded))
        return [self._read(*each, known) for each in zip(texts, worded, strict=True)]

    def _read(self, text: str, words: list[str], known: dict[str, list[int]]) -> list[int]:
        try:
            return [*chain.from_iterable(map(known.__getitem__, words or [text]))]
        except KeyError:
            return self._encoded([text])[0]

    def _is_odd(self, text: str) -> bool:
        """Whether a text has more than words with a blank between, and is read as a whole."""
        return any(mark in text for mark in self._odd)

    def _learnt(self, words: set[str]) -> dict[str, list[int]]:
        """Tokens of all but the longest of these words, and of more."""
        if len(self._known) > _MOST_WORDS:
            self._known = {}
        known = self._known
        fresh = [word for word in words if word not in known and len(word) <= _LONGEST_WORD]
        known.update(zip(fresh, self._encoded(fresh), strict=True))
        return known

    def _encoded(self, texts: list[str]) -> list[list[int]]:
        if not texts:
            return []
        found = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return [encoded.ids for encoded in found]
