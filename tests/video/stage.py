"""A video and its sound, a clock, and a speech model that hears one line a second."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from moodreel.ingest.video.wanted import Wanted

ID = "dQw4w9WgXcQ"
SAID = "The keeper of the old harbour waits for a boat that will never come back to him."
YOUTUBE = Wanted(f"youtube-{ID}", ID, f"https://www.youtube.com/watch?v={ID}")


def sound(path: Path, seconds: int = 1) -> Path:
    """A silent sound file."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes(b"\0\0" * 8_000 * seconds)
    return path


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class StubModel:
    """Hears one line a second; has the interface of `faster_whisper.WhisperModel`."""

    calls: ClassVar[list[dict[str, Any]]] = []
    dies_after: ClassVar[int | None] = None

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def transcribe(self, audio: str, **options: Any) -> tuple[Iterator[Any], Any]:
        from faster_whisper.transcribe import Segment, TranscriptionInfo  # noqa: PLC0415

        self.calls.append(options)
        with wave.open(audio) as file:
            length = file.getnframes() // file.getframerate()
        first = int(options.get("clip_timestamps", [0])[0])

        def heard() -> Iterator[Any]:
            for second in range(first, length):
                if second == self.dies_after:
                    raise KeyboardInterrupt
                yield Segment(second, 0, second, second + 1, f" {SAID} {second}", [], 0.0, 1.0,
                              0.0, None, 0.0)  # fmt: skip

        return heard(), TranscriptionInfo("en", 0.9, float(length), float(length), None, None, None)
