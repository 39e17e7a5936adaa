"""A question that waits for its answer: which Dune was meant?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from ..ingest.catalogue import Catalogue
from ..ingest.item import Item, fold
from .edits import Anchor, Attitude, Edit, ItemRef, LimitEdit
from .plan import Act, Recommend, Tell, TurnPlan
from .resolve import Unsettled, choice_label, reference

_EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)
_ACT: TypeAdapter[Act] = TypeAdapter(Act)

_ORDINALS = {
    "first": 1, "1st": 1, "1": 1, "second": 2, "2nd": 2, "2": 2, "third": 3, "3rd": 3, "3": 3,
    "fourth": 4, "4th": 4, "4": 4, "fifth": 5, "5th": 5, "5": 5, "sixth": 6, "6th": 6, "6": 6,
    "last": -1, "former": 1, "latter": -1,
}  # fmt: skip
_OLD = {"old", "older", "oldest", "original", "earlier", "earliest"}
_NEW = {"new", "newer", "newest", "remake", "latest", "recent", "later", "modern"}
_ANY = re.compile(r"\b(either|any|whichever|no matter|matters?|don'?t (care|mind|know))\b")
_ALL = re.compile(r"\b(both|all( of them)?|every one)\b")
_YES = re.compile(
    r"(oh |ok |okay |well )?(yes|yeah|yep|yup|sure|ok|okay|fine|please do|do it|do that|go ahead"
    r"|go on|alright|all right|why not|of course)( please| thanks| then| do it| go ahead| sure)?"
)
_SHORT = 6
_LONG = 14


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


def _or(choices: Sequence[str]) -> str:
    head, tail = ", ".join(choices[:-1]), choices[-1]
    return f"{head} or {tail}" if head else tail


def settle(
    question: Question, message: str, plan: TurnPlan, catalogue: Catalogue
) -> TurnPlan | None:
    """The plan once a message has answered the question; None when it speaks of something else."""
    if not question.ids:
        return _agreed(question, message)
    items = list(catalogue.get(question.ids).values())
    chosen = choose(message, sorted(items, key=lambda item: question.ids.index(item.id)))
    if not chosen:
        return None
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


def _agreed(question: Question, message: str) -> TurnPlan | None:
    """What a yes to a yes-or-no question brings."""
    if not question.waiting or not _YES.fullmatch(fold(message)):
        return None
    edits = tuple(_EDIT.validate_python(each) for each in question.waiting)
    return TurnPlan(intents=("answer",), edits=edits, acts=(Recommend(),))


def choose(message: str, items: Sequence[Item]) -> tuple[Item, ...]:
    """The items that an answer picks out of the choices, in their order; () when none."""
    words = fold(message).split()
    if not words or len(words) > _LONG:
        return ()
    by_fact = _by_year(message, items) or _by_name(set(words), items)
    if by_fact or len(words) > _SHORT:
        return by_fact
    if _ALL.search(message.lower()):
        return tuple(items)
    if _ANY.search(message.lower()):
        return (max(items, key=lambda item: (item.popularity, item.id)),)
    return _by_place(words, items) or _by_age(set(words), items)


def _by_year(message: str, items: Sequence[Item]) -> tuple[Item, ...]:
    said = set(re.findall(r"\b(?:19|20)\d\d\b", message))
    short = set(re.findall(r"(?:['’]|\bthe )(\d\d)\b", message))
    meant = [i for i in items if str(i.year) in said or str(i.year)[-2:] in short]
    return tuple(meant) if len(meant) == 1 else ()


def _by_name(words: set[str], items: Sequence[Item]) -> tuple[Item, ...]:
    """By a word that only one choice's title or people have."""
    owned = [
        {w for name in (i.title, *i.directors, *i.cast) for w in fold(name).split()} for i in items
    ]
    hits = []
    for place, own in enumerate(owned):
        others: set[str] = set().union(*owned[:place], *owned[place + 1 :])
        named = {word for word in own - others if len(word) > 2 and word not in _ORDINALS}
        hits += [items[place]] if words & named else []
    return tuple(hits) if len(hits) == 1 else ()


def _by_place(words: Sequence[str], items: Sequence[Item]) -> tuple[Item, ...]:
    for word in words:
        place = _ORDINALS.get(word)
        if place is not None and abs(place) <= len(items):
            return (items[place - 1 if place > 0 else place],)
    return ()


def _by_age(words: set[str], items: Sequence[Item]) -> tuple[Item, ...]:
    dated = sorted((item for item in items if item.year), key=lambda item: item.year or 0)
    if not dated:
        return ()
    if words & _OLD:
        return (dated[0],)
    return (dated[-1],) if words & _NEW else ()


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
    if len(fold(message).split()) <= _SHORT:
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
