"""References to films already shown or named: "the second one", "both", "that Kurosawa", "it"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ....ingest.facets import stem, subject_words
from ....ingest.item import Item, fold
from ....ingest.limits import LANGUAGES
from ...edits import ItemRef
from ..base import Turn
from .scene import MARK, Mention, MentionKind, Scene

_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7, "eighth": 8, "8th": 8,
    "ninth": 9, "9th": 9, "tenth": 10, "10th": 10, "last": -1, "final": -1, "top": 1, "bottom": -1,
    "former": 1, "latter": -1, "middle": 0,
}  # fmt: skip
_NUMBERS = {
    word: n
    for n, word in enumerate(
        "one two three four five six seven eight nine ten".split(), start=1
    )
} | {str(n): n for n in range(1, 21)}  # fmt: skip
_ORDINAL = "|".join(_ORDINALS)
_NUMBER = r"one|two|three|four|five|six|seven|eight|nine|ten|1?\d|20"
_THING = (
    r"(?:ones?|films?|movies?|picks?|options?|suggestions?|choices?|titles?|recommendations?"
    r"|recs?|of (?:those|these|them|the (?:list|bunch|lot|five|three)))"
)
_STOPS = (
    r"(?=\s*(?:$|[.,;:!?)¤]|(?:and|or|but|is|was|looks?|sounds?|seems?|please|too|again"
    r"|instead|with|for|then|though|because|so|not|isn't|wasn't|if|as|are|were|i|we|already"
    r"|didn't|did|does|which|any|really|very|good|ok|okay|suitable|scary|funny|sad|violent"
    r"|long|short|like|appropriate|have|has|more|better|less|most|best|than|end|ends|come|made"
    r"|available|about|bit|rather|one's)\b))"
)

_PLACES = re.compile(
    rf"\b(?:the |my |your |that |this )?(?:very )?(?P<ordinal>{_ORDINAL})(?: (?P<many>two|three"
    r"|four|five|six|seven|eight|nine|ten|[2-9]|few|couple|couple of))?(?: "
    rf"(?P<thing>{_THING})\b|{_STOPS})"
    r"|(?:#|\b(?:number|no\.|nr\.?|num|option|pick|film|movie|choice|suggestion|the number) ?)"
    rf"(?P<number>{_NUMBER})(?:\s*(?:,|and|&|or|vs\.?|versus|with|to)\s*#?"
    rf"(?P<more>{_NUMBER})\b)?(?!\w|[./]\d)"
)
_BARE = re.compile(
    r"(?:^\s*|\b(?:compare|between|like|about|loved|liked|hated|seen|saw|take|pick|choose|not"
    r"|with|is|why|on|and|or|vs|than|of|for|yes|yeah|maybe|say|what's|whats|try|watch|watched"
    r"|&|,)\s+)"
    r"(?P<first>(?:the )?(?:[1-9]|10|one|two|three|four|five))(?P<rest>(?:\s*(?:,|and|&|or"
    r"|vs\.?|versus|to|with)\s*(?:[1-9]|10|two|three|four|five))*)"
    r"(?=\s*(?:$|[.,!?]|(?:please|looks|sounds|is|was|instead|too|but|then|already|before|more"
    r"|less|better|than|\w{3,}er|any|ok|okay|suitable|scary|funny|about|good)\b))"
)
_ALL = re.compile(
    r"\b(?:all (?:of )?(?:them|those|these|five|of it|four|three|of the above)|every "
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
    r"\b(?:both(?: of (?:them|those|these))?|either(?: of (?:them|those|these))?|these two"
    r"|those two|the two(?: of them)?)\b(?! ¤)"
)
_OTHERS = re.compile(r"\bthe (?:others?|rest|other (?:ones?|films?|movies?|two|three|four))\b")
_PRONOUN = re.compile(
    r"\b(?:(?:that|this|the same)(?: (?:one|film|movie|last one|pick|suggestion))|it|that(?! "
    r"(?:is|has|have|are|i|we|you|they|was n't|will|can|does|would|makes?|feels?|(?:big|much"
    r"|bad|good|long|far|old|many|kind|sort|way))\b| \w+ed\b)|this(?! (?:evening|week|weekend"
    r"|year|decade|time|morning|is|afternoon|friday|sunday|saturday|century|mood))|the (?:film"
    r"|movie))(?![\w'])"
    r"|\b(?:that|it|this)(?='s\b)|\bthat(?= (?:was|is|sounds?|looks?|seems?|sucks|sucked|bored)\b)"
)
_DESCRIBED = re.compile(
    r"\b(?:the|that|this)(?: (?P<before>[\w'-]+(?: [\w'-]+){0,3}?))? (?:one|film|movie|pick)"
    r"(?: (?:with|about|where|by|from|starring|set in|in|that has|of|who|that's|featuring"
    r"|directed by) (?P<after>(?:(?!\b(?:about(?=\s*(?:$|\?))|is\b|was\b|looks?|sounds?|but"
    r"|because|please|again|instead|seems?)\b)[^.,;!?¤])+))?"
    r"|\bthat (?P<name>[\w'-]+)(?= (?:one|film|movie)|\s*$|[.,!?])"
)
_EMPTY_WORDS = frozenset(
    "a an the of with in on that this about and or to s is it its his her their who whose where which "
    "one film movie you just me other next more some any my your our first for from by set star "
    "directed has have there kind sort really very new good nice great best whole same".split()
)  # fmt: skip


def references(scene: Scene) -> list[Mention]:
    """What the free words of a message point at, in the lists shown and in the message itself."""
    found: list[Mention] = []
    for recognise in (_described, _placed, _bare, _together, _pronouns):
        new = [m for m in recognise(scene) if _clear(m, [*scene.mentions, *found])]
        found.extend(new)
        scene.add(new)
    return found


def _clear(mention: Mention, others: Sequence[Mention]) -> bool:
    return all(mention.end <= o.start or o.end <= mention.start for o in others)


def _mention(
    scene: Scene, span: tuple[int, int], refs: Iterable[ItemRef], kind: MentionKind
) -> list[Mention]:
    """A mention of something at a span of the sketch, or nothing when there is no such thing."""
    pointed = tuple(dict.fromkeys(refs))
    start, end = span
    end -= len(scene.sketch[start:end]) - len(scene.sketch[start:end].rstrip())
    if not pointed or MARK in scene.sketch[start:end] or not scene.free(start, end):
        return []
    return [Mention(*scene.outward(start, end), pointed, kind)]


def _placed(scene: Scene) -> list[Mention]:
    if not scene.shown:
        return []
    found: list[Mention] = []
    for match in _PLACES.finditer(scene.sketch):
        found.extend(_mention(scene, match.span(), _places(match, len(scene.shown)), "place"))
    return found


def _places(match: re.Match[str], size: int) -> list[ItemRef]:
    if match["number"]:
        named = [match["number"], *([match["more"]] if match["more"] else [])]
        return [ItemRef(position=_NUMBERS[n]) for n in named if n in _NUMBERS]
    place = _ORDINALS[match["ordinal"]] or (size + 1) // 2
    many = match["many"]
    if not many:
        return [ItemRef(position=place)] if abs(place) <= max(size, 5) else []
    count = min(_NUMBERS.get(many, 2 if "couple" in many else 3), size)
    if place == -1:
        return [ItemRef(position=-n) for n in range(count, 0, -1)]
    return [ItemRef(position=n) for n in range(1, count + 1)] if place == 1 else []


def _bare(scene: Scene) -> list[Mention]:
    """Numbers alone ("2", "compare 1 and 3") as places in the list."""
    if not scene.shown:
        return []
    found: list[Mention] = []
    for match in _BARE.finditer(scene.sketch):
        numbers = re.findall(r"\d+|[a-z]+", match["first"].removeprefix("the ") + match["rest"])
        places = [_NUMBERS[n] for n in numbers if n in _NUMBERS]
        if match["first"] in ("one", "the one") and not match["rest"]:
            continue
        if all(place <= len(scene.shown) for place in places):
            refs = [ItemRef(position=place) for place in places]
            found.extend(_mention(scene, (match.start("first"), match.end()), refs, "place"))
    return found


def _together(scene: Scene) -> list[Mention]:
    found: list[Mention] = []
    for match in _OTHERS.finditer(scene.sketch):
        found.extend(_mention(scene, match.span(), _rest(scene, match.start()), "place"))
    for match in _BOTH.finditer(scene.sketch):
        found.extend(_mention(scene, match.span(), _last_two(scene, match.start()), "place"))
    for match in [*_ALL.finditer(scene.sketch), *_THEY.finditer(scene.sketch)]:
        found.extend(_mention(scene, match.span(), _everything(scene, match.start()), "place"))
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
    for mention in scene.mentions:
        if ref in mention.refs:
            return next((n for n, id_ in enumerate(scene.shown, 1) if id_ in mention.ids), None)
    return None


def _last_two(scene: Scene, at: int) -> list[ItemRef]:
    named = _before(scene, at)
    if len(named) >= 2:
        return named[-2:]
    return _listed(scene)[:2] if len(scene.shown) == 2 else _listed(scene)


def _everything(scene: Scene, at: int) -> list[ItemRef]:
    named = _before(scene, at)
    return named if len(named) >= 2 else _listed(scene)


def _pronouns(scene: Scene) -> list[Mention]:
    found: list[Mention] = []
    for match in _PRONOUN.finditer(scene.sketch):
        if re.match(
            r"\s+(?:when|if|how|that|up to|doesn't matter|to be|depends)\b",
            scene.sketch[match.end() :],
        ):
            continue
        named = [m for m in scene.mentions if scene.place(m)[1] <= match.start()]
        if not named and _means_the_list(scene, match.start()):
            continue
        refs = (named[-1].refs[-1],) if named else focus(scene)
        found.extend(_mention(scene, match.span(), refs, "pronoun"))
    return found


_WHOLE = re.compile(r"\b(?:love|like|hate|dislike) $")


def _means_the_list(scene: Scene, at: int) -> bool:
    """Whether "love it" speaks of the list as a whole: several films, none spoken of since."""
    reacts = _WHOLE.search(scene.sketch[:at])
    return reacts is not None and len(scene.shown) > 1 and not _spoken_focus(scene)


def focus(scene: Scene) -> tuple[ItemRef, ...]:
    """What "it" means: the film last spoken of by itself since the last list, else its first."""
    if not scene.shown:
        return ()
    return _spoken_focus(scene) or (ItemRef(position=1),)


def _spoken_focus(scene: Scene) -> tuple[ItemRef, ...]:
    spoken = _spoken_of(scene.reader.turn)
    for text in spoken:
        places = _quick_place(text, len(scene.shown))
        if places:
            return places
        titled = _titled(scene, text)
        if titled:
            return titled
    return ()


def _spoken_of(turn: Turn) -> list[str]:
    """The user's messages since the reply that showed the last list, newest first, at most four."""
    spoken: list[str] = []
    for role, text in reversed(turn.history[-8:]):
        if role == "user":
            spoken.append(text)
        elif len(re.findall(r"\(\d{4}\)|^\s*\d[.)]", text, re.MULTILINE)) >= 2:
            break
    return spoken


