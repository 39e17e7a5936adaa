"""Talk that needs no film: greetings, thanks, goodbyes, who are you, danger, nonsense."""

from __future__ import annotations

import re

from ...plan import Chat, Intent
from .message import Finding
from .scene import MARK, Scene

_GREETING = re.compile(
    r"(?:^|[.!?;,\n]\s*)(?:(?:hi+|hello+|hey+|hiya|howdy|yo|greetings|hullo|heya|sup|wassup"
    r"|what's up|good (?:morning|evening|afternoon|day)|morning|evening|salut|bonjour|hola"
    r"|namaste|ola)(?: (?:there|you|again|everyone|all|moodreel|bot|friend|mate|guys|buddy"
    r"|dear|folks|everybody))*|how(?:'s| is| are)(?: (?:it going|you(?: (?:doing|today"
    r"|tonight))*|things|everything|your (?:day|evening)))|nice to (?:meet|see) you"
    r"|how do you do)(?=\W|$)"
)
_THANKS = re.compile(
    r"\b(?:(?:many |so many |ok |okay )?thanks?(?:\s*(?:you|u))?(?: (?:so much|very much|a lot"
    r"|a bunch|a million|again|for [^.,!?]*|all|anyway|though|then|mate|man|buddy|once more"
    r"|kindly))*|thankyou|thnx|thx|ty|tysm|cheers|much appreciated|appreciate (?:it|that"
    r"|the help)|i appreciate [^.,!?]*|merci|gracias|you(?:'re| are) (?:a star|the best"
    r"|a lifesaver|awesome|great|amazing|wonderful|so helpful|very helpful|helpful|brilliant"
    r"|good at this|a legend)|good bot|well done|great job|nice work|good job|that(?:'s| is"
    r"| was) (?:very |so |really )?helpful|my pleasure|you(?:'re| are) welcome)(?!\w)"
)
_BYE = re.compile(
    r"(?:^|[.!?;,\n]\s*|\b(?:and|ok|okay|well|anyway|thanks|you)\b,? )(?P<said>(?:good ?)?bye+"
    r"(?: bye)?|good ?night|see (?:you|ya)(?: (?:later|around|soon|tomorrow|next time))*|cya"
    r"|later|farewell|take care|have a (?:good|nice|great|lovely|wonderful|fun) (?:one|day"
    r"|night|evening|weekend|time|week)|(?:that's|that is) all(?: for (?:now|today|tonight))?"
    r"|ttyl|night night|i'm off|gotta go|got to go|ciao|adios|so long|enjoy your (?:day"
    r"|evening|night))(?=\s*(?:$|[.!?,;]|and\b|then\b|for\b|now\b|thanks?\b|all\b|to you\b"
    r"|too\b|tonight\b))"
)
_WHO = re.compile(
    r"\b(?:who|what)(?: exactly)?(?: are|'re) (?:you|u)\b(?! (?:suggest|recommend|think"
    r"|waiting|doing|talking))|\bare (?:you|u) (?:an? |really an? |just an? |some )?(?:real"
    r"|human|robot|bot|ai|person|machine|program|alive|computer|chat ?gpt|llm|language model"
    r"|chatbot|sentient)\b|\bwhat(?:'s| is) your (?:name|purpose)\b|\bwho (?:made|built"
    r"|created|wrote|programmed) you\b|\bdo you (?:have feelings|watch (?:films|movies)|like "
    r"(?:films|movies))\b|\bhow old are you\b|\bwhere are you from\b|\bwhat are you\b|\bwhat "
    r"(?:kind|type|sort)s? of (?:films?|movies?|things?) (?:do|are) you (?:like|into)\b|\bwhat"
    r"(?:'s| is| are) your (?:favou?rites?|fav|faves?)\b|\bdo you have (?:a"
    r"|any) favou?rites?\b|\bwhat do you like\b|\b(?:how|what) about you\s*\?|\band you\s*\?"
    r"|\bare you a fan\b|\byou a fan\b|\bdid you (?:like|enjoy|see) ¤++"
)
_DANGER = re.compile(
    r"\b(?:kill(?:ing)? my ?self|end(?:ing)? (?:my (?:own )?life|it all|my pain)|take my "
    r"(?:own )?life|took my own life|(?:want(?:ed)?|wish|going|ready|rather|prefer|need|like"
    r"|just|plan(?:ning)?) to die\b(?! (?:laughing|of laughter|from laughing|for))|wish i "
    r"(?:was|were) (?:dead|never born|not here)|(?:i'm|i am|i feel|feeling|feel|been|being|am)"
    r"(?: \w+){0,3} suicidal|suicidal (?:thoughts|ideation|feelings|tonight|again)|thinking "
    r"(?:about|of) suicide|commit(?:ting)? suicide|(?:hurt(?:ing)?|harm(?:ing)?|cut"
    r"(?:ting)?) my ?self|self[- ]?harm(?:ing|ed)? (?:again|tonight|myself)|(?:started|been"
    r"|keep|want to) self[- ]?harm(?:ing)?|(?:don't|do not|didn't|no longer) (?:want|wanna"
    r"|wish) to (?:live|be alive|wake up|exist|be here any ?more|go on(?: living)?"
    r"|be around any ?more)\b|no (?:reason|point)(?: (?:to|in))? (?:live|living|be alive"
    r"|being alive|go on|going on)|life (?:isn't|is not|not) worth (?:living|it)|better off "
    r"(?:dead|without me)|can't go on(?: any ?more| like this|$|[.!])|overdos(?:e|ing) (?:on"
    r"|tonight|myself)|i(?:'ll| will| might| could) (?:jump off|hang myself|shoot myself|slit)"
    r"|hang myself|shoot myself|slit my wrists|(?:he|she|they|my (?:husband|wife|boyfriend"
    r"|girlfriend|partner|dad|father|mother|mum|mom|ex)) (?:is |are |keeps? |just )?(?:hit(?:s"
    r"|ting)?|beat(?:s|ing)?|hurt(?:s|ing)?) me\b(?! with| up the)|someone is "
    r"(?:trying to kill|going to hurt) me|i(?:'m| am) in danger|nobody would (?:miss"
    r"|notice if i))"
)
_ABOUT_A_FILM = re.compile(
    r"\b(?:film|movie|story|one|something|anything|character|man|woman|boy|girl|hero"
    r"|protagonist|he|she|plot|who|where|about|nothing with|no)\b[^.!?]{0,40}$"
)
_OFF_TOPIC = re.compile(
    r"\b(?:weather|(?:write|generate|debug|fix)(?: me)?(?: some| a| an| my)? (?:code|script"
    r"|essay|poem|email|program|function|homework|cover letter)|python (?:code|script)|stock "
    r"(?:price|market)|who won the|what time is it|what day is it|what's \d+ ?[-+*x/] ?\d+"
    r"|\d+ ?[+*/] ?\d+|translate (?:this|that|the)|capital of \w+|president of|recipe for"
    r"|book me|order (?:a |me )?(?:pizza|food)|tell me a joke|football score|bitcoin"
    r"|news today|ignore (?:all )?(?:previous|prior|your) instructions|system prompt)\b"
)
_INSULT = re.compile(
    r"\b(?:you(?:'re| are)? (?:suck|stupid|dumb|useless|an idiot|idiot|terrible|awful|rubbish"
    r"|trash|garbage|annoying|the worst|so bad|bad at this|a moron|hopeless|an? (?:stupid|dumb"
    r"|useless) \w+)|(?:stupid|dumb|useless|bad|terrible|shit|worst) (?:bot|robot|machine|ai"
    r"|thing|program|app|site)|fuck (?:you|off)|shut up|go to hell|screw you|this (?:sucks|is "
    r"(?:useless|stupid|terrible|a waste)))(?!\w)"
)
_FILLER = re.compile(
    r"(?:^|[.!?;,\n]\s*)(?:lol+|haha+|hehe+|h+m+|umm*|uh+|ok+|okay|k|kk|i see|right|gotcha"
    r"|got it|oh|ah|wow|really|interesting|huh|nvm|brb|idk|dunno|i don't know|no idea|whatever"
    r"|surprise me|you (?:choose|decide|pick)|up to you|anything(?: goes| is fine| works)?"
    r"|i'm (?:good|fine|well|ok|doing (?:well|good|great|fine)|great)(?: thanks| thank you)?"
    r"|you too|same to you|i don't mind|not sure|whatever you (?:like|think)|dealer's choice)"
    r"(?=\s*(?:$|[.!?,;\n]))"
)
_KEYBOARD = re.compile(r"(?:asdf|sdfg|dfgh|fghj|ghjk|hjkl|qwer|wert|erty|zxcv|xcvb|cvbn|jkl;|lkjh)")


