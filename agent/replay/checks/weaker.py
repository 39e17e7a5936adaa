"""What a later word may take from an earlier limit, and what must go on holding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ....ingest.item import fold
from ....ingest.limits import Limit
from ...edits import LimitEdit
from ...profile import Content, Entry, TasteProfile

_ENDS = {
    "years": ("earliest", "latest"),
    "runtime": ("shortest", "longest"),
    "axis": ("at_least", "at_most"),
}
_DEMANDS = ("all_of", "any_of")


def weakened(earlier: Entry, later: Entry, profile: TasteProfile) -> str:
    """What became of a limit that lost more to a later word than that word says.

    Names that the later word doesn't speak of stay ruled out; a demand stays until there is
    another one of its kind; of a limit with one end, that end stays where the later word only
    sets the other one and both can hold.
    """
    if not isinstance(earlier.content, LimitEdit):
        return ""
    old = earlier.content.limit
    held = [
        entry.content.limit
        for entry in profile.active
        if isinstance(entry.content, LimitEdit) and entry.content.limit.limit == old.limit
    ]
    lost = list(_lost(old, held, later.content))
    return f"no longer holds for {', '.join(lost)}, which nobody said" if lost else ""


def _lost(old: Limit, held: list[Limit], later: Content) -> Iterator[str]:
    spoken = _spoken(later)
    for name in getattr(old, "none_of", ()):
        if fold(str(name)) not in spoken and not _among(name, held, ("none_of",)):
            yield str(name)
    new = later.limit if isinstance(later, LimitEdit) else None
    same = new is not None and new.limit == old.limit
    if same and not any(getattr(new, field, ()) for field in _DEMANDS):
        for name in (n for field in _DEMANDS for n in getattr(old, field, ())):
            if fold(str(name)) not in spoken and not _among(name, held, _DEMANDS):
                yield str(name)
    if same and old.limit in _ENDS:
        yield from _lost_end(old, held, new)


def _spoken(later: Content) -> set[str]:
    """The names and words of a later word, folded."""
    texts = list(_texts(later.model_dump(mode="json")))
    return {fold(text) for text in texts} | set(fold(later.words).split())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
    elif value is not None:
        yield str(value)


def _among(name: Any, held: Iterable[Limit], fields: Iterable[str]) -> bool:
    names = {fold(str(n)) for limit in held for field in fields for n in getattr(limit, field, ())}
    return fold(str(name)) in names


def _lost_end(old: Limit, held: Iterable[Limit], new: Any) -> Iterator[str]:
    """The one end of a bound that gave way to a bound on the other side."""
    low, high = _ENDS[old.limit]
    ends = {end: getattr(old, end) for end in (low, high) if getattr(old, end) is not None}
    if len(ends) != 1:
        return
    ((end, value),) = ends.items()
    other = high if end == low else low
    bound = getattr(new, other)
    if getattr(new, end) is not None or bound is None:
        return
    both = value <= bound if end == low else bound <= value
    if both and not any(getattr(limit, end) is not None for limit in held):
        yield f"{end} {value}"
