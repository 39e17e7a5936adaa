# ruff: noqa: E501
# A pattern of alternatives reads best one alternative a line.
"""Company and age: "my kids are 6 and 9", "first date", "with grandma", "PG-13 or below"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ....ingest.item import AxisName, MoodTag
from ....ingest.limits import Age, Content, Genres, Ratings
from ...edits import Edit, LimitEdit, Wish
from .message import Finding, Message, Reader
from .numbers import WORDED, number
from .spots import Spot, after, apart, before, spots
from .words import words_of

_KID = r"(?:kids?|kiddos?|kiddies|children|child|sons?|daughters?|boys?|girls?|nephews?|nieces?|grand-?(?:kids?|children|child|sons?|daughters?)|little ones?|toddlers?|bab(?:y|ies)|youngsters?|twins|brothers?|sisters?|cousins?|students|class|pupils)"
_NUM = rf"(?:\d{{1,2}}|{WORDED})"
_YEARS_OLD = r"(?:[- ]?(?:years?|yrs?|y/?o|yo)(?:[- ]?olds?)?|[- ]olds?)"
_AGES = rf"(?P<ages>{_NUM}(?:{_YEARS_OLD})?(?:(?:\s*(?:,|and|&|to|or|/|-|plus)\s*)+{_NUM}(?:{_YEARS_OLD})?)*)"
_WHO = r"(?:my|our|the|his|her|some|their|two|three|young|little|small|both|a couple of|younger|youngest|several|a few)"

_AGE_RULES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"(?<![\w'-]){pattern}")
    for pattern in (
        rf"(?:(?:with|for|and) )?(?:{_WHO} )*{_KID}(?: \w+)?,? ?(?:is|are|'s|'re|who is|who are|who's|turn(?:s|ed|ing)|just turned|aged?|ages|of|\(|,|:|-)+ ?(?:only |just |about |nearly |almost |aged? |between |ages )*{_AGES}(?:{_YEARS_OLD})?\)?(?! ?(?:min|hour|films?|movies?|%|o'clock|of (?:them|us)))(?![\w%])",
        rf"(?:(?:with|for|and) )?(?:an? |my |our |the |two |three |some |{_WHO} )*(?P<ages>{_NUM}(?:(?:\s*(?:,|and|&|to|or|/|-)\s*)+(?:an? |my )?{_NUM})*)[- ]?(?:years?|yrs?|y\.?/?o|yo)\.?[- ]?(?:olds?)?(?:[- ](?:{_KID}|birthday(?: party)?|viewers?))?(?! (?:film|movie|ago|or))(?![\w])",
        rf"(?:for )?(?:{_KID} )?(?:ages?|aged) (?:of )?(?:between )?{_AGES}(?![\w%])",
        rf"(?:he's|she's|he is|she is|they're|they are|who's|who is|who are) (?:only |just |nearly |almost |about )*{_AGES}(?=\s*(?:$|[.,;!?)]|so\b|but\b|and (?!a half)|now\b))(?! ?(?:min|hour))",
        rf"(?:an? )?(?P<ages>{_NUM})(?:th|st|nd|rd) birthday(?: party)?",
        rf"(?:they're|they are|he's|he is|she's|she is|who's|is|are|just) (?:about to )?turn(?:ing|ed|s)? (?P<ages>{_NUM})(?! ?(?:min|hour|o'clock))(?![\w%])",
    )
)
_SELF_BEFORE = re.compile(r"\b(?:i'm|i am|im|me,|we're|film is|movie is|over|than|last|past|at least)\s*(?:a |an |only |just )?$")  # fmt: skip
_CHILDREN = re.compile(rf"\b{_KID}\b")
_GROWN_UP = 18
_SMALL_CHILD, _CHILD, _TEEN = 3, 6, 13
"""Ages that "toddler", "kids" and "teenager" stand for when no age is said."""


@dataclass(frozen=True)
class Company:
    """Who watches: the wish for the audience, how it is read, and the age that must be kept to."""

    pattern: str
    text: str = ""
    age: int | None = None
    moods: tuple[MoodTag, ...] = ()
    axes: dict[AxisName, float] = field(default_factory=dict)
    avoid: tuple[MoodTag, ...] = ()
    strength: float = 0.8


_MILD: dict[AxisName, float] = {"violence": 0.5, "scares": 0}
_RUDE: tuple[MoodTag, ...] = ("sensual", "disturbing", "violent")
_WITH = r"(?:with|for|alongside|watching with|around|and|next to|beside|pleases?|entertains?|keep|to show|show)"
_OWN = r"(?:my|our|the|his|her|some|your|this|a|an|two|three|all|all the|both|young|small|little|whole|entire|elderly|older|old|lovely|dear|new|best|good|bunch of|group of|couple of|load of|few|the whole)"

COMPANY: tuple[Company, ...] = (
    Company(r"(?:put|got|get|getting|putting) (?:the |our |my )?(?:kids?|bab(?:y|ies)|children|little ones?|toddlers?|twins|girls|boys) (?:down|to bed|to sleep|off to bed|in bed|asleep)|(?:the |my |our )?(?:kids?|children|little ones?) (?:are|is) (?:asleep|in bed|away|out|gone|at (?:their|my|his|her|grandma|nana)[\w' ]*)|without (?:the |my |our )?(?:kids|children)|(?:just )?(?:the )?(?:grown[- ]?ups?|adults) only|only (?:the )?(?:adults|grown[- ]?ups)|no (?:kids|children)(?: (?:around|tonight|here|present|with us))?(?! (?:films?|movies?|stuff|in))|for (?:adults|grown[- ]?ups)|18\+|adult audiences?", "adults, once the children are asleep", strength=0.5),
    Company(rf"(?:{_WITH} (?:{_OWN} )*|(?:{_OWN} )+)(?:toddlers?|bab(?:y|ies)|pre-?schoolers?|very young (?:kids|children)|tiny (?:kids|ones))", "toddlers and very young children", _SMALL_CHILD),
    Company(rf"(?:{_WITH} (?:{_OWN} )*|(?:{_OWN} )+)(?:pre-?teens?|tweens?|tweenagers?)", "older children, tweens", 10),
    Company(rf"(?:{_WITH} (?:{_OWN} )*|(?:{_OWN} )+)(?:teenage(?:d)?(?: (?:kids?|sons?|daughters?|boys?|girls?|nephews?|nieces?|children|brothers?|sisters?))?|teenagers?|teens?|high[- ]?schoolers?)(?! (?:films?|movies?|comed|drama|romance|romcom|horror|angst|slasher))", "teenagers", _TEEN),
    Company(r"(?:family|movie|film|cinema)[- ](?:movie |film )?(?:nights?|evenings?|afternoons?) (?:with|for) (?:the |my |our )?(?:kids|children|family|little ones)|(?:kids?'?s?|child(?:ren)?'?s) (?:birthday )?part(?:y|ies)|family[- ](?:movie|film|cinema)?[- ]?(?:nights?|evenings?|time|gathering|afternoons?|sunday)", "the whole family together, children included", _CHILD),
    Company(r"(?:for |with )?(?:the |my |our )?(?:whole|entire) (?:family|clan)|(?:for |suits? |suitable for |fun for |good for )?all (?:ages|the family|generations)|(?:family|kids?|child|children)[- ]?friendly|(?:suitable|appropriate|ok|okay|good|fine|safe|nice|fun|great) for (?:the |my |our |young |small |little |younger )*(?:kids?|children|family|little ones?)|(?:kids?|kiddie|children'?s?|kid's) (?:films?|movies?|flicks?|stuff|comed(?:y|ies)|animations?|adventures?)|family (?:films?|movies?|fun|fare|entertainment|comed(?:y|ies)|adventures?|animations?|viewing)|pixar[- ]level clean", "the whole family, children included", _CHILD),
    Company(rf"{_WITH} (?:{_OWN} )*(?:kids?|kiddos?|kiddies|children|child|grand-?kids?|grandchild(?:ren)?|little ones?|youngsters?|families|family|young family|nephews?|nieces?|little (?:brother|sister|boy|girl)s?|grandsons?|granddaughters?|younger (?:brother|sister|sibling|cousin)s?|stepkids)(?! (?:movies?|films?))|(?:my|our) (?:kids?|children|little ones?|grandkids|grandchildren|little (?:brother|sister|boy|girl))(?= (?:want|wants|love|loves|like|likes|will|would|can|could|should|might|need|needs|enjoy|enjoys|watch|is|are|have|has|get|gets|and|too|as well)\b)", "children and their parents", _CHILD),
    Company(rf"(?:{_WITH} )(?:{_OWN} )*(?:sons?|daughters?|boy|girl)(?! (?:friend|scout|band|power|next))(?![\w'-])|(?:my|our) (?:young|little) (?:son|daughter)", "parent and child", None, strength=0.6),
    Company(rf"(?:{_WITH} )?(?:{_OWN} )*(?:grandmas?|grandmothers?|grandpas?|grandfathers?|grandparents?|grand-?dads?|grannies|granny|grans?|nanas?|nans?|nanny|gramps|nonna|abuela|oma|opa|great[- ]aunts?|elderly (?:parents?|mother|father|relatives?|neighbou?rs?|mum|mom|dad|aunt|uncle))(?:'s)?(?! (?:movies?|films?))", "watching with grandparents: gentle, nothing crude", None, ("gentle", "heartwarming"), {**_MILD, "lightness": 3, "warmth": 3}, _RUDE),
    Company(rf"{_WITH} (?:{_OWN} )*(?:parents?|mums?|moms?|mothers?|dads?|fathers?|mum and dad|mom and dad|folks|in-?laws|mother-in-law|father-in-law|mil|aunts?|uncles?|aunties?|relatives|boyfriend's parents|girlfriend's parents|extended family)(?: and (?:my )?(?:dad|mum|mom|mother|father))?|(?:meeting|meet) (?:the |my |his |her )?(?:parents|in-?laws)", "watching with parents: broadly appealing, nothing awkward", None, (), {"warmth": 3}, ("sensual", "disturbing")),
    Company(r"(?:for |on |on a |it's |our |a |my )*(?:first|1st|second|2nd|third|tinder|hinge|bumble|blind) dates?(?: (?:movies?|films?|night))?", "a first date: charming and easy to talk about", None, ("romantic", "playful", "witty"), {"romance": 2, "lightness": 3, "warmth": 3}, ("disturbing", "bleak")),
    Company(r"(?:for |on |a |our |it's )*(?:date[- ]?nights?|dates?)(?: (?:movies?|films?|with \w+(?: \w+)?))?(?=\s*(?:$|[.,!?;]|tonight|and|movie|film|tomorrow|so|but|please|later|on|this))|romantic (?:evening|night|dinner)|(?:for |on )?valentine'?s?(?: day| night)?|(?:our |for our )?(?:wedding )?anniversary|(?:to )?impress (?:my |a |her|him)[\w ]{0,12}", "date night for a couple", None, ("romantic", "tender"), {"romance": 3, "warmth": 3}, ("disturbing", "bleak")),
    Company(rf"{_WITH} (?:{_OWN} )*(?:girlfriend|boyfriend|wife|husband|hubby|wifey|partner|spouse|fianc[ée]e?|significant other|other half|crush|missus|better half|date|lover|s\.?o\.?|so)(?![\w'-])|couples? night|just the two of us|for (?:two|a couple|couples)(?=\s*(?:$|[.,;!?]|people|of us|adults|tonight|please|to|that|who|and|with))|as a couple|me and my (?:wife|husband|girlfriend|boyfriend|partner|date)|my (?:wife|husband|girlfriend|boyfriend|partner) and (?:i|me)|the (?:wife|missus) and i", "a couple watching together", strength=0.6),
    Company(r"(?:for |on |a |our |it's )*(?:girls'?|girlie|girly|ladies'?|gals?'?|galentine'?s?|hen|bachelorette)[- ]?(?:nights?|day|party|do|weekend|sleepover)(?: in)?|with (?:the |my |all the )*(?:girls|gals|ladies|girlfriends)|(?:for a )?slumber party|sleepovers?", "a girls' night in with friends", None, ("funny", "feel-good", "playful"), {"lightness": 3, "humour": 3}),
    Company(r"(?:for |on |a |our |it's )*(?:lads'?|boys'?|guys'?|stag|bachelor|poker)[- ](?:nights?|do|party|weekend)(?: in)?|with (?:the |my |all the )*(?:boys|lads|guys|bros|dudes|fellas)|(?:beer|pizza)(?: and (?:beer|pizza))? night", "a night with the lads: big laughs and action", None, ("funny", "exciting", "adrenaline"), {"lightness": 3, "humour": 3, "demand": 0}),
    Company(rf"(?:for |at |an? |our |the |with )*(?:office|work|christmas work|team)[- ](?:party|do|night|movie night|film night|event|social|building)|{_WITH} (?:{_OWN} )*(?:colleagues?|co-?workers?|team|boss|office|workmates|employees|clients?|customers?)(?! (?:from hell))", "colleagues from work: broadly appealing, nothing awkward", None, ("feel-good", "funny"), {"lightness": 3, "violence": 1}, ("sensual", "disturbing", "violent")),
    Company(rf"{_WITH} (?:{_OWN} )*(?:friends?|mates?|buddies|besties?|pals?|roommates?|room-?mates?|flat-?mates?|housemates?|squad|gang|group|crowd|people over|guests?|crew|neighbou?rs?)(?! (?:to|turned|become|who are))|(?:we're|we are|there's|there are) (?:about |like )?(?:\d+|three|four|five|six|seven|eight|nine|ten) (?:of us|people|friends|mates|lads|girls|guys|nerds|students|women|men|blokes)|(?:friends|people|mates|guests) (?:coming|are coming|are) (?:over|round)|(?:house|watch|birthday|movie|film|dinner|halloween|new year'?s?(?: eve)?)[- ]part(?:y|ies)|group watch|movie marathon with friends|get-?together|drinking game|(?:a )?party (?:movies?|films?)|movie night with friends|crowd[- ]pleasers?", "a group of friends watching together", None, ("funny", "exciting"), {"lightness": 3, "demand": 0}, strength=0.7),
    Company(r"(?:watching |i'm |home |all |just )*(?:alone|by myself|on my own|solo|just me)(?: (?:tonight|at home|this evening|today|for once))?|me time|no company|treat(?:ing)? myself|self[- ]care night", "watching alone", strength=0.4),
    Company(r"(?:with |for )(?:film|movie) (?:students|buffs|nerds|lovers|snobs|geeks)|film club|cinephiles?|for (?:a |my )?film class|movie buffs?", "film lovers and cinephiles", None, (), {"demand": 3}, strength=0.7),
    Company(r"(?:for |with )?(?:my |the |our |a )*(?:classroom|school class|students|pupils|class of \w+)", "pupils in a classroom", 10, strength=0.6),
)  # fmt: skip
_COMPANY = re.compile(
    "|".join(rf"(?P<k{n}>(?<![\w'-])(?:{c.pattern})(?![\w'-]))" for n, c in enumerate(COMPANY))
)

_R = r"(?:nc-?17|pg-?13|pg|g|r|18|x)"
_RATINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("up_to", r"(?<![\w'-])(?:rated |rating |max(?:imum)?(?: of)? |at most |up to |nothing (?:above|over|beyond|higher than|worse than|stronger than) |no (?:more than|higher than|worse than) |not (?:above|over|higher than) |under )+(?:an? )?(?P<r>pg-?\s?13|pg|nc-?17)(?:[- ]rated)?(?: or (?:below|less|lower|under|milder|younger))?(?![\w-])"),
        ("up_to", r"(?<![\w'-])(?P<r>pg-?\s?13|pg|g|r)(?:[- ]rated)?(?: or (?:below|less|lower|under|milder|younger|g|pg)| and (?:below|under)| max(?:imum)?| at most| tops| only| rating)(?![\w-])"),
        ("below", r"(?<![\w'-])(?:below|less than|milder than) (?:an? )?(?P<r>pg-?\s?13|r|nc-?17)(?:[- ]rat(?:ed|ing))?(?![\w'-])"),
        ("exactly", r"(?<![\w'-])(?:(?:a |an )?rated[- ])(?P<r>pg-?\s?13|pg|g|r|nc-?17)(?![\w'-])|(?<![\w'-])(?P<r2>pg-?13|pg|nc-?17|r|g)(?:[- ]rat(?:ed|ings?))(?![\w'-])|(?<![\w'-])(?P<r3>pg-?13|nc-?17|pg)(?! ?\d)(?![\w'-])|(?:\bhard )(?P<r4>r)(?![\w'-])|\bno (?P<r5>r)(?:'s| ratings?)?(?=\s*(?:$|[,.!]|films?|movies?))"),
    )
)  # fmt: skip
_LADDER = ("G", "PG", "PG-13", "R", "NC-17")
_CLEAN = re.compile(
    r"(?<![\w'-])(?:(?:squeaky[- ])?clean(?= (?:films?|movies?|comed(?:y|ies)|humou?r|fun|jokes|one|language|\w+ (?:film|movie|comedy)))|(?:keep it|something|must be|nothing but|good) clean|christian[- ]friendly)(?![\w'-])"
)
_CHILDISH = re.compile(
    r"(?<![\w'-])(?:childish|kiddie|kiddy|juvenile|for (?:kids|children|babies)|kids?'? (?:films?|movies?|stuff|ones?)|children'?s (?:films?|movies?)|babyish|immature|family (?:films?|movies?|stuff))(?![\w'-])"
)


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Limits on age and rating, and wishes for who watches."""
    return apart(
        [
            *_refused(message),
            *_ages(message),
            *_ratings(message),
            *_clean(message),
            *_companies(message),
        ]
    )


