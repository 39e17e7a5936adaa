"""Company and age: "my kids are 6 and 9", "first date", "with grandma", "PG-13 or below"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ....ingest.limits import Age, Content, Genres, Ratings
from ...edits import Edit, LimitEdit, Wish
from .companies import COMPANY, COMPANY_NAMED, TEEN, Company
from .message import Finding, Message, Reader
from .numbers import WORDED, number
from .spots import Spot, after, apart, before, joined, spots
from .words import words_of

_KID = (
    r"(?:kids?|kiddos?|kiddies|children|child|sons?|daughters?|boys?|girls?|nephews?"
    r"|nieces?|grand-?(?:kids?|children|child|sons?|daughters?)|little ones?|toddlers?"
    r"|bab(?:y|ies)|youngsters?|twins|brothers?|sisters?|cousins?|students|class|pupils)"
)
_NUM = rf"(?:\d{{1,2}}|{WORDED})"
_YEARS_OLD = r"(?:[- ]?(?:years?|yrs?|y/?o|yo)(?:[- ]?olds?)?|[- ]olds?)"
_AGES = (
    rf"(?P<ages>{_NUM}(?:{_YEARS_OLD})?(?:(?:\s*(?:,|and|&|to|or|/|-"
    rf"|plus)\s*)+{_NUM}(?:{_YEARS_OLD})?)*)"
)
_WHO = (
    r"(?:my|our|the|his|her|some|their|two|three|young|little|small|both|a couple of"
    r"|younger|youngest|several|a few)"
)

_AGE_RULES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"(?<![\w'-]){pattern}")
    for pattern in (
        rf"(?:(?:with|for|and) )?(?:{_WHO} ){{0,3}}{_KID}(?: \w+)?,? ?(?:is|are|'s|'re|who is"
        rf"|who are|who's|turn(?:s|ed|ing)|just turned|aged?|ages|of|\(|,|:|-)+ ?(?:only |just "
        rf"|about |nearly |almost |aged? |between |ages )*{_AGES}(?:{_YEARS_OLD})?\)?"
        rf"(?! ?(?:min|hour|films?|movies?|%|o'clock|of (?:them|us)))(?![\w%])",
        rf"(?:(?:with|for|and) )?(?:(?:an?|{_WHO}) ){{0,3}}(?P<ages>{_NUM}"
        rf"(?:(?:\s*(?:,|and|&|to|or|/|-)\s*)+(?:an? |my )?{_NUM})*)"
        rf"[- ]?(?:years?|yrs?|y\.?/?o|yo)\.?[- ]?(?:olds?)?(?:[- ](?:{_KID}"
        rf"|birthday(?: party)?|viewers?))?(?! (?:film|movie|ago|or))(?![\w])",
        rf"(?:(?:with|for|and) )?(?:my|our|his|her|their) {_KID},? (?:only |just |nearly |almost )?"
        rf"(?P<ages>{_NUM})(?=\s*(?:$|[.,;!?)]|so\b|but\b|and\b))",
        rf"(?:for )?(?:{_KID} )?(?:ages?|aged) (?:of )?(?:between )?{_AGES}(?![\w%])",
        rf"(?:he's|she's|he is|she is|they're|they are|who's|who is|who are) (?:only |just "
        rf"|nearly |almost |about )*{_AGES}(?=\s*(?:$|[.,;!?)]|so\b|but\b|and (?!a half)"
        rf"|now\b))(?! ?(?:min|hour))",
        rf"(?:an? )?(?P<ages>{_NUM})(?:th|st|nd|rd) birthday(?: party)?",
        rf"(?:they're|they are|he's|he is|she's|she is|who's|is|are"
        rf"|just) (?:about to )?turn(?:ing|ed|s)? (?P<ages>{_NUM})(?! ?(?:min|hour"
        rf"|o'clock))(?![\w%])",
    )
)
_SELF_BEFORE = re.compile(
    r"\b(?:i'm|i am|im|me,|we're|film is|movie is|over|than|last|past|at least)\s*(?:a "
    r"|an |only |just )?$"
)
_CHILDREN = re.compile(rf"\b{_KID}\b")
_GROWN_UP = 18


_R = r"(?:nc-?17|pg-?13|pg|g|r|18|x)"
_RATINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "up_to",
            r"(?<![\w'-])(?:rated |rating |max(?:imum)?(?: of)? |at most |up to |nothing (?:above"
            r"|over|beyond|higher than|worse than|stronger than) |no (?:more than|higher than"
            r"|worse than) |not (?:above|over|higher than) |under )+(?:an? )?(?P<r>pg-?\s?13|pg"
            r"|nc-?17)(?:[- ]rated)?(?: or (?:below|less|lower|under|milder|younger))?(?![\w-])",
        ),
        (
            "up_to",
            r"(?<![\w'-])(?P<r>pg-?\s?13|pg|g|r)(?:[- ]rated)?(?: or (?:below|less|lower|under"
            r"|milder|younger|g|pg)| and (?:below|under)| max(?:imum)?| at most| tops| only"
            r"| rating)(?![\w-])",
        ),
        (
            "below",
            r"(?<![\w'-])(?:below|less than|milder than) (?:an? )?(?P<r>pg-?\s?13|r"
            r"|nc-?17)(?:[- ]rat(?:ed|ing))?(?![\w'-])",
        ),
        (
            "exactly",
            r"(?<![\w'-])(?:(?:a |an )?rated[- ])(?P<r>pg-?\s?13|pg|g|r|nc-?17)(?![\w'-])"
            r"|(?<![\w'-])(?P<r2>pg-?13|pg|nc-?17|r|g)(?:[- ]rat(?:ed|ings?))(?![\w'-])"
            r"|(?<![\w'-])(?P<r3>pg-?13|nc-?17|pg)(?! ?\d)(?![\w'-])"
            r"|(?:\bhard )(?P<r4>r)(?![\w'-])|\bno (?P<r5>r)(?:'s| ratings?)?(?=\s*(?:$|[,.!]"
            r"|films?|movies?))",
        ),
    )
)
_LADDER = ("G", "PG", "PG-13", "R", "NC-17")
_CLEAN = re.compile(
    r"(?<![\w'-])(?:(?:squeaky[- ])?clean(?= (?:films?|movies?|comed(?:y|ies)|humou?r|fun"
    r"|jokes|one|language|\w+ (?:film|movie|comedy)))|(?:keep it|something|must be"
    r"|nothing but|good) clean|christian[- ]friendly)(?![\w'-])"
)
_CHILDISH = re.compile(
    r"(?<![\w'-])(?:childish|kiddie|kiddy|juvenile|for (?:kids|children|babies)"
    r"|kids?'? (?:films?|movies?|stuff|ones?)|children'?s (?:films?|movies?)|babyish"
    r"|immature|family (?:films?|movies?|stuff))(?![\w'-])"
)


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Limits on age and rating, and wishes for who watches."""
    found = apart(
        [
            *_refused(message),
            *_children_in_it(message),
            *_ages(message),
            *_ratings(message),
            *_clean(message),
            *_companies(message),
        ]
    )
    return joined(found, message, Age, _youngest)


