"""The taste profile as a modal: untick what is not true, and say what counts."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    Option,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from ....errors import MoodreelError
from ...profile import Entry, TasteProfile
from ...sentences import evidence, sentence
from ..entries import mark
from ..wording import visible
from .blocks import plain
from .person import HOME, at_home, taste_of, weights_of, without
from .places import Whisper
from .posting import FAILED, reason
from .text import shortened
from .where import Where, of_press

if TYPE_CHECKING:
    from .app import SlackApp

Json = dict[str, Any]

CALLBACK = "moodreel_taste"
_A_BLOCK = 10
"""How many boxes Slack takes in one block."""
_MOST = 200
_LONGEST = 75
_COUNTS = {"0": "Not at all", "0.5": "A little", "1": "As usual", "2": "A lot", "3": "Most"}
_DIMENSIONS = {"mood": "Mood", "audience": "Who it's for", "plot": "Story"}
_log = logging.getLogger(__name__)


class Taste:
    """Opens the modal, and takes what was changed in it."""

    def __init__(self, app: SlackApp) -> None:
        self._app = app
        app.action(CALLBACK)(self.pressed)
        app.view(CALLBACK)(self.submitted)

    async def pressed(
        self, ack: AsyncAck, body: Json, context: AsyncBoltContext, client: AsyncWebClient
    ) -> None:
        """Open the profile of the conversation in which it was pressed, or of the Home tab."""
        await ack()
        team = context.team_id or ""
        here = of_press(team, body) if "channel" in body else at_home(team, body["user"]["id"])
        await self.open(body, here, client)

    async def open(self, body: Json, where: Where, client: AsyncWebClient) -> None:
        """Open the profile; ``body`` is that of a press or command of just now."""
        profile = await taste_of(self._app.agent, where)
        url = body.get("response_url", "")
        try:
            await client.views_open(
                trigger_id=body["trigger_id"], view=modal(profile, where, url).to_dict()
            )
        except FAILED as error:
            _log.info("Slack opened no modal (%s)", reason(error))
            if url:
                sentence = "Slack didn't let me open your taste in time; try it again."
                await self._app.tell(client, where, Whisper(url), sentence)

    async def submitted(
        self, ack: AsyncAck, body: Json, view: Json, client: AsyncWebClient
    ) -> None:
        """Forget what was unticked, and note what counts."""
        await ack()
        kept = json.loads(view["private_metadata"])
        url, where = kept.pop("url"), Where(**kept)
        revision = partial(without, marks=unticked(view), weights=chosen_weights(view))
        try:
            reply = await self._app.agent.revise(where.conversation, revision)
            said = " ".join(reply.understood) if reply else "Nothing has changed."
        except MoodreelError as error:
            said = str(error)
        if where.channel == HOME:
            await self._app.home.show(where, client)
        elif url:
            await self._app.tell(client, where, Whisper(url), said)


def modal(profile: TasteProfile, where: Where, url: str) -> View:
    """The profile with a box for each entry, and what counts."""
    entries = list({mark(entry): entry for entry in profile.active}.values())[-_MOST:]
    parts = [entries[at : at + _A_BLOCK] for at in range(0, len(entries), _A_BLOCK)]
    boxes = [_boxes(place, part) for place, part in enumerate(parts)]
    nothing = SectionBlock(text=plain(text="You have not told me anything here yet."))
    weights = weights_of(profile)
    return View(
        type="modal",
        callback_id=CALLBACK,
        title=plain(text="Your taste"),
        submit=plain(text="Save"),
        close=plain(text="Cancel"),
        private_metadata=json.dumps({**asdict(where), "url": url}),
        blocks=[*(boxes or [nothing]), *(_weight(name, weights[name]) for name in _DIMENSIONS)],
    )


def _boxes(place: int, entries: Sequence[Entry]) -> Block:
    options = [_option(entry) for entry in entries]
    label = "What I know; untick what is not true" if place == 0 else "And"
    return InputBlock(
        block_id=f"entries {place}",
        label=plain(text=label),
        optional=True,
        element=CheckboxesElement(action_id="kept", options=options, initial_options=options),
    )


def _option(entry: Entry) -> Option:
    return Option(
        text=plain(text=shortened(visible(sentence(entry)), _LONGEST)),
        description=plain(text=shortened(visible(evidence(entry)), _LONGEST)),
        value=mark(entry),
    )


def _weight(name: str, weight: float) -> Block:
    options = {value: Option(text=plain(text=says), value=value) for value, says in _COUNTS.items()}
    nearest = min(options, key=lambda value: abs(float(value) - weight))
    return InputBlock(
        block_id=f"weight {name}",
        label=plain(text=f"{_DIMENSIONS[name]} counts"),
        element=StaticSelectElement(
            action_id="weight", options=list(options.values()), initial_option=options[nearest]
        ),
    )


def unticked(view: Json) -> set[str]:
    """The marks of the entries that were shown with a box that is empty now."""
    gone: set[str] = set()
    for block in view["blocks"]:
        if block["block_id"].startswith("entries "):
            state = view["state"]["values"][block["block_id"]]["kept"]
            left = {each["value"] for each in state.get("selected_options") or ()}
            gone |= {each["value"] for each in block["element"]["options"]} - left
    return gone


def chosen_weights(view: Json) -> dict[str, float]:
    """How much each dimension shall count, for those that were chosen anew.

    A weight between two choices stays as it is when its choice was not touched.
    """
    chosen = {}
    for block in view["blocks"]:
        if block["block_id"].startswith("weight "):
            state = view["state"]["values"][block["block_id"]]["weight"]["selected_option"]
            if state["value"] != block["element"]["initial_option"]["value"]:
                chosen[block["block_id"].removeprefix("weight ")] = float(state["value"])
    return chosen