def _refused(message: Message) -> Iterator[Finding]:
    """ "No kids' films": children's fare is unwanted, which says nothing about who watches."""
    for spot in spots(message, _CHILDISH):
        if not spot.polarity.against:
            continue
        avoid = Wish(text="films made for young children", dimension="audience", avoid=True,
                     lasting=spot.polarity.lasting, words=spot.meant)  # fmt: skip
        limit = LimitEdit(
            limit=Genres(none_of=("Family",)), words=spot.meant, lasting=spot.polarity.lasting
        )
        yield Finding(spot.start, spot.end, (limit, avoid))


def _ages(message: Message) -> Iterator[Finding]:
    for rule in _AGE_RULES:
        for spot in spots(message, rule):
            ages = [
                int(a) for a in map(number, re.findall(_NUM, spot.match["ages"])) if a is not None
            ]
            own = _SELF_BEFORE.search(before(spot)) and not _CHILDREN.search(spot.match.group())
            if not ages or max(ages) > 99 or own:
                continue
            yield Finding(spot.start, spot.end, _for_age(min(ages), spot))


def _for_age(youngest: int, spot: Spot) -> tuple[Edit, ...]:
    """A limit for the youngest; grown-ups only get a wish."""
    if youngest >= _GROWN_UP:
        return (
            Wish(
                text=f"people aged {youngest}", dimension="audience", words=spot.words, strength=0.5
            ),
        )
    who = "teenagers" if youngest >= _TEEN else "young children" if youngest < 7 else "children"
    wish = Wish(
        text=f"{who} aged {youngest} and their family",
        dimension="audience",
        words=spot.words,
        strength=0.7,
    )
    return (LimitEdit(limit=Age(youngest=youngest), words=spot.words), wish)


