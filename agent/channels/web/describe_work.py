"""What happens in the tab "Add something": describe, compare, hold against tastes, keep."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import gradio as gr

from ....errors import MoodreelError, UsageError
from ....ingest.item import Item
from ...cold_start import (
    ItemFacts,
    identity,
    item_of,
    shared_with,
    similar_to,
    suits,
)
from ...newcomers import Description
from ..content import describable
from ..failure import SORRY, note
from .describe_form import FIELDS, Sheet, read_sheet
from .describe_read import Given, read_given
from .describe_show import fit_html, told_html, waiting_html
from .desk import Desk, beginning
from .marks import NO_MARKS
from .neighbours import opened_html, rows_html
from .notices import notice, noticed
from .parts import Updates

log = logging.getLogger(__name__)

PER_ROW = 6
MOST_OTHERS = 12
"""So many of a visitor's other conversations are asked whether they would like it."""
_EVERY = 1.0
_UNTITLED = "Untitled"
_GONE = "Describe something first; then there is something to ask about."
NOT_KEPT = (
    "Adding to the catalogue is switched off here, because others use it too; who runs this"
    " server can allow it with MOODREEL_ALLOW_ADDING=1."
)


ADD = "Add to my catalogue"
SAVE = "Save my changes"
UNFILLED = (gr.skip(),) * FIELDS


class Drawn(NamedTuple):
    """What is drawn anew of the tab besides the fields of the form."""

    status: Any
    stop: Any = gr.update(interactive=False)
    found: Any = gr.skip()
    told: Any = gr.skip()
    sheet: Any = gr.skip()
    add: Any = gr.skip()
    remove: Any = gr.skip()
    answer: Any = gr.skip()
    card: Any = gr.skip()
    said: Any = gr.skip()


@dataclass(frozen=True)
class Found:
    """What was described, as the page keeps it between two presses: never the content itself."""

    item_id: str
    description: Description


