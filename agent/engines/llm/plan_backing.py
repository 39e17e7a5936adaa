"""Whether the message backs what a model's plan says; what nothing backs was invented.

An edit is believed when it quotes the message, or when what it names stands there. It comes back
with the words as the user wrote them, without the parts that nothing backs, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ....ingest.catalogue import Catalogue
from ....ingest.item import fold
from ...edits import (
    Anchor,
    AnchorPart,
    Attitude,
    Edit,
    Forget,
    LimitEdit,
    Nudge,
    Reset,
    Undo,
    Weigh,
    Wish,
)
from ...plan import Tell, TurnPlan
from ..base import Turn
from .plan_bounds import Bound, names_person
from .plan_doubts import Doubts
from .plan_evidence import Evidence, plain
from .plan_matters import items_of, matters_of, names_in, refs_in
from .plan_pointing import Pointing

JOINT = " … "
"""Stands between the quotes of an anchor's parts."""
_SPREAD = 160
"""Characters that the parts of an anchor may lie apart to be quoted as one."""

_SHORT_TEXT = 8
"""Words of a wish that may well be a paraphrase of fewer."""
_OF_THE_USER = re.compile(
    r"\b(?:users?|viewers?|the person|(?:they|he|she) (?:wants?|is|are|likes?|prefers?)"
    r"|wants? to)\b",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\b(?:guy|man|woman|person|people|one|director|maker|somebody|someone|whoever)s?"
    r" (?:(?:who|that) )?(?:made|makes|did|directed|directs|behind|of)\b"
)
_TAKES_BACK = re.compile(
    r"\b(?:undo|undid|revert|take (?:that|it|this)? ?back|scratch that|cancel that"
    r"|never ?mind|nvm|ignore (?:that|what i)|disregard|changed my mind|oops|not what i meant"
    r"|annule\w*|retour|ruckgangig|zuruck|deshaz\w*|deshacer|annulla\w*|ongedaan|desfa\w+)\b"
)
_STARTS_OVER = re.compile(
    r"\b(?:start (?:over|again|afresh|anew|fresh|from scratch)|from scratch|reset|clean slate"
    r"|begin again|new search|forget (?:everything|all|it all|what i)|clear (?:everything|all|my)"
    r"|wipe|delete (?:everything|all|my)|recommence\w*|zero|von vorne?|neu anfangen|empez\w+"
    r"|ricominci\w*|opnieuw|recomec\w+|oublie tout|vergiss alles|olvida todo)\b"
)
_FORGETS = re.compile(
    r"\b(?:forget|drop|remove|lift|lose|ignore|delete|scrap|scratch|never ?mind|no longer|not any"
    r" ?more|doesn't matter|don't care|take back|without the|oublie\w*|vergiss|olvida\w*"
    r"|dimentica\w*|vergeet|esquec\w+)\b"
)
_COMPARES = re.compile(r"\b(?:more|less|too|enough|fewer|bit|tad|not (?:as|so|that|quite))\b|er\b")
_WEIGHS = {
    "mood": r"\b(?:moods?|feel\w*|atmospher\w*|tone|vibes?)\b",
    "plot": r"\b(?:plots?|stor(?:y|ies)|what happens|narrative)\b",
    "audience": r"\b(?:audience|who(?:'s| is| it's| it is)* (?:watching|for)|company|viewers?)\b",
}


