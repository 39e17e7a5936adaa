"""The chat: sending, streaming, stopping, retrying, editing, and presses that are turns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components.chatbot import Message

from ....errors import MoodreelError, UnknownConversation, UsageError
from ...companion import MovieAgent
from .asks import Asked, again, pressed, said
from .desk import Desk
from .dialogue import messages, picks_drawn, typed
from .notices import notice
from .parts import Part, Shared, Updates, bridge, html
from .turns import Turn, Turns

STARTERS = (
    "I'm worn out. Something warm and funny, nothing sad.",
    "I loved Heat and Lost in Translation. What else is for me?",
    "The mood of Amélie with the plot of Ocean's Eleven",
    "A tense thriller under 100 minutes, made before 1980",
)
"""What can be said here: a mood, two favourites, one film's mood and another's plot, a limit."""

_WELCOME = (
    "**What do you feel like watching?**\n\nSay a mood, films you loved, a limit; or begin with"
)

_SENT = "(...given) => window.moodreel.sent(given.slice(0, 3))"

AT_ONCE = 40
"""How many visitors are served at the same moment; others wait in the queue."""

_Ask = Callable[[MovieAgent, str], Awaitable[Asked]]
_Drawing = AsyncIterator[tuple[Any, Any, Any, Any]]


@dataclass(frozen=True)
class Chat:
    """The chat as the shell uses it.

    After each event of ``turns`` all parts are drawn anew; ``watch`` follows what is being
    answered when a page comes to it.
    """

    part: Part
    turns: tuple[Any, ...]
    watch: Callable[[str, str], AsyncIterator[Any]]


class Talk:
    """What the handlers of the chat do.

    A drawing is updates for the dialogue, the box, the notice and the page's address.
    """

    def __init__(self, desk: Desk, turns: Turns) -> None:
        """Talk through the desk's agent, keeping what is in progress in ``turns``."""
        self._desk = desk
        self._turns = turns

    async def send(self, message: str, owner: str, conversation: str) -> _Drawing:
        """Answer what was typed; what can't be sent comes back into the box."""

        async def ask(agent: MovieAgent, name: str) -> Asked:
            return said(agent, name, message)

        async for drawing in self._answer(owner, conversation, ask, message):
            yield drawing

    async def start(self, owner: str, conversation: str, chosen: gr.SelectData) -> _Drawing:
        """Answer a starter."""

        async def ask(agent: MovieAgent, name: str) -> Asked:
            return said(agent, name, chosen.value["text"])

        async for drawing in self._answer(owner, conversation, ask):
            yield drawing

    async def press(self, owner: str, conversation: str, event: gr.EventData) -> _Drawing:
        """Answer a press on a card or below an answer."""

        async def ask(agent: MovieAgent, name: str) -> Asked:
            return pressed(agent, name, event._data or {})

        async for drawing in self._answer(owner, conversation, ask):
            yield drawing

    async def retry(self, owner: str, conversation: str) -> _Drawing:
        """Answer the last message anew."""
        async for drawing in self._answer(owner, conversation, self._again):
            yield drawing

    async def edit(self, owner: str, conversation: str, edited: gr.EditData) -> _Drawing:
        """Answer the last message as it was edited."""

        async def ask(agent: MovieAgent, name: str) -> Asked:
            shown = await self._drawn(agent, name)
            if edited.index != len(shown) - 2:
                raise UsageError("Only the last message can be edited.")
            return await self._again(agent, name, typed(str(edited.value)))

        async for drawing in self._answer(owner, conversation, ask):
            yield drawing

    async def stop(self, owner: str, conversation: str) -> str:
        """Stop what is being answered; the notice, which says so where nothing is."""
        try:
            stopped = await self._turns.stop(self._desk.checked(owner, conversation))
        except MoodreelError as error:
            return notice(str(error))
        return notice("" if stopped else "Nothing is being answered just now.")

    async def refresh(self, owner: str, conversation: str) -> Updates:
        """The dialogue as it is now."""
        with suppress(MoodreelError):
            name = self._desk.checked(owner, conversation)
            return (await self._drawn(await self._desk.agent(), name),)
        return ([],)

    async def watch(self, owner: str, conversation: str) -> AsyncIterator[Any]:
        """The dialogue, as long as something in it is being answered that began elsewhere."""
        with suppress(MoodreelError):
            name = self._desk.checked(owner, conversation)
            for turn in self._undone(name):
                async for _ in self._followed(name, turn):
                    yield await self._drawn(await self._desk.agent(), name)

    async def _followed(self, name: str, turn: Turn) -> AsyncIterator[None]:
        """Give control whenever a turn has news, and then those that another tab began after it."""
        following: list[Turn] = [turn]
        while following:
            async for _ in following[0].follow():
                yield
            following = self._undone(name)

    def _undone(self, name: str) -> list[Turn]:
        """The last turn that is not answered yet, if any."""
        return [turn for turn in self._turns.of(name) if not turn.done][-1:]

    async def _answer(
        self, owner: str, conversation: str, ask: _Ask, box: str | None = None
    ) -> _Drawing:
        """Take a turn and draw it until it is done; an error puts back what was in the box."""
        same = gr.skip()
        try:
            name = self._desk.checked(owner, conversation)
            if self._desk.state().phase == "building":
                yield same, same, notice("One moment: your message is answered soon."), same
            agent = await self._desk.agent()
            asked = await ask(agent, name)
            turn = self._turns.begin(name, asked.words, asked.work)
            address: Any = name
            async for _ in self._followed(name, turn):
                yield await self._drawn(agent, name), same, notice(""), address
                address = same
        except MoodreelError as error:
            drawn = await self.refresh(owner, conversation)
            yield drawn[0], same if box is None else box, notice(str(error)), same

    async def _again(self, agent: MovieAgent, name: str, other: object = None) -> Asked:
        if self._turns.busy(name):
            raise UsageError("One moment: I'm still answering. Stop me first, or wait.")
        unkept = self._turns.of(name)
        if unkept:
            return said(agent, name, unkept[-1].words if other is None else other)
        try:
            return await again(agent, name, other)
        except UnknownConversation:
            raise UsageError("There is no message yet that could be answered again.") from None

    async def _drawn(self, agent: MovieAgent, name: str) -> list[Message]:
        current = self._turns.of(name)
        try:
            past = await agent.turns(name)
        except UnknownConversation:
            past = []
        # One that was answered between the two looks is in both.
        kept = {reply.turn for _, reply in past}
        current = tuple(t for t in current if t.reply is None or t.reply.turn not in kept)
        posters = await self._desk.posters(picks_drawn(past, current))
        return messages(past, current, posters)


