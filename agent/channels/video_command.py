"""`moodreel ingest video`: the words of videos, and the items they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import MoodreelError, UsageError, VideoRefused
from .output import as_json, complain, say, tell

if TYPE_CHECKING:
    from ...ingest.video.hearing import Hearing
    from ...ingest.video.transcript import Transcript
    from ...ingest.video.wanted import Wanted


@dataclass(frozen=True)
class Asked:
    """What `moodreel ingest video` is asked for."""

    videos: Sequence[str]
    title: str | None = None
    year: int | None = None
    model: str = "small"
    download: bool = False
    json: bool = False


def ingest_videos(asked: Asked) -> int:
    """Get the words of each video and keep it as an item; 1 where one of them failed.

    One that fails is complained of and does not keep the next from being tried, unless its server
    refuses.

    Raises:
        BadSource: something that is given is no video.
        VideoRefused: a server says no.
    """
    from ...ingest.video.wanted import wanted  # noqa: PLC0415

    if asked.title and len(asked.videos) > 1:
        raise UsageError("--title names one video; give them one by one.")
    videos = [wanted(each) for each in asked.videos]
    hearing = _hearing(asked)
    heard, failed = _heard(hearing, videos)
    rows = _kept(hearing, heard, asked) if heard else []
    _show(rows, json=asked.json)
    return 1 if failed else 0


def _hearing(asked: Asked) -> Hearing:
    from ...ingest.video.audio import YtDlpAudio  # noqa: PLC0415
    from ...ingest.video.captions import YouTubeCaptions  # noqa: PLC0415
    from ...ingest.video.hearing import Hearing  # noqa: PLC0415
    from ...ingest.video.speech import Whisper  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415

    speech = Whisper(asked.model, download=asked.download)
    return Hearing(
        load_settings().home,
        captions=YouTubeCaptions,
        audio=YtDlpAudio,
        speech=lambda: speech,
        tell=tell,
    )


def _heard(
    hearing: Hearing, videos: Sequence[Wanted]
) -> tuple[list[tuple[Wanted, Transcript]], int]:
    heard, failed = [], 0
    for video in videos:
        try:
            heard.append((video, hearing.transcript(video)))
        except VideoRefused:
            if not heard:
                raise
            tell("Its server refuses; the same command goes on later.")
            return heard, failed + 1
        except MoodreelError as error:
            if len(videos) == 1:
                raise
            complain(str(error))
            failed += 1
    return heard, failed


def _kept(
    hearing: Hearing, heard: Sequence[tuple[Wanted, Transcript]], asked: Asked
) -> list[dict[str, Any]]:
    """Each transcript as an item of the catalogue, and what is told of it."""
    from ...ingest.run import Job, ingest, ledger_of  # noqa: PLC0415
    from ...ingest.video.source import Video  # noqa: PLC0415
    from ...tools.describing import builtin_describe  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415
    from .opening import opened_catalogue  # noqa: PLC0415

    rows = []
    with opened_catalogue() as stored:
        ledger = ledger_of(load_settings().home, stored)
        describe = builtin_describe(stored.embedder)
        source = Video(asked.title or "", asked.year)
        try:
            for video, transcript in heard:
                ingest(Job(source, hearing.place(video)), stored, ledger, describe)
                entry = ledger.entry(source.name, video.key)
                item = stored.get([entry.item])[entry.item] if entry else None
                rows.append(_row(transcript, item))
        finally:
            ledger.close()
    return rows


def _row(transcript: Transcript, item: Any) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "year": item.year,
        "language": item.language,
        "source": transcript.source,
        "by": transcript.by,
        "words": len(transcript.text.split()),
        "plot": item.plot_essence,
    }


def _show(rows: Sequence[dict[str, Any]], *, json: bool) -> None:
    if json:
        say(as_json({"videos": list(rows)}))
        return
    from .show import rows as table  # noqa: PLC0415

    shown = ("id", "title", "year", "language", "by", "words")
    table("Videos", list(shown), [[str(row[name] or "") for name in shown] for row in rows])
