"""Wishes with a condition: "a comedy unless it's animated", "no musicals except old ones"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....ingest.limits import Runtime, Years
from ...edits import Edit, LimitEdit, Nudge, Wish
from .message import Finding, Message, Reader
from .scene import Scene
from .wishes import WISHES

_UNLESS = re.compile(
    r",?\s*\b(?:unless|except (?:if|when|where)|but not (?:if|when))\s+(?P<what>[^.,;!?\n]{3,80})"
)
_REFUSES = re.compile(
    r"\b(?:no|not|nothing|none|never|neither|without|avoid|hate|skip|rather not)\b|n't\b"
)
_IF_SO = re.compile(
    r"^\W*if (?:it's|it is|they're|you (?:pick|choose|show me)|it has to be) (?:an? )?"
    r"(?!not\b|ok\b|okay\b|possible\b|fine\b|alright\b|all right\b)[^.;!?\n]{3,60}?(?:,|,? then)? "
    r"(?:it (?:has to|must|should|needs to|better|can't)|it'd better|make it|keep it|only)\b"
    r"[^.;!?\n]{0,60}"
)
_LEAD = re.compile(
    r"^(?:(?:it|they|there|that|those|the (?:film|movie))(?:'s|'re| is| are| has| have| was)?"
    r"(?: got)?|of course)? ?(?:(?:an?|the|really|very|super|just|actually|any|some|too|all) )*"
)
_PREPOSITION = re.compile(
    r"(?:in|on|by|with|about|from|set|over|under|longer|shorter|older|newer|more|less|before|after"
    r"|like)\b"
)


def conditions(scene: Scene) -> list[Finding]:
    """What is wished for but in one case goes without that; other conditions are owned up to.

    What is refused but in one case stays refused: no limit lets single films through.
    """
    found = []
    for match in [*_UNLESS.finditer(scene.text), *_IF_SO.finditer(scene.text)]:
        if not scene.free(*match.span()):
            continue
        span = scene.outward(*match.span())
        sentence = re.split(r"[.!?;\n]", scene.text[: match.start()])[-1]
        what = match.groupdict().get("what")
        refused = _REFUSES.search(sentence) is not None
        edits = () if what is None or refused else tuple(_without(what, scene.reader))
        words = scene.said(*match.span()).lstrip(", ")
        if edits:
            edits = tuple(edit.model_copy(update={"words": words}) for edit in edits)
            found.append(Finding(*span, edits=edits, intents=("request",)))
        else:
            found.append(Finding(*span, unread=(words,)))
    return found


def _without(what: str, reader: Reader) -> Iterator[Edit]:
    """The clause of a condition read as something that shall not be."""
    rest = _LEAD.sub("", what).strip()
    opening = "nothing" if _PREPOSITION.match(rest) else "no"
    message = Message.of(f"{opening} {rest}")
    found = next(([*f] for wish in WISHES if (f := wish(message, reader))), [])
    for edit in (edit for finding in found for edit in finding.edits):
        if _refuses(edit):
            yield edit


def _refuses(edit: Edit) -> bool:
    if isinstance(edit, LimitEdit):
        bounds = isinstance(edit.limit, Runtime | Years)
        wants = getattr(edit.limit, "all_of", ()) or getattr(edit.limit, "any_of", ())
        return bounds or not wants
    return isinstance(edit, Nudge) or (isinstance(edit, Wish) and edit.avoid)
