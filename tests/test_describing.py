"""A model's descriptions of a catalogue: what waits, what is kept, what no merge and kill loses."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from moodreel.errors import EngineError, StorageError
from moodreel.ingest.catalogue import Progress
from moodreel.ingest.describe import BATCH, IN_A_ROW, Answer, Describing, settle
from moodreel.ingest.item import Item, Provenance
from moodreel.ingest.run import Job, ingest, ledger_of
from moodreel.ingest.sources import source_for
from moodreel.ingest.sources.record import Options
from moodreel.ingest.split import split
from moodreel.ingest.waiting import (
    Pace,
    Waiting,
    Wanted,
    estimate,
    kinds_of_description,
    reading_of,
    waiting,
)

from .conftest import ROOT, copy_folder
from .describe_stage import DAY, MODEL, Asked, written
from .ingest_stage import CALM, contents, describe, opened

GENERATED = Provenance(how="generated", by=MODEL, made=DAY)
AUTHORED = Item(
    id="tt0000001", title="The Harbour", year=1994, cast=("Bo Ek",), mood="Salt and fog.",
    mood_tags=("sad",), plot_essence="A town keeps a secret.", axes=CALM, source="starter",
    provenance={"*": Provenance(how="authored", by="starter 1")}, popularity=0.9,
)  # fmt: skip
ADDED = Item(
    id="added-1", title="My holiday", mood="Sunny.", mood_tags=("playful",), axes=CALM,
    plot_essence="We went to the sea.", source="added", genres=("Family",),
    provenance={"*": Provenance(how="derived", by="builtin 1")},
)  # fmt: skip
HEADER = "id,title,year,genres,overview,cast,popularity"
TABLE = f"""{HEADER}
1,Quiet Water,2001,Drama,Rivers run slowly here.,Ana Li,
2,Loud Water,2003,,A flood takes the bank.,Cy Fu,
3,Dry Land,2005,"Western, Action",,Di Wu,
4,Nothing Known,2006,,,,
5,Harbour,1994,,Boats rest in the harbour.,Bo Ek,
"""


class Stage:
    """A catalogue with a ledger, sources to read into it and models to describe it."""

    def __init__(self, folder: Path, items: Sequence[Item] = (AUTHORED, ADDED)) -> None:
        self.home = folder / "data"
        self.catalogue = opened(self.home, items)
        self.ledger = ledger_of(self.home, self.catalogue)

    def read(self, text: str, name: str = "own.csv", source: str = "table") -> None:
        path = self.home / name
        path.write_text(text, encoding="utf-8")
        job = Job(source_for(source, path), path, Options())
        ingest(job, self.catalogue, self.ledger, describe)

    def waits(self, model: str = MODEL, **wanted: bool) -> Waiting:
        return waiting(self.catalogue, self.ledger, Wanted(model, **wanted))

    def describe(
        self, ask: Asked | None = None, *, jobs: int = 2, model: str = MODEL
    ) -> Describing:
        ask = ask or Asked()
        run = Describing(self.catalogue, self.ledger, model, ask)
        asyncio.run(run.run(self.waits(model).items, jobs))
        return run

    def item(self, name: str) -> Item:
        return self.catalogue.get([name])[name]

    def close(self) -> None:
        self.ledger.close()
        self.catalogue.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.close()


class TestWaiting:
    def test_what_nobody_described_waits_best_known_first(self, stage: Stage) -> None:
        stage.read(TABLE)
        stage.catalogue.upsert([stage.item("table-3").model_copy(update={"popularity": 0.4})])
        found = stage.waits()
        assert found.items == ["table-3", "added-1", "table-1", "table-2"]
        assert (found.with_text, found.silent) == (3, 1)
        assert stage.waits(texts=True).items == ["added-1", "table-1", "table-2"]

    def test_a_model_reads_facts_and_the_longest_text(self, stage: Stage) -> None:
        stage.read(TABLE)
        read = reading_of(stage.item("table-1"), stage.ledger)
        assert read.whole == (
            "Quiet Water (2001)\nKind: film\nGenres: Drama\n\nRivers run slowly here."
        )
        assert read.origin == "table/1"
        by_genres = reading_of(stage.item("table-3"), stage.ledger)
        assert by_genres.whole == "Dry Land (2005)\nKind: film\nGenres: Western, Action"
        assert reading_of(stage.item("table-4"), stage.ledger).whole == ""
        assert "We went to the sea." in reading_of(stage.item("added-1"), stage.ledger).whole

    def test_what_a_model_reads_has_nothing_that_a_model_wrote(self, stage: Stage) -> None:
        stage.read(TABLE)
        names = ["table-1", "table-2", "table-3", "added-1"]
        before = [reading_of(stage.item(name), stage.ledger) for name in names]
        stage.describe()
        assert [reading_of(stage.item(name), stage.ledger) for name in names] == before

    def test_anew_are_other_models_and_other_texts(self, stage: Stage) -> None:
        stage.read(TABLE)
        stage.describe()
        assert not stage.waits().items
        assert not stage.waits(anew=True).items
        assert len(stage.waits("other:2b", anew=True).items) == 4
        stage.read(f"{HEADER}\n1,Quiet Water,2001,Drama,The river is loud and long here.,Ana Li,\n")
        assert not stage.waits().items
        assert stage.waits(anew=True).items == ["table-1"]

    def test_described_by_genres_it_waits_again_when_a_text_comes(self, stage: Stage) -> None:
        stage.read(TABLE)
        stage.describe()
        stage.read(f"{HEADER}\n3,Dry Land,2005,,Cattle die of thirst.,,\n")
        assert stage.waits().items == ["table-3"]
        assert stage.item("table-3").plot_essence == "Cattle die of thirst."
        stage.describe()
        assert stage.item("table-3").plot_essence == "Somebody wants thirst."

    def test_the_cost_is_counted_before(self, stage: Stage) -> None:
        stage.read(TABLE)
        found = stage.waits()
        cost = estimate(found.items, stage.catalogue, stage.ledger, len, None)
        exact = sum(len(reading_of(stage.item(n), stage.ledger).whole) for n in found.items)
        assert (cost.items, cost.read, cost.seconds) == (4, exact, None)
        paced = estimate(found.items, stage.catalogue, stage.ledger, len, Pace(2.5, 100))
        assert (paced.written, paced.seconds) == (400, 10.0)
        many = found.items * 150
        sampled = estimate(many, stage.catalogue, stage.ledger, len, None)
        assert sampled.read == pytest.approx(exact * 150, rel=0.1)


class TestKeeping:
    def test_what_a_model_wrote_says_so_field_by_field(self, stage: Stage) -> None:
        stage.read(TABLE)
        report = stage.describe().report
        assert (report.described, report.failed) == (4, {})
        item = stage.item("table-2")
        told = written(reading_of(item, stage.ledger).whole)
        assert (item.mood, item.genres) == (told["mood"], ("Mystery",))
        assert item.plot_essence == told["plot_essence"]
        for name in ("mood", "plot_essence", "axes", "tags", "genres"):
            assert item.provenance[name] == GENERATED
        assert item.provenance["*"].by == "table"
        assert stage.catalogue.find("Loud Water")[0].id == "table-2"

    def test_a_source_keeps_its_genres_and_a_title_gets_no_plot(self, stage: Stage) -> None:
        stage.read(TABLE)
        stage.describe()
        assert stage.item("table-1").genres == ("Drama",)
        assert "genres" not in stage.item("table-1").provenance
        assert stage.item("table-3").plot_essence == ""
        assert stage.item("table-3").mood.startswith("It feels")

    def test_only_what_changed_is_embedded(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stage.read(TABLE)
        stored: list[str] = []
        real = stage.catalogue.upsert

        def upsert(items: Sequence[Item], progress: Progress | None = None) -> None:
            stored.extend(item.id for item in items)
            real(items, progress)

        monkeypatch.setattr(stage.catalogue, "upsert", upsert)
        stage.describe()
        assert sorted(stored) == ["added-1", "table-1", "table-2", "table-3"]

    def test_a_catalogue_says_by_whom_it_is_described(self, stage: Stage) -> None:
        stage.read(TABLE)
        kinds = kinds_of_description(stage.catalogue.items())
        assert kinds == {"derived from a text": 3, "a person": 1, "derived from genres": 1,
                         "nobody": 1}  # fmt: skip
        stage.describe()
        kinds = kinds_of_description(stage.catalogue.items())
        assert kinds == {MODEL: 4, "a person": 1, "nobody": 1}

    def test_no_more_at_a_time_than_asked_for(self, stage: Stage) -> None:
        stage.read(HEADER + "".join(f"\n{n},Film {n},,,Story {n} goes on.,," for n in range(40)))
        ask = Asked()
        stage.describe(ask, jobs=3)
        assert ask.most == 3
        assert len(ask.texts) == 41 > 2 * BATCH


class TestMerging:
    """A person's words go before a model's, these before derived ones; whatever comes when."""

    def test_the_same_source_again_keeps_what_the_model_wrote(self, stage: Stage) -> None:
        stage.read(TABLE)
        stage.describe()
        before = stage.item("table-2")
        stage.read(f"{HEADER}\n2,Loud Water,2004,,A flood takes the bank.,Cy Fu,\n")
        assert stage.item("table-2") == before.model_copy(update={"year": 2004})

    def test_another_source_keeps_it_too_and_gives_its_facts(self, stage: Stage) -> None:
        stage.read(TABLE)
        stage.describe()
        stage.read("id,title,year,genres,cast,runtime\n9,Loud Water,2003,Crime,Cy Fu,90\n", "b.csv")
        item = stage.item("table-2")
        assert (item.runtime_min, item.genres) == (90, ("Crime",))
        assert (item.provenance["mood"], "genres" in item.provenance) == (GENERATED, False)

    def test_what_a_person_described_is_left_alone(self, stage: Stage) -> None:
        stage.read(TABLE)
        stage.describe()
        item = stage.item("tt0000001")
        assert (item.mood, item.plot_essence) == (AUTHORED.mood, AUTHORED.plot_essence)

    def test_a_split_takes_along_what_was_written_of_its_text(self, stage: Stage) -> None:
        stage.read("id,title,year,genres,cast\n1,Harbour Days,1990,Drama,Bo Ek\n", "a.csv")
        stage.read("id,title,year,overview,cast\n2,Harbour Days,1990,Boats burn.,Bo Ek\n", "b.csv")
        stage.describe()
        assert stage.item("table-1").provenance["mood"] == GENERATED
        own, rest = split(stage.catalogue, stage.ledger, "table/2")
        assert own.plot_essence == "Somebody wants burn."
        assert own.provenance["mood"] == GENERATED
        assert rest.provenance["mood"].how == "derived"
        assert stage.waits().items == ["table-1"]
        stage.read("id,title,year,overview,cast\n2,Harbour Days,1990,Boats burn.,Cy\n", "c.csv")
        assert stage.item(own.id).provenance["mood"] == GENERATED

    def test_a_split_leaves_what_was_written_of_another_text(self, stage: Stage) -> None:
        stage.read("id,title,year,overview,cast\n1,Harbour Days,1990,Boats burn.,Bo Ek\n", "a.csv")
        stage.describe()
        stage.read("id,title,year,genres,cast\n2,Harbour Days,1990,Drama,Bo Ek\n", "b.csv")
        own, rest = split(stage.catalogue, stage.ledger, "table/2")
        assert own.provenance["mood"].how == "derived"
        assert rest.plot_essence == "Somebody wants burn."


class TestFailing:
    def test_a_failure_is_counted_kept_and_tried_again_when_asked(self, stage: Stage) -> None:
        stage.read(TABLE)
        before = stage.item("table-2")
        bad = Asked(
            lambda text: (
                Answer(None, "it said nothing") if "flood" in text else Answer(written(text))
            )
        )
        report = stage.describe(bad).report
        assert (report.described, report.failed) == (3, {"it said nothing": 1})
        assert stage.item("table-2") == before
        assert (stage.waits().items, stage.waits().failed) == ([], {"it said nothing": 1})
        assert stage.waits(retry=True).items == ["table-2"]
        assert stage.waits("other:2b").items == ["table-2"]
        run = Describing(stage.catalogue, stage.ledger, MODEL, Asked())
        asyncio.run(run.run(["table-2"], 1))
        assert not stage.waits().failed

    def test_a_server_that_fails_all_the_time_ends_the_run_and_blames_no_item(
        self, stage: Stage
    ) -> None:
        stage.read(HEADER + "".join(f"\n{n},Film {n},,,Story {n} goes on.,," for n in range(40)))
        bad = Asked(lambda text: Answer(None, "no memory", server=True))
        with pytest.raises(EngineError, match=f"{IN_A_ROW} times in a row.*no memory"):
            stage.describe(bad, jobs=1)
        assert len(bad.texts) == IN_A_ROW
        assert (len(stage.waits().items), stage.waits().failed) == (41, {})

    def test_when_the_server_goes_what_was_described_is_there(self, stage: Stage) -> None:
        stage.read(HEADER + "".join(f"\n{n},Film {n},,,Story {n} goes on.,," for n in range(20)))

        def answer(text: str) -> Answer:
            if len(ask.texts) > 10:
                raise EngineError("nobody there")
            return Answer(written(text))

        ask = Asked(answer)
        with pytest.raises(EngineError, match="nobody there"):
            stage.describe(ask, jobs=1)
        assert kinds_of_description(stage.catalogue.items())[MODEL] == 10
        assert len(stage.waits().items) == 11
        assert stage.ledger.unstored() == []

    def test_a_full_disk_loses_nothing(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        stage.read(TABLE)

        def full(*_: object) -> None:
            raise StorageError("no room")

        with monkeypatch.context() as patch:
            patch.setattr(stage.catalogue, "upsert", full)
            with pytest.raises(StorageError, match="no room"):
                stage.describe()
        assert len(stage.ledger.unstored()) == 4
        assert settle(stage.catalogue, stage.ledger) == 4
        assert not stage.waits().items
        assert kinds_of_description(stage.catalogue.items())[MODEL] == 4

    def test_stopping_stores_what_is_there(self, stage: Stage) -> None:
        stage.read(HEADER + "".join(f"\n{n},Film {n},,,Story {n} goes on.,," for n in range(9)))

        def answer(text: str) -> Answer:
            if len(ask.texts) > 4:
                raise KeyboardInterrupt
            return Answer(written(text))

        ask = Asked(answer)
        with pytest.raises(KeyboardInterrupt):
            stage.describe(ask, jobs=1)
        assert kinds_of_description(stage.catalogue.items())[MODEL] == 4


def test_killed_at_random_steps_it_ends_like_an_uninterrupted_run(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    rows = [f"{n},Film {n},{1950 + n},,Story of number {n}.,Person {n}," for n in range(70)]
    stage.read("\n".join([HEADER, *rows, "99,Only Genres,1990,Drama,,,"]))
    stage.close()
    base, dice = tmp_path / "data", random.Random(3)  # noqa: S311 - a test
    whole, killed = (copy_folder(base, tmp_path / name) for name in ("whole", "killed"))
    assert _play(whole, 0) == 0
    codes = [_play(killed, dice.randint(4, 40)) for _ in range(5)]
    assert codes.count(-signal.SIGKILL) >= 4
    assert _play(killed, 0) == 0
    assert contents(killed) == contents(whole) != contents(base)


def _play(home: Path, steps: int) -> int:
    command = [sys.executable, "-m", "tests.describe_stage", str(home), str(steps)]
    return subprocess.run(command, check=False, cwd=ROOT).returncode
