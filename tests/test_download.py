"""Downloading data sets: gone on with, checked, put in place whole, their terms shown first."""

from __future__ import annotations

import hashlib
import io
import json
import random
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from moodreel.agent.channels import terminal
from moodreel.errors import BadSource, DownloadFailed, StorageError
from moodreel.ingest import fetch as fetching
from moodreel.ingest.fetch import Fetched, fetch, note, noted
from moodreel.ingest.sources import offers
from moodreel.ingest.sources.offers import Offer, Remote, offer_of
from moodreel.ingest.unpack import unpack

from .file_server import Site, serving

BODY = random.Random(5).randbytes(700_000)  # noqa: S311
MD5 = hashlib.md5(BODY).hexdigest()  # noqa: S324 (what sources publish)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site({"/a.zip": BODY, "/a.zip.md5": f"MD5 (a.zip) = {MD5}\n".encode()})) as made:
        yield made


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "new" / "a.zip"


def got(site: Site, target: Path, *, checked: bool = False) -> Fetched:
    md5_at = f"{site.url}/a.zip.md5" if checked else None
    return fetch(f"{site.url}/a.zip", target, md5_at=md5_at, pause=0.0)


def beside(target: Path) -> set[str]:
    return {each.name for each in target.parent.iterdir()}


def test_a_file_comes_whole_with_its_progress(site: Site, target: Path) -> None:
    told: list[tuple[int, int]] = []
    found = fetch(f"{site.url}/a.zip", target, watch=lambda done, total: told.append((done, total)))
    assert target.read_bytes() == BODY
    assert (found.size, found.sha256, found.md5) == (
        len(BODY), hashlib.sha256(BODY).hexdigest(), None,
    )  # fmt: skip
    assert told == sorted(told)
    assert told[-1] == (len(BODY), len(BODY))
    assert beside(target) == {"a.zip"}


def test_a_cut_connection_is_gone_on_with(site: Site, target: Path) -> None:
    site.cuts = [len(BODY), 300_000, 100_000, 1]  # the checksum comes first
    assert got(site, target, checked=True).md5 == MD5
    assert target.read_bytes() == BODY
    ranges = [asked for path, asked in site.asked if path == "/a.zip"]
    assert ranges == [None, "bytes=300000-", "bytes=400000-", "bytes=400001-"]


def test_another_program_run_goes_on_where_the_last_one_was(site: Site, target: Path) -> None:
    site.cuts = [200_000] + [0] * fetching.TRIES
    with pytest.raises(DownloadFailed, match="goes on where it is"):
        got(site, target)
    assert not target.exists()
    assert (target.parent / "a.zip.part").stat().st_size == 200_000
    got(site, target)
    assert target.read_bytes() == BODY
    assert site.asked[-1] == ("/a.zip", "bytes=200000-")


def test_a_file_that_changed_meanwhile_is_got_from_its_beginning(site: Site, target: Path) -> None:
    site.cuts = [200_000] + [0] * fetching.TRIES
    with pytest.raises(DownloadFailed):
        got(site, target)
    site.files["/a.zip"] = BODY[::-1][:500_000]
    got(site, target)
    assert target.read_bytes() == BODY[::-1][:500_000]


@pytest.mark.parametrize("lack", ["tagged", "ranges"])
def test_a_server_that_can_not_go_on_sends_all_again(site: Site, target: Path, lack: str) -> None:
    setattr(site, lack, False)
    site.cuts = [300_000]
    got(site, target)
    assert target.read_bytes() == BODY


def test_a_part_that_is_longer_than_the_file_is_thrown_away(site: Site, target: Path) -> None:
    site.cuts = [600_000] + [0] * fetching.TRIES
    with pytest.raises(DownloadFailed):
        got(site, target)
    (target.parent / "a.zip.part").write_bytes(BODY + b"more")
    got(site, target)
    assert target.read_bytes() == BODY


def test_a_whole_part_is_not_asked_for_again(site: Site, target: Path) -> None:
    site.cuts = [699_999] + [0] * fetching.TRIES
    with pytest.raises(DownloadFailed):
        got(site, target)
    with (target.parent / "a.zip.part").open("ab") as part:
        part.write(BODY[-1:])
    site.asked.clear()
    assert got(site, target).size == len(BODY)
    assert site.asked == []


def test_what_is_not_what_was_published_is_thrown_away(site: Site, target: Path) -> None:
    site.files["/a.zip"] = BODY[:-1] + b"!"
    with pytest.raises(DownloadFailed, match="not what was published"):
        got(site, target, checked=True)
    assert beside(target) == set()


def test_a_checksum_file_without_one_is_refused(site: Site, target: Path) -> None:
    site.files["/a.zip.md5"] = b"<html>moved</html>"
    with pytest.raises(DownloadFailed, match="no checksum"):
        got(site, target, checked=True)


def test_a_busy_server_is_asked_again(site: Site, target: Path) -> None:
    site.statuses = [503, 500, 429]
    got(site, target)
    assert target.read_bytes() == BODY


@pytest.mark.parametrize(
    ("statuses", "says"), [([404], "answers 404"), ([403], "answers 403"), ([500] * 9, "500")]
)
def test_a_refusal_says_what_the_server_answers(
    site: Site, target: Path, statuses: list[int], says: str
) -> None:
    site.statuses = statuses
    with pytest.raises(DownloadFailed, match=says):
        got(site, target)
    assert not target.exists()


