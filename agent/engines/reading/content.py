"""What somebody asks to be spared: "no dog dies", "no gore", "nothing with suicide"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ....ingest.item import AxisName
from ....ingest.limits import AxisBound, Content, Limit, Subjects
from ...edits import Edit, LimitEdit, Wish
from .message import Finding, Message, Reader
from .spots import Spot, apart, lifted, spots


@dataclass(frozen=True)
class Spared:
    """One thing to be spared.

    ``classes`` are names of `moodreel.ingest.facets.CONTENT`; ``axis`` is bounded as well, at
    ``most`` when refused and at ``some`` when only not too much of it is wanted; ``subject``
    is looked for in tags and plots. ``wanted`` is the axis degree of wishing for it instead.
    """

    pattern: str
    classes: tuple[str, ...] = ()
    axis: AxisName | None = None
    most: int = 1
    some: int = 2
    subject: str = ""
    wanted: float | None = None


_DIE = (
    r"(?:dies?|dying|death|deaths|dead|get(?:s|ting)? (?:hurt|killed|shot)|(?:is|are"
    r"|being) (?:hurt|killed|harmed)|harmed|hurt|suffer(?:s|ing)?|cruelty|harm|abuse"
    r"|abused|killed|killing)"
)
_ANIMAL = (
    r"(?:dogs?|cats?|animals?|pets?|horses?|puppy|puppies|kittens?|critters?|bunn(?:y|ies)"
    r"|pupp(?:er|ers)|doggos?)"
)
_CHILD = r"(?:kids?|child|children|bab(?:y|ies)|infants?|toddlers?|little ones?)"
_PARENT = r"(?:parents?|mothers?|fathers?|mums?|moms?|dads?)"

SPARED: tuple[Spared, ...] = (
    Spared(
        r"(?:crude|rude|filthy|bawdy)(?: (?:humou?r|jokes|stuff))?|vulgar(?:ity)?|toilet humou?r"
        r"|potty humou?r"
        r"|fart jokes|gross-?out(?: (?:humou?r|comed(?:y|ies)))?|smutty|lewd",
        ("sex and nudity", "strong language"),
    ),
    Spared(
        r"child[- ](?:sexual[- ])?(?:abuse|molestation)|p(?:a)?edophil(?:e|es|ia)|molestation",
        ("child harm", "abuse", "sexual violence"),
    ),
    Spared(
        rf"(?:the )?{_ANIMAL} (?:that |who |which |to )?{_DIE}|(?:dead|dying|hurt|killed|harmed"
        rf"|suffering) {_ANIMAL}|(?:death|cruelty|harm|abuse|violence) (?:of|to|towards|against"
        rf"|of an?|to an?) {_ANIMAL}|(?:kill|hurt|harm)(?:s|ing|ed)? (?:the |an? "
        rf"|any )?{_ANIMAL}|animal[- ](?:death|cruelty|harm|abuse|violence)|where (?:the"
        rf"|an?) {_ANIMAL} {_DIE}|bull-?fight(?:s|ing)?",
        ("animal harm",),
    ),
    Spared(
        rf"(?:the |a )?{_CHILD} (?:that |who |being |to )?{_DIE}|(?:dead|dying|hurt|missing"
        rf"|abducted) {_CHILD}|(?:death|loss|harm|violence) (?:of|to|against|towards) (?:an? "
        rf"|my )?{_CHILD}|child[- ](?:death|loss|harm|in peril|abduction)|{_CHILD} in (?:peril"
        rf"|danger)|(?:hurt|harm|kill)(?:s|ing|ed)? (?:a |any )?{_CHILD}|miscarriages?"
        rf"|still-?births?|losing a (?:child|baby)",
        ("child harm",),
    ),
    Spared(
        rf"{_PARENT} (?:who )?(?:dies?|dying|death|dead)|(?:death|loss) of (?:a |the |her "
        rf"|his )?{_PARENT}|dead {_PARENT}|losing (?:a |your |my )?{_PARENT}|parental (?:death"
        rf"|loss)|orphans?",
        ("parent death",),
    ),
    Spared(
        r"(?:sexual|sexualised|sexualized)[- ](?:violence|assault|abuse|harassment|coercion)"
        r"|rapes?|raped|rapey|rape scenes?|non-?con|sa content",
        ("sexual violence",),
    ),
    Spared(
        r"domestic (?:violence|abuse)|abusive (?:relationships?|husbands?|partners?|parents?)"
        r"|(?:physical |emotional )?abuse|spousal abuse",
        ("abuse",),
    ),
    Spared(
        r"suicides?|suicidal(?: \w+)?|self[- ]?harm(?:ing)?|kill(?:s|ing)? (?:themsel(?:f|ves)"
        r"|himself|herself)",
        ("suicide",),
    ),
    Spared(r"tortures?|tortured|torture porn", ("torture",)),
    Spared(
        r"(?:graphic |too much |excessive |extreme |gratuitous |bloody )*(?:gore|guts"
        r"|blood(?: and guts)?|bloodshed|splatter|dismember\w*|body horror|cannibal\w*"
        r"|mutilation|beheadings?)|gory(?: \w+)?|bloody|gruesome|grisly|gorey",
        ("gore",),
    ),
    Spared(
        r"(?:graphic |explicit |gratuitous )*(?:nudity|nakedness|naked (?:people|bodies"
        r"|scenes?)|nude(?: scenes?)?|sex(?: scenes?| stuff)?|sexual(?: content| scenes?"
        r"| stuff)?|steamy scenes?|love scenes?|erotica?|raunchy(?: \w+)?|smut"
        r"|explicit scenes?|bedroom scenes?|t&a|boobs)",
        ("sex and nudity",),
    ),
    Spared(
        r"(?:strong |bad |foul |coarse )?(?:swearing|swear words?|cursing|cussing|cuss words?"
        r"|profanity|profanities|f-?bombs?|foul language|bad language|strong language"
        r"|crude language|foul mouthed|foul-mouthed)|language\b(?= (?:please|or)|\s*[.,!]"
        r"|\s*$)",
        ("strong language",),
    ),
    Spared(
        r"(?:hard |use of )?drugs?(?: use| taking| abuse| addiction| scenes?)?|heroin|cocaine"
        r"|addiction|junkies|addicts?|substance abuse",
        ("drug use",),
    ),
    Spared(
        r"(?:alcohol|alcoholism|alcoholics?|booze|drinking|drunk(?:s|enness)?)(?: abuse)?",
        ("alcohol",),
    ),
    Spared(
        r"cancer|terminal(?:ly)? (?:ill(?:ness)?|diseases?)|dementia|alzheimer'?s?"
        r"|serious illness(?:es)?|sickness|(?:dying|ill) (?:people|person|patients?)"
        r"|illness(?:es)?|hospitals?(?: dramas?| scenes?)?",
        ("serious illness",),
    ),
    Spared(r"racis[mt]|racial (?:slurs?|violence)|lynchings?|slurs", ("racism",)),
    Spared(
        r"(?:about |any )?(?:the )?(?:wars?|warfare|battlefields?|holocaust|genocide|nazis?"
        r"|world war(?: (?:ii|two|2|one|1|i))?|ww2|wwii)(?! (?:films?|movies?))",
        ("war",),
        subject="war",
    ),
    Spared(
        r"(?:big |long |bloody |graphic )*(?:battle|combat|war|fight|action"
        r"|torture) (?:scenes?|sequences?)|battles?|combat",
        axis="violence",
        most=2,
        some=3,
    ),
    Spared(
        r"jump[- ]?scares?|jumpscares?|jump scares?|being startled", axis="scares", most=2, some=3
    ),
    Spared(
        r"violence|violent(?: (?:stuff|scenes?|bits|content|parts))?|brutality|brutal(?:ly)?"
        r"|bloodbaths?|shoot-?outs?|shootings?|murders?|murdering|killings?|killing people"
        r"|guns?|gun violence|fight(?:s|ing)?(?: scenes?)?|stabbings?|beat-?ings?"
        r"|ultra-?violen\w+",
        axis="violence",
        most=1,
        some=2,
        wanted=3.5,
    ),
    Spared(
        r"scary(?: (?:stuff|scenes?|bits|parts))?|scares?|frightening|terrifying|spooky|creepy"
        r"|creeps|fright(?:s|ful)?|nightmares?|nightmarish|(?:anything )?that (?:will |would "
        r"|could )?(?:scares?|frightens?) (?:me|us|them|her|him)|(?:be|get|being"
        r"|getting) (?:too )?(?:scared|frightened|spooked|creeped out)|scare (?:me|us|them"
        r"|the kids)|spooks?",
        axis="scares",
        most=1,
        some=2,
        wanted=3.5,
    ),
)
_RULE = re.compile(
    "|".join(
        rf"(?P<k{n}>(?<![\w'-])(?:{spared.pattern})(?![\w]))" for n, spared in enumerate(SPARED)
    )
)
_AT_ALL = re.compile(
    r"\W*(?:at all|whatsoever|of any (?:kind|sort)|period|ever|in any form)\b|\s*,? zero\b"
)
_WHOLLY = re.compile(
    r"^(?:zero|absolutely no|no \w+ of any kind|not (?:a|one) (?:single|bit|drop))\b"
    r"|^(?:none|not an ounce)"
)

_SURVIVES = re.compile(
    rf"(?<![\w'-])(?:{_ANIMAL} (?:doesn't|don't|does not|do not|won't|never|not|no|(?:must|should"
    rf"|can|may|better)(?: ?n't|n't| not| never)|cannot)(?: have to)? {_DIE}"
    rf"|(?:no|none of the) {_ANIMAL} {_DIE}|{_ANIMAL} (?:lives|survives|makes? it))(?![\w])"
)
_NOBODY_DIES = re.compile(
    r"(?<![\w'-])(?:(?:nobody|no ?one|no body)(?: \w+)? (?:dies|gets killed|is killed|has to die)"
    r"|(?:everyone|everybody|they all) (?:lives|survives|survive|live)|without (?:anyone|anybody"
    r"|somebody|people) dying)(?![\w])"
)

_BOTH = re.compile(
    rf"(?<![\w'-])(?:(?:{_ANIMAL}) (?:or|and|nor) (?:the )?{_CHILD}"
    rf"|{_CHILD} (?:or|and|nor) (?:the )?{_ANIMAL}) (?:that |who |being |to )?{_DIE}(?![\w])"
)


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Limits on content; a wish for violence or scares is left to the moods."""
    return apart(list(_findings(message, reader)))


