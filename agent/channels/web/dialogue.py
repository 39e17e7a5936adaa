"""The dialogue as messages of a `gr.Chatbot`: everything is escaped, nothing is Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape
from typing import Any

import gradio as gr
from gradio.components.chatbot import ComponentMessage, Message, TextMessage

from ...clicks import undo_click
from ...reply import Pick, Reply
from ..wording import around_list, before_list
from .cards import NO_POSTERS, Posters, cards_html
from .plain import plain
from .prose import paragraphs
from .turns import Turn

MOST_DRAWN = 100
"""How many of the latest turns are shown."""

MOST_CARDS = 8
"""How many of the latest turns show their films as cards; those before do in words, so that a
long talk stays quick."""

UNDO = undo_click(1)[0]
"""The words of a turn that takes another back."""


def picks_drawn(past: Sequence[tuple[str, Reply]], current: Sequence[Turn] = ()) -> list[Pick]:
    """The films that `messages` shows."""
    replies = [reply for _, reply in past[-MOST_CARDS:]]
    replies += [turn.reply for turn in current if turn.reply is not None]
    in_progress = [pick for turn in current for pick in turn.picks]
    return [*(pick for reply in replies for pick in reply.picks), *in_progress]


def messages(
    past: Sequence[tuple[str, Reply]],
    current: Sequence[Turn] = (),
    posters: Posters = NO_POSTERS,
) -> list[Message]:
    """The latest turns, oldest first, and after them what is in progress."""
    shown: list[Message] = []
    if len(past) > MOST_DRAWN:
        hidden = len(past) - MOST_DRAWN
        shown.append(_theirs(paragraphs(f"{hidden} earlier messages are in the download.", "dim")))
    for words, reply in past[-MOST_DRAWN:-MOST_CARDS]:
        shown += [_mine(words), _theirs(_article(paragraphs(reply.text)))]
    last = past[-1][1] if past and not current else None
    for words, reply in past[-MOST_CARDS:]:
        shown += [_mine(words), _theirs(reply_html(words, reply, posters, last=reply is last))]
    for turn in current:
        shown += [_mine(turn.words), _theirs(turn_html(turn, posters))]
    return shown


def reply_html(
    words: str, reply: Reply, posters: Posters = NO_POSTERS, *, last: bool = False
) -> str:
    """One answer to the words: what was understood, the words, the films as cards, a question.

    The last answer of a conversation also has its choices to press, and an undo where it
    changed the profile.
    """
    head, tail = around_list(reply)
    parts = [
        _understood(reply.understood),
        paragraphs(head),
        cards_html(reply.picks, posters=posters),
        paragraphs(tail),
        _choices(reply.choices) if last else "",
        _foot(words, reply, last=last),
    ]
    return _article("".join(parts))


def turn_html(turn: Turn, posters: Posters = NO_POSTERS) -> str:
    """As much of an answer as there is, or why there is none."""
    if turn.stopped:
        return _article(paragraphs("Stopped. Nothing of it is kept.", "dim") + _again(turn.words))
    if turn.problem:
        return _article(paragraphs(turn.problem, "problem") + _again(turn.words))
    if turn.reply is not None:
        return reply_html(turn.words, turn.reply, posters)
    if not turn.begun:
        return _article(paragraphs("Waiting for the answer before this one …", "dim"))
    words = before_list(turn.text, turn.picks)
    parts = [
        _understood(turn.understood),
        paragraphs(words),
        cards_html(turn.picks, waiting=True, posters=posters),
        "" if words or turn.picks else _thinking(turn.waiting),
    ]
    return _article("".join(parts), busy=True)


def _understood(sentences: Sequence[str]) -> str:
    return paragraphs(" ".join(sentences), "understood")


def _choices(choices: Sequence[str]) -> str:
    if not choices:
        return ""
    buttons = "".join(_press(choice, "say", choice, kind="choice") for choice in choices)
    return f'<div class="mr-choices" role="group" aria-label="Answers">{buttons}</div>'


def _press(says: str, act: str, words: str = "", *, kind: str = "link") -> str:
    return (
        f'<button type="button" class="mr-{kind}" data-to="chat" data-act="{act}"'
        f' data-words="{plain(words)}">{plain(says)}</button>'
    )


def _foot(words: str, reply: Reply, *, last: bool) -> str:
    copy = f'<button type="button" class="mr-link" data-copy="{plain(reply.text)}">Copy</button>'
    undoes = last and reply.understood and words != UNDO
    undo = _press("Undo this", "undo") if undoes else ""
    return f'<div class="mr-foot">{copy}{undo}{_bad(reply.turn)}</div>'


def _bad(turn: int) -> str:
    return (
        f'<button type="button" class="mr-link" data-to="bad" data-turn="{turn}"'
        ' title="Saves the conversation up to this answer as a test">Not good</button>'
    )


def _again(words: str) -> str:
    return f'<div class="mr-foot">{_press("Try again", "say", words)}</div>'


def _thinking(waiting: str) -> str:
    return f'<p class="mr-thinking" role="status">{plain(waiting) or "Thinking …"}</p>'


def _article(inside: str, *, busy: bool = False) -> str:
    state = ' aria-busy="true"' if busy else ""
    return f'<div class="mr-reply"{state}>{inside}</div>'


def _mine(words: str) -> Message:
    return Message(role="user", content=[TextMessage(text=shown_as_typed(words))])


def shown_as_typed(words: str) -> str:
    """What Gradio, which takes a person's message for HTML, shows as these very words.

    No more is escaped than must be, because editing a message begins from this text.
    """
    safe = words if unescape(words) == words else words.replace("&", "&amp;")
    return safe.replace("<", "&lt;")


def typed(shown: str) -> str:
    """The words that were shown so: the inverse of `shown_as_typed`."""
    return unescape(shown)


_FRAME: dict[str, Any] = {"render": False, "js_on_load": None, "apply_default_css": False}
# Made once: a component that is made inside a handler is only a set of changes.
_PROPS = gr.HTML("", **_FRAME).get_config()


def _theirs(html: str) -> Message:
    """A message of ours: HTML as Gradio's own component shows it."""
    content = ComponentMessage(
        component="html", value=html, constructor_args=_FRAME, props={**_PROPS, "value": html}
    )
    return Message(role="assistant", content=[content])
