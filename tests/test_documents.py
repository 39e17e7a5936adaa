"""Reading files: subtitles lose their times, and what is no text is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from moodreel.errors import UsageError
from moodreel.ingest.documents import MAX_BYTES, read_document, spoken, words_of

SRT = """1
00:00:01,000 --> 00:00:02,500
<i>Where were you in '68?</i>

2
00:00:03,000 --> 00:00:04,000 X1:40 X2:600
{\\an8}- On a boat.
- 1968?

3
00:00:05,000 --> 00:00:06,000
42

"""
VTT = """WEBVTT - some title

NOTE
not spoken

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.000 align:start
<v Anna>Hello <00:00:01.500><c>there</c> &amp; welcome

00:02.000 --> 00:03.000
Hello there & welcome
"""


def test_subrip_keeps_only_what_is_said() -> None:
    assert spoken(SRT).splitlines() == ["Where were you in '68?", "- On a boat.", "- 1968?", "42"]


def test_webvtt_loses_header_notes_styles_cue_names_and_repeats() -> None:
    assert spoken(VTT).splitlines() == ["Hello there & welcome"]


def test_windows_line_ends_and_missing_blank_lines() -> None:
    tight = SRT.replace("\n\n", "\n").replace("\n", "\r\n")
    assert spoken(tight).splitlines() == spoken(SRT).splitlines()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_old_files(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Amélie, déjà vu".encode(encoding))
    assert read_document(path) == "Amélie, déjà vu"


def test_plain_text_is_left_as_it_is() -> None:
    text = "1\n\nA heist at 00:10, then calm --> sea.\n"
    assert words_of(text.encode(), "a") == text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "holds no words"),
        (b" \n ... \n", "holds no words"),
        (b"\x00\x01\x02\xff" * 50, "not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
        (b"a" * (MAX_BYTES + 1), "larger than 5 MB"),
        (b"\xff\xfe\x00", "not text"),
    ],
)
def test_what_is_no_document_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        words_of(content, "thing")


def test_missing_files_folders_and_pictures_are_named(tmp_path: Path) -> None:
    for path, says in [
        (tmp_path / "none.txt", "no file"),
        (tmp_path, "folder"),
        (tmp_path / "still.PNG", "picture"),
    ]:
        with pytest.raises(UsageError, match=says):
            read_document(path)
