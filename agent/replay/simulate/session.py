"""Plays all simulated people, each with the agent and with what it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ....ingest.catalogue import Catalogue
from ....ingest.item import Item
from ...companion import MovieAgent
from ...engines.llm.chat import ChatClient
from ..players import PythonPlayer
from .baselines import OnlyMore, at_random, popular
from .made import made_tastes, target_tastes
from .model_person import ModelPerson
from .person import Person
from .raters import rater_tastes, read_ratings
from .stage import Dialogue, Lists, Role, Somebody, play
from .taste import Taste
from .temperament import TEMPERAMENTS

ORACLE = "target, told genre and star"


@dataclass(frozen=True)
class Options:
    """What to play: ``users`` people of each kind, ``turns`` each, chance drawn from ``seed``.

    Without ``data`` tastes are made from the catalogue instead of read from MovieLens. ``model``
    names a model that plays the people through ``client``.
    """

    users: int = 40
    turns: int = 8
    seed: int = 1
    data: Path | None = None
    client: ChatClient | None = None
    model: str = ""


@dataclass(frozen=True)
class Group:
    """People of one kind: their dialogues, and the lists of everything else they were served."""

    name: str
    dialogues: tuple[Dialogue, ...]
    others: dict[str, tuple[Lists, ...]] = field(default_factory=dict)

    @property
    def sanity_check(self) -> bool:
        """Whether its figures only show that the machinery works."""
        return self.name == ORACLE


async def simulate(
    agent: MovieAgent, options: Options, heard: Callable[[Dialogue], None]
) -> list[Group]:
    """Play everything with an agent, each dialogue a conversation of its own.

    Raises:
        UsageError: the data folder has no MovieLens ratings.
        EngineError: a model that plays people failed.
    """
    return [
        await _group(name, tastes, agent, options, heard)
        for name, tastes in _people(options, agent.catalogue).items()
    ]


def _people(options: Options, catalogue: Catalogue) -> dict[str, list[Taste]]:
    count, seed = options.users, options.seed
    if options.data:
        ratings = read_ratings(options.data, catalogue)
        first = {"rater": rater_tastes(ratings, catalogue, count, seed)}
    else:
        first = {"made": made_tastes(catalogue, count, seed)}
    targets = target_tastes(catalogue, count, seed)
    told = target_tastes(catalogue, count, seed, oracle=True)
    return {**first, "target": targets, ORACLE: told}


async def _group(
    name: str,
    tastes: Sequence[Taste],
    agent: MovieAgent,
    options: Options,
    heard: Callable[[Dialogue], None],
) -> Group:
    items = list(agent.catalogue.items())
    dialogues: list[Dialogue] = []
    others: dict[str, list[Lists]] = {"first message only": [], "best known": [], "random": []}
    for place, taste in enumerate(tastes):
        role = _role(place, taste, items, options)
        talk = PythonPlayer(agent, f"{name} {place}")
        dialogues.append(await play(role, talk, agent.catalogue, options.turns))
        heard(dialogues[-1])
        deaf = _role(place, taste, items, options, deaf=True)
        talk = PythonPlayer(agent, f"{name} {place} deaf")
        unheard = await play(deaf, talk, agent.catalogue, options.turns)
        others["first message only"].append(unheard.lists)
        others["best known"].append(popular(role, items, options.turns))
        others["random"].append(at_random(role, items, options.turns, options.seed))
    return Group(name, tuple(dialogues), {each: tuple(found) for each, found in others.items()})


def _role(
    place: int, taste: Taste, items: Sequence[Item], options: Options, *, deaf: bool = False
) -> Role:
    """The same people whatever they are served: each temperament as often, half of each picky."""
    temperament = TEMPERAMENTS[place % len(TEMPERAMENTS)]
    picky = place // len(TEMPERAMENTS) % 2 == 0
    known = {item.id: item for item in items}
    who: Somebody = Person(taste, temperament, known, options.seed, picky=picky)
    if options.client and not deaf:
        who = ModelPerson(taste, temperament, known, options.client, options.model, picky=picky)
    return Role(OnlyMore(who) if deaf else who, taste, temperament.name, picky)
