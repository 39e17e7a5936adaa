"""The dialogue as messages of a `gr.Chatbot`: everything is escaped, nothing is Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape, unescape
from typing import Any

import gradio as gr
from gradio.components.chatbot import ComponentMessage, Message, TextMessage

from ...answer import line_of, list_of
from ...reply import Pick, Reply
from .cards import cards_html
from .turns import Turn

MOST_DRAWN = 30
"""How many of the latest turns are drawn."""


def messages(past: Sequence[tuple[str, Reply]], current: Sequence[Turn] = ()) -> list[Message]:
    """The latest turns, oldest first, and after them what is in progress."""
    shown: list[Message] = []
    if len(past) > MOST_DRAWN:
        hidden = len(past) - MOST_DRAWN
        shown.append(_theirs(_paragraph(f"{hidden} earlier messages are in the download.", "dim")))
    last = past[-1][1] if past and not current else None
    for words, reply in past[-MOST_DRAWN:]:
        shown += [_mine(words), _theirs(reply_html(reply, last=reply is last))]
    for turn in current:
        shown += [_mine(turn.words), _theirs(turn_html(turn))]
    return shown


def reply_html(reply: Reply, *, last: bool = False) -> str:
    """One answer: what was understood, the words, the films as cards, a question.

    The last answer of a conversation also has its choices to press, and an undo where it
    changed the profile.
    """
    head, tail = _around_list(reply)
    parts = [
        _understood(reply.understood),
        _paragraph(head),
        cards_html(reply.picks) if reply.picks else "",
        _paragraph(tail),
        _choices(reply.choices) if last else "",
        _foot(reply, last=last),
    ]
    return _article("".join(parts))


def turn_html(turn: Turn) -> str:
    """As much of an answer as there is, or why there is none."""
    if turn.stopped:
        return _article(_paragraph("Stopped. Nothing of it is kept.", "dim") + _again(turn.words))
    if turn.problem:
        return _article(_paragraph(turn.problem, "problem") + _again(turn.words))
    if turn.reply is not None:
        return reply_html(turn.reply)
    if not turn.begun:
        return _article(_paragraph("Waiting for the answer before this one …", "dim"))
    words = _before_list(turn.text, turn.picks)
    parts = [
        _understood(turn.understood),
        _paragraph(words),
        cards_html(turn.picks, waiting=True) if turn.picks else "",
        "" if words or turn.picks else _thinking(),
    ]
    return _article("".join(parts), busy=True)


def _around_list(reply: Reply) -> tuple[str, str]:
    """The words before and after the numbered list that the cards stand for."""
    numbered = list_of(reply.picks)
    if not numbered or numbered not in reply.text:
        return reply.text, ""
    head, _, tail = reply.text.partition(numbered)
    return head.strip(), tail.strip()


def _before_list(text: str, picks: Sequence[Pick]) -> str:
    """The words so far, up to the list that the cards stand for."""
    if not picks:
        return text.strip()
    first = line_of(1, picks[0].model_copy(update={"reason": ""}))
    return text.partition(first)[0].strip()


def _understood(sentences: Sequence[str]) -> str:
    return _paragraph(" ".join(sentences), "understood")


def _paragraph(text: str, kind: str = "text") -> str:
    blocks = [block.strip() for block in text.split("\n\n")]
    return "".join(f'<p class="mr-{kind}">{escape(block)}</p>' for block in blocks if block)


def _choices(choices: Sequence[str]) -> str:
    buttons = "".join(
        f'<button type="button" class="mr-choice" data-to="chat" data-act="say"'
        f' data-words="{escape(choice)}">{escape(choice)}</button>'
        for choice in choices
    )
    return f'<div class="mr-choices" role="group" aria-label="Answers">{buttons}</div>' * bool(
        buttons
    )


def _foot(reply: Reply, *, last: bool) -> str:
    copy = f'<button type="button" class="mr-link" data-copy="{escape(reply.text)}">Copy</button>'
    undo = (
        '<button type="button" class="mr-link" data-to="chat" data-act="undo">Undo this</button>'
        if last and reply.understood and "undo" not in reply.intents
        else ""
    )
    return f'<div class="mr-foot">{copy}{undo}</div>'


def _again(words: str) -> str:
    return (
        '<div class="mr-foot"><button type="button" class="mr-link" data-to="chat"'
        f' data-act="say" data-words="{escape(words)}">Try again</button></div>'
    )


def _thinking() -> str:
    return '<p class="mr-thinking" role="status">Thinking …</p>'


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


_FRAME: dict[str, Any] = {"render": False, "js_on_load": None}
# Made once: a component that is made inside a handler is only a set of changes.
_PROPS = gr.HTML("", **_FRAME).get_config()


def _theirs(html: str) -> Message:
    """A message of ours: HTML as Gradio's own component shows it."""
    content = ComponentMessage(
        component="html", value=html, constructor_args=_FRAME, props={**_PROPS, "value": html}
    )
    return Message(role="assistant", content=[content])
