"""One Qdrant server through qdrant-client: requests that are repeated, and errors as sentences."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from qdrant_client import QdrantClient
from qdrant_client.common.client_exceptions import ResourceExhaustedResponse
from qdrant_client.http.exceptions import ApiException

from ..errors import UsageError
from .ollama_place import is_here
from .server_errors import passing, server_errors, timed_out
from .server_place import ServerPlace

T = TypeVar("T")

log = logging.getLogger(__name__)

# Seconds before each further attempt. Somebody waits for what is read; what is written is the
# same when it arrives twice.
_READING = (0.1, 0.3)
_WRITING = (0.2, 0.5, 1.0, 2.0, 4.0)


class ServerClient:
    """A connection to one server, used by any number of threads."""

    def __init__(self, place: ServerPlace) -> None:
        """Nothing is asked before the first request."""
        self.place = place
        # As a header: the client's own argument warns where it is sent to this machine.
        headers = {"api-key": place.key} if place.key else {}
        self._client: QdrantClient | None = QdrantClient(
            url=place.url,
            timeout=place.seconds,
            headers=headers,
            check_compatibility=False,
            trust_env=not is_here(place.url),
        )

    def read(self, ask: Callable[[QdrantClient], T]) -> T:
        """The answer to a question; one that the server was too slow for isn't asked again.

        Raises:
            CatalogueUnreachable: no answer, or one that may be another the next time.
            CatalogueRefused: the key is refused.
            CatalogueBroken: what is asked for is not there.
        """
        return self._persist(ask, _READING, lambda error: passing(error) and not timed_out(error))

    def write(self, change: Callable[[QdrantClient], T]) -> T:
        """Have something changed, which may be done twice to the same end; durable on return.

        Raises:
            CatalogueUnreachable, CatalogueRefused, CatalogueBroken: as for `read`.
        """
        return self._persist(change, _WRITING, passing)

    def _persist(
        self,
        call: Callable[[QdrantClient], T],
        pauses: Sequence[float],
        worth: Callable[[Exception], bool],
    ) -> T:
        client = self._open()
        with server_errors(self.place):
            for pause in pauses:
                try:
                    return call(client)
                except (ApiException, ResourceExhaustedResponse) as error:
                    if not worth(error):
                        raise
                    log.info("the Qdrant server at %s failed once more", self.place.url)
                    time.sleep(_wait(error, pause))
            return call(client)

    def _open(self) -> QdrantClient:
        if self._client is None:
            raise UsageError(f"the catalogue {self.place.shown} is closed: open it again")
        return self._client

    def close(self) -> None:
        """Let the connections go; a second call does nothing."""
        client, self._client = self._client, None
        if client is not None:
            client.close()


def _wait(error: Exception, pause: float) -> float:
    """The pause that a busy server asks for, up to ten times as long as one's own."""
    asked = error.retry_after_s if isinstance(error, ResourceExhaustedResponse) else 0
    return max(pause, min(asked, 10 * pause))
