"""A conversation as a script that plays it again: the format of ``moodreel replay``.

A script is YAML::

    scenario: Tired evening
    turns:
      - user: "Something warm and funny"
        expect:
          count: 5
          includes: ["Paddington 2 (2017)"]
      - press: {item: "Heat (1995)", feeling: seen}

Each turn is what was typed (``user``) or pressed (``press``). ``expect`` says what the answer had:
how many films (``count``) and which (``includes``, by title and year).
"""

from __future__ import annotations

import re

from .state import Json

_PRESSED = {
    re.compile(r"(loved|seen|disliked|liked): (.+)", re.DOTALL): None,
    re.compile(r"more like (.+?)(?: in (mood|audience|plot))?", re.DOTALL): "more_like",
    re.compile(r"Why (.+)\?", re.DOTALL): "why",
}


def as_script(whole: Json) -> str:
    """The script of an exported conversation."""
    import yaml  # noqa: PLC0415 - only who saves a test needs it

    said = [each["text"] for each in whole["dialogue"] if each["role"] == "user"]
    turns = [_turn(words, reply) for words, reply in zip(said, whole["replies"], strict=True)]
    script = {"scenario": " ".join(said[0].split())[:80], "turns": turns}
    return str(yaml.safe_dump(script, allow_unicode=True, sort_keys=False, width=100))


def _turn(words: str, reply: Json) -> Json:
    picks = [f"{pick['title']} ({pick['year']})" if pick["year"] else pick["title"]
             for pick in reply["picks"]]  # fmt: skip
    expect = {"count": len(picks), "includes": picks} if picks else {"count": 0}
    return {"user": words, "expect": expect}
