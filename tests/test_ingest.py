"""Reading sources into a catalogue: what is added, merged, gone on with and undone."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from moodreel.errors import UnknownItem
from moodreel.ingest import run
from moodreel.ingest.catalogue import Progress
from moodreel.ingest.edge import EdgeCatalogue
from moodreel.ingest.item import Item, Provenance
from moodreel.ingest.known import Known
from moodreel.ingest.ledger import Ledger
from moodreel.ingest.merge import merged
from moodreel.ingest.report import IngestReport
from moodreel.ingest.run import REPEATED, Job, ingest, ledger_of
from moodreel.ingest.sources import source_for
from moodreel.ingest.sources.record import Options, Record
from moodreel.ingest.split import split

from .conftest import ROOT
from .ingest_stage import CALM, contents, describe, opened

AUTHORED = {"*": Provenance(how="authored", by="starter 1")}
HARBOUR = Item(
    id="tt0000001", title="The Harbour", year=1994, directors=("Ana Li",), cast=("Bo Ek",),
    runtime_min=95, genres=("Drama",), tmdb_id=5, mood="Salt and fog.", mood_tags=("sad",),
    plot_essence="A town keeps a secret.", axes=CALM, tags=("sea",), source="starter",
    provenance=AUTHORED, popularity=0.5,
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def catalogue(home: Path) -> Iterator[EdgeCatalogue]:
    made = opened(home, [HARBOUR])
    yield made
    made.close()


@pytest.fixture
def ledger(home: Path, catalogue: EdgeCatalogue) -> Iterator[Ledger]:
    held = ledger_of(home, catalogue)
    yield held
    held.close()


class Reader:
    """Writes a table and reads it into the catalogue."""

    def __init__(self, folder: Path, catalogue: EdgeCatalogue, ledger: Ledger) -> None:
        self._folder, self._catalogue, self._ledger = folder, catalogue, ledger

    def __call__(self, text: str, name: str = "own.csv", **asked: object) -> IngestReport:
        path = self._folder / name
        path.write_text(text, encoding="utf-8")
        job = Job(source_for("table", path), path, Options(), **asked)  # type: ignore[arg-type]
        return ingest(job, self._catalogue, self._ledger, describe)


@pytest.fixture
def read(tmp_path: Path, catalogue: EdgeCatalogue, ledger: Ledger) -> Reader:
    return Reader(tmp_path, catalogue, ledger)


class TestAdding:
    def test_a_row_becomes_an_item_that_says_what_it_is_known_by(
        self, read: Reader, catalogue: EdgeCatalogue
    ) -> None:
        report = read("id,title,year,overview\n7,Quiet Water,2001,Rivers run slowly here.\n")
        assert (report.read, report.added, report.merged, report.whole) == (1, 1, 0, True)
        (item,) = catalogue.get(["table-7"]).values()
        assert (item.plot_essence, item.mood_tags) == ("Rivers run slowly here.", ("gentle",))
        assert item.provenance["*"].by == "table"
        assert item.provenance["mood"].how == item.provenance["genres"].how == "derived"
        assert catalogue.find("Quiet Water")[0].id == "table-7"

    def test_without_a_text_genres_describe_and_the_plot_stays_a_gap(
        self, read: Reader, catalogue: EdgeCatalogue
    ) -> None:
        report = read("id,title,genres\n7,Quiet Water,Drama\n8,Nothing Known,\n")
        assert report.without_text == 2
        found = catalogue.get(["table-7", "table-8"])
        assert (found["table-7"].plot_essence, found["table-7"].mood_tags) == ("", ("gentle",))
        assert (found["table-8"].mood_tags, found["table-8"].axes) == ((), None)

    def test_every_row_is_accounted_for(self, read: Reader) -> None:
        report = read("id,title,year\n1,One,1990\n1,One,1990\n2,,1991\n3,Three\n4,Four,PG\n")
        assert report.read == 5 == report.added + report.merged + sum(report.skipped.values())
        assert report.skipped[REPEATED] == report.skipped["no title"] == 1
        assert report.repaired == {"a year that is none, left out": 1}
        assert any("row 3" in shown for shown in report.examples["no title"])

    def test_a_second_run_does_nothing(self, read: Reader, catalogue: EdgeCatalogue) -> None:
        text = "id,title,year\n1,One,1990\n2,Two,1991\n"
        read(text)
        before = [*catalogue.items()]
        again = read(text)
        assert (again.read, again.added, again.resumed_at, again.whole) == (2, 2, 2, True)
        assert [*catalogue.items()] == before

    def test_a_newer_file_brings_its_items_up_to_date(
        self, read: Reader, catalogue: EdgeCatalogue
    ) -> None:
        read("id,title,year\n1,One,1990\n")
        report = read("id,title,year\n1,One,1991\n2,Two,1992\n")
        assert (report.updated, report.added) == (1, 1)
        assert catalogue.get(["table-1"])["table-1"].year == 1991

    def test_a_newer_file_that_knows_less_takes_nothing_away(
        self, read: Reader, catalogue: EdgeCatalogue
    ) -> None:
        read("id,title,year,cast\n1,One,1990,Bo Ek\n")
        read("id,title,language\n1,One,de\n")
        (item,) = catalogue.get(["table-1"]).values()
        assert (item.year, item.cast, item.language) == (1990, ("Bo Ek",), "de")

    def test_a_limit_is_how_many_rows_more(self, read: Reader) -> None:
        text = "id,title\n" + "".join(f"{n},Film {n}\n" for n in range(10))
        assert read(text, limit=4).read == 4
        report = read(text, limit=4)
        assert (report.read, report.resumed_at, report.whole) == (8, 4, False)
        assert read(text).whole

    def test_a_dry_run_only_counts(self, read: Reader, catalogue: EdgeCatalogue) -> None:
        text = "id,title,year,imdb_id\n1,Harbour,1994,tt0000001\n2,Two,1991,\n2,Two,1991,\n"
        report = read(text, dry_run=True)
        assert (report.read, report.added, report.merged) == (3, 1, 1)
        assert report.skipped == {REPEATED: 1}
        assert catalogue.count() == 1
        assert read(text).added == 1

    def test_a_catalogue_built_anew_is_filled_anew(self, home: Path, tmp_path: Path) -> None:
        for _ in range(2):
            EdgeCatalogue.remove(home / "catalogue")
            made = opened(home, [HARBOUR])
            held = ledger_of(home, made)
            report = Reader(tmp_path, made, held)("id,title\n1,One\n")
            assert (report.resumed_at, made.count()) == (0, 2)
            held.close()
            made.close()


class TestMerging:
    """The same film from several sources is one item."""

    @pytest.mark.parametrize(
        "row",
        [
            "1,Other Name,1901,tt0000001,,,",
            "1,Other Name,1901,,5,,",
            "1,Harbour,1995,,,Bo Ek,",
            "1,The Harbour,1994,,,,97",
        ],
    )
    def test_by_id_or_by_title_year_and_people(
        self, read: Reader, catalogue: EdgeCatalogue, row: str
    ) -> None:
        report = read(f"id,title,year,imdb_id,tmdb_id,cast,runtime\n{row}\n")
        assert (report.merged, report.added, catalogue.count()) == (1, 0, 1)
        (item,) = catalogue.get([HARBOUR.id]).values()
        assert item.model_copy(update={"alternative_titles": ()}) == HARBOUR

    @pytest.mark.parametrize(
        ("row", "doubted"),
        [
            ("1,The Harbour,1996,,,Bo Ek,", 0),
            ("1,The Harbour,1994,,,Cy Fu,95", 0),
            ("1,The Harbour,1994,,,,120", 0),
            ("1,The Harbour,1994,,6,Bo Ek,", 0),
            ("1,The Harbour,1994,,,,", 1),
        ],
    )
    def test_what_may_be_another_film_stays_apart(
        self, read: Reader, catalogue: EdgeCatalogue, row: str, doubted: int
    ) -> None:
        report = read(f"id,title,year,imdb_id,tmdb_id,cast,runtime\n{row}\n")
        assert (report.merged, report.added, report.duplicates) == (0, 1, doubted)
        assert catalogue.count() == 2

    def test_gaps_are_filled_and_say_by_whom(self, read: Reader, catalogue: EdgeCatalogue) -> None:
        read("id,title,year,tmdb_id,language,overview\n1,Hafen,1994,5,de,Another text.\n")
        (item,) = catalogue.get([HARBOUR.id]).values()
        assert (item.language, item.alternative_titles) == ("de", ("Hafen",))
        assert item.provenance["language"].by == "table"
        assert (item.mood, item.plot_essence) == (HARBOUR.mood, HARBOUR.plot_essence)

    def test_a_text_describes_better_than_genres(self) -> None:
        derived = {"*": Provenance(how="derived", by="x")}
        bare = Item(id="a", title="T", mood="From genres.", mood_tags=("sad",), source="movielens",
                    provenance=derived)  # fmt: skip
        told = bare.model_copy(update={"source": "wikipedia", "mood": "From a text.",
                                       "plot_essence": "It happens."})  # fmt: skip
        assert merged([bare, told], "a").mood == "From a text."
        assert merged([told, bare], "a") == merged([bare, told], "a")

    def test_a_merge_can_be_undone_and_stays_undone(
        self, read: Reader, catalogue: EdgeCatalogue, ledger: Ledger
    ) -> None:
        text = "id,title,year,cast,language\n1,Harbour,1994,Bo Ek,de\n2,Harbour,1994,Ana Li,\n"
        read(text)
        assert [entry.key for entry in ledger.merges()] == ["1", "2"]
        own, rest = split(catalogue, ledger, "table/1")
        assert rest == HARBOUR.model_copy(update={"alternative_titles": ("Harbour",)})
        assert own.language == "de"
        assert catalogue.count() == 2
        assert [entry.key for entry in ledger.merges()] == ["2"]
        report = read(text + "3,New,2000,,\n")
        assert (report.updated, report.added, catalogue.count()) == (2, 1, 3)
        with pytest.raises(UnknownItem, match="--merges"):
            split(catalogue, ledger, "table/1")

    def test_rows_of_one_film_make_the_same_item_when_a_kill_has_them_taken_in_again(
        self, read: Reader, catalogue: EdgeCatalogue, ledger: Ledger
    ) -> None:
        """Their order is the file's, also where their keys sort otherwise."""
        text = "id,title,year,cast,overview\n9,Two,1990,Bo Ek,First.\n10,Two,1990,Bo Ek,Then.\n"
        read(text)
        before = [*catalogue.items()]
        ledger._db.execute("DELETE FROM runs")
        ledger._db.commit()
        assert read(text).read == 2
        assert [*catalogue.items()] == before
        assert catalogue.get(["table-9"])["table-9"].plot_essence == "First."

    def test_a_year_that_was_corrected_counts_as_it_is_now(self) -> None:
        held = Item(id="a", title="Two", year=1990, cast=("Bo Ek",))
        known = Known([held])
        known.add(held.model_copy(update={"year": 1991}))
        assert known.meant(Record(1, "1", "Two", year=1992, cast=("Bo Ek",))).id == "a"
        assert known.meant(Record(1, "1", "Two", year=1989, cast=("Bo Ek",))).id is None

    def test_titles_of_other_scripts_are_told_apart(self) -> None:
        known = Known([Item(id="a", title="東京物語", year=1953, cast=("原節子",))])
        same = Record(1, "1", "東京物語", year=1953, cast=("原節子",))
        assert known.meant(same).id == "a"
        assert known.meant(Record(1, "1", "七人の侍", year=1953, cast=("原節子",))).id is None


