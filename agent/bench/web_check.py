"""Whether what a visitor sees is an answer, and theirs alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

Json = dict[str, Any]
_TAG = re.compile(r"<[^>]+>")
_BUTTON = re.compile(r"<button ([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


@dataclass(frozen=True)
class Said:
    """One thing a visitor said, or the film of a card they pressed.

    ``films`` says that an answer without films is no answer.
    """

    words: str
    pressed: bool = False
    films: bool = False

    def is_shown_as(self, shown: str) -> bool:
        """Whether the page shows this; of a press it shows a sentence with the film in it."""
        return self.words in shown if self.pressed else self.words == shown


def problem(dialogue: Sequence[Json], said: Sequence[Said], others: Collection[str]) -> str:
    """What is wrong with a dialogue as it is drawn; empty where nothing is.

    Args:
        dialogue: the messages of the page's chat.
        said: all that this visitor said in it, in order.
        others: films that only other visitors spoke of, each as title and year.
    """
    mine = [unescape(_content(m, "text")) for m in dialogue if m["role"] == "user"]
    if len(mine) != len(said) or not all(s.is_shown_as(m) for s, m in zip(said, mine, strict=True)):
        return "the dialogue shows other words than were said"
    if dialogue[-1]["role"] != "assistant":
        return "no answer is shown"
    return _problem_of(_content(dialogue[-1], "value"), said[-1], others)


def _problem_of(answer: str, said: Said, others: Collection[str]) -> str:
    words = text_of(answer)
    if 'aria-busy="true"' in answer or not words:
        return "the answer is not complete"
    if "mr-problem" in answer or "mr-dim" in answer:
        return "a problem is shown instead of an answer"
    if said.films and "mr-card" not in answer:
        return "an answer without films"
    if any(f"You loved {film}" in words for film in others):
        return "an answer to somebody else"
    return ""


def _content(message: Json, name: str) -> str:
    content = message["content"]
    return "".join(str(each.get(name, "")) for each in content)


def text_of(html: str) -> str:
    """What a person reads of a piece of the page, on one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def buttons(html: str) -> list[Mapping[str, str]]:
    """The attributes of every button, in order."""
    found = [_ATTRIBUTE.findall(inside) for inside in _BUTTON.findall(html)]
    return [{name: unescape(value) for name, value in each} for each in found]


def presses(dialogue: Sequence[Json]) -> list[Mapping[str, str]]:
    """The buttons of the films of the last answer that are turns of the conversation."""
    last = _content(dialogue[-1], "value") if dialogue else ""
    return [each for each in buttons(last) if each.get("data-to") == "chat" and "data-id" in each]


def film_of(button: Mapping[str, str]) -> str:
    """The film, as title and year, that a button of a card is about."""
    return button["aria-label"].partition(": ")[2]


def listed(sessions: str) -> list[str]:
    """The ids of the conversations that are listed."""
    return [each["data-id"] for each in buttons(sessions) if each.get("data-act") == "open"]
