"""The words that negate, soften, exempt and except, and the words that end their scope."""

from __future__ import annotations

import re

from .words import words_of


def _any(lines: str) -> str:
    """Alternatives written one a line, as one pattern; a line that begins with ``..`` goes on."""
    return re.sub(r"\n\s*\.\.", "", lines.strip()).replace("\n    ", "|")


# Looks like a negation and isn't one.
_NEUTRAL = _any(r"""
    not (?:only|just|merely|sure|certain|bad|long ago|yet)
    no (?:matter|problem|worries|idea|doubt|preference|clue|pressure|rush|thanks?|way|wonder)
    why not
    nothing but
    (?:do|did)n't know
    (?:can't|couldn't) (?:wait|decide|choose|think|remember|get enough of|help|go wrong|find|sleep
    ..|believe|stop)
    (?:haven't|hasn't|hadn't|didn't|not|never|don't think i've|don't think we've)(?: ever)?
    .. (?:seen|watched|saw|heard|read)
    (?:don't|not)(?: want| looking for)? anything but
    (?:no|not|nothing|none)(?: any)? (?:longer|later|older|newer|earlier|shorter) than
    no (?:more|less) than
    if not
    isn't (?:it|there|that)
    no one(?! (?:here )?(?:likes?|enjoys?|loves?))
    no(?=\s*[,.!])
    no(?= (?:i|we|you|it|that|this|the|wait)\b)
    not (?:at all|really)(?=\s*[,.!?]|\s*$)
    don't (?:judge|worry|laugh)
    (?:do|does)n't (?:usually |really )?(?:scare|cry|laugh|spook|frighten|offend|get scared
    ..|get offended) (?:easily|easy|often|at anything|at all|that easily)
    never mind
    (?:nothing|not (?:something|anything)|no (?:films?|movies?|one))(?: that)?(?: [\w'-]+){1,6}
    .. (?:would|will|might|could)(?: all| probably| only| just)? (?:hate|dislike|mind|object to
    ..|complain about|be bored by|fall asleep (?:in|during))
""")
_FINE = _any(r"""
    (?:do|did|would|wo)n't mind(?: if| it| a bit of| a| some| any| having| watching| reading| the
    ..| with| being)*
    (?:does|do|would)n't (?:care|matter|bother (?:me|us)) (?:if|whether)(?: it| there)?(?:'s| is
    ..| are| has)?
    not (?:opposed|averse) to
    not against
    no (?:objections?|problem|issues?) (?:to|with)
    nothing (?:wrong with|against)
    (?<!thing )(?<!film )(?<!films )(?<!movie )(?<!movies )(?<!one )(?<!ones )(?<!stuff )(?:ok
    ..|okay|fine|cool|comfortable|happy|alright|all right|good) with(?: the| some| a| any)*
    open to
    (?:doesn't|don't|needn't)(?: really)? (?:have|need) to be
    not necessarily
    no need (?:for|to)
    (?:do|does)n't(?: really| much)? (?:care|mind|fuss|worry) about
    not (?:fussed|bothered|worried|picky|fussy) (?:about|by)
    (?:can|could|may) (?:also )?(?:have|be|contain|include)(?: a bit(?: of)?| some| a little)?
""")
_EXCEPT = _any(r"""
    (?:anything|everything|all genres|any genre|whatever)(?: at all)? (?:but|except(?: for)?
    ..|besides|other than|apart from|bar)
    except(?: for)?
    other than
    apart from
    aside from
    excluding
    with the exception of
""")
_LESS = _any(r"""
    not (?:too |that |so |very )?(?:many|much)(?: of)?(?: the)?
    not (?:a lot|lots|loads|heaps) of
    hardly any
    not (?:as|quite as|nearly as)
    less of(?: the| that| a)?
    less
    fewer
    tone down(?: the)?
    ease off(?: on)?(?: the)?
    cut down on
    go easy on(?: the)?
    easy on the
    (?:not )?too (?:much|many)(?: of)?
""")
_DISLIKE = _any(r"""
    never(?: again)?
    hate[sd]?
    (?:none|nobody|neither|not one|no one)(?: of us| here| of them)?(?: really| actually)?
    .. (?:likes?|enjoys?|loves?|cares? for)
    detests?
    loathes?
    despises?
    dislikes?
    can't (?:stand|bear|abide|do|handle|deal with|cope with|take|watch|stomach|tolerate)
    (?:do|does)n't(?: really| usually| ever| normally| generally| particularly)? (?:like|enjoy
    ..|care for|do|handle|go for|get on with|get along with|love)
    not(?: really| usually)?(?: a| much of a| a big| a huge)? (?:fans?|lovers?) of
    n't(?: really)?(?: a| much of a| a big| a huge) (?:fan|lover) of
    not(?: really| usually| that| big| very| too)* (?:into|keen on|fond of|big on|crazy about)
    allergic to
    phobia (?:of|about)
    (?:afraid|scared|terrified|frightened) of
    triggered by
    triggers?(?: warnings?)?(?: are| is| include)?(?: for| about)?(?=\W)
    sensitive (?:to|about)
    (?:upset|put off|disturbed|traumati[sz]ed) by
    squeamish about
""")
_NOT = _any(r"""
    not (?:really |quite |at all )?(?:up|ready) for(?: anything| something)?
    no (?:appetite|patience|stomach|energy|time|desire) for(?: anything| something)?
    not
    no
    nope to
    nothing
    none of
    non
    without
    w/o
    minus
    sans
    zero
    nor
    neither
    avoid(?:ing)?
    skip(?:ping)?
    (?:steer clear|clear) of
    (?:stay|keep) away from
    spare (?:me|us)
    lay off
    leave out
    drop
    omit
    hold
    lose
    ban
    (?:sick|tired|bored|weary|fed up)(?: to death)? (?:of|with)
    fed up with
    had it with
    (?:i'm|i've|so) over
    done with
    (?:had |have |seen |watched )?(?:quite |more than )?enough(?: of| with)
    (?:^|(?<=[,.!?] ))enough
    (?:had|seen|watched) enough
    too (?:late|tired|sleepy|exhausted|drained|fragile|squeamish|impatient|hungover|anxious)
    ..(?: tonight| today| now| right now)? (?:for|to (?:watch|see|sit through|face|follow|handle))
    seen too many
    rather (?:not|than)
    instead of
    rid of
    free (?:of|from)
    (?:is|are|was|were|do|does|did|wo|would|ca|could|should|have|has|had)n't
""")
CUES = re.compile(
    "|".join(
        rf"(?P<{group}>(?:(?<![\w'])(?:{pattern}))(?![\w'-]))"
        for group, pattern in (
            ("neutral", _NEUTRAL),
            ("fine", _FINE),
            ("except", _EXCEPT),
            ("less", _LESS),
            ("dislike", _DISLIKE),
            ("not", _NOT),
        )
    )
)
"""Over `Message.plain`; the group that matched names the meaning."""

