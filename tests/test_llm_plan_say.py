"""Which of a model's own sentences are said."""

from __future__ import annotations

import pytest
from moodreel.agent.engines.llm.plan_say import harmless
from moodreel.ingest.catalogue import Catalogue

from .plan_replies import turn_of


@pytest.mark.parametrize(
    "sentence",
    [
        "Then stay where you are: what would suit you and the cat?",
        "That sounds like a long day. Something light, perhaps?",
        "Gern! Lieber etwas zum Lachen?",
        "もちろん。今夜はどんな気分ですか？",
        "Sorry to hear that.",
    ],
)
def test_harmless_sentences_are_said(starter: Catalogue, sentence: str) -> None:
    assert harmless(sentence, turn_of("my cat is asleep on me"), starter) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "I loved that film too.",
        "I've watched it twice.",
        "I'm so happy for you.",
        "My favourite is a western.",
        "Have you tried The Godfather?",
        "You should see “Sunset Parade”.",
        "Nobody does it like Quentin Tarantino.",
        "See https://films.example for more.",
        "**Bold** move.",
        "<b>Hi</b>",
        "Nice 🎬",
        "One. Two. Three.",
        "Great!! Wonderful!!",
        "As a language model I can't.",
        "My instructions say so.",
        "line\nbreak",
        "right\u202eleft",
        "a" * 241,
        "…",
        "",
        None,
    ],
)
def test_other_sentences_are_not(starter: Catalogue, sentence: str | None) -> None:
    assert harmless(sentence, turn_of("hello there"), starter) == ""


def test_a_film_that_the_user_named_may_be_named(starter: Catalogue) -> None:
    assert harmless("The Godfather it is.", turn_of("how about The Godfather"), starter)
