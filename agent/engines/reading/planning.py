"""From what was read to a turn plan: intents, and the acts that answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ...edits import (
    Anchor,
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
from ...plan import MOST_LISTED, Act, Ask, Chat, Intent, Recommend, TurnPlan
from .message import Finding
from .scene import Scene, clauses

OPENING_QUESTION = "What are you in the mood for, or which film did you love lately?"


_REQUEST = re.compile(
    r"\b(?:recommend|suggest|suggestions?|recommendations?|what (?:should|can|could|shall|to) "
    r"(?:i |we )?(?:watch|see)|something to watch"
    r"|(?:something|anything|films?|movies?|list) (?:good )?for (?:me|us)(?! to)"
    r"|(?:(?:one|a|the|another) )?(?:last|more|new|final|fresh|next) (?:list|round|batch|set)"
    r"|find (?:me|us)|(?:want|need|like|looking for"
    r"|show me|give me|pick) (?:a |an |some |any )?(?:\w+ )?(?:films?|movies?|flicks?"
    r"|something)|surprise me|you (?:choose|decide|pick)|anything (?:goes|works|is fine)|"
    r"(?:any|some) (?:good )?(?:ideas?|tips|films?|movies?)|watch (?:something|a (?:film"
    r"|movie))|(?:film|movie) (?:night|tonight|please)"
    r"|(?:(?:what(?:'s| is)|your|the) (?:\w+ ){0,2}|^\W*)(?:best|favou?rite|greatest)"
    r" (?:films?|movies?)"
    r"|dealer's choice|whatever you (?:like"
    r"|think)|up to you|i'm bored)\b|^\W*what(?:'?s| is) (?:good|worth (?:watching|seeing))\W*$"
    r"|\b(?:nothing|no (?:mood|genre|idea)) in particular\b"
    r"|^\W*(?:(?:ok|okay|well|hmm+|um+|honestly|just)\W+)*(?:whatever|anything|idk|dunno|no idea"
    r"|(?:i )?(?:really |honestly )?(?:don't|do not) (?:know|mind|care)|(?:i'm )?not sure|no clue"
    r"|you tell me|(?:i )?(?:have )?no (?:preference|preferences|wishes))(?: (?:really|at all|yet"
    r"|works|is fine|will do|goes|what (?:i|we) want|what to (?:watch|see)|sorry))*\W*$"
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


WANTING = re.compile(
    r"\b(?:want|need|something|anything|looking for|recommend|suggest|show|give|find|prefer"
    r"|how about|maybe|i'd (?:like|love)|would (?:like|love)|with|about|without|like|any"
    r"|have you got|do you have)\b"
)


# --- the plan ---------------------------------------------------------------------------------

_CHANGES = (Wish, LimitEdit, Anchor, Nudge)


def plan(reading: Reading, number: int | None) -> TurnPlan:
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
    """Nothing to do was found: a sentence is talk beside the point, the rest is not understood."""
    text = scene.text.strip()
    talk = _SENTENCE.match(text) is not None
    act: Act = Chat(about="aside" if talk else "unclear")
    if _FINE.search(text) and not unread:
        act = Chat(about="noted")
    return TurnPlan(
        intents=intents or ("small_talk" if talk else "nonsense",),
        edits=edits,
        acts=(act,),
        unread=unread,
    )


_FINE = re.compile(
    r"\b(?:is|are|would be)(?: also| totally| perfectly| absolutely)? (?:fine|ok|okay|alright"
    r"|no problem|welcome)\b|\b(?:don't|do not) mind\b"
)
"""Something is welcome that nothing had ruled out."""
_SENTENCE = re.compile(
    r"(?:\w+,? ){0,2}?(?:i|he|she|it|that|this|there|we|they|you|my \w+|our \w+|the \w+)(?:'s|'m"
    r"|'re|'ve|'ll|'d| (?:is|are|was|were|am|have|has|had|did|do|does|will|can|can't|don't|just"
    r"|\w+ed|\w+s|work|live|think|feel|got|went|ate|need|want|know|hope|keep))\b.*\w"
    r"|(?:what|who|why|how|when|where|is|are|do|does|can|could|will|would)\b \w+ .*\w",
    re.DOTALL,
)


def _intents(reading: Reading, edits: Sequence[Edit], number: int | None) -> tuple[Intent, ...]:
    intents = list(reading.intents)
    shown = bool(reading.scene.reader.turn.shown)
    for finding in reading.findings:
        for edit in finding.edits:
            if isinstance(edit, _CHANGES):
                clause = clause_at(reading.scene, finding.start)
                intents.append(_intent_of(edit, shown and not finding.unread, clause))
    if not edits and (number is not None or _REQUEST.search(reading.scene.text)):
        intents.append("request")
    return tuple(dict.fromkeys(intents))


def clause_at(scene: Scene, place: int) -> str:
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
    if shown and (WANTING.search(clause) or _against(edit) or not STATES.search(clause)):
        return "critique"
    lasting = isinstance(edit, (Wish, LimitEdit)) and edit.lasting
    return "prefer" if lasting or shown else "request"


def _against(edit: Wish | LimitEdit | Anchor) -> bool:
    """Whether a wish or limit is about what to leave out."""
    return (isinstance(edit, Wish) and edit.avoid) or bool(
        isinstance(edit, LimitEdit) and getattr(edit.limit, "none_of", ())
    )


STATES = re.compile(
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
        return (*answers, _list_of(number), *asks)
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


def _list_of(number: int | None) -> Recommend:
    """A list of so many films, or of as many as one list may have."""
    if number is None:
        return Recommend()
    asked = number if number > MOST_LISTED else 0
    return Recommend(count=min(number, MOST_LISTED), asked=asked)


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
    "aside",
    "unclear",
)


def _one_chat(chats: Sequence[Chat], edits: Sequence[Edit]) -> tuple[Act, ...]:
    """The one thing to say when several were heard: an answer before a courtesy."""
    ordered = sorted(chats, key=lambda act: _FIRST.index(act.about) if act.about in _FIRST else 9)
    if ordered:
        return (ordered[0],)
    return (Chat(about="accepted"),) if edits else ()
