"""How scripts are played."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .load import Loaded

EngineChoice = Literal["builtin", "ollama", "auto"]


@dataclass(frozen=True)
class RunOptions:
    """How scripts are played.

    ``engine`` is for scripts that name none; the builtin one where it is not given. ``repeat``
    takes the place of each script's own. ``jobs`` is how many scripts are played at a time: in
    processes for the builtin engine, beside each other for a model. ``record`` is a folder for a
    model's answers, ``replay`` one that they come from. ``judge`` has rubrics asked.
    """

    engine: EngineChoice | None = None
    repeat: int | None = None
    jobs: int = 1
    record: Path | None = None
    replay: Path | None = None
    judge: bool = False

    def engine_of(self, loaded: Loaded) -> EngineChoice:
        """The engine that a script is played on."""
        return loaded.script.setup.engine or self.engine or "builtin"
