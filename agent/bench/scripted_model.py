"""A model that answers at once and as a good one would: what is left to measure is our own code."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from ...ingest.catalogue import Catalogue
from ...ingest.item import MOOD_TAGS
from ..engines.base import Turn
from ..engines.builtin import READ_AT_MOST
from ..engines.ledger import Ledger, StepName
from ..engines.llm.chat import ChatClient, ChatRequest, Piece
from ..engines.llm.engine import PLAN_ANSWER, OllamaEngine
from ..engines.llm.plan_reply import PlanReply
from ..engines.llm.plan_write import reply_of
from ..engines.llm.schemas import plan_schema
from ..engines.reading.read import read
from ..plan import TurnPlan
from .scripted_shapes import TOKEN

Json = dict[str, Any]

QUOTED = 60
"""Characters of a quotation where quoting all of it would take too long."""
OPENING = "Here is what comes closest to that."
_STEPS: dict[str, StepName] = {
    "intents": "plan", "order": "rank", "confidence": "describe", "notes": "condense",
    "summary": "summarise",
}  # fmt: skip
_FILMS = re.compile(r"<films>\n(.*?)\n</films>", re.DOTALL)
_MINUTES = re.compile(r"(\d+) min")
_MOODS = frozenset(MOOD_TAGS)
DESCRIPTION: Json = {
    "summary": "A piece of content whose words were read from beginning to end.",
    "mood": "Calm and plain, told without hurry.",
    "target_audience": "People who like a quiet story well told.",
    "plot_essence": "Somebody wants something that is not easy to have.",
    "mood_tags": ["gentle", "meditative"],
    "tags": ["everyday life"],
    "archetypes": ["coming of age"],
    "genres": ["Drama"],
    "axes": {
        "lightness": 2, "warmth": 2, "humour": 1, "tension": 1, "scares": 0, "violence": 0,
        "romance": 1, "strangeness": 0, "demand": 1,
    },
    "language": "en",
    "confidence": "medium",
}  # fmt: skip


def step_of(body: Json) -> StepName | None:
    """The step that a chat request is of, told by the schema it asks for."""
    wanted = body.get("format")
    fields = wanted.get("properties", {}) if isinstance(wanted, dict) else {}
    return next((step for field, step in _STEPS.items() if field in fields), None)


class GoodModel:
    """Answers every request of the Ollama engine; `reply` is for a `ScriptedOllama`.

    A plan says what the builtin engine reads in the same turn, which has to be announced before
    (`AnnouncingEngine` does it): a prompt says less than a turn. A ranking keeps the order of
    the search, with reasons made of the films' own lines; a description is always the same.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._turns: dict[str, Turn] = {}

    def announce(self, request: ChatRequest, turn: Turn) -> None:
        """A plan of this turn will be asked for with these messages, and perhaps more."""
        texts = [message.text for message in request.messages if message.role == "user"]
        self._turns[_sent(texts[0])] = turn

    def reply(self, body: Json) -> str:
        """The content of an answer to a chat request.

        Raises:
            LookupError: it is no request of the engine's, or of a turn that was not announced.
        """
        step, asked = step_of(body), _asked(body)
        if step == "plan":
            return plan_json(self.plan(self._turns[asked]), self._turns[asked])
        if step == "rank":
            return json.dumps(_ranking(body["format"], asked), ensure_ascii=False)
        if step == "describe":
            return json.dumps(DESCRIPTION)
        if step == "condense":
            return json.dumps({"notes": DESCRIPTION["plot_essence"]})
        if step == "summarise":
            known = {"known": True} if "known" in body["format"]["properties"] else {}
            return json.dumps({**known, "summary": " ".join([DESCRIPTION["plot_essence"]] * 10)})
        raise LookupError(f"a request for {body.get('format')!r} is not one of the engine's")

    def plan(self, turn: Turn) -> TurnPlan:
        """What this model understands a turn to mean."""
        return read(replace(turn, message=turn.message[:READ_AT_MOST]), self._catalogue)


