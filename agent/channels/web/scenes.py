"""Places, as pictures on posters.

Each function fills the part of a poster above its title: `WIDTH` by `HEIGHT`, the origin at the
top left. ``n`` varies it, so that two films with the same motif don't look alike. The SVG uses no
ids, styles or references.
"""

from __future__ import annotations

import math

from .strokes import HEIGHT, WIDTH, Colours, box, circle, line, path


def horizon(c: Colours, n: int) -> str:
    """The sun on the sea."""
    y, r = 66 + n % 3 * 6, 26 + n % 4 * 4
    bands = "".join(box(0, y + 5 + k * 9, WIDTH, 6 - k) for k in range(4) if y + 10 + k * 9 < 112)
    sun = f"M{60 - r} {y}a{r} {r} 0 0 1 {2 * r} 0z"
    return path(sun, c.near) + path(bands, c.far)


def city(c: Colours, n: int) -> str:
    """Towers with lit windows."""
    heights = [34 + (n >> k) % 7 * 8 for k in range(7)]
    towers = "".join(box(k * 18 - 3, HEIGHT - h, 16, h) for k, h in enumerate(heights))
    lit = "".join(
        box(k * 18 + 1 + (row % 2) * 5, HEIGHT - h + 6 + row * 9, 3, 4)
        for k, h in enumerate(heights)
        for row in range(h // 12)
        if (n >> (k + row)) % 3
    )
    moon = circle(24 + n % 5 * 18, 22, 9, c.near)
    return moon + path(towers, c.far) + path(lit, c.near)


def road(c: Colours, n: int) -> str:
    """A road to the sun."""
    x = 44 + n % 5 * 8
    dashes = "".join(
        f"M{60 + (x - 60) * t - 0.5 - 2 * (1 - t):.1f} {HEIGHT - 56 * t:.1f}"
        f"h{1 + 4 * (1 - t):.1f}v{-9 * (1 - t) - 2:.1f}h{-1 - 4 * (1 - t):.1f}z"
        for t in (0.02, 0.3, 0.52, 0.7, 0.85)
    )
    return (
        circle(x, 40, 20, c.near)
        + path(box(0, 56, WIDTH, 56), c.far)
        + path(f"M{x - 2} 56h4L98 112H22z", c.ground)
        + path(dashes, c.near)
    )


def waves(c: Colours, n: int) -> str:
    """Three rows of waves under the moon."""

    def row(y: float, step: float) -> str:
        bow = "".join(f"q{step / 2:g} -12 {step:g} 0" for _ in range(math.ceil(140 / step)))
        return f"M{-(n % 10):g} {y:g}{bow}V{HEIGHT}H-9z"

    moon = circle(30 + n % 4 * 20, 30, 15, c.near)
    front = path(row(92, 28), c.near).replace("/>", ' opacity=".85"/>')
    return moon + path(row(62, 40), c.far) + line(row(78, 34), c.ground, 2.5) + front


def mountain(c: Colours, n: int) -> str:
    """A peak before two others."""
    x = 46 + n % 5 * 7
    return (
        circle(94 - n % 3 * 34, 28, 12, c.near)
        + path(f"M-8 112L{x - 34} 58L{x + 6} 112zM{x} 112L{x + 44} 50L132 112z", c.far)
        + path(f"M{x - 42} 112L{x + 4} 26L{x + 54} 112z", c.ink)
        + path(f"M{x - 12} 56L{x + 4} 26L{x + 21} 56l-8 7l-9-8l-8 9z", c.near)
    )


def planet(c: Colours, n: int) -> str:
    """A ringed planet among stars."""
    stars = "".join(
        box((n + k * 43) % 117, (n // 117 + k * 67 + k // 3 * 5) % 106, 1.6, 1.6) for k in range(20)
    )
    tilt = (-24, -14, 18, 28)[n % 4]
    ring = f'<ellipse cx="60" cy="58" rx="50" ry="12" fill="none" stroke="{c.near}"'
    half = path("M33 58a27 27 0 0 1 54 0z", c.far)
    return (
        path(stars, c.ink)
        + f'<g transform="rotate({tilt} 60 58)">'
        + circle(60, 58, 27, c.far)
        + f'{ring} stroke-width="3.4"/>{half}</g>'
    )


def house(c: Colours, n: int) -> str:
    """A house with light in the window."""
    x = 28 + n % 4 * 8
    return (
        circle(96 - n % 2 * 72, 28, 12, c.near)
        + path("M0 112V96q40-16 120 0v16z", c.far)
        + path(f"M{x} 100V58h56v42zM{x - 8} 60L{x + 28} 28L{x + 64} 60zM{x + 42} 34h8v14z", c.ink)
        + path(box(x + 10, 66, 13, 13) + box(x + 33, 66, 13, 34), c.near)
    )


def trees(c: Colours, n: int) -> str:
    """Pines before the moon."""

    def pine(x: float, y: float, s: float) -> str:
        tiers = "".join(
            f"M{x - s * (0.3 + k * 0.1):g} {y + s * (0.9 + k * 0.55):g}h{s * (0.6 + k * 0.2):g}"
            f"L{x:g} {y + k * s * 0.5:g}z"
            for k in range(3)
        )
        return tiers + box(x - s * 0.06, y + s * 1.9, s * 0.12, s)

    back = "".join(pine(x, 42 + (n >> x % 5) % 3 * 6, 26) for x in (8, 36, 66, 98))
    front = "".join(pine(x + n % 3 * 8, 48 + x % 3 * 8, 34) for x in (16, 52, 87))
    return circle(60, 32, 16, c.near) + path(back, c.far) + path(front, c.ink)


def beams(c: Colours, n: int) -> str:
    """Somebody in the spotlight."""
    x = 36 + n % 5 * 12
    beams = f"M8-4h14L{x + 26} 100H{x - 26}zM98-4h14L{x + 30} 100H{x - 22}z"
    oval = f'<ellipse cx="{x}" cy="100" rx="34" ry="9" fill="{c.near}"/>'
    figure = circle(x, 72, 5.5, c.ink) + path(f"M{x - 9} 100q0-21 9-21t9 21z", c.ink)
    return f'<g opacity=".75">{path(beams, c.far)}</g>{oval}{figure}'


def desert(c: Colours, n: int) -> str:
    """A cactus, a mesa and the sun."""
    x = 24 + n % 3 * 8
    mesa = f"M{62 - x / 2:g} 92l7-30h40l8 30z"
    cactus = f"M{x} 106V50q0-6 5-6t5 6v56zM{x - 4} 84q-9 0-9-9V64h6v8q0 4 4 4z"
    arm = f"M{x + 9} 76q12 0 12-10V56h-6v8q0 5-6 5z"
    return (
        circle(78, 40, 21, c.near)
        + path(mesa + "M0 112V92q60-12 120 0v20z", c.far)
        + path(cactus + arm, c.ink)
    )


def moonlit(c: Colours, n: int) -> str:
    """Bare branches before the moon."""
    x = 54 + n % 4 * 8
    branch = "M-4 98Q50 88 92 50M20 94Q44 70 44 34M46 80Q66 52 64 28M66 70Q84 70 100 76M44 54L30 38"
    bats = f"M{x + 20} 34q5-6 8 0q3-6 8 0q-5-1-8 4q-3-5-8-4z"
    moon = circle(x, 54, 40, c.near)
    return moon + line(branch, c.ground, 3.4) + path(bats, c.ground)


def columns(c: Colours, n: int) -> str:
    """A temple with a broken column."""
    shafts = "".join(box(20 + k * 23, 48, 12, 46) for k in range(4))
    broken = box(20 + n % 4 * 23, 48, 12, 8 + n % 3 * 8)
    base = "M8 94h104v6H8zM2 102h116v10H2z"
    return (
        path(shafts + base, c.far)
        + path(broken, c.ground if n % 2 else c.near)
        + path("M60 12L112 42H8zM12 43h96v4H12z", c.near)
    )
