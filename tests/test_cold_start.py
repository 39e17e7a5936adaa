"""What nobody has seen or rated: told as an item, set beside the others, held against a taste."""

from __future__ import annotations

import pytest
from moodreel.agent.cold_start import (
    BY_HAND,
    ItemFacts,
    Taste,
    identity,
    item_of,
    shared_with,
    similar_to,
    suits,
    suits_each,
)
from moodreel.agent.edits import Anchor, AnchorPart, Attitude, Edit, ItemRef, LimitEdit, Wish
from moodreel.agent.engines.base import Content, Trailer
from moodreel.agent.profile import TasteProfile, apply
from moodreel.errors import UnknownItem
from moodreel.ingest.catalogue import Catalogue, Probe
from moodreel.ingest.guest import GuestCatalogue
from moodreel.ingest.item import Axes, Item, Provenance
from moodreel.ingest.limits import Age, Genres, Kinds, Limit, Runtime
from moodreel.tools.descriptors import Descriptors

MIDDLE = dict.fromkeys(Axes.model_fields, 2)
KEEPERS = Descriptors(
    mood="Frightening and bleak, with a storm that never ends.",
    target_audience="For grown-ups who like slow dread and old houses.",
    plot_essence="Two brothers keep a lighthouse where something walks at night.",
    mood_tags=("scary", "eerie", "bleak"),
    tags=("lighthouse", "ghost", "haunted house"),
    archetypes=(),
    axes=Axes(**MIDDLE | {"scares": 4, "lightness": 0, "humour": 0}),
    genres=("Horror",),
    provenance=Provenance(how="derived", by="builtin 1"),
)


@pytest.fixture(scope="module")
def keepers() -> Item:
    return item_of(KEEPERS, "The Keepers", "added-1")


def profile(*edits: Edit) -> TasteProfile:
    return apply(TasteProfile(), edits, 1)


def limited(*limits: Limit) -> TasteProfile:
    return profile(*(LimitEdit(limit=limit) for limit in limits))


def test_the_same_content_has_the_same_id_and_other_content_another() -> None:
    contents = [Content("a story"), Content("a story", (b"png",)), Content("a stor"), Content()]
    contents += [Content(trailer=Trailer(name)) for name in ("One", "Two")]
    assert len({identity(each) for each in contents}) == 6
    assert identity(Content("a story")) == identity(Content("a story"))
    assert identity(Content("half a pair \ud83d")).startswith("added-")


def test_what_a_person_changed_counts_as_written_by_them() -> None:
    edited = KEEPERS.model_copy(update={"mood": "Quietly funny.", "language": "no"})
    item = item_of(KEEPERS, "  The\n Keepers ", "added-1", ItemFacts("short video", 2024), edited)
    assert (item.title, item.kind, item.year) == ("The Keepers", "short video", 2024)
    assert (item.mood, item.language, item.source) == ("Quietly funny.", "no", "added")
    assert item.provenance == {"*": KEEPERS.provenance, "mood": BY_HAND, "language": BY_HAND}


def test_untouched_descriptors_keep_their_provenance(keepers: Item) -> None:
    assert keepers.provenance == {"*": KEEPERS.provenance}
    assert keepers.plot_essence == KEEPERS.plot_essence


def test_a_guest_is_measured_as_if_it_was_stored(starter: Catalogue) -> None:
    stored = starter.get(["tt0113277"])["tt0113277"]
    guest = GuestCatalogue(starter, stored.model_copy(update={"id": "added-2"}))
    for space in ("mood", "audience", "plot", "overall", "traits"):
        probe = Probe(space, starter.vectors([stored.id], space)[stored.id])
        found = guest.similarities(["added-2", stored.id], [probe])
        own, theirs = (found[name].similarities[0] for name in ("added-2", stored.id))
        assert own == pytest.approx(theirs, rel=0.01)
    assert set(guest.get(["added-2", stored.id, "none"])) == {"added-2", stored.id}
    assert guest.count() == starter.count()
    assert not starter.get(["added-2"])


def test_near_items_are_near_in_each_dimension(starter: Catalogue, keepers: Item) -> None:
    near = similar_to(starter, keepers, 5)
    assert {name: len(found) for name, found in near.items()} == {
        "mood": 5,
        "audience": 5,
        "plot": 5,
    }
    for found in near.values():
        likeness = [each.similarity for each in found]
        assert likeness == sorted(likeness, reverse=True)
        assert all(0 <= each <= 1 for each in likeness)
    scares = [each.item.axes.scares for each in near["mood"] if each.item.axes]
    assert sum(scares) / len(scares) >= 3
    haunted = [each.item.label for each in near["plot"] if "haunted house" in each.shared]
    assert len(haunted) >= 2, near["plot"]