def _companies(message: Message) -> Iterator[Finding]:
    for spot in spots(message, _COMPANY):
        if re.search(r"\b(?:about|story of|played by|when i was)(?: an?| the)?\s*$", before(spot)):
            continue
        if _HARMED.match(after(spot)):
            continue
        company = COMPANY[int((spot.match.lastgroup or "k0")[1:])]
        if _directly_refused(spot):
            yield Finding(spot.start, spot.end, _unwanted(company, spot))
        else:
            yield Finding(spot.start, spot.end, tuple(_wanted(company, spot)))


_HARMED = re.compile(
    r"\s*(?:in (?:danger|peril|trouble)|d(?:ie|ies|ying)\b|(?:get|gets|getting|being|are|is)"
    r" (?:hurt|killed|harmed|abused|kidnapped|taken))"
)
_CUE_WORDS = words_of(
    "not no nothing never really don't do want anything something avoid it's a film films movie one watching just"
)


def _directly_refused(spot: Spot) -> bool:
    """Whether the company itself is unwanted: not in "no swearing for my grandparents"."""
    sense = spot.polarity
    if not sense.negated or re.search(r"\b(?:without|no|only)\b", spot.match.group()):
        return False
    between = spot.message.text[sense.start : spot.start].lower().split()
    return all(word in _CUE_WORDS for word in between)


