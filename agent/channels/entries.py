"""Entries of a profile as channels name them, the same in every conversation of a person."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from ..clicks import Click, edits_click
from ..edits import Forget
from ..profile import Entry, TasteProfile


def mark(entry: Entry) -> str:
    """What an entry is told by in every conversation: a digest of what it says."""
    return hashlib.sha256(entry.content.model_dump_json().encode()).hexdigest()[:24]


def taking_back(profile: TasteProfile, marks: Collection[str]) -> Click | None:
    """The change that takes entries back; None where none of them is there any more."""
    gone = [Forget(entry=each.id) for each in profile.active if mark(each) in marks]
    return edits_click(gone) if gone else None
