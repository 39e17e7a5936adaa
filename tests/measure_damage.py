"""How many plans of a bad model are set right: `python -m tests.measure_damage`.

Every message of the reading tests is read by the rules, the plan is written as a model would
write it, and damaged in one way; then it is read and checked as a model's reply is. A plan is
restored when it says again what the rules read, and safe when it says nothing else.
"""

# ruff: noqa: T201 - it prints, that is its purpose.

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from moodreel.agent.engines.base import Turn
from moodreel.agent.engines.llm.plan_check import checked
from moodreel.agent.engines.llm.plan_read import plan_of
from moodreel.agent.engines.llm.plan_reply import PlanReply
from moodreel.agent.engines.llm.plan_write import reply_of
from moodreel.agent.engines.reading.read import read
from moodreel.agent.plan import TurnPlan
from moodreel.agent.profile import TasteProfile
from moodreel.ingest.catalogue import Catalogue

from .plan_words import FIVE, words

Reply = dict[str, Any]
Damage = Callable[[Reply, str, random.Random], bool]
"""Damages a reply in place; False where there is nothing of that sort to damage."""

_EDITS = ("films", "wishes", "limits", "changes", "weights")
_OTHER_ROLE = {
    "loved": "disliked", "liked": "disliked", "disliked": "loved", "seen": "loved",
    "interested": "disliked", "not_tonight": "loved", "like_this": "unlike_this",
}  # fmt: skip


def drop_one(reply: Reply, message: str, dice: random.Random) -> bool:
    """One edit is missing."""
    there = [(name, n) for name in _EDITS for n in range(len(reply[name]))]
    if there:
        name, place = dice.choice(there)
        reply[name].pop(place)
    return bool(there)


def drop_all(reply: Reply, message: str, dice: random.Random) -> bool:
    """Nothing but "recommend"."""
    there = any(reply[name] for name in _EDITS)
    reply.update({name: [] for name in _EDITS})
    reply["answers"] = [{"do": "recommend"}]
    return there


def no_words(reply: Reply, message: str, dice: random.Random) -> bool:
    """Nothing is quoted."""
    for part in _parts(reply):
        part["words"] = ""
    return any(_parts(reply))


def other_words(reply: Reply, message: str, dice: random.Random) -> bool:
    """What is quoted was never said."""
    for part in _parts(reply):
        part["words"] = "the user would appreciate this kind of movie"
    return any(_parts(reply))


def invent_film(reply: Reply, message: str, dice: random.Random) -> bool:
    """A film that nobody spoke of, with words that nobody said."""
    words_ = "I adored Casablanca" if dice.random() < 0.5 else _span(message, dice)
    role = dice.choice(["loved", "seen", "like_this", "disliked"])
    reply["films"].append({"words": words_, "film": "Casablanca", "role": role})
    return "casablanca" not in message.lower()


def invent_place(reply: Reply, message: str, dice: random.Random) -> bool:
    """A place in the list that the message has no word for."""
    taken = {film["film"] for film in reply["films"]}
    reply["films"].append({"words": _span(message, dice), "film": "#4", "role": "seen"})
    telling = ("4", "four", "all", "them", "these", "those", "they", "both", "one", "last")
    return not taken and not any(word in message.lower() for word in telling)


def invent_years(reply: Reply, message: str, dice: random.Random) -> bool:
    """Years that nobody asked for."""
    there = any(limit["limit"] == "years" for limit in reply["limits"])
    reply["limits"].append(
        {"words": _span(message, dice), "limit": "years", "low": 1970, "high": 1979}
    )
    return not there and "7" not in message


def invent_genre(reply: Reply, message: str, dice: random.Random) -> bool:
    """A genre demanded that nobody named, with words that nobody said."""
    reply["limits"].append(
        {"words": "strictly cowboys only", "limit": "genres", "only": ["Western"]}
    )
    return not any(word in message.lower() for word in ("western", "cowboy"))


def invent_reset(reply: Reply, message: str, dice: random.Random) -> bool:
    """Everything is to be forgotten, out of the blue."""
    there = reply["undo"] or reply["reset"] != "no" or reply["forget"]
    reply.update({"reset": "all", "undo": 2})
    return not there


def wrong_number(reply: Reply, message: str, dice: random.Random) -> bool:
    """Bounds are somewhere else."""
    found = False
    for limit in reply["limits"]:
        for end in ("low", "high"):
            if limit[end] is not None:
                limit[end] += dice.choice([-20, 10, 15])
                found = True
    return found


def wrong_feeling(reply: Reply, message: str, dice: random.Random) -> bool:
    """What was loved is hated, and the other way round."""
    for film in reply["films"]:
        film["role"] = _OTHER_ROLE.get(film["role"], film["role"])
    return bool(reply["films"])


