"""Downloading what a source offers: its terms first, then a question, then the files."""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from ...errors import UsageError
from .output import tell

if TYPE_CHECKING:
    from ...ingest.fetch import Fetched
    from ...ingest.sources.offers import Offer, Remote

DOWNLOADS = "downloads"
_TOLD_EVERY = 5.0
_DRAWN_EVERY = 0.2


def download(source: str, chosen: str | None, to: Path | None, *, agreed: bool) -> Path:
    """Download a source's files where they are not here yet; the path to read them from.

    Args:
        source: whose.
        chosen: which of its sets; the first one else.
        to: the folder; one in the data folder else.
        agreed: whether the terms were accepted beforehand.

    Raises:
        BadSource: nothing is offered there.
        UsageError: nobody accepted the terms.
        DownloadFailed: a file can't be had, or is not what was published.
        StorageError: the disk is full or refuses.
    """
    from ...ingest.sources.offers import offer_of  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415

    offer = offer_of(source, chosen)
    folder = to or load_settings().home / DOWNLOADS / offer.name
    _agree(offer, folder, agreed=agreed)
    for remote in offer.files:
        _get(remote, folder)
    return folder / offer.read


def _agree(offer: Offer, folder: Path, *, agreed: bool) -> None:
    """Show what is to be downloaded and its terms, and ask."""
    tell(f"{offer.name}: about {_size(offer.size)} into {str(folder)!r}, from")
    for remote in offer.files:
        tell(f"  {remote.url}")
    tell(f"Terms: {offer.terms}. In full: {offer.terms_at}")
    if agreed:
        return
    if not sys.stdin.isatty():
        raise UsageError("Nothing was downloaded: accept these terms with --yes.")
    tell("Download it under these terms? [y/N] ")
    if input().strip().lower() not in ("y", "yes"):
        raise UsageError("Nothing was downloaded.")


def _get(remote: Remote, folder: Path) -> None:
    """Have a file in a folder, and what is in it where it is an archive."""
    from ...ingest.fetch import fetch, note, noted  # noqa: PLC0415
    from ...ingest.unpack import unpack  # noqa: PLC0415

    target = folder / remote.name
    if noted(remote.url, target):
        tell(f"{remote.name} is here already.")
    else:
        line = BytesLine(remote.name)
        try:
            fetched = fetch(remote.url, target, md5_at=remote.md5, watch=line)
        except KeyboardInterrupt:
            line.end()
            tell("Stopped; the same command goes on where it was.")
            raise
        finally:
            line.end()
        note(fetched, target)
        tell(_checked(remote.name, fetched))
    if remote.members:
        unpack(target, folder, remote.members)


def _checked(name: str, fetched: Fetched) -> str:
    if fetched.md5:
        return f"{name}: {_size(fetched.size)}, its MD5 is the published one."
    return (
        f"{name}: {_size(fetched.size)}; no checksum is published. SHA-256 of what came: "
        f"{fetched.sha256}"
    )


def _size(count: int) -> str:
    return f"{count / 1e6:,.0f} MB" if count >= 1e6 else f"{count / 1e3:,.0f} kB"


class BytesLine:
    """Progress on stderr with rate: redrawn on a terminal, now and then in a pipe."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._began = self._told = monotonic()
        self._first: int | None = None
        self._open = False

    def __call__(self, done: int, total: int) -> None:
        """Take note of progress in bytes; ``total`` is 0 for unknown."""
        now, terminal = monotonic(), sys.stderr.isatty()
        if self._first is None:
            self._first = done
        if now - self._told < (_DRAWN_EVERY if terminal else _TOLD_EVERY):
            return
        self._told = now
        rate = (done - self._first) / max(now - self._began, 0.001)
        share = f" of {_size(total)} ({done / total:.0%})" if total else ""
        text = f"{self._name}: {_size(done)}{share}, {_size(round(rate))} a second"
        if not terminal:
            tell(text)
            return
        sys.stderr.write(f"\r{text:<70}")
        sys.stderr.flush()
        self._open = True

    def end(self) -> None:
        """End the line."""
        if self._open:
            sys.stderr.write("\n")
            self._open = False
