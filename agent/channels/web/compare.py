"""The tab "Compare": what is near a film in each dimension, and a map of the last list."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import gradio as gr

from ....errors import MoodreelError, UnknownConversation, UnknownItem, UsageError
from ....ingest.item import AXES, AxisName
from ....ingest.title_complete import complete
from ...companion import MovieAgent
from ...comparing import beside, item_of, nearest
from ...last_list import LastList
from .desk import Desk
from .film_map import AXIS_WORDS, Point, plot, points_html
from .marks import NO_MARKS, Marks, marks_of
from .neighbours import NOTHING_CHOSEN, opened_html, rows_html, suggestions_html
from .notices import noticed
from .parts import Part, Shared, Updates, bridge, html
from .sessions import QUIET

PER_ROW = 8
MOST_POINTS = 60

_ACROSS: AxisName = "tension"
_UP: AxisName = "warmth"
_NONE = LastList()


class View(NamedTuple):
    """What is drawn of the comparison: the chosen film's id, and HTML."""

    chosen: Any
    rows: Any
    card: Any
    map_card: Any
    found: Any
    notice: str = ""


_UNCHANGED = View(gr.skip(), gr.skip(), gr.skip(), gr.skip(), gr.skip())


class Comparison:
    """What the handlers of the tab do."""

    def __init__(self, desk: Desk) -> None:
        """Compare the films of the desk's agent."""
        self._desk = desk

    async def refresh(self, owner: str, conversation: str) -> Updates:
        """Two texts: one changes when the last list does, one when what is known of films does."""
        try:
            ready = self._desk.state().phase == "ready"
            marks, last = await self._known(owner, conversation) if ready else (NO_MARKS, _NONE)
        except MoodreelError:
            marks, last = NO_MARKS, _NONE
        listed = [item.id for item in last.items], len(last.shown)
        return _digest(listed), _digest(marks)

    async def map(self, owner: str, conversation: str, across: str, up: str) -> Updates:
        """The map of the last list, hidden where there is none, and the same as a list.

        Axes that there are not, which no browser sends, are those of the beginning.
        """
        x = across if across in AXES else _ACROSS
        y = up if up in AXES else _UP
        try:
            points = _points((await self._known(owner, conversation))[1])
        except MoodreelError:
            points = []
        drawn = gr.update(value=plot(points, x, y), visible=True)
        return drawn if points else gr.update(visible=False), points_html(points, x, y)

    async def anew(self, owner: str, conversation: str, across: str, up: str) -> Updates:
        """The map of another list, and no card of the one before."""
        return *await self.map(owner, conversation, across, up), ""

    async def rows(self, owner: str, conversation: str, chosen: str) -> Any:
        """The rows of the chosen film as they are now; as they were where there is none."""
        try:
            return (await self._shown(owner, conversation, chosen)).rows if chosen else gr.skip()
        except MoodreelError:
            return NOTHING_CHOSEN

    @noticed(6)
    async def press(self, owner: str, conversation: str, chosen: str, event: gr.EventData) -> View:
        """Compare a film, or show the card of a neighbour or of a point of the map."""
        data = event._data if isinstance(event._data, dict) else {}
        act, item_id = str(data.get("act")), str(data.get("id"))
        if act == "show":
            return await self._shown(owner, conversation, item_id, fresh=True)
        if act == "open":
            return _UNCHANGED._replace(card=await self._beside(chosen, item_id))
        if act == "point":
            card = await self._of_list(owner, conversation, item_id)
            return _UNCHANGED._replace(map_card=card)
        raise UsageError("There is nothing of that kind to press; load the page again.")

    @noticed(6)
    async def search(self, typed: str, owner: str, conversation: str) -> View:
        """Compare the film that was most likely typed."""
        agent = await self._desk.agent()
        found = await asyncio.to_thread(complete, agent.catalogue.titles, typed, 1)
        if not found:
            raise UnknownItem("Type the title of a film that is here, or a part of it.")
        return await self._shown(owner, conversation, found[0].id, fresh=True)

    async def suggest(self, typed: str) -> str:
        """Films whose titles begin as typed."""
        try:
            agent = await self._desk.agent()
        except MoodreelError:
            return ""
        found = await asyncio.to_thread(complete, agent.catalogue.titles, typed)
        return suggestions_html(found, typed)

    async def _shown(
        self, owner: str, conversation: str, item_id: str, *, fresh: bool = False
    ) -> View:
        """The rows of a film; ``fresh`` where the focus shall come there."""
        marks, _ = await self._known(owner, conversation)
        catalogue = (await self._desk.agent()).catalogue
        near = await asyncio.to_thread(nearest, catalogue, item_id, PER_ROW)
        film = item_of(catalogue, item_id)
        beside_it = [each.item for row in near.values() for each in row]
        posters = await self._desk.posters([film, *beside_it])
        rows = rows_html(film, near, marks, posters, fresh=fresh)
        return View(item_id, rows, "", gr.skip(), "")

    async def _beside(self, chosen: str, item_id: str) -> str:
        """The card of a neighbour of the chosen film."""
        if not chosen:
            raise UsageError("Choose a film to compare first.")
        catalogue = (await self._desk.agent()).catalogue
        pick = await asyncio.to_thread(beside, catalogue, chosen, item_id)
        says = f"How near it is to {item_of(catalogue, chosen).label}"
        return opened_html(pick, says, await self._desk.posters([pick]))

    async def _of_list(self, owner: str, conversation: str, item_id: str) -> str:
        """The card of a candidate of the last list."""
        _, last = await self._known(owner, conversation)
        pick = last.pick((await self._desk.agent()).catalogue, item_id)
        if pick is None:
            raise UnknownItem("That film is no longer on the map; choose another.")
        says = "How well it fits what you asked for"
        return opened_html(pick, says, await self._desk.posters([pick]))

    async def _known(self, owner: str, conversation: str) -> tuple[Marks, LastList]:
        """What the conversation knows of films, and its last list; nothing before it begins.

        Raises:
            UsageError: it is somebody else's.
        """
        name = self._desk.checked(owner, conversation)
        agent: MovieAgent = await self._desk.agent()
        try:
            profile, last = await asyncio.gather(agent.profile(name), agent.last_list(name))
        except UnknownConversation:
            return NO_MARKS, _NONE
        return marks_of(profile), last


