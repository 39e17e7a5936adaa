"""More or less of a quality: "funnier", "less violent", "too slow", "more obscure"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...edits import Nudge, Quality
from .lexicon import comparative
from .message import Finding, Message, Reader
from .spots import Spot, after, apart, before, comments, spots

# Comparatives that stand alone, and what each moves: quality and direction.
_COMPARATIVES: dict[str, str] = {
    "+lightness": "lighter|cheerier|happier|sunnier|brighter|jollier|more lighthearted"
    "|merrier|fluffier"
    "|breezier|more fun",
    "-lightness": "darker|sadder|bleaker|gloomier|grimmer|moodier|heavier|grittier|edgier|nastier"
    "|bleaker",
    "+humour": "funnier|wittier|sillier|goofier|jokier|stupider|dafter",
    "+warmth": "warmer|sweeter|cosier|cozier|kinder|gentler|cuter|softer|tenderer",
    "-warmth": "colder|meaner|harsher",
    "+scares": "scarier|creepier|spookier|eerier",
    "+violence": "gorier|bloodier",
    "-tension": "calmer|tamer|quieter|milder",
    "+tension": "tenser|twistier|pacier|faster|faster[- ]paced|quicker|snappier|punchier|brisker"
    "|livelier|wilder",
    "+demand": "slower|slower[- ]paced|smarter|cleverer|deeper|brainier|artier|weightier|meatier",
    "-demand": "easier|simpler|dumber|shallower|easier[- ]going",
    "+strangeness": "weirder|stranger|odder|trippier|quirkier|crazier|madder|wackier"
    "|freakier|zanier",
    "-strangeness": "saner|straighter",
    "+romance": "steamier|sexier|swoonier",
    "+newness": "newer|fresher",
    "-newness": "older",
    "+length": "longer|lengthier",
    "-length": "shorter|briefer|tighter",
    "+fame": "better[- ]known|bigger|more famous|starrier",
    "-fame": "lesser[- ]known|less known|smaller",
}

# Words that "more", "less", "too", "not as" and "not … enough" go with.
_QUALITIES: dict[str, str] = {
    "+lightness": "light|light-?hearted|cheerful|cheery|happy|upbeat|uplifting|fun|feel[- ]good"
    "|positive|optimistic|sunny|playful|carefree|fluffy",
    "-lightness": "dark|sad|bleak|gloomy|depressing|heavy|grim|gritty|melancholy"
    "|melancholic"
    "|downbeat|tragic|miserable|dreary|intense and dark|cynical|hopeless|nihilistic"
    "|darkness|sadness",
    "+humour": "funny|comedy|humou?r|jokes|laughs|silly|witty|comedic|goofy|humorous|hilarious"
    "|slapstick|wit|gags|stupid",
    "-humour": "serious|earnest|solemn|straight-?faced|sober",
    "+warmth": "warm|heart|heartwarming|sweet|cosy|cozy|wholesome|touching|sentimental|sappy|soppy"
    "|cheesy|corny|schmaltzy|sugary|emotional|feelings|cute|mushy|tender|moving|gentle"
    "|kind|saccharine|twee|gooey|syrupy|feelgood|cloying|melodramatic",
    "+scares": "scary|creepy|horror|frightening|spooky|terrifying|disturbing|scares|jump ?scares"
    "|eerie|unsettling|nightmarish",
    "+violence": "violent|violence|gory|gore|bloody|blood|brutal|brutality|fighting|fights|killing"
    "|guns|deaths?",
    "+tension": "tense|tension|suspense|suspenseful|exciting|thrilling|action|action[- ]packed"
    "|intense|gripping|stressful|fast[- ]paced|fast|pace|pacy|twists|thrills|explosions"
    "|edge|adrenaline|hectic|frantic|loud|energy|energetic|dynamic|anxiety[- ]inducing"
    "|nerve[- ]w?racking",
    "-tension": "calm|relaxed|relaxing|chill|chilled|quiet|low[- ]key|laid[- ]back"
    "|soothing|peaceful"
    "|mellow|tame|harmless",
    "+demand": "slow|demanding|complex|complicated|intellectual|cerebral|clever|smart|intelligent"
    "|thoughtful|deep|depth|thought[- ]provoking|challenging|arty|artsy|art-?house"
    "|highbrow|pretentious|talky|grown[- ]?up|mature|adult|sophisticated|slow[- ]paced"
    "|slow[- ]burn|boring|dull|confusing|talk|dialogue|philosophical|substantial|meaty"
    "|dense|convoluted|hard to follow|meaningful|brainy|political|preachy|nuanced",
    "-demand": "simple|easy|mindless|childish|accessible|kiddie|shallow|dumb|basic|predictable"
    "|juvenile|formulaic|brainless|undemanding|simplistic",
    "+strangeness": "weird|strange|surreal|quirky|odd|bizarre|trippy|offbeat|unusual|out there"
    "|experimental|mind[- ]bending|whimsical|fantastical|magical|crazy|absurd|original"
    "|eccentric|psychedelic|wacky|abstract|far[- ]fetched|unconventional|over the top"
    "|far out",
    "-strangeness": "realistic|normal|ordinary|down[- ]to[- ]earth|grounded|believable|realism"
    "|conventional"
    "|straightforward",
    "+romance": "romantic|romance|sexy|sensual|love|love story|lovey[- ]dovey|steamy|kissing|swoony"
    "|passionate|passion|chemistry|rom-?commy",
    "+newness": "new|modern|recent|contemporary|current|up[- ]to[- ]date",
    "-newness": "old|old[- ]fashioned|dated|retro|classic|vintage|ancient|old[- ]school",
    "+length": "long|lengthy|drawn[- ]out|epic in length",
    "-length": "short|brief",
    "+fame": "popular|famous|well[- ]known|mainstream|known|commercial|obvious|hyped|blockbustery"
    "|familiar|overhyped|on the nose|high[- ]profile|big[- ]budget",
    "-fame": "obscure|niche|unknown|indie|underground|underrated|hidden|under the radar|unheard of"
    "|overlooked|off the beaten track|off the beaten path|alternative|low[- ]budget",
}


def _rule(table: dict[str, str], opening: str, closing: str = "") -> re.Pattern[str]:
    names = {key: f"q{n}" for n, key in enumerate(table)}
    inner = "|".join(rf"(?P<{names[key]}>{_longest_first(words)})" for key, words in table.items())
    return re.compile(rf"(?<![\w'-]){opening}(?:{inner})(?![\w'-]){closing}")


def _compared(words: str) -> Iterator[str]:
    """The comparatives of the adjectives in -y: "spookier"."""
    return (comparative(word) for word in words.split("|") if re.fullmatch(r"[a-z]{3,}y", word))


def _longest_first(words: str) -> str:
    """Alternatives ordered so that "slow-paced" is tried before "slow"."""
    return "|".join(sorted(words.split("|"), key=len, reverse=True))


ANY_QUALITY = f"(?:{_longest_first('|'.join(_QUALITIES.values()))})"
"""A pattern for every word that "too" and "not … enough" go with."""


_SMALL = (
    r"a (?:little |tiny |wee )?bit|a little|a tad|a touch|slightly|somewhat|a smidge"
    r"|a shade|marginally"
)
_BIG = r"much|way|a lot|far|lots|loads|significantly|considerably|heaps|a whole lot|so much|even"
_SIZE = rf"(?:(?P<small>{_SMALL})|(?P<big>{_BIG}))"
_WITH = r"(?: (?:of|the|that|a|an|in the way of))*"
_ALL_COMPARATIVES = {
    key: "|".join((words, *_compared(_QUALITIES.get(key, ""))))
    for key, words in _COMPARATIVES.items()
}
_KEYS = {
    "comparative": tuple(_ALL_COMPARATIVES),
    **dict.fromkeys(("more", "less", "too", "enough"), tuple(_QUALITIES)),
}
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "enough",
        _rule(
            _QUALITIES,
            r"(?:not|isn't|wasn't|aren't|weren't|never|nothing|needs? to be|could be|doesn't feel"
            r"|didn't feel|hardly)(?: really| quite| very| that| nearly)* ",
            " enough",
        ),
    ),
    (
        "less",
        _rule(
            _QUALITIES,
            rf"(?:{_SIZE} )?(?:less|fewer|not (?:quite |nearly )?(?:as|so)(?: much| many)?"
            rf"|tone down(?: the)?|cut down on(?: the)?|ease off(?: on)?(?: the)?"
            rf"|go easy on(?: the)?|easy on the|dial down(?: the)?|turn down(?: the)?){_WITH} ",
        ),
    ),
    (
        "more",
        _rule(
            _QUALITIES,
            rf"(?:{_SIZE} )?(?:more|with more|up the|turn up(?: the)?|dial up(?: the)?"
            rf"|amp up(?: the)?|crank up(?: the)?|extra){_WITH} ",
            r"(?! than)(?! (?:films|movies|ones)(?= like))",
        ),
    ),
    (
        "too",
        _rule(
            _QUALITIES,
            rf"(?:{_SIZE} |bit )?(?:too|overly|excessively|to) (?:damn |bloody |fucking )?(?:much "
            rf"|many )?",
            "",
        ),
    ),
    ("comparative", _rule(_ALL_COMPARATIVES, rf"(?:{_SIZE} )?(?:something )?", "")),
)
_THAT = _rule(
    _QUALITIES,
    r"(?:not|isn't|aren't|nothing|something not|anything not)(?: quite| all)? that ",
    r"(?! (?:much|many))",
)
_FAME = re.compile(
    r"(?<![\w'-])(?:(?P<less>(?:hidden|overlooked|underrated|unknown|obscure|forgotten"
    r"|little[- ]known|lost|undiscovered|underseen|indie)(?: little)? (?:gems?|treasures?"
    r"|masterpieces?|classics?)|under the radar|underrated|underseen|overlooked|obscure"
    r"|little[- ]known|lesser[- ]known|less[- ]known|unheard[- ]of|not well[- ]known"
    r"|off the beaten track|deep cuts?|(?:that )?(?:nobody|no one|not many people)(?:'s"
    r"| has| have)? (?:seen|knows?|heard of|watched)(?: about)?|(?:haven't"
    r"|never) heard of)"
    r"|(?P<more>mainstream|popular|famous|well[- ]known|big[- ]budget|blockbusters?"
    r"|box[- ]office hits?|everyone(?:'s| has) (?:seen|talking about|heard of)"
    r"|must[- ]sees?|highly[- ]rated|acclaimed|critically acclaimed|award[- ]winning"
    r"|award winners?|oscar[- ](?:winning|winners?|nominated|bait)"
    r"|academy award\w*(?: winn\w+)?|best picture winners?|all[- ]time greats?"
    r"|top[- ]rated))(?![\w'-])"
)
_REFUSED = re.compile(
    r"(?:\b(?:not|no|nothing|none|without(?: being| getting)?|never|avoid|any|anything"
    r"|neither|if it's|isn't it)|n't)(?: \w+){0,3}\s*(?:,\s*)?(?:(?:\w+ )?(?:or|nor"
    r"|and) )?$"
)
_OF_PEOPLE = re.compile(
    r"\s*(?:kids?|children|brothers?|sisters?|siblings?|son|daughter|people|audience|men"
    r"|man|women|woman|cast|actors?|actress(?:es)?|characters?|leads?|protagonists?"
    r"|hero(?:es|ines?)?|than (?:me|i|us|my|\d|the (?:19|20))|adults?|couple|folks|crowd"
    r"|teens?|ones? (?:and|is|are)|self|generation|viewers?|parents|cousins?|years|on"
    r"|screen|tv|friends?|boys?|girls?|guys?|relatives|said)\b"
)
_PLEASE_LATER = re.compile(
    r"\b(?:see you|talk|maybe|until|watch (?:it|them|that)|no|any|the sooner or"
    r"|a few (?:years|days)|years|days|hours|minutes|much|sooner or|feel|feeling|i'm"
    r"|am)\s*$"
)
_BOTH: dict[str, tuple[tuple[Quality, float], ...]] = {
    # No axis measures pace: slow films ask for patience and hold less suspense.
    "slow": (("demand", 1.0), ("tension", -1.0)),
    "fast": (("tension", 1.0), ("demand", -1.0)),
}
_SLOW = re.compile(r"slow|boring|dull|talk")
_FAST = re.compile(r"fast|pac[ye]|quick|snapp|brisk|punch")


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Nudges away from what was shown, or from a film that is named."""
    return apart([*_findings(message), *_fame(message)])


