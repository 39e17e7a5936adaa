"""References to films already shown or named: "the second one", "both", "that Kurosawa", "it"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...edits import ItemRef
from .described import described
from .earlier import earlier
from .focus import focus, means_the_list
from .places import NUMBERS, PLACES, mention, places
from .scene import Mention, Scene

_BARE = re.compile(
    r"(?:^\s*|\b(?:compare|between|like|know|ok|okay|hmm+|alright|well|so|fine|except|besides"
    r"|about|loved|liked|hated|seen|saw|take|pick|choose|not"
    r"|with|(?<!\w )is|why|on|and|or|vs|than|of|for|yes|yeah|maybe|say|what's|whats|try|watch"
    r"|watched"
    r"|&|,)\s+)"
    r"(?P<first>(?:the )?(?:[1-9]|10|one|two|three|four|five))(?P<rest>(?:\s*(?:,|and|&|or"
    r"|vs\.?|versus|to|with)\s*(?:[1-9]|10|two|three|four|five))*)"
    r"(?!\s+more\s*(?:$|[.,!?]|please|pls|films?|movies?|like|of|ideas?))"
    r"(?=\s*(?:$|[.,!?]|(?:please|pls|it is|it's|for me"
    r"|looks|sounds|is|was|instead|too|but|then|already|before|more"
    r"|less|better|than|\w{3,}er|any|ok|okay|suitable|scary|funny|about|good)\b))"
)


_ALL = re.compile(
    r"\b(?:all (?:of )?(?:them|those|these|five|of it|four|three|of the above)"
    r"|(?:all of )?'?em(?: all)|every "
    r"(?:single )?one(?: of (?:them|those|these))?|them all|the (?:whole )?(?:list|lot|bunch)"
    r"|everything (?:there|on (?:the|that|this|your) list|you (?:suggested|listed|showed"
    r"|recommended|gave)(?: me)?)|(?:these|those|them)(?: (?:ones|films|movies|picks"
    r"|suggestions|five|three|all))?|your (?:picks|suggestions|list|recommendations))\b"
)


_THEY = re.compile(
    r"(?:(?<=\bare )|(?<=\bwere )|(?<=\bdo )|(?<=\bdid ))they\b|\bthey(?= (?:were|are|sound"
    r"|look|seem|all (?:sound|look))\b)"
)


_BOTH = re.compile(
    r"(?<!\bwe )(?<!\bus )(?<!\byou )(?<!\bkids )(?<!\bthey )"
    r"\b(?:both(?! of (?:us|you|my|our))(?: of (?:them|those|these))?"
    r"|either(?: of (?:them|those|these))?|these two"
    r"|those two|the two(?: of them)?)\b(?! ¤)"
)


# "Three of those" does not say which.
_SOME_OF = re.compile(r"\b(?:one|two|three|four|some|few|most|half|many|\d) of $")
# "Not that one either" adds to what is refused.
_NEITHER = re.compile(r"(?:\b(?:not?|nor|never|hate\w*)\b|n't\b)[^.;!?]*$")
_OTHERS = re.compile(r"\bthe (?:others?|rest|other (?:ones?|films?|movies?|two|three|four))\b")


_PRONOUN = re.compile(
    r"\b(?:(?:that|this|the same)(?: (?:one|film|movie|last one|pick|suggestion))|it"
    r"|(?<!not )(?<!instead of )(?<!rather than )"
    r"that(?! (?:is|has|have|are|i|we|you|they|was n't|will|can|does|would"
    r"|makes?|feels?|(?:big|much|bad|good|long|far|old|many|kind|sort|way))\b| \w+ed\b)"
    r"|this(?! (?:evening|week|weekend|year|decade|time|morning|is|afternoon|friday|sunday"
    r"|saturday|century|mood))|the (?:film|movie))(?![\w'])"
    # "Not that sad" measures, "not that, please" points.
    r"|(?<=not )that(?=\W*$|[.,;!?]|\s+(?:please|either|again|tonight|thanks|but|and|or)\b)"
    r"|\b(?:that|it|this)(?='s\b)|\bthat(?= (?:was|is|sounds?|looks?|seems?|sucks|sucked|bored)\b)"
)


def references(scene: Scene) -> list[Mention]:
    """What the free words of a message point at, in the lists shown and in the message itself."""
    found: list[Mention] = []
    for recognise in (earlier, described, _placed, _bare, _together, _pronouns):
        new = [m for m in recognise(scene) if _clear(m, [*scene.mentions, *found])]
        found.extend(new)
        scene.add(new)
    _except(scene)
    return found


_EXCEPT = re.compile(
    r"¤\s*,?\s*(?:except|apart from|besides|other than|excluding|but|save|minus)(?: for)? ¤"
)


def _except(scene: Scene) -> None:
    """Take out of "all of them" what "except 3" takes out of it."""
    for match in _EXCEPT.finditer(scene.sketch):
        whole = next((m for m in scene.mentions if scene.place(m)[1] == match.start() + 1), None)
        left = next((m for m in scene.mentions if scene.place(m)[0] == match.end() - 1), None)
        if whole is None or left is None or len(whole.refs) < max(2, len(scene.shown)):
            continue
        out = {_index(scene, ref) for ref in left.refs}
        refs = tuple(ref for ref in whole.refs if _index(scene, ref) not in out)
        both = Mention(whole.start, left.end, refs, "pronoun")
        scene.mentions = [m for m in scene.mentions if m not in (whole, left)]
        scene.add([both])


def _clear(mention: Mention, others: Sequence[Mention]) -> bool:
    return all(mention.end <= o.start or o.end <= mention.start for o in others)


def _placed(scene: Scene) -> list[Mention]:
    if not scene.shown:
        return []
    found: list[Mention] = []
    for match in PLACES.finditer(scene.sketch):
        found.extend(mention(scene, match.span(), places(match, len(scene.shown)), "place"))
    return found


def _bare(scene: Scene) -> list[Mention]:
    """Numbers alone ("2", "compare 1 and 3") as places in the list."""
    if not scene.shown:
        return []
    found: list[Mention] = []
    for match in _BARE.finditer(scene.sketch):
        numbers = re.findall(r"\d+|[a-z]+", match["first"].removeprefix("the ") + match["rest"])
        places = [NUMBERS[n] for n in numbers if n in NUMBERS]
        if match["first"] in ("one", "the one") and not match["rest"]:
            continue
        if all(place <= len(scene.shown) for place in places):
            refs = [ItemRef(position=place) for place in places]
            found.extend(mention(scene, (match.start("first"), match.end()), refs, "place"))
    return found


def _together(scene: Scene) -> list[Mention]:
    found: list[Mention] = []
    for match in _OTHERS.finditer(scene.sketch):
        found.extend(mention(scene, match.span(), _rest(scene, match.start()), "place"))
    for match in _BOTH.finditer(scene.sketch):
        if match.group() == "either" and _NEITHER.search(scene.sketch[: match.start()]):
            continue
        found.extend(mention(scene, match.span(), _last_two(scene, match.start()), "place"))
    for match in [*_ALL.finditer(scene.sketch), *_THEY.finditer(scene.sketch)]:
        if _SOME_OF.search(scene.sketch[: match.start()]):
            continue
        found.extend(mention(scene, match.span(), _everything(scene, match.start()), "place"))
    return found


def _before(scene: Scene, at: int) -> list[ItemRef]:
    """What was named earlier in the same message."""
    return [ref for m in scene.mentions if scene.place(m)[1] <= at for ref in m.refs]


def _listed(scene: Scene) -> list[ItemRef]:
    return [ItemRef(position=n) for n in range(1, len(scene.shown) + 1)]


def _rest(scene: Scene, at: int) -> list[ItemRef]:
    named = {_index(scene, ref) for m in scene.mentions for ref in m.refs}
    others = [ref for ref in _listed(scene) if ref.position not in named]
    return others if 0 < len(others) < len(scene.shown) else []


def _index(scene: Scene, ref: ItemRef) -> int | None:
    """The place in the last list, from 1, that a reference stands for."""
    if ref.position is not None:
        return ref.position if ref.position > 0 else len(scene.shown) + 1 + ref.position
    if ref.title is None:
        return None
    for film in scene.mentions:
        if ref in film.refs:
            return next((n for n, id_ in enumerate(scene.shown, 1) if id_ in film.ids), None)
    return None


def _last_two(scene: Scene, at: int) -> list[ItemRef]:
    named = _before(scene, at)
    if len(named) >= 2:
        return named[-2:]
    return _listed(scene)[:2] if len(scene.shown) == 2 else _listed(scene)


def _everything(scene: Scene, at: int) -> list[ItemRef]:
    named = _before(scene, at)
    return named if len(named) >= 2 else _listed(scene)


_SUCH = re.compile(
    r"\b(?:more|something|anything|others?|ones?|stuff|things?|few|some|any|\d+|two|three"
    r"|another \w*) like $"
)


def _pronouns(scene: Scene) -> list[Mention]:
    found: list[Mention] = []
    for match in _PRONOUN.finditer(scene.sketch):
        if re.match(
            r"\s+(?:when|if|how|that|up to|doesn't matter|to be|depends)\b",
            scene.sketch[match.end() :],
        ):
            continue
        named = [m for m in scene.mentions if scene.place(m)[1] <= match.start()]
        if not named and means_the_list(scene, match.start()):
            if _SUCH.search(scene.sketch[: match.start()]):
                found.extend(mention(scene, match.span(), _listed(scene), "pronoun"))
            continue
        refs = (named[-1].refs[-1],) if named else focus(scene)
        found.extend(mention(scene, match.span(), refs, "pronoun"))
    return found
