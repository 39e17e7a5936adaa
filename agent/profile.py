"""The taste profile: what the conversation knows of the user, each entry with its evidence."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from .edits import Anchor, Attitude, LimitEdit, Nudge, Weigh, Wish

Content = Attitude | Anchor | Wish | LimitEdit | Nudge | Weigh


class Entry(BaseModel):
    """One thing known of the user; ``content.words`` and ``turn`` are its evidence.

    A later word that contradicts an entry leaves it here as ``superseded``; undoing leaves it
    as ``undone``. Only ``active`` entries count.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    turn: int
    content: Content = Field(discriminator="edit")
    status: Literal["active", "superseded", "undone"] = "active"
    superseded_by: str | None = None


class TasteProfile(BaseModel):
    """All entries, oldest first. JSON in, JSON out, stable under round trips."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    entries: tuple[Entry, ...] = ()

    @property
    def active(self) -> tuple[Entry, ...]:
        """The entries that count."""
        return tuple(entry for entry in self.entries if entry.status == "active")
