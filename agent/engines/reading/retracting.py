"""Taking back: "undo", "forget that I said no horror", "any length is fine now"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....ingest.facets import stem
from ....ingest.item import fold
from ....ingest.limits import Runtime, Years
from ...edits import Forget, LimitEdit, Undo
from ...profile import Entry
from .amounts import amount
from .message import Finding
from .scene import MARK, Scene
from .words import words_of

_STOP = r"(?=\s*(?:$|[.,!?;:)]|please\b|and\b|but\b|then\b|thanks\b|instead\b))"


_UNDO = re.compile(
    (
        r"\b(?:undo(?: (?:that|it|this|the last(?: (?:one|thing|change|bit|step|message|request))?"
        r"|my last \w+|last))?|scratch that|strike that|take (?:that|it) back|revert(?: that| it)?"
        r"|go back(?: one| a step)?|forget (?:that(?: last (?:one|bit|thing))?|it|what i "
        r"(?:just )?said|i said (?:that|it|anything)|the last (?:one|thing|bit|message))"
        r"|never ?mind(?: (?:that|it|what i (?:just )?said))?|ignore (?:that|what i (?:just )?said"
        r"|my last \w+|the last \w+)|cancel (?:that|it)|i take (?:that|it) back|didn't mean that"
        r"|as (?:it was )?before)(?: (?P<times>twice|two|three|\d)(?: (?:steps|times|turns|things"
        r"|back))?)?(?: (?:again|once more|one more time|as well|too))?"
    )
    + _STOP
)


_UNDO_MANY = re.compile(
    r"\bundo (?:the )?(?:last )?(?P<times>two|three|four|five|\d)(?: (?:things|steps|changes"
    r"|turns|messages))?"
)


_ABOUT = (
    r"(?P<about>(?:(?!\b(?:and (?:give|show|find|recommend|i)|but|then|please|give me"
    r"|show me)\b)[^.,!?;¤])+?)(?P<rest>\s+(?:thing|limit|rule|bit|part|restriction|filter"
    r"|requirement|stuff|preference|condition|constraint|business|wish|ban))?"
)


_FORGET = re.compile(
    r"\b(?:forget|never ?mind|ignore|disregard|cancel|take back|delete|scrap"
    r"|ditch|bin|remove|lift|drop|lose|clear|scratch|undo|get rid of)(?: about)?"
    r" (?:(?:that |what |when )?i (?:just "
    r"|ever |once )?(?:said|wanted|asked for|told you|asked|mentioned)(?: (?:about|that|i "
    r"(?:want(?:ed)?|like[ds]?|need(?:ed)?|don't like|didn't (?:like|want)|hated?)|no more))*"
    r"|what i said about|my (?:preference|dislike|wish|request|love|liking) (?:for|of|about)|"
    r"(?:the|my|that|any|all)(?: (?:limit|restriction|rule|filter|thing|ban|bit|stuff|part) "
    rf"(?:on|about|for|with))?) {_ABOUT}(?=\s*(?:$|[.,!?;]|please\b|and\b|but\b|then\b|thanks\b"
    r"|now\b|again\b|after all\b|for now\b))"
)


_FINE = re.compile(
    r"(?:^|[.,!?;]|\b(?:but|and|ok|okay|so|actually|well|hmm|no|also|oh)\b)\s*(?:actually,? "
    r"|maybe |on second thoughts?,? |i guess |i think |ok(?:ay)?,? |also )*(?P<about>(?:the "
    r"|some |a bit of |a little )?[\w'-]+(?: [\w'-]+){0,3}?) (?:is|are|would be|'s|'re) "
    r"(?:actually |totally |perfectly |also |again |now |quite |all |back )*(?:fine|ok|okay"
    r"|good|allowed|alright|all right|welcome|cool|back in|in|no problem|possible"
    r"|not a problem|fair game)(?: (?:too|now|again|after all|actually|by me|with me|as well"
    r"|for (?:me|us|now)|this time|tonight))*(?=\s*(?:$|[.,!?;]|but\b|and\b|if\b))"
)


_ANY = re.compile(
    r"\b(?:any|whatever|whichever) (?P<about>length|runtime|duration|year|decade|era|age"
    r"|language|genre|country|mood|rating|time|period|kind|actor|director)(?:'s| is)?(?: "
    r"(?:is |'s |will |are |would be )?(?:fine|ok|okay|good|do|goes|works|alright|will do))?"
    r"(?: (?:now|then|actually|after all|too))*"
    r"|\b(?:the )?(?P<topic>length|runtime|duration|years?|decade|era|age|language|genre"
    r"|country|rating|time|how long|how old|which year)(?: it is)? (?:doesn't|does not|don't"
    r"|no longer|isn't|needn't)(?: really| necessarily)? (?:matter|important|count|an issue"
    r"|bother me)(?: (?:any ?more|now|actually|to me|after all))*"
    r"|\b(?:don't|do not|no longer) (?:care|mind|worry)(?: (?:any ?more))?(?: (?:about|how"
    r"|what|which|for))+ (?:the )?(?P<care>length|runtime|duration|long|years?|old|decade|era"
    r"|language|genre|rating|time|country)(?: (?:it is|it's in|it takes))?(?: any ?more)?"
    r"|\bhowever long\b|\bno (?P<limit>time|length|year|age|runtime|language) limit"
    r"(?: any ?more| now)?"
)


_DROPPED = re.compile(
    r"\b(?:forget|never ?mind|scratch|scrap|ditch|drop|bin|lose|cancel"
    r"|changed (?:my|our) minds? about)(?: about)?(?: the| being)? "
    r"(?P<about>[\w'-]+(?: [\w'-]+){0,3}?)(?: (?:part|bit|thing|after all|then|please))*"
    r"(?=\s*(?:$|[.,!?;]))"
)


_LIFTED: dict[str, str] = {
    "length": "runtime", "duration": "runtime", "long": "runtime", "how long": "runtime",
    "time": "runtime", "runtime": "runtime", "year": "years", "years": "years", "decade": "years",
    "longer": "runtime", "shorter": "runtime", "older": "years", "newer": "years",
    "era": "years", "old": "years", "how old": "years", "period": "years", "which year": "years",
}  # fmt: skip


def undo(scene: Scene) -> list[Finding]:
    match = _UNDO_MANY.search(scene.text) or _UNDO.search(scene.text)
    if match is None:
        return []
    said = match["times"] or "1"
    edit = Undo(turns=max(1, amount(said)), words=scene.said(*match.span()))
    return [Finding(*scene.outward(*match.span()), edits=(edit,), intents=("undo",))]


# Who forgets, loses or drops something in their own life gives no order.
_OWN_FORGETTING = re.compile(
    r"\b(?:i|we|they|he|she|people|i'll|we'll|i'd|we'd|me|us|him|her|them|(?<!you )to|can't|almost"
    r"|never|always|(?:i|we) (?:can|could|just|will|might|may|want to|need to))\s+$"
)


def forget(scene: Scene) -> list[Finding]:
    found = []
    for match in _FORGET.finditer(scene.sketch):
        about = _topic(match["about"])
        tells = _OWN_FORGETTING.search(scene.sketch[: match.start()])
        if not about or MARK in match.group() or tells:
            continue
        edit = Forget(about=about, words=scene.said(*match.span()))
        found.append(Finding(*scene.outward(*match.span()), edits=(edit,), intents=("undo",)))
    return found


_CARRIERS = words_of("""
    no not any the a an my i said that about it thing want wanted films movies film movie more
    only just to be is was some of don't like didn't
