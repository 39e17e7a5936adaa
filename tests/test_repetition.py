"""Patterns that match in many ways would hang on repeated words; every message must be read."""

from __future__ import annotations

import pytest
from moodreel.agent.engines.base import Turn
from moodreel.agent.engines.builtin import READ_AT_MOST, BuiltinEngine
from moodreel.agent.engines.ledger import Ledger
from moodreel.agent.profile import TasteProfile
from moodreel.ingest.catalogue import Catalogue

_LENGTH = 1_500
_SHOWN = (("tt0113277", "tt0133093", "tt0468569", "tt0137523", "tt0111161"),)

_UNITS = (
    "the ", "The ", "a ", "my ", "all the ", "just ", "not ", "no ", "with ", "and ", "with my ",
    "kids ", "my kids are 6 and ", "in ", "like ", "but ", "something ", "90 ", "1990 ", "or ",
    "i ", "I ", "i love ", "the second ", "more ", "less ", "too ", "very ", "movie ", "about ",
    "without ", "for ", "of ", "is ", "it ", "it's ", ", ", ". ", "? ", "- ", "' ", '" ', "( ",
    "under two ", "hours ", "seen ", "a bit ", "really ", "so ", "by ", "one ", "this ", "to ",
    "ok ", "ha", "x", "1", "1 ", "%", "< ", "* ", "😂", "é", "Heat and ", "Kurosawa ", "and the ",
    "directed by ", "nothing ", "anything but ", "between 1950 and ", "2 or 3 ", "don't ",
)  # fmt: skip


def _turn(message: str) -> Turn:
    return Turn(message=message, number=2, profile=TasteProfile(), shown=_SHOWN)


@pytest.mark.parametrize("unit", _UNITS)
async def test_repeated_words_are_read(unit: str, starter: Catalogue) -> None:
    message = (unit * (_LENGTH // len(unit) + 1))[:_LENGTH]
    plan = await BuiltinEngine(starter).plan(_turn(message), Ledger())
    assert plan.skipped == 0


async def test_what_is_too_long_to_read_is_owned_up_to(starter: Catalogue) -> None:
    message = "a heist film please. " * 500
    plan = await BuiltinEngine(starter).plan(_turn(message), Ledger())
    assert plan.skipped == len(message) - READ_AT_MOST
    assert plan.acts
