"""From what a model wrote to a turn plan: the same words as the builtin engine's, nothing guessed.

Nothing here trusts the model to be right (`moodreel.agent.engines.llm.plan_check` does the
checking); it only settles what its words stand for. What stands for nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....ingest.catalogue import Catalogue
from ...edits import (
    Anchor,
    AnchorPart,
    Attitude,
    Edit,
    Forget,
    ItemRef,
    LimitEdit,
    Nudge,
    Reset,
    Undo,
    Weigh,
    Wish,
)
from ...plan import Act, Ask, Chat, Recommend, ShowAgain, Tell, TurnPlan
from ..base import Turn
from .plan_limits import bounds_of
from .plan_refs import refs_of
from .plan_reply import AnswerOut, ChangeOut, FilmOut, LimitOut, PlanReply
from .plan_say import harmless
from .plan_wishes import wish_of

_LONGEST_ABOUT, _LONGEST_COMPARE = 200, 40
_FIXED = frozenset({"danger", "help", "who", "profile"})
"""Answers that have to be exact: a model's words never stand for them."""


def plan_of(reply: PlanReply, turn: Turn, catalogue: Catalogue) -> TurnPlan:
    """What a model's reply comes to. Pure, and never raises for anything a reply can hold."""
    reader = _Reader(turn, catalogue)
    edits = {edit.model_dump_json(exclude={"words"}): edit for edit in reader.edits(reply)}
    acts = [act for out in reply.answers for act in reader.act(out)]
    return TurnPlan(
        intents=tuple(dict.fromkeys(reply.intents)),
        edits=tuple(edits.values()),
        acts=tuple(dict.fromkeys(acts)),
        unread=tuple(dict.fromkeys(reader.unknown)),
    )


class _Reader:
    """Reads the parts of one reply; ``unknown`` gathers names that nobody here knows."""

    def __init__(self, turn: Turn, catalogue: Catalogue) -> None:
        self._turn = turn
        self._catalogue = catalogue
        self.unknown: list[str] = []

    def edits(self, reply: PlanReply) -> Iterator[Edit]:
        """Every edit: what is taken back first, then what is said anew."""
        if reply.undo:
            yield Undo(turns=reply.undo)
        if reply.reset != "no":
            yield Reset(scope=reply.reset)
        for about in reply.forget:
            if about.strip():
                yield Forget(about=about.strip()[:_LONGEST_ABOUT], words=about.strip())
        yield from self._films(reply.films)
        for wish in reply.wishes:
            read = wish_of(wish, self._catalogue)
            if read is not None:
                yield read
        for limit in reply.limits:
            yield from self._limit(limit)
        for change in reply.changes:
            yield from self._change(change)
        for weigh in reply.weights:
            yield Weigh(dimension=weigh.part, weight=float(weigh.weight), words=weigh.words)

    def _films(self, films: list[FilmOut]) -> Iterator[Edit]:
        """An attitude a film; all that tonight's list shall be like, or unlike, as one anchor."""
        parts: list[AnchorPart] = []
        words: list[str] = []
        for out in films:
            for ref in self._refs(out.film, out.year):
                if out.role == "like_this" or out.role == "unlike_this":  # noqa: PLR1714
                    weight = 1.0 if out.role == "like_this" else -1.0
                    parts.append(AnchorPart(item=ref, dimension=out.part, weight=weight))
                    words.append(out.words.strip())
                else:
                    yield Attitude(item=ref, feeling=out.role, dimension=out.part, words=out.words)
        if parts:
            quoted = " … ".join(dict.fromkeys(word for word in words if word))
            yield Anchor(parts=tuple(parts), words=quoted)

    def _refs(self, film: str, year: int | None = None) -> list[ItemRef]:
        return refs_of(film, self._turn, self._catalogue, year)

    def _limit(self, out: LimitOut) -> Iterator[Edit]:
        bounds = bounds_of(out, self._catalogue, self._turn.year)
        self.unknown += bounds.unknown
        for limit in bounds.limits:
            yield LimitEdit(limit=limit, lasting=out.lasting, words=out.words)
        for avoid, texts in ((False, bounds.wanted), (True, bounds.unwanted)):
            for text in texts:
                yield Wish(
                    text=text, dimension="plot", avoid=avoid, lasting=out.lasting, words=out.words
                )

    def _change(self, out: ChangeOut) -> Iterator[Edit]:
        than = self._refs(out.than)[:1] if out.than else []
        if out.by:
            yield Nudge(
                quality=out.quality,
                amount=float(out.by),
                than=than[0] if than else None,
                words=out.words,
            )

    def act(self, out: AnswerOut) -> Iterator[Act]:
        """What one answer comes to; nothing for a question that may not be asked."""
        if out.do == "recommend":
            yield Recommend(count=out.count or Recommend().count)
        elif out.do == "show_again":
            yield ShowAgain()
        elif out.do == "tell":
            items = dict.fromkeys(ref for film in out.films for ref in self._refs(film))
            compare = (out.compare or "").strip()[:_LONGEST_COMPARE] or None
            yield Tell(items=tuple(items), topic=out.topic or "any", compare=compare)
        elif out.do == "chat":
            yield self._chat(out)
        elif question := harmless(out.say, self._turn, self._catalogue):
            yield Ask(question=question)

    def _chat(self, out: AnswerOut) -> Chat:
        about = out.about or ("aside" if out.say else "unclear")
        free = "" if about in _FIXED else harmless(out.say, self._turn, self._catalogue)
        return Chat(about=about, say=free)
