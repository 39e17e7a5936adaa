"""What in a message a model's plan can stand on."""

from __future__ import annotations

import pytest
from moodreel.agent.engines.llm.plan_evidence import Evidence
from moodreel.agent.engines.llm.plan_ruled import ruled
from moodreel.agent.engines.reading.read import read
from moodreel.ingest.catalogue import Catalogue

from .plan_replies import turn_of


@pytest.mark.parametrize(
    ("message", "words_", "found"),
    [
        ("Loved Heat, hated Up", "loved heat", "Loved Heat"),
        ("something FUNNY please", "something funny", "something FUNNY"),
        ("a good café film", "cafe film", "café film"),
        ("nothing over two hours", "nothing over 2 hours", "nothing over two hours"),
        ("I want to laugh", "it", None),
        ("I want to laugh", "nothing scary at all", None),
        ("I want to laugh", "", None),
        ("I want to laugh", "   …  ", None),
        ("なにか泣ける映画", "泣ける", "泣ける"),
        ("don’t like gore", "don't like gore", "don’t like gore"),
        ("", "anything", None),
        ("unfunny stuff", "fun", None),
    ],
)
def test_quotes_are_found_as_they_were_written(
    message: str, words_: str, found: str | None
) -> None:
    assert Evidence(message).quote(words_) == found


@pytest.mark.parametrize(
    ("message", "name", "there"),
    [
        ("I loved Amelie", "Amélie", True),
        ("loved pulp ficton", "Pulp Fiction", True),
        ("cheer me up", "Up", True),
        ("support", "Up", False),
        ("a nice evening", "Heat", False),
        ("the heater is broken", "Heat", False),
    ],
)
def test_names_are_found_as_whole_words(message: str, name: str, there: bool) -> None:
    assert Evidence(message).names(name) is there


@pytest.mark.parametrize(
    ("message", "is_ruled"),
    [
        ("something funny please", True),
        ("loved pulp ficton", True),
        ("whatever, surprise me", True),
        ("lighthouses and storms at sea", True),
        ("quelque chose de moins de deux heures", False),
        ("ich möchte etwas Lustiges sehen", False),
        ("なにか泣ける映画", False),
        ("что-нибудь смешное", False),
        ("2", True),
        ("", True),
    ],
)
def test_which_messages_the_rules_can_read(
    starter: Catalogue, message: str, is_ruled: bool
) -> None:
    turn = turn_of(message)
    assert ruled(turn, read(turn, starter), starter) is is_ruled
