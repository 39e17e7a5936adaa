"""The turn plan: what one message meant, as one validated object."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from .edits import Edit, ItemRef

Intent = Literal[
    "greet", "thank", "bye", "small_talk", "help", "accept", "reject", "seen", "critique",
    "prefer", "inquire", "request", "more", "undo", "reset", "answer", "danger", "nonsense",
]  # fmt: skip
Topic = Literal[
    "plot", "mood", "audience", "why", "director", "cast", "year", "runtime", "language", "genre",
    "age", "scary", "violent", "content", "funny", "sad", "known", "compare", "similar", "any",
    "colour", "true_story", "series", "ending", "unlisted",
]  # fmt: skip


MOST_LISTED = 20
"""Films that one list has at most."""


class _Act(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Recommend(_Act):
    """Answer with a list made from the profile as it stands after the edits.

    ``asked`` is the number that was asked for where one list can't have so many, else 0.
    """

    act: Literal["recommend"] = "recommend"
    count: int = Field(default=5, ge=1, le=MOST_LISTED)
    asked: int = Field(default=0, ge=0)


class ShowAgain(_Act):
    """Show the last list, or everything shown, once more."""

    act: Literal["show_again"] = "show_again"
    everything: bool = False


class Tell(_Act):
    """Answer a question about items from their facts.

    Several items with ``compare`` ask which has more of the topic (``by`` names what is
    compared: "shorter", "funnier"). No item means the whole last list. ``unlisted`` is what no
    catalogue here notes: where a film can be seen, its prizes, its score.
    """

    act: Literal["tell"] = "tell"
    items: tuple[ItemRef, ...] = ()
    topic: Topic = "any"
    compare: str | None = None


class Chat(_Act):
    """Say something that needs no film: a greeting, thanks, help, a kind word in danger.

    ``aside`` answers what was understood and has nothing to do with films. ``say`` is a sentence
    of the engine's own, checked to be harmless; without it there are fixed ones.
    """

    act: Literal["chat"] = "chat"
    about: Literal[
        "greeting", "thanks", "goodbye", "help", "who", "accepted", "danger", "unclear", "profile",
        "noted", "aside",
    ]  # fmt: skip
    say: str = ""


class Ask(_Act):
    """Ask back, because the answer would change the list."""

    act: Literal["ask"] = "ask"
    question: str
    choices: tuple[str, ...] = ()


Act = Annotated[Recommend | ShowAgain | Tell | Chat | Ask, Field(discriminator="act")]


class TurnPlan(BaseModel):
    """Edits to the profile, in order, and the acts that answer the message, in order.

    ``unread`` lists the parts of the message that nothing recognised (they were used as
    free-text wishes or left alone), so that the reply can own up to them; ``skipped`` counts
    the characters at the end of a long message that were not read at all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    intents: tuple[Intent, ...] = ()
    edits: tuple[Edit, ...] = ()
    acts: tuple[Act, ...] = ()
    unread: tuple[str, ...] = ()
    skipped: int = Field(default=0, ge=0)
