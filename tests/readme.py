"""The parts of README.md that are programs, and how its dialogue is printed anew.

``python -m tests.readme`` writes the dialogue that the program prints into README.md.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TYPED = ROOT / "docs" / "dialogue.txt"
_DIALOGUE = re.compile(r"(<!-- dialogue -->\n```text\n)(.*?)(```)", re.DOTALL)


def blocks(language: str, page: Path = README) -> list[str]:
    """The fenced blocks of one language in a page, in order."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def commands() -> list[str]:
    """What the console blocks say to type."""
    lines = "".join(blocks("console")).splitlines()
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def written_dialogue() -> str:
    """The dialogue that stands in README.md."""
    found = _DIALOGUE.search(README.read_text(encoding="utf-8"))
    assert found is not None
    return found[2]


def printed_dialogue(home: Path) -> str:
    """The dialogue as the program prints it now, over a data folder."""
    done = subprocess.run(
        [sys.executable, "-m", "moodreel", "chat"],
        input=TYPED.read_bytes(),
        capture_output=True,
        check=True,
        cwd=home,
        env={**os.environ, "MOODREEL_HOME": str(home)},
    )
    return done.stdout.decode().strip() + "\n"


def main() -> None:
    """Write the printed dialogue into README.md."""
    with tempfile.TemporaryDirectory() as folder:
        printed = printed_dialogue(Path(folder))
    text = _DIALOGUE.sub(
        lambda found: found[1] + printed + found[3], README.read_text(encoding="utf-8")
    )
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