def test_a_stored_item_is_not_near_itself(starter: Catalogue) -> None:
    stored = starter.get(["tt0113277"])["tt0113277"]
    near = similar_to(starter, stored, 3)
    assert stored.id not in {each.item.id for found in near.values() for each in found}


def test_nothing_said_of_a_dimension_means_nothing_near(starter: Catalogue) -> None:
    silent = KEEPERS.model_copy(update={"target_audience": ""})
    near = similar_to(starter, item_of(silent, "Something", "added-3"), 3)
    assert near["audience"] == []
    assert len(near["plot"]) == 3


def test_what_a_near_item_shares(starter: Catalogue, keepers: Item) -> None:
    match = starter.find("The Conjuring", 2013)[0]
    pick = shared_with(starter, keepers, match.id)
    assert (pick.title, pick.year) == ("The Conjuring", 2013)
    assert pick.reason.startswith("In common with The Keepers: ")
    assert "haunted house" in pick.reason
    with pytest.raises(UnknownItem):
        shared_with(starter, keepers, "no such id")


def test_a_taste_for_it_suits_and_one_against_it_does_not(
    starter: Catalogue, keepers: Item
) -> None:
    lover = profile(Wish(text="scary", moods=("scary", "eerie"), axes={"scares": 4}, embed=False))
    other = profile(Wish(text="funny", moods=("funny", "cosy"), axes={"scares": 0}, embed=False))
    fits = suits_each(starter, [Taste(lover), Taste(other)], keepers)
    assert fits[0].scores and fits[1].scores
    assert fits[0].scores.overall > 0.6
    assert fits[1].scores.overall < 0.3
    assert fits[0].ahead_of > 0.95
    assert fits[1].ahead_of < 0.2
    assert "fright" in fits[0].speaks_for[0]
    assert fits[1].speaks_for == ()
    assert fits[1].speaks_against == ("It's scarier than you want.",)


def test_what_is_avoided_or_shared_with_a_disliked_film_speaks_against_it(
    starter: Catalogue, keepers: Item
) -> None:
    disliked = starter.find("The Conjuring", 2013)[0]
    taste = profile(
        Wish(text="bleak", avoid=True, moods=("bleak",), embed=False),
        Attitude(item=ItemRef(id=disliked.id, title=disliked.title), feeling="disliked"),
    )
    against = suits(starter, taste, keepers).speaks_against
    assert against[0] == "It's bleak, which you'd rather not have."
    assert against[1].startswith("It shares ")
    assert against[1].endswith(" with The Conjuring (2013), which you didn't like.")


def test_limits_are_broken_or_can_t_be_checked(starter: Catalogue, keepers: Item) -> None:
    taste = limited(Runtime(longest=99), Genres(none_of=("horror",)), Age(youngest=10))
    fit = suits(starter, taste, keepers)
    assert fit.known
    assert fit.scores is None
    assert fit.breaks == ("no horror",)
    assert fit.unsure == (
        ("at most 99 minutes", "its length"),
        ("fit for age 10", "its age rating"),
    )


@pytest.mark.parametrize(
    ("known", "breaks"),
    [
        (ItemFacts("film", runtime_min=80, age_rating="G"), ("fit for age 8",)),
        (
            ItemFacts("film", runtime_min=120, age_rating="R"),
            ("at most 99 minutes", "fit for age 8"),
        ),
        (ItemFacts("podcast", runtime_min=80, age_rating="PG-13"), ("fit for age 8", "only film")),
    ],
)
def test_known_facts_are_held_against_limits(
    starter: Catalogue, known: ItemFacts, breaks: tuple[str, ...]
) -> None:
    item = item_of(KEEPERS, "The Keepers", "added-1", known)
    fit = suits(
        starter, limited(Runtime(longest=99), Age(youngest=8), Kinds(any_of=("film",))), item
    )
    assert fit.unsure == ()
    assert set(fit.breaks) == set(breaks)


def test_an_empty_taste_knows_nothing(starter: Catalogue, keepers: Item) -> None:
    assert not suits(starter, TasteProfile(), keepers).known


def test_a_taste_made_of_the_item_alone_knows_nothing_else(
    starter: Catalogue, keepers: Item
) -> None:
    named = ItemRef(id=keepers.id, title=keepers.title)
    assert not suits(starter, profile(Attitude(item=named, feeling="loved")), keepers).known


def test_favourites_alike_suit_better_than_unlike(starter: Catalogue, keepers: Item) -> None:
    def fan_of(title: str) -> TasteProfile:
        match = starter.find(title)[0]
        part = AnchorPart(item=ItemRef(id=match.id, title=match.title))
        return profile(Anchor(parts=(part,)))

    fits = suits_each(starter, map(Taste, map(fan_of, ("The Witch", "Paddington 2"))), keepers)
    assert fits[0].ahead_of > 0.9
    assert fits[1].ahead_of < 0.4
