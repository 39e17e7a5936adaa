"""The agent behind the page: opened in the background, and who may see which conversation."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ....errors import MoodreelError, UsageError
from ....ingest.catalogue import Progress
from ...companion import MovieAgent
from .posters import Shown
from .tmdb import TmdbPosters

_OWNER = re.compile(r"[0-9a-f]{32}")
_CONVERSATION = re.compile(r"web-[0-9a-f]{16}-[0-9a-f]{8}")


@dataclass(frozen=True)
class DeskState:
    """How far the opening is: ``percent`` of the catalogue is built; ``problem`` if it failed."""

    phase: Literal["building", "ready", "broken"]
    percent: int = 0
    problem: str = ""


class Desk:
    """One agent for all visitors, and the rule that nobody sees another's conversations.

    An owner is 32 hex digits that only one browser, or one account, knows. The id of a
    conversation begins with a digest of its owner, so the id alone opens nothing.
    """

    def __init__(
        self,
        opening: Callable[[Progress], Awaitable[MovieAgent]],
        *,
        adding: bool = False,
        accounts: bytes | None = None,
    ) -> None:
        """Prepare.

        Args:
            opening: gives the agent, telling how far it is.
            adding: whether visitors may add to the catalogue, which all of them share.
            accounts: where people log in, the secret that their owners are made from.
        """
        self.adding = adding
        self._accounts = accounts
        self._opening = opening
        self._task: asyncio.Task[MovieAgent] | None = None
        self._percent = 0
        self._tmdb: TmdbPosters | None = None

    def open(self) -> asyncio.Task[MovieAgent]:
        """Begin to open the agent on the running event loop; again gives the same task."""
        if self._task is None:
            self._task = asyncio.ensure_future(self._open())
        return self._task

    async def _open(self) -> MovieAgent:
        agent = await self._opening(self._progressed)
        self._tmdb = TmdbPosters.of_settings(agent.settings)
        return agent

    def _progressed(self, done: int, total: int) -> None:
        self._percent = 100 * done // max(total, 1)

    async def agent(self) -> MovieAgent:
        """The agent, as soon as it is open.

        Raises:
            MoodreelError: it could not be opened; says why.
        """
        return await asyncio.shield(self.open())

    async def posters(self, films: Sequence[Shown]) -> Mapping[str, str]:
        """Addresses of real posters by item id; none where no key for TMDB is set.

        Raises:
            MoodreelError: the agent could not be opened.
        """
        await self.agent()
        return await self._tmdb.of(films) if self._tmdb else {}

    @property
    def credit(self) -> str:
        """What has to be said of where posters come from, as HTML."""
        return self._tmdb.credit if self._tmdb else ""

    def state(self) -> DeskState:
        """Whether the agent is open, being opened, or could not be opened."""
        if self._task is None or not self._task.done():
            return DeskState("building", self._percent)
        error = None if self._task.cancelled() else self._task.exception()
        if self._task.cancelled() or error is not None:
            said = str(error) if isinstance(error, MoodreelError) else "It could not be opened."
            return DeskState("broken", self._percent, said)
        return DeskState("ready", 100)

    async def close(self) -> None:
        """Close the agent, or stop opening it."""
        if self._tmdb is not None:
            await self._tmdb.close()
        if self._task is None:
            return
        if not self._task.done():
            self._task.cancel()
        with suppress(asyncio.CancelledError, MoodreelError):
            await (await self._task).close()

    def checked(self, owner: object, conversation: object) -> str:
        """The conversation, if it is this owner's.

        Raises:
            UsageError: it isn't, or one of the two is no such thing.
        """
        if not isinstance(conversation, str) or not _CONVERSATION.fullmatch(conversation):
            raise UsageError("This page has lost its conversation; load it again.")
        if not conversation.startswith(beginning(owner)):
            raise UsageError("That conversation belongs to somebody else; begin one of your own.")
        return conversation

    def owner_of(self, account: str | None) -> str | None:
        """The owner that an account is, the same in every browser; none where nobody logs in."""
        if self._accounts is None or account is None:
            return None
        return hmac.new(self._accounts, account.encode(), hashlib.sha256).hexdigest()[:32]

    def new_conversation(self, owner: object) -> str:
        """An id for a conversation that this owner begins.

        Raises:
            UsageError: the owner is no owner.
        """
        return f"{beginning(owner)}{secrets.token_hex(4)}"


def beginning(owner: object) -> str:
    """What the ids of all conversations of an owner begin with.

    Raises:
        UsageError: this is no owner.
    """
    if not is_owner(owner):
        raise UsageError("This page has lost who you are; load it again.")
    return f"web-{hashlib.sha256(str(owner).encode()).hexdigest()[:16]}-"


def is_owner(owner: object) -> bool:
    """Whether this could be an owner: 32 hex digits."""
    return isinstance(owner, str) and _OWNER.fullmatch(owner) is not None


def new_owner() -> str:
    """An owner for a browser that has none yet."""
    return secrets.token_hex(16)


def account_secret(home: Path) -> bytes:
    """The secret of this data folder from which owners of accounts are made.

    It is kept in a file that only this user can read, and made at the first call.
    """
    path = home / "accounts.secret"
    with suppress(FileExistsError):
        home.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(secrets.token_bytes(32))
    return path.read_bytes()
