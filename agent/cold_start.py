"""Something that nobody has seen or rated: what it is like, what is near, and whom it suits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..ingest.catalogue import Catalogue
from ..ingest.facets import Facet, facet_of
from ..ingest.guest import GuestCatalogue
from ..ingest.item import Dimension, Item, Provenance
from ..ingest.limits import BaseLimit, Condition
from ..tools.descriptors import Descriptors
from ..tools.facts import FactKind, facts
from ..tools.query import AxisWish, Query
from ..tools.reasons import reasons
from ..tools.retrieve import assess, liked_items, retrieve
from ..tools.scoring import Candidate
from ..tools.wording import listed
from .comparing import Neighbour, beside, nearest
from .edits import Nudge
from .engines.base import Content
from .profile import TasteProfile
from .reply import Pick, Scores
from .sentences import comparative
from .taste_query import Round, demand_of

BY_HAND = Provenance(how="authored", by="edited by hand")
DESCRIBED = (
    "mood", "target_audience", "plot_essence", "mood_tags", "tags", "archetypes", "axes", "genres",
)  # fmt: skip
"""What descriptors say of an item, by the names that both have for it."""

LONGEST_TITLE = 200
MEASURED_AGAINST = 1_000
"""So many of the best-known items say what fitting well means."""
_BEST = 60
_FAR = 2.0
"""Degrees of an axis from which on an item is told to miss a wish."""
_TELLING = 2
_OWN: frozenset[FactKind] = frozenset(
    {"own_moods", "own_tags", "own_archetype", "image", "caution"}
)


@dataclass(frozen=True)
class ItemFacts:
    """What is known of a content besides its descriptors; ``None`` where it isn't."""

    kind: str = "text"
    year: int | None = None
    runtime_min: int | None = None
    age_rating: str | None = None


@dataclass(frozen=True)
class Taste:
    """What a conversation wants: its profile, and the lists that it was shown, oldest first."""

    profile: TasteProfile
    shown: Sequence[Round] = ()


