"""The wheel: complete, without tests, and at home in any folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ("agent", "tools", "ingest", "prompts")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _run(*command: str | Path, cwd: Path, **extra: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **extra},
        capture_output=True,
        text=True,
        timeout=300,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the checkout as it stands, without build isolation or network."""
    folder = tmp_path_factory.mktemp("wheel")
    code = (
        "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
    )
    copy = folder / "checkout"
    copy.mkdir()
    listed = _run("git", "ls-files", "-co", "--exclude-standard", cwd=ROOT).splitlines()
    for name in listed:
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    _run(sys.executable, "-W", "ignore", "-c", code, folder, cwd=copy)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An empty environment with the wheel in it, and a folder with ``tools`` and ``agent``."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    site = Path(
        _run(
            python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home
        ).strip()
    )
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    dependencies = sysconfig.get_path("purelib")
    # Appended as a plain path: .pth files in there, the editable install's too, are not read.
    (site / "dependencies.pth").write_text(f"{dependencies}\n", encoding="utf-8")
    folder = tmp_path_factory.mktemp("project")
    for name in ("tools", "agent", "ingest", "prompts"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text("raise ImportError('the wrong one')\n", "utf-8")
    return python, folder


def test_every_package_of_the_tree_is_listed() -> None:
    found = {
        ".".join(("moodreel", *path.parent.relative_to(ROOT).parts))
        for top in SOURCES
        for path in (ROOT / top).rglob("__init__.py")
    }
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == found | {"moodreel"}


def test_the_wheel_holds_the_data_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {
        path.relative_to(ROOT).as_posix()
        for top in SOURCES
        for suffix in ("*.jsonl", "*.json", "*.npz", "*.onnx", "*.md", "*.tiktoken")
        for path in (ROOT / top).rglob(suffix)
    }
    assert {f"moodreel/{name}" for name in data} <= names
    assert {"moodreel/py.typed", "moodreel/ingest/minilm.onnx"} <= names
    assert not [name for name in names if "tests" in name.split("/") or "conftest" in name]
    tops = {name.split("/")[0] for name in names}
    assert tops == {"moodreel", next(iter(tops - {"moodreel"}))}


def test_it_works_beside_other_packages_called_tools_and_agent(
    elsewhere: tuple[Path, Path],
) -> None:
    python, folder = elsewhere
    code = (
        "import moodreel, moodreel.tools, moodreel.agent, moodreel.ingest.starter, sys;"
        "print(moodreel.__file__)"
    )
    assert Path(_run(python, "-c", code, cwd=folder).strip()).is_relative_to(python.parents[1])
    entry = "from moodreel.agent.channels.terminal import main; main(['--version'])"
    version = _run(python, "-c", entry, cwd=folder)
    assert version.strip() == f"moodreel {PROJECT['project']['version']}"


def test_it_recommends_from_there(elsewhere: tuple[Path, Path], tmp_path: Path) -> None:
    python, folder = elsewhere
    entry = "from moodreel.agent.channels.terminal import main; main(['similar', 'Heat'])"
    printed = _run(python, "-c", entry, cwd=folder, MOODREEL_HOME=str(tmp_path / "data"))
    assert len(printed.splitlines()) > 5


def test_constraints_name_every_dependency_once() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    assert all(re.fullmatch(r"[a-z0-9._-]+==[A-Za-z0-9.]+", line) for line in lines)
    pinned = [line.split("==")[0] for line in lines]
    assert len(pinned) == len(set(pinned))
    project = PROJECT["project"]
    extras = project["optional-dependencies"].values()
    declared = [*project["dependencies"], *(one for extra in extras for one in extra)]
    names = {re.split(r"[\[<>=]", one)[0].lower().replace(".", "-") for one in declared}
    assert names - {"moodreel"} <= set(pinned)
