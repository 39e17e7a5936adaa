"""What somebody means by a video: one of YouTube's, another address, or a file of their own."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from ...errors import BadSource

_ID = re.compile(r"^[A-Za-z0-9_-]{11}$")
_YOUTUBE = ("youtube.com", "youtube-nocookie.com", "youtu.be")
_PATHS = ("shorts", "embed", "live", "v")
_PIECE = 1 << 20


@dataclass(frozen=True)
class Wanted:
    """One video.

    ``key`` names what is kept of it: the same for the same video, however it was given. ``youtube``
    is its id there, ``url`` its address, ``file`` where it is on this machine.
    """

    key: str
    youtube: str | None = None
    url: str | None = None
    file: Path | None = None


def wanted(given: str) -> Wanted:
    """The video that is meant by an address, an id of YouTube's or a file.

    Raises:
        BadSource: it is none of these.
    """
    path = Path(given).expanduser()
    if path.is_file():
        return Wanted(key=f"file-{_digest(path)}", file=path)
    if path.is_dir():
        raise BadSource(f"{given!r} is a folder: name the audio or video files in it")
    found = youtube_id(given)
    if found:
        return Wanted(f"youtube-{found}", found, f"https://www.youtube.com/watch?v={found}")
    address = urlsplit(given)
    if address.scheme in ("http", "https") and address.hostname:
        return Wanted(f"url-{hashlib.sha256(given.encode()).hexdigest()[:12]}", url=given)
    raise BadSource(
        f"{given[:80]!r} is no video: give an address, the 11 letters of YouTube's id, or a file"
    )


def youtube_id(given: str) -> str | None:
    """The id in any of YouTube's addresses, or an id itself; ``None`` where there is none."""
    if _ID.match(given):
        return given
    address = urlsplit(given if "://" in given else f"https://{given}")
    host = (address.hostname or "").removeprefix("www.").removeprefix("m.")
    if host.removeprefix("music.") not in _YOUTUBE:
        return None
    first, *rest = [part for part in address.path.split("/") if part] or [""]
    named = parse_qs(address.query).get("v", [""])[0]
    found = first if host == "youtu.be" else rest[0] if first in _PATHS and rest else named
    return found if _ID.match(found) else None


def _digest(path: Path) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            whole.update(piece)
    return whole.hexdigest()[:12]
