"""`moodreel catalogue --merges` and `--split ID`: what was taken for the same, and undoing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .output import as_json, say, tell

if TYPE_CHECKING:
    from ...ingest.catalogue import Catalogue
    from ...ingest.ledger import Entry


def merges(*, json: bool) -> None:
    """List every record that was merged into an item that was there before."""
    from ...ingest.run import ledger_of  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415
    from .opening import opened_catalogue  # noqa: PLC0415
    from .show import rows  # noqa: PLC0415

    with opened_catalogue() as stored:
        ledger = ledger_of(load_settings().home, stored)
        try:
            found = [_told(entry, stored) for entry in ledger.merges()]
        finally:
            ledger.close()
    if json:
        say(as_json(found))
    else:
        header = ["merge", "into", "title", "rule"]
        rows("Merged", header, [[str(line[name]) for name in header] for line in found])


def _told(entry: Entry, stored: Catalogue) -> dict[str, str]:
    item = stored.get([entry.item]).get(entry.item)
    title = item.label if item else ""
    return {"merge": f"{entry.source}/{entry.key}", "into": entry.item, "title": title,
            "rule": entry.rule}  # fmt: skip


def split(merge: str) -> None:
    """Undo one merge; the record becomes an item of its own and stays one.

    Raises:
        UnknownItem: there is no such merge.
    """
    from ...ingest.run import ledger_of  # noqa: PLC0415
    from ...ingest.split import split as undo  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415
    from .opening import opened_catalogue  # noqa: PLC0415

    with opened_catalogue() as stored:
        ledger = ledger_of(load_settings().home, stored)
        try:
            own, rest = undo(stored, ledger, merge)
        finally:
            ledger.close()
    tell(f"{own.label} is an item of its own now ({own.id}), apart from {rest.label} ({rest.id}).")
