# ruff: noqa: E501
"""A message read into short codes, so that tables of phrases stay readable.

``years 1990-1999``, ``runtime -119``, ``lang +fr``, ``genre +Western``, ``genre any Horror|Drama``,
``people -Michael Bay``, ``age 6``, ``rated G|PG``, ``spare gore``, ``subject -zombies``,
``scares<=1``, ``mood +funny`` (first tag), ``like Western`` (a soft genre), ``plot chess``,
``for children and their parents`` (audience), ``text …``, ``more humour``, ``forget language``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, cast

from moodreel.agent.edits import Edit, Forget, LimitEdit, Nudge, Wish
from moodreel.agent.engines.base import Turn
from moodreel.agent.engines.reading.message import Finding, Message, Reader
from moodreel.agent.engines.reading.wishes import LEFTOVERS, WISHES
from moodreel.agent.profile import TasteProfile
from moodreel.ingest.embedding import Embedder
from moodreel.ingest.facets import facets
from moodreel.ingest.people import PeopleIndex
from moodreel.ingest.static import StaticEmbedder

from .films import FILMS

if TYPE_CHECKING:
    from moodreel.ingest.catalogue import Catalogue
    from moodreel.ingest.limits import Condition


class Shelf:
    """What recognisers of wishes ask of a catalogue, over the starter films, without a store."""

    @cached_property
    def people(self) -> PeopleIndex:
        return PeopleIndex(FILMS)

    @cached_property
    def _values(self) -> dict[str, Counter[str]]:
        known = [facets(item) for item in FILMS]
        return {
            name: Counter(v for found in known for v in cast("tuple[str, ...]", found[name]))
            for name in ("genres", "subjects")
        }

    @property
    def embedder(self) -> Embedder:
        return StaticEmbedder()

    def facet(self, facet: str, conditions: Sequence[Any] = ()) -> dict[str, int]:
        return dict(self._values[facet])

    def count(self, conditions: Sequence[Condition] = ()) -> int:
        return sum(self._values[c.facet][str(v)] for c in conditions for v in c.values)


@lru_cache(maxsize=1)
def shelf() -> Catalogue:
    return cast("Catalogue", Shelf())


def findings(text: str, profile: TasteProfile | None = None) -> list[Finding]:
    message = Message.of(text)
    reader = Reader(Turn(text, 1, profile or TasteProfile(), year=2026), shelf())
    found: list[Finding] = []
    for recognise in (*WISHES, LEFTOVERS):
        fresh = recognise(message, reader)
        message.take(fresh)
        found += fresh
    return found


def edits(text: str, profile: TasteProfile | None = None) -> list[Edit]:
    return [edit for finding in findings(text, profile) for edit in finding.edits]


def codes(text: str, profile: TasteProfile | None = None) -> set[str]:
    return {code(edit) for edit in edits(text, profile)}


def unread(text: str) -> list[str]:
    return [part for finding in findings(text) for part in finding.unread]


def code(edit: Edit) -> str:
    if isinstance(edit, LimitEdit):
        return _limit(edit.limit)
    if isinstance(edit, Nudge):
        return f"{'more' if edit.amount > 0 else 'less'} {edit.quality}"
    if isinstance(edit, Forget):
        return f"forget {edit.about}"
    assert isinstance(edit, Wish)
    return _wish(edit)


def _wish(wish: Wish) -> str:
    sign = "-" if wish.avoid else "+"
    if wish.dimension == "audience":
        return f"for {'not ' if wish.avoid else ''}{wish.text}"
    if wish.genres:
        return f"{'like' if not wish.avoid else 'rather no'} {'|'.join(wish.genres)}"
    if wish.moods:
        return f"mood {sign}{wish.moods[0]}"
    return f"{'plot' if wish.dimension == 'plot' else 'text'} {'not ' if wish.avoid else ''}{wish.text}"


def _limit(limit: Any) -> str:  # noqa: PLR0911 - one line a kind of limit
    kind = limit.limit
    if kind == "years":
        left_out = f" not {limit.none_of[0]}-{limit.none_of[-1]}" if limit.none_of else ""
        return f"years {limit.earliest or ''}-{limit.latest or ''}{left_out}"
    if kind == "runtime":
        return f"runtime {limit.shortest or ''}-{limit.longest or ''}"
    if kind == "age":
        return f"age {limit.youngest}"
    if kind == "axis":
        low, high = limit.at_least, limit.at_most
        return f"{limit.axis}{f'>={low}' if low is not None else ''}{f'<={high}' if high is not None else ''}"
    if kind == "content":
        return f"spare {'|'.join(limit.none_of)}"
    if kind == "ratings":
        return f"rated {'|'.join(limit.any_of)}"
    name = {"languages": "lang", "genres": "genre", "people": "people", "subjects": "subject"}[kind]
    demanded = getattr(limit, "all_of", ())
    either = getattr(limit, "any_of", ())
    parts = [f"+{'+'.join(demanded)}"] if demanded else []
    parts += [f"any {'|'.join(either)}"] if either else []
    parts += [f"-{'|'.join(limit.none_of)}"] if limit.none_of else []
    role = f" {limit.role}" if kind == "people" and limit.role != "people" else ""
    return f"{name} {' '.join(parts)}{role}"


def cases(table: str) -> list[tuple[str, set[str]]]:
    """The rows of a table: what was said, and the codes of how it is read."""
    rows = [line.split("|", 1) for line in table.strip().splitlines()]
    return [
        (said.strip(), {c.strip() for c in read.split(";") if c.strip()}) for said, read in rows
    ]


def assert_read(said: str, read: set[str]) -> None:
    """Audience texts may go on after what a table has of them."""
    found = codes(said)
    assert found == {_whole(part, found) for part in read}


def _whole(part: str, found: set[str]) -> str:
    return next((each for each in found if part.startswith("for ") and each.startswith(part)), part)
