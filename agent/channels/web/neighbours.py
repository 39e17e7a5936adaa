"""A film and its neighbours as HTML: three rows of posters, a card, titles to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ....ingest.item import DIMENSIONS, Dimension, Item
from ....ingest.title_match import TitleMatch
from ...comparing import Neighbour
from ...reply import Pick
from .bars import bar_html
from .cards import NO_POSTERS, Posters, card_html, poster_html
from .marks import Marks
from .plain import plain

NOTHING_CHOSEN = (
    '<p class="mr-dim">Choose a film to see what is nearest to it by mood, by audience'
    " and by plot.</p>"
)


def rows_html(
    film: Item,
    rows: Mapping[Dimension, Sequence[Neighbour]],
    marks: Marks,
    posters: Posters = NO_POSTERS,
    *,
    fresh: bool = False,
    to: str = "compare",
) -> str:
    """The chosen film, and a row of posters for each dimension.

    Args:
        film: the chosen one.
        rows: its neighbours, nearest first.
        marks: what is known of them; nothing is left out because of it.
        posters: real posters to show instead of drawn ones.
        fresh: whether the focus shall come here.
        to: the bridge that is told when a poster is pressed.
    """
    shelves = "".join(
        _shelf(film, name, [_near(each, name, marks, posters, to) for each in rows.get(name, ())])
        for name in DIMENSIONS
    )
    focus = " data-fresh" if fresh else ""
    return (
        f'<section class="mr-beside" aria-label="Films near {plain(film.label)}">'
        f'<div class="mr-chosen" tabindex="-1"{focus}>'
        f"{poster_html(film, small=True, posters=posters)}"
        f"<div><h2><bdi>{plain(film.label)}</bdi></h2>"
        f"<p>{plain(', '.join(film.mood_tags[:5]))}</p></div></div>{shelves}</section>"
    )


def _shelf(film: Item, dimension: Dimension, neighbours: Sequence[str]) -> str:
    row = "".join(f"<li>{each}</li>" for each in neighbours)
    nothing = f'<p class="mr-dim">Nothing is known of its {dimension} yet.</p>'
    shelf = (
        f'<ul class="mr-row" aria-label="Nearest to {plain(film.label)} by {dimension}">{row}</ul>'
    )
    return (
        f'<div class="mr-shelf mr-{dimension}"><h3>By {dimension}</h3>'
        f"{shelf if row else nothing}</div>"
    )


def _near(
    neighbour: Neighbour, dimension: Dimension, marks: Marks, posters: Posters, to: str
) -> str:
    """One neighbour: a poster to press, how near it is, and what both have."""
    item, mark = neighbour.item, marks.of(neighbour.item)
    shared = ", ".join(neighbour.shared)
    both = f'<span class="mr-shared">Both: {plain(shared)}</span>' if shared else ""
    badge = f'<span class="mr-mark">{plain(mark)}</span>' if mark else ""
    return (
        f'<button type="button" class="mr-near" data-to="{to}" data-act="open"'
        f' data-id="{plain(item.id)}" aria-label="Card of {plain(item.label)}">'
        f"{poster_html(item, small=True, posters=posters)}</button>"
        f'<span class="mr-near-name"><bdi>{plain(item.label)}</bdi></span>{badge}'
        f"{bar_html(dimension.capitalize(), neighbour.similarity)}{both}"
    )


def opened_html(pick: Pick, says: str, posters: Posters = NO_POSTERS) -> str:
    """The card of a film that was pressed; ``says`` is what its numbers mean."""
    return (
        f'<section class="mr-opened" tabindex="-1" data-fresh aria-label="{plain(pick.title)}">'
        f'<p class="mr-dim">{plain(says)}</p>{card_html(pick, posters=posters)}</section>'
    )


def suggestions_html(found: Sequence[TitleMatch], typed: str) -> str:
    """Films to choose from, as buttons; a sentence where there is none."""
    if not typed.strip():
        return ""
    rows = "".join(f"<li>{_suggestion(match)}</li>" for match in found)
    if not rows:
        return '<p class="mr-dim" role="status">No film here is called that.</p>'
    many = "one film" if len(found) == 1 else f"{len(found)} films"
    return (
        f'<p class="mr-hidden" role="status">{many} found</p>'
        f'<ul class="mr-suggestions" aria-label="Films found">{rows}</ul>'
    )


def _suggestion(match: TitleMatch) -> str:
    year = f" ({match.year})" if match.year else ""
    return (
        f'<button type="button" class="mr-choice" data-to="compare" data-act="show"'
        f' data-id="{plain(match.id)}"><span><bdi>{plain(match.title)}</bdi>{year}</span></button>'
    )
