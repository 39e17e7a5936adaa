"""Which words of a message are titles of films.

The catalogue's index proposes every place where a title may stand; this module decides. A title
counts when it is written like one (quoted, capitalised, with its year, made of uncommon words)
or stands where a title belongs: after "loved", "seen", "something like", before "was great".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ....ingest.item import fold
from ....ingest.language import LANGUAGES
from ....ingest.titles import Mention as Candidate
from .places import NUMBERS
from .scene import Mention, Scene
from .title_choice import known
from .title_guesses import guessed, quoted
from .title_slots import LITTLE, in_place, written_plainly
from .words import words_of

_ADJECTIVES = frozenset({"i", *(fold(name) for name in LANGUAGES.values())}) | words_of(
    "american british scottish australian mexican brazilian indian chinese scandinavian nordic"
)


@dataclass(frozen=True)
class Spot:
    """A candidate with how sure it is to be a title before its place is looked at."""

    candidate: Candidate
    strong: bool


def titles(scene: Scene) -> list[Mention]:
    """Mark the titles in a message: sure ones first, then those that stand in a title's place."""
    text = scene.message.text
    spots = _spots(scene)
    sure = [spot for spot in spots if spot.strong]
    scene.add([_mention(scene, spot.candidate) for spot in sure])
    for spot in spots:
        if not spot.strong and in_place(scene, spot.candidate):
            scene.add([_mention(scene, spot.candidate)])
    scene.add([m for m in quoted(scene) if _apart(m.start, m.end, scene.mentions)])
    for mention in [*guessed(scene, text)]:
        if _apart(mention.start, mention.end, scene.mentions):
            scene.add([mention])
    return scene.mentions


def _apart(start: int, end: int, others: Iterable[Mention]) -> bool:
    return all(end <= other.start or other.end <= start for other in others)


# --- candidates -------------------------------------------------------------------------------


def _spots(scene: Scene) -> list[Spot]:
    text, catalogue = scene.message.text, scene.reader.catalogue
    named = [m for m in catalogue.people.person_mentions(text) if m.full or m.capitalised]
    plainly = written_plainly(text)
    spots = []
    for candidate in catalogue.titles.mentions(text):
        if any(
            n.start <= candidate.start and candidate.end <= n.end
            and n.end - n.start > candidate.end - candidate.start
            for n in named
        ):  # fmt: skip
            continue
        spots.append(Spot(candidate, _strong(scene, candidate, plainly)))
    return spots


def _strong(scene: Scene, candidate: Candidate, plainly: bool) -> bool:
    folded = fold(candidate.text)
    if candidate.quoted or candidate.year is not None or _is_all(scene, candidate):
        return True
    if _stands_alone(scene, candidate):
        return folded not in LITTLE and (
            candidate.capitalised or not candidate.common or _opens_capital(candidate)
        )
    if _named_alone(scene.message.text, candidate) and folded not in LITTLE:
        return True
    if _refused_word(scene.message.text, candidate):
        return False
    if candidate.capitalised and plainly:
        return not (candidate.common and _in_longer_name(scene.message.text, candidate))
    return not candidate.common and (candidate.whole or candidate.capitalised)


# Titles that are also complete messages of other kinds.
_TALK = words_of("""
    nope no yes old unknown contact x m i saw big me you more again here there help now then next
    both none all any some stop wow what who why how
""")


def _is_all(scene: Scene, candidate: Candidate) -> bool:
    """Whether a message is a title and nothing else, with no question for it to answer."""
    folded = fold(candidate.text)
    said = fold(scene.message.text)
    if _goes_on(scene):
        said = _JOINED.sub("", said)
    if said != folded or scene.reader.turn.question or folded in _TALK:
        return False
    points = folded.isdigit() or folded in NUMBERS or folded in _POINTING
    return not (scene.shown and points)


# Titles that point at a list where there is one.
_POINTING = frozenset({"the others", "the last one", "the first", "the last"})
_JOINED = re.compile(r"^(?:(?:oh|ah|ok|um|yeah|yes|and|also|plus) )+| (?:too|also|as well|again)$")


def _goes_on(scene: Scene) -> bool:
    """Whether the message before this one spoke of films, so that "and …" adds to them."""
    turn = scene.reader.turn
    last = [e.content.edit for e in turn.profile.active if e.turn == turn.number - 1]
    return bool(last) and last[-1] in ("attitude", "anchor")


def _opens_capital(candidate: Candidate) -> bool:
    return candidate.text[:1].isupper() or candidate.text[:1].isdigit()


def _stands_alone(scene: Scene, candidate: Candidate) -> bool:
    """Whether a message consists of the title only."""
    text = scene.message.text
    rest = (text[: candidate.start] + " " + text[candidate.end :]).lower()
    return not re.sub(
        r"\b(?:please|maybe|the|a|movie|film|um+|hmm+|well|ok|yes|thanks)\b|[\W_]+", "", rest
    )


def _named_alone(text: str, candidate: Candidate) -> bool:
    """Whether a sentence only names a film to speak of it next: "Drive? Loved it."."""
    before, after = text[: candidate.start].rstrip(), text[candidate.end :]
    opens = not before or before[-1] in ".!?\n"
    return opens and candidate.text[:1].isupper() and _SPEAKS_ON.match(after) is not None


def _refused_word(text: str, candidate: Candidate) -> bool:
    """Whether one lower-case word behind "no" is a thing and not a film: "no crash, please"."""
    single = candidate.text.isalpha() and candidate.text.islower()
    return (
        single and re.search(r"\b(?:no|any|without)\s+$", text[: candidate.start], re.I) is not None
    )


_SPEAKS_ON = re.compile(
    r"\s*[?:] *\w|,?\s+(?:but|only|except|without|minus|just)\s+(?:as|with|in|for|a|an|the|not|less"
    r"|more|without|\w+er)\b"
)


def _in_longer_name(text: str, candidate: Candidate) -> bool:
    """Whether capitals around a one-word title make it a part of another name ("Big Mac")."""
    before = re.search(r"([A-Z][\w']*)[ -]$", text[: candidate.start])
    after = re.match(r"[ -]([A-Z][\w']*)", text[candidate.end :])
    opens = before is not None and not text[: before.start()].strip()
    named = before is not None and not opens and before.group(1).casefold() not in _ADJECTIVES
    return after is not None or named


# --- from candidates to references ------------------------------------------------------------


def _mention(scene: Scene, candidate: Candidate) -> Mention:
    exact = [match for match in candidate.matches if match.exact]
    matches = exact or list(candidate.matches)
    top = [match for match in matches if match.score >= matches[0].score - 0.5]
    return known(scene, (candidate.start, candidate.end), top, candidate.year)
