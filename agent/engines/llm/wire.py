"""What all talk with an Ollama server shares: clients that stay put, and failures in one clause."""

from __future__ import annotations

import re
import ssl
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from ....errors import EngineError
from ....ingest.ollama_place import is_here
from .place import ModelMissing, NotOllama, Place, ServerUnreachable, not_ollama
from .words import one_line, said

READ_OF_A_REFUSAL = 4_096

_MEMORY = re.compile(r"system memory|out of memory|enough \w*\s?memory|unable to allocate", re.I)
_BROKE_OFF = re.compile(r"incomplete|disconnected|without sending", re.I)


def client_options(place: Place, connect: float = 5.0) -> dict[str, Any]:
    """How `httpx.AsyncClient` shall be made: it talks to the given address and no other.

    No redirect is followed and, on this machine, no proxy used. No connection is kept for later:
    a new one takes a third of a millisecond, an old one may belong to a closed event loop or to a
    server that was started again. Loading certificates takes 30 ms, so it is done once, and not
    at all where none is needed.
    """
    silent = place.seconds
    here = is_here(place.url)
    plain = here and urlsplit(place.url).scheme == "http"
    return {
        "auth": place.credentials,
        "timeout": httpx.Timeout(silent, connect=min(connect, silent or connect)),
        "trust_env": not here,
        "follow_redirects": False,
        "limits": httpx.Limits(max_keepalive_connections=0),
        "verify": _trusting_nobody() if plain else _trusting_authorities(),
    }


@cache
def _trusting_nobody() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@cache
def _trusting_authorities() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def vetting(place: Place) -> Callable[[httpx.Response], Awaitable[None]]:
    """A hook for a client's responses that raises what is no answer of Ollama's.

    Raises:
        EngineError: a refusal, as one clause.
    """

    async def vet(response: httpx.Response) -> None:
        page = "html" in response.headers.get("content-type", "")
        if response.status_code == httpx.codes.OK and not page:
            return
        body = b""
        async for part in response.aiter_bytes():
            body += part
            if len(body) >= READ_OF_A_REFUSAL:
                break
        text = body[:READ_OF_A_REFUSAL].decode("utf-8", "replace")
        raise refusal(response.status_code, text, place)

    return vet


def refusal(status: int, text: str, place: Place) -> EngineError:
    """What an HTTP status and its text mean; ``status`` is -1 for an error within a stream."""
    told = said(text)
    missing = status == httpx.codes.NOT_FOUND
    if missing and told.startswith("model ") and "not found" in told:
        model = one_line(place.model, 80)
        return ModelMissing(f"it has no model {model!r}, get it with: ollama pull {model}")
    if "file does not exist" in told:
        return ModelMissing(f"there is no model {one_line(place.model, 80)!r} to download")
    if missing or status in (httpx.codes.OK, httpx.codes.METHOD_NOT_ALLOWED):
        return not_ollama(place)
    if httpx.codes.is_redirect(status):
        return NotOllama(f"{place.shown} sends on to another address, name that one instead")
    return EngineError(_refused(status, told))


def _refused(status: int, told: str) -> str:
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return "the server refuses access, check the user and password in MOODREEL_OLLAMA_URL"
    if status in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE):
        return "the server is busy, try again in a while"
    if _MEMORY.search(told):
        return f"{told}; set MOODREEL_MODEL to a smaller one or lower MOODREEL_NUM_CTX"
    code = f" (HTTP {status})" if status > 0 else ""
    return f"the server reported an error{code}: {told or 'without a word'}"


GARBLED = (ValueError, TypeError, AttributeError, KeyError, RecursionError)
"""What the clients raise on garbage, because they read it without looking."""
FAILED = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ConnectionError, *GARBLED)
"""All that the clients raise while they wait or read, but for ``ollama.ResponseError``."""

_MEANINGS: tuple[tuple[tuple[type[Exception], ...], type[EngineError], str], ...] = (
    (
        (httpx.ConnectError, httpx.ConnectTimeout, ConnectionError),
        ServerUnreachable,
        "nothing answers at {0}, start Ollama there or change MOODREEL_OLLAMA_URL",
    ),
    ((httpx.TimeoutException,), EngineError, "it said nothing for {1:g} s"),
    (
        (httpx.ProxyError, httpx.UnsupportedProtocol, httpx.InvalidURL),
        ServerUnreachable,
        "{0} can't be reached, check the address and the proxy",
    ),
    (
        (httpx.TransportError, httpx.StreamError),
        EngineError,
        "the connection broke off in the middle of an answer",
    ),
    ((Exception,), EngineError, "the answer is not written as Ollama writes"),
)


def failure(error: Exception, place: Place) -> EngineError:
    """One clause for whatever a client raised while it waited or read."""
    if isinstance(error, httpx.RemoteProtocolError) and not _BROKE_OFF.search(str(error)):
        return not_ollama(place)
    if type(error) is ValueError:  # how langchain says that not one line came
        return EngineError("the answer is empty")
    fitting = (row for row in _MEANINGS if isinstance(error, row[0]))
    _, kind, clause = next(fitting)
    return kind(clause.format(place.shown, place.seconds or 0))
