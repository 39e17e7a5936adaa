"""Data sets and files of one's own as items: one adapter a file."""

from __future__ import annotations

from .registry import source_for, source_names, sources

__all__ = ["source_for", "source_names", "sources"]
