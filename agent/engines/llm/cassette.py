"""Recorded answers of a model, replayed without one.

A cassette is a folder with one JSON file per request: the request itself, readable in a review,
and the answer as it came. Replaying never calls anybody: a request that was not recorded fails
and says which field of which recorded request is different.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from ....errors import StorageError, UsageError, WorkError
from .chat import ChatClient, ChatRequest, Ending, Json, Message, Piece

VERSION = 1
_SHOWN = 80


class CassetteMiss(WorkError):
    """A request that nobody recorded; not an `EngineError`, so that nothing stands in for it."""


def request_data(request: ChatRequest) -> Json:
    """A request as JSON data: all that an answer depends on, pictures as their SHA-256."""
    data = asdict(request)
    data["messages"] = [_message_data(message) for message in request.messages]
    return data


def _message_data(message: Message) -> Json:
    pictures = [hashlib.sha256(picture).hexdigest() for picture in message.pictures]
    return {"role": message.role, "text": message.text, "pictures": pictures}


def request_key(request: ChatRequest) -> str:
    """The first 16 hex digits of the SHA-256 of model, messages, schema and parameters.

    How long the server keeps the model loaded makes no difference.
    """
    data = {key: value for key, value in request_data(request).items() if key != "keep_alive"}
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Recorder:
    """A `ChatClient` that passes requests on and keeps each answer that came to its end."""

    def __init__(self, client: ChatClient, folder: Path) -> None:
        self._client = client
        self._folder = folder

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Piece]:
        """The answer of the other client; stored once its last piece has come.

        Raises:
            StorageError: the folder can't be written.
        """
        heard: list[Piece] = []
        async with aclosing(self._client.stream(request)) as pieces:
            async for piece in pieces:
                heard.append(piece)
                if piece.ending is not None:
                    self._store(request, heard)
                yield piece

    def _store(self, request: ChatRequest, heard: list[Piece]) -> None:
        ending = heard[-1].ending
        assert ending is not None  # noqa: S101 - the caller waits for it
        record = {
            "version": VERSION,
            "request": request_data(request),
            "answer": "".join(piece.text for piece in heard),
            "ending": asdict(ending),
        }
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        try:
            _write_whole(self._folder, f"{request_key(request)}.json", text)
        except OSError as error:
            raise StorageError(
                f"The recording in {str(self._folder)!r} can't be written"
                f" ({error.strerror or error}); name another folder."
            ) from error


def _write_whole(folder: Path, name: str, text: str) -> None:
    """Write a file in one step, so that an interrupted recording leaves no half of one."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="surrogatepass", dir=folder, suffix=".part", delete=False
    ) as file:
        file.write(text)
    os.replace(file.name, folder / name)  # noqa: PTH105 - two paths given as text


class Replayer:
    """A `ChatClient` that only knows what was recorded; notes which recordings were used."""

    def __init__(self, folder: Path) -> None:
        """Open a folder of recordings.

        Raises:
            UsageError: there is no such folder.
        """
        if not folder.is_dir():
            raise UsageError(f"There is no recording in {str(folder)!r}; record one first.")
        self._folder = folder
        self._used: set[str] = set()

    @property
    def unused(self) -> list[str]:
        """Names of recordings that nothing has asked for."""
        return sorted({path.stem for path in self._folder.glob("*.json")} - self._used)

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Piece]:
        """The recorded answer, all of it in one piece and then its ending.

        Raises:
            CassetteMiss: it was not recorded; names the field that differs from the nearest.
            UsageError: the recording can't be read.
        """
        key = request_key(request)
        path = self._folder / f"{key}.json"
        if not path.is_file():
            raise CassetteMiss(_difference(request, self._folder))
        record = _read(path)
        self._used.add(key)
        yield Piece(text=record["answer"])
        yield Piece(ending=Ending(**record["ending"]))


def _read(path: Path) -> Json:
    try:
        record: Json = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
        known = record["version"] == VERSION
        complete = isinstance(record["answer"], str) and isinstance(record["ending"], dict)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"The recording {str(path)!r} can't be read ({error}).") from error
    if not known or not complete:
        raise UsageError(f"The recording {str(path)!r} is of another version; record it anew.")
    return record


def _difference(request: ChatRequest, folder: Path) -> str:
    """What sets a request apart from the recorded one that is most like it."""
    asked = _fields(request_data(replace(request, keep_alive="")))
    best: list[tuple[str, Any, Any]] | None = None
    for path in sorted(folder.glob("*.json")):
        stored = _fields({**_read(path)["request"], "keep_alive": ""})
        different = [
            (name, stored.get(name), asked.get(name))
            for name in dict.fromkeys([*stored, *asked])
            if stored.get(name) != asked.get(name)
        ]
        if best is None or len(different) < len(best):
            best = different
    if best is None:
        return f"Nothing is recorded in {str(folder)!r}; record it first."
    name, old, new = best[0] if best else ("keep_alive", None, None)
    more = f" and {len(best) - 1} more" if len(best) > 1 else ""
    return (
        f"No recorded answer fits this request: {name} is {_from_change(new, old)} where the"
        f" nearest recording has {_from_change(old, new)}{more}; record it anew."
    )


def _fields(data: Json) -> dict[str, Any]:
    return dict(_flat(data, ""))


def _flat(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every leaf of JSON data with its path: ``messages[1].text``."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _flat(inner, f"{name}[{place}]")
    else:
        yield name, value


def _from_change(value: Any, other: Any) -> str:
    """A value for a person, from shortly before the place where it differs from another."""
    if not isinstance(value, str) or not isinstance(other, str):
        return repr(value)
    same = next((i for i, (a, b) in enumerate(zip(value, other, strict=False)) if a != b),
                min(len(value), len(other)))  # fmt: skip
    start = max(0, same - _SHOWN // 4)
    cut = value[start : start + _SHOWN]
    return f"{'…' if start else ''}{cut!r}{'…' if start + _SHOWN < len(value) else ''}"
