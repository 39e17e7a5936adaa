"""Playing a script as often as is asked, each time from the beginning."""

from __future__ import annotations

from ...errors import EngineError
from ..settings import Settings
from .checks import Judging
from .load import Loaded
from .options import RunOptions
from .past import begin
from .players import PythonPlayer
from .playing import Playing
from .result import RunResult, ScriptResult
from .setup import Stage

CONVERSATION = "replay"
"""Every run has an agent and a store of its own: the name need not tell them apart."""


async def play_script(stage: Stage, loaded: Loaded, options: RunOptions) -> ScriptResult:
    """All runs of one script.

    Raises:
        BadScript: its setup names what there is not.
        EngineError: the engine of the options can't serve; one of the script's own is a result.
    """
    script = loaded.script
    times = options.repeat or script.repeat
    runs = [await _run(stage, loaded, options, number) for number in range(1, times + 1)]
    return ScriptResult(
        scenario=script.scenario,
        file=loaded.file,
        tags=script.tags,
        known_failure=script.known_failure,
        runs=tuple(runs),
    )


async def _run(stage: Stage, loaded: Loaded, options: RunOptions, number: int) -> RunResult:
    try:
        agent = await stage.agent(loaded)
    except EngineError as error:
        if loaded.script.setup.engine is None:
            raise
        return RunResult(number=number, error=str(error))
    await begin(loaded, agent, CONVERSATION)
    playing = Playing(
        script=loaded.script,
        player=PythonPlayer(agent, CONVERSATION),
        catalogue=agent.catalogue,
        year=stage.year(loaded),
        judging=_judging(agent.settings) if options.judge else None,
    )
    return await playing.run(number)


def _judging(settings: Settings) -> Judging:
    """The model of the settings as a judge, whichever engine answers."""
    from ..engines.llm.engine import ollama_client  # noqa: PLC0415 - only where it is asked

    return Judging(ollama_client(settings), settings.model, settings.num_ctx)