def _quick_place(text: str, size: int) -> tuple[ItemRef, ...]:
    matches = list(_PLACES.finditer(text.lower()))
    places = [_places(match, size) for match in matches]
    single = [refs[0] for refs in places if len(refs) == 1]
    return (single[-1],) if single else ()


def _titled(scene: Scene, text: str) -> tuple[ItemRef, ...]:
    folded = f" {fold(text)} "
    items = scene.reader.catalogue.get(scene.shown)
    for place, id_ in enumerate(scene.shown, 1):
        name = fold(items[id_].title).removeprefix("the ") if id_ in items else ""
        if len(name) > 3 and f" {name} " in folded:
            return (ItemRef(position=place),)
    return ()


# --- films described by their facts -----------------------------------------------------------

_Measure = Callable[[Item], float | None]


def _axis(name: str) -> _Measure:
    return lambda item: None if item.axes is None else float(getattr(item.axes, name))


def _fact(name: str) -> _Measure:
    return lambda item: getattr(item, name)


# The measure that a word names, and whether it means the highest (1) or the lowest (-1).
_EXTREMES: dict[str, tuple[_Measure, int]] = {
    word: (measure, sign)
    for words, measure, sign in (
        ("old older oldest vintage classic", _fact("year"), -1),
        ("new newer newest recent latest modern", _fact("year"), 1),
        ("short shorter shortest", _fact("runtime_min"), -1),
        ("long longer longest", _fact("runtime_min"), 1),
        ("scary scarier scariest creepy", _axis("scares"), 1),
        ("funny funnier funniest", _axis("humour"), 1),
        ("violent bloody gory", _axis("violence"), 1),
        ("romantic", _axis("romance"), 1),
        ("weird weirdest strange strangest", _axis("strangeness"), 1),
        ("tense tensest", _axis("tension"), 1),
        ("dark darker darkest sad saddest", _axis("lightness"), -1),
        ("light lighter lightest cheerful", _axis("lightness"), 1),
        ("famous popular", _fact("popularity"), 1),
        ("obscure", _fact("popularity"), -1),
    )
    for word in words.split()
}
_LANGUAGE_CODES = {fold(name): code for code, name in LANGUAGES.items()} | {"chinese": "zh"}


