"""Which of several films a title means: by year, by the words beside it, by what was shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ....ingest.item import Item, fold
from ....ingest.titles import TitleMatch
from ...edits import ItemRef
from .scene import Mention, Scene

YEAR_BEHIND = re.compile(
    r"\s*[,(]?\s*(?:from |of |the )?((?:18|19|20)\d\d)(?: (?:one|version|film|movie|remake"
    r"|original|adaptation))?\b\)?"
)


_YEAR_AHEAD = re.compile(r"\b((?:18|19|20)\d\d) (?:version of |film )?$")


_ERA = re.compile(
    r"\b(?:(?P<new>new|newer|newest|latest|recent|remake of(?: the)?|remade|modern|reboot of"
    r"(?: the)?)|(?P<old>old|older|original|first|classic)|(?P<drawn>animated|cartoon|drawn)|"
    r"(?P<live>live[- ]action))(?: one| version of| film| movie)?\s*$"
)


_BEHIND = re.compile(
    r"^\s*,?\s*(?:the )?\(?(?:(?P<new>new|newer|newest|latest|recent|remake)|(?P<old>old|older"
    r"|original|first)|(?P<drawn>animated|cartoon)|(?P<live>live[- ]action))\)? ?(?:one"
    r"|version|film|movie|cartoon)?\)?(?=\s*(?:$|[.,!?)]))"
)


def known(
    scene: Scene, span: tuple[int, int], matches: Sequence[TitleMatch], year: int | None
) -> Mention:
    """A mention of films of the catalogue: narrowed by year, era, people and the lists shown."""
    text = scene.message.text
    start, end = span
    behind = YEAR_BEHIND.match(text, end)
    if behind and (year is not None or _year_of(matches, int(behind.group(1)))):
        end, year = behind.end(), year or int(behind.group(1))
    ahead = _YEAR_AHEAD.search(text[:start].lower())
    if year is None and ahead and _year_of(matches, int(ahead.group(1))):
        start, year = ahead.start(), int(ahead.group(1))
    if year is not None:
        chosen = [m for m in matches if m.year is not None and abs(m.year - year) <= 1]
    else:
        items = scene.reader.catalogue.get(match.id for match in matches)
        known = [items[m.id] for m in matches if m.id in items]
        (start, end), chosen = _settled(scene, (start, end), known, matches)
    return _refer(scene, (start, end), chosen or list(matches), year)


def _refer(
    scene: Scene, span: tuple[int, int], matches: Sequence[TitleMatch], year: int | None
) -> Mention:
    said = scene.message.text[span[0] : span[1]].strip()
    ids = tuple(match.id for match in matches)
    titles = {match.title for match in matches}
    if len(matches) == 1:
        known = matches[0]
        ref = ItemRef(title=known.title, year=known.year)
    elif len(titles) == 1:
        ref = ItemRef(title=matches[0].title, year=year)
    else:
        ref = ItemRef(title=said, year=year)
    return Mention(*span, (ref,), "title", ids)


def _year_of(matches: Sequence[TitleMatch], year: int) -> bool:
    return any(match.year is not None and abs(match.year - year) <= 1 for match in matches)


def _settled(
    scene: Scene, span: tuple[int, int], items: Sequence[Item], matches: Sequence[TitleMatch]
) -> tuple[tuple[int, int], list[TitleMatch]]:
    """The matches that the words around a title leave, and the span with those words.

    All matches stay when nothing decides.
    """
    if len(matches) < 2:
        return _possessed(scene, span, items), list(matches)
    span, fits = _by_era(scene, span, items)
    if not fits:
        span, fits = _by_people(scene, span, items)
    shown = {id_ for ids in scene.reader.turn.shown for id_ in ids}
    kept = {item.id for item in fits or [item for item in items if item.id in shown]}
    return span, [match for match in matches if match.id in kept] or list(matches)


def _by_era(
    scene: Scene, span: tuple[int, int], items: Sequence[Item]
) -> tuple[tuple[int, int], list[Item]]:
    """The items of the era or kind that is named beside a title: "the new …", "… (the cartoon)"."""
    text = scene.message.text.lower()
    ahead, behind = _ERA.search(text[: span[0]]), _BEHIND.match(text[span[1] :])
    said = ahead or behind
    dated = sorted((item for item in items if item.year), key=lambda item: item.year or 0)
    if said is None or not dated:
        return span, []
    start = ahead.start() if ahead else span[0]
    end = span[1] + behind.end() if behind and not ahead else span[1]
    return (start, end), _of_era(said, items, dated)


def _of_era(said: re.Match[str], items: Sequence[Item], dated: list[Item]) -> list[Item]:
    if said["new"]:
        return dated[-1:]
    if said["old"]:
        return dated[:1]
    drawn = [item for item in items if "Animation" in item.genres]
    return drawn if said["drawn"] else [item for item in items if item not in drawn]


def _by_people(
    scene: Scene, span: tuple[int, int], items: Sequence[Item]
) -> tuple[tuple[int, int], list[Item]]:
    """The items whose director or actors are named beside a title: "Lynch's …", "… by Lynch"."""
    people = {
        item.id: {fold(name).split()[-1] for name in (*item.directors, *item.cast) if fold(name)}
        for item in items
    }
    for start, end, words in _beside(scene.message.text, span):
        named = {w for word in words for w in (word, word.removesuffix("s"))}
        fits = [item for item in items if people[item.id] & named]
        if fits:
            return (start, end), fits
    return span, []


_OWNER = re.compile(r"(?:[A-Z][\w-]+ )?([\w-]+)'s? $")


def _possessed(scene: Scene, span: tuple[int, int], items: Sequence[Item]) -> tuple[int, int]:
    """The span with the maker or actor whose film it is called: "Mann's Heat"."""
    owner = _OWNER.search(scene.message.text[: span[0]])
    said = {fold(owner[1]), fold(owner[1]).removesuffix("s")} if owner else set()
    people = {fold(name).split()[-1] for i in items for name in (*i.directors, *i.cast)}
    return (owner.start(), span[1]) if owner and said & people else span


_BY = re.compile(
    r"\s*,?\s*\(?(?:by|from|with|directed by|starring|of)\s+([\w'-]+(?: [\w'-]+){0,2})\)?"
)


_WHOSE = re.compile(r"((?:[\w-]+ ){0,2}[\w-]+)(?:'s?|’s?)? $")


def _beside(text: str, span: tuple[int, int]) -> Iterator[tuple[int, int, list[str]]]:
    """Spans of the title with the words behind "by" or the possessor in front, and those words."""
    behind, ahead = _BY.match(text, span[1]), _WHOSE.search(text[: span[0]])
    if behind:
        words = behind.group(1).split()
        for count in range(len(words), 0, -1):
            end = behind.start(1) + len(" ".join(words[:count]))
            yield span[0], end, [fold(words[count - 1])]
    if ahead:
        last = re.search(r"(?:[A-Z][\w-]+ )?[\w'’-]+ $", text[: span[0]])
        yield (last.start() if last else span[0]), span[1], [fold(ahead.group(1).split()[-1])]
