"""Reads one message into a turn plan: every recogniser in order, then what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ....ingest.catalogue import Catalogue
from ...edits import (
    Anchor,
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
from ...plan import Act, Ask, Chat, Intent, Recommend, Tell, TurnPlan
from ..base import Turn
from .anchors import anchors, similar_anchor, with_than
from .attitudes import Opinion, attitudes, item_refs, opinions, remarks, unseen
from .chat import chat, danger, filler, nonsense
from .commands import commands, count
from .feedback import assent, feedback
from .message import Finding, Message, Reader, Recogniser
from .negation import polarity
from .questions import questions
from .references import references
from .scene import Mention, Scene, clauses
from .titles import titles
from .wishes import LEFTOVERS, WISHES

OPENING_QUESTION = "What are you in the mood for, or which film did you love lately?"

_FAVOURITE = re.compile(r"\b(?:love|loved|favou?rites?|enjoyed?|liked?)\b")
_ANSWER = re.compile(
    r"^\W*(?:the |that |i mean(?:t)? |i'd say |probably |maybe |yes,? |no,? )*(?:\d{4}|first"
    r"|second|third|fourth|last|1st|2nd|3rd|latter|former|newer|older|new|old|original|remake"
    r"|both|either|any|all|neither|none|yes|yeah|yep|yup|sure|no|nope|nah|doesn't matter"
    r"|don't (?:care|mind|know)|not sure|whichever|whatever|no preference|one)\b(?: (?:one"
    r"|of them|film|movie|version|please|is fine|is ok|from|by|will do|\d{4}))*\W*$"
)
_REQUEST = re.compile(
    r"\b(?:recommend|suggest|suggestions?|recommendations?|what (?:should|can|could|shall|to) "
    r"(?:i |we )?(?:watch|see)|something to watch|find (?:me|us)|(?:want|need|like|looking for"
    r"|show me|give me|pick) (?:a |an |some |any )?(?:\w+ )?(?:films?|movies?|flicks?"
    r"|something)|surprise me|you (?:choose|decide|pick)|anything (?:goes|works|is fine)|"
    r"(?:any|some) (?:good )?(?:ideas?|tips|films?|movies?)|watch (?:something|a (?:film"
    r"|movie))|(?:film|movie) (?:night|tonight|please)|dealer's choice|whatever you (?:like"
    r"|think)|up to you|i'm bored)\b"
)


@dataclass
class Reading:
    """What has been read of one message so far."""

    scene: Scene
    findings: list[Finding] = field(default_factory=list)

    def note(self, found: Iterable[Finding]) -> list[Finding]:
        """Keep findings and mark their words as read."""
        new = list(found)
        self.findings.extend(new)
        self.scene.message.take(new)
        return new

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All edits, by place, each once."""
        placed = sorted(self.findings, key=lambda finding: finding.start)
        edits: dict[str, Edit] = {}
        for edit in (edit for finding in placed for edit in finding.edits):
            edits.setdefault(edit.model_dump_json(exclude={"words"}), edit)
        return tuple(edits.values())

    @property
    def acts(self) -> tuple[Act, ...]:
        """All acts, by place, each once."""
        placed = sorted(self.findings, key=lambda finding: finding.start)
        return tuple(dict.fromkeys(act for finding in placed for act in finding.acts))

    @property
    def intents(self) -> tuple[Intent, ...]:
        """All intents, by place, each once."""
        placed = sorted(self.findings, key=lambda finding: finding.start)
        return tuple(dict.fromkeys(i for finding in placed for i in finding.intents))


def read(turn: Turn, catalogue: Catalogue) -> TurnPlan:
    """What a message means. Needs no model; the same turn always gives the same plan."""
    message = Message.of(turn.message)
    scene = Scene(message, Reader(turn, catalogue))
    alone = danger(scene) or nonsense(scene)
    if alone:
        return TurnPlan(intents=alone[0].intents, acts=alone[0].acts)
    if _answers(scene):
        return TurnPlan(intents=("answer",), acts=(Recommend(),))
    reading = Reading(scene)
    wanted = _read(reading)
    return _plan(reading, wanted)


