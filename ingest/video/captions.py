"""Captions that YouTube publishes with a video; the only place that asks it for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ...errors import BadSource, UsageError, VideoFailed, VideoRefused
from .polite import Passing
from .transcript import Line, Transcript
from .wanted import Wanted

PREFERRED = ("en", "en-US", "en-GB")
NEEDS = "This takes the extra video: pip install 'moodreel[video]'"
_SERVER = 500
"""Codes from which on a server failed, and did not refuse."""


class YouTubeCaptions:
    """Fetches captions by youtube-transcript-api, three requests a video."""

    def __init__(self, session: Any = None) -> None:
        """Ask nobody yet.

        Args:
            session: a `requests.Session`; one of its own where none is given.

        Raises:
            UsageError: the extra is not installed.
        """
        try:
            import youtube_transcript_api as api  # noqa: PLC0415
        except ModuleNotFoundError:
            raise UsageError(NEEDS) from None
        self._errors = api
        self._api = api.YouTubeTranscriptApi(http_client=session)

    def fetch(self, video: Wanted, languages: Iterable[str] = PREFERRED) -> Transcript | None:
        """The captions of a video of YouTube's; ``None`` where it has none.

        Those in a preferred language, else any; written ones go before recognised ones.

        Raises:
            BadSource: there is no such video.
            VideoRefused: YouTube won't serve this machine or this video.
            VideoFailed: it answered with what can't be read.
        """
        errors = self._errors
        try:
            listed = self._api.list(video.youtube or "")
            return _transcript(video, _best(listed, [*languages]).fetch())
        except (errors.TranscriptsDisabled, errors.NoTranscriptFound):
            return None
        except (errors.VideoUnavailable, errors.InvalidVideoId):
            raise BadSource(f"YouTube has no video {video.youtube!r}; check its address") from None
        except errors.RequestBlocked:
            raise VideoRefused(
                "YouTube refuses this machine for now; go on another day with the same command."
            ) from None
        except (errors.AgeRestricted, errors.VideoUnplayable, errors.PoTokenRequired) as error:
            raise VideoFailed(
                f"YouTube doesn't show {video.youtube!r} to everybody ({type(error).__name__});"
                " give a file of your own instead"
            ) from None
        except errors.YouTubeRequestFailed as error:
            raise _failed(error) from None
        except errors.CouldNotRetrieveTranscript as error:
            raise VideoFailed(
                f"YouTube's answer about {video.youtube!r} can't be read ({type(error).__name__});"
                " update youtube-transcript-api"
            ) from None
        except OSError as error:
            raise Passing(
                f"YouTube can't be reached ({type(error).__name__}); check the network"
            ) from None


def _failed(error: Any) -> VideoFailed:
    """A server that failed may be asked again; one that refuses may not."""
    code = re.match(r"\d{3}", error.reason)
    says = f"YouTube failed ({code[0] if code else 'no code'}); try it again later"
    return Passing(says) if not code or int(code[0]) >= _SERVER else VideoRefused(says)


def _best(listed: Any, languages: list[str]) -> Any:
    """The captions in a preferred language, written ones first; else any."""

    def place(each: Any) -> tuple[bool, bool, int]:
        known = each.language_code in languages
        at = languages.index(each.language_code) if known else 0
        return not known, each.is_generated, at

    return min(listed, key=place)


def _transcript(video: Wanted, fetched: Any) -> Transcript:
    lines = [Line(start=s.start, end=s.start + s.duration, text=s.text) for s in fetched]
    return Transcript(
        key=video.key,
        url=video.url,
        language=fetched.language_code.split("-")[0].lower(),
        source="captions",
        by="YouTube's recognition" if fetched.is_generated else "captions on YouTube",
        lines=tuple(lines),
    )
