"""Whether the catalogue on a Qdrant server can be used, for `moodreel doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import MoodreelError
from ..engines.llm.finding import Finding

if TYPE_CHECKING:
    from ...ingest.server_client import ServerClient
    from ...ingest.server_place import ServerPlace
    from ...ingest.server_state import ServerState

NAME = "catalogue"
PUSH = "run what was interrupted again, or moodreel catalogue push"


def served_catalogue(place: ServerPlace) -> Finding:
    """What the server holds under the name in the settings; nothing is built or changed."""
    from ...ingest.server_client import ServerClient  # noqa: PLC0415
    from ...ingest.server_draft import live  # noqa: PLC0415

    client = ServerClient(place)
    try:
        version = client.read(lambda qdrant: qdrant.info()).version
        state = live(client)
        if state is None:
            says = f"nothing yet in {place.shown} (Qdrant {version}); the first use builds it"
            return Finding(NAME, "ok", says)
        return _found(client, state, version)
    except MoodreelError as error:
        found, _, remedy = str(error).rpartition(": ")
        return Finding(NAME, "broken", found, remedy)
    finally:
        client.close()


def _found(client: ServerClient, state: ServerState, version: str) -> Finding:
    """Counts, layout, and whether what was written is whole."""
    place = client.place
    count = client.read(lambda qdrant: qdrant.count(state.name, exact=True)).count
    info = client.read(lambda qdrant: qdrant.get_collection(state.name))
    params = info.config.params
    says = (
        f"{count:,} items in {place.shown}, filled by {state.manifest.embedder} "
        f"(Qdrant {version}, {info.status.value}, shards: "
        f"{params.shard_number or 1}, copies of each: {params.replication_factor or 1})"
    )
    if state.unfinished:
        since = min(writer.at for writer in state.unfinished)
        return Finding(NAME, "missing", f"{says}; a write since {since:%H:%M} UTC is not whole",
                       f"wait for it, or {PUSH}")  # fmt: skip
    if state.manifest.items not in (None, count):
        return Finding(NAME, "broken", f"{says}, but should be {state.manifest.items:,}", PUSH)
    return Finding(NAME, "ok", says)
