"""``moodreel ingest ratings`` and ``moodreel eval community``, as people call them."""

from __future__ import annotations

from pathlib import Path

import pytest
from moodreel.ingest.community import FOLDER, load_model
from moodreel.ingest.starter import open_catalogue
from moodreel.tools.community_check import interval, main, quality

from .conftest import SHARED_DATA
from .shell import Shell

HEAT, COLLATERAL, AMELIE = "tt0113277", "tt0369339", "tt0211915"


def written(folder: Path, other: str) -> Path:
    """Twelve who love Heat and one other film, six who love Collateral and not Heat, bad rows."""
    lines = [f"p{n},{film},5" for n in range(12) for film in (HEAT, other)]
    lines += [f"q{n},{film},{stars}" for n in range(6) for film, stars in
              ((COLLATERAL, 5), (HEAT, 1))]  # fmt: skip
    path = folder / "stars.csv"
    path.write_text("\n".join(["user,item,rating", *lines, "r1,Nobody knows,4", "r2,tt1,?"]))
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return written(tmp_path, AMELIE)


def near_heat(shell: Shell) -> list[str]:
    found = shell("similar", "Heat", "--count", "30", "--json").data["similar"]
    return [each["id"] for each in found]


def test_ratings_are_read_stored_and_heeded(shell: Shell, home: Path, tmp_path: Path) -> None:
    before = near_heat(shell)
    loved = before[20]
    done = shell("ingest", "ratings", str(written(tmp_path, loved)), "--ridge", "1", "--json")
    assert done.code == 0
    assert "4 or more of 5 counts as liking: 30 likes of 3 items by 18 people." in done.err
    assert done.data["kept"] == 36
    assert done.data["skipped"] == {"not in the catalogue": 1, "the rating is no number": 1}
    assert done.data["first_rows"]["the rating is no number"] == 39
    assert done.data["model"]["people"] == 18
    assert near_heat(shell).index(loved) < 10
    assert shell("catalogue", "--json").data["ratings"]["items"] == 3
    stored = open_catalogue(home)
    stored.delete([loved])
    stored.close()
    assert loved not in near_heat(shell)
    assert shell("catalogue", "--json").data["ratings"]["gone"] == 1
    assert "ratings: gone" in shell("catalogue").out


def test_a_dry_run_stores_nothing(shell: Shell, home: Path, table: Path) -> None:
    done = shell("ingest", "ratings", str(table), "--dry-run")
    assert done.code == 0
    assert "ratings kept" in done.out
    assert "36" in done.out
    assert not (home / FOLDER).exists()
    assert "ratings" not in shell("catalogue", "--json").data


def test_wrong_files_are_one_sentence_and_keep_what_was_there(
    shell: Shell, home: Path, table: Path, tmp_path: Path
) -> None:
    assert shell("ingest", "ratings", str(table)).code == 0
    empty = tmp_path / "empty.csv"
    empty.touch()
    for path, says in ((empty, "is empty"), (tmp_path / "gone", "no file or folder")):
        refused = shell("ingest", "ratings", str(path))
        assert refused.code == 2
        assert says in refused.err
        assert "Traceback" not in refused.err
    model = load_model(home)
    assert model is not None
    assert model.facts.source == "stars.csv"


def test_a_memory_too_small_for_all_items_says_so(shell: Shell, home: Path, table: Path) -> None:
    assert home.exists()
    done = shell("ingest", "ratings", str(table), "--memory", "1", "--fewest", "1", "--json")
    assert done.data["beyond_memory"] == 0
    refused = shell("ingest", "ratings", str(table), "--fewest", "50")
    assert refused.code == 2
    assert "lower --fewest" in refused.err


def test_the_measurement_asks_for_its_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 2
    assert "no ratings in" in capsys.readouterr().err


def test_quality_counts_at_most_ten(tmp_path: Path) -> None:
    wanted = [f"w{n}" for n in range(20)]
    assert quality(wanted[:10], wanted) == pytest.approx((1.0, 1.0))
    assert quality(["x", "w3"], wanted[:4])[0] == 0.25
    assert quality(["x"], wanted) == (0.0, 0.0)
    low, high = interval([0.0, 1.0] * 50, seed=1)
    assert 0.35 < low < 0.5 < high < 0.65


@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the public data sets are not here")
def test_real_ratings_find_more_than_content_alone() -> None:
    from moodreel.ingest.ratings import choose, fit, read_ratings  # noqa: PLC0415
    from moodreel.ingest.starter.films import starter_items  # noqa: PLC0415
    from moodreel.tools.community_folds import people_of, without  # noqa: PLC0415

    ratings = read_ratings(SHARED_DATA / "movielens-latest-small", starter_items())
    people = people_of(ratings, 5)[:60]
    chosen = choose(without(ratings, people))
    model = fit(chosen, "latest-small")
    popular = [
        quality([n for n in chosen.names if n not in p.told(10)], p.wanted)[1] for p in people
    ]
    ours = []
    for person in people:
        scores = model.scores(dict.fromkeys(person.told(10), 1.0))
        ranked = [model.names[at] for at in (-scores).argsort(kind="stable")]
        ours.append(quality([n for n in ranked if n not in person.told(10)], person.wanted)[1])
    assert sum(ours) > 1.1 * sum(popular)