def test_redirects_are_followed_but_not_in_circles(site: Site, target: Path) -> None:
    site.moved = {"/old.zip": "/a.zip", "/round": "/and-round", "/and-round": "/round"}
    fetch(f"{site.url}/old.zip", target)
    assert target.read_bytes() == BODY
    with pytest.raises(DownloadFailed, match="circle"):
        fetch(f"{site.url}/round", target.with_name("b.zip"))


def test_nobody_there_is_a_sentence(target: Path) -> None:
    with pytest.raises(DownloadFailed, match="could not be got"):
        fetch("http://127.0.0.1:9/a.zip", target, pause=0.0)


def test_a_full_disk_is_told_before_it_is_full(
    site: Site, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=50_500_000))
    with pytest.raises(StorageError, match="50 MB free, and 51 MB are needed"):
        got(site, target)
    assert not target.exists()


def test_a_folder_that_can_not_be_written_is_a_sentence(site: Site, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(StorageError, match="--to"):
        got(site, tmp_path / "taken" / "a.zip")


def test_what_is_noted_holds_for_that_very_file(site: Site, target: Path) -> None:
    note(got(site, target), target)
    url = f"{site.url}/a.zip"
    assert noted(url, target) is not None
    assert noted(f"{url}?", target) is None
    target.write_bytes(b"other")
    assert noted(url, target) is None


def zipped(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def tarred(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    return made.getvalue()


@pytest.mark.parametrize("packed", [zipped, tarred])
def test_only_named_files_leave_an_archive(tmp_path: Path, packed: object) -> None:
    archive, folder = tmp_path / "made", tmp_path / "out"
    folder.mkdir()
    files = {"ml/movies.csv": "a", "../links.csv": "b", "/etc/ratings.csv": "c", "ml/x.py": "d"}
    archive.write_bytes(packed(files))  # type: ignore[operator]
    unpack(archive, folder, ("movies.csv", "links.csv", "ratings.csv"))
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert found == {"out/movies.csv", "out/links.csv", "out/ratings.csv"}
    with pytest.raises(BadSource, match="has none of"):
        unpack(archive, folder, ("u.item",))
    archive.write_bytes(archive.read_bytes()[:60])
    with pytest.raises(BadSource, match="can't be unpacked"):
        unpack(archive, folder, ("movies.csv",))


def test_every_offer_has_terms_and_a_safe_address() -> None:
    for source in ("movielens", "imdb", "cmu", "wikipedia"):
        for offer in offers._OFFERS[source]:
            assert offer.terms
            assert offer.terms_at.startswith("https://")
            assert all(file.url.startswith("https://") and file.size for file in offer.files)
    assert offer_of("movielens").name == "movielens-latest-small"
    assert offer_of("movielens", "32M").files[0].name == "ml-32m.zip"


@pytest.mark.parametrize(
    ("source", "chosen", "says"),
    [("netflix", None, "Kaggle"), ("table", None, "public address"), ("movielens", "5m", "1m")],
)
def test_what_is_not_offered_is_said(source: str, chosen: str | None, says: str) -> None:
    with pytest.raises(BadSource, match=says):
        offer_of(source, chosen)


MOVIES = "movieId,title,genres\n990001,Quiet Water (1999),Drama\n990002,Loud Water (2001),Comedy\n"
RATINGS = "userId,movieId,rating,timestamp\n1,990001,4.0,1\n"


@pytest.fixture
def offered(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A small MovieLens at the loopback server in the place of the real one."""
    archive = zipped({"ml/movies.csv": MOVIES, "ml/ratings.csv": RATINGS})
    site.files["/ml.zip"] = archive
    site.files["/ml.zip.md5"] = hashlib.md5(archive).hexdigest().encode()  # noqa: S324
    remote = Remote(
        f"{site.url}/ml.zip", 1_000, f"{site.url}/ml.zip.md5", ("movies.csv", "ratings.csv")
    )
    made = Offer("movielens-small", "for research only", "https://example.org/terms", (remote,))
    monkeypatch.setitem(offers._OFFERS, "movielens", (made,))
    return site


def command(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        terminal.main([*words])
    printed = capsys.readouterr()
    return int(left.value.code or 0), printed.out, printed.err


def test_without_consent_nothing_is_downloaded(
    offered: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, said = command(capsys, "ingest", "movielens", "--download")
    assert (code, offered.asked) == (2, [])
    assert "for research only" in said
    assert "https://example.org/terms" in said
    assert "--yes" in said


def test_a_download_is_read_and_not_fetched_twice(
    offered: Site, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("ingest", "movielens", "--download", "--yes", "--to", str(tmp_path / "dl"), "--json")
    code, printed, said = command(capsys, *words)
    assert (code, json.loads(printed)["added"]) == (0, 2)
    assert said.index("for research only") < said.index("its MD5 is the published one")
    assert "moodreel ingest ratings" in said
    offered.asked.clear()
    code, _, said = command(capsys, *words)
    assert (code, offered.asked) == (0, [])
    assert "here already" in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("movielens",), "Give a file or folder"),
        (("movielens", "x", "--download"), "not both"),
        (("movielens", "x", "--yes"), "belong to --download"),
    ],
)
def test_wrong_use_is_a_sentence(
    words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, said = command(capsys, "ingest", *words)
    assert code == 2
    assert says in said
