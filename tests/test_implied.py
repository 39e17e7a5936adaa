"""What a mood in words means on the axes: how much of it, and whether more is welcome."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean

import pytest
from moodreel import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.settings import load_settings
from moodreel.ingest.catalogue import Catalogue
from moodreel.tools.implied import fullest


@pytest.mark.parametrize(
    ("mood", "axis", "said", "sought"),
    [
        ("funny", "humour", 3.0, 4.0),
        ("funny", "humour", 2.25, 2.25),
        ("witty", "humour", 3.0, 3.0),
        ("tearjerker", "lightness", 1.0, 1.0),
        ("funny", "tension", 3.0, 3.0),
    ],
)
def test_a_lot_means_the_most_and_a_bit_stays_a_bit(
    mood: str, axis: str, said: float, sought: float
) -> None:
    assert fullest([mood], axis, said) == sought  # type: ignore[list-item, arg-type]


@pytest.mark.parametrize(
    ("plain", "little", "axis"),
    [
        ("something funny", "something a bit funny", "humour"),
        ("a gripping film", "a slightly gripping film", "tension"),
    ],
)
async def test_a_plain_wish_finds_the_most_of_it(
    starter: Catalogue, tmp_path: Path, plain: str, little: str, axis: str
) -> None:
    agent = MovieAgent(load_settings(home=tmp_path), starter, MemoryConversations(), year=2026)
    degrees = []
    for said in (plain, little):
        reply = await agent.send(said, said)
        films = starter.get([pick.id for pick in reply.picks]).values()
        degrees.append([film.axes.of(axis) for film in films if film.axes])  # type: ignore[arg-type]
    assert min(degrees[0]) == 4
    assert fmean(degrees[1]) < fmean(degrees[0])
