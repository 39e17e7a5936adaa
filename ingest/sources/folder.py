"""A folder of texts: notes, articles and transcripts, each an item; subtitles, each video one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import BadSource, UsageError
from ..documents import MAX_BYTES, PICTURES, words_of
from ..language import BY, language_of
from .record import Options, Record, Skipped
from .tracks import SUBTITLES, Track, joined, languages, settled, videos
from .values import titled

_TEXTS = {".txt", ".md", ".markdown", ".srt", ".vtt", ".json3", ".json", ".rst"}
_MARKDOWN = {".md", ".markdown"}
_HEADING = re.compile(r"^#\s+(.+)$", re.MULTILINE)
_IMDB = re.compile(r"^tt\d{7,9}$")
_JOINED = "another track of a video that is counted once"
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
        """Every text of the folder; subtitles of one video in several languages are one."""
        if not path.is_dir():
            raise BadSource(f"{str(path)!r} is no folder: give {self.wants}")
        files = self.files(path)
        of = videos(file for file in files if file.suffix.lower() in SUBTITLES)
        first = {tracks[0].file: tracks for tracks in of.values()}
        tracked = {track.file for tracks in of.values() for track in tracks}
        for number, file in enumerate(files, 1):
            shown = file.relative_to(path).as_posix()
            if file in first:
                yield _video(number, path, first[file])
            elif file in tracked:
                yield Skipped(number, _JOINED, shown)
            else:
                yield _record(number, file, shown)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _record(number: int, file: Path, shown: str) -> Record | Skipped:
    if file.suffix.lower() in PICTURES:
        return Skipped(number, _PICTURE, shown)
    if file.suffix.lower() not in _TEXTS:
        return Skipped(number, "no text file", shown)
    words = _words(file)
    return (
        Skipped(number, words.reason, shown)
        if isinstance(words, _Unread)
        else (_text(number, file, shown, words))
    )


@dataclass(frozen=True)
class _Unread:
    """A file whose words can't be read, and why."""

    reason: str


def _words(file: Path) -> str | _Unread:
    try:
        with file.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
        # Captions of YouTube are JSON under a name of their own.
        return words_of(raw, file.name.replace(".json3", ".json"))
    except UsageError as error:
        return _Unread(_why(str(error)))
    except OSError as error:
        return _Unread(f"can't be read ({error.strerror})")


def _why(sentence: str) -> str:
    """The reason of a refusal without the file's name, so that the same ones are counted alike."""
    reasons = {
        "larger": "larger than 5 MB",
        "holds no words": "no words in it",
        "not text": "not text but binary data",
        "not whole": "not whole as JSON",
    }
    return next((short for part, short in reasons.items() if part in sentence), sentence)


def _text(number: int, file: Path, shown: str, words: str) -> Record:
    heading = _HEADING.search(words[:2_000]) if file.suffix.lower() in _MARKDOWN else None
    called = heading[1] if heading else _spaced(file.stem)
    code = language_of(words)
    return _named(
        number, shown, file.stem, called, kind="text", language=code, heard=True, text=words
    )


def _video(number: int, folder: Path, tracks: Sequence[Track]) -> Record | Skipped:
    """All tracks of a video as one item, in the place of the first of them."""
    read = {track.file: _words(track.file) for track in tracks}
    words = {file: text for file, text in read.items() if isinstance(text, str)}
    if not words:
        unread = next(text for text in read.values() if isinstance(text, _Unread))
        return Skipped(number, unread.reason, tracks[0].file.relative_to(folder).as_posix())
    tracks, video = settled(tracks, words)
    text, code = joined(tracks, words)
    return _named(
        number,
        video.relative_to(folder).as_posix(),
        video.name,
        _spaced(video.name),
        kind="video",
        language=code,
        heard=not any(track.code == code for track in tracks),
        subtitles=languages(tracks, words),
        text=text,
    )


def _named(
    number: int, key: str, name: str, called: str, *, language: str | None, heard: bool, **told: Any
) -> Record:
    """What stands under a file's name; ``heard`` says that its words alone tell the language."""
    title, year, others = titled(called)
    return Record(
        row=number,
        key=key,
        title=title[:200] or key,
        year=year,
        alternative_titles=others,
        language=language,
        imdb_id=name if _IMDB.match(name) else None,
        derived={"language": BY} if language and heard else {},
        **told,
    )


def _spaced(stem: str) -> str:
    """A file's name as a title: ``my_first-film`` is ``my first film``."""
    return stem if " " in stem else re.sub(r"[_]+|(?<=\w)[-.](?=\w)", " ", stem)