def _answers(scene: Scene) -> bool:
    """Whether a message is an answer to what was asked: nothing in it is for the profile."""
    turn = scene.reader.turn
    if not turn.question or len(scene.text.split()) > 6:
        return False
    seen = re.search(r"\b(?:seen|watched)\b", turn.question.lower())
    return _ANSWER.match(scene.text) is not None and not seen


def _read(reading: Reading) -> int | None:
    """Run every recogniser; how many films are asked for, if a number is given."""
    scene = reading.scene
    titles(scene)
    references(scene)
    reading.note(commands(scene))
    reading.note(questions(scene))
    stated = [o for o in opinions(scene) if not _inside_any(scene, o, reading.findings)]
    reading.note(attitudes(scene, stated))
    found, rest = _bare(scene, _named(scene, stated))
    like = reading.note(anchors(scene, stated, rest))
    reading.note([] if like else similar_anchor(scene))
    reading.note(unseen(scene, stated))
    number, where = count(scene)
    reading.note(where)
    reading.note(found)
    reading.note(Finding(m.start, m.end) for m in scene.mentions if m.kind in ("title", "unknown"))
    reading.note(remarks(scene))
    _wishes(reading, stated)
    reading.note(assent(scene))
    reading.note(feedback(scene))
    reading.note(chat(scene))
    reading.note(filler(scene))
    reading.note(_wishful(reading, LEFTOVERS(scene.message, scene.reader)))
    return number


_WANTING = re.compile(
    r"\b(?:want|need|something|anything|looking for|recommend|suggest|show|give|find|prefer"
    r"|how about|maybe|i'd (?:like|love)|would (?:like|love)|with|about|without|like)\b"
)


def _wishful(reading: Reading, left: Iterable[Finding]) -> list[Finding]:
    """Leftovers that may be wishes.

    Where something else was understood, a stray word counts only in a clause that wants
    something; a message of stray words alone is a wish, unless it tells of something.
    """
    scene = reading.scene
    talk = any(f.intents or f.acts or _lasting_talk(f) for f in reading.findings)
    kept = []
    for finding in left:
        clause = _clause_at(scene, finding.start)
        tells = scene.shown and _STATES.search(clause)
        if _WANTING.search(clause) or not (talk or tells):
            kept.append(finding)
    return kept


def _lasting_talk(finding: Finding) -> bool:
    return any(isinstance(edit, (Attitude, Anchor, Undo, Forget, Reset)) for edit in finding.edits)


def _inside_any(scene: Scene, opinion: Opinion, findings: Sequence[Finding]) -> bool:
    start, end = scene.outward(opinion.start, opinion.end)
    return any(finding.start <= start and end <= finding.end for finding in findings)


def _wishes(reading: Reading, stated: Sequence[Opinion]) -> None:
    """Wishes, limits and nudges; a comparison with a film goes to the nudges."""
    for recogniser in WISHES:
        scene = reading.scene
        found = list(recogniser(scene.message, scene.reader))
        compared = with_than(found, list(stated), _anchored(stated))
        reading.note(compared)


def _anchored(stated: Sequence[Opinion]) -> list[Mention]:
    return [m for opinion in stated if opinion.cue.kind == "anchor" for m in opinion.mentions]


# --- films named without a word about them ----------------------------------------------------


def _named(scene: Scene, stated: Sequence[Opinion]) -> list[Mention]:
    """The films that no cue governs and nothing has read, nor meant by a later "it"."""
    governed = {
        ref for o in stated if o.cue.kind != "nothing" for m in o.mentions for ref in m.refs
    }
    return [
        m for m in scene.mentions
        if m.kind != "pronoun" and not governed & set(m.refs) and scene.message.free(m.start, m.end)
    ]  # fmt: skip


