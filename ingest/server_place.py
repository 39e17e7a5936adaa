"""Where a Qdrant server holds the catalogue, and how it is to be laid out there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from .ollama_place import is_here

Quantisation = Literal["none", "scalar", "binary"]
PORT = 6_333


@dataclass(frozen=True)
class ServerPlace:
    """A server's base URL, its key, and what a collection is made like.

    ``collection`` is an alias on the server; the collection behind it has a name of its own, so
    that another one can take its place at once. ``shards`` and ``replicas`` count the parts of a
    collection and the copies of each; ``quantisation`` keeps small copies of the text vectors in
    memory (scalar: a quarter, binary: a 32nd). All three are those of collections made from now
    on. ``seconds`` is how long one request may take.
    """

    url: str
    key: str | None = field(default=None, repr=False)
    collection: str = "moodreel"
    shards: int = 1
    replicas: int = 1
    quantisation: Quantisation = "none"
    seconds: int = 10

    @property
    def shown(self) -> str:
        """The collection and its server, as sentences name them; never with a key."""
        return f"{self.collection!r} on {self.url}"


def server_url(url: str, key: str | None) -> str:
    """A base URL with scheme, host and port; ``localhost`` and ``host:port`` are understood.

    Raises:
        ValueError: it is no address, carries a name or password, or would send the key in plain
            text through a network; the sentence says what to do.
    """
    scheme, _, rest = url.strip(" \"'").rpartition("://")
    try:
        parts = urlsplit(f"{scheme or 'http'}://{rest}")
        port = parts.port or PORT
    except ValueError:
        parts, port = urlsplit(""), PORT
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or any(map(str.isspace, rest)):
        raise ValueError("catalogue_url is no address; write it like 'http://127.0.0.1:6333'")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError(
            "catalogue_url carries more than an address; put the key into catalogue_api_key"
        )
    host = f"[{host}]" if ":" in host else host
    whole = f"{parts.scheme}://{host}:{port}{parts.path.rstrip('/')}"
    if key and parts.scheme == "http" and not is_here(whole):
        raise ValueError(
            f"catalogue_api_key would go to {whole} unencrypted; use https, or leave the key out"
        )
    return whole
