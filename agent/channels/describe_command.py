"""`moodreel describe`: what something is like, whom it would suit, and keeping it as an item."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UsageError
from .output import as_json, say, tell

if TYPE_CHECKING:
    from ...ingest.item import Item
    from ...tools.describe import Descriptors
    from ..cold_start import Listener
    from ..companion import MovieAgent
    from ..engines.base import Content
    from ..newcomers import Description

_UNTITLED = "This"


@dataclass(frozen=True)
class Asked:
    """What `moodreel describe` is asked for; ``who`` asks whom it would suit.

    ``kind`` is ``trailer`` where the text is captions of one; ``shots`` examples are shown then.
    """

    files: Sequence[Path]
    json: bool = False
    add: bool = False
    title: str | None = None
    who: bool = False
    kind: str | None = None
    year: int | None = None
    shots: int = 0

    @property
    def name(self) -> str:
        """What it is called: the given title, else the name of the first file."""
        named = (file.stem for file in self.files if str(file) != "-")
        return (self.title or next(named, "")).strip()


@dataclass(frozen=True)
class Found:
    """What came of it: the description, the item that was kept, what is near, whom it suits."""

    description: Description
    added: Item | None
    near: Mapping[str, Item]
    who: Sequence[Listener]


def describe(asked: Asked) -> None:
    """Describe a text or pictures by the engine of the settings; on request keep it as an item.

    Raises:
        UsageError: a file is neither text nor picture.
        EngineError: there are only pictures, and no model that sees.
    """
    from .content import read_content  # noqa: PLC0415

    content = _content(read_content(asked.files, empty=asked.kind is not None), asked)
    if asked.add and not asked.name:
        raise UsageError("What comes from stdin has no name; give one with --title.")
    asyncio.run(_describe(content, asked))


def _content(content: Content, asked: Asked) -> Content:
    from ..engines.base import Trailer  # noqa: PLC0415

    if asked.kind is None and asked.shots:
        raise UsageError("Examples are shown for a trailer only; add --as trailer to --shots.")
    if asked.kind is None:
        return content
    if content.pictures:
        raise UsageError("A trailer is described by its captions; give a text or subtitle file.")
    return replace(content, trailer=Trailer(asked.title or "", asked.year, asked.shots))


async def _describe(content: Content, asked: Asked) -> None:
    from .content import describable, unseen  # noqa: PLC0415
    from .opening import open_companion  # noqa: PLC0415

    agent = await open_companion()
    try:
        describable(content, agent)
        found = await _found(agent, content, asked)
        for notice in [*found.description.notices, *unseen(content, found.description)]:
            tell(notice)
        _print_json(found, asked) if asked.json else _print_tables(found, asked)
    finally:
        await agent.close()


async def _found(agent: MovieAgent, content: Content, asked: Asked) -> Found:
    from .content import added_item, reading_parts  # noqa: PLC0415

    description = await agent.describe(content, reading_parts)
    item = added_item(content, description.descriptors, asked.name or _UNTITLED, asked.year)
    if asked.add:
        await asyncio.to_thread(agent.catalogue.upsert, [item])
    near = agent.catalogue.get(description.descriptors.similar)
    who = await agent.who_would_like(item) if asked.who else []
    return Found(description, item if asked.add else None, near, who)


def _print_json(found: Found, asked: Asked) -> None:
    described = found.description.descriptors.model_dump(mode="json")
    said = {"engine": found.description.engine, "notices": list(found.description.notices)}
    kept = {"added": _identity(found.added)} if found.added else {}
    who = {"who": [_listener(each) for each in found.who]} if asked.who else {}
    say(as_json({**described, **said, **kept, **who}))


def _identity(item: Item) -> dict[str, Any]:
    return {"id": item.id, "title": item.title, "year": item.year}


def _listener(each: Listener) -> dict[str, Any]:
    fit = each.fit
    return {
        "conversation": each.conversation,
        "title": each.title,
        "ahead_of": round(fit.ahead_of, 3),
        "scores": fit.scores.model_dump() if fit.scores else None,
        "breaks": list(fit.breaks),
        "reason": each.reason,
    }


def _print_tables(found: Found, asked: Asked) -> None:
    described = found.description.descriptors
    near = [found.near[name].label for name in described.similar if name in found.near]
    _show_descriptors(described, near)
    if asked.who:
        _show_who(found.who)
    if found.added:
        tell(
            f"Added as {found.added.title!r} ({found.added.id}); it can be recommended from now on."
        )


def _show_who(who: Sequence[Listener]) -> None:
    from .show import meter, rows  # noqa: PLC0415

    if not who:
        tell("No kept conversation has a taste that it could suit; hold one with: moodreel chat")
        return
    rows(
        "Who would like it",
        ["conversation", "title", "fits better than", "why"],
        [[each.conversation, each.title, meter(each.fit.ahead_of), each.reason] for each in who],
    )


def _show_descriptors(described: Descriptors, near: Sequence[str]) -> None:
    from .show import bar, rows  # noqa: PLC0415

    axes = [f"{name} {bar(degree / 4, 4)}" for name, degree in described.axes.model_dump().items()]
    rows(
        "What this is like",
        ["part", "value"],
        [
            *([["what", described.summary]] if described.summary else []),
            ["mood", described.mood],
            ["audience", described.target_audience],
            ["plot", described.plot_essence],
            ["mood tags", ", ".join(described.mood_tags)],
            ["tags", ", ".join(described.tags)],
            ["archetypes", ", ".join(described.archetypes)],
            ["genres", ", ".join(described.genres)],
            ["axes", "  ".join(axes)],
            *([["language", described.language]] if described.language else []),
            ["near", "; ".join(near)],
            ["known", f"{described.provenance.how} by {described.provenance.by}"],
            *([["genres", f"predicted by {described.genres_by}"]] if described.genres_by else []),
            *(["note", note] for note in described.notes),
        ],
    )
