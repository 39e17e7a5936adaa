"""Where the rules only guessed at what they read, so that a model's reading of it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ....ingest.catalogue import Catalogue
from ....ingest.item import fold
from ....ingest.limits import Runtime
from ...edits import Anchor, Attitude, Edit, LimitEdit, Wish
from ...plan import Act, Tell, TurnPlan
from ..base import Turn
from .plan_evidence import Evidence
from .plan_matters import PLAIN_FEELINGS, limit_matters, matters_of, typed

SURE = 1.0
"""The strength of a wish that a rule found by its form; what was left over has less."""

_OTHERS = re.compile(
    r"\b(?:he|she|they|everyone|everybody|people|critics|(?:my|his|her|our|their|the|your)"
    r" [\w'-]+(?: [\w'-]+)?)(?: \w+ly| also| just| always| once| all| both| so)*\s*$"
)
"""Somebody else, right before what they feel."""
_INTEREST = re.compile(
    r"\b(?:sounds?|looks?|take|going|go|watch\w*|interest\w*|curious|intrigu\w*|try|tempt\w*|pick"
    r"|choose|chose|that's it|it is|this one|perfect|deal|yes|ok|okay|sold|want|fits?|maybe|tell"
    r"|about|how|what|why|who|when|where|is|does|more|like)\b|[?#\d]"
)
_SAYS: dict[str, re.Pattern[str]] = {
    "loved": re.compile(r"\b(?:lov\w+|ador\w+|fav\w*|best|amazing|obsessed|great)\b"),
    "liked": re.compile(r"\b(?:lik\w+|lov\w+|enjoy\w*|good|great|nice|lovely|fun|ador\w+|fine)\b"),
    "disliked": re.compile(
        r"\b(?:hat\w+|dislik\w+|bor\w+|awful|terribl\w+|bad|worst|dull|can't stand|couldn't stand"
        r"|overrated|rubbish|crap\w*|suck\w*|lame|(?:didn't|don't|not) (?:\w+ )?lik\w+)\b"
    ),
    "seen": re.compile(r"\b(?:seen|saw|watched|know)\b"),
    "not_tonight": re.compile(r"\b(?:too|not|no|skip|pass|nah|meh|never|less)\b|n't\b"),
}
_ABOUT = re.compile(r"\b(?:about|around|roughly|approximately|\w+ish|or so|ca)\b|~")
_INTRODUCED = re.compile(
    r"(?:^|[.,;:!?()\n–—\"“]|\b(?:an?|the|some|any|no|with|without|about|on|in|of|for|from|and|or"
    r"|but|not|more|less|like|than|set|to|at|by|plus|want|need|love|something|anything|only|just"
    r"|maybe|also|have|has|i'd|featuring|involving|films?|movies?|\w+ing|lov\w+|likes?|enjoys?|into"
    r"|adores?|good|great|nice|decent|proper|best|old|new|real|my|his|her|their|our)|&)\s*$"
)
_OF_FILMS = re.compile(r"\s+(?:films?|movies?|flicks?|stuff|stor(?:y|ies)|things?|ones?|types?)\b")
_FILMS_ASKED = re.compile(
    r"\banything (?:else |other )?(?:by|from|like|similar)\b"
    r"|\bother (?:films?|movies?|stuff|work)\b"
    r"|\bwhat else (?:has|did|have|is there)\b|\bdid anything else\b|\bmore (?:films|movies|by)\b"
)
_QUESTION = re.compile(
    r"\?|^\W*(?:and |so |but |ok |hmm* )*(?:what|who|how|when|where|why|which|is|are|was|does|do"
    r"|did|can|could|will|would|has|have)\b"
)
_SENTENCE = re.compile(r"[^.!?\n]*[.!?]*")


def loose(edit: Edit) -> bool:
    """Whether a builtin edit is only words that no rule could read, to be searched for."""
    return isinstance(edit, Wish) and not typed(edit) and edit.strength < SURE


def _same(edit: Edit, other: Edit) -> bool:
    feel = isinstance(edit, Attitude) and isinstance(other, Attitude)
    return feel and (edit.item, edit.feeling) == (other.item, other.feeling)  # type: ignore[union-attr]


def _against(edit: Attitude | Anchor) -> bool:
    if isinstance(edit, Attitude):
        return edit.feeling in ("disliked", "not_tonight")
    return any(part.weight < 0 for part in edit.parts)


@dataclass(frozen=True)
class Doubts:
    """Judges the builtin reading of one turn beside a model's."""

    turn: Turn
    catalogue: Catalogue
    evidence: Evidence
    builtin: TurnPlan

    def sure(self, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """The builtin edits that stand whatever the model's edits say."""
        agreed = [edit for edit in edits if any(_same(edit, each) for each in self.builtin.edits)]
        return tuple(
            edit
            for edit in self.builtin.edits
            if not any(self._gives_way(edit, other) for other in edits if other not in agreed)
        )

    def _gives_way(self, edit: Edit, other: Edit) -> bool:
        if isinstance(edit, LimitEdit) and isinstance(other, LimitEdit):
            return self._bare_length(edit.limit, other.limit)
        if not isinstance(edit, Attitude) or not isinstance(other, (Attitude, Anchor)):
            return False
        shared = self._matters(edit) & self._matters(other)
        return bool(shared) and (self._of_another(edit, other) or self._unfelt(edit, other))

    def _matters(self, edit: Edit) -> frozenset[str]:
        return matters_of(edit, self.turn, self.catalogue)

    def _of_another(self, edit: Attitude, other: Attitude | Anchor) -> bool:
        """Whether the rules took what somebody else loves for the user's own: "my ex loved it"."""
        return edit.feeling == "loved" and _against(other) and self._of_others(edit)

    def _unfelt(self, edit: Attitude, other: Attitude | Anchor) -> bool:
        """Whether the rules only saw a film named, and the model what is said of it."""
        if edit.feeling in PLAIN_FEELINGS or not isinstance(other, Attitude):
            return False
        says = _SAYS.get(other.feeling)
        if says is not None and says.search(other.words.lower()):
            return not self._of_others(edit)
        title = fold(edit.item.title or "")
        named = edit.feeling == "interested" and fold(edit.words) == title != fold(other.words)
        flat = self.evidence.flat
        return named and other.feeling in PLAIN_FEELINGS and not _INTEREST.search(flat)

    def _of_others(self, edit: Attitude) -> bool:
        """Whether somebody else is said to feel it: "my dad has seen it"."""
        place = self.evidence.place(edit.words)
        return place is not None and _OTHERS.search(self.evidence.flat[: place[0]]) is not None

    def _bare_length(self, limit: Any, other: Any) -> bool:
        """Whether a length stands alone, read as "about so long", and the model saw which way."""
        if not (isinstance(limit, Runtime) and isinstance(other, Runtime)):
            return False
        band = limit.shortest is not None and limit.longest is not None
        bounds = [bound for bound in (other.shortest, other.longest) if bound is not None]
        one_sided = len(bounds) == 1 and self.evidence.number(bounds[0])
        return band and one_sided and not _ABOUT.search(self.evidence.flat)

    def misread(self, edit: Edit) -> bool:
        """Whether a model's bound reads a number that the rules read as another: "90s"."""
        if not isinstance(edit, LimitEdit) or edit.limit.limit not in ("years", "runtime", "age"):
            return False
        place = self.evidence.place(edit.words)
        return place is not None and any(
            isinstance(each, LimitEdit)
            and each.limit.limit in ("years", "runtime", "age")
            and not set(limit_matters(each.limit)) & set(limit_matters(edit.limit))
            and self._inside(self.evidence.place(each.words), place)
            for each in self.builtin.edits
        )

    @staticmethod
    def _inside(place: tuple[int, int] | None, other: tuple[int, int]) -> bool:
        """Whether two places are about the same words."""
        if place is None:
            return False
        shared = min(place[1], other[1]) - max(place[0], other[0])
        return 2 * shared > max(place[1] - place[0], other[1] - other[0])

    def stray(self, edit: Edit) -> bool:
        """Whether a builtin wish is one word of something said in passing: "idk man"."""
        if not loose(edit) or len(edit.words.split()) > 1:
            return False
        place = self.evidence.place(edit.words)
        if place is None:
            return False
        before, behind = self.evidence.flat[: place[0]], self.evidence.flat[place[1] :]
        named = _INTRODUCED.search(before) or _OF_FILMS.match(behind)
        return not (named or self._read_to(len(before.rstrip())))

    def _read_to(self, end: int) -> bool:
        """Whether the word that ends here was read by a rule: "funny pirates"."""
        places = [self.evidence.place(e.words) for e in self.builtin.edits if not loose(e)]
        return any(place is not None and place[0] < end <= place[1] for place in places)

    # --- questions ----------------------------------------------------------------------------

    @property
    def only_asked(self) -> bool:
        """Whether the rules heard nothing but a question on films that are known."""
        return bool(self.builtin.acts) and all(isinstance(a, Tell) for a in self.builtin.acts)

    @property
    def films_asked(self) -> bool:
        """Whether what sounds like a question on a film asks for other films."""
        return _FILMS_ASKED.search(self.evidence.flat) is not None

    def asked(self, edit: Edit) -> bool:
        """Whether an edit only rests on the words of a question: "ok for a five year old?"."""
        place = self.evidence.place(edit.words)
        wanted = self.films_asked and not isinstance(edit, Attitude)
        if not self.only_asked or wanted or place is None:
            return False
        sentences = _SENTENCE.finditer(self.evidence.flat)
        within = [m.group() for m in sentences if m.start() <= place[0] < m.end()]
        return any(_QUESTION.search(sentence) for sentence in within)

    def topic(self, act: Act, said: Sequence[Act]) -> Act:
        """A question's topic as the model has it, where the rules found none."""
        if not isinstance(act, Tell) or act.topic != "any":
            return act
        found = [a for a in said if isinstance(a, Tell) and a.topic not in ("any", "compare")]
        return act.model_copy(update={"topic": found[0].topic}) if found else act
