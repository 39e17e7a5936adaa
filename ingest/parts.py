"""The records that an item of the catalogue is made of, each as an item of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .item import Item
from .ledger import Entry, Ledger
from .merge import merged


def parts_of(ledger: Ledger, name: str, held: Item | None) -> dict[tuple[str, str], Entry]:
    """The records of an item, by source and key.

    Args:
        ledger: that knows what was merged.
        name: the item's id.
        held: the item as the catalogue has it, None where it has none.
    """
    found = ledger.entries_of(name)
    if not found:
        return (
            {(held.source, held.id): Entry(held.source, held.id, name, part=held)} if held else {}
        )
    # The only record of an item is the item itself.
    return {(e.source, e.key): replace(e, part=e.part or held) for e in found if e.part or held}


def whole_of(entries: Iterable[Entry], name: str) -> Item:
    """The item that records make together, the same in whatever order they came."""
    ordered = sorted(entries, key=lambda entry: (entry.row, entry.source, entry.key))
    return merged([entry.part for entry in ordered if entry.part is not None], name)
