"""A transcript as a source of one item, for `moodreel.ingest.run`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...errors import BadSource
from ..item import Provenance
from ..language import language_of
from ..sources.record import Options, Record, Skipped
from ..sources.values import titled
from .transcript import Transcript


class Video:
    """The transcript of one video."""

    name = "video"
    wants = "a transcript of moodreel ingest video"

    def __init__(self, title: str = "", year: int | None = None) -> None:
        """Call the video so, where its own title isn't known or shall not count."""
        self._title, self._year = title, year

    def detect(self, path: Path) -> bool:
        """Never: a transcript is named."""
        return False

    def files(self, path: Path) -> list[Path]:
        """The one file."""
        return [path]

    def records(self, path: Path, options: Options) -> Iterator[Record | Skipped]:
        """The one video."""
        try:
            found = Transcript.model_validate_json(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise BadSource(f"{str(path)!r} is no transcript; run the same command again") from None
        title, year, others = titled(self._title or found.about.title)
        seconds, heard = found.about.seconds, language_of(found.text)
        yield Record(
            row=1,
            key=found.key,
            title=title[:200] or found.key,
            kind="video",
            year=self._year or year or found.about.year,
            alternative_titles=others,
            runtime_min=max(1, round(seconds / 60)) if seconds else None,
            language=heard or found.language,
            text=found.text,
            derived={"language": Provenance(how="derived", by=found.by)},
        )