def _youngest(ages: Sequence[Age]) -> Age:
    """A child of 8 and a teenager watch what suits the child."""
    return Age(youngest=min(age.youngest for age in ages))


_CHILDREN_IN_IT = re.compile(
    r"\b(?P<cue>no|without(?: any)?|with(?: some)?) "
    r"(?P<who>kids|children|babies|toddlers|teens|teenagers) in "
    r"(?:it|them|there|the (?:film|movie|story))\b"
)


def _children_in_it(message: Message) -> Iterator[Finding]:
    """ "No kids in it": whom the story is about; who watches is not said."""
    for spot in spots(message, _CHILDREN_IN_IT):
        text = f"a story about {spot.match['who']}"
        avoid = not re.match(r"with(?! ?out)", spot.match["cue"])
        wish = Wish(text=text, dimension="plot", avoid=avoid, words=spot.words)
        yield Finding(spot.start, spot.end, (wish,))


def _refused(message: Message) -> Iterator[Finding]:
    """ "No kids' films": children's fare is unwanted, which says nothing about who watches."""
    for spot in spots(message, _CHILDISH):
        if not spot.polarity.against:
            continue
        avoid = Wish(
            text="films made for young children",
            dimension="audience",
            avoid=True,
            lasting=spot.polarity.lasting,
            words=spot.meant,
        )
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
    who = "teenagers" if youngest >= TEEN else "young children" if youngest < 7 else "children"
    wish = Wish(
        text=f"{who} aged {youngest} and their family",
        dimension="audience",
        words=spot.words,
        strength=0.7,
    )
    return (LimitEdit(limit=Age(youngest=youngest), words=spot.words), wish)


def _companies(message: Message) -> Iterator[Finding]:
    for spot in spots(message, COMPANY_NAMED):
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
    "not no nothing never really don't do want anything something avoid it's a film films"
    " movie one watching just"
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
    yield Wish(
        text=company.text,
        dimension="audience",
        moods=company.moods,
        axes=company.axes,
        strength=company.strength,
        words=spot.words,
    )
    if company.avoid:
        yield Wish(
            text=" or ".join(company.avoid),
            dimension="mood",
            avoid=True,
            moods=company.avoid,
            embed=False,
            strength=0.8,
            words=spot.words,
        )


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
