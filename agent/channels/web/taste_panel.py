"""What the taste panel does: draw a profile, change it as its controls say, save and bring one."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import gradio as gr

from ....errors import MoodreelError, UsageError
from ...clicks import Click, Revision, edits_click
from ...edits import Forget, History, Reset
from ...profile import TasteProfile
from ...profile_file import LARGEST, Brought, read, written
from ...sentences import sentence
from .desk import Desk
from .downloads import offered
from .notices import notice, noticed
from .parts import Updates
from .taste_chips import chips_html
from .taste_choices import Choices, Listed
from .taste_controls import FIELDS, Controls, controls_of, moved
from .taste_edits import edits_of
from .taste_words import change_words
from .turns import Turn, Turns

Told = dict[str, Any]
"""What the controls show, as plain data: a value for each field, and ``choices`` for lists.

``several`` says whether several genres are wanted: then there is something to join.
"""


def _told(controls: Controls, choices: Mapping[str, Listed]) -> Told:
    several = len(controls.genres) > 1
    told: Told = _plain({**asdict(controls), "choices": choices, "several": several})
    return told


def _plain(value: Any) -> Any:
    """Tuples as lists, as JSON has them."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


NOTHING_TOLD: Told = _told(Controls(), {})
"""What the controls show before anything is known."""

_TYPED = frozenset({"earliest", "latest", "shortest", "longest", "youngest"})
"""Fields whose numbers are typed: their controls show text."""

_MOST_NAMED = 3
_UNCLEAR = "Change my taste"
"""The words of a change that waits, as long as there is nothing to change yet."""


class Panel:
    """The handlers of the taste panel."""

    def __init__(self, desk: Desk, turns: Turns) -> None:
        """Show and change profiles of the desk's agent, by turns that others see in ``turns``."""
        self._desk = desk
        self._turns = turns
        self._choices = Choices()

    async def refresh(self, owner: str, conversation: str) -> Updates:
        """The chips, what the controls show, and whether "undo" and "start over" can be pressed.

        The controls themselves are drawn by `draw`.
        """
        if self._desk.state().phase != "ready":
            return chips_html(TasteProfile()), NOTHING_TOLD, _usable(False), _usable(False)
        profile = await self._profile(owner, conversation)
        controls = controls_of(profile)
        agent = await self._desk.agent()
        choices = await asyncio.to_thread(self._choices.of, agent.catalogue, controls)
        undoable = any(e.status != "undone" or e.dropped_in for e in profile.entries)
        told = _told(controls, choices)
        return chips_html(profile), told, _usable(undoable), _usable(bool(profile.active))

    def draw(self, told: Told, drawn: Told) -> Updates:
        """What is drawn from now on, and an update for each control in the order of `FIELDS`.

        Only controls that show something else than before are drawn: what somebody is typing
        into another one stays.
        """
        return told, *(_control(field, told, drawn) for field in FIELDS)

    async def press(
        self, owner: str, conversation: str, drawn: Told, event: gr.EventData
    ) -> AsyncIterator[Updates]:
        """Take something back, set a control, or start over.

        A drawing is the notice, a number that has everything drawn anew (after an error too:
        then this page may be behind), what is drawn, and an update for each control: of the one
        that was set, if the profile says otherwise than it. What has to wait is drawn twice.
        """
        data = event._data if isinstance(event._data, Mapping) else {}
        says, changed = "", gr.skip()
        shown: dict[str, Any] = {}
        try:
            turn = await self._begun(owner, conversation, _revision(data))
            if turn is not None and not turn.begun:
                yield (notice(""), _anew(), *(gr.skip() for _ in ("drawn", *FIELDS)))
            changed = await self._ended(turn, conversation)
        except MoodreelError as error:
            says, changed = str(error), _anew()
        field = data.get("field")
        if field in FIELDS:
            now = _told(controls_of(await self._profile(owner, conversation)), {})
            drawn = {**drawn, field: now[field]}
            if not _same(_shown(field, now), data.get("value")):
                shown[field] = gr.update(value=_shown(field, now))
        yield notice(says), changed, drawn, *(shown.get(each, gr.skip()) for each in FIELDS)

    @noticed(2)
    async def save(self, owner: str, conversation: str) -> tuple[str, str]:
        """The profile as a file that the page offers."""
        self._desk.checked(owner, conversation)
        profile = await self._profile(owner, conversation)
        brought = [e for e in profile.active if isinstance(e.content, History)]
        if len(brought) == len(profile.active):
            raise UsageError("There is nothing to save yet; say what you like first.")
        says = "The history that you brought in is not in the file." if brought else ""
        return offered("moodreel-taste.json", written(profile)), says

    @noticed(2)
    async def bring(self, path: object, owner: str, conversation: str) -> tuple[Any, str]:
        """Add what a saved profile says; films that are not in this catalogue are left out."""
        self._desk.checked(owner, conversation)
        agent = await self._desk.agent()
        data = await asyncio.to_thread(_uploaded, path)
        brought = await asyncio.to_thread(read, data, agent.catalogue)
        if not brought.edits:
            raise UsageError(f"Nothing in that profile is known here: {_named(brought.missing)}.")
        return await self.change(owner, conversation, lambda _: _adding(brought)), _said_of(brought)

    async def change(self, owner: str, conversation: str, revision: Revision) -> Any:
        """Change the profile in a turn and wait for its end; a number that has all drawn anew.

        Raises:
            UsageError: the conversation is somebody else's, or the turn went wrong.
        """
        return await self._ended(await self._begun(owner, conversation, revision), conversation)

    async def _begun(self, owner: str, conversation: str, revision: Revision) -> Turn | None:
        """The turn that changes the profile; none where there is nothing to change."""
        name = self._desk.checked(owner, conversation)
        agent = await self._desk.agent()
        click = revision(await self._profile(owner, conversation))
        if click is None and not self._turns.busy(name):
            return None
        words = click[0] if click else _UNCLEAR
        return self._turns.begin(name, words, lambda: agent.stream_revision(revision, name))

    async def _ended(self, turn: Turn | None, name: str) -> Any:
        """Wait for the end of a turn; a new number if there was one."""
        if turn is None:
            return gr.skip()
        await turn.end()
        if turn.problem:
            self._turns.clear(name)
            raise UsageError(turn.problem)
        return _anew()

    async def _profile(self, owner: str, conversation: str) -> TasteProfile:
        """The profile, empty before the conversation begins and for somebody else's."""
        try:
            name = self._desk.checked(owner, conversation)
            return await (await self._desk.agent()).profile_now(name)
        except MoodreelError:
            return TasteProfile()


