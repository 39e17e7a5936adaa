"""Every fault of a model server in every step: does an answer come, in time, with nothing lost?"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from ...ingest.catalogue import Catalogue
from ...ingest.ollama_embedder import REST_SECONDS
from ..engines.ledger import StepName
from .ollama_stage import COARSE, EmbeddingStages, Stage, staged, unlogged
from .ollama_trials import USER, Case, Row, try_description, try_stopping, try_turn
from .scripted_model import GoodModel
from .scripted_ollama import Fault

Tell = Callable[[str], None]

_ONLY_VECTORS = (Fault.WRONG_DIMENSION, Fault.FEWER_VECTORS, Fault.NOT_NUMBERS)
CHATS = tuple(fault for fault in Fault if fault not in _ONLY_VECTORS)
VECTORS = (
    Fault.REFUSE, Fault.SLOW, Fault.STALL, Fault.DROP, Fault.RESET, Fault.GARBAGE,
    Fault.WRONG_SHAPE, Fault.HTML, Fault.REDIRECT, Fault.NOT_FOUND, Fault.NO_ROUTE, Fault.ERROR,
    Fault.MEMORY, Fault.TOO_MANY, Fault.BUSY, Fault.NO_SPACE, Fault.EMPTY, Fault.OTHER_MODEL,
    Fault.NO_COUNT, *_ONLY_VECTORS,
)  # fmt: skip
HEADER = (
    "step", "what the server does", "outcome", "notice", "picks", "time", "in limit",
    "state kept", "next turn",
)  # fmt: skip


async def try_faults(catalogue: Catalogue, folder: Path, tell: Tell) -> list[Row]:
    """A row for every fault in every step that it can happen in.

    Where the model was given a second chance, there is another row for a fault that is gone by
    then; and one for a user who stops the turn while the model writes.

    Args:
        catalogue: where plans, rankings and descriptions are tried.
        folder: where a small catalogue can be made, filled by the server's embedding model.
        tell: hears of progress.
    """
    rows: list[Row] = []
    steps: tuple[StepName, ...] = ("plan", "rank", "describe")
    with unlogged():
        async with staged(catalogue, COARSE) as stage:
            for step in steps:
                tell(f"Trying {len(CHATS)} faults in the step {step!r}")
                rows += [row async for row in _chat_rows(stage, step)]
        tell(f"Trying {len(VECTORS)} faults in the step 'embed'")
        stages = EmbeddingStages(folder, GoodModel(catalogue))
        rows += [await _vector_row(stages, Case("embed", fault)) for fault in VECTORS]
    return rows


async def _chat_rows(stage: Stage, step: StepName) -> AsyncIterator[Row]:
    trial = try_description if step == "describe" else try_turn
    for fault in CHATS:
        row = await trial(stage, Case(step, fault))
        yield row
        if row.calls > 1:
            yield await trial(stage, Case(step, fault, once=True))
    if step != "describe":
        yield await try_stopping(stage, Case(step, None))


async def _vector_row(stages: EmbeddingStages, case: Case) -> Row:
    async with stages.stage(case.settings.embed_seconds) as stage:
        return await try_turn(stage, case, rest=REST_SECONDS)


def cells(row: Row) -> list[str]:
    """One row as the table has it."""
    case = row.case
    does = USER if case.fault is None else case.fault.value
    return [
        case.step,
        f"{does} (the first time only)" if case.once else does,
        row.outcome,
        " ".join(row.notices) or "-",
        "-" if row.picks is None else str(row.picks),
        f"{row.seconds:.2f} s of {row.limit:g}",
        _said(row.in_time),
        _said(row.kept),
        "by the model" if row.went_on else "IN TROUBLE",
    ]


def _said(true: bool) -> str:
    return "yes" if true else "NO"


def summary(rows: Sequence[Row]) -> list[str]:
    """The last line of the table: how many cases kept each promise."""
    fine, errors = sum(row.fine for row in rows), sum(bool(row.error) for row in rows)
    kept = zip(*((row.in_time, row.kept, row.went_on) for row in rows), strict=True)
    return [
        "all",
        f"{len(rows)} cases",
        f"{fine} as promised, {errors} unexpected errors",
        f"{sum(bool(row.notices) for row in rows)} with a notice",
        str(sum(row.picks or 0 for row in rows)),
        f"at most {max(row.seconds for row in rows):.2f} s",
        *(f"{sum(each)} of {len(rows)}" for each in kept),
    ]
