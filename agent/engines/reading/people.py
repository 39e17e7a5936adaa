"""People: "with Tilda Swinton", "directed by Kurosawa", "nothing by Michael Bay", "a Hitchcock"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from ....ingest.limits import People
from ....ingest.people import PersonMention
from ...edits import Edit, Forget, LimitEdit, Wish
from .lower_names import lower_names
from .message import Finding, Message, Reader
from .name_slots import in_slots
from .negation import Polarity, polarity
from .spelling import READ_AT_MOST
from .spots import apart, lifted
from .sure_names import nothing_else, sure, whole

Role = Literal["people", "directors", "cast"]

_NAME = (
    r"(?P<name>(?:[^\W\d_][\w.'-]*)(?: (?:de|del|di|du|la|le|van|von|der|den|bin|al"
    r"|[^\W\d_][\w.'-]*)){0,3})"
)
_DIRECTED = (
    r"(?:directed|made|filmed|shot|helmed|written|done)(?: and \w+)? by|director(?: is|:)?"
    r"|filmmaker|films? (?:by|of|from)|movies? (?:by|of|from)|something (?:by|from)"
    r"|anything (?:by|from)|nothing (?:by|from)|by(?: the)?(?: great| legendary)?"
    r"|from director"
)
_STARRING = (
    r"starring|stars|featuring|feat\.?|with|acted by|played by|actors?|actress(?:es)?"
    r"|performances? (?:by|from)|cast (?:has|includes|including)"
)
_BEFORE = re.compile(
    rf"(?:\b(?P<directed>{_DIRECTED})|\b(?P<starring>{_STARRING}))(?:\s+(?:the|director"
    rf"|actors?|actress|young|old|early|late|brilliant|amazing|great|a))*\s*$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\s*(?:,|/|&|\band\b|\bor\b|\bnor\b|\bplus\b|\beven\b|\bby\b|\bwith\b)+(?:\s*(?:or"
    r"|and|maybe|by|with|the|something|anything|directed|starring|films?|movies?"
    r"|made))*\s*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:'s?)?\s*(?P<films>(?:(?:early|late|older|newer|later|best|classic"
    r"|other) )*(?:films?|movies?|flicks?|pictures?|stuff|work|ones?|directed|comed(?:y"
    r"|ies)|thrillers?|westerns?|dramas?|vehicle)\b)|\s*(?P<acts>in it|is in|in the cast"
    r"|as (?:the )?(?:lead|star)|starring|stars|plays|playing|acting|acts)\b",
    re.IGNORECASE,
)
_LIKENESS = re.compile(
    r"\b(?:(?<!\bi )(?<!\bwe )(?<!\bus )(?<!they )(?<!really )like"
    r"|in the (?:style|vein|spirit) of|similar to|reminiscent of|remind(?:s"
    r"|ing)?(?: me)? of|feels? like|style of|inspired by|a la|à la|sort of|kind of)(?: an?"
    r"| the| something by| something from)*\s*$",
    re.IGNORECASE,
)
_OF_STYLE = re.compile(
    r"^(?:-?\s?esque|-like|-ish|'s?\s+(?:dialogues?|styles?|humou?r|visuals?"
    r"|sense(?: of \w+)?|voice|wit|tone|way|vibes?|pacing|camera(?:work)?|sort|kind|world"
    r"|stuff but|films but)|\s+(?:style|vibes?|type|kind of))\b",
    re.IGNORECASE,
)
_FOND = re.compile(
    r"\b(?<!'d )(?<!would )(?:love|like|adore|enjoy|fan of|admire|worship"
    r"|into|grew up on|raised on)(?: anything with| anything by| the| everything by| all)*\s*$",
    re.IGNORECASE,
)
# Nothing is left to see of somebody whose films have all been seen.
_ALL_SEEN = re.compile(
    r"\b(?:seen|watched) (?:all|every|everything|every single|most)(?: \w+){0,3}\s*$", re.I
)
_SEEN_ALL = re.compile(
    r"\s*,?\s*(?:(?:i|we)(?:'ve| have)? (?:(?:already )?(?:all|mostly)(?: already)?"
    r" (?:seen|watched)"
    r"|(?:already )?(?:seen|watched) (?:them )?all))\b",
    re.I,
)


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Limits on people; wishes where somebody is only likened to; unknown names owned up to."""
    mentions = [m for m in _mentions(message, reader) if message.free(m.start, m.end)]
    findings = [
        finding for run in _runs(message, mentions) for finding in _read(message, run, reader)
    ]
    return apart([*findings, *in_slots(message, reader, findings)])


def _mentions(message: Message, reader: Reader) -> Sequence[PersonMention]:
    found = reader.catalogue.people.person_mentions(message.text[:READ_AT_MOST])
    clean = [mention for mention in found if not re.search(r"[,;:!?]", mention.text)]
    return sorted([*clean, *lower_names(message, reader, clean)], key=lambda m: m.start)


def _runs(message: Message, mentions: Sequence[PersonMention]) -> Iterator[list[PersonMention]]:
    """Names that follow each other as one list: "Brad Pitt or George Clooney"."""
    run: list[PersonMention] = []
    for mention in mentions:
        if run and not _LINK.fullmatch(message.text[run[-1].end : mention.start]):
            yield run
            run = []
        run.append(mention)
    if run:
        yield run


