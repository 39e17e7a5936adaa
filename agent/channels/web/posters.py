"""A poster for anything that has a title, drawn from what is known of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar
from zlib import crc32

from ....ingest.item import Item
from ...reply import Pick
from .lettering import Setting, set_in_type
from .motifs import MOTIFS, Motif
from .palettes import PALETTES, Palette
from .plain import plain, visible
from .strokes import Colours

Shown = Item | Pick


class Film(NamedTuple):
    """What a poster is drawn from: nothing of whom it is shown to."""

    id: str
    title: str
    year: int | None
    mood_tags: tuple[str, ...]
    genres: tuple[str, ...]


_Suiting = TypeVar("_Suiting", Palette, Motif)

_MOST_KEPT = 1024
_LONGEST_TITLE = 160
_CHOICES = 4
_MARGIN = 9
_TEXT_WIDTH = 120 - 2 * _MARGIN
# A western looks like one, whatever else it is.
_TELLING = {
    "Animation", "Documentary", "Fantasy", "Film Noir", "Horror", "Music", "Musical",
    "Science Fiction", "Sport", "War", "Western",
}  # fmt: skip


def poster_svg(shown: Shown, *, small: bool = False) -> str:
    """A drawn poster, 2 by 3, as inline SVG that says what it is to screen readers.

    The same film always gets the same poster, wherever it stands. Everything that comes from
    the item is escaped; there is nothing in it that runs or refers to anything.
    """
    film = Film(shown.id, shown.title, shown.year, shown.mood_tags, shown.genres)
    return _svg(film, small=small)


# With every piece of an answer the whole dialogue is drawn anew.
@lru_cache(maxsize=_MOST_KEPT)
def _svg(shown: Film, *, small: bool) -> str:
    colours = _suiting(shown, PALETTES, "palette").colours
    kind = "mr-poster mr-small" if small else "mr-poster"
    return (
        f'<svg class="{kind}" viewBox="0 0 120 180" role="img" aria-label="{alternative(shown)}">'
        f'<path d="M0 0h120v180H0z" fill="{colours.ground}"/>'
        f"{_picture(shown, colours)}"
        f'<path d="M0 112h120v68H0z" fill="{colours.ground}"/>'
        f'<path d="M{_MARGIN} 116h16v2h-16z" fill="{colours.near}"/>'
        f"{_lettering(shown, colours)}</svg>"
    )


def _picture(shown: Film, colours: Colours) -> str:
    drawn = _suiting(shown, MOTIFS, "motif").draw(colours, _number(shown, "vary"))
    mirrored = _number(shown, "mirror") % 2
    return f'<g transform="matrix(-1 0 0 1 120 0)">{drawn}</g>' if mirrored else drawn


def alternative(shown: Shown | Film) -> str:
    """The text that stands for the poster, ready for an attribute."""
    return f"Poster of {plain(label(shown))}"


def label(shown: Shown | Film) -> str:
    """Title and year: ``Heat (1995)``."""
    return f"{shown.title} ({shown.year})" if shown.year else shown.title


def _number(shown: Film, purpose: str) -> int:
    """A number that is always the same for an item, and unlike those for other purposes."""
    return crc32(f"{purpose}:{shown.id}".encode(errors="replace")) >> 4


def _suiting(shown: Film, choice: Mapping[str, _Suiting], purpose: str) -> _Suiting:
    """One of those whose words fit best; which of them, the item's own number decides."""
    had = {*shown.mood_tags, *shown.genres}
    hits = [
        (len(had & each.words) + len(had & each.words & _TELLING), each) for each in choice.values()
    ]
    # Not the best alone: films that are alike would all look the same. Nor what hardly fits.
    counts = sorted((count for count, _ in hits), reverse=True)
    least = max(counts[_CHOICES - 1], (counts[0] + 1) // 2)
    fit = [each for count, each in hits if count >= least]
    return fit[_number(shown, purpose) % len(fit)]


def _lettering(shown: Film, colours: Colours) -> str:
    title = visible(shown.title).strip() or "?"
    long = len(title) > _LONGEST_TITLE
    setting = set_in_type(f"{title[:_LONGEST_TITLE]}…" if long else title, _TEXT_WIDTH)
    year = f'<text x="{_MARGIN}" y="173" font-size="8">{shown.year}</text>' if shown.year else ""
    lines = _lines(setting, leftwards=_leftwards(title))
    return f'<g fill="{colours.ink}" font-weight="700">{lines}{year}</g>'


def _lines(setting: Setting, *, leftwards: bool) -> str:
    x, way = (120 - _MARGIN, ' direction="rtl"') if leftwards else (_MARGIN, "")
    step = setting.size * 1.14
    tops = (119 + setting.size + place * step for place in range(len(setting.lines)))
    spans = "".join(
        f'<tspan x="{x}" y="{top:.1f}">{plain(line)}</tspan>'
        for line, top in zip(setting.lines, tops, strict=True)
    )
    return f'<text font-size="{setting.size:g}"{way}>{spans}</text>'


def _leftwards(text: str) -> bool:
    """Whether text is in a script that runs from right to left."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"
