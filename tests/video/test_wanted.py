"""Which video is meant by an address, an id or a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from moodreel.errors import BadSource
from moodreel.ingest.video.wanted import wanted

from .stage import ID, YOUTUBE, sound


@pytest.mark.parametrize(
    "given",
    [
        ID, f"https://www.youtube.com/watch?v={ID}", f"https://youtu.be/{ID}?t=5",
        f"youtube.com/watch?list=x&v={ID}", f"https://m.youtube.com/shorts/{ID}",
        f"https://www.youtube.com/embed/{ID}", f"https://music.youtube.com/watch?v={ID}",
    ],
)  # fmt: skip
def test_one_video_has_one_key_however_it_is_given(given: str) -> None:
    assert wanted(given) == YOUTUBE


def test_other_addresses_and_files(tmp_path: Path) -> None:
    one = wanted("https://example.org/talk.mp4")
    assert (one.youtube, one.url) == (None, "https://example.org/talk.mp4")
    first, second = sound(tmp_path / "a.wav"), sound(tmp_path / "b.wav")
    assert wanted(str(first)).key == wanted(str(second)).key != one.key
    assert wanted("https://youtube.com/watch?v=short").youtube is None


@pytest.mark.parametrize(
    "given", ["", "no such file.mp4", "ftp://example.org/x", "a b c", "https://"]
)
def test_what_is_no_video(given: str) -> None:
    with pytest.raises(BadSource, match=r"is no video|is a folder"):
        wanted(given)
