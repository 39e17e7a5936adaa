"""Having the names of a catalogue ready before somebody talks: the first turn looks for them."""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

from ..errors import MoodreelError

if TYPE_CHECKING:
    from ..ingest.catalogue import Catalogue

log = logging.getLogger(__name__)


def warm(catalogue: Catalogue) -> Thread:
    """Begin to read the names in a thread of its own; a turn that comes meanwhile waits for them.

    Closing the catalogue ends the reading of its items.
    """
    thread = Thread(target=_read, args=(catalogue,), name="moodreel-names", daemon=True)
    thread.start()
    return thread


def _read(catalogue: Catalogue) -> None:
    try:
        catalogue.refresh()
    except MoodreelError as error:
        # The next turn meets the same error and tells its user.
        log.info("the names were not read: %s", error)
