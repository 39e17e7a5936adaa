"""One list in the making: shown as far as it is certain while an engine is still writing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from ..ingest.item import Item
from ..tools.rank import Ranking
from .answer import Material, head_of, line_of, picks_of
from .engines.base import (
    RankOpening,
    RankOrder,
    RankPart,
    RankQuestion,
    RankReason,
    RankWhole,
)
from .picks import pick_of
from .reply import Pick
from .state import Context, Json, State

log = logging.getLogger(__name__)
Write = Callable[[Json], None]
Settle = Callable[[RankOrder | RankWhole], Ranking]


class Editor(Protocol):
    """Who reads what a model wrote before anybody else does; None where it can't be said."""

    def opening(self, text: str) -> str | None: ...

    def question(self, text: str) -> str | None: ...

    def reason(self, text: str, item: Item) -> str | None: ...


class Listing:
    """Takes the parts of a ranking and writes events as soon as they can't change any more.

    The picks are settled by the order; the opening, then each line follows in the order of the
    list once its reason is there. A reason that is missing or can't be said is the builtin one.
    """

    def __init__(
        self, state: State, work: Json, context: Context, settle: Settle, editor: Editor
    ) -> None:
        self._state = state
        self._work = work
        self._context = context
        self._settle = settle
        self._editor = editor
        self._items: dict[str, Item] = {}
        self._awaited: set[str] = set()
        self._certain = ""
        self._lines = 0
        self.replaced: list[str] = []
        """Ids whose reason was written by the model and could not be said."""

    @property
    def settled(self) -> bool:
        """Whether it is known which films the list has."""
        return "picks" in self._work

    def take(self, part: RankPart, write: Write) -> None:
        """Hear one part, and write what it makes certain."""
        if isinstance(part, RankOrder | RankWhole):
            self._take_order(part, write)
        elif isinstance(part, RankOpening):
            self._work["opening"] = self._editor.opening(part.text) or ""
        elif isinstance(part, RankQuestion):
            self._work["ranked_question"] = self._editor.question(part.text)
        elif part.id in self._awaited:
            self._take_reason(part, write)
        self._write_certain(write, ended=False)

    def finish(self, write: Write) -> str:
        """Nothing more will come: write the rest of the list; all text that was written.

        What is still awaited gets the builtin reason, announced as the model's would have been.
        """
        late = [pick for pick in self._work.get("picks", ()) if pick["id"] in self._awaited]
        self._awaited.clear()
        for pick in late:
            self._announce(pick, write)
        self._write_certain(write, ended=True)
        return self._certain

    def _take_order(self, part: RankOrder | RankWhole, write: Write) -> None:
        if self.settled:
            return
        ranking = self._settle(part)
        self._items = self._context.catalogue.get([place.id for place in ranking.items])
        picks = [pick_of(self._items[p.id], p) for p in ranking.items if p.id in self._items]
        self._work["picks"] = [pick.model_dump(mode="json") for pick in picks]
        if isinstance(part, RankWhole):
            self._work |= {"opening": ranking.opening, "ranked_question": ranking.question}
        else:
            expected = set(part.ids[: self._work["count"]])
            self._awaited = {pick.id for pick in picks if pick.id in expected}
        shown = [self._spelled(pick) for pick in picks]
        write({"event": "picks", "picks": tuple(shown)})

    def _spelled(self, pick: Pick) -> Pick:
        reason = "" if pick.id in self._awaited else self._material().spell(pick.reason)
        return pick.model_copy(update={"reason": reason})

    def _take_reason(self, part: RankReason, write: Write) -> None:
        self._awaited.discard(part.id)
        text = self._editor.reason(part.text, self._items[part.id])
        if text is None:
            log.debug("a reason for %s could not be said", part.id)
            self.replaced.append(part.id)
        for pick in self._work["picks"]:
            if pick["id"] == part.id:
                pick["reason"] = text or pick["reason"]
                self._announce(pick, write)

    def _announce(self, pick: Json, write: Write) -> None:
        write({"event": "reason", "picks": (self._spelled(Pick.model_validate(pick)),)})

    def _write_certain(self, write: Write, *, ended: bool) -> None:
        """Write the head once the opening is known, then each line once its reason is."""
        if not self.settled or not self._work["picks"]:
            return
        if not self._certain and ("opening" in self._work or ended):
            self._say(head_of(self._material(), self._picks())[0], write)
        if not self._certain:
            return
        picks = self._picks()
        while self._lines < len(picks) and picks[self._lines].id not in self._awaited:
            self._lines += 1
            line = line_of(self._lines, picks[self._lines - 1])
            self._say(("\n\n" if self._lines == 1 else "\n") + line, write)

    def _say(self, text: str, write: Write) -> None:
        self._certain += text
        write({"event": "text", "text": text})

    def _material(self) -> Material:
        ahead: Any = {**self._state, "work": self._work, "query": self._work["query"]}
        return Material.of_state(ahead, self._context)

    def _picks(self) -> Sequence[Pick]:
        return picks_of(self._material())
