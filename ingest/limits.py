"""Constraints: hard limits on what may be recommended.

A limit says the same thing in three ways that can't drift apart: ``conditions()`` (what a
store filters on), ``allows(item)`` (those conditions evaluated here) and ``sentence()``
(how a person reads it). A fact that is not known fails a limit on it: a limit that can't
be checked can't be kept.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .conditions import Condition, Operation, between, each, one_of
from .facets import subject_words
from .item import AxisName, Item
from .language import language_name
from .limit_words import degrees, from_years, in_and_out, spans, within

__all__ = ["Age", "AxisBound", "BaseLimit", "Condition", "Content", "Genres", "Kinds", "Languages",
           "Limit", "Operation", "People", "Ratings", "Runtime", "Subjects", "Watchlist", "Years",
           "broken", "conditions"]  # fmt: skip


class BaseLimit(BaseModel):
    """What all limits share."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @abstractmethod
    def conditions(self) -> tuple[Condition, ...]:
        """The tests an item has to pass, all of them."""

    @abstractmethod
    def sentence(self) -> str:
        """The limit in a few plain words: ``from before 1970``."""

    def allows(self, item: Item) -> bool:
        """Whether an item keeps this limit."""
        return all(condition.holds(item) for condition in self.conditions())


class Years(BaseLimit):
    """Release years, ends included; a missing end is open. Years in ``none_of`` are left out."""

    limit: Literal["years"] = "years"
    earliest: int | None = Field(default=None, ge=1870, le=2100)
    latest: int | None = Field(default=None, ge=1870, le=2100)
    none_of: tuple[Annotated[int, Field(ge=1870, le=2100)], ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Years:
        if self.earliest is None and self.latest is None and not self.none_of:
            raise ValueError("years: give 'earliest', 'latest' or both, or 'none_of'")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"years: {self.earliest} is after {self.latest}; swap the ends")
        return self

    def conditions(self) -> tuple[Condition, ...]:
        open_ended = self.earliest is None and self.latest is None
        bounds = between("year", 1870 if open_ended else self.earliest, self.latest)
        if not self.none_of:
            return bounds
        return (*bounds, Condition(facet="year", operation="none", values=self.none_of))

    def sentence(self) -> str:
        wanted = [from_years(self.earliest, self.latest)] if self.earliest or self.latest else []
        unwanted = [from_years(first, last) for first, last in spans(self.none_of)]
        return in_and_out("", wanted, "not", unwanted).strip()


class Runtime(BaseLimit):
    """Length in minutes, ends included; a missing end is open."""

    limit: Literal["runtime"] = "runtime"
    shortest: int | None = Field(default=None, ge=1)
    longest: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _check(self) -> Runtime:
        if self.shortest is None and self.longest is None:
            raise ValueError("runtime: give 'shortest', 'longest' or both")
        if self.shortest and self.longest and self.shortest > self.longest:
            raise ValueError(f"runtime: {self.shortest} is above {self.longest}; swap the ends")
        return self

    def conditions(self) -> tuple[Condition, ...]:
        return between("runtime_min", self.shortest, self.longest)

    def sentence(self) -> str:
        if self.shortest is None:
            return within(self.longest or 0)
        if self.longest is None:
            return f"{self.shortest} minutes or more"
        return f"between {self.shortest} and {self.longest} minutes"


class Languages(BaseLimit):
    """Original language, as ISO 639-1 codes (``cn`` is Cantonese)."""

    limit: Literal["languages"] = "languages"
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    def conditions(self) -> tuple[Condition, ...]:
        known = Condition(facet="language", operation="none", values=("",))
        return (
            *one_of("language", self.any_of),
            *((known,) if self.none_of else ()),
            *each("language", "none", self.none_of),
        )

    def sentence(self) -> str:
        wanted, unwanted = (
            [language_name(code) for code in codes] for codes in (self.any_of, self.none_of)
        )
        either = [" or ".join(wanted)] if wanted else []
        return in_and_out("in", either, "not in", unwanted)


class Genres(BaseLimit):
    """Genres by name: every one of ``all_of``, one or more of ``any_of``, none of ``none_of``."""

    limit: Literal["genres"] = "genres"
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    def conditions(self) -> tuple[Condition, ...]:
        return (
            *each("genres", "any", self.all_of),
            *one_of("genres", self.any_of),
            *each("genres", "none", self.none_of),
        )

    def sentence(self) -> str:
        wanted = [g.lower() for g in self.all_of]
        if self.any_of:
            wanted.append(" or ".join(g.lower() for g in self.any_of))
        return in_and_out("only", wanted, "no", [g.lower() for g in self.none_of])


