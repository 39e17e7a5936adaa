"""Kills `moodreel ingest` and `moodreel ingest descriptions` at random moments, as SIGKILL does.

Run ``python -m tests.measure_kills [KILLS [SEED [ROWS]]]``. The commands are the real ones, the
model a scripted server that speaks Ollama's protocol. What they leave after so many kills is
compared with what an uninterrupted run leaves: every item, byte by byte, and every vector. It takes
five minutes as it is.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from moodreel.agent.bench.scripted_ollama import ScriptedOllama
from moodreel.ingest.embedding import TEXT_SPACES
from moodreel.ingest.item import AXES, MOOD_TAGS
from moodreel.ingest.starter import open_catalogue

from .conftest import copy_folder

_WORK_SECONDS = 600.0
_CONTENT = re.compile(r"<content>\n(.*)\n</content>", re.DOTALL)
_WORDS = ("river", "baker", "robbery", "flood", "harbour", "letter", "winter", "train", "orchard")


def reply(body: dict[str, Any]) -> str:
    """A description that only depends on the text."""
    found = _CONTENT.search(body["messages"][1]["content"])
    dice = random.Random(hashlib.sha256(found[1].encode() if found else b"").hexdigest())  # noqa: S311
    said = [dice.choice(_WORDS) for _ in range(4)]
    return json.dumps(
        {
            "summary": f"A text of a {said[0]}.", "mood": f"Like a {said[1]} at night.",
            "target_audience": f"Those who like a {said[2]}.",
            "plot_essence": f"Somebody loses a {said[3]}.",
            "mood_tags": dice.sample(MOOD_TAGS, 4), "tags": said, "archetypes": ["quest"],
            "genres": ["Mystery"], "axes": {name: dice.randrange(5) for name in AXES},
            "language": "en", "confidence": "high",
        }
    )  # fmt: skip


def table(path: Path, rows: int) -> Path:
    """Films of which some are the same, some have a text and some are in the catalogue."""
    dice = random.Random(5)  # noqa: S311 - the same films every time
    lines = ["id,title,year,imdb_id,cast,genres,popularity,overview"]
    for number in range(rows):
        twin = dice.randrange(number + 1) if number % 5 == 0 else number
        text = " ".join(dice.choice(_WORDS) for _ in range(30)) + "." if number % 3 else ""
        lines.append(f"{number},Film {twin},{1950 + twin % 70},,Person {twin},Drama,{twin},{text}")
    lines.append("x1,Heat,1995,tt0113277,Al Pacino,Crime,5,A thief and a detective drink coffee.")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def contents(home: Path) -> tuple[str, str, int]:
    """Hashes of all items and of all vectors, and how many items there are."""
    catalogue = open_catalogue(home, "light")
    try:
        items = [item.model_dump_json() for item in catalogue.items()]
        ids = [item.id for item in catalogue.items()]
        vectors = hashlib.sha256()
        for space in TEXT_SPACES:
            found = catalogue.vectors(ids, space)
            for name in ids:
                vectors.update(found[name].tobytes())
    finally:
        catalogue.close()
    return hashlib.sha256("\n".join(items).encode()).hexdigest(), vectors.hexdigest(), len(ids)


class Commands:
    """Runs commands on a data folder, to their end or to a random moment."""

    def __init__(self, url: str, seed: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - not for secrets
        self._url = url

    def start(self, home: Path, *words: str) -> subprocess.Popen[bytes]:
        env = {**os.environ, "MOODREEL_HOME": str(home), "MOODREEL_EMBEDDER": "light",
               "MOODREEL_OLLAMA_URL": self._url}  # fmt: skip
        command = [sys.executable, "-m", "moodreel", *words]
        silent = subprocess.DEVNULL
        return subprocess.Popen(command, env=env, stdin=silent, stdout=silent)

    def whole(self, home: Path, *words: str) -> float:
        """Run to the end; the seconds that it took."""
        began = time.monotonic()
        code = self.start(home, *words).wait(_WORK_SECONDS)
        if code:
            raise SystemExit(f"moodreel {' '.join(words)} ended with {code}")
        return time.monotonic() - began

    def killed(self, home: Path, within: float, *words: str) -> bool:
        """Run until a random moment; whether it was killed before its end."""
        running = self.start(home, *words)
        try:
            running.wait(self._dice.uniform(0.1, within))
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
        return running.wait(_WORK_SECONDS) == -signal.SIGKILL


def measure(commands: Commands, base: Path, kills: int, words: tuple[str, ...]) -> str:
    """One line on what so many kills of a command led to; ``base`` becomes the whole run's.

    Where a run comes to its end before all kills are done, another begins from the start.
    """
    untouched = copy_folder(base, base.with_name("untouched"))
    seconds = commands.whole(base, *words)
    whole, left, ends = contents(base), kills, 0
    same = [True, True]
    while left:
        hurt = copy_folder(untouched, base.with_name("killed"))
        while left and commands.killed(hurt, seconds, *words):
            left -= 1
        commands.whole(hurt, *words)
        ends += 1
        same = [held and a == b for held, a, b in zip(same, whole, contents(hurt), strict=False)]
        shutil.rmtree(hurt)
    shutil.rmtree(untouched)
    told = " and ".join(
        f"{what} {'the same' if held else 'DIFFER'}"
        for what, held in zip(("items", "vectors"), same, strict=True)
    )
    return (
        f"moodreel {' '.join(words[:2])} ({seconds:.0f} s): {kills} kills in {ends} runs to the "
        f"end, {whole[2]:,} items, {told}"
    )


def main(kills: int = 10, seed: int = 1, rows: int = 2_000) -> None:
    """Kill both commands, and print what came of it."""
    with tempfile.TemporaryDirectory() as folder, ScriptedOllama(reply, chunk=None) as server:
        base = Path(folder) / "home"
        path = table(Path(folder) / "films.csv", rows)
        open_catalogue(base, "light").close()
        commands = Commands(server.url, seed)
        ingest = ("ingest", "table", str(path))
        print(measure(commands, base, kills, ingest), flush=True)  # noqa: T201
        describe = ("ingest", "descriptions", "--jobs", "4")
        print(measure(commands, base, kills, describe), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
