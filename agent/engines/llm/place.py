"""Where a model server is, and the errors that tell what is wrong with the place."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ....errors import EngineError
from .words import one_line


class ServerUnreachable(EngineError):
    """Nothing answers at the address."""


class NotOllama(EngineError):
    """Something answers at the address, but not with Ollama's API."""


class ModelMissing(EngineError):
    """The server has no model of this name."""


@dataclass(frozen=True)
class Place:
    """Who is asked: the server's URL, the model, and how many seconds it may stay silent."""

    url: str
    model: str = ""
    seconds: float | None = None

    @property
    def bare(self) -> str:
        """The address without user, password and query."""
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        host = f"[{host}]" if ":" in host else host
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{host}{port}{parts.path}".rstrip("/")

    @property
    def shown(self) -> str:
        """The same, fit for a sentence."""
        return one_line(self.bare)

    @property
    def credentials(self) -> tuple[str, str] | None:
        """User and password, where the URL has them."""
        parts = urlsplit(self.url)
        if not parts.username:
            return None
        return unquote(parts.username), unquote(parts.password or "")


def not_ollama(place: Place) -> NotOllama:
    """Something else answers there."""
    return NotOllama(f"what answers at {place.shown} is not Ollama, check MOODREEL_OLLAMA_URL")
