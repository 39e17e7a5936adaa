"""Mood tags for an adjective that the lexicon doesn't know."""

from __future__ import annotations

from .message import Reader
from ....ingest.item import MoodTag

def likely_moods(word: str, reader: Reader) -> tuple[MoodTag, ...] | None:
    return None
