"""What answers a message, once the edits are settled: acts that make sense, the rest repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...edits import Anchor, Attitude, Edit, Forget, LimitEdit, Nudge, Reset, Undo, Weigh, Wish
from ...plan import Act, Ask, Chat, Recommend, ShowAgain, Tell, TurnPlan
from ..reading.planning import OPENING_QUESTION
from .plan_backing import Backing
from .plan_doubts import loose

_USUAL = Recommend().count
_ASKS = re.compile(
    r"[?？]|^\W*(?:and |so |but |ok |hmm+ )*(?:what|who|how|when|where|why|which|is|are|was|does|do"
    r"|did|can|could|will|would|tell|has|have|any)\b"
)
_COURTESIES = frozenset(
    {"greeting", "thanks", "goodbye", "help", "who", "profile", "accepted", "aside"}
)
"""What the rules only hear where it was said."""


@dataclass(frozen=True)
class Settling:
    """Settles the acts of one turn.

    ``edits`` are the settled ones.
    """

    backing: Backing
    edits: tuple[Edit, ...]

    def acts(self, plan: TurnPlan) -> tuple[Act, ...]:
        """The acts that answer: the model's as far as they make sense, else the builtin ones."""
        said = tuple(dict.fromkeys(act for each in plan.acts for act in self._mended(each)))
        if self.backing.evidence.ruled:
            said = self._ruled(said)
        return self._completed(said) or self.backing.builtin.acts

    # --- one act ------------------------------------------------------------------------------

    def _mended(self, act: Act) -> Iterator[Act]:
        if isinstance(act, Recommend):
            yield Recommend(count=self._count(act.count))
        elif isinstance(act, ShowAgain):
            yield act if self._shown else Recommend()
        elif isinstance(act, Tell):
            yield from self._told(act)
        elif not (isinstance(act, Chat) and act.about == "danger"):
            yield act

    @property
    def _shown(self) -> bool:
        return bool(self.backing.turn.shown)

    def _count(self, count: int) -> int:
        """How many films: a number has to be said, and the rules read it where they can."""
        builtin = next((a for a in self.backing.builtin.acts if isinstance(a, Recommend)), None)
        if builtin is not None and builtin.count != _USUAL:
            return builtin.count
        said = self.backing.evidence.number(count, 0)
        return count if said or (count == 1 and not self.backing.evidence.ruled) else _USUAL

    def _told(self, tell: Tell) -> Iterator[Act]:
        """A question on items that are meant; on the whole list where none is named."""
        words = self.backing.evidence.message
        pointing = self.backing.pointing
        found = [pointing.backed(ref, words) or pointing.recognised(ref) for ref in tell.items]
        items = tuple(dict.fromkeys(ref for ref in found if ref is not None))
        several = len(items) > 1 or (not items and self._shown)
        topic = "any" if tell.topic == "compare" and not several else tell.topic
        compare = tell.compare if several else None
        if items or (not tell.items and self._shown):
            yield tell.model_copy(update={"items": items, "topic": topic, "compare": compare})

    # --- against the builtin reading ----------------------------------------------------------

    def _ruled(self, said: tuple[Act, ...]) -> tuple[Act, ...]:
        """The model's acts, set right where the rules are sure of theirs."""
        builtin = self.backing.builtin.acts
        if _answers(builtin):
            return self._answered(said)
        if _answers(said) and self._no_question():
            said = tuple(act for act in said if not isinstance(act, (Tell, ShowAgain)))
        courtesy = [a for a in builtin if isinstance(a, Chat) and a.about in _COURTESIES]
        if courtesy and not self._own and not _answers(said):
            return _in_own_words(builtin, said)
        wants = any(isinstance(act, Recommend) for act in builtin)
        if wants and not _answers(said):
            # A small model asks back at every turn; what can be answered is.
            asked = tuple(act for act in builtin if isinstance(act, Ask))[:1]
            return (*_only_recommend(said, builtin), *asked)
        return said

    def _answered(self, said: tuple[Act, ...]) -> tuple[Act, ...]:
        """The builtin answer to a question, but for what the rules left open of it."""
        doubts, builtin = self.backing.doubts, self.backing.builtin.acts
        if doubts.only_asked and doubts.films_asked and any(map(_lists, said)):
            return tuple(act for act in said if _lists(act))
        return tuple(doubts.topic(act, said) for act in builtin)

    @property
    def _own(self) -> list[Edit]:
        """What the model found beyond the builtin reading."""
        return [edit for edit in self.edits if edit not in self.backing.builtin.edits]

    def _no_question(self) -> bool:
        """Whether the rules found wishes and nothing is asked."""
        described = self.backing.pointing.describes
        asks = described or _ASKS.search(self.backing.evidence.flat) is not None
        read = not all(map(loose, self.backing.builtin.edits)) or not self.backing.builtin.unread
        return not asks and read and any(map(_lists, self.backing.builtin.acts))

    # --- with the edits -----------------------------------------------------------------------

    def _completed(self, said: tuple[Act, ...]) -> tuple[Act, ...]:
        """With a list where the edits call for one, and one thing said at most."""
        if any(isinstance(edit, Reset) for edit in self.edits):
            return self._after_reset(said)
        if self._calls_for_list() and not any(isinstance(act, _REPLIES) for act in said):
            said = (*(a for a in said if not _beside_the_point(a)), Recommend())
        elif self.edits and not said:
            said = (Chat(about="noted"),)
        chats = [act for act in said if isinstance(act, Chat)][1:]
        return tuple(act for act in said if act not in chats)

    def _after_reset(self, said: Sequence[Act]) -> tuple[Act, ...]:
        if any(isinstance(act, Recommend) for act in said) and self._calls_for_list():
            return tuple(act for act in said if isinstance(act, Recommend))[:1]
        return (Chat(about="noted"), Ask(question=OPENING_QUESTION))

    def _calls_for_list(self) -> bool:
        """Whether an edit changes what to show; a choice from the list shown does not."""
        return any(
            isinstance(edit, (Wish, LimitEdit, Anchor, Nudge))
            or (isinstance(edit, Attitude) and not (edit.feeling == "interested" and self._shown))
            or (isinstance(edit, (Undo, Forget, Weigh)) and self._shown)
            for edit in self.edits
        )


_REPLIES = (Recommend, Tell, ShowAgain, Ask)


def _answers(acts: Sequence[Act]) -> bool:
    return any(isinstance(act, (Tell, ShowAgain)) for act in acts)


def _lists(act: Act) -> bool:
    return isinstance(act, Recommend)


def _beside_the_point(act: Act) -> bool:
    return isinstance(act, Chat) and act.about not in ("greeting", "thanks")


def _only_recommend(said: Sequence[Act], builtin: Sequence[Act]) -> tuple[Act, ...]:
    """A list, with the model's greeting before it if there is one."""
    kind = [act for act in said if isinstance(act, Chat) and not _beside_the_point(act)][:1]
    lists = [act for act in (*said, *builtin) if isinstance(act, Recommend)][:1]
    return (*kind, *lists)


def _in_own_words(builtin: Sequence[Act], said: Sequence[Act]) -> tuple[Act, ...]:
    """The builtin acts, with the model's sentence where it says the same."""
    own = {act.about: act for act in said if isinstance(act, Chat) and act.say}
    return tuple(own.get(a.about, a) if isinstance(a, Chat) else a for a in builtin)
