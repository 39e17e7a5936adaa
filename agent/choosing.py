"""Which of the offered items an answer picks out: by year, names, kind, place or age."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ..ingest.item import Item, fold
from ..ingest.language import LANGUAGES

ORDINALS = {
    "first": 1, "1st": 1, "1": 1, "second": 2, "2nd": 2, "2": 2, "third": 3, "3rd": 3, "3": 3,
    "fourth": 4, "4th": 4, "4": 4, "fifth": 5, "5th": 5, "5": 5, "sixth": 6, "6th": 6, "6": 6,
    "last": -1, "former": 1, "latter": -1,
}  # fmt: skip
SHORT = 6
"""An answer of so few words is nothing but an answer."""
_LONG = 16
_OLD = {"old", "older", "oldest", "original", "earlier", "earliest", "classic"}
_NEW = {"new", "newer", "newest", "remake", "latest", "recent", "later", "modern", "reboot"}
_ANY = re.compile(r"\b(either|any|whichever|no matter|matters?|don'?t (care|mind|know))\b")
_ALL = re.compile(r"\b(both|all( of them)?|every one)\b")
_NONE = re.compile(
    r"\W*(?:no+|nope|um+|oh|er|well|sorry|actually)?,?\s*(?:neither|none|not (?:any|one)|no)"
    r"(?: of (?:them|those|these))?(?: actually| really| sorry| thanks)?\W*"
)
_MANY = re.compile(r"\b(?:ones|films|movies|versions|parts)\b")
_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60,
    "seventies": 70, "eighties": 80, "nineties": 90,
}  # fmt: skip
_DECADE = re.compile(rf"\b(?:(?:19|20)?(?P<two>\d0)['’]?s|(?P<name>{'|'.join(_DECADES)}))\b")
_DRAWN = re.compile(r"\b(?:cartoon|animated|animation|drawn|anime|pixar|disney cartoon)\b")
_LIVE = re.compile(
    r"\b(?:live[- ]?action|real (?:people|actors|animals)|not (?:the )?(?:cartoon|animated))\b"
)
_LIFELIKE = re.compile(r"photoreal|live action|\bremake")
_COLOURLESS = re.compile(r"\b(?:black[- ](?:and|n|&)[- ]white|b ?& ?w|b/w|silent)\b")
_SPOKEN = {fold(name): code for code, name in LANGUAGES.items()} | {
    "american": "en", "british": "en", "chinese": "zh", "hollywood": "en",
}  # fmt: skip


def none_of_them(message: str) -> bool:
    """Whether an answer refuses all that was offered."""
    return _NONE.fullmatch(message.lower().strip()) is not None


def choose(message: str, items: Sequence[Item]) -> tuple[Item, ...]:
    """The items that an answer picks out of the choices, in their order; () when none."""
    words, lower = fold(message).split(), message.lower()
    if not words or len(words) > _LONG:
        return ()
    left = _by_facts(message, items)
    narrowed = len(left) < len(items)
    if len(left) == 1 or (narrowed and _MANY.search(lower)):
        return tuple(left)
    return _by_order(words, lower, left) if narrowed or len(words) <= SHORT else ()


def _by_order(words: Sequence[str], lower: str, items: Sequence[Item]) -> tuple[Item, ...]:
    """All of them, whichever, or the one of a place or an age."""
    if _ALL.search(lower):
        return tuple(items)
    if _ANY.search(lower):
        return (max(items, key=lambda item: (item.popularity, item.id)),)
    return _by_place(words, items) or _by_age(set(words), items)


def points_among(message: str, items: Sequence[Item]) -> bool:
    """Whether an answer narrows the choices, though not down to one."""
    return 1 < len(_by_facts(message, items)) < len(items)


def _by_facts(message: str, items: Sequence[Item]) -> list[Item]:
    """The items that fit every fact which the answer names and at least one of them has."""
    left = list(items)
    narrow: tuple[Callable[[str, Sequence[Item]], Iterable[Item]], ...] = (
        _by_year, _by_decade, _by_kind, _by_language, _by_name,
    )  # fmt: skip
    for fits in narrow:
        left = list(fits(message, left)) or left
    return left


def _by_year(message: str, items: Sequence[Item]) -> list[Item]:
    said = set(re.findall(r"\b(?:19|20)\d\d\b(?!['’]?s)", message))
    short = set(re.findall(r"(?:['’]|\bthe )(\d\d)\b", message))
    return [i for i in items if str(i.year) in said or str(i.year)[-2:] in short]


def _by_decade(message: str, items: Sequence[Item]) -> list[Item]:
    said = _DECADE.search(message.lower())
    if said is None:
        return []
    decade = int(said["two"]) if said["two"] else _DECADES[said["name"]]
    return [item for item in items if item.year and item.year % 100 // 10 * 10 == decade]


def _by_kind(message: str, items: Sequence[Item]) -> list[Item]:
    """Drawn or played, in colour or not."""
    lower = message.lower()
    drawn = [
        item for item in items if "animation" in map(fold, item.genres) and not _lifelike(item)
    ]
    if _LIVE.search(lower):
        return [item for item in items if item not in drawn]
    if _DRAWN.search(lower):
        return drawn
    grey = re.compile("black and white|silent")
    if _COLOURLESS.search(lower):
        return [item for item in items if any(grey.search(fold(tag)) for tag in item.tags)]
    return []


def _lifelike(item: Item) -> bool:
    """Whether nobody would call an animation a cartoon."""
    return any(_LIFELIKE.search(fold(tag)) for tag in item.tags)


def _by_language(message: str, items: Sequence[Item]) -> list[Item]:
    codes = {_SPOKEN[word] for word in fold(message).split() if word in _SPOKEN}
    return [item for item in items if item.language in codes]


def _by_name(message: str, items: Sequence[Item]) -> list[Item]:
    """By words of title or people that not all choices share; more shared words count more.

    "One" names a part only behind "part": "the new one" is no title.
    """
    lower = re.sub(r"(?<!part )(?<!vol )\bone\b", " ", message.lower())
    said = set(fold(re.sub(r"['’]s\b", "", lower)).split())
    owned = [
        {w for name in (i.title, *i.directors, *i.cast) for w in fold(name).split()} for i in items
    ]
    common = set.intersection(*owned) if owned else set()
    hits = [len({w for w in own - common if len(w) > 2} & said - set(ORDINALS)) for own in owned]
    best = max(hits, default=0)
    return [item for item, hit in zip(items, hits, strict=True) if best and hit == best]


def _by_place(words: Sequence[str], items: Sequence[Item]) -> tuple[Item, ...]:
    for word in words:
        place = ORDINALS.get(word)
        if place is not None and abs(place) <= len(items):
            return (items[place - 1 if place > 0 else place],)
    return ()


def _by_age(words: set[str], items: Sequence[Item]) -> tuple[Item, ...]:
    dated = sorted((item for item in items if item.year), key=lambda item: item.year or 0)
    if not dated:
        return ()
    if words & _OLD:
        return (dated[0],)
    return (dated[-1],) if words & _NEW else ()