def _digest(told: object) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _points(last: LastList) -> Sequence[Point]:
    """The items of the list, those that were shown with their places."""
    places = {pick.id: place for place, pick in enumerate(last.shown, 1)}
    return [Point(item, places.get(item.id, 0)) for item in last.items[:MOST_POINTS]]


def build(shared: Shared) -> Part:
    """The tab, laid out here."""
    comparison = Comparison(shared.desk)
    chosen, listed, marked = gr.State(""), gr.State(""), gr.State("")
    presses = bridge("compare")
    search = gr.Textbox(
        label="Compare a film",
        placeholder="Type a title, or press Compare on a card",
        elem_id="compare-search",
        max_length=200,
        max_lines=1,
    )
    found = html(elem_id="compare-found")
    rows = html(NOTHING_CHOSEN, elem_id="compare-rows")
    card = html(elem_id="compare-card")
    html(
        '<h2 class="mr-map-title">Map of your last list</h2>',
        elem_id="compare-map-title",
    )
    with gr.Row(elem_id="compare-axes"):
        across = _axis_choice("Across", _ACROSS)
        up = _axis_choice("Up", _UP)
    chart = gr.Plot(
        label="Map of your last list",
        show_label=False,
        container=False,
        visible=False,
        elem_id="compare-map",
    )
    points = html(points_html((), _ACROSS, _UP), js_on_load=_POINTS, elem_id="compare-points")
    map_card = html(elem_id="compare-map-card")
    whose = [shared.owner, shared.conversation]
    view = [chosen, rows, card, map_card, found, shared.notice]
    # Not "input", which Gradio raises for keys only: a title may be pasted.
    search.change(comparison.suggest, [search], [found], trigger_mode="always_last", **QUIET)
    for event in (
        search.submit(comparison.search, [search, *whose], view, **QUIET),
        presses.select(comparison.press, [*whose, chosen], view, **QUIET),
    ):
        event.then(None, None, None, js=_REVEAL, **QUIET)
    axes = [*whose, across, up]
    gr.on([across.change, up.change], comparison.map, axes, [chart, points], **QUIET)
    listed.change(comparison.anew, axes, [chart, points, map_card], **QUIET)
    marked.change(comparison.rows, [*whose, chosen], [rows], **QUIET)
    return Part((listed, marked), comparison.refresh)


def _axis_choice(name: str, value: AxisName) -> gr.Dropdown:
    choices = [(words.name, axis) for axis, words in AXIS_WORDS.items()]
    return gr.Dropdown(choices, value=value, label=name, min_width=120)


_POINTS = """
if (!window.moodreel.points) {
  window.moodreel.points = true;
  document.addEventListener('click', (event) => {
    const point = event.target.closest?.('#compare-map') && event.target.__data__?.datum;
    if (point?.id) window.moodreel.bridges.compare({ act: 'point', id: point.id });
  });
}
"""
"""Vega keeps with each element what it stands for; a click on one is a press like any other."""

_REVEAL = """
() => {
  const tab = document.getElementById('tab-compare-button');
  if (tab?.getAttribute('aria-selected') === 'false') tab.click();
  setTimeout(() => {
    const fresh = document.querySelector('[data-fresh]');
    fresh?.removeAttribute('data-fresh');
    fresh?.focus();
  }, 100);
}
"""
"""Shows the tab, and moves the focus, and with it the view, to what was just drawn."""
