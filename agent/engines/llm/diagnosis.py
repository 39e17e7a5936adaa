"""What Ollama can do here, and what to do about what it can't: one finding a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ....errors import EngineError, MoodreelError
from ...settings import Settings
from .budget import MARGIN
from .finding import WITHOUT, Finding, State, gigabytes, parted
from .place import NotOllama, Place, ServerUnreachable
from .server import InstalledModel, ModelFacts, OllamaServer, answers
from .trial import LOADING_SECONDS, Trial
from .words import one_line, same_model

PROBE_SECONDS = 2.0
OLDEST = (0, 5, 0)
"""The first version that keeps an answer to a JSON schema."""
# What the rank prompt and its answer take: the largest that is sent. A test compares.
RANK_PROMPT, RANKED, PER_CANDIDATE = 3_000, 20, 90
RANK_ANSWER, PER_PICK = 160, 75
_STEP = 1_024
LEAST_CONTEXT = 4_096
"""What settings allow for MOODREEL_NUM_CTX."""
__all__ = ["Finding", "diagnose", "needed_context", "needed_embedding"]


@dataclass(frozen=True)
class Embedding:
    """The embedding model that is needed; ``digest`` is the version that filled the catalogue."""

    model: str
    digest: str = ""


async def diagnose(
    settings: Settings,
    *,
    seconds: float = LOADING_SECONDS,
    remark: Callable[[str], None] | None = None,
) -> list[Finding]:
    """Every finding on Ollama, the server first; what can't be known without it is left out.

    Asks the model for a word, which loads it. Nobody is asked where the builtin engine is set
    and the catalogue needs no model. With ``auto``, what is amiss counts as missing, because the
    builtin engine serves instead; with ``ollama`` as broken.

    Args:
        settings: which engine, server and models.
        seconds: how long the model may take to load and answer.
        remark: told, before that, that it may take a while.
    """
    embedding = needed_embedding(settings)
    chats = settings.engine != "builtin"
    if not chats and embedding is None:
        return [Finding("ollama", "ok", "not asked, because the builtin engine is set")]
    asked = _Asked(settings, seconds, remark)
    found = [await asked.server_found()]
    if found[0].state == "ok" and chats:
        found += await asked.chat_found()
    if found[0].state == "ok" and embedding is not None:
        found.append(await asked.embedding_found(embedding))
    return found


def needed_embedding(settings: Settings) -> Embedding | None:
    """The embedding model of Ollama that settings or the stored catalogue need, if any."""
    from ....ingest.ollama_place import OllamaPlace, place_named  # noqa: PLC0415 - for the doctor

    place = OllamaPlace(settings.ollama_url, settings.embedding_model)
    try:
        filler = _filler(settings)
    except (MoodreelError, OSError):
        filler = ""  # one that the doctor reports by itself
    named = place_named(filler, place)
    if named and settings.embedder in ("auto", "ollama"):
        stored = Embedding(named[0].model, named[1])
        if settings.embedder == "auto" or same_model(stored.model, settings.embedding_model):
            return stored
    return Embedding(settings.embedding_model) if settings.embedder == "ollama" else None


def _filler(settings: Settings) -> str:
    """The name of the embedder that filled the stored catalogue; empty where there is none."""
    from ....ingest.starter.opening import home_of  # noqa: PLC0415 - numpy, for the doctor only

    manifest = home_of(settings.home, settings.server).manifest()
    return manifest.embedder if manifest else ""


class _Asked:
    """One server, asked one thing after the other."""

    def __init__(
        self, settings: Settings, seconds: float, remark: Callable[[str], None] | None
    ) -> None:
        self._settings = settings
        self._server = OllamaServer(settings.ollama_url)
        self._shown = Place(settings.ollama_url).shown
        self._model = one_line(settings.model, 80)
        wished = settings.engine == "ollama"
        self._amiss: State = "broken" if wished else "missing"
        self._until = f", {WITHOUT}" if wished else "; until then the builtin engine serves"
        self._trial = Trial(settings, self._server, self._amiss, seconds, remark)

    async def server_found(self) -> Finding:
        """Whether Ollama answers, and is new enough."""
        if not await answers(self._settings.ollama_url, PROBE_SECONDS):
            return self._silent()
        try:
            version = await self._server.version()
        except ServerUnreachable:
            return self._silent()
        except NotOllama as error:
            says, _ = parted(str(error))
            remedy = f"set MOODREEL_OLLAMA_URL to Ollama's address{self._until}"
            return Finding("ollama", self._amiss, says, remedy)
        except EngineError as error:
            return self._refused("ollama", error)
        if _older(version):
            wanted = ".".join(map(str, OLDEST))
            says = f"version {version} at {self._shown} is older than {wanted}"
            return Finding("ollama", self._amiss, says, "update Ollama")
        return Finding("ollama", "ok", f"version {version} at {self._shown}")

    async def chat_found(self) -> list[Finding]:
        """What the chat model is, holds, sees, and whether it answers."""
        try:
            facts = await self._server.show(self._settings.model)
            installed = await self._server.installed(self._settings.model)
        except EngineError as error:
            return [self._refused("chat model", error)]
        if facts is None:
            return [self._missing("chat model", self._model)]
        chats = not facts.capabilities or "completion" in facts.capabilities
        if not chats:
            remedy = "set MOODREEL_MODEL to a chat model, such as gemma3:4b"
            return [Finding("chat model", self._amiss, f"{self._model} can't chat", remedy)]
        about = Finding("chat model", "ok", _about(self._model, facts, installed))
        return [
            about,
            self._context(facts),
            await self._trial.found(installed),
            *self._sight(facts),
        ]

    async def embedding_found(self, needed: Embedding) -> Finding:
        """Whether the embedding model is there, in the version that filled the catalogue."""
        name, shown = "embedding model", one_line(needed.model, 80)
        try:
            installed = await self._server.installed(needed.model)
        except EngineError as error:
            return self._refused(name, error)
        if installed is None:
            return self._missing(name, shown)
        digest = installed.digest.removeprefix("sha256:")
        if needed.digest and not digest.startswith(needed.digest):
            says = f"{shown} is another version than the one that filled the catalogue"
            remedy = "delete the catalogue's folder to have it filled anew"
            return Finding(name, "missing", says, remedy)
        return Finding(name, "ok", f"{shown}, {gigabytes(installed.bytes)}")

    def _silent(self) -> Finding:
        remedy = f"start Ollama (ollama serve) or get it from https://ollama.com{self._until}"
        return Finding("ollama", self._amiss, f"nothing answers at {self._shown}", remedy)

    def _missing(self, name: str, model: str) -> Finding:
        remedy = f"ollama pull {model}, or: moodreel doctor --pull"
        return Finding(name, self._amiss, f"Ollama has no model {model!r}", remedy)

    def _refused(self, name: str, error: EngineError) -> Finding:
        return Finding(name, self._amiss, *parted(str(error)))

    def _context(self, facts: ModelFacts) -> Finding:
        """Whether model and settings have room for the prompts."""
        wanted, most = self._settings.num_ctx, facts.context_length
        if most is not None and most < wanted:
            says = f"{self._model} holds {most:,} tokens, but MOODREEL_NUM_CTX is {wanted:,}"
            remedy = f"set MOODREEL_NUM_CTX={most}"
            if most < LEAST_CONTEXT:
                remedy = "set MOODREEL_MODEL to a model that holds more"
            return Finding("context", self._amiss, says, remedy)
        needed = needed_context(self._settings)
        if wanted < needed:
            says = f"{wanted:,} tokens, so not all candidates fit into a prompt"
            remedy = f"set MOODREEL_NUM_CTX={needed} or lower MOODREEL_RANK_CANDIDATES"
            return Finding("context", "missing", says, remedy)
        held = f" of the {most:,} it holds" if most else ""
        return Finding("context", "ok", f"{wanted:,} tokens{held}")

    def _sight(self, facts: ModelFacts) -> list[Finding]:
        """Whether the model can look at pictures; old servers don't say."""
        if not facts.capabilities:
            return []
        if "vision" in facts.capabilities:
            return [Finding("pictures", "ok", f"{self._model} can look at them")]
        remedy = "to have pictures described, set MOODREEL_MODEL to one that can (gemma3:4b)"
        return [Finding("pictures", "missing", f"{self._model} can't look at them", remedy)]


def needed_context(settings: Settings) -> int:
    """Tokens in which a ranking with all its candidates fits, in steps of 1,024."""
    prompt = RANK_PROMPT + PER_CANDIDATE * max(0, settings.rank_candidates - RANKED)
    needed = prompt / (1 - MARGIN) + RANK_ANSWER + PER_PICK * settings.picks
    return -int(-needed // _STEP) * _STEP


def _older(version: str) -> bool:
    """Whether a version is too old; one that is no number, or 0.0.0, was built from source."""
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    numbers = tuple(map(int, found.groups())) if found else (0, 0, 0)
    return (0, 0, 0) < numbers < OLDEST


def _about(model: str, facts: ModelFacts, installed: InstalledModel | None) -> str:
    size = gigabytes(installed.bytes) if installed and installed.bytes else ""
    return ", ".join(part for part in (model, facts.parameters, facts.quantization, size) if part)