def _fame(message: Message) -> Iterator[Finding]:
    """ "A hidden gem", "nothing mainstream": how well known it shall be."""
    for spot in spots(message, _FAME):
        if comments(spot) or spot.polarity.exempted:
            continue
        direction = (1 if spot.group("more") else -1) * (-1 if spot.polarity.against else 1)
        yield spot.finding(Nudge(quality="fame", amount=1.5 * direction, words=spot.meant))


def _findings(message: Message) -> Iterator[Finding]:
    for name, rule in _RULES:
        for spot in spots(message, rule):
            if _applies(name, spot):
                yield Finding(spot.start, spot.end, tuple(_nudges(name, spot)))


def measured(message: Message) -> Iterator[Finding]:
    """ "Not that old" of what was shown: less of it, whatever it would be without a list."""
    for spot in spots(message, _THAT):
        yield Finding(spot.start, spot.end, tuple(_nudges("less", spot)))


def _applies(name: str, spot: Spot) -> bool:
    lead, tail = before(spot), after(spot)
    if name == "too":
        return (
            not _REFUSED.search(lead)
            and not re.match(r"\s*(?:to (?:watch|see|do)|late)\b", tail)
            and not spot.match.group().startswith("to ")
        )
    if name == "comparative":
        return not (_OF_PEOPLE.match(tail) or _PLEASE_LATER.search(lead) or spot.polarity.negated)
    return not (name == "more" and spot.polarity.negated)


def _nudges(name: str, spot: Spot) -> Iterator[Nudge]:
    key = _KEYS[name][int((spot.match.lastgroup or "q0")[1:])]
    direction = (1 if key[0] == "+" else -1) * (-1 if name in {"less", "too"} else 1)
    size = 1.0 if spot.group("small") else 2.5 if spot.group("big") else 1.5
    for quality, share in _moved(key[1:], spot.match.group()):
        yield Nudge(quality=quality, amount=direction * size * share, words=spot.words)


def _moved(quality: str, words: str) -> tuple[tuple[Quality, float], ...]:
    if _SLOW.search(words) and quality == "demand":
        return _BOTH["slow"]
    if _FAST.search(words) and quality == "tension":
        return _BOTH["fast"]
    return ((quality, 1.0),)  # type: ignore[return-value]
