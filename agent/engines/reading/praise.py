"""Words whose films stand before: "… was great", "… bored me", "… is on my list"."""

from __future__ import annotations

from ...edits import Feeling
from .cue import HOW, NOT, SEEN, CueKind
from .nudges import ANY_QUALITY

_ADVERBS = (
    r"(?:\s+(?:so|such|a|an|the|one|of|my|our|all|time|really|very|just|pretty|quite"
    r"|absolutely|totally|super|actually|always|still|also|too|bit|little|rather|kind"
    r"|sort|truly|honestly|all-time|personal|real|most|ever|fucking|damn|bloody"
    r"|freaking|mostly|both|probably|definitely|simply|incredibly|extremely"
    r"|surprisingly|completely|utterly|way|far|much|lot|more|ones?)){0,6}"
)


_BE = r"(?:was|were|is|are|'s|'re|be|been|seems?|seemed|turned out|remains?|will always be)"


_SUPERB = (
    r"(?:amazing|incredible|fantastic|brilliant|awesome|perfect|perfection"
    r"|masterpieces?|wonderful|superb|phenomenal|outstanding|stunning|hilarious"
    r"|excellent|favou?rites?|faves?|favs?|jam|best|unreal|magical|magnificent|gem"
    r"|treasure|10/10|genius|breathtaking|sublime|flawless|unforgettable"
    r"|life[- ]changing|epic|iconic|beautiful|gorgeous|fire|goat|everything|comfort "
    r"(?:film|movie)s?)"
)


_FINE = (
    r"(?:good|great|nice|fun|funny|cool|solid|decent|lovely|entertaining|enjoyable"
    r"|sweet|cute|moving|touching|charming|interesting|clever|smart|classics?"
    r"|underrated|not bad|scary as hell|worth it|well (?:done|made)|delightful"
    r"|powerful|gripping|exciting|thrilling|up my (?:alley|street)|my thing"
    r"|my cup of tea)"
)


_POOR = (
    r"(?:boring|terrible|awful|bad|horrible|trash|rubbish|crap|garbage|shit|shite|dull"
    r"|tedious|overrated|over-?hyped|disappointing|disappointment|let-?down|bore|drag"
    r"|mess|slog|snooze(?:fest)?|waste|stupid|dumb|pretentious|annoying|unwatchable"
    r"|lame|weak|mid|meh|forgettable|lousy|dreadful|atrocious|poor|worst|worse|painful"
    r"|ridiculous|silly|cheesy|confusing|depressing|disturbing|bland|stale|flop|long"
    r"|slow|dark|sad|violent|scary|weird|sappy|gory|loud|sentimental|predictable|tame"
    r"|much)"
)


_BAD_ONLY = _POOR.replace("silly|cheesy|confusing|depressing|disturbing|", "").replace(
    "long|slow|dark|sad|violent|scary|weird|sappy|gory|loud|sentimental|predictable|tame|much",
    "snoozy",
)


_WOULD = (
    r"\s+(?:is|are|'s|sounds?|looks?|seems?|feels?|(?:would|will|might|may|could) be)(?: (?:way|far"
    r"|a bit|a little|just|really|probably|rather|much|definitely|still))*"
)
_EXCESS = r"too(?: much of an?| much)?"
_AGAIN = (
    r"(?:every "
    r"(?:year|christmas|summer|week|halloween|winter|day|night)|on repeat"
    r"|over and over|again and again|all the time|religiously)"
)
_TIMES = (
    r"(?:(?:(?:about|like|at least) )?(?:a )?(?:\w+|a few|so many|too many|\d+) ?times|\d+x|twice)"
)