def chat(scene: Scene) -> list[Finding]:
    """Small talk in what nothing else has read."""
    found: list[Finding] = []
    rules: tuple[tuple[re.Pattern[str], Chat, Intent], ...] = (
        (_WHO, Chat(about="who"), "small_talk"),
        (_THANKS, Chat(about="thanks"), "thank"),
        (_BYE, Chat(about="goodbye"), "bye"),
        (_GREETING, Chat(about="greeting"), "greet"),
        (_INSULT, Chat(about="unclear"), "small_talk"),
        (_OFF_TOPIC, Chat(about="aside"), "small_talk"),
    )
    for rule, act, intent in rules:
        for match in rule.finditer(scene.sketch):
            start, end = match.span("said" if "said" in match.groupdict() else 0)
            if scene.free(start, end) and not any(_overlap(scene, f, start, end) for f in found):
                found.append(Finding(*scene.outward(start, end), acts=(act,), intents=(intent,)))
    return found


def _overlap(scene: Scene, finding: Finding, start: int, end: int) -> bool:
    first, last = scene.outward(start, end)
    return not (last <= finding.start or finding.end <= first)


_OPENING = re.compile(
    r"^\W*(?:(?:oh|ah|um+|ok|okay|well|h+m+|lol)[\s,]+)*(?:no+|nah|nope|oops|whoops)?[\s,.]*"
    r"(?:sorry|wait|hang on|hold on|my bad|on second thoughts?|oops|correction)\b[\s,.!]*"
    r"(?:no\b(?=[,.!]|$| (?:i|we) )[\s,.!]*)?"
    r"(?:(?:i|we) (?:just )?(?:meant?|mean|meant to say)(?: to say)?\b)?"
    r"|\b(?:i )?dunno\b(?! (?:what|how|if|why|who))|\bidk\b|(?<=\w )\bi (?:guess|suppose)\b"
    r"|\b(?:lol|lmao|haha+|tbh|ngl|imo|pls|plz|btw)\b"
)


