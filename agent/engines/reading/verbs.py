"""Words whose films follow: "loved …", "fell asleep during …", "something like …"."""

from __future__ import annotations

from ...edits import Feeling
from .cue import HOW, NOT, SEE, SEEN, CueKind
from .scene import FILM

# Object follows. The first rule that matches at a place wins, so the negative come first.
BEFORE: tuple[tuple[CueKind, tuple[Feeling, ...], str], ...] = (
    (
        "anchor",
        (),
        r"if (?:i|you|we|one|someone|they) (?:\w+ )?(?:liked?|loved?|enjoy(?:ed)?|adored?)\b",
    ),
    (
        "anchor",
        (),
        r"(?:for )?(?:somebody|someone|anybody|anyone|people|a person|those) (?:who|that)"
        r" (?:\w+ )?(?:loves?|loved|likes?|liked|enjoys?|enjoyed|adores?)|for (?:a fan|fans) of",
    ),
    (
        "anchor",
        (),
        r"(?:as |very |really )*far (?:away )?from|(?:the )?(?:exact |complete |total |polar )*"
        r"opposites? (?:of|to|from)|than like",
    ),
    (
        "feeling",
        ("not_tonight",),
        r"no(?= ¤)|(?:that|which) (?:isn't|aren't|is not|are not)(?= ¤)",
    ),
    ("feeling", ("disliked",), r"not so much(?= ¤)"),
    (
        "feeling",
        ("interested",),
        r"(?:i'd|we'd|(?:i|we) (?:would|might|may)|i'll) (?:\w+ )?(?:enjoy|love|like|dig)(?= ¤)",
    ),
    (
        "feeling",
        ("loved",),
        (
            r"(?:can(?:'t|not)|could(?:n't| not| never)|never) (?:get enough of|get (?:tired"
            r"|sick|bored) of|tire of|stop (?:watching|thinking about|quoting))|never tired of"
        ),
    ),
    (
        "unseen",
        ("interested",),
        (
            rf"{NOT}{HOW}\s+{SEEN}\s+(?P<film>{FILM})[^.!?¤]{{0,30}}?\b(?:but|and"
            r"|though)\b[^.!?¤]{0,20}?\b(?:want|would|like|love|curious|mean|plan|interested"
            r"|keen)\b"
        ),
    ),
    (
        "unseen",
        (),
        (
            rf"{NOT}{HOW}(?:\s+(?:gotten around to|got around to|gotten to|managed to"
            rf"|had a chance to))?\s+(?:{SEEN}|see|watch|heard(?: of)?|hear of|watching"
            r"|seeing)\b"
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
        r"(?:(?<=^)|(?<=[.,;!] )|(?<=\bno )|(?<=\bbut )|(?<=\bplease )|(?<=\bhmm )"
        r"|(?<=\bok )|(?<=\bwell )|(?<=\bthat's )|(?<=\bthat is ))not(?= ¤)",
    ),
    (
        "feeling",
        ("not_tonight",),
        (
            rf"{NOT}{HOW}\s+(?:in the mood for|up for|feeling|want|show(?: me)?|suggest"
            r"|recommend|give me|fancy|need|after|looking for|interested(?: in)?|intrigued by"
            r"|feel like|sold on|bothered about)\b(?: to (?:see|watch))?"
        ),
    ),
    (
        "feeling",
        ("not_tonight",),
        (
            r"(?:anything|everything|something) (?:but|except|other than|besides)\b|\b"
            r"(?:except|apart from|besides|other than|skip|avoid|leave out|rule out|pass on"
            r"|steer clear of|hard pass on|drop|remove|exclude|please no(?: more)?|no more"
            r"|swap(?: out)?|replace|exchange|get rid of|ditch"
            r"|enough of|instead of|rather than|no thanks to|less like|unlike|nothing like"
            r"|not like|forget)"
        ),
    ),
    (
        "feeling",
        ("disliked",),
        (
            rf"(?:{NOT}|no){HOW}\s+(?:like|liked|love|loved|enjoy|enjoyed|enjoying|liking|care"
            r"(?: much)? for|dig|rate|get into|get through|get on with|get along with|gel with"
            r"|click with|vibe with|connect with|into|in to|fans? of|fond of|keen on"
            r"|crazy about|wild about|impressed (?:by|with)|big on|finish|stand|stomach"
            r"|buy into|thrilled (?:by|with)|see the (?:appeal|point) (?:of|in)|get the hype "
            r"(?:about|around)|laugh (?:once )?(?:at|during))\b(?: (?:all )?that much| much)?"
        ),
    ),
    (
        "feeling",
        ("disliked",),
        (
            r"(?:hate|hated|hates|hating|loathe|loathed|detest|detested|despise|despised"
            r"|dislike|disliked|fell asleep (?:during|in|watching|to)|dozed off (?:during|in"
            r"|watching|to)|nodded off (?:during|in)|walked out (?:of|on|during)|(?:turned"
            r"|switched) off|gave up on|bailed on|bored (?:by|with|to death by|to tears by)"
            r"|disappointed (?:by|with|in)|let down by|underwhelmed by|allergic to|sick of"
            r"|tired of|fed up with|regret(?:ted)? (?:watching|seeing)|wasted (?:\w+ ){1,3}"
            r"(?:on|watching)|meh (?:on|about)|lukewarm on|not a fan of|suffered through"
            r"|sat through|cringed? (?:at|through)|can do without)\b"
        ),
    ),
    (
        "feeling",
        ("interested",),
        (
            r"(?:(?:want|wanted|wanting|hoping|hope|planning|plan|going|dying|meaning|need"
            r"|love|like|excited|keen|tempted|happy|ready) to(?: finally| maybe| also"
            rf"| still)? {SEE}(?: out)?|(?:i'd|we'd|they'd|would) (?:like|love|prefer) "
            rf"(?:to )?{SEE}(?: out)?|curious about|(?:definitely |really |very )?interested in"
            r"|intrigued by|looking forward to|(?:good|great|amazing|nice"
            r"|wonderful) things about|(?:i'?ll|we'll|will|shall|(?:i|we) (?:can|may|might"
            r"|could|should)|might|may|have to|need to|going to|let's|let me|lets)(?: "
            r"(?:definitely|probably|certainly|totally|just|maybe|have to|need to|go and"
            r"|try to|try and|also|for sure|consider|have|\w+))?(?: (?:check|look|go))? "
            r"(?:watch|try|take(?: a look at)?|check(?: out)?|look (?:into|up|at|for)|into|up"
            r"|go (?:with|for|see|watch)|give|see|pick|choose|queue|rent|download|stream|find"
            r"|consider)|consider|get around to|worth (?:a (?:watch|look|try)|checking out)"
            r"|saved?|wish ?list:?|watch ?list:?|add|put|i pick|i choose|i'd go (?:with|for)"
            r"|go with|sold on)\b"
        ),
    ),
    (
        "feeling",
        ("loved",),
        (
            r"(?:(?:really |absolutely |just |truly |fucking |seriously )?(?:loved|loves"
            r"|loving|adore|adored|obsessed with|obsessing over|crazy about|mad about"
            r"|nuts about|worship|in love with|head over heels for)|can(?:'t"
            r"|not) get enough of|never (?:get )?(?:tire|tired) of|could watch (?=¤)"
            r"|blown away by|big(?:gest)? fans? of|huge fans? of|massive fans? of"
            r"|die-?hard fans? of|grew up (?:on|with)|nothing beats|can't beat|can't top"
            r"|hooked on|rewatch(?:ed|ing)?|re-watch(?:ed|ing)?|cried (?:at|during|watching"
            r"|over)|laughed (?:so hard )?(?:at|during)|still (?:think|dream) about|♥|(?:my"
            r"|our|all[- ]time|absolute|personal|some|few|other)(?: \w+){0,2} (?:favou?rites?"
            r"|faves?|favs?)(?: (?:movies?|films?|ones?|of all time|thing|ever|is|are|would be"
            r"|would have to be|has to be|was|include|includes|including|like|such as"
            r"|of mine)){0,4}:?|favou?rites?(?: (?:movies?|films?|ones?))?(?: of (?:all time"
            r"|mine))?(?: (?:is|are|include|would be|has to be|was))?:?|top (?:(?:three|five"
            r"|ten|two|four|\d+)\b ?)?(?:movies|films|picks|favou?rites)?(?: of all time)?(?: "
            r"(?:is|are|include))?:?|love)\b"
        ),
    ),
    (
        "feeling",
        ("liked",),
        (
            r"(?:quite |really |kind of |sort of )?(?:liked|likes|enjoyed|enjoys|enjoying"
            r"|enjoy|appreciated|appreciate|dug|dig|fans? of|fond of|keen on|into|had (?:fun"
            r"|a blast|a great time|a good time) (?:with|at|watching)|"
            r"(?:pleasantly )?surprised by|impressed (?:by|with)|soft spot for|partial to"
            r"|quite taken with|taken with|(?:prefer|preferred)|was good in|feel good about"
            r"|never (?:hated|disliked|minded)|don't (?:hate|mind|dislike)|didn't (?:hate|mind"
            r"|dislike)|thumbs up (?:for|to)|good memories of)\b"
        ),
    ),
    ("anchor", (), r"(?:as|just as|about as|equally as) (?:\w+ ){1,3}as\b"),
    ("than", (), r"\b(?:more|less|better|worse|\w+er|other|rather) (?:\w+ ){0,2}than\b"),
    (
        "anchor",
        (),
        (
            r"(?:(?:more|something|anything|things?|one|ones|films?|movies?|stuff|just|exactly"
            r"|kind of|sort of|bit|much|a lot|another|others?|some|along the lines?|similar"
            r"|vibes?|feel|story|plot|mood|humou?r|it|that|this|them|those|these|be|is|are|was"
            r"|feels?|sounds?|looks?) )?(?<!would )(?<!'d )(?<!i )(?<!us )(?<!we )(?<!also )"
            r"(?<!really )(?<!do )(?<!you )(?<!both )(?<!to )like\b(?! to\b| it if\b)"
        ),
    ),
    (
        "anchor",
        (),
        (
            r"(?:similar(?: in \w+)? to|in the (?:vein|spirit|style|mould|mold|manner"
            r"|tradition|same vein|same spirit) (?:of|as)|along the lines of|on the lines of"
            r"|à la|a la|akin to|comparable to|reminiscent of|remind(?:s|ed|ing)?(?: me| us)?"
            r"(?: a (?:bit|lot|little))? of|close to|(?:the )?same \w+(?: \w+)? as|same (?:as"
            r"|style|type)|(?:vibes?|feel|feeling|mood|atmosphere|tone|look|humou?r|energy"
            r"|plot|story|storyline|premise|style|spirit|charm|warmth|wit|magic|aesthetic"
            r"|pacing|tension|world|ideas?|themes?|characters?|ending|kind) (?:of|from|as"
            r"|like)|if i (?:liked|loved|enjoyed)|fans of|meets|crossed with|mixed with"
            r"|cross between|between|mix (?:of|between)|blend of|combination of"
            r"|somewhere between|based on|because (?:of|i (?:liked|loved))|another|next"
            r"|more of|more from|sequels? to|vibes? (?:like|of|as)|match(?:es|ing)?)\b"
        ),
    ),
    (
        "feeling",
        ("liked",),
        (
            r"(?:(?:i|we|us|also|really|do|you|both|she|he|they|kids?|wife|husband|and|who|n't|to"
            r"|quite|always) )like\b(?! to\b| it if\b)|^\s*like\b"
        ),
    ),
    (
        "feeling",
        ("seen",),
        (
            r"(?:already |just |have |has |had |'ve |recently |finally |last |yesterday |also "
            rf"|i |we )*(?:{SEEN}|been to|own|did(?= ¤)|know(?= ¤))\b"
            r"(?: (?:both|all of|the (?:movie|film)|again|a bit of|half of|parts? of))?"
        ),
    ),
)
