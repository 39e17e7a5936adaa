"""`moodreel ingest`: reading a source into the catalogue, and saying what came of it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import BadSource, UsageError
from .output import as_json, say, tell
from .progress import ProgressLine, span

if TYPE_CHECKING:
    from ...ingest.report import IngestReport
    from ...ingest.run import Job
    from ...ingest.sources.record import Options, Source

REPORTS = "reports"
_SLOW_ROWS = 5_000
_TOLD_EVERY = 10.0


@dataclass(frozen=True)
class Asked:
    """What `moodreel ingest` is asked for.

    ``maps`` has ``field=column`` pairs, comma-joined. With ``download`` the files come from the
    source's own address, ``chosen`` being which of its sets, ``to`` the folder that takes them and
    ``agreed`` whether its terms are accepted.
    """

    source: str
    path: Path | None
    maps: Sequence[str] = ()
    encoding: str | None = None
    limit: int | None = None
    dry_run: bool = False
    light: bool = False
    report: Path | None = None
    json: bool = False
    download: bool = False
    chosen: str | None = None
    to: Path | None = None
    agreed: bool = False


def ingest(asked: Asked) -> None:
    """Read a source into the catalogue of the data folder, and print what came of it.

    Raises:
        BadSource: it can't be read as this source.
        UsageError: neither a path nor a download is wished for, or both are.
        WorkError: the data folder can't be used, or a download failed.
    """
    from ...ingest.run import Job  # noqa: PLC0415
    from ...ingest.sources import source_for  # noqa: PLC0415
    from ...ingest.sources.record import Options  # noqa: PLC0415

    options = Options(_mapping(asked.maps), _known_encoding(asked.encoding))
    path = _place(asked)
    source = source_for("table" if options.columns else asked.source, path)
    _show_mapping(source, path, options)
    report = _run(Job(source, path, options, asked.limit, asked.dry_run), asked)
    if asked.download and source.name == "movielens":
        tell(f"Its ratings improve every list: moodreel ingest ratings {str(path)!r}")
    if asked.json:
        say(as_json(report.as_data()))
    else:
        _show(report)


def _place(asked: Asked) -> Path:
    """Where the files are, once they are there."""
    from .download_command import download  # noqa: PLC0415

    if not asked.download and (asked.chosen or asked.to or asked.agreed):
        raise UsageError("--set, --to and --yes belong to --download; add it.")
    if (asked.path is None) != asked.download:
        raise UsageError(
            "Give a file or folder, or --download, and not both; --to says where downloads go."
        )
    if asked.path is not None:
        return asked.path
    return download(asked.source, asked.chosen, asked.to, agreed=asked.agreed)


def _mapping(maps: Sequence[str]) -> dict[str, str]:
    pairs = [pair for each in maps for pair in each.split(",") if pair.strip()]
    broken = next((pair for pair in pairs if "=" not in pair.strip("=")), None)
    if broken is not None:
        raise BadSource(f"{broken!r} maps nothing: write --map title=Name,year=Year")
    return {field.strip(): column.strip() for field, column in (p.split("=", 1) for p in pairs)}


def _known_encoding(name: str | None) -> str | None:
    with suppress(LookupError):
        return name and codecs.lookup(name).name
    raise BadSource(
        f"there is no encoding {name!r}: use utf-8, cp1252 or another that Python knows"
    )


def _show_mapping(source: Source, path: Path, options: Options) -> None:
    from ...ingest.sources.own import OwnTable  # noqa: PLC0415

    tell(f"Reading as {source.name!r} ({source.wants}).")
    if isinstance(source, OwnTable):
        found = source.mapping(path, options)
        told = ", ".join(f"{field}={column}" for field, column in found.items())
        tell(f"Columns: {told} (change it with --map).")


def _run(job: Job, asked: Asked) -> IngestReport:
    from ...ingest.edge import EdgeCatalogue  # noqa: PLC0415
    from ...ingest.genre_model import genres_of  # noqa: PLC0415
    from ...ingest.run import ingest as run  # noqa: PLC0415
    from ...ingest.run import ledger_of  # noqa: PLC0415
    from ...tools.describing import builtin_describe  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415
    from .opening import opened_catalogue  # noqa: PLC0415

    home = load_settings().home
    with opened_catalogue("light" if asked.light else None) as stored:
        ledger = ledger_of(home, stored)
        line = RowsLine(stored.embedder.name)
        try:
            report = run(
                job, stored, ledger, builtin_describe(stored.embedder, genres_of(stored)), line
            )
        except KeyboardInterrupt:
            tell("Stopped; the same command goes on where it was.")
            raise
        finally:
            line.end()
            ledger.close()
        large = (
            stored.folder if isinstance(stored, EdgeCatalogue) and stored.wants_index() else None
        )
    if large and not job.dry_run:
        _index(large)
    if not job.dry_run or asked.report:
        tell(f"Report: {_write(report, asked.report or home / REPORTS / _name(report))}")
    return report


def _index(folder: Path) -> None:
    """Have a large catalogue searched by an index; ending it with Ctrl-C loses nothing."""
    from ...ingest.edge_index import build_index  # noqa: PLC0415

    tell(
        "Building the index for quick searches, once. The catalogue can be used meanwhile; Ctrl-C "
        "leaves it for the next ingest."
    )
    told = 0.0

    def watch(seconds: float) -> None:
        nonlocal told
        if seconds - told >= _TOLD_EVERY:
            told = seconds
            tell(f"Still building: {span(seconds)}.")

    if not build_index(folder, watch):
        tell("The index is used from the next time on that the catalogue is opened.")


def _name(report: IngestReport) -> str:
    return f"{report.source}-{Path(report.path).name}.json"


def _write(report: IngestReport, file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(report.as_data(), ensure_ascii=False, indent=1), encoding="utf-8")
    return file


class RowsLine(ProgressLine):
    """Progress in rows; where there are very many, it names the embedder that is quicker."""

    def __init__(self, embedder: str) -> None:
        super().__init__("row")
        self._slow = "wordllama" not in embedder

    def __call__(self, done: int, total: int) -> None:
        """Take note of progress; ``total`` is about how many rows there are, 0 for unknown."""
        if self._slow and total > _SLOW_ROWS:
            tell("For this many a catalogue with the light embedder fills quicker: --light.")
        self._slow = False
        super().__call__(done, total)


def _show(report: IngestReport) -> None:
    from .show import rows  # noqa: PLC0415

    if report.whole and report.resumed_at == report.read:
        tell("These files were read before; nothing was done.")
    elif report.resumed_at:
        tell(f"Went on behind row {report.resumed_at:,}.")
    rows(f"{report.source}: {report.path}", ["what", "rows"], list(_lines(report)))


def _lines(report: IngestReport) -> list[list[str]]:
    counts = {"read": report.read, "added": report.added, "merged": report.merged,
              "updated": report.updated}  # fmt: skip
    skipped = {f"skipped: {why}": n for why, n in report.skipped.most_common()}
    mended = {f"repaired: {what}": n for what, n in report.repaired.most_common()}
    open_ = {"in another language, mood left open": report.left_open} if report.left_open else {}
    more = {"without a text": report.without_text, "possible duplicates": report.duplicates}
    told = {**counts, **skipped, **mended, **open_, **more}
    lines = [[name, f"{count:,}"] for name, count in told.items()]
    spent = report.seconds or 1.0
    lines.append(["seconds", f"{report.seconds:.1f}"])
    lines.append(["rows a second", f"{report.rate:,.0f}"])
    for what in ("reading", "describing", "embedding", "storing"):
        share = getattr(report, f"{what}_seconds") / spent
        lines.append([f"share of time {what}", f"{share:.0%}"])
    return lines