def _revision(data: Mapping[str, Any]) -> Revision:
    """What a press does to a profile; ``data`` comes from a browser."""
    act = data.get("act")
    if act == "remove":
        return lambda profile: _removal(profile, data.get("id"))
    if act == "set":
        return lambda profile: _setting(profile, data.get("field"), data.get("value"))
    if act == "reset":
        return _reset
    raise UsageError("There is nothing of that kind to press; load the page again.")


def _removal(profile: TasteProfile, entry_id: object) -> Click:
    entry = next((each for each in profile.active if each.id == entry_id), None)
    if entry is None:
        raise UsageError("That was taken back already.")
    return edits_click([Forget(entry=entry.id)], f"Forget: {sentence(entry)}")


def _setting(profile: TasteProfile, field: object, value: object) -> Click | None:
    now = controls_of(profile)
    wanted = moved(now, str(field), value)
    edits = edits_of(profile, wanted)
    return edits_click(edits, change_words(now, wanted)) if edits else None


def _reset(profile: TasteProfile) -> Click | None:
    return edits_click([Reset(scope="all")], "Start over") if profile.active else None


def _adding(brought: Brought) -> Click:
    return edits_click(brought.edits, f"Use my saved taste: {_counted(len(brought.edits))}")


def _said_of(brought: Brought) -> str:
    said = f"{_counted(len(brought.edits)).capitalize()} from that profile count now."
    if not brought.missing:
        return said
    return f"{said} Not in this catalogue, so left out: {_named(brought.missing)}."


def _counted(many: int) -> str:
    return "one thing" if many == 1 else f"{many} things"


def _named(titles: Sequence[str]) -> str:
    more = len(titles) - _MOST_NAMED
    shown = ", ".join(title[:80] for title in titles[:_MOST_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown


def _uploaded(path: object) -> bytes:
    """What was uploaded, a little more than is allowed at most; it is not kept here."""
    if not isinstance(path, str):
        raise UsageError("No file arrived; choose one that was saved here.")
    file = Path(path)
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
        file.unlink(missing_ok=True)
    except OSError:
        raise UsageError("That file could not be read; send it again.") from None
    return data


def _control(field: str, told: Told, drawn: Told) -> Any:
    """The update of one control, if it has to show something new."""
    news: dict[str, Any] = {}
    if told[field] != drawn[field]:
        news["value"] = _shown(field, told)
    choices = told["choices"].get(field)
    if choices is not None and choices != drawn["choices"].get(field):
        news |= {"choices": choices, "value": told[field]}
    if field == "every_genre" and told["several"] != drawn["several"]:
        news["visible"] = told["several"]
    return gr.update(**news) if news else gr.skip()


def _shown(field: str, told: Told) -> Any:
    """The value of a control."""
    value = told[field]
    return ("" if value is None else str(value)) if field in _TYPED else value


def _same(now: object, given: object) -> bool:
    """Whether a control shows what is so, in whatever order."""
    if isinstance(now, list) and isinstance(given, list):
        return len(now) == len(given) and all(each in given for each in now)
    return now == given


def _anew() -> int:
    """A number that was not there before: everything is drawn anew."""
    return secrets.randbits(48)


def _usable(can: bool) -> Any:
    return gr.update(interactive=can)
