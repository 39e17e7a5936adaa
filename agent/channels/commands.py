"""What each command of the terminal does; `terminal` says how it is called."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import BadMessage, UsageError
from .output import as_json, complain, say, tell

if TYPE_CHECKING:
    from ...ingest.item import Item
    from ...tools.query import QueryDimension
    from ..reply import Reply

__all__ = ["ask", "bench", "chat", "complain", "describe", "doctor", "evaluate", "ingest", "replay",
           "similar", "tell", "version", "web"]  # fmt: skip


def version() -> None:
    """Print name and version."""
    from importlib.metadata import version as installed  # noqa: PLC0415

    say(f"moodreel {installed('moodreel')}")


def ask(message: str, conversation: str | None, *, json: bool) -> None:
    """Answer one message.

    Raises:
        UsageError: the message can't be read.
        WorkError: the data folder can't be used.
    """
    text = _from_stdin() if message == "-" else message
    asyncio.run(_one_turn(text, conversation, _print_json if json else _print_words))


async def _one_turn(message: str, conversation: str | None, show: Callable[[Reply], None]) -> None:
    from .opening import conversation_id, open_companion  # noqa: PLC0415

    agent = await open_companion()
    if agent.settings.engine == "ollama":
        tell(agent.choice)
    try:
        # Shown before closing, which waits for the disk.
        show(await agent.send(message, await conversation_id(agent, conversation)))
    finally:
        await agent.close()


def _print_json(reply: Reply) -> None:
    say(as_json(answer_data(reply)))


def _print_words(reply: Reply) -> None:
    from .screens import screen  # noqa: PLC0415

    screen().whole(reply)
    tell(f"Go on with: moodreel ask --conversation {reply.conversation} …")


def answer_data(reply: Reply) -> dict[str, Any]:
    """The object that ``ask --json`` prints; its keys are a promise."""
    whole = reply.model_dump(mode="json")
    kept = ("picks", "understood", "relaxed", "profile", "engine", "notices", "timings_ms",
            "conversation", "turn", "question", "choices")  # fmt: skip
    return {"reply": reply.text, **{name: whole[name] for name in kept}}


def _from_stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8").strip()
    except UnicodeDecodeError:
        raise BadMessage("The message from stdin is not text in UTF-8; send text.") from None


def chat(conversation: str | None) -> None:
    """Hold a conversation until the person leaves."""
    from .chat import hold  # noqa: PLC0415

    hold(conversation)


def web(host: str, port: int | None, auth: str | None, *, mcp: bool, opened: bool) -> None:
    """Serve the chat page until Ctrl-C.

    Raises:
        UsageError: what the page is made of is not installed, or the options can't be.
        WorkError: the port or the data folder can't be used.
    """
    try:
        from .web.launch import run  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name != "gradio":
            raise
        hint = "pip install 'moodreel[web]'"
        raise UsageError(f"The page needs Gradio; get it with: {hint}") from None
    run(host=host, port=port, auth=auth, mcp=mcp, opened=opened, tell=tell)


def similar(title: str, by: QueryDimension | None, count: int, *, json: bool) -> None:
    """List what is nearest to an item.

    Raises:
        UsageError: the title means nothing here, or several things.
    """
    from ...tools.query import Like, Query  # noqa: PLC0415
    from ...tools.retrieve import retrieve  # noqa: PLC0415
    from .opening import opened_catalogue, the_one  # noqa: PLC0415

    dimension = by or "overall"
    with opened_catalogue() as stored:
        item = the_one(stored, title)
        found = retrieve(stored, Query(likes=(Like(id=item.id, dimension=dimension),)), count)
    if json:
        near = [{**_identity(c.item), "scores": dict(c.scores)} for c in found]
        say(as_json({"item": _identity(item), "by": dimension, "similar": near}))
        return
    from .show import meter, rows  # noqa: PLC0415

    rows(
        f"Nearest to {item.label} by {dimension}",
        ["item", dimension],
        [[c.item.label, meter(c.scores[dimension])] for c in found],
    )


def _identity(item: Item) -> dict[str, Any]:
    return {"id": item.id, "title": item.title, "year": item.year}


def describe(**asked: Any) -> None:
    """Describe a text or pictures as `describe_command.Asked` has it.

    Raises:
        UsageError: a file is neither text nor picture.
        EngineError: there are only pictures, and no model that sees.
    """
    from .describe_command import Asked  # noqa: PLC0415
    from .describe_command import describe as run  # noqa: PLC0415

    run(Asked(**asked))


def ingest(**asked: Any) -> None:
    """Read a data set or files of one's own as `ingest_command.Asked` has it.

    Raises:
        BadSource: they can't be read as this source.
    """
    from .ingest_command import Asked  # noqa: PLC0415
    from .ingest_command import ingest as run  # noqa: PLC0415

    run(Asked(**asked))


def doctor(*, json: bool, pull: bool = False) -> int:
    """Print every check; 0 when Moodreel is usable here, else 1. ``pull`` gets models first.

    Raises:
        EngineError: a model could not be pulled.
    """
    from .doctor import examine, usable  # noqa: PLC0415

    if pull:
        _pull()
    checks = examine(tell)
    if json:
        say(as_json({"usable": usable(checks), "checks": [check.as_data() for check in checks]}))
    else:
        for check in checks:
            say(check.line())
    return 0 if usable(checks) else 1


def _pull() -> None:
    from ..settings import load_settings  # noqa: PLC0415
    from .doctor_ollama import RESUME, pull_models  # noqa: PLC0415

    try:
        asyncio.run(pull_models(load_settings()))
    except KeyboardInterrupt:
        tell(f"Stopped; {RESUME}.")
        raise


def bench(part: str, sizes: str = "", minutes: int = 30, *, json: bool) -> None:
    """Measure and print.

    Raises:
        UsageError: the sizes are no numbers.
    """
    from ..bench import measure  # noqa: PLC0415
    from .show import rows  # noqa: PLC0415

    tables = measure(part, tell, _numbers(sizes), minutes)
    if json:
        say(as_json({table.title: [dict(zip(table.header, row, strict=True)) for row in table.rows]
                     for table in tables}))  # fmt: skip
        return
    for place, table in enumerate(tables):
        if not sys.stdout.isatty():
            # Several tables in a pipe are told apart by a line with their title.
            say(f"{chr(10) if place else ''}# {table.title}")
        rows(table.title, table.header, table.rows)


def _numbers(said: str) -> list[int]:
    found = [each.strip() for each in said.split(",") if each.strip()]
    wrong = next((each for each in found if not each.isdecimal() or int(each) < 64), None)
    if wrong is not None:
        raise UsageError(f"{wrong!r} is no size: give numbers from 64 on, as in 1000,10000.")
    return [*map(int, found)]


def replay(**asked: Any) -> int:
    """Play scripts as `replay_command.Asked` has it; the exit code.

    Raises:
        UsageError: the options, a script or a file can't be used.
    """
    from .replay_command import Asked  # noqa: PLC0415
    from .replay_command import replay as play  # noqa: PLC0415

    return play(Asked(**asked))


MEASUREMENTS = {
    "understanding": "moodreel.agent.engines.measure",
    "retrieval": "moodreel.tools.evaluate",
    "description": "moodreel.tools.describe_check",
    "simulation": "moodreel.agent.replay.simulate",
    "community": "moodreel.tools.community_check",
    "genres": "moodreel.agent.engines.measure_genres",
    "trailers": "moodreel.tools.trailers_check",
    "groups": "moodreel.agent.replay.simulate.groups",
    "sources": "moodreel.tools.sources_check",
}
"""Which module measures what; each is a program that prints a table."""


def evaluate(name: str, data: Path | None, options: Sequence[str] = ()) -> int:
    """Run the measurement of the module that owns it with options of its own; its exit code.

    Raises:
        UsageError: the data folder is not there.
    """
    if data is not None and not data.is_dir():
        raise UsageError(f"There is no folder {str(data)!r}; name the one with the data sets.")
    command = [sys.executable, "-m", MEASUREMENTS[name], *([str(data)] if data else []), *options]
    return subprocess.run(command, check=False).returncode  # noqa: S603 (this interpreter)
