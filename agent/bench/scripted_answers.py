"""What a scripted model server answers to each request, right or wrong."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from . import scripted_shapes as shapes
from .scripted_faults import REFUSALS, Fault, twisted
from .scripted_fitness import unfit
from .scripted_http import Exchange, Request, Seen
from .scripted_shapes import ScriptedModel

Json = dict[str, Any]

PAGE = b"<!doctype html><html><title>It works!</title><body>It works!</body></html>"
HALF_WAY = (Fault.STALL, Fault.DROP, Fault.RESET, Fault.ERROR_LINE, Fault.GARBAGE)
STREAMED = ("chat", "pull")


class Answers:
    """The models of a server and what it does with them."""

    def __init__(
        self,
        reply: Callable[[Json], str | Json],
        models: Sequence[ScriptedModel],
        chunk: int | None,
        dimension: int,
        version: str,
        *,
        count: Callable[[str], int],
    ) -> None:
        self.models = {model.name: model for model in models}
        self.loaded: dict[str, int] = {}
        self.released = asyncio.Event()
        self._reply = reply
        self._chunk = chunk
        self._dimension = dimension
        self._version = version
        self._count = count
        self._routes = {
            ("GET", "/api/version"): self._say_version,
            ("GET", "/api/tags"): self._say_tags,
            ("GET", "/api/ps"): self._say_running,
            ("POST", "/api/show"): self._show,
            ("POST", "/api/pull"): self._pull,
            ("POST", "/api/chat"): self._chat,
            ("POST", "/api/embed"): self._embed,
        }

    async def give(self, request: Request, seen: Seen, exchange: Exchange) -> None:
        """Answer one request."""
        if await self._went_wrong(seen, exchange):
            return
        if request.path == "/":
            await exchange.whole(200, b"Ollama is running", "text/plain; charset=utf-8")
            return
        route = self._routes.get((request.method, request.path))
        if route is None:
            await exchange.whole(404, b"404 page not found", "text/plain")
        elif not request.readable:
            await exchange.error(400, "invalid character 'x' looking for beginning of value")
        else:
            await route(seen, exchange)

    async def _went_wrong(self, seen: Seen, exchange: Exchange) -> bool:
        """Do what is wrong from the first byte on; whether that was all."""
        fault = seen.fault
        if fault is Fault.SLOW:
            await self.released.wait()
        elif fault is Fault.HTML:
            await exchange.whole(200, PAGE, "text/html")
        elif fault is Fault.REDIRECT:
            await exchange.whole(302, b"", "text/html", Location="http://127.0.0.1:9/elsewhere")
        elif fault is Fault.NO_ROUTE:
            await exchange.whole(404, b"404 page not found", "text/plain")
        elif fault is Fault.NOT_FOUND and seen.kind != "pull":
            await exchange.error(404, f"model '{seen.body.get('model', '')}' not found")
        elif fault in REFUSALS and seen.kind != "pull":
            await exchange.error(*REFUSALS[fault])
        elif seen.kind not in STREAMED and fault in (*HALF_WAY, Fault.WRONG_SHAPE):
            await self._break_whole(fault, exchange)
        else:
            return False
        return fault is not Fault.SLOW

    async def _break_whole(self, fault: Fault | None, exchange: Exchange) -> None:
        """Faults of an answer that isn't streamed."""
        if fault is Fault.STALL:
            await self.released.wait()
        if fault is Fault.GARBAGE:
            await exchange.whole(200, b'{"models": [{"name": "x"')
        elif fault is Fault.WRONG_SHAPE:
            await exchange.whole(200, b'["hello"]')
        elif fault is Fault.RESET:
            exchange.reset()
        else:
            exchange.drop()

    async def _say_version(self, _: Seen, exchange: Exchange) -> None:
        await exchange.json({"version": self._version})

    async def _say_tags(self, _: Seen, exchange: Exchange) -> None:
        await exchange.json({"models": [shapes.tag(model) for model in self.models.values()]})

    async def _say_running(self, _: Seen, exchange: Exchange) -> None:
        entries = [shapes.running(self.models[name], size) for name, size in self.loaded.items()]
        await exchange.json({"models": entries})

    async def _show(self, seen: Seen, exchange: Exchange) -> None:
        model = await self._known(seen, exchange)
        if model is not None:
            await exchange.json(shapes.shown(model))

    async def _known(self, seen: Seen, exchange: Exchange) -> ScriptedModel | None:
        """The model a request names; where there is none of that name, says so."""
        name = str(seen.body.get("model") or seen.body.get("name") or "")
        model = self.models.get(shapes.whole_name(name))
        if model is None and not name:
            await exchange.error(400, "model is required")
        elif model is None:
            await exchange.error(404, f"model '{name}' not found")
        return model

    async def _pull(self, seen: Seen, exchange: Exchange) -> None:
        name = shapes.whole_name(str(seen.body.get("model") or seen.body.get("name") or ""))
        model = self.models.get(name) or ScriptedModel(name)
        lines: list[Json] = list(shapes.pull_lines(model))
        if seen.fault is Fault.NOT_FOUND:
            lines = [lines[0], {"error": "pull model manifest: file does not exist"}]
        elif seen.fault in REFUSALS:
            lines = [*lines[:3], {"error": REFUSALS[seen.fault][1]}]
        if await self._stream(seen, exchange, lines):
            self.models[name] = model

    async def _chat(self, seen: Seen, exchange: Exchange) -> None:
        model = await self._known(seen, exchange)
        if model is None:
            return
        refusal = unfit(model, seen.body)
        if refusal:
            await exchange.error(*refusal)
            return
        options = seen.body.get("options") or {}
        self.loaded[model.name] = int(options.get("num_ctx") or 4_096)
        lines = self._chat_lines(seen)
        if seen.body.get("stream", True):
            await self._stream(seen, exchange, lines)
        else:
            await exchange.json(_joined(lines))

    def _chat_lines(self, seen: Seen) -> list[Json]:
        """All lines of an answer: content piece by piece, then the counts."""
        started = time.perf_counter_ns()
        fault, body = seen.fault, seen.body
        name = "other-model:7b" if fault is Fault.OTHER_MODEL else str(body["model"])
        if not body.get("messages"):
            gone = body.get("keep_alive") in (0, "0", "0s")
            return [shapes.loaded_line(name, "unload" if gone else "load")]
        if fault is Fault.LOADED:
            return [shapes.loaded_line(name)]
        said = self._reply(body)
        content, calls = (said, []) if isinstance(said, str) else _message(said)
        seen.sent, reason = _limited(twisted(content, fault), body, fault)
        lines = [shapes.chat_line(name, each) for each in shapes.pieces(seen.sent, self._chunk)]
        lines += [shapes.call_line(name, calls)] if calls else []
        prompt = _counted(body, fault, self._count)
        spent = time.perf_counter_ns() - started
        answered = shapes.tokens(seen.sent) + shapes.json_tokens(calls)
        end = shapes.chat_end(name, reason, prompt, answered, spent)
        if fault is Fault.NO_COUNT:
            del end["prompt_eval_count"], end["eval_count"]
        if fault is Fault.NO_REASON:
            del end["done_reason"]
        return [*lines, end]

    async def _stream(self, seen: Seen, exchange: Exchange, lines: Sequence[Json]) -> bool:
        """Stream lines, or break off half way; whether all of them were sent."""
        fault = seen.fault
        exchange.begin()
        if fault is Fault.WRONG_SHAPE:
            lines = [{"hello": "world"}, *lines]
        if fault is Fault.SILENT_END:
            lines = lines[:-1]
        half = len(lines) // 2 if fault in HALF_WAY else len(lines)
        await _send(exchange, lines[:half])
        if fault in HALF_WAY and not await self._break_stream(fault, exchange):
            return False
        await _send(exchange, lines[half:])
        await exchange.end()
        return True

    async def _break_stream(self, fault: Fault, exchange: Exchange) -> bool:
        """Do what is wrong in the middle of a stream; whether it goes on."""
        match fault:
            case Fault.STALL:
                await self.released.wait()
                return True
            case Fault.GARBAGE:
                await exchange.raw(b'{"model": "x", \xff\xfe<<< oops\n')
                await exchange.end()
            case Fault.ERROR_LINE:
                await exchange.line({"error": "an error was encountered while running the model"})
                await exchange.end()
            case Fault.RESET:
                exchange.reset()
            case _:
                exchange.drop()
        return False

    async def _embed(self, seen: Seen, exchange: Exchange) -> None:
        model = await self._known(seen, exchange)
        if model is None:
            return
        given = seen.body.get("input", [])
        texts = [given] if isinstance(given, str) else list(given)
        if not all(isinstance(text, str) for text in texts):
            await exchange.error(400, "invalid input type")
            return
        self.loaded[model.name] = model.context
        answer = shapes.embedded(str(seen.body["model"]), texts, self._vectors(texts, seen.fault))
        if seen.fault is Fault.NO_COUNT:
            del answer["prompt_eval_count"]
        if seen.fault is Fault.OTHER_MODEL:
            answer["model"] = "other-model:7b"
        await exchange.json(answer)

    def _vectors(self, texts: Sequence[str], fault: Fault | None) -> list[list[float]]:
        size = self._dimension + (fault is Fault.WRONG_DIMENSION)
        if fault is Fault.EMPTY:
            return []
        if fault is Fault.FEWER_VECTORS:
            texts = texts[:-1]
        if fault is Fault.NOT_NUMBERS:
            return [[math.nan] * size for _ in texts]
        return [shapes.vector(text, size) for text in texts]


