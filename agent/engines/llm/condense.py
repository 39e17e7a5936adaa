"""Condensing what is too long for one prompt: notes on every part of it, by one call a part."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from ....errors import EngineError
from ....prompts import Role, fenced, load
from ....tools.condense import condensed
from ..base import Content
from .budget import Count
from .chat import Message
from .describe_reply import Prose
from .excerpt import excerpt, pieces
from .structured import Unusable
from .tokens import MESSAGE_TOKENS, PICTURE_TOKENS, PROMPT_TOKENS

NOTES_ANSWER = 320
"""Tokens of the notes on a part."""
MOST_PARTS = 40
"""Calls for one content: a long film's subtitles take about five."""
AT_ONCE = 2
"""Most servers answer one call after the other, with the next one waiting."""
_LEAST_ROOM = 400
_SPARE = 0.95
_MOST_ROUNDS = 3
_STANDS_IN = 1_200
"""Characters of a part that are taken where the model's notes on it can't be used."""
_SHARE = 0.9
"""Of the tokens of all parts, where a text is cut to them: its parts don't come out full."""


class Notes(BaseModel):
    """What one part of a content tells."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    notes: Prose


@dataclass(frozen=True)
class Rendered:
    """A prompt that fits: its messages and its hash."""

    messages: tuple[Message, ...]
    prompt_hash: str


@dataclass(frozen=True)
class Condensed:
    """Notes on a whole content, in its order; ``remarks`` says in sentences how they were made."""

    text: str
    parts: int
    remarks: tuple[str, ...] = ()


TakeNotes = Callable[[Rendered], Awaitable[Notes]]
"""One call of a model."""
Watch = Callable[[int, int], None]
"""Told how many parts are done, of how many."""


async def condense(
    content: Content, count: Count, *, room: int, goal: int, take: TakeNotes, watch: Watch
) -> Condensed:
    """Notes on every part of a content; notes that are still too long are condensed again.

    Where a model's notes on a part can't be used, the part's most telling sentences stand in.

    Args:
        content: what is too long for one prompt.
        count: how many tokens a text has.
        room: tokens that a prompt for one part may take.
        goal: tokens that all notes may have together.
        take: asks the model for the notes on one part.
        watch: told after every part.

    Raises:
        EngineError: the server failed, or nothing that it wrote can be used.
    """
    parts = parts_of(content, count, room)
    first, remarks = len(parts), _shortening(content, parts)
    for _ in range(_MOST_ROUNDS):
        told, failed = await _noted(parts, take, watch, count=count, room=room)
        text = "\n\n".join(told)
        remarks += _standing_in(failed, len(parts))
        if count(text) <= goal:
            break
        parts = parts_of(Content(text), count, room)
    return Condensed(text, first, (*_how(content, first), *remarks))


def parts_of(content: Content, count: Count, room: int) -> list[Content]:
    """A text in parts of whole sentences and about the same length, then pictures in batches.

    At most `MOST_PARTS`; from a text that would have more, telling sentences are chosen first.

    Raises:
        EngineError: a part would have no room.
    """
    free = room - _length(_texts("", ""), count) - 2 * MESSAGE_TOKENS
    if free < _LEAST_ROOM or (content.pictures and free < PICTURE_TOKENS):
        raise EngineError(
            f"a context of {room} tokens is too small to describe in; raise MOODREEL_NUM_CTX"
        )
    batch = max(1, free // PICTURE_TOKENS)
    starts = range(0, len(content.pictures), batch)
    frames = [Content("", content.pictures[start : start + batch]) for start in starts]
    most = int(free * _SPARE)
    text = fenced(content.text)
    share = _SHARE * MOST_PARTS * most / max(1, count(text))
    text = condensed(text, int(share * len(text))) if share < _SHARE else text
    return [*map(Content, _chunks(text, count, most)), *frames]


def _chunks(text: str, count: Count, most: int) -> list[str]:
    """Stretches of whole sentences with at most so many tokens each, all about as long."""
    lengths = [(piece, count(piece)) for piece in pieces(text)]
    total = sum(length for _, length in lengths)
    even = total / max(1, -(-total // most))
    chunks, spent = [""], 0
    for piece, length in lengths:
        if spent and (spent + length > most or spent >= even):
            chunks.append("")
            spent = 0
        chunks[-1] += piece
        spent += length
    return [chunk for chunk in map(str.strip, chunks) if any(map(str.isalpha, chunk))]


async def _noted(
    parts: Sequence[Content], take: TakeNotes, watch: Watch, *, count: Count, room: int
) -> tuple[list[str], int]:
    """The notes on each part, and how many of them the model could not take."""
    gate, done = asyncio.Semaphore(AT_ONCE), 0
    watch(0, len(parts))

    async def one(number: int, part: Content) -> str | None:
        nonlocal done
        async with gate:
            try:
                notes = (await take(messages_of(part, number, len(parts), count, room))).notes
            except Unusable:
                notes = None
        done += 1
        watch(done, len(parts))
        return notes

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(*each)) for each in enumerate(parts, 1)]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    found = [task.result() for task in tasks]
    if not any(found):
        raise EngineError("none of the notes it took on the parts can be used")
    told = [
        notes or condensed(part.text, _STANDS_IN) for notes, part in zip(found, parts, strict=True)
    ]
    return [notes for notes in told if notes], found.count(None)


def messages_of(part: Content, number: int, of: int, count: Count, room: int) -> Rendered:
    """The prompt for the notes on one part; it has at most ``room`` tokens."""
    what = f"{len(part.pictures)} frames" if part.pictures else "A stretch of a long text"
    extent = f"{what}, part {number} of {of}:"
    used = _length(_texts(extent, ""), count) + PICTURE_TOKENS * len(part.pictures)
    texts = _texts(extent, excerpt(part.text, room - used, count).text if part.text else "")
    messages = (
        Message(role, text, part.pictures if role == "user" else ()) for role, text in texts
    )
    return Rendered(tuple(messages), load("condense").hash)


def _texts(extent: str, text: str) -> list[tuple[Role, str]]:
    return load("condense").render(extent=extent, text=fenced(text))


def _length(texts: Sequence[tuple[Role, str]], count: Count) -> int:
    return PROMPT_TOKENS + sum(count(text) + MESSAGE_TOKENS for _, text in texts)


def _how(content: Content, parts: int) -> tuple[str, ...]:
    many = len(content.pictures)
    if not content.text:
        return (
            f"I looked at all {many} pictures, in {parts} parts, and describe my notes on them.",
        )
    more = f" and looked at all {many} pictures" if many else ""
    return (
        f"The text is long, so I read it in {parts} parts{more}, and describe my notes on them.",
    )


def _shortening(content: Content, parts: Sequence[Content]) -> tuple[str, ...]:
    read = sum(len(part.text) for part in parts)
    length = len(content.text)
    if read >= length * 0.8:
        return ()
    return (
        f"Of {length:,} characters I first chose the most telling sentences from all over the text:"
        f" about {round(100 * read / length)} %.",
    )


def _standing_in(failed: int, parts: int) -> tuple[str, ...]:
    if not failed:
        return ()
    return (f"The notes on {failed} of {parts} parts were of no use; I went by the rest.",)
