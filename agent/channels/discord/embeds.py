"""Replies as embeds, inside what Discord allows: all counted in characters after escaping."""

from __future__ import annotations

import discord

from ....ingest.item import DIMENSIONS
from ...night.reply import GroupPick, GroupReply
from ...night.words import lead, ruled_out, seen
from ...profile import Entry, TasteProfile
from ...reply import Pick, Reply
from ...sentences import sentence
from ..wording import around_list
from .text import escape, prose, shortened

TITLE, DESCRIPTION, NAME, VALUE, FIELDS, FOOTER, TOTAL = 256, 4_096, 256, 1_024, 25, 2_048, 6_000
_COLOUR = 0x9C3B2A
_HEAD = 1_500
"""Characters that the words around a list may have, so that the list itself has room."""
_SHORTEST = 80
_CELLS = 5


def reply_embed(reply: Reply) -> discord.Embed:
    """A list as one embed: the words around it, and a field a film."""
    head, tail = around_list(reply)
    embed = discord.Embed(description=shortened(prose(head), _HEAD), colour=_COLOUR)
    for number, pick in enumerate(reply.picks[: FIELDS - 1], 1):
        _add(embed, _name(number, pick), f"{facts(pick)}\n{prose(pick.reason)}\n{_scores(pick)}")
    if tail:
        _add(embed, "\u200b", prose(tail))
    if reply.understood:
        embed.set_footer(text=shortened(" ".join(reply.understood), FOOTER))
    return fitted(embed)


def night_embed(reply: GroupReply) -> discord.Embed:
    """Films for several people, each with a bar and a reason for everybody."""
    remarks = [reply.care, lead(reply), *reply.conflicts, *reply.relaxed, *reply.notices]
    said = "\n".join(prose(line) for line in remarks if line)
    embed = discord.Embed(title="Movie night", description=shortened(said, _HEAD), colour=_COLOUR)
    for number, pick in enumerate(reply.picks[: FIELDS - 1], 1):
        _add(embed, _name(number, pick), _fits(pick))
    if reply.vetoes:
        _add(embed, "Left out", prose(ruled_out(reply).removeprefix("Left out: ")))
    return fitted(embed)


def profile_embed(profile: TasteProfile) -> discord.Embed:
    """What is known of somebody, as a list."""
    lines = [f"- {prose(sentence(entry))}" for entry in profile.active]
    said = "\n".join(lines) or "Nothing yet: you haven't told me anything about your taste."
    return discord.Embed(
        title="Your taste", description=shortened(said, DESCRIPTION), colour=_COLOUR
    )


def entry_label(entry: Entry) -> str:
    """An entry as the label of a choice; choices show no markup."""
    return shortened(sentence(entry), 100)


def facts(pick: Pick) -> str:
    """What is known of a film, between dots."""
    known = (
        f"{pick.runtime_min} min" if pick.runtime_min else "",
        escape(pick.age_rating or ""),
        escape(", ".join(pick.genres[:2])),
    )
    return " · ".join(filter(None, known))


def bar(share: float) -> str:
    """A share from 0 to 1 as a bar with its number of 100."""
    filled = round(_CELLS * share)
    return f"{'▰' * filled}{'▱' * (_CELLS - filled)} {round(100 * share)}"


def _name(number: int, pick: Pick) -> str:
    year = f" ({pick.year})" if pick.year else ""
    return f"{number}. {shortened(escape(pick.title), NAME - 12)}{year}"


def _scores(pick: Pick) -> str:
    return " · ".join(f"{name} {bar(getattr(pick.scores, name))}" for name in DIMENSIONS)


def _fits(pick: GroupPick) -> str:
    """Who gets what from a film; where that is too much for a field, without the reasons."""
    bars = [f"**{escape(fit.person)}** {bar(fit.score)}" for fit in pick.fits]
    told = [f": {seen(fit)}{prose(fit.reason)}" for fit in pick.fits]
    whole = "\n".join(f"{one}{reason}" for one, reason in zip(bars, told, strict=True))
    return whole if len(whole) <= VALUE else "\n".join([prose(pick.reason), *bars])


def _add(embed: discord.Embed, name: str, value: str) -> None:
    embed.add_field(name=name, value=shortened(value.strip() or "\u200b", VALUE), inline=False)


def fitted(embed: discord.Embed) -> discord.Embed:
    """The embed inside Discord's total: its longest field is shortened until it is."""
    while len(embed) > TOTAL:
        place, longest = max(enumerate(embed.fields), key=lambda each: len(each[1].value or ""))
        value = longest.value or ""
        over = len(embed) - TOTAL
        if len(value) <= _SHORTEST:
            embed.remove_field(len(embed.fields) - 1)
            continue
        kept = shortened(value, max(_SHORTEST, len(value) - min(over, len(value) // 4 + 1)))
        embed.set_field_at(place, name=longest.name, value=kept, inline=False)
    return embed
