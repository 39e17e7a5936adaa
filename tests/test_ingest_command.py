"""``moodreel ingest`` and what ``moodreel catalogue`` says of it, as people call them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedOllama
from moodreel.agent.channels.descriptions_command import LOCK
from moodreel.ingest import edge_index
from moodreel.ingest.item import Item
from moodreel.ingest.starter import open_catalogue

from .conftest import copy_folder
from .shell import Shell, prepare
from .test_llm_describe import ANSWER

HEADER = "Nr,Name,Made,Story,With,Min\n"
FILMS = f"""{HEADER}1,Quiet Water,2001,A widowed baker learns to row on a slow river.,Ana Li,
2,Loud Water,2003,Two brothers rob a bank during a flood.,Cy Fu,
3,,2004,A row that has no title.,,
4,Heat,1995,A thief and the man who hunts him drink coffee.,Al Pacino,
"""
MAPPED = ("--map", "title=Name,year=Made,text=Story", "--map", "cast=With,key=Nr")


@pytest.fixture
def home(light_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOODREEL_EMBEDDER", "light")
    return copy_folder(light_home, tmp_path / "home")


@pytest.fixture(scope="module")
def filled_home(light_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the films were read into."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "films.csv").write_text(FILMS, encoding="utf-8")
    home = copy_folder(light_home, folder / "home")
    table = str(folder / "films.csv")
    prepare(home, "ingest", "table", table, *MAPPED, MOODREEL_EMBEDDER="light")
    return home


@pytest.fixture
def shell(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    assert home.exists()
    return Shell(capsys, monkeypatch)


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "films.csv"
    path.write_text(FILMS, encoding="utf-8")
    return str(path)


def stored(home: Path, source: str = "table") -> list[Item]:
    catalogue = open_catalogue(home, "light")
    try:
        return [item for item in catalogue.items() if item.source == source]
    finally:
        catalogue.close()


class TestIngest:
    def test_columns_that_are_named_are_read_and_the_rest_is_guessed_and_said(
        self, shell: Shell, table: str, home: Path
    ) -> None:
        done = shell("ingest", "table", table, *MAPPED, "--json")
        assert (done.data["read"], done.data["added"], done.data["merged"]) == (4, 2, 1)
        assert done.data["skipped"] == {"no title": 1}
        assert "title=Name" in done.err
        assert "cast=With" in done.err
        assert {item.title: item.cast for item in stored(home)} == {
            "Quiet Water": ("Ana Li",), "Loud Water": ("Cy Fu",)
        }  # fmt: skip
        report = json.loads((home / "reports" / "table-films.csv.json").read_text("utf-8"))
        assert report["examples"]["no title"] == ["row 3: A row that has no title."]

    def test_a_large_catalogue_gets_an_index_and_says_so(
        self, shell: Shell, table: str, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(edge_index, "ENOUGH", 1_000)
        done = shell("ingest", "table", table, *MAPPED)
        assert "Building the index for quick searches, once." in done.err
        assert "int8 (100% of the vectors)" in shell("catalogue").out
        assert {item.title for item in stored(home)} == {"Quiet Water", "Loud Water"}
        again = shell("ingest", "table", table, *MAPPED)
        assert "Building" not in again.err

    def test_people_get_a_table_and_a_second_run_does_nothing(
        self, shell: Shell, table: str
    ) -> None:
        first = shell("ingest", "table", table, *MAPPED)
        assert first.code == 0
        assert "skipped: no title" in first.out
        again = shell("ingest", "table", table, *MAPPED)
        assert "were read before; nothing was done" in again.err
        assert shell("catalogue", "--json").data["sources"]["table"] == 2

    def test_a_dry_run_counts_and_writes_nothing(
        self, shell: Shell, table: str, home: Path
    ) -> None:
        done = shell("ingest", "auto", table, *MAPPED, "--dry-run", "--json")
        assert (done.data["read"], done.data["added"], done.data["dry_run"]) == (4, 2, True)
        assert not stored(home)
        assert not (home / "reports").exists()

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (("--map", "title"), "--map title=Name,year=Year"),
            (("--map", "title=Nowhere"), "Nowhere"),
            (("--map", "nonsense=Name"), "nonsense"),
            (("--encoding", "klingon"), "klingon"),
        ],
    )
    def test_what_can_not_be_is_one_sentence(
        self, shell: Shell, table: str, home: Path, words: tuple[str, ...], says: str
    ) -> None:
        refused = shell("ingest", "table", table, *words)
        assert refused.code == 2
        assert says in refused.err
        assert "Traceback" not in refused.err
        assert not stored(home)


class TestMerges:
    def test_they_are_listed_and_one_is_undone_for_good(self, shell: Shell, table: str) -> None:
        shell("ingest", "table", table, *MAPPED)
        (merge,) = shell("catalogue", "--merges", "--json").data
        assert merge == {"merge": "table/4", "into": "tt0113277", "title": "Heat (1995)",
                         "rule": "title"}  # fmt: skip
        assert "table/4" in shell("catalogue", "--merges").out
        done = shell("catalogue", "--split", "table/4")
        assert done.code == 0
        assert "Heat (1995) is an item of its own now" in done.err
        assert shell("catalogue", "--merges", "--json").data == []
        counts = shell("catalogue", "--json").data["sources"]
        assert (counts["table"], counts["starter"]) == (3, 1_536)
        refused = shell("catalogue", "--split", "table/4")
        assert refused.code == 2
        assert refused.is_one_sentence("'table/4'", "--merges")


@pytest.fixture
def ollama(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedOllama]:
    with ScriptedOllama(reply=lambda _: json.dumps(ANSWER), chunk=None) as server:
        monkeypatch.setenv("MOODREEL_OLLAMA_URL", server.url)
        yield server


@pytest.mark.usefixtures("ollama")
class TestDescriptions:
    @pytest.fixture
    def home(self, filled_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("MOODREEL_EMBEDDER", "light")
        return copy_folder(filled_home, tmp_path / "home")

    def test_what_waits_is_described_and_the_catalogue_says_so(
        self, shell: Shell, home: Path
    ) -> None:
        before = shell("catalogue", "--json").data["described_by"]
        assert before == {"a person": 1_536, "derived from a text": 2}
        done = shell("ingest", "descriptions")
        assert done.code == 0
        assert "Waiting: 2 with 2 texts" in done.err
        assert "gemma3:4b reads about" in done.err
        assert "described" in done.out
        after = shell("catalogue", "--json").data["described_by"]
        assert after == {"a person": 1_536, "gemma3:4b": 2}
        assert "described_by: gemma3:4b" in shell("catalogue").out
        assert {item.mood for item in stored(home)} == {ANSWER["mood"]}
        assert shell("ingest", "descriptions", "--json").data["waiting"] == 0

    def test_the_cost_is_said_before_and_nothing_is_asked(
        self, shell: Shell, ollama: ScriptedOllama
    ) -> None:
        cost = shell("ingest", "descriptions", "--dry-run", "--json").data
        assert (cost["waiting"], cost["with_text"], cost["described"]) == (2, 2, 0)
        assert cost["estimate"]["tokens_read"] > 1_000
        assert cost["estimate"]["seconds"] is None
        assert ollama.asked() == []

    def test_a_limit_leaves_the_rest_for_next_time(self, shell: Shell) -> None:
        first = shell("ingest", "descriptions", "--limit", "1", "--json").data
        assert (first["waiting"], first["described"]) == (2, 1)
        assert shell("ingest", "descriptions", "--json").data["described"] == 1

    def test_after_enough_of_them_the_time_is_known_before(
        self, shell: Shell, tmp_path: Path
    ) -> None:
        more = tmp_path / "more.csv"
        rows = (f"{n},Film {n},1950,Somebody finds box {n} by the sea.,," for n in range(10, 18))
        more.write_text(HEADER + "\n".join(rows), encoding="utf-8")
        shell("ingest", "table", str(more), *MAPPED)
        first = shell("ingest", "descriptions", "--limit", "6")
        assert "the first 3 will show how long" in first.err
        assert "To describe 3, gemma3:4b reads" in first.err
        assert "at the pace measured" in first.err
        then = shell("ingest", "descriptions", "--dry-run", "--json").data["estimate"]
        assert then["seconds"] > 0
        assert then["items"] == 4

    def test_failures_are_counted_and_tried_again_when_asked(
        self, shell: Shell, ollama: ScriptedOllama
    ) -> None:
        ollama.fail(Fault.WRONG_SCHEMA)
        done = shell("ingest", "descriptions", "--json").data
        assert (done["described"], sum(done["failed"].values())) == (0, 2)
        assert len(ollama.asked()) == 6
        ollama.heal()
        assert shell("ingest", "descriptions", "--json").data["failed_before"] == done["failed"]
        assert "--retry tries again" in shell("ingest", "descriptions").err
        assert shell("ingest", "descriptions", "--retry", "--json").data["described"] == 2

    @pytest.mark.parametrize(
        ("fault", "says"),
        [(Fault.REFUSE, "nothing answers at"), (Fault.HTML, "not Ollama")],
    )
    def test_no_server_is_one_sentence(
        self, shell: Shell, ollama: ScriptedOllama, fault: Fault, says: str
    ) -> None:
        ollama.fail(fault, "*")
        refused = shell("ingest", "descriptions")
        assert refused.code == 1
        assert refused.is_one_sentence("escriptions take a model", says)

    def test_a_model_that_is_missing_and_one_that_is_not_wanted(
        self, shell: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MOODREEL_MODEL", "nobody:9b")
        assert shell("ingest", "descriptions").is_one_sentence("ollama pull nobody:9b")
        monkeypatch.setenv("MOODREEL_ENGINE", "builtin")
        refused = shell("ingest", "descriptions")
        assert refused.code == 2
        assert refused.is_one_sentence("MOODREEL_ENGINE=builtin")

    def test_a_server_that_goes_in_the_middle_keeps_what_was_done(
        self, shell: Shell, ollama: ScriptedOllama
    ) -> None:
        ollama.fail(Fault.NOT_FOUND, nth=2)
        stopped = shell("ingest", "descriptions", "--jobs", "1")
        assert stopped.code == 1
        assert "what was described is kept, and the same command goes on" in stopped.err
        assert "Traceback" not in stopped.err
        assert shell("catalogue", "--json").data["described_by"]["gemma3:4b"] == 1
        ollama.heal()
        assert shell("ingest", "descriptions", "--json").data["described"] == 1

    def test_of_two_programs_on_one_server_one_describes(self, shell: Shell, home: Path) -> None:
        with FileLock(home / LOCK):
            refused = shell("ingest", "descriptions")
        assert refused.code == 1
        assert refused.is_one_sentence("nother program is describing", "end it")
        assert shell("ingest", "descriptions", "--json").data["described"] == 2

    def test_a_second_program_is_told_to_wait(self, shell: Shell, home: Path) -> None:
        held = open_catalogue(home, "light")
        try:
            refused = shell("ingest", "descriptions")
        finally:
            held.close()
        assert refused.code == 1
        assert refused.is_one_sentence(str(home))