@dataclass(frozen=True)
class Backing:
    """What backs the plans of one turn: the message, the lists shown, the builtin reading."""

    turn: Turn
    catalogue: Catalogue
    evidence: Evidence
    builtin: TurnPlan

    @cached_property
    def pointing(self) -> Pointing:
        """Judges references to films."""
        said = items_of(self.builtin, self.turn, self.catalogue)
        words = tuple(edit.words for edit in self.builtin.edits if refs_in(edit))
        asked = [""] * any(isinstance(act, Tell) for act in self.builtin.acts)
        return Pointing(self.turn, self.catalogue, self.evidence, said, (*words, *asked))

    @cached_property
    def doubts(self) -> Doubts:
        """Where the builtin reading only guessed."""
        return Doubts(self.turn, self.catalogue, self.evidence, self.builtin)

    @cached_property
    def _agreed(self) -> frozenset[str]:
        """What the builtin reading speaks of, and who made a film that somebody is named by."""
        edits = self.builtin.edits
        spoken = {m for e in edits for m in matters_of(e, self.turn, self.catalogue)}
        made = self._makers() if _MADE.search(self.evidence.flat) else ()
        return frozenset({*spoken, *made})

    def _makers(self) -> Iterator[str]:
        """Who directed the films of the message: "the guy who made Whiplash"."""
        items = self.catalogue.get(items_of(self.builtin, self.turn, self.catalogue))
        return (f"person:{fold(who)}" for item in items.values() for who in item.directors)

    def backed(self, edit: Edit) -> Edit | None:
        """The edit with the user's own words, or None when nothing in the message backs it."""
        check = _CHECKS[type(edit)]
        return check(self, edit)

    def _quoted(self, edit: Edit, *named: str) -> str | None:
        """The user's words for an edit: what it quotes, else a name that stands in the message."""
        for words in (edit.words, *named):
            found = self.evidence.quote(words)
            if found is not None:
                return found
        return None

    def _attitude(self, edit: Attitude) -> Edit | None:
        item = self.pointing.backed(edit.item, edit.words)
        if item is None:
            return None
        # "Is it scary?" points at a film and says nothing of what somebody thinks of it.
        words = self._quoted(edit, item.title or "", item.person or "")
        return edit.model_copy(update={"item": item, "words": words}) if words else None

    def _anchor(self, edit: Anchor) -> Edit | None:
        parts: list[AnchorPart] = []
        for part in edit.parts:
            item = self.pointing.backed(part.item, edit.words.replace(JOINT, " "))
            if item is not None:
                parts.append(part.model_copy(update={"item": item}))
        if not parts:
            return None
        words = self._spanned([*edit.words.split(JOINT), *(p.item.title or "" for p in parts)])
        return edit.model_copy(update={"parts": tuple(parts), "words": words}) if words else None

    def _spanned(self, quotes: list[str]) -> str:
        """From the first of several quotes to the last where they are near; else the first."""
        places = [place for each in quotes if (place := self.evidence.place(each)) is not None]
        if not places:
            return ""
        start, end = min(p[0] for p in places), max(p[1] for p in places)
        start, end = (start, end) if end - start <= _SPREAD else places[0]
        return self.evidence.message[start:end].strip()

    def _wish(self, edit: Wish) -> Edit | None:
        named = (*edit.genres, *edit.people, *edit.moods)
        words = self._quoted(edit, edit.text, *named)
        if words is None:
            return None
        people = tuple(
            person
            for person in edit.people
            if names_person(person, words, self.evidence, self._agreed)
        )
        if edit.people and not people and not (edit.genres or edit.moods):
            return None
        # A paraphrase that was read as nothing may be anything; the user's words are not.
        read = edit.genres or edit.moods or people or not self.evidence.ruled
        said = self.evidence.place(edit.text) is not None
        kept = (said or (read and plain(edit.text))) and not _talks_about(edit.text, words)
        text = edit.text if kept else words
        return edit.model_copy(update={"people": people, "words": words, "text": text})

    def _limit(self, edit: LimitEdit) -> Edit | None:
        limit = edit.limit
        words = self._quoted(edit, *names_in(limit))
        if words is None:
            return None
        quoted = edit.model_copy(update={"words": words})
        return Bound(self.evidence, self._agreed, self.turn.year).backed(quoted)

    def _nudge(self, edit: Nudge) -> Edit | None:
        words = self._quoted(edit)
        agreed = f"more:{edit.quality}" in self._agreed
        compares = not self.evidence.ruled or _COMPARES.search((words or "").lower()) is not None
        if words is None or not (agreed or compares):
            return None
        than = self.pointing.backed(edit.than, edit.words) if edit.than else None
        return edit.model_copy(update={"words": words, "than": than})

    def _weigh(self, edit: Weigh) -> Edit | None:
        words = self._quoted(edit)
        named = re.search(_WEIGHS[edit.dimension], self.evidence.flat)
        backed = words is not None and (named or not self.evidence.ruled)
        return edit.model_copy(update={"words": words}) if backed else None

    def _undo(self, edit: Undo | Reset | Forget) -> Edit | None:
        """Taking back is believed only where the message says so: it costs the user most."""
        flat = self.evidence.flat
        rule = {"undo": _TAKES_BACK, "reset": _STARTS_OVER, "forget": _FORGETS}[edit.edit]
        found = rule.search(flat)
        if found is None and edit.edit not in self._agreed:
            return None
        said = self.evidence.message[slice(*found.span())] if found else ""
        if isinstance(edit, Forget):
            about = self.evidence.quote(edit.about)
            return edit.model_copy(update={"words": about}) if about else None
        return edit.model_copy(update={"words": self._quoted(edit) or said})


def _talks_about(text: str, words: str) -> bool:
    """Whether a wish tells about the person who wishes, at length, instead of saying it."""
    longer = len(text.split()) > max(_SHORT_TEXT, 2 * len(words.split()))
    return longer or _OF_THE_USER.search(text) is not None


_CHECKS: dict[type[Any], Callable[..., Edit | None]] = {
    Attitude: Backing._attitude,
    Anchor: Backing._anchor,
    Wish: Backing._wish,
    LimitEdit: Backing._limit,
    Nudge: Backing._nudge,
    Weigh: Backing._weigh,
    Undo: Backing._undo,
    Reset: Backing._undo,
    Forget: Backing._undo,
}