def recognise_deaths(message: Message, reader: Reader) -> list[Finding]:
    """Who shall come to no harm, before "with kids" is read as company."""
    animals = [(spot, ("animal harm",)) for spot in spots(message, _SURVIVES)]
    refused = [spot for spot in spots(message, _BOTH) if spot.polarity.against]
    both = [(spot, ("animal harm", "child harm")) for spot in refused]
    return apart(
        [
            spot.finding(LimitEdit(limit=Content(none_of=classes), words=spot.meant))
            for spot, classes in [*animals, *both]
        ]
    )


def _findings(message: Message, reader: Reader) -> Iterator[Finding]:
    for spot in spots(message, _NOBODY_DIES):
        yield spot.finding(Wish(text="a death", dimension="plot", avoid=True, words=spot.words))
    for spot in spots(message, _RULE):
        edits = _edits(spot, SPARED[int((spot.match.lastgroup or "k0")[1:])], reader)
        if edits is not None:
            yield Finding(spot.start, spot.end, edits)


def _edits(spot: Spot, spared: Spared, reader: Reader) -> tuple[Edit, ...] | None:
    sense = spot.polarity
    if sense.exempted:
        return _lifted(spot, spared, reader)
    if not sense.against:
        return None
    if sense.lessened and spared.axis is not None:
        return None
    return tuple(
        LimitEdit(limit=limit, words=spot.meant, lasting=sense.lasting)
        for limit in _limits(spot, spared)
    ) or (Wish(text=spot.words, avoid=True, words=spot.meant),)


