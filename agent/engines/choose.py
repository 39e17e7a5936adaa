"""Who understands and ranks in this session: decided once, and said in one sentence."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from ...errors import EngineError
from ...ingest.catalogue import Catalogue
from ..settings import Settings
from .base import Engine
from .builtin import BuiltinEngine
from .llm.place import Place, ServerUnreachable
from .llm.server import OllamaServer, answers
from .llm.words import one_line

PROBE_SECONDS = 0.5
"""Time to find out that nobody is there, which most starts of ``auto`` do."""
ASK_SECONDS = 2.5
"""Time for a server that is there to name itself and its model."""


@dataclass(frozen=True)
class Chosen:
    """The engine, and one sentence on which it is and why; ``as_wished`` where nothing is amiss."""

    engine: Engine
    says: str
    as_wished: bool = True


async def choose_engine(settings: Settings, catalogue: Catalogue) -> Chosen:
    """The engine of the settings, with Ollama's server asked for at most 3 seconds.

    ``auto`` takes Ollama where it answers and has the model. ``ollama`` is taken in any case, for
    the server may be started later: until then each turn falls back, and the sentence says why.
    ``builtin`` asks nobody.
    """
    if settings.engine == "builtin":
        return Chosen(BuiltinEngine(catalogue), "The builtin engine, as set.")
    problem = await problem_with(settings)
    if problem and settings.engine == "auto":
        return Chosen(BuiltinEngine(catalogue), _sentence(f"The builtin engine: {problem}"))
    from .llm.engine import make_ollama_engine  # noqa: PLC0415 - a second, where it isn't used

    engine, model = make_ollama_engine(settings, catalogue), one_line(settings.model, 80)
    if not problem:
        return Chosen(engine, f"Ollama with {model}.")
    says = f"Ollama with {model}, as set; for now the builtin engine answers: {problem}"
    return Chosen(engine, _sentence(says), as_wished=False)


async def problem_with(settings: Settings) -> str:
    """Why Ollama can't serve, as one clause with what to do; empty where it can."""
    shown = Place(settings.ollama_url).shown
    if not await answers(settings.ollama_url, PROBE_SECONDS):
        return f"nothing answers at {shown}"
    try:
        async with asyncio.timeout(ASK_SECONDS):
            return await _model_problem(settings)
    except TimeoutError:
        return f"what answers at {shown} said nothing for {ASK_SECONDS:g} s"
    except ServerUnreachable:
        return f"nothing answers at {shown}"
    except EngineError as error:
        return str(error)


def _sentence(text: str) -> str:
    """With a full stop, but for one that would be copied as part of a command."""
    return text if "ollama pull" in text else f"{text}."


async def _model_problem(settings: Settings) -> str:
    """Whether the server is Ollama's and has the model, and whether that can chat."""
    server, model = OllamaServer(settings.ollama_url, ASK_SECONDS), settings.model
    await server.version()
    facts, name = await server.show(model), one_line(model, 80)
    if facts is None:
        return f"Ollama is there, but has no model {name!r}; get it with: ollama pull {name}"
    if facts.capabilities and "completion" not in facts.capabilities:
        return f"Ollama's {name!r} can't chat; set MOODREEL_MODEL to a model that can"
    return ""