async def _send(exchange: Exchange, lines: Iterable[Json]) -> None:
    for line in lines:
        await exchange.line(line)
        # Written line by line as a model does; the client may go between any two.
        await asyncio.sleep(0)


def _limited(content: str, body: Json, fault: Fault | None) -> tuple[str, str]:
    """The content as far as the token limit lets it go, and why it ended."""
    most = int((body.get("options") or {}).get("num_predict") or -1)
    if fault is Fault.CUT:
        return content[: len(content) // 2], "length"
    if fault is Fault.RUNAWAY:
        return content, "stop"
    if 0 < most < shapes.tokens(content):
        return content[: most * shapes.TOKEN], "length"
    return content, "stop"


def _counted(body: Json, fault: Fault | None, count: Callable[[str], int]) -> int:
    """Tokens of the prompt; what doesn't fit into the context is dropped without a word."""
    context = int((body.get("options") or {}).get("num_ctx") or 4_096)
    counted = min(shapes.prompt_tokens(body, count), context)
    return counted // 2 if fault is Fault.CUT_PROMPT else counted


def _message(said: Json) -> tuple[str, list[Json]]:
    """Content and tool calls of a whole message."""
    return str(said.get("content") or ""), list(said.get("tool_calls") or ())


def _joined(lines: Sequence[Json]) -> Json:
    """A streamed answer as one."""
    content = "".join(line["message"]["content"] for line in lines)
    calls = [call for line in lines for call in line["message"].get("tool_calls", ())]
    message = {"role": "assistant", "content": content}
    return {**lines[-1], "message": {**message, "tool_calls": calls} if calls else message}