def lost_not(reply: Reply, message: str, dice: random.Random) -> bool:
    """A "no" was overlooked: what is unwanted is wanted."""
    unwanted = [wish for wish in reply["wishes"] if wish["avoid"]]
    never = [limit for limit in reply["limits"] if limit["never"]]
    for wish in unwanted:
        wish["avoid"] = False
    for limit in never:
        limit["only"], limit["never"] = limit["never"], []
    return bool(unwanted or never)


def wrong_place(reply: Reply, message: str, dice: random.Random) -> bool:
    """Films of the list are counted wrongly."""
    found = [film for film in reply["films"] if film["film"].startswith("#")]
    for film in found:
        film["film"] = f"#{(int(film['film'][1:]) + 1) % 5 + 1}"
    return bool(found)


def wrong_answer(reply: Reply, message: str, dice: random.Random) -> bool:
    """Something else is to be done."""
    does = reply["answers"][0]["do"]
    other = {"recommend": {"do": "chat", "about": "aside"}}.get(does, {"do": "recommend"})
    reply["answers"] = [other]
    return True


DAMAGES: tuple[Damage, ...] = (
    drop_one, drop_all, no_words, other_words, invent_film, invent_place, invent_years,
    invent_genre, invent_reset, wrong_number, wrong_feeling, lost_not, wrong_place, wrong_answer,
)  # fmt: skip


def _parts(reply: Reply) -> Iterator[Reply]:
    for name in _EDITS:
        yield from reply[name]


def _span(message: str, dice: random.Random) -> str:
    """Some words of the message, next to each other."""
    said = message.split() or [""]
    first = dice.randrange(len(said))
    return " ".join(said[first : first + 3])


@dataclass(frozen=True)
class Outcome:
    """What became of one kind of damage: plans damaged, restored and safe, before and after."""

    damage: str
    plans: int
    restored: int
    safe: int
    restored_unchecked: int
    safe_unchecked: int


def outcome(damage: Damage, turns: Sequence[Turn], catalogue: Catalogue) -> Outcome:
    """Damage the plan of every turn that has something of that sort, and count."""
    dice = random.Random(damage.__name__)  # noqa: S311
    counts: Counter[str] = Counter()
    for turn in turns:
        builtin = read(turn, catalogue)
        reply = reply_of(builtin, turn).model_dump(mode="json")
        if not damage(reply, turn.message, dice):
            continue
        raw = plan_of(PlanReply.model_validate(reply), turn, catalogue)
        made, _ = checked(raw, turn, builtin, catalogue)
        counts["plans"] += 1
        for name, plan in (("", made), ("_unchecked", raw)):
            counts[f"restored{name}"] += said(plan) == said(builtin)
            counts[f"safe{name}"] += not said(plan) - said(builtin)
    return Outcome(
        damage.__name__, counts["plans"], counts["restored"], counts["safe"],
        counts["restored_unchecked"], counts["safe_unchecked"],
    )  # fmt: skip


def said(plan: TurnPlan) -> Counter[str]:
    """What a plan says, in words, its order aside."""
    return Counter(words(plan))


def turns_of(messages: Sequence[str]) -> list[Turn]:
    """Each message before any list and with one on the table."""
    return [
        Turn(message, 2, TasteProfile(), shown=shown)
        for message in messages
        for shown in ((), (FIVE,))
    ]


def reading_messages() -> list[str]:
    """Every message of the reading tests' tables."""
    from . import (  # noqa: PLC0415
        test_reading_limits,
        test_reading_talk,
        test_reading_titles,
        test_reading_turns,
        test_reading_wishes,
    )

    found: list[str] = []
    for module in (
        test_reading_limits, test_reading_talk, test_reading_titles, test_reading_turns,
        test_reading_wishes,
    ):  # fmt: skip
        for name, table in vars(module).items():
            if name.isupper() and isinstance(table, list):
                found += [row[0] for row in table]
            elif name.isupper() and isinstance(table, str):
                found += [line.split("|")[0].strip() for line in table.splitlines() if "|" in line]
    return list(dict.fromkeys(found))


def main() -> None:
    """Print the table."""
    from moodreel.ingest.starter import open_catalogue  # noqa: PLC0415

    turns = turns_of(reading_messages())
    with TemporaryDirectory() as home:
        catalogue = open_catalogue(Path(home))
        print(f"{len(turns)} turns\n{'damage':14} plans  restored (unchecked)  safe (unchecked)")
        for damage in DAMAGES:
            found = outcome(damage, turns, catalogue)
            print(
                f"{found.damage:14} {found.plans:5}  {found.restored / found.plans:8.3f}"
                f" ({found.restored_unchecked / found.plans:.3f})"
                f"      {found.safe / found.plans:.3f} ({found.safe_unchecked / found.plans:.3f})"
            )
        catalogue.close()


if __name__ == "__main__":
    main()
