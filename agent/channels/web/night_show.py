"""What a movie night came to as HTML: cards with a bar and a reason for each person."""

from __future__ import annotations

from collections.abc import Iterable

from ...night.reply import Fit, GroupPick, GroupReply
from ...night.words import lead, ruled_out, seen
from .bars import bar_html
from .cards import NO_POSTERS, Posters, facts_html, name_html, notes_html, poster_html
from .plain import plain
from .posters import label
from .prose import paragraphs, prose


def night_html(reply: GroupReply, posters: Posters = NO_POSTERS) -> str:
    """The whole answer; the focus comes to it when it is drawn."""
    cards = "".join(f"<li>{_card(pick, posters)}</li>" for pick in reply.picks)
    films = f'<ol class="mr-cards">{cards}</ol>' if cards else ""
    told = filter(None, (ruled_out(reply), *reply.conflicts, *reply.relaxed, *reply.notices))
    remarks = "".join(f"<p>{prose(line)}</p>" for line in told)
    return (
        '<section class="mr-night" tabindex="-1" data-fresh aria-label="Films for everybody">'
        f"<h2>{plain(lead(reply) or 'No film for everybody')}</h2>{paragraphs(reply.care)}"
        f"{_list(_understood(reply))}{films}{remarks}</section>"
    )


def _understood(reply: GroupReply) -> Iterable[str]:
    return (f"{name}: {' '.join(said)}" for name, said in reply.understood.items() if said)


def _list(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{plain(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def _card(pick: GroupPick, posters: Posters) -> str:
    fits = "".join(_fit(fit) for fit in pick.fits)
    return (
        f'<article class="mr-card" aria-label="{plain(label(pick))}">'
        f"{poster_html(pick, small=False, posters=posters)}"
        f'<div class="mr-about"><h3 class="mr-name">{name_html(pick)}</h3>'
        f'<p class="mr-facts">{facts_html(pick)}</p>'
        f'<p class="mr-reason">{prose(pick.reason)}</p></div>'
        f'<ul class="mr-fits" aria-label="How well it suits each, of 100">{fits}</ul>'
        f"{notes_html(pick)}</article>"
    )


def _fit(fit: Fit) -> str:
    return f"<li>{bar_html(fit.person, fit.score)}<p>{plain(seen(fit))}{prose(fit.reason)}</p></li>"