def _unwanted(company: Company, spot: Spot) -> tuple[Edit, ...]:
    return (Wish(text=company.text, dimension="audience", avoid=True, words=spot.meant),)


def _wanted(company: Company, spot: Spot) -> Iterator[Edit]:
    if company.age is not None:
        yield LimitEdit(limit=Age(youngest=company.age), words=spot.words)
    yield Wish(text=company.text, dimension="audience", moods=company.moods, axes=company.axes,
               strength=company.strength, words=spot.words)  # fmt: skip
    if company.avoid:
        yield Wish(text=" or ".join(company.avoid), dimension="mood", avoid=True, moods=company.avoid,
                   embed=False, strength=0.8, words=spot.words)  # fmt: skip


def _ratings(message: Message) -> Iterator[Finding]:
    for name, rule in _RATINGS:
        for spot in spots(message, rule):
            rating = _rating(next(r for r in spot.match.groups() if r))
            accepted = _ACCEPTED[name](_LADDER.index(rating))
            if (name == "exactly" and spot.polarity.against) or (
                name == "exactly" and spot.match.group().startswith("no ")
            ):
                accepted = _milder(_LADDER.index(rating))
            if accepted:
                limit = Ratings(any_of=accepted)  # type: ignore[arg-type]
                yield Finding(spot.start, spot.end, (LimitEdit(limit=limit, words=spot.meant),))


def _rating(said: str) -> str:
    plain = re.sub(r"[\s-]", "", said).upper()
    return {"PG13": "PG-13", "NC17": "NC-17"}.get(plain, plain)


def _milder(rung: int) -> tuple[str, ...]:
    return _LADDER[:rung]


# A film that is asked to be "PG" may as well be G; "R-rated" is asked for because it isn't mild.
_ACCEPTED: dict[str, Callable[[int], tuple[str, ...]]] = {
    "up_to": lambda rung: _LADDER[: rung + 1],
    "below": _milder,
    "exactly": lambda rung: _LADDER[: rung + 1] if rung < 2 else (_LADDER[rung],),
}


def _clean(message: Message) -> Iterator[Finding]:
    for spot in spots(message, _CLEAN):
        limit = Content(none_of=("strong language", "sex and nudity"))
        yield Finding(spot.start, spot.end, (LimitEdit(limit=limit, words=spot.words),))
