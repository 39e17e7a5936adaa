"""The conversations of one owner: which one a page shows, and the list of all."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import gradio as gr

from ....errors import MoodreelError
from ...conversations import About
from ...replay.save import as_script
from .desk import Desk, beginning, is_owner, new_owner
from .downloads import WRITERS, offered
from .notices import noticed
from .parts import Part, Shared, Updates, bridge, html
from .turns import Turns

_MOST_LISTED = 100
NOWHERE = "-"
"""Stands for the address of a conversation in which nothing has been said yet."""


def list_html(listed: Sequence[About], current: str) -> str:
    """The conversations as buttons, the latest first, the current one marked."""
    rows = "".join(_row(about, current=about.id == current) for about in listed[:_MOST_LISTED])
    inside = f"<ul>{rows}</ul>" if rows else "<p>Your conversations will stand here.</p>"
    return f'<nav class="mr-sessions" aria-label="Conversations">{inside}</nav>'


def _row(about: About, *, current: bool) -> str:
    mark = ' aria-current="page"' if current else ""
    return (
        f'<li><button type="button" data-to="sessions" data-act="open"'
        f' data-id="{escape(about.id)}"{mark}>{escape(about.title)}</button></li>'
    )


class Shelf:
    """What the handlers of the list do; the last output of each is what to say."""

    def __init__(self, desk: Desk, turns: Turns) -> None:
        """Look after the conversations of the desk's agent."""
        self._desk = desk
        self._turns = turns

    async def arrive(
        self, owner: object, account: str | None, asked: str, current: str = ""
    ) -> tuple[str, str, str]:
        """Whose page this is, which conversation it shows, and what to say about that.

        Args:
            owner: what the browser keeps; nothing at the first visit.
            account: the name that was logged in with, if people log in.
            asked: the conversation that the page's address names, or nothing.
            current: the conversation that the page shows already, if any: as long as the agent
                is being opened, a page arrives again and again.
        """
        kept = owner if isinstance(owner, str) and is_owner(owner) else new_owner()
        mine = self._desk.owner_of(account) or kept
        shown = current if self._is_of(mine, current) else self._desk.new_conversation(mine)
        if not asked or self._desk.state().phase != "ready":
            return mine, shown, ""
        if self._is_of(mine, asked) and await self._is_there(asked):
            return mine, asked, ""
        return mine, shown, "The conversation of that address isn't here; this is a new one."

    def _is_of(self, owner: str, conversation: str) -> bool:
        try:
            return bool(self._desk.checked(owner, conversation))
        except MoodreelError:
            return False

    async def _is_there(self, conversation: str) -> bool:
        """Whether something was said in it, or is just being answered."""
        if self._turns.of(conversation):
            return True
        try:
            return bool(await (await self._desk.agent()).profile(conversation))
        except MoodreelError:
            return False

    async def refresh(self, owner: str, conversation: str) -> Updates:
        """The list, the title of the current conversation, and its id once it is kept."""
        try:
            listed = await (await self._desk.agent()).listed(beginning(owner))
        except MoodreelError:
            return list_html((), ""), "", NOWHERE
        title = next((about.title for about in listed if about.id == conversation), "")
        kept = conversation if title or self._turns.of(conversation) else NOWHERE
        return list_html(listed, conversation), title, kept

    @noticed(2)
    async def new(self, owner: str) -> tuple[str, str]:
        """The id of a new conversation."""
        return self._desk.new_conversation(owner), ""

    @noticed(2)
    async def open(self, owner: str, event: gr.EventData) -> tuple[str, str]:
        """The id of the conversation that was pressed."""
        name = self._desk.checked(owner, (event._data or {}).get("id"))
        await (await self._desk.agent()).profile(name)
        return name, ""

    @noticed(1)
    async def rename(self, title: str, owner: str, conversation: str) -> tuple[str]:
        """Give the current conversation another title."""
        name = self._desk.checked(owner, conversation)
        await (await self._desk.agent()).rename(name, title)
        return ("Renamed.",)

    @noticed(2)
    async def delete(self, owner: str, conversation: str) -> tuple[str, str]:
        """Remove the current conversation whole; the id of a new one."""
        await self._forget(self._desk.checked(owner, conversation))
        return self._desk.new_conversation(owner), "The conversation is deleted."

    @noticed(2)
    async def forget(self, owner: str) -> tuple[str, str]:
        """Remove all conversations of this owner; the id of a new one."""
        listed = await (await self._desk.agent()).listed(beginning(owner))
        for about in listed:
            await self._forget(about.id)
        await (await self._desk.agent()).erase_person(beginning(owner))
        many = "one conversation" if len(listed) == 1 else f"{len(listed)} conversations"
        return self._desk.new_conversation(owner), f"All that I knew of you is gone: {many}."

    @noticed(2)
    async def download(self, kind: str, owner: str, conversation: str) -> tuple[str, str]:
        """The current conversation as a file that the page offers."""
        name = self._desk.checked(owner, conversation)
        whole = await (await self._desk.agent()).export(name)
        return offered(f"{name}.{kind}", WRITERS[kind](whole)), ""

    @noticed(2)
    async def bad(self, owner: str, conversation: str, event: gr.EventData) -> tuple[str, str]:
        """A test that ends with an answer which was no good, as a file that the page offers."""
        name, turn = self._desk.checked(owner, conversation), (event._data or {}).get("turn")
        number = int(turn) if isinstance(turn, str) and re.fullmatch("[0-9]{1,6}", turn) else 0
        script = as_script(await (await self._desk.agent()).export(name), bad=number)
        return offered(f"{name}-turn-{number}.yaml", script), "Saved as a test, up to that answer."

    async def _forget(self, name: str) -> None:
        await self._turns.stop(name)
        self._turns.clear(name)
        await (await self._desk.agent()).forget(name)


