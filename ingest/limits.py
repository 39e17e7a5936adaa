"""Constraints: hard limits on what may be recommended.

A limit says the same thing in three ways that can't drift apart: ``conditions()`` (what a
store filters on), ``allows(item)`` (those conditions evaluated here) and ``sentence()``
(how a person reads it). A fact that is not known fails a limit on it: a limit that can't
be checked can't be kept.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .facets import Facet, facet_of, subject_words
from .item import AxisName, Item, fold

Operation = Literal["any", "none", "at_least", "at_most"]


class Condition(BaseModel):
    """One test of one facet: what every store must be able to filter on.

    ``any``: at least one of ``values`` is among the facet's values; ``none``: not one of them
    is (an empty facet passes); ``at_least`` / ``at_most``: the number is known and within the
    bound, which is included.
    """

    model_config = ConfigDict(frozen=True)

    facet: Facet
    operation: Operation
    values: tuple[str | int, ...] = Field(min_length=1)

    def holds(self, item: Item) -> bool:
        """Whether an item passes."""
        found = facet_of(item, self.facet)
        present = found if isinstance(found, tuple) else () if found is None else (found,)
        if self.operation == "any":
            return any(value in present for value in self.values)
        if self.operation == "none":
            return not any(value in present for value in self.values)
        if not present:
            return False
        number, bound = int(present[0]), int(self.values[0])
        return number >= bound if self.operation == "at_least" else number <= bound


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


def _bounds(facet: Facet, low: int | None, high: int | None) -> tuple[Condition, ...]:
    tests = []
    if low is not None:
        tests.append(Condition(facet=facet, operation="at_least", values=(low,)))
    if high is not None:
        tests.append(Condition(facet=facet, operation="at_most", values=(high,)))
    return tuple(tests)


def _each(facet: Facet, operation: Operation, names: Iterable[str]) -> tuple[Condition, ...]:
    return tuple(Condition(facet=facet, operation=operation, values=(fold(n),)) for n in names)


def _one_of(facet: Facet, names: Sequence[str]) -> tuple[Condition, ...]:
    values = tuple(fold(name) for name in names)
    return (Condition(facet=facet, operation="any", values=values),) if values else ()


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
        bounds = _bounds("year", 1870 if open_ended else self.earliest, self.latest)
        if not self.none_of:
            return bounds
        return (*bounds, Condition(facet="year", operation="none", values=self.none_of))

    def sentence(self) -> str:
        wanted = [_from(self.earliest, self.latest)] if self.earliest or self.latest else []
        unwanted = [_from(first, last) for first, last in _spans(self.none_of)]
        return _in_and_out("", wanted, "not", unwanted).strip()


def _from(earliest: int | None, latest: int | None) -> str:
    if earliest is None:
        return f"from before {(latest or 0) + 1}"
    if latest is None:
        return f"from {earliest} or later"
    if earliest == latest:
        return f"from {earliest}"
    if earliest % 10 == 0 and latest == earliest + 9:
        return f"from the {earliest}s"
    return f"from {earliest} to {latest}"


def _spans(years: Sequence[int]) -> list[tuple[int, int]]:
    """Years as first and last of each unbroken run."""
    spans: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if spans and year == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], year)
        else:
            spans.append((year, year))
    return spans


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
        return _bounds("runtime_min", self.shortest, self.longest)

    def sentence(self) -> str:
        if self.shortest is None:
            return _within(self.longest or 0)
        if self.longest is None:
            return f"{self.shortest} minutes or more"
        return f"between {self.shortest} and {self.longest} minutes"


_HOURS = {60: "an hour", 90: "90 minutes", 120: "two hours", 180: "three hours"}


def _within(longest: int) -> str:
    """ "under two hours" for 119 and "at most two hours" for 120; minutes where uneven."""
    if longest + 1 in _HOURS:
        return f"under {_HOURS[longest + 1]}"
    return f"at most {_HOURS.get(longest, f'{longest} minutes')}"


class Languages(BaseLimit):
    """Original language, as ISO 639-1 codes (``cn`` is Cantonese)."""

    limit: Literal["languages"] = "languages"
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    def conditions(self) -> tuple[Condition, ...]:
        known = Condition(facet="language", operation="none", values=("",))
        return (
            *_one_of("language", self.any_of),
            *((known,) if self.none_of else ()),
            *_each("language", "none", self.none_of),
        )

    def sentence(self) -> str:
        wanted, unwanted = map(_language_names, (self.any_of, self.none_of))
        either = [" or ".join(wanted)] if wanted else []
        return _in_and_out("in", either, "not in", unwanted)


class Genres(BaseLimit):
    """Genres by name: every one of ``all_of``, one or more of ``any_of``, none of ``none_of``."""

    limit: Literal["genres"] = "genres"
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    def conditions(self) -> tuple[Condition, ...]:
        return (
            *_each("genres", "any", self.all_of),
            *_one_of("genres", self.any_of),
            *_each("genres", "none", self.none_of),
        )

    def sentence(self) -> str:
        wanted = [g.lower() for g in self.all_of]
        if self.any_of:
            wanted.append(" or ".join(g.lower() for g in self.any_of))
        return _in_and_out("only", wanted, "no", [g.lower() for g in self.none_of])


class People(BaseLimit):
    """People by full name, in any role or one: same combinations as `Genres`."""

    limit: Literal["people"] = "people"
    role: Literal["people", "directors", "cast"] = "people"
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    def conditions(self) -> tuple[Condition, ...]:
        return (
            *_each(self.role, "any", self.all_of),
            *_one_of(self.role, self.any_of),
            *_each(self.role, "none", self.none_of),
        )

    def sentence(self) -> str:
        verb = "directed by" if self.role == "directors" else "with"
        wanted = [*self.all_of, *([" or ".join(self.any_of)] if self.any_of else [])]
        return _in_and_out(verb, wanted, f"nothing {verb}", list(self.none_of))


class Age(BaseLimit):
    """Fit for the youngest viewer, by age in years (see `moodreel.ingest.facets.suitable_from`)."""

    limit: Literal["age"] = "age"
    youngest: int = Field(ge=0, le=21)

    def conditions(self) -> tuple[Condition, ...]:
        return _bounds("suitable_from", None, self.youngest)

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
        return _each("content", "none", self.none_of)

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
        return _one_of("kind", self.any_of)

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
        return _bounds(self.axis, self.at_least, self.at_most)

    def sentence(self) -> str:
        parts = []
        if self.at_least is not None:
            parts.append(_AT_LEAST[self.axis][min(self.at_least, 4) // 2])
        if self.at_most is not None:
            parts.append(_AT_MOST[self.axis][min(self.at_most, 2)])
        return ", ".join(parts)


# How a bound is said: at least 0 or 1, 2 or 3, 4 degrees; at most 0, 1, 2 or more.
_AT_LEAST: dict[AxisName, tuple[str, str, str]] = {
    "lightness": ("not utterly bleak", "nothing heavy", "only the very light"),
    "warmth": ("not ice-cold", "nothing cold", "only the very warm"),
    "humour": ("a little humour", "properly funny", "only the very funny"),
    "tension": ("a little tension", "properly tense", "only the very tense"),
    "scares": ("a scare or two", "properly scary", "only the very scary"),
    "violence": ("a little violence", "some real violence", "very violent"),
    "romance": ("a little romance", "plenty of romance", "romance above all"),
    "strangeness": ("a little strange", "properly strange", "only the very strange"),
    "demand": ("not entirely easy", "something to chew on", "only the very demanding"),
}
_AT_MOST: dict[AxisName, tuple[str, str, str]] = {
    "lightness": ("nothing light", "nothing too light", "not all lightness"),
    "warmth": ("no warmth", "nothing too warm", "not all warmth"),
    "humour": ("no jokes", "few jokes", "not all jokes"),
    "tension": ("no tension", "nothing tense", "nothing too tense"),
    "scares": ("no scares", "nothing scarier than mild", "nothing too scary"),
    "violence": ("no violence", "hardly any violence", "nothing too violent"),
    "romance": ("no romance", "hardly any romance", "nothing too romantic"),
    "strangeness": ("nothing strange", "nothing too strange", "nothing wildly strange"),
    "demand": ("easy to follow", "nothing demanding", "nothing too demanding"),
}

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


LANGUAGES: dict[str, str] = {
    "en": "English", "fr": "French", "de": "German", "it": "Italian", "es": "Spanish",
    "pt": "Portuguese", "ja": "Japanese", "ko": "Korean", "zh": "Mandarin", "cn": "Cantonese",
    "hi": "Hindi", "ru": "Russian", "sv": "Swedish", "da": "Danish", "no": "Norwegian",
    "fi": "Finnish", "nl": "Dutch", "pl": "Polish", "cs": "Czech", "hu": "Hungarian",
    "el": "Greek", "tr": "Turkish", "ar": "Arabic", "fa": "Persian", "he": "Hebrew",
    "th": "Thai", "vi": "Vietnamese", "id": "Indonesian", "ms": "Malay", "te": "Telugu",
    "ta": "Tamil", "bn": "Bengali", "hy": "Armenian", "ka": "Georgian", "uk": "Ukrainian",
    "ro": "Romanian", "bg": "Bulgarian", "sr": "Serbian", "hr": "Croatian", "lv": "Latvian",
    "lt": "Lithuanian", "et": "Estonian", "is": "Icelandic", "ga": "Irish", "tl": "Tagalog",
}  # fmt: skip


def _language_names(codes: Iterable[str]) -> list[str]:
    return [LANGUAGES.get(code, code) for code in codes]


def _in_and_out(yes: str, wanted: Sequence[str], no: str, unwanted: Sequence[str]) -> str:
    parts = []
    if wanted:
        parts.append(f"{yes} {' and '.join(wanted)}")
    if unwanted:
        parts.append(f"{no} {' or '.join(unwanted)}")
    return ", ".join(parts)
