"""Settings: from arguments, ``MOODREEL_…`` environment variables and a ``.env`` file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_dir
from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from ..errors import BadSettings
from ..ingest.server_place import Quantisation, ServerPlace, server_url

OLLAMA_PORT = 11_434
POSTGRES_SCHEMES = ("postgresql://", "postgres://")
SQLITE_SCHEME = "sqlite:///"


def _ollama_host() -> str:
    """Where Ollama's own variable says it is, else where it is by default."""
    return os.environ.get("OLLAMA_HOST", "").strip() or f"http://127.0.0.1:{OLLAMA_PORT}"


class Settings(BaseSettings):
    """What a person may decide about Moodreel; refused at start when it contradicts itself.

    ``home`` is the folder of the catalogue and the conversations.

    ``database`` is where conversations and lasting taste are kept instead of in ``home``:
    ``postgresql://user:password@host:port/name``, or ``sqlite:///`` and the path of a file.

    ``max_upload_mb`` is how large a file may be that is dropped on the page.
    ``keep_turns`` is how many turns of a conversation stay whole; older ones are condensed.
    ``keep_days`` is after how many days without a turn a conversation is removed; without it,
    never. ``user_messages_per_minute`` and ``messages_per_minute`` limit one person and all
    together; 0 is no limit.

    ``engine`` says who understands and ranks: ``auto`` is Ollama where it answers and has the
    model, else the builtin engine. ``model`` needs about 3.3 GB on disk and 6 GB of memory,
    ``embedding_model`` 274 MB; the latter is only used with ``embedder="ollama"``.
    ``num_ctx`` is the model's context in tokens, ``keep_alive`` how long Ollama keeps the model
    loaded, ``temperature`` that of ranking (plans are made at 0), ``rank_candidates`` how many
    films a model chooses from, ``model_calls`` how many of its calls run at once.

    Time limits are in seconds, per step of a turn and for all steps together; a step that takes
    longer is answered by the builtin engine.

    ``log`` is the least that is logged to standard error: the commands that serve others log
    warnings without it, the rest nothing. Words of users are only logged at ``debug``.

    ``tmdb_key`` is a person's own key for The Movie Database (either kind); with it, and only
    then, real posters are looked up there. ``allow_adding`` lets everybody who can open the chat
    page add to the catalogue; without it only who serves it to nobody else can.

    ``slack_bot_token``, ``slack_app_token`` and ``slack_signing_secret`` are those of your Slack
    app (docs/slack.md).

    ``discord_token`` is that of a bot's account; ``discord_message_content`` has it ask Discord
    for the contents of all messages, which it only needs where mentions come without theirs.

    ``catalogue_url`` is a Qdrant server that has the catalogue, in place of the folder, and
    ``catalogue_api_key`` its key. What the others of that name mean says
    `moodreel.ingest.server_place.ServerPlace`; ``catalogue_seconds`` is per request.
    """

    model_config = SettingsConfigDict(
        env_prefix="MOODREEL_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    home: Path = Field(default_factory=lambda: Path(user_data_dir("moodreel", appauthor=False)))
    engine: Literal["auto", "builtin", "ollama"] = "auto"
    embedder: Literal["auto", "minilm", "light", "ollama"] = "auto"
    ollama_url: str = Field(default_factory=_ollama_host)
    model: str = Field(default="gemma3:4b", min_length=1)
    embedding_model: str = Field(default="nomic-embed-text", min_length=1)
    num_ctx: int = Field(default=8_192, ge=4_096, le=1_000_000)
    keep_alive: str = "10m"
    temperature: float = Field(default=0.3, ge=0, le=2)
    rank_candidates: int = Field(default=20, ge=5, le=60)
    conversations: Literal["sqlite", "memory"] = "sqlite"
    database: SecretStr | None = None
    keep_turns: int = Field(default=200, ge=12)
    keep_days: int | None = Field(default=None, ge=1)
    user_messages_per_minute: int = Field(default=0, ge=0)
    model_calls: int = Field(default=4, ge=1, le=1_000)
    messages_per_minute: int = Field(default=0, ge=0)
    plan_seconds: float = Field(default=30.0, gt=0)
    rank_seconds: float = Field(default=60.0, gt=0)
    describe_seconds: float = Field(default=120.0, gt=0)
    embed_seconds: float = Field(default=20.0, gt=0)
    turn_seconds: float = Field(default=90.0, gt=0)
    max_upload_mb: int = Field(default=10, ge=1, le=1_000)
    max_message_chars: int = Field(default=20_000, ge=100, le=1_000_000)
    picks: int = Field(default=5, ge=1, le=20)
    candidates: int = Field(default=30, ge=5, le=200)
    log: Literal["debug", "info", "warning", "error"] | None = None
    log_format: Literal["text", "json"] = "text"
    tmdb_key: SecretStr | None = None
    allow_adding: bool = False
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    discord_token: SecretStr | None = None
    discord_message_content: bool = False
    catalogue_url: str | None = None
    catalogue_api_key: SecretStr | None = None
    catalogue_collection: str = Field(default="moodreel", pattern=r"^[A-Za-z0-9_-]{1,64}$")
    catalogue_shards: int = Field(default=1, ge=1, le=1_000)
    catalogue_replicas: int = Field(default=1, ge=1, le=100)
    catalogue_quantisation: Quantisation = "none"
    catalogue_seconds: int = Field(default=10, ge=1, le=600)

    @field_validator("home")
    @classmethod
    def _whole_path(cls, home: Path) -> Path:
        try:
            return home.expanduser().absolute()
        except RuntimeError as error:
            raise ValueError(f"home={str(home)!r} names nobody's folder; write it out") from error

    @field_validator(
        *("tmdb_key", "catalogue_api_key", "discord_token"),
        *("slack_bot_token", "slack_app_token", "slack_signing_secret"),
    )
    @classmethod
    def _plain_key(cls, key: SecretStr | None, asked: ValidationInfo) -> SecretStr | None:
        bare = key.get_secret_value().strip() if key else ""
        if not all("!" <= each <= "~" for each in bare):
            raise ValueError(f"{asked.field_name} has characters that no key has; copy it again")
        return SecretStr(bare) if bare else None

    @field_validator("database")
    @classmethod
    def _known_database(cls, database: SecretStr | None) -> SecretStr | None:
        """An address that is understood; it may hold a password, so no message shows it."""
        address = database.get_secret_value().strip() if database else ""
        if address and not address.startswith((*POSTGRES_SCHEMES, SQLITE_SCHEME)):
            raise ValueError(
                "database is no address; write it like 'postgresql://user:password@host/name'"
                " or 'sqlite:////path/to/file.sqlite'"
            )
        if address == SQLITE_SCHEME:
            raise ValueError("database='sqlite:///' names no file; write its path after it")
        return SecretStr(address) if address else None

    @field_validator("ollama_url")
    @classmethod
    def _whole_url(cls, url: str) -> str:
        """A base URL; what Ollama's own programs take for an address is understood."""
        return _whole_url(url)

    @model_validator(mode="after")
    def _agree(self) -> Settings:
        if self.candidates < self.picks:
            raise ValueError(
                f"candidates={self.candidates} is below picks={self.picks};"
                " raise candidates or lower picks"
            )
        if self.conversations == "memory" and self.database is not None:
            raise ValueError(
                "conversations=memory keeps nothing in a database; leave one of the two out"
            )
        if self.catalogue_url:
            self.server_at(self.catalogue_url)
        return self

    @property
    def server(self) -> ServerPlace | None:
        """The server that has the catalogue, or None where the folder has it."""
        return self.server_at(self.catalogue_url) if self.catalogue_url else None

    def server_at(self, url: str) -> ServerPlace:
        """A server by its address, with the key and the layout of these settings.

        Raises:
            ValueError: it is no address, or the key must not go there.
        """
        key = self.catalogue_api_key.get_secret_value() if self.catalogue_api_key else None
        return ServerPlace(
            url=server_url(url, key),
            key=key,
            collection=self.catalogue_collection,
            shards=self.catalogue_shards,
            replicas=self.catalogue_replicas,
            quantisation=self.catalogue_quantisation,
            seconds=self.catalogue_seconds,
        )

    @property
    def conversations_path(self) -> Path:
        """The SQLite file that holds every conversation, where that is no server's work."""
        address = self.database.get_secret_value() if self.database else ""
        if address.startswith(SQLITE_SCHEME):
            return Path(address.removeprefix(SQLITE_SCHEME)).expanduser().absolute()
        return self.home / "conversations.sqlite"

    @property
    def postgres(self) -> str | None:
        """The address of the Postgres server that holds every conversation, if one does."""
        address = self.database.get_secret_value() if self.database else ""
        return address if address.startswith(POSTGRES_SCHEMES) else None


_LISTENING = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - the keys are never called
"""Where a server listens to everybody, and where it can be called."""


def _whole_url(url: str) -> str:
    """A base URL from ``host``, ``host:port``, ``:port``, ``::1`` or a whole one.

    Raises:
        ValueError: it is none of these; for the settings' own sentence.
    """
    scheme, named, rest = url.strip(" \"'").rpartition("://")
    rest = f"[{rest}]" if rest.count(":") > 1 and "[" not in rest and not named else rest
    try:
        parts = urlsplit(f"{scheme or 'http'}://{rest}")
        port = parts.port or (None if named else OLLAMA_PORT)
    except ValueError:
        parts, port = urlsplit(""), None
    host = parts.hostname or ("127.0.0.1" if rest.startswith(":") else "")
    if parts.scheme not in ("http", "https") or not host or any(map(str.isspace, host)):
        raise ValueError("ollama_url is no address; write it like 'http://127.0.0.1:11434'")
    host = _LISTENING.get(host, host)
    user = "".join(parts.netloc.rpartition("@")[:2])
    host = f"[{host}]" if ":" in host else host
    netloc = f"{user}{host}" + (f":{port}" if port else "")
    return parts._replace(netloc=netloc).geturl().rstrip("/")


def load_settings(**given: Any) -> Settings:
    """Settings from everywhere, arguments first.

    Raises:
        BadSettings: with one sentence that names the setting and what to do.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        raise BadSettings(_sentence(error)) from None
    except (UnicodeDecodeError, SettingsError) as error:
        raise BadSettings(
            f"The file '.env' here can't be read ({error}); mend or remove it."
        ) from None


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    if first["type"] == "value_error":
        return f"The settings can't be used: {first['ctx']['error']}."
    name = f"MOODREEL_{'_'.join(str(part) for part in first['loc']).upper()}"
    return f"The setting {name} can't be {first['input']!r}: {_plain(first['msg'])}."


def _plain(message: str) -> str:
    return f"{message[:1].lower()}{message[1:]}".replace("input should be", "it should be")
