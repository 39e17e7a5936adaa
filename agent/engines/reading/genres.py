"""Genres in and out: "a western", "sci-fi comedies", "horror or thriller", "no animation"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ....ingest.catalogue import Catalogue
from ....ingest.item import fold
from ....ingest.limits import AxisBound, Genres, Limit
from ...edits import Edit, LimitEdit, Wish
from .genre_kinds import KINDS, Kind
from .message import Finding, Message, Reader
from .refusals import refused_later
from .remembered import remembered
from .spots import Spot, after, apart, before, comments, lifted, spots

GENRE_NAMED = re.compile(
    "|".join(rf"(?P<k{n}>(?<![\w'-])(?:{kind.pattern})(?![\w]))" for n, kind in enumerate(KINDS))
)
_SOFT_BEFORE = re.compile(
    r"(?:\b(?:some|a (?:little |tiny )?(?:bit|touch|hint|dash|dose|pinch|element|sprinkle"
    r"|splash) of|elements of|hints? of|lots of|loads of|plenty of|more|with(?: a| an"
    r"| some| good| great| real)?|maybe(?: a| an| some)?|perhaps(?: a| some)?|"
    r"preferably(?: a| an)?|ideally(?: a| an)?|possibly|leaning|bordering on)\s+)$"
)
_TASTE_BEFORE = re.compile(
    r"(?<!'d )(?<!would )(?<!might )(?<!really feel )\b(?:(?P<fond>loves?|likes?|enjoys?"
    r"|adores?|fans? of|into|partial to|always up for|grew up on|mostly watch"
    r"|usually watch|usually like|tend to like|keen on)|(?P<prefer>prefers?"
    r"|leaning towards?))(?: (?:a good|good|a|an|any|all|most|some|old|watching|my|the"
    r"|really|to watch))*\s+(?:(?:[\w'-]+\s?){1,3}(?:,\s*(?:and |or )?|\s(?:and|or"
    r"|&)\s))*$"
)
_ELEMENTS = re.compile(
    r"\s*(?:elements?|vibes?|undertones?|feel|flavou?r|twist|touch|edge|aspects?|parts?"
    r"|bits?|subplots?|scenes?|sequences?|fans?|buffs?|nerds?|lovers?)\b"
)
_BETWEEN = re.compile(
    r"\s*(?:,|/|&|\band\b|\bor\b|\bnor\b|\bplus\b|\+|\bwith\b|\bmixed with\b|\bmeets\b"
    r"|\ba\b|\ban\b|\bmaybe\b|\beven\b|\bboth\b|\s)*\s*"
)
_OTHERS_TASTE = re.compile(
    r"\b(?:people|someone|somebody|anyone|those|folks|person) who(?: (?:really|usually|normally))?"
    r" (?:hates?|(?:don't|doesn't)(?: usually| normally| really)? (?:like|watch|do)|can't stand"
    r"|never watch(?:es)?|loves?|likes?)\s*$"
)
_FALLBACK = frozenset(name for kind in KINDS for group in kind.names for name in group[:1])


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Limits on genres, and softer wishes for them."""
    found = [(spot, _kind(spot)) for spot in spots(message, GENRE_NAMED) if _wished(spot)]
    findings: list[Finding] = _by_each(found, reader)
    for run in _runs([] if findings else found):
        findings += _alternatives(run, reader) or [
            Finding(spot.start, spot.end, _edits(spot, kind, reader)) for spot, kind in run
        ]
    return apart([*findings, *_of_others(message), *_named_by_catalogue(message, reader)])


def _of_others(message: Message) -> Iterator[Finding]:
    """ "For people who hate romcoms" asks for none, and no audience says so either."""
    for spot in spots(message, GENRE_NAMED):
        whose = _OTHERS_TASTE.search(before(spot, 60))
        if whose:
            lead = len(before(spot, 60)) - whose.start()
            start = message.plain.span(spot.match.start() - lead, spot.match.end())[0]
            yield Finding(start, spot.end, unread=(message.text[start : spot.end],))


_WANTS = re.compile(
    r"\b(?P<who>i|we|he|she|they|(?:my|the|our) \w+|[a-z]+)(?:'s| is|'d|'m| am| would)?"
    r" (?:wants?|likes?|prefers?|fanc(?:y|ies)|needs?|in the mood for|after|rather(?: have| see)?)"
    r"(?: to (?:see|watch))?(?: an?| some| the)?(?: good)?\s*$"
)


