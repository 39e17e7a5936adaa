"""From streamed text to a validated object: finding the JSON, saying what is wrong with it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moodreel.agent.engines.llm.reading import Reading, clean
from moodreel.agent.engines.llm.structured import (
    Unusable,
    parsed,
)

from .structured_stage import GOOD, PRIVATE, Plan


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GOOD, GOOD),
        (f"  \n{GOOD}\n\n", GOOD),
        (f"```json\n{GOOD}\n```", GOOD),
        (f"```\n{GOOD}\n``` and so on {{x}}", GOOD),
        (f"Here is {{your}} plan: {GOOD} Enjoy {{it}}!", GOOD),
        (f'<think>\nmaybe {{"a": 1}}\n</think>\n{GOOD}', GOOD),
        (f"<THINKING>hm</THINKING>{GOOD}", GOOD),
        (f'So {{"mood": 1}} it is not.\n</think>{GOOD}', GOOD),
        (f'<think>never ends {{"a": 1}} {GOOD}', ""),
        ('{"mood": "</think> {"}', '{"mood": "</think> {"}'),
        ('So: {"</thinking>": {"a": 1}}', '{"</thinking>": {"a": 1}}'),
        (f"{GOOD}\n</think>", GOOD),
        ('{"mood": "ends in the middle', '{"mood": "ends in the middle'),
        ('{"a": "\\\\"} and "quoted"', '{"a": "\\\\"}'),
        ('{"a": "\\""}}}', '{"a": "\\""}'),
        ("{}", "{}"),
        ('{ \n "a": 1}', '{ \n "a": 1}'),
        ('[{"a": 1}]', '{"a": 1}'),
        ("", ""),
        ("I'm sorry, I can't do that.", ""),
        ("{single: 'quotes'}", ""),
        ("{" * 50_000, ""),
        ("\ufeff" + GOOD, GOOD),
    ],
)
def test_the_json_is_found_in_what_is_around_it(text: str, found: str) -> None:
    assert clean(text) == found
    for size in (1, 2, 5):
        reading = Reading()
        for at in range(0, len(text) if len(text) < 5_000 else 0, size):
            reading.add(text[at : at + size])
        assert reading.text == (found if len(text) < 5_000 else "")


@settings(deadline=None)
@given(
    st.dictionaries(st.text(), st.recursive(st.text() | st.integers(), st.lists), min_size=1),
    st.text().filter(lambda text: "{" not in text and "<think" not in text.lower()),
    st.text(),
    st.integers(min_value=1, max_value=9),
)
def test_any_object_is_found_however_it_is_cut(
    value: dict[str, Any], before: str, after: str, size: int
) -> None:
    written = json.dumps(value, ensure_ascii=False)
    text = before + written + after
    reading, grown = Reading(), ""
    for at in range(0, len(text), size):
        now = reading.add(text[at : at + size])
        if "</think" not in after.lower():
            assert now.startswith(grown)
            grown = now
    if "</think" not in after.lower():
        assert reading.whole and json.loads(reading.text) == value
        assert reading.raw == text
    assert reading.text == clean(text)


def test_a_million_characters_in_small_pieces_are_read_once() -> None:
    text = json.dumps({"opening": 'say "hm" {now} \\ ' * 10_000})
    reading = Reading()
    for at in range(0, len(text), 64):
        reading.add(text[at : at + 64])
    assert reading.whole and reading.text == text


# Validating


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the answer is empty"),
        ("  \n", "the answer is empty"),
        ("no idea", "the answer has no JSON object"),
        ('{"mood": "x"}', "answers: Field required"),
        ('{"mood": 1, "answers": [{"do": "chat"}]}', "mood: Input should be a valid string"),
        (
            '{"mood": "x", "answers": [{"do": "sing"}]}',
            "answers.0.do: Input should be 'recommend', 'tell' or 'chat'",
        ),
        (
            '{"mood": "x", "answers": [{"do": "chat", "count": "5"}]}',
            "answers.0.count: Input should be a valid integer",
        ),
        (
            '{"mood": "x", "answers": [{"do": "chat", "count": 99}]}',
            "answers.0.count: Input should be less than or equal to 20",
        ),
        ('{"mood": "x", "answers": []}', "answers: List should have at least 1 item"),
        ('{"mood": "x", "answers": [', "Invalid JSON: EOF while parsing"),
        ('{"mood": "\\ud800", "answers": [{"do": "chat"}]}', "Invalid JSON: "),
        ('{"mood": "x" "answers": 1}', "Invalid JSON: "),
        ('{"a": ' + "[" * 5_000 + "]" * 5_000 + "}", "Invalid JSON: recursion limit"),
    ],
)
def test_what_is_wrong_is_said_in_short(text: str, problem: str) -> None:
    with pytest.raises(Unusable) as caught:
        parsed(text, Plan)
    assert problem in str(caught.value)
    assert len(str(caught.value)) < 450 and "\n" not in str(caught.value)


def test_what_was_written_is_never_repeated() -> None:
    hostile = {"mood": [PRIVATE], "answers": [{"do": PRIVATE}], f"<b>{PRIVATE * 9}\n\x1b": 1}
    with pytest.raises(Unusable) as caught:
        parsed(json.dumps(hostile), Plan)
    text = str(caught.value)
    assert text.count(PRIVATE) <= 1  # a field that was made up is named, in short
    assert "\x1b" not in text and "\n" not in text and len(text) < 300


def test_at_most_three_problems_are_named() -> None:
    deeds = [{"do": "sing"}] * 50
    with pytest.raises(Unusable, match=r"answers\.2\.do: .*; and 47 more$"):
        parsed(json.dumps({"mood": "x", "answers": deeds}), Plan)
