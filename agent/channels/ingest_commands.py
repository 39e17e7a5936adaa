"""The commands behind ``moodreel ingest``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .ratings_command import Asked, ingest_ratings

app = typer.Typer(
    name="ingest",
    help="Add data: ratings of many people.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _sources() -> None:
    """Add data: ratings of many people."""


@app.command()
def ratings(
    path: Annotated[
        Path,
        typer.Argument(help="MovieLens' folder, or any CSV with user, item, rating; may be .gz."),
    ],
    *,
    liked: Annotated[
        float | None,
        typer.Option("--liked", help="Likes start at this rating; at 4 of 5, 8 of 10 else."),
    ] = None,
    fewest: Annotated[
        int, typer.Option("--fewest", min=1, help="People who must like an item.")
    ] = 5,
    ridge: Annotated[
        float, typer.Option("--ridge", min=0.001, help="Larger trusts few people less.")
    ] = 300.0,
    neighbours: Annotated[
        int, typer.Option("--neighbours", min=1, max=1000, help="Kept for each item.")
    ] = 100,
    memory: Annotated[
        int, typer.Option("--memory", metavar="MB", min=1, help="Most that the fit may hold.")
    ] = 2_000,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and match, store nothing.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object and nothing else.")
    ] = False,
) -> None:
    """Have the ratings of many people improve every list; replaces those of before."""
    asked = Asked(path, liked, fewest, ridge, neighbours, memory, dry_run)
    ingest_ratings(asked, json=json)
