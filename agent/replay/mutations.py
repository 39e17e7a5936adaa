"""Ways to break the product on purpose, to see whether scripts notice.

Each replaces one or two named functions where they are used. One that is no longer there is an
error, so that no mutation can turn into one that breaks nothing.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from ...errors import WorkError
from ...ingest.limits import Limit, Runtime, Years
from ...tools.rank import RankedItem
from ..edits import LimitEdit
from ..interpret import Meaning
from ..profile import TasteProfile
from ..reply import Pick
from ..taste_query import Demand

_PACKAGE = __package__.rpartition(".agent.")[0]
Change = Callable[[Callable[..., Any]], Callable[..., Any]]


@dataclass(frozen=True)
class Patch:
    """``change`` makes a function's broken stand-in from it.

    ``place`` is a module in the package and a name there, as ``tools.rank:broken``; a method has
    its class before it.
    """

    place: str
    change: Change


@dataclass(frozen=True)
class Mutation:
    """A way to break the product; ``breaks`` says what no longer works."""

    name: str
    breaks: str
    patches: tuple[Patch, ...]


@contextmanager
def applied(mutation: Mutation) -> Iterator[None]:
    """Meanwhile the product is broken, in this process.

    Raises:
        WorkError: a function that it replaces is not there.
    """
    with ExitStack() as stack:
        for patch in mutation.patches:
            stack.enter_context(_patched(patch, mutation.name))
        yield


@contextmanager
def _patched(patch: Patch, name: str) -> Iterator[None]:
    owner, attribute = _owner(patch.place, name)
    original = inspect.getattr_static(owner, attribute)
    bare = original.__func__ if isinstance(original, staticmethod) else original
    broken: Any = functools.wraps(bare)(patch.change(bare))
    setattr(owner, attribute, staticmethod(broken) if bare is not original else broken)
    try:
        yield
    finally:
        setattr(owner, attribute, original)


def _owner(place: str, name: str) -> tuple[Any, str]:
    """The module or class that has a function, and the function's name there."""
    module, _, path = place.partition(":")
    *classes, attribute = path.split(".")
    try:
        owner = import_module(f"{_PACKAGE}.{module}")
        for each in classes:
            owner = getattr(owner, each)
        found = callable(getattr(owner, attribute))
    except (ImportError, AttributeError):
        found = False
    if not found:
        raise WorkError(
            f"The mutation {name!r} replaces {place!r}, which is no longer there;"
            " let it replace what does that work now."
        )
    return owner, attribute


def _gives(value: Any) -> Change:
    """A function that gives the same whatever it is asked."""
    return lambda original: lambda *_args, **_named: value


def _one_off(original: Callable[..., Any]) -> Callable[..., Any]:
    def by_position(self: Any, position: int) -> Any:
        return original(self, position + 1 if position > 0 else position)

    return by_position


def _limits(loosen: Callable[[Limit], Limit]) -> Change:
    """A demand whose limits are others than those that were said."""

    def change(original: Callable[..., Demand]) -> Callable[..., Demand]:
        def demand_of(*args: Any) -> Demand:
            demand = original(*args)
            said = tuple(loosen(limit) for limit in demand.said)
            query = demand.query.model_copy(update={"limits": (*said, *demand.implied)})
            return replace(demand, query=query, said=said)

        return demand_of

    return change


def _year_off(limit: Limit) -> Limit:
    if not isinstance(limit, Years):
        return limit
    first = None if limit.earliest is None else limit.earliest - 1
    last = None if limit.latest is None else limit.latest + 1
    return limit.model_copy(update={"earliest": first, "latest": last})


def _minute_off(limit: Limit) -> Limit:
    if not isinstance(limit, Runtime):
        return limit
    low = None if limit.shortest is None else limit.shortest - 1
    high = None if limit.longest is None else limit.longest + 1
    return limit.model_copy(update={"shortest": low, "longest": high})


