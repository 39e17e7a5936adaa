"""A simulated person whose words a language model writes; what pleases is decided as for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import aclosing

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ....errors import EngineError
from ....ingest.item import AXES, Item
from ....prompts import fenced, load
from ...engines.llm.chat import ChatClient, ChatRequest, Message
from ...reply import Reply
from .moves import Move
from .taste import Taste
from .temperament import Temperament

_CONTEXT, _ANSWER = 8_192, 200
_LONGEST = 400
_LAST = 6
"""So many messages of the chat are shown, each cut to `_LONGEST` characters."""
_MANNERS: Mapping[str, str] = {
    "terse": "as few words as possible",
    "chatty": "talkative, in whole sentences, with asides",
    "changes mind": "takes back an earlier wish at some point",
    "contradicts": "contradicts an earlier wish once without noticing",
    "typos": "types fast, with typing errors",
}


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    message: str = Field(min_length=1, max_length=_LONGEST)


class ModelPerson:
    """One person, played by a model that is told the taste but never a hidden film."""

    def __init__(
        self,
        taste: Taste,
        temperament: Temperament,
        items: Mapping[str, Item],
        client: ChatClient,
        model: str,
        *,
        picky: bool,
    ) -> None:
        self._taste = taste
        self._temperament = temperament
        self._items = items
        self._client = client
        self._model = model
        self._picky = picky
        self._chat: list[str] = []

    async def open(self) -> Move:
        """The model's first message."""
        return await self._next()

    async def react(self, reply: Reply, shown: Sequence[Item]) -> Move:
        """Thanks where a film pleases, which code decides; else the model's next message."""
        self._chat.append(f"Companion: {reply.text}")
        pleasing = [i for i in shown if self._taste.pleased_by(i.id, picky=self._picky)]
        if pleasing:
            film = pleasing[0]
            return Move("accept", f"I'll watch {film.title}, thanks", about=(film.id,))
        return await self._next()

    async def _next(self) -> Move:
        said = await self._ask()
        self._chat.append(f"You: {said}")
        return Move("free", said)

    async def _ask(self) -> str:
        """One message of the model.

        Raises:
            EngineError: the server failed, or what came is no message.
        """
        answer = ""
        async with aclosing(self._client.stream(self._request())) as pieces:
            async for piece in pieces:
                answer += piece.text
        try:
            return " ".join(_Said.model_validate_json(answer).message.split())
        except ValidationError:
            raise EngineError(
                f"The model {self._model!r} wrote no message for a simulated person"
                f" ({answer[:80]!r}); try a larger one, or play without --user."
            ) from None

    def _request(self) -> ChatRequest:
        chat = "\n".join(line[:_LONGEST] for line in self._chat[-_LAST:]) or "(nothing yet)"
        parts = load("simulated_user").render(
            manner=_MANNERS[self._temperament.name],
            taste=fenced(describe(self._taste, self._items)),
            chat=fenced_lines(chat),
        )
        return ChatRequest(
            model=self._model,
            messages=tuple(Message(role, text) for role, text in parts),
            schema=_Said.model_json_schema(),
            num_ctx=_CONTEXT,
            num_predict=_ANSWER,
        )


def fenced_lines(text: str) -> str:
    """Lines of a chat as data for a prompt, still one below the other."""
    return "\n".join(fenced(line) for line in text.splitlines())


def describe(taste: Taste, items: Mapping[str, Item]) -> str:
    """What may be known of a taste, in words: never a hidden film, nor one that is near."""
    loved = [items[each].label for each in taste.told[:6] if each in items]
    disliked = [items[each].label for each in sorted(taste.disliked)[:3] if each in items]
    moods = [cue.value for cue in taste.cues if cue.kind == "mood"]
    degrees = ", ".join(f"{axis} {taste.axes[axis]:.0f}" for axis in AXES)
    lines = [
        f"Tonight, from 0 (none) to 4 (as much as films have): {degrees}.",
        f"Moods: {', '.join(moods)}." if moods else "",
        f"Loves: {'; '.join(loved)}." if loved else "",
        f"Didn't like: {'; '.join(disliked)}." if disliked else "",
    ]
    return " ".join(line for line in lines if line)