@dataclass(frozen=True)
class SessionsPart:
    """The list as the shell uses it.

    After each of ``moves`` another conversation is shown; ``address`` hears which one a tab
    shows, and ``arrive`` says which one it begins with.
    """

    part: Part
    moves: tuple[Any, ...]
    address: gr.HTML
    arrive: Callable[[object, str | None, str, str], Awaitable[tuple[str, str, str]]]


def build(shared: Shared) -> SessionsPart:
    """The list of conversations with its buttons, laid out here."""
    shelf = Shelf(shared.desk, shared.turns)
    begin = gr.Button("New conversation", variant="primary", elem_id="new")
    listed = html(list_html((), ""), elem_id="sessions")
    presses = bridge("sessions")
    where, save = heard("where", "at"), heard("outlet", "save")
    with gr.Accordion("This conversation", open=False):
        title = gr.Textbox(label="Title", elem_id="title", max_length=80, submit_btn="Rename")
        kinds = {"md": "Download as text", "json": "Download as JSON", "yaml": "Save as test"}
        files = {kind: gr.Button(says, size="sm") for kind, says in kinds.items()}
        deleted = _asked_once("Delete", "Delete this conversation for good?")
    forgotten = _asked_once("Forget me", "Remove all your conversations for good?")
    whose = [shared.owner, shared.conversation]
    moved = [shared.conversation, shared.notice]
    title.submit(shelf.rename, [title, *whose], [shared.notice], **QUIET).then(
        shelf.refresh, whose, [listed, title, where], **QUIET
    )
    bridge("bad").select(shelf.bad, whose, [save, shared.notice], **QUIET)
    for kind, button in files.items():
        button.click(partial(shelf.download, kind), whose, [save, shared.notice], **QUIET)
    moves = (
        begin.click(shelf.new, [shared.owner], moved, **QUIET),
        presses.select(shelf.open, [shared.owner], moved, **QUIET),
        deleted.click(shelf.delete, whose, moved, **QUIET),
        forgotten.click(shelf.forget, [shared.owner], moved, **QUIET),
    )
    return SessionsPart(Part((listed, title, where), shelf.refresh), moves, where, shelf.arrive)


def heard(name: str, listener: str) -> gr.HTML:
    """A hidden component whose values a function of the page's script hears."""
    return gr.HTML(
        "",
        html_template="",
        visible="hidden",
        elem_id=name,
        js_on_load=f"watch('value', () => window.moodreel.{listener}(props.value));",
    )


def _asked_once(says: str, question: str) -> gr.Button:
    """A button that asks before it does something for good; gives the one that says yes."""
    first = gr.Button(says, size="sm", variant="stop")
    with gr.Column(visible=False, elem_classes="mr-asking") as asking:
        html(f"<p>{question}</p>")
        with gr.Row():
            yes = gr.Button("Yes", size="sm", variant="stop")
            no = gr.Button("No", size="sm")
    show = lambda: (gr.update(visible=True), gr.update(visible=False))  # noqa: E731
    hide = lambda: (gr.update(visible=False), gr.update(visible=True))  # noqa: E731
    first.click(show, None, [asking, first], **QUIET)
    no.click(hide, None, [asking, first], **QUIET)
    yes.click(hide, None, [asking, first], **QUIET)
    return yes


QUIET: dict[str, Any] = {
    "api_visibility": "private",
    "concurrency_limit": None,
    "show_progress": "hidden",
}
"""How a handler runs that is no turn: hidden from programs, without a spinner."""
