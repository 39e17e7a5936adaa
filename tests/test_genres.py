"""Genres learnt from a catalogue's own items: trained, kept, used, and never taken for facts."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import random
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from moodreel.agent.bench.scripted_ollama import ScriptedOllama
from moodreel.agent.engines import choose, measure_genres
from moodreel.errors import GenresBroken, UsageError
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.embedding import choose_embedder
from moodreel.ingest.genre_model import FILE, GenreModel, genres_of, keep_genres, load_genres
from moodreel.ingest.item import Item, Provenance
from moodreel.ingest.starter import open_catalogue
from moodreel.tools import genre_training, trailers_check
from moodreel.tools.derive import Deriver
from moodreel.tools.genre_data import films, trailers
from moodreel.tools.genre_scores import MOVIELENS_GENRES, by_lot, scores_of
from moodreel.tools.genre_training import learnable, train, vectors_of

from .conftest import SHARED_DATA, copy_folder
from .doubles import HashEmbedder
from .shell import prepare
from .test_llm_describe import ANSWER

WORDS = {
    "Western": "sheriff saloon cattle canyon outlaw spurs",
    "Horror": "ghost scream cellar curse knife haunted",
    "Musical": "song stage dance chorus melody tenor",
}
KNOWN = Provenance(how="authored", by="somebody")


def item(number: int, *genres: str, how: Provenance = KNOWN) -> Item:
    """A film whose plot has words of its genres, and others."""
    chance = random.Random(number)  # noqa: S311
    own = [chance.choice(WORDS[genre].split()) for genre in genres for _ in range(6)]
    rest = [f"word{chance.randrange(50)}" for _ in range(4)]
    return Item(
        id=f"film-{number}", title=f"Film {number}", genres=genres, provenance={"*": how},
        plot_essence=" ".join([*own, *rest]), source="me",
    )  # fmt: skip


ITEMS = [item(n, *{(*WORDS,)[n % 3], (*WORDS,)[(n // 3) % 3]}) for n in range(180)]


@pytest.fixture(scope="module")
def vectors() -> genre_training.Matrix:
    return vectors_of([each.plot_essence for each in ITEMS], HashEmbedder(64))


@pytest.fixture(scope="module")
def model(vectors: genre_training.Matrix) -> GenreModel:
    return train(vectors[:150], ITEMS[:150], "hash/1")


def test_it_tells_genres_of_texts_it_never_saw(
    model: GenreModel, vectors: genre_training.Matrix
) -> None:
    told = model.predict(vectors[150:])
    true = [each.genres for each in ITEMS[150:]]
    assert set(model.genres) == set(WORDS)
    assert scores_of(told, true, model.genres).macro > 0.9
    assert by_lot(true, model.genres).macro < 0.7
    assert all(told), "every text gets a genre"


def test_what_is_a_guess_teaches_nothing() -> None:
    guess = Provenance(how="derived", by="builtin 1")
    items = [item(1, "Horror"), item(2, "Horror", how=guess), item(3)]
    assert [each.id for each in learnable(items)] == ["film-1"]
    predicted = items[0].with_genres(("Western",), Provenance(how="predicted", by="x"))
    assert learnable([predicted]) == []


def test_too_few_items_are_refused(vectors: genre_training.Matrix) -> None:
    with pytest.raises(UsageError, match="too few"):
        train(vectors[:30], ITEMS[:30], "hash/1")


def test_what_is_kept_is_what_was_trained(
    model: GenreModel, vectors: genre_training.Matrix, tmp_path: Path
) -> None:
    assert load_genres(tmp_path) is None
    model.save(tmp_path)
    found = load_genres(tmp_path)
    assert found is not None
    assert found.predict(vectors) == model.predict(vectors)
    assert (found.embedder, found.trained_on) == ("hash/1", 150)


@pytest.mark.parametrize("damage", ["cut", "text", "shape"])
def test_a_damaged_one_is_a_sentence(model: GenreModel, tmp_path: Path, damage: str) -> None:
    model.save(tmp_path)
    whole = (tmp_path / FILE).read_bytes()
    if damage == "cut":
        (tmp_path / FILE).write_bytes(whole[: len(whole) // 2])
    elif damage == "text":
        (tmp_path / FILE).write_text("nothing")
    else:
        with np.load(tmp_path / FILE) as stored:
            parts = {**stored, "bounds": np.zeros(1)}
        np.savez(tmp_path / FILE, **parts)
    with pytest.raises(GenresBroken, match="train it again"):
        load_genres(tmp_path)


def test_it_belongs_to_one_embedder(model: GenreModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    for name, served in (("hash/1", True), ("hash/2", False)):
        catalogue = EdgeCatalogue.create(tmp_path / name.replace("/", "-"), HashEmbedder(64, name))
        keep_genres(catalogue, tmp_path)
        assert (genres_of(catalogue) is not None) == served
        catalogue.close()


def test_measures_are_those_of_the_books() -> None:
    told = [("Horror", "Drama"), ("Drama",), ("Horror",), ()]
    true = [("Horror",), ("Drama",), ("Drama",), ("Horror",)]
    found = scores_of(told, true, ("Horror", "Drama", "War"))
    assert found.precision.tolist() == [0.5, 0.5, 0.0]
    assert found.recall.tolist() == [0.5, 0.5, 0.0]
    assert found.f1.tolist() == [0.5, 0.5, 0.0]
    assert found.macro == pytest.approx(1 / 3)
    assert found.micro == 0.5


OWN = (
    "id,title,overview\n1,Quiet Water,A sheriff and an outlaw ride through a canyon at high noon.\n"
)


@pytest.fixture(scope="module")
def learnt(light_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A data folder with a row of one's own and a classifier, and what the command said of it."""
    folder = tmp_path_factory.mktemp("learnt")
    home, own = copy_folder(light_home, folder / "home"), folder / "own.csv"
    own.write_text(OWN)
    prepare(home, "ingest", "table", str(own), MOODREEL_EMBEDDER="light")
    said = prepare(home, "ingest", "genres", "--json", MOODREEL_EMBEDDER="light")
    return home, json.loads(said)


