"""Where an embedding model of Ollama answers, and the name its vectors go by."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

URL = "http://127.0.0.1:11434"
MODEL = "nomic-embed-text"
# Raise with every change of how texts are prepared: cut, cleaned, prefixed.
_VERSION = 1
_NAME = re.compile(rf"ollama/(?P<model>\S+)@(?P<digest>[0-9a-f]{{8}})/{_VERSION}")


@dataclass(frozen=True)
class OllamaPlace:
    """A server's base URL, a model's name there, and the seconds that a turn's texts may take."""

    url: str = URL
    model: str = MODEL
    seconds: float = 20.0

    @property
    def shown(self) -> str:
        """The address as it may be read by anybody: without name and password."""
        parts = urlsplit(self.url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    @property
    def plain(self) -> str:
        """The model's name without the tag that goes without saying."""
        return plain(self.model)


def is_here(url: str) -> bool:
    """Whether a URL is one of this machine's own, which no proxy can reach."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def plain(model: str) -> str:
    """A model's name without ``:latest``."""
    return model.strip().removesuffix(":latest")


def embedder_name(model: str, digest: str) -> str:
    """What a catalogue records: another version under a model's name is another embedder.

    Args:
        model: its name in Ollama.
        digest: the first 8 hex digits of the installed version's.
    """
    return f"ollama/{plain(model)}@{digest}/{_VERSION}"


def place_named(name: str, place: OllamaPlace) -> tuple[OllamaPlace, str] | None:
    """The model that an embedder's name speaks of, on the server of ``place``, and its digest.

    ``None`` where the name is not one of `embedder_name`.
    """
    found = _NAME.fullmatch(name)
    return (replace(place, model=found["model"]), found["digest"]) if found else None
