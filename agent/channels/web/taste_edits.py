"""From controls as somebody set them to edits of the profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ....ingest.item import DIMENSIONS, Dimension, fold
from ....ingest.limits import Age, BaseLimit, Content, Genres, Languages, Limit, Runtime, Years
from ...edits import Edit, Forget, LimitEdit, Weigh
from ...profile import Entry, TasteProfile, apply
from .taste_controls import Controls, controls_of, groups_of, without
from .taste_words import limit_words, weight_words


def edits_of(profile: TasteProfile, wanted: Controls) -> tuple[Edit, ...]:
    """The edits after which the controls show ``wanted``; none where they do already.

    What the controls don't show (years left out, languages refused) stays as it is.
    """
    now = controls_of(profile)
    edits: list[Edit] = []
    for dimension in DIMENSIONS:
        if getattr(now, dimension) != getattr(wanted, dimension):
            edits += _weighed(profile, dimension, getattr(wanted, dimension))
    for kind, names in _SHOWN.items():
        if any(getattr(now, name) != getattr(wanted, name) for name in names):
            targets = _TARGETS[kind](_said(profile, kind), now, wanted)
            edits += _towards(profile, kind, targets)
    return tuple(edits)


class _Said(NamedTuple):
    """A limit as it stands in a profile, or shall stand there."""

    limit: Limit
    lasting: bool
    words: str = ""

    @property
    def key(self) -> tuple[Limit, bool]:
        return self.limit, self.lasting


def _entries(profile: TasteProfile, kind: type[BaseLimit]) -> list[tuple[Entry, LimitEdit]]:
    return [
        (entry, entry.content)
        for entry in profile.active
        if isinstance(entry.content, LimitEdit) and isinstance(entry.content.limit, kind)
    ]


def _said(profile: TasteProfile, kind: type[BaseLimit]) -> list[_Said]:
    return [_Said(e.limit, e.lasting, e.words) for _, e in _entries(profile, kind)]


def _towards(profile: TasteProfile, kind: type[BaseLimit], targets: list[_Said]) -> list[Edit]:
    """Edits that leave the targets and nothing else of this kind.

    A new limit mostly takes the place of the old one by itself; where it doesn't, the old one is
    forgotten first.
    """
    there = {each.key for each in _said(profile, kind)}
    wanted = {target.key for target in targets}
    new = [_edit(target) for target in targets if target.key not in there]
    turn = max((entry.turn for entry in profile.entries), default=0) + 1
    if {each.key for each in _said(apply(profile, new, turn), kind)} == wanted:
        return [*new]
    gone = [entry for entry, e in _entries(profile, kind) if (e.limit, e.lasting) not in wanted]
    return [*(Forget(entry=entry.id) for entry in gone), *new]


def _edit(said: _Said) -> LimitEdit:
    words = said.words or limit_words(said.limit)
    return LimitEdit(limit=said.limit, lasting=said.lasting, words=words)


def _weighed(profile: TasteProfile, dimension: Dimension, weight: float) -> list[Edit]:
    if weight != 1:
        return [Weigh(dimension=dimension, weight=weight, words=weight_words(dimension, weight))]
    said = [(entry.id, entry.content) for entry in profile.active]
    return [
        Forget(entry=name)
        for name, content in said
        if isinstance(content, Weigh) and content.dimension == dimension
    ]


def _years(said: Sequence[_Said], now: Controls, wanted: Controls) -> list[_Said]:
    out = tuple(y for each in said if isinstance(each.limit, Years) for y in each.limit.none_of)
    if wanted.earliest is None and wanted.latest is None and not out:
        return []
    limit = Years(earliest=wanted.earliest, latest=wanted.latest, none_of=out)
    return [_Said(limit, _lasts(said))]


def _runtime(said: Sequence[_Said], now: Controls, wanted: Controls) -> list[_Said]:
    if wanted.shortest is None and wanted.longest is None:
        return []
    limit = Runtime(shortest=wanted.shortest, longest=wanted.longest)
    return [_Said(limit, _lasts(said))]


def _age(said: Sequence[_Said], now: Controls, wanted: Controls) -> list[_Said]:
    if wanted.youngest is None:
        return []
    return [_Said(Age(youngest=wanted.youngest), _lasts(said))]


def _languages(said: Sequence[_Said], now: Controls, wanted: Controls) -> list[_Said]:
    targets: list[_Said] = []
    for each in said:
        refused = without(getattr(each.limit, "none_of", ()), wanted.languages)
        targets += [each._replace(limit=Languages(none_of=refused))] if refused else []
    if wanted.languages:
        targets.append(_Said(Languages(any_of=wanted.languages), _lasts(said)))
    return targets


def _genres(said: Sequence[_Said], now: Controls, wanted: Controls) -> list[_Said]:
    """Each new refusal is a limit of its own, so that it can be taken back alone."""
    same = (now.genres, now.every_genre) == (wanted.genres, wanted.every_genre)
    targets = [part for each in said for part in _kept_genres(each, wanted.never, demand=same)]
    if wanted.genres and not same:
        demand = "all_of" if wanted.every_genre else "any_of"
        demanded = [s for s in said if isinstance(s.limit, Genres) and groups_of([s.limit])]
        limit = Genres.model_validate({demand: wanted.genres})
        targets.append(_Said(limit, _lasts(demanded)))
    new = without(wanted.never, now.never)
    return [*targets, *(_Said(Genres(none_of=(name,)), lasting=True) for name in new)]


def _kept_genres(said: _Said, never: Sequence[str], *, demand: bool) -> list[_Said]:
    """What stays of a limit on genres: the names still refused, and with ``demand`` the others."""
    limit = said.limit
    assert isinstance(limit, Genres)  # noqa: S101 - the caller chose by kind
    refused = tuple(name for name in limit.none_of if fold(name) in never)
    if demand and refused == limit.none_of:
        return [said]
    parts = [limit.model_copy(update={"none_of": ()})] if demand and groups_of([limit]) else []
    parts += [Genres(none_of=refused)] if refused else []
    return [said._replace(limit=part) for part in parts]


def _content(said: Sequence[_Said], now: Controls, wanted: Controls) -> list[_Said]:
    targets: list[_Said] = []
    for each in said:
        names = getattr(each.limit, "none_of", ())
        kept = tuple(name for name in names if fold(name) in wanted.spared)
        targets += [each._replace(limit=Content(none_of=kept))] if kept else []
    new = without(wanted.spared, now.spared)
    return [*targets, *(_Said(Content(none_of=(name,)), lasting=False) for name in new)]


def _lasts(said: Iterable[_Said]) -> bool:
    return any(each.lasting for each in said)


_SHOWN: dict[type[BaseLimit], tuple[str, ...]] = {
    Years: ("earliest", "latest"),
    Runtime: ("shortest", "longest"),
    Languages: ("languages",),
    Genres: ("genres", "every_genre", "never"),
    Age: ("youngest",),
    Content: ("spared",),
}
"""Which controls show which kind of limit."""

_TARGETS = {
    Years: _years,
    Runtime: _runtime,
    Languages: _languages,
    Genres: _genres,
    Age: _age,
    Content: _content,
}
"""All limits of a kind that a profile has once the controls show what is wanted."""