def _described(scene: Scene) -> list[Mention]:
    if not scene.shown:
        return []
    found: list[Mention] = []
    for match in _DESCRIBED.finditer(scene.sketch):
        words = " ".join(filter(None, (match["before"], match["after"], match["name"])))
        found.extend(_mention(scene, match.span(), _facts_match(scene, words), "described"))
    return found


def _facts_match(scene: Scene, words: str) -> list[ItemRef]:
    """The one shown film that fits a description; the last list is asked first."""
    wanted = [word for word in fold(words).split() if word not in _EMPTY_WORDS]
    if not wanted or any(word in _ORDINALS or word in _NUMBERS for word in wanted):
        return []
    for shown in reversed(scene.reader.turn.shown):
        items = scene.reader.catalogue.get(shown)
        item = _only_fit([items[id_] for id_ in shown if id_ in items], wanted)
        if item is None:
            continue
        if shown is scene.shown or item.id in scene.shown:
            return [ItemRef(position=scene.shown.index(item.id) + 1)]
        return [ItemRef(title=item.title, year=item.year)]
    return []


def _only_fit(items: Sequence[Item], wanted: Sequence[str]) -> Item | None:
    plain = [word for word in wanted if word not in _EXTREMES]
    scores = {item.id: _fit(item, plain) for item in items}
    best = max(scores.values(), default=0.0)
    if plain and best < 0.6:
        return None
    fits = [item for item in items if scores[item.id] >= best]
    for word in wanted:
        if word in _EXTREMES and len(fits) > 1:
            fits = _extreme(fits, *_EXTREMES[word])
    return fits[0] if len(fits) == 1 else None


def _extreme(items: Sequence[Item], measure: _Measure, sign: int) -> list[Item]:
    known = [(value * sign, item) for item in items if (value := measure(item)) is not None]
    top = max((value for value, _ in known), default=0.0)
    return [item for value, item in known if value == top]


def _fit(item: Item, words: Sequence[str]) -> float:
    """The share of words that are facts of an item, 0 to 1."""
    if not words:
        return 1.0
    known = _vocabulary(item)
    return sum(
        stem(word) in known or _LANGUAGE_CODES.get(word) == item.language for word in words
    ) / len(words)


def _vocabulary(item: Item) -> frozenset[str]:
    texts = (
        item.title, item.plot_essence, item.mood, *item.directors, *item.cast, *item.genres,
        *item.tags, *item.archetypes, *item.mood_tags, str(item.year or ""),
        f"{(item.year or 0) // 10 * 10}s", "animated cartoon" if "Animation" in item.genres else "",
        "sci fi" if "Science Fiction" in item.genres else "",
    )  # fmt: skip
    return frozenset(word for text in texts for word in subject_words(text))
