"""Subtitles of one video in several files."""

from __future__ import annotations

from pathlib import Path

import pytest
from moodreel.ingest.item import Provenance
from moodreel.ingest.merge import as_item

from .stage import file, read

SPOKEN = {
    "en": "Good morning, harbour. The boat that we are waiting for will not come back tonight.",
    "de": "Guten Morgen, Hafen. Das Boot, auf das wir warten, kommt heute Nacht nicht zurück.",
    "sv": "God morgon, hamnen. Båten som vi väntar på kommer inte tillbaka i natt, säger hon.",
    "ja": "おはよう、港。私たちが待っている船は今夜は戻らない。",
}


def cues(*lines: str) -> str:
    """Lines as WebVTT."""
    timed = (f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{line}" for n, line in enumerate(lines))
    return "WEBVTT\n\n" + "\n\n".join(timed) + "\n"


class TestTracks:
    """Subtitles of one video are one item, whatever languages and tracks there are."""

    def test_languages_of_a_video_are_one_item_read_in_english(self, tmp_path: Path) -> None:
        for code in ("de", "en", "ja", "sv"):
            file(tmp_path, f"harbour.captions.{code}.vtt", cues(SPOKEN[code]))
        _, (one,), skipped = read(tmp_path)
        assert (one.title, one.key, one.kind) == ("harbour", "harbour", "video")
        assert (one.language, one.subtitles) == ("en", ("de", "en", "ja", "sv"))
        assert one.text == SPOKEN["en"]
        assert [row.reason for row in skipped] == [
            "another track of a video that is counted once"
        ] * 3
        assert sorted([one.row, *(row.row for row in skipped)]) == [1, 2, 3, 4]

    def test_chapters_and_what_is_seen_join_in(self, tmp_path: Path) -> None:
        file(tmp_path, "harbour.chapters.en.vtt", cues("The first night"))
        file(tmp_path, "harbour.descriptions.en.vtt", cues("Two people stand on a pier in fog."))
        file(tmp_path, "harbour.captions.en.vtt", cues(SPOKEN["en"]))
        _, (one,), _ = read(tmp_path)
        assert one.text.split("\n\n") == [
            "The first night", "Two people stand on a pier in fog.", SPOKEN["en"],
        ]  # fmt: skip
        assert one.subtitles == ("en",)

    def test_without_english_another_language_is_read(self, tmp_path: Path) -> None:
        file(tmp_path, "harbour-de.vtt", cues(SPOKEN["de"]))
        file(tmp_path, "harbour-sv.srt", cues(SPOKEN["sv"] * 2))
        _, (one,), _ = read(tmp_path)
        assert (one.language, one.subtitles) == ("sv", ("de", "sv"))

    @pytest.mark.parametrize(
        ("name", "code", "title", "language"),
        [
            ("stephen-king-it.srt", "en", "stephen king it", "en"),
            ("dr.no.vtt", "en", "dr no", "en"),
            ("harbour.pt-BR.vtt", "de", "harbour pt BR", "de"),
            ("harbour.de-AT.vtt", "de", "harbour", "de"),
            ("harbour_no.vtt", "sv", "harbour", "no"),
            ("harbour.vtt", "de", "harbour", "de"),
        ],
    )
    def test_a_name_is_no_language_where_its_words_are_in_another(
        self, tmp_path: Path, name: str, code: str, title: str, language: str
    ) -> None:
        file(tmp_path, name, cues(SPOKEN[code]))
        _, (one,), _ = read(tmp_path)
        assert (one.title, one.language) == (title, language)

    def test_a_language_that_was_found_out_says_so(self, tmp_path: Path) -> None:
        file(tmp_path, "named.de.vtt", cues(SPOKEN["de"]))
        file(tmp_path, "unnamed.vtt", cues(SPOKEN["de"]))
        _, (named, unnamed), _ = read(tmp_path)
        assert named.derived == {}
        item = as_item(unnamed, "folder", "x", None)
        assert item.provenance["language"] == Provenance(how="derived", by="py3langid")

    def test_a_broken_track_costs_only_itself(self, tmp_path: Path) -> None:
        file(tmp_path, "harbour.en.vtt", b"\x00\x01\x02")
        file(tmp_path, "harbour.de.vtt", cues(SPOKEN["de"]))
        file(tmp_path, "empty.vtt", "WEBVTT\n")
        _, (one,), skipped = read(tmp_path)
        assert (one.language, one.subtitles) == ("de", ("de",))
        assert "no words in it" in {row.reason for row in skipped}

    def test_videos_of_other_folders_are_others(self, tmp_path: Path) -> None:
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            file(tmp_path / name, "harbour.en.vtt", cues(SPOKEN["en"]))
        _, records, _ = read(tmp_path)
        assert [one.key for one in records] == ["a/harbour", "b/harbour"]