def _by_each(found: Sequence[tuple[Spot, Kind]], reader: Reader) -> list[Finding]:
    """ "He wants action, I want romance": each wishes for one, and either will do."""
    who = [m["who"] for spot, _ in found if (m := _WANTS.search(before(spot)))]
    plain_ = all(spot.polarity.kind == "plain" for spot, _ in found)
    if len(found) < 2 or len(set(who)) < len(found) or not plain_:
        return []
    if any(len(kind.names) != 1 or refused_later(spot) for spot, kind in found):
        return []
    names = tuple(n for spot, kind in found for n in _present(kind, spot.message, reader))
    first, last = found[0][0], found[-1][0]
    words = first.message.text[first.start : last.end]
    limit = LimitEdit(limit=Genres(any_of=names), words=words)
    softer = (
        Wish(
            text=kind.text or spot.words,
            genres=_present(kind, spot.message, reader),
            embed=False,
            strength=0.7,
            words=spot.words,
        )
        for spot, kind in found
    )
    rest = [Finding(spot.start, spot.end) for spot, _ in found[1:]]
    return [Finding(first.start, first.end, (limit, *softer)), *rest] if names else []


def _wished(spot: Spot) -> bool:
    return not comments(spot) and _OTHERS_TASTE.search(before(spot)) is None


def known_genres(reader: Reader) -> frozenset[str]:
    """The folded genre names of the catalogue."""
    return remembered(reader.catalogue, _genre_names)


