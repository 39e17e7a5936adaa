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


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(","))


MOTIFS: dict[str, Motif] = {
    "horizon": Motif(
        _horizon, _words("Adventure, hopeful, epic, nostalgic, meditative, uplifting")
    ),
    "city": Motif(scenes.city, _words("Crime, Action, Romance, stylish, lonely, witty, cynical")),
    "heart": Motif(emblems.heart, _words("Romance, romantic, tender, sensual, heartwarming")),
    "spiral": Motif(
        emblems.spiral, _words("Thriller, mind-bending, surreal, dreamlike, suspenseful")
    ),
    "eye": Motif(
        emblems.eye, _words("Mystery, Horror, eerie, disturbing, thought-provoking, surreal")
    ),
    "road": Motif(scenes.road, _words("Adventure, adventurous, rebellious, bittersweet, quirky")),
    "waves": Motif(
        scenes.waves, _words("Drama, melancholic, meditative, bittersweet, lonely, gentle")
    ),
    "mountain": Motif(
        scenes.mountain, _words("Adventure, Sport, awe-inspiring, inspiring, triumphant")
    ),
    "planet": Motif(
        scenes.planet, _words("Science Fiction, cerebral, awe-inspiring, mind-bending")
    ),
    "mask": Motif(emblems.mask, _words("Comedy, Drama, satirical, silly, chaotic, campy, funny")),
    "house": Motif(
        scenes.house, _words("Family, cosy, heartwarming, feel-good, nostalgic, tender")
    ),
    "trees": Motif(scenes.trees, _words("Fantasy, Horror, slow-burn, magical, gentle, mysterious")),
    "clock": Motif(
        emblems.clock, _words("Thriller, Biography, tense, nostalgic, gripping, suspenseful")
    ),
    "chess": Motif(
        emblems.chess, _words("Crime, Mystery, cerebral, witty, cynical, satirical, quirky")
    ),
    "beams": Motif(
        scenes.beams, _words("Musical, Documentary, Biography, triumphant, inspiring, campy")
    ),
    "balloons": Motif(
        _balloons, _words("Animation, Family, Comedy, playful, whimsical, uplifting")
    ),
    "blinds": Motif(
        emblems.blinds, _words("Film Noir, Crime, mysterious, cynical, stylish, gritty")
    ),
    "target": Motif(emblems.target, _words("Action, War, adrenaline, violent, intense, exciting")),
    "keyhole": Motif(
        _keyhole, _words("Mystery, Thriller, mysterious, suspenseful, sensual, tense")
    ),
    "rain": Motif(
        emblems.rain, _words("Drama, sad, tearjerker, melancholic, bleak, lonely, Musical")
    ),
    "bolt": Motif(
        emblems.bolt, _words("Action, Sport, adrenaline, angry, intense, exciting, rebellious")
    ),
    "desert": Motif(scenes.desert, _words("Western, War, gritty, slow-burn, bleak")),
    "flower": Motif(
        emblems.flower, _words("Romance, Comedy, gentle, whimsical, tender, hopeful, cosy")
    ),
    "sound": Motif(
        emblems.sound, _words("Music, Musical, Documentary, feel-good, stylish, rebellious")
    ),
    "moonlit": Motif(
        scenes.moonlit, _words("Horror, scary, creepy, spooky, dark, eerie, disturbing")
    ),
    "columns": Motif(scenes.columns, _words("History, War, Biography, epic, patriotic, dark")),
}
