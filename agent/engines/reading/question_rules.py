"""What people ask about films, by topic, as patterns for `Scene.sketch`."""

from __future__ import annotations

import re

from ...plan import Topic
from .question_rarities import RARER
from .scene import FILM
from .scene import FILMS as _FILMS

F = FILM
FILMS = rf"(?:(?:any|either|all|some|one|none) of )?{_FILMS}"


_BE = r"(?:is|are|was|were|'s|'re|will|would|does|do|did|can|could|has|have)"


KIN = (
    r"(?:kids?|child(?:ren)?|sons?|daughters?|toddlers?|teen\w*|famil\w+|grand\w+"
    r"|year[- ]olds?|little ones?|boys?|girls?|nephews?|nieces?|(?:\d+|five|six|seven|eight"
    r"|nine|ten|eleven|twelve)(?: ?(?:and|or|,) ?\d+)*(?: ?(?:yo|year|y\.?o))?)"
)


# What compares, and which topic it is about.
_BY_TOPIC: tuple[tuple[Topic, str], ...] = (
        ("runtime", "shorter shortest longer longest"),
        ("funny", "funnier funniest hilarious"),
        ("scary", "scarier scariest creepier creepiest scary frightening"),
        ("year", "newer newest older oldest recent"),
        ("violent", "violent gory bloodier bloodiest bloody"),
        ("sad", "sadder saddest sad depressing"),
        ("age", "kid-friendly family-friendly suitable child-friendly appropriate"),
        ("mood", "lighter lightest darker darkest warmer warmest weirder weirdest stranger "
                 "strangest romantic intense tense tenser tensest slower slowest faster "
                 "gentler gentlest "
                 "happier happiest uplifting calmer cosier cozier sweeter dark light"),
        ("any", "better best good popular famous interesting fun easier"),
)  # fmt: skip
COMPARED = {word: topic for topic, words in _BY_TOPIC for word in words.split()}


_COMPARATIVE = "|".join(sorted(COMPARED, key=len, reverse=True))


WHICH = re.compile(
    rf"\b(?:which|what|who)(?:'s)?(?: (?:ones?|film|movie|of (?:{FILMS}|them|these|those"
    r"|the \w+)))?(?: (?:film|movie))?(?:'s| is| are| was| has| would be| do you think is)?"
    rf"(?: the)? (?:(?P<degree>more|less|most|least) )?(?P<word>{_COMPARATIVE})\b"
)


WHETHER = re.compile(
    rf"\b(?:is|are|was) {FILMS} (?:(?:any|a bit|a lot|much|even) )?(?:(?P<degree>more|less) )?"
    rf"(?P<word>{_COMPARATIVE}) (?:than|or) {FILMS}"
)


VERSUS = re.compile(
    rf"\bcompar(?:e|ed|ing|ison)\b[^¤]{{0,20}}{FILMS}(?: (?:with|to|and) {FILMS})?"
    rf"|\bdifference between {FILMS}|{F} (?:vs\.?|versus) {F}|^\s*(?:so |ok "
    rf"|hmm )?,?\s*{F} or {F}\s*\??\s*$"
)


