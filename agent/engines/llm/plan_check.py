"""The safety net under a model's plan: what was invented goes, what was missed comes back.

Every model plan passes here. A turn is read by the rules of the builtin engine as well, which
costs some milliseconds; `moodreel.agent.engines.llm.plan_merge` says which of the two readings
stands where they differ, and why.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....ingest.catalogue import Catalogue
from ...edits import Edit, ItemRef, Wish
from ...plan import Act, Chat, Intent, Recommend, ShowAgain, Tell, TurnPlan
from ..base import Turn
from .plan_acts import Settling
from .plan_backing import Backing
from .plan_doubts import loose
from .plan_evidence import Evidence
from .plan_matters import typed
from .plan_merge import Merge
from .plan_ruled import ruled


def checked(
    plan: TurnPlan, turn: Turn, builtin: TurnPlan, catalogue: Catalogue
) -> tuple[TurnPlan, list[str]]:
    """A model's plan made safe to apply, and remarks on what was changed, for the trace.

    - Danger that the rules hear is answered and nothing else; a model's is believed where it says
      so twice and the message wishes for nothing that the rules can read.
    - An answer to an open question, which the rules know by its form, is left to them.
    - An edit must be backed by the message (`moodreel.agent.engines.llm.plan_backing`).
    - A plan with nothing in it gives way to the builtin one, if that has edits.
    - What is left is merged with the builtin reading, and acts that make no sense are repaired.

    Neither reads a message beyond `READ_AT_MOST` characters, so what was skipped is the same.

    Args:
        plan: the model's, from `moodreel.agent.engines.llm.plan_read.plan_of`.
        turn: what was said, and where the conversation stands.
        builtin: the builtin engine's reading of the same turn.
        catalogue: knows the items.
    """
    whole = _whole(plan, builtin)
    if whole is not None:
        return whole
    evidence = Evidence.of(turn, ruled=ruled(turn, builtin, catalogue))
    backing = Backing(turn, catalogue, evidence, builtin)
    remarks: list[str] = []
    own = _believed(plan, backing, remarks)
    if not own and builtin.edits and _thin(plan):
        remarks.append("nothing to go on in the model's plan, so the builtin one is taken")
        return builtin, remarks
    merge = Merge(turn, catalogue, evidence, builtin, remarks)
    edits = merge.merged(own)
    acts = Settling(backing, edits).acts(plan)
    if evidence.ruled and _only_answers(acts):
        if any(backing.pointing.recognised(ref) for ref in _asked_of(plan)):
            edits = own  # what describes the film is no wish for others
        if all(map(loose, edits)):
            edits = ()  # nor are the words around a question
    unread = _unread(plan, builtin, edits, evidence)
    intents = _intents(plan, builtin, own, trusted=evidence.ruled)
    made = TurnPlan(intents=intents, edits=edits, acts=acts, unread=unread, skipped=builtin.skipped)
    return made, remarks


def _whole(plan: TurnPlan, builtin: TurnPlan) -> tuple[TurnPlan, list[str]] | None:
    """A plan that is taken as it is, if one is."""
    if _danger(builtin):
        return builtin, [] if _danger(plan) else ["danger, which the model did not hear"]
    if (
        _danger(plan)
        and "danger" in plan.intents
        and not any(not isinstance(e, Wish) or typed(e) for e in builtin.edits)
    ):
        danger = Chat(about="danger")
        return TurnPlan(intents=("danger",), acts=(danger,)), ["danger, which the model heard"]
    if builtin.intents == ("answer",):
        return builtin, ["an answer to the open question"]
    return None


def _danger(plan: TurnPlan) -> bool:
    return any(isinstance(act, Chat) and act.about == "danger" for act in plan.acts)


def _believed(plan: TurnPlan, backing: Backing, remarks: list[str]) -> tuple[Edit, ...]:
    """The model's edits that the message backs."""
    kept: list[Edit] = []
    silent = backing.evidence.ruled and _courteous(backing.builtin)
    for edit in plan.edits:
        found = None if silent else backing.backed(edit)
        if found is not None and backing.evidence.ruled and backing.doubts.asked(found):
            found = None
        if found is None:
            remarks.append(f"nothing said backs {edit.edit} {edit.words!r}")
        else:
            kept.append(found)
    return tuple(kept)


_COURTESIES = frozenset({"greeting", "thanks", "goodbye", "help", "who", "profile"})


def _only_answers(acts: tuple[Act, ...]) -> bool:
    return all(isinstance(act, (Tell, ShowAgain)) for act in acts)


def _asked_of(plan: TurnPlan) -> Iterator[ItemRef]:
    return (ref for act in plan.acts if isinstance(act, Tell) for ref in act.items)


def _courteous(builtin: TurnPlan) -> bool:
    """Whether the rules read a message to the last word, as a greeting or thanks and no more."""
    chats = [act for act in builtin.acts if isinstance(act, Chat) and act.about in _COURTESIES]
    return bool(chats) and not (builtin.edits or builtin.unread or len(chats) < len(builtin.acts))


def _thin(plan: TurnPlan) -> bool:
    """Whether a plan has no answer of its own: no question answered, nothing shown again."""
    return not any(isinstance(act, (Tell, ShowAgain)) for act in plan.acts)


def _unread(
    plan: TurnPlan, builtin: TurnPlan, edits: tuple[Edit, ...], evidence: Evidence
) -> tuple[str, ...]:
    """What nobody could place: names the user gave, and words that are still only searched for."""
    texts = {edit.text for edit in edits if isinstance(edit, Wish)}
    left = [text for text in builtin.unread if text in texts] if evidence.ruled else []
    named = [quoted for text in plan.unread if (quoted := evidence.quote(text))]
    return tuple(dict.fromkeys((*named, *left)))


def _intents(
    plan: TurnPlan, builtin: TurnPlan, own: tuple[Edit, ...], *, trusted: bool
) -> tuple[Intent, ...]:
    """The rules' reading of what a message is for, unless they made nothing of it."""
    lost = not builtin.intents or (own and set(builtin.intents) <= {"nonsense", "small_talk"})
    recommends = any(isinstance(act, Recommend) for act in plan.acts)
    told = plan.intents or (("request",) if recommends else ())
    return builtin.intents if trusted and not lost else told
