"""Whether the message backs a limit of a model's plan: its numbers and names have to be there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ....ingest.item import fold
from ....ingest.language import language_name
from ...edits import LimitEdit, Wish
from ..reading.genre_kinds import KINDS
from .plan_evidence import Evidence, latin, plain
from .plan_matters import limit_matters
from .plan_ruled import in_tables

_ENDS = ("earliest", "latest", "shortest", "longest", "youngest")
_LANGUAGE_STEM = 4
"""Letters of a language's name that its other forms share."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_ABROAD = re.compile(r"\b(?:foreign|subtitl\w*|dubbed)\b")


@dataclass(frozen=True)
class Bound:
    """Judges limits; ``agreed`` has what the builtin reading speaks of, ``year`` is now."""

    evidence: Evidence
    agreed: frozenset[str]
    year: int

    def backed(self, edit: LimitEdit) -> LimitEdit | Wish | None:
        """The limit without the names that nothing backs, or None.

        A genre that the message doesn't name, only gathered from other words ("spooky"), is
        wished for or avoided: what is never broken silently has to be said outright.
        """
        limit: Any = edit.limit
        if self.agreed.issuperset(limit_matters(limit)):
            return edit
        if limit.limit in ("years", "runtime", "age", "ratings"):
            return edit if self._numbers(limit) else None
        if limit.limit == "genres":
            return self._named(edit, self._genre) or self._gathered(edit)
        named = {
            "people": self._person(edit),
            "languages": self._language(edit),
            "subjects": self._subject,
        }.get(limit.limit)
        return self._named(edit, named) if named else edit

    def _subject(self, name: str) -> bool:
        return self.evidence.names(name) or (not self.evidence.ruled and plain(name))

    def _numbers(self, limit: Any) -> bool:
        """Whether a bound's numbers were said; other languages write them in their own words."""
        if not self.evidence.ruled:
            return True
        if limit.limit == "ratings":
            return self.evidence.names(limit.any_of[-1])
        bounds = [getattr(limit, name, None) for name in _ENDS]
        years = getattr(limit, "none_of", ())[:1]
        return any(self._said(bound) for bound in (*bounds, *years) if bound is not None)

    def _said(self, bound: int) -> bool:
        """A number as it was said, the end of its decade, or years back from now."""
        ends_decade = bound % 10 == 9 and self.evidence.number(bound - 9, 0)
        ago = bound > 1900 and self.evidence.number(self.year - bound)
        return self.evidence.number(bound) or ends_decade or ago

    def _named(self, edit: LimitEdit, named: Callable[[str], bool]) -> LimitEdit | None:
        """A limit with the names that are backed; None when there are none."""
        limit: Any = edit.limit
        kept = {
            field: tuple(name for name in getattr(limit, field) if named(name))
            for field in ("all_of", "any_of", "none_of")
            if hasattr(limit, field)
        }
        if not any(kept.values()):
            return None
        return edit.model_copy(update={"limit": limit.model_copy(update=kept)})

    def _genre(self, name: str) -> bool:
        evidence = self.evidence
        if f"genre:{fold(name)}" in self.agreed or evidence.names(name) or not evidence.ruled:
            return True
        kinds = [kind for kind in KINDS if any(fold(name) in group for group in kind.names)]
        rules = (rf"(?<![\w'-])(?:{kind.pattern})(?!\w)" for kind in kinds)
        return any(re.search(rule, evidence.flat) for rule in rules)

    @staticmethod
    def _gathered(edit: LimitEdit) -> Wish:
        limit: Any = edit.limit
        unwanted = not (limit.all_of or limit.any_of)
        genres = limit.none_of if unwanted else (*limit.all_of, *limit.any_of)
        text = " or ".join(genres).lower()
        return Wish(text=text, avoid=unwanted, genres=genres, embed=False, words=edit.words)

    def _person(self, edit: LimitEdit) -> Callable[[str], bool]:
        return lambda name: names_person(name, edit.words, self.evidence, self.agreed)

    def _language(self, edit: LimitEdit) -> Callable[[str], bool]:
        # "Auf Deutsch" in the middle of English: no name that the rules know, but a name.
        strange = any(not in_tables(word) for word in _WORD.findall(edit.words.lower()))
        return lambda code: strange or self._language_named(code)

    def _language_named(self, code: str) -> bool:
        if f"language:{code}" in self.agreed or not self.evidence.ruled:
            return True
        stem = language_name(code)[:_LANGUAGE_STEM].lower()
        abroad = code == "en" and _ABROAD.search(self.evidence.flat) is not None
        return abroad or stem in self.evidence.flat


def names_person(name: str, words: str, evidence: Evidence, agreed: frozenset[str]) -> bool:
    """Whether somebody is named: in full, by surname, or in a script of other letters."""
    surname = name.rsplit(maxsplit=1)[-1] if name.strip() else name
    if f"person:{fold(name)}" in agreed or evidence.names(name) or evidence.names(surname):
        return True
    return plain(name) and not latin(words)
