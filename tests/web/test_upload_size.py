"""How large a file may be that somebody drops on the page."""

from __future__ import annotations

from pathlib import Path

import httpx

from .served import Served


def test_a_file_may_be_as_large_as_the_setting_says(home: Path) -> None:
    with Served(home, MOODREEL_MAX_UPLOAD_MB="1") as server:
        for size, status in ((900_000, 200), (1_200_000, 413)):
            files = {"files": ("subtitles.srt", b"x" * size)}
            answer = httpx.post(f"{server.url}gradio_api/upload", files=files, timeout=60)
            assert answer.status_code == status