def _bare(scene: Scene, named: Sequence[Mention]) -> tuple[list[Finding], list[Mention]]:
    """What films named without a word mean: refused, chosen, favourites; and tonight's measure."""
    refused = [m for m in named if polarity(scene.message, m.start, m.end).negated]
    shown = [m for m in named if m not in refused and _is_shown(scene, m)]
    found = [_felt(scene, m, "not_tonight", "reject") for m in refused]
    found += [_chosen(scene, m) for m in shown]
    rest = [m for m in named if m not in refused + shown and m.kind in ("title", "unknown")]
    if _FAVOURITE.search((scene.reader.turn.question or "").lower()):
        return [*found, *(_felt(scene, m, "loved", "prefer") for m in rest)], []
    return found, rest


def _is_shown(scene: Scene, mention: Mention) -> bool:
    return mention.kind in ("place", "described") or bool(set(mention.ids) & set(scene.shown))


def _felt(scene: Scene, mention: Mention, feeling: str, intent: Intent) -> Finding:
    words = scene.message.text[mention.start : mention.end]
    edits = tuple(
        Attitude.model_validate({"item": ref, "feeling": feeling, "words": words})
        for ref in mention.refs
    )
    return Finding(mention.start, mention.end, edits=edits, intents=(intent,))


def _chosen(scene: Scene, mention: Mention) -> Finding:
    """A shown film named by itself: with a question mark a question, else a choice."""
    if "?" in scene.message.text[mention.end : mention.end + 3]:
        act = Tell(items=item_refs([mention]))
        return Finding(mention.start, mention.end, acts=(act,), intents=("inquire",))
    felt = _felt(scene, mention, "interested", "accept")
    return Finding(felt.start, felt.end, felt.edits, (Chat(about="accepted"),), felt.intents)


# --- the plan ---------------------------------------------------------------------------------

_CHANGES = (Wish, LimitEdit, Anchor, Nudge)


def _plan(reading: Reading, number: int | None) -> TurnPlan:
    scene, edits = reading.scene, reading.edits
    intents = _intents(reading, edits, number)
    unread = tuple(dict.fromkeys(part for f in reading.findings for part in f.unread))
    acts = _acts(reading, edits, intents, number)
    return (
        TurnPlan(intents=intents, edits=edits, acts=acts, unread=unread)
        if acts
        else _unclear(scene, intents, edits, unread)
    )


def _unclear(
    scene: Scene, intents: tuple[Intent, ...], edits: tuple[Edit, ...], unread: tuple[str, ...]
) -> TurnPlan:
    """Nothing to do was found: ask again, or go on when a list is on the table."""
    act: Act = Chat(about="unclear")
    return TurnPlan(intents=intents or ("nonsense",), edits=edits, acts=(act,), unread=unread)


def _intents(reading: Reading, edits: Sequence[Edit], number: int | None) -> tuple[Intent, ...]:
    intents = list(reading.intents)
    shown = bool(reading.scene.reader.turn.shown)
    for finding in reading.findings:
        for edit in finding.edits:
            if isinstance(edit, _CHANGES):
                clause = _clause_at(reading.scene, finding.start)
                intents.append(_intent_of(edit, shown and not finding.unread, clause))
    if not edits and (number is not None or _REQUEST.search(reading.scene.text)):
        intents.append("request")
    return tuple(dict.fromkeys(intents))


def _clause_at(scene: Scene, place: int) -> str:
    """The clause of the raw text, in lower case, that a place of it is in."""
    for start, end in clauses(scene.message.text):
        if start <= place < end:
            return scene.message.text[start:end].lower()
    return scene.message.text.lower()


def _intent_of(edit: Wish | LimitEdit | Anchor | Nudge, shown: bool, clause: str) -> Intent:
    """Refining what was shown is critique; taste is preference; the rest asks for something."""
    if isinstance(edit, Nudge):
        return "critique"
    if re.search(_TASTE + re.escape(edit.words.lower()), clause):
        return "prefer"
    if isinstance(edit, Anchor) and not re.search(
        r"\b(?:prefer|more|rather|similar|closer)\b", clause
    ):
        return "request"
    if shown and (_WANTING.search(clause) or _against(edit) or not _STATES.search(clause)):
        return "critique"
    lasting = isinstance(edit, (Wish, LimitEdit)) and edit.lasting
    return "prefer" if lasting or shown else "request"


