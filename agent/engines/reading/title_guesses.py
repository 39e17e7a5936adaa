"""Titles that the catalogue's index does not propose: misspelt ones and unknown ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....ingest.catalogue import Catalogue
from ....ingest.item import fold
from ....ingest.titles import TitleMatch
from ...edits import ItemRef
from .feelings import cues
from .remembered import remembered
from .scene import FILM, LINK, Mention, Scene
from .title_choice import YEAR_BEHIND, known
from .title_slots import LITTLE, written_plainly
from .words import ORDINARY

_QUOTED = re.compile(
    r"\"([^\"\n]{1,80})\"|(?<![\w'])'([A-Z0-9][^'\n]{1,60})'(?!\w)|(?<!\*)\*([^*\n]{1,80})\*"
    r"(?!\*)|(?<![\w_])_([^_\n]{1,80})_(?![\w_])"
)


_NOUN_PHRASE = re.compile(
    r"\s*:?\s+(?:(?:both|also|the (?:movie|film)|movies? like|films? like)\s+)?"
    r"(?P<name>[\w'&:.!-]+(?:\s+[\w'&:.!-]+){0,7}?)(?=\s*(?:$|[.,;!?()¤…]|\s(?:and|or|but"
    r"|because|so|with|when|where|though|again|too|as well|yesterday|last night|last week"
    r"|tonight|a lot|so much|very much|already|for|is|was|were|are|bored|sucked|without|only"
    r"|minus|in the|on the|if|since|by)\b))"
)


# --- names that the index did not propose ------------------------------------------------------


def quoted(scene: Scene) -> Iterator[Mention]:
    """Quoted names that are misspelt titles, or unknown ones where a title belongs."""
    for match in _QUOTED.finditer(scene.message.text):
        group = next(g for g in (1, 2, 3, 4) if match[g] is not None)
        span = match.span(group)
        name = match[group].strip()
        near = _near(scene, name)
        if near:
            yield known(scene, span, near, None)
        elif re.match(r"[A-Z0-9]", name) and len(name) > 1:
            yield Mention(*span, (ItemRef(title=name),), "unknown")


def guessed(scene: Scene, text: str) -> Iterator[Mention]:
    """Misspelt and unknown titles behind words that want a film ("loved Zorblax 9")."""
    people = scene.reader.catalogue.people
    for cue in cues(scene.sketch):
        wants = cue.side == "after" and cue.kind in ("feeling", "anchor")
        phrase = _next_phrase(scene.sketch, cue.end) if wants else None
        while phrase is not None:
            span = scene.outward(*phrase.span("name"))
            said = text[span[0] : span[1]]
            if re.match(r" ?¤", scene.sketch[phrase.end() :]) and said.lower().endswith(_OWNERS):
                break
            near = _near(scene, said) if _could_be_title(said) else []
            near = near or (
                _shortened(scene, said) if _PAST.search(scene.sketch, cue.start, cue.end) else []
            )
            if near:
                yield known(scene, span, near, None)
            elif _named_like_a_film(said, scene, cue.start, cue.end) and not people.find_person(
                said
            ):
                year = YEAR_BEHIND.match(text, span[1])
                end = year.end() if year else span[1]
                ref = ItemRef(title=said.rstrip(".,!? "), year=int(year.group(1)) if year else None)
                yield Mention(span[0], end, (ref,), "unknown")
            link = re.compile(LINK).match(scene.sketch, phrase.end("name"))
            phrase = _next_phrase(scene.sketch, link.end() - 1) if link else None


# "Coppola's ¤" names a person, not a film.
_OWNERS = ("'s", "s'")
_LISTED = re.compile(rf"\s+{FILM}{LINK}(?:{FILM}{LINK})*")


def _next_phrase(sketch: str, place: int) -> re.Match[str] | None:
    """The noun phrase at a place, or behind the films listed there."""
    listed = _LISTED.match(sketch, place)
    return _NOUN_PHRASE.match(sketch, listed.end() - 1 if listed else place)


def _could_be_title(said: str) -> bool:
    """Whether a phrase may be a misspelt title: long enough, with a word that is not everyday."""
    words = fold(said).split()
    return len("".join(words)) >= 5 and any(word not in ORDINARY for word in words)


_PAST = re.compile(
    r"(?:loved|liked|hated|enjoyed|adored|seen|saw|watched|disliked|loathed|despised|detested"
    r"|during|rewatched|caught|walked out|gave up|asleep in)\b"
)


_NOT_NAMES = re.compile(
    r"^(?:(?:i|we|you|he|she|they)(?:'\w+)?|the|a|an|it|this|that|these|those|my|your|everything|everyone|all|some"
    r"|most|many|anything|nothing|english|french|german|italian|spanish|japanese|korean"
    r"|chinese|indian|british|american|russian|swedish|danish|netflix|imax|tv|dvd|christmas"
    r"|halloween|easter|monday|tuesday|wednesday|thursday|friday|saturday|sunday|ok|god|lol"
    r"|omg)(?:\s+(?:\w+)?)?$",
    re.I,
)


def _named_like_a_film(said: str, scene: Scene, start: int, end: int) -> bool:
    """Whether a phrase that no title matches is written like a title where one belongs.

    Behind a past tense ("loved", "seen") one capital is enough; elsewhere ("like …") the
    phrase has to be all capitals or carry a number, for people love places and brands as well.
    """
    words = said.split()
    text = scene.message.text
    if not words or _NOT_NAMES.match(said) or not written_plainly(text):
        return False
    titled = [w for w in words if w[0].isupper() or w[0].isdigit()]
    if not words[0][0].isupper() or len(titled) * 2 < len(words):
        return False
    past = _PAST.search(scene.sketch, start, end) is not None
    long = len(words) > 2 and words[-1][0].isupper()
    return past or long or any(w[0].isdigit() for w in words[1:])


_MISSPELT = 78.0
"""Least `TitleMatch.score` of a misspelt title; lower ones only share some words."""


def _shortened(scene: Scene, said: str) -> list[TitleMatch]:
    """The one film whose title begins with these words or initials: "no country", "et"."""
    words = fold(said).split()
    start = " ".join(words[0]) if len(words) == 1 and len(said) <= 4 else " ".join(words)
    if len(start.split()) < 2 or (len(words) > 1 and set(words) <= LITTLE):
        return []
    begun = remembered(scene.reader.catalogue, _by_opening).get(start, ())
    return scene.reader.catalogue.titles.find(begun[0]) if len(begun) == 1 else []


def _by_opening(catalogue: Catalogue) -> dict[str, list[str]]:
    """Titles by their first two words and more, without the last ones, folded."""
    found: dict[str, list[str]] = {}
    for title in catalogue.titles.titles():
        words = fold(title).split()
        words = words[1:] if words[:1] == ["the"] else words
        for length in range(2, min(len(words), 5)):
            found.setdefault(" ".join(words[:length]), []).append(title)
    return found


def _near(scene: Scene, name: str) -> list[TitleMatch]:
    """Titles that a name may be, spelt right or wrong; only the best and its equals."""
    near = [m for m in scene.reader.catalogue.titles.find(name) if m.exact or m.score > _MISSPELT]
    best = [match for match in near if match.exact] or near
    return [match for match in best if match.score >= best[0].score - 0.5]
