"""What an engine did besides answering: its model calls, and what the user should be told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from .. import traces

log = logging.getLogger(__name__)

StepName = Literal["plan", "rank", "describe", "condense", "summarise", "embed", "judge"]


class ModelCall(BaseModel):
    """One call of a model, as the trace of a reply shows it.

    ``prompt`` has the first 8 hex digits of the SHA-256 of the prompt file. ``estimated`` is the
    length of the prompt in tokens as it was counted here, ``counted`` as the server counted it
    (``prompt_eval_count``), ``answered`` the length of the answer; ``None`` where the server
    didn't say. ``first`` is the time to the first character, both times in seconds.
    ``problem`` says why the answer could not be used; it is empty where it could.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    step: StepName
    model: str
    prompt: str = ""
    estimated: int = Field(default=0, ge=0)
    counted: int | None = None
    answered: int | None = None
    seconds: float = 0.0
    first: float | None = None
    problem: str = ""


@dataclass
class Ledger:
    """Filled by an engine while it works on one turn; ``notices`` are shown with the reply.

    ``watch`` is told how many parts of a long work are done, of how many.
    """

    calls: list[ModelCall] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    watch: Callable[[int, int], None] = lambda done, total: None

    def note(self, call: ModelCall) -> None:
        """Enter a call that has just ended; it is logged, and a span where spans are kept."""
        self.calls.append(call)
        told: dict[str, traces.Attribute] = {
            "step": call.step,
            "model": call.model,
            "prompt_tokens": call.counted or call.estimated,
            "answer_tokens": call.answered or 0,
            "usable": not call.problem,
        }
        traces.past("moodreel.model", call.seconds, **told)
        log.info("model call", extra={**told, "ms": round(1000 * call.seconds)})
