"""``moodreel ingest ratings``: many people's ratings become a signal of every list."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from .output import as_json, say, tell

if TYPE_CHECKING:
    from ...ingest.catalogue import Catalogue
    from ...ingest.community import Facts
    from ...ingest.item import Item
    from ...ingest.ratings import Chosen, Ratings


@dataclass(frozen=True)
class Asked:
    """The options: from which rating on somebody likes something (four fifths of the scale
    where it isn't said), how many people must like an item, λ, neighbours kept, MB to use."""

    path: Path
    liked: float | None = None
    fewest: int = 5
    ridge: float = 300.0
    neighbours: int = 100
    memory_mb: int = 2_000
    dry_run: bool = False


def ingest_ratings(asked: Asked, *, json: bool) -> None:
    """Read, fit and store, and say what came of it.

    Raises:
        BadRatings: the file can't be read, or nothing of it can be used.
        WorkError: the data folder can't be used.
    """
    from ...ingest.ratings import choose, read_ratings, told  # noqa: PLC0415
    from .opening import opened_catalogue  # noqa: PLC0415
    from .show import rows  # noqa: PLC0415

    started = perf_counter()
    with opened_catalogue() as stored:
        items: list[Item] = list(stored.items())
    ratings = read_ratings(asked.path, items, tell)
    chosen = choose(
        ratings, least=asked.liked, fewest=asked.fewest, memory=asked.memory_mb * 1_000_000
    )
    for line in before(ratings, chosen, asked):
        tell(line)
    facts = None if asked.dry_run else _fitted(asked, chosen)
    lines = [*told(ratings), *_left_out(chosen), ("seconds", f"{perf_counter() - started:.1f}")]
    if json:
        say(as_json(data_of(ratings, chosen, facts)))
        return
    rows("Ratings", ["what", "value"], [list(line) for line in lines])
    if facts:
        tell("Stored: lists heed these ratings from now on.")


def before(ratings: Ratings, chosen: Chosen, asked: Asked) -> list[str]:
    """What is said before the fit: what counts as liking, its size, and what was left out."""
    liking = f"{asked.liked if asked.liked is not None else 0.8 * ratings.top:g} or more"
    said = [
        f"{liking} of {ratings.top:g} counts as liking: {len(chosen.likes.items):,} likes of "
        f"{len(chosen.names):,} items by {chosen.people:,} people.",
        f"The fit will hold at most {chosen.bytes / 1e6:,.0f} MB.",
    ]
    if chosen.beyond:
        said.append(
            f"{chosen.beyond:,} less liked items are left out to stay within {asked.memory_mb:,} "
            f"MB; --memory allows more."
        )
    return said


def _fitted(asked: Asked, chosen: Chosen) -> Facts:
    from ...ingest.community import save_model  # noqa: PLC0415
    from ...ingest.ratings import fit  # noqa: PLC0415
    from ..settings import load_settings  # noqa: PLC0415

    model = fit(chosen, asked.path.name, ridge=asked.ridge, neighbours=asked.neighbours)
    facts = save_model(load_settings().home, model)
    tell(f"{model.bytes / 1e6:.1f} MB: the {model.neighbours.places.shape[1]} items that weigh "
         f"most for each of {facts.items:,}.")  # fmt: skip
    return facts


def _left_out(chosen: Chosen) -> list[tuple[str, str]]:
    return [
        ("items liked by too few", f"{chosen.rare:,}"),
        ("items beyond the memory", f"{chosen.beyond:,}"),
        ("items in the model", f"{len(chosen.names):,}"),
    ]


def stored_ratings(stored: Catalogue) -> dict[str, int | str]:
    """What ratings the lists of a catalogue heed; empty where there are none.

    ``gone`` are items that were there when they were ingested; nothing is said of them.
    """
    from ...ingest.community import community_of  # noqa: PLC0415

    model = community_of(stored)
    if model is None:
        return {}
    facts = model.facts
    gone = facts.items - len(stored.get(model.names))
    return {"source": facts.source, "people": facts.people, "likes": facts.likes,
            "items": facts.items, "gone": gone, "made": facts.made}  # fmt: skip


def data_of(ratings: Ratings, chosen: Chosen, facts: Facts | None) -> dict[str, Any]:
    """What ``--json`` prints; ``model`` is null after a dry run."""
    return {
        "rows": ratings.rows,
        "kept": len(ratings.values),
        "scale": ratings.top,
        "matched": ratings.matched,
        "unmatched": dict(ratings.unmatched),
        "skipped": dict(ratings.skipped),
        "first_rows": dict(ratings.first),
        "rare": chosen.rare,
        "beyond_memory": chosen.beyond,
        "model": facts.model_dump() if facts else None,
    }
