"""From ranked items to picks."""

from __future__ import annotations

from ..ingest.item import Item
from ..tools.rank import RankedItem
from .reply import Pick, Scores


def pick_of(item: Item, place: RankedItem) -> Pick:
    """A pick with the catalogue's facts and the ranking's reason and scores."""
    scores = {name: min(1.0, max(0.0, value)) for name, value in place.scores.items()}
    return Pick(
        id=item.id,
        title=item.title,
        year=item.year,
        reason=place.reason,
        scores=Scores.model_validate({**_NEUTRAL, **scores}),
        runtime_min=item.runtime_min,
        age_rating=item.age_rating,
        genres=item.genres,
        language=item.language,
        directors=item.directors,
        content_notes=item.content_notes,
        mood_tags=item.mood_tags,
        tmdb_id=item.tmdb_id,
    )


_NEUTRAL = {"mood": 0.5, "audience": 0.5, "plot": 0.5, "overall": 0.5}
