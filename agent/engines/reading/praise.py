"""Words whose films stand before: "… was great", "… bored me", "… is on my list"."""

from __future__ import annotations

from ...edits import Feeling
from .cue import HOW, NOT, SEEN, CueKind

_ADVERBS = (
    r"(?:\s+(?:so|such|a|an|the|one|of|my|our|all|time|really|very|just|pretty|quite|absolutely|"
    r"totally|super|actually|always|still|also|too|bit|little|rather|kind|sort|truly|honestly"
    r"|all-time|"
    r"personal|real|most|ever|fucking|damn|bloody|freaking|mostly|both|probably|definitely|simply|"
    r"incredibly|extremely|surprisingly|completely|utterly|way|far|much|lot|more|ones?)){0,6}"
)


_BE = r"(?:was|were|is|are|'s|'re|be|been|seems?|seemed|turned out|remains?|will always be)"


_SUPERB = (
    r"(?:amazing|incredible|fantastic|brilliant|awesome|perfect|perfection|masterpieces?"
    r"|wonderful|superb|"
    r"phenomenal|outstanding|stunning|hilarious|excellent|favou?rites?|faves?|favs?|jam|best"
    r"|unreal|"
    r"magical|magnificent|gem|treasure|10/10|genius|breathtaking|sublime|flawless|unforgettable|"
    r"life[- ]changing|epic|iconic|beautiful|gorgeous|fire|goat|everything|comfort (?:film"
    r"|movie)s?)"
)


_FINE = (
    r"(?:good|great|nice|fun|funny|cool|solid|decent|lovely|entertaining|enjoyable|sweet|cute"
    r"|moving|"
    r"touching|charming|interesting|clever|smart|classics?|underrated|not bad|scary as hell"
    r"|worth it|"
    r"well (?:done|made)|delightful|powerful|gripping|exciting|thrilling|up my (?:alley"
    r"|street)|my thing|my cup of tea)"
)


_POOR = (
    r"(?:boring|terrible|awful|bad|horrible|trash|rubbish|crap|garbage|shit|shite|dull|tedious"
    r"|overrated|"
    r"over-?hyped|disappointing|disappointment|let-?down|bore|drag|mess|slog|snooze(?:fest)?"
    r"|waste|stupid|dumb|"
    r"pretentious|annoying|unwatchable|lame|weak|mid|meh|forgettable|lousy|dreadful|atrocious|poor|"
    r"worst|worse|painful|ridiculous|silly|cheesy|confusing|depressing|disturbing|bland|stale|flop|"
    r"long|slow|dark|sad|violent|scary|weird|sappy|gory|loud|sentimental|predictable|tame|much)"
)


_BAD_ONLY = _POOR.replace("silly|cheesy|confusing|depressing|disturbing|", "").replace(
    "long|slow|dark|sad|violent|scary|weird|sappy|gory|loud|sentimental|predictable|tame|much",
    "snoozy",
)


_AGAIN = (
    r"(?:(?:a )?(?:\w+|a few|so many|too many|countless|\d+) ?times|\d+x|twice|every (?:year"
    r"|christmas|summer|week|halloween|winter|day|night)|on repeat|over and over"
    r"|again and again|all the time|a million times|religiously)"
)


