"""Reading a source into a catalogue: batch by batch, going on where it was interrupted."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from time import perf_counter

from .catalogue import Catalogue
from .item import Item
from .known import Known, Meant
from .ledger import NOTE, Entry, Ledger
from .merge import Derived, as_item, item_id, merged, own_id
from .parts import parts_of, whole_of
from .report import IngestReport
from .sources.files import open_bytes, reading
from .sources.record import AS_IT_IS, Options, Record, Skipped, Source

BATCH = 512
_PIECE = 1 << 20
REPEATED = "an id that came before in the same file"

Describe = Callable[[Sequence[str]], Sequence[Derived]]
"""Descriptors of each text."""
Watch = Callable[[int, int], None]
"""Called with rows read, and about how many there are (0 where nobody knows)."""


@dataclass(frozen=True)
class Job:
    """What is read, and how: ``limit`` is how many rows more, None for all."""

    source: Source
    path: Path
    options: Options = AS_IT_IS
    limit: int | None = None
    dry_run: bool = False


def ledger_of(folder: Path, catalogue: Catalogue) -> Ledger:
    """The ledger of the catalogue in a data folder; a catalogue built anew begins a new one."""
    name = catalogue.note(NOTE)
    if name is None:
        name = uuid.uuid4().hex
        catalogue.set_note(NOTE, name)
    return Ledger(folder, name)


def ingest(
    job: Job,
    catalogue: Catalogue,
    ledger: Ledger,
    describe: Describe,
    watch: Watch | None = None,
) -> IngestReport:
    """Read a source into a catalogue; durable batch by batch.

    A second run of the same files does nothing, one after a kill goes on behind the last batch,
    and the catalogue that comes of it is the same. Memory is bounded by a batch, and by the
    names of what the catalogue holds.

    Args:
        job: what is read.
        catalogue: which takes the items.
        ledger: where it is noted what was read and merged; see `ledger_of`.
        describe: makes descriptors of texts.
        watch: told of the progress after every batch.

    Returns:
        What came of all rows of these files, those of interrupted runs among them.

    Raises:
        BadSource: the files can't be read as this.
        CatalogueBusy, StorageError: as the catalogue has it.
    """
    file, about = _identity(job)
    done, whole, past = ledger.run(file)
    report = IngestReport.of(past)
    report.source, report.path = job.source.name, str(job.path)
    report.embedder, report.dry_run = catalogue.embedder.name, job.dry_run
    report.resumed_at = done
    if whole:
        return report
    work = _Work(job, file, catalogue, ledger, describe=describe, report=report)
    for batch in work.batches(done):
        work.take(batch)
        if watch:
            watch(report.read, about)
    return work.finished()


class _Work:
    """One run over one source."""

    def __init__(
        self,
        job: Job,
        file: str,
        catalogue: Catalogue,
        ledger: Ledger,
        *,
        describe: Describe,
        report: IngestReport,
    ) -> None:
        self._job = job
        self._file = file
        self._catalogue = catalogue
        self._ledger = ledger
        self._describe = describe
        self._report = report
        started = perf_counter()
        self._known = Known(catalogue.items())
        report.reading_seconds += perf_counter() - started
        self._seen: set[tuple[str, str]] = set()

    def batches(self, done: int) -> Iterator[list[Record | Skipped]]:
        """The rows that are left, in the batches that an uninterrupted run would take."""
        rows = self._job.source.records(self._job.path, self._job.options)
        wanted = None if self._job.limit is None else done + self._job.limit
        rest = islice(rows, done, wanted)
        while True:
            started = perf_counter()
            size = BATCH - self._report.read % BATCH
            batch = [*islice(rest, size)]
            self._report.reading_seconds += perf_counter() - started
            if not batch:
                break
            yield batch
        self._report.whole = self._job.limit is None or next(rows, None) is None

    def take(self, batch: Sequence[Record | Skipped]) -> None:
        """Take in a batch: noted first, then stored, then counted as done.

        A kill in between has it taken in again, to the same end: what was noted says where each
        record goes.
        """
        report, source = self._report, self._job.source.name
        placed: list[_Placed] = []
        if not self._job.dry_run:
            # What came in batches before is in the ledger.
            self._seen.clear()
        for row in batch:
            if isinstance(row, Skipped):
                report.skip(row)
            elif (found := self._place(row, source)) is not None:
                placed.append(found)
        report.read += len(batch)
        if self._job.dry_run:
            return
        parts = self._described(placed)
        started = perf_counter()
        entries, items = self._assembled(placed, parts)
        texts = [(source, p.record.key, p.record.text) for p in placed if p.record.text]
        self._ledger.note(entries, texts)
        self._store(items, started)
        self._note()

    def finished(self) -> IngestReport:
        """Note the end; what is noted tells the whole history of these files."""
        if not self._job.dry_run:
            self._note()
        return self._report

    def _note(self) -> None:
        self._ledger.note_run(self._file, self._report.as_data())

    def _place(self, record: Record, source: str) -> _Placed | None:
        """Which item a record goes to; None where its id came before in the same file."""
        entry = self._ledger.entry(source, record.key)
        again = (source, record.key) in self._seen
        if again or (entry and entry.file == self._file and entry.row != record.row):
            self._report.skip(Skipped(record.row, REPEATED, f"{record.key} {record.title}"[:80]))
            return None
        self._seen.add((source, record.key))
        self._count_repairs(record)
        if entry:
            self._count_entry(entry)
            return _Placed(record, entry.item, entry.rule)
        meant = self._known.meant(record, self._ledger.apart(source, record.key))
        placed = self._placed(record, source, meant)
        self._known.join(as_item(record, source, placed.item, None))
        return placed

    def _placed(self, record: Record, source: str, meant: Meant) -> _Placed:
        if meant.id is not None:
            self._report.merged += 1
            return _Placed(record, meant.id, meant.rule)
        self._report.added += 1
        name = item_id(record, source)
        name = own_id(record, source) if name in self._known else name
        for other in meant.maybe[:1]:
            self._report.doubt(name, other)
        return _Placed(record, name, "")

    def _count_repairs(self, record: Record) -> None:
        self._report.repaired.update(record.repaired)
        self._report.without_text += not record.text

    def _count_entry(self, entry: Entry) -> None:
        """A record that is known: from another file it is brought up to date."""
        if entry.file != self._file:
            self._report.updated += 1
        elif entry.rule:
            self._report.merged += 1
        else:
            self._report.added += 1

    def _described(self, placed: Sequence[_Placed]) -> list[Item]:
        """The records as items of their own, with descriptors where there is anything to read."""
        started = perf_counter()
        held = self._catalogue.get(p.item for p in placed)
        texts = {
            place: text
            for place, p in enumerate(placed)
            if (text := _readable(p.record)) and not _authored(held.get(p.item))
        }
        derived = dict(zip(texts, self._describe([*texts.values()]), strict=True)) if texts else {}
        self._report.left_open += sum(not found["mood_tags"] for found in derived.values())
        source = self._job.source.name
        parts = [as_item(p.record, source, p.item, derived.get(i)) for i, p in enumerate(placed)]
        self._report.describing_seconds += perf_counter() - started
        return parts

    def _assembled(
        self, placed: Sequence[_Placed], parts: Sequence[Item]
    ) -> tuple[list[Entry], list[Item]]:
        """What is noted, and the items to store, each of all records that went into it."""
        source = self._job.source.name
        own: dict[str, dict[tuple[str, str], Entry]] = {}
        for p, part in zip(placed, parts, strict=True):
            entry = Entry(source, p.record.key, p.item, self._file, p.record.row, p.rule, part)
            own.setdefault(p.item, {})[source, p.record.key] = entry
        held = self._catalogue.get(own)
        entries: list[Entry] = []
        items: list[Item] = []
        for name, fresh in own.items():
            together = parts_of(self._ledger, name, held.get(name))
            for key, entry in fresh.items():
                # Another export of the same source may know less: what it lacks stays.
                known = [each.part for each in (entry, together.get(key)) if each and each.part]
                together[key] = replace(entry, part=merged(known, name))
            kept = [*together.values()]
            alone = len(kept) == 1
            items.append(kept[0].part if alone else whole_of(kept, name))  # type: ignore[arg-type]
            entries += [replace(kept[0], part=None)] if alone else kept
        return entries, items

    def _store(self, items: Sequence[Item], started: float) -> None:
        """Store items; how long their texts took to embed is told by the progress of it."""
        embedded = began = perf_counter()

        def watch(done: int, total: int) -> None:
            nonlocal embedded
            embedded = perf_counter()

        self._catalogue.upsert(items, watch)
        for item in items:
            self._known.add(item)
        self._report.embedding_seconds += embedded - began
        self._report.storing_seconds += perf_counter() - started - (embedded - began)


@dataclass(frozen=True)
class _Placed:
    """A record and the item that it goes to; ``rule`` is how it was known to be the same."""

    record: Record
    item: str
    rule: str


def _readable(record: Record) -> str:
    """What a record is described by: its text, else its genres and tags."""
    text = record.text or ". ".join((", ".join(record.genres), ", ".join(record.tags)))
    return text if any(map(str.isalpha, text)) else ""


def _authored(item: Item | None) -> bool:
    """Whether a person described an item: nothing derived is put in the place of that."""
    known = item.described if item else None
    return known is not None and known.how == "authored"


def _identity(job: Job) -> tuple[str, int]:
    """A hash of the files with how they are read, and about how many rows they have."""
    whole, lines = hashlib.sha256(), 0
    told = [job.source.name, job.options.encoding, sorted(job.options.columns.items())]
    whole.update(json.dumps(told).encode())
    for place, file in enumerate(job.source.files(job.path)):
        whole.update(file.name.encode("utf-8", "surrogateescape"))
        with reading(file), open_bytes(file) as opened:
            while piece := opened.read(_PIECE):
                whole.update(piece)
                lines += piece.count(b"\n") if place == 0 else 0
    return whole.hexdigest(), lines
