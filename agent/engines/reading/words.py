"""Words that spelling may mend towards, and ordinary words that it leaves alone."""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


KNOWN: frozenset[str] = words_of(
    """something anything nothing without under over before after between about minutes hours
    movie movies film films recommend suggest please"""
)
ORDINARY: frozenset[str] = frozenset()
