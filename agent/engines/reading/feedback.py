"""Reactions to the last list: "nah", "something else", "perfect, thanks", "none of these"."""

from __future__ import annotations

import re

from ...edits import Attitude, ItemRef
from ...plan import Chat, Intent
from .focus import focus
from .message import Finding
from .scene import MARK, Scene

_START = r"(?:^|[.!?;,\n]|\b(?:but|and|so|ok|okay|hmm+|well|oh|um+|sorry|ah|haha|lol)\b)\s*"
_END = (
    r"(?=\s*(?:$|[.!?;,\n)]|but\b|and\b|\bi\b|i'll|please|though|thanks?|thank|tonight|today"
    r"|really|again|lol|haha|at all|man|mate|dude|:|too|either|because|with|from|then|so\b"
    r"|maybe|actually|😂|😊|👍|🙂))"
)
_SO = (
    r"(?:¤++(?:'s|'re) |(?:that|this|these|those|they|it|all|all of (?:them|those|these))(?:'s"
    r"|'re| is| are| was| were| all| both| one| ones)* |sounds? |looks? |seems? |really |very "
    r"|so |pretty |just |absolutely |oh |ooh |wow |yes |yeah |ok |okay |what a |quite |a |all "
    r"|perfectly |super |definitely |exactly )*"
)

_ACCEPT = re.compile(
    _START
    + _SO
    + (
        r"(?:perfect|great(?: (?:list|picks?|suggestions?|choices?|recommendations?|ideas?|one"
        r"|stuff))?|awesome(?: list)?|nice(?: (?:one|list|picks?|choice|suggestions?))?|excellent"
        r"(?: choices?)?|amazing|brilliant|lovely|wonderful|sweet|cool|good(?: (?:choices?|one"
        r"|picks?|ideas?|call|suggestions?|list|recommendations?|stuff|ones|job|enough|to me))?"
        r"|fantastic|superb|interesting|fun|promising|tempting|ideal|right up my (?:street|alley)"
        r"|i'm in|let's (?:go|do it)|deal|sold|spot on|just what i (?:needed|wanted)"
        r"|exactly what i (?:needed|wanted|had in mind|was looking for)|what i (?:needed|wanted)"
        r"|works for (?:me|us)|that works|that'll (?:do|work)|will do|love (?:it|them|these|this"
        r"|those|that)|like (?:it|them|these|this|those|that)|winner|we have a winner|👍+"
        r"|👌|❤️?|♥|😍"
        r"|🔥|bingo|yum|hell yes|yes please|much better|better|that's the one|that's it)"
    )
    + _END
)
_REJECT = re.compile(
    _START
    + _SO
    + (
        r"(?:not really|not (?:quite|exactly|convinced|interested|keen|sold|sure(?: about (?:that"
        r"|these|those|it))?|that|these|those|it|them|good|great|for (?:me|us)|(?:really )?my "
        r"(?:thing|cup of tea|taste|style|kind|type)|what i (?:want|wanted|meant|had in mind"
        r"|was looking for|need|asked for)|feeling (?:it|these|those|any|them|that)|(?:(?:really|a"
        r"|an|much of a|the) )*(?:fan|my type(?: of (?:film|movie))?)|tonight|working|right"
        r"|quite right|there yet|helpful|into (?:it|that|these|those|them))|meh+|boring|bleh|blah"
        r"|yuck|ew+|ugh+|no (?:thanks?|thank you|way|good|go)|(?:none|neither)(?: of (?:these"
        r"|those|them)(?: "
        r"(?:appeal|work|sound|look|grab|interest|do)[^.,!?]*)?)?|hate (?:it|them|these|those|this"
        r"|that)|don't (?:really )?(?:like|want|love|fancy) (?:it|them|these|those|this|that|any"
        r"(?: of (?:them|these|those))?)|👎+|skip(?: (?:it|this|that|these|them))?|pass|hard pass"
        r"|i'll pass|terrible|awful|bad|bad (?:list|picks|suggestions)|wrong|all wrong|off"
        r"|i'm not interested|no interest|never|next|lame|rubbish|crap|too obvious|nothing (?:here"
        r"|there|for me)|not (?:a|one|any) (?:single )?(?:one|of (?:these|those|them)))"
    )
    + _END
)
_MORE = re.compile(
    r"\b(?:(?:something|someth?ing|anything|someone) (?:else|different)|what else|who else"
    r"|any ?(?:thing|body)? else|other (?:ideas?|options?|suggestions?|recommendations?|films?"
    r"|movies?|ones?|picks?|choices|titles)|any others?|another (?:one|film|movie|suggestion"
    r"|idea|recommendation|option|pick|list|batch|round|set)|another(?=\s*(?:$|[.,!?]|please))"
    r"|different (?:ones?|films?|movies?|ideas?|list|suggestions?|options|picks)|(?:show|give"
    r"|got|have|send|list|suggest|recommend)(?: me| us| you)?(?: some| a few| any)? (?:more"
    r"|others|alternatives)(?! (?:about|info|details?))|(?:some |any |a few )?more (?:please"
    r"|options|suggestions?|ideas?|films?|movies?|of (?:these|those|them)|recommendations?"
    r"|picks|titles|choices)|one more(?: \w+)?|more\s*(?=$|[.!?,])|keep (?:going|them coming)"
    r"|go on|others?(?= (?:please|pls|then|instead|maybe)\b)"
    r"|next(?= (?:one|please|list|batch|page|five|lot|round|set)\b)|try again|new "
    r"(?:ones|list|batch|suggestions)|alternatives?|refresh|shuffle|re-?roll|else\s*\?|^\W*"
    r"(?:the |any )?others?\W*$)"
)
_WEAK = re.compile(
    r"^\W*(?:(?:yes|yep|yeah|yup|agreed?|sure|why not|ok|okay|fine|alright|all right"
    r"|fair enough|interesting|cool|nice|hmm+|oh|good to know)[\s,.!]*)+$"
)
_PLAIN_NO = re.compile(
    r"^\W*(?:(?:oh|ah|sorry|lol|um+|well|actually|hm+|wait|ok|okay|hang on|on second thoughts?)"
    r"[\s,]+)*(?:no+|nah+|nope|no sorry)\b(?!\s+(?:¤|worries"
    r"|problem|doubt|idea|one|more|longer)|,? (?:i )?(?:haven't|have not|didn't|did not|never"
    r"|not yet|i've never|i will|i'll|thanks? for))"
)
_SEEN = re.compile(
    _START
    + (
        r"(?:i(?:'ve| have)? |we(?:'ve| have)? |yes |yeah |yep |nah |no )*(?:already )?(?:seen"
        r"|watched|saw)(?: already)?(?=\s*(?:$|[.,!?;]|before|already|but|and|thanks))"
    )
)
_NOT_FEEDBACK = re.compile(
    rf"^\s*(?:(?:not|no|nothing|none)\s+(?:{MARK}|too|more|less|so|as|over|under)|no\s+\w+\s*$)"
)
_QUESTION_SEEN = re.compile(r"\b(?:seen|watched|heard)\b")
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|i have|i did|of course|sure|many times)\b(?! not| to\b|n't"
    r"|,? but i (?:haven't|didn't))"
)
_NO = re.compile(r"^\W*(?:no|nope|nah|not yet|i haven't|i have not|never|haven't)\b")


