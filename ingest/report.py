"""What came of reading a source."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from .sources.record import Skipped

MOST_EXAMPLES = 20
MOST_DUPLICATES = 1_000


@dataclass
class IngestReport:
    """Counts of rows, by what became of them, and where the time went, in seconds.

    Every row read is added, merged, updated or skipped; nothing is lost in between.
    ``possible_duplicates`` pairs an item with one of the same title that nothing more spoke
    for, so that both were kept. ``left_open`` counts texts of which no
    mood was told. ``examples`` has the first rows skipped for each reason.
    """

    source: str = ""
    path: str = ""
    embedder: str = ""
    read: int = 0
    added: int = 0
    merged: int = 0
    updated: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    repaired: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    possible_duplicates: list[tuple[str, str]] = field(default_factory=list)
    duplicates: int = 0
    without_text: int = 0
    left_open: int = 0
    reading_seconds: float = 0.0
    describing_seconds: float = 0.0
    embedding_seconds: float = 0.0
    storing_seconds: float = 0.0
    resumed_at: int = 0
    whole: bool = False
    dry_run: bool = False

    @property
    def seconds(self) -> float:
        """All the time that it took."""
        return (
            self.reading_seconds
            + self.describing_seconds
            + self.embedding_seconds
            + self.storing_seconds
        )

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.read / self.seconds if self.seconds else 0.0

    def skip(self, row: Skipped) -> None:
        """Count a row that made no item."""
        self.skipped[row.reason] += 1
        held = self.examples.setdefault(row.reason, [])
        if len(held) < MOST_EXAMPLES:
            held.append(f"row {row.row}: {row.shown}".rstrip(": "))

    def doubt(self, item: str, other: str) -> None:
        """Count an item that may be another one."""
        self.duplicates += 1
        if len(self.possible_duplicates) < MOST_DUPLICATES:
            self.possible_duplicates.append((item, other))

    def as_data(self) -> dict[str, Any]:
        """Plain data, which `of` reads again."""
        told = asdict(self)
        return {
            **told,
            "skipped": dict(self.skipped),
            "repaired": dict(self.repaired),
            "seconds": round(self.seconds, 3),
            "items_per_second": round(self.rate, 1),
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> IngestReport:
        """A report from plain data."""
        known = {name: value for name, value in data.items() if name in cls.__dataclass_fields__}
        report = cls(**known)
        report.skipped, report.repaired = Counter(report.skipped), Counter(report.repaired)
        report.possible_duplicates = [(a, b) for a, b in report.possible_duplicates]
        return report