BREAKS = re.compile(
    _any(r"""
    but|however|though|although|yet|instead|just|only|something|someone|some|maybe|perhaps
    preferably|ideally|please|i|i'm|i'd|i've|i'll|im|we|we'd|we're|he|she|they|it's|give|show|find
    recommend|suggest|want|wants|need|needs|looking|lots|plenty|loads|tons|more|mostly|rather
    actually|otherwise|then|because|make|keep|love|loves|prefer|thanks|yes|ok|okay|let's|go
    anything|everything|surprise
""")
)

LIGHT = words_of(
    """want to see watch anything any a an the me us in mood for of really be looking something
    some with give show need feel feeling like do recommend suggest films film movies movie make
    i i'd we you too very so overly super much all that this those these from kind sort stuff
    things thing ones one please into another again more get have having got it i'm is are would
    even ever just quite particularly fancy crave after feeling see watching seeing"""
)

# What people mostly ask for, and mostly ask to be spared: they settle whether "and" or a
# comma goes on with a negated list.
WELCOME = words_of(
    """funny light lighter lighthearted light-hearted warm cosy cozy happy fun uplifting sweet short
    romantic clever smart exciting gripping feel-good feelgood comedy comedies comforting cheerful
    beautiful gentle easy relaxing calm interesting good great nice thrilling adventurous
    entertaining hopeful heartwarming wholesome inspiring upbeat charming witty cute modern new
    recent old classic french korean british quick simple thoughtful quiet soothing engaging
    original fresh positive"""
)
UNWELCOME = words_of(
    """gore gory blood bloody violence violent nudity nude sex sexual swearing language horror scary
    scares death deaths dying zombies zombie superheroes superhero war sad sadness depressing bleak
    dark gross disgusting torture rape suicide abuse drugs drug guns gun disturbing creepy jump
    jumpscares boring slow subtitles dubbed musicals musical animation animated cartoon cartoons
    anime westerns cringe cheesy sappy soppy sentimental crude vulgar profanity nasty brutal
    clowns spiders snakes ghosts demons vampires aliens robots romance romcoms kissing"""
)

