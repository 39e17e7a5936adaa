"""`moodreel ingest descriptions`: having a model describe what nobody has."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from filelock import FileLock, Timeout

from ...errors import CatalogueBusy, EngineError, UsageError
from .output import as_json, say, tell

if TYPE_CHECKING:
    from ...ingest.catalogue import Catalogue
    from ...ingest.describe import DescribeReport
    from ...ingest.ledger import Ledger
    from ...ingest.waiting import Estimate, Pace, Waiting
    from ..engines.llm.describe_items import ItemDescriber
    from ..settings import Settings

LOCK = "descriptions.lock"
TRIAL = 3
"""Items by which the pace is measured where none is known."""
_KEPT = "what was described is kept, and the same command goes on"


@dataclass(frozen=True)
class Asked:
    """What `moodreel ingest descriptions` is asked for."""

    limit: int | None = None
    jobs: int = 2
    texts: bool = False
    anew: bool = False
    retry: bool = False
    yes: bool = False
    dry_run: bool = False
    json: bool = False


def describe_items(asked: Asked) -> None:
    """Say what describing costs, describe, and print what came of it.

    Raises:
        UsageError: the settings want no model.
        EngineError: there is none, or it went away; what was described is kept.
        WorkError: the data folder can't be used.
    """
    from ...ingest.run import ledger_of  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415
    from .opening import opened_catalogue  # noqa: PLC0415

    settings = load_settings()
    if not asked.dry_run:
        asyncio.run(_require_model(settings))
    with opened_catalogue() as stored, _alone(settings.home):
        ledger = ledger_of(settings.home, stored)
        try:
            run = _Run(asked, settings, stored, ledger)
            asyncio.run(run.whole())
        except KeyboardInterrupt:
            tell(f"Stopped; {_KEPT}.")
            raise
        except EngineError as error:
            raise EngineError(f"{settings.model!r} failed ({error}); {_KEPT}") from error
        finally:
            ledger.close()
    run.show()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the ledger of a data folder: a catalogue on a server may be open in many programs."""
    lock = FileLock(home / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise CatalogueBusy(
            f"another program is describing what {str(home)!r} holds: wait for it or end it"
        ) from None
    try:
        yield
    finally:
        lock.release()


async def _require_model(settings: Settings) -> None:
    from ..engines.choose import problem_with  # noqa: PLC0415

    if settings.engine == "builtin":
        raise UsageError(
            "MOODREEL_ENGINE=builtin asks no model, and descriptions take one: set it to auto"
        )
    if problem := await problem_with(settings):
        raise EngineError(f"descriptions take a model: {problem}")


class _Run:
    """One call of the command."""

    def __init__(self, asked: Asked, settings: Settings, stored: Catalogue, ledger: Ledger) -> None:
        from ...ingest.describe import DescribeReport, settle  # noqa: PLC0415
        from ...ingest.waiting import Pace, Wanted, waiting  # noqa: PLC0415

        self._asked = asked
        self._model = settings.model
        self._stored, self._ledger = stored, ledger
        self._report = DescribeReport()
        self._ask = _describer(settings, stored, asked.jobs)
        settle(stored, ledger)
        wanted = Wanted(settings.model, asked.anew, asked.retry, asked.texts)
        self._waiting = waiting(stored, ledger, wanted)
        self._names = self._waiting.items[: asked.limit]
        self._pace = Pace.of(ledger, settings.model)
        self._estimate = self._reckoned(self._pace)

    def _reckoned(self, pace: Pace | None, done: int = 0) -> Estimate:
        from ...ingest.waiting import estimate  # noqa: PLC0415

        left = self._names[done:]
        return estimate(left, self._stored, self._ledger, self._ask.tokens, pace)

    async def whole(self) -> None:
        """All of it, unless only the cost was asked for."""
        for line in before(self._waiting, self._estimate, self._model):
            tell(line)
        if self._asked.dry_run or not self._names:
            return
        from ...ingest.describe import Describing  # noqa: PLC0415

        describing = Describing(self._stored, self._ledger, self._model, self._ask)
        self._report = describing.report
        done = 0
        if self._pace is None and len(self._names) > TRIAL:
            await describing.run(self._names[:TRIAL], self._asked.jobs)
            done = TRIAL
            tell(_cost(self._reckoned(self._report.pace, done), self._model))
        if self._consents():
            await self._rest(describing, done)

    async def _rest(self, describing: Any, done: int) -> None:
        from .progress import ProgressLine  # noqa: PLC0415

        names, line = self._names[done:], ProgressLine("item")
        line(0, len(names))
        try:
            await describing.run(names, self._asked.jobs, line)
        finally:
            line.end()

    def _consents(self) -> bool:
        """Whether the person goes on; where nobody can answer, that is so."""
        if self._asked.yes or not (sys.stdin.isatty() and sys.stderr.isatty()):
            return True
        return typer.confirm("Go on?", default=True, err=True)

    def show(self) -> None:
        """Print what came of it."""
        for notice in self._report.notices:
            tell(notice)
        if self._asked.json:
            say(as_json(self._data()))
        elif self._report.done:
            from .show import rows  # noqa: PLC0415

            rows("Descriptions", ["what", "value"], list(_lines(self._report)))

    def _data(self) -> dict[str, Any]:
        cost, report = self._estimate, self._report
        return {
            "model": self._model,
            "waiting": len(self._waiting.items),
            "with_text": self._waiting.with_text,
            "nothing_to_read": self._waiting.silent,
            "failed_before": dict(self._waiting.failed),
            "estimate": {"items": cost.items, "tokens_read": cost.read,
                         "tokens_written": cost.written, "seconds": cost.seconds},
            "described": report.described,
            "failed": dict(report.failed.most_common()),
            "tokens_read": report.read,
            "tokens_written": report.written,
            "seconds": round(report.seconds, 3),
        }  # fmt: skip


def _describer(settings: Settings, stored: Catalogue, jobs: int) -> ItemDescriber:
    from datetime import date  # noqa: PLC0415

    from ..engines.llm.describe_items import make_item_describer  # noqa: PLC0415

    return make_item_describer(settings, stored, jobs, date.today())


def before(waiting: Waiting, cost: Estimate, model: str) -> list[str]:
    """What is said before the start: what waits, what is left alone, and what it costs."""
    count, told = len(waiting.items), waiting.with_text
    lines = [f"Waiting: {count:,} with {told:,} texts; the others are told by their genres."]
    if waiting.silent:
        lines.append(
            f"Nothing to read: {waiting.silent:,} (a title only; another source may help)."
        )
    if failed := sum(waiting.failed.values()):
        lines.append(f"Failed before with {model}: {failed:,} (--retry tries again).")
    return [*lines, _cost(cost, model)] if cost.items else lines


def _cost(cost: Estimate, model: str) -> str:
    from .progress import span  # noqa: PLC0415

    takes = (
        f"which takes about {span(cost.seconds)} at the pace measured"
        if cost.seconds is not None
        else f"and the first {TRIAL} will show how long that takes"
    )
    return (
        f"To describe {cost.items:,}, {model} reads about {cost.read:,} tokens and writes about "
        f"{cost.written:,}, {takes}."
    )


def _lines(report: DescribeReport) -> list[list[str]]:
    from .progress import span  # noqa: PLC0415

    failed = {f"failed: {why}": count for why, count in report.failed.most_common()}
    told = {"described": report.described, **failed,
            "tokens read": report.read, "tokens written": report.written}  # fmt: skip
    return [*([name, f"{count:,}"] for name, count in told.items()), ["time", span(report.seconds)]]
