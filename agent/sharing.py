"""Passing lasting taste on between the conversations of one person."""

from __future__ import annotations

from collections.abc import Sequence

from .kept import Kept
from .lasting import Change, Lasting, unpublished, wanted
from .profile import Content
from .session import owner_of
from .storage.base import Conversations


async def rows_of(conversations: Conversations, name: str) -> tuple[Lasting, ...] | None:
    """What is known of the person whose conversation this is; None where it is nobody's."""
    owner = owner_of(name)
    return None if owner is None else tuple(await conversations.lasting(owner))


async def share(
    conversations: Conversations, name: str, kept: Kept, rows: Sequence[Lasting]
) -> None:
    """Let the other conversations know what a turn left, if it changed what was known before."""
    changes = unpublished(kept.profile, kept.links, rows)
    owner = owner_of(name)
    if changes and owner is not None:
        await conversations.publish(owner, changes)


async def unshare(
    conversations: Conversations, name: str, after: Kept, before: Kept | None
) -> None:
    """Take back what a turn let the others know; ``before`` is what is left, if any."""
    owner = owner_of(name)
    if owner is None:
        return
    told = wanted(after.profile, after.links)
    should = _without(after, before)
    rows = {row.id: row.content is not None for row in await conversations.lasting(owner)}
    changes = [
        Change(key, content)
        for key, content in should.items()
        if rows.get(key, False) == (told[key] is not None) != (content is not None)
    ]
    if changes:
        await conversations.publish(owner, changes)


def _without(after: Kept, before: Kept | None) -> dict[str, Content | None]:
    """What the rows would say if the turn had not been: what was new elsewhere stays so."""
    should = wanted(before.profile, before.links) if before else {}
    for key, (entry_id, version) in after.links.items():
        entry = after.profile.entry(entry_id)
        if key not in should:
            should[key] = entry.content if entry and version else None
    return {key: content for key, content in should.items() if key in after.links}