def feedback(scene: Scene) -> list[Finding]:
    """Accepting, rejecting, asking for more; only what no other recogniser has read."""
    found = [*_rejected(scene), *_matches(scene, _MORE, "more"), *_seen(scene)]
    found += _plain_no(scene) if not found else []
    if not any("reject" in f.intents for f in found):
        found += _accepted(scene)
    return found


def _plain_no(scene: Scene) -> list[Finding]:
    """ "No" in front of anything, unless it only answers whether a film has been seen."""
    asked = (scene.reader.turn.question or "").lower()
    match = _PLAIN_NO.match(scene.sketch)
    if match is None or not scene.shown or _QUESTION_SEEN.search(asked):
        return []
    start, end = _trim(scene, match)
    if not scene.free(start, end):
        return []
    return [Finding(*scene.outward(start, end), intents=("reject",))]


def assent(scene: Scene) -> list[Finding]:
    """ "Ok", "yes", "sure" as the whole message: it takes what was shown."""
    if not scene.shown or not _WEAK.match(scene.sketch):
        return []
    return [Finding(0, len(scene.message.text), (), (Chat(about="accepted"),), ("accept",))]


def _matches(scene: Scene, rule: re.Pattern[str], intent: Intent) -> list[Finding]:
    return [
        Finding(*scene.outward(*match.span()), intents=(intent,))
        for match in rule.finditer(scene.sketch)
        if MARK not in match.group().strip() and scene.free(*match.span())
    ]


def _rejected(scene: Scene) -> list[Finding]:
    if not scene.shown and not scene.reader.turn.history:
        return []
    found = []
    for match in _REJECT.finditer(scene.sketch):
        start, end = _trim(scene, match)
        if not scene.free(start, end) or end <= start:
            continue
        edits: tuple[Attitude, ...] = ()
        if re.search(r"\b(?:none|not (?:a|one|any)|nothing)\b", match.group()) and scene.shown:
            edits = _all_but_tonight(scene, start, end)
        found.append(Finding(*scene.outward(start, end), edits=edits, intents=("reject",)))
    return found


def _all_but_tonight(scene: Scene, start: int, end: int) -> tuple[Attitude, ...]:
    words = scene.said(start, end)
    return tuple(
        Attitude(item=ItemRef(position=n), feeling="not_tonight", words=words)
        for n in range(1, len(scene.shown) + 1)
    )


def _accepted(scene: Scene) -> list[Finding]:
    if not scene.shown:
        return []
    found = []
    for match in _ACCEPT.finditer(scene.sketch):
        start, end = _trim(scene, match)
        if end > start and scene.free(start, end):
            acts = (Chat(about="accepted"),)
            found.append(Finding(*scene.outward(start, end), acts=acts, intents=("accept",)))
    return found


def _seen(scene: Scene) -> list[Finding]:
    """ "Seen it already" without an object, and "yes" to a question whether it was seen."""
    asked = scene.reader.turn.question or ""
    said_yes = _QUESTION_SEEN.search(asked.lower()) and _YES.match(scene.sketch)
    match = _SEEN.search(scene.sketch) or (_YES.match(scene.sketch) if said_yes else None)
    if match is None or not scene.shown:
        return []
    start, end = _trim(scene, match)
    if end <= start or not scene.free(start, end):
        return []
    words = scene.said(start, end)
    edits = tuple(Attitude(item=ref, feeling="seen", words=words) for ref in focus(scene))
    return [Finding(*scene.outward(start, end), edits=edits, intents=("seen",))]


def _trim(scene: Scene, match: re.Match[str]) -> tuple[int, int]:
    """The span of a match without the punctuation that introduced it."""
    start, end = match.span()
    while start < end and not (scene.sketch[start].isalnum() or ord(scene.sketch[start]) > 0x2190):
        start += 1
    return start, end