class People(BaseLimit):
    """People by full name, in any role or one: same combinations as `Genres`."""

    limit: Literal["people"] = "people"
    role: Literal["people", "directors", "cast"] = "people"
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    def conditions(self) -> tuple[Condition, ...]:
        return (
            *each(self.role, "any", self.all_of),
            *one_of(self.role, self.any_of),
            *each(self.role, "none", self.none_of),
        )

    def sentence(self) -> str:
        verb = "directed by" if self.role == "directors" else "with"
        wanted = [*self.all_of, *([" or ".join(self.any_of)] if self.any_of else [])]
        return in_and_out(verb, wanted, f"nothing {verb}", list(self.none_of))


class Age(BaseLimit):
    """Fit for the youngest viewer, by age in years (see `moodreel.ingest.facets.suitable_from`)."""

    limit: Literal["age"] = "age"
    youngest: int = Field(ge=0, le=21)

    def conditions(self) -> tuple[Condition, ...]:
        return between("suitable_from", None, self.youngest)

    def sentence(self) -> str:
        return f"fit for age {self.youngest}"


class Ratings(BaseLimit):
    """US age ratings that are accepted; an unrated item is not."""

    limit: Literal["ratings"] = "ratings"
    any_of: tuple[Literal["G", "PG", "PG-13", "R", "NC-17"], ...] = Field(min_length=1)

    def conditions(self) -> tuple[Condition, ...]:
        return (Condition(facet="age_rating", operation="any", values=self.any_of),)

    def sentence(self) -> str:
        return f"rated {' or '.join(self.any_of)}"


class Content(BaseLimit):
    """Content to be spared: names from `moodreel.ingest.facets.CONTENT`."""

    limit: Literal["content"] = "content"
    none_of: tuple[str, ...] = Field(min_length=1)

    def conditions(self) -> tuple[Condition, ...]:
        return each("content", "none", self.none_of)

    def sentence(self) -> str:
        return f"no {' or '.join(self.none_of)}"


class Subjects(BaseLimit):
    """Subjects by word or short phrase, matched in tags, archetypes, genres and the plot text."""

    limit: Literal["subjects"] = "subjects"
    none_of: tuple[str, ...] = Field(min_length=1)

    def conditions(self) -> tuple[Condition, ...]:
        return tuple(
            Condition(facet="subjects", operation="none", values=subject_words(subject)[:1])
            for subject in self.none_of
            if subject_words(subject)
        )

    def sentence(self) -> str:
        return f"no {' or '.join(self.none_of)}"


class Kinds(BaseLimit):
    """Kinds of item that are wanted: ``film``, ``short video``, ``article``, …"""

    limit: Literal["kinds"] = "kinds"
    any_of: tuple[str, ...] = Field(min_length=1)

    def conditions(self) -> tuple[Condition, ...]:
        return one_of("kind", self.any_of)

    def sentence(self) -> str:
        return f"only {' or '.join(self.any_of)}"


class Watchlist(BaseLimit):
    """Only what somebody keeps on a list of films to watch, by item ids."""

    limit: Literal["watchlist"] = "watchlist"
    any_of: tuple[str, ...] = Field(min_length=1)

    def conditions(self) -> tuple[Condition, ...]:
        return (Condition(facet="id", operation="any", values=self.any_of),)

    def sentence(self) -> str:
        return "from your watchlist"


class AxisBound(BaseLimit):
    """A bound on one axis, degrees 0 to 4, ends included; no axes known fails it."""

    limit: Literal["axis"] = "axis"
    axis: AxisName
    at_least: int | None = Field(default=None, ge=0, le=4)
    at_most: int | None = Field(default=None, ge=0, le=4)

    @model_validator(mode="after")
    def _check(self) -> AxisBound:
        if self.at_least is None and self.at_most is None:
            raise ValueError("axis: give 'at_least', 'at_most' or both")
        return self

    def conditions(self) -> tuple[Condition, ...]:
        return between(self.axis, self.at_least, self.at_most)

    def sentence(self) -> str:
        return degrees(self.axis, self.at_least, self.at_most)


Limit = Annotated[
    Years
    | Runtime
    | Languages
    | Genres
    | People
    | Age
    | Ratings
    | Content
    | Subjects
    | Kinds
    | Watchlist
    | AxisBound,
    Field(discriminator="limit"),
]


def conditions(limits: Iterable[BaseLimit]) -> tuple[Condition, ...]:
    """All conditions of several limits, without repeats."""
    return tuple(dict.fromkeys(c for limit in limits for c in limit.conditions()))


def broken(item: Item, limits: Iterable[BaseLimit]) -> list[str]:
    """The sentences of the limits that an item breaks; empty when it may be recommended."""
    return [limit.sentence() for limit in limits if not limit.allows(item)]
