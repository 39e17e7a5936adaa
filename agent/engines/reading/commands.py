"""Commands: undo, forget, start over, help, show again, how many, what matters most."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from ...edits import Reset
from ...past import forgetting
from ...plan import Chat, ShowAgain, Tell
from .message import Finding
from .retracting import forget, lifted, undo
from .scene import Mention, Scene
from .taken_back import taken_back
from .weighing import weigh

_EVERYTHING = re.compile(
    r"\b(?:forget (?:everything|all about me|me|all (?:you know|i(?:'ve)? (?:ever )?(?:said"
    r"|told)))(?: (?:you know )?about me)?(?: i(?:'ve)? (?:ever )?(?:said|told you))?|(?:wipe"
    r"|erase|delete|clear|reset) (?:everything|all|my (?:data|profile|taste|preferences"
    r"|history)|the (?:profile|whole thing)))\b(?: (?:data|preferences|history))?"
)


_HISTORY = re.compile(
    r"\b(?:forget|delete|remove|clear|erase|wipe|drop|discard|get rid of|take back)(?: about)?"
    r"(?: all(?: of)?)?(?: my| the| that)?(?: (?:whole|entire|imported|old|letterboxd|imdb"
    r"|movielens|film|movie|watch|watched|watching|viewing))* (?:history|histories|imports?)\b"
)
"""Where there is a history in the profile; "my history" is all that was said else."""


_RESET = re.compile(
    r"\b(?:(?:let's |can we |please |i want to |i'd like to )?(?:start(?:ing)? (?:all )?"
    r"(?:over|again|afresh|fresh|from scratch|anew)|begin again|reset(?: (?:it|that|this|the "
    r"(?:search|list|filters)))?|new (?:search|request|topic)|clean slate|fresh start"
    r"|from the (?:top|beginning)|forget (?:all (?:of )?(?:that|this|it)|it all|the rest"
    r"|the whole lot)|clear (?:it|that|the (?:filters|search|limits)))|(?:now )?"
    r"(?:for )?something (?:completely|totally|entirely|very|altogether|wholly) (?:different"
    r"|else)|(?:change of|different) (?:plan|mood|topic)(?: today| tonight| now)?|(?:a )?"
    r"(?:completely|totally|entirely) (?:different|new) (?:thing|mood|request|idea|topic"
    r"|search|direction)|new day,? new (?:mood|film|movie)|let's (?:try|do|go for) something "
    r"(?:completely |totally |entirely )?(?:different|new|else) (?:now|today|tonight|entirely"
    r"|altogether))(?![\w'])"
)


_HELP = re.compile(
    r"^\W*(?:/?help(?: me)?(?: please)?|commands|options|instructions|how (?:do(?:es)? "
    r"(?:i use )?(?:this|it|you)(?: work)?|to use (?:this|you)))\W*$|\bwhat (?:can|could|do) "
    r"(?:you|i|this)(?: actually| even)? (?:do|ask|say|type|help)\b|\bhow (?:do|does|can) (?:i"
    r"|this|it|you) (?:use|work|talk)\b|\bwhat are (?:you able|your (?:features|commands"
    r"|options))\b"
)


_AGAIN = re.compile(
    r"\b(?:show|list|repeat|see|bring back|give|display|have|get)(?: me| us)? (?:(?:¤++|all"
    r"|those|these|them|that|the|your|my|(?:of )?)\s*)*(?P<which>first|last|previous|earlier"
    r"|original|old|same|first list|¤++)? ?(?:lists?|ones|picks|films|movies|suggestions"
    r"|recommendations|five|batch|options|round|¤++)?(?: you (?:gave|showed|suggested|had"
    r"|recommended)(?: me)?)? (?:again|once more|back|one more time|before|first|earlier)\b"
    r"|\b(?:what|which)(?: (?:films?|movies?|ones?))? (?:did|have) you (?:show|showed|suggest"
    r"|suggested|recommend|recommended|give|given|list|say|said|offer)(?: me| us)?(?: "
    r"(?P<when>first|before|earlier|so far|again|already|initially|just now|last time"
    r"|originally))*|\bwhat were (?:those|they|the|your|¤++)(?: \w+){0,3} (?P<were>again"
    r"|before|first)?"
    r"|\b(?:go |take me )?back to (?:the |your |that )?(?P<back>first|previous|last|earlier"
    r"|original|old) (?:list|ones|picks|suggestions|films|batch|results)|\b(?:the )?"
    r"(?:previous|earlier|last|old|first) (?:list|picks|suggestions|results)(?: again"
    r"| please)\b|\beverything you(?:'ve| have)? (?:shown|showed|suggested|recommended)\b"
    r"|\b(?:the|your) (?:first|previous|earlier|old|last) (?:list|batch|ones) (?:was|were) better"
    r"|\brepeat (?:that|the list|them|those|please|¤++)|^[^\w¤]*(?:again|repeat)(?: please)?\W*$"
)


def commands(scene: Scene) -> list[Finding]:
    """Orders about the conversation itself, none of which names a wish."""
    found: list[Finding] = []
    rules: Sequence[Callable[[Scene], list[Finding]]] = (
        _again, _history, _everything, taken_back, forget, _reset, undo, lifted, weigh, _help,
    )  # fmt: skip
    for rule in rules:
        for finding in rule(scene):
            if all(finding.end <= f.start or f.end <= finding.start for f in found):
                found.append(finding)
    return found


def _again(scene: Scene) -> list[Finding]:
    match = _AGAIN.search(scene.sketch)
    if match is None or not scene.reader.turn.shown:
        return []
    words = match.group()
    single = [m for m in scene.inside(*match.span()) if len(m.refs) < len(scene.shown) or m.ids]
    if single:
        refs = tuple(dict.fromkeys(ref for m in single for ref in m.refs))
        return [Finding(*scene.outward(*match.span()), acts=(Tell(items=refs),), intents=("more",))]
    everything = bool(
        re.search(
            r"\b(?:first|so far|all|everything|earlier|before|original(?:ly)?|initially|old)\b",
            words,
        )
    )
    act = ShowAgain(everything=everything and len(scene.reader.turn.shown) > 1)
    return [Finding(*scene.outward(*match.span()), acts=(act,), intents=("more",))]


def _history(scene: Scene) -> list[Finding]:
    edits = forgetting(scene.reader.turn.profile)
    match = _HISTORY.search(scene.text)
    if match is None or not edits:
        return []
    words = scene.said(*match.span())
    gone = tuple(edit.model_copy(update={"words": words}) for edit in edits)
    acts = (Chat(about="noted"),)
    return [Finding(*scene.outward(*match.span()), edits=gone, acts=acts, intents=("undo",))]


def _everything(scene: Scene) -> list[Finding]:
    return _reset_by(scene, _EVERYTHING, "all")


def _reset(scene: Scene) -> list[Finding]:
    return _reset_by(scene, _RESET, "tonight")


def _reset_by(
    scene: Scene, rule: re.Pattern[str], scope: Literal["tonight", "all"]
) -> list[Finding]:
    match = rule.search(scene.text)
    if match is None or any(m.kind == "title" for m in _touching(scene, *match.span())):
        return []
    edit = Reset(scope=scope, words=scene.said(*match.span()))
    return [Finding(*scene.outward(*match.span()), edits=(edit,), intents=("reset",))]


def _touching(scene: Scene, start: int, end: int) -> list[Mention]:
    return [m for m in scene.mentions if scene.place(m)[0] < end and start < scene.place(m)[1]]


def _help(scene: Scene) -> list[Finding]:
    match = _HELP.search(scene.text)
    if match is None:
        return []
    return [Finding(*scene.outward(*match.span()), acts=(Chat(about="help"),), intents=("help",))]