@dataclass(frozen=True)
class Fit:
    """How well an item suits a taste.

    ``scores`` are 0 to 1, as in a list of picks; ``None`` where the taste wishes for nothing.
    ``ahead_of`` is the share of the best-known items that suit less well, 0 to 1. ``breaks``
    has the limits that it breaks; ``unsure`` those that can't be checked, with what isn't
    known; both in the words of the limit. ``speaks_for`` and ``speaks_against`` are sentences.
    """

    scores: Scores | None = None
    ahead_of: float = 0.0
    breaks: tuple[str, ...] = ()
    unsure: tuple[tuple[str, str], ...] = ()
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the taste says anything that an item could suit or not."""
        return self.scores is not None or bool(self.breaks or self.unsure)


@dataclass(frozen=True)
class Listener:
    """A conversation that something may suit, its title, and how well it does."""

    conversation: str
    title: str
    fit: Fit

    @property
    def reason(self) -> str:
        """A sentence on what speaks for it, or else against it; empty where nothing tells."""
        limits = (f"It breaks a limit: {limit}." for limit in self.fit.breaks)
        said = (*limits, *self.fit.speaks_for, *self.fit.speaks_against)
        return said[0] if said else ""


def best_first(listeners: Iterable[Listener]) -> list[Listener]:
    """Those with a taste that says something, whose limits hold first, the best suited first."""
    told = [each for each in listeners if each.fit.scores]
    return sorted(told, key=lambda each: (bool(each.fit.breaks), -each.fit.ahead_of))


def identity(content: Content) -> str:
    """The id of a content as an item; the same content always has the same."""
    whole = hashlib.sha256(content.text.encode("utf-8", "surrogatepass"))
    for picture in content.pictures:
        whole.update(hashlib.sha256(picture).digest())
    if content.trailer is not None:
        whole.update(f"trailer of {content.trailer.label}".encode("utf-8", "surrogatepass"))
    return f"added-{whole.hexdigest()[:12]}"


def item_of(
    described: Descriptors,
    title: str,
    item_id: str,
    known: ItemFacts = ItemFacts(),
    edited: Descriptors | None = None,
) -> Item:
    """Described content as an item.

    Args:
        described: what was found.
        title: what it is called.
        item_id: see `identity`.
        known: facts about it.
        edited: the descriptors as somebody changed them, if anybody did: what differs from
            those that were found counts as written by a person.
    """
    final = edited or described
    names = (*DESCRIBED, "language")
    changed = [name for name in names if getattr(final, name) != getattr(described, name)]
    by = {"*": described.provenance, **described.known_by}
    return Item(
        id=item_id,
        kind=known.kind,
        title=" ".join(title.split())[:LONGEST_TITLE],
        year=known.year,
        runtime_min=known.runtime_min,
        age_rating=known.age_rating,
        language=final.language,
        **{name: getattr(final, name) for name in DESCRIBED},
        source="added",
        provenance={**by, **_predicted(described), **dict.fromkeys(changed, BY_HAND)},
    )


def _predicted(described: Descriptors) -> dict[str, Provenance]:
    """Where genres come from that a classifier gave."""
    by = described.genres_by
    return {"genres": Provenance(how="predicted", by=by)} if by else {}


def similar_to(
    catalogue: Catalogue, item: Item, count: int = 6
) -> dict[Dimension, list[Neighbour]]:
    """What is nearest in each dimension to an item that need not be in the catalogue.

    See `moodreel.agent.comparing.nearest`. Blocks while the item's texts are embedded.
    """
    return nearest(_guest(catalogue, item), item.id, count)


def shared_with(catalogue: Catalogue, item: Item, other_id: str) -> Pick:
    """An item of the catalogue as a pick beside one that need not be in it; blocks.

    Raises:
        UnknownItem: the catalogue has no such item.
    """
    return beside(_guest(catalogue, item), item.id, other_id)


def _guest(catalogue: Catalogue, item: Item) -> GuestCatalogue:
    """The catalogue with the item as its guest; what was embedded for it is kept."""
    is_guest = isinstance(catalogue, GuestCatalogue) and catalogue.guest == item
    return catalogue if is_guest else GuestCatalogue(catalogue, item)  # type: ignore[return-value]


def suits(
    catalogue: Catalogue, profile: TasteProfile, item: Item, shown: Sequence[Round] = ()
) -> Fit:
    """How well an item suits a profile, whether or not it is in the catalogue. Blocks."""
    return suits_each(catalogue, [Taste(profile, shown)], item)[0]


def suits_each(catalogue: Catalogue, tastes: Iterable[Taste], item: Item) -> list[Fit]:
    """How well an item suits each of several tastes, in their order. Blocks."""
    guest = _guest(catalogue, item)
    usual = guest.get(hit.id for hit in guest.search([], limit=MEASURED_AGAINST))
    return [_fit(guest, taste, usual) for taste in tastes]


def _fit(guest: GuestCatalogue, taste: Taste, usual: Mapping[str, Item]) -> Fit:
    demand = demand_of(taste.profile, guest, taste.shown)
    item, query = guest.guest, demand.query
    breaks, unsure = _limits_of(item, demand.said)
    if query.empty:
        return Fit(breaks=breaks, unsure=unsure)
    # An item that the taste was made from would be like itself.
    wishes = query.model_copy(
        update={"likes": tuple(like for like in query.likes if like.id != item.id)}
    )
    if wishes.empty:
        return Fit(breaks=breaks, unsure=unsure)
    scores, ahead_of = _measured(guest, wishes, usual)
    known = liked_items(guest, wishes)
    speaks = _for(item, wishes, known, scores), tuple(_against(item, wishes, known))
    return Fit(scores, ahead_of, breaks, unsure, *speaks)


def _measured(
    guest: GuestCatalogue, query: Query, usual: Mapping[str, Item]
) -> tuple[Scores, float]:
    """The scores of the guest beside the best there are, and its place among the usual ones."""
    item, liked = guest.guest, {like.id for like in query.likes}
    best = [candidate.item for candidate in retrieve(guest, query, _BEST)]
    beside = next(each for each in assess(guest, query, [item, *best]) if each.id == item.id)
    others = [other for other in usual.values() if other.id not in liked]
    order = [each.id for each in assess(guest, query, [item, *others])]
    below = len(order) - 1 - order.index(item.id)
    return Scores.model_validate(beside.scores), below / max(1, len(others))


def _for(item: Item, query: Query, known: Mapping[str, Item], scores: Scores) -> tuple[str, ...]:
    """A sentence on what the item has of what is wished; none where it has nothing of it."""
    shown = scores.model_dump()
    if all(fact.kind in _OWN for fact in facts(item, query, known, shown)):
        return ()
    said = reasons([Candidate(item, 0.0, {}, shown)], query, known)
    return tuple(reason.text for reason in said)


def _against(item: Item, query: Query, known: Mapping[str, Item]) -> Iterable[str]:
    """Sentences on what the item has that is not wanted."""
    unwanted = [wish.tag for wish in query.moods if wish.weight < 0 and wish.tag in item.mood_tags]
    if unwanted:
        yield f"It's {listed(unwanted)}, which you'd rather not have."
    further = [_further(item, wish) for wish in query.axes]
    if any(further):
        yield f"It's {listed([word for word in further if word])} than you want."
    for like in query.likes:
        disliked = known.get(like.id)
        shared = _in_common(item, disliked) if disliked and like.weight < 0 else []
        if disliked and len(shared) >= _TELLING:
            yield f"It shares {listed(shared[:3])} with {disliked.label}, which you didn't like."


def _further(item: Item, wish: AxisWish) -> str:
    """``scarier``, where an item lies that far beyond what is wished; or nothing."""
    beyond = item.axes.of(wish.axis) - wish.target if item.axes else 0.0
    if abs(beyond) < _FAR or wish.weight <= 0:
        return ""
    return comparative(Nudge(quality=wish.axis, amount=1 if beyond > 0 else -1)).lower()


def _in_common(item: Item, other: Item) -> list[str]:
    return [tag for tag in (*item.tags, *item.mood_tags) if tag in (*other.tags, *other.mood_tags)]


def _limits_of(
    item: Item, limits: Iterable[BaseLimit]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The limits that an item breaks, and those that can't be checked with what isn't known."""
    breaks: list[str] = []
    unsure: list[tuple[str, str]] = []
    for limit in limits:
        failed = [each for each in limit.conditions() if not each.holds(item)]
        missing = next((_UNKNOWN[each.facet] for each in failed if _unknown(item, each)), "")
        if failed and missing:
            unsure.append((limit.sentence(), missing))
        elif failed:
            breaks.append(limit.sentence())
    return tuple(breaks), tuple(unsure)


def _unknown(item: Item, condition: Condition) -> bool:
    """Whether a condition fails only because nobody knows."""
    facet: Facet = "age_rating" if condition.facet == "suitable_from" else condition.facet
    return condition.facet in _UNKNOWN and facet_of(item, facet) in (None, "", ())


_UNKNOWN: Mapping[Facet, str] = {
    "year": "its year",
    "runtime_min": "its length",
    "language": "its language",
    "people": "who made it",
    "directors": "who directed it",
    "cast": "who is in it",
    "age_rating": "its age rating",
    "suitable_from": "its age rating",
}