def _only_new_limits(original: Callable[..., Demand]) -> Callable[..., Demand]:
    def demand_of(profile: TasteProfile, *rest: Any) -> Demand:
        last = max((entry.turn for entry in profile.active), default=0)
        kept = tuple(
            entry
            for entry in profile.entries
            if entry.turn == last or not isinstance(entry.content, LimitEdit)
        )
        return original(TasteProfile(entries=kept), *rest)

    return demand_of


def _reversed(original: Callable[..., Any]) -> Callable[..., Any]:
    def of(*args: Any) -> Any:
        pull = original(*args)
        turned = pull.nudge.model_copy(update={"amount": -pull.nudge.amount})
        return replace(pull, nudge=turned)

    return of


def _wrong_year(original: Callable[..., Pick]) -> Callable[..., Pick]:
    def pick_of(item: Any, place: RankedItem) -> Pick:
        pick = original(item, place)
        said = f"{pick.reason.rstrip('.')}, from {(pick.year or 0) + 1}."
        return pick.model_copy(update={"reason": said})

    return pick_of


def _leaking(original: Callable[..., Meaning]) -> Callable[..., Meaning]:
    left: list[TasteProfile] = []

    def interpret(plan: Any, message: str, talk: Any, catalogue: Any) -> Meaning:
        if talk.turn == 1 and left:
            talk = replace(talk, profile=left[-1])
        meaning = original(plan, message, talk, catalogue)
        left[:] = [meaning.profile]
        return meaning

    return interpret


MUTATIONS: tuple[Mutation, ...] = (
    Mutation(
        "constraint check off",
        "limits bar nothing",
        (Patch("tools.retrieve:conditions", _gives(())), Patch("tools.rank:broken", _gives([]))),
    ),
    Mutation(
        "seen filter off",
        "what was seen or disliked may be listed",
        (Patch("agent.taste_query:_excluded", lambda real: lambda _, shown: real((), shown)),),
    ),
    Mutation(
        "undo ignored",
        "an undo changes nothing",
        (Patch("agent.profile:_undo", lambda _: lambda profile, _turns: profile),),
    ),
    Mutation(
        "reference off by one",
        "“the second one” is the third",
        (Patch("agent.resolve:Resolver._by_position", _one_off),),
    ),
    Mutation(
        "repeats allowed",
        "what was shown may be listed again",
        (Patch("agent.taste_query:_excluded", lambda real: lambda said, _: real(said, ())),),
    ),
    Mutation(
        "earlier limits dropped",
        "only limits of the last changing turn count",
        (Patch("agent.nodes:demand_of", _only_new_limits),),
    ),
    Mutation(
        "year off by one",
        "“before 2000” allows 2000",
        (Patch("agent.nodes:demand_of", _limits(_year_off)),),
    ),
    Mutation(
        "runtime off by one",
        "“under two hours” allows 120 minutes",
        (Patch("agent.nodes:demand_of", _limits(_minute_off)),),
    ),
    Mutation(
        "weights ignored",
        "“the plot matters most” changes nothing",
        (Patch("agent.taste_query:_weights", _gives({})),),
    ),
    Mutation(
        "nudges reversed",
        "“lighter” lists darker films",
        (Patch("agent.taste_query:_Pull.of", _reversed),),
    ),
    Mutation(
        "negation ignored",
        "“no horror” is horror",
        (
            Patch("agent.engines.reading.negation:_cue_before", _gives(None)),
            Patch("agent.engines.reading.negation:_cue_after", _gives(None)),
        ),
    ),
    Mutation(
        "year of a title ignored",
        "“Dune (1984)” may be any Dune",
        (
            Patch("ingest.titles:of_year", lambda _: lambda found, _year: found),
            Patch("agent.resolve:_best", lambda real: lambda found, _year: real(found, None)),
        ),
    ),
    Mutation(
        "wrong year in reasons",
        "reasons say the year after",
        (Patch("agent.listing:pick_of", _wrong_year),),
    ),
    Mutation(
        "profile leaks",
        "a conversation begins with the profile of another",
        (Patch("agent.nodes:interpret", _leaking),),
    ),
    Mutation(
        "relaxed silently",
        "limits are bent without a word",
        (Patch("agent.nodes:relaxed", _gives(())),),
    ),
)
