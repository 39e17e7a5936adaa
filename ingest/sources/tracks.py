"""Subtitle files that belong to one video: its languages, its chapters, what is seen in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..language import LANGUAGES, language_of

SUBTITLES = {".srt", ".vtt", ".json3"}
_KINDS = {
    "captions": "spoken", "caption": "spoken", "subtitles": "spoken", "subs": "spoken",
    "cc": "spoken", "sdh": "spoken", "forced": "spoken", "auto": "spoken", "orig": "spoken",
    "chapters": "chapters", "descriptions": "seen", "description": "seen",
}  # fmt: skip
_PART = re.compile(r"^(.+)[._-]([A-Za-z]+)$")
_REGION = re.compile(r"^(.+[._-])([a-z]{2,3})[-_](?:[A-Z]{2}|[A-Z][a-z]{3}|\d{3})$")
# Written alike, so that a short file may be taken for the other.
_ALIKE = ({"no", "da", "sv"}, {"hr", "sr", "bs"}, {"cs", "sk"}, {"id", "ms"}, {"zh", "cn"})


@dataclass(frozen=True)
class Track:
    """One file of a video: what it holds (``spoken``, ``chapters``, ``seen``), in which language.

    ``video`` is its path without what only tells tracks apart; ``code`` is the language that its
    name says, if any.
    """

    file: Path
    video: Path
    code: str | None = None
    holds: str = "spoken"


def track_of(file: Path) -> Track:
    """What a subtitle file's name says: ``film.captions.de.vtt`` is spoken German of ``film``."""
    stem, code, holds = file.stem, None, "spoken"
    region = _REGION.match(stem)
    if region and region[2] in LANGUAGES:
        stem = f"{region[1]}{region[2]}"
    while part := _PART.match(stem):
        word = part[2].lower()
        if code is None and part[2] in LANGUAGES:
            code = word
        elif word in _KINDS:
            holds = _KINDS[word]
        else:
            break
        stem = part[1]
    return Track(file, file.with_name(stem), code, holds)


def videos(files: Iterable[Path]) -> dict[Path, list[Track]]:
    """The tracks of each video, in the order of their names."""
    found: defaultdict[Path, list[Track]] = defaultdict(list)
    for file in sorted(files):
        track = track_of(file)
        found[track.video].append(track)
    return dict(found)


def settled(tracks: Sequence[Track], words: Mapping[Path, str]) -> tuple[Sequence[Track], Path]:
    """The same tracks and their video, where a lone name's ending may be no language after all.

    ``stephen-king-it.srt`` with English words is not Italian, but a part of the title.
    """
    if len(tracks) == 1 and (one := tracks[0]).code:
        heard = language_of(words.get(one.file, ""))
        if heard and not _same(heard, one.code):
            return [Track(one.file, one.file.with_suffix(""))], one.file.with_suffix("")
    return tracks, tracks[0].video


def _same(one: str, other: str) -> bool:
    return one == other or any({one, other} <= alike for alike in _ALIKE)


def language(track: Track, words: str) -> str | None:
    """The language of a track: as its name says, unless its words are plainly in another one."""
    heard = language_of(words)
    return track.code if track.code and (not heard or _same(heard, track.code)) else heard


def joined(tracks: Sequence[Track], words: Mapping[Path, str]) -> tuple[str, str | None]:
    """The text of a video from its tracks in one language, and that language.

    English where there is some, else the language of most words. Chapters come first, then what
    is seen, then what is said.
    """
    told = {t: language(t, words[t.file]) for t in tracks if words.get(t.file)}
    spoken = [t for t in told if t.holds == "spoken"] or [*told]
    chosen = max(spoken, key=lambda t: (told[t] == "en", len(words[t.file])))
    texts = [words[chosen.file]]
    for holds in ("seen", "chapters"):
        others = [t for t in told if t.holds == holds and t is not chosen]
        same = [t for t in others if told[t] in (told[chosen], None)] or others
        texts[:0] = [words[t.file] for t in same[:1]]
    return "\n\n".join(texts), told[chosen]


def languages(tracks: Iterable[Track], words: Mapping[Path, str]) -> tuple[str, ...]:
    """The languages in which a video is subtitled, in the order of their codes."""
    spoken = (t for t in tracks if t.holds == "spoken" and words.get(t.file))
    return tuple(sorted({code for t in spoken if (code := language(t, words[t.file]))}))
