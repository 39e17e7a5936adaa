"""A question that waits for its answer: which Dune was meant?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from ..ingest.catalogue import Catalogue
from ..ingest.item import Item, fold
from .choosing import SHORT, choose, none_of_them, points_among
from .edits import Anchor, Attitude, Edit, ItemRef, LimitEdit, Nudge, Wish
from .plan import Act, Ask, Chat, Recommend, Tell, TurnPlan
from .resolve import Unsettled, choice_label, reference

_EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)
_ACT: TypeAdapter[Act] = TypeAdapter(Act)

_YES = re.compile(
    r"(oh |ok |okay |well )?(yes|yeah|yep|yup|sure|ok|okay|fine|please do|do it|do that|go ahead"
    r"|go on|alright|all right|why not|of course)( please| thanks| then| do it| go ahead| sure)?"
)

_OFFERS = re.compile(
    r"(?:so |then |and |or )?(?:(?:shall|should|could|can|may) i|(?:do )?you want|want|(?:would|do)"
    r" you (?:like|prefer|fancy|rather)|would (?:an?|some|something)|(?:how|what) about|fancy|maybe"
    r"|perhaps)\b"
)

_ANOTHER = "Which film is it, then? A year or somebody in it would help."


@dataclass(frozen=True)
class Question:
    """What was asked, the items to choose from, and what goes on once one is chosen."""

    text: str
    name: str
    ids: tuple[str, ...]
    choices: tuple[str, ...]
    waiting: tuple[dict[str, Any], ...]
    recommend: bool = True

    def to_json(self) -> dict[str, Any]:
        """Plain data for the conversation's state."""
        return {
            "text": self.text, "name": self.name, "ids": list(self.ids),
            "choices": list(self.choices), "waiting": list(self.waiting),
            "recommend": self.recommend,
        }  # fmt: skip

    @staticmethod
    def from_json(data: dict[str, Any]) -> Question:
        """The question that `to_json` wrote."""
        return Question(
            data["text"], data["name"], tuple(data["ids"]), tuple(data["choices"]),
            tuple(data["waiting"]), data["recommend"],
        )  # fmt: skip


def ask(unsettled: Sequence[Unsettled], catalogue: Catalogue, *, recommend: bool) -> Question:
    """Ask about the first of the open names; everything open waits."""
    first = unsettled[0]
    items = catalogue.get(first.ids)
    choices = tuple(choice_label(items[each]) for each in first.ids if each in items)
    text = f"Which “{first.name}” do you mean: {_or(choices)}?"
    waiting = tuple(each.what.model_dump(mode="json") for each in unsettled)
    return Question(text, first.name, first.ids, choices, waiting, recommend)


def offered(text: str, plan: TurnPlan) -> Question:
    """A question of an engine's own; what it offers waits for a yes.

    Args:
        text: one question, "Shall I look for something shorter?".
        plan: what it would mean if the user had said it.
    """
    edits = plan.edits if _OFFERS.match(fold(text)) and " or " not in text.lower() else ()
    wishes = [edit for edit in edits if isinstance(edit, (Wish, LimitEdit, Nudge))]
    waiting = tuple(e.model_copy(update={"words": "yes"}).model_dump(mode="json") for e in wishes)
    return Question(text, "", (), (), waiting)


def _or(choices: Sequence[str]) -> str:
    head, tail = ", ".join(choices[:-1]), choices[-1]
    return f"{head} or {tail}" if head else tail


def settle(
    question: Question, message: str, plan: TurnPlan, catalogue: Catalogue
) -> TurnPlan | None:
    """The plan once a message has answered the question; None when it speaks of something else."""
    if not question.ids:
        return _agreed(question, message)
    if none_of_them(message):
        return TurnPlan(intents=("answer",), acts=(Chat(about="noted"), Ask(question=_ANOTHER)))
    known = list(catalogue.get(question.ids).values())
    items = sorted(known, key=lambda item: question.ids.index(item.id))
    chosen = choose(message, items)
    if not chosen:
        return _asked_again(question) if points_among(message, items) else None
    edits: list[Edit] = []
    acts: list[Act] = []
    for each in question.waiting:
        if "edit" in each:
            edits += _edited(_EDIT.validate_python(each), question, chosen)
        else:
            acts.append(_acted(_ACT.validate_python(each), question, chosen))
    own = [edit for edit in plan.edits if not _is_the_answer(edit, question, chosen, message)]
    acts += [each for each in plan.acts if isinstance(each, Tell) and not acts and own]
    if question.recommend or (own and not acts):
        acts.append(Recommend())
    return TurnPlan(intents=("answer",), edits=(*edits, *own), acts=tuple(acts))


def _asked_again(question: Question) -> TurnPlan:
    """All that waits, once more: the answer narrowed the choices, but not down to one."""
    edits = [_EDIT.validate_python(each) for each in question.waiting if "edit" in each]
    acts: list[Act] = [_ACT.validate_python(each) for each in question.waiting if "act" in each]
    acts += [Recommend()] if question.recommend else []
    return TurnPlan(intents=("answer",), edits=tuple(edits), acts=tuple(acts))


def _agreed(question: Question, message: str) -> TurnPlan | None:
    """What a yes to a yes-or-no question brings."""
    if not question.waiting or not _YES.fullmatch(fold(message)):
        return None
    edits = tuple(_EDIT.validate_python(each) for each in question.waiting)
    return TurnPlan(intents=("answer",), edits=edits, acts=(Recommend(),))


def _edited(edit: Edit, question: Question, chosen: Sequence[Item]) -> list[Edit]:
    """What waited, with the chosen items in place of the open name."""
    refs = [reference(item) for item in chosen]
    if isinstance(edit, Attitude) and _same(edit.item, question):
        return [edit.model_copy(update={"item": ref}) for ref in refs]
    if isinstance(edit, Anchor):
        parts = [
            part.model_copy(update={"item": ref})
            for part in edit.parts
            for ref in (refs if _same(part.item, question) else [part.item])
        ]
        return [edit.model_copy(update={"parts": tuple(parts)})]
    return [edit]


def _acted(act: Act, question: Question, chosen: Sequence[Item]) -> Act:
    if not isinstance(act, Tell):
        return act
    refs = [reference(item) for item in chosen]
    items = [ref for item in act.items for ref in (refs if _same(item, question) else [item])]
    return act.model_copy(update={"items": tuple(items)})


def _same(ref: ItemRef, question: Question) -> bool:
    name = ref.title or ref.person or ""
    return ref.id is None and fold(name) == fold(question.name)


def _is_the_answer(edit: Edit, question: Question, chosen: Sequence[Item], message: str) -> bool:
    """Whether an edit is only the answer misread as news: "the 2021 one" is no limit."""
    if len(fold(message).split()) <= SHORT:
        return True
    if isinstance(edit, LimitEdit):
        years = {str(item.year) for item in chosen}
        return edit.limit.limit == "years" and any(year in edit.words for year in years)
    refs: list[ItemRef] = []
    if isinstance(edit, Attitude):
        refs = [edit.item]
    elif isinstance(edit, Anchor):
        refs = [part.item for part in edit.parts]
    return any(ref.position is not None or _same(ref, question) for ref in refs)
