"""What is said in a sound file, by a speech model on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import UsageError, VideoFailed
from ..telemetry import no_reports
from .captions import NEEDS
from .transcript import Line


class Whisper:
    """Hears sound and video files by faster-whisper; the model is loaded at the first of them."""

    def __init__(self, model: str, *, download: bool = False) -> None:
        """Load nothing yet.

        Args:
            model: ``tiny``, ``base``, ``small``, … or the folder of a converted model.
            download: whether a model that isn't here may be fetched.
        """
        self.model = model
        self._download = download
        self._loaded: Any = None

    def hear(
        self, file: Path, start: float = 0.0, language: str | None = None
    ) -> tuple[str, float, Iterator[Line]]:
        """Language, length in seconds, and what is said from a moment on, heard line by line.

        Raises:
            UsageError: the extra or the model is missing; says how to get it.
            VideoFailed: the file has no sound that can be read.
        """
        model = self.ready()
        from av import FFmpegError  # noqa: PLC0415

        clips: dict[str, Any] = {"clip_timestamps": [start]} if start else {"vad_filter": True}
        try:
            segments, info = model.transcribe(str(file), language=language, **clips)
        except (FFmpegError, OSError, ValueError, IndexError) as error:
            raise VideoFailed(
                f"{str(file)!r} has no sound that can be read ({type(error).__name__});"
                " give an audio or video file"
            ) from None
        return info.language, info.duration, _lines(segments)

    def ready(self) -> Any:
        """Load the model.

        Raises:
            UsageError: the extra or the model is missing; says how to get it.
        """
        if self._loaded is None:
            no_reports()
            try:
                from faster_whisper import WhisperModel  # noqa: PLC0415
            except ModuleNotFoundError:
                raise UsageError(NEEDS) from None
            try:
                self._loaded = WhisperModel(
                    self.model, compute_type="int8", local_files_only=not self._download
                )
            except (OSError, ValueError, RuntimeError) as error:
                raise UsageError(self._missing(error)) from None
        return self._loaded

    def _missing(self, error: Exception) -> str:
        why = "can't be fetched" if self._download else "isn't on this machine"
        return (
            f"The speech model {self.model!r} {why} ({type(error).__name__}); --download gets one"
            " ('small' has 480 MB), --model names another or its folder."
        )


def _lines(segments: Any) -> Iterator[Line]:
    for each in segments:
        yield Line(start=each.start, end=each.end, text=each.text.strip())
