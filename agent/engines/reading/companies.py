"""Who watches: how people name their company, and what it asks of a film."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ....ingest.item import AxisName, MoodTag

SMALL_CHILD, CHILD, TEEN = 3, 6, 13
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
_WITH = (
    r"(?:with|for|alongside|watching with|around|and|next to|beside|pleases?|entertains?"
    r"|keep|to show|show)"
)
_OWN = (
    r"(?:my|our|the|his|her|some|your|this|a|an|two|three|four|five|six|seven|eight|\d{1,2}|all"
    r"|all the|both|young|small"
    r"|little|whole|entire|elderly|older|old|lovely|dear|new|best|good|bunch of|group of"
    r"|couple of|load of|few|the whole|grumpy|moody|sulky|fussy|picky|bored|sleepy|hyper|shy"
    r"|cheeky|stroppy|sullen|cranky|excitable|reluctant|difficult)"
)
# Bounded, because words that may stand in any order match in many ways.
_OWNS, _OWNED = rf"(?:{_OWN} ){{0,3}}", rf"(?:{_OWN} ){{1,3}}"

_JOINED = (
    r"(?:and|&|\+|plus|with|'?n'?) (?:my |the |our |an? |his |her |two |three |one |little |young"
    r"|old(?:er)? ){0,3}(?:\d|him\b|her\b|them\b|you\b|kid|child|son|daughter|boy|girl|toddler|bab"
    r"|little one|twin|teen|wife|husband|partner|other half|missus|fianc|mum|mom|dad|mother|father"
    r"|parent|gran|brother|sister|sibling|nephew|niece|cousin|aunt|uncle|family|friend|mate|pal|bud"
    r"|flat-?mate|room-?mate|housemate|colleague|neighbour|neighbor)"
)
"""Who makes "just me and …" more than one."""

COMPANY: tuple[Company, ...] = (
    Company(
        r"(?:put|got|get|getting|putting) (?:the |our |my )?(?:kids?|bab(?:y|ies)|children"
        r"|little ones?|toddlers?|twins|girls|boys) (?:down|to bed|to sleep|off to bed|in bed"
        r"|asleep)|(?:the |my |our )?(?:kids?|children|little ones?) (?:are|is) (?:asleep"
        r"|in bed|away|out|gone|at (?:their|my|his|her|grandma|nana)[\w' ]*)|without (?:the "
        r"|my |our )?(?:kids|children)|(?:just )?(?:the )?(?:grown[- ]?ups?|adults) only"
        r"|only (?:the )?(?:adults|grown[- ]?ups)|no (?:kids|children)(?: (?:around|tonight"
        r"|here|present|with us))?(?! (?:films?|movies?|stuff|in))|for (?:adults"
        r"|grown[- ]?ups)|18\+|adult audiences?",
        "adults, once the children are asleep",
        strength=0.5,
    ),
    Company(
        rf"(?:{_WITH} {_OWNS}|{_OWNED})(?:toddlers?|bab(?:y|ies)|pre-?schoolers?"
        rf"|very young (?:kids|children)|tiny (?:kids|ones))",
        "toddlers and very young children",
        SMALL_CHILD,
    ),
    Company(
        rf"(?:{_WITH} {_OWNS}|{_OWNED})(?:pre-?teens?|tweens?|tweenagers?)",
        "older children, tweens",
        10,
    ),
    Company(
        rf"(?:{_WITH} {_OWNS}|{_OWNED})(?:teenage(?:d)?(?: (?:kids?|sons?|daughters?"
        rf"|boys?|girls?|nephews?|nieces?|children|brothers?|sisters?))?|teenagers?|teens?"
        rf"|high[- ]?schoolers?)(?! (?:films?|movies?|comed|drama|romance|romcom|horror|angst"
        rf"|slasher))",
        "teenagers",
        TEEN,
    ),
    Company(
        r"(?:family|movie|film|cinema)[- ](?:movie |film )?(?:nights?|evenings?"
        r"|afternoons?) (?:with|for) (?:the |my |our )?(?:kids|children|family|little ones)"
        r"|(?:kids?'?s?|child(?:ren)?'?s) (?:birthday )?part(?:y|ies)|family[- ](?:movie|film"
        r"|cinema)?[- ]?(?:nights?|evenings?|time|gathering|afternoons?|sunday)",
        "the whole family together, children included",
        CHILD,
    ),
    Company(
        r"(?:for |with )?(?:the |my |our )?(?:whole|entire) (?:family|clan)|(?:for |suits? "
        r"|suitable for |fun for |good for )?all (?:ages|the family|generations)|(?:family"
        r"|kids?|child|children)[- ]?friendly|(?:suitable|appropriate|ok|okay|good|fine|safe"
        r"|nice|fun|great) for (?:the |my |our |young |small |little |younger )*(?:kids?"
        r"|children|family|little ones?)|(?:kids?|kiddie|children'?s?|kid's) (?:films?|movies?"
        r"|flicks?|stuff|comed(?:y|ies)|animations?|adventures?)|family (?:films?|movies?|fun"
        r"|fare|entertainment|comed(?:y|ies)|adventures?|animations?|viewing)"
        r"|pixar[- ]level clean",
        "the whole family, children included",
        CHILD,
    ),
    Company(
        rf"{_WITH} {_OWNS}(?:kids?|kiddos?|kiddies|children|child|grand-?kids?"
        rf"|grandchild(?:ren)?|little ones?|youngsters?|families|family|young family|nephews?"
        rf"|nieces?|little (?:brother|sister|boy|girl)s?|grandsons?|granddaughters?"
        rf"|younger (?:brother|sister|sibling|cousin)s?|stepkids)(?! (?:movies?|films?))|(?:my"
        rf"|our) (?:kids?|children|little ones?|grandkids|grandchildren|little (?:brother"
        rf"|sister|boy|girl))(?= (?:want|wants|love|loves|like|likes|will|would|can|could"
        rf"|should|might|need|needs|enjoy|enjoys|watch|is|are|have|has|get|gets|and|too"
        rf"|as well)\b)",
        "children and their parents",
        CHILD,
    ),
    Company(
        rf"(?:{_WITH} ){_OWNS}(?:sons?|daughters?|boy|girl)(?! (?:friend|scout|band|power"
        rf"|next))(?![\w'-])|(?:my|our) (?:young|little) (?:son|daughter)",
        "parent and child",
        None,
        strength=0.6,
    ),
    Company(
        rf"(?:{_WITH} )?{_OWNS}(?:grandmas?|grandmothers?|grandpas?|grandfathers?"
        rf"|grandparents?|grand-?dads?|grannies|granny|grans?|nanas?|nans?|nanny|gramps|nonna"
        rf"|abuela|oma|opa|great[- ]aunts?|elderly (?:parents?|mother|father|relatives?"
        rf"|neighbou?rs?|mum|mom|dad|aunt|uncle))(?:'s)?(?! (?:movies?|films?))",
        "watching with grandparents: gentle, nothing crude",
        None,
        ("gentle", "heartwarming"),
        {**_MILD, "lightness": 3, "warmth": 3},
        _RUDE,
    ),
    Company(
        r"(?<!not )(?<!n't )(?<!never )(?:easily|quickly) (?:offended|shocked|embarrassed)"
        r"|(?<!doesn't )(?<!don't )(?<!never )(?:gets?|is|are|am|'m|'s|be)(?: very| so| quite)?"
        r" (?:offended|shocked|embarrassed)(?: quite| so| too| very)? (?:easily|quickly)"
        r"|(?:a bit |rather |quite |very )?(?:prudish|prim|squeamish about sex)"
        r"|a (?:bit of a |total )?prude",
        "nothing crude, for somebody easily offended",
        None,
        (),
        _MILD,
        _RUDE,
    ),
    Company(
        rf"{_WITH} {_OWNS}(?:parents?|mums?|moms?|mothers?|dads?|fathers?|mum and dad"
        rf"|mom and dad|folks|in-?laws|mother-in-law|father-in-law|mil|aunts?|uncles?|aunties?"
        rf"|relatives|boyfriend's parents|girlfriend's parents"
        rf"|extended family)(?: and (?:my )?(?:dad|mum|mom|mother|father))?|(?:meeting"
        rf"|meet) (?:the |my |his |her )?(?:parents|in-?laws)",
        "watching with parents: broadly appealing, nothing awkward",
        None,
        (),
        {"warmth": 3},
        ("sensual", "disturbing"),
    ),
    Company(
        r"(?:for |on |on a |it's |our |a |my )*(?:first|1st|second|2nd|third|tinder|hinge"
        r"|bumble|blind) dates?(?: (?:movies?|films?|night))?",
        "a first date: charming and easy to talk about",
        None,
        ("romantic", "playful", "witty"),
        {"romance": 2, "lightness": 3, "warmth": 3},
        ("disturbing", "bleak"),
    ),
    Company(
        r"(?:for |on |a |our |it's )*(?:date[- ]?nights?|dates?)(?: (?:movies?|films?"
        r"|with \w+(?: \w+)?))?(?=\s*(?:$|[.,!?;]|tonight|and|movie|film|tomorrow|so|but"
        r"|in (?:an|half|\d)"
        r"|please|later|on|this))|romantic (?:evening|night|dinner)|(?:for "
        r"|on )?valentine'?s?(?: day| night)?|(?:our |for our )?(?:wedding )?anniversary"
        r"|(?:to )?impress (?:my |a |her|him)[\w ]{0,12}",
        "date night for a couple",
        None,
        ("romantic", "tender"),
        {"romance": 3, "warmth": 3},
        ("disturbing", "bleak"),
    ),
    Company(
        rf"{_WITH} {_OWNS}(?:girlfriend|boyfriend|wife|husband|hubby|wifey|partner|spouse"
        rf"|fianc[ée]e?|significant other|other half|crush|missus|better half|date|lover"
        rf"|s\.?o\.?|so)(?![\w'-])|couples? night|just the two of us|for (?:two|a couple"
        rf"|couples)(?=\s*(?:$|[.,;!?]|people|of us|adults|tonight|please|to|that|who|and"
        rf"|with))|as a couple|me(?:,| and|,? with| \+| &) (?:my|the) (?:wife|husband|girlfriend"
        rf"|boyfriend|partner|missus|hubby|fianc[ée]e?|date)|(?:my|the) (?:wife|husband|girlfriend"
        rf"|boyfriend|partner|missus|hubby|fianc[ée]e?)(?:,? (?:and|&|\+|plus) (?:i|me|myself)\b"
        rf"|(?=,? (?:and|&|\+|plus) (?:the|our|my)\b))",
        "a couple watching together",
        strength=0.6,
    ),
    Company(
        r"(?:for |on |a |our |it's )*(?:girls'?|girlie|girly|ladies'?|gals?'?|galentine'?s?"
        r"|hen|bachelorette)[- ]?(?:nights?|day|party|do|weekend|sleepover)(?: in)?"
        r"|with (?:the |my |all the )*(?:girls|gals|ladies|girlfriends)"
        r"|(?:for a )?slumber party|sleepovers?",
        "a girls' night in with friends",
        None,
        ("funny", "feel-good", "playful"),
        {"lightness": 3, "humour": 3},
    ),
    Company(
        r"(?:for |on |a |our |it's )*(?:lads'?|boys'?|guys'?|stag|bachelor"
        r"|poker)[- ](?:nights?|do|party|weekend)(?: in)?|with (?:the |my |all the )*(?:boys"
        r"|lads|guys|bros|dudes|fellas)|(?:beer|pizza)(?: and (?:beer|pizza))? night",
        "a night with the lads: big laughs and action",
        None,
        ("funny", "exciting", "adrenaline"),
        {"lightness": 3, "humour": 3, "demand": 0},
    ),
    Company(
        rf"(?:for |at |an? |our |the |with ){{0,3}}(?:office|work|christmas work|team)[- ]"
        rf"(?:party|do|night|movie night|film night|event|social|building)"
        rf"|{_WITH} {_OWNS}(?:colleagues?|co-?workers?|team|boss|office|workmates"
        rf"|employees|clients?|customers?)(?! (?:from hell))",
        "colleagues from work: broadly appealing, nothing awkward",
        None,
        ("feel-good", "funny"),
        {"lightness": 3, "violence": 1},
        ("sensual", "disturbing", "violent"),
    ),
    Company(
        rf"{_WITH} {_OWNS}(?:friends?|mates?|buddies|besties?|pals?|roommates?"
        rf"|room-?mates?|flat-?mates?|housemates?|squad|gang|group|crowd|people over|guests?"
        rf"|crew|neighbou?rs?)(?! (?:to|turned|become|who are))|(?:we're|we are|there's"
        rf"|there are) (?:about |like )?(?:\d+|three|four|five|six|seven|eight|nine"
        rf"|ten) (?:of us|people|friends|mates|lads|girls|guys|nerds|students|women|men|blokes)"
        rf"|(?:friends|people|mates|guests) (?:coming|are coming|are) (?:over|round)|(?:house"
        rf"|watch|birthday|movie|film|dinner|halloween|new year'?s?(?: eve)?)[- ]part(?:y|ies)"
        rf"|group watch|movie marathon with friends|get-?together|drinking game"
        rf"|(?:a few |some )?(?:beers?|drinks|pints) (?:involved|included|flowing|in hand)"
        rf"|(?:a )?party (?:movies?|films?)|movie night with friends|crowd[- ]pleasers?",
        "a group of friends watching together",
        None,
        ("funny", "exciting"),
        {"lightness": 3, "demand": 0},
        strength=0.7,
    ),
    Company(
        r"(?:watching |i'm |home |all |just ){0,3}(?:alone|by myself|on my own|solo"
        rf"|just me(?!,? {_JOINED}))(?: (?:tonight|at home|this evening|today|for once))?"
        r"|me time|no company|treat(?:ing)? myself|self[- ]care night",
        "watching alone",
        strength=0.4,
    ),
    Company(
        r"(?:with |for |my )(?:film|movie) (?:students|buffs?|nerds?|lovers?|snobs?|geeks?)"
        r"|film club"
        r"|cinephiles?|for (?:a |my )?film class|movie buffs?",
        "film lovers and cinephiles",
        None,
        (),
        {"demand": 3},
        strength=0.7,
    ),
    Company(
        r"(?:for |with )?(?:my |the |our |a ){0,2}(?:classroom|school class|students|pupils"
        r"|class of \w+)",
        "pupils in a classroom",
        10,
        strength=0.6,
    ),
)
COMPANY_NAMED = re.compile(
    "|".join(rf"(?P<k{n}>(?<![\w'-])(?:{c.pattern})(?![\w'-]))" for n, c in enumerate(COMPANY))
)
