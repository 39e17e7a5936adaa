"""Words that say what somebody thinks of a film, and on which side of them the film stands.

Patterns are for `Scene.sketch`: lower case, mended, films as runs of ``¤``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ...edits import Feeling
from .scene import FILM

CueKind = Literal["feeling", "anchor", "than", "unseen", "nothing"]


@dataclass(frozen=True)
class Cue:
    """One such word in a text, at ``start`` to ``end``.

    ``side`` says where its films stand: after it ("I loved …") or before it ("… bored me").
    ``kind`` is what it does with them: state feelings, make them tonight's anchor, compare, say
    that they are not known, or nothing (a word that only ends another cue's reach).
    """

    start: int
    end: int
    kind: CueKind
    side: Literal["after", "before"]
    feelings: tuple[Feeling, ...] = ()


_NOT = (
    r"(?:(?:do|does|did|was|were|is|are|have|has|had|ca|could|would|wo|should|am|'m|'re|'s)\s?"
    r"(?:n't|nt| not)"
    r"|cannot|never|not|hardly|barely)"
)
_HOW = (
    r"(?:\s+(?:really|that|particularly|much|even|all|exactly|especially|too|ever|quite|such|a|the|"
    r"big|huge|massive|great|fully|personally|honestly|super|very|actually|so|just|truly"
    r"|absolutely|"
    r"totally|completely|sure|i'd|would|will|going to|think|biggest|happen to|always|still"
    r"|definitely|"
    r"kind of|sort of|pretty|also|both|too)){0,4}"
)
_SEE = r"(?:see|watch|check(?: out)?|catch|try|give|rewatch|stream|finish)"
_SEEN = r"(?:seen|saw|watched|caught|finished|rewatched|streamed|viewed)"

# Object follows. The first rule that matches at a place wins, so the negative come first.
_BEFORE: tuple[tuple[CueKind, tuple[Feeling, ...], str], ...] = (
    (
        "feeling",
        ("loved",),
        (
            r"(?:can(?:'t|not)|could(?:n't| not| never)|never) (?:get enough of|get (?:tired|sick"
            r"|bored) of|tire of|stop (?:watching|thinking about|quoting))|never tired of"
        ),
    ),
    (
        "feeling",
        ("loved",),
        (
            r"(?:can(?:'t|not)|could(?:n't| not| never)|never) (?:get enough of|get (?:tired|sick"
            r"|bored) of|tire of|stop (?:watching|thinking about|quoting))|never tired of"
        ),
    ),
    (
        "unseen",
        ("interested",),
        (
            rf"{_NOT}{_HOW}\s+{_SEEN}\s+(?P<film>{FILM})[^.!?¤]{{0,30}}?\b(?:but|and"
            r"|though)\b[^.!?¤]{0,20}?\b(?:want|would|like|love|curious|mean|plan"
            r"|interested|keen)\b"
        ),
    ),
    (
        "unseen",
        (),
        (
            rf"{_NOT}{_HOW}(?:\s+(?:gotten around to|got around to|gotten to|managed to"
            rf"|had a chance to))?\s+(?:{_SEEN}|see|watch|heard(?: of)?|hear of|watching|seeing)\b"
        ),
    ),
    (
        "unseen",
        (),
        r"yet to (?:see|watch)|still need to see|(?:know|remember) (?:nothing|little) (?:of|about)",
    ),
    (
        "feeling",
        ("not_tonight",),
        r"(?:(?<=^)|(?<=[.,;!] )|(?<=\bno )|(?<=\bbut )|(?<=\bplease ))not(?= ¤)",
    ),
    (
        "feeling",
        ("not_tonight",),
        (
            rf"{_NOT}{_HOW}\s+(?:in the mood for|up for|feeling|want|show(?: me)?|suggest|recommend"
            r"|give me|fancy|need|after|looking for|interested(?: in)?|intrigued by"
            r"|feel like|sold on"
            r"|bothered about)\b(?: to (?:see|watch))?"
        ),
    ),
    (
        "feeling",
        ("not_tonight",),
        (
            r"(?:anything|everything|something) (?:but|except|other than|besides)\b|\b(?:except"
            r"|apart from|besides|other than|skip|avoid|leave out|rule out|pass on|steer clear of"
            r"|hard pass on|drop|remove|exclude|please no(?: more)?|no more|enough of|instead of"
            r"|rather than|no thanks to|less like|unlike|nothing like|not like|forget)"
        ),
    ),
    (
        "feeling",
        ("disliked",),
        (
            rf"(?:{_NOT}|no){_HOW}\s+(?:like|liked|love|loved|enjoy|enjoyed|enjoying|liking|care"
            r"(?: much)? for|dig|rate|get into|get through|get on with|get along with|gel with"
            r"|click with|vibe with|connect with|into|in to|fans? of|fond of|keen on|crazy about"
            r"|wild about|impressed (?:by|with)|big on|finish|stand|stomach|buy into|thrilled (?:by"
            r"|with)|see the (?:appeal|point) (?:of|in)|get the hype (?:about"
            r"|around)|laugh (?:once )?"
            r"(?:at|during))\b(?: (?:all )?that much| much)?"
        ),
    ),
    (
        "feeling",
        ("disliked",),
        (
            r"(?:hate|hated|hates|hating|loathe|loathed|detest|detested|despise|despised|dislike"
            r"|disliked|fell asleep (?:during|in|watching|to)|dozed off (?:during|in|watching|to)"
            r"|nodded off (?:during|in)|walked out (?:of|on|during)|(?:turned"
            r"|switched) off|gave up on"
            r"|bailed on|bored (?:by|with|to death by|to tears by)|disappointed (?:by|with|in)"
            r"|let down by|underwhelmed by|allergic to|sick of|tired of|fed up with|regret(?:ted)? "
            r"(?:watching|seeing)|wasted (?:\w+ ){1,3}(?:on|watching)|meh (?:on|about)|lukewarm on"
            r"|not a fan of|suffered through|sat through|cringed? (?:at|through)|can do without)\b"
        ),
    ),
    (
        "feeling",
        ("interested",),
        (
            r"(?:(?:want|wanted|wanting|hoping|hope|planning|plan|going|dying"
            r"|meaning|need|love|like"
            r"|excited|keen|tempted|happy|ready) to(?: finally| maybe| also"
            rf"| still)? {_SEE}(?: out)?|"
            rf"(?:i'd|we'd|they'd|would) (?:like|love|prefer) (?:to )?{_SEE}(?: out)?"
            r"|curious about|"
            r"(?:definitely |really |very )?interested in|intrigued by|looking forward to|(?:good"
            r"|great|amazing|nice|wonderful) things about|(?:i'll|we'll|will|shall|may|might|could"
            r"|should|have to|need to|going to|let's|let me|lets|can|think i'll)(?: (?:definitely"
            r"|probably|certainly|totally|just|maybe|have to|need to|go and|try to|try and|also"
            r"|for sure|consider|have|\w+))?(?: (?:check|look|go))? (?:watch|try"
            r"|take(?: a look at)?"
            r"|check(?: out)?|look (?:into|up|at|for)|into|up|go (?:with|for|see"
            r"|watch)|give|see|pick"
            r"|choose|queue|rent|download|stream|find|consider)|consider|get around to|worth (?:a "
            r"(?:watch|look|try)|checking out)|saved?|wish ?list:?|watch ?list:?|add|put|i pick"
            r"|i choose|i'd go (?:with|for)|go with|sold on)\b"
        ),
    ),
    (
        "feeling",
        ("loved",),
        (
            r"(?:(?:really |absolutely |just |truly |fucking |seriously )?(?:loved"
            r"|loves|loving|adore"
            r"|adored|obsessed with|obsessing over|crazy about|mad about|nuts about|worship"
            r"|in love with|head over heels for)|can(?:'t|not) get enough of|never (?:get )?(?:tire"
            r"|tired) of|could watch (?=¤)|blown away by|big(?:gest)? fans? of|huge fans? of"
            r"|massive fans? of|die-?hard fans? of|grew up (?:on|with)|nothing beats|can't beat"
            r"|can't top|hooked on|rewatch(?:ed|ing)?|re-watch(?:ed|ing)?|cried "
            r"(?:at|during|watching"
            r"|over)|laughed (?:so hard )?(?:at|during)|still (?:think|dream) about|♥|(?:my|our"
            r"|all[- ]time|absolute|personal|some|few|other)(?: \w+){0,2} (?:favou?rites?|faves?"
            r"|favs?)(?: (?:movies?|films?|ones?|of all time|thing|ever|is|are|would be"
            r"|would have to be|has to be|was|include|includes|including|like"
            r"|such as|of mine)){0,4}:?"
            r"|favou?rites?(?: (?:movies?|films?|ones?))?(?: of (?:all time|mine))?(?: (?:is|are"
            r"|include|would be|has to be|was))?:?|top (?:(?:three|five|ten|two|four|\d+)\b ?)?"
            r"(?:movies|films|picks|favou?rites)?(?: of all time)?(?: (?:is|are"
            r"|include))?:?|love)\b"
        ),
    ),
    (
        "feeling",
        ("liked",),
        (
            r"(?:quite |really |kind of |sort of )?(?:liked|likes|enjoyed|enjoys|enjoying|enjoy"
            r"|appreciated|appreciate|dug|dig|fans? of|fond of|keen on|into|had (?:fun|a blast"
            r"|a great time|a good time) (?:with|at|watching)|"
            r"(?:pleasantly )?surprised by|impressed "
            r"(?:by|with)|soft spot for|partial to|quite taken with|taken with|(?:prefer|preferred)"
            r"|was good in|feel good about|never (?:hated|disliked|minded)|don't "
            r"(?:hate|mind|dislike)"
            r"|didn't (?:hate|mind|dislike)|thumbs up (?:for|to)|good memories of)\b"
        ),
    ),
    ("anchor", (), r"(?:as|just as|about as|equally as) (?:\w+ ){1,3}as\b"),
    ("than", (), r"\b(?:more|less|better|worse|\w+er|other|rather) (?:\w+ ){0,2}than\b"),
    (
        "anchor",
        (),
        (
            r"(?:(?:more|something|anything|things?|one|ones|films?|movies?|stuff"
            r"|just|exactly|kind of"
            r"|sort of|bit|much|a lot|another|others?|some|along the lines?|similar"
            r"|vibes?|feel|story"
            r"|plot|mood|humou?r|it|that|this|them|those|these|be|is|are|was|feels?"
            r"|sounds?|looks?) )?"
            r"(?<!would )(?<!'d )(?<!i )(?<!we )(?<!also )(?<!really )(?<!do )(?<!you )(?<!both )"
            r"(?<!to )like\b(?! to\b| it if\b)"
        ),
    ),
    (
        "anchor",
        (),
        (
            r"(?:similar(?: in \w+)? to|in the (?:vein|spirit|style|mould|mold|manner|tradition"
            r"|same vein|same spirit) (?:of|as)|along the lines of|on the lines of"
            r"|à la|a la|akin to"
            r"|comparable to|reminiscent of|remind(?:s|ed|ing)?(?: me| us)?(?: a (?:bit|lot"
            r"|little))? of|close to|(?:the )?same \w+(?: \w+)? as|same (?:as|style|type)|(?:vibes?"
            r"|feel|feeling|mood|atmosphere|tone|look|humou?r|energy|plot|story|storyline|premise"
            r"|style|spirit|charm|warmth|wit|magic|aesthetic|pacing|tension|world|ideas?|themes?"
            r"|characters?|ending|kind) (?:of|from|as|like)|if i (?:liked|loved"
            r"|enjoyed)|fans of|meets"
            r"|crossed with|mixed with|cross between|mix (?:of|between)|blend of|combination of"
            r"|somewhere between|based on|because (?:of|i (?:liked|loved))|another|next|more of"
            r"|more from|sequels? to|vibes? (?:like|of|as)|match(?:es|ing)?)\b"
        ),
    ),
    (
        "feeling",
        ("liked",),
        (
            r"(?:(?:i|we|also|really|do|you|both|she|he|they|kids?|wife|husband|and"
            r"|who|n't|to|quite"
            r"|always) )like\b(?! to\b| it if\b)|^\s*like\b"
        ),
    ),
    (
        "feeling",
        ("seen",),
        (
            r"(?:already |just |have |has |had |'ve |recently |finally |last |yesterday |also |i "
            rf"|we )*(?:{_SEEN}|been to|know(?= ¤))\b(?: (?:both|all of|the (?:movie|film)|again"
            r"|a bit of|half of|parts? of))?"
        ),
    ),
)

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
_AFTER: tuple[tuple[CueKind, tuple[Feeling, ...], str], ...] = (
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
            rf"\s+(?:{_NOT}){_HOW}\s+(?:good|great|funny|for me|for us|my thing|my "
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
            rf"(?:{_SEEN})\s*(?=$|[.,;!?]|again|already|before|too|last|yesterday"
            r"|recently|ages|many"
            r"|a )"
        ),
    ),
)


def _compiled(
    rules: tuple[tuple[CueKind, tuple[Feeling, ...], str], ...], before: str
) -> list[tuple[CueKind, tuple[Feeling, ...], re.Pattern[str]]]:
    return [(kind, feelings, re.compile(before + f"(?:{rule})")) for kind, feelings, rule in rules]


_OBJECT_FOLLOWS = _compiled(_BEFORE, r"(?<![\w'])")
_SUBJECT_PRECEDES = _compiled(
    _AFTER,
    (
        rf"(?<={FILM[0]})(?: (?:too|also|both|all|again|film|movie|films|movies|one|ones"
        rf"|\(\d{{4}}\)))?"
    ),
)


def cues(sketch: str) -> list[Cue]:
    """All cues of a sketch in order; a place belongs to the first rule that claims it."""
    taken = [False] * len(sketch)
    found = [
        *_claim(sketch, _SUBJECT_PRECEDES, "before", taken),
        *_claim(sketch, _OBJECT_FOLLOWS, "after", taken),
    ]
    return sorted(found, key=lambda cue: cue.start)


def _claim(
    sketch: str,
    rules: list[tuple[CueKind, tuple[Feeling, ...], re.Pattern[str]]],
    side: Literal["after", "before"],
    taken: list[bool],
) -> Iterator[Cue]:
    for kind, feelings, rule in rules:
        for match in rule.finditer(sketch):
            start, end = match.span()
            if "film" in match.groupdict() and match["film"]:
                end = match.start("film")
            if end == start or any(taken[start:end]):
                continue
            taken[start:end] = [True] * (end - start)
            yield Cue(start, end, kind, side, feelings)