def _against(edit: Wish | LimitEdit | Anchor) -> bool:
    """Whether a wish or limit is about what to leave out."""
    return (isinstance(edit, Wish) and edit.avoid) or bool(
        isinstance(edit, LimitEdit) and getattr(edit.limit, "none_of", ())
    )


_STATES = re.compile(
    r"^\W*(?:\w+,? ){0,2}?(?:i|he|she|it|that|this|they|there|we|those|these|you|my \w+)(?:'s"
    r"|'m|'re|'ve| is| are| was| were| have| had| did| do| am)?\b"
)


_TASTE = (
    r"\b(?:i|we|he|she|they|kids|wife|husband)(?:'m| am| are| is)?(?: \w+){0,2} (?:like|love"
    r"|loves|likes|enjoy|enjoys|into|(?:big |huge )?fans? of)(?: \w+){0,2} "
)


def _acts(
    reading: Reading, edits: Sequence[Edit], intents: Sequence[Intent], number: int | None
) -> tuple[Act, ...]:
    said = list(reading.acts)
    answers = [act for act in said if not isinstance(act, Chat)]
    chats = [act for act in said if isinstance(act, Chat)]
    if _wants_list(reading, edits, intents, number, answers):
        asks = [Ask(question=OPENING_QUESTION)] if _knows_nothing(reading, edits) else []
        return (*answers, Recommend(count=number or 5), *asks)
    if answers:
        return tuple(answers)
    if any(isinstance(edit, (Reset, Undo, Forget, Weigh)) for edit in edits):
        return _after_command(edits)
    return _one_chat(chats, edits)


def _wants_list(
    reading: Reading,
    edits: Sequence[Edit],
    intents: Sequence[Intent],
    number: int | None,
    answers: Sequence[Act],
) -> bool:
    """Whether the answer is a (new) list."""
    if any(isinstance(edit, _CHANGES) for edit in edits):
        return True
    shown = bool(reading.scene.reader.turn.shown)
    if shown and any(isinstance(edit, (Undo, Forget, Weigh)) for edit in edits):
        return True
    if any(_moves(edit, shown) for edit in edits):
        return True
    if answers:
        return False
    return number is not None or bool({"more", "reject", "request"} & set(intents))


def _moves(edit: Edit, shown: bool) -> bool:
    """Whether an attitude changes what to show: a choice made from the list does not."""
    return isinstance(edit, Attitude) and not (edit.feeling == "interested" and shown)


def _knows_nothing(reading: Reading, edits: Sequence[Edit]) -> bool:
    return not edits and not reading.scene.reader.turn.profile.active and not reading.scene.shown


def _after_command(edits: Sequence[Edit]) -> tuple[Act, ...]:
    if any(isinstance(edit, Reset) for edit in edits):
        return (Chat(about="noted"), Ask(question=OPENING_QUESTION))
    return (Chat(about="noted"),)


_FIRST = (
    "danger",
    "help",
    "who",
    "profile",
    "accepted",
    "thanks",
    "goodbye",
    "greeting",
    "unclear",
)


def _one_chat(chats: Sequence[Chat], edits: Sequence[Edit]) -> tuple[Act, ...]:
    """The one thing to say when several were heard: an answer before a courtesy."""
    ordered = sorted(chats, key=lambda act: _FIRST.index(act.about) if act.about in _FIRST else 9)
    if ordered:
        return (ordered[0],)
    return (Chat(about="accepted"),) if edits else ()


def mentioned(turn: Turn, catalogue: Catalogue) -> list[tuple[ItemRef, tuple[str, ...]]]:
    """The films that a message names, with the ids that each name may stand for."""
    scene = Scene(Message.of(turn.message), Reader(turn, catalogue))
    found = titles(scene)
    return [(ref, mention.ids) for mention in found for ref in mention.refs]
