"""A model's answers on tape: recorded while scripts are played, or played back without it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import EngineError
from ..engines.base import Engine
from ..engines.choose import problem_with

if TYPE_CHECKING:
    from ...ingest.catalogue import Catalogue
    from ..engines.llm.cassette import Recorder, Replayer
    from ..settings import Settings


class Cassettes:
    """Where a model's answers are recorded to, or come from; nowhere by default."""

    def __init__(self, record: Path | None = None, replay: Path | None = None) -> None:
        """Prepare.

        Raises:
            UsageError: there is no recording to play back.
        """
        self._record = record
        self._replayer: Replayer | None = None
        if replay is not None:
            from ..engines.llm.cassette import Replayer  # noqa: PLC0415 - only with a model

            self._replayer = Replayer(replay)

    @property
    def unused(self) -> Sequence[str]:
        """Recordings that nothing asked for."""
        return self._replayer.unused if self._replayer else ()

    async def engine(self, settings: Settings, catalogue: Catalogue) -> Engine | None:
        """The model's engine with a tape in between; none where nothing is taped.

        Raises:
            EngineError: there is no model to record.
        """
        if settings.engine == "builtin" or not (self._record or self._replayer):
            return None
        from ..engines.llm.engine import OllamaEngine  # noqa: PLC0415 - only with a model

        return OllamaEngine(self._replayer or await self._recorder(settings), catalogue, settings)

    async def _recorder(self, settings: Settings) -> Recorder:
        from ..engines.llm.cassette import Recorder  # noqa: PLC0415 - only with a model
        from ..engines.llm.engine import ollama_client  # noqa: PLC0415

        assert self._record is not None  # noqa: S101 - it is recorded or replayed
        if problem := await problem_with(settings):
            raise EngineError(f"There is no model to record: {problem}.")
        return Recorder(ollama_client(settings), self._record)
