"""Texts in other languages: told from English ones, and not guessed at in bulk."""

from __future__ import annotations

import pytest
from moodreel.ingest.embedding import choose_embedder
from moodreel.ingest.language import is_foreign
from moodreel.ingest.starter.films import starter_items
from moodreel.tools.describing import builtin_describe

FOREIGN = [
    "Una viuda abre una heladería en un pueblo de mar y enfrenta a su hermana.",
    "Ein Leuchtturmwärter findet am Strand einen Koffer und schweigt darüber.",
    "Deux sœurs reprennent le garage de leur père sans jamais se parler.",
    "老いた漁師が港町で孫娘と過ごす最後の夏。",
]
ENGLISH = [
    "A widow opens an ice-cream parlour by the sea and quarrels with her sister.",
    "Two men. One boat. No way home.",
    "El Camino, Amélie, Das Boot",
    "Adventure, Animation, Comedy. pixar, toys, friendship",
    "Die Hard",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_another_language_is_told(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_and_names_are_none(text: str) -> None:
    assert not is_foreign(text)


def test_no_starter_film_is_taken_for_foreign() -> None:
    taken = [film.title for film in starter_items() if is_foreign(film.plot_essence)]
    assert taken == []


def test_the_mood_of_a_foreign_text_is_left_open() -> None:
    """Its plot is kept; the texts beside it are described as if it was not there."""
    describe = builtin_describe(choose_embedder("light"))
    mixed = describe(
        [
            ENGLISH[0],
            FOREIGN[0],
            ENGLISH[1],
            "Eine Komödie über Reisen, bei denen alles schiefgeht.",
        ]
    )
    assert [bool(found["mood_tags"]) for found in mixed] == [True, False, True, False]
    assert [mixed[0], mixed[2]] == describe([ENGLISH[0], ENGLISH[1]])
    assert mixed[1]["plot_essence"] == FOREIGN[0]
    assert not mixed[1]["tags"] and mixed[1]["axes"] is None
    assert mixed[3]["genres"] == ("Comedy",)
