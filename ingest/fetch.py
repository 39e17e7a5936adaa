"""Getting a file from a public address: goes on where it broke off, checked, put in place whole."""

from __future__ import annotations

import errno
import hashlib
import json
import re
import shutil
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

from ..errors import DownloadFailed, StorageError
from .fetch_part import Broken, Part

Watch = Callable[[int, int], None]
"""Called with bytes that are here, and how many there will be (0 where nobody knows)."""

TRIES = 5
_REDIRECTS = 5
_PAUSE_SECONDS = 1.0
_TIMEOUT = httpx.Timeout(60.0, connect=15.0)
_SPARE = 50_000_000
_MD5 = re.compile(r"\b[0-9a-fA-F]{32}\b")
_LONGEST_SUM = 4_096
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Fetched:
    """A file that is here whole; ``md5`` is the published checksum it was held against, if any."""

    url: str
    size: int
    sha256: str
    md5: str | None


def client() -> httpx.Client:
    """What files are fetched with: few redirects, nothing unpacked on the way."""
    return httpx.Client(
        timeout=_TIMEOUT,
        follow_redirects=True,
        max_redirects=_REDIRECTS,
        headers={"User-Agent": "moodreel", "Accept-Encoding": "identity"},
    )


def fetch(
    url: str,
    target: Path,
    *,
    md5_at: str | None = None,
    watch: Watch | None = None,
    pause: float = _PAUSE_SECONDS,
) -> Fetched:
    """Have a file at ``target``, whole and checked; what broke off before is gone on with.

    The part that is here stands beside it as ``.part`` with what the server said of the file, so
    that a file that has changed meanwhile is got from its beginning.

    Args:
        url: where it is.
        target: where it goes, in one step once it is whole.
        md5_at: the address of its published MD5.
        watch: told of the progress.
        pause: seconds before another try; doubled each time.

    Raises:
        DownloadFailed: it can't be had, or is not what its source published.
        StorageError: the disk is full or refuses.
    """
    with client() as web, _storing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        wanted = _published(web, md5_at) if md5_at else None
        part = Part(target, url)
        _gather(web, part, watch or (lambda done, total: None), pause)
        found = Fetched(url, part.size, part.digest("sha256"), wanted)
        if wanted and part.digest("md5") != wanted:
            part.drop()
            raise DownloadFailed(
                f"what came from {url!r} is not what was published (its MD5 is not {wanted}), so "
                "it was thrown away: try again"
            )
        part.settle()
    return found


def _gather(web: httpx.Client, part: Part, watch: Watch, pause: float) -> None:
    """Try until the whole file is here; a try that brought something begins the count anew."""
    left = TRIES
    while not part.whole:
        before = part.size
        try:
            _once(web, part, watch)
            return
        except Broken as broken:
            left = TRIES if part.size > before else left - 1
            if left == 0:
                raise DownloadFailed(
                    f"{part.url!r} could not be got ({broken}): the same command goes on where it "
                    "is"
                ) from broken
            time.sleep(pause * 2 ** (TRIES - left))


def _once(web: httpx.Client, part: Part, watch: Watch) -> None:
    """Ask for what is missing, and add what comes."""
    with _faults(part.url), web.stream("GET", part.url, headers=part.asking()) as answer:
        _vet(part.url, answer)
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.drop()
            raise Broken("it has changed")
        part.begin(answer)
        _room(part)
        with part.path.open("ab") as file:
            for piece in answer.iter_raw():
                file.write(piece)
                part.size += len(piece)
                watch(part.size, part.total)
    if part.total and part.size != part.total:
        if part.size > part.total:
            part.drop()
        raise Broken("it broke off")


def _vet(url: str, answer: httpx.Response) -> None:
    """Refuse what is no file, and a way there that leaves TLS."""
    if url.startswith("https:") and answer.url.scheme != "https":
        raise DownloadFailed(
            f"{url!r} leads to {str(answer.url)!r}, which is not encrypted: get it by hand"
        )
    status = answer.status_code
    if status in _TRY_AGAIN:
        raise Broken(f"the server answers {status}")
    fine = (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT,
            httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE)  # fmt: skip
    if status not in fine:
        raise DownloadFailed(
            f"there is nothing at {url!r} (the server answers {status}): get the files by hand and "
            "name their path"
        )


@contextmanager
def _faults(url: str) -> Iterator[None]:
    """Tell what another try may mend from what it can't."""
    try:
        yield
    except httpx.TooManyRedirects:
        raise DownloadFailed(
            f"{url!r} leads in a circle: get the files by hand and name their path"
        ) from None
    except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.ProxyError) as error:
        raise DownloadFailed(
            f"{url!r} can't be asked ({error}): see to the settings of your proxy"
        ) from error
    except httpx.ConnectError as error:
        if isinstance(_root(error), ssl.SSLError):
            raise DownloadFailed(
                f"{url!r} can't prove who it is ({_root(error)}): try again another day, or get "
                "the files by hand"
            ) from error
        raise Broken(str(error) or "no connection") from error
    except httpx.TransportError as error:
        raise Broken(str(error) or type(error).__name__) from error


def _root(error: BaseException) -> BaseException:
    while (cause := error.__cause__ or error.__context__) is not None:
        error = cause
    return error


@contextmanager
def _storing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        remedy = "make room" if full else "see that it can be written"
        raise StorageError(
            f"{str(target.parent)!r} can't take the file ({error.strerror or error}): {remedy}, or "
            "name another folder with --to"
        ) from error


def _room(part: Part) -> None:
    """Refuse what would fill the disk."""
    missing = max(0, part.total - part.size)
    free = shutil.disk_usage(part.path.parent).free
    if missing + _SPARE > free:
        raise StorageError(
            f"{str(part.path.parent)!r} has {free / 1e6:,.0f} MB free, and "
            f"{(missing + _SPARE) / 1e6:,.0f} MB are needed: make room, or name another folder "
            "with --to"
        )


def _published(web: httpx.Client, url: str) -> str:
    """The MD5 in a checksum file, whichever way it is written there."""
    try:
        with _faults(url):
            answer = web.get(url)
        _vet(url, answer)
    except Broken as broken:
        raise DownloadFailed(
            f"the checksum at {url!r} could not be got ({broken}): try again"
        ) from broken
    found = _MD5.search(answer.text[:_LONGEST_SUM])
    if found is None:
        raise DownloadFailed(f"there is no checksum at {url!r}: get the files by hand")
    return found.group().lower()


def note(fetched: Fetched, target: Path) -> None:
    """Write beside a file where it came from and its SHA-256."""
    target.with_name(f"{target.name}.json").write_text(
        json.dumps(asdict(fetched), indent=1), encoding="utf-8"
    )


def noted(url: str, target: Path) -> Fetched | None:
    """What was noted of a file that is here, where it is still the same."""
    with suppress(OSError, ValueError, TypeError):
        found = Fetched(**json.loads(target.with_name(f"{target.name}.json").read_text("utf-8")))
        with target.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == found.sha256
        return found if same and found.url == url else None
    return None
