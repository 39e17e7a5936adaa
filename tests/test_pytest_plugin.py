"""pytest plays scripts where it is asked to, and otherwise hears nothing of them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = """\
scenario: Passes
tags: [quick]
turns:
- user: A comedy under 100 minutes
  expect: {count: 5, all: {runtime: {max: 99}}}
---
scenario: Fails
repeat: 2
turns:
- user: Hello
- user: A western
  expect: {count: 77}
---
scenario: Fails as is known
known_failure: nobody has 78 of them
turns:
- user: A western
  expect: {count: 78}
---
scenario: Passes by now
known_failure: it used to
turns:
- user: A western
  expect: {count: 5}
"""


def pytest_run(folder: Path, *options: str) -> tuple[int, str]:
    """What a pytest of its own returns and prints in a folder."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "dialogues").mkdir()
    (tmp_path / "dialogues" / "films.yaml").write_text(SCRIPTS)
    (tmp_path / "dialogues" / "_shared.yaml").write_text("turns: []\n")
    return tmp_path


def test_every_script_is_a_test_and_failures_are_sentences(folder: Path) -> None:
    code, said = pytest_run(folder, "--moodreel", "-v", "-rxX", "dialogues")
    assert code == 1
    assert "dialogues/films.yaml::Passes PASSED" in said
    assert "dialogues/films.yaml::Fails FAILED" in said
    for run in (1, 2):
        says = f"run {run}, turn 2 “A western”: count: 77 films were expected, 5 came."
        assert says in said
    assert "> A western" in said
    assert "Traceback" not in said
    assert re.search(r"XFAIL dialogues/films.yaml::Fails as is known - nobody has 78 of them", said)
    assert "XPASS dialogues/films.yaml::Passes by now - it used to" in said
    assert "1 failed, 1 passed, 1 xfailed, 1 xpassed" in said


def test_scripts_are_chosen_by_tag_and_a_bad_one_says_where_it_is_bad(folder: Path) -> None:
    code, said = pytest_run(folder, "--moodreel", "-k", "quick", "dialogues")
    assert (code, "1 passed, 3 deselected" in said) == (0, True)
    (folder / "dialogues" / "bad.yaml").write_text("scenario: A\nturns: [{usr: x}]\n")
    code, said = pytest_run(folder, "--moodreel", "dialogues")
    assert code == 2
    assert "dialogues/bad.yaml, line 2, column 10, turns[0].usr: there is no key 'usr'" in said
    assert "Traceback" not in said


def test_without_the_option_nothing_is_collected_or_imported(folder: Path) -> None:
    (folder / "test_nothing.py").write_text(
        "import sys\n\n\ndef test_imports():\n"
        "    ours = {name for name in sys.modules if name.startswith('moodreel')}\n"
        "    assert 'moodreel.agent.replay.pytest_plugin' in ours\n"
        "    assert not {'langgraph', 'qdrant_edge', 'yaml'} & set(sys.modules)\n"
        "    assert len(ours) <= 5\n"
    )
    code, said = pytest_run(folder, "dialogues", "test_nothing.py")
    assert (code, "1 passed" in said) == (0, True), said