def _lifted(spot: Spot, spared: Spared, reader: Reader) -> tuple[Edit, ...]:
    content = [
        edit for name in spared.classes for edit in lifted(reader, "content", name, spot.meant)
    ]
    axis = lifted(reader, "axis", spared.axis, spot.meant) if spared.axis else ()
    subject = lifted(reader, "subjects", spared.subject, spot.meant) if spared.subject else ()
    return (*content, *axis, *subject)


def _limits(spot: Spot, spared: Spared) -> Iterator[Limit]:
    sense = spot.polarity
    if spared.axis is not None:
        yield AxisBound(axis=spared.axis, at_most=_bound(spot, spared))
    if sense.softened and spared.axis is None and spared.classes == ("gore",):
        yield AxisBound(axis="violence", at_most=2)
        return
    for name in spared.classes:
        yield Content(none_of=(name,))
    if spared.subject:
        yield Subjects(none_of=(spared.subject,))


def _bound(spot: Spot, spared: Spared) -> int:
    """The degree that is still accepted."""
    sense = spot.polarity
    if sense.softened or sense.lessened:
        return spared.some
    tail = spot.message.plain.text[spot.match.end() : spot.match.end() + 30]
    wholly = _AT_ALL.match(tail) or _WHOLLY.match(spot.meant.lower())
    return 0 if wholly else spared.most
