"""The check that every title said exists and every fact said is true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ....ingest.catalogue import Catalogue
from ....ingest.item import Item
from ....tools.claims import contradictions, tidy
from ....tools.query import Query
from ...edits import LimitEdit
from ...reply import Pick, Reply
from ..expect import Expect
from ..result import CheckResult
from .base import Seen
from .stated import Text, false_statements, named_films
from .verdict import verdict

_FACTS = tuple(name for name in Pick.model_fields if name in Item.model_fields and name != "id")
_LINE = re.compile(r"^(\d+)\. ")


def grounded(expect: Expect, seen: Seen) -> CheckResult:
    """Every pick is a film of the catalogue with its facts, and what is said of films is true.

    Titles, years, decades, lengths and people are compared with the catalogue, in reasons with
    the film's own and those that it names, elsewhere with those that the line names; what the
    person said may be repeated. Reasons are also read as `moodreel.tools.claims` reads those of
    a model: genres, languages, ratings, comparisons.
    """
    return verdict("grounded", *_wrong_picks(seen), *_wrong_lines(seen), *_wrong_answers(seen))


def _wrong_picks(seen: Seen) -> Iterator[str]:
    found = seen.catalogue.get([pick.id for pick in seen.now.reply.picks])
    reader = _Reader.of(seen)
    for pick in seen.now.reply.picks:
        item = found.get(pick.id)
        if item is None:
            yield f"{pick.title} ({pick.year}) is not in the catalogue."
            continue
        yield from (
            f"{item.label} has the {name} {getattr(item, name)!r}, not {getattr(pick, name)!r}."
            for name in _FACTS
            if getattr(item, name) != getattr(pick, name)
        )
        yield from (f"Of {item.label}: {wrong}" for wrong in reader.wrong(pick.reason, item))


@dataclass(frozen=True)
class _Reader:
    """Reads the reasons of one list.

    ``query`` is what it was searched with, none where it is an earlier list again; ``others`` are
    the films besides its own that a reason may name, by id.
    """

    catalogue: Catalogue
    allowed: str
    query: Query | None
    others: Mapping[str, Item]

    @classmethod
    def of(cls, seen: Seen) -> _Reader:
        query = _query(seen.now.reply)
        liked = seen.catalogue.get([like.id for like in query.likes] if query else [])
        spoken = {item.id: item for item in _spoken_of(seen)}
        return cls(seen.catalogue, _allowed(seen), query, {**liked, **spoken})

    def wrong(self, reason: str, item: Item) -> list[str]:
        """What a reason says that is not true, in sentences."""
        wrong = list(false_statements(Text(reason, (item,), self.allowed, self.catalogue)))
        if wrong or self.query is None:
            return wrong
        doubts = contradictions(tidy(reason), item, self.others, self.catalogue, self.query)
        return [f"{doubt}." for doubt in doubts]


def _query(reply: Reply) -> Query | None:
    for call in reply.trace:
        if call.name in ("search", "similar"):
            return Query(**{name: value for name, value in call.args.items() if name != "limit"})
    return None


def _spoken_of(seen: Seen) -> tuple[Item, ...]:
    return named_films(seen.now.said, seen.catalogue)


def _allowed(seen: Seen) -> str:
    """What the person said so far, and the limits that hold or held until this turn."""
    profiles = [each.reply.profile for each in seen.exchanges[-2:]]
    limits = (
        f"{entry.content.limit.model_dump_json()} {entry.content.limit.sentence()}"
        for profile in profiles
        for entry in profile.active
        if isinstance(entry.content, LimitEdit)
    )
    return " ".join([*(each.said for each in seen.exchanges), *limits])


def _wrong_lines(seen: Seen) -> Iterator[str]:
    """The list in the text is the list of picks."""
    lines = [line for line in seen.now.reply.text.splitlines() if _LINE.match(line)]
    for place, pick in enumerate(seen.now.reply.picks, start=1):
        label = f"{pick.title} ({pick.year})" if pick.year else pick.title
        if not any(line.startswith(f"{place}. {label}") for line in lines):
            yield f"The text has no line “{place}. {label}”."


def _wrong_answers(seen: Seen) -> Iterator[str]:
    """What stands around the list, line by line."""
    for line in _told(seen.now.reply).splitlines():
        named = named_films(line, seen.catalogue)
        about = () if named else _on_the_table(seen)
        yield from false_statements(Text(line, about, _allowed(seen), seen.catalogue))


def _told(reply: Reply) -> str:
    """The text without the list, and without what speaks of limits or of the turn itself."""
    text = "\n".join(line for line in reply.text.splitlines() if not _LINE.match(line))
    for part in (*reply.relaxed, *reply.notices, reply.question or ""):
        text = text.replace(part, " ") if part else text
    return text


def _on_the_table(seen: Seen) -> tuple[Item, ...]:
    last = seen.last_list()
    return (*seen.items, *(seen.items_of(last) if last else ()), *_spoken_of(seen))
