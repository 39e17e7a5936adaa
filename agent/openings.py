"""The short sentence that begins an answer and shows what was understood."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from ..ingest.limits import AxisBound, Genres, People
from .edits import Anchor, Attitude, LimitEdit, Nudge, Wish
from .profile import Difference, Entry
from .sentences import comparative, named, news, sentence

_LOW = re.compile(
    r"\b(sad|down|blue|low|lonely|depressed|dumped|heartbr\w+|griev\w*|cry\w*|rough|awful"
    r"|terrible|horrible|miserable|exhausted|stressed|anxious|burnt? out|broke up|lost my)\b",
    re.IGNORECASE,
)
_GENTLE = (
    "Sorry it's been like that.",
    "That sounds like a hard one.",
    "Sorry to hear it.",
)
_LEADS = (
    "{}. These fit:",
    "{}, then:",
    "{}. I'd start here:",
    "{}. Try these:",
)
_MORE = ("Others in the same vein:", "A fresh set:", "Different ones, same brief:")
_PLAIN = ("Here's where I'd start:", "A mixed handful to begin with:", "Some that rarely miss:")

_FELT = {
    "loved": "going by {}",
    "liked": "going by {}",
    "interested": "{} kept in mind",
    "disliked": "away from {}",
    "seen": "{} off the list",
    "not_tonight": "without {}",
}
_WEAKER = ("seen", "not_tonight", "interested")
"""Feelings that go without saying where another was said of the same item."""


@dataclass(frozen=True)
class Said:
    """What an opening is made from: the message, what it changed, and the turn."""

    message: str
    change: Difference
    turn: int
    first: bool


def opening(said: Said, count: int, *, more: bool = False) -> str:
    """One sentence before a list of ``count`` picks; the same turn always opens the same way.

    ``more`` says that another sentence comes between this one and the list.
    """
    kind = _GENTLE if _feels_low(said) else ()
    core = _core(said.change)
    if core:
        lead = f"{core}." if more else _pick(_LEADS, said).format(core)
    elif more:
        lead = ""
    else:
        lead = _pick(_PLAIN if said.first else _MORE, said)
    if count == 1:
        lead = lead.replace("These fit", "This fits").replace("Try these", "Try this")
        lead = lead.replace("Others in", "Another in").replace("ones, same", "one, same")
    return " ".join(part for part in (_pick(kind, said) if kind else "", lead) if part)


def _pick(options: Sequence[str], said: Said) -> str:
    seed = zlib.crc32(said.message.strip().lower().encode("utf-8", "replace"))
    return options[(seed + said.turn) % len(options)]


def _feels_low(said: Said) -> bool:
    wishes = [e.content for e in said.change.added if isinstance(e.content, Wish)]
    helped = [wish for wish in wishes if not wish.avoid and "funny" not in wish.moods[:1]]
    return any(_LOW.search(wish.words) for wish in helped) and bool(
        re.search(r"\b(i|i'm|im|i've|my|me|we|feeling|feel|day|week)\b", said.message.lower())
    )


def _core(change: Difference) -> str:
    """The news of this turn in a few words, most telling first, three at most."""
    fresh = _once_each(news(change))
    compared = _like_but(fresh)
    parts = [
        *([compared] if compared else _of(fresh, Anchor)),
        *_wishes(fresh),
        *([] if compared else _of(fresh, Nudge)),
        *_of(fresh, LimitEdit),
        *_attitudes(fresh),
    ]
    parts += [f"back to {_bare(entry)}" for entry in change.restored]
    parts += [_lifted(entry) for entry in change.dropped if not change.added]
    text = ", ".join(dict.fromkeys(parts[:3]))
    return f"{text[:1].upper()}{text[1:]}"


def _like_but(entries: Sequence[Entry]) -> str:
    """ "Like Heat, but funnier and shorter", where one message said it all."""
    anchors = _of(entries, Anchor)
    nudges = [e.content for e in entries if isinstance(e.content, Nudge)]
    if len(anchors) != 1 or not nudges:
        return ""
    return f"{anchors[0]}, but {_and([comparative(nudge).lower() for nudge in nudges])}"


def _once_each(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without those that say the same words another way."""
    words: dict[tuple[str, str | None], Entry] = {}
    for entry in entries:
        said = entry.content
        about = said.item.id if isinstance(said, Attitude) else None
        words.setdefault((said.words.lower() or entry.id, about), entry)
    return list(words.values())


def _bare(entry: Entry) -> str:
    text = sentence(entry).rstrip(".").removeprefix("Tonight: ").removesuffix(" than last time")
    return f"{text[:1].lower()}{text[1:]}"


def _of(entries: Sequence[Entry], kind: type[Anchor] | type[Nudge] | type[LimitEdit]) -> list[str]:
    return [_bare(entry) for entry in entries if isinstance(entry.content, kind)]


def _wishes(entries: Sequence[Entry]) -> list[str]:
    wishes = [e.content for e in entries if isinstance(e.content, Wish)]
    wanted = [wish.text for wish in _distinct(wishes) if not wish.avoid and len(wish.text) <= 60]
    unwanted = [f"not {wish.text}" for wish in wishes if wish.avoid and len(wish.text) <= 60]
    return [*([_and(wanted[:3])] if wanted else []), *unwanted]


def _distinct(wishes: Sequence[Wish]) -> list[Wish]:
    """The wishes without moods that an earlier one asked for already."""
    kept: list[Wish] = []
    for wish in wishes:
        moods = set(wish.moods)
        if not (moods and any(moods <= set(other.moods) for other in kept)):
            kept.append(wish)
    return kept


def _attitudes(entries: Sequence[Entry]) -> list[str]:
    said = [e.content for e in entries if isinstance(e.content, Attitude)]
    phrases: dict[str, list[str]] = {}
    told: set[str] = set()
    for each in sorted(said, key=lambda each: each.feeling in _WEAKER):
        name = named(each.item)
        if name not in told or each.feeling not in _WEAKER:
            phrases.setdefault(_FELT[each.feeling], []).append(name)
        told.add(name)
    return [phrase.format(_and(names)) for phrase, names in phrases.items()]


def _and(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _lifted(entry: Entry) -> str:
    """What an entry that no longer counts lets back in."""
    limit = getattr(entry.content, "limit", None)
    if isinstance(limit, Genres) and limit.none_of:
        return f"{_and(limit.none_of).lower()} back in"
    if isinstance(limit, People) and limit.none_of:
        return f"{_and(limit.none_of)} back in"
    if isinstance(limit, AxisBound) and limit.at_most is not None:
        return f"{limit.axis} back in"
    if limit is not None:
        return f"no longer {_bare(entry)}"
    return "that's taken back"
