"""A poster for anything that has a title, drawn from what is known of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from html import escape
from zlib import crc32

from ....ingest.item import Item
from ...reply import Pick
from .lettering import Setting, set_in_type
from .motifs import MOTIFS, Colours

Shown = Item | Pick

PALETTES: dict[str, Colours] = {
    "night": Colours("#14213d", "#2f4a7a", "#e9a94b", "#f5efe0"),
    "noir": Colours("#1a1b20", "#41444e", "#e8dcc0", "#f2ead8"),
    "blood": Colours("#3d0f14", "#74222a", "#e57f63", "#f9e8dc"),
    "moss": Colours("#1d3833", "#3a6658", "#e3b656", "#f4efdc"),
    "teal": Colours("#0f4653", "#237b86", "#f2b880", "#f7f0e3"),
    "violet": Colours("#2c1f47", "#583f80", "#e893b4", "#f4ecf7"),
    "slate": Colours("#2f3e4e", "#54697e", "#cbd8e0", "#eef2f4"),
    "plum": Colours("#562243", "#8c4069", "#f1bba7", "#fcefe7"),
    "rust": Colours("#84381d", "#b3613a", "#f5c884", "#fdf2e3"),
    "rose": Colours("#f3d9d2", "#e2a89d", "#a63d40", "#481b21"),
    "cream": Colours("#f4ead5", "#dfc79d", "#c2513a", "#2f2a26"),
    "mustard": Colours("#e2ad3c", "#f1d083", "#86321f", "#2e1d0c"),
    "sage": Colours("#dbe4d0", "#a9c09a", "#3f6b4f", "#22382b"),
    "sky": Colours("#cfe3ea", "#8cbacb", "#c9573a", "#173746"),
    "sand": Colours("#ead3ac", "#d0a066", "#8c3f20", "#40210f"),
    "coral": Colours("#e9836b", "#f4ad97", "#fdebd3", "#350f10"),
    "ice": Colours("#e4ecf0", "#afc5d1", "#2b5876", "#1b2f3c"),
}
"""Few colours for all posters, so that any five look well side by side."""

# Which colours suit which genres and moods; a film has the choice of those that suit it best.
_SUITS: Mapping[str, str] = {
    "night": "Science Fiction, Thriller, suspenseful, gripping, awe-inspiring, exciting, epic",
    "noir": "Crime, Film Noir, Thriller, dark, cynical, mysterious, gritty, tense, stylish",
    "blood": "Horror, Action, violent, scary, disturbing, angry, intense, gritty, dark",
    "moss": "Fantasy, War, Mystery, eerie, slow-burn, magical, suspenseful, creepy",
    "teal": "Adventure, Animation, adventurous, bittersweet, dreamlike, inspiring, epic",
    "violet": "Science Fiction, Horror, Fantasy, surreal, mind-bending, spooky, magical, campy",
    "slate": "Drama, War, melancholic, sad, bleak, lonely, meditative, thought-provoking",
    "plum": "Romance, Music, romantic, sensual, tearjerker, tender, stylish, chaotic",
    "rust": "Western, Adventure, Action, epic, adrenaline, gritty, adventurous, rebellious",
    "rose": "Romance, romantic, tender, tearjerker, gentle, bittersweet, heartwarming",
    "cream": "Comedy, Family, witty, quirky, nostalgic, feel-good, cosy, satirical, patriotic",
    "mustard": "Comedy, Animation, funny, silly, playful, whimsical, chaotic, campy, exciting",
    "sage": "Drama, Family, gentle, cosy, hopeful, meditative, heartwarming, whimsical",
    "sky": "Family, Sport, Animation, uplifting, hopeful, playful, feel-good, adventurous",
    "sand": "Western, History, Biography, nostalgic, triumphant, inspiring, slow-burn",
    "coral": "Musical, Comedy, Romance, feel-good, funny, rebellious, witty, adrenaline",
    "ice": "Documentary, Biography, cerebral, thought-provoking, lonely, melancholic, witty",
}

_LONGEST_TITLE = 160
_MARGIN = 9
_TEXT_WIDTH = 120 - 2 * _MARGIN


def poster_svg(shown: Shown, *, small: bool = False) -> str:
    """A drawn poster, 2 by 3, as inline SVG that says what it is to screen readers.

    The same film always gets the same poster, wherever it stands. Everything that comes from
    the item is escaped; there is nothing in it that runs or refers to anything.
    """
    colours, motif = PALETTES[_palette(shown)], MOTIFS[_motif(shown)]
    kind = "mr-poster mr-small" if small else "mr-poster"
    return (
        f'<svg class="{kind}" viewBox="0 0 120 180" role="img" aria-label="{alternative(shown)}">'
        f'<path d="M0 0h120v180H0z" fill="{colours.ground}"/>'
        f"{motif.draw(colours, _number(shown, 'vary'))}"
        f'<path d="M0 112h120v68H0z" fill="{colours.ground}"/>'
        f'<path d="M{_MARGIN} 116h16v2h-16z" fill="{colours.near}"/>'
        f"{_lettering(shown, colours)}</svg>"
    )


def alternative(shown: Shown) -> str:
    """The text that stands for the poster, ready for an attribute."""
    return f"Poster of {plain(label(shown))}"


def label(shown: Shown) -> str:
    """Title and year: ``Heat (1995)``."""
    return f"{shown.title} ({shown.year})" if shown.year else shown.title


def plain(text: str) -> str:
    """Text as it was written, for HTML and its attributes: escaped, unseen characters gone.

    Control characters and those that turn the direction of the text after them have no
    place in a name and could hide or move what stands next to it.
    """
    seen = "".join(char for char in text if not _unseen(char))
    return escape(seen, quote=True)


def _unseen(char: str) -> bool:
    category = unicodedata.category(char)
    return category in ("Cc", "Cs") and char not in "\n\t" or char in _TURNS


_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def _number(shown: Shown, purpose: str) -> int:
    """A number that is always the same for an item, and unlike those for other purposes."""
    return crc32(f"{purpose}:{shown.id}".encode(errors="replace")) >> 4


def _palette(shown: Shown) -> str:
    return _suiting(shown, _PALETTE_WORDS, "palette")


def _motif(shown: Shown) -> str:
    return _suiting(shown, _MOTIF_WORDS, "motif")


def _suiting(shown: Shown, words: Mapping[str, frozenset[str]], purpose: str) -> str:
    """One of the names whose words fit best; which of them, the item's own number decides."""
    had = {*shown.mood_tags, *shown.genres}
    hits = {name: len(had & suits) + len(had & suits & _TELLING) for name, suits in words.items()}
    best = max(hits.values())
    fit = [name for name, count in hits.items() if count >= max(best - 1, min(best, 1))]
    return fit[_number(shown, purpose) % len(fit)]


