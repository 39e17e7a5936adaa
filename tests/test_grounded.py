"""What is said of films is true: the builtin engine's words pass, each false fact is noticed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from moodreel.agent.replay.checks import Exchange, Seen, check_turn
from moodreel.agent.replay.expect import Expect
from moodreel.agent.reply import Reply
from moodreel.ingest.catalogue import Catalogue

from .test_promises import talk

TALK = (
    "I loved Heat and want something tense, under two hours",
    "how long is the second one, and who directed it?",
    "why number 1?",
    "what is Amélie about?",
)


def wrong(seen: Seen) -> str:
    """What the check says; empty where it passed."""
    (found,) = check_turn(Expect(grounded=True), False, seen)
    return found.says


def with_reason(reply: Reply, reason: str) -> Reply:
    """The reply with another reason for its first film, in the text too."""
    first = reply.picks[0]
    text = reply.text.replace(first.reason, reason)
    picks = (first.model_copy(update={"reason": reason}), *reply.picks[1:])
    return reply.model_copy(update={"text": text, "picks": picks})


@pytest.mark.parametrize(
    ("added", "says"),
    [
        (", from 1911", "The year 1911 is that of no film it speaks of."),
        (", a film of the 1910s", "No film it speaks of is from the 1910s."),
        (", in 399 minutes", "No film it speaks of runs 399 minutes."),
        (", with Buster Keaton", "Buster Keaton has no part in a film it speaks of."),
        (", directed by Nobody Atall", "No film it speaks of was directed by Nobody Atall."),
        (", much like *The Unmade Film*", "There is no film called “The Unmade Film” here."),
        (", as *Heat* (1996) did", "There is no “Heat” of 1996 here"),
        (", a musical at heart", "it is not musical."),
        (", rated G", "it is not rated G"),
    ],
)
async def test_a_false_fact_in_a_reason(starter: Catalogue, added: str, says: str) -> None:
    (exchange,) = await talk(starter, TALK[0])
    assert wrong(Seen((exchange,), starter, 2026)) == ""
    reason = f"{exchange.reply.picks[0].reason.rstrip('.')}{added}."
    lying = Exchange(exchange.said, with_reason(exchange.reply, reason))
    found = wrong(Seen((lying,), starter, 2026))
    assert found.startswith(f"Of {exchange.reply.picks[0].title}")
    assert says in found


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "Another"), ("year", 1911), ("runtime_min", 399), ("directors", ("Nobody",))],
)
async def test_a_pick_with_a_wrong_fact(starter: Catalogue, field: str, value: object) -> None:
    (exchange,) = await talk(starter, TALK[0])
    first = exchange.reply.picks[0].model_copy(update={field: value})
    picks = (first, *exchange.reply.picks[1:])
    lying = exchange.reply.model_copy(update={"picks": picks})
    assert f"has the {field} " in wrong(Seen((Exchange("", lying),), starter, 2026))


async def test_a_pick_that_does_not_exist(starter: Catalogue) -> None:
    (exchange,) = await talk(starter, TALK[0])
    first = exchange.reply.picks[0].model_copy(update={"id": "x", "title": "Xyz", "year": 1999})
    lying = exchange.reply.model_copy(update={"picks": (first, *exchange.reply.picks[1:])})
    found = wrong(Seen((Exchange("", lying),), starter, 2026))
    assert found.startswith("Xyz (1999) is not in the catalogue")


async def test_a_list_in_the_text_that_is_another(starter: Catalogue) -> None:
    (exchange,) = await talk(starter, TALK[0])
    swapped = exchange.reply.model_copy(update={"text": exchange.reply.text.replace("2. ", "7. ")})
    found = wrong(Seen((Exchange("", swapped),), starter, 2026))
    assert found == f"The text has no line “2. {_label(exchange.reply, 1)}”."


def _label(reply: Reply, place: int) -> str:
    return f"{reply.picks[place].title} ({reply.picks[place].year})"


@pytest.mark.parametrize(
    ("turn", "change", "says"),
    [
        (2, lambda text: re.sub(r"\d+ minutes, so", "399 minutes, so", text), "399 minutes"),
        (2, lambda text: text.replace("directed by ", "directed by Ang Lee and "), "Ang Lee"),
        (3, lambda text: re.sub(r"from \d{4}", "from 1911", text), "1911"),
        (4, lambda text: text.replace("Amélie (2001)", "Amélie (2011)"), "“Amélie” of 2011"),
    ],
)
async def test_a_false_fact_in_an_answer(
    starter: Catalogue, turn: int, change: Callable[[str], str], says: str
) -> None:
    exchanges = await talk(starter, *TALK[:turn])
    assert wrong(Seen(tuple(exchanges), starter, 2026)) == ""
    said, reply = exchanges[-1].said, exchanges[-1].reply
    lying = Exchange(said, reply.model_copy(update={"text": change(reply.text)}))
    assert lying.reply.text != reply.text
    assert says in wrong(Seen((*exchanges[:-1], lying), starter, 2026))