def test_the_command_learns_gives_and_is_heeded(learnt: tuple[Path, Any], tmp_path: Path) -> None:
    home, found = copy_folder(learnt[0], tmp_path / "home"), learnt[1]
    assert found["items learnt from"] == 1536
    assert found["items asked about"] == genre_training.MOST_ASKED
    assert found["kept"] == (
        found["classifier, macro-F1 and micro-F1"][0]
        > found["nearest items, macro-F1 and micro-F1"][0]
    )
    assert found["kept"]
    assert found["items given genres"] == 1
    opened = open_catalogue(home, "light")
    (given,) = opened.get(["table-1"]).values()
    expected = load_genres(home)
    assert expected is not None
    rows = vectors_of([given.plot_essence], choose_embedder("light"))
    assert given.genres == expected.predict(rows)[0]
    assert given.provenance["genres"].how == "predicted"
    told = Deriver(opened).derive("A ghost in the cellar, a curse and a knife: terror by night.")
    opened.close()
    assert told.genres_by == "genre classifier 1"
    assert "Horror" in told.genres


def test_rows_without_genres_are_predicted_and_others_keep_theirs(
    learnt: tuple[Path, Any], tmp_path: Path
) -> None:
    home, own = copy_folder(learnt[0], tmp_path / "home"), tmp_path / "more.csv"
    own.write_text(
        "id,title,genres,overview\n8,One,,A ghost haunts a cellar.\n9,Two,War,A ghost haunts it.\n"
    )
    prepare(home, "ingest", "table", str(own), MOODREEL_EMBEDDER="light")
    opened = open_catalogue(home, "light")
    one, two = (opened.get([name])[name] for name in ("table-8", "table-9"))
    opened.close()
    assert one.genres
    assert one.provenance["genres"].how == "predicted"
    assert one.provenance["mood"].how == "derived"
    assert (two.genres, two.genres_known) == (("War",), True)


