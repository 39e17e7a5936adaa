"""What a script is played on: a catalogue, and an agent of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from ...errors import EngineError, UsageError
from ...ingest.catalogue import Catalogue
from ...ingest.edge import EdgeCatalogue
from ...ingest.embedding import Embedder, EmbedderChoice, choose_embedder
from ...ingest.item import Item
from ...ingest.starter import open_catalogue
from ..companion import MovieAgent
from ..conversations import MemoryConversations
from ..embedding_step import place_of
from ..engines.base import Engine
from ..engines.choose import choose_engine
from ..settings import Settings, load_settings
from .files import refused, text_of
from .load import Loaded
from .options import EngineChoice

MakeEngine = Callable[[Settings, Catalogue], Awaitable[Engine | None]]
OWN = ("home", "conversations", "engine", "allow_adding", "tmdb_key")
"""Settings that a script has no say in, or says elsewhere."""
_OUTCOME = ("picks", "candidates", "rank_candidates", "max_message_chars", "temperature")
"""Settings that decide what is answered: as they ship, unless the script says otherwise."""


class Stage:
    """Catalogues for scripts, each built once in a folder that is given, and agents over them."""

    def __init__(
        self,
        folder: Path,
        engine: EngineChoice | None = None,
        make: MakeEngine | None = None,
    ) -> None:
        """Prepare; nothing is opened before a script needs it.

        Args:
            folder: where catalogues are kept; whose it is removes it.
            engine: for scripts that name none; the builtin engine where none is given.
            make: gives the engine for settings and a catalogue, or None for that of the settings.
        """
        self.folder = folder
        self._engine: EngineChoice = engine or "builtin"
        self._make = make
        self._catalogues: dict[tuple[Path | None, str], Catalogue] = {}
        self._embedders: dict[str, Embedder] = {}
        self._opening = asyncio.Lock()

    async def agent(self, loaded: Loaded) -> MovieAgent:
        """An agent for one run of a script: conversations and engine are nobody else's.

        Raises:
            BadScript: the setup names what there is not.
            EngineError: a model is asked for and can't serve.
        """
        settings = self._settings(loaded)
        catalogue = await self._catalogue(loaded, settings)
        engine = await self._chosen(settings, catalogue, loaded)
        store, year = MemoryConversations(), self.year(loaded)
        return MovieAgent(settings, catalogue, store, engine, year)

    @staticmethod
    def year(loaded: Loaded) -> int:
        """The present year of a script; that of the clock where it says none."""
        return loaded.script.setup.year or date.today().year

    def close(self) -> None:
        """Close every catalogue."""
        for catalogue in self._catalogues.values():
            catalogue.close()

    def _settings(self, loaded: Loaded) -> Settings:
        given = loaded.script.setup.settings
        wrong = [name for name in given if name not in Settings.model_fields or name in OWN]
        if wrong:
            problem = f"{wrong[0]!r} is no setting that a script can make"
            raise refused(loaded, problem, "setup", "settings", wrong[0])
        shipped = {name: Settings.model_fields[name].default for name in _OUTCOME}
        engine = loaded.script.setup.engine or self._engine
        try:
            return load_settings(
                **{**shipped, **given},
                home=self.folder,
                conversations="memory",
                engine=engine,
            )
        except UsageError as error:
            raise refused(loaded, str(error), "setup", "settings") from None

    async def _catalogue(self, loaded: Loaded, settings: Settings) -> Catalogue:
        path = loaded.script.setup.catalogue
        source = (loaded.folder / path).resolve() if path else None
        async with self._opening:
            key = (source, settings.embedder)
            if key not in self._catalogues:
                opened = await asyncio.to_thread(self._opened, loaded, source, settings)
                self._catalogues[key] = opened
            return self._catalogues[key]

    def _opened(self, loaded: Loaded, source: Path | None, settings: Settings) -> Catalogue:
        embedder = self._embedder(settings)
        place = self.folder / f"catalogue-{len(self._catalogues)}"
        if source is None:
            return open_catalogue(place, embedder, None, place_of(settings))
        items = _items(loaded, source)
        made = EdgeCatalogue.create(place, embedder)
        made.upsert(items)
        return made

    def _embedder(self, settings: Settings) -> Embedder:
        choice: EmbedderChoice = settings.embedder
        if choice not in self._embedders:
            journal = self.folder / "vectors.journal"
            self._embedders[choice] = choose_embedder(choice, place_of(settings), journal)
        return self._embedders[choice]

    async def _chosen(self, settings: Settings, catalogue: Catalogue, loaded: Loaded) -> Engine:
        made = await self._make(settings, catalogue) if self._make else None
        if made is not None:
            return made
        chosen = await choose_engine(settings, catalogue)
        if not chosen.as_wished and not _expects_fallback(loaded):
            raise EngineError(chosen.says)
        return chosen.engine


def _expects_fallback(loaded: Loaded) -> bool:
    """Whether a script is about what happens without the model."""
    script = loaded.script
    expected = [script.expect, *(turn.expect for turn in script.turns)]
    return any(each.notices or each.engine == "builtin" for each in expected)


def _items(loaded: Loaded, source: Path) -> list[Item]:
    """The items of a JSONL file, one a line."""
    lines = text_of(loaded, source, "setup", "catalogue").splitlines()
    items = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                items.append(Item.model_validate_json(line))
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                where = ".".join(str(part) for part in first["loc"]) or "the line"
                said = f"{source.name}, line {number}, {where}: {first['msg']}"
                raise refused(loaded, said, "setup", "catalogue") from None
    if not items:
        raise refused(loaded, f"{source.name} has no items", "setup", "catalogue")
    return items
