"""Steps away from a list: each goes beyond the list's middle, and stays in the mood it began in."""

from __future__ import annotations

from pathlib import Path
from statistics import mean
from typing import NamedTuple

import pytest
from moodreel import MovieAgent, Reply, Settings
from moodreel.ingest.item import AxisName


class Step(NamedTuple):
    """A wish, a step from its list, which way that goes, and the moods it stays among."""

    wish: str
    step: str
    axis: AxisName
    sign: int
    moods: set[str]


STEPS = [
    Step("something sad", "a bit lighter", "lightness", 1, {"sad", "tearjerker", "bittersweet"}),
    Step("a feel-good film", "darker", "lightness", -1, {"feel-good", "heartwarming", "uplifting"}),
    Step("something scary", "less scary", "scares", -1, {"scary", "creepy", "eerie"}),
    Step("a violent thriller", "not that violent", "violence", -1, {"violent", "adrenaline"}),
    Step("something silly", "more serious", "humour", -1, {"silly", "funny", "playful"}),
    Step(
        "a serious drama", "funnier", "humour", 1, {"thought-provoking", "intense", "bittersweet"}
    ),
    Step("a slow film", "faster", "demand", -1, {"slow-burn", "suspenseful", "dark"}),
    Step("something tense", "calmer", "tension", -1, {"tense", "suspenseful", "gripping"}),
    Step("a weird film", "less weird", "strangeness", -1, {"quirky", "surreal", "mind-bending"}),
    Step("something funny", "more romantic", "romance", 1, {"funny", "witty", "playful"}),
]


@pytest.mark.parametrize("said", STEPS, ids=lambda said: said.step)
async def test_a_step_goes_beyond_the_list_and_keeps_its_mood(home: Path, said: Step) -> None:
    settings = Settings(home=home, engine="builtin", conversations="memory")
    async with await MovieAgent.open(settings) as agent:

        def degree(reply: Reply) -> float:
            items = agent.catalogue.get([pick.id for pick in reply.picks]).values()
            return mean(item.axes.of(said.axis) for item in items if item.axes is not None)

        first = await agent.send(said.wish, "me")
        second = await agent.send(said.step, "me")
        assert len(second.picks) == 5
        assert said.sign * (degree(second) - degree(first)) > 0
        assert sum(bool(said.moods & set(pick.mood_tags)) for pick in second.picks) >= 3
