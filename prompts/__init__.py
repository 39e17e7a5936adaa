"""The prompts: one Markdown file each, filled in strictly.

A file has a section per message, begun by a line ``<!-- system -->``, ``<!-- user -->`` or, for
examples of answers, ``<!-- assistant -->``; what stands before the first one is for people.
``{{name}}`` is a variable. Stable text comes first, so that a model server can keep what it read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Role = Literal["system", "user", "assistant"]

_SECTION = re.compile(r"^<!-- (system|user|assistant) -->\n", re.MULTILINE)
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_BRACKETS = str.maketrans({"<": "‹", ">": "›"})


@dataclass(frozen=True)
class Prompt:
    """One file: its name, the first 8 hex digits of its SHA-256, its messages in order."""

    name: str
    hash: str
    sections: tuple[tuple[Role, str], ...]

    @property
    def variables(self) -> frozenset[str]:
        """The names that `render` must be given."""
        return frozenset(name for _, text in self.sections for name in _VARIABLE.findall(text))

    def render(self, **values: str) -> list[tuple[Role, str]]:
        """The messages with every variable filled in; what is filled in is not read again.

        Raises:
            ValueError: a variable is missing, or there is none of that name.
        """
        given, wanted = frozenset(values), self.variables
        if given != wanted:
            wrong = [f"missing {name!r}" for name in sorted(wanted - given)]
            wrong += [f"unknown {name!r}" for name in sorted(given - wanted)]
            raise ValueError(f"the prompt {self.name!r} can't be filled in: {', '.join(wrong)}")
        return [(role, _filled(text, values)) for role, text in self.sections]


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: values[found[1]], text).strip()


@cache
def load(name: str) -> Prompt:
    """The prompt in ``NAME.md``.

    Raises:
        FileNotFoundError: there is none.
        ValueError: it has no section.
    """
    content = files(__name__).joinpath(f"{name}.md").read_text(encoding="utf-8")
    parts = _SECTION.split(content)[1:]
    if not parts:
        raise ValueError(f"the prompt {name!r} has no section; begin one with <!-- system -->")
    sections = tuple(
        (cast(Role, role), text) for role, text in zip(parts[::2], parts[1::2], strict=True)
    )
    return Prompt(name, hashlib.sha256(content.encode()).hexdigest()[:8], sections)


def fenced(text: str) -> str:
    """Anybody's text as data for a prompt: it can't close the fence it stands in.

    Angle brackets become single quotation marks, control and direction characters blanks.
    """
    return _CONTROL.sub(" ", text).translate(_BRACKETS).strip()
