"""Counting tokens: any text, messages, learning from the server, prompts that it cut."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.engines.llm import train_encoding
from moodreel.agent.engines.llm.chat import Message
from moodreel.agent.engines.llm.encoding import SHIPPED, load_encoding
from moodreel.agent.engines.llm.tokens import (
    _PIECE,
    MESSAGE_TOKENS,
    PICTURE_TOKENS,
    PROMPT_TOKENS,
    TokenCounter,
    cut_by_server,
)

PROMPT = (
    Message("system", "You choose films by their mood and say why. " * 40),
    Message("user", "something light for a rainy evening"),
)


@pytest.fixture(autouse=True)
def _nothing_cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No encoding that the machine may have in tiktoken's cache has a part in these tests."""
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path / "empty"))


def _learned(counter: TokenCounter, factor: float, times: int = 1) -> None:
    """The server counts `factor` tokens for one of the encoding, some times over."""
    raw = TokenCounter(SHIPPED).count_messages(PROMPT)
    for _ in range(times):
        counter.learn(counter.count_messages(PROMPT), round(factor * raw))


# Long and odd texts


@pytest.mark.parametrize("unit", ["a", " ", "-", "\n", "映", "\ud83d", "word ", "\u0301"])
def test_a_million_of_anything_is_counted(unit: str) -> None:
    # Without pieces, tiktoken panics on the blanks.
    text = unit * (1_000_000 // len(unit))
    assert 1_000 < TokenCounter(SHIPPED).count(text) <= 3 * len(text)


@given(st.text(st.sampled_from("ab \n-映"), max_size=300), st.integers(1, 40))
def test_pieces_are_short_and_make_up_the_text(text: str, times: int) -> None:
    pieces = _PIECE.findall(text * times)
    assert "".join(pieces) == text * times
    assert all(0 < len(piece) <= 2_000 for piece in pieces)


def test_cutting_into_pieces_hardly_changes_the_count() -> None:
    text = "\n\n".join(train_encoding.schema_texts()) + "One rainy evening in Lyon. " * 2_000
    whole = len(load_encoding(SHIPPED).encode_ordinary(text))
    assert TokenCounter(SHIPPED).count(text) == pytest.approx(whole, rel=0.002)


# Messages and learning


def test_messages_cost_their_texts_the_template_and_their_pictures() -> None:
    counter = TokenCounter(SHIPPED)
    texts = sum(counter.count(message.text) for message in PROMPT)
    plain = counter.count_messages(PROMPT)
    assert plain == texts + 2 * MESSAGE_TOKENS + PROMPT_TOKENS
    shown = Message("user", "", pictures=(b"one", b"two"))
    added = counter.count_messages((*PROMPT, shown)) - plain
    assert added == 2 * PICTURE_TOKENS + MESSAGE_TOKENS
    assert counter.count_messages(()) == PROMPT_TOKENS


def test_counts_follow_what_the_server_counted() -> None:
    counter = TokenCounter(SHIPPED)
    before, text = counter.count_messages(PROMPT), counter.count(PROMPT[0].text)
    _learned(counter, 1.2)
    assert counter.ratio == pytest.approx(1.2, abs=0.01)
    assert counter.count_messages(PROMPT) == pytest.approx(1.2 * before, rel=0.01)
    assert counter.count(PROMPT[0].text) == pytest.approx(1.2 * text, rel=0.01)


def test_learning_again_is_not_applied_twice() -> None:
    counter = TokenCounter(SHIPPED)
    _learned(counter, 1.3, times=30)
    assert counter.ratio == pytest.approx(1.3, abs=0.01)


def test_turns_that_overlap_do_not_multiply_what_they_learn() -> None:
    counter = TokenCounter(SHIPPED)
    prompts = [(Message("user", PROMPT[0].text + "again " * extra),) for extra in range(8)]
    estimates = [counter.count_messages(prompt) for prompt in prompts]
    for estimate in estimates:
        counter.learn(estimate, round(1.3 * estimate))
    assert counter.ratio == pytest.approx(1.3, abs=0.01)


def test_an_estimate_made_elsewhere_is_taken_as_corrected() -> None:
    counter = TokenCounter(SHIPPED)
    counter.learn(1_000, 1_200)
    counter.learn(1_200, 1_200)
    assert counter.ratio == pytest.approx(1.2)


@pytest.mark.parametrize("factor", [0.0, 0.1, 0.49, 3.5, 1_000])
def test_absurd_counts_teach_nothing(factor: float) -> None:
    counter = TokenCounter(SHIPPED)
    _learned(counter, 1.1)
    _learned(counter, factor, times=20)
    assert counter.ratio == pytest.approx(1.1, abs=0.01)


def test_what_says_too_little_teaches_nothing() -> None:
    counter = TokenCounter(SHIPPED)
    counter.learn(counter.count_messages(PROMPT), None)
    counter.learn(0, 0)
    short = (Message("user", "hi"),)
    counter.learn(counter.count_messages(short), 25)
    pictures = (*PROMPT, Message("user", "this", pictures=(b"x",)))
    estimated = counter.count_messages(pictures)
    counter.learn(estimated, estimated - PICTURE_TOKENS + 256)
    assert counter.ratio == 1.0


def test_prompts_partly_from_the_cache_do_not_lower_the_ratio() -> None:
    counter = TokenCounter(SHIPPED)
    for factor in (1.1, 0.6, 0.7, 1.1, 0.75, 0.7, 1.1, 0.55):
        _learned(counter, factor)
    assert counter.ratio == pytest.approx(1.1, abs=0.015)


def test_another_model_is_learned_after_some_prompts() -> None:
    counter = TokenCounter(SHIPPED)
    _learned(counter, 1.4, times=10)
    _learned(counter, 0.9, times=16)
    assert counter.ratio == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize(("factor", "bound"), [(0.52, 0.6), (2.9, 1.8)])
def test_the_ratio_keeps_within_its_bounds(factor: float, bound: float) -> None:
    counter = TokenCounter(SHIPPED)
    _learned(counter, factor, times=20)
    assert counter.ratio == bound


def test_counters_learn_by_themselves() -> None:
    one, other = TokenCounter(SHIPPED), TokenCounter(SHIPPED)
    _learned(one, 1.5)
    assert other.ratio == 1.0


def test_threads_share_a_counter() -> None:
    counter = TokenCounter(SHIPPED)

    def turn(number: int) -> None:
        prompt = (Message("user", f"{PROMPT[0].text} {number}"),)
        raw = counter.uncorrected(prompt[0].text) + MESSAGE_TOKENS + PROMPT_TOKENS
        counter.learn(counter.count_messages(prompt), round(1.25 * raw))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(turn, range(500)))
    assert counter.ratio == pytest.approx(1.25, abs=0.02)


