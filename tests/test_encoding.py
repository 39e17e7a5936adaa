"""The shipped encoding, published ones at hand, and how far they are from real models."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.engines.llm import encoding, tokens_check, train_encoding
from moodreel.agent.engines.llm.encoding import (
    PUBLISHED,
    SHIPPED,
    SHIPPED_FILE,
    SHIPPED_PATTERN,
    best_at_hand,
    load_encoding,
    read_ranks,
)
from moodreel.agent.engines.llm.tokens import TokenCounter

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"
RANKS = read_ranks(SHIPPED_FILE.read_bytes())


@pytest.fixture(autouse=True)
def _nothing_cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No encoding that the machine may have in tiktoken's cache has a part in these tests."""
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path / "empty"))


# The shipped encoding


def test_the_shipped_file_numbers_every_byte_and_every_token() -> None:
    assert sorted(RANKS.values()) == list(range(len(RANKS)))
    assert {bytes((value,)) for value in range(256)} <= RANKS.keys()
    assert 8_000 <= len(RANKS) <= 20_000
    assert SHIPPED_FILE.stat().st_size < 300_000


def test_every_shipped_token_can_be_reached() -> None:
    shipped = load_encoding(SHIPPED)
    lost = [token for token, rank in RANKS.items() if shipped._encode_single_piece(token) != [rank]]
    assert lost == []


@given(st.text())
def test_any_text_comes_back_whole(text: str) -> None:
    shipped = load_encoding(SHIPPED)
    assert shipped.decode(shipped.encode_ordinary(text)) == text


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_counted_even_with_lone_surrogates(text: str) -> None:
    counted = TokenCounter(SHIPPED).count(text)
    assert bool(counted) == bool(text)
    assert counted <= 4 * len(text)


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("Привет", 6), ("こんにちは", 5), ("映画", 4), ("สวัสดี", 6), ("Ελλάδα", 6), ("한국", 4),
        ("“…”", 3), ("The rain keeps on.", 6), ("1994", 4), ("🎬", 4),
    ],
)  # fmt: skip
def test_other_scripts_cost_no_more_than_their_letters(text: str, most: int) -> None:
    assert 0 < TokenCounter(SHIPPED).count(text) <= most


def test_special_tokens_are_ordinary_text() -> None:
    counter = TokenCounter(SHIPPED)
    assert counter.count("<|endoftext|><|im_start|><start_of_turn>") > 10


def test_the_same_texts_train_the_same_ranks() -> None:
    texts = [*train_encoding.schema_texts(), "the rain, the train, the plain"]
    first, second = (train_encoding.trained(texts, 500) for _ in range(2))
    assert first == second
    assert b" the" in first


def test_the_shipped_file_is_as_good_as_one_trained_today() -> None:
    fresh = tiktoken.Encoding(
        "fresh",
        pat_str=SHIPPED_PATTERN,
        mergeable_ranks=read_ranks(train_encoding.train()),
        special_tokens={},
    )
    texts = [*train_encoding.prompt_texts(), *train_encoding.schema_texts()]
    today = sum(len(fresh.encode_ordinary(text)) for text in texts)
    shipped = sum(map(TokenCounter(SHIPPED).count, texts))
    remedy = "run `python -m moodreel.agent.engines.llm.train_encoding`"
    assert shipped == pytest.approx(today, rel=0.03), remedy


# Published encodings


def _publish(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a file where tiktoken would have cached an encoding, with its digest as the right one."""
    content = SHIPPED_FILE.read_bytes()
    known = replace(PUBLISHED[name], sha256=hashlib.sha256(content).hexdigest())
    monkeypatch.setattr(encoding, "PUBLISHED", {**PUBLISHED, name: known})
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / hashlib.sha1(known.url.encode(), usedforsecurity=False).hexdigest()
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("variable", ["TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"])
@pytest.mark.parametrize("name", ["o200k_base", "cl100k_base"])
def test_a_published_encoding_is_used_where_it_is_cached(
    name: str, variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR")
    monkeypatch.setenv(variable, str(tmp_path))
    _publish(tmp_path, name, monkeypatch)
    counter = TokenCounter()
    assert counter.encoding == name
    assert counter.count("It's 1994 – the rain keeps on.") > 5
    assert TokenCounter(SHIPPED).encoding == SHIPPED


def test_the_temporary_folder_is_the_cache_where_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR")
    monkeypatch.delenv("DATA_GYM_CACHE_DIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert best_at_hand() == SHIPPED
    _publish(tmp_path / "data-gym-cache", "cl100k_base", monkeypatch)
    assert best_at_hand() == "cl100k_base"


def test_an_altered_file_is_left_alone_and_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    file = _publish(tmp_path, "o200k_base", monkeypatch)
    file.write_bytes(b"cut short")
    assert TokenCounter().encoding == SHIPPED
    assert file.read_bytes() == b"cut short"


def test_an_empty_cache_variable_means_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "")
    monkeypatch.chdir(tmp_path)
    _publish(tmp_path, "o200k_base", monkeypatch)
    assert best_at_hand() == SHIPPED


@pytest.mark.parametrize("name", ["o200k_base", "cl100k_base"])
def test_published_encodings_are_as_tiktoken_has_them(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    openai_public = import_module("tiktoken_ext.openai_public")
    asked: list[tuple[str, str]] = []

    def note(url: str, expected_hash: str) -> dict[bytes, int]:
        asked.append((url, expected_hash))
        return {}

    monkeypatch.setattr(openai_public, "load_tiktoken_bpe", note)
    known = PUBLISHED[name]
    assert openai_public.ENCODING_CONSTRUCTORS[name]()["pat_str"] == known.pattern
    assert asked == [(known.url, known.sha256)]


@pytest.mark.parametrize(
    ("name", "said"), [("gpt5", "there is no encoding 'gpt5'"), ("o200k_base", "not in tiktoken's")]
)
def test_an_encoding_that_is_not_here_is_refused(name: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        TokenCounter(name)


def test_nothing_heavy_is_loaded_before_counting() -> None:
    code = (
        "import sys; import moodreel.agent.engines.llm.tokens as t;"
        "assert 'tiktoken' not in sys.modules;"
        "t.TokenCounter('moodreel').count('x');"
        "assert not {'requests', 'tokenizers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# The report


def test_the_report_shows_what_the_documentation_says(
    capsys: pytest.CaptureFixture[str], figures: Callable[[str, str], list[float]]
) -> None:
    tokens_check.main([])
    printed = capsys.readouterr().out
    low, middle, high = figures(printed, "films")
    assert 1.0 < low <= middle <= high < 1.26


@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the public data sets are not here")
def test_users_are_never_counted_short(
    capsys: pytest.CaptureFixture[str], figures: Callable[[str, str], list[float]]
) -> None:
    tokens_check.main([str(SHARED_DATA)])
    printed = capsys.readouterr().out
    for name in ("INSPIRED messages", "ReDial messages", "Wikipedia plots", "Russian subtitles"):
        assert figures(printed, name)[1] < 1.0


def test_the_report_passes_over_data_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tokens_check.main([str(tmp_path)])
    assert "INSPIRED" not in capsys.readouterr().out


@pytest.fixture
def figures() -> Callable[[str, str], list[float]]:
    """The percentiles of Llama 2's ratio in the line of some texts."""

    def read(printed: str, name: str) -> list[float]:
        line = next(line for line in printed.splitlines() if line.startswith(f"{name}  "))
        return [float(cell) for cell in line[len(name) :].split()[2:5]]

    return read
