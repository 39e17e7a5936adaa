"""Remarks on a whole list: "those are all American", "all of these are so depressing"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...edits import Edit, LimitEdit, Nudge, Wish
from .message import Finding, Message, Reader
from .nudges import recognise as nudges
from .scene import Scene
from .wishes import WISHES
from .words import words_of

_DEGREES = (
    r"(?:all|both|so|very|really|pretty|quite|rather|way|mostly|only|just|always|basically|a bit"
    r"|a little|kind of|kinda|sort of|again|incredibly|awfully|terribly|either|in)"
)
_REMARK = re.compile(
    r"(?:¤++|\b(?:(?:all|most) of (?:these|those|them)|these|those|they|(?:this|that|the|your) list"
    r"|your (?:picks|suggestions)|everything (?:here|there)))(?P<all> all| both| mostly)?(?:'re|'s"
    rf"| are| is| were| look| sound| seem| feel)(?P<degree>(?: {_DEGREES})*) "
    r"(?P<what>[\w-]+(?: (?!but\b|and\b|for\b|i\b)[\w-]+)?)"
    r"(?=\s*(?:$|[.,!?;]|but\b|and\b|for\b|i\b))"
)
_EVERY = re.compile(r"\b(?:all|both|mostly|only|always|just|basically)\b")
UNWELCOME = words_of("""
    depressing sad dark bleak gloomy grim heavy miserable serious violent gory bloody brutal slow
    boring dull long old dated ancient childish predictable formulaic mainstream obvious cheesy
    corny sappy soppy sentimental weird strange odd confusing pretentious scary creepy obscure
    intense complicated loud silly stupid juvenile twee mushy highbrow arty artsy
""")
"""What nobody says of a list that they like."""

# "They're all American, something foreign please" asks once, with its second half.
_OURS = re.compile(r"^(?:american|british|english|hollywood|us)\b")
_FOREIGN = re.compile(
    r"\b(?:foreign|not (?:in )?english|non-english|another (?:language|country))\b"
)


def remarked(scene: Scene) -> list[Finding]:
    """What such a remark asks to change: a nudge away, or what all of them are left out."""
    if not scene.shown:
        return []
    found = []
    for match in _REMARK.finditer(scene.sketch):
        if _FOREIGN.search(scene.sketch, match.end()) and _OURS.search(match["what"]):
            found.append(Finding(*scene.outward(*match.span()), intents=("critique",)))
            continue
        edits = tuple(_edits(scene, match)) if _of_the_list(scene, match) else ()
        if edits and scene.free(*match.span()):
            span = scene.outward(*match.span())
            found.append(Finding(*span, edits=edits, intents=("critique",)))
    return found


def _of_the_list(scene: Scene, match: re.Match[str]) -> bool:
    films = scene.inside(*match.span())
    return not films or all(len(m.refs) == len(scene.shown) for m in films)


def _edits(scene: Scene, match: re.Match[str]) -> Iterator[Edit]:
    """The remark read as "too …" where it names a fault, else as "no …" where it holds for all."""
    what, words = match["what"], scene.said(*match.span())
    if what.split()[-1] in UNWELCOME:
        found = less(what, scene.reader)
    elif _EVERY.search(words.lower().split(what.split()[0])[0]):
        found = against(what, scene.reader)
    else:
        return
    for edit in found:
        yield edit.model_copy(update={"words": words})


def less(what: str, reader: Reader) -> Iterator[Edit]:
    """ "Too slow": the nudges away from a quality."""
    for finding in nudges(Message.of(f"too {what}"), reader):
        yield from finding.edits


def against(what: str, reader: Reader) -> Iterator[Edit]:
    """ "No American films": limits and wishes against what a list was full of."""
    message = Message.of(f"no {what} films")
    found = next(([f] for wish in WISHES for f in wish(message, reader)), [])
    for edit in (edit for finding in found for edit in finding.edits):
        if isinstance(edit, (Nudge, LimitEdit)) or (isinstance(edit, Wish) and edit.avoid):
            yield edit
