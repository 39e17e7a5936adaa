"""What the user thinks of films: "loved Heat and Collateral, hated Drive, seen Elf already"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ....tools.query import QueryDimension
from ...edits import Attitude, Feeling, ItemRef
from ...plan import Chat, Intent, Tell
from .cue import Cue
from .message import Finding
from .opinions import Opinion
from .scene import FILM, Mention, Scene

_BY_DIMENSION: tuple[tuple[QueryDimension, str], ...] = (
        ("mood", "mood vibe vibes feel feeling atmosphere tone look looks humour humor aesthetic "
                 "energy style spirit charm warmth wit magic pacing tension jokes comedy "
                 "visuals music "
                 "soundtrack cinematography colours colors"),
        ("plot", "plot story storyline premise idea ideas theme themes characters character twist "
                 "twists world concept subject script writing setting"),
        ("audience", "audience crowd"),
)  # fmt: skip
DIMENSION_WORDS = {word: dimension for dimension, words in _BY_DIMENSION for word in words.split()}


DIMENSION = "|".join(sorted(DIMENSION_WORDS, key=len, reverse=True))


_OF_FILM = re.compile(
    rf"\b(?P<word>{DIMENSION})\b(?: and (?!(?:the )?(?:{DIMENSION})\b)(?:the )?\w+)? (?:of|in|to"
    r"|from|as|like)(?: the)?\s*$"
)


_FILMS_OWN = re.compile(
    rf"^\s*'?s (?:\w+ )?(?P<word>{DIMENSION})\b"
    rf"|^ (?:in|by)(?: terms of)?(?: (?:the|its))? (?P<side>{DIMENSION})\b"
)


_OTHERS = re.compile(
    r"\b(?P<who>(?:my|our|the|his|her) (?!favou?rite|all|top|fav|taste|list)(?:[\w-]+ )?"
    r"(?:wife|husband|partner|girlfriend|boyfriend|fianc\w+|spouse|kids?|children|sons?"
    r"|daughters?|mum|mom|mother|dad|father|parents?|brothers?|sisters?|friends?|mates?"
    r"|roommates?|flatmates?|grandma|gran|granny|grandpa|grandad|grandparents|family|boss|date"
    r"|cousins?|nephews?|nieces?|toddler|teen\w*|year[- ]olds?)|he|she|they|you|everyone"
    r"|everybody|people|critics|most people|others|nobody|no one|some people|the others?)\b"
    r"(?P<also> and (?:i|me)\b)?(?: (?:really|also|both|all|absolutely|just|kind of|never"
    r"|didn't|doesn't|don't|has|have|had|says?|thinks?|thought|always|already|says that"
    r"|told me|is|are|was|were|gets?|got))*\s*$"
)


_CROWD = re.compile(
    r"^(?:you|everyone|everybody|people|critics|most people|others|nobody|no one|some people)$"
)


_HEARSAY = re.compile(
    r"\b(?:heard|hear|told|says?|said|recommended|read|reviews?)\b[^.,;!?¤]{0,30}$"
)


_CONDITION = re.compile(r"\b(?:if|in case|unless|when|whenever)\s+(?:\w+ ){0,2}$")


_NEGATIVE: frozenset[Feeling] = frozenset({"disliked", "not_tonight"})


def attitudes(scene: Scene, found: Sequence[Opinion]) -> list[Finding]:
    """The attitudes in some opinions, in order."""
    against = [m for o in found if "not_tonight" in o.cue.feelings for m in o.mentions]
    refused = set(item_refs(against))
    findings = [finding for opinion in found for finding in _finding(scene, opinion)]
    return [_not_loved(finding, refused) for finding in findings]


def _not_loved(finding: Finding, refused: set[ItemRef]) -> Finding:
    """Without love that is only inferred from seeing a film often: it was refused beside that."""
    kept = tuple(
        edit
        for edit in finding.edits
        if not (isinstance(edit, Attitude) and edit.feeling == "loved" and edit.item in refused)
    )
    return replace(finding, edits=kept)


def _finding(scene: Scene, opinion: Opinion) -> list[Finding]:
    cue = opinion.cue
    if not cue.feelings or (cue.kind == "unseen" and not opinion.mentions):
        return []
    feelings = () if _lukewarm(scene, opinion) else _for_whom(scene, cue, opinion.start)
    if not feelings:
        return []
    words = scene.said(opinion.start, opinion.end)
    edits = tuple(
        Attitude(item=ref, feeling=feeling, dimension=_dimension(scene, mention), words=words)
        for mention in opinion.mentions
        for ref in mention.refs
        for feeling in feelings
    )
    intents = _intents(scene, opinion, feelings)
    spans = [(cue.start, cue.end), *(scene.place(m) for m in opinion.mentions)]
    when = _WHEN.match(scene.sketch, max(end for _, end in spans))
    spans += [when.span()] if when else []
    first = Finding(*scene.outward(*spans[0]), edits=edits, intents=intents)
    return [first, *(Finding(*scene.outward(*span)) for span in spans[1:])]


_FAINT = re.compile(r"\b(?:fine|ok|okay|alright|all right|decent|so-so|average)\b")


def _lukewarm(scene: Scene, opinion: Opinion) -> bool:
    """Whether a whole list is only called fine: that says nothing of each film in it."""
    whole = any(len(mention.refs) >= max(len(scene.shown), 3) for mention in opinion.mentions)
    return whole and _FAINT.search(scene.sketch, opinion.cue.start, opinion.cue.end) is not None


# When a film was seen says nothing about which years are wanted.
_WHEN = re.compile(
    r"\s+(?:(?:just |only )?(?:last|this|the other|earlier this|a few) (?:year|month|week|night"
    r"|weekend|summer|winter|christmas|halloween|day|evening|days|weeks|years|months)s?(?: ago"
    r"|back)?|yesterday|recently|ages ago|(?:\w+ )?(?:years|days|weeks|months) ago|in (?:the "
    r"cinemas?|theat(?:er|re)s?)|on (?:a plane|tv|netflix)|as a (?:kid|child)|back in \d{4}"
    r"|when it came out)\b"
)


def unseen(scene: Scene, found: Sequence[Opinion]) -> list[Finding]:
    """ "Haven't seen it" changes nothing; a film that was shown is told about."""
    findings: list[Finding] = []
    for opinion in found:
        if opinion.cue.kind != "unseen" or opinion.cue.feelings:
            continue
        shown = [m for m in opinion.mentions if was_shown(scene, m)]
        act = Tell(items=item_refs(shown)) if shown else Chat(about="noted")
        findings.append(Finding(*scene.outward(opinion.cue.start, opinion.cue.end), acts=(act,)))
        findings += [Finding(*scene.outward(*scene.place(m))) for m in opinion.mentions]
    return findings


def _for_whom(scene: Scene, cue: Cue, at: int) -> tuple[Feeling, ...]:
    """The user's own feelings that a cue states, given whose cue it is.

    What companions hate or have seen is nothing for tonight, what they love counts as liked;
    what the crowd loves, or what one has heard, makes curious at most.
    """
    before = scene.sketch[max(0, at - 60) : at]
    if _CONDITION.search(before):
        return ()
    if _HEARSAY.search(before) and "loved" in cue.feelings + ("loved",) * ("liked" in cue.feelings):
        return ("interested",)
    other = _OTHERS.search(before)
    if other is None or other["also"]:
        return cue.feelings
    if _CROWD.match(other["who"]):
        return ()
    if _NEGATIVE & set(cue.feelings) or cue.feelings == ("seen",):
        return ("not_tonight",)
    return ("liked",) if {"loved", "liked"} & set(cue.feelings) else ()


def _dimension(scene: Scene, mention: Mention) -> QueryDimension:
    return dimension_at(scene.sketch, *scene.place(mention))


def dimension_at(sketch: str, start: int, end: int) -> QueryDimension:
    """The dimension in which a text speaks of the film at a span: "the mood of X", "X's plot"."""
    before = _OF_FILM.search(sketch[max(0, start - 40) : start])
    after = _FILMS_OWN.match(sketch[end:])
    found = before or after
    if found is None:
        return "overall"
    return DIMENSION_WORDS[found.groupdict().get("side") or found["word"]]


def with_aspect(sketch: str, start: int, end: int) -> tuple[int, int]:
    """The span of a film with the side of it that is meant: "the mood of X", "X's plot"."""
    before = _OF_FILM.search(sketch[max(0, start - 40) : start])
    after = _FILMS_OWN.match(sketch[end:])
    first = max(0, start - 40) + before.start() if before else start
    return first, end + after.end() if after else end


def _intents(scene: Scene, opinion: Opinion, feelings: Sequence[Feeling]) -> tuple[Intent, ...]:
    """Feedback on what was shown is accepting, rejecting or seen; the rest is preference."""
    shown = any(was_shown(scene, mention) for mention in opinion.mentions)
    intents: list[Intent] = []
    for feeling in feelings:
        if feeling in ("disliked", "not_tonight"):
            intents += (
                ["reject", "critique"] if shown and _names_a_fault(scene, opinion) else ["reject"]
            )
        elif feeling == "seen":
            intents.append("seen")
        elif feeling == "interested":
            intents.append("accept")
        elif shown:
            intents.append("accept" if _approves(scene, opinion) else "seen")
        else:
            intents.append("prefer")
    return tuple(dict.fromkeys(intents))


_REMARK = re.compile(
    rf"(?:{FILM}|\b(?:he|she|it|that|this|they|those|these|both|the (?:acting|story|plot|ending"
    r"|film|movie|book|cast|first one|second one)))(?: both| all| really)? (?:was|were|had"
    r"|made|has been|ended|felt)\b(?! too\b)(?:(?!\b(?:but|so|and (?:i|something"
    r"|now))\b)[^.,!?;¤])*"
)


def remarks(scene: Scene) -> list[Finding]:
    """What is told of films seen ("it was so funny"): it wishes for nothing tonight."""
    return [
        Finding(*scene.outward(*match.span()))
        for match in _REMARK.finditer(scene.sketch)
        if match.group().strip() and not re.search(r"\btoo\b", match.group())
    ]


def was_shown(scene: Scene, mention: Mention) -> bool:
    shown = {id_ for ids in scene.reader.turn.shown for id_ in ids}
    return any(ref.position for ref in mention.refs) or bool(shown & set(mention.ids))


_FAULT = re.compile(
    r"\b(?:boring|bored|slow|long|dark|sad|violent|scary|weird|sappy|gory|loud|sentimental"
    r"|predictable|tame|"
    r"silly|cheesy|confusing|depressing|disturbing|overrated|dull|tedious|pretentious|dragged"
    r"|stupid|dumb)\b"
)


def _names_a_fault(scene: Scene, opinion: Opinion) -> bool:
    """Whether a dislike says what is wrong: "too slow", "was boring"."""
    return _FAULT.search(scene.sketch, opinion.cue.start, opinion.cue.end) is not None


def _approves(scene: Scene, opinion: Opinion) -> bool:
    """Whether a liking speaks of the suggestion ("I like it"), not of having seen the film."""
    cue = scene.sketch[opinion.cue.start : opinion.cue.end]
    films = [scene.said(*scene.place(m)).lower() for m in opinion.mentions]
    pointed = all(m.kind != "title" for m in opinion.mentions) and not any(
        re.search(r"\b(?:film|movie|that|those)\b", words) for words in films
    )
    return pointed and re.search(r"\b(?:love|like)$", cue.strip()) is not None


def item_refs(mentions: Sequence[Mention]) -> tuple[ItemRef, ...]:
    """All items of some mentions, each once, in order."""
    return tuple(dict.fromkeys(ref for mention in mentions for ref in mention.refs))
