"""Films that a message names without a word about them: chosen, refused, steered from, added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...edits import Anchor, Attitude, Feeling
from ...plan import Chat, Intent, Tell
from .attitudes import item_refs
from .message import Finding
from .negation import polarity
from .opinions import Opinion
from .scene import FILMS, Mention, Scene

_FAVOURITE = re.compile(r"\b(?:love|loved|favou?rites?|enjoyed?|liked?)\b")
_MORE_OR_LESS = (
    r"(?:a (?:little |tiny )?(?:bit|little|tad|touch|lot)|bit|much|way|far|slightly|even|somewhat"
    r"|not (?:as|so|that|quite)|less|more|fewer|without|minus|no|from|in|set|for|newer"
    r"|(?!never|ever|her|over|after|another|other|under|whether|rather|either|neither|remember"
    r"|consider|wonder|prefer|together|later)\w+er)\b(?! (?:info|about|details?|please|thanks))"
)
# What makes a shown film the measure of the next list: "the second one but less sentimental".
_STEERS = re.compile(
    r"(?: one| film| movie)?\s*,?\s*(?:(?:(?:but|only|just|except|though|although|and)\s+(?:maybe |"
    r"perhaps |please |something |make it |with |a (?!bit|lot|little|tad|touch)|one |"
    r"can (?:it|you make it|we make it) (?:be )?|(?:i|we)(?:'d| would)? (?:want|like|need|prefer)"
    r"(?: it| ¤+| something| one)? )*"
    rf"(?:to be )?(?<!and ){_MORE_OR_LESS})|,\s*{_MORE_OR_LESS}"
    r"|(?<=[¤,] )(?:less|more|not so|not as) (?!about|info|details?|please|like|of\b)\w+)"
)
_CONTINUES = re.compile(
    r"[^\w¤]*(?:(?:oh|ah|ok|okay|yeah|yes|um+|and|also|plus|as well as|same (?:for|with|goes for)"
    rf"|oops|right)[^\w¤]+)+{FILMS}(?: (?:too|as well|also|again))?\W*"
)
_JOINING = re.compile(r"\b(?:and|also|plus|as well as|same|too|as well)\b")
_AGAIN = re.compile(r"\s*(?:again|once more)\b")
_INTENTS: dict[Feeling, Intent] = {
    "loved": "prefer", "liked": "prefer", "disliked": "reject", "seen": "seen",
    "interested": "accept", "not_tonight": "reject",
}  # fmt: skip


@dataclass
class Bare:
    """What such films mean.

    ``found`` is settled; ``like`` are films that tonight's list shall be like, ``steered`` those
    of them that were shown and are the measure of what follows ("but shorter").
    """

    found: list[Finding] = field(default_factory=list)
    like: list[Mention] = field(default_factory=list)
    steered: list[Mention] = field(default_factory=list)


def bare(scene: Scene, stated: Sequence[Opinion]) -> Bare:
    """The films that no cue governs, and what they mean where they stand."""
    named = _named(scene, stated)
    refused = [m for m in named if polarity(scene.message, m.start, m.end).negated]
    shown = [m for m in named if m not in refused and _is_shown(scene, m)]
    steered = [m for m in shown if _steers(scene, m)]
    single = [m for m in shown if m not in steered and not _is_whole_list(scene, m)]
    rest = [m for m in named if m not in refused + shown and m.kind in ("title", "unknown")]
    found = [_felt(scene, m, ("not_tonight",)) for m in refused]
    found += [_chosen(scene, m) for m in [*single, *_pointed(scene)]]
    continued = _continued(scene, [m for m in named if m.kind in ("title", "unknown")])
    if continued:
        return Bare(continued)
    if _FAVOURITE.search((scene.reader.turn.question or "").lower()):
        return Bare([*found, *(_felt(scene, m, ("loved",)) for m in rest)], steered, steered)
    return Bare(found, [*rest, *steered], steered)


def _named(scene: Scene, stated: Sequence[Opinion]) -> list[Mention]:
    """The films that no cue governs and nothing has read, nor meant by a later "it"."""
    governed = {
        ref for o in stated if o.cue.kind != "nothing" for m in o.mentions for ref in m.refs
    }
    return [
        m for m in scene.mentions
        if m.kind != "pronoun" and not governed & set(m.refs) and scene.message.free(m.start, m.end)
    ]  # fmt: skip


_THAT_ONE = re.compile(
    r"\W*(?:(?:ok|okay|yes|yeah|yep|fine|alright|right|great|then|well|hmm+|so|let's say|cool"
    r"|perfect)"
    r"[\s,!.]+)*¤++(?: (?:then|please|pls|it is|tonight|for me))*\W*"
)


def _pointed(scene: Scene) -> list[Mention]:
    """ "OK, that one": the film last spoken of, chosen by pointing at it."""
    pointed = [m for m in scene.mentions if m.kind == "pronoun" and len(m.refs) == 1]
    chosen = len(scene.mentions) == len(pointed) == 1 and _THAT_ONE.fullmatch(scene.sketch)
    one = scene.said(*scene.place(pointed[0])).lower().endswith("one") if chosen else False
    return pointed if one and scene.reader.turn.focus else []


def _is_shown(scene: Scene, mention: Mention) -> bool:
    return mention.kind in ("place", "described") or bool(set(mention.ids) & set(scene.shown))


def _is_whole_list(scene: Scene, mention: Mention) -> bool:
    """Whether a film stands for all that was shown, which nobody chooses by naming it."""
    return not mention.ids and len(mention.refs) >= max(len(scene.shown), 2)


def _steers(scene: Scene, mention: Mention) -> bool:
    """Whether a shown film is where to start from: "number 4 but funnier"."""
    return len(mention.refs) == 1 and bool(_STEERS.match(scene.sketch, scene.place(mention)[1]))


def _felt(scene: Scene, mention: Mention, feelings: Sequence[Feeling]) -> Finding:
    words = scene.message.text[mention.start : mention.end]
    edits = tuple(
        Attitude(item=ref, feeling=feeling, words=words)
        for ref in mention.refs
        for feeling in feelings
    )
    intents = tuple(dict.fromkeys(_INTENTS[feeling] for feeling in feelings))
    return Finding(mention.start, mention.end, edits=edits, intents=intents)


def _chosen(scene: Scene, mention: Mention) -> Finding:
    """A shown film named by itself: asked about, wanted once more, or chosen."""
    act = Tell(items=item_refs([mention]))
    if "?" in scene.message.text[mention.end : mention.end + 3]:
        return Finding(mention.start, mention.end, acts=(act,), intents=("inquire",))
    if _AGAIN.match(scene.sketch, scene.place(mention)[1]):
        return Finding(mention.start, mention.end, acts=(act,), intents=("more",))
    felt = _felt(scene, mention, ("interested",))
    earlier = mention.kind == "place" and not any(ref.position for ref in mention.refs)
    answer = act if earlier else Chat(about="accepted")
    return Finding(felt.start, felt.end, felt.edits, (answer,), felt.intents)


# --- going on where the last message stopped --------------------------------------------------


def _continued(scene: Scene, films: Sequence[Mention]) -> list[Finding]:
    """ "And Barry Lyndon" after "we've seen The Shining": what was said last holds for it too."""
    if not films or not _CONTINUES.fullmatch(scene.sketch) or not _JOINING.search(scene.sketch):
        return []
    turn = scene.reader.turn
    last = [e.content for e in turn.profile.active if e.turn == turn.number - 1]
    if last and isinstance(last[-1], Anchor):
        return [_joined(scene, last[-1], films)]
    told = [content for content in last if isinstance(content, Attitude)]
    feelings = tuple(dict.fromkeys(c.feeling for c in told if c.item == told[-1].item))
    return [_felt(scene, film, feelings) for film in films] if feelings else []


def _joined(scene: Scene, anchor: Anchor, films: Sequence[Mention]) -> Finding:
    """The last anchor with more films in it, in the dimension of its last one."""
    start, end = films[0].start, films[-1].end
    part = anchor.parts[-1]
    more = [part.model_copy(update={"item": ref}) for ref in item_refs(films)]
    words = scene.message.text[start:end]
    edit = anchor.model_copy(update={"parts": (*anchor.parts, *more), "words": words})
    return Finding(start, end, edits=(edit,), intents=("request",))
