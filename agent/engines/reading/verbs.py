"""Words whose films follow: "loved …", "fell asleep during …", "something like …"."""

from __future__ import annotations

from ...edits import Feeling
from .cue import HOW, NOT, SEE, SEEN, CueKind
from .scene import FILM

# Object follows. The first rule that matches at a place wins, so the negative come first.
BEFORE: tuple[tuple[CueKind, tuple[Feeling, ...], str], ...] = (
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
            rf"{NOT}{HOW}\s+{SEEN}\s+(?P<film>{FILM})[^.!?¤]{{0,30}}?\b(?:but|and"
            r"|though)\b[^.!?¤]{0,20}?\b(?:want|would|like|love|curious|mean|plan"
            r"|interested|keen)\b"
        ),
    ),
    (
        "unseen",
        (),
        (
            rf"{NOT}{HOW}(?:\s+(?:gotten around to|got around to|gotten to|managed to"
            rf"|had a chance to))?\s+(?:{SEEN}|see|watch|heard(?: of)?|hear of|watching|seeing)\b"
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
            rf"{NOT}{HOW}\s+(?:in the mood for|up for|feeling|want|show(?: me)?|suggest|recommend"
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
            rf"(?:{NOT}|no){HOW}\s+(?:like|liked|love|loved|enjoy|enjoyed|enjoying|liking|care"
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
            rf"| still)? {SEE}(?: out)?|"
            rf"(?:i'd|we'd|they'd|would) (?:like|love|prefer) (?:to )?{SEE}(?: out)?"
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
            rf"|we )*(?:{SEEN}|been to|know(?= ¤))\b(?: (?:both|all of|the (?:movie|film)|again"
            r"|a bit of|half of|parts? of))?"
        ),
    ),
)