def _read(message: Message, run: list[PersonMention], reader: Reader) -> Iterator[Finding]:
    first, last = run[0], run[-1]
    text = message.text
    opening = _BEFORE.search(text[max(0, first.start - 60) : first.start])
    closing = _AFTER.match(text[last.end : last.end + 40])
    asked = any(sure(message, m) for m in run) or nothing_else(message, first.start, last.end)
    named = [m for m in run if m.full or ((asked or opening or closing) and whole(message, m))]
    if not named:
        return
    start = first.start - len(opening.group()) if opening else first.start
    end = last.end + closing.end() if closing else last.end
    sense = polarity(message, start, end)
    if sense.kind == "plain":
        sense = polarity(message, first.start, last.end)
    words = text[min(start, sense.start) : end].strip()
    if _ALL_SEEN.search(text[max(0, start - 60) : start]) or _SEEN_ALL.match(text[end : end + 40]):
        names = [name for mention in named for name in _names(mention)]
        limits = (LimitEdit(limit=People(none_of=(name,)), words=words) for name in names)
        yield Finding(start, end, tuple(limits))
        return
    style = _OF_STYLE.match(text[last.end : last.end + 30])
    if style or _LIKENESS.search(text[max(0, start - 40) : start]):
        end = max(end, last.end + style.end()) if style else end
        words = text[start:end].strip()
        wish = Wish(text=words, words=words, strength=0.8)
        yield Finding(start, end, (wish,))
        return
    names = [name for mention in named for name in _names(mention)]
    taken_back = _TAKEN_BACK.search(text[max(0, start - 60) : start])
    if taken_back and (edits := _forgotten(names, f"{taken_back.group().strip()} {words}", reader)):
        yield Finding(start - len(taken_back.group()), end, edits, intents=("undo",))
        return
    if sense.against or sense.exempted:
        yield Finding(start, end, _refused(names, sense, words, reader))
    else:
        yield Finding(start, end, _wanted(message, named, _role(opening, closing), words))


# Nobody can be forgotten of whom nothing was said: then it is no order to take something back.
_TAKEN_BACK = re.compile(
    r"\b(?:forget|never ?mind|ignore|disregard|scrap|drop|lose|remove|cancel|take back|undo)"
    r"(?: about)?(?: what (?:i|we) said(?: about)?| that (?:i|we) (?:said|wanted|asked for|like"
    r"|love))?(?: it (?:has|had) to (?:be|have))?(?: the| having| needing)?\s*$",
    re.IGNORECASE,
)


def _forgotten(names: Sequence[str], words: str, reader: Reader) -> tuple[Edit, ...]:
    """What takes back every entry about some people."""
    return tuple(
        Forget(words=words, entry=entry.id)
        for entry in reader.turn.profile.active
        if set(names) & _people(entry.content)
    )


def _people(said: object) -> set[str]:
    if isinstance(said, Wish):
        return set(said.people)
    if isinstance(said, LimitEdit) and isinstance(said.limit, People):
        return {*said.limit.all_of, *said.limit.any_of, *said.limit.none_of}
    return set()


def _role(opening: re.Match[str] | None, closing: re.Match[str] | None) -> Role | None:
    if opening and opening["directed"]:
        return "directors"
    if (opening and opening["starring"]) or (closing and closing["acts"]):
        return "cast"
    return None


def _refused(names: list[str], sense: Polarity, words: str, reader: Reader) -> tuple[Edit, ...]:
    """Nobody of these; or, where they are said to be fine, earlier refusals lifted."""
    if sense.exempted:
        return tuple(edit for name in names for edit in lifted(reader, "people", name, words))
    limits = [People(none_of=(name,)) for name in names]
    return tuple(LimitEdit(limit=p, words=words, lasting=sense.lasting) for p in limits)


def _wanted(
    message: Message, run: Sequence[PersonMention], role: Role | None, words: str
) -> tuple[Edit, ...]:
    names = [name for mention in run for name in _names(mention)]
    if _FOND.search(message.text[: run[0].start]):
        return (
            Wish(
                text=f"films with {' and '.join(names)}",
                people=tuple(names),
                embed=False,
                words=words,
                lasting=True,
                strength=0.8,
            ),
        )
    between = message.text[run[0].start : run[-1].end].lower()
    mixed = len(run) > 1 and re.search(r"\b(?:by|with|directed|starring|or)\b", between)
    fitting: Role = "people" if mixed and _roles_differ(role, between) else _fitting(role, run)
    if re.search(r"\bor\b", between):
        either = LimitEdit(limit=People(role=fitting, any_of=tuple(names)), words=words)
        return (either,)
    # Several names of one mention are siblings who work together, or an ambiguous surname.
    groups = [tuple(dict.fromkeys(_names(mention))) for mention in run]
    limits = [
        People(role=fitting, any_of=group) if len(group) > 1 else People(role=fitting, all_of=group)
        for group in groups
    ]
    return tuple(LimitEdit(limit=limit, words=words) for limit in limits)


def _roles_differ(role: Role | None, between: str) -> bool:
    """Whether a list asks for one name as director and for another as actor."""
    directs = role == "directors" or re.search(r"\bby\b", between) is not None
    acts = role == "cast" or re.search(r"\b(?:with|starring)\b", between) is not None
    return directs and acts


def _names(mention: PersonMention) -> list[str]:
    """Everybody meant: all of "the Coens", all who share an ambiguous surname, else the best."""
    best = mention.matches[0]
    if mention.together:
        return [match.name for match in mention.matches]
    tied = [m.name for m in mention.matches if m.score >= best.score - 0.01 and not m.exact]
    return tied if len(tied) > 1 and not mention.full else [best.name]


def _fitting(role: Role | None, run: Sequence[PersonMention]) -> Role:
    """The role asked for where everybody named has it; people who never direct may act."""
    matches = [mention.matches[0] for mention in run]
    if role == "directors" and all(match.director for match in matches):
        return "directors"
    if role is None and all(
        match.director and not mention.full for match, mention in zip(matches, run, strict=True)
    ):
        return "directors"
    return "people"
