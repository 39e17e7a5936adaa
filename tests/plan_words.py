"""Turn plans in a few words, for tables of messages and what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from moodreel.agent.edits import Edit, ItemRef
from moodreel.agent.engines.base import Turn
from moodreel.agent.engines.reading.read import read
from moodreel.agent.plan import Act, TurnPlan
from moodreel.agent.profile import TasteProfile
from moodreel.ingest.catalogue import Catalogue

FIVE = ("tt0113277", "tt0369339", "tt1049413", "tt0780504", "tt0266543")
"""Heat, Collateral, Up, Drive, Finding Nemo."""


def named(ref: ItemRef) -> str:
    """A reference in words: ``Heat 1995``, ``#2``."""
    if ref.position is not None:
        return f"#{ref.position}"
    return f"{ref.title} {ref.year}" if ref.year else str(ref.title)


def _edit(edit: Edit) -> str | None:
    if edit.edit == "attitude":
        scope = "" if edit.dimension == "overall" else f" ({edit.dimension})"
        return f"{edit.feeling} {named(edit.item)}{scope}"
    if edit.edit == "anchor":
        parts = (
            ("not " if part.weight < 0 else "")
            + named(part.item)
            + ("" if part.dimension == "overall" else f" ({part.dimension})")
            for part in edit.parts
        )
        return "like " + " + ".join(parts)
    if edit.edit == "nudge":
        than = f" than {named(edit.than)}" if edit.than else ""
        return f"{'more' if edit.amount > 0 else 'less'} {edit.quality}{than}"
    if edit.edit == "limit":
        return f"limit {edit.limit.sentence()}"
    if edit.edit == "wish":
        return f"{'avoid' if edit.avoid else 'wish'} {edit.text}"
    return {
        "weigh": lambda: f"weigh {edit.dimension} {edit.weight:g}",  # type: ignore[union-attr]
        "forget": lambda: f"forget {edit.about}",  # type: ignore[union-attr]
        "undo": lambda: f"undo {edit.turns}",  # type: ignore[union-attr]
        "reset": lambda: f"reset {edit.scope}",  # type: ignore[union-attr]
    }[edit.edit]()


def _act(act: Act) -> str:
    if act.act == "tell":
        items = " ".join(named(item) for item in act.items) or "all"
        return f"tell {act.topic} {items}" + (f" by {act.compare}" if act.compare else "")
    if act.act == "recommend":
        return "recommend" if act.count == 5 else f"recommend {act.count}"
    if act.act == "show_again":
        return "again everything" if act.everything else "again"
    return f"chat {act.about}" if act.act == "chat" else "ask"


def words(plan: TurnPlan) -> list[str]:
    """Everything in a plan, edits first; wishes, limits and nudges included."""
    return [*filter(None, map(_edit, plan.edits)), *map(_act, plan.acts)]


def core(plan: TurnPlan) -> list[str]:
    """What is said about films and to the companion: without wishes, limits and nudges."""
    loose = ("wish ", "avoid ", "limit ", "more ", "less ")
    return [word for word in words(plan) if not word.startswith(loose)]


def plan(
    catalogue: Catalogue,
    message: str,
    *,
    shown: Sequence[Sequence[str]] = (),
    profile: TasteProfile | None = None,
    question: str | None = None,
    choices: Sequence[str] = (),
    focus: Sequence[str] = (),
    number: int = 2,
) -> TurnPlan:
    """Read one message."""
    turn = Turn(
        message, number, profile or TasteProfile(), shown=tuple(map(tuple, shown)),
        focus=tuple(focus), question=question, choices=tuple(choices),
    )  # fmt: skip
    return read(turn, catalogue)


def rows(table: str) -> list[tuple[str, list[str]]]:
    """``message => word; word`` lines as pairs; blank lines are left out."""
    pairs = []
    for line in table.strip().splitlines():
        if line.strip():
            message, _, expected = line.partition("=>")
            pairs.append((message.strip(), [w.strip() for w in expected.split(";") if w.strip()]))
    return pairs
