"""Sentences that are no answers: refused input, what was done, what could not be done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from html import escape
from typing import Any

import gradio as gr

from ....errors import MoodreelError, UnknownConversation

_Handler = Callable[..., Awaitable[tuple[Any, ...]]]
_NOTHING_YET = "There is nothing in this conversation yet; say something first."


def notice(text: str) -> str:
    """A sentence for the place where notices stand, read out by screen readers; or nothing."""
    return f'<p class="mr-notice" role="status">{escape(text)}</p>' if text else ""


def noticed(outputs: int) -> Callable[[_Handler], _Handler]:
    """Make the last of a handler's outputs a notice; an error changes nothing and is one."""

    def wrap(handler: _Handler) -> _Handler:
        @wraps(handler)
        async def safe(*given: Any) -> tuple[Any, ...]:
            unchanged = [gr.skip()] * (outputs - 1)
            try:
                *updates, said = await handler(*given)
            except UnknownConversation:
                updates, said = unchanged, _NOTHING_YET
            except MoodreelError as error:
                updates, said = unchanged, str(error)
            return (*updates, notice(said))

        return safe

    return wrap