def folder_of(tmp_path: Path) -> Path:
    """A small MovieLens with overviews, and captions of two trailers."""
    folder = tmp_path / "data"
    for name in ("movielens-latest-small", "movielens-latest-small-tmdb", "trailer-captions"):
        (folder / name).mkdir(parents=True)
    links, rows = ["movieId,imdbId,tmdbId"], ["movieId,title,genres,tmdbId,overview"]
    for number, each in enumerate(ITEMS, 1):
        links.append(f"{number},{9_000_000 + number},")
        text = "" if number == 180 else each.plot_essence
        rows.append(f'{number},{each.title} (1999),{"|".join(each.genres)},,"{text}"')
    (folder / "movielens-latest-small" / "links.csv").write_text("\n".join(links))
    table = folder / "movielens-latest-small-tmdb" / "movies_enriched_posters.csv.gz"
    table.write_bytes(gzip.compress("\n".join(rows).encode()))
    cue = "1\n000:000:01,000 --> 000:000:02,000\n<font color='#fff'>a {} rides</font>\n"
    with tarfile.open(folder / "trailer-captions" / "trailer_captions.tar.gz", "w:gz") as packed:
        for number, word in ((1, "sheriff"), (2, "ghost"), (180, "singer"), (999, "nobody")):
            body = cue.format(word).encode()
            entry = tarfile.TarInfo(f"captions/tt{9_000_000 + number}.txt")
            entry.size = len(body)
            packed.addfile(entry, io.BytesIO(body))
    return folder


def test_the_data_is_read_and_split_without_leaks(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    known = films(folder)
    spoken = trailers(folder, known)
    assert len(known) == 180
    assert [each.text for each in spoken] == ["a sheriff rides", "a ghost rides", "a singer rides"]
    stage = measure_genres.Stage([f for f in known if f.text], spoken, HashEmbedder(64))
    asked = {each.imdb_id for told in stage.tests.values() for each in told}
    assert not asked & {each.id for each in stage.all}
    left_out = {each.imdb_id for each in stage.tests["films left out"]}
    assert not left_out & {each.imdb_id for each in spoken}
    assert 20 < len(left_out) < 60
    found = measure_genres.measure(stage, "films left out")
    best, chance = (
        found["classifier, starter films and MovieLens"],
        found["by lot, as often as true"],
    )
    assert best.micro > chance.micro


def test_the_model_of_the_settings_is_asked_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = trailers(folder := folder_of(tmp_path), films(folder))
    answers = iter([json.dumps({**ANSWER, "genres": [*told[0].genres]}), "nonsense", "nonsense"])
    with ScriptedOllama(reply=lambda _: next(answers, json.dumps(ANSWER))) as server:
        monkeypatch.setenv("MOODREEL_OLLAMA_URL", server.url)
        monkeypatch.setattr(choose, "ASK_SECONDS", 60.0)
        scores, many, failed = asyncio.run(measure_genres.by_model(told, 2))
    assert (many, failed) == (2, 1)
    for genre in told[0].genres:
        assert scores.recall[MOVIELENS_GENRES.index(genre)] > 0


def test_without_data_or_model_it_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for main in (measure_genres.main, trailers_check.main):
        assert main([]) == 2
        assert "--data" in capsys.readouterr().err
        assert main([str(tmp_path)]) == 2
        assert "check the path" in capsys.readouterr().err


@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the public data sets are not here")
def test_trailers_find_films_of_their_genres_more_often_than_chance(
    light_home: Path, tmp_path: Path
) -> None:
    told = trailers(SHARED_DATA, films(SHARED_DATA))
    assert len(told) == 130
    catalogue = open_catalogue(copy_folder(light_home, tmp_path / "home"), "light")
    try:
        rows = trailers_check.measure(catalogue, told)
    finally:
        catalogue.close()
    for _, found, chance in rows:
        assert len(found) == 130
        assert np.mean(found) > np.mean(chance) + 0.03
