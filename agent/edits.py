"""What one message changes in a taste profile: a closed set of edits.

Before an edit is applied, every `ItemRef` in it is resolved against the catalogue and the
lists already shown (`moodreel.agent.resolve`); an engine never names an id itself.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..ingest.item import AxisName, Dimension, MoodTag
from ..ingest.limits import Limit
from ..tools.query import QueryDimension

Feeling = Literal["loved", "liked", "disliked", "seen", "interested", "not_tonight"]
Quality = AxisName | Literal["newness", "length", "fame"]


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ItemRef(_Plain):
    """How a message points at an item: by title, by place in the last list, by person, by id.

    ``position`` counts from 1 in the last list shown, or from -1 backwards. ``person`` means
    the item of the shown lists that has this director or actor. ``id`` is set by resolving.
    """

    title: str | None = None
    year: int | None = None
    position: int | None = None
    person: str | None = None
    id: str | None = None


class _Edit(_Plain):
    words: str = Field(default="", description="The user's own words that caused this edit.")


class Attitude(_Edit):
    """What the user thinks of an item. ``dimension`` says what it is about, if anything."""

    edit: Literal["attitude"] = "attitude"
    item: ItemRef
    feeling: Feeling
    dimension: QueryDimension = "overall"


class Anchor(_Edit):
    """Tonight's list shall be like these items: each in one dimension or overall.

    "The mood of Amélie with the plot of Heat" has two parts. A new anchor replaces the old.
    """

    edit: Literal["anchor"] = "anchor"
    parts: tuple[AnchorPart, ...] = Field(min_length=1)


class AnchorPart(_Plain):
    item: ItemRef
    dimension: QueryDimension = "overall"
    weight: float = Field(default=1.0, ge=-2, le=2)


class Wish(_Edit):
    """Something wanted, or with ``avoid`` unwanted; not hard: that is a `LimitEdit`.

    ``text`` is the wish in plain words without carrier words; ``moods``, ``axes`` (target degree
    0 to 4), ``genres`` and ``people`` (full names) are how it was read. ``lasting`` marks taste
    that outlives tonight. ``strength`` runs from 0 to 1.
    """

    edit: Literal["wish"] = "wish"
    text: str
    dimension: QueryDimension = "overall"
    avoid: bool = False
    moods: tuple[MoodTag, ...] = ()
    axes: dict[AxisName, float] = Field(default_factory=dict)
    genres: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    embed: bool = Field(default=True, description="Whether the text itself is searched for.")
    strength: float = Field(default=1.0, ge=0, le=1)
    lasting: bool = False


class LimitEdit(_Edit):
    """A hard limit; tonight's unless ``lasting``."""

    edit: Literal["limit"] = "limit"
    limit: Limit
    lasting: bool = False


class Nudge(_Edit):
    """More or less of a quality than the last list, or than ``than``, had: "lighter", "newer".

    ``amount`` is in degrees of an axis (-4 to 4); for newness, length and fame only its sign
    and rough size count.
    """

    edit: Literal["nudge"] = "nudge"
    quality: Quality
    amount: float = Field(ge=-4, le=4)
    than: ItemRef | None = None


class Weigh(_Edit):
    """How much one dimension counts against the others: 1 is normal, 0 ignores it, 3 is most."""

    edit: Literal["weigh"] = "weigh"
    dimension: Dimension
    weight: float = Field(ge=0, le=3)


Stars = Annotated[float, Field(ge=0.5, le=5)]
LOVED_FROM, LIKED_FROM, DISLIKED_TO = 4.5, 3.5, 2.0
"""Stars: what a rating says of a film that was seen."""


class History(_Edit):
    """What was watched and rated elsewhere: taste as a whole, taken back as a whole.

    Films are item ids. ``seen`` has the day each was last watched, in ISO 8601, empty where it is
    not known; ``ratings`` are stars; ``liked`` have a heart; ``wanted`` are of a watchlist. A
    later history of the same ``service`` joins the earlier one.
    """

    edit: Literal["history"] = "history"
    service: str = Field(min_length=1, max_length=60)
    seen: dict[str, str] = Field(default_factory=dict)
    ratings: dict[str, Stars] = Field(default_factory=dict)
    liked: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()

    def feelings(self) -> dict[str, Feeling]:
        """What is thought of each film; a heart says more than a low rating."""
        found: dict[str, Feeling] = dict.fromkeys(self.wanted, "interested")
        found |= dict.fromkeys(self.seen, "seen")
        found |= {name: feeling_of(rating) for name, rating in self.ratings.items()}
        return found | {name: "liked" for name in self.liked if found.get(name) != "loved"}


def feeling_of(rating: float) -> Feeling:
    """What stars say: 4.5 and more loved, 3.5 and more liked, up to 2 disliked, else seen."""
    if rating >= LIKED_FROM:
        return "loved" if rating >= LOVED_FROM else "liked"
    return "disliked" if rating <= DISLIKED_TO else "seen"


class Forget(_Edit):
    """Take back what was said about something: "forget that I said no horror".

    ``about`` is matched with entries' words, texts, limits and titles; or ``entry`` is an id.
    """

    edit: Literal["forget"] = "forget"
    about: str = ""
    entry: str | None = None


class Undo(_Edit):
    """Take back all that the last ``turns`` changing turns did to the profile."""

    edit: Literal["undo"] = "undo"
    turns: int = Field(default=1, ge=1)


class Reset(_Edit):
    """Start over: tonight's wishes and limits only, or everything."""

    edit: Literal["reset"] = "reset"
    scope: Literal["tonight", "all"] = "tonight"


Edit = Annotated[
    Attitude | Anchor | Wish | LimitEdit | Nudge | Weigh | History | Forget | Undo | Reset,
    Field(discriminator="edit"),
]
Anchor.model_rebuild()
