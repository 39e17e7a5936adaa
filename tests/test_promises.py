"""The promises are checked by themselves: a build that breaks one is noticed in a real talk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moodreel.agent import conflicts, interpret, nodes, resolve, taste_query
from moodreel.agent import profile as profiles
from moodreel.agent.bench.messages import CONVERSATIONS
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.edits import LimitEdit
from moodreel.agent.profile import TasteProfile
from moodreel.agent.replay.checks import Exchange, check_turn, upto
from moodreel.agent.replay.checks.keeping import breaches
from moodreel.agent.replay.expect import Expect
from moodreel.agent.settings import load_settings
from moodreel.ingest import limits
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.facets import CONTENT
from moodreel.ingest.item import AXES, Item
from moodreel.ingest.limits import Limit

Patch = Callable[[pytest.MonkeyPatch], None]


async def talk(catalogue: Catalogue, *messages: str) -> list[Exchange]:
    """A real conversation with the builtin engine."""
    agent = MovieAgent(load_settings(), catalogue, MemoryConversations(), year=2026)
    return [Exchange(words, await agent.send(words)) for words in messages]


def broken(catalogue: Catalogue, exchanges: Sequence[Exchange]) -> list[str]:
    """What the promises say is wrong, each with the turn and the check."""
    return [
        f"{len(seen.exchanges)} {found.check}: {found.says}"
        for seen in upto(exchanges, catalogue, 2026)
        for found in check_turn(Expect(), True, seen)
        if found.fails
    ]


TALK = (
    "something funny, no horror, under 100 minutes",
    "I've seen the second one. Something else?",
    "nothing from before 1990",
    "more like number 3",
    "undo",
    "more please",
)


def without_limits(patch: pytest.MonkeyPatch) -> None:
    def unlimited(*args: Any) -> Any:
        demand = taste_query.demand_of(*args)
        query = demand.query.model_copy(update={"limits": ()})
        return replace(demand, query=query, said=(), implied=())

    patch.setattr(nodes, "demand_of", unlimited)


def without_exclusions(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(taste_query, "_excluded", lambda said, shown: ())


def without_undo(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(profiles, "_undo", lambda profile, turns: profile)


def one_further(patch: pytest.MonkeyPatch) -> None:
    real = resolve.Resolver._by_position
    patch.setattr(resolve.Resolver, "_by_position", lambda self, place: real(self, place % 5 + 1))


def forgetting(patch: pytest.MonkeyPatch) -> None:
    """Every later turn loses what was said first."""
    real = profiles.apply

    def apply(profile: TasteProfile, edits: Any, turn: int) -> TasteProfile:
        after = real(profile, edits, turn)
        return after if turn == 1 else TasteProfile(entries=after.entries[1:])

    patch.setattr(interpret, "apply", apply)


def dropping(patch: pytest.MonkeyPatch) -> None:
    """A new limit silently ends all others."""
    real = conflicts.remainder

    def remainder(earlier: Any, later: Any, *, same_turn: bool = False) -> Any:
        both = isinstance(earlier, LimitEdit) and isinstance(later, LimitEdit)
        return None if both and not same_turn else real(earlier, later, same_turn=same_turn)

    patch.setattr(profiles, "remainder", remainder)


@pytest.mark.parametrize(
    ("mutation", "check", "says"),
    [
        (without_limits, "kept", "the limit is"),
        (without_exclusions, "no_repeat", "was shown before, in turn 1."),
        (without_exclusions, "not_seen", "came, but it was seen."),
        (without_undo, "kept", "still counts after the undo."),
        (one_further, "not_seen", "but number 2 is"),
        (forgetting, "kept", "is gone from the profile."),
        (dropping, "kept", "which nobody said."),
    ],
)
async def test_a_build_that_breaks_a_promise_is_noticed(
    starter: Catalogue, monkeypatch: pytest.MonkeyPatch, mutation: Patch, check: str, says: str
) -> None:
    assert broken(starter, await talk(starter, *TALK)) == []
    mutation(monkeypatch)
    found = broken(starter, await talk(starter, *TALK))
    assert any(f" {check}: " in each and says in each for each in found), found


@pytest.mark.parametrize("messages", CONVERSATIONS, ids=lambda messages: messages[0])
async def test_a_sound_build_raises_no_alarm(starter: Catalogue, messages: Sequence[str]) -> None:
    assert broken(starter, await talk(starter, *messages)) == []


def names(*values: Any) -> st.SearchStrategy[Any]:
    """None, one or two of the values."""
    return st.sampled_from([each for size in range(3) for each in combinations(values, size)])


GENRES = names("Drama", "horror", "Comédie", "Science Fiction", "Animation", "Western")
PEOPLE = names("Al Pacino", "tilda swinton", "Steven Spielberg", "Nobody Atall")
CODES = names("en", "fr", "JA", "ko", "xx")


def limit() -> st.SearchStrategy[Limit]:
    year = st.none() | st.integers(1920, 2026)
    minutes = st.none() | st.integers(60, 200)
    degree = st.none() | st.integers(0, 4)
    ratings = names("G", "PG", "PG-13", "R", "NC-17").filter(bool)
    some = names("zombies", "war", "dogs", "heist", "first love").filter(bool)
    return st.one_of(
        possible(limits.Years, earliest=year, latest=year, none_of=names(1942, 1995, 2001)),
        possible(limits.Runtime, shortest=minutes, longest=minutes),
        possible(limits.Languages, any_of=CODES, none_of=CODES),
        possible(limits.Genres, all_of=GENRES, any_of=GENRES, none_of=GENRES),
        possible(
            limits.People,
            role=st.sampled_from(["people", "directors", "cast"]),
            all_of=PEOPLE,
            any_of=PEOPLE,
            none_of=PEOPLE,
        ),
        possible(limits.Age, youngest=st.integers(0, 21)),
        possible(limits.Ratings, any_of=ratings),
        possible(limits.Content, none_of=names(*CONTENT).filter(bool)),
        possible(limits.Subjects, none_of=some),
        possible(limits.Kinds, any_of=names("film", "Article").filter(bool)),
        possible(limits.AxisBound, axis=st.sampled_from(AXES), at_least=degree, at_most=degree),
    )


def possible(kind: Any, **fields: Any) -> st.SearchStrategy[Any]:
    """Limits of one kind, contradictory ones left out."""

    def made(values: dict[str, Any]) -> Any:
        try:
            return kind(**values)
        except ValueError:
            return None

    return st.fixed_dictionaries(fields).map(made).filter(lambda each: each is not None)


@pytest.fixture(scope="module")
def films(starter: Catalogue) -> tuple[Item, ...]:
    """All films, one without any facts, one without a year."""
    known = tuple(starter.items())
    undated = known[0].model_copy(update={"id": "undated", "year": None})
    return (*known, Item(id="bare", title="Bare"), undated)


@settings(deadline=None)
@given(said=limit())
def test_the_second_reading_of_a_limit_agrees_with_the_first(
    films: tuple[Item, ...], said: Any
) -> None:
    for item in films:
        assert bool(breaches(item, said)) != said.allows(item), (item.label, said)
