"""`moodreel replay`: scripts played and reported, or a conversation written as a script."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...errors import UsageError
from ..replay.compare import Comparison, compare, read_report
from ..replay.compare_words import summary as compared
from ..replay.junit import junit
from ..replay.load import Loaded, load
from ..replay.options import EngineChoice, RunOptions
from ..replay.report_html import report_html
from ..replay.result import Report, ScriptResult
from ..replay.run import now, report_of, run
from .output import say, tell
from .replay_show import progress, summary

Output = Callable[[Report, Comparison | None], bytes]
_INTERRUPTED = 130


@dataclass(frozen=True)
class Asked:
    """The command line of `moodreel replay`."""

    files: Sequence[Path] = ()
    engine: EngineChoice | None = None
    record: Path | None = None
    replay: Path | None = None
    repeat: int | None = None
    jobs: int | None = None
    only: str = ""
    judge: bool = False
    junit: Path | None = None
    json: Path | None = None
    html: Path | None = None
    compare: Path | None = None
    save: str | None = None

    @property
    def options(self) -> RunOptions:
        """How the scripts are played: a model gets one at a time where nothing is said."""
        ruled = self.engine in (None, "builtin")
        return RunOptions(
            engine=self.engine,
            repeat=self.repeat,
            jobs=self.jobs or (os.cpu_count() if ruled else 1) or 1,
            record=self.record,
            replay=self.replay,
            judge=self.judge,
        )

    def check(self) -> None:
        """Refuse what can't go together.

        Raises:
            UsageError: in one sentence that says what to do.
        """
        if self.save is not None and self.files:
            raise UsageError("--save writes a script and plays none; leave the files out.")
        if self.save is None and not self.files:
            raise UsageError("Name scripts to play, or a conversation to write as one with --save.")
        if self.record and self.replay:
            raise UsageError("Answers are either recorded or replayed; give one of the two.")
        if (self.record or self.replay) and self.engine in (None, "builtin"):
            raise UsageError("Only a model's answers are recorded; add --engine ollama.")

        if self.judge and self.replay:
            raise UsageError("--judge asks a model and --replay asks none; leave one out.")

    @property
    def outputs(self) -> list[tuple[Path, Output]]:
        """The files to write, and what goes into each."""
        pairs: list[tuple[Path | None, Output]] = [
            (self.junit, lambda report, _: junit(report)),
            (self.json, lambda report, _: _json(report)),
            (self.html, lambda report, compared: report_html(report, compared).encode()),
        ]
        return [(path, content) for path, content in pairs if path is not None]


def replay(asked: Asked) -> int:
    """Do what was asked; 0 where everything passed, 1 where something failed, 130 after Ctrl-C.

    Raises:
        UsageError: the options, a script or a file can't be used.
    """
    asked.check()
    if asked.save is not None:
        asyncio.run(_save(asked.save))
        return 0
    loaded = load(asked.files, asked.only)
    old = read_report(asked.compare) if asked.compare else None
    for path, _ in asked.outputs:
        _try_to_write(path)
    report, whole = _play(loaded, asked.options)
    summary(report)
    comparison = compare(old, report) if old is not None else None
    if comparison is not None:
        say("\n".join(["", *compared(comparison)]))
    for path, content in asked.outputs:
        path.write_bytes(content(report, comparison))
    if not whole:
        tell(f"Stopped after {len(report.scripts)} of {len(loaded)} scripts.")
        return _INTERRUPTED
    return 1 if any(not s.passed and not s.known_failure for s in report.scripts) else 0


def _play(loaded: Sequence[Loaded], options: RunOptions) -> tuple[Report, bool]:
    """The report, and whether it is whole: Ctrl-C leaves what was played until then."""
    played: list[ScriptResult] = []
    started = now()
    with progress(loaded) as show:

        def heard(result: ScriptResult) -> None:
            played.append(result)
            show(result)

        try:
            return asyncio.run(run(loaded, options, heard)), True
        except KeyboardInterrupt:
            return report_of(played, options, started), False


def _json(report: Report) -> bytes:
    return report.model_dump_json(indent=1).encode()


def _try_to_write(path: Path) -> None:
    """Find out now whether a file can be written, not after minutes of playing."""
    new = not path.exists()
    try:
        path.open("ab").close()
    except OSError as error:
        raise UsageError(f"{str(path)!r} can't be written ({error.strerror}).") from None
    if new:
        path.unlink()


async def _save(conversation: str) -> None:
    """Print a conversation as a script."""
    from ..replay.save import as_script  # noqa: PLC0415 - not needed to play any
    from .opening import open_companion  # noqa: PLC0415

    agent = await open_companion()
    try:
        say(as_script(await agent.export(conversation)).rstrip())
    finally:
        await agent.close()
