"""What the benches of the Ollama engine play on: scripted servers, the engine, agents."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from ...ingest.catalogue import Catalogue
from ...ingest.edge import EdgeCatalogue
from ...ingest.ollama_embedder import OllamaEmbedder
from ...ingest.ollama_place import OllamaPlace
from ...ingest.starter import open_catalogue, starter_items
from ..companion import MovieAgent
from ..conversations import Conversations, MemoryConversations
from ..engines.ledger import StepName
from ..engines.llm.chat import ChatClient, ChatRequest, Piece
from ..engines.llm.ollama_chat import OllamaChat
from ..engines.llm.tokens import TokenCounter
from ..settings import Settings
from .scripted_model import AnnouncingEngine, GoodModel, step_of
from .scripted_ollama import Fault, ScriptedOllama
from .scripted_shapes import TOKEN

Json = dict[str, Any]

YEAR = 2026
COARSE = 24
"""Characters that come at once where nobody measures."""
FILMS = 160
"""How many films the catalogue has that an embedding model fills."""


class ShippedSettings(Settings):
    """The settings as they ship, whatever somebody has set on this machine."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given in the program, and nothing else."""
        return (init_settings,)


@dataclass
class Clock:
    """Seconds that pass when somebody says so: ``pace`` of them from one look to the next.

    A request that was given up may fail later, and begin another rest.
    """

    now: float = 0.0
    pace: float = 0.0

    def __call__(self) -> float:
        self.now += self.pace
        return self.now


@dataclass(frozen=True)
class Stage:
    """A server with a good model, and agents that speak to it over one catalogue.

    ``embeddings`` has the embedding model where that is another server, ``clock`` is the time
    by which it is left alone after a failure.
    """

    catalogue: Catalogue
    model: GoodModel
    server: ScriptedOllama
    embeddings: ScriptedOllama
    clock: Clock

    def agent(
        self,
        settings: Settings,
        conversations: Conversations | None = None,
        hang_up_at: StepName | None = None,
    ) -> MovieAgent:
        """A new agent; nothing of it needs closing.

        Args:
            settings: time limits among them.
            conversations: where they are kept; in memory of its own where missing.
            hang_up_at: the server goes away just before it is asked for this step.
        """
        client: ChatClient = OllamaChat(self.server.url, settings.turn_seconds)
        if hang_up_at is not None:
            client = _HangingUp(client, self.server, hang_up_at)
        engine = AnnouncingEngine(client, self.catalogue, settings, model=self.model)
        kept = conversations or MemoryConversations()
        return MovieAgent(settings, self.catalogue, kept, engine, year=YEAR)

    def builtin(self, settings: Settings, conversations: Conversations | None = None) -> MovieAgent:
        """The same without a model."""
        kept = conversations or MemoryConversations()
        return MovieAgent(settings, self.catalogue, kept, year=YEAR)

    def spoil(self, step: StepName, fault: Fault, *, once: bool = False) -> None:
        """From now on do this wrong with every request of a step, or the next one only."""
        if step == "embed":
            self.embeddings.fail(fault, "embed")
        else:
            self.server.fail(fault, when=_meant(step, once))

    def heal(self) -> None:
        """Do nothing wrong any more."""
        for server in (self.server, self.embeddings):
            server.heal()


class _HangingUp:
    """A `ChatClient` whose server goes away before it is asked for one step."""

    def __init__(self, client: ChatClient, server: ScriptedOllama, step: StepName) -> None:
        self._client = client
        self._server = server
        self._step = step

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Piece]:
        if step_of({"format": request.schema}) == self._step:
            await asyncio.to_thread(self._server.fail, Fault.REFUSE)
            self._step = "embed"  # once is enough: no chat is of this step
        async with aclosing(self._client.stream(request)) as pieces:
            async for piece in pieces:
                yield piece


def _meant(step: StepName, once: bool) -> Callable[[Json], bool]:
    left = [True]

    def meant(body: Json) -> bool:
        if step_of(body) != step or not left[0]:
            return False
        left[0] = not once
        return True

    return meant


@asynccontextmanager
async def staged(catalogue: Catalogue, chunk: int = TOKEN) -> AsyncGenerator[Stage]:
    """A stage over a catalogue; the server counts tokens as our encoding does.

    ``chunk`` is how many characters of an answer come at once.
    """
    model, count = GoodModel(catalogue), TokenCounter().count
    async with ScriptedOllama(model.reply, chunk=chunk, count=count) as server:
        yield Stage(catalogue, model, server, server, Clock())


class EmbeddingStages:
    """Stages over a small catalogue that an embedding model of another server filled."""

    def __init__(self, folder: Path, model: GoodModel) -> None:
        self._folder = folder / "embedded"
        self._model = model

    @asynccontextmanager
    async def stage(self, seconds: float) -> AsyncGenerator[Stage]:
        """A new one, of which the embedding model has ``seconds`` for the texts of a turn."""
        clock = Clock()
        chats = ScriptedOllama(self._model.reply, chunk=COARSE)
        async with chats, ScriptedOllama() as embeddings:
            place = OllamaPlace(embeddings.url, seconds=seconds)
            catalogue = await asyncio.to_thread(self._opened, place, clock)
            try:
                yield Stage(catalogue, self._model, chats, embeddings, clock)
            finally:
                catalogue.close()

    def _opened(self, place: OllamaPlace, clock: Clock) -> EdgeCatalogue:
        found = OllamaEmbedder.installed(place)
        embedder = OllamaEmbedder(place, found.digest, found.dimension, now=clock)
        if EdgeCatalogue.exists(self._folder):
            return EdgeCatalogue.open(self._folder, embedder)
        made = EdgeCatalogue.create(self._folder, embedder)
        made.upsert(_few())
        return made


def _few() -> list[Any]:
    """Well-known films: those that the bench speaks of are among them."""
    films = sorted(starter_items(), key=lambda item: (-item.popularity, item.id))
    return films[:FILMS]


@contextmanager
def starter_catalogue() -> Iterator[tuple[Path, Catalogue]]:
    """A folder for the bench with the starter catalogue in it; both go at the end."""
    with tempfile.TemporaryDirectory(prefix="moodreel-bench-") as folder:
        catalogue = open_catalogue(Path(folder) / "home")
        try:
            yield Path(folder), catalogue
        finally:
            catalogue.close()


@contextmanager
def unlogged() -> Iterator[None]:
    """Nothing that is logged here reaches the terminal: what fails is in the table."""
    names = (__name__.split(".", maxsplit=1)[0], "langchain_ollama")
    logs = [logging.getLogger(name) for name in names]
    silence, before = logging.NullHandler(), [log.propagate for log in logs]
    for log in logs:
        log.addHandler(silence)
        log.propagate = False
    try:
        yield
    finally:
        for log, propagate in zip(logs, before, strict=True):
            log.removeHandler(silence)
            log.propagate = propagate
