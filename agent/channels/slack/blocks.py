"""A reply as Block Kit: films as cards with buttons, words as rich text, nothing as markup.

Words are rich text and plain text, in which Slack looks for no markup and no mentions. What
belongs together is a group; groups are packed into messages that keep to Slack's limits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    Option,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextSectionElement,
    StaticSelectElement,
)

from ....ingest.item import DIMENSIONS
from ...clicks import undo_click
from ...reply import Pick, Reply
from ..show import bar, facts, label
from ..wording import around_list, runs, visible
from .text import shortened, split

Json = dict[str, Any]
Group = list[Json]
"""Blocks that stay together in one message."""

MOST_BLOCKS = 50
MOST_CHARACTERS = 13_200
"""What Slack takes in one message: blocks, and characters of all of them as JSON."""

LONGEST_BLOCK = 3_000
_LONGEST_LABEL = 75
_PRESSES = {"loved": "Love it", "seen": "Seen it", "disliked": "Not for me", "why": "Why?"}
_BARS = ("mood", "audience", "plot")
UNDO = undo_click(1)[0]

plain = partial(PlainTextObject, emoji=False)


def groups_of(reply: Reply, said: str = "", to: str | None = None) -> list[Group]:
    """A whole reply: what was understood, the words, the films, the rest, what can be pressed.

    Args:
        reply: the answer.
        said: the message or press that it answers.
        to: the user id of the person, who is named at the beginning; nobody in direct messages.
    """
    head, tail = around_list(reply)
    return [
        *opening(reply.understood, head, to),
        *cards(reply.picks),
        *words(tail),
        *_foot(reply, undoable=bool(reply.understood) and said != UNDO),
    ]


def opening(understood: Sequence[str], head: str, to: str | None = None) -> list[Group]:
    """What comes before the films."""
    noted = [context(" ".join(understood))] if understood else []
    return [*noted, *words(head, to)]


def cards(picks: Sequence[Pick]) -> list[Group]:
    """A group for each film, numbered from 1."""
    return [card(number, pick) for number, pick in enumerate(picks, start=1)]


def card(number: int, pick: Pick) -> Group:
    """One film: title, facts, reason, how well it fits, and what can be said of it by pressing."""
    name = shortened(visible(label(pick.title, pick.year)), 300)
    known = visible(facts(pick))
    about = [text(f"{number}. "), text(name, bold=True), text(f"  {known}" if known else "")]
    if pick.reason:
        about += [text("\n"), *_prose(shortened(pick.reason, LONGEST_BLOCK - 600))]
    return [rich(about), _fit(pick), *actions_of(pick, name)]


def _fit(pick: Pick) -> Json:
    bars = "   ".join(f"{name} {bar(getattr(pick.scores, name), 5)}" for name in _BARS)
    notes = f"\nContent notes: {', '.join(pick.content_notes)}" if pick.content_notes else ""
    return context(f"{bars}{notes}")[0]


def actions_of(pick: Pick, name: str) -> Group:
    """What can be pressed; nothing where the id is longer than Slack takes."""
    place = f"pick {pick.id}"
    if len(place) > Block.block_id_max_length:
        return []
    presses = [
        _button(f"moodreel_{act}", says, f"{says}: {name}") for act, says in _PRESSES.items()
    ]
    return [ActionsBlock(block_id=place, elements=[_more_like(), *presses]).to_dict()]


def _more_like() -> StaticSelectElement:
    ways = (*DIMENSIONS, "overall")
    return StaticSelectElement(
        action_id="moodreel_more_like",
        placeholder=plain(text="More like this"),
        options=[Option(text=plain(text=_way(each)), value=each) for each in ways],
    )


def _way(dimension: str) -> str:
    return "More like it" if dimension == "overall" else f"More like it: {dimension}"


def _button(action: str, says: str, described: str = "", value: str | None = None) -> ButtonElement:
    return ButtonElement(
        action_id=action,
        text=plain(text=shortened(says, _LONGEST_LABEL)),
        value=value,
        accessibility_label=shortened(described, _LONGEST_LABEL) if described else None,
    )


def _foot(reply: Reply, *, undoable: bool) -> list[Group]:
    """Answers to the question, and what can be done with the whole of it."""
    choices = [
        _button(f"moodreel_say_{place}", visible(choice), value=shortened(choice, 2_000))
        for place, choice in enumerate(reply.choices[:20])
    ]
    undo = [_button("moodreel_undo", "Undo this")] if undoable else []
    about_films = reply.picks or reply.understood or reply.question
    more = _button("moodreel_recommend", "More films" if reply.picks else "Show films")
    taste = _button("moodreel_taste", "Your taste")
    elements = [*choices, *undo, *([more, taste] if about_films else [])]
    return [[ActionsBlock(elements=elements).to_dict()]] if elements else []


def words(said: str, to: str | None = None) -> list[Group]:
    """A group for each paragraph, or several where it is longer than Slack takes."""
    paragraphs = visible(said).split("\n\n")
    parts = [part for each in paragraphs for part in split(each, LONGEST_BLOCK)]
    return [
        [rich([*_named(to if place == 0 else None), *_prose(part)])]
        for place, part in enumerate(parts)
    ]


def context(said: str) -> Group:
    """Small grey words."""
    whole = shortened(visible(said), LONGEST_BLOCK)
    return [ContextBlock(elements=[plain(text=whole)]).to_dict()]


def _named(user: str | None) -> list[Json]:
    return [RichTextElementParts.User(user_id=user).to_dict(), text(" ")] if user else []


def _prose(said: str) -> list[Json]:
    return [text(run, italic=title) for run, title in runs(visible(said))]


def people_in(said: str, ids: re.Pattern[str]) -> list[Json]:
    """Sentences in which these ids name people."""
    parts: list[Json] = []
    place = 0
    for found in ids.finditer(said):
        parts += _prose(said[place : found.start()])
        parts.append(RichTextElementParts.User(user_id=found.group()).to_dict())
        place = found.end()
    return [*parts, *_prose(said[place:])]


def text(said: str, *, bold: bool = False, italic: bool = False) -> Json:
    """A run of words."""
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return RichTextElementParts.Text(text=said, style=style or None).to_dict()


def rich(elements: Sequence[Json]) -> Json:
    """Words in their styles, one after the other."""
    filled = [each for each in elements if each["type"] != "text" or each.get("text")]
    return RichTextBlock(elements=[RichTextSectionElement(elements=filled)]).to_dict()


def packed(groups: Sequence[Group]) -> list[Group]:
    """The blocks of each message, groups whole and in order.

    The first messages stay the same when groups are added at the end.
    """
    messages: list[Group] = []
    for group in groups:
        if messages and _fits([*messages[-1], *group]):
            messages[-1].extend(group)
        else:
            messages.append(list(group))
    return messages


def _fits(blocks: Group) -> bool:
    return len(blocks) <= MOST_BLOCKS and characters(blocks) < MOST_CHARACTERS


def characters(blocks: Sequence[Json]) -> int:
    """How many characters blocks have as JSON."""
    return len(json.dumps(blocks, ensure_ascii=False))
