"""From a video to its transcript, stage by stage, also after a kill."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from moodreel.errors import BadSource, VideoFailed, VideoRefused
from moodreel.ingest.sources.record import AS_IT_IS, Record
from moodreel.ingest.video.hearing import Hearing
from moodreel.ingest.video.polite import Manners
from moodreel.ingest.video.source import Video
from moodreel.ingest.video.speech import Whisper
from moodreel.ingest.video.transcript import About, Line, Transcript
from moodreel.ingest.video.wanted import wanted

from .stage import SAID, YOUTUBE, StubModel, sound


class Server:
    """Has captions and sound of every video, or of none; counts what it is asked for."""

    def __init__(self, captions: str | None = None, error: Exception | None = None) -> None:
        self.captions, self.error = captions, error
        self.asked: list[str] = []

    def fetch(self, *given: Any) -> Any:
        self.asked.append("sound" if len(given) == 2 else "captions")
        if len(given) == 2:
            folder = given[1]
            return sound(folder / "sound.wav", 5), About(title="The Harbour (2019)", seconds=5.0)
        if self.error:
            raise self.error
        if self.captions is None:
            return None
        lines = (Line(start=0, end=1, text=self.captions),) * 2
        return Transcript(
            key=given[0].key, language="en", source="captions", by="a person", lines=lines
        )

    def about(self, url: str) -> About:
        self.asked.append("about")
        return About(title="The Harbour (2019)", seconds=125.0)


def hearing(home: Path, server: Server, manners: Manners) -> Hearing:
    return Hearing(
        home,
        captions=lambda: server,
        audio=lambda: server,
        speech=lambda: Whisper("small"),
        manners=manners,
    )


def item_of(place: Path) -> Record:
    (one,) = Video().records(place, AS_IT_IS)
    assert isinstance(one, Record)
    return one


def test_captions_go_before_speech_and_are_asked_for_once(tmp_path: Path, manners: Manners) -> None:
    server = Server(SAID)
    first = hearing(tmp_path, server, manners).transcript(YOUTUBE)
    again = hearing(tmp_path, server, manners).transcript(YOUTUBE)
    assert first == again
    assert server.asked == ["captions", "about"]
    one = item_of(hearing(tmp_path, server, manners).place(YOUTUBE))
    assert (one.title, one.year, one.runtime_min, one.language) == ("The Harbour", 2019, 2, "en")
    assert one.text == SAID


@pytest.mark.usefixtures("stub")
def test_without_captions_the_sound_is_listened_to(tmp_path: Path, manners: Manners) -> None:
    server = Server()
    found = hearing(tmp_path, server, manners).transcript(YOUTUBE)
    assert server.asked == ["captions", "sound"]
    assert (found.source, found.by, len(found.lines)) == ("speech", "faster-whisper small", 5)


def test_listening_goes_on_where_it_was_killed(
    tmp_path: Path, manners: Manners, stub: type[StubModel]
) -> None:
    whole = hearing(tmp_path / "whole", Server(), manners).transcript(YOUTUBE)
    server, stub.dies_after = Server(), 3
    with pytest.raises(KeyboardInterrupt):
        hearing(tmp_path, server, manners).transcript(YOUTUBE)
    heard = tmp_path / "videos" / YOUTUBE.key / "heard.jsonl"
    heard.write_text(f'{heard.read_text()}{{"start": 3.0, "en', encoding="utf-8")
    stub.dies_after = None
    again = hearing(tmp_path, server, manners).transcript(YOUTUBE)
    assert again == whole
    assert server.asked == ["captions", "sound", "captions"]
    assert stub.calls[-1] == {"language": "en", "clip_timestamps": [3.0]}


@pytest.mark.usefixtures("stub")
def test_a_file_of_ones_own_asks_nobody(tmp_path: Path, manners: Manners) -> None:
    server = Server(SAID)
    file = wanted(str(sound(tmp_path / "My Talk (2021).wav", 2)))
    works = hearing(tmp_path, server, manners)
    assert works.transcript(file).source == "speech"
    assert server.asked == []
    one = item_of(works.place(file))
    assert (one.title, one.year) == ("My Talk", 2021)


@pytest.mark.parametrize("error", [VideoRefused("no"), BadSource("no"), VideoFailed("no")])
def test_a_no_is_a_no(tmp_path: Path, manners: Manners, error: Exception) -> None:
    server = Server(error=error)
    works = hearing(tmp_path, server, manners)
    with pytest.raises(type(error)):
        works.transcript(YOUTUBE)
    assert server.asked == ["captions"]
    assert not works.place(YOUTUBE).exists()
