"""What may stand on a poster, and the genres and moods that call for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import emblems, scenes
from .strokes import Colours

Draw = Callable[[Colours, int], str]


@dataclass(frozen=True)
class Motif:
    """How it is drawn, given a number that varies it, and the genres and moods that suit it."""

    draw: Draw
    words: frozenset[str]


def _motif(draw: Draw, words: str) -> Motif:
    return Motif(draw, frozenset(words.split(", ")))


MOTIFS: dict[str, Motif] = {
    "horizon": _motif(scenes.horizon, "Adventure, hopeful, epic, nostalgic, meditative, uplifting"),
    "city": _motif(scenes.city, "Crime, Action, Romance, stylish, lonely, witty, cynical"),
    "heart": _motif(emblems.heart, "Romance, romantic, tender, sensual, heartwarming"),
    "spiral": _motif(emblems.spiral, "Thriller, mind-bending, surreal, dreamlike, suspenseful"),
    "eye": _motif(emblems.eye, "Mystery, Horror, eerie, disturbing, thought-provoking, surreal"),
    "road": _motif(scenes.road, "Adventure, adventurous, rebellious, bittersweet, quirky"),
    "waves": _motif(scenes.waves, "Drama, melancholic, meditative, bittersweet, lonely, gentle"),
    "mountain": _motif(scenes.mountain, "Adventure, Sport, awe-inspiring, inspiring, triumphant"),
    "planet": _motif(scenes.planet, "Science Fiction, cerebral, awe-inspiring, mind-bending"),
    "mask": _motif(emblems.mask, "Comedy, Drama, satirical, silly, chaotic, campy, funny"),
    "house": _motif(scenes.house, "Family, cosy, heartwarming, feel-good, nostalgic, tender"),
    "trees": _motif(scenes.trees, "Fantasy, Horror, slow-burn, magical, gentle, mysterious"),
    "clock": _motif(emblems.clock, "Thriller, Biography, tense, nostalgic, gripping, suspenseful"),
    "chess": _motif(emblems.chess, "Crime, Mystery, cerebral, witty, cynical, satirical, quirky"),
    "beams": _motif(scenes.beams, "Musical, Documentary, Biography, triumphant, inspiring, campy"),
    "balloons": _motif(
        emblems.balloons, "Animation, Family, Comedy, playful, whimsical, uplifting"
    ),
    "blinds": _motif(emblems.blinds, "Film Noir, Crime, mysterious, cynical, stylish, gritty"),
    "target": _motif(emblems.target, "Action, War, adrenaline, violent, intense, exciting"),
    "keyhole": _motif(
        emblems.keyhole, "Mystery, Thriller, mysterious, suspenseful, sensual, tense"
    ),
    "rain": _motif(emblems.rain, "Drama, sad, tearjerker, melancholic, bleak, lonely, Musical"),
    "bolt": _motif(emblems.bolt, "Action, Sport, adrenaline, angry, intense, exciting, rebellious"),
    "desert": _motif(scenes.desert, "Western, War, gritty, slow-burn, bleak"),
    "flower": _motif(emblems.flower, "Romance, Comedy, gentle, whimsical, tender, hopeful, cosy"),
    "sound": _motif(emblems.sound, "Music, Musical, Documentary, feel-good, stylish, rebellious"),
    "moonlit": _motif(scenes.moonlit, "Horror, scary, creepy, spooky, dark, eerie, disturbing"),
    "columns": _motif(scenes.columns, "History, War, Biography, epic, patriotic, dark"),
}