_TOPICS: tuple[tuple[Topic, str], ...] = (
    *RARER,
    (
        "why",
        (
            r"^\W*(?:but |and |so |ok |hm+ |huh |wait )*why\W*$|\b(?:why|how come)\b"
            r"(?! not)(?: (?:did"
            r"|do|would|are|is|you|that|this|these|those|the|only|on earth|me"
            r"|exactly|them|have|pick"
            r"|recommend|suggest)\b| ¤)|what makes (?:you|it|¤)|what'?s the reason|reasons? (?:for"
            r"|behind)|explain (?:why|¤|your|that|this|the)"
        ),
    ),
    (
        "content",
        (
            r"\b(?:does|do|did|will) (?:the |a |an |any |his |her )?(?:dogs?|cats?|animals?|horses?"
            r"|pets?|kids?|child|baby|bab(?:y|ies)|mother|mum|mom|dad|father|wife|\w+) (?:die|dies"
            rf"|get hurt|get killed|survive|make it|suffer)|\b(?:any|is there|are there|does {F} "
            rf"(?:have|contain|show)|(?:have|has) {F} got|have|has|much|lots of|a lot of|contain"
            r"|how much) (?:any |much "
            r"|a lot of |lots of |explicit |graphic |strong )?(?:sex\w*|nudity"
            r"|nude scenes?|swearing"
            r"|profanity|bad language|drugs?|suicide|self[- ]harm|rape|abuse|sexual (?:violence"
            r"|assault)|animal (?:cruelty|harm|death)s?|death|smoking|racism|torture|needles"
            r"|vomit\w*)\b|(?:content|trigger) warnings?|anything i should (?:know|be warned)"
        ),
    ),
    (
        "age",
        (
            r"(?:ok|okay|suitable|appropriate|good|fine|safe|alright|all right|right"
            r"|too \w+|watchable"
            r"|enough|recommended|best|not too \w+) (?:for|to watch with|with|to show"
            rf"|if)\b[^.!?]{{0,24}}\b{KIN}\b|\b(?:kid|child|family)[- ]?(?:friendly"
            r"|safe|appropriate"
            r"|suitable)\b|\b(?:can|could|should|may|will|would) (?:i |we )?(?:my"
            r"|the|our|a|an|small"
            rf"|young|show|watch|{F})[^.!?]{{0,40}}\b{KIN}\b|age (?:rating|limit)|"
            r"(?:what|how)(?:'s"
            rf"| is| are)? {F} rated|rating(?:s)? (?:of|for) {F}|what(?:'s| is) (?:its|the) "
            r"(?:age )?rating|what age|from what age|for (?:kids|children)\s*\?"
        ),
    ),
    (
        "plot",
        (
            rf"\bwhat(?:'s|s| is| are| was| were)?(?: {FILMS}| those| they)?"
            r"(?: \w+)? about\b|\b(?:what"
            r"|whats) happens in\b|\bwhat happens\s*\?|\b(?:plot|story|premise|synopsis|storyline"
            rf"|summary|logline) (?:of|in|for|to|behind) {F}|\bwhat(?:'s| is) (?:the|its|{F}'?s?) "
            r"(?:plot|story|premise|synopsis|storyline|deal)\b|\b(?:plot|synopsis|summary|premise"
            r"|story|about)\s*\?|\bsummari[sz]e\b|^\W*(?:the )?(?:plot|synopsis|story)\W*$"
            rf"|know what {F} is about|\bwhere(?:'s|s| is| was| does)? {F}"
            r" (?:set|take place|happen|play out)\b"
        ),
    ),
    (
        "director",
        (
            rf"\bwho(?:'s|s| is| was| has)? (?:it |{F} )?(?:made|make|makes|directed"
            r"|directs|did|wrote"
            r"|written|shot|behind|the (?:director|filmmaker|writer)|responsible for"
            r"|by|directing)\b"
            rf"|directed by (?:who|whom)|\b(?:who is|who's|whos) {F} by|\b"
            rf"(?:the )?director (?:of {F}"
            r"|is|\?)|^\W*(?:the )?director\W*$|\bwhose (?:film|movie) is|\bby (?:who|whom)\b"
        ),
    ),
    (
        "cast",
        (
            r"\b(?:who|who's|whos|who all|whose|who is|who are|who was|who else)(?: is| are| was|'s"
            r"| else)* (?:in|on|starring|stars?|starred|plays?|playing|played|acts?|acting|the "
            r"(?:stars?|lead|leads|main|actors?|actress|cast)|featured"
            r"|does the voices?|voices?|voiced)\b"
            r"|\bdo you know who stars|"
            r"(?:which|what|any) (?:famous )?(?:actors?|actresses|stars)\b|\b(?:the )?cast (?:of|in"
            r"|list|\?)|^\W*(?:the )?(?:cast|actors)\W*$|\b(?:is|does|was|are|do|isn't"
            rf"|doesn't)\b[^.!?¤]{{2,40}}(?:star|play|act|appear|\bin) (?:in )?{F}"
            r"|with (?:who|whom)\b"
            rf"|starring (?:who|whom)|{F} (?:has|stars|with|have) [^.!?¤]{{2,30}} "
            r"(?:right|in it)\s*\?"
            r"|who are the actors"
        ),
    ),
    (
        "runtime",
        (
            rf"\bhow long\b|\brun ?time\b|\brunning time\b|\b(?:is|was|are) {FILMS} "
            r"(?:very |too |that "
            r"|really |a )?(?:long|short)\b|\bhow many (?:minutes|hours)\b|\blength (?:of|\?)|^\W*"
            r"(?:the )?length\W*$|\b(?:over|under|less than|more than) (?:two|2"
            r"|three|3|\d+) (?:hours"
            r"|minutes)\s*\?"
        ),
    ),
    (
        "year",
        (
            rf"\b(?:what|which) (?:year|decade)\b|\bwhen (?:was|is|did|does|were) {F}"
            r"|\bwhen (?:was it"
            rf"|did it)|\bhow (?:old|new|recent) (?:is|are|was) {F}|\b(?:is|are|was) {F} (?:very "
            r"|really |pretty |quite |a |an |that |brand )?(?:new|old|recent|classic|remake"
            r"|from the \d0s)\b|release date|year (?:of|\?)|^\W*(?:the )?year\W*$"
        ),
    ),
    (
        "language",
        (
            rf"\b(?:what|which) language\b|\b(?:is|are|was|were) {FILMS} "
            r"(?:available )?(?:in|dubbed"
            r"|subtitled|spoken|with subtitles)\b|\bsubtitles?\s*\?|\b(?:does|do|is"
            rf"|has|have) (?:{F}"
            r"|there) (?:have |need |has |got )?(?:english )?subtitles?|\bin english\s*\?"
            rf"|\bdubbed\s*\?|foreign\s*\?|is {F} (?:french|korean|japanese|foreign|english|german"
            r"|italian|spanish)\b"
        ),
    ),
    (
        "funny",
        (
            rf"\b(?:is|are|was|how|will|does) {FILMS}(?: \w+)? (?:funny|hilarious|humorous|laugh)\b"
            rf"|\bhow funny\b|\bwill (?:i|it|{F}|we|they)(?: make \w+)? laugh\b|\b(?:any|much) "
            r"(?:humou?r|jokes|laughs)\b[^.]*\?|^\W*(?:is it )?funny\s*\?"
        ),
    ),
    (
        "scary",
        (
            r"\b(?:is|are|was|will|does|how)\b[^.!?]{0,30}\b(?:scary|frightening|creepy|terrifying"
            r"|nightmares?|horror|spooky)\b|\b(?:any|many|lots of"
            r"|have) jump ?scares?\b|\bhow scary\b"
            r"|\bscary\s*\?"
        ),
    ),
    (
        "violent",
        (
            r"\b(?:is|are|was|does|how|any|is there|much|too)\b[^.!?]{0,30}\b(?:violent|violence"
            r"|bloody|blood|gore|gory|brutal|graphic)\b|\bviolent\s*\?"
        ),
    ),
    (
        "sad",
        (
            r"\b(?:is|are|was|will|does|how|do)\b[^.!?]{0,30}\b(?:sad|depressing|cry|tearjerker"
            r"|tear[- ]jerker|upsetting|a downer|unhappy)\b"
        ),
    ),
    (
        "similar",
        (
            rf"\b(?:is|are|was) {FILMS} (?:anything |a bit |kind of |much |at all "
            r"|sort of |really )?"
            rf"(?:like|similar to|comparable to|as \w+ as|better than|in the style of) {F}"
        ),
    ),
    (
        "genre",
        (
            r"\b(?:what|which|whats|what's)(?: is| are)? (?:the )?(?:genre|kind|type"
            r"|sort)(?: of)?(?: "
            rf"(?:a )?(?:film|movie|one))? ?(?:is|are|was)? ?(?:{F})?|\b(?:is|are|was"
            rf"|isn't) {FILMS} "
            r"(?:more )?(?:of )?(?:an? |more )?(?:\w+ )?(?:comedy|drama|thriller|horror|romance"
            r"|musical|documentary|western|cartoon|animated|animation|action|sci-?fi"
            r"|science fiction"
            r"|fantasy|rom-?com|romcom|mystery|family)\b|genre\s*\?"
        ),
    ),
    (
        "known",
        (
            r"\b(?:have|do|did|has|can) (?:you|u|ya)(?: guys)? (?:got|have|know"
            r"|stock|carry|offer|seen"
            rf"|ever seen|ever see|see|watch|watched|heard of|include|find|like|ever watch) {F}|\b"
            rf"(?:got|heard of) {F}|\b(?:is|are) {F} (?:in (?:there|your|the)|available|on (?:there"
            rf"|here|your)|one of)|\b(?:you have|you know|you got) {F}"
        ),
    ),
    (
        "mood",
        (
            rf"\bwhat(?:'s| is| are|s) {F} like\b|\bhow (?:dark|intense|romantic|weird|tense|light"
            r"|heavy|slow|serious|uplifting|strange|emotional|fast|cheesy|silly|deep) (?:is|are"
            rf"|was) {F}|\bwhat(?:'s| is) (?:the|its) (?:mood|vibe|tone|feel"
            r"|atmosphere)\b|\b(?:is|are"
            rf"|was) {FILMS}(?: \w+)? (?:romantic|dark|slow|weird|intense|light|tense"
            r"|boring|uplifting"
            r"|heavy|serious|silly|strange|emotional|cheesy|complicated|confusing"
            r"|deep|exciting|fast"
            r"|relaxing|cosy|cozy|feel-?good|gentle|warm|heartwarming|cute|sweet|interesting)\b|\b"
            rf"(?:any|is there|does {F} have|much) (?:any |a )?(?:romance|action|love story"
            rf"|plot twists?|twists?|songs?|music|singing|suspense)\b(?:[^.!?]*{F}|\s*\?)"
        ),
    ),
    (
        "any",
        (
            r"\btell (?:me|us) (?:more|about|everything|something|a bit|a little)\b"
            r"|\bshow (?:me|us) "
            r"(?:more|something) (?:about|of)\b|\b(?:more|any|some|further|the) (?:info|information"
            r"|details?|detail)\b|\bdetails?\b(?= (?:of|on|about|for|please)|\W*$)|\bdescribe\b"
            r"|\bwhat (?:do|can) you (?:know|tell me|say|think)(?: \w+)? (?:about|of)\b|\bknow "
            rf"(?:anything |much |something )?about\b|\b(?:more|hear) about {F}"
            r"|\b(?:is"
            rf"|are|was|were) {FILMS} (?:really |any |actually |very |worth |that |even |pretty )?"
            r"(?:good|great|worth|any good|watching|decent|nice|the best|fun|popular|famous)\b"
            rf"|\bany good\s*\?|\bhow (?:good|is|was|are|about) {F}|\bhow's {F}|\bwhat about {F}"
            r"|\breviews?\b|\bworth (?:it|watching|a watch|seeing)\b[^.]*\?|\bwhat (?:is|was|'s"
            rf"|are) {F}\s*\?|\bwhich one (?:is|was|would you)\b|\bwould (?:i|we"
            r"|my \w+|he|she|they) "
            rf"(?:like|enjoy|love) {F}|^\W*(?:info|more info|details)\W*$"
            r"|\btell me\W*$|\bis (?:that"
            rf"|it) the one\b|\b(?:isn't|wasn't) {F}\b[^.]*\?"
        ),
    ),
)


RULES = tuple((topic, re.compile(rule)) for topic, rule in _TOPICS)
