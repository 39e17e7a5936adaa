"""A folder of texts: notes, articles, transcripts and subtitles, each file an item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...errors import BadSource, UsageError
from ..documents import MAX_BYTES, PICTURES, words_of
from .record import Options, Record, Skipped
from .values import titled

_TEXTS = {".txt", ".md", ".markdown", ".srt", ".vtt", ".json3", ".json", ".rst"}
_MARKDOWN = {".md", ".markdown"}
_SUBTITLES = {".srt", ".vtt", ".json3"}
_HEADING = re.compile(r"^#\s+(.+)$", re.MULTILINE)
_IMDB = re.compile(r"^tt\d{7,9}$")
# ``sintel.en.vtt`` and ``sintel.de.vtt`` are one video.
_LANGUAGE = re.compile(r"[.\-_]([a-z]{2})$")
_PICTURE = "a picture, which takes a model that sees: use moodreel describe --add"


class Folder:
    """Every text in a folder and the folders in it; pictures are counted and left out."""

    name = "folder"
    wants = "a folder of .txt, .md, .srt, .vtt, .json3 files"

    def detect(self, path: Path) -> bool:
        """Whether a folder has a text somewhere."""
        return path.is_dir() and any(each.suffix.lower() in _TEXTS for each in self.files(path))

    def files(self, path: Path) -> list[Path]:
        """All files below, in the order of their names; hidden ones and links aside."""
        found = (each for each in path.rglob("*") if each.is_file() and not each.is_symlink())
        return sorted(p for p in found if not _hidden(p.relative_to(path)))

    def records(self, path: Path, options: Options) -> Iterator[Record | Skipped]:
        """Every text of the folder."""
        if not path.is_dir():
            raise BadSource(f"{str(path)!r} is no folder: give {self.wants}")
        for number, file in enumerate(self.files(path), 1):
            yield _record(number, file, file.relative_to(path).as_posix())


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _record(number: int, file: Path, shown: str) -> Record | Skipped:
    if file.suffix.lower() in PICTURES:
        return Skipped(number, _PICTURE, shown)
    if file.suffix.lower() not in _TEXTS:
        return Skipped(number, "no text file", shown)
    try:
        with file.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
        # Captions of YouTube are JSON under a name of their own.
        words = words_of(raw, file.name.replace(".json3", ".json"))
    except UsageError as error:
        return Skipped(number, _why(str(error)), shown)
    except OSError as error:
        return Skipped(number, f"can't be read ({error.strerror})", shown)
    return _of(number, file, shown, words)


def _why(sentence: str) -> str:
    """The reason of a refusal without the file's name, so that the same ones are counted alike."""
    reasons = {
        "larger": "larger than 5 MB",
        "holds no words": "no words in it",
        "not text": "not text but binary data",
        "not whole": "not whole as JSON",
    }
    return next((short for part, short in reasons.items() if part in sentence), sentence)


def _of(number: int, file: Path, shown: str, words: str) -> Record:
    stem = file.stem
    language = _LANGUAGE.search(stem) if file.suffix.lower() in _SUBTITLES else None
    bare = stem[: language.start()] if language else stem
    heading = _HEADING.search(words[:2_000]) if file.suffix.lower() in _MARKDOWN else None
    title, year, others = titled(heading[1] if heading else _spaced(bare))
    return Record(
        row=number,
        key=shown,
        title=title[:200] or shown,
        kind="text" if file.suffix.lower() not in _SUBTITLES else "video",
        year=year,
        alternative_titles=others,
        language=language[1] if language else None,
        imdb_id=stem if _IMDB.match(stem) else None,
        text=words,
    )


def _spaced(stem: str) -> str:
    """A file's name as a title: ``my_first-film`` is ``my first film``."""
    return stem if " " in stem else re.sub(r"[_]+|(?<=\w)[-.](?=\w)", " ", stem)