def build(shared: Shared, address: gr.HTML) -> Chat:
    """The chat with its box, starters and buttons, laid out here; ``address`` hears its id."""
    talk = Talk(shared.desk, shared.turns)
    html('<h2 class="mr-hidden">Conversation</h2>', elem_classes="mr-unseen")
    dialogue = gr.Chatbot(
        elem_id="dialogue",
        label="Conversation",
        show_label=False,
        render_markdown=False,
        latex_delimiters=[],
        editable="user",
        buttons=[],
        feedback_options=None,
        layout="bubble",
        height="100%",
        placeholder=_WELCOME,
        examples=[{"text": text} for text in STARTERS],
        autoscroll=False,
    )
    shared.notice.render()  # type: ignore[no-untyped-call]
    with gr.Row(elem_id="typing", equal_height=True):
        shared.attach.render()  # type: ignore[no-untyped-call]
        shared.box.render()  # type: ignore[no-untyped-call]
        stop = gr.Button("Stop", elem_id="stop", scale=0, min_width=80)
    presses = bridge("chat")
    whose = [shared.owner, shared.conversation]
    drawing = [dialogue, shared.box, shared.notice, address]
    kept: dict[str, Any] = {
        "outputs": drawing,
        "api_visibility": "private",
        "concurrency_limit": AT_ONCE,
        "concurrency_id": "turns",
        "show_progress": "hidden",
        "trigger_mode": "multiple",
    }
    events = (
        shared.box.submit(talk.send, [shared.box, *whose], **kept, js=_SENT),
        dialogue.example_select(talk.start, whose, **kept),
        presses.select(talk.press, whose, **kept),
        dialogue.retry(talk.retry, whose, **kept),
        dialogue.edit(talk.edit, whose, **kept),
    )
    stop.click(
        talk.stop,
        whose,
        [shared.notice],
        api_visibility="private",
        concurrency_limit=AT_ONCE,
        show_progress="hidden",
    )
    return Chat(Part((dialogue,), talk.refresh), events, talk.watch)
