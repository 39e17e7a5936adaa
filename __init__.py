"""Moodreel: a film companion you talk to.

The public face is loaded when it is first used, so that ``import moodreel`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agent.companion import MovieAgent
    from .agent.night.guests import Guest
    from .agent.night.reply import GroupReply
    from .agent.profile import TasteProfile
    from .agent.reply import Event, Pick, Reply
    from .agent.session import Session
    from .agent.settings import Settings

_HOMES = {
    "Guest": ".agent.night.guests",
    "GroupReply": ".agent.night.reply",
    "MovieAgent": ".agent.companion",
    "Reply": ".agent.reply",
    "Pick": ".agent.reply",
    "Event": ".agent.reply",
    "TasteProfile": ".agent.profile",
    "Session": ".agent.session",
    "Settings": ".agent.settings",
}

__all__ = [
    "Event",
    "GroupReply",
    "Guest",
    "MovieAgent",
    "Pick",
    "Reply",
    "Session",
    "Settings",
    "TasteProfile",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its module (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
