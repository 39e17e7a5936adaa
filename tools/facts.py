"""What is true of an item and matters for a query: the ground that reasons stand on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ..ingest.facets import content_classes, stem
from ..ingest.item import DIMENSIONS, AxisName, Item, fold
from ..ingest.limits import Age, AxisBound, Content, Languages, People, Runtime, Years
from .aboutness import aboutness, asked_stems
from .opening_image import opening_image
from .query import AxisWish, Like, Query, TextWish
from .wording import noun, story

FactKind = Literal[
    "shared_moods", "shared_tags", "shared_archetype", "shared_director", "shared_cast",
    "kindred", "more_than", "less_than",
    "asked_moods", "asked_high", "asked_low", "asked_genres", "asked_subjects", "asked_people",
    "asked_length", "asked_year", "asked_language", "asked_age",
    "near_like", "near_text", "own_moods", "own_tags", "own_archetype", "image", "caution",
]  # fmt: skip

# A displayed score from which likeness may be claimed: more than half as near as the nearest.
NEAR = 0.75
# Which quality of a film warns of which content, for somebody who wants little of it.
_TOUCHES: Mapping[AxisName, frozenset[str]] = {
    "violence": frozenset({"violence", "gore", "torture", "sexual violence", "war"}),
    "scares": frozenset({"gore", "torture"}),
    "romance": frozenset({"sex and nudity"}),
}


@dataclass(frozen=True)
class Fact:
    """One checkable statement about an item.

    ``values`` are tags, names, axes or numbers as they stand in the data; ``like`` is the id of
    the favourite that a shared fact compares with; ``weight`` is how much it matters here.
    """

    kind: FactKind
    values: tuple[str, ...]
    like: str | None = None
    weight: float = 1.0

    @property
    def key(self) -> tuple[str, tuple[str, ...], str | None]:
        """What makes two facts the same statement."""
        return self.kind, self.values, self.like


def facts(
    item: Item,
    query: Query,
    known: Mapping[str, Item],
    scores: Mapping[str, float] | None = None,
) -> list[Fact]:
    """All facts that speak to a query, in order of weight.

    Args:
        item: what is recommended.
        query: what was wished.
        known: the query's favourites and dislikes, by id.
        scores: per dimension, 0 to 1, where they were computed; likeness is only claimed
            from `NEAR` on.
    """
    found = [
        *_shared(item, query, known),
        *_against(item, query, known),
        *_asked(item, query),
        *_near(item, query, known, scores or {}),
        *_limited(item, query),
        *_own(item),
        *_cautions(item, query),
    ]
    return sorted(found, key=lambda fact: -fact.weight)


def _shared(item: Item, query: Query, known: Mapping[str, Item]) -> Iterable[Fact]:
    for like in query.likes:
        liked = known.get(like.id)
        if liked is None or like.weight <= 0 or liked.id == item.id:
            continue
        yield from _shared_with(item, liked, like)


def _shared_with(item: Item, liked: Item, like: Like) -> Iterable[Fact]:
    """What both have, weighed by whether the wish was about that dimension."""
    mood = {"mood": 3.4, "overall": 2.4}.get(like.dimension, 0.0) * like.weight
    plot = {"plot": 3.4, "overall": 2.6}.get(like.dimension, 0.0) * like.weight
    crowd = {"audience": 2.8, "overall": 1.9}.get(like.dimension, 0.0) * like.weight
    moods = tuple(tag for tag in liked.mood_tags if tag in item.mood_tags)
    if moods and mood:
        yield Fact("shared_moods", moods[:2], liked.id, mood + 0.2 * min(len(moods), 3))
    tags = tuple(tag for tag in liked.tags if tag in item.tags and noun(tag))
    if tags and plot:
        yield Fact("shared_tags", tags[:2], liked.id, plot + 0.3 * min(len(tags), 3))
    for archetype in liked.archetypes:
        if plot and archetype in item.archetypes and story(archetype):
            yield Fact("shared_archetype", (archetype,), liked.id, plot + 0.4)
    yield from _shared_people(item, liked, max(mood, plot, crowd) * 0.8)
    if crowd and item.id in liked.kindred:
        yield Fact("kindred", (), liked.id, crowd)


def _shared_people(item: Item, liked: Item, weight: float) -> Iterable[Fact]:
    directors = tuple(name for name in liked.directors if name in item.directors)
    if directors:
        yield Fact("shared_director", directors[:2], liked.id, weight + 0.5)
    actors = tuple(name for name in liked.cast if name in item.cast and name not in directors)
    if actors:
        yield Fact("shared_cast", actors[:2], liked.id, weight)


def _against(item: Item, query: Query, known: Mapping[str, Item]) -> Iterable[Fact]:
    """Where an item goes further than a favourite, in the direction that was wished."""
    for like in query.likes:
        other = known.get(like.id)
        if other is None or other.axes is None or item.axes is None or like.dimension != "overall":
            continue
        for wish in query.axes:
            mine, theirs = item.axes.of(wish.axis), other.axes.of(wish.axis)
            nearer = abs(mine - wish.target) < abs(theirs - wish.target)
            if nearer and like.weight > 0 and _speaks_for(mine, theirs, wish):
                kind: FactKind = "more_than" if mine > theirs else "less_than"
                yield Fact(kind, (wish.axis,), other.id, 2.9 * min(1.0, wish.weight + 0.2))


def _speaks_for(mine: int, theirs: int, wish: AxisWish) -> bool:
    """Whether a difference is one that was wished: a comparison (it weighs above 1), or plainly
    more of what shall be high, less of what shall be low. "Heavier" is no praise where "light"
    was asked for and the favourite is merely lighter still."""
    if wish.weight > 1:
        return True
    return (mine > theirs and wish.target >= 3) or (mine < theirs and wish.target <= 1)


_HALF_MEANT = 0.51
"""Weight of a mood that a later step went away from ("lighter" after "sad"): no longer praise."""


def _asked(item: Item, query: Query) -> Iterable[Fact]:
    wanted = [wish.tag for wish in query.moods if wish.weight > _HALF_MEANT]
    moods = tuple(tag for tag in dict.fromkeys(wanted) if tag in item.mood_tags)
    if moods:
        yield Fact("asked_moods", moods[:3], None, 2.6 + 0.2 * min(len(moods), 3))
    yield from _asked_axes(item, query)
    genres = tuple(g for g in item.genres if fold(g) in {fold(name) for name in query.genres})
    if genres:
        yield Fact("asked_genres", genres[:2], None, 2.2)
    wished = {fold(name) for name in query.people}
    people = [name for name in (*item.directors, *item.cast) if fold(name) in wished]
    if people:
        yield Fact("asked_people", tuple(dict.fromkeys(people))[:2], None, 2.5)
    subjects = _asked_subjects(item, query)
    if subjects:
        yield Fact("asked_subjects", subjects[:2], None, 3.2)


def _asked_axes(item: Item, query: Query) -> Iterable[Fact]:
    if item.axes is None:
        return
    for wish in query.axes:
        degree = item.axes.of(wish.axis)
        if wish.target >= 3 and degree >= 3:
            yield Fact("asked_high", (wish.axis,), None, 2.3 * min(1.0, wish.weight + 0.2))
        elif wish.target <= 1 and degree <= 1 and (wish.axis in _SPARED or wish.weight > 1):
            yield Fact("asked_low", (wish.axis, str(degree)), None, 2.0)


def _asked_subjects(item: Item, query: Query) -> tuple[str, ...]:
    """Tags whose words were wished for, as far as a sentence can name them."""
    wishes = [w.text for w in query.texts if w.weight > 0 and w.dimension in ("plot", "overall")]
    asked = {stem(word) for text in (*wishes, query.words) for word in fold(text).split()}
    telling = {word for word in asked if len(word) > 2} - _VAGUE
    return tuple(tag for tag in item.tags if noun(tag) and _names(tag, telling))


def _names(tag: str, telling: set[str]) -> bool:
    """Whether a tag is what the telling words ask for: all of it asked, or all of them in it."""
    stems = {stem(word) for word in fold(tag).split()} - _VAGUE
    return bool(stems and telling) and (stems <= telling or telling <= stems)


def _near(
    item: Item, query: Query, known: Mapping[str, Item], scores: Mapping[str, float]
) -> Iterable[Fact]:
    """Likeness that no shared word shows, in a dimension where only one thing was named."""
    for dimension in DIMENSIONS:
        if scores.get(dimension, 0.0) < NEAR:
            continue
        likes = [like for like in query.likes if like.dimension == dimension and like.weight > 0]
        texts = [wish for wish in query.texts if wish.dimension == dimension and wish.weight > 0]
        if len(likes) == 1 and not texts and likes[0].id in known:
            yield Fact("near_like", (dimension,), likes[0].id, 2.4)
        elif dimension == "plot" and len(texts) == 1 and not likes:
            yield from _near_text(item, query, texts[0])


# Qualities whose absence somebody may be glad to hear of.
_SPARED: frozenset[AxisName] = frozenset({"scares", "violence"})
_VAGUE = {"the", "and", "for", "with", "about", "story", "film", "movie", "one", "new", "old"}


def _limited(item: Item, query: Query) -> Iterable[Fact]:
    """Facts that a limit or a preference made important; each is short."""
    leaning: set[str] = {preference.towards for preference in query.preferences}
    limits = {type(limit) for limit in query.limits}
    minutes, year = item.runtime_min, item.year
    if minutes and (Runtime in limits or _leans(leaning, minutes, "shorter", 105, "longer", 130)):
        yield Fact("asked_length", (str(minutes),), None, 1.6)
    if year and (Years in limits or _leans(leaning, year, "older", 1985, "newer", 2012)):
        yield Fact("asked_year", (str(year),), None, 1.5)
    if item.language and any(isinstance(x, Languages) and x.any_of for x in query.limits):
        yield Fact("asked_language", (item.language,), None, 1.4)
    if item.age_rating and Age in limits:
        yield Fact("asked_age", (item.age_rating,), None, 1.3)
    for limit in query.limits:
        if isinstance(limit, People):
            named = {fold(name) for name in (*limit.all_of, *limit.any_of)}
            people = (*item.directors, *item.cast)
            asked = tuple(dict.fromkeys(name for name in people if fold(name) in named))
            if asked:
                yield Fact("asked_people", asked[:2], None, 2.5)


def _near_text(item: Item, query: Query, wish: TextWish) -> Iterable[Fact]:
    """A short wish that the item comes near without being about it word for word."""
    text = wish.text.strip()
    if (
        len(text.split()) <= 6
        and not set("“”*\n") & set(text)
        and not aboutness(item, asked_stems(text))
    ):
        yield Fact("near_text", (text,), None, 1.8)


def _leans(  # noqa: PLR0917
    leaning: set[str], value: int, down: str, low: int, up: str, high: int
) -> bool:
    """Whether a number lies where a preference pulls."""
    return (down in leaning and value <= low) or (up in leaning and value >= high)


def _own(item: Item) -> Iterable[Fact]:
    """What the item is like by itself, for flesh."""
    if item.mood_tags:
        yield Fact("own_moods", item.mood_tags[:2], None, 1.2)
    tags = tuple(tag for tag in item.tags if noun(tag))
    if tags:
        yield Fact("own_tags", tags[:2], None, 1.2)
    if len(tags) > 3:
        yield Fact("own_tags", tags[2:4], None, 1.0)
    for archetype in item.archetypes[:2]:
        if story(archetype):
            yield Fact("own_archetype", (archetype,), None, 1.0)
    image = opening_image(item)
    if image:
        yield Fact("image", (image,), None, 1.3)


def _cautions(item: Item, query: Query) -> Iterable[Fact]:
    """Content notes that touch what the person is careful about."""
    careful = _careful(query)
    young = any(isinstance(limit, Age) for limit in query.limits)
    for note in item.content_notes:
        if young or careful & set(content_classes((note,))):
            yield Fact("caution", (note,), None, 1.7)
            return


def _careful(query: Query) -> set[str]:
    """The classes of content that a query shows care about."""
    axes: set[AxisName] = {wish.axis for wish in query.axes if wish.target <= 1}
    careful: set[str] = set()
    for limit in query.limits:
        if isinstance(limit, AxisBound) and limit.at_most is not None and limit.at_most <= 2:
            axes.add(limit.axis)
        elif isinstance(limit, Content):
            careful.update(limit.none_of)
    for wish in query.moods:
        if wish.weight < 0 and wish.tag in ("violent", "disturbing", "scary"):
            axes.update(("violence", "scares"))
    return careful.union(*(_TOUCHES.get(axis, frozenset()) for axis in axes))
