"""A conversation as a script that plays it again: the format of ``moodreel replay``.

A script is YAML::

    scenario: A tired evening
    turns:
      - user: Something warm and funny
        expect:
          count: 5
          includes: ["Paddington 2 (2017)", "Amélie (2001)"]
      - press: {act: seen, item: "Paddington 2 (2017)"}
        expect: {count: 0}
      - press: {act: undo}

A turn is what was typed (``user``) or pressed (``press``). ``expect`` says what its answer has:
how many films (``count``), and which (``includes``, by title and year; more may come).
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .clicks import list_click
from .state import Json

Act = Literal["loved", "liked", "disliked", "seen", "interested", "not_tonight", "more_like",
              "why", "undo", "recommend"]  # fmt: skip


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Press(_Part):
    """A press instead of a message; all but "undo" and "recommend" are about an item."""

    act: Act
    item: str = ""
    dimension: Literal["mood", "audience", "plot", "overall"] = "overall"


class Expect(_Part):
    """What the answer of a turn has."""

    count: int | None = Field(default=None, ge=0)
    includes: tuple[str, ...] = ()


class ScriptTurn(_Part):
    """One turn: either typed or pressed."""

    user: str | None = None
    press: Press | None = None
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _one_of_two(self) -> ScriptTurn:
        if (self.user is None) == (self.press is None):
            raise ValueError("a turn has either 'user' or 'press'")
        return self


class Script(_Part):
    """A scripted conversation."""

    scenario: str
    turns: tuple[ScriptTurn, ...] = Field(min_length=1)


def as_script(whole: Json) -> str:
    """The script of an exported conversation, as YAML: all that happened is expected again."""
    import yaml  # noqa: PLC0415 - only who saves a test needs it

    said = [each["text"] for each in whole["dialogue"] if each["role"] == "user"]
    turns = tuple(_turn(words, reply) for words, reply in zip(said, whole["replies"], strict=True))
    script = Script(scenario=" ".join(said[0].split())[:80], turns=turns)
    plain = script.model_dump(mode="json", exclude_defaults=True)
    return str(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100))


def _turn(words: str, reply: Json) -> ScriptTurn:
    picks = tuple(_label(pick) for pick in reply["picks"])
    expect = Expect(count=len(picks), includes=picks)
    press = None if reply["intents"] else _press(words)
    return ScriptTurn(user=None if press else words, press=press, expect=expect)


def _label(pick: Json) -> str:
    return f"{pick['title']} ({pick['year']})" if pick["year"] else str(pick["title"])


_FEELINGS = "loved|liked|disliked|seen|interested|not tonight"
_PRESSED = (
    re.compile(rf"(?P<act>{_FEELINGS}): (?P<item>.+)", re.DOTALL),
    re.compile(r"(?P<act>more like) (?P<item>.+?)(?: in (?P<dimension>mood|audience|plot))?"),
    re.compile(r"(?P<act>Why) (?P<item>.+)\?", re.DOTALL),
    re.compile(r"(?P<act>undo)"),
)
"""How a press is put into words (`moodreel.agent.clicks`)."""


def _press(words: str) -> Press | None:
    """The press that the words stand for; none where they were typed."""
    if words == list_click()[0]:
        return Press(act="recommend")
    found = next((match for each in _PRESSED if (match := each.fullmatch(words))), None)
    if found is None:
        return None
    said = {name: value for name, value in found.groupdict().items() if value}
    return Press.model_validate({**said, "act": said["act"].lower().replace(" ", "_")})
