"""Real posters from The Movie Database, for those who have a key of their own there."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import httpx

from ...settings import Settings
from .posters import Shown

API = "https://api.themoviedb.org/3"
IMAGES = "https://image.tmdb.org/t/p/w342"
_SITE = "https://www.themoviedb.org"
_LOGO = (
    f"{_SITE}/assets/2/v4/logos/v2/"
    "blue_short-8e7b30f73a4020692ccca9c88bafe5dcb6f8a62a4c6bc55cd9ba82bb2cd95f6c.svg"
)
# The wording and the logo are asked for by TMDB's terms of use.
CREDIT = (
    f'<p class="mr-credit"><a href="{_SITE}" rel="noreferrer"><img src="{_LOGO}" alt="TMDB"></a>'
    " This product uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise"
    " approved by TMDB.</p>"
)

# The terms allow half a year.
_KEPT_SECONDS = 30 * 24 * 3600
_REST_SECONDS = 60
_AT_ONCE = 8
_IMAGE = re.compile(r"/[\w-]{1,80}\.(?:jpg|png|webp)")
_log = logging.getLogger(__name__)


class TmdbPosters:
    """Where the real posters of films are; nowhere for people without a key.

    What was found is kept in a folder for a month, also that there is none. After a failure
    TMDB is left alone for a minute, after a refused key for good: nobody waits twice.
    """

    def __init__(
        self,
        key: str | None,
        folder: Path,
        *,
        api: str = API,
        images: str = IMAGES,
        seconds: float = 2.0,
    ) -> None:
        """Look posters up with this key, keeping the answers in ``folder``.

        Args:
            key: either of TMDB's two kinds; without one nothing is ever asked.
            folder: made when there is something to keep.
            api: base URL of the API.
            images: base URL of the posters.
            seconds: how long an answer is worth waiting for, all films of a call together.
        """
        self._folder = folder
        self._images = images.rstrip("/")
        self._seconds = seconds
        self._rests_until = 0.0
        self._refused = False
        self._told: dict[int, tuple[str, float]] = {}
        self._client = _client(key, api, seconds) if key else None
        self._slots = asyncio.Semaphore(_AT_ONCE)

    @classmethod
    def of_settings(cls, settings: Settings) -> TmdbPosters:
        """With the key of the settings, in their data folder."""
        key = settings.tmdb_key.get_secret_value() if settings.tmdb_key else None
        return cls(key, settings.home / "posters")

    @property
    def credit(self) -> str:
        """What the page has to say where posters come from TMDB, as HTML; else nothing."""
        return CREDIT if self._client and not self._refused else ""

    async def of(self, films: Sequence[Shown]) -> Mapping[str, str]:
        """Addresses of posters by item id, as far as they are known in time. Never raises."""
        if self._client is None or self._refused:
            return {}
        wanted = {film.id: film.tmdb_id for film in films if film.tmdb_id is not None}
        paths = {number: self._known(number) for number in wanted.values()}
        missing = [number for number, path in paths.items() if path is None]
        if missing and time.monotonic() >= self._rests_until:
            paths |= await self._ask(self._client, missing)
        return {
            item: f"{self._images}{path}"
            for item, number in wanted.items()
            if (path := paths[number])
        }

    async def close(self) -> None:
        """Give the connections back."""
        if self._client is not None:
            await self._client.aclose()

    async def _ask(self, client: httpx.AsyncClient, numbers: Iterable[int]) -> dict[int, str]:
        """Poster paths of the films that are answered for in time."""
        asked = {asyncio.create_task(self._path(client, number)): number for number in numbers}
        try:
            done, late = await asyncio.wait(asked, timeout=self._seconds)
        finally:
            for task in asked:
                task.cancel()
        found: dict[int, str] = {}
        problem = f"no answer within {self._seconds:g} s" if late else ""
        for task in done:
            try:
                found[asked[task]] = task.result()
            except _Refused:
                self._give_up()
                return {}
            except (httpx.HTTPError, _Unusable) as error:
                problem = str(error) if isinstance(error, _Unusable) else type(error).__name__
        if problem:
            self._rest(problem)
        self._told |= {number: (path, time.time()) for number, path in found.items()}
        await asyncio.to_thread(self._keep, found)
        return found

    async def _path(self, client: httpx.AsyncClient, number: int) -> str:
        """The path of a film's poster, empty where it has none."""
        async with self._slots:
            answer = await client.get(f"movie/{number}")
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            raise _Refused
        if answer.status_code == httpx.codes.NOT_FOUND:
            return ""
        if answer.status_code != httpx.codes.OK:
            raise _Unusable(f"status {answer.status_code}")
        return _poster_path(answer.content)

    def _give_up(self) -> None:
        self._refused = True
        _log.warning("TMDB refused the key; check MOODREEL_TMDB_KEY. Posters are drawn.")

    def _rest(self, why: str) -> None:
        self._rests_until = time.monotonic() + _REST_SECONDS
        _log.warning("No posters from TMDB for a minute (%s); they are drawn.", why)

    def _known(self, number: int) -> str | None:
        """The path that was found lately, ``None`` where nothing is known."""
        if number not in self._told:
            self._recall(number)
        path, since = self._told.get(number, ("", 0.0))
        return path if time.time() - since < _KEPT_SECONDS else None

    def _recall(self, number: int) -> None:
        """Read what was written down of a film, if that makes sense."""
        file = self._file(number)
        try:
            path, since = file.read_text(encoding="ascii"), file.stat().st_mtime
        except (OSError, UnicodeDecodeError):
            return
        if not path or _IMAGE.fullmatch(path):
            self._told[number] = path, since

    def _keep(self, found: Mapping[int, str]) -> None:
        """Write answers down; where that can't be, they are asked for again one day."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for number, path in found.items():
                handle, name = tempfile.mkstemp(dir=self._folder)
                with os.fdopen(handle, "w", encoding="ascii") as file:
                    file.write(path)
                Path(name).replace(self._file(number))
        except OSError as error:
            _log.warning("Addresses of posters can't be kept in %s: %s", self._folder, error)

    def _file(self, number: int) -> Path:
        return self._folder / f"{int(number)}.txt"


class _Refused(Exception):
    """TMDB does not know the key."""


class _Unusable(Exception):
    """An answer that says nothing of a poster."""


def _client(key: str, api: str, seconds: float) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=api, timeout=seconds, transport=_Keyed(key))


class _Keyed(httpx.AsyncHTTPTransport):
    """Adds the key on the way out, so that neither logs nor errors ever show it."""

    def __init__(self, key: str) -> None:
        super().__init__(retries=1)
        self._key = key

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request with the key, as a token where it is one, else as a parameter."""
        url, headers = request.url, request.headers.copy()
        if self._key.count(".") == 2:
            headers["Authorization"] = f"Bearer {self._key}"
        else:
            url = url.copy_merge_params({"api_key": self._key})
        keyed = httpx.Request(
            request.method, url, headers=headers, stream=request.stream,
            extensions=request.extensions,
        )  # fmt: skip
        return await super().handle_async_request(keyed)


def _poster_path(content: bytes) -> str:
    try:
        film = json.loads(content)
    except ValueError as error:
        raise _Unusable("an answer that is no JSON") from error
    if not isinstance(film, dict) or "poster_path" not in film:
        raise _Unusable("an answer without a poster's path")
    path = film["poster_path"]
    if path is None:
        return ""
    if not isinstance(path, str) or not _IMAGE.fullmatch(path):
        raise _Unusable("a poster's path that is none")
    return path
