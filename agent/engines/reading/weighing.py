"""Which dimension counts most: "mood matters most", "I don't care about the plot"."""

from __future__ import annotations

import re

from ....ingest.item import Dimension
from ...edits import Weigh
from .message import Finding
from .scene import Scene

_DIM = (
    r"(?:the )?(?:overall )?(?P<{}>moods?|vibes?|atmosphere|feel(?:ing)?|tone|plots?|stor(?:y"
    r"|ies)|storylines?|premise|themes?|audience|who it's for|who it is for|characters)"
)


def _dim(name: str) -> str:
    return _DIM.format(name)


_WEIGH = re.compile(
    rf"\b{_dim('a')} (?:matters?|counts?|is|are|'s) (?:by far |really |what (?:matters"
    r"|counts) )?(?P<how>(?:the )?most(?: important)?|more(?: important)?|most of all|key"
    r"|everything|all that matters|a lot|the main thing|what i care about|above all"
    r"|twice as much)(?: to me| for me| than .*)?"
    r"|\b(?:focus|concentrate|go|based?|judge|match|pick|rank|choose|search|going)(?: more"
    rf"| mostly| mainly| only| just| it| them)*(?: on| by| for) {_dim('b')}(?: (?:only|more"
    r"|mainly|instead))?"
    r"|\b(?:care|bothered|interested)(?: more| most| mostly| mainly| only| really)+ (?:about"
    rf"|in) {_dim('c')}|\bonly care about {_dim('d')}|\b(?:mostly|mainly|only|really|just"
    rf"|do) care about {_dim('l')}|\bi care about {_dim('i')}|\bpriorit(?:y|i[sz]e)"
    rf"(?: is)? {_dim('e')}|\bmore (?:weight|emphasis|focus|attention) (?:on|to) {_dim('j')}"
)


_WEIGH_DOWN = re.compile(
    r"\b(?:don't|do not|doesn't|not|no longer) (?:really |much )?(?:care|mind|bothered|fussed)"
    rf"(?: (?:so |that |too |very )?much| at all)?(?: about| what)? {_dim('f')}(?: is)?"
    rf"|\b{_dim('g')} (?:doesn't|does not|isn't|don't|aren't|is not)(?: really| all)?"
    r"(?: that)? (?:matter|count|important|so important)(?: (?:much|at all|to me|so much))*"
    rf"|\bignore {_dim('h')}|\bless (?:weight|emphasis|focus) on {_dim('k')}"
)


def weigh(scene: Scene) -> list[Finding]:
    found: list[tuple[int, int, Weigh]] = []
    for rule, weight in ((_WEIGH_DOWN, 0.0), (_WEIGH, 2.0)):
        for match in rule.finditer(scene.sketch):
            word = next(v for k, v in match.groupdict().items() if v and k != "how")
            edit = Weigh(dimension=_dimension(word), weight=weight, words=scene.said(*match.span()))
            if all(match.end() <= a or b <= match.start() for a, b, _ in found):
                found.append((match.start(), match.end(), edit))
    return [
        Finding(*scene.outward(a, b), edits=(edit,), intents=("critique",)) for a, b, edit in found
    ]


def _dimension(word: str) -> Dimension:
    if word.startswith(("mood", "vibe", "atmos", "feel", "tone")):
        return "mood"
    return "audience" if word.startswith(("audience", "who")) else "plot"
