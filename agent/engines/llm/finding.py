"""One thing that was looked at, how it stands, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any, Literal

State = Literal["ok", "missing", "broken"]
WITHOUT = "or set MOODREEL_ENGINE=builtin to do without it"
_REMEDY = re.compile(r"[;,] (?=(?:check|free|get|name|see|set|start|try|update)\b)")


@dataclass(frozen=True)
class Finding:
    """One finding. ``missing`` limits what works; ``broken`` stops what was asked for."""

    name: str
    state: State
    says: str
    remedy: str = ""

    def line(self) -> str:
        """As one line: state, name, finding, remedy."""
        remedy = f" → {self.remedy}" if self.remedy else ""
        return f"{self.state:<8}{self.name}: {self.says}{remedy}"

    def as_data(self) -> dict[str, Any]:
        """As JSON data."""
        return asdict(self)


def gigabytes(size: int) -> str:
    """Bytes as people write them: ``3.3 GB``, ``274 MB``."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


def parted(clause: str) -> tuple[str, str]:
    """What is wrong and what to do about it, of an error's clause that has both."""
    says, *remedy = _REMEDY.split(clause, maxsplit=1)
    return says, remedy[0] if remedy else f"see Ollama's log, {WITHOUT}"
