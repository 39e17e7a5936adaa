"""The part of a file that is here already, and what the server said of the whole."""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx


class Broken(Exception):
    """The connection broke, or the server is busy: worth another try."""


class Part:
    """The part of a file that is here, and which file of the server it is a part of."""

    def __init__(self, target: Path, url: str) -> None:
        self.url = url
        self.path = target.with_name(f"{target.name}.part")
        self._target = target
        self._told_at = target.with_name(f"{target.name}.part.json")
        self._told = self._read()
        self.size = self.path.stat().st_size if self._told and self.path.exists() else 0
        self.total = int(self._told.get("total", 0)) if self.size else 0

    @property
    def whole(self) -> bool:
        """Whether all of it is here, as far as anybody knows how much that is."""
        return bool(self.total) and self.size == self.total

    def _read(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            told = json.loads(self._told_at.read_text("utf-8"))
            if isinstance(told, dict) and told.get("url") == self.url:
                return told
        return {}

    def asking(self) -> dict[str, str]:
        """Headers that ask for the rest, or for all where the file is another one by now."""
        if not self.size or not self._told.get("version"):
            return {}
        return {"Range": f"bytes={self.size}-", "If-Range": str(self._told["version"])}

    def begin(self, answer: httpx.Response) -> None:
        """Go on where the server does; from the beginning where it sends all."""
        goes_on = _start(answer) == self.size and answer.status_code == httpx.codes.PARTIAL_CONTENT
        if not goes_on:
            self.drop()
            if answer.status_code == httpx.codes.PARTIAL_CONTENT:
                raise Broken("it sent another part than the one asked for")
        length = int(answer.headers.get("Content-Length", 0))
        self.total = self.size + length if length else 0
        self._told = {"url": self.url, "version": _version(answer), "total": self.total}
        self._told_at.write_text(json.dumps(self._told), encoding="utf-8")

    def digest(self, kind: str) -> str:
        """The hash of what is here."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, kind).hexdigest()

    def settle(self) -> None:
        """Put the file where it belongs, in one step."""
        self.path.replace(self._target)
        self._told_at.unlink(missing_ok=True)

    def drop(self) -> None:
        """Throw away what is here."""
        self.path.unlink(missing_ok=True)
        self._told_at.unlink(missing_ok=True)
        self.size = self.total = 0


def _start(answer: httpx.Response) -> int:
    found = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
    return int(found[1]) if found else 0


def _version(answer: httpx.Response) -> str:
    """What tells this file from another at the same address; a weak tag does not."""
    tag = str(answer.headers.get("ETag", ""))
    return tag if tag.startswith('"') else str(answer.headers.get("Last-Modified", ""))
