"""`moodreel catalogue`: what can be recommended, and what is missing in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .output import as_json, say
from .ratings_command import stored_ratings

if TYPE_CHECKING:
    from ...ingest.catalogue import Catalogue


def show_summary(*, json: bool) -> None:
    """Say what is in the catalogue."""
    from .opening import opened_catalogue  # noqa: PLC0415

    with opened_catalogue() as stored:
        summary = _summary(stored)
    if json:
        say(as_json(summary))
        return
    from .show import rows  # noqa: PLC0415

    rows("Catalogue", ["what", "value"], list(_lines(summary)))


def _summary(stored: Catalogue) -> dict[str, Any]:
    from ...ingest.waiting import kinds_of_description  # noqa: PLC0415

    found = stored.summary()
    return {
        "items": found.items,
        "sources": dict(found.sources),
        "kinds": dict(found.kinds),
        "embedder": found.embedder,
        "bytes": found.bytes,
        **({"index": found.index} if found.index else {}),
        "described_by": kinds_of_description(stored.items()),
        "gaps": dict(found.gaps),
        **({"ratings": ratings} if (ratings := stored_ratings(stored)) else {}),
    }


def _lines(summary: Mapping[str, Any]) -> list[list[str]]:
    lines = []
    for name, value in summary.items():
        if isinstance(value, Mapping):
            lines += [[f"{name}: {key}", _shown(each)] for key, each in value.items()]
        else:
            lines.append([name, _shown(value)])
    return lines


def _shown(value: object) -> str:
    if value is None:
        return "unknown"
    return f"{value:,}" if isinstance(value, int) else str(value)
