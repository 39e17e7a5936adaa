"""Films, faults and models that the tests of embedding by a server share."""

from __future__ import annotations

from moodreel.agent.bench.scripted_ollama import Fault, ScriptedModel, ScriptedOllama
from moodreel.ingest.embedding import (
    TEXT_SPACES,
    item_texts,
)
from moodreel.ingest.item import Item
from moodreel.ingest.ollama_embedder import PREFIXES

from . import films

FILMS = films.FILMS[:70]
TEXTS = list(dict.fromkeys(item_texts(film)[space] for film in FILMS for space in TEXT_SPACES))
OWN = Item(id="own-1", title="Our holiday", kind="video", mood="Sunny.", source="me")
PREFIX = PREFIXES["nomic-embed-text"]
OTHER = ScriptedModel(
    "nomic-embed-text:latest", "nomic-bert", 274_302_450, 2_048, "137M", "Q4_0", ("embedding",)
)


FAULTS = [
    (Fault.REFUSE, "nothing listens there"),
    (Fault.SLOW, "took too long"),
    (Fault.DROP, "broke off"),
    (Fault.RESET, "broke off"),
    (Fault.GARBAGE, "Ollama"),
    (Fault.WRONG_SHAPE, "no answer"),
    (Fault.HTML, "no answer"),
    (Fault.REDIRECT, "sends on to another address"),
    (Fault.NOT_FOUND, "ollama pull nomic-embed-text"),
    (Fault.NO_ROUTE, "404"),
    (Fault.ERROR, "runner process has terminated"),
    (Fault.MEMORY, "more system memory"),
    (Fault.TOO_MANY, "429"),
    (Fault.BUSY, "503"),
    (Fault.EMPTY, "0 vectors came for 2 texts"),
    (Fault.OTHER_MODEL, "'other-model:7b' answered"),
    (Fault.WRONG_DIMENSION, "17 numbers, not 16"),
    (Fault.FEWER_VECTORS, "1 vectors came for 2 texts"),
    (Fault.NOT_NUMBERS, "without a direction"),
]


def inputs(server: ScriptedOllama) -> list[str]:
    """Every text that was sent for embedding, in order."""
    return [text for body in server.asked("embed") for text in body["input"]]
