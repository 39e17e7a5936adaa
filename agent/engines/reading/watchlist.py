"""Films from somebody's own list of films to watch: "something from my watchlist"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ....ingest.limits import Watchlist
from ...edits import LimitEdit
from ...past import watchlist
from ...plan import Ask
from .message import Finding, Message, Reader

_MINE = r"(?:my|our|the|that|this)"
_LIST = (
    r"(?:(?:letterboxd|imdb|movielens|imported|own|long|big|huge|endless|old)(?:'s)? )*(?:watch"
    r"[ -]?lists?|(?:to[ -]?watch|want[ -]to[ -](?:watch|see)|must[ -](?:watch|see)|watch[ -]later"
    r"|see[ -]later|bucket) (?:list|pile|queue|backlog)s?|backlog|watch(?:ing)? queue"
    r"|(?:list|pile|queue|backlog)s? of (?:(?:films?|movies?|things|stuff|what|ones) )?"
    r"(?:(?:that|which) )?(?:(?:i|we)(?:'d| would)? (?:(?:still |really |always )*(?:want(?:ed)?"
    r"|need|have|mean(?:t)?|like|plan(?:ned)?|hope) )?)?(?:to|wanna) (?:watch|see))"
)
_KEPT = (
    r"(?:(?:(?:my|our) saved (?:films?|movies?|ones|things|stuff|titles))|"
    r"(?:films?|movies?|things|stuff|ones?|anything|something|whatever|what)(?: that| which)? "
    r"(?:(?:i|we)(?:'ve| have|'d)?|i'm|we're)(?: already| once| ever)* (?:saved|bookmarked"
    r"|put aside|set aside|shortlisted|listed|kept|queued)"
    r"(?: up| down)?(?: (?:for later|to (?:watch|see)(?: later)?|somewhere))?)"
)
_PUT_OFF = (
    r"(?:(?:films?|movies?|things|stuff|ones?|anything|something|whatever|what|titles?"
    r"|recommendations)(?: (?:that|which))?"
    r" (?:(?:i|we)(?:'ve| have)?(?: (?:always|long|just|still|all))* (?:been )?(?:mean(?:ing|t)?"
    r"|plan(?:ning|ned)?|intend(?:ing|ed)?|wanting|wanted|dying|itching|hoping|keep meaning"
    r"|keep planning|keep intending|keep saying i'll|keep putting off)(?: to)?"
    r"|(?:i|we) (?:still )?have(?:n't| not) got(?:ten)? (?:around|round) to(?: yet)?)"
    r"(?: (?:watch(?:ing)?|see(?:ing)?|catch(?:ing)?|get (?:around|round|to)(?: to)?"
    r"(?: (?:watching|seeing))?|tick(?:ing)? off))?"
    r"(?: (?:for (?:ages|years|months|a while|so long)|forever|since \w+))?)(?! (?:is|was|are|¤))"
)
_FROM = (
    r"(?:(?:only |just |strictly )?(?:from|off(?: of)?|out of|on|in|among(?:st)?|within"
    r"|through|of|at|use|using|check|search|pick from|go through|raid) )"
)
_RULES = (
    re.compile(rf"\b{_FROM}{_MINE} (?:own )?{_LIST}(?![\w'])"),
    re.compile(rf"\b(?:{_FROM})?(?:{_KEPT}|{_PUT_OFF})(?![\w'])"),
    re.compile(rf"\b{_FROM}(?:my|our) (?:own |long |big |huge )*lists?(?![\w']| (?:of|for|so))"),
    re.compile(
        r"(?:^\W*|[,;:.] ?|\b(?:only|just|please|show|see|list|give|tonight|use|try)(?: me| us)? )"
        rf"{_MINE} {_LIST}(?![\w'])"
    ),
)
"""From a list that is called so; of what was kept or put off; from "my list"; the list alone."""
_AGAINST = re.compile(
    r"\b(?:not|nothing|none|never|don't|isn't|aren't|without|anything but|other than|except"
    r"(?: for)?|besides|outside(?: of)?)(?: (?:what(?:'s| is)?|the|an?y?|one|ones|films?|movies?"
    r"|things?|stuff|something|anything|that(?:'s| is| are)?|is|are|those|want|use|from|of))* *$"
)
_ADDING = re.compile(r"\b(?:add|put|save|stick|keep|move|take|remove|delete|drop)\b[^.!?]{0,60}$")
NO_LIST = (
    "I have no watchlist of yours yet: bring in your export of Letterboxd or IMDb first. What are"
    " you in the mood for until then?"
)


def recognise(message: Message, reader: Reader) -> Sequence[Finding]:
    """A limit to the watchlist of the histories that were brought in."""
    text = message.plain.text
    return [*_found(message, reader, text)][:1]


def _found(message: Message, reader: Reader, text: str) -> Iterator[Finding]:
    for rule in _RULES:
        for match in rule.finditer(text):
            before = text[: match.start()]
            start, end = message.plain.span(*match.span())
            if _ADDING.search(before) or _AGAINST.search(before) or not message.free(start, end):
                continue
            yield _finding(message.text[start:end], start, end, reader)


def _finding(words: str, start: int, end: int, reader: Reader) -> Finding:
    kept = watchlist(entry.content for entry in reader.turn.profile.active)
    if not kept:
        return Finding(start, end, acts=(Ask(question=NO_LIST),), intents=("request",))
    edit = LimitEdit(limit=Watchlist(any_of=kept), words=words)
    return Finding(start, end, (edit,), intents=("request",))