def opening(scene: Scene) -> list[Finding]:
    """Words of hesitation and correction ("no wait,", "dunno"): nothing is refused by them."""
    return [
        Finding(*scene.outward(match.start(), match.end()))
        for match in _OPENING.finditer(scene.sketch)
        if match.group().strip()
        and MARK not in match.group()
        and scene.free(*match.span())
        and match.group().strip() != scene.sketch.strip()
    ]


def filler(scene: Scene) -> list[Finding]:
    """Words that fill a pause ("hmm", "surprise me"): read, and nothing to do about them."""
    return [
        Finding(*scene.outward(*match.span()))
        for match in _FILLER.finditer(scene.sketch)
        if scene.free(*match.span())
    ]


def danger(scene: Scene) -> list[Finding]:
    """The user, not a film, seems to be in danger."""
    for match in _DANGER.finditer(scene.text):
        if not _ABOUT_A_FILM.search(scene.text[: match.start()]) or re.search(
            r"\b(?:i|i'm|i've|me)\b[^.!?]{0,25}$", scene.text[: match.start()]
        ):
            act = Chat(about="danger")
            return [Finding(*scene.outward(*match.span()), acts=(act,), intents=("danger",))]
    return []


def nonsense(scene: Scene) -> list[Finding]:
    """A message with no word in it, or only with what fingers do on a keyboard."""
    text = scene.text.strip()
    words = re.findall(r"[^\W\d_]+", text)
    if not words and not re.search(r"\d|[^\x00-\x7f]", text):
        return _unclear(scene)
    if words and all(_mashed(word) for word in words):
        return _unclear(scene)
    return []


def _unclear(scene: Scene) -> list[Finding]:
    act = Chat(about="unclear")
    return [Finding(0, len(scene.message.text), acts=(act,), intents=("nonsense",))]


def _mashed(word: str) -> bool:
    latin = word.isascii()
    return latin and (
        _KEYBOARD.search(word) is not None
        or (len(word) >= 4 and not re.search(r"[aeiouy]", word))
        or (len(word) >= 4 and len(set(word)) <= 1)
        or re.search(r"[bcdfghjklmnpqrstvwxz]{6,}", word) is not None
    )
