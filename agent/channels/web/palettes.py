"""The colours of posters, and the genres and moods that each suits.

Few for all, so that any five posters look well side by side. The ink on each ground has a
contrast of at least 4.5 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from .strokes import Colours


@dataclass(frozen=True)
class Palette:
    """Four colours, and the words that call for them."""

    colours: Colours
    words: frozenset[str]


def _palette(ground: str, far: str, near: str, ink: str, words: str) -> Palette:
    return Palette(Colours(ground, far, near, ink), frozenset(words.split(", ")))


PALETTES: dict[str, Palette] = {
    "night": _palette(
        "#14213d",
        "#2f4a7a",
        "#e9a94b",
        "#f5efe0",
        "Science Fiction, Thriller, suspenseful, gripping, awe-inspiring, exciting, epic",
    ),
    "noir": _palette(
        "#1a1b20",
        "#41444e",
        "#e8dcc0",
        "#f2ead8",
        "Crime, Film Noir, Thriller, dark, cynical, mysterious, gritty, tense, stylish",
    ),
    "blood": _palette(
        "#3d0f14",
        "#74222a",
        "#e57f63",
        "#f9e8dc",
        "Horror, Action, violent, scary, disturbing, angry, intense, gritty, dark",
    ),
    "moss": _palette(
        "#1d3833",
        "#3a6658",
        "#e3b656",
        "#f4efdc",
        "Fantasy, War, Mystery, eerie, slow-burn, magical, suspenseful, creepy",
    ),
    "teal": _palette(
        "#0f4653",
        "#237b86",
        "#f2b880",
        "#f7f0e3",
        "Adventure, Animation, adventurous, bittersweet, dreamlike, inspiring, epic",
    ),
    "violet": _palette(
        "#2c1f47",
        "#583f80",
        "#e893b4",
        "#f4ecf7",
        "Science Fiction, Horror, Fantasy, surreal, mind-bending, spooky, magical, campy",
    ),
    "slate": _palette(
        "#2f3e4e",
        "#54697e",
        "#cbd8e0",
        "#eef2f4",
        "Drama, War, melancholic, sad, bleak, lonely, meditative, thought-provoking",
    ),
    "plum": _palette(
        "#562243",
        "#8c4069",
        "#f1bba7",
        "#fcefe7",
        "Romance, Music, romantic, sensual, tearjerker, tender, stylish, chaotic",
    ),
    "rust": _palette(
        "#84381d",
        "#b3613a",
        "#f5c884",
        "#fdf2e3",
        "Western, Adventure, Action, epic, adrenaline, gritty, adventurous, rebellious",
    ),
    "rose": _palette(
        "#f3d9d2",
        "#e2a89d",
        "#a63d40",
        "#481b21",
        "Romance, romantic, tender, tearjerker, gentle, bittersweet, heartwarming",
    ),
    "cream": _palette(
        "#f4ead5",
        "#dfc79d",
        "#c2513a",
        "#2f2a26",
        "Comedy, Family, witty, quirky, nostalgic, feel-good, cosy, satirical, patriotic",
    ),
    "mustard": _palette(
        "#e2ad3c",
        "#f1d083",
        "#86321f",
        "#2e1d0c",
        "Comedy, Animation, funny, silly, playful, whimsical, chaotic, campy, exciting",
    ),
    "sage": _palette(
        "#dbe4d0",
        "#a9c09a",
        "#3f6b4f",
        "#22382b",
        "Drama, Family, gentle, cosy, hopeful, meditative, heartwarming, whimsical",
    ),
    "sky": _palette(
        "#cfe3ea",
        "#8cbacb",
        "#c9573a",
        "#173746",
        "Family, Sport, Animation, uplifting, hopeful, playful, feel-good, adventurous",
    ),
    "sand": _palette(
        "#ead3ac",
        "#d0a066",
        "#8c3f20",
        "#40210f",
        "Western, History, Biography, nostalgic, triumphant, inspiring, slow-burn",
    ),
    "coral": _palette(
        "#e9836b",
        "#f4ad97",
        "#fdebd3",
        "#350f10",
        "Musical, Comedy, Romance, feel-good, funny, rebellious, witty, adrenaline",
    ),
    "ice": _palette(
        "#e4ecf0",
        "#afc5d1",
        "#2b5876",
        "#1b2f3c",
        "Documentary, Biography, cerebral, thought-provoking, lonely, melancholic, witty",
    ),
}
