"""`pytest --moodreel dialogues/`: every script is a test.

Without ``--moodreel`` nothing is collected, and nothing else of Moodreel is imported.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .load import Loaded
    from .options import EngineChoice
    from .result import ScriptResult

_ENGINES = ("builtin", "ollama", "auto")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("moodreel", "scripted dialogues of Moodreel")
    group.addoption("--moodreel", action="store_true", help="play *.yaml scripts as tests")
    group.addoption(
        "--moodreel-engine",
        choices=_ENGINES,
        default="builtin",
        help="the engine for scripts that name none (default: builtin)",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScriptFile | None:
    script = file_path.suffix in (".yaml", ".yml") and not file_path.name.startswith("_")
    if not script or not parent.config.getoption("--moodreel"):
        return None
    file: ScriptFile = ScriptFile.from_parent(parent, path=file_path)
    return file


def pytest_unconfigure(config: pytest.Config) -> None:
    theatre = config.stash.get(_THEATRE, None)
    if theatre is not None:
        theatre.close()


class _Theatre:
    """What all scripts of a session are played on: one loop, and catalogues built once."""

    def __init__(self, engine: EngineChoice) -> None:
        from .options import RunOptions  # noqa: PLC0415 - only where scripts are played
        from .setup import Stage  # noqa: PLC0415

        self._folder = tempfile.TemporaryDirectory(prefix="moodreel-pytest-")
        self._options = RunOptions(engine=engine)
        self._stage = Stage(Path(self._folder.name), engine)
        self._runner = asyncio.Runner()

    def play(self, loaded: Loaded) -> ScriptResult:
        from .repeating import play_script  # noqa: PLC0415

        return self._runner.run(play_script(self._stage, loaded, self._options))

    def close(self) -> None:
        self._stage.close()
        self._runner.close()
        self._folder.cleanup()


_THEATRE = pytest.StashKey[_Theatre]()


class ScriptFile(pytest.File):
    """The scripts of one file."""

    def collect(self) -> Iterator[ScriptItem]:
        """The scripts; what is wrong with the file is said in its own sentences."""
        from ...errors import BadScript  # noqa: PLC0415
        from .load import load_file  # noqa: PLC0415

        try:
            scripts = load_file(self.path, self._name())
        except BadScript as error:
            raise self.CollectError(str(error)) from None
        for loaded in scripts:
            yield ScriptItem.from_parent(self, name=loaded.script.scenario, loaded=loaded)

    def _name(self) -> str:
        root = self.config.rootpath
        inside = self.path.is_relative_to(root)
        return (self.path.relative_to(root) if inside else self.path).as_posix()


class ScriptItem(pytest.Item):
    """One script, with all its runs."""

    def __init__(self, *, loaded: Loaded, **given: Any) -> None:
        super().__init__(**given)
        self._loaded = loaded
        self.extra_keyword_matches |= set(loaded.script.tags)
        if loaded.script.known_failure:
            reason = loaded.script.known_failure
            self.add_marker(pytest.mark.xfail(reason=reason, raises=ScriptFailed))

    def runtest(self) -> None:
        """Play the script.

        Raises:
            ScriptFailed: a check fails, or a run could not be played.
        """
        from .failures import transcript  # noqa: PLC0415

        result = _theatre(self.config).play(self._loaded)
        failed = [run for run in result.runs if not run.passed]
        if failed:
            self.add_report_section("call", "dialogue", transcript(failed[0]))
            raise ScriptFailed(_told(result))

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """A script's failure in its own sentences; anything else as pytest shows it."""
        if isinstance(excinfo.value, ScriptFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the script is written."""
        return self.path, self._loaded.tree.place.line - 1, self.name


class ScriptFailed(Exception):
    """What failed in a script, a line each."""


def _theatre(config: pytest.Config) -> _Theatre:
    if _THEATRE not in config.stash:
        config.stash[_THEATRE] = _Theatre(config.getoption("--moodreel-engine"))
    return config.stash[_THEATRE]


def _told(result: ScriptResult) -> str:
    from .failures import failures  # noqa: PLC0415

    several = len(result.runs) > 1
    return "\n".join(
        f"run {run.number}, {each}" if several else str(each)
        for run in result.runs
        for each in failures(run)
    )
