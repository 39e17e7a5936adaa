"""A message that goes on with "or …" or "and …" adds to what was asked for, instead of replacing.

"Something from the nineties", then "or the 2000s": from 1990 to 2009.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ....ingest.limits import BaseLimit, Genres, Languages, People, Years
from ...edits import Edit, LimitEdit
from .message import Finding, Message, Reader, Recogniser

_GOES_ON = re.compile(
    r"^\W*(?:(?:hmm+|oh|ok|okay|well|actually|yes|yeah|sure)\W+)*"
    r"(?:or|and|plus|as well as|also)(?: (?:also|maybe|even|perhaps|something|anything|could be"
    r"|a|an|the|in|from|with|by|some|films?|movies?|early|late|mid))*\s*$"
)
_TOO = re.compile(
    r"^\W*(?:films?|movies?|ones?)?\W*(?:too|also|as well|is fine too|works too|would work too)\b"
)
_NEAR = 40
"""Characters before a finding in which the message may go on with "or"."""


def widening(recognise: Recogniser) -> Recogniser:
    """A recogniser whose limits, in such a message, join the active one of their kind."""

    def widened(message: Message, reader: Reader) -> Sequence[Finding]:
        found = recognise(message, reader)
        if not reader.turn.profile.active:
            return found
        return [_wider(finding, message, reader) for finding in found]

    return widened


def _wider(finding: Finding, message: Message, reader: Reader) -> Finding:
    if not any(isinstance(edit, LimitEdit) for edit in finding.edits):
        return finding
    if any(_only_leaves_out(edit) for edit in finding.edits):
        return replace(finding, edits=tuple(_joined(edit, reader) for edit in finding.edits))
    lead = message.text[: finding.start].lower()
    opening = message.text[finding.start : finding.end].lower()
    rest = message.text[finding.end : finding.end + _NEAR].lower()
    goes_on = len(lead) <= _NEAR and _GOES_ON.match(lead or " ")
    starts_so = not lead.strip() and re.match(r"(?:or|and|also|plus)\b", opening)
    says_too = len(lead) <= _NEAR and _TOO.match(rest)
    if not (goes_on or starts_so or says_too):
        return finding
    return replace(finding, edits=tuple(_joined(edit, reader) for edit in finding.edits))


def _only_leaves_out(edit: Edit) -> bool:
    """Whether an edit takes years out of the middle: that never replaces the ends."""
    limit = edit.limit if isinstance(edit, LimitEdit) else None
    return isinstance(limit, Years) and limit.earliest is None and limit.latest is None


def _joined(edit: Edit, reader: Reader) -> Edit:
    """The edit with its limit widened by the active limit of the same kind, if both demand."""
    if not isinstance(edit, LimitEdit):
        return edit
    for entry in reversed(reader.turn.profile.active):
        said = entry.content
        if isinstance(said, LimitEdit) and type(said.limit) is type(edit.limit):
            both = _BOTH.get(type(edit.limit), _neither)(said.limit, edit.limit)
            if both is not None:
                return edit.model_copy(update={"limit": both, "lasting": said.lasting})
    return edit


def _neither(old: BaseLimit, new: BaseLimit) -> BaseLimit | None:
    return None


def _years(old: BaseLimit, new: BaseLimit) -> BaseLimit | None:
    """Both spans, without the years between them; what is left out stays out."""
    if not isinstance(old, Years) or not isinstance(new, Years):
        return None
    if new.none_of and new.earliest is None and new.latest is None:
        return new.model_copy(
            update={"earliest": old.earliest, "latest": old.latest,
                    "none_of": tuple(sorted({*old.none_of, *new.none_of}))}
        )  # fmt: skip
    if old.earliest is None and old.latest is None:
        return None
    first, second = sorted((old, new), key=lambda years: years.earliest or 0)
    earliest = None if None in (old.earliest, new.earliest) else first.earliest
    latest = None if None in (old.latest, new.latest) else max(old.latest or 0, new.latest or 0)
    if earliest is None and latest is None:
        return None
    gap = range((first.latest or 2100) + 1, second.earliest or 0)
    left_out = tuple(sorted({*old.none_of, *gap}))
    return Years(earliest=earliest, latest=latest, none_of=left_out)


def _names(old: BaseLimit, new: BaseLimit) -> BaseLimit | None:
    """Any of what both demand; refusals stay."""
    if not isinstance(old, Genres | People | Languages) or not isinstance(new, type(old)):
        return None
    demanded = [name for limit in (old, new) for name in _demands(limit)]
    if not _demands(old) or not _demands(new):
        return None
    changed: dict[str, object] = {"any_of": tuple(dict.fromkeys(demanded))}
    changed["none_of"] = tuple(dict.fromkeys((*old.none_of, *new.none_of)))
    if not isinstance(old, Languages):
        changed["all_of"] = ()
    if isinstance(old, People) and isinstance(new, People) and old.role != new.role:
        changed["role"] = "people"
    return new.model_copy(update=changed)


def _demands(limit: Genres | People | Languages) -> tuple[str, ...]:
    return (*getattr(limit, "all_of", ()), *limit.any_of)


_BOTH: dict[type[BaseLimit], Callable[[BaseLimit, BaseLimit], BaseLimit | None]] = {
    Years: _years,
    Genres: _names,
    People: _names,
    Languages: _names,
}
