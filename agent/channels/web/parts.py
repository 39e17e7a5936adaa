"""How the parts of the page fit together: what they share, and what each of them offers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.context import Context, get_render_context, set_render_context

if TYPE_CHECKING:
    from .desk import Desk
    from .turns import Turns

Updates = tuple[Any, ...]


@dataclass(frozen=True)
class Shared:
    """What every part of the page may use.

    ``desk`` gives the agent once it is open; ``turns`` are those in progress. ``owner`` is a
    secret that this browser keeps; ``conversation`` the id of the one that this tab shows
    (`moodreel.agent.channels.web.desk` checks that it belongs to the owner). ``box`` is where
    messages are typed, ``attach`` takes files beside it, ``notice`` where something is said that
    is not an answer. A handler that changed the conversation outside the chat returns a new
    ``changed`` number, and everything is drawn anew.
    """

    desk: Desk
    turns: Turns
    owner: gr.BrowserState
    conversation: gr.State
    box: gr.Textbox
    attach: gr.UploadButton
    notice: gr.HTML
    changed: gr.State


@dataclass(frozen=True)
class Part:
    """A part of the page as the rest of it sees it.

    ``refresh`` is awaited with the owner and the conversation after every turn; it returns one
    update for each of ``outputs``, in their order, and never raises.
    """

    outputs: Sequence[gr.components.Component] = field(default=())
    refresh: Callable[[str, str], Awaitable[Updates]] | None = None


def html(value: str = "", **options: Any) -> gr.HTML:
    """HTML of ours, which has the look of ``page.css`` alone: Gradio's for texts is left out."""
    return gr.HTML(value, apply_default_css=False, **options)


def bridge(name: str) -> gr.HTML:
    """A hidden component through which clicks in our own HTML reach Python.

    Any element with ``data-to="NAME"`` that is pressed, by mouse or keyboard, triggers the
    component's ``select`` event; its other ``data-…`` attributes are in ``gr.EventData._data``
    (camel case, all texts). They come from a browser: check them.

    It stands outside of any tab, because what is in a tab that was never open isn't there yet.
    """
    inside = get_render_context()
    set_render_context(Context.root_block)
    try:
        return gr.HTML(
            "",
            visible="hidden",
            elem_id=f"bridge-{name}",
            js_on_load=f"window.moodreel.bridges[{name!r}] = data => trigger('select', data);",
        )
    finally:
        set_render_context(inside)


FOCUS = """
() => setTimeout(() => {
  const fresh = [...document.querySelectorAll('#side [data-fresh]')].pop();
  fresh?.removeAttribute('data-fresh');
  fresh?.scrollIntoView();
  fresh?.focus({ preventScroll: true });
}, 60)
"""
"""Moves the focus, and with it the view, to what was just drawn."""
