"""The tool calls that answer a turn, and what came back from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from langchain_core.messages import AnyMessage, ToolMessage
from langchain_core.messages import ToolCall as Call

from ..tools.query import Query
from .plan import Act, Tell


def tool_calls(acts: Iterable[Act], query: Query | None, turn: int, depth: int) -> list[Call]:
    """Calls for one turn: `lookup` for what is asked about, `search` or `similar` for a list.

    ``depth`` is how many candidates a list is chosen from.
    """
    asked = [act for act in acts if isinstance(act, Tell)]
    ids = [item.id for act in asked for item in act.items if item.id is not None]
    wanted: list[tuple[str, dict[str, object]]] = []
    if ids:
        wanted.append(("lookup", {"ids": list(dict.fromkeys(ids))}))
    if query is not None:
        wanted.append(_search(query, depth))
    return [
        Call(name=name, args=args, id=f"t{turn}-{place}", type="tool_call")
        for place, (name, args) in enumerate(wanted, start=1)
    ]


def _search(query: Query, depth: int) -> tuple[str, dict[str, object]]:
    given = {name for name in Query.model_fields if getattr(query, name)}
    args = query.model_dump(mode="json", include=given)
    name = "similar" if any(like.weight > 0 for like in query.likes) else "search"
    return name, {**args, "limit": depth}


def found_ids(messages: Sequence[AnyMessage]) -> list[str]:
    """Ids in the results of this turn's searches, best first."""
    results = [m for m in messages if isinstance(m, ToolMessage) and m.name in _SEARCHES]
    rows = [row for result in results for row in result.artifact or ()]
    return list(dict.fromkeys(row["id"] for row in rows))


_SEARCHES = {"search", "similar"}
