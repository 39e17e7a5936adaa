"""Which films a word of feeling or likeness is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .cue import Cue
from .feelings import cues
from .scene import FILM, FILMS, LINK, MARK, Mention, Scene, clauses


@dataclass(frozen=True)
class Opinion:
    """A cue with the mentions it governs; ``start`` and ``end`` are places in the sketch."""

    cue: Cue
    mentions: tuple[Mention, ...]
    start: int
    end: int


def opinions(scene: Scene) -> list[Opinion]:
    """Cues of all kinds with their films."""
    found: list[Opinion] = []
    last: Cue | None = None
    sketch = scene.sketch
    spotted = [cue for cue in cues(sketch) if scene.free(cue.start, cue.end)]
    for start, end in clauses(sketch):
        here = [cue for cue in spotted if start <= cue.start < end or _closes(cue, end)]
        films = scene.inside(start, end)
        governed = list(_governed(scene, here, films, start, last))
        found.extend(governed)
        if here:
            last = here[-1]
    return found


def _closes(cue: Cue, end: int) -> bool:
    """Whether a cue reads the mark that ends a clause: "Drive? Loved it"."""
    return cue.start == end and cue.side == "before"


def _governed(
    scene: Scene, here: Sequence[Cue], films: Sequence[Mention], start: int, last: Cue | None
) -> Iterator[Opinion]:
    """Give each film of a clause to the cue right behind it, else to the nearest before it.

    A film before the clause's first cue continues the last cue of the clause before:
    "seen Elf already; Up too".
    """
    owned: dict[Cue, list[Mention]] = {}
    for film in films:
        owners = _owners(scene, film, here) or _continued(scene, film, start, last)
        for owner in owners:
            owned.setdefault(owner, []).append(film)
    for cue, mentions in owned.items():
        places = [scene.place(m) for m in mentions]
        first = min(p[0] for p in places)
        begin = min(first, cue.start) if start <= cue.start else first
        furthest = max(p[1] for p in places)
        finish = max(furthest, cue.end) if start <= cue.start else furthest
        yield Opinion(cue, tuple(mentions), begin, finish)


def _owners(scene: Scene, film: Mention, here: Sequence[Cue]) -> list[Cue]:
    start, end = scene.place(film)
    behind = [cue for cue in here if cue.side == "before" and _reaches(scene.sketch, end, cue)]
    ahead = [cue for cue in here if cue.side == "after" and cue.end <= start]
    nearest = [ahead[-1]] if ahead and not _cut_off(scene, ahead[-1].end, start) else []
    if (
        nearest
        and nearest[0].kind == "anchor"
        and len(ahead) > 1
        and _of_feeling(scene, *ahead[-2:])
    ):
        nearest = [ahead[-2]]
    if behind and nearest and _agree(nearest[0], behind[0]):
        return [*nearest, behind[0]]
    if behind and nearest and _refused_beside(scene.sketch, nearest[0], (start, end), behind[0]):
        return nearest
    return behind[:1] or nearest


def _refused_beside(sketch: str, refusal: Cue, film: tuple[int, int], other: Cue) -> bool:
    """Whether "not" stands at a film, and the cue behind is another's: "not that, these do"."""
    touches = not sketch[refusal.end : film[0]].strip()
    return touches and "not_tonight" in refusal.feelings and MARK in sketch[film[1] : other.start]


def _of_feeling(scene: Scene, first: Cue, second: Cue) -> bool:
    """Whether a feeling is about a side of a film: "loved" and "the plot of"."""
    between = scene.sketch[first.end : second.start].strip()
    aspect = re.search(r"\b(?:of|from|in)$", scene.sketch[second.start : second.end].strip())
    return (
        first.kind == "feeling" and aspect is not None and between in ("", "the", "how", "both the")
    )


def _agree(first: Cue, second: Cue) -> bool:
    """Whether two cues may both speak of a film: "rewatched … ten times", "saw … and loved it"."""
    kinds = {first.kind, second.kind}
    both = {*first.feelings, *second.feelings}
    return kinds == {"feeling"} and (
        "seen" in first.feelings or not both & {"disliked", "not_tonight", "interested"}
    )


def _reaches(sketch: str, end: int, cue: Cue) -> bool:
    """Whether only more films stand between the end of one and a cue behind it."""
    between = sketch[end : cue.start]
    return (
        cue.start >= end
        and re.fullmatch(rf"(?:{LINK}(?:{FILMS})?|\s*)?(?:{FILMS})?\s*", between) is not None
    )


_CUT = re.compile(
    r"\b(?:recommend|suggest|show me|give me|find|looking for|i want|i'd like|i need|can i"
    r"|have you|do you|is there|what|how|who|which|any(?:thing|one)?|something|tonight)\b"
)


def _cut_off(scene: Scene, start: int, end: int) -> bool:
    """Whether another request begins between a cue and a film."""
    return _CUT.search(scene.sketch, start, end) is not None


def _continued(scene: Scene, film: Mention, start: int, last: Cue | None) -> list[Cue]:
    place, end = scene.place(film)
    opens = re.fullmatch(
        rf"\s*(?:and|or|also|plus|then|so is|same (?:with|for|goes for)|as well as|{FILM}|[,;/&+]"
        r"|\s)*",
        scene.sketch[start:place],
    )
    if last is None or film.kind == "pronoun" or not opens or last.kind != "feeling":
        return []
    after = scene.sketch[end : end + 12]
    joined = re.match(r"\s+(?:too|as well|also|either)\b|\s*(?:,|and\b|$|\.|!)", after)
    return [last] if joined else []
