"""Embedding what a turn will search for, within a time limit, or going on without it.

Only a model in a server needs this: it may be slow or gone, while the vectors of the catalogue
are there. Embedders in this process are quick and are asked where a vector is needed.
"""

from __future__ import annotations

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor

from ..errors import CatalogueMismatch, EmbedderSilent
from ..ingest.catalogue import Catalogue
from ..ingest.embedding import missing_weights
from ..ingest.ollama_embedder import OllamaEmbedder
from ..ingest.ollama_place import OllamaPlace
from ..ingest.static import StaticEmbedder
from ..tools.query import Query, TextWish
from .engines.ledger import Ledger, ModelCall
from .settings import Settings

log = logging.getLogger(__name__)

SILENT = "The embedding model did not answer, so I searched by words and moods only."
CHANGED = (
    "The embedding model is another version than the one that filled the catalogue, so I "
    "searched by words and moods only; `moodreel doctor` says what to do."
)
_MOST_WORDS = 2_000
# Threads of its own: a server that hangs must not keep the tools of other conversations waiting.
_THREADS = ThreadPoolExecutor(4, thread_name_prefix="moodreel-embedding")


def place_of(settings: Settings) -> OllamaPlace:
    """Where the settings say that an embedding model answers."""
    return OllamaPlace(settings.ollama_url, settings.embedding_model, settings.embed_seconds)


async def embedded(query: Query, catalogue: Catalogue, seconds: float, ledger: Ledger) -> Query:
    """Have the texts of a query embedded, so that searching finds them in the embedder's memory.

    Args:
        query: what will be searched for.
        catalogue: whose embedder is asked.
        seconds: how long it may take; nobody is asked where nothing is left.
        ledger: where the call is noted, and the notice where nothing came of it.

    Returns:
        The query; without its texts where the model is silent, slow or another one than it was.
        What can be matched as words is then among its words.
    """
    embedder = catalogue.embedder
    texts = [wish.text for wish in query.texts]
    if not isinstance(embedder, OllamaEmbedder) or embedder.remembers(texts):
        return query
    if embedder.resting or seconds <= 0:
        return _without(query, SILENT, ledger)
    started = time.perf_counter()
    problem, notice = await _asked(embedder, texts, seconds)
    spent = time.perf_counter() - started
    model = embedder.place.model
    ledger.note(ModelCall(step="embed", model=model, seconds=spent, problem=problem))
    if not problem:
        return query
    log.warning("searching without vectors: %s", problem)
    return _without(query, notice, ledger)


async def _asked(embedder: OllamaEmbedder, texts: list[str], seconds: float) -> tuple[str, str]:
    """What went wrong, and how to say it to the user; both empty where nothing did."""
    work = asyncio.get_running_loop().run_in_executor(_THREADS, embedder.embed, texts)
    try:
        await asyncio.wait_for(work, seconds)
    except TimeoutError:
        # What the thread still gets is remembered for later turns, and ends the rest.
        embedder.rest()
        return f"the embedding model took longer than {seconds:g} s", SILENT
    except EmbedderSilent as error:
        return str(error), SILENT
    except CatalogueMismatch as error:
        return str(error), CHANGED
    return "", ""


def _without(query: Query, notice: str, ledger: Ledger) -> Query:
    """The query without vectors of texts; the catalogue's own vectors need no model."""
    if notice not in ledger.notices:
        ledger.notices.append(notice)
    wanted = [wish for wish in query.texts if wish.weight > 0]
    literal = [wish for wish in wanted if wish.dimension in ("plot", "overall")]
    bare = query.model_copy(update={"texts": (), "words": _words(query, literal)})
    # Moods and audiences are misread as words, which is still better than no wish at all.
    return bare if not bare.empty else bare.model_copy(update={"words": _words(query, wanted)})


def _words(query: Query, wishes: list[TextWish]) -> str:
    more = [w.text for w in wishes if w.text.casefold() not in query.words.casefold()]
    return " ".join(dict.fromkeys(filter(None, (query.words, *more))))[:_MOST_WORDS]


def lesser_embedder(settings: Settings, catalogue: Catalogue) -> tuple[str, ...]:
    """What to say where the embedder chosen by itself is not the one that serves best."""
    if settings.embedder != "auto" or not isinstance(catalogue.embedder, StaticEmbedder):
        return ()
    problem = missing_weights()
    return (f"I match less well than I could: {problem}",) if problem else ()
