"""What goes wrong with a Qdrant server, as sentences."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import httpx
from qdrant_client.common.client_exceptions import ResourceExhaustedResponse
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from ..errors import CatalogueBroken, CatalogueRefused, CatalogueUnreachable, MoodreelError
from .server_place import ServerPlace

_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_SAID = 200


@contextmanager
def server_errors(place: ServerPlace) -> Iterator[None]:
    """Turn errors of the client and the server into sentences; none of them has the key."""
    try:
        yield
    except (ResponseHandlingException, UnexpectedResponse, ResourceExhaustedResponse) as error:
        # The chain is cut: what the client raised may quote the headers of the request.
        raise _sentence(error, place) from None
    except (ValueError, AssertionError) as error:
        # What the client makes of an answer that is no JSON, or has no result.
        raise _strange(place) from error


def passing(error: Exception) -> bool:
    """Whether the same request may well succeed when it is sent again."""
    if isinstance(error, ResponseHandlingException):
        source = error.source
        return isinstance(source, httpx.TransportError) and not _untrusted(source)
    if isinstance(error, UnexpectedResponse):
        status = error.status_code or 0
        return status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS
    return isinstance(error, ResourceExhaustedResponse)


def timed_out(error: Exception) -> bool:
    """Whether the server took longer than a request may take."""
    return isinstance(error, ResponseHandlingException) and isinstance(
        error.source, httpx.TimeoutException
    )


def _untrusted(error: BaseException | None) -> bool:
    """Whether TLS failed, however deep that is told."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _sentence(error: Exception, place: ServerPlace) -> MoodreelError:
    if isinstance(error, ResponseHandlingException):
        return _unanswered(error.source, place)
    if isinstance(error, UnexpectedResponse):
        return _answered(error, place)
    return CatalogueUnreachable(
        f"the Qdrant server at {place.url} is asked too much at once: try again in a moment"
    )


def _unanswered(source: Exception, place: ServerPlace) -> MoodreelError:
    url = place.url
    if isinstance(source, httpx.TimeoutException):
        return CatalogueUnreachable(
            f"the Qdrant server at {url} did not answer within {place.seconds} s: try again, or "
            f"raise MOODREEL_CATALOGUE_SECONDS"
        )
    if _untrusted(source):
        return CatalogueUnreachable(
            f"the certificate of the Qdrant server at {url} can't be trusted: check the address, "
            f"or name your own authority's file in SSL_CERT_FILE"
        )
    if isinstance(source, httpx.TransportError):
        return CatalogueUnreachable(
            f"no Qdrant server answers at {url}: start it, or correct MOODREEL_CATALOGUE_URL"
        )
    return _strange(place)


def _strange(place: ServerPlace) -> MoodreelError:
    return CatalogueUnreachable(
        f"what answers at {place.url} is no Qdrant server: correct MOODREEL_CATALOGUE_URL"
    )


def _answered(error: UnexpectedResponse, place: ServerPlace) -> MoodreelError:
    status, said = error.status_code or 0, _said(error, place)
    if status in _REFUSED:
        return CatalogueRefused(
            f"the Qdrant server at {place.url} refuses the key ({status}): set "
            f"MOODREEL_CATALOGUE_API_KEY to one that may read and write {place.collection!r}"
        )
    if status == HTTPStatus.NOT_FOUND:
        return CatalogueBroken(
            f"the collection {place.shown} is gone or was replaced just now: run the same again, "
            f"or `moodreel catalogue push` to put it there"
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        return CatalogueUnreachable(
            f"the Qdrant server at {place.url} failed ({status}{said}): look into its log, and "
            f"try again"
        )
    return CatalogueBroken(
        f"the Qdrant server at {place.url} did not take a request ({status}{said}): "
        f"`moodreel doctor` says whether its version serves"
    )


def _said(error: UnexpectedResponse, place: ServerPlace) -> str:
    """The server's own words, cut, where it has any."""
    try:
        told = json.loads(error.content)["status"]["error"]
    except (ValueError, KeyError, TypeError):
        return ""
    plain = " ".join(str(told).split())[:_SAID]
    return f", {plain.replace(place.key, '…') if place.key else plain}"
