"""One item of what several sources say of a film, each field from the one that knows best."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from .item import Item, Provenance, fold
from .sources.record import Record

PRECEDENCE = (
    "starter", "added", "imdb", "tmdb", "movielens", "netflix", "disney", "wikipedia-plots",
    "wikipedia", "cmu",
)  # fmt: skip
"""Whose facts count first; sources that are not named come last, in the order of their names."""

MODEL = "model"
"""The source of the part that a model wrote: it has descriptors only, and its facts come last."""

FACTS = (
    "year", "directors", "cast", "runtime_min", "language", "subtitles", "genres", "age_rating",
    "imdb_id", "tmdb_id", "movielens_id", "popularity", "tags",
)  # fmt: skip
DESCRIPTORS = (
    "mood", "target_audience", "plot_essence", "mood_tags", "archetypes", "axes",
    "content_notes", "kindred", "unsure",
)  # fmt: skip
"""They belong together: all are taken from the item that is described best."""
_HOW = {"authored": 0, "generated": 1, "predicted": 2, "derived": 3}
MOST_NAMES = 12
_MOST_TAGS = 16
_MODELS_TAGS = 8

Derived = Mapping[str, Any]
"""Descriptors of a text by the fields of `Item`, with their ``provenance``."""


def rank(source: str) -> tuple[int, str]:
    """The place of a source in `PRECEDENCE`; a model comes behind all of them."""
    if source == MODEL:
        return len(PRECEDENCE) + 1, source
    place = PRECEDENCE.index(source) if source in PRECEDENCE else len(PRECEDENCE)
    return place, source


def item_id(record: Record, source: str) -> str:
    """The id of a record's own item: its id at IMDb, TMDB or MovieLens, else the source's."""
    if record.imdb_id:
        return record.imdb_id
    if record.tmdb_id:
        return f"tmdb-{record.tmdb_id}"
    if record.movielens_id:
        return f"movielens-{record.movielens_id}"
    return own_id(record, source)


def own_id(record: Record, source: str) -> str:
    """An id that no other record of any source has: of one that is kept apart from a namesake."""
    plain = record.key.isascii() and record.key.replace("-", "").isalnum() and len(record.key) < 40
    key = record.key if plain else hashlib.sha256(record.key.encode()).hexdigest()[:12]
    return f"{source}-{key}"


def as_item(record: Record, source: str, name: str, derived: Derived | None) -> Item:
    """A record as an item with an id; ``derived`` is None where nothing could be described.

    The source's own words about the plot are its, all other descriptors are derived; genres
    are derived or predicted only where the source has none.
    """
    told = Provenance(how="authored", by=source)
    known: dict[str, Any] = {}
    provenance = {"*": told, **record.derived}
    if derived is not None:
        by: Provenance = derived["provenance"]
        fields = ["mood", "target_audience", "mood_tags", "archetypes", "axes"]
        fields += [field for field in ("genres", "tags") if not getattr(record, field)]
        known = {field: derived[field] for field in fields}
        provenance.update({field: by for field, value in known.items() if value})
        if derived.get("genres_by") and not record.genres:
            provenance["genres"] = Provenance(how="predicted", by=derived["genres_by"])
        known["plot_essence"] = derived["plot_essence"] if record.text else ""
        known["tags"] = tuple(dict.fromkeys((*record.tags, *derived["tags"])))[:MOST_NAMES]
    facts = {
        field: getattr(record, field)
        for field in (*FACTS, "kind", "title", "alternative_titles")
        if field not in known
    }
    if record.imdb_id == name:
        facts["imdb_id"] = None
    return Item(id=name, source=source, provenance=provenance, **facts, **known)


def merged(parts: Sequence[Item], name: str) -> Item:
    """One item of several that are the same film.

    Each fact is the first source's in `PRECEDENCE` that knows it; genres that a source tells go
    before those of a model, and these before derived ones. The descriptors are those that a
    person wrote, else a model, else derived from a text, else from genres; where these have no
    plot, the next best plot stays. A model's tags stand before those that a source tells. What
    does not come from the leading source carries its provenance by field.
    """
    if len(parts) == 1:
        return _tidied(parts[0], name)
    ordered = sorted(parts, key=lambda part: rank(part.source))
    first, best = ordered[0], min(ordered, key=_described)
    chosen = {field: _knowing(ordered, field) for field in FACTS}
    chosen["genres"] = min(ordered, key=lambda part: _degree(part, "genres"))
    chosen.update(dict.fromkeys(DESCRIPTORS, best))
    chosen["plot_essence"] = _knowing(sorted(ordered, key=_described), "plot_essence")
    values = {field: getattr(part, field) for field, part in chosen.items()}
    if best.source == MODEL and best.tags:
        own = values["tags"] if _degree(chosen["tags"], "tags") == 0 else ()
        values["tags"], chosen["tags"] = _with_tags(best.tags, own), best
    provenance = {"*": first.provenance.get("*", Provenance(how="authored", by=first.source))}
    for field, part in chosen.items():
        known = part.known_by(field)
        if values[field] and known and known != provenance["*"]:
            provenance[field] = known
    if values["imdb_id"] == name:
        values["imdb_id"] = None
    return Item(
        id=name,
        source=first.source,
        kind=first.kind,
        title=first.title,
        alternative_titles=_other_names(first, ordered),
        provenance=provenance,
        **values,
    )


def _tidied(part: Item, name: str) -> Item:
    """What comes of one item alone: nothing is new but its id; no name is told twice."""
    whole = part.provenance.get("*", Provenance(how="authored", by=part.source))
    known = {
        field: part.provenance[field]
        for field in (*FACTS, *DESCRIPTORS)
        if field in part.provenance and getattr(part, field) and part.provenance[field] != whole
    }
    return part.model_copy(
        update={
            "id": name,
            "alternative_titles": _other_names(part, [part]),
            "imdb_id": None if part.imdb_id == name else part.imdb_id,
            "provenance": {"*": whole, **known},
        }
    )


def _knowing(ordered: Sequence[Item], field: str) -> Item:
    return next((part for part in ordered if getattr(part, field)), ordered[0])


def _described(item: Item) -> tuple[int, bool, tuple[int, str]]:
    return _degree(item, "mood_tags"), not item.plot_essence, rank(item.source)


def _degree(item: Item, field: str) -> int:
    """How well a field is known: 0 written by a person, 4 not at all."""
    known = item.known_by(field)
    return _HOW[known.how] if known and getattr(item, field) else len(_HOW)


def _with_tags(models: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*models[:_MODELS_TAGS], *others)))[:_MOST_TAGS]


def _other_names(first: Item, ordered: Sequence[Item]) -> tuple[str, ...]:
    names = {fold(first.title): ""}
    for part in ordered:
        for title in (*part.alternative_titles, part.title):
            names.setdefault(fold(title), title)
    return tuple(name for name in names.values() if name)[:MOST_NAMES]