AFTER_CUES = re.compile(
    "(?P<fine>"
    + _any(r"""
    (?!would be (?:totally |absolutely )?cool)
    ..(?:is|are|'s|would be|'re)(?: all| totally| absolutely| perfectly| also| just)? (?:fine|ok
    ..|okay|cool|alright|all right|no problem|allowed|welcome|acceptable)\b
    (?:is|are)n'?t an? (?:problem|issue|dealbreaker)
    (?:does|do)n'?t (?:bother|matter|scare|worry)(?: me| us)?\b
    no problem\b
    (?:fine|ok|okay) (?:by|with) (?:me|us)
""")
    + ")|(?P<out>"
    + _any(r"""
    (?:is|are|'s|'re) (?:out|off)\b(?! (?:now|in))
    (?:is|are|'s|'re) (?:a no|a no-no|a no-go|a dealbreaker|a turn-?off|banned|too much)\b
    (?:is|are|'s|'re)(?: really| just)? not (?:my|our|for|really|something|ok|okay|fine|allowed
    ..|an option|what)\b
    (?:is|are)n'?t(?: really)? (?:my|our|for|something|ok|okay|what|allowed)\b(?: (?:thing
    ..|cup of tea|jam|bag|me|us|kids))?
    (?:is|are|'s|'re)(?: really| just| so| too)? (?:annoying|irritating|tiring|tiresome|distracting
    ..|a pain|hard work|awful|horrible|the worst)\b
    (?:bore|annoy|scare|upset|depress|irritate|disgust|trigger|exhaust|bother)s? (?:me|us|him|her
    ..|them)\b
    (?:puts?|turns?) (?:me|us|him|her|them) off
    makes? (?:me|us|him|her|them) (?:sick|ill|anxious|sad|uncomfortable|queasy|nauseous|cringe)
    gives? (?:me|us|him|her|them) (?:nightmares|anxiety|the creeps)
    leaves? (?:me|us) cold
    -?free\b
    no thanks
    not so much\b
    not (?:really )?(?:my|our) thing
    not for (?:me|us)
    (?:,? ?(?:but|just|only|though|yet) (?:maybe |perhaps |definitely |just |please )?)?not
    ..(?: (?:really|quite|so much))? (?:tonight|today|this (?:time|evening)|right now|now)\b
""")
    + ")"
)

STRONGER = re.compile(
    r"\W*(?:(?:a|an|anything|any|be|being|is|it|to|get|gets|something|stuff|one|all|want|that's|"
    r"that|which|are|films?|movies?)\s+)*"
    r"(?:too|so|very|overly|super|particularly|especially|extremely|excessively|terribly|hugely|"
    r"ridiculously|insanely|crazy|quite|heavily|unbearably|massively|that)\b"
)
FILLER = re.compile(
    r"(?:[\s\"')]|\b(?:films?|movies?|flicks?|stuff|things?|ones?|endings?|scenes?|bits?|content|"
    r"also|too|them)\b)*"
)
