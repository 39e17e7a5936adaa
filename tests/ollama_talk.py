"""One question to Ollama and its answer, through the real client."""

from __future__ import annotations

import pytest
from moodreel.agent.bench.scripted_ollama import ScriptedOllama
from moodreel.agent.engines.llm.chat import ChatRequest, Ending, Message
from moodreel.agent.engines.llm.ollama_chat import OllamaChat
from moodreel.errors import EngineError

ANSWER = '{"order": ["f1", "f2"], "opening": "Zwei stille Filme für heute – 静かな夜に 😀"}'
PRIVATE = "my very private wish"
REQUEST = ChatRequest(
    model="gemma3:4b",
    messages=(Message("system", "You rank films."), Message("user", PRIVATE)),
    schema={"type": "object", "properties": {"order": {"type": "array"}}},
    num_ctx=8_192,
    num_predict=500,
)


def chat(server: ScriptedOllama, seconds: float = 10.0) -> OllamaChat:
    return OllamaChat(server.url, seconds)


async def written(client: OllamaChat, request: ChatRequest = REQUEST) -> tuple[str, Ending | None]:
    pieces = [piece async for piece in client.stream(request)]
    return "".join(piece.text for piece in pieces), pieces[-1].ending


async def clause(client: OllamaChat, request: ChatRequest = REQUEST) -> str:
    with pytest.raises(EngineError) as caught:
        await written(client, request)
    return str(caught.value)
