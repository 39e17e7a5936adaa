"""``moodreel bench``, ``eval`` and ``replay``: how fast it is, how good, and what it answers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from . import commands
from .options import Json

app = typer.Typer(rich_markup_mode=None)


class Engine(StrEnum):
    """Who answers in `replay`."""

    BUILTIN = "builtin"
    OLLAMA = "ollama"
    AUTO = "auto"


class Part(StrEnum):
    """What `bench` measures."""

    CORE = "core"
    OLLAMA = "ollama"
    WEB = "web"
    CATALOGUE = "catalogue"
    SCALE = "scale"
    ALL = "all"


class Quality(StrEnum):
    """What `eval` measures."""

    UNDERSTANDING = "understanding"
    RETRIEVAL = "retrieval"
    DESCRIPTION = "description"
    SIMULATION = "simulation"
    COMMUNITY = "community"
    GENRES = "genres"
    TRAILERS = "trailers"
    GROUPS = "groups"
    SOURCES = "sources"


@app.command()
def bench(
    part: Annotated[Part, typer.Argument(help="What to measure.")] = Part.CORE,
    sizes: Annotated[
        str, typer.Option("--sizes", help="For scale: numbers of items, as in 1000,10000.")
    ] = "",
    minutes: Annotated[
        int, typer.Option("--minutes", min=1, help="For scale: time for each size.")
    ] = 30,
    json: Json = False,
) -> None:
    """Measure speed and memory on this machine."""
    commands.bench(part.value, sizes, minutes, json=json)


@app.command(
    name="eval", context_settings={"allow_extra_args": True, "ignore_unknown_options": True}
)
def evaluate(
    context: typer.Context,
    name: Annotated[Quality, typer.Argument(help="What to measure.")],
    data: Annotated[
        Path | None, typer.Option("--data", help="Folder with public data sets.")
    ] = None,
) -> None:
    """Measure understanding, retrieval, descriptions, simulations, genres, ratings, or reading.

    Further options are those of the measurement, as `--users 20` of `simulation`.
    """
    raise typer.Exit(commands.evaluate(name.value, data, context.args))


@app.command()
def replay(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE", help="Scripts (YAML), or folders of them.", show_default=False
        ),
    ] = None,
    *,
    engine: Annotated[
        Engine | None,
        typer.Option("--engine", help="For scripts that name none; the builtin one else."),
    ] = None,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="DIR", help="Keep the model's answers there.")
    ] = None,
    taped: Annotated[
        Path | None,
        typer.Option("--replay", metavar="DIR", help="Take the model's answers from there."),
    ] = None,
    repeat: Annotated[
        int | None,
        typer.Option("--repeat", min=1, max=1000, help="Play each script so often, for pass^k."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", min=1, max=256, help="At a time: one a processor; with a model one."
        ),
    ] = None,
    only: Annotated[
        str,
        typer.Option("--only", metavar="GLOB", help="Scenarios, files or tags (tag:NAME) like it."),
    ] = "",
    judge: Annotated[
        bool, typer.Option("--judge", help="Have a model answer the rubrics of scripts.")
    ] = False,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="F", help="Write JUnit XML there.")
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="F", help="Write all that happened there.")
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="F", help="Write a page with every turn there."),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option("--compare", metavar="OLD", help="Say what changed since that --json file."),
    ] = None,
    save: Annotated[
        str | None,
        typer.Option("--save", metavar="ID", help="Print a conversation as a script instead."),
    ] = None,
) -> None:
    """Play scripted dialogues, check every answer; exit code 1 where a check fails."""
    chosen = engine.value if engine else None
    raise typer.Exit(
        commands.replay(
            files=files or (),
            engine=chosen,
            record=record,
            replay=taped,
            repeat=repeat,
            jobs=jobs,
            only=only,
            judge=judge,
            junit=junit,
            json=json,
            html=html,
            compare=compare,
            save=save,
        )
    )
