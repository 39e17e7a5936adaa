"""Generated conversations: whatever is said, no pick is invented, forbidden or repeated.

The conversations are random but the same every time; `MOODREEL_TEST_CONVERSATIONS` sets how
many there are.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.edits import Anchor, Attitude, LimitEdit, Undo
from moodreel.agent.profile import TasteProfile, apply
from moodreel.agent.reply import Reply
from moodreel.agent.settings import load_settings
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.item import Item
from moodreel.ingest.limits import AxisBound, BaseLimit, Genres, Languages, People

CONVERSATIONS = int(os.environ.get("MOODREEL_TEST_CONVERSATIONS", "1000"))
SEED = 20_251
BATCHES = 20
AGAIN = "Here they are again:"

OPENERS = (
    "I loved {title}", "something like {title}", "like {title} but funnier", "a {genre} film",
    "{mood} please", "i want something {mood} and {mood}", "anything by {person}",
    "{genre} from the {decade}s", "something {mood}, under {minutes} minutes",
    "I loved {title} and {title} but hated {title}", "like {title} meets {title}",
    "the mood of {title} with the plot of {title}", "a film for my {age} year old",
    "with {person}, not {genre}", "recommend me something", "what should i watch tonight?",
    "we've seen {title}. something {mood}?", "no {genre}, no {genre}, before {year}",
    "films about {thing}", "{title} ({decade}s feel) but shorter", "hi, {mood} film with {person}",
    "a {genre} in {language}, {minutes} min max", "give me three {mood} films",
)  # fmt: skip
CRITIQUES = (
    "lighter", "darker", "shorter", "newer", "older", "less violent", "funnier", "weirder",
    "no {genre}", "actually a {genre}", "nothing with {person}", "under {minutes} minutes",
    "from the {decade}s", "after {year}", "more like number {n}", "more like the {nth} one",
    "not too scary", "no subtitles", "in {language}", "my kids are {age} and 9",
    "something else", "more", "different ones", "nothing about {thing}", "no dog dies",
    "less sad, more {mood}", "anything but {genre}", "and {mood} too", "nothing like {title}",
    "too long", "too dark", "meh, none of these", "like {title}",
)  # fmt: skip
CHEAP = (
    "seen it", "I've seen {title}", "seen the {nth} one", "not {title}", "I hated {title}",
    "undo", "forget that I said no {genre}", "thanks", "show me those again", "why number {n}?",
    "what's the {nth} one about?", "is it scary?", "who made it?", "which is shorter?",
    "what do you know about me?", "hello", "how long is {title}?", "perfect, thanks", "😂😂",
    "loved the {nth} one", "the {nth} one is close", "start over", "help", "the {decade}s one",
    "what did you show me first?", "yes", "the first one", "asdf", "is {title} ok for kids?",
)  # fmt: skip
MOODS = (
    "funny", "warm", "cosy", "sad", "uplifting", "dark", "scary", "tense", "romantic", "weird",
    "thoughtful", "epic", "silly", "bleak", "gentle", "exciting", "feel-good", "mind-bending",
)  # fmt: skip
THINGS = ("zombies", "chess", "space", "war", "a heist", "cooking", "dogs", "trains", "nuns")
TONGUES = ("french", "korean", "japanese", "english", "spanish")


@dataclass
class Writer:
    """Writes messages about a catalogue."""

    items: Sequence[Item]
    dice: random.Random
    people: list[str] = field(init=False)
    genres: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.people = sorted(
            {name for item in self.items for name in (*item.directors, *item.cast)}
        )
        self.genres = sorted({genre for item in self.items for genre in item.genres})

    def conversation(self) -> list[str]:
        """Two to six messages, an opening first."""
        length = self.dice.choices((2, 3, 4, 5, 6), (70, 15, 8, 4, 3))[0]
        rest = [
            self.dice.choice(CRITIQUES if self.dice.random() < 0.35 else CHEAP)
            for _ in range(length - 1)
        ]
        return [self._written(each) for each in (self.dice.choice(OPENERS), *rest)]

    def _written(self, template: str) -> str:
        text = re.sub(r"\{(\w+)\}", lambda slot: self._fill(slot.group(1)), template)
        roll = self.dice.random()
        if roll < 0.15:
            return text.lower()
        if roll < 0.22 and len(text) > 8:
            place = self.dice.randrange(3, len(text) - 2)
            return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        return text

    def _fill(self, slot: str) -> str:
        dice = self.dice
        values: dict[str, str] = {
            "title": dice.choice(self.items).title,
            "person": dice.choice(self.people),
            "genre": dice.choice(self.genres).lower(),
            "mood": dice.choice(MOODS),
            "thing": dice.choice(THINGS),
            "language": dice.choice(TONGUES),
            "decade": str(dice.randrange(1930, 2030, 10)),
            "year": str(dice.randrange(1940, 2020)),
            "minutes": str(dice.choice((70, 80, 90, 100, 120, 150))),
            "age": str(dice.randrange(4, 15)),
            "n": str(dice.randrange(1, 6)),
            "nth": dice.choice(("first", "second", "third", "last")),
        }
        return values[slot]


def unbendable(limit: BaseLimit) -> Iterator[BaseLimit]:
    """The part of a limit that no reply may bend."""
    if isinstance(limit, Genres | People):
        if limit.none_of:
            yield limit.model_copy(update={"all_of": (), "any_of": ()})
    elif isinstance(limit, Languages):
        if limit.none_of:
            yield limit.model_copy(update={"any_of": ()})
    elif isinstance(limit, AxisBound):
        if limit.axis in {"scares", "violence"} and limit.at_most is not None:
            yield limit
    elif limit.limit in {"age", "ratings", "content", "subjects", "kinds"}:  # type: ignore[attr-defined]
        yield limit


def named(profile: TasteProfile) -> set[str]:
    """Items that must not be recommended: seen, disliked, or named by the user."""
    ids: set[str] = set()
    for entry in profile.active:
        if isinstance(entry.content, Attitude):
            ids.add(str(entry.content.item.id))
        elif isinstance(entry.content, Anchor):
            ids |= {str(part.item.id) for part in entry.content.parts}
    return ids


def faults(reply: Reply, items: dict[str, Item], shown: set[str]) -> list[str]:
    """Everything that is wrong with a reply."""
    found = [] if reply.text.strip() else ["no text"]
    ids = [pick.id for pick in reply.picks]
    again = reply.opening == AGAIN
    if len(set(ids)) != len(ids) or len(ids) > (20 if again else 10):
        found.append("repeats within the list, or too many")
    limits = [e.content.limit for e in reply.profile.active if isinstance(e.content, LimitEdit)]
    for pick in reply.picks:
        item = items.get(pick.id)
        if item is None or (pick.title, pick.year) != (item.title, item.year):
            found.append(f"{pick.title} ({pick.year}) is not in the catalogue")
            continue
        if not pick.reason or item.title not in reply.text:
            found.append(f"{item.label} has no reason or is missing from the text")
        if again:
            continue
        if pick.id in named(reply.profile) or pick.id in shown:
            found.append(f"{item.label} was named, seen, disliked or shown before")
        for limit in limits:
            hard = [part for part in unbendable(limit) if not part.allows(item)]
            if hard or (not limit.allows(item) and not reply.relaxed):
                found.append(f"{item.label} breaks {limit.sentence()!r}")
    return found


def unproved(profile: TasteProfile) -> list[str]:
    """Entries that do not keep the words that caused them."""
    return [entry.id for entry in profile.entries if not entry.content.words.strip()]


@pytest.mark.parametrize("batch", range(BATCHES))
async def test_no_conversation_breaks_a_promise(starter: Catalogue, batch: int) -> None:
    items = {item.id: item for item in starter.items()}
    writer = Writer(list(items.values()), random.Random(SEED + batch))  # noqa: S311
    settings = load_settings(candidates=15, picks=3 + 2 * (batch % 2))
    agent = MovieAgent(settings, starter, MemoryConversations(), year=2026)
    for number in range(CONVERSATIONS // BATCHES):
        shown: set[str] = set()
        messages = writer.conversation()
        reply: Reply | None = None
        for message in messages:
            reply = await agent.send(message, str(number))
            wrong = faults(reply, items, shown)
            assert not wrong, (messages, message, wrong, reply.text)
            shown |= {pick.id for pick in reply.picks}
        assert reply is not None
        assert not unproved(reply.profile), (messages, reply.profile)
        assert not apply(reply.profile, [Undo(turns=50)], 99).active, messages
        await agent.forget(str(number))


def test_the_checks_can_fail(starter: Catalogue) -> None:
    """A pick that breaks each promise in turn is caught."""
    items = {item.id: item for item in starter.items()}
    heat = next(item for item in items.values() if item.title == "Heat")
    pick = {"id": heat.id, "title": "Heat", "year": heat.year, "reason": "It fits.",
            "scores": {"mood": 0.5, "audience": 0.5, "plot": 0.5, "overall": 0.5}}  # fmt: skip

    def reply(profile: TasteProfile, **change: object) -> Reply:
        picks = [{**pick, **change}]
        return Reply.model_validate(
            {"conversation": "c", "turn": 1, "text": "Heat", "picks": picks, "profile": profile}
        )

    seen = Attitude.model_validate({"item": {"id": heat.id}, "feeling": "seen"})
    refused = LimitEdit(limit=Genres(none_of=heat.genres[:1]))
    nobody = TasteProfile()
    assert not faults(reply(nobody), items, set())
    assert faults(reply(nobody, id="tt-invented"), items, set())
    assert faults(reply(nobody, year=1900), items, set())
    assert faults(reply(nobody), items, {heat.id})
    assert faults(reply(apply(nobody, [seen], 1)), items, set())
    assert faults(reply(apply(nobody, [refused], 1)), items, set())
    assert unproved(apply(nobody, [seen], 1))
