"""Finding people by what others call them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from .derived import Deriving, derived
from .everyday import EVERYDAY, lower_case_words
from .item import Item, fold
from .near_names import NearNames
from .title_places import capitalised

_WORD = re.compile(r"[^\W_](?:[^\W_]|['’`.](?=[^\W\d_]))*")
_PARTICLES = frozenset({
    "de", "del", "della", "di", "da", "van", "von", "der", "la", "le", "du", "st", "bin", "al",
    "el",
})  # fmt: skip
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})
_KIN = frozenset({"brothers", "bros", "sisters", "siblings"})

_FULL, _SURNAME, _GIVEN = 100.0, 90.0, 75.0
# Misspelt names: how many slips are forgiven from which length on, blanks not counted.
_SLIPS = ((12, 3), (8, 2), (6, 1))
_LONGEST = 5
_NEAREST = 10


@dataclass(frozen=True)
class PersonMatch:
    """Somebody that a name may mean.

    ``name`` is written as in the catalogue; ``score`` runs from 0 to 100: 100 for a full name
    (middle names and "Jr." aside), 90 for a surname, 75 for a rare given name, less where it is
    misspelt; ``exact`` means not misspelt. ``films`` counts the items, ``director`` says whether
    one of them was directed.
    """

    name: str
    score: float
    exact: bool
    films: int
    director: bool


@dataclass(frozen=True)
class PersonMention:
    """A place in a text where somebody is named.

    Several ``matches`` that are ``together`` were all meant ("the Coens"); otherwise the name is
    ambiguous. ``capitalised`` as in `moodreel.ingest.titles.Mention`; ``full``: not a surname or
    given name only.
    """

    start: int
    end: int
    text: str
    matches: tuple[PersonMatch, ...]
    capitalised: bool = False
    full: bool = True
    together: bool = False


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int
    first: str


class PeopleIndex(Deriving):
    """Directors and cast of a catalogue, kept in memory."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        super().__init__()
        counts, every = lower_case_words(items)
        self._everyday = EVERYDAY | {word for word, count in counts.items() if count >= 2}
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

    @derived
    def _people(self) -> dict[str, PersonMatch]:
        """Everybody by the commonest way of writing the name, with a score of 100."""
        films: dict[str, int] = defaultdict(int)
        directing: set[str] = set()
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for directors, cast in self._credits.values():
            directing.update(fold(name) for name in directors)
            for name in dict.fromkeys((*directors, *cast)):
                spellings[fold(name)][name] += 1
            for key in {fold(name) for name in (*directors, *cast)}:
                films[key] += 1
        written = {
            key: min(names, key=lambda n: (-names[n], n)) for key, names in spellings.items()
        }
        return {
            name: PersonMatch(name, _FULL, True, films[key], key in directing)
            for key, name in written.items()
        }

    @derived
    def _full(self) -> dict[str, list[str]]:
        """Names by full name without blanks; middle names and suffixes may be left out."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._people:
            parts = _parts(name)
            bare = [part for part in parts if part not in _SUFFIXES] or parts
            for form in ({tuple(parts), tuple(bare), (bare[0], *_surname(bare))}) if bare else ():
                if len(form) > 1 or len(bare) == 1:
                    found["".join(form)].append(name)
        return dict(found)

    @derived
    def _surnames(self) -> dict[str, list[str]]:
        """Names by surname without blanks: with its particle, without it, and double names."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._people:
            bare = [part for part in _parts(name) if part not in _SUFFIXES]
            forms = {"".join(_surname(bare)), bare[-1]} if len(bare) > 1 else set()
            double = fold(name.split()[-1]).replace(" ", "")
            for form in forms | ({double} if forms and "-" in name.split()[-1] else set()):
                found[form].append(name)
        return dict(found)

    @derived
    def _given(self) -> dict[str, str]:
        """Names by a given name that only one person has: "Keanu"."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._people:
            parts = _parts(name)
            if len(parts) > 1 and len(parts[0]) > 4 and parts[0] not in self._everyday:
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
            last = {name: "".join(_parts(name)[-1:]) for name in directors}
            shared = Counter(last.values())
            found.update(name for name in directors if shared[last[name]] > 1)
        return found

    @derived
    def _spellings(self) -> dict[str, list[tuple[str, float]]]:
        """Names and scores per folded full name and surname, where long enough to be misspelt."""
        found: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for name in self._people:
            full = " ".join(_parts(name))
            if len(full) >= 8:
                found[full].append((name, _FULL))
        for surname, names in self._surnames.items():
            if len(surname) >= _SLIPS[-1][0]:
                found[surname].extend((name, _SURNAME) for name in names)
        return dict(found)

    @derived
    def _near_names(self) -> NearNames:
        return NearNames(self._spellings)

    # --- finding by name ----------------------------------------------------------------------

    def find_person(self, name: str, limit: int = 5) -> list[PersonMatch]:
        """People that a name may mean, best first: full names, surnames, misspelt ones.

        "the Coens" and "Coen brothers" give everybody of that surname. A surname that several
        people share gives all of them, whoever has most items first.
        """
        words = _words(name)
        article = len(words) > 1 and words[0].first == "the"
        words = words[1:] if article else words
        found, together = self._exactly(words)
        if article and not together and words[0].first in self._everyday:
            return []
        return (found or self._misspelt(words))[:limit]

    def _exactly(self, words: Sequence[_Word]) -> tuple[list[PersonMatch], bool]:
        """People with this name, and whether all of them are meant together."""
        if not words:
            return [], False
        key = "".join(word.first for word in words)
        if full := self._full.get(key):
            return self._matches(full, _FULL), False
        family = self._family(words, key)
        if family:
            return self._matches(family, _SURNAME), True
        if surnamed := self._surnames.get(key):
            return self._matches(surnamed, _SURNAME), False
        if given := self._given.get(key):
            return self._matches([given], _GIVEN), False
        return [], False

    def _family(self, words: Sequence[_Word], key: str) -> list[str]:
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

    def _matches(self, names: Iterable[str], score: float, exact: bool = True) -> list[PersonMatch]:
        people = self._people
        known = (people[name] for name in dict.fromkeys(names) if name in people)
        found = [PersonMatch(p.name, score, exact, p.films, p.director) for p in known]
        return sorted(found, key=lambda match: (-match.films, match.name))

    def _misspelt(self, words: Sequence[_Word]) -> list[PersonMatch]:
        asked = " ".join(word.first for word in words)
        length = len(asked.replace(" ", ""))
        slips = next((slips for least, slips in _SLIPS if length >= least), 0)
        if not slips or all(word.first in self._everyday for word in words):
            return []
        best: dict[str, float] = {}
        for found, distance in self._near_names.near(asked, slips, _NEAREST):
            if found[0] != asked[0]:
                continue
            for name, worth in self._spellings.get(found, ()):
                score = round(worth * (1 - distance / max(len(found), len(asked))), 1)
                best[name] = max(score, best.get(name, 0.0))
        matches = [m for name, score in best.items() for m in self._matches([name], score, False)]
        return sorted(matches, key=lambda match: (-match.score, -match.films, match.name))

    # --- finding in free text -----------------------------------------------------------------

    def person_mentions(self, text: str) -> list[PersonMention]:
        """Every place of a text where somebody is named, in order, not overlapping.

        A single name that is also an everyday word ("stone", "lee") counts only with a capital
        that the start of a sentence doesn't explain. Misspelt names are not looked for: offer
        the span of a slot to `find_person`.
        """
        words = _words(text)
        found: list[PersonMention] = []
        first = 0
        while first < len(words):
            mention, behind = self._longest_at(text, words, first)
            if mention is not None:
                found.append(mention)
            first = behind
        return found

    def _longest_at(
        self, text: str, words: list[_Word], first: int
    ) -> tuple[PersonMention | None, int]:
        for behind in range(min(len(words), first + _LONGEST), first, -1):
            chosen = words[first:behind]
            matches, together = self._exactly(chosen)
            owned = not matches and chosen[-1].text[-2:].lower() in ("'s", "’s")
            if owned:
                last = chosen[-1]
                bare = _Word(last.text[:-2], last.start, last.end - 2, last.first[:-1])
                chosen = [*chosen[:-1], bare]
                matches, together = self._exactly(chosen)
            mention = self._mention(text, chosen, matches, together) if matches else None
            if mention is not None:
                return mention, behind
        return None, first + 1

    def _mention(
        self, text: str, words: list[_Word], matches: list[PersonMatch], together: bool
    ) -> PersonMention | None:
        start, end = words[0].start, words[-1].end
        capital = capitalised(text, words)
        full = matches[0].score == _FULL
        doubtful = len(words) == 1 and (words[0].first in self._everyday or len(words[0].first) < 4)
        if (doubtful or matches[0].score == _GIVEN) and not capital:
            return None
        return PersonMention(start, end, text[start:end], tuple(matches), capital, full, together)


def _words(text: str) -> list[_Word]:
    return [
        _Word(m.group(), m.start(), m.end(), fold(m.group().replace(".", "")).replace(" ", ""))
        for m in _WORD.finditer(text)
    ]


def _parts(name: str) -> list[str]:
    return [word.first for word in _words(name)]


def _surname(parts: Sequence[str]) -> tuple[str, ...]:
    """The last name with the particles before it: ``("del", "toro")``."""
    first = len(parts) - 1
    while first > 1 and parts[first - 1] in _PARTICLES:
        first -= 1
    return tuple(parts[first:])
