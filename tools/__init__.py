"""The recommender and its LangChain tools; `toolkit` hands them all to any agent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .kit import toolkit

__all__ = ["toolkit"]


def __getattr__(name: str) -> Any:
    """Load the toolkit at first use: it brings langchain, which a query alone doesn't need."""
    if name != "toolkit":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .kit import toolkit  # noqa: PLC0415

    return toolkit
