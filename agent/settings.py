"""Settings: from arguments, ``MOODREEL_…`` environment variables and a ``.env`` file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from platformdirs import user_data_dir
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from ..errors import BadSettings


class Settings(BaseSettings):
    """What a person may decide about Moodreel; refused at start when it contradicts itself.

    ``home`` is the folder of the catalogue and the conversations. Time limits are in seconds,
    per step of a turn; a step that takes longer is answered by the builtin engine.
    """

    model_config = SettingsConfigDict(
        env_prefix="MOODREEL_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    home: Path = Field(default_factory=lambda: Path(user_data_dir("moodreel", appauthor=False)))
    engine: Literal["auto", "builtin", "ollama"] = "auto"
    embedder: Literal["auto", "minilm", "light"] = "auto"
    conversations: Literal["sqlite", "memory"] = "sqlite"
    plan_seconds: float = Field(default=30.0, gt=0)
    rank_seconds: float = Field(default=60.0, gt=0)
    max_message_chars: int = Field(default=20_000, ge=100, le=1_000_000)
    picks: int = Field(default=5, ge=1, le=20)
    candidates: int = Field(default=30, ge=5, le=200)

    @field_validator("home")
    @classmethod
    def _whole_path(cls, home: Path) -> Path:
        try:
            return home.expanduser().absolute()
        except RuntimeError as error:
            raise ValueError(f"home={str(home)!r} names nobody's folder; write it out") from error

    @model_validator(mode="after")
    def _agree(self) -> Settings:
        if self.engine == "ollama":
            raise ValueError("engine='ollama' is not available yet; use 'builtin' or 'auto'")
        if self.candidates < self.picks:
            raise ValueError(
                f"candidates={self.candidates} is below picks={self.picks};"
                " raise candidates or lower picks"
            )
        return self

    @property
    def conversations_path(self) -> Path:
        """The SQLite file that holds every conversation."""
        return self.home / "conversations.sqlite"


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
