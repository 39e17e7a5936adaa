"""The command line: ``moodreel``. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from ...errors import MoodreelError, UsageError
from . import (
    catalogue_commands,
    commands,
    discord_command,
    history_command,
    ingest_commands,
    measure_commands,
    night_command,
    sessions_command,
    slack_command,
)
from .options import Json
from .streams import as_utf8, ready_streams

# typer may carry its own copy of click: its errors are reached through what typer exports.
ClickError: type[Exception] = typer.BadParameter.__mro__[2]

app = typer.Typer(
    name="moodreel",
    help="A film companion you talk to: it finds films by mood, audience and plot.",
    epilog="Settings are environment variables, MOODREEL_HOME among them; see the README.",
    add_completion=False,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(measure_commands.app)
app.add_typer(history_command.app)
app.add_typer(night_command.app)
app.add_typer(sessions_command.app)
app.add_typer(discord_command.app)
app.add_typer(ingest_commands.app)
app.add_typer(slack_command.app)
app.add_typer(catalogue_commands.app)

Conversation = Annotated[
    str | None, typer.Option("--conversation", metavar="ID", help="Continue this conversation.")
]


class By(StrEnum):
    """What `similar` compares."""

    MOOD = "mood"
    AUDIENCE = "audience"
    PLOT = "plot"


class Kind(StrEnum):
    """As what `describe` takes a text."""

    TRAILER = "trailer"


def _show_version(wanted: bool) -> None:
    if wanted:
        commands.version()
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version."),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Print the log, and a traceback where something fails.")
    ] = False,
) -> None:
    """Read the options that stand before a command; `main` looks for ``--debug`` itself."""
    if context.invoked_subcommand is None:
        commands.tell(context.get_help())
        raise typer.Exit(UsageError.exit_code)


@app.command()
def ask(
    message: Annotated[str, typer.Argument(help="What you feel like; - reads it from stdin.")],
    conversation: Conversation = None,
    json: Json = False,
) -> None:
    """Say one thing, get one answer."""
    commands.ask(message, conversation, json=json)


@app.command()
def chat(conversation: Conversation = None) -> None:
    """Hold a conversation; /help inside says what else it takes."""
    commands.chat(conversation)


@app.command()
def web(
    host: Annotated[
        str, typer.Option("--host", help="Address to listen at; 0.0.0.0 is the whole network.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option("--port", min=1, max=65_535, help="Port; 7860 or the next free one else."),
    ] = None,
    auth: Annotated[
        str | None,
        typer.Option(
            "--auth",
            metavar="USER:PASSWORD",
            envvar="MOODREEL_AUTH",
            show_envvar=False,
            help="Ask for this name and password; MOODREEL_AUTH does the same unseen.",
        ),
    ] = None,
    mcp: Annotated[
        bool, typer.Option("--mcp", help="Offer the tools to MCP clients too (extra: mcp).")
    ] = False,
    opened: Annotated[
        bool, typer.Option("--open", help="Open the page in this computer's browser.")
    ] = False,
) -> None:
    """Serve the chat page."""
    commands.web(host, port, auth, mcp=mcp, opened=opened)


@app.command()
def similar(
    title: Annotated[str, typer.Argument(help='As people call it: "Heat", "Dune (2021)".')],
    by: Annotated[By | None, typer.Option("--by", help="One dimension; all of them else.")] = None,
    count: Annotated[int, typer.Option("--count", min=1, max=50, help="How many.")] = 10,
    json: Json = False,
) -> None:
    """Find what is nearest to one item."""
    commands.similar(title, by.value if by else None, count, json=json)


@app.command()
def describe(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="A text, transcript or subtitle file, or pictures (PNG, JPEG, WebP) that belong"
            " together; - reads stdin.",
        ),
    ],
    *,
    add: Annotated[bool, typer.Option("--add", help="Make it recommendable from now on.")] = False,
    title: Annotated[str | None, typer.Option("--title", help="Its title, for --add.")] = None,
    who: Annotated[
        bool, typer.Option("--who", help="Say which kept conversations would like it, and why.")
    ] = False,
    kind: Annotated[
        Kind | None,
        typer.Option("--as", help="The text is the captions of a trailer: sum up its film."),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", min=1870, max=2100, help="Its year, beside --title.")
    ] = None,
    shots: Annotated[
        int, typer.Option("--shots", min=0, max=3, help="Examples that a model is shown of it.")
    ] = 0,
    json: Json = False,
) -> None:
    """Say what any text is like: mood, audience, plot, tags, genres; with Ollama pictures too."""
    commands.describe(
        files=files,
        json=json,
        add=add,
        title=title,
        who=who,
        kind=kind.value if kind else None,
        year=year,
        shots=shots,
    )


@app.command()
def doctor(
    pull: Annotated[
        bool, typer.Option("--pull", help="First get the models that are missing, from Ollama.")
    ] = False,
    json: Json = False,
) -> None:
    """Say what works here, Ollama and its models too, and what to do about what doesn't."""
    raise typer.Exit(commands.doctor(json=json, pull=pull))


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and leave with its exit code: 0 fine, 1 the work failed, 2 wrong use."""
    # Starting makes a million objects and no garbage: looking for some takes a seventh of the
    # time to the first answer. A chat turns it on again.
    gc.disable()
    # httpx, which langgraph imports, loads a command line of its own where it can.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
    ready_streams()
    given = [as_utf8(word) for word in sys.argv[1:]] if arguments is None else arguments
    debug = "--debug" in given
    _log(debug=debug)
    # Taken out here, so that it may stand behind a command too.
    words = [word for word in given if word != "--debug"]
    sys.exit(_run(lambda: app(words, standalone_mode=False), debug=debug))


def _log(*, debug: bool) -> None:
    """Show what is logged with ``--debug`` only: replies carry notices that are made for people."""
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())
    if debug:
        from ..logs import set_up  # noqa: PLC0415

        set_up("info")


def _run(command: Callable[[], object], *, debug: bool) -> int:
    try:
        result = command()
    except BrokenPipeError:
        # The reader has left, as `head` does: nothing more can or need be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except Exception as error:
        if debug:
            raise
        return _explain(error)
    return result if isinstance(result, int) else 0


def _explain(error: Exception) -> int:
    if isinstance(error, MoodreelError):
        text, code = str(error), error.exit_code
    elif isinstance(error, OSError):
        named = f" ({error.filename!r})" if error.filename else ""
        text, code = f"The system refused: {error.strerror or error}{named}.", 1
    elif isinstance(error, ClickError):
        said = error.format_message()  # type: ignore[attr-defined]
        said = said.replace("Value error, ", "").replace("Input should", "it should").rstrip(". ")
        text, code = f"{said}. See: moodreel --help", UsageError.exit_code
    else:
        what = f"{type(error).__name__}: {error}"
        text, code = f"An unexpected error, sorry: {what}; --debug shows where it happened.", 1
    commands.complain(text)
    return code
