"""A turn plan in the words a model would write: for scripted servers, examples and tests.

The way back is `moodreel.agent.engines.llm.plan_read.plan_of`. Little is lost on it: the degrees
of axes (a model gives mood tags), and strengths.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ....ingest.language import language_name
from ....ingest.limits import Limit
from ...edits import (
    Anchor,
    Attitude,
    Edit,
    Forget,
    ItemRef,
    LimitEdit,
    Nudge,
    Reset,
    Undo,
    Weigh,
    Wish,
)
from ...plan import Act, Ask, Chat, Recommend, Tell, TurnPlan
from ..base import Turn
from .plan_reply import PlanReply

_MOST = {
    "intents": 4, "films": 8, "wishes": 6, "limits": 8, "changes": 4, "weights": 3, "forget": 3,
    "answers": 3,
}  # fmt: skip
_SPARED = {"violence": "violence", "scares": "scares"}
"""Axes whose bounds a model writes as content to be spared."""

Parts = dict[str, Any]


def reply_of(plan: TurnPlan, turn: Turn) -> PlanReply:
    """What a model would have written to mean this plan; parts beyond its limits are left out."""
    parts: Parts = {name: [] for name in _MOST}
    parts["intents"] = list(plan.intents) or ["request"]
    for edit in plan.edits:
        _write(edit, turn, parts)
    parts["answers"] = [_answer(act, turn) for act in plan.acts] or [
        {"do": "chat", "about": "unclear"}
    ]
    for name, most in _MOST.items():
        parts[name] = parts[name][:most]
    return PlanReply.model_validate(parts)


def _write(edit: Edit, turn: Turn, parts: Parts) -> None:
    if isinstance(edit, (Attitude, Anchor)):
        parts["films"] += _films(edit, turn)
    elif isinstance(edit, Wish):
        parts["wishes"].append(_wish(edit))
    elif isinstance(edit, LimitEdit):
        _limit(edit, parts)
    elif isinstance(edit, Nudge):
        by = max(-3, min(3, round(edit.amount))) or (1 if edit.amount > 0 else -1)
        than = film_name(edit.than, turn) if edit.than else None
        change = {"words": edit.words, "quality": edit.quality, "by": by, "than": than}
        parts["changes"].append(change)
    elif isinstance(edit, Weigh):
        weigh = {"words": edit.words, "part": edit.dimension, "weight": round(edit.weight)}
        parts["weights"].append(weigh)
    elif isinstance(edit, Forget):
        parts["forget"].append(edit.about or edit.words)
    elif isinstance(edit, Undo):
        parts["undo"] = min(edit.turns, 9)
    elif isinstance(edit, Reset):
        parts["reset"] = edit.scope


def _films(edit: Attitude | Anchor, turn: Turn) -> Iterable[Parts]:
    if isinstance(edit, Attitude):
        named = [(edit.item, edit.feeling, edit.dimension)]
    else:
        named = [
            (part.item, "like_this" if part.weight >= 0 else "unlike_this", part.dimension)  # type: ignore[misc]
            for part in edit.parts
        ]
    for item, role, part in named:
        yield {
            "words": edit.words,
            "film": film_name(item, turn),
            "role": role,
            "part": part,
            "year": item.year,
        }


def film_name(ref: ItemRef, turn: Turn) -> str:
    """How a model names a film: ``#2``, ``it``, ``by Nolan``, or its title."""
    last = turn.shown[-1] if turn.shown else ()
    if ref.position is not None:
        return f"#{ref.position}"
    if ref.id is not None and ref.id in last:
        return f"#{last.index(ref.id) + 1}"
    if ref.title:
        return ref.title
    return f"by {ref.person}" if ref.person else "it"


def _wish(wish: Wish) -> Parts:
    return {
        "words": wish.words,
        "text": wish.text,
        "avoid": wish.avoid,
        "part": wish.dimension,
        "moods": list(wish.moods[:5]),
        "genres": list(wish.genres[:4]),
        "people": list(wish.people[:4]),
        "lasting": wish.lasting,
    }


def _limit(edit: LimitEdit, parts: Parts) -> None:
    limit = edit.limit
    common = {"words": edit.words, "lasting": edit.lasting}
    if limit.limit == "watchlist" or (limit.limit == "axis" and limit.axis not in _SPARED):
        avoid = getattr(limit, "at_most", None) is not None
        parts["wishes"].append({**common, "text": limit.sentence(), "avoid": avoid})
    else:
        parts["limits"].append({**common, **_bounds(limit)})


def _bounds(limit: Limit) -> Parts:
    given: Any = limit
    if limit.limit == "years":
        never = [str(year) for year in limit.none_of[:6]]
        return {"limit": "years", "low": limit.earliest, "high": limit.latest, "never": never}
    if limit.limit == "runtime":
        return {"limit": "minutes", "low": limit.shortest, "high": limit.longest}
    if limit.limit == "age":
        return {"limit": "age", "low": limit.youngest}
    if limit.limit == "ratings":
        return {"limit": "age", "only": [limit.any_of[-1]]}
    if limit.limit == "axis":
        return {"limit": "content", "never": [_SPARED[limit.axis]]}
    wanted = (*getattr(given, "all_of", ()), *getattr(given, "any_of", ()))
    unwanted = getattr(given, "none_of", ())
    return {"limit": limit.limit, "only": _names(wanted)[:6], "never": _names(unwanted)[:6]}


def _names(names: Iterable[str]) -> list[str]:
    """Names as people write them: languages in full."""
    return [language_name(name) for name in names]


def _answer(act: Act, turn: Turn) -> Parts:
    if isinstance(act, Recommend):
        usual = act.count == Recommend().count
        return {"do": "recommend", "count": None if usual else act.count}
    if isinstance(act, Tell):
        films = [film_name(ref, turn) for ref in act.items[:5]]
        return {"do": "tell", "films": films, "topic": act.topic, "compare": act.compare}
    if isinstance(act, Chat):
        return {"do": "chat", "about": act.about, "say": act.say or None}
    return {"do": "ask", "say": act.question} if isinstance(act, Ask) else {"do": "show_again"}
