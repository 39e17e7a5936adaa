"""From a video to its transcript, stage by stage; what a stage made is kept for the next start."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import ValidationError

from ...errors import VideoFailed
from .polite import Manners
from .transcript import About, Line, Transcript
from .wanted import Wanted

FOLDER = "videos"
_TRANSCRIPT, _ABOUT, _HEARD = "transcript.json", "about.json", "heard.jsonl"
_ENDS = 1.0
"""Seconds that the last line may lie before the end of a sound that was heard whole."""

Model = TypeVar("Model", Transcript, About)
Tell = Callable[[str], None]


class Captions(Protocol):
    """Who has published captions."""

    def fetch(self, video: Wanted) -> Transcript | None: ...


class Audio(Protocol):
    """Who has the sound of a video, and its title."""

    def about(self, url: str) -> About: ...

    def fetch(self, url: str, folder: Path) -> tuple[Path, About]: ...


class Speech(Protocol):
    """Who hears what is said in a sound."""

    model: str

    def ready(self) -> object: ...

    def hear(
        self, file: Path, start: float = 0.0, language: str | None = None
    ) -> tuple[str, float, Iterator[Line]]: ...


class Hearing:
    """Makes transcripts; whatever was fetched or heard before is not asked for again."""

    def __init__(
        self,
        home: Path,
        *,
        captions: Callable[[], Captions],
        audio: Callable[[], Audio],
        speech: Callable[[], Speech],
        manners: Manners | None = None,
        tell: Tell = lambda _: None,
    ) -> None:
        """Keep what is made below a data folder.

        Args:
            home: the data folder.
            captions: makes who has captions, at first use; likewise the others.
            manners: how often others are asked.
            tell: hears of every stage.
        """
        self._home = home / FOLDER
        self._captions, self._audio, self._speech = captions, audio, speech
        self._manners = manners or Manners()
        self._tell = tell

    def place(self, video: Wanted) -> Path:
        """Where a video's transcript is kept."""
        return self._home / video.key / _TRANSCRIPT

    def transcript(self, video: Wanted) -> Transcript:
        """The words of a video: as they are kept, else its captions, else its speech.

        Raises:
            BadSource: there is no such video.
            UsageError: the extra or the speech model is missing.
            VideoRefused: its server says no.
            VideoFailed: its words can't be got.
        """
        kept = self.place(video)
        found = _read(kept, Transcript)
        if found is None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            found = self._published(video) or self._heard(video)
            if not any(map(str.isalpha, found.text)):
                raise VideoFailed(
                    f"nothing is said in {_shown(video)}; there is nothing to tell of"
                )
            _write(kept, found.model_dump_json(indent=1))
        return found

    def _published(self, video: Wanted) -> Transcript | None:
        if video.youtube is None:
            return None
        self._tell(f"Looking for captions of {video.youtube} …")
        captions = self._captions()
        found = self._manners.ask(lambda: captions.fetch(video))
        if found is None or not found.text:
            self._tell("It has none; listening to its sound instead.")
            return None
        return found.model_copy(update={"about": self._about(video)})

    def _about(self, video: Wanted) -> About:
        """Title and year, where they can be had: captions are worth keeping without."""
        url = video.url or ""
        try:
            audio = self._audio()
            return self._manners.ask(lambda: audio.about(url))
        except VideoFailed as error:
            self._tell(f"Its title can't be had ({error}).")
            return About()

    def _heard(self, video: Wanted) -> Transcript:
        speech = self._speech()
        speech.ready()
        named = About(title=video.file.stem) if video.file else None
        file, about = (video.file, named) if video.file and named else self._sound(video)
        lines, language, seconds = self._lines(video, file, speech)
        known = about.model_copy(update={"seconds": about.seconds or seconds})
        return Transcript(
            key=video.key,
            about=known,
            url=video.url,
            language=language,
            source="speech",
            by=f"faster-whisper {Path(speech.model).name}",
            lines=tuple(lines),
        )

    def _sound(self, video: Wanted) -> tuple[Path, About]:
        """The sound file of a video; a whole one that is there is not fetched again."""
        folder = self._home / video.key
        about = _read(folder / _ABOUT, About)
        done = [] if about is None else [*folder.glob("sound.*")]
        if about is not None and done:
            return done[0], about
        self._tell(f"Fetching the sound of {video.url} …")
        audio, url = self._audio(), video.url or ""
        file, about = self._manners.ask(lambda: audio.fetch(url, folder))
        _write(folder / _ABOUT, about.model_dump_json())
        return file, about

    def _lines(
        self, video: Wanted, file: Path, speech: Speech
    ) -> tuple[list[Line], str | None, float]:
        """All that is said; lines that were heard before a kill are not heard again."""
        kept = self._home / video.key / _HEARD
        language, lines = _lines_of(kept)
        start = lines[-1].end if lines else 0.0
        self._tell(f"Listening to {file.name}{f' from {start:.0f} s on' if start else ''} …")
        language, seconds, more = speech.hear(file, start, language)
        with kept.open("a", encoding="utf-8") as opened:
            if not lines:
                opened.write(json.dumps({"language": language}) + "\n")
            if start < seconds - _ENDS:
                for line in more:
                    opened.write(line.model_dump_json() + "\n")
                    opened.flush()
                    lines.append(line)
        return lines, language, seconds


def _lines_of(kept: Path) -> tuple[str | None, list[Line]]:
    """The language and the lines that were heard so far; a line that a kill cut is left out."""
    if not kept.exists():
        return None, []
    first, *rest = kept.read_text(encoding="utf-8").splitlines() or [""]
    whole = [line for line in rest if line.endswith("}")]
    kept.write_text("".join(f"{line}\n" for line in (first, *whole)), encoding="utf-8")
    try:
        return json.loads(first)["language"], [Line.model_validate_json(line) for line in whole]
    except (ValueError, KeyError, TypeError):
        kept.unlink()
        return None, []


def _read(file: Path, model: type[Model]) -> Model | None:
    try:
        return model.model_validate_json(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValidationError):
        return None


def _write(file: Path, text: str) -> None:
    """Whole or not at all."""
    part = file.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(file)


def _shown(video: Wanted) -> str:
    return repr(str(video.file or video.youtube or video.url))
