"""Films as cards: poster, facts, reason, how well they fit, and what can be done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from urllib.parse import quote

from ....ingest.item import DIMENSIONS
from ....ingest.language import language_name
from ...reply import Pick
from .bars import bars_html
from .plain import plain
from .posters import Shown, alternative, label, poster_svg
from .prose import prose

Posters = Mapping[str, str]
"""Addresses of real posters, by item id."""

NO_POSTERS: Posters = MappingProxyType({})

_MOST_GENRES = 3
_MOST_DIRECTORS = 2
_PRESSES = {"Love it": "loved", "Seen it": "seen", "Not for me": "disliked", "Why?": "why"}


def cards_html(
    picks: Sequence[Pick], *, waiting: bool = False, posters: Posters = NO_POSTERS
) -> str:
    """The films of one reply as an ordered list of cards; nothing where there are none.

    Args:
        picks: what to show; a reason that is still being written is empty.
        waiting: whether reasons may still come: they keep their place free.
        posters: real posters to show instead of drawn ones.
    """
    cards = "".join(
        f"<li>{card_html(pick, waiting=waiting, posters=posters)}</li>" for pick in picks
    )
    return f'<ol class="mr-cards">{cards}</ol>' if cards else ""


def card_html(pick: Pick, *, waiting: bool = False, posters: Posters = NO_POSTERS) -> str:
    """One film. Its buttons are for the page's script, its disclosures need none."""
    return (
        f'<article class="mr-card" data-item="{plain(pick.id)}" aria-label="{plain(label(pick))}">'
        f"{poster_html(pick, small=False, posters=posters)}"
        f'<div class="mr-about"><h3 class="mr-name">{name_html(pick)}</h3>'
        f'<p class="mr-facts">{facts_html(pick)}</p>{_reason(pick, waiting=waiting)}</div>'
        f"{bars_html(pick.scores, label(pick))}{notes_html(pick)}{_actions(pick)}</article>"
    )


def poster_html(shown: Shown, *, small: bool, posters: Posters = NO_POSTERS) -> str:
    """The poster of an item or a pick with its alternative text.

    A real poster lies on the drawn one, as a background: where that can't be loaded, browsers
    show nothing in its place, and the drawn one is seen.
    """
    drawn, address = poster_svg(shown, small=small), posters.get(shown.id)
    if not address:
        return drawn
    place = quote(address, safe=":/?=&%.-_~")
    return (
        f'<span class="mr-real" role="img" aria-label="{alternative(shown)}">{drawn}'
        f'<i style="background-image:url({plain(place)})"></i></span>'
    )


def name_html(pick: Pick) -> str:
    """The title with the year."""
    year = f' <span class="mr-year">({pick.year})</span>' if pick.year else ""
    return f"<bdi>{plain(pick.title)}</bdi>{year}"


def facts_html(pick: Pick) -> str:
    """What is known, as text between dots; what isn't is left out."""
    facts = [
        f"{pick.runtime_min} min" if pick.runtime_min else "",
        f'<span class="mr-rating">{plain(pick.age_rating)}</span>' if pick.age_rating else "",
        _language(pick.language),
        plain(", ".join(pick.genres[:_MOST_GENRES])),
        _directors(pick.directors),
    ]
    return '<span class="mr-dot" aria-hidden="true"> · </span>'.join(filter(None, facts))


def _language(code: str | None) -> str:
    """The language where it is another than most films have."""
    return "" if not code or code == "en" else plain(language_name(code))


def _directors(names: Sequence[str]) -> str:
    if not names:
        return ""
    others = " and others" if len(names) > _MOST_DIRECTORS else ""
    shown = " &amp; ".join(f"<bdi>{plain(name)}</bdi>" for name in names[:_MOST_DIRECTORS])
    return f"{shown}{others}"


def _reason(pick: Pick, *, waiting: bool) -> str:
    state = " mr-waiting" if waiting else ""
    if pick.reason:
        return f'<p class="mr-reason{state}">{prose(pick.reason)}</p>'
    if not waiting:
        return ""
    lines = '<i aria-hidden="true"></i>' * 3
    return f'<p class="mr-reason{state}"><span class="mr-hidden">Writing why …</span>{lines}</p>'


def notes_html(pick: Pick) -> str:
    """What to be warned of, behind a disclosure; nothing where nothing is known."""
    if not pick.content_notes:
        return ""
    notes = "".join(f"<li>{plain(note)}</li>" for note in pick.content_notes)
    return (
        '<details class="mr-notes"><summary>Content notes'
        f'<span class="mr-hidden"> of {plain(label(pick))}</span></summary>'
        f"<ul>{notes}</ul></details>"
    )


def _actions(pick: Pick) -> str:
    presses = "".join(_press(pick, words, act) for words, act in _PRESSES.items())
    compare = _button(pick, "Compare", to="compare", act="show")
    return f'<div class="mr-actions">{_more_like(pick)}{presses}{compare}</div>'


def _more_like(pick: Pick) -> str:
    """A disclosure with the ways in which other films can be like this one."""
    ways = "".join(
        _press(pick, name.capitalize(), "more_like", name) for name in (*DIMENSIONS, "overall")
    )
    name = plain(label(pick))
    return (
        f'<details class="mr-more"><summary aria-label="More like this: {name}">More like this'
        f'</summary><div class="mr-ways" role="group" aria-label="More like {name} by">{ways}'
        "</div></details>"
    )


def _press(pick: Pick, words: str, act: str, dimension: str = "overall") -> str:
    return _button(pick, words, to="chat", act=act, dimension=dimension)


def _button(pick: Pick, words: str, *, to: str, act: str, dimension: str = "overall") -> str:
    return (
        f'<button type="button" class="mr-press" data-to="{to}" data-act="{act}"'
        f' data-id="{plain(pick.id)}" data-dimension="{dimension}"'
        f' aria-label="{words}: {plain(label(pick))}">{words}</button>'
    )
