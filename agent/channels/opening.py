"""Opening the companion or its catalogue for one command, and naming what it is asked about."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...errors import UnknownItem
from .output import tell

if TYPE_CHECKING:
    from ...ingest.catalogue import Catalogue
    from ...ingest.embedding import EmbedderChoice
    from ...ingest.item import Item
    from ...ingest.titles import TitleMatch
    from ..companion import MovieAgent


class BuildLine:
    """A progress line on stderr: redrawn on a terminal, written once in a pipe."""

    def __init__(self) -> None:
        self._shown = -1

    def __call__(self, done: int, total: int) -> None:
        """Take note of progress; it ends the line when all is done."""
        share = 100 * done // max(total, 1)
        if not sys.stderr.isatty():
            if self._shown < 0:
                tell("Building the catalogue, once: some seconds, with a model of Ollama minutes.")
            self._shown = share
            return
        if share != self._shown:
            self._shown = share
            end = "\n" if done >= total else ""
            sys.stderr.write(f"\rBuilding the catalogue, once: {share} %{end}")
            sys.stderr.flush()


async def open_companion() -> MovieAgent:
    """The agent with the settings of this environment, soon warm; the caller closes it."""
    from .. import logs  # noqa: PLC0415
    from ..companion import MovieAgent  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415
    from ..warming import warm  # noqa: PLC0415

    settings = load_settings()
    logs.follow(settings)
    agent = await MovieAgent.open(settings, progress=BuildLine())
    warm(agent.catalogue)
    return agent


@contextmanager
def opened_catalogue(
    embedder: EmbedderChoice | None = None, *, local: bool = False
) -> Iterator[Catalogue]:
    """The catalogue of the settings; closed at the end.

    Args:
        embedder: overrules the settings.
        local: take that of the data folder, even where a server has another one.
    """
    from ...ingest.starter import open_catalogue  # noqa: PLC0415
    from .. import logs  # noqa: PLC0415
    from ..embedding_step import place_of  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415

    settings = load_settings()
    logs.follow(settings)
    stored = open_catalogue(
        settings.home,
        embedder or settings.embedder,
        BuildLine(),
        place_of(settings),
        None if local else settings.server,
    )
    try:
        yield stored
    finally:
        stored.close()


def new_conversation() -> str:
    """A name for a conversation that has none yet: eight hex digits."""
    return uuid.uuid4().hex[:8]


async def conversation_id(agent: MovieAgent, asked: str | None) -> str:
    """The conversation to talk in: the one asked for, or a new one.

    One that isn't known is begun under that name, and a remark says so, because a mistyped
    name would otherwise look like a companion that has forgotten everything.
    """
    if asked is None:
        return new_conversation()
    from ..intake import checked_conversation  # noqa: PLC0415

    checked_conversation(asked)
    if asked not in await agent.conversations():
        tell(f"There is no conversation {asked!r} yet, so it begins here.")
    return asked


def the_one(stored: Catalogue, title: str) -> Item:
    """The item that a title means.

    Raises:
        UnknownItem: none, or several; the message names the choices.
    """
    matches = stored.find(title)
    if not matches:
        raise UnknownItem(f"There is no item called {title!r} in the catalogue; check the title.")
    best = [match for match in matches if match.exact] or matches[:1]
    if len(best) > 1:
        raise UnknownItem(f"{title!r} may mean {_choices(best)}; say which, with its year.")
    if not best[0].exact and len(matches) > 1 and matches[1].score == best[0].score:
        raise UnknownItem(f"{title!r} may mean {_choices(matches[:5])}; say which.")
    return stored.get([best[0].id])[best[0].id]


def _choices(matches: list[TitleMatch]) -> str:
    names = [f"{m.title} ({m.year})" if m.year else m.title for m in matches]
    return f"{', '.join(names[:-1])} or {names[-1]}"
