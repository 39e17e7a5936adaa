"""Places of a message where a pattern matches words that nothing has taken yet."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from ....ingest.limits import BaseLimit
from ...edits import Edit, Forget, LimitEdit
from .message import Finding, Message, Reader
from .negation import Polarity, polarity

L = TypeVar("L", bound=BaseLimit)


@dataclass(frozen=True)
class Spot:
    """One match: ``start`` and ``end`` are places in ``message.text``."""

    message: Message
    match: re.Match[str]
    start: int
    end: int

    @cached_property
    def polarity(self) -> Polarity:
        """How the matched words are meant."""
        return polarity(self.message, self.start, self.end)

    @property
    def words(self) -> str:
        """The user's own words."""
        return self.message.text[self.start : self.end].strip()

    @property
    def meant(self) -> str:
        """The user's own words with the cue that negates them, if one does."""
        sense = self.polarity
        return self.message.text[sense.start : sense.end].strip()

    def group(self, name: str) -> str | None:
        """A named group of the match, or None; a name that the pattern lacks counts as None."""
        return self.match.groupdict().get(name)

    def finding(self, *edits: Edit, unread: Sequence[str] = ()) -> Finding:
        """The finding that takes this spot."""
        return Finding(self.start, self.end, tuple(edits), unread=tuple(unread))


def spots(message: Message, rule: re.Pattern[str]) -> Iterator[Spot]:
    """All free matches, in order."""
    plain = message.plain
    for match in rule.finditer(plain.text):
        if match.end() == match.start():
            continue
        start, end = plain.span(match.start(), match.end())
        if message.free(start, end):
            yield Spot(message, match, start, end)


def inward(message: Message, start: int, end: int) -> tuple[int, int]:
    """A span of ``message.text`` as a span of ``message.plain.text``."""
    plain = message.plain
    return bisect_left(plain.starts, start), bisect_right(plain.ends, end)


def before(spot: Spot, length: int = 40) -> str:
    """The mended text just before a spot."""
    start = spot.match.start()
    return spot.message.plain.text[max(0, start - length) : start]


def after(spot: Spot, length: int = 40) -> str:
    """The mended text just after a spot."""
    end = spot.match.end()
    return spot.message.plain.text[end : end + length]


COMMENT = re.compile(
    r"^\W*(?:(?:oh|yes|yeah|yep|no|nah|and|but|well|hmm|ok|okay|so|actually|honestly"
    r"|because|cause|sorry)\W+)*"
    r"(?:(?:i|we) (?:think|thought|heard|guess|feel|felt|remember|believe|know)(?: that)? )?"
    r"(?:it|that|this|they|those|these|he|she|both|neither|which|(?:the|that|this"
    r"|your) (?:\w+ )?(?:one|movie|film|ones|movies|films|pick|acting|story|plot|trailer"
    r"|ending|cast|list|suggestions?|last))"
    r"(?: (?:really|just|also|all|both|always|kind of|definitely|certainly|still))*"
    r"(?:'s| is| was| were| are|isn't| wasn't| looks?| looked| sounds?| sounded| seems?"
    r"| seemed| felt| feels?)\b[^,;]*$"
)


def comments(spot: Spot) -> bool:
    """Whether the words say what some film was like ("that one was funny") and wish for nothing."""
    start = spot.match.start()
    text = spot.message.plain.text[max(0, start - 120) : start]
    return COMMENT.match(re.split(r"[.!?;\n]", text)[-1]) is not None


def apart(findings: Sequence[Finding]) -> list[Finding]:
    """Findings that don't overlap: the earlier start wins, then the longer."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def joined(
    findings: Sequence[Finding],
    message: Message,
    kind: type[L],
    both: Callable[[Sequence[L]], L | None],
) -> list[Finding]:
    """ "After 1980 but before 1995" as one limit: a later one of its kind would replace the first.

    ``both`` makes one limit of several of a ``kind``, or None when they don't go together.
    """
    parts = [
        (finding, edit, edit.limit)
        for finding in findings
        for edit in finding.edits
        if isinstance(edit, LimitEdit) and isinstance(edit.limit, kind)
    ]
    whole = both([limit for _, _, limit in parts]) if len(parts) > 1 else None
    if whole is None:
        return list(findings)
    first, last = parts[0], parts[-1]
    words = message.text[first[0].start : last[0].end]
    edit = LimitEdit(limit=whole, words=words, lasting=last[1].lasting)  # type: ignore[arg-type]
    return [_with(finding, kind, edit if finding is first[0] else None) for finding in findings]


def _with(finding: Finding, kind: type[BaseLimit], whole: LimitEdit | None) -> Finding:
    """A finding with its limits of a kind replaced."""
    others = tuple(
        edit
        for edit in finding.edits
        if not (isinstance(edit, LimitEdit) and isinstance(edit.limit, kind))
    )
    return replace(finding, edits=others if whole is None else (*others, whole))


def lifted(reader: Reader, kind: str, value: str, words: str) -> tuple[Edit, ...]:
    """What takes back an earlier limit on ``value``, if the profile holds one.

    "Horror is fine" wishes for nothing; it only lifts "no horror" when that was said.
    """
    for entry in reader.turn.profile.active:
        said = entry.content
        if isinstance(said, LimitEdit) and said.limit.limit == kind:
            refused = [*getattr(said.limit, "none_of", ()), str(getattr(said.limit, "axis", ""))]
            if kind in {"languages", "years", "runtime"} or value.lower() in map(
                str.lower, refused
            ):
                return (Forget(about=value, words=words, entry=entry.id),)
    return ()
