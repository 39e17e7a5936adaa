"""Asking Ollama for vectors, through langchain-ollama; every fault becomes a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
from langchain_ollama import OllamaEmbeddings
from ollama import Client, ListResponse, ResponseError

from ..errors import EmbedderSilent
from .ollama_place import OllamaPlace, is_here, plain

NUM_CTX = 2_048
"""Tokens. Texts of items have about 100; a context of another size would load the model anew."""
KEEP_ALIVE_SECONDS = 600
_TAGS_SECONDS = 5.0
_WITHOUT = "or set MOODREEL_EMBEDDER=minilm to do without it"
_REFUSALS = (400, 413, 500)
_HEX = re.compile(r"(?:sha256:)?([0-9a-f]{8})[0-9a-f]*")
_LIMITS = httpx.Limits(max_keepalive_connections=0)


class Refused(Exception):
    """The server would not take so much at once; ``length``: since a text is too long."""

    def __init__(self, sentence: EmbedderSilent, length: bool) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.length = length


def silent(place: OllamaPlace, reason: str, remedy: str = "start Ollama") -> EmbedderSilent:
    """The sentence on an embedding model that gives no usable answer."""
    return EmbedderSilent(
        f"the embedding model {place.model!r} did not answer at {place.shown} "
        f"({reason}): {remedy}, {_WITHOUT}"
    )


class OllamaServer:
    """One embedding model of one server. Safe to call from several threads."""

    def __init__(self, place: OllamaPlace) -> None:
        self._place = place
        self._client = cache(self._made)

    def digest(self) -> str:
        """The first 8 hex digits of the installed model's digest.

        Raises:
            EmbedderSilent: the server or the model is not there.
        """
        wanted = self._place.plain.casefold()
        try:
            models = self._models()
        except Refused as refusal:
            raise refusal.sentence from refusal
        found = next((m for m in models if plain(m.model or "").casefold() == wanted), None)
        if found is None:
            raise self._missing("it is not installed there")
        digest = _HEX.fullmatch(found.digest or "")
        if digest is None:
            raise silent(self._place, "its version is not told", "see that Ollama is up to date")
        return digest[1]

    def _models(self) -> Sequence[ListResponse.Model]:
        parts = urlsplit(self._place.url)
        known = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        options = self._options(min(_TAGS_SECONDS, self._place.seconds))
        with self._faults(), Client(self._place.url, auth=known, **options) as client:
            found: Sequence[ListResponse.Model] = client.list().models
        return found

    def vectors(self, texts: Sequence[str], seconds: float) -> list[list[float]]:
        """What the server answers to texts, unchecked.

        Args:
            texts: none of them empty.
            seconds: how long it may be silent.

        Raises:
            Refused: fewer or shorter texts may do.
            EmbedderSilent: there is no answer.
        """
        with self._faults():
            answer: list[list[float]] = self._client(seconds).embed_documents(list(texts))
        return answer

    def _made(self, seconds: float) -> OllamaEmbeddings:
        return OllamaEmbeddings(
            model=self._place.model,
            base_url=self._place.url,
            num_ctx=NUM_CTX,
            keep_alive=KEEP_ALIVE_SECONDS,
            client_kwargs=self._options(seconds),
            sync_client_kwargs={"event_hooks": {"response": [self._check_model]}},
        )

    def _options(self, seconds: float) -> dict[str, Any]:
        """How clients shall be made: they talk to this address and no other.

        No redirect is followed and, on this machine, no proxy used. Kept connections would
        outlive a server that starts anew, and this object's user.
        """
        stay = {"trust_env": not is_here(self._place.url), "follow_redirects": False}
        return {"timeout": seconds, "limits": _LIMITS, **stay}

    def _check_model(self, response: httpx.Response) -> None:
        """Refuse the answer of another model; the client itself shows only the vectors."""
        if response.status_code != httpx.codes.OK:
            return
        response.read()
        answer = response.json()
        named = answer.get("model") if isinstance(answer, dict) else None
        if isinstance(named, str) and plain(named).casefold() != self._place.plain.casefold():
            reason = f"{_short(named)!r} answered in its place"
            raise silent(self._place, reason, "see what serves that address")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Turn what the clients raise into `Refused` and `EmbedderSilent`."""
        try:
            yield
        except ResponseError as error:
            raise self._fault(error) from error
        except httpx.TimeoutException as error:
            raise silent(self._place, "it took too long") from error
        except (ConnectionError, httpx.HTTPError, httpx.InvalidURL) as error:
            cut = isinstance(error, httpx.RemoteProtocolError | httpx.ReadError)
            reason = "the connection broke off" if cut else "nothing listens there"
            raise silent(self._place, reason) from error
        except (ValueError, TypeError) as error:
            # Of JSON, pydantic and unpacking: what came was not what Ollama documents.
            remedy = "see that it is Ollama that listens there"
            raise silent(self._place, "what it sent is no answer", remedy) from error

    def _fault(self, error: ResponseError) -> Exception:
        reason = f"{_short(str(error.error))}, status {error.status_code}"
        if error.status_code == httpx.codes.NOT_FOUND:
            return self._missing(reason)
        if httpx.codes.is_redirect(error.status_code):
            remedy = "set MOODREEL_OLLAMA_URL to that one"
            return silent(self._place, "it sends on to another address", remedy)
        sentence = silent(self._place, reason, "see Ollama's log")
        if error.status_code not in _REFUSALS:
            return sentence
        too_long = error.status_code != httpx.codes.INTERNAL_SERVER_ERROR
        return Refused(sentence, too_long or "context" in reason)

    def _missing(self, reason: str) -> EmbedderSilent:
        return silent(self._place, reason, f"run `ollama pull {self._place.model}`")


def _short(text: str) -> str:
    """What a server says, as part of one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:160]
