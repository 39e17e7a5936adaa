"""Which tokens a text is cut into: the shipped encoding, or a published one that is at hand.

Nothing here downloads: a published encoding is used only where tiktoken's cache has its file.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

SHIPPED = "moodreel"
SHIPPED_FILE = Path(__file__).with_name("encoding.tiktoken")
# Digits stand alone, as Gemma, Qwen and Llama 2 have them; combining marks belong to their word.
SHIPPED_PATTERN = (
    r"[^\r\n\p{L}\p{M}\p{N}]?[\p{L}\p{M}]+"
    r"|\p{N}"
    r"| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)


@dataclass(frozen=True)
class Published:
    """An encoding as tiktoken knows it; ``sha256`` is that of its file."""

    url: str
    sha256: str
    pattern: str


# The values of `tiktoken_ext.openai_public`, whose own loader would download a missing file.
PUBLISHED: Mapping[str, Published] = {
    "o200k_base": Published(
        "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    ),
    "cl100k_base": Published(
        "https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
        r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"
        r"| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s",
    ),
}


def best_at_hand() -> str:
    """The name of the first published encoding that is cached, else of the shipped one."""
    return next((name for name in PUBLISHED if cached_file(name)), SHIPPED)


def cached_file(name: str) -> Path | None:
    """Where tiktoken has kept a published encoding, if it has and the file is whole."""
    folder = _cache_folder()
    if folder is None:
        return None
    known = PUBLISHED[name]
    file = folder / hashlib.sha1(known.url.encode(), usedforsecurity=False).hexdigest()
    try:
        whole = hashlib.sha256(file.read_bytes()).hexdigest() == known.sha256
    except OSError:
        return None
    return file if whole else None


def _cache_folder() -> Path | None:
    """Tiktoken's cache; its variables, even empty, win over the temporary folder."""
    for variable in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        if variable in os.environ:
            folder = os.environ[variable]
            return Path(folder) if folder else None
    return Path(tempfile.gettempdir()) / "data-gym-cache"


def load_encoding(name: str) -> tiktoken.Encoding:
    """The encoding of a name, ready to count; loaded once a process.

    Raises:
        ValueError: no encoding has this name, or its file is not cached here.
    """
    if name == SHIPPED:
        return _loaded(SHIPPED, SHIPPED_FILE, SHIPPED_PATTERN)
    if name not in PUBLISHED:
        known = ", ".join(repr(one) for one in ("auto", SHIPPED, *PUBLISHED))
        raise ValueError(f"there is no encoding {name!r}; choose one of {known}")
    file = cached_file(name)
    if file is None:
        raise ValueError(f"the encoding {name!r} is not in tiktoken's cache; use 'auto'")
    return _loaded(name, file, PUBLISHED[name].pattern)


@cache
def _loaded(name: str, file: Path, pattern: str) -> tiktoken.Encoding:
    # Imported here: a conversation without a model needs none of it.
    import tiktoken  # noqa: PLC0415

    ranks = read_ranks(file.read_bytes())
    # Without special tokens, whatever a text says is text.
    return tiktoken.Encoding(name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})


def read_ranks(content: bytes) -> dict[bytes, int]:
    """Tokens and their ranks from the lines of a ``.tiktoken`` file."""
    pairs = (line.split() for line in content.splitlines() if line)
    return {base64.b64decode(token): int(rank) for token, rank in pairs}
