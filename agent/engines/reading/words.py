"""Words that spelling may mend towards, and ordinary words that it leaves alone."""

from __future__ import annotations

KNOWN: frozenset[str] = frozenset(
    """something anything nothing without under over before after between about minutes hours
    movie movies film films recommend suggest please""".split()
)
ORDINARY: frozenset[str] = frozenset()
