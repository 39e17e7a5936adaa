"""From a plan as an engine read it to edits on known items, acts to do and a question to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..ingest.catalogue import Catalogue
from .edits import Anchor, Attitude, Edit, Forget, ItemRef, Undo
from .pending import Question, ask, settle
from .plan import Act, Ask, Chat, Recommend, Tell, TurnPlan
from .profile import Difference, TasteProfile, apply, diff, forgotten
from .resolve import Resolved, Resolver
from .taste_query import Round


@dataclass(frozen=True)
class Talk:
    """Where a conversation stands before a turn."""

    profile: TasteProfile
    shown: tuple[Round, ...]
    question: Question | None
    turn: int


@dataclass(frozen=True)
class Meaning:
    """What a turn comes to: the profile after it, what to do, and what to say about it.

    ``named`` has the ids of the items that the turn speaks of, in the order of the message.
    """

    profile: TasteProfile
    change: Difference
    acts: tuple[Act, ...]
    question: Question | None
    intents: tuple[str, ...]
    named: tuple[str, ...] = ()
    notices: tuple[str, ...] = field(default=())


def interpret(plan: TurnPlan, message: str, talk: Talk, catalogue: Catalogue) -> Meaning:
    """Settle an open question, resolve items, apply the edits, and decide what to answer."""
    if talk.question is not None:
        plan = settle(talk.question, message, plan, catalogue) or plan
    shown = [each.ids for each in talk.shown]
    done = Resolver(catalogue, shown, _known(talk.profile)).resolve(plan)
    after = apply(talk.profile, done.edits, talk.turn)
    change = diff(talk.profile, after)
    question, acts = _acts(done, plan, after, catalogue)
    notices = (*done.notices, *_in_vain(talk.profile, done.edits, change))
    named = _spoken_of(done)
    return Meaning(after, change, acts, question, plan.intents, named, notices)


def _spoken_of(done: Resolved) -> tuple[str, ...]:
    asked = [ref for act in done.acts if isinstance(act, Tell) for ref in act.items]
    felt = [edit.item for edit in done.edits if isinstance(edit, Attitude)]
    like = [part.item for edit in done.edits if isinstance(edit, Anchor) for part in edit.parts]
    return tuple(dict.fromkeys(ref.id for ref in (*like, *felt, *asked) if ref.id is not None))


def _known(profile: TasteProfile) -> set[str]:
    """Items that the profile speaks of."""
    refs: list[ItemRef] = []
    for entry in profile.active:
        if isinstance(entry.content, Attitude):
            refs.append(entry.content.item)
        elif isinstance(entry.content, Anchor):
            refs += [part.item for part in entry.content.parts]
    return {ref.id for ref in refs if ref.id is not None}


def _acts(
    done: Resolved, plan: TurnPlan, after: TasteProfile, catalogue: Catalogue
) -> tuple[Question | None, tuple[Act, ...]]:
    acts = tuple(done.acts)
    danger = tuple(act for act in acts if isinstance(act, Chat) and act.about == "danger")
    if danger:
        return None, danger[:1]
    wants_list = any(isinstance(act, Recommend) for act in acts)
    question = None
    if done.unsettled:
        question = ask(done.unsettled, catalogue, recommend=wants_list)
    if wants_list and _premature(done, plan, after):
        acts = tuple(act for act in acts if not isinstance(act, Recommend))
    acts = tuple(act for act in acts if not (question and isinstance(act, Ask)))
    if not acts and question is None and not done.notices:
        acts = (Recommend(),) if done.edits else (Chat(about="unclear"),)
    return question, acts


def _premature(done: Resolved, plan: TurnPlan, after: TasteProfile) -> bool:
    """Whether a list would be beside the point until the open or unknown names are cleared."""
    if any(isinstance(each.what, Anchor) for each in done.unsettled):
        return True
    if done.unsettled:
        return not done.edits
    return bool(plan.edits) and not done.edits and not after.active


def _in_vain(before: TasteProfile, edits: Sequence[Edit], change: Difference) -> tuple[str, ...]:
    """Said when there was nothing to take back."""
    lines = []
    for edit in edits:
        if isinstance(edit, Forget) and not forgotten(before, edit):
            what = f"“{edit.about or edit.entry}”"
            lines.append(f"I found nothing about {what} to forget.")
        elif isinstance(edit, Undo) and not change:
            lines.append("There was nothing to take back.")
    return tuple(lines)
