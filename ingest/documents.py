"""Reading a text, transcript or subtitle file into the words that were said or written."""

from __future__ import annotations

import codecs
import html
import re
from pathlib import Path

from ..errors import NoWords, UsageError
from .json_words import json_words

MAX_BYTES = 5_000_000
"""About forty films' subtitles; more than that is not one document."""

PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"}
_TIMED = (".srt", ".vtt")
_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Some programs write three digits where there should be two.
_TIME = r"(\d+:)?\d{1,3}:\d{2,3}[.,]\d{1,3}"
_TIMING = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}")
_NOT_SPOKEN = re.compile(r"^(WEBVTT|NOTE|STYLE|REGION|X-TIMESTAMP-MAP)\b")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>\n]*>|<\d[\d:.]*>|\{\\[^{}\n]*\}|[♪♫]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read_document(path: Path) -> str:
    """The text of a file, without timing where it is a subtitle file, and without keys in JSON.

    Raises:
        UsageError: the file is missing, a folder, empty, too large or not text.
    """
    if path.suffix.lower() in PICTURES:
        raise UsageError(f"{str(path)!r} is a picture, and only text can be described; give a text")
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"There is no file {str(path)!r}; check the path.") from None
    except IsADirectoryError:
        raise UsageError(f"{str(path)!r} is a folder; name one file in it.") from None
    except OSError as error:
        raise UsageError(f"{str(path)!r} can't be read ({error.strerror}); check it.") from None
    return words_of(raw, str(path))


def words_of(raw: bytes, name: str) -> str:
    """The text in the bytes of a document; ``name`` is for the messages.

    Raises:
        UsageError: the bytes are too many, not text, or hold no word.
    """
    if len(raw) > MAX_BYTES:
        raise UsageError(
            f"{name!r} is larger than {MAX_BYTES // 1_000_000} MB; give a part or a synopsis."
        )
    text = decode(raw, name)
    if name.lower().endswith(".json"):
        text = json_words(text, name)
    elif name.lower().endswith(_TIMED) or any(map(_TIMING.match, text.splitlines())):
        text = spoken(text)
    if not any(c.isalnum() for c in text):
        raise NoWords(f"{name!r} holds no words; give a file with text in it.")
    return text


def decode(raw: bytes, name: str) -> str:
    """Bytes as text: UTF-8, UTF-16 with its mark, or the Windows encoding of old subtitles.

    Raises:
        UsageError: the bytes are no text.
    """
    encodings = ["utf-16"] if raw.startswith(_BOMS) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise UsageError(f"{name!r} is not text but binary data; give a text or subtitle file.")


def spoken(subtitles: str) -> str:
    """The lines of a SubRip or WebVTT file without numbers, times, styling and repeats.

    A cue's number or name is what stands between a blank line and its times; captions that
    roll repeat the line before, which is kept once.
    """
    blocks = re.split(r"\n[ \t]*\n", subtitles.replace("\r\n", "\n").replace("\r", "\n"))
    lines: list[str] = []
    for block in blocks:
        for line in _cue_lines(block):
            if line and line != (lines[-1] if lines else None):
                lines.append(line)
    return "\n".join(lines)


def _cue_lines(block: str) -> list[str]:
    raw = block.strip("\n").split("\n")
    timed = next((place for place, line in enumerate(raw) if _TIMING.match(line)), None)
    if timed is None:
        if _NOT_SPOKEN.match(raw[0].lstrip("\ufeff")):
            return []
        return [_plain(line) for line in raw]
    # Some files leave out the blank line between cues: every time line starts another.
    kept = [
        line
        for place, line in enumerate(raw[timed:], timed)
        if not _TIMING.match(line) and not _is_number_of_cue(raw, place)
    ]
    return [_plain(line) for line in kept]


def _is_number_of_cue(lines: list[str], place: int) -> bool:
    following = lines[place + 1] if place + 1 < len(lines) else ""
    return lines[place].strip().isdigit() and bool(_TIMING.match(following))


def _plain(line: str) -> str:
    return html.unescape(_MARKUP.sub("", line)).strip()
