"""Everybody of a catalogue, and by which names they are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Self

from pydantic import BaseModel

from .derived import Deriving, derived
from .everyday import EVERYDAY, lower_case_words
from .item import Item, fold
from .near_names import NearNames
from .person_match import FULL, GIVEN, SURNAME, PersonMatch
from .person_names import SUFFIXES, PersonWord, parts_of, surname_of

_KIN = frozenset({"brothers", "bros", "sisters", "siblings"})
# Names shorter than this are never taken for misspelt ones.
SHORTEST_MISSPELT = 6


class KeptPeople(BaseModel):
    """What a register holds, as JSON has it: everyday words, who took part in which item.

    ``people`` has everybody's number of items and whether one was directed; the others are what
    a register derives of the names.
    """

    everyday: list[str]
    credits: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    people: dict[str, tuple[int, bool]]
    full: dict[str, list[str]]
    surnames: dict[str, list[str]]
    given: dict[str, str]
    duos: list[str]
    spellings: dict[str, list[tuple[str, float]]]


class PeopleRegister(Deriving):
    """Names of directors and cast; everyday words are learnt from the texts of the first items."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        super().__init__()
        counts, every = lower_case_words(items)
        self.everyday = EVERYDAY | {word for word, count in counts.items() if count >= 2}
        self._credits: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self.upsert(every)

    def upsert(self, items: Iterable[Item]) -> None:
        """Add items or replace those with the same id."""
        with self.changing():
            self._credits.update((item.id, (item.directors, item.cast)) for item in items)

    def delete(self, ids: Collection[str]) -> None:
        """Forget items; unknown ids are passed over."""
        with self.changing():
            for item_id in ids:
                self._credits.pop(item_id, None)

    def kept(self) -> KeptPeople:
        """Everything that `restored` makes the same register of."""
        with self.lock:
            return KeptPeople.model_construct(
                everyday=[*self.everyday - EVERYDAY],
                credits=self._credits,
                people={name: (p.films, p.director) for name, p in self._people.items()},
                full=self._full,
                surnames=self._surnames,
                given=self._given,
                duos=[*self._duos],
                spellings=self.spellings,
            )

    @classmethod
    def restored(cls, kept: KeptPeople) -> Self:
        """A register of what `kept` told, without reading any name."""
        made = cls()
        made.everyday = EVERYDAY.union(kept.everyday)
        made._credits = kept.credits
        people = {n: PersonMatch(n, FULL, True, *counted) for n, counted in kept.people.items()}
        # A derived property is computed unless its value is there.
        known = {"_people": people, "_duos": {*kept.duos}, "spellings": kept.spellings}
        names = {"_full": kept.full, "_surnames": kept.surnames, "_given": kept.given}
        made.__dict__.update(known, **names)
        return made

    @derived
    def _people(self) -> dict[str, PersonMatch]:
        """Everybody by the commonest way of writing the name, with a score of 100."""
        written = Counter(chain.from_iterable(self._credited()))
        folded = {name: fold(name) for name in written}
        films = Counter(chain.from_iterable({folded[n] for n in ns} for ns in self._credited()))
        directing = {folded[name] for names, _ in self._credits.values() for name in names}
        commonest: dict[str, str] = {}
        for name, key in folded.items():
            known = commonest.setdefault(key, name)
            commonest[key] = min(known, name, key=lambda n: (-written[n], n))
        return {
            name: PersonMatch(name, FULL, True, films[key], key in directing)
            for key, name in commonest.items()
        }

    def _credited(self) -> Iterator[Iterable[str]]:
        """Everybody of an item once, item by item."""
        return (dict.fromkeys((*names, *cast)) for names, cast in self._credits.values())

    @derived
    def _full(self) -> dict[str, list[str]]:
        """Names by full name without blanks; middle names and suffixes may be left out."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._people:
            parts = parts_of(name)
            bare = [part for part in parts if part not in SUFFIXES] or parts
            for form in ({tuple(parts), tuple(bare), (bare[0], *surname_of(bare))}) if bare else ():
                if len(form) > 1 or len(bare) == 1:
                    found["".join(form)].append(name)
        return dict(found)

    @derived
    def _surnames(self) -> dict[str, list[str]]:
        """Names by surname without blanks: with its particle, without it, and double names."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._people:
            bare = [part for part in parts_of(name) if part not in SUFFIXES]
            forms = {"".join(surname_of(bare)), bare[-1]} if len(bare) > 1 else set()
            double = fold(name.split()[-1]).replace(" ", "")
            for form in forms | ({double} if forms and "-" in name.split()[-1] else set()):
                found[form].append(name)
        return dict(found)

    @derived
    def _given(self) -> dict[str, str]:
        """Names by a given name that only one person has: "Keanu"."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._people:
            parts = parts_of(name)
            if len(parts) > 1 and len(parts[0]) > 4 and parts[0] not in self.everyday:
                found[parts[0]].append(name)
        return {
            given: names[0]
            for given, names in found.items()
            if len(names) == 1 and given not in self._surnames
        }

    @derived
    def _duos(self) -> set[str]:
        """Directors who share a film and a surname with another one."""
        found: set[str] = set()
        for directors, _ in self._credits.values():
            if len(directors) < 2:
                continue
            last = {name: "".join(parts_of(name)[-1:]) for name in directors}
            shared = Counter(last.values())
            found.update(name for name in directors if shared[last[name]] > 1)
        return found

    @derived
    def spellings(self) -> dict[str, list[tuple[str, float]]]:
        """Names and scores per folded full name and surname, where long enough to be misspelt."""
        found: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for name in self._people:
            full = " ".join(parts_of(name))
            if len(full) >= 8:
                found[full].append((name, FULL))
        for surname, names in self._surnames.items():
            if len(surname) >= SHORTEST_MISSPELT:
                found[surname].extend((name, SURNAME) for name in names)
        return dict(found)

    @derived
    def near_names(self) -> NearNames:
        """The keys of `spellings`, to be found misspelt."""
        return NearNames(self.spellings)

    def exactly(self, words: Sequence[PersonWord]) -> tuple[list[PersonMatch], bool]:
        """People with this name, and whether all of them are meant together."""
        if not words:
            return [], False
        key = "".join(word.first for word in words)
        if full := self._full.get(key):
            return self.matches(full, FULL), False
        family = self._family(words, key)
        if family:
            return self.matches(family, SURNAME), True
        if surnamed := self._surnames.get(key):
            return self.matches(surnamed, SURNAME), False
        if given := self._given.get(key):
            return self.matches([given], GIVEN), False
        return [], False

    def _family(self, words: Sequence[PersonWord], key: str) -> list[str]:
        """Everybody meant by a surname in the plural or with "brothers"."""
        if len(words) > 1 and words[-1].first in _KIN:
            surname = "".join(word.first for word in words[:-1])
            names = self._surnames.get(surname) or self._surnames.get(surname.removesuffix("s"), [])
            return self._kin(names)
        plural = key.endswith("s") and key not in self._surnames and "'" not in words[-1].text
        names = self._kin(self._surnames.get(key[:-1], [])) if plural else []
        return names if len(names) > 1 else []

    def _kin(self, names: Sequence[str]) -> list[str]:
        """Of people who share a surname, those who direct together, else all."""
        return [name for name in names if name in self._duos] or list(names)

    def matches(self, names: Iterable[str], score: float, exact: bool = True) -> list[PersonMatch]:
        """People as matches, whoever has most items first; names that are gone are left out."""
        people = self._people
        known = (people[name] for name in dict.fromkeys(names) if name in people)
        found = [PersonMatch(p.name, score, exact, p.films, p.director) for p in known]
        return sorted(found, key=lambda match: (-match.films, match.name))
