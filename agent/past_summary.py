"""What became of a history that was brought in: for people in lines, for programs as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..ingest.history import Doubtful, Film, HistoryImport
from .edits import feeling_of

_MOST_PLACES = 3


def headline(found: HistoryImport) -> str:
    """All of it in one sentence."""
    skipped = sum(map(len, found.skipped.values()))
    counts = (
        f"{len(found.matched):,} matched",
        f"{len(found.ambiguous):,} to choose",
        f"{len(found.unmatched):,} not in the catalogue",
    )
    left = f"; {skipped:,} rows left out" if skipped else ""
    return f"{found.service}, {found.rows:,} rows: {', '.join(counts)}{left}."


def lines(found: HistoryImport, most: int) -> Iterator[str]:
    """The headline, then what needs to be known: choices, what is missing, what was left out."""
    yield headline(found)
    yield from places("Left out", found.skipped)
    yield from places("Read in part", found.repaired)
    if found.unread:
        yield f"No history, so left alone: {', '.join(found.unread)}."
    yield from _listed("To choose, so not taken yet", map(choice, found.ambiguous), most)
    yield from _listed("Not in the catalogue", (film.label for film in found.unmatched), most)


def choice(doubt: Doubtful) -> str:
    """A film with the items that it may be: ``Crash: Crash (1996) or Crash (2004)?``"""
    names = [f"{each.title} ({each.year})" for each in doubt.candidates]
    return f"{doubt.film.label}: {' or '.join(names)}?"


def places(what: str, reasons: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """A line for each reason, with the first rows that it is about."""
    for reason, places in reasons.items():
        more = f" and {len(places) - _MOST_PLACES:,} more" if len(places) > _MOST_PLACES else ""
        rows = "row" if len(places) == 1 else "rows"
        shown = "; ".join(places[:_MOST_PLACES])
        yield f"{what}: {len(places):,} {rows}, {reason} ({shown}{more})."


def _listed(what: str, labels: Iterable[str], most: int) -> Iterator[str]:
    whole = list(labels)
    if whole:
        yield f"{what}:"
        yield from (f"- {label}" for label in whole[:most])
    if len(whole) > most:
        yield f"- and {len(whole) - most:,} more"


def as_data(found: HistoryImport) -> dict[str, Any]:
    """All of it as plain JSON data."""
    return {
        "service": found.service,
        "rows": found.rows,
        "matched": [{"id": key, **_film(film)} for key, film in found.matched.items()],
        "ambiguous": [
            {
                **_film(each.film),
                "candidates": [
                    {"id": c.id, "title": c.title, "year": c.year} for c in each.candidates
                ],
            }
            for each in found.ambiguous
        ],
        "unmatched": [_film(film) for film in found.unmatched],
        "skipped": {reason: list(places) for reason, places in found.skipped.items()},
        "repaired": {reason: list(places) for reason, places in found.repaired.items()},
        "unread": list(found.unread),
    }


def _film(film: Film) -> dict[str, Any]:
    return {
        "title": film.title,
        "year": film.year,
        "rating": film.rating,
        "feeling": feeling_of(film.rating) if film.rating is not None else None,
        "seen": film.seen,
        "liked": film.liked,
        "wanted": film.wanted,
        "date": film.day.isoformat() if film.day else None,
        "place": film.place,
    }