def _genre_names(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(fold(name) for name in catalogue.facet("genres")) or _FALLBACK


def _genres(message: Message, reader: Reader) -> frozenset[str]:
    found = message.notes.get("genres")
    if not isinstance(found, frozenset):
        found = message.notes["genres"] = known_genres(reader)
    return found


def _kind(spot: Spot) -> Kind:
    return KINDS[int((spot.match.lastgroup or "k0")[1:])]


def _runs(found: Sequence[tuple[Spot, Kind]]) -> Iterator[list[tuple[Spot, Kind]]]:
    """Neighbours with nothing but list words between them."""
    run: list[tuple[Spot, Kind]] = []
    for spot, kind in found:
        if run and not _BETWEEN.fullmatch(_gap(run[-1][0], spot)):
            yield run
            run = []
        run.append((spot, kind))
    if run:
        yield run


def _gap(one: Spot, two: Spot) -> str:
    return one.message.plain.text[one.match.end() : two.match.start()]


def _alternatives(run: Sequence[tuple[Spot, Kind]], reader: Reader) -> list[Finding]:
    """ "Horror or thriller" as one limit; nothing when the run is no plain list of alternatives."""
    first, last = run[0][0], run[-1][0]
    if len(run) < 2 or first.polarity.kind != "plain" or last.polarity.kind != "plain":
        return []
    if _soft(first, run[0][1]) or _taste(first) or any(k.soft or len(k.names) != 1 for _, k in run):
        return []
    gaps = [_gap(one[0], two[0]) for one, two in pairwise(run)]
    plural = all(re.search(r"s(?: films| movies)?$", spot.match.group()) for spot, _ in run)
    either = any(re.search(r"\bor\b|/|,", gap) for gap in gaps) or (plural and " and " in gaps[-1])
    names = [name for _, kind in run for name in _present(kind, first.message, reader)]
    if not either or not names or any(not gap.strip() for gap in gaps):
        return []
    words = first.message.text[first.start : last.end]
    limit = LimitEdit(limit=Genres(any_of=tuple(dict.fromkeys(names))), words=words)
    extra = tuple(edit for spot, kind in run for edit in _rest(kind, spot))
    return [Finding(first.start, last.end, (limit, *extra))]


def _edits(spot: Spot, kind: Kind, reader: Reader) -> tuple[Edit, ...]:
    sense = spot.polarity
    names = _present(kind, spot.message, reader)
    refusal = refused_later(spot)
    if refusal or kind.text == "live action":
        return _disowned(spot, kind, names, refusal) if refusal else _live_action(spot)
    if sense.exempted:
        return tuple(edit for name in names for edit in lifted(reader, "genres", name, spot.meant))
    if sense.against:
        return _refused(spot, kind, names)
    if not names:
        return (Wish(text=kind.text or spot.words, dimension="plot", words=spot.words),)
    taste = _taste(spot)
    if kind.soft or taste or _soft(spot, kind):
        lasting = taste == "fond"
        text = kind.text or " ".join(n.lower() for n in names)
        embed = bool(kind.text)
        strength = 0.8 if taste else 0.7
        return (
            Wish(
                text=text,
                genres=names,
                embed=embed,
                strength=strength,
                lasting=lasting,
                words=spot.words,
            ),
        )
    limits = tuple(LimitEdit(limit=Genres(all_of=(name,)), words=spot.words) for name in names)
    return (*limits, *_rest(kind, spot))


def _rest(kind: Kind, spot: Spot) -> tuple[Wish, ...]:
    """What the genres leave unsaid."""
    if not kind.text:
        return ()
    return (Wish(text=kind.text, dimension="plot", words=spot.words, strength=0.8),)


def _refused(spot: Spot, kind: Kind, names: tuple[str, ...]) -> tuple[Edit, ...]:
    """A genre refused is a limit; one wanted less or not too much is only a wish."""
    sense = spot.polarity
    if sense.softened or sense.lessened or not names or (kind.text and not kind.soft):
        text = kind.text or " ".join(names).lower() or spot.words
        return (
            Wish(
                text=text,
                avoid=True,
                genres=() if kind.text else names,
                embed=bool(kind.text),
                lasting=sense.lasting,
                words=spot.meant,
            ),
        )
    # No limit refuses two genres together only: "no romcoms" goes without romances.
    refused = names[:1]
    limits: list[Limit] = [Genres(none_of=(name,)) for name in refused]
    if names == ("Romance",):
        limits.append(AxisBound(axis="romance", at_most=1))
    return tuple(
        LimitEdit(limit=limit, words=spot.meant, lasting=sense.lasting) for limit in limits
    )


def _live_action(spot: Spot) -> tuple[Edit, ...]:
    animated = spot.polarity.against
    limit = Genres(all_of=("Animation",)) if animated else Genres(none_of=("Animation",))
    return (LimitEdit(limit=limit, words=spot.meant),)


def _disowned(
    spot: Spot, kind: Kind, names: tuple[str, ...], refusal: re.Match[str]
) -> tuple[Edit, ...]:
    """ "My dad loves war films, I hate them": his wish, and the user's limit, which wins."""
    message = spot.message
    start, end = message.plain.span(spot.match.start(), refusal.end())
    words = message.text[start:end]
    refused = tuple(LimitEdit(limit=Genres(none_of=(n,)), words=words, lasting=True) for n in names)
    return refused[:1] or (Wish(text=kind.text or spot.words, avoid=True, words=words),)


def _soft(spot: Spot, kind: Kind) -> bool:
    """Whether a genre is an ingredient ("with some romance") and not the kind of film."""
    if re.search(r" (?:films?|movies?|flicks?)$", spot.match.group()):
        return False
    return bool(_SOFT_BEFORE.search(before(spot)) or _ELEMENTS.match(after(spot)))


def _taste(spot: Spot) -> str:
    """``"fond"`` in "I love westerns", ``"prefer"`` in "I prefer westerns", else empty."""
    found = _TASTE_BEFORE.search(before(spot, 90))
    if found is None or re.search(
        r"\b(?:would|i'd|we'd|feel|look|looks|looking|something|anything|more|sounds?)\b[^.,]*$",
        before(spot, 90),
    ):
        return "fond" if re.match(r"\s*(?:fans?|buffs?|nerds?|lovers?)\b", after(spot)) else ""
    # "My dad loves westerns" is worth following tonight, but it is not the user's own taste.
    theirs = found["fond"] in {"loves", "likes", "enjoys", "adores"}
    return "fond" if found["fond"] and not theirs else "prefer"


def _present(kind: Kind, message: Message, reader: Reader) -> tuple[str, ...]:
    """The catalogue's names of a kind's genres; empty unless it has all of them."""
    have = _genres(message, reader)
    found = [next((name for name in names if name in have), None) for names in kind.names]
    if not found or None in found:
        return ()
    return tuple(_shown(name) for name in found if name)


def _shown(name: str) -> str:
    return name.title()


_COVERED = frozenset(name for kind in KINDS for names in kind.names for name in names)


def _named_by_catalogue(message: Message, reader: Reader) -> Iterator[Finding]:
    """Genres that only this catalogue has, called by their names."""
    own = sorted(name for name in _genres(message, reader) - _COVERED if len(name) > 3)
    if not own:
        return
    rule = re.compile(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, own))})s?(?![\w])")
    for spot in spots(message, rule):
        name = spot.match.group()
        kind = Kind("", ((name if name in own else name[:-1],),))
        yield Finding(spot.start, spot.end, _edits(spot, kind, reader))
