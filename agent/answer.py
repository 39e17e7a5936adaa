"""The reply in words: an opening, what was asked, the picks with reasons, one question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from langchain_core.messages import HumanMessage
from pydantic import TypeAdapter

from ..ingest.item import Item
from ..ingest.limits import Limit
from ..tools.query import Query
from ..tools.reasons import explain
from .bending import as_condition
from .edits import Forget, LimitEdit
from .engines.ledger import ModelCall
from .openings import Said, opening
from .pending import Question
from .plan import Act, Ask, Chat, Recommend, ShowAgain, Tell
from .profile import TasteProfile, diff
from .relax import costliest, counter
from .reply import Pick, Reply, ToolCall
from .smalltalk import small_talk
from .spelling import american, spelled
from .state import Context, Json, State, rounds
from .taste_query import demand_of
from .tell import tell_all

_ACT: TypeAdapter[Act] = TypeAdapter(Act)
_MOST_AGAIN = 20
_WITH_LIST = {"help", "who", "profile"}
"""Small talk that is still worth saying when a list follows."""


@dataclass
class Material:
    """All that one reply is made from."""

    state: State
    profile: TasteProfile
    context: Context
    conversation: str
    acts: tuple[Act, ...]
    work: Json
    asked: Question | None = None
    notices: list[str] = field(default_factory=list)

    @staticmethod
    def of_state(state: State, context: Context, conversation: str = "") -> Material:
        """The material of the turn that the state is in."""
        question = state.get("question") or state["work"].get("asked")
        return Material(
            state=state,
            profile=TasteProfile.model_validate(state["profile"]),
            context=context,
            conversation=conversation,
            acts=tuple(_ACT.validate_python(act) for act in state["work"]["acts"]),
            work=state["work"],
            asked=Question.from_json(question) if question else None,
            notices=list(state["work"]["notices"]),
        )

    @property
    def message(self) -> str:
        return self.state["message"]

    @property
    def turn(self) -> int:
        return self.state["turn"]

    @cached_property
    def american(self) -> bool:
        """Whether the user spells the American way."""
        said = self.state["messages"]
        earlier = [str(m.content) for m in said if isinstance(m, HumanMessage)]
        return american([*earlier[-5:], self.message])

    def spell(self, text: str) -> str:
        """A text in the user's spelling."""
        return spelled(text, american=self.american)

    def has(self, kind: type[Act]) -> bool:
        """Whether the turn asks for this kind of answer."""
        return any(isinstance(act, kind) for act in self.acts)


def reply_of(material: Material, trace: Sequence[ToolCall]) -> Reply:
    """The whole reply, in the user's spelling; sets what is asked of the user, if anything."""
    picks = picks_of(material)
    head, lead = head_of(material, picks)
    question = _question(material, picks)
    blocks = [head, list_of(picks), *(s for s in _last(material, question) if s)]
    return Reply(
        conversation=material.conversation,
        turn=material.turn,
        text="\n\n".join(block for block in blocks if block),
        opening=lead,
        picks=tuple(picks),
        question=material.spell(question) if question else None,
        choices=material.asked.choices if material.asked and question else (),
        understood=tuple(material.spell(s) for s in material.work["understood"]),
        relaxed=tuple(material.work.get("relaxed", ())) if material.has(Recommend) else (),
        notices=tuple(material.notices),
        profile=material.profile,
        engine=material.work["engine"],
        intents=tuple(material.work["intents"]),
        trace=tuple(trace),
        calls=tuple(ModelCall.model_validate(call) for call in material.work.get("calls", ())),
    )


def head_of(material: Material, picks: Sequence[Pick]) -> tuple[str, str]:
    """What stands before the list, and the part of it that opens the answer; both as shown."""
    told = [*_chat(material, listing=bool(picks)), *_told(material)]
    lead = _lead(material, picks)
    relaxed = material.work.get("relaxed", ()) if material.has(Recommend) and picks else ()
    sentences = " ".join(part for part in (lead, *relaxed, _short(material, picks)) if part)
    head = "\n\n".join(block for block in (*told, sentences) if block)
    return material.spell(head), material.spell(lead or (told[0] if told else ""))


def list_of(picks: Sequence[Pick]) -> str:
    """The picks as numbered lines, each with its reason."""
    return "\n".join(line_of(place, pick) for place, pick in enumerate(picks, start=1))


def line_of(place: int, pick: Pick) -> str:
    """One numbered line: ``2. Heat (1995): …``."""
    label = f"{pick.title} ({pick.year})" if pick.year else pick.title
    return f"{place}. {label}: {pick.reason}" if pick.reason else f"{place}. {label}"


def _last(material: Material, question: str | None) -> tuple[str, str]:
    return material.spell(" ".join(material.notices)), material.spell(question or "")


def _short(material: Material, picks: Sequence[Pick]) -> str:
    """Owning up to a list that is shorter than was asked for."""
    if not picks or not material.has(Recommend) or len(picks) >= material.work["count"]:
        return ""
    if material.work.get("relaxed"):
        return "That's all there is."
    return "Only this one fits." if len(picks) == 1 else f"Only these {len(picks)} fit."


