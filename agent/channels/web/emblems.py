"""Things that stand for something, as pictures on posters.

Each function fills the part of a poster above its title: `WIDTH` by `HEIGHT`, the origin at the
top left. ``n`` varies it, so that two films with the same motif don't look alike. The SVG uses no
ids, styles or references.
"""

from __future__ import annotations

import math

from .strokes import WIDTH, Colours, box, circle, line, path


def heart(c: Colours, n: int) -> str:
    """Two hearts."""

    def heart(x: float, y: float, s: float) -> str:
        return (
            f"M{x:g} {y:g}c{-s:g} {-s * 0.75:g} {-s * 0.9:g} {-s * 1.55:g} {-s * 0.45:g} "
            f"{-s * 1.55:g}c{s * 0.25:g} 0 {s * 0.4:g} {s * 0.15:g} {s * 0.45:g} {s * 0.35:g}"
            f"c{s * 0.05:g} {-s * 0.2:g} {s * 0.2:g} {-s * 0.35:g} {s * 0.45:g} {-s * 0.35:g}"
            f"c{s * 0.45:g} 0 {s * 0.55:g} {s * 0.8:g} {-s * 0.45:g} {s * 1.55:g}z"
        )

    shift = 10 + n % 3 * 4
    return path(heart(60 + shift, 96, 46), c.far) + path(heart(60 - shift, 92, 40), c.near)


def spiral(c: Colours, n: int) -> str:
    """A spiral on a disc."""
    halves = "".join(
        f"a{r:g} {r:g} 0 0 1 {2 * r if k % 2 else -2 * r:g} 0"
        for k, r in enumerate(4 + 4.4 * k for k in range(10))
    )
    way = f"rotate({n % 8 * 45} 60 56)"
    coil = line(f"M62 56{halves}", c.near, 3.2)
    return f'{circle(60, 56, 52, c.far)}<g transform="{way}">{coil}</g>'


def eye(c: Colours, n: int) -> str:
    """An open eye."""
    look = n % 5 * 4 - 8
    lid = "M10 60q50-54 100 0q-50 54-100 0z"
    rays = "".join(f"M60 60L{60 + 70 * math.cos(a):.0f} {60 + 70 * math.sin(a):.0f}" for a in _RAYS)
    return (
        line(rays, c.far, 2)
        + path(lid, c.ink)
        + circle(60 + look, 60, 20, c.near)
        + circle(60 + look, 60, 9, c.ground)
    )


_RAYS = [math.pi * (1 + k / 8) for k in range(9)]


def mask(c: Colours, n: int) -> str:
    """A theatre mask in two halves."""
    mouth = ("M40 70q20 24 40 0z", "M38 72q22 14 44-4q-14 30-44 4z")[n % 2]
    half = "M60 14h-26q-6 0-6 6v34q0 40 32 46z"
    eyes = "M36 46q8-10 16 0q-8 6-16 0zM68 46q8-10 16 0q-8 6-16 0z"
    face = "M60 14h26q6 0 6 6v34q0 40-32 46z"
    return path(half, c.near) + path(face, c.far) + path(eyes + mouth, c.ground)


def clock(c: Colours, n: int) -> str:
    """A clock face."""

    def hand(angle: float, length: float) -> str:
        return f"M60 58L{60 + length * math.sin(angle):.1f} {58 - length * math.cos(angle):.1f}"

    marks = "".join(
        f"M{60 + 34 * math.sin(a):.1f} {58 - 34 * math.cos(a):.1f}"
        f"L{60 + 39 * math.sin(a):.1f} {58 - 39 * math.cos(a):.1f}"
        for a in (k * math.pi / 6 for k in range(12))
    )
    hour, minute = n % 12 * math.pi / 6, n % 60 * math.pi / 30
    return (
        circle(60, 58, 46, c.far)
        + line(marks, c.ink, 2)
        + line(hand(hour, 20), c.ink, 4)
        + line(hand(minute, 31), c.near, 3)
        + circle(60, 58, 4, c.near)
    )


def chess(c: Colours, n: int) -> str:
    """A chequered board with one piece."""
    tiles = "".join(
        box(12 + column * 16, 10 + row * 16, 16, 16)
        for row in range(6)
        for column in range(6)
        if (row + column) % 2
    )
    x, y = 20 + n % 6 * 16, 18 + n // 7 % 6 * 16
    return path(tiles, c.far) + circle(x, y, 6.5, c.near)


