"""Bringing starter films up to date without losing what other sources told of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ..catalogue import Catalogue
from ..item import Item
from ..ledger import NOTE, Entry, Ledger
from ..parts import whole_of
from .films import SOURCE


@contextmanager
def renewal(folder: Path, catalogue: Catalogue) -> Iterator[Renewal]:
    """What the ledger of a catalogue knows of its starter films; closed at the end."""
    name = catalogue.note(NOTE)
    ledger = Ledger(folder, name) if name is not None else None
    try:
        yield Renewal(ledger)
    finally:
        if ledger is not None:
            ledger.close()


class Renewal:
    """Starter films with what was merged into them; without a ledger nothing was."""

    def __init__(self, ledger: Ledger | None) -> None:
        self._ledger = ledger

    def renewed(self, items: Sequence[Item]) -> list[Item]:
        """These films, each made anew with what other sources told of it."""
        return [self._renewed(item) for item in items]

    def gone(self, names: Collection[str]) -> list[str]:
        """Those of these ids that nobody else told anything of: they may be taken out."""
        return [name for name in names if not self._others(name)]

    def _renewed(self, item: Item) -> Item:
        others = self._others(item.id)
        if not others or self._ledger is None:
            return item
        held = self._ledger.entry(SOURCE, item.id) or Entry(SOURCE, item.id, item.id)
        renewed = replace(held, part=item)
        self._ledger.note([renewed])
        return whole_of([renewed, *others], item.id)

    def _others(self, name: str) -> list[Entry]:
        """The records of other sources that went into a film."""
        found = self._ledger.entries_of(name) if self._ledger is not None else []
        return [entry for entry in found if entry.source != SOURCE and entry.part is not None]
