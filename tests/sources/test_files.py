"""Files in any encoding, packed or not, tables and JSON."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from moodreel.errors import BadSource
from moodreel.ingest.sources.files import encoding_of, json_objects

from .stage import file, read


class TestFiles:
    """Bytes of every kind."""

    @pytest.mark.parametrize(
        ("encoding", "words"),
        [
            ("utf-8", "Amélie über Łódź"),
            ("utf-8-sig", "Amélie über Łódź"),
            ("utf-16", "Amélie über Łódź"),
            ("utf-16-le", "A quiet film about the sea and the people by it"),
            ("latin-1", "Amélie à la plage et très légère"),
            ("cp1251", "Летят журавли над Москвой и над рекой"),
            ("shift_jis", "東京物語と七人の侍の物語です"),
        ],
    )
    def test_encodings_are_found_out(self, tmp_path: Path, encoding: str, words: str) -> None:
        path = file(tmp_path, "own.csv", f"title,year\r\n{words},1999\r\n".encode(encoding))
        name, (record,), skipped = read(path)
        assert (name, record.title, record.year, skipped) == ("table", words, 1999, [])

    def test_one_late_letter_is_enough_to_tell(self, tmp_path: Path) -> None:
        rows = "plain,1999\n" * 200_000
        path = file(tmp_path, "own.csv", f"title,year\n{rows}".encode() + b"Am\xe9lie,2001\n")
        assert encoding_of(path) == "cp1252"

    def test_zero_bytes_huge_fields_and_gzip_by_content(self, tmp_path: Path) -> None:
        long = "word " * 60_000
        raw = f'title,overview\nHar\0bour,"{long}"\n'.encode()
        path = tmp_path / "own.csv"
        path.write_bytes(gzip.compress(raw))
        _, (record,), _ = read(path)
        assert record.title == "Harbour"
        assert record.text == long.strip()

    def test_rows_of_another_width_are_skipped_with_their_number(self, tmp_path: Path) -> None:
        path = file(tmp_path, "own.csv", "title,year\nOne,1990\nTwo,1991,x\nThree\nFour,1992\n")
        _, records, skipped = read(path)
        assert [record.row for record in records] == [1, 4]
        assert [row.row for row in skipped] == [2, 3]

    @pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
    def test_an_empty_file_is_refused_in_a_sentence(self, tmp_path: Path, content: bytes) -> None:
        path = file(tmp_path, "own.csv", content)
        with pytest.raises(BadSource):
            read(path, "table")

    def test_a_header_alone_has_no_rows(self, tmp_path: Path) -> None:
        assert read(file(tmp_path, "own.csv", "title,year\n"))[1:] == ([], [])

    def test_a_cut_off_gzip_is_refused(self, tmp_path: Path) -> None:
        whole = gzip.compress(("title\n" + "A film\n" * 50_000).encode())
        path = file(tmp_path, "own.csv", whole[: len(whole) // 2])
        with pytest.raises(BadSource, match="can't be read"):
            read(path, "table")

    def test_json_arrays_and_lines_are_read_a_piece_at_a_time(self, tmp_path: Path) -> None:
        values = [{"title": f"Film {n}", "text": "x" * 700} for n in range(4_000)]
        for name, text in [
            ("a.json", json.dumps(values, indent=1)),
            ("b.jsonl", "\n".join(map(json.dumps, values))),
            ("c.json", json.dumps(values)),
        ]:
            assert [*json_objects(file(tmp_path, name, text))] == values

    def test_a_line_that_is_no_json_is_skipped_with_its_number(self, tmp_path: Path) -> None:
        lines = ['{"title": "One"}', '{"title": "Tw', "{]}", '{"title": "Four"}', '{"title": "Fi']
        path = file(tmp_path, "own.jsonl", "\n".join(lines))
        _, records, skipped = read(path, "table")
        assert [record.row for record in records] == [1, 4]
        assert [(row.row, row.reason) for row in skipped] == [(n, "not JSON") for n in (2, 3, 5)]

    def test_broken_json_names_where(self, tmp_path: Path) -> None:
        path = file(tmp_path, "own.json", '[{"title": "One"}, {"title": "Tw')
        with pytest.raises(BadSource, match="behind value 1"):
            read(path, "table")