class Describing:
    """What the handlers of the tab do."""

    def __init__(self, desk: Desk) -> None:
        """Describe through the desk's agent."""
        self._desk = desk
        self._running: dict[str, asyncio.Task[tuple[Given, Found]]] = {}

    async def describe(
        self, text: str, file: Sequence[str] | None, request: gr.Request
    ) -> AsyncIterator[Updates]:
        """Updates for `Drawn` and the fields of the form until it is done.

        What was typed or dropped is not touched, whatever happens.
        """
        session = str(request.session_hash)
        self._end(session)
        task = asyncio.ensure_future(self._described(text, file))
        self._running[session] = task
        begun = time.monotonic()
        try:
            while not task.done():
                yield self._waiting(round(time.monotonic() - begun))
                await asyncio.wait([task], timeout=_EVERY)
            yield self._ended(task)
        finally:
            task.cancel()
            if self._running.get(session) is task:
                del self._running[session]

    async def stop(self, request: gr.Request) -> None:
        """Describe no further."""
        self._end(str(request.session_hash))

    def _end(self, session: str) -> None:
        running = self._running.get(session)
        if running is not None:
            running.cancel()

    async def _described(self, text: str, file: Sequence[str] | None) -> tuple[Given, Found]:
        given = await asyncio.to_thread(read_given, text, file)
        agent = await self._desk.agent()
        describable(given.content, agent)
        description = await agent.describe(given.content)
        return given, Found(identity(given.content), description)

    def _waiting(self, seconds: int) -> Updates:
        building = self._desk.state().phase == "building"
        says = waiting_html(seconds, building=building)
        return *Drawn(says, gr.update(interactive=True)), *UNFILLED

    def _ended(self, task: asyncio.Task[tuple[Given, Found]]) -> Updates:
        """What was found, or why nothing was."""
        try:
            given, found = task.result()
        except asyncio.CancelledError:
            return *Drawn(notice("Stopped; nothing was described.")), *UNFILLED
        except MoodreelError as error:
            return *Drawn(notice(_sentence(error))), *UNFILLED
        except Exception as error:  # noqa: BLE001 - it is noted, and said
            note(log, "describing failed", error)
            return *Drawn(notice(SORRY)), *UNFILLED
        described = found.description.descriptors
        drawn = Drawn(
            notice("Described; what I found stands below."),
            found=found,
            told=told_html(found.description),
            sheet=gr.update(visible=True),
            add=gr.update(value=ADD),
            remove=gr.update(visible=False),
            answer="",
            card="",
            said="",
        )
        return *drawn, *Sheet(given.title, ItemFacts(given.kind), described).values()

    @noticed(3)
    async def similar(self, found: Found | None, *values: Any) -> tuple[str, str, str]:
        """The nearest films by mood, audience and plot."""
        item = _item(found, values)
        agent = await self._desk.agent()
        near = await asyncio.to_thread(similar_to, agent.catalogue, item, PER_ROW)
        return rows_html(item, near, NO_MARKS, fresh=True, to="describe"), "", ""

    @noticed(2)
    async def open(self, event: gr.EventData, found: Found | None, *values: Any) -> tuple[str, str]:
        """The card of a film that was pressed in a row, with what both have in common."""
        item = _item(found, values)
        agent = await self._desk.agent()
        other = str((event._data or {}).get("id"))
        pick = await asyncio.to_thread(shared_with, agent.catalogue, item, other)
        return opened_html(pick, f"How near it is to {item.title}"), ""

    @noticed(3)
    async def suit(
        self, found: Found | None, owner: str, conversation: str, *values: Any
    ) -> tuple[str, str, str]:
        """How well it suits this conversation, and the visitor's other ones."""
        item = _item(found, values)
        own = self._desk.checked(owner, conversation)
        agent = await self._desk.agent()
        taste = await agent.wanted(own)
        fit = await asyncio.to_thread(suits, agent.catalogue, taste.profile, item, taste.shown)
        others = await agent.who_would_like(item, beginning(owner), without=own, most=MOST_OTHERS)
        return fit_html(fit, item.title, others), "", ""

    @noticed(4)
    async def add(
        self, found: Found | None, changed: int, *values: Any
    ) -> tuple[Any, Any, int, str]:
        """Keep it in the catalogue: it can be found and recommended from now on."""
        item = _item(found, values)
        if not self._desk.adding:
            raise UsageError(NOT_KEPT)
        if not str(values[0] or "").strip():
            raise UsageError("Give it a title first; by that it is found again.")
        agent = await self._desk.agent()
        await asyncio.to_thread(agent.catalogue.upsert, [item])
        said = f"{item.label!r} is in the catalogue now; it can be found and recommended."
        return gr.update(value=SAVE), gr.update(visible=True), changed + 1, said

    @noticed(4)
    async def remove(self, found: Found | None, changed: int) -> tuple[Any, Any, int, str]:
        """Take it out of the catalogue again."""
        if found is None or not self._desk.adding:
            raise UsageError(_GONE if found is None else NOT_KEPT)
        agent = await self._desk.agent()
        there = await asyncio.to_thread(agent.catalogue.delete, [found.item_id])
        said = "It is out of the catalogue again." if there else "It wasn't there any more."
        return gr.update(value=ADD), gr.update(visible=False), changed + 1, said


def _sentence(error: MoodreelError) -> str:
    says = str(error)
    return f"{says[:1].upper()}{says[1:]}"


def _item(found: Found | None, values: Sequence[Any]) -> Item:
    """The item that stands in the form.

    Raises:
        UsageError: nothing was described, or a field has something that can't be.
    """
    if found is None:
        raise UsageError(_GONE)
    described = found.description.descriptors
    sheet = read_sheet(values, described)
    title = sheet.title or _UNTITLED
    return item_of(described, title, found.item_id, sheet.known, sheet.descriptors)
