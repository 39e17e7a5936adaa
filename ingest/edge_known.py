"""The ids and the popularity of all items, beside the shard: opening reads no item for them."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ValidationError

from .edge_shard import storage_errors

NAME = "known.json"


class Known(BaseModel):
    """What is known of items; ``written`` is the manifest's count of writes when it was noted."""

    written: int
    popularity: dict[str, float]

    def save(self, folder: Path) -> None:
        """Write it; a crash leaves the old file or the new one."""
        draft = folder / f"{NAME}.new"
        with storage_errors(folder):
            draft.write_text(self.model_dump_json(), encoding="utf-8")
            draft.replace(folder / NAME)


def load_known(folder: Path, written: int) -> Known | None:
    """What was noted after so many writes; None where that is not there or can't be read."""
    try:
        found = Known.model_validate_json((folder / NAME).read_bytes())
    except (OSError, ValidationError, ValueError):
        return None
    return found if found.written == written else None
