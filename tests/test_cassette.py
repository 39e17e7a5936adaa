"""Recorded answers come back to the letter; anything else fails loudly and says why."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest
from moodreel.agent.engines.llm.cassette import CassetteMiss, Recorder, Replayer, request_key
from moodreel.agent.engines.llm.chat import ChatRequest, Ending, Message, Piece
from moodreel.errors import EngineError, StorageError, UsageError

REQUEST = ChatRequest(
    model="small:4b",
    messages=(
        Message("system", "You choose films."),
        Message("user", "something warm, under two hours " * 10),
    ),
    schema={"type": "object", "properties": {"order": {"enum": ["f1", "f2"]}}},
    num_ctx=8_192,
    num_predict=200,
)
ANSWER = '{"order": ["f1"], "opening": "Grüße 😀, \ud83d"}'


class Model:
    """Answers in three pieces and counts how often it is asked."""

    def __init__(self, breaks: bool = False) -> None:
        self.asked = 0
        self.breaks = breaks

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Piece]:
        self.asked += 1
        yield Piece(ANSWER[:7])
        if self.breaks:
            raise EngineError("the connection broke off")
        yield Piece(ANSWER[7:])
        yield Piece(ending=Ending("stop", "small:4b", 120, 30))


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def answer(client: Recorder | Replayer | Model, request: ChatRequest) -> tuple[str, Ending]:
    pieces = []
    async with aclosing(client.stream(request)) as stream:
        async for piece in stream:
            pieces.append(piece)
    assert pieces[-1].ending is not None
    return "".join(piece.text for piece in pieces), pieces[-1].ending


async def test_what_was_recorded_is_replayed_without_a_model(tmp_path: Path) -> None:
    model, other = Model(), replace(REQUEST, num_predict=300)
    recorded = await answer(Recorder(model, tmp_path / "deck"), REQUEST)
    await answer(Recorder(model, tmp_path / "deck"), other)
    replayer = Replayer(tmp_path / "deck")
    assert await answer(replayer, replace(REQUEST, keep_alive="1h")) == recorded
    assert recorded == (ANSWER, Ending("stop", "small:4b", 120, 30))
    assert replayer.unused == [request_key(other)]
    assert model.asked == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"model": "other"}, "model is 'other' where the nearest recording has 'small:4b'"),
        ({"temperature": 0.7}, "temperature is 0.7"),
        ({"seed": None}, "seed is None"),
        ({"schema": {"type": "object", "properties": {"order": {"enum": ["f1"]}}}}, "schema."),
        ({"messages": (REQUEST.messages[0], Message("user", "another wish"))}, "messages[1].text"),
        ({"messages": (*REQUEST.messages, Message("user", "x", (b"png",)))}, "messages[2]"),
    ],
)
async def test_a_miss_names_the_field_that_differs(
    change: dict[str, object], says: str, tmp_path: Path
) -> None:
    await answer(Recorder(Model(), tmp_path), REQUEST)
    with pytest.raises(CassetteMiss) as miss:
        await answer(Replayer(tmp_path), replace(REQUEST, **change))  # type: ignore[arg-type]
    assert says in str(miss.value)
    assert len(str(miss.value)) < 500
    assert not isinstance(miss.value, EngineError), "a miss must not be stood in for"


async def test_a_long_text_is_shown_from_where_it_differs(tmp_path: Path) -> None:
    long = "the same words again and again " * 200
    recorded = replace(REQUEST, messages=(Message("user", long + "no horror"),))
    asked = replace(REQUEST, messages=(Message("user", long + "no musicals"),))
    await answer(Recorder(Model(), tmp_path), recorded)
    with pytest.raises(CassetteMiss, match=r"no musicals.*no horror"):
        await answer(Replayer(tmp_path), asked)


async def test_an_answer_that_broke_off_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        await answer(Recorder(Model(breaks=True), tmp_path), REQUEST)
    assert files(tmp_path) == []
    with pytest.raises(CassetteMiss, match="Nothing is recorded"):
        await answer(Replayer(tmp_path), REQUEST)


async def test_pictures_are_told_apart_but_not_stored(tmp_path: Path) -> None:
    seen = replace(REQUEST, messages=(Message("user", "what is this?", (b"\x89PNG one",)),))
    await answer(Recorder(Model(), tmp_path), seen)
    (file,) = files(tmp_path)
    assert "PNG one" not in file.read_text("utf-8", "surrogatepass")
    other = replace(seen, messages=(Message("user", "what is this?", (b"\x89PNG two",)),))
    with pytest.raises(CassetteMiss, match="pictures"):
        await answer(Replayer(tmp_path), other)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"version": 9}', '{"version": 1}'])
async def test_a_broken_recording_is_said(content: str, tmp_path: Path) -> None:
    (tmp_path / f"{request_key(REQUEST)}.json").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"can't be read|another version"):
        await answer(Replayer(tmp_path), REQUEST)


async def test_folders_that_are_not_there_or_full_are_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no recording"):
        Replayer(tmp_path / "nowhere")
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError, match="can't be written"):
        await answer(Recorder(Model(), tmp_path / "file"), REQUEST)


def test_the_key_depends_on_nothing_but_the_request() -> None:
    again = json.loads(json.dumps(REQUEST.schema))
    assert request_key(replace(REQUEST, schema=again)) == request_key(REQUEST)
    assert request_key(replace(REQUEST, num_ctx=4_096)) != request_key(REQUEST)
