"""The films of the starter catalogue, read once for all tests."""

from __future__ import annotations

from moodreel.ingest.starter.films import starter_items

FILMS = starter_items()