def balloons(c: Colours, n: int) -> str:
    """Four balloons on strings."""
    spots = [(34, 44, 18), (66, 30, 21), (90, 58, 15), (52, 70, 13)]
    strings = "".join(f"M{x} {y + r}Q{x} 90 60 112" for x, y, r in spots)
    drops = [circle(x, y, r, c.near if (k + n) % 2 else c.far) for k, (x, y, r) in enumerate(spots)]
    return line(strings, c.ink, 0.8) + "".join(drops)


def blinds(c: Colours, n: int) -> str:
    """Somebody in a hat before blinds."""
    x = 40 + n % 5 * 10
    slats = "".join(box(0, y, WIDTH, 6.5) for y in range(4, 110, 12))
    figure = f"M{x - 26} 112q0-32 16-36q-8-6-8-18q0-18 18-18t18 18q0 12-8 18q16 4 16 36z"
    hat = f"M{x - 30} 46q30-10 60 0v4h-60zM{x - 16} 44q2-18 16-18t16 18z"
    return path(slats, c.near) + path(figure + hat, c.ground)


def target(c: Colours, n: int) -> str:
    """Cross hairs."""
    x, y = 52 + n % 4 * 6, 54 + n % 3 * 5
    rings = "".join(circle(x, y, r, tone) for r, tone in ((42, c.far), (30, c.ground), (19, c.far)))
    cross = f"M{x - 54} {y}h40M{x + 14} {y}h40M{x} {y - 52}v38M{x} {y + 14}v40"
    return rings + line(cross, c.ink, 1.6) + circle(x, y, 7, c.near)


def keyhole(c: Colours, n: int) -> str:
    """A keyhole that light falls through."""
    tilt = n % 3 * 6 - 6
    rays = f"M60 50L{14 + tilt} 112h92z"
    hole = "M60 28a17 17 0 0 1 8.500 31.700L76 92H44l7.500-32.300A17 17 0 0 1 60 28z"
    return path(box(18, 8, 84, 104), c.far) + path(rays, c.ground) + path(hole, c.near)


def rain(c: Colours, n: int) -> str:
    """An umbrella in the rain."""
    drops = "".join(
        f"M{x * 24 + y % 2 * 12 + n % 9} {y * 25 + (x * 7 + n) % 9 - 8}l-4 13"
        for x in range(6)
        for y in range(5)
    )
    dome = "M18 74a42 42 0 0 1 84 0q-7-8-14 0q-7-8-14 0q-7-8-14 0q-7-8-14 0q-7-8-14 0q-7-8-14 0z"
    stick = "M60 70v30q0 9-8 9t-8-8"
    return line(drops, c.far, 2) + line(stick, c.ink, 3) + path(dome, c.near)


def bolt(c: Colours, n: int) -> str:
    """Lightning."""
    x = n % 4 * 6 - 9
    bolt = f"M{66 + x} 2L{34 + x} 62h22L{46 + x} 110L{90 + x} 46H{66 + x}L{82 + x} 2z"
    stripes = "".join(
        f"M{-20 + k * 26} 112L{40 + k * 26} 0h9L{-11 + k * 26} 112z" for k in range(5)
    )
    return path(stripes, c.far) + path(bolt, c.near)


def flower(c: Colours, n: int) -> str:
    """A flower."""
    petals = "".join(
        f'<ellipse cx="60" cy="34" rx="10" ry="19" transform="rotate({turn + n % 20} 60 56)"/>'
        for turn in range(0, 360, 45)
    )
    stem = line("M60 60Q64 90 60 112M62 96q12-4 18-16", c.ink, 2.4)
    return f'{stem}<g fill="{c.far}">{petals}</g>{circle(60, 56, 11, c.near)}'


def sound(c: Colours, n: int) -> str:
    """The bars of a sound."""
    bars = [
        box(10 + k * 9, 58 - h, 5, 2 * h)
        for k in range(11)
        if (h := 8 + (n >> k % 8) % 5 * 6 + round(12 * math.sin(k / 10 * math.pi)))
    ]
    return path("".join(bars[::2]), c.near) + path("".join(bars[1::2]), c.far)