""")


def _topic(words: str) -> str:
    return " ".join(w for w in words.split() if w not in _CARRIERS)


# "Two hours is fine" sets a limit anew, it doesn't lift one.
_AMOUNT = re.compile(r"\b(?:hours?|minutes?|mins?|\d+)\b")


def lifted(scene: Scene) -> list[Finding]:
    """ "Horror is fine actually", "never mind scary": takes back what stands in the profile."""
    found = []
    for match in [m for rule in (_ANY, _FINE, _DROPPED) for m in rule.finditer(scene.sketch)]:
        said = next((v for k, v in match.groupdict().items() if v), "long")
        start = (
            match.start("about")
            if match.re is not _DROPPED and "about" in match.groupdict() and match["about"]
            else match.start()
        )
        if (
            MARK in match.group()
            or _AMOUNT.search(said)
            or (match.re is _DROPPED and not scene.said(*match.span("about")).islower())
            or not _stands(scene.reader.turn.profile.active, said)
        ):
            continue
        edit = Forget(about=_LIFTED.get(said, _topic(said)), words=scene.said(start, match.end()))
        found.append(Finding(*scene.outward(start, match.end()), edits=(edit,), intents=("undo",)))
    return found


def _stands(entries: Sequence[Entry], said: str) -> bool:
    """Whether something active in the profile is about what was said."""
    kind = _LIFTED.get(said)
    wanted = {stem(word) for word in fold(said).split() if word not in _CARRIERS}
    for entry in entries:
        content = entry.content
        if isinstance(content, LimitEdit):
            limit = content.limit
            if (kind == "runtime" and isinstance(limit, Runtime)) or (
                kind == "years" and isinstance(limit, Years)
            ):
                return True
            if wanted & _stems(f"{limit.sentence()} {limit.limit}"):
                return True
        elif wanted & _stems(content.words):
            return True
    return False


def _stems(text: str) -> set[str]:
    return {stem(word) for word in fold(text).split()} - _CARRIERS
