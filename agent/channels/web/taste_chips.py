"""What was understood, as chips: each can be taken back, and says which words caused it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...edits import Anchor, Attitude, History, LimitEdit, Nudge, Weigh, Wish
from ...profile import Content, Entry, TasteProfile
from ...sentences import evidence, named, said_where, sentence
from .plain import plain
from .taste_words import capitalised

_LONGEST_WORDS = 240

NOTHING_YET = (
    '<p class="mr-dim">Tell me what you feel like, or a film you loved. What I understand will'
    " stand here, each with the words that it came from, and you can take any of it back.</p>"
)


def _feeling(feeling: str) -> Callable[[Content], bool]:
    return lambda said: isinstance(said, Attitude) and said.feeling == feeling


_GROUPS: dict[str, Callable[[Content], bool]] = {
    "Loved": _feeling("loved"),
    "Liked": _feeling("liked"),
    "Not for you": _feeling("disliked"),
    "Seen": _feeling("seen"),
    "Curious about": _feeling("interested"),
    "Not tonight": _feeling("not_tonight"),
    "Tonight": lambda said: (
        isinstance(said, Anchor | Nudge) or (isinstance(said, Wish) and not said.lasting)
    ),
    "Limits": lambda said: isinstance(said, LimitEdit),
    "Lasting taste": lambda said: isinstance(said, Wish) and said.lasting,
    "From elsewhere": lambda said: isinstance(said, History),
    "What counts": lambda said: isinstance(said, Weigh),
}
"""Headings, and what stands below them; every entry belongs to exactly one."""

_PARTS = {"mood": "its mood", "audience": "who it's for", "plot": "its story"}


def chips_html(profile: TasteProfile) -> str:
    """All that counts of a profile in groups; a friendly sentence where there is nothing."""
    groups = "".join(
        _group(name, [entry for entry in profile.active if belongs(entry.content)])
        for name, belongs in _GROUPS.items()
    )
    return f'<div class="mr-taste">{groups or NOTHING_YET}</div>'


def group_of(said: Content) -> str:
    """The heading that an entry stands below."""
    return next(name for name, belongs in _GROUPS.items() if belongs(said))


def _group(name: str, entries: Sequence[Entry]) -> str:
    if not entries:
        return ""
    chips = "".join(_chip(entry) for entry in entries)
    return f'<h2>{plain(name)}</h2><ul class="mr-chips" aria-label="{plain(name)}">{chips}</ul>'


def _chip(entry: Entry) -> str:
    name, tip = plain(entry.id), f"mr-tip-{plain(entry.id)}"
    unwanted = " mr-avoided" if _unwanted(entry.content) else ""
    return (
        f'<li class="mr-chip{unwanted}">'
        f'<span class="mr-said" tabindex="-1"><bdi>{plain(said_of(entry))}</bdi></span>'
        f'<button type="button" data-to="taste" data-act="remove" data-id="{name}"'
        f' aria-label="Forget: {plain(sentence(entry))}" aria-describedby="{tip}">×</button>'
        f'<span class="mr-tip" role="tooltip" id="{tip}">{plain(_because(entry))}</span></li>'
    )


def said_of(entry: Entry) -> str:
    """An entry below its heading: the film alone, the wish alone, the limit alone."""
    said = entry.content
    if isinstance(said, Attitude):
        part = _PARTS.get(said.dimension)
        return f"{named(said.item)}: {part}" if part else named(said.item)
    if isinstance(said, Wish):
        return f"not {said.text}" if said.avoid else capitalised(said.text)
    return sentence(entry).removesuffix(".")


def _unwanted(said: Content) -> bool:
    if isinstance(said, LimitEdit):
        return bool(getattr(said.limit, "none_of", ()))
    return isinstance(said, Wish) and said.avoid


def _because(entry: Entry) -> str:
    """Where an entry comes from: ``From “nothing scary”, turn 2``."""
    text = evidence(entry)
    if len(text) > _LONGEST_WORDS:
        text = f"{text[:_LONGEST_WORDS]} …”, {said_where(entry)}"
    return f"From {text}"