# Prompts cut by the server


@pytest.mark.parametrize(
    ("estimated", "counted", "num_ctx"),
    [
        (7_268, 4_096, 4_096),  # old servers: cut to the window
        (8_707, 2_050, 4_096),  # newer ones: to half of it, 4 tokens kept
        (70_000, 32_770, 65_536),
        (4_308, 2_050, 4_096),
        (9_000, 4_108, 8_192),  # half, 24 tokens kept
        (2_600, 2_048, 8_192),  # a model made for 2,048
        (2_600, 1_026, 8_192),  # the same on a newer server
        (5_200, 2_050, 16_384),  # a server that ignores num_ctx: 4,096
        (7_000, 8_192, 8_192),  # much longer than was estimated
        (7_900, 900, 8_192),  # over its room, and most messages left out
    ],
)
def test_a_cut_is_noticed(estimated: int, counted: int, num_ctx: int) -> None:
    assert cut_by_server(estimated, counted, num_ctx, reserve=700)


@pytest.mark.parametrize(
    ("estimated", "counted", "num_ctx"),
    [
        (2_000, None, 8_192),  # the server doesn't count
        (2_000, 0, 8_192),
        (2_000, 37, 8_192),  # only what was not in its prefix cache
        (2_000, 1_300, 8_192),  # the same, or an encoding that counts long
        (2_000, 2_300, 8_192),
        (2_100, 2_048, 8_192),  # by chance as long as a window, as estimated
        (2_050, 2_050, 4_096),
        (4_100, 4_098, 8_192),
        (7_400, 7_700, 8_192),
        (7_400, 8_300, 8_192),  # the server's window is larger
        (1_500, 1_025, 8_192),
    ],
)
def test_a_whole_prompt_raises_no_alarm(estimated: int, counted: int | None, num_ctx: int) -> None:
    assert not cut_by_server(estimated, counted, num_ctx, reserve=700)


@given(st.integers(100, 30_000), st.floats(0.88, 1.1), st.sampled_from([4_096, 8_192, 32_768]))
def test_what_fits_by_any_fair_estimate_raises_no_alarm(
    estimated: int, ratio: float, num_ctx: int
) -> None:
    counted = round(estimated * ratio)
    fits = max(estimated, counted) <= num_ctx - 700
    assert not (fits and cut_by_server(estimated, counted, num_ctx, reserve=700))
