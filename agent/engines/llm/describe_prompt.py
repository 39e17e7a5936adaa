"""What a model reads to describe a text or pictures: fitted into the room there is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ....errors import EngineError, UsageError
from ....ingest.item import MOOD_TAGS
from ....prompts import Role, fenced, load
from ..base import Content
from .budget import Count
from .chat import Message
from .describe_reply import GENRES
from .excerpt import Excerpt, excerpt
from .tokens import MESSAGE_TOKENS, PICTURE_TOKENS, PROMPT_TOKENS

LEAST_TEXT = 200
"""Tokens: with less of a longer text in sight, nothing can be said of it."""


@dataclass(frozen=True)
class Rendered:
    """A prompt that fits.

    ``estimated`` is its length in tokens. ``left_out`` counts ``characters`` of the text and
    ``pictures`` that had to go; ``notes`` says the same in sentences for a person.
    """

    messages: tuple[Message, ...]
    prompt_hash: str
    estimated: int
    left_out: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def describe_messages(content: Content, count: Count, room: int, parts: int = 0) -> Rendered:
    """The prompt of one description.

    Of a text that doesn't fit, its beginning, a sample of its middle and its end are taken; of
    too many pictures, some at even distances.

    Args:
        content: a text, pictures, or both.
        count: how many tokens a text has.
        room: tokens that the prompt may take.
        parts: from how many parts of something longer the text has notes, if that is what it is.

    Raises:
        UsageError: there is nothing to describe.
        EngineError: what is to be described doesn't fit.
    """
    text = fenced(content.text)
    if not content.pictures and not any(letter.isalpha() for letter in text):
        raise UsageError(f"there are no words in {text[:40]!r}: give a text to describe")
    free = room - _length(_texts("", ""), count)
    pictures = _spread(content.pictures, _places(free, with_text=bool(text)))
    free -= PICTURE_TOKENS * len(pictures) + count(_extent(Excerpt("", 1), 9, 10))
    if free < (LEAST_TEXT if text else 0) or len(pictures) < bool(content.pictures):
        raise EngineError(
            f"a context of {room} tokens is too small to describe in; raise MOODREEL_NUM_CTX"
        )
    taken = excerpt(text, free, count)
    extent = _notes_extent(parts) if parts else _extent(taken, len(pictures), len(content.pictures))
    texts = _texts(extent, taken.text)
    return Rendered(
        messages=tuple(
            Message(role, words, pictures if role == "user" else ()) for role, words in texts
        ),
        prompt_hash=load("describe").hash,
        estimated=_length(texts, count) + PICTURE_TOKENS * len(pictures),
        left_out=_left_out(taken, len(pictures), content),
        notes=_notes(taken, len(text), len(pictures), content),
    )


def notes_room(count: Count, room: int) -> int:
    """Tokens that notes on something longer may have in a prompt that may take ``room``."""
    return room - _length(_texts(_notes_extent(100), ""), count) - MESSAGE_TOKENS


def _texts(extent: str, text: str) -> list[tuple[Role, str]]:
    return load("describe").render(
        mood_tags=", ".join(MOOD_TAGS), genres=", ".join(GENRES), extent=extent, text=text
    )


def _length(texts: list[tuple[Role, str]], count: Count) -> int:
    return PROMPT_TOKENS + sum(count(text) + MESSAGE_TOKENS for _, text in texts)


def _places(free: int, *, with_text: bool) -> int:
    """How many pictures fit; beside a text they get half of the room."""
    return max(0, (free // 2 if with_text else free - 2 * MESSAGE_TOKENS) // PICTURE_TOKENS)


def _spread(pictures: tuple[bytes, ...], most: int) -> tuple[bytes, ...]:
    """At most so many, at even distances: frames of a film are told by all of its length."""
    if len(pictures) <= most:
        return pictures
    places = np.linspace(0, len(pictures) - 1, most).round().astype(int).tolist()
    return tuple(pictures[place] for place in places)


def _extent(taken: Excerpt, pictures: int, given: int) -> str:
    """One line that tells the model what it is looking at."""
    parts = []
    if pictures:
        of = f" (of {given})" if given > pictures else ""
        parts.append(f"{pictures} pictures{of}" if pictures > 1 else f"One picture{of}")
    if taken.left_out:
        parts.append("parts of a long text from beginning to end; […] marks what is left out")
    elif taken.text:
        parts.append("a text, whole")
    line = " and ".join(parts)
    return f"{line[:1].upper()}{line[1:]}:"


def _notes_extent(parts: int) -> str:
    return f"Notes on all {parts} parts of something long, from beginning to end:"


def _left_out(taken: Excerpt, pictures: int, content: Content) -> dict[str, int]:
    counts = {"characters": taken.left_out, "pictures": len(content.pictures) - pictures}
    return {name: number for name, number in counts.items() if number}


def _notes(taken: Excerpt, length: int, pictures: int, content: Content) -> tuple[str, ...]:
    notes = []
    if taken.left_out:
        percent = round(100 * (1 - taken.left_out / length))
        share = f"about {percent} %" if percent else "less than 1 %"
        notes.append(
            f"The text is long, so I read its beginning, parts of its middle and its end:"
            f" {share} of {length:,} characters."
        )
    if pictures < len(content.pictures):
        notes.append(f"I looked at {pictures} of the {len(content.pictures)} pictures.")
    return tuple(notes)
