"""Real posters: asked for only with a key, kept, and never in the way of an answer."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from moodreel.agent.channels.web.tmdb import CREDIT, TmdbPosters
from moodreel.agent.settings import load_settings
from moodreel.errors import BadSettings
from moodreel.ingest.item import Item

KEY = "0123456789abcdef0123456789abcdef"
TOKEN = "head-part.middle-part.last-part"  # noqa: S105
HEAT = Item(id="a", title="Heat", year=1995, tmdb_id=949)
DRIVE = Item(id="b", title="Drive", year=2011, tmdb_id=64690)
UNKNOWN = Item(id="c", title="Home film")

Answer = Callable[[str], tuple[int, bytes] | None]


class Tmdb:
    """What a loopback server was asked, and what it answers; ``None`` is silence."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.requests: list[str] = []
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.requests.append(request)
            answer = self.answer(request.split()[1])
            if answer is None:
                await reader.read()
                return
            status, body = answer
            head = (
                f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            )
            writer.write(head.encode() + body)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def tmdb(answer: Answer) -> AsyncIterator[Tmdb]:
    place = Tmdb(answer)
    async with await asyncio.start_server(place.serve, "127.0.0.1", 0) as server:
        place.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/3"
        yield place


@asynccontextmanager
async def posters(
    place: Tmdb, folder: Path, key: str | None = KEY, seconds: float = 5.0
) -> AsyncIterator[TmdbPosters]:
    asked = TmdbPosters(key, folder, api=place.url, images="https://pictures/w1", seconds=seconds)
    try:
        yield asked
    finally:
        await asked.close()


def found(path: str) -> tuple[int, bytes]:
    number = path.partition("?")[0].rpartition("/")[2]
    return 200, json.dumps({"poster_path": f"/p{number}.jpg"}).encode()


async def test_posters_are_asked_for_once_and_kept(tmp_path: Path) -> None:
    async with tmdb(found) as place:
        async with posters(place, tmp_path / "kept") as first:
            got = await first.of([HEAT, DRIVE, UNKNOWN])
        async with posters(place, tmp_path / "kept") as second:
            again = await second.of([DRIVE, HEAT])
    assert got == {"a": "https://pictures/w1/p949.jpg", "b": "https://pictures/w1/p64690.jpg"}
    assert again == got
    assert len(place.requests) == 2


async def test_old_answers_are_asked_for_anew(tmp_path: Path) -> None:
    async with tmdb(found) as place:
        for _ in range(2):
            async with posters(place, tmp_path) as asked:
                assert await asked.of([HEAT]) == {"a": "https://pictures/w1/p949.jpg"}
            os.utime(tmp_path / "949.txt", (1e9, 1e9))
    assert len(place.requests) == 2


async def test_damaged_notes_are_asked_for_anew(tmp_path: Path) -> None:
    (tmp_path / "949.txt").write_bytes(b'"><script>\xff')
    async with tmdb(found) as place, posters(place, tmp_path) as asked:
        assert await asked.of([HEAT]) == {"a": "https://pictures/w1/p949.jpg"}
    assert len(place.requests) == 1


async def test_that_there_is_no_poster_is_kept_too(tmp_path: Path) -> None:
    answers = {"949": (200, b'{"poster_path": null}'), "64690": (404, b"{}")}
    async with (
        tmdb(lambda path: answers[path.partition("?")[0].rpartition("/")[2]]) as place,
        posters(place, tmp_path) as asked,
    ):
        assert await asked.of([HEAT, DRIVE]) == {}
        assert await asked.of([HEAT, DRIVE]) == {}
    assert len(place.requests) == 2


async def test_without_a_key_nothing_is_asked(tmp_path: Path) -> None:
    async with tmdb(found) as place, posters(place, tmp_path, key=None) as asked:
        assert await asked.of([HEAT]) == {}
        assert asked.credit == ""
    assert place.requests == []


