"""Taking back what was said of a film: "forget that I loved Heat", "I haven't seen Alien"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...edits import Anchor, Attitude, Feeling, Forget, ItemRef
from ...profile import Entry
from .message import Finding
from .scene import FILMS, Scene

_SAID = (
    r"(?:(?:that|what|when|how|if) )?(?:(?:i|we)(?:'ve|'d| have| had)? (?:just |ever |once "
    r"|really |actually |already )*)(?:(?:said|told you|mentioned|wanted)(?: about| that)? )?"
    r"(?:(?:i|we)(?:'ve|'d| have| had)? (?:just |ever |once |really |actually |already )*)?"
    r"(?:(?P<feeling>loved?|liked?|adored?|enjoyed?|hated?|disliked?|seen|saw|watched|wanted)"
    r" )?(?:something |anything |films? |movies? |more )?(?:like )?"
)
# "The list" may be marked: it can mean all films shown.
_FROM = (
    r"(?:from|off|out of) (?:(?:the|my|your)(?: list of)?|¤++ of)"
    r" (?P<list>[\w' ]{2,24}?)(?: list)?"
)
_RULES = (
    re.compile(
        r"\b(?:forget|take back|never ?mind|ignore|disregard|scrap|delete|cancel|undo|retract"
        rf"|remove|drop)(?: about)? (?:{_SAID})?(?P<films>{FILMS})(?:'s)?"
        r"(?! (?:and|but) (?:give|show|find|recommend))"
        rf"(?: {_FROM})?"
        r"(?=\s*(?:$|[.,!?;]|please\b|and\b|but\b|then\b|again\b|after all\b))"
    ),
    re.compile(
        rf"\btake (?P<films>{FILMS}) (?:back|{_FROM})(?=\s*(?:$|[.,!?;]|please\b|and\b|but\b))"
    ),
    re.compile(
        r"\b(?:i|we)(?:'ve| have)? (?:actually |really |in fact |honestly )*(?:(?:never|not)"
        r"(?: actually| really| ever| even)*|haven't|havent|didn't|didnt)(?: actually| really"
        r"| ever| even)* (?P<feeling>seen|saw|see|watched|watch|love|like|hate)"
        rf" (?P<films>{FILMS})"
    ),
)
"""A word that takes back, the films, and perhaps how they were spoken of or where they stand."""

_FEELINGS: dict[str, frozenset[Feeling]] = {
    "lov": frozenset({"loved", "liked"}),
    "lik": frozenset({"loved", "liked"}),
    "ado": frozenset({"loved", "liked"}),
    "enj": frozenset({"loved", "liked"}),
    "fav": frozenset({"loved", "liked"}),
    "hat": frozenset({"disliked"}),
    "dis": frozenset({"disliked"}),
    "see": frozenset({"seen"}),
    "saw": frozenset({"seen"}),
    "wat": frozenset({"seen", "interested"}),
}
"""What was said of a film, by the first letters of how it is called back."""


def taken_back(scene: Scene) -> list[Finding]:
    """Forgets what the profile holds of the films named; nothing where it holds nothing."""
    return [finding for rule in _RULES for finding in _by(scene, rule)]


def _by(scene: Scene, rule: re.Pattern[str]) -> Iterator[Finding]:
    for match in rule.finditer(scene.sketch):
        said = match.groupdict()
        meant = _meant(f"{said.get('feeling') or ''} {said.get('list') or ''}")
        entries = [
            entry
            for ref_ids in _ids(scene, *match.span("films"))
            for entry in _about(scene.reader.turn.profile.active, ref_ids, meant)
        ]
        if entries and scene.free(*match.span()):
            words = scene.said(*match.span())
            edits = tuple(Forget(words=words, entry=entry.id) for entry in entries)
            yield Finding(*scene.outward(*match.span()), edits=edits, intents=("undo",))


def _meant(words: str) -> frozenset[Feeling]:
    """The feelings that words speak of; none where they leave it open."""
    return frozenset().union(*(_FEELINGS.get(word[:3], frozenset()) for word in words.split()))


def _ids(scene: Scene, start: int, end: int) -> Iterator[frozenset[str]]:
    for mention in scene.inside(start, end):
        if mention.ids:
            yield frozenset(mention.ids)
        else:
            yield frozenset(filter(None, (_shown(scene, ref) for ref in mention.refs)))


def _shown(scene: Scene, ref: ItemRef) -> str | None:
    """The film that a place in the last list means."""
    place = ref.position or 0
    fits = 0 < abs(place) <= len(scene.shown)
    return scene.shown[place - 1 if place > 0 else place] if fits else ref.id


def _about(entries: Sequence[Entry], ids: frozenset[str], meant: frozenset[Feeling]) -> list[Entry]:
    """The entries about one of some films, by what is meant of them."""
    found = []
    for entry in entries:
        said = entry.content
        if isinstance(said, Attitude):
            fits = said.item.id in ids and (not meant or said.feeling in meant)
        else:
            anchored = isinstance(said, Anchor) and not meant
            fits = anchored and bool(ids & {part.item.id for part in said.parts})  # type: ignore[union-attr]
        if fits:
            found.append(entry)
    return found
