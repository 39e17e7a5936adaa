"""The JSON that Ollama's API answers with, as its documentation and its server write it."""

from __future__ import annotations

import hashlib
import json
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

Json = dict[str, Any]

TOKEN = 4
"""Characters a token, about as English text has it."""
_GO_ESCAPES = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class ScriptedModel:
    """A model the server has; sizes are bytes, ``context`` tokens."""

    name: str
    family: str = "gemma3"
    size: int = 3_338_801_804
    context: int = 131_072
    parameters: str = "4.3B"
    quantization: str = "Q4_K_M"
    capabilities: tuple[str, ...] = ("completion", "vision")

    @property
    def digest(self) -> str:
        """64 hex digits that depend on everything above."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


GEMMA = ScriptedModel("gemma3:4b")
NOMIC = ScriptedModel(
    "nomic-embed-text:latest", "nomic-bert", 274_302_450, 2_048, "137M", "F16", ("embedding",)
)


def whole_name(name: str) -> str:
    """A model's name with its tag; ``latest`` where none is said."""
    return name if ":" in name.rsplit("/", 1)[-1] else f"{name}:latest"


def encoded(value: object) -> bytes:
    """JSON as Go writes it: no ASCII escapes but those for a web page and line separators."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_GO_ESCAPES).encode("utf-8", "replace")


def now() -> str:
    """This moment as Go's clock is written."""
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def tokens(text: str) -> int:
    """How many tokens a text has here."""
    return math.ceil(len(text) / TOKEN)


def prompt_tokens(body: Json, count: Callable[[str], int] = tokens) -> int:
    """How many tokens a chat has: messages, tools and tool calls, templates and pictures."""
    messages = body.get("messages") or []
    pictures = sum(len(message.get("images") or ()) for message in messages)
    calls = sum(json_tokens(message.get("tool_calls"), count) for message in messages)
    texts = sum(4 + count(message.get("content") or "") for message in messages)
    return texts + calls + json_tokens(body.get("tools"), count) + 256 * pictures


def json_tokens(value: object, count: Callable[[str], int] = tokens) -> int:
    """How many tokens a template makes of tools or tool calls; none of none."""
    return count(encoded(value).decode()) if value else 0


def pieces(content: str, size: int | None) -> Iterator[str]:
    """The content as a model streams it; in at most four pieces where no size is given."""
    step = size or max(1, math.ceil(len(content) / 4))
    return (content[at : at + step] for at in range(0, len(content), step))


def chat_line(model: str, content: str) -> Json:
    """One line of a streamed answer."""
    return {
        "model": model,
        "created_at": now(),
        "message": {"role": "assistant", "content": content},
        "done": False,
    }


def call_line(model: str, calls: Sequence[Json]) -> Json:
    """The line of a streamed answer that calls tools."""
    line = chat_line(model, "")
    return {**line, "message": {**line["message"], "tool_calls": list(calls)}}


def chat_end(model: str, reason: str, prompt: int, answer: int, spent: int) -> Json:
    """The last line of an answer; ``spent`` is in nanoseconds."""
    return {
        **chat_line(model, ""),
        "done_reason": reason,
        "done": True,
        "total_duration": spent,
        "load_duration": spent // 10,
        "prompt_eval_count": prompt,
        "prompt_eval_duration": spent // 5,
        "eval_count": answer,
        "eval_duration": spent // 2,
    }


def loaded_line(model: str, reason: str = "load") -> Json:
    """The only line where no message was sent: the model was loaded, or unloaded."""
    return {**chat_line(model, ""), "done_reason": reason, "done": True}


def _details(model: ScriptedModel) -> Json:
    return {
        "parent_model": "",
        "format": "gguf",
        "family": model.family,
        "families": [model.family],
        "parameter_size": model.parameters,
        "quantization_level": model.quantization,
    }


def tag(model: ScriptedModel) -> Json:
    """An entry of ``/api/tags``."""
    return {
        "name": model.name,
        "model": model.name,
        "modified_at": "2025-03-12T10:11:12.123456789+01:00",
        "size": model.size,
        "digest": model.digest,
        "details": _details(model),
    }


def running(model: ScriptedModel, num_ctx: int) -> Json:
    """An entry of ``/api/ps``."""
    until = datetime.now(UTC) + timedelta(minutes=5)
    return {
        "name": model.name,
        "model": model.name,
        "size": model.size + 1_000_000_000,
        "digest": model.digest,
        "details": _details(model),
        "expires_at": until.isoformat(),
        "size_vram": 0,
        "context_length": num_ctx,
    }


def shown(model: ScriptedModel) -> Json:
    """The answer of ``/api/show``."""
    return {
        "modelfile": f"FROM {model.name}",
        "parameters": "temperature 1",
        "template": "{{ .Prompt }}",
        "details": _details(model),
        "model_info": {
            "general.architecture": model.family,
            "general.parameter_count": 4_300_000_000,
            f"{model.family}.context_length": model.context,
            f"{model.family}.embedding_length": 2_560,
        },
        "capabilities": list(model.capabilities),
        "modified_at": "2025-03-12T10:11:12.123456789+01:00",
    }


def pull_lines(model: ScriptedModel, steps: int = 4) -> Iterator[Json]:
    """The progress of a download."""
    yield {"status": "pulling manifest"}
    layer = {"status": f"pulling {model.digest[:12]}", "digest": f"sha256:{model.digest}"}
    yield {**layer, "total": model.size}
    for step in range(1, steps + 1):
        yield {**layer, "total": model.size, "completed": model.size * step // steps}
    for status in ("verifying sha256 digest", "writing manifest", "success"):
        yield {"status": status}


def vector(text: str, dimension: int) -> list[float]:
    """A unit vector that depends on the text alone."""
    source = random.Random(hashlib.sha256(text.encode("utf-8", "replace")).digest())  # noqa: S311
    values = [source.gauss(0, 1) for _ in range(dimension)]
    length = math.sqrt(sum(value * value for value in values)) or 1.0
    return [value / length for value in values]


def embedded(model: str, texts: Sequence[str], vectors: list[list[float]]) -> Json:
    """The answer of ``/api/embed``."""
    return {
        "model": model,
        "embeddings": vectors,
        "total_duration": 14_143_917,
        "load_duration": 1_019_500,
        "prompt_eval_count": sum(map(tokens, texts)),
    }