def pieces(text: str) -> list[str]:
    """A text in the pieces that are streamed: line by line, nothing lost."""
    return re.findall(r"[^\n]*\n+|[^\n]+", text)


def picks_of(material: Material) -> list[Pick]:
    """The picks to show, reasons in the user's spelling."""
    if material.has(Recommend):
        picks = [Pick.model_validate(pick) for pick in material.work.get("picks", ())]
    else:
        again = next((act for act in material.acts if isinstance(act, ShowAgain)), None)
        picks = _again(material, everything=again.everything) if again else []
    return [pick.model_copy(update={"reason": material.spell(pick.reason)}) for pick in picks]


def _again(material: Material, *, everything: bool) -> list[Pick]:
    """Picks of earlier lists, as they were shown."""
    lists = [reply["picks"] for reply in material.state.get("replies", []) if reply["picks"]]
    chosen = [pick for each in (lists if everything else lists[-1:]) for pick in each]
    unique = {pick["id"]: Pick.model_validate(pick) for pick in chosen}
    return list(unique.values())[:_MOST_AGAIN]


def _chat(material: Material, *, listing: bool) -> list[str]:
    chats = [act for act in material.acts if isinstance(act, Chat)]
    if listing:
        chats = [act for act in chats if act.about in _WITH_LIST]
    lines = [act.say or small_talk(act.about, material.profile, material.turn) for act in chats]
    if not chats or chats[0].about != "noted":
        return lines
    understood = material.work["understood"]
    # Nothing was changed, and a notice says why: "got it" would deny that.
    first = [" ".join([lines[0], *understood])] if understood or not material.notices else []
    return [*first, *lines[1:]]


def _told(material: Material) -> list[str]:
    return [_tell(material, act) for act in material.acts if isinstance(act, Tell)]


def _tell(material: Material, act: Tell) -> str:
    ids = [ref.id for ref in act.items if ref.id is not None] or _last_list(material)
    items = list(material.context.catalogue.get(ids).values())
    if not items:
        return "There is no list yet to ask about; which film do you mean?"
    items.sort(key=lambda item: ids.index(item.id))
    why = _why(material)
    return tell_all(items, act.topic, act.compare, material.message, why)


def _last_list(material: Material) -> list[str]:
    shown = rounds(material.state)
    return list(shown[-1].ids) if shown else []


def _why(material: Material) -> Any:
    """Gives the reasons for an item, under the query that it was found by."""
    catalogue = material.context.catalogue
    stored = material.state.get("query")
    query = (
        Query.model_validate(stored)
        if stored
        else demand_of(material.profile, catalogue, rounds(material.state)).query
    )
    known = catalogue.get([like.id for like in query.likes])

    def why(item: Item) -> list[str]:
        return list(explain(item, query, known))

    return why


def _lead(material: Material, picks: Sequence[Pick]) -> str:
    if material.has(ShowAgain) and not material.has(Recommend):
        return "Here they are again:" if picks else "I haven't shown you anything yet."
    if not material.has(Recommend):
        return ""
    if not picks:
        return _nothing(material)
    before = TasteProfile.model_validate(material.work["before"])
    said = Said(
        material.message,
        diff(before, material.profile),
        material.turn,
        first=not material.state.get("shown") or _said_nothing(material),
    )
    if material.work.get("opening"):
        return str(material.work["opening"])
    more = bool(material.work.get("relaxed")) or len(picks) < material.work["count"]
    return opening(said, len(picks), more=more)


def _nothing(material: Material) -> str:
    """Why there is no list, and which limit costs most."""
    query = Query.model_validate(material.work["strict"])
    catalogue = material.context.catalogue
    if counter(catalogue, ())(query.limits) > 0:
        return "That was everything here that fits; loosen something and I'll look again."
    hardest = costliest(query.limits, counter(catalogue, query.exclude))
    if hardest is None:
        return "Nothing here fits all of that, and no single limit is to blame."
    limit, gained = hardest
    films = "1 film" if gained == 1 else f"{gained} films"
    material.asked = material.asked or _offer(material.profile, limit)
    return f"Nothing here fits all of that. Without “{limit.sentence()}” there'd be {films}."


def _offer(profile: TasteProfile, limit: Limit) -> Question | None:
    """The question whether to drop a limit, with the edit that a yes would bring."""
    for entry in profile.active:
        if isinstance(entry.content, LimitEdit) and entry.content.limit == limit:
            forget = Forget(entry=entry.id, words="yes").model_dump(mode="json")
            text = f"Shall I look for films without insisting on “{as_condition(limit)}”?"
            return Question(text, "", (), ("yes", "no"), (forget,))
    return None


def _question(material: Material, picks: Sequence[Pick]) -> str | None:
    """At most one question, and only where the answer would change the list."""
    if material.asked is not None:
        return material.asked.text
    asked = next((act for act in material.acts if isinstance(act, Ask)), None)
    if asked is not None:
        return asked.question
    if material.notices and not picks and not material.acts:
        return "Which other film do you love, or what mood are you after?"
    if picks and material.turn == 1 and material.has(Recommend) and _said_nothing(material):
        return "What mood are you in, or which film did you love lately?"
    return None


def _said_nothing(material: Material) -> bool:
    query = Query.model_validate(material.work["strict"])
    return query.empty and not query.limits
