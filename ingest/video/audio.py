"""The sound of a video that is somewhere else; the only place that downloads it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...errors import BadSource, UsageError, VideoFailed, VideoRefused
from .captions import NEEDS
from .polite import Passing
from .transcript import About

RATE = 2_000_000
"""Bytes a second: a film's sound takes half a minute, and nobody else notices."""
_REFUSALS = frozenset({401, 402, 403, 407, 410, 429, 451})
_SERVER = 500
_NAME = "sound"


class YtDlpAudio:
    """Fetches what is known of a video and its sound by yt-dlp, which goes on with parts."""

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        """Ask nobody yet.

        Args:
            options: of `yt_dlp.YoutubeDL`, besides and before those used here.

        Raises:
            UsageError: the extra is not installed.
        """
        try:
            import yt_dlp  # noqa: PLC0415
        except ModuleNotFoundError:
            raise UsageError(NEEDS) from None
        self._module = yt_dlp
        self._options = dict(options or {})

    def about(self, url: str) -> About:
        """Title, year and length of a video, without its sound.

        Raises:
            BadSource, VideoFailed, VideoRefused: as `fetch` has it.
        """
        return _about(self._extract(url, {"skip_download": True}, download=False))

    def fetch(self, url: str, folder: Path) -> tuple[Path, About]:
        """Its sound as a file in a folder, where an earlier part of it is gone on with.

        Raises:
            BadSource: there is no video at this address.
            VideoRefused: its server won't give it to this machine.
            VideoFailed: it can't be had otherwise.
        """
        name = {"outtmpl": {"default": f"{_NAME}.%(ext)s"}, "paths": {"home": str(folder)}}
        told = self._extract(url, name, download=True)
        done = [Path(each["filepath"]) for each in told.get("requested_downloads") or ()]
        if not done or not done[0].is_file():
            raise VideoFailed(f"there is no sound at {url!r}; give another address, or a file")
        return done[0], _about(told)

    def _extract(self, url: str, more: Mapping[str, Any], *, download: bool) -> dict[str, Any]:
        options = {**_POLITE, **more, **self._options}
        try:
            with self._module.YoutubeDL(options) as loader:
                told = loader.extract_info(url, download=download)
        except self._module.utils.DownloadError as error:
            raise _failed(error, url) from None
        return dict(told or {})


class _Silent:
    """A log for yt-dlp: what it has to say comes as an error too."""

    def debug(self, _: str) -> None: ...

    warning = error = debug


_POLITE: Mapping[str, Any] = {
    "format": "bestaudio/worst",
    "noplaylist": True,
    "continuedl": True,
    "overwrites": False,
    "ratelimit": RATE,
    "retries": 0,
    "extractor_retries": 0,
    "sleep_interval_requests": 1,
    "quiet": True,
    "no_warnings": True,
    "noprogress": True,
    "logger": _Silent(),
    "cachedir": False,
}


def _about(told: Mapping[str, Any]) -> About:
    day, seconds = str(told.get("upload_date") or ""), told.get("duration")
    year = told.get("release_year") or (int(day[:4]) if day[:4].isdigit() else None)
    length = float(seconds) if isinstance(seconds, int | float) else None
    return About(title=str(told.get("title") or ""), year=year, seconds=length)


def _failed(error: Any, url: str) -> Exception:
    """What a failure means: a refusal, something that may pass, or no video at all."""
    first = (error.exc_info or (None, None))[1]
    causes: list[Any] = [first, getattr(first, "cause", None)]
    names = {type(each).__name__ for each in causes}
    status = next((each.status for each in causes if hasattr(each, "status")), None)
    if status in _REFUSALS or "GeoRestrictedError" in names:
        return VideoRefused(f"The server of {url!r} refuses this machine ({status or 'here'}).")
    if "UnsupportedError" in names or (status is not None and status < _SERVER):
        return BadSource(f"there is no video at {url!r} ({status or 'none'}); check the address")
    if status is not None or "TransportError" in names:
        return Passing(f"{url!r} can't be reached ({status or 'no answer'}); check the network")
    says = " ".join(str(error).split())[:160]
    return VideoFailed(f"the sound of {url!r} can't be had ({says}); update yt-dlp, or give a file")