class AnnouncingEngine(OllamaEngine):
    """The Ollama engine, telling a scripted model which turn it is about to ask for."""

    def __init__(self, client: ChatClient, *given: Any, model: GoodModel, **more: Any) -> None:
        super().__init__(client, *given, **more)
        self._scripted = model

    async def plan(self, turn: Turn, ledger: Ledger) -> TurnPlan:
        """What the message means, as the engine makes it of the model's answer."""
        # An engine of its own for each turn: turns of several conversations overlap.
        client = _Announcing(self._client, self._scripted, turn)
        engine = OllamaEngine(client, self._catalogue, self._settings, self._counter)
        return await engine.plan(turn, ledger)


class _Announcing:
    """A `ChatClient` that announces the turn of each request before passing it on."""

    def __init__(self, client: ChatClient, model: GoodModel, turn: Turn) -> None:
        self._client = client
        self._model = model
        self._turn = turn

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Piece]:
        self._model.announce(request, self._turn)
        async with aclosing(self._client.stream(request)) as pieces:
            async for piece in pieces:
                yield piece


def plan_json(plan: TurnPlan, turn: Turn) -> str:
    """A plan as the grammar makes a model write it: the required parts, and what is not usual.

    What would be too long is quoted in part.
    """
    whole = reply_of(plan, turn)
    said = whole.model_dump(mode="json", exclude_defaults=True)
    required = set(plan_schema()["required"])
    fields = [name for name in PlanReply.model_fields if name in required or name in said]
    written = {name: said.get(name, []) for name in fields}
    text = json.dumps(written, ensure_ascii=False)
    if len(text) <= TOKEN * PLAN_ANSWER:
        return text
    return json.dumps(_in_part(written), ensure_ascii=False)


def _in_part(value: Any) -> Any:
    """The same with the beginnings of its texts."""
    if isinstance(value, str):
        return value if len(value) <= QUOTED else value[:QUOTED].rsplit(None, 1)[0]
    if isinstance(value, list):
        return [_in_part(each) for each in value]
    return (
        {key: _in_part(each) for key, each in value.items()} if isinstance(value, dict) else value
    )


def _asked(body: Json) -> str:
    """The first user message: what a repair adds comes behind it."""
    said: Sequence[Json] = body["messages"]
    return next(str(each["content"]) for each in said if each["role"] == "user")


def _sent(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _ranking(schema: Json, asked: str) -> Json:
    """The candidates as they came, with a reason for each of the first."""
    places = schema["properties"]["order"]
    aliases: Sequence[str] = places["items"]["enum"]
    lines = dict(_lines(asked))
    wanted = schema["properties"]["reasons"]["minItems"]
    return {
        "order": list(aliases[: places["maxItems"]]),
        "opening": OPENING,
        "reasons": [
            {"film": alias, "reason": reason_of(lines.get(alias, ()))} for alias in aliases[:wanted]
        ],
        "question": None,
    }


def _lines(asked: str) -> Iterator[tuple[str, list[str]]]:
    """Alias and parts of each film of a rank prompt."""
    found = _FILMS.search(asked)
    for line in found[1].split("\n") if found else ():
        alias, *parts = line.split(" | ")
        yield alias, parts


def reason_of(parts: Sequence[str]) -> str:
    """A true, plain sentence from the parts of a film's line: its moods, length and director."""
    moods = next((part for part in parts if _MOODS.issuperset(part.split(", "))), "")
    minutes = next((found[1] for part in parts if (found := _MINUTES.fullmatch(part))), "")
    director = next((part for part in parts if part.startswith("by ")), "")
    said = [
        " and ".join(moods.split(", ")[:2]),
        f"in {minutes} minutes" if minutes else "",
        director.replace(", ", " and "),
    ]
    sentence = ", ".join(part for part in said if part) or "what you asked for, as far as it goes"
    return f"{sentence[:1].upper()}{sentence[1:]}."
