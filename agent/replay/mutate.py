"""What a suite of scripts catches: it is played against builds that are broken on purpose.

``python -m moodreel.agent.replay.mutate [FILES…]`` plays the scripts against the intact build
and each mutation, every one in a process of its own, and prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from ...errors import MoodreelError, UsageError, WorkError
from .compare import failing, keyed
from .load import load
from .mutations import MUTATIONS, Mutation, applied
from .options import RunOptions
from .result import Report
from .run import run

_INTACT = "intact"
_BEGIN, _END = "<!-- mutations -->", "<!-- /mutations -->"
_DIALOGUES = Path("tests/dialogues")


@dataclass(frozen=True)
class Catch:
    """What a suite makes of one mutation: the scripts that fail only because of it, by check."""

    mutation: Mutation
    scripts: int
    checks: Counter[str]

    @property
    def caught(self) -> bool:
        """Whether any script fails because of it."""
        return self.scripts > 0


def caught_by(mutation: Mutation, intact: Report, broken: Report) -> Catch:
    """What fails in a broken build's report, of the scripts that pass in the intact one's."""
    before, checks, scripts = keyed(intact.scripts), Counter[str](), 0
    for key, script in keyed(broken.scripts).items():
        new = {*failing(script)} - {*failing(before[key])}
        if before[key].passed and new:
            scripts += 1
            checks.update({check for _, _, check in new})
    return Catch(mutation, scripts, checks)


def table(catches: Sequence[Catch], intact: Report) -> str:
    """The catches as a table in Markdown, with what the intact build does above it."""
    passed = sum(script.passed for script in intact.scripts)
    rows = "\n".join(_row(catch) for catch in catches)
    return (
        f"{len(intact.scripts)} scripts, {passed} of which pass on the intact build.\n\n"
        "| broken build | what it does | scripts that fail because of it | by | caught |\n"
        f"|---|---|---|---|---|\n{rows}\n"
    )


def _row(catch: Catch) -> str:
    by = ", ".join(f"{name} {count}" for name, count in catch.checks.most_common())
    caught = "yes" if catch.caught else "**no**"
    mutation = catch.mutation
    return f"| {mutation.name} | {mutation.breaks} | {catch.scripts} | {by or '–'} | {caught} |"


def play(paths: Sequence[Path], mutation: Mutation | None = None) -> Report:
    """Play scripts in this process, broken as the mutation says; none is for the intact build."""
    with applied(mutation) if mutation else nullcontext():
        return asyncio.run(run(load(paths), RunOptions(jobs=1)))


def play_apart(paths: Sequence[Path], name: str = _INTACT) -> Report:
    """Play scripts in a process of its own, so that nothing broken stays behind.

    Raises:
        WorkError: that process failed; its last line is told.
    """
    command = [sys.executable, "-m", __spec__.name, "--alone", name, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.strip().rpartition("\n")[2]
        raise WorkError(f"The build {name!r} could not be played: {said}")
    return Report.model_validate_json(done.stdout)


def measure(
    paths: Sequence[Path], mutations: Sequence[Mutation] = MUTATIONS, jobs: int = 1
) -> tuple[Report, list[Catch]]:
    """Play the intact build and each mutation, ``jobs`` at a time."""
    names = [_INTACT, *(mutation.name for mutation in mutations)]
    with ThreadPoolExecutor(jobs) as pool:
        intact, *broken = pool.map(lambda name: play_apart(paths, name), names)
    pairs = zip(mutations, broken, strict=True)
    return intact, [caught_by(mutation, intact, report) for mutation, report in pairs]


def write(path: Path, text: str) -> None:
    """Put the table between its marks in a document.

    Raises:
        UsageError: the document has no such marks.
    """
    whole = path.read_text(encoding="utf-8")
    before, begin, rest = whole.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise UsageError(f"{str(path)!r} has no {_BEGIN} and {_END}; add the two lines first.")
    path.write_text(f"{before}{begin}\n{text}{end}{after}", encoding="utf-8")


def _chosen(names: Iterable[str]) -> list[Mutation]:
    known = {mutation.name: mutation for mutation in MUTATIONS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"There is no mutation {unknown[0]!r}; there are: {', '.join(known)}.")
    return [known[name] for name in names] or list(MUTATIONS)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m {__spec__.name}", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[_DIALOGUES], metavar="FILES")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="one mutation")
    parser.add_argument("--jobs", type=int, default=1, help="builds that are played at a time")
    parser.add_argument("--write", type=Path, metavar="FILE", help="a document with its marks")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    """Print the table; 1 where something is not caught."""
    asked = _arguments()
    if asked.alone:
        mutation = None if asked.alone == _INTACT else _chosen([asked.alone])[0]
        sys.stdout.write(play(asked.files, mutation).model_dump_json())
        return 0
    intact, catches = measure(asked.files, _chosen(asked.only), asked.jobs)
    text = table(catches, intact)
    sys.stdout.write(text)
    if asked.write:
        write(asked.write, text)
    return 0 if all(catch.caught for catch in catches) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except MoodreelError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
