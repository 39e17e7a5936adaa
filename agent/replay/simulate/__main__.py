"""Measures whole conversations with simulated people: ``moodreel eval simulation``."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from ...companion import MovieAgent
from ...engines.llm.ollama_chat import OllamaChat
from ...settings import load_settings
from .arguments import count, exit_code, written_to
from .report import as_data, show
from .session import Group, Options, simulate
from .stage import Dialogue
from .transcripts import write_scripts, write_transcripts

_WIDTH = 120


def main(arguments: Sequence[str] | None = None) -> int:
    """Play, print the tables and write what was asked for; the exit code."""
    asked = _parser().parse_args(arguments)
    return exit_code(lambda: _measure(asked))


def _measure(asked: argparse.Namespace) -> None:
    data = asyncio.run(_measured(asked))
    console = Console(markup=False, emoji=False, highlight=False)
    console.width = max(console.width, _WIDTH)
    show(data, console)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("moodreel eval simulation", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, help="folder with MovieLens latest-small")
    parser.add_argument("--users", type=count, default=40, help="people of each kind (40)")
    parser.add_argument("--turns", type=count, default=8, help="turns at most (8)")
    parser.add_argument("--seed", type=int, default=1, help="of all chance (1)")
    parser.add_argument("--user", choices=("rules", "ollama"), default="rules",
                        help="who plays the people (rules)")  # fmt: skip
    parser.add_argument("--json", type=written_to, metavar="FILE", help="write all figures")
    parser.add_argument(
        "--transcripts", type=written_to, metavar="FILE", help="write all dialogues"
    )
    parser.add_argument(
        "--scripts", type=written_to, metavar="FOLDER", help="write them as scripts"
    )
    return parser


async def _measured(asked: argparse.Namespace) -> dict[str, object]:
    """Everything played in a data folder of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="moodreel-simulation-") as folder:
        own = load_settings(engine="builtin", conversations="memory", home=Path(folder))
        async with await MovieAgent.open(own) as agent:
            options = _options(asked)
            groups = await simulate(agent, options, _Progress(3 * options.users))
            _write(asked, groups, agent)
    data = as_data(groups, options)
    if asked.json:
        asked.json.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
    return data


def _options(asked: argparse.Namespace) -> Options:
    settings = load_settings()
    plays = asked.user == "ollama"
    client = OllamaChat(settings.ollama_url, settings.plan_seconds) if plays else None
    model = settings.model if plays else ""
    return Options(asked.users, asked.turns, asked.seed, asked.data, client, model)


class _Progress:
    """Says every ten people how far it is."""

    def __init__(self, most: int) -> None:
        self._most, self._done = most, 0

    def __call__(self, dialogue: Dialogue) -> None:
        self._done += 1
        if self._done % 10 == 0:
            sys.stderr.write(f"{self._done} of {self._most} people\n")


def _write(asked: argparse.Namespace, groups: Sequence[Group], agent: MovieAgent) -> None:
    if asked.transcripts:
        write_transcripts(groups, agent.catalogue, asked.transcripts)
    if asked.scripts:
        write_scripts(groups, agent.catalogue, asked.scripts)


if __name__ == "__main__":
    sys.exit(main())
