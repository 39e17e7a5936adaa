"""What an Ollama server has and does besides chatting: version, models, downloads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from ....errors import EngineError
from .place import ModelMissing, NotOllama, Place, ServerUnreachable, not_ollama
from .words import one_line, same_model

if TYPE_CHECKING:
    import httpx
    from ollama import AsyncClient

__all__ = [
    "InstalledModel",
    "LoadedModel",
    "ModelFacts",
    "ModelMissing",
    "NotOllama",
    "OllamaServer",
    "PullProgress",
    "ServerUnreachable",
    "answers",
    "same_model",
]

CONNECT_SECONDS = 1.0
READ_SECONDS = 5.0
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class InstalledModel:
    """A model the server has; ``bytes`` on disk."""

    name: str
    bytes: int = 0
    digest: str = ""
    family: str = ""
    parameters: str = ""
    quantization: str = ""


@dataclass(frozen=True)
class ModelFacts:
    """What a server knows of one model; ``context_length`` is the most tokens it was trained for,
    ``capabilities`` are words such as ``completion``, ``vision``, ``embedding``, ``thinking``."""

    name: str
    context_length: int | None = None
    embedding_length: int | None = None
    capabilities: tuple[str, ...] = ()
    family: str = ""
    parameters: str = ""
    quantization: str = ""


@dataclass(frozen=True)
class LoadedModel:
    """A model in memory: ``bytes`` in all, ``on_gpu`` of them in the memory of a graphics card;
    ``context_length`` is the ``num_ctx`` it was loaded with."""

    name: str
    bytes: int = 0
    on_gpu: int = 0
    context_length: int | None = None


@dataclass(frozen=True)
class PullProgress:
    """A moment of a download: ``done`` of ``total`` bytes of one layer, where it has begun."""

    status: str
    done: int | None = None
    total: int | None = None


async def answers(url: str, seconds: float = 0.5) -> bool:
    """Whether anything listens at a URL; asks nothing and imports no client."""
    parts = urlsplit(url)
    port = parts.port or DEFAULT_PORTS.get(parts.scheme, 80)
    try:
        async with asyncio.timeout(seconds):
            _, writer = await asyncio.open_connection(parts.hostname, port)
    except (OSError, ValueError):  # TimeoutError is an OSError; a broken host name a ValueError
        return False
    writer.close()
    return True


class OllamaServer:
    """One server, by URL, which may carry user and password.

    Every method raises `ServerUnreachable` where nothing answers, `NotOllama` where something else
    does, and `EngineError` with one clause for what the server refuses. ``seconds`` is how long it
    may stay silent; a download has no such limit.
    """

    def __init__(self, url: str, seconds: float = READ_SECONDS) -> None:
        self.url = url
        self._seconds = seconds

    async def version(self) -> str:
        """Its version, such as ``0.12.6``."""
        async with _asked(Place(self.url, seconds=self._seconds)) as place:
            async with _web(place) as web:
                version = (await web.get("api/version")).json()["version"]
            if not isinstance(version, str):
                raise not_ollama(place)
            return one_line(version, 40)

    async def models(self) -> list[InstalledModel]:
        """All models it has."""
        async with self._client() as client:
            return [_installed(each) for each in (await client.list()).models]

    async def installed(self, name: str) -> InstalledModel | None:
        """The model of a name; ``gemma3`` and ``gemma3:latest`` are the same."""
        return next((each for each in await self.models() if same_model(each.name, name)), None)

    async def show(self, model: str) -> ModelFacts | None:
        """Facts of one model; none when the server doesn't have it."""
        try:
            async with self._client(model) as client:
                return _facts(model, await client.show(model))
        except ModelMissing:
            return None

    async def loaded(self) -> list[LoadedModel]:
        """The models in memory."""
        async with self._client() as client:
            return [_loaded(each) for each in (await client.ps()).models]

    async def pull(self, model: str) -> AsyncGenerator[PullProgress, None]:
        """Download a model; closing this early keeps what was there, and it goes on from there.

        Raises:
            ModelMissing: there is no such model to download.
        """
        async with self._client(model, endless=True) as client:
            lines = cast("AsyncGenerator[Any, None]", await client.pull(model, stream=True))
            async with aclosing(lines):
                async for line in lines:
                    yield PullProgress(one_line(line.status or ""), line.completed, line.total)

    @asynccontextmanager
    async def _client(
        self, model: str = "", *, endless: bool = False
    ) -> AsyncGenerator[AsyncClient, None]:
        silent = None if endless else self._seconds
        async with _asked(Place(self.url, model, silent)) as place, _ollama(place) as client:
            yield client


@asynccontextmanager
async def _asked(place: Place) -> AsyncGenerator[Place, None]:
    """Say in one clause whatever fails in asking a server."""
    from ollama import ResponseError  # noqa: PLC0415 - a client that most starts don't need

    from . import wire  # noqa: PLC0415 - likewise

    try:
        yield place
    except EngineError:
        raise
    except ResponseError as error:
        raise wire.refusal(error.status_code, error.error, place) from error
    except wire.GARBLED as error:
        raise not_ollama(place) from error
    except wire.FAILED as error:
        raise wire.failure(error, place) from error


def _web(place: Place) -> httpx.AsyncClient:
    import httpx  # noqa: PLC0415 - likewise

    return httpx.AsyncClient(base_url=place.bare, **_options(place))


def _ollama(place: Place) -> AsyncClient:
    from ollama import AsyncClient  # noqa: PLC0415 - likewise

    return AsyncClient(place.bare, **_options(place))


def _options(place: Place) -> dict[str, Any]:
    from . import wire  # noqa: PLC0415 - likewise

    hooks = {"response": [wire.vetting(place)]}
    return {**wire.client_options(place, CONNECT_SECONDS), "event_hooks": hooks}


def _installed(model: Any) -> InstalledModel:
    details = model.details
    return InstalledModel(
        name=model.model or "",
        bytes=int(model.size or 0),
        digest=model.digest or "",
        family=(details and details.family) or "",
        parameters=(details and details.parameter_size) or "",
        quantization=(details and details.quantization_level) or "",
    )


def _loaded(model: Any) -> LoadedModel:
    return LoadedModel(
        name=model.model or model.name or "",
        bytes=int(model.size or 0),
        on_gpu=int(model.size_vram or 0),
        context_length=model.context_length,
    )


def _facts(name: str, told: Any) -> ModelFacts:
    info, details = told.modelinfo or {}, told.details
    family = info.get("general.architecture") or (details and details.family) or ""
    return ModelFacts(
        name=name,
        context_length=_whole_number(info.get(f"{family}.context_length")),
        embedding_length=_whole_number(info.get(f"{family}.embedding_length")),
        capabilities=tuple(told.capabilities or ()),
        family=family,
        parameters=(details and details.parameter_size) or "",
        quantization=(details and details.quantization_level) or "",
    )


def _whole_number(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and value > 0 else None
