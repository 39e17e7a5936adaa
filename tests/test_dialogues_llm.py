"""The scripts of tests/dialogues on the path of a language model: a real client, a scripted server.

The scripted model understands what the builtin engine reads, so that scripts expect the same of
both; what lies between, from prompts to answers that are checked and repaired, is all in use.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from moodreel.agent.bench.scripted_model import AnnouncingEngine, GoodModel
from moodreel.agent.bench.scripted_ollama import ScriptedOllama
from moodreel.agent.engines.base import Engine
from moodreel.agent.engines.llm.cassette import Recorder, Replayer
from moodreel.agent.engines.llm.engine import OllamaEngine, ollama_client
from moodreel.agent.replay.failures import failures
from moodreel.agent.replay.load import Loaded, load
from moodreel.agent.replay.options import RunOptions
from moodreel.agent.replay.repeating import play_script
from moodreel.agent.replay.result import ScriptResult
from moodreel.agent.replay.setup import Stage
from moodreel.agent.settings import Settings
from moodreel.ingest.catalogue import Catalogue

DIALOGUES = Path(__file__).parent / "dialogues"
pytestmark = pytest.mark.skipif(not DIALOGUES.is_dir(), reason="tests/dialogues has no scripts")
OTHERWISE: dict[str, str] = {}
"""Scenarios that come out otherwise with a model, and why."""


def scripts() -> list[Loaded]:
    """The scripts that don't name their engine."""
    found = load([DIALOGUES]) if DIALOGUES.is_dir() else ()
    return [each for each in found if each.script.setup.engine is None]


class ModelServer:
    """A served model that answers every request of the turns that are announced to it."""

    def __init__(self, record: Path | None = None) -> None:
        self.model: GoodModel | None = None
        self.server = ScriptedOllama(reply=self._reply)
        self._record = record

    async def engine(self, settings: Settings, catalogue: Catalogue) -> Engine:
        """The Ollama engine with this server; one conversation at a time."""
        self.model = GoodModel(catalogue)
        there = settings.model_copy(update={"ollama_url": self.server.url})
        client = ollama_client(there)
        taped = Recorder(client, self._record) if self._record else client
        return AnnouncingEngine(taped, catalogue, settings, model=self.model)

    def _reply(self, body: dict[str, object]) -> str:
        assert self.model is not None
        return self.model.reply(body)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    served = ModelServer()
    opened = Stage(tmp_path_factory.mktemp("llm"), "ollama", served.engine)
    with served.server:
        yield opened
    opened.close()


@pytest.mark.parametrize("loaded", scripts(), ids=lambda each: each.script.scenario)
async def test_a_script_comes_out_with_a_model(stage: Stage, loaded: Loaded) -> None:
    result = await play_script(stage, loaded, RunOptions())
    said = [str(each) for run in result.runs for each in failures(run)]
    reason = loaded.script.known_failure or OTHERWISE.get(loaded.script.scenario)
    if reason and said:
        pytest.xfail(reason)
    assert said == []
    calls = [call for run in result.runs for turn in run.turns for call in turn.calls]
    typed = [turn for turn in loaded.script.turns if turn.user is not None]
    assert bool(calls) == bool(typed)


async def test_what_a_model_said_is_played_back_without_it(tmp_path: Path) -> None:
    """Recorded once, the same answers come from the recordings, and nothing is left over."""
    chosen = scripts()[::12]
    served = ModelServer(record=tmp_path / "tape")
    recording = Stage(tmp_path / "recording", "ollama", served.engine)
    with served.server:
        live = [await play_script(recording, each, RunOptions()) for each in chosen]
    recording.close()
    tape = Replayer(tmp_path / "tape")

    async def taped(settings: Settings, catalogue: Catalogue) -> Engine:
        return OllamaEngine(tape, catalogue, settings)

    replaying = Stage(tmp_path / "replaying", "ollama", taped)
    again = [await play_script(replaying, each, RunOptions()) for each in chosen]
    replaying.close()
    assert [_texts(each) for each in again] == [_texts(each) for each in live]
    assert tape.unused == []


def _texts(result: ScriptResult) -> list[str]:
    return [turn.text for run in result.runs for turn in run.turns]