# The film stands before.
AFTER: tuple[tuple[CueKind, tuple[Feeling, ...], str], ...] = (
    (
        "feeling",
        ("disliked",),
        (
            r"\s*[?,:-]+\s*(?:meh|boring|bored|terrible|awful|overrated|hated it|(?:so )?bad|trash"
            r"|rubbish|not (?:so|too|that) (?:much|great|good)|not (?:really )?(?:for (?:me|us)|my "
            r"(?:thing|cup of tea))|didn't (?:really )?(?:like|enjoy|love) it|couldn't stand it|👎)"
            r"(?=\s*(?:$|[.,;!?]))"
        ),
    ),
    (
        "feeling",
        ("loved",),
        (
            r"\s*[?,:-]+\s*(?:(?:absolutely |really )?(?:loved|adored|love) it|amazing|brilliant"
            r"|perfect|10/10|masterpiece|👍|❤️?|😍)(?=\s*(?:$|[.,;!?]|too\b))"
        ),
    ),
    (
        "feeling",
        ("interested",),
        (
            r"\s*(?:,|:|-)?\s*(?:(?:is|are|was|has been) (?:on|still on|in) (?:my|our|the) "
            r"(?:watch ?)?list|i(?:'ve| have) (?:been )?mean(?:ing|t) to)\b|\s+(?:sounds?|sounded"
            r"|looks?|looked|seems?|might be|could be|may be|would be)(?: (?:like|really|pretty|so"
            r"|quite|very|a|an|just|more|right|perfect|interesting|absolutely|exactly|kind of"
            r"|great)){0,3} (?:good|great|fun|funny|interesting|nice|awesome|cool|perfect|amazing"
            r"|promising|right|lovely|intriguing|brilliant|ideal|fantastic|wonderful"
            r"|excellent|like "
            r"(?:fun|my|something|a)|up my (?:alley|street)|what i|better|hilarious|exciting)\b"
        ),
    ),
    (
        "feeling",
        ("interested",),
        (
            r"\s+(?:is|was|are|were)(?: (?:very|pretty|really|quite|much|more|a lot|actually))* "
            r"(?:close|closer|almost (?:it|right|there)|more like it|nearly (?:it|right)|"
            r"(?:on )?the right (?:track|idea|direction)|tempting|promising|better"
            r"|the one)(?=\s*(?:$"
            r"|[.,!;?]|though|but|and))"
        ),
    ),
    (
        "feeling",
        ("not_tonight",),
        (
            r"\s+(?:sounds?|looks?|seems?)(?: (?:like|really|pretty|so|quite|very|a"
            r"|an|too|bit|little"
            rf"|rather|kind of)){{0,4}} {_POOR}\b|\s+(?:does|do|did)(?:n't| not)"
            r"(?: really)? (?:sound"
            r"|look|seem|appeal|interest|grab|tempt)\b|\s*,?\s*(?:not (?:tonight"
            r"|today|now|this time"
            r"|right now)|nope|nah|no thanks|no thank you|hard pass|pass)\b"
        ),
    ),
    (
        "feeling",
        ("disliked",),
        (
            rf"\s+(?:{NOT}){HOW}\s+(?:good|great|funny|for me|for us|my thing|my "
            r"(?:cup of tea|taste"
            r"|style|jam|kind)|worth|that|as|like|love|enjoy|do it|work|land|click"
            r"|do anything|impress"
            r"|grab|hold|live up|memorable|all that|really my|interesting|scary|it|much)\b"
        ),
    ),
    ("feeling", ("disliked",), rf"\s+{_BE}{_ADVERBS}\s+(?:too (?:\w+ )?{_POOR}|{_BAD_ONLY})\b"),
    (
        "feeling",
        ("disliked",),
        (
            r"\s+(?:really |just |totally |completely |absolutely |kind of |always )?(?:bored|bores"
            r"|sucked|sucks|disappointed|disappoints|annoyed|annoys|put (?:me"
            r"|us) to sleep|did nothing"
            r"|does nothing|left (?:me|us) cold|let (?:me|us) down|dragged|drags"
            r"|stinks|stunk|bombed"
            r"|irritated|irritates|ruined|lost me|isn't my|ain't it|blows|flopped)\b"
        ),
    ),
    (
        "feeling",
        ("loved",),
        (
            rf"\s+{_BE}{_ADVERBS}\s+{_SUPERB}\b|\s+(?:really |always |totally "
            r"|absolutely |just |still "
            r"|completely )?(?:rocks?|rocked|rules?|ruled|slaps|blew (?:me|us) away|moved (?:me|us)"
            r"|changed my life|made (?:me|us) (?:cry|laugh|sob|weep|bawl|smile|happy)|stuck with"
            r"|stayed with|holds? up|gets me|got me|broke me|killed me|hits different|wrecked me"
            r"|never gets old|has my heart)\b|\s*(?:<3|♥|❤)"
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
            rf"\s+{_BE}{_ADVERBS}\s+(?:ok|okay|alright|all right|so-so|fine|average"
            r"|watchable|passable"
            r"|mediocre|bearable|nothing special)\b"
        ),
    ),
    ("feeling", ("loved", "seen"), rf"\s+(?:at least )?{_AGAIN}"),
    (
        "feeling",
        ("seen",),
        (
            r"\s*(?:,|:|-)?\s*(?:i(?:'ve| have)? |we(?:'ve| have)? )?(?:already |just |have )*"
            rf"(?:{SEEN})\s*(?=$|[.,;!?]|again|already|before|too|last|yesterday"
            r"|recently|ages|many"
            r"|a )"
        ),
    ),
)
