"""Reading files: subtitles lose their times, and what is no text is refused in a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from moodreel.errors import UsageError
from moodreel.ingest.documents import MAX_BYTES, read_document, spoken, words_of
from moodreel.ingest.json_words import json_title

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


def test_times_with_three_digits_are_times_too() -> None:
    text = "1\n000:000:18,350 --> 000:000:20,350\nWhere do we begin.\n"
    assert words_of(text.encode(), "trailer.txt") == "Where do we begin."


def test_captions_in_json_are_what_is_said() -> None:
    events = [
        {"tStartMs": 0, "wpWinPosId": 1},
        {"segs": [{"utf8": "[Music]"}]},
        {"segs": [{"utf8": "this blade"}, {"utf8": " has a\ndark past"}]},
        {"aAppend": 1, "segs": [{"utf8": "\n"}]},
        {"segs": "no list"},
    ]
    raw = json.dumps({"wireMagic": "pb3", "events": events}).encode()
    assert words_of(raw, "captions.json3.JSON") == "this blade has a dark past"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (
            {
                "id": "x1",
                "title": "Sintel",
                "thumbnail": "https://x.test/a.png",
                "tags": ["dragon"],
            },
            "Sintel\ndragon",
        ),
        ({"text": "All of it.", "segments": [{"text": "All"}, {"text": "of it."}]}, "All of it."),
        ({"segments": [{"text": "One."}, {"text": "Two."}, {"text": "One."}]}, "One.\nTwo."),
        ({"a": {"b": ["A lonely keeper", 3, None, "//cdn.test/x"]}}, "A lonely keeper"),
        ("just words", "just words"),
        ({"text": "half a pair \ud83d here"}, "half a pair ? here"),
    ],
)
def test_json_records_give_their_texts(record: object, words: str) -> None:
    assert words_of(json.dumps(record).encode(), "record.json") == words


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000, '{"a": ' * 5_000 + "1" + "}" * 5_000])
def test_json_that_can_t_be_read_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not whole as JSON"):
        words_of(text.encode(), "record.json")


def test_json_without_words_is_refused() -> None:
    with pytest.raises(UsageError, match="holds no words"):
        words_of(b'{"a": [1, 2, "42"]}', "record.json")


def test_a_record_s_title() -> None:
    assert json_title('{"title": " Big\\n Buck "}') == "Big Buck"
    assert [json_title(text) for text in ("[1]", "{", '{"title": 3}')] == ["", "", ""]
