"""A clock that only sleeping moves, manners that go by it, and a stub of a speech model."""

from __future__ import annotations

import pytest
from moodreel.ingest.video.polite import Manners

from .stage import StubModel, Time


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def manners(time: Time) -> Manners:
    return Manners(sleep=time.sleep, now=lambda: time.now)


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> type[StubModel]:
    faster_whisper = pytest.importorskip("faster_whisper", reason="speech takes the extra video")
    monkeypatch.setattr(faster_whisper, "WhisperModel", StubModel)
    StubModel.calls, StubModel.dies_after = [], None
    return StubModel
