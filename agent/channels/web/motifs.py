"""The pictures on generated posters: plain shapes in two colours, and what each stands for.

A picture fills the part of a poster above its title: 120 units wide and `HEIGHT` high, the origin
at the top left. Each function takes a number that varies it, so that two films with the same
motif don't look alike, and gives SVG that uses no ids, styles or references.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

WIDTH = 120
HEIGHT = 112

Draw = Callable[["Colours", int], str]


@dataclass(frozen=True)
class Colours:
    """``ground`` is behind everything, ``far`` near to it, ``near`` stands out, ``ink`` is text."""

    ground: str
    far: str
    near: str
    ink: str


@dataclass(frozen=True)
class Motif:
    """How it is drawn, and the genres and moods that call for it."""

    draw: Draw
    words: frozenset[str]


def _circle(x: float, y: float, r: float, fill: str) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"/>'


def _path(d: str, fill: str) -> str:
    return f'<path d="{d}" fill="{fill}"/>'


def _line(d: str, stroke: str, width: float) -> str:
    return f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width:g}"/>'


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:g} {y:g}h{width:g}v{height:g}h{-width:g}z"


def _horizon(c: Colours, n: int) -> str:
    y, r = 66 + n % 3 * 6, 26 + n % 4 * 4
    bands = "".join(_box(0, y + 5 + k * 9, WIDTH, 6 - k) for k in range(4) if y + 10 + k * 9 < 112)
    sun = f"M{60 - r} {y}a{r} {r} 0 0 1 {2 * r} 0z"
    return _path(sun, c.near) + _path(bands, c.far)


def _city(c: Colours, n: int) -> str:
    heights = [34 + (n >> k) % 7 * 8 for k in range(7)]
    towers = "".join(_box(k * 18 - 3, HEIGHT - h, 16, h) for k, h in enumerate(heights))
    lit = "".join(
        _box(k * 18 + 1 + (row % 2) * 5, HEIGHT - h + 6 + row * 9, 3, 4)
        for k, h in enumerate(heights)
        for row in range(h // 12)
        if (n >> (k + row)) % 3
    )
    moon = _circle(24 + n % 5 * 18, 22, 9, c.near)
    return moon + _path(towers, c.far) + _path(lit, c.near)


def _heart(c: Colours, n: int) -> str:
    def heart(x: float, y: float, s: float) -> str:
        return (
            f"M{x:g} {y:g}c{-s:g} {-s * 0.75:g} {-s * 0.9:g} {-s * 1.55:g} {-s * 0.45:g} "
            f"{-s * 1.55:g}c{s * 0.25:g} 0 {s * 0.4:g} {s * 0.15:g} {s * 0.45:g} {s * 0.35:g}"
            f"c{s * 0.05:g} {-s * 0.2:g} {s * 0.2:g} {-s * 0.35:g} {s * 0.45:g} {-s * 0.35:g}"
            f"c{s * 0.45:g} 0 {s * 0.55:g} {s * 0.8:g} {-s * 0.45:g} {s * 1.55:g}z"
        )

    shift = 10 + n % 3 * 4
    return _path(heart(60 + shift, 96, 46), c.far) + _path(heart(60 - shift, 92, 40), c.near)


def _spiral(c: Colours, n: int) -> str:
    halves = "".join(
        f"a{r:g} {r:g} 0 0 1 {2 * r if k % 2 else -2 * r:g} 0"
        for k, r in enumerate(4 + 4.4 * k for k in range(10))
    )
    way = f"rotate({n % 8 * 45} 60 56)"
    line = _line(f"M62 56{halves}", c.near, 3.2)
    return f'{_circle(60, 56, 52, c.far)}<g transform="{way}">{line}</g>'


def _eye(c: Colours, n: int) -> str:
    look = n % 5 * 4 - 8
    lid = "M10 60q50-54 100 0q-50 54-100 0z"
    rays = "".join(f"M60 60L{60 + 70 * math.cos(a):.0f} {60 + 70 * math.sin(a):.0f}" for a in _RAYS)
    return (
        _line(rays, c.far, 2)
        + _path(lid, c.ink)
        + _circle(60 + look, 60, 20, c.near)
        + _circle(60 + look, 60, 9, c.ground)
    )


_RAYS = [math.pi * (1 + k / 8) for k in range(9)]


def _road(c: Colours, n: int) -> str:
    x = 44 + n % 5 * 8
    dashes = "".join(
        f"M{60 + (x - 60) * t - 0.5 - 2 * (1 - t):.1f} {HEIGHT - 56 * t:.1f}"
        f"h{1 + 4 * (1 - t):.1f}v{-9 * (1 - t) - 2:.1f}h{-1 - 4 * (1 - t):.1f}z"
        for t in (0.02, 0.3, 0.52, 0.7, 0.85)
    )
    return (
        _circle(x, 40, 20, c.near)
        + _path(_box(0, 56, WIDTH, 56), c.far)
        + _path(f"M{x - 2} 56h4L98 112H22z", c.ground)
        + _path(dashes, c.near)
    )


def _waves(c: Colours, n: int) -> str:
    def row(y: float, step: float) -> str:
        bow = "".join(f"q{step / 2:g} -12 {step:g} 0" for _ in range(math.ceil(140 / step)))
        return f"M{-(n % 10):g} {y:g}{bow}V{HEIGHT}H-9z"

    moon = _circle(30 + n % 4 * 20, 30, 15, c.near)
    front = _path(row(92, 28), c.near).replace("/>", ' opacity=".85"/>')
    return moon + _path(row(62, 40), c.far) + _line(row(78, 34), c.ground, 2.5) + front


def _mountain(c: Colours, n: int) -> str:
    x = 46 + n % 5 * 7
    return (
        _circle(94 - n % 3 * 34, 28, 12, c.near)
        + _path(f"M-8 112L{x - 34} 58L{x + 6} 112zM{x} 112L{x + 44} 50L132 112z", c.far)
        + _path(f"M{x - 42} 112L{x + 4} 26L{x + 54} 112z", c.ink)
        + _path(f"M{x - 12} 56L{x + 4} 26L{x + 21} 56l-8 7l-9-8l-8 9z", c.near)
    )


def _planet(c: Colours, n: int) -> str:
    stars = "".join(
        _box((n + k * 43) % 117, (n // 117 + k * 67 + k // 3 * 5) % 106, 1.6, 1.6)
        for k in range(20)
    )
    tilt = (-24, -14, 18, 28)[n % 4]
    ring = f'<ellipse cx="60" cy="58" rx="50" ry="12" fill="none" stroke="{c.near}"'
    half = _path("M33 58a27 27 0 0 1 54 0z", c.far)
    return (
        _path(stars, c.ink)
        + f'<g transform="rotate({tilt} 60 58)">'
        + _circle(60, 58, 27, c.far)
        + f'{ring} stroke-width="3.4"/>{half}</g>'
    )


def _mask(c: Colours, n: int) -> str:
    mouth = ("M40 70q20 24 40 0z", "M38 72q22 14 44-4q-14 30-44 4z")[n % 2]
    half = "M60 14h-26q-6 0-6 6v34q0 40 32 46z"
    eyes = "M36 46q8-10 16 0q-8 6-16 0zM68 46q8-10 16 0q-8 6-16 0z"
    face = "M60 14h26q6 0 6 6v34q0 40-32 46z"
    return _path(half, c.near) + _path(face, c.far) + _path(eyes + mouth, c.ground)


def _house(c: Colours, n: int) -> str:
    x = 28 + n % 4 * 8
    return (
        _circle(96 - n % 2 * 72, 28, 12, c.near)
        + _path("M0 112V96q40-16 120 0v16z", c.far)
        + _path(f"M{x} 100V58h56v42zM{x - 8} 60L{x + 28} 28L{x + 64} 60zM{x + 42} 34h8v14z", c.ink)
        + _path(_box(x + 10, 66, 13, 13) + _box(x + 33, 66, 13, 34), c.near)
    )


def _trees(c: Colours, n: int) -> str:
    def pine(x: float, y: float, s: float) -> str:
        tiers = "".join(
            f"M{x - s * (0.3 + k * 0.1):g} {y + s * (0.9 + k * 0.55):g}h{s * (0.6 + k * 0.2):g}"
            f"L{x:g} {y + k * s * 0.5:g}z"
            for k in range(3)
        )
        return tiers + _box(x - s * 0.06, y + s * 1.9, s * 0.12, s)

    back = "".join(pine(x, 42 + (n >> x % 5) % 3 * 6, 26) for x in (8, 36, 66, 98))
    front = "".join(pine(x + n % 3 * 8, 48 + x % 3 * 8, 34) for x in (16, 52, 87))
    return _circle(60, 32, 16, c.near) + _path(back, c.far) + _path(front, c.ink)


def _clock(c: Colours, n: int) -> str:
    def hand(angle: float, length: float) -> str:
        return f"M60 58L{60 + length * math.sin(angle):.1f} {58 - length * math.cos(angle):.1f}"

    marks = "".join(
        f"M{60 + 34 * math.sin(a):.1f} {58 - 34 * math.cos(a):.1f}"
        f"L{60 + 39 * math.sin(a):.1f} {58 - 39 * math.cos(a):.1f}"
        for a in (k * math.pi / 6 for k in range(12))
    )
    hour, minute = n % 12 * math.pi / 6, n % 60 * math.pi / 30
    return (
        _circle(60, 58, 46, c.far)
        + _line(marks, c.ink, 2)
        + _line(hand(hour, 20), c.ink, 4)
        + _line(hand(minute, 31), c.near, 3)
        + _circle(60, 58, 4, c.near)
    )


def _chess(c: Colours, n: int) -> str:
    tiles = "".join(
        _box(12 + column * 16, 10 + row * 16, 16, 16)
        for row in range(6)
        for column in range(6)
        if (row + column) % 2
    )
    x, y = 20 + n % 6 * 16, 18 + n // 7 % 6 * 16
    return _path(tiles, c.far) + _circle(x, y, 6.5, c.near)


def _beams(c: Colours, n: int) -> str:
    x = 36 + n % 5 * 12
    beams = f"M8-4h14L{x + 26} 100H{x - 26}zM98-4h14L{x + 30} 100H{x - 22}z"
    oval = f'<ellipse cx="{x}" cy="100" rx="34" ry="9" fill="{c.near}"/>'
    figure = _circle(x, 72, 5.5, c.ink) + _path(f"M{x - 9} 100q0-21 9-21t9 21z", c.ink)
    return f'<g opacity=".75">{_path(beams, c.far)}</g>{oval}{figure}'


def _balloons(c: Colours, n: int) -> str:
    spots = [(34, 44, 18), (66, 30, 21), (90, 58, 15), (52, 70, 13)]
    strings = "".join(f"M{x} {y + r}Q{x} 90 60 112" for x, y, r in spots)
    drops = [
        _circle(x, y, r, c.near if (k + n) % 2 else c.far) for k, (x, y, r) in enumerate(spots)
    ]
    return _line(strings, c.ink, 0.8) + "".join(drops)


def _blinds(c: Colours, n: int) -> str:
    x = 40 + n % 5 * 10
    slats = "".join(_box(0, y, WIDTH, 6.5) for y in range(4, 110, 12))
    figure = f"M{x - 26} 112q0-32 16-36q-8-6-8-18q0-18 18-18t18 18q0 12-8 18q16 4 16 36z"
    hat = f"M{x - 30} 46q30-10 60 0v4h-60zM{x - 16} 44q2-18 16-18t16 18z"
    return _path(slats, c.near) + _path(figure + hat, c.ground)


def _target(c: Colours, n: int) -> str:
    x, y = 52 + n % 4 * 6, 54 + n % 3 * 5
    rings = "".join(
        _circle(x, y, r, tone) for r, tone in ((42, c.far), (30, c.ground), (19, c.far))
    )
    cross = f"M{x - 54} {y}h40M{x + 14} {y}h40M{x} {y - 52}v38M{x} {y + 14}v40"
    return rings + _line(cross, c.ink, 1.6) + _circle(x, y, 7, c.near)


def _keyhole(c: Colours, n: int) -> str:
    tilt = n % 3 * 6 - 6
    rays = f"M60 50L{14 + tilt} 112h92z"
    hole = "M60 28a17 17 0 0 1 8.500 31.700L76 92H44l7.500-32.300A17 17 0 0 1 60 28z"
    return _path(_box(18, 8, 84, 104), c.far) + _path(rays, c.ground) + _path(hole, c.near)


def _rain(c: Colours, n: int) -> str:
    drops = "".join(
        f"M{x * 24 + y % 2 * 12 + n % 9} {y * 25 + (x * 7 + n) % 9 - 8}l-4 13"
        for x in range(6)
        for y in range(5)
    )
    dome = "M18 74a42 42 0 0 1 84 0q-7-8-14 0q-7-8-14 0q-7-8-14 0q-7-8-14 0q-7-8-14 0q-7-8-14 0z"
    stick = "M60 70v30q0 9-8 9t-8-8"
    return _line(drops, c.far, 2) + _line(stick, c.ink, 3) + _path(dome, c.near)


def _bolt(c: Colours, n: int) -> str:
    x = n % 4 * 6 - 9
    bolt = f"M{66 + x} 2L{34 + x} 62h22L{46 + x} 110L{90 + x} 46H{66 + x}L{82 + x} 2z"
    stripes = "".join(
        f"M{-20 + k * 26} 112L{40 + k * 26} 0h9L{-11 + k * 26} 112z" for k in range(5)
    )
    return _path(stripes, c.far) + _path(bolt, c.near)


def _desert(c: Colours, n: int) -> str:
    x = 24 + n % 3 * 8
    mesa = f"M{62 - x / 2:g} 92l7-30h40l8 30z"
    cactus = f"M{x} 106V50q0-6 5-6t5 6v56zM{x - 4} 84q-9 0-9-9V64h6v8q0 4 4 4z"
    arm = f"M{x + 9} 76q12 0 12-10V56h-6v8q0 5-6 5z"
    return (
        _circle(78, 40, 21, c.near)
        + _path(mesa + "M0 112V92q60-12 120 0v20z", c.far)
        + _path(cactus + arm, c.ink)
    )


def _flower(c: Colours, n: int) -> str:
    petals = "".join(
        f'<ellipse cx="60" cy="34" rx="10" ry="19" transform="rotate({turn + n % 20} 60 56)"/>'
        for turn in range(0, 360, 45)
    )
    stem = _line("M60 60Q64 90 60 112M62 96q12-4 18-16", c.ink, 2.4)
    return f'{stem}<g fill="{c.far}">{petals}</g>{_circle(60, 56, 11, c.near)}'


def _sound(c: Colours, n: int) -> str:
    bars = [
        _box(10 + k * 9, 58 - h, 5, 2 * h)
        for k in range(11)
        if (h := 8 + (n >> k % 8) % 5 * 6 + round(12 * math.sin(k / 10 * math.pi)))
    ]
    return _path("".join(bars[::2]), c.near) + _path("".join(bars[1::2]), c.far)


def _moonlit(c: Colours, n: int) -> str:
    x = 54 + n % 4 * 8
    branch = "M-4 98Q50 88 92 50M20 94Q44 70 44 34M46 80Q66 52 64 28M66 70Q84 70 100 76M44 54L30 38"
    bats = f"M{x + 20} 34q5-6 8 0q3-6 8 0q-5-1-8 4q-3-5-8-4z"
    moon = _circle(x, 54, 40, c.near)
    return moon + _line(branch, c.ground, 3.4) + _path(bats, c.ground)


def _columns(c: Colours, n: int) -> str:
    shafts = "".join(_box(20 + k * 23, 48, 12, 46) for k in range(4))
    broken = _box(20 + n % 4 * 23, 48, 12, 8 + n % 3 * 8)
    base = "M8 94h104v6H8zM2 102h116v10H2z"
    return (
        _path(shafts + base, c.far)
        + _path(broken, c.ground if n % 2 else c.near)
        + _path("M60 12L112 42H8zM12 43h96v4H12z", c.near)
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(","))


MOTIFS: dict[str, Motif] = {
    "horizon": Motif(
        _horizon, _words("Adventure, hopeful, epic, nostalgic, meditative, uplifting")
    ),
    "city": Motif(_city, _words("Crime, Action, Romance, stylish, lonely, witty, cynical")),
    "heart": Motif(_heart, _words("Romance, romantic, tender, sensual, heartwarming")),
    "spiral": Motif(_spiral, _words("Thriller, mind-bending, surreal, dreamlike, suspenseful")),
    "eye": Motif(_eye, _words("Mystery, Horror, eerie, disturbing, thought-provoking, surreal")),
    "road": Motif(_road, _words("Adventure, adventurous, rebellious, bittersweet, quirky")),
    "waves": Motif(_waves, _words("Drama, melancholic, meditative, bittersweet, lonely, gentle")),
    "mountain": Motif(_mountain, _words("Adventure, Sport, awe-inspiring, inspiring, triumphant")),
    "planet": Motif(_planet, _words("Science Fiction, cerebral, awe-inspiring, mind-bending")),
    "mask": Motif(_mask, _words("Comedy, Drama, satirical, silly, chaotic, campy, funny")),
    "house": Motif(_house, _words("Family, cosy, heartwarming, feel-good, nostalgic, tender")),
    "trees": Motif(_trees, _words("Fantasy, Horror, slow-burn, magical, gentle, mysterious")),
    "clock": Motif(_clock, _words("Thriller, Biography, tense, nostalgic, gripping, suspenseful")),
    "chess": Motif(_chess, _words("Crime, Mystery, cerebral, witty, cynical, satirical, quirky")),
    "beams": Motif(_beams, _words("Musical, Documentary, Biography, triumphant, inspiring, campy")),
    "balloons": Motif(
        _balloons, _words("Animation, Family, Comedy, playful, whimsical, uplifting")
    ),
    "blinds": Motif(_blinds, _words("Film Noir, Crime, mysterious, cynical, stylish, gritty")),
    "target": Motif(_target, _words("Action, War, adrenaline, violent, intense, exciting")),
    "keyhole": Motif(
        _keyhole, _words("Mystery, Thriller, mysterious, suspenseful, sensual, tense")
    ),
    "rain": Motif(_rain, _words("Drama, sad, tearjerker, melancholic, bleak, lonely, Musical")),
    "bolt": Motif(_bolt, _words("Action, Sport, adrenaline, angry, intense, exciting, rebellious")),
    "desert": Motif(_desert, _words("Western, War, gritty, slow-burn, bleak")),
    "flower": Motif(_flower, _words("Romance, Comedy, gentle, whimsical, tender, hopeful, cosy")),
    "sound": Motif(_sound, _words("Music, Musical, Documentary, feel-good, stylish, rebellious")),
    "moonlit": Motif(_moonlit, _words("Horror, scary, creepy, spooky, dark, eerie, disturbing")),
    "columns": Motif(_columns, _words("History, War, Biography, epic, patriotic, dark")),
}
