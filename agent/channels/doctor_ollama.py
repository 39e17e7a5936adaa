"""Downloading the models that the settings name, with progress; what was done is never lost."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from typing import TYPE_CHECKING, Protocol

from ...errors import EngineError
from ..engines.llm.finding import gigabytes
from .output import clean, tell

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from ..engines.llm.server import OllamaServer, PullProgress
    from ..settings import Settings

STEP = 10
"""Percent between two lines in a pipe."""
RESUME = "run this again and it goes on where it stopped"
_DONE = "success"

_NO_SPACE = re.compile(r"no space|disk.*full|quota", re.IGNORECASE)
_NO_NETWORK = re.compile(
    r"no such host|dial tcp|i/o timeout|network is unreachable|TLS handshake|connection refused"
    r"|max retries|no route to host|temporary failure|server misbehaving|EOF",
    re.IGNORECASE,
)


class Shown(Protocol):
    """Where the progress of one download is seen."""

    def __call__(self, status: str, done: int, total: int) -> None:
        """Show what is being done, and how many bytes of how many are there; total 0: unknown."""
        ...


class Lines:
    """Progress in a pipe: a line every ten percent."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._told = 0

    def __call__(self, status: str, done: int, total: int) -> None:
        """Tell it where it has grown enough."""
        percent = 100 * done // total if total else 0
        # The layers become known one by one, so that the share may fall; it is told once.
        if percent >= self._told + STEP:
            self._told = percent - percent % STEP
            tell(f"{self._model}: {self._told} % of {gigabytes(total)}")


class Bar:
    """Progress on a terminal: a bar with speed and remaining time."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def __call__(self, status: str, done: int, total: int) -> None:
        """Redraw it."""
        self._progress.update(self._task, completed=done, total=total or None, status=clean(status))


@contextmanager
def shown(model: str) -> Iterator[Shown]:
    """A bar on a terminal, lines in a pipe; both on stderr, where they are no answer."""
    if not sys.stderr.isatty():
        tell(f"Pulling {model}.")
        yield Lines(model)
        return
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    from .show import console  # noqa: PLC0415

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[status]}", markup=False),
    )
    with Progress(*columns, console=console(sys.stderr)) as progress:
        yield Bar(progress, progress.add_task(clean(model), total=None, status=""))


async def pull_models(settings: Settings) -> None:
    """Download the chat model, and the embedding model where one is used; both only if missing.

    Stopping it loses nothing: the server keeps what it has and goes on from there next time.

    Raises:
        EngineError: one sentence on what stands in the way and what to do.
    """
    from ..engines.llm.diagnosis import needed_embedding  # noqa: PLC0415
    from ..engines.llm.server import OllamaServer  # noqa: PLC0415

    server = OllamaServer(settings.ollama_url)
    embedding = needed_embedding(settings)
    for model in [settings.model, *([embedding.model] if embedding else [])]:
        await pull_model(server, model)


async def pull_model(server: OllamaServer, model: str) -> None:
    """Download one model unless it is there.

    Raises:
        EngineError: one sentence on what stands in the way and what to do.
    """
    from ..engines.llm.words import one_line  # noqa: PLC0415

    name = one_line(model, 80)
    try:
        if await server.installed(model) is not None:
            tell(f"{name} is there already.")
            return
        with shown(name) as show:
            await _pulled(server, model, show)
    except EngineError as error:
        raise EngineError(sentence(name, error)) from error
    tell(f"{name} is there now.")


async def _pulled(server: OllamaServer, model: str, show: Shown) -> None:
    """Follow a download to its end, summing up its layers."""
    layers: dict[str, tuple[int, int]] = {}
    status = ""
    async with aclosing(server.pull(model)) as moments:
        async for moment in moments:
            status = moment.status
            _note(layers, moment)
            done = sum(part for part, _ in layers.values())
            show(status, done, sum(whole for _, whole in layers.values()))
    if status != _DONE:
        raise EngineError("the connection broke off")


def _note(layers: dict[str, tuple[int, int]], moment: PullProgress) -> None:
    if moment.total:
        layers[moment.status] = (min(moment.done or 0, moment.total), moment.total)


def sentence(model: str, error: EngineError) -> str:
    """Why a model could not be downloaded, and what to do."""
    from ..engines.llm.place import ModelMissing, NotOllama, ServerUnreachable  # noqa: PLC0415

    told = str(error)
    if isinstance(error, ModelMissing):
        what = "there is no model of this name; the names are at https://ollama.com/library"
    elif isinstance(error, ServerUnreachable | NotOllama):
        what = told
    elif _NO_SPACE.search(told):
        what = f"the disk of the machine that Ollama runs on is full; free some GB, then {RESUME}"
    elif _NO_NETWORK.search(told):
        what = f"Ollama can't reach its library; check its network, then {RESUME}"
    else:
        what = f"{told}; {RESUME}"
    return f"{model!r} could not be pulled: {what}."