async def test_the_credit_stands_while_the_key_serves(tmp_path: Path) -> None:
    async with tmdb(lambda path: (401, b"{}")) as place, posters(place, tmp_path) as asked:
        assert asked.credit == CREDIT
        assert await asked.of([HEAT, DRIVE]) == {}
        assert await asked.of([HEAT]) == {}
        assert asked.credit == ""
    assert len(place.requests) <= 2
    assert "not endorsed, certified, or otherwise approved by TMDB" in CREDIT


async def test_one_film_that_fails_costs_no_other(tmp_path: Path) -> None:
    async with (
        tmdb(lambda path: (500, b"") if "/949" in path else found(path)) as place,
        posters(place, tmp_path) as asked,
    ):
        assert await asked.of([HEAT, DRIVE]) == {"b": "https://pictures/w1/p64690.jpg"}
        assert await asked.of([HEAT, DRIVE]) == {"b": "https://pictures/w1/p64690.jpg"}
    assert len(place.requests) == 2, "after a failure TMDB has a rest"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"poster_path": 7}',
        b'{"poster_path": "//elsewhere/x.jpg"}',
        b'{"poster_path": "/x.jpg\\" onerror=\\"y"}',
        b'{"poster_path": "/../../x.jpg"}',
        b'{"poster_path": "/x.svg"}',
    ],
)
async def test_answers_that_make_no_sense_are_no_posters(tmp_path: Path, body: bytes) -> None:
    async with tmdb(lambda path: (200, body)) as place, posters(place, tmp_path) as asked:
        assert await asked.of([HEAT]) == {}
    assert os.listdir(tmp_path) == []  # noqa: PTH208


async def test_silence_ends_in_time_and_is_not_waited_for_twice(tmp_path: Path) -> None:
    async with (
        tmdb(lambda path: None) as place,
        posters(place, tmp_path, seconds=0.2) as asked,
        asyncio.timeout(5),
    ):
        assert await asked.of([HEAT, DRIVE]) == {}
        assert await asked.of([HEAT, DRIVE]) == {}
    assert len(place.requests) == 2


async def test_nobody_there_means_drawn_posters(tmp_path: Path) -> None:
    async with tmdb(found) as place:
        pass
    async with posters(place, tmp_path) as asked:
        assert await asked.of([HEAT]) == {}


async def test_a_folder_that_cannot_be_written_costs_no_poster(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file")
    async with tmdb(found) as place, posters(place, tmp_path / "kept") as asked:
        assert await asked.of([HEAT]) == {"a": "https://pictures/w1/p949.jpg"}


@pytest.mark.parametrize("key", [KEY, TOKEN])
async def test_the_key_goes_out_and_nowhere_else(
    tmp_path: Path, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answers = iter([(200, b"?"), (401, b"")])
    async with tmdb(lambda path: next(answers)) as place:
        for _ in range(2):
            async with posters(place, tmp_path, key) as asked:
                await asked.of([HEAT])
    sent = f"api_key={KEY}" if key == KEY else f"Authorization: Bearer {TOKEN}"
    assert all(sent in request for request in place.requests)
    assert len(place.requests) == 2
    assert "TMDB" in caplog.text
    assert key not in caplog.text


async def test_many_at_once_share_what_they_find(tmp_path: Path) -> None:
    films = [Item(id=str(n), title="Film", tmdb_id=n) for n in range(1, 41)]
    async with tmdb(found) as place, posters(place, tmp_path) as asked:
        got = await asyncio.gather(*(asked.of(films) for _ in range(5)))
    assert all(len(each) == 40 for each in got)


def test_the_key_is_a_setting_that_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOODREEL_TMDB_KEY", f" {KEY}\n")
    settings = load_settings()
    assert settings.tmdb_key is not None
    assert settings.tmdb_key.get_secret_value() == KEY
    assert KEY not in repr(settings)
    monkeypatch.setenv("MOODREEL_TMDB_KEY", f"{KEY}\r\nX: y")
    with pytest.raises(BadSettings, match="tmdb_key") as refused:
        load_settings()
    assert KEY not in str(refused.value)
    monkeypatch.setenv("MOODREEL_TMDB_KEY", "")
    assert load_settings().tmdb_key is None
