"""Questions about films: "what's it about?", "is it ok for my son?", "which is shorter?"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...edits import ItemRef
from ...plan import Chat, Tell, Topic
from .focus import focus
from .message import Finding
from .question_rules import COMPARED, KIN, RULES, VERSUS, WHETHER, WHICH
from .scene import FILM, Scene, clauses

_ASKING = re.compile(
    r"^[^\w¤]*(?:(?:and|but|so|ok|okay|also|hey|um+|well|oh|hmm+|wait|yes|yeah|no|cool"
    r"|nice|great|thanks|please|interesting|actually|,|just|sounds \w+|i don't know"
    r"|not sure|i haven't seen ¤++|haven't seen ¤++|hi|hello)\b\W*)*(?:(?:do you know"
    r"|can you tell (?:me|us)|could you tell (?:me|us)|i wonder|wondering|remind me"
    r"|curious|i'd like to know|i want to know|would you say|tell me)\b\W*)?(?:what"
    r"|whats|who|whos|why|how|when|where|which|is|are|was|were|does|do|did|can|could"
    r"|will|would|should|has|have|isn't|wasn't|doesn't|any|tell|describe|compare|more"
    r"|details?|trailers?|give|explain|remind|show|synopsis|summar|plot|cast|runtime"
    r"|info|got|you got|director|length|age|rating|story|difference|heard of|let me"
    r"|please|see|know|¤++ (?:or|vs)|and|genre|year)\b"
)


_PROFILE = re.compile(
    r"\bwhat(?:'s| is)(?: (?:on|in))? my (?:taste )?(?:profile|preferences|tastes?)\b"
    r"|\bwhat (?:have i (?:told|said)|do you (?:know|remember|have)(?: \w+)? (?:about"
    r"|on|of) (?:me|us)|did i (?:tell|say)|are my (?:preferences|tastes?|likes)|do i like"
    r"|is my (?:profile|taste)|have you (?:learned|learnt|understood|noted)"
    r"(?: about (?:me|us))?)\b|\b(?:show|see|view|list|print)(?: me)? (?:my|the) (?:taste )?"
    r"(?:profile|preferences|tastes?)\b|\b(?:did i (?:ever |already )?(?:say|tell you|mention)"
    r"|have i (?:ever |already )?(?:said|told you|mentioned))\b[^.!?;\n]*"
    r"|^\W*(?:my )?(?:profile|preferences|taste profile)\W*$|what do you think i like"
)


_STOP = re.compile(
    r"[.;!?\n]|,|\s(?:and|but|then|also|or) (?=(?:something|anything|i\b|i'd|can|could"
    r"|give|show|recommend|suggest|maybe|do\b|is\b|what|who|how|which|let|find|please"
    r"|more|also|we\b|are|no\b|nothing))"
)


@dataclass(frozen=True)
class _Question:
    start: int
    end: int
    topic: Topic
    compare: str | None = None


def questions(scene: Scene) -> list[Finding]:
    """Every question about films or about what is known of the user."""
    about_me = _PROFILE.search(scene.sketch)
    if about_me:
        act = Chat(about="profile")
        return [Finding(*scene.outward(*about_me.span()), acts=(act,), intents=("inquire",))]
    found: list[Finding] = []
    for span in clauses(scene.sketch):
        found.extend(_in_clause(scene, *span))
    return _merged(found)


_AND = re.compile(rf"[^\w¤]*(?:and|what about|how about|and what about) {FILM}\W*")


def same_asked(scene: Scene, before: Scene) -> list[Finding]:
    """ "And the second?" asks of another film what the message before asked."""
    if not _AND.fullmatch(scene.sketch):
        return []
    topics = [
        q.topic for span in clauses(before.sketch) for q in _asked(before.sketch[slice(*span)])
    ]
    if not topics:
        return []
    acts = (Tell(items=scene.refs(0, len(scene.sketch)), topic=topics[0]),)
    return [Finding(0, len(scene.message.text), acts=acts, intents=("inquire",))]


# "What would suit somebody who loves Heat?" asks for films, not about that one.
_FOR_WHOM = re.compile(
    r"\bwhat(?:'s|s| is| are| would| could| might)? (?:suits?|fits?|please[sd]?|works?|good|right"
    r"|best)(?: \w+){0,2} (?:for )?(?:me|us|somebody|someone|anybody|anyone|people|fans|those"
    r"|a fan)\b"
)


def _in_clause(scene: Scene, start: int, end: int) -> Iterator[Finding]:
    asked_at = start
    clause = scene.sketch[start:end] + (
        "?" if scene.sketch[end : end + 3].strip()[:1] == "?" else ""
    )
    if _FOR_WHOM.search(clause):
        return
    for question in _asked(clause):
        first, last = asked_at + question.start, min(asked_at + question.end, end)
        items = _items(scene, start, end, first, last)
        if items == () and question.compare is None and scene.reader.turn.focus:
            items = focus(scene)
        if items is None or last <= first or not scene.free(first, last):
            continue
        yield Finding(
            *scene.outward(first, last),
            acts=(Tell(items=items, topic=question.topic, compare=question.compare),),
            intents=("inquire",),
        )
        if not scene.inside(first, last):
            for film in scene.inside(start, end):
                yield Finding(film.start, film.end)


# "The second and the fourth, tell me more"; "if you liked X, what …" asks for a list instead.
_ASKS_LATER = re.compile(
    r",\s*(?:but |and )?(?:tell|describe|compare|what|who|how|why|is|are|which|explain|does)\b"
)
_SUPPOSES = re.compile(
    r"\bif (?:i|you|we|one|someone|they) (?:\w+ )?(?:liked?|loved?|enjoy(?:ed)?|adored?)\b"
)


def _asked(clause: str) -> list[_Question]:
    asks = clause.endswith("?") or _ASKING.match(clause) or _ASKS_LATER.search(clause)
    if not asks or _SUPPOSES.search(clause):
        return []
    compared = WHICH.search(clause) or WHETHER.search(clause)
    if compared:
        word = (
            f"{compared['degree']} {compared['word']}" if compared["degree"] else compared["word"]
        )
        topic = COMPARED[compared["word"]]
        if topic == "any" and re.match(rf" (?:for|with) [^?]*{KIN}", clause[compared.end() :]):
            topic = "age"
        return [_stretch(clause, compared, topic, word)]
    versus = VERSUS.search(clause)
    if versus:
        return [_stretch(clause, versus, "compare", "better")]
    found: list[_Question] = []
    for topic, rule in RULES:
        match = rule.search(clause)
        if (
            match
            and match.group().strip()
            and all(match.end() <= q.start or q.end <= match.start() for q in found)
        ):
            found.append(_stretch(clause, match, topic, None))
    if not found and clause.endswith("?"):
        other = _OTHER_QUESTION.search(clause)
        found = [_stretch(clause, other, "any", None)] if other else []
    return sorted(found, key=lambda q: q.start)


_OTHER_QUESTION = re.compile(
    rf"\b(?:is|are|was|were|does|do|did|has|have|will|would|should|can) (?:{FILM}|we "
    rf"(?:see|watch) {FILM}|they)|\bshould (?:i|we)\s*\?$|\bright\s*\?$|\b(?:isn't"
    rf"|wasn't) (?:it|he|she|that)\s*\?$|\b(?:who|what|where|when|how)\b[^?]*{FILM}"
)


def _stretch(clause: str, match: re.Match[str], topic: Topic, compare: str | None) -> _Question:
    """A question from the start of its phrase to the end of its words."""
    stop = _STOP.search(clause, match.end())
    begins = max((m.end() for m in _STOP.finditer(clause, 0, match.start())), default=0)
    return _Question(begins, stop.start() if stop else len(clause.rstrip("?")), topic, compare)


def _items(scene: Scene, start: int, end: int, first: int, last: int) -> tuple[ItemRef, ...] | None:
    """What a question is about; () for the whole last list, None when it is about no film.

    The films inside the question, else any in its clause, else those of the clause before.
    """
    inside = scene.inside(first, last) or scene.inside(start, end)
    if inside:
        return tuple(dict.fromkeys(ref for mention in inside for ref in mention.refs))
    if _OPEN_REQUEST.search(scene.sketch, start, end):
        return None
    before = [m for m in scene.mentions if scene.place(m)[1] <= start]
    if before:
        return before[-1].refs[-1:]
    return () if scene.shown else None


_OPEN_REQUEST = re.compile(
    r"\b(?:something|anything|recommend|suggest|recommendations?|suggestions?|(?:any"
    r"|some|a|good|other|more|few|great) (?:[\w-]+ ){0,3}(?:films?|movies?|ones?"
    r"|comed\w+|dramas?|thrillers?|westerns?|classics|documentar\w+|musicals?"
    r"|rom-?coms?|cartoons?|ideas|options)|what should i|what can i|what to watch"
    r"|what would you|ones?\b(?! (?:is|was|are|the|\w+est)\b))\b"
)


def _merged(found: list[Finding]) -> list[Finding]:
    """Without the same act twice; at most three questions are answered at once."""
    kept: list[Finding] = []
    seen: set[str] = set()
    for finding in found:
        if not finding.acts:
            kept.append(finding)
            continue
        key = finding.acts[0].model_dump_json()
        acts = finding.acts if key not in seen and len(seen) < 3 else ()
        seen.add(key)
        kept.append(Finding(finding.start, finding.end, finding.edits, acts, finding.intents))
    return kept
