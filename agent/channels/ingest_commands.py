"""The commands behind ``moodreel ingest``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from . import commands, ratings_command
from .descriptions_command import Asked, describe_items
from .genres_command import ingest_genres
from .options import Json
from .video_command import Asked as VideosAsked
from .video_command import ingest_videos


class _Sources(TyperGroup):
    """A word that is no command of its own is the name of a source."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the words ask for."""
        named = bool(args) and (args[0] in self.commands or args[0].startswith("-"))
        return super().resolve_command(ctx, args if named else [_SOURCE, *args])


_SOURCE = "SOURCE"

app = typer.Typer(
    name="ingest",
    help="Add a data set, a table or folder of your own, ratings, or a model's descriptions.",
    cls=_Sources,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _sources() -> None:
    """Add a data set, a table or folder of your own (SOURCE PATH), or what others know of it."""


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
    json: Json = False,
) -> None:
    """Have the ratings of many people improve every list; replaces those of before."""
    asked = ratings_command.Asked(path, liked, fewest, ridge, neighbours, memory, dry_run)
    ratings_command.ingest_ratings(asked, json=json)


@app.command()
def descriptions(
    *,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Describe so many, best known first.")
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", min=1, max=64, help="Ask the model for so many at a time.")
    ] = 2,
    texts: Annotated[
        bool, typer.Option("--texts", help="Only items of which a text was read.")
    ] = False,
    anew: Annotated[
        bool,
        typer.Option("--anew", help="Also what another model described, or has a new text."),
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Also what this model failed with before.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Begin without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it costs only.")] = False,
    json: Json = False,
) -> None:
    """Have the language model describe what nobody described; goes on where it was interrupted."""
    asked = Asked(limit, jobs, texts, anew, retry, yes, dry_run, json)
    describe_items(asked)


@app.command()
def genres(
    json: Json = False,
) -> None:
    """Learn genres from the items whose genres are known, for those of which nobody knows them."""
    ingest_genres(json=json)


@app.command()
def video(
    videos: Annotated[
        list[str],
        typer.Argument(metavar="VIDEO", help="Addresses, YouTube's ids, audio or video files."),
    ],
    *,
    title: Annotated[str | None, typer.Option("--title", help="Its title; its own else.")] = None,
    year: Annotated[int | None, typer.Option("--year", min=1870, max=2100)] = None,
    model: Annotated[
        str,
        typer.Option(
            "--model",
            envvar="MOODREEL_WHISPER_MODEL",
            show_envvar=False,
            help="Speech model (tiny, base, small, …) or its folder.",
        ),
    ] = "small",
    download: Annotated[
        bool, typer.Option("--download", help="Fetch the speech model where it isn't here.")
    ] = False,
    json: Json = False,
) -> None:
    """Add videos by their captions, else by what is said in them; goes on after a stop."""
    asked = VideosAsked(videos, title, year, model, download, json=json)
    raise typer.Exit(ingest_videos(asked))


@app.command(name=_SOURCE)
def source_command(
    source: Annotated[
        str,
        typer.Argument(
            help="auto, movielens, tmdb, netflix, disney, wikipedia, wikipedia-plots, imdb, cmu,"
            " table or folder."
        ),
    ],
    path: Annotated[
        Path | None, typer.Argument(help="A file or folder of it.", show_default=False)
    ] = None,
    *,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="For a table: title=Name,year=Year."),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="Of its text; found out otherwise.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Read so many rows more.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report only.")] = False,
    light: Annotated[
        bool, typer.Option("--light", help="Fill a new catalogue with the light embedder.")
    ] = False,
    download: Annotated[
        bool,
        typer.Option(
            "--download",
            help="Get it from its own address first: movielens, imdb, cmu or wikipedia.",
        ),
    ] = False,
    chosen: Annotated[
        str | None,
        typer.Option("--set", metavar="NAME", help="Of MovieLens: latest-small, 100k, 1m, 32m."),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="Where downloads go.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Accept the terms that are shown.")] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="F", help="Write the report there.")
    ] = None,
    json: Json = False,
) -> None:
    """Add what a source holds; goes on where it was interrupted."""
    commands.ingest(
        source=source,
        path=path,
        maps=maps or (),
        encoding=encoding,
        limit=limit,
        dry_run=dry_run,
        light=light,
        report=report,
        json=json,
        download=download,
        chosen=chosen,
        to=to,
        agreed=yes,
    )
