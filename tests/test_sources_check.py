"""How quickly data sets are read, and that being quick changes nothing of what they become."""

from __future__ import annotations

import json
import random
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from moodreel.ingest.embedding import choose_embedder, item_texts
from moodreel.ingest.item import Item, Provenance, fold
from moodreel.ingest.merge import merged
from moodreel.ingest.starter.films import starter_items
from moodreel.ingest.static import TOKENIZER, WORDLLAMA, StaticEmbedder
from moodreel.ingest.traits import traits_of, traits_table
from moodreel.ingest.word_tokens import WordTokens
from moodreel.ingest.words import stems
from moodreel.tools import sources_check
from moodreel.tools.derive_bulk import BulkDeriver
from moodreel.tools.sources_check import Measurement, samples
from tokenizers import Tokenizer

from .doubles import HashEmbedder

_LETTERS = "abc .,\u00e9\u2019\U0001f600\u2581-\n\t'\u65e5 "


@pytest.fixture(scope="module")
def films() -> list[Item]:
    return starter_items()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with two data sets of the same two films, and things that are none."""
    folder = tmp_path / "data"
    for name in ("lists", "notes"):
        (folder / name).mkdir(parents=True)
    header = (
        "id,title,genre,original_language,overview,popularity,release_date,vote_average,vote_count"
    )
    rows = (
        "5,Quiet Water,Drama,en,A river keeps a secret.,1,2001-02-03,7,10",
        "6,Loud Fire,,en,,1,2002-02-03,7,10",
        "000,Choose A Movie,,,,,,,",
    )
    (folder / "lists" / "a.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    (folder / "lists" / "b.csv").write_text("\n".join([header, *rows[:1]]), encoding="utf-8")
    (folder / "lists" / "seen.csv").write_text("title\nHeat\n", encoding="utf-8")
    (folder / "notes" / "read.md").write_text("About the data.", encoding="utf-8")
    (folder / "notes" / "a.bin").write_bytes(b"0")
    (folder / "notes" / "b.bin").write_bytes(b"0")
    return folder


class TestMeasuring:
    def test_data_sets_are_found_by_what_they_are(self, data: Path) -> None:
        assert [name for name, _, _ in samples(data)] == ["lists/a.csv", "lists/b.csv"]

    def test_every_row_and_all_time_are_accounted_for(self, data: Path) -> None:
        told = [each.as_data() for each in Measurement(HashEmbedder(), None).each(data)]
        assert [each["added"] for each in told] == [2, 1]
        assert (told[0]["read"], told[0]["skipped"]) == (3, {"no TMDB id": 1})
        assert told[0]["without_text"] == 1
        for each in told:
            assert sum(each["shares"].values()) == pytest.approx(1, abs=0.01)
            assert all(share >= 0 for share in each["shares"].values())

    def test_in_one_catalogue_the_same_films_are_one(self, data: Path) -> None:
        told = [each.as_data() for each in Measurement(HashEmbedder(), None).together(data)]
        assert [(each["added"], each["updated"]) for each in told] == [(2, 0), (0, 1)]

    def test_the_table_has_a_line_for_each_and_one_for_all(
        self, data: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        sources_check.main([str(data), "--limit", "1"])
        printed = capsys.readouterr().out
        assert printed.count("lists/a.csv") == printed.count("lists/b.csv") == 2
        assert "describing" in printed
        sources_check.main([str(data), "--json", "--embedder", "light"])
        assert json.loads(capsys.readouterr().out)["embedder"] == "wordllama-256/1"


class TestTheSameAsBefore:
    """What is done by the batch or looked up is what was worked out one by one."""

    def test_words_have_the_tokens_of_the_whole_text(self, films: list[Item]) -> None:
        tokenizer = Tokenizer.from_file(str(WORDLLAMA.path(TOKENIZER)))
        drawn = random.Random(1)  # noqa: S311 (texts to try)
        texts = [text for film in films[::10] for text in item_texts(film).values()]
        texts += ["", "a  b", "a </s> b", "<s>", "x\u2581y", "long" * 30 + " word", "\u65e5\u672c"]
        texts += [
            "".join(drawn.choice(_LETTERS) for _ in range(drawn.randint(1, 60))).strip()
            for _ in range(500)
        ]
        whole = tokenizer.encode_batch(texts, add_special_tokens=False)
        words = WordTokens(tokenizer)
        for _ in range(2):
            assert words.ids(texts) == [encoded.ids for encoded in whole]

    def test_many_different_words_are_not_all_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("moodreel.ingest.word_tokens._MOST_WORDS", 10)
        tokenizer = Tokenizer.from_file(str(WORDLLAMA.path(TOKENIZER)))
        words = WordTokens(tokenizer)
        for start in range(0, 60, 6):
            texts = [f"word{n} other{n}" for n in range(start, start + 6)]
            whole = tokenizer.encode_batch(texts, add_special_tokens=False)
            assert words.ids(texts) == [encoded.ids for encoded in whole]
        assert len(words._known) <= 10 + 12

    def test_names_fold_character_by_character(self, films: list[Item]) -> None:
        drawn = random.Random(2)  # noqa: S311 (texts to try)
        texts = [film.plot_essence for film in films[::20]]
        texts += ["".join(chr(drawn.randint(1, 0x2FFF)) for _ in range(40)) for _ in range(300)]
        texts += [
            "Stra\u00dfe",
            "Am\u00e9lie!",
            "WALL\u00b7E",
            "d\u2019Artagnan",
            "\u0130stanbul",
            "\ufb01n",
        ]
        assert [fold(text) for text in texts] == [_folded_one_by_one(text) for text in texts]

    def test_traits_of_many_are_those_of_each(self, films: list[Item]) -> None:
        some = [*films[:40], Item(id="a", title="A"), Item(id="b", title="B", genres=("Sci-Fi",))]
        each = np.array([traits_of(item) for item in some])
        assert np.allclose(traits_table(some), each, atol=1e-6)
        assert each[-1, :-1].sum() == 1 and not each[-2, :-1].any()

    def test_an_item_of_one_record_is_merged_like_one_of_two(self) -> None:
        by, other = (Provenance(how="derived", by=name) for name in ("b", "c"))
        item = Item(
            id="tt0000009", title="T", alternative_titles=("t!", "U", "u"), imdb_id="tt0000009",
            source="tmdb", year=1999, mood="M", mood_tags=("sad",), directors=("D",),
            provenance={"mood": by, "mood_tags": by, "plot_essence": other, "year": other},
        )  # fmt: skip
        assert merged([item], item.id) == merged([item, item], item.id)

    def test_descriptors_do_not_depend_on_what_else_is_in_the_batch(
        self, films: list[Item]
    ) -> None:
        deriver = BulkDeriver(choose_embedder("light"), films)
        texts = [f"{film.plot_essence} {film.mood}" for film in films[:30]]
        texts += [" ".join(film.plot_essence for film in films[:12])]
        together = deriver.derive_each(texts)
        assert together == [deriver.derive_each([text])[0] for text in texts]
        named = [found for found in together if found.tags]
        assert len(named) > 5
        for found, text in zip(together, texts, strict=True):
            assert all(stems(tag) <= stems(text) for tag in found.tags)

    def test_the_light_embedder_sums_what_the_tokenizer_says(self) -> None:
        embedder = StaticEmbedder()
        (vector,) = embedder.embed(["A quiet river."])
        words, table = embedder._loaded()
        (ids,) = words.ids(["A quiet river."])
        total = table[ids].sum(axis=0)
        assert np.allclose(vector, total / np.linalg.norm(total), atol=1e-6)


def _folded_one_by_one(text: str) -> str:
    """`fold` written down as it is meant."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\u00df", "ss").replace("\u00b7", ""))
    kept = (c for c in decomposed if not unicodedata.combining(c))
    spaced = (c if c.isalnum() else " " if c not in "'\u2019`" else "" for c in kept)
    return " ".join("".join(spaced).casefold().split())