# A western looks like one, whatever else it is.
_TELLING = frozenset(
    ("Science Fiction", "Western", "Horror", "Musical", "Music", "Film Noir", "War")
    + ("Documentary", "Animation", "Sport", "Fantasy")
)
_PALETTE_WORDS = {name: frozenset(text.split(", ")) for name, text in _SUITS.items()}
_MOTIF_WORDS = {name: motif.words for name, motif in MOTIFS.items()}


def _lettering(shown: Shown, colours: Colours) -> str:
    title = "".join(char for char in shown.title if not _unseen(char)) or "?"
    long = len(title) > _LONGEST_TITLE
    setting = set_in_type(f"{title[:_LONGEST_TITLE]}…" if long else title, _TEXT_WIDTH)
    way = _direction(title)
    lines = _lines(setting, way)
    year = f'<text x="{_MARGIN}" y="173" font-size="8">{shown.year}</text>' if shown.year else ""
    return f'<g fill="{colours.ink}" font-weight="700">{lines}{year}</g>'


def _lines(setting: Setting, way: str) -> str:
    x = 120 - _MARGIN if way else _MARGIN
    step = setting.size * 1.14
    tops = (119 + setting.size + place * step for place in range(len(setting.lines)))
    spans = "".join(
        f'<tspan x="{x}" y="{top:.1f}">{plain(line)}</tspan>'
        for line, top in zip(setting.lines, tops, strict=True)
    )
    return f'<text font-size="{setting.size:g}"{way}>{spans}</text>'


def _direction(text: str) -> str:
    """The attribute for scripts that run from right to left."""
    strong = (unicodedata.bidirectional(char) for char in text)
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "L")
    return "" if first == "L" else ' direction="rtl"'
