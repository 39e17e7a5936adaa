"""Films that tonight's list shall be like: "like X but shorter", "the mood of X, the plot of Y"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ....ingest.item import fold
from ....ingest.language import LANGUAGES
from ....ingest.limits import Languages
from ....tools.query import QueryDimension
from ...edits import Anchor, AnchorPart, Edit, ItemRef, LimitEdit, Nudge, Wish
from .attitudes import DIMENSION, DIMENSION_WORDS, dimension_at, item_refs, with_aspect
from .focus import focus, just_named
from .message import Finding
from .opinions import Opinion
from .scene import Mention, Scene


def anchors(scene: Scene, opinions: Sequence[Opinion], named: Sequence[Mention]) -> list[Finding]:
    """One anchor made of all films that a message wants the list to be like.

    ``named`` are films that stand there without a word about them: they count as well.
    """
    like = [o for o in opinions if o.cue.kind == "anchor"]
    mentions = list(dict.fromkeys([*(m for o in like for m in o.mentions), *named]))
    if not mentions:
        return []
    mentions.sort(key=lambda mention: mention.start)
    if all(len(m.refs) >= max(2, len(scene.shown)) and not m.ids for m in mentions):
        return _more_of_the_same(scene, like, mentions)
    places = [scene.place(m) for m in mentions]
    start = min([p[0] for p in places] + [o.start for o in like])
    end = max([p[1] for p in places] + [o.end for o in like])
    away = [
        m for o in like if _AWAY.search(scene.sketch[o.cue.start : o.cue.end]) for m in o.mentions
    ]
    return [_anchor(scene, mentions, away, start, end), *_spans(scene, like, mentions)]


_AWAY = re.compile(r"\bfar (?:away )?from$|\bopposites? \w+$|^than like$")
"""Cues of an anchor that push away from their films."""


def _more_of_the_same(
    scene: Scene, like: Sequence[Opinion], mentions: Sequence[Mention]
) -> list[Finding]:
    """ "More like those": what led to the list leads to the next one, better than its films.

    Right after several films were named, "something like those" means them.
    """
    first = scene.outward(*scene.place(mentions[0]))
    named = just_named(scene)
    if len(named) > 1 and not scene.reader.turn.focus:
        parts = tuple(AnchorPart(item=ref) for ref in named)
        edit = Anchor(parts=parts, words=scene.said(*scene.place(mentions[0])))
        return [
            Finding(*first, edits=(edit,), intents=("request",)),
            *_spans(scene, like, mentions),
        ]
    return [Finding(*first, intents=("more",)), *_spans(scene, like, mentions)]


_SAME = re.compile(
    r"\b(?:(?:(?:something|anything|some|any|other|another|a|more|few) (?:else )?"
    r"(?:\w+ )?)?similar(?: (?:films?|movies?|ones?|recommendations?|suggestions?|titles?"
    r"|stuff|things?|one))?(?! to\b| ¤)|more of the same|along (?:those|the same|these"
    r"|similar) lines|in (?:that|the same|this) vein|of that (?:kind|sort|type)|like (?:that"
    r"|this|those|these) (?:one|ones|films?|movies?))(?!\w)"
)


def similar_anchor(scene: Scene) -> list[Finding]:
    """ "Something similar": like the film named before, else like the one last spoken of."""
    its = _ITS.search(scene.sketch)
    if its and scene.free(*its.span()) and (refs := _single(scene)):
        return [_side(scene, its, refs)]
    match = _SAME.search(scene.sketch)
    if match is None or not scene.free(*match.span()):
        return []
    before = [m for m in scene.mentions if scene.place(m)[1] <= match.start()]
    if not before and not scene.reader.turn.focus and len(scene.shown) > 1:
        return [Finding(*scene.outward(*match.span()), intents=("more",))]
    refs = before[-1].refs if before else focus(scene)
    if not refs:
        return []
    parts = tuple(AnchorPart(item=ref) for ref in refs)
    edit = Anchor(parts=parts, words=scene.said(*match.span()))
    return [Finding(*scene.outward(*match.span()), edits=(edit,), intents=("request",))]


_ITS = re.compile(
    r"\b(?:something|anything|one|films?|movies?|more) (?:with|in|of|that has) (?:its|the same|that"
    rf"|that same|a similar|similar) (?:kind of |sort of |type of )?(?P<word>{DIMENSION})\b(?! ¤)"
    r"(?! (?:as|of|to|from)\b)"
)


def _single(scene: Scene) -> tuple[ItemRef, ...]:
    """The one film that the talk is about: last spoken of, else what the list was made like."""
    if scene.reader.turn.focus:
        return focus(scene)
    said = [e.content for e in scene.reader.turn.profile.active if isinstance(e.content, Anchor)]
    return (said[-1].parts[0].item,) if said and len(said[-1].parts) == 1 else ()


def _side(scene: Scene, match: re.Match[str], refs: Sequence[ItemRef]) -> Finding:
    """ "Something with its humour": like the film last spoken of, in that respect."""
    side = DIMENSION_WORDS[match["word"]]
    parts = tuple(AnchorPart(item=ref, dimension=side) for ref in refs)
    edit = Anchor(parts=parts, words=scene.said(*match.span()))
    return Finding(*scene.outward(*match.span()), edits=(edit,), intents=("request",))


def _anchor(
    scene: Scene, mentions: list[Mention], away: Sequence[Mention], start: int, end: int
) -> Finding:
    parts = dict.fromkeys(  # A film and a "that" which means it are one.
        AnchorPart(
            item=ref,
            dimension=_dimension(scene, mention),
            weight=-1.0 if mention in away else 1.0,
        )
        for mention in mentions
        for ref in mention.refs
    )
    edit = Anchor(parts=tuple(parts), words=scene.said(start, end))
    first = scene.place(mentions[0])
    origin = _ORIGIN.search(scene.sketch[: first[0]]) if len(mentions) == 1 else None
    if origin is None or fold(origin["name"]) not in _LANGUAGES:
        return Finding(*scene.outward(*first), edits=(edit,), intents=("request",))
    limit = Languages(any_of=(_LANGUAGES[fold(origin["name"])],))
    words = scene.said(origin.start("name"), first[1])
    edits = (edit, LimitEdit(limit=limit, words=words))
    return Finding(*scene.outward(origin.start(), first[1]), edits=edits, intents=("request",))


# "A Korean Heat": like that film, but from there.
_ORIGIN = re.compile(r"\ban? (?P<name>[a-z]+) $")
_LANGUAGES = {fold(name): code for code, name in LANGUAGES.items()} | {"chinese": "zh"}


def _spans(scene: Scene, like: Sequence[Opinion], films: Sequence[Mention]) -> list[Finding]:
    places = [(o.cue.start, o.cue.end) for o in like]
    places += [with_aspect(scene.sketch, *scene.place(m)) for m in films]
    return [Finding(*scene.outward(*place)) for place in places]


def _dimension(scene: Scene, mention: Mention) -> QueryDimension:
    return dimension_at(scene.sketch, *scene.place(mention))


def with_than(
    scene: Scene, findings: list[Finding], opinions: list[Opinion], anchored: list[Mention]
) -> list[Finding]:
    """Give nudges what they compare with: "funnier than X", or "like X but funnier".

    "Like X but funny" asks for more of that than X has, too.
    """
    compared = [m for o in opinions if o.cue.kind == "than" for m in o.mentions] or anchored
    refs = item_refs(compared)
    if len(refs) != 1:
        return findings
    return [_compared(_more_than(scene, finding), refs[0]) for finding in findings]


_BUT = re.compile(
    r"¤\s*,?\s*(?:but|only|just|yet|though)(?: (?:more|make it|also|really|very|a bit|a little"
    r"|properly|rather|as|with))*\s*$"
)
_STEP = 1.5
"""Degrees of an axis that "but funny" asks for more of, as "but funnier" does."""


def _more_than(scene: Scene, finding: Finding) -> Finding:
    """A mood behind "but" as a step on the axis that it stands for, besides the mood itself."""
    if not _BUT.search(scene.sketch[: scene.inward(finding.start, finding.end)[0]]):
        return finding
    steps = [step for edit in finding.edits for step in _steps(edit)]
    return replace(finding, edits=(*finding.edits, *steps))


def _steps(edit: Edit) -> list[Nudge]:
    if not isinstance(edit, Wish) or edit.avoid or not edit.axes:
        return []
    axis, target = max(edit.axes.items(), key=lambda each: abs(each[1] - _MIDDLE))
    amount = _STEP if target > _MIDDLE else -_STEP
    return [Nudge(quality=axis, amount=amount, words=edit.words)]


_MIDDLE = 2.0


def _compared(finding: Finding, than: ItemRef) -> Finding:
    edits = tuple(
        edit.model_copy(update={"than": than})
        if isinstance(edit, Nudge) and edit.than is None
        else edit
        for edit in finding.edits
    )
    return replace(finding, edits=edits)
