"""What a script expects of an answer: one field a check, all of them optional."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from ...ingest.item import AxisName
from ...tools.query import QueryDimension


class Part(BaseModel):
    """What all parts of a script share: unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression ({error})") from None
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
Texts = tuple[str, ...]


class Range(Part):
    """A number between two bounds, ends included; a missing end is open."""

    min: float | None = None
    max: float | None = None

    @model_validator(mode="after")
    def _some(self) -> Range:
        if self.min is None and self.max is None:
            raise ValueError("give 'min', 'max' or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"'min' {self.min:g} is above 'max' {self.max:g}")
        return self


class Names(Part):
    """Names among a fact's values: one or more of ``any``, every one of ``every``, none of
    ``none``. Case and accents make no difference."""

    any: Texts = ()
    every: Texts = ()
    none: Texts = ()


class Facts(Part):
    """Facts that each film of a list must have. A fact that is not known is not met.

    ``genres``, ``language`` (ISO 639-1), ``people`` (directors and cast), ``age_rating`` and
    ``kind`` are names; a plain list means ``any``. ``at_most_rating`` is an American film rating,
    from G to NC-17.
    """

    year: Range | None = None
    runtime: Range | None = None
    genres: Names | Texts | None = None
    language: Names | Texts | None = None
    people: Names | Texts | None = None
    age_rating: Names | Texts | None = None
    at_most_rating: Literal["G", "PG", "PG-13", "R", "NC-17"] | None = None
    kind: Names | Texts | None = None


class Top(Part):
    """Films that are among the first ``first`` of the list: all of ``includes``."""

    first: int = Field(ge=1)
    includes: Texts = Field(min_length=1)


class ProfileHas(Part):
    """Entries of the taste profile that count after this turn.

    Each part of ``has`` and ``lacks`` is an edit or a piece of one, as JSON: an entry fits that
    has all its keys with these values (films by title or id, texts without regard to case, a
    list where each of its values is among the entry's).
    """

    has: tuple[dict[str, Any], ...] = ()
    lacks: tuple[dict[str, Any], ...] = ()
    count: int | None = Field(default=None, ge=0)


class Call(Part):
    """A tool call: its name, and those of its arguments that matter."""

    name: str
    args: dict[str, Any] = Field(default_factory=dict)


class Tools(Part):
    """The tool calls of a turn, as agentevals compares trajectories.

    ``strict``: these calls in this order and no others; ``unordered``: these and no others;
    ``subset``: no call that is not among these; ``superset``: these and perhaps others.
    """

    mode: Literal["strict", "unordered", "subset", "superset"] = "strict"
    calls: tuple[Call | str, ...] = ()


class SimilarTo(Part):
    """How near the films are to an item: the similarity along ``by``, from -1 to 1.

    At least ``share`` of the films reach ``at_least``.
    """

    item: str
    by: QueryDimension = "overall"
    at_least: float = Field(ge=-1, le=1)
    share: float = Field(default=1.0, gt=0, le=1)


Direction = Literal["lighter", "darker", "warmer", "cooler", "funnier", "more serious", "tenser",
                    "calmer", "scarier", "less scary", "more violent", "less violent",
                    "more romantic", "less romantic", "stranger", "more ordinary",
                    "more demanding", "easier", "newer", "older", "longer", "shorter",
                    "better known", "less known"]  # fmt: skip


class Shift(Part):
    """How this list differs from one before it, on average over its films.

    Films of which it is not known are left out; where it is known of none, the check fails.
    ``than`` is a film to compare with instead (title, id, or "#2" of the list before).
    ``by`` is the least difference: degrees of an axis (0 to 4), years, minutes, or popularity.
    """

    towards: tuple[Direction, ...] = Field(min_length=1)
    than: str | None = None
    by: float = Field(default=0.0, ge=0)


class Said(Part):
    """What a text is like: ``contains`` and ``lacks`` without regard to case."""

    contains: Texts = ()
    lacks: Texts = ()
    matches: Pattern | None = None
    chars: Range | None = None
    language: str | None = Field(default=None, pattern="^[a-z]{2}$")


class Budget(Part):
    """A bound that is reported, and only fails where ``fail`` says so."""

    max: float = Field(gt=0)
    fail: bool = False


class Judge(Part):
    """A question to a language model about the answer; only asked where judging is turned on."""

    rubric: str = Field(min_length=1)
    at_least: int = Field(default=4, ge=1, le=5)


class Expect(Part):
    """What an answer is checked for.

    ``count`` films; ``includes`` and ``excludes`` films by title, title with year, or id; ``all``
    films have these facts; with ``grounded`` every title said exists and every fact said is true;
    with ``not_seen`` none was seen or disliked; with ``no_repeat`` none was shown before; with
    ``kept`` all limits said earlier still hold and no film breaks one. ``understood``, ``relaxed``
    and ``notices`` are texts that are said there, or a plain true or false for something or
    nothing. ``asks`` and ``asks_not`` are about the question at the end. ``latency`` is in
    milliseconds, ``tokens`` counts those that a model read and wrote.

    A film is named by title, title with year, id, or as "#2" its place in the last list before.
    One that the catalogue has not fails the check; of several with one title, one is enough for
    ``includes``, and none may come for ``excludes``. ``all``, ``axes``, ``reasons``, ``shift`` and
    ``similar_to`` fail on an answer without films, ``all`` not where ``count`` is 0. ``axes`` are
    the mean degrees of the list; ``reasons`` say together what they must contain, and each has
    the length. A promise that is ``false`` is left unchecked in that turn.
    """

    count: int | Range | None = None
    includes: Texts = ()
    excludes: Texts = ()
    top: Top | None = None
    all: Facts | None = None
    grounded: bool | None = None
    not_seen: bool | None = None
    no_repeat: bool | None = None
    kept: bool | None = None
    profile: ProfileHas | None = None
    understood: bool | Texts | None = None
    asks: bool | Texts | None = None
    asks_not: bool | Texts | None = None
    relaxed: bool | Texts | None = None
    tools: Tools | None = None
    similar_to: SimilarTo | None = None
    shift: Shift | Direction | tuple[Direction, ...] | None = None
    axes: dict[AxisName, Range] = Field(default_factory=dict)
    reply: Said | None = None
    reasons: Said | None = None
    notices: bool | Texts | None = None
    engine: str | None = None
    latency: Budget | float | None = None
    tokens: Budget | float | None = None
    judge: Judge | str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The checks that are asked for."""
        return tuple(name for name in type(self).model_fields if name in self.model_fields_set)
