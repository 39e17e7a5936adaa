"""What is heard in a sound, by a stub with the real model's interface or by that model."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from moodreel.errors import UsageError, VideoFailed
from moodreel.ingest.video.speech import Whisper

from .stage import SAID, StubModel, sound


def test_the_stub_is_called_as_the_real_model_can_be(stub: type[StubModel], tmp_path: Path) -> None:
    from faster_whisper.transcribe import WhisperModel  # noqa: PLC0415

    whisper, file = Whisper("small"), sound(tmp_path / "a.wav", 3)
    for start in (0.0, 1.0):
        [*whisper.hear(file, start)[2]]
    for options in stub.calls:
        inspect.signature(WhisperModel.transcribe).bind(None, str(file), **options)
    loading = {"compute_type": "int8", "local_files_only": True}
    inspect.signature(WhisperModel.__init__).bind(None, "small", **loading)


def test_a_model_that_is_not_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("faster_whisper", reason="speech takes the extra video")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    for name in ("small", "no such model", str(tmp_path)):
        with pytest.raises(UsageError, match="--download") as raised:
            Whisper(name).ready()
        assert repr(name) in str(raised.value)


def test_what_is_not_a_sound_is_named(
    tmp_path: Path, stub: type[StubModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.mp3"
    broken.write_bytes(b"no sound")
    monkeypatch.setattr(stub, "transcribe", _refusing)
    with pytest.raises(VideoFailed, match="no sound that can be read"):
        Whisper("small").hear(broken)


def _refusing(self: Any, audio: str, **_: Any) -> Any:
    import av  # noqa: PLC0415

    return av.open(audio)


def test_speech_that_was_made_is_heard(tmp_path: Path) -> None:
    """Only where a model of faster-whisper and espeak-ng are; neither is fetched for a test."""
    import shutil  # noqa: PLC0415
    import subprocess  # noqa: PLC0415

    espeak = shutil.which("espeak-ng")
    if espeak is None:
        pytest.skip("espeak-ng is not installed")
    whisper = Whisper("tiny")
    try:
        whisper.ready()
    except UsageError as missing:
        pytest.skip(str(missing))
    file = tmp_path / "said.wav"
    subprocess.run([espeak, "-w", str(file), SAID], check=True)
    text = " ".join(line.text for line in whisper.hear(file)[2]).lower()
    assert sum(word in text for word in ("keeper", "harbour", "boat", "back")) >= 2
