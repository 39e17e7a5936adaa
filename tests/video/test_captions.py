"""Captions by the real adapter, from a made-up YouTube."""

from __future__ import annotations

import json
from typing import Any

import pytest
from moodreel.errors import BadSource, VideoFailed, VideoRefused
from moodreel.ingest.video.captions import YouTubeCaptions
from moodreel.ingest.video.polite import Passing

from .stage import YOUTUBE


class Answer:
    """What a made-up server says to `requests`."""

    def __init__(self, text: str, status: int = 200) -> None:
        self.text, self.status_code = text, status

    def json(self) -> Any:
        return json.loads(self.text)

    def raise_for_status(self) -> None:
        import requests  # noqa: PLC0415

        if self.status_code >= 400:
            raise requests.HTTPError(f"{self.status_code} Server Error: x")


class YouTube:
    """A made-up YouTube for youtube-transcript-api: its page, its player, its captions."""

    def __init__(self, *tracks: tuple[str, bool], status: int = 200, player: Any = None) -> None:
        self.headers: dict[str, str] = {}
        self.cookies: dict[str, str] = {}
        self.asked: list[str] = []
        self._status = status
        listed = [
            {"baseUrl": f"https://captions/{code}", "name": {"runs": [{"text": code}]},
             "languageCode": code, "isTranslatable": False, **({"kind": "asr"} if auto else {})}
            for code, auto in tracks
        ]  # fmt: skip
        captions = {"playerCaptionsTracklistRenderer": {"captionTracks": listed}}
        self._player = player or {"playabilityStatus": {"status": "OK"},
                                  **({"captions": captions} if tracks else {})}  # fmt: skip

    def get(self, url: str) -> Answer:
        self.asked.append(url)
        if url.startswith("https://captions/"):
            code = url.rsplit("/", 1)[1]
            return Answer(f'<t><text start="0" dur="2">{code} &amp;lt;b&amp;gt;hi</text></t>')
        return Answer('{"INNERTUBE_API_KEY": "k"}', self._status)

    def post(self, url: str, json: Any) -> Answer:
        self.asked.append(url)
        return Answer(__import__("json").dumps(self._player))


@pytest.mark.parametrize(
    ("tracks", "code", "by"),
    [
        ([("de", False), ("en", False)], "en", "captions on YouTube"),
        ([("en", True), ("en-GB", False)], "en", "captions on YouTube"),
        ([("de", False), ("en", True)], "en", "YouTube's recognition"),
        ([("ja", True), ("fr", False)], "fr", "captions on YouTube"),
    ],
)
def test_captions_are_the_best_there_are(tracks: Any, code: str, by: str) -> None:
    server = YouTube(*tracks)
    found = YouTubeCaptions(server).fetch(YOUTUBE)
    assert found is not None
    assert (found.language, found.by, found.source) == (code, by, "captions")
    assert found.text.endswith("hi")
    assert len(server.asked) == 3


def test_a_video_without_captions() -> None:
    assert YouTubeCaptions(YouTube()).fetch(YOUTUBE) is None


def unplayable(status: str, reason: str) -> dict[str, Any]:
    return {"playabilityStatus": {"status": status, "reason": reason}}


@pytest.mark.parametrize(
    ("server", "error"),
    [
        (YouTube(status=429), VideoRefused),
        (YouTube(status=403), VideoRefused),
        (YouTube(status=503), Passing),
        (YouTube(player=unplayable("ERROR", "This video is unavailable")), BadSource),
        (YouTube(player=unplayable("LOGIN_REQUIRED", "Sign in to confirm you’re not a bot")),
         VideoRefused),
        (YouTube(player=unplayable("ERROR", "gone")), VideoFailed),
    ],
)  # fmt: skip
def test_what_youtube_may_say_instead(server: YouTube, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        YouTubeCaptions(server).fetch(YOUTUBE)
    assert type(raised.value) is error
    assert "\n" not in str(raised.value)


def test_no_connection_may_pass() -> None:
    class Down(YouTube):
        def get(self, url: str) -> Answer:
            raise ConnectionError("no route")

    with pytest.raises(Passing, match="check the network"):
        YouTubeCaptions(Down()).fetch(YOUTUBE)