def test_killed_at_random_steps_it_ends_like_an_uninterrupted_run(tmp_path: Path) -> None:
    """Every kind of row, in batches of 16, killed ten times."""
    dice = random.Random(7)  # noqa: S311 - a test
    rows = ["id,title,year,imdb_id,cast,runtime,overview"]
    for number in range(150):
        twin = dice.randrange(number + 1)
        rows.append(f"{number},Film {twin},{1950 + twin % 60},,Person {twin},,A story of {number}.")
        rows += [f"{number},Film again,,,,,"] if number % 11 == 0 else []
    rows.append("999,Harbour,1994,tt0000001,,,A town by the sea.")
    table = tmp_path / "own.csv"
    table.write_text("\n".join(rows), encoding="utf-8")
    for name in ("whole", "killed"):
        opened(tmp_path / name, [HARBOUR]).close()
    assert _play(tmp_path / "whole", table, 0) == 0
    codes = [_play(tmp_path / "killed", table, dice.randint(1, 14)) for _ in range(10)]
    assert codes.count(-signal.SIGKILL) >= 8
    assert _play(tmp_path / "killed", table, 0) == 0
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


def _play(home: Path, table: Path, steps: int) -> int:
    command = [sys.executable, "-m", "tests.ingest_stage", str(home), str(table), str(steps)]
    return subprocess.run(command, check=False, cwd=ROOT).returncode


def test_batches_are_bounded(
    read: Reader, catalogue: EdgeCatalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    real = catalogue.upsert

    def upsert(items: Sequence[Item], watch: Progress | None = None) -> None:
        sizes.append(len(items))
        real(items, watch)

    monkeypatch.setattr(run, "BATCH", 8)
    monkeypatch.setattr(catalogue, "upsert", upsert)
    read("id,title\n" + "".join(f"{n},Film {n}\n" for n in range(30)))
    assert sizes == [8, 8, 8, 6]
