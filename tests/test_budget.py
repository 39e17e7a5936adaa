"""Fitting texts into the context: budgets, rooms, and cutting a text where it doesn't show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.engines.llm.budget import Budget, shortened
from moodreel.agent.engines.llm.encoding import SHIPPED
from moodreel.agent.engines.llm.tokens import TokenCounter

COUNT = TokenCounter(SHIPPED).count
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=400)


def test_the_room_is_what_the_answer_and_a_margin_leave() -> None:
    room = Budget(num_ctx=8_192, answer=700).room
    assert 6_000 < room < 8_192 - 700
    # Llama 2's tokenizer counts up to 1.1 for one of ours over a prompt.
    assert room * 1.1 < 8_192 - 700


def test_a_context_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match=r"num_ctx=4096 leaves no room .* of 4000 tokens"):
        Budget(num_ctx=4_096, answer=4_000)


@pytest.mark.parametrize(
    ("room", "kept"),
    [
        (99, "Two friends, one car; no plan at all"),
        (36, "Two friends, one car; no plan at all"),
        (35, "Two friends, one car; no plan at…"),
        (24, "Two friends, one car…"),
        (14, "Two friends…"),
        (13, "Two friends…"),
        (4, "Two…"),
        (3, "Tw…"),
        (1, ""),
        (0, ""),
        (-7, ""),
    ],
)
def test_a_text_is_cut_behind_a_word(room: int, kept: str) -> None:
    assert shortened("Two friends, one car; no plan at all", room, len) == kept


@pytest.mark.parametrize(
    ("text", "room", "kept"),
    [
        ("映画が大好きです", 5, "映画が大…"),
        ("a" * 100, 10, "a" * 9 + "…"),
        ("ne\u0301e\u0301", 3, "n…"),
        ("👨‍👩‍👧👨‍👩‍👧", 8, "👨‍👩‍👧…"),
        ("👍🏽👍🏽", 3, "👍🏽…"),
        ("\ud83d\ude00\ud83d\ude00", 3, "\ud83d\ude00…"),
        ("🇩🇪 🇫🇷", 4, "🇩🇪…"),
        ("   x   y", 4, ""),
        ("word\n\nnext", 6, "word…"),
    ],
)
def test_what_belongs_together_is_not_parted(text: str, room: int, kept: str) -> None:
    assert shortened(text, room, len) == kept


@given(ANY_TEXT, st.integers(-3, 120))
def test_a_shortened_text_fits_and_begins_like_the_whole(text: str, room: int) -> None:
    short = shortened(text, room, COUNT)
    assert COUNT(short) <= max(room, 0)
    if short != text:
        assert short == "" or short.endswith("…")
        assert text.startswith(short[:-1])


@given(ANY_TEXT, st.integers(0, 120))
def test_no_mark_is_left_behind(text: str, room: int) -> None:
    short = shortened(text, room, COUNT)
    if short and short != text:
        assert unicodedata.category(text[len(short) - 1])[0] != "M"


@given(
    st.lists(st.sampled_from(["rain", "storms", "of", "Lyon,"]), min_size=30), st.integers(9, 40)
)
def test_most_of_the_room_is_used(words: list[str], room: int) -> None:
    text = " ".join(words)
    short = shortened(text, room, COUNT)
    if short != text:
        assert COUNT(short) >= room - 4


@pytest.mark.parametrize("unit", ["a", " ", "word ", "映", "\u0301", "👍🏽", "\ud83d\ude00"])
def test_a_huge_text_is_shortened_without_counting_all_of_it(unit: str) -> None:
    counted = 0

    def count(text: str) -> int:
        nonlocal counted
        counted += len(text)
        return COUNT(text)

    text = unit * (1_000_000 // len(unit))
    short = shortened(text, 50, count)
    assert COUNT(short) <= 50
    assert len(short) < 600
    assert counted < 400_000
