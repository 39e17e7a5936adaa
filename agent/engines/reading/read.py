"""Reads one message into a turn plan: every recogniser in order, then what to do about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....ingest.catalogue import Catalogue
from ...edits import ItemRef
from ...plan import Recommend, TurnPlan
from ..base import Turn
from .amounts import count
from .anchors import anchors, similar_anchor, with_than
from .attitudes import attitudes, remarks, unseen
from .bare import bare
from .both import both
from .chat import chat, danger, filler, nonsense, opening
from .commands import commands
from .conditions import conditions
from .faults import faults
from .feedback import assent, feedback
from .focus import found_wanting
from .instead import instead
from .message import Finding, Message, Reader
from .opinions import Opinion, opinions
from .planning import Reading, plan
from .questions import questions, same_asked
from .references import references
from .refusals import hated_too
from .remarked import remarked
from .retold import retold
from .scene import Mention, Scene
from .sides import sides
from .titles import titles
from .wishes import LEFTOVERS, WISHES

_ANSWER = re.compile(
    r"^\W*(?:the |that |i mean(?:t)? |i'd say |probably |maybe |yes,? |no,? )*(?:\d{4}|first"
    r"|second|third|fourth|last|1st|2nd|3rd|latter|former|newer|older|new|old|original|remake"
    r"|both|either|any|all|neither|none|yes|yeah|yep|yup|sure|no|nope|nah|doesn't matter"
    r"|don't (?:care|mind|know)|not sure|whichever|whatever|no preference|one)\b(?: (?:one"
    r"|of them|film|movie|version|please|is fine|is ok|from|by|will do|\d{4}))*\W*$"
)
_OPEN_ANSWER = re.compile(
    r"^\W*(?:i'd say |probably |maybe |yes,? |no,? )*(?:both|either|any|all|neither|none|yes|yeah"
    r"|yep|yup|sure|no|nope|nah|doesn't matter|don't (?:care|mind|know)|not sure|whichever|whatever"
    r"|no preference)\b(?: (?:of them|please|is fine|is ok|will do))*\W*$"
)

_LEFT_TO_YOU = re.compile(
    r"^\W*(?:(?:ok|okay|fine|alright|well|nah|then|so|please|sure|idk|i don't (?:know|care|mind)"
    r"|i can't (?:decide|choose)|surprise me)[\s,.!]+)*(?:(?:you|u|can you|could you|would you)"
    r" (?:just )?|just )(?:pick|choose|decide on) (?:just )?(?:one|a film|a movie|the film)"
    r"(?: (?:for (?:me|us|tonight)|then|please|yourself|of them))*\W*$"
)


def read(turn: Turn, catalogue: Catalogue) -> TurnPlan:
    """What a message means. Needs no model; the same turn always gives the same plan."""
    message = Message.of(turn.message)
    scene = Scene(message, Reader(turn, catalogue))
    alone = danger(scene) or nonsense(scene)
    if alone:
        return TurnPlan(intents=alone[0].intents, acts=alone[0].acts)
    if _answers(scene):
        return TurnPlan(intents=("answer",), acts=(Recommend(),))
    if _LEFT_TO_YOU.match(scene.text):
        return TurnPlan(intents=("request",), acts=(Recommend(count=1),))
    reading = Reading(scene)
    wanted = None if reading.note(both(scene)) else _read(reading)
    return _in_own_words(plan(reading, wanted), message)


def _in_own_words(planned: TurnPlan, message: Message) -> TurnPlan:
    """The plan with the user's words to the letter, where a list or quotes were made plain."""
    if message.raw == message.text:
        return planned
    edits = tuple(
        edit.model_copy(update={"words": message.own_words(edit.words)}) for edit in planned.edits
    )
    return planned.model_copy(update={"edits": edits})


def _answers(scene: Scene) -> bool:
    """Whether a message is an answer to what was asked: nothing in it is for the profile."""
    turn = scene.reader.turn
    if not turn.question or len(scene.text.split()) > 6:
        return False
    seen = re.search(r"\b(?:seen|watched)\b", turn.question.lower())
    # "Newer" chooses among films; where none were named it is a wish.
    answer = _ANSWER if turn.choices else _OPEN_ANSWER
    return answer.match(scene.text) is not None and not seen


def _read(reading: Reading) -> int | None:
    """Run every recogniser; how many films are asked for, if a number is given."""
    scene = reading.scene
    titles(scene)
    references(scene)
    reading.note(commands(scene))
    reading.note(questions(scene) or _asked_again(scene))
    reading.note(remarked(scene))
    reading.note(faults(scene))
    reading.note(conditions(scene))
    reading.note(sides(scene))
    stated = [o for o in opinions(scene) if not _inside_any(scene, o, reading.findings)]
    reading.note(attitudes(scene, stated))
    alone = bare(scene, stated)
    like = reading.note(anchors(scene, stated, alone.like))
    reading.note([] if like else similar_anchor(scene))
    reading.note(unseen(scene, stated))
    reading.note(opening(scene))
    number, where = count(scene)
    reading.note(where)
    reading.note(alone.found)
    reading.note(Finding(m.start, m.end) for m in scene.mentions if m.kind in ("title", "unknown"))
    reading.note(remarks(scene))
    reading.note(retold(scene))
    reading.note(hated_too(scene))
    _wishes(reading, stated, alone.steered)
    reading.note(instead(scene, reading.edits))
    reading.note(assent(scene))
    reading.note(feedback(scene))
    reading.note(chat(scene))
    reading.note(filler(scene))
    reading.note(Finding(m.start, m.end) for m in scene.mentions if m.kind == "place")
    reading.note(LEFTOVERS(scene.message, scene.reader))
    return number


def _asked_again(scene: Scene) -> list[Finding]:
    """What the message before asked, asked of another film."""
    said = [text for role, text in scene.reader.turn.history if role == "user"]
    if not said or len(scene.text) > _SHORT or len(said[-1]) > 5 * _SHORT:
        return []
    before = Scene(Message.of(said[-1]), scene.reader)
    titles(before)
    references(before)
    return same_asked(scene, before)


_SHORT = 40
"""Characters of a message that may go on with the question before it."""


def _inside_any(scene: Scene, opinion: Opinion, findings: Sequence[Finding]) -> bool:
    start, end = scene.outward(opinion.start, opinion.end)
    return any(finding.start <= start and end <= finding.end for finding in findings)


def _wishes(reading: Reading, stated: Sequence[Opinion], steered: Sequence[Mention]) -> None:
    """Wishes, limits and nudges; a comparison with a film goes to the nudges."""
    for recogniser in WISHES:
        scene = reading.scene
        found = list(recogniser(scene.message, scene.reader))
        compared = with_than(scene, found, list(stated), [*_anchored(stated), *steered])
        reading.note(found_wanting(scene, compared))


def _anchored(stated: Sequence[Opinion]) -> list[Mention]:
    return [m for opinion in stated if opinion.cue.kind == "anchor" for m in opinion.mentions]


def mentioned(turn: Turn, catalogue: Catalogue) -> list[tuple[ItemRef, tuple[str, ...]]]:
    """The films that a message names, with the ids that each name may stand for."""
    scene = Scene(Message.of(turn.message), Reader(turn, catalogue))
    found = titles(scene)
    return [(ref, mention.ids) for mention in found for ref in mention.refs]