# The film stands before.
AFTER: tuple[tuple[CueKind, tuple[Feeling, ...], str], ...] = (
    (
        "feeling",
        ("disliked",),
        (
            r"\s*[?,:-]+\s*(?:meh|boring|bored|terrible|awful|overrated|hated it|(?:so )?bad"
            r"|trash|rubbish|not (?:so|too|that) (?:much|great|good)|not (?:really )?(?:for "
            r"(?:me|us)|my (?:thing|cup of tea))|didn't (?:really )?(?:like|enjoy|love) it"
            r"|couldn't stand it|👎)(?=\s*(?:$|[.,;!?]))"
        ),
    ),
    (
        "feeling",
        ("loved",),
        (
            r"\s*[?,:-]+\s*(?:(?:absolutely |really )?(?:loved|adored|love) it|amazing"
            r"|brilliant|perfect|10/10|masterpiece|👍|❤️?|😍)(?=\s*(?:$|[.,;!?]|too\b))"
        ),
    ),
    (
        "feeling",
        ("interested",),
        (
            r"\s*(?:,|:|-)?\s*(?:(?:is|are|was|has been) (?:on|still on|in) (?:my|our|the) "
            r"(?:watch ?)?list|i(?:'ve| have) (?:been )?mean(?:ing|t) to)\b|\s+(?:sounds?"
            r"|sounded|looks?|looked|seems?|might be|could be|may be|would be)(?: (?:like"
            r"|really|pretty|so|quite|very|a|an|just|more|right|perfect|interesting|absolutely"
            r"|exactly|kind of|great)){0,3} (?:good|great|fun|funny|interesting|nice|awesome"
            r"|cool|perfect|amazing|promising|right|lovely|intriguing|brilliant|ideal|fine|ok|okay"
            r"|decent|alright"
            r"|fantastic|wonderful|excellent|like (?:fun|my|something|a)|up my (?:alley"
            r"|street)|what i|better|hilarious|exciting)\b"
        ),
    ),
    (
        "anchor",
        (),
        (
            r"\s+(?:is|was|are|were|comes?|came|gets?|'s)(?: (?:very|pretty|really|quite|much|more"
            r"|a lot|actually|the|kind of|sort of))* (?:close|closer|closest|almost (?:it|right"
            r"|there)|more like it|nearly (?:it|right)|(?:on )?the right (?:track|idea"
            r"|direction))(?=\s*(?:$|[.,!;?]|though|but|and|to what))"
        ),
    ),
    (
        "feeling",
        ("interested",),
        (
            r"\s+(?:is|was|are|were)(?: (?:very|pretty|really|quite|much|more|a lot"
            r"|actually))* (?:close|closer|almost (?:it|right|there)|more like it|nearly (?:it"
            r"|right)|(?:on )?the right (?:track|idea|direction)|tempting|promising|better"
            r"|the one)(?=\s*(?:$|[.,!;?]|though|but|and))"
        ),
    ),
    (
        "feeling",
        ("interested",),
        r"\s+(?:appeals?|tempts?|intrigues?|grabs|interests)(?: to)?(?: me| us)?\b",
    ),
    (
        "feeling",
        ("not_tonight",),
        (
            r"\s+(?:sounds?|looks?|seems?)(?: (?:like|really|pretty|so|quite|very|a|an|too|bit"
            rf"|little|rather|kind of)){{0,4}} {_POOR}\b|\s+(?:does|do|did)(?:n't| not)"
            r"(?: really)? (?:sound|look|seem|appeal|interest|grab|tempt)\b|\s*,?\s*(?:not "
            r"(?:tonight|today|now|this time|right now)|nope|nah|no thanks|no thank you"
            r"|hard pass|pass)\b"
        ),
    ),
    (
        "feeling",
        ("disliked",),
        (
            rf"\s+(?:{NOT}){HOW}\s+(?:good|great|funny|for me|for us|my thing|my (?:cup of tea"
            r"|taste|style|jam|kind)|worth|that|as|like|love|enjoy|do it|work|land|click"
            r"|do anything|impress|grab|hold|live up|memorable|all that|really my|interesting"
            r"|scary|it|much)\b"
        ),
    ),
    ("feeling", ("disliked",), rf"\s+{_BE}{_ADVERBS}\s+(?:too (?:\w+ )?{_POOR}|{_BAD_ONLY})\b"),
    # What it is too much of is left to be read: it says where to go instead.
    ("feeling", ("not_tonight",), rf"{_WOULD}(?= {_EXCESS} {ANY_QUALITY}\b)"),
    (
        "feeling",
        ("not_tonight",),
        rf"{_WOULD} (?:{_EXCESS} [\w-]+|not (?:\w+ )?[\w-]+ enough)(?: for (?:me|us))?\b",
    ),
    (
        "feeling",
        ("liked",),
        r"\s+(?:is|are|was|were|would be)(?: (?:exactly|just|very much|more))? (?:the|my) (?:kind"
        r"|sort|type) of (?:things?|films?|movies?|stuff)(?: (?:that )?(?:i|we)(?: \w+)?"
        r" (?:like|love|enjoy|go for))?\b",
    ),
    (
        "feeling",
        ("disliked",),
        (
            r"\s+(?:really |just |totally |completely |absolutely |kind of |always )?(?:bored"
            r"|bores|sucked|sucks|disappointed|disappoints|annoyed|annoys|put (?:me"
            r"|us) to sleep|did nothing|does nothing|left (?:me|us) cold|let (?:me|us) down"
            r"|dragged|drags|stinks|stunk|bombed|irritated|irritates|ruined|lost me|isn't my"
            r"|ain't it|blows|flopped)\b"
        ),
    ),
    (
        "feeling",
        ("loved",),
        (
            rf"\s+{_BE}{_ADVERBS}\s+{_SUPERB}\b|\s+(?:really |always |totally |absolutely "
            r"|just |still |completely )?(?:rocks?|rocked|rules?|ruled|slaps|blew (?:me"
            r"|us) away|moved (?:me|us)|changed my life|made (?:me|us) (?:cry|laugh|sob|weep"
            r"|bawl|smile|happy)|stuck with|stayed with|holds? up|gets me|got me|broke me"
            r"|killed me|hits different|wrecked me|never gets old|has my heart)\b|\s*(?:<3|♥"
            r"|❤)"
        ),
    ),
    (
        "feeling",
        ("liked",),
        rf"\s+{_BE}{_ADVERBS}\s+{_FINE}\b|\s*(?:👍|👌)|\s+(?:is|are) (?:more )?(?:like|what) i\b",
    ),
    (
        "feeling",
        ("seen",),
        (
            rf"\s+{_BE}{_ADVERBS}\s+(?:ok|okay|alright|all right|so-so|fine|average|watchable"
            r"|passable|mediocre|bearable|nothing special)\b"
        ),
    ),
    ("feeling", ("seen",), rf"\s+(?:at least )?{_TIMES}"),
    ("feeling", ("loved", "seen"), rf"\s+(?:at least )?{_AGAIN}"),
    (
        "feeling",
        ("seen",),
        (
            r"\s*(?:,|:|-)?\s*(?:(?:i|we|he|she|they)(?:'ve|'s| have| has)? )?"
            r"(?:already |just |have )*(?:(?:seen|watched|saw|caught|finished|knows?)(?: it)?"
            r" (?:by heart|inside out|to death)|"
            rf"(?:{SEEN})\s*(?=$|[.,;!?]|again|already|before|too|last|yesterday|recently|ages"
            r"|many|a ))"
        ),
    ),
    (
        "feeling",
        ("seen",),
        r"\s*,?\s*(?:i|we) (?:already )?know(?: it| that one| already)?(?=\s*(?:$|[.,!;]))",
    ),
    (
        "feeling",
        ("not_tonight",),
        r"\s+(?:has|have|had|'s got|got) (?:way |far |a bit )?too (?:much|many|little|few) \w+",
    ),
    ("feeling", ("not_tonight",), r"\s+(?:does|do)(?:n't| not) count\b"),
)
