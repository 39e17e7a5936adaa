"""The people of a movie night: who comes, what each of them wishes, and what they have seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...errors import UsageError
from ...ingest.limits import Limit
from ...tools.query import Query
from ..edits import Anchor, Attitude, Edit, Feeling, History, ItemRef, LimitEdit, Nudge
from ..profile import TasteProfile
from ..session import ConversationName
from ..taste_query import Demand

MOST_PEOPLE = 12
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Guest:
    """Somebody at a movie night.

    ``says`` is what they wish for tonight. ``conversation`` names one that knows their taste;
    it is read and never changed; a session that was never talked in knows what lasts of its person,
    any other that doesn't exist knows nothing. ``profile`` is
    such a taste itself. Where somebody says something, tonight's wishes of that taste step back
    and what lasts of it still counts; where nobody does, all of it counts.
    """

    says: str = ""
    conversation: ConversationName | None = None
    profile: TasteProfile | None = None


People = Mapping[str, "str | TasteProfile | Guest"]
"""By name: what a person says, or their taste, or both as a `Guest`."""


def checked_people(people: People) -> dict[str, Guest]:
    """The guests by their names.

    Raises:
        UsageError: nobody or too many come, or a name can't be shown.
    """
    if not isinstance(people, Mapping) or not people:
        raise UsageError("Nobody has come yet; give each person a name and what they wish for.")
    if len(people) > MOST_PEOPLE:
        raise UsageError(
            f"{len(people)} people are too many for one list; {MOST_PEOPLE} can come at most."
        )
    guests = {checked_name(name): _guest(name, wish) for name, wish in people.items()}
    if len({name.casefold() for name in guests}) < len(people):
        raise UsageError("Two people have the same name; tell them apart, as in “Ana B”.")
    return guests


def wishes_of(lines: Sequence[str]) -> dict[str, Guest]:
    """Guests from lines such as ``Ana: something funny``; several of one name are one wish.

    Raises:
        UsageError: a line has no name.
    """
    said: dict[str, list[str]] = {}
    for line in lines:
        name, colon, wish = line.partition(":")
        if not colon or not name.strip():
            raise UsageError(f"{line!r} doesn't say whose wish it is; write “Ana: {line[:40]}”.")
        said.setdefault(name.strip(), []).append(wish.strip())
    return {name: Guest(". ".join(filter(None, parts))) for name, parts in said.items()}


def checked_name(name: object) -> str:
    """A name fit to be shown, without characters that can't be seen.

    Raises:
        UsageError: nothing of it is left, or it is too long.
    """
    words = "".join(map(_seen, name)).split() if isinstance(name, str) else ()
    plain = " ".join(words)
    if not plain or len(plain) > _LONGEST_NAME:
        raise UsageError(
            f"{str(name)[:40]!r} is no name; use 1 to {_LONGEST_NAME} printable characters."
        )
    return plain


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    return " " if category == "Cc" else "" if category in {"Cf", "Cs"} else character


def _guest(name: object, wish: object) -> Guest:
    if isinstance(wish, Guest):
        return wish
    if isinstance(wish, TasteProfile):
        return Guest(profile=wish)
    if isinstance(wish, str):
        return Guest(wish)
    raise UsageError(f"What {name!r} wishes for is no text and no taste profile; give one of them.")


@dataclass(frozen=True)
class Known:
    """Films that a profile names: ``seen``, not to be shown (``barred``), still ``wanted``."""

    seen: frozenset[str]
    barred: frozenset[str]
    wanted: frozenset[str]


@dataclass(frozen=True)
class Heard:
    """What somebody said, read.

    ``profile`` is all that counts, ``tonight`` what of it was said for this night and may be
    shown to the others; ``sentences`` say that, ``notices`` what could not be read.
    """

    profile: TasteProfile
    tonight: TasteProfile = field(default_factory=TasteProfile)
    sentences: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    danger: bool = False


@dataclass(frozen=True)
class Wishes:
    """What one person wants: ``demand`` by all that counts, ``told`` by what may be shown."""

    name: str
    heard: Heard
    demand: Demand
    told: Query
    known: Known

    @property
    def decided(self) -> bool:
        """Whether anything was wished for, limits apart."""
        return not self.demand.query.empty or bool(self.known.wanted)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The limits said for this night."""
        said = [entry.content for entry in self.heard.tonight.active]
        return tuple(each.limit for each in said if isinstance(each, LimitEdit))


def known_films(profile: TasteProfile) -> Known:
    """Which films somebody has seen, doesn't want, and wants to see.

    What is disliked or not for tonight is barred. A favourite, and what a wish compares with,
    counts as seen. What was said later stands.
    """
    feelings: dict[str, Feeling] = {}
    for entry in profile.active:
        feelings |= _feelings(entry.content)
    barred = _with(feelings, "disliked", "not_tonight")
    return Known(
        seen=_with(feelings, "loved", "liked", "seen", "disliked"),
        barred=barred,
        wanted=_with(feelings, "interested"),
    )


def _feelings(said: Edit) -> dict[str, Feeling]:
    if isinstance(said, History):
        return dict(said.feelings())
    if isinstance(said, Attitude):
        part = said.dimension != "overall"
        return _each("seen" if part else said.feeling, said.item)
    if isinstance(said, Anchor):
        return _each("seen", *(part.item for part in said.parts))
    return _each("seen", said.than) if isinstance(said, Nudge) and said.than else {}


def _each(feeling: Feeling, *items: ItemRef) -> dict[str, Feeling]:
    return {item.id: feeling for item in items if item.id is not None}


def _with(feelings: Mapping[str, Feeling], *wanted: Feeling) -> frozenset[str]:
    return frozenset(key for key, feeling in feelings.items() if feeling in wanted)
