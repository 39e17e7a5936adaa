"""What a simulated person does in one turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..script import Press

MoveKind = Literal["open", "like", "critique", "seen", "reject", "tell", "answer", "unsure",
                   "more", "change", "contradict", "accept", "free"]  # fmt: skip


@dataclass(frozen=True)
class Move:
    """Words or a press, and what was meant by it; ``free`` is what a model said.

    ``about`` are ids of films. A ``double`` move says a second thing in the same message.
    """

    kind: MoveKind
    words: str = ""
    press: Press | None = None
    about: tuple[str, ...] = ()
    double: MoveKind | None = None
