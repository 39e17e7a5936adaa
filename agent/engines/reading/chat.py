"""Talk that needs no film: greetings, thanks, goodbyes, who are you, danger, nonsense."""

from __future__ import annotations

import re

from ...plan import Chat, Intent
from .message import Finding
from .scene import Scene

_GREETING = re.compile(
    r"(?:^|[.!?;,\n]\s*)(?:(?:hi+|hello+|hey+|hiya|howdy|yo|greetings|hullo|heya|sup|wassup|what's up|good (?:morning|evening|afternoon|day)|morning|evening|salut|bonjour|hola|namaste|ola)(?: (?:there|you|again|everyone|all|moodreel|bot|friend|mate|guys|buddy|dear|folks|everybody))*|how(?:'s| is| are)(?: (?:it going|you(?: (?:doing|today|tonight))*|things|everything|your (?:day|evening)))|nice to (?:meet|see) you|how do you do)(?=\W|$)"
)
_THANKS = re.compile(
    r"\b(?:(?:many |so many |ok |okay )?thanks?(?:\s*(?:you|u))?(?: (?:so much|very much|a lot|a bunch|a million|again|for [^.,!?]*|all|anyway|though|then|mate|man|buddy|once more|kindly))*|thankyou|thnx|thx|ty|tysm|cheers|much appreciated|appreciate (?:it|that|the help)|i appreciate [^.,!?]*|merci|gracias|you(?:'re| are) (?:a star|the best|a lifesaver|awesome|great|amazing|wonderful|so helpful|very helpful|helpful|brilliant|good at this|a legend)|good bot|well done|great job|nice work|good job|that(?:'s| is| was) (?:very |so |really )?helpful|my pleasure|you(?:'re| are) welcome)(?!\w)"
)
_BYE = re.compile(
    r"(?:^|[.!?;,\n]\s*|\b(?:and|ok|okay|well|anyway|thanks|you)\b,? )(?P<said>(?:good ?)?bye+(?: bye)?|good ?night|see (?:you|ya)(?: (?:later|around|soon|tomorrow|next time))*|cya|later|farewell|take care|have a (?:good|nice|great|lovely|wonderful|fun) (?:one|day|night|evening|weekend|time|week)|(?:that's|that is) all(?: for (?:now|today|tonight))?|ttyl|night night|i'm off|gotta go|got to go|ciao|adios|so long|enjoy your (?:day|evening|night))(?=\s*(?:$|[.!?,;]|and\b|then\b|for\b|now\b|thanks?\b|all\b|to you\b|too\b|tonight\b))"
)
_WHO = re.compile(
    r"\b(?:who|what)(?: exactly)?(?: are|'re) (?:you|u)\b(?! (?:suggest|recommend|think|waiting|doing|talking))|\bare (?:you|u) (?:an? |really an? |just an? |some )?(?:real|human|robot|bot|ai|person|machine|program|alive|computer|chat ?gpt|llm|language model|chatbot|sentient)\b|\bwhat(?:'s| is) your (?:name|purpose)\b|\bwho (?:made|built|created|wrote|programmed) you\b|\bdo you (?:have feelings|watch (?:films|movies)|like (?:films|movies))\b|\bhow old are you\b|\bwhere are you from\b|\bwhat are you\b|\bwhat (?:kind|type|sort)s? of (?:films?|movies?|things?) (?:do|are) you (?:like|into)\b|\bwhat(?:'s| is| are) your (?:favou?rites?|fav|faves?)\b|\bdo you have (?:a|any) favou?rites?\b|\bwhat do you like\b|\b(?:how|what) about you\s*\?|\band you\s*\?|\bare you a fan\b|\byou a fan\b|\bdid you (?:like|enjoy|see) ¤++"
)
_DANGER = re.compile(
    r"\b(?:kill(?:ing)? my ?self|end(?:ing)? (?:my (?:own )?life|it all|my pain)|take my (?:own )?life|took my own life|(?:want(?:ed)?|wish|going|ready|rather|prefer|need|like|just|plan(?:ning)?) to die\b(?! (?:laughing|of laughter|from laughing|for))|wish i (?:was|were) (?:dead|never born|not here)|(?:i'm|i am|i feel|feeling|feel|been|being|am)(?: \w+){0,3} suicidal|suicidal (?:thoughts|ideation|feelings|tonight|again)|thinking (?:about|of) suicide|commit(?:ting)? suicide|(?:hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?) my ?self|self[- ]?harm(?:ing|ed)? (?:again|tonight|myself)|(?:started|been|keep|want to) self[- ]?harm(?:ing)?|(?:don't|do not|didn't|no longer) (?:want|wanna|wish) to (?:live|be alive|wake up|exist|be here any ?more|go on(?: living)?|be around any ?more)\b|no (?:reason|point)(?: (?:to|in))? (?:live|living|be alive|being alive|go on|going on)|life (?:isn't|is not|not) worth (?:living|it)|better off (?:dead|without me)|can't go on(?: any ?more| like this|$|[.!])|overdos(?:e|ing) (?:on|tonight|myself)|i(?:'ll| will| might| could) (?:jump off|hang myself|shoot myself|slit)|hang myself|shoot myself|slit my wrists|(?:he|she|they|my (?:husband|wife|boyfriend|girlfriend|partner|dad|father|mother|mum|mom|ex)) (?:is |are |keeps? |just )?(?:hit(?:s|ting)?|beat(?:s|ing)?|hurt(?:s|ing)?) me\b(?! with| up the)|someone is (?:trying to kill|going to hurt) me|i(?:'m| am) in danger|nobody would (?:miss|notice if i))"
)
_ABOUT_A_FILM = re.compile(
    r"\b(?:film|movie|story|one|something|anything|character|man|woman|boy|girl|hero|protagonist|he|she|plot|who|where|about|nothing with|no)\b[^.!?]{0,40}$"
)
_OFF_TOPIC = re.compile(
    r"\b(?:weather|(?:write|generate|debug|fix)(?: me)?(?: some| a| an| my)? (?:code|script|essay|poem|email|program|function|homework|cover letter)|python (?:code|script)|stock (?:price|market)|who won the|what time is it|what day is it|what's \d+ ?[-+*x/] ?\d+|\d+ ?[+*/] ?\d+|translate (?:this|that|the)|capital of \w+|president of|recipe for|book me|order (?:a |me )?(?:pizza|food)|tell me a joke|football score|bitcoin|news today|ignore (?:all )?(?:previous|prior|your) instructions|system prompt)\b"
)
_INSULT = re.compile(
    r"\b(?:you(?:'re| are)? (?:suck|stupid|dumb|useless|an idiot|idiot|terrible|awful|rubbish|trash|garbage|annoying|the worst|so bad|bad at this|a moron|hopeless|an? (?:stupid|dumb|useless) \w+)|(?:stupid|dumb|useless|bad|terrible|shit|worst) (?:bot|robot|machine|ai|thing|program|app|site)|fuck (?:you|off)|shut up|go to hell|screw you|this (?:sucks|is (?:useless|stupid|terrible|a waste)))(?!\w)"
)
_FILLER = re.compile(
    r"(?:^|[.!?;,\n]\s*)(?:lol+|haha+|hehe+|hmm+|umm*|uh+|ok+|okay|k|kk|i see|right|gotcha|got it|oh|ah|wow|really|interesting|huh|nvm|brb|idk|dunno|i don't know|no idea|whatever|surprise me|you (?:choose|decide|pick)|up to you|anything(?: goes| is fine| works)?|i'm (?:good|fine|well|ok|doing (?:well|good|great|fine)|great)(?: thanks| thank you)?|you too|same to you|i don't mind|not sure|whatever you (?:like|think)|dealer's choice)(?=\s*(?:$|[.!?,;\n]))"
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
        (_OFF_TOPIC, Chat(about="unclear"), "small_talk"),
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
        if not _ABOUT_A_FILM.search(scene.text[: match.start()]) or re.search(r"\b(?:i|i'm|i've|me)\b[^.!?]{0,25}$", scene.text[: match.start()]):  # fmt: skip
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
