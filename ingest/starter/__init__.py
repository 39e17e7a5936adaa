"""The films that Moodreel starts with, and the catalogue that they are built into."""

from .films import starter_items, starter_version
from .opening import open_catalogue

__all__ = ["open_catalogue", "starter_items", "starter_version"]
