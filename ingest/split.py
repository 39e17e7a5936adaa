"""Undoing a merge: a record that was taken for an item becomes one of its own."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from ..errors import UnknownItem
from .catalogue import Catalogue
from .item import Item
from .ledger import Entry, Ledger
from .merge import MODEL
from .parts import whole_of


def split(catalogue: Catalogue, ledger: Ledger, merge: str) -> tuple[Item, Item]:
    """Undo one merge, for good: the same record read again stays apart.

    What a model wrote stays with the record whose text it read.

    Args:
        catalogue: that holds the merged item.
        ledger: that knows of what it was made.
        merge: ``source/key`` as `Ledger.merges` has it.

    Returns:
        The record as an item of its own, and what the other one is without it.

    Raises:
        UnknownItem: there is no such merge.
    """
    source, _, key = merge.partition("/")
    gone = ledger.entry(source, key)
    if gone is None or not gone.rule or gone.part is None:
        raise UnknownItem(
            f"there is no merge {merge!r}: `moodreel catalogue --merges` lists them, as source/key"
        )
    leaving, rest = [gone], []
    for each in ledger.entries_of(gone.item):
        if (each.source, each.key) == (MODEL, merge):
            leaving.append(each)
        elif (each.source, each.key) != (source, key):
            rest.append(each)
    name = _free_id(catalogue, gone)
    own, other = whole_of(leaving, name), whole_of(rest, gone.item)
    ledger.keep_apart(source, key, gone.item)
    ledger.note([replace(each, item=name, rule="") for each in leaving])
    catalogue.upsert([own, other])
    return own, other


def _free_id(catalogue: Catalogue, entry: Entry) -> str:
    """An id for a record that lost the one it shared."""
    wanted = f"{entry.source}-{hashlib.sha256(entry.key.encode()).hexdigest()[:12]}"
    return wanted if not catalogue.get([wanted]) else f"{wanted}-apart"
