"""Commands: undo, forget, start over, help, show again, how many, what matters most."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ....ingest.facets import stem
from ....ingest.item import Dimension, fold
from ....ingest.limits import Runtime, Years
from ...edits import Forget, LimitEdit, Reset, Undo, Weigh
from ...plan import Chat, ShowAgain
from ...profile import Entry
from .message import Finding
from .scene import MARK, Scene

_NUMBERS = {
    word: n
    for n, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {
    "a single": 1,
    "a couple": 2,
    "a couple of": 2,
    "a few": 3,
    "a dozen": 12,
    "a bunch of": 8,
    "twice": 2,
}
_STOP = r"(?=\s*(?:$|[.,!?;:)]|please\b|and\b|but\b|then\b|thanks\b|instead\b))"

_UNDO = re.compile(
    (
        r"\b(?:undo(?: (?:that|it|this|the last(?: (?:one|thing|change|bit|step|message|request))?"
        r"|my last \w+|last))?|scratch that|strike that|take (?:that|it) back|revert(?: that| it)?"
        r"|go back(?: one| a step)?|forget (?:that(?: last (?:one|bit|thing))?|it|what i "
        r"(?:just )?said|i said (?:that|it|anything)|the last (?:one|thing|bit|message))"
        r"|never ?mind(?: (?:that|it|what i (?:just )?said))?|ignore (?:that|what i (?:just )?said"
        r"|my last \w+|the last \w+)|cancel (?:that|it)|i take (?:that|it) back|didn't mean that"
        r"|as (?:it was )?before)(?: (?P<times>twice|two|three|\d)(?: (?:steps|times|turns|things"
        r"|back))?)?"
    )
    + _STOP
)
_UNDO_MANY = re.compile(
    r"\bundo (?:the )?(?:last )?(?P<times>two|three|four|five|\d)(?: (?:things|steps|changes"
    r"|turns|messages))?"
)
_EVERYTHING = re.compile(
    r"\b(?:forget (?:everything|all about me|me|all (?:you know|i(?:'ve)? (?:ever )?(?:said"
    r"|told)))(?: (?:you know )?about me)?(?: i(?:'ve)? (?:ever )?(?:said|told you))?|(?:wipe"
    r"|erase|delete|clear|reset) (?:everything|all|my (?:data|profile|taste|preferences"
    r"|history)|the (?:profile|whole thing)))\b(?: (?:data|preferences|history))?"
)
_RESET = re.compile(
    r"\b(?:(?:let's |can we |please |i want to |i'd like to )?(?:start(?:ing)? (?:all )?"
    r"(?:over|again|afresh|fresh|from scratch|anew)|begin again|reset(?: (?:it|that|this|the "
    r"(?:search|list|filters)))?|new (?:search|request|topic)|clean slate|fresh start"
    r"|from the (?:top|beginning)|forget (?:all (?:of )?(?:that|this|it)|it all|the rest"
    r"|the whole lot)|clear (?:it|that|the (?:filters|search|limits)))|(?:now )?"
    r"(?:for )?something (?:completely|totally|entirely|very|altogether|wholly) (?:different"
    r"|else)|(?:change of|different) (?:plan|mood|topic)(?: today| tonight| now)?|(?:a )?"
    r"(?:completely|totally|entirely) (?:different|new) (?:thing|mood|request|idea|topic"
    r"|search|direction)|new day,? new (?:mood|film|movie)|let's (?:try|do|go for) something "
    r"(?:completely |totally |entirely )?(?:different|new|else) (?:now|today|tonight|entirely"
    r"|altogether))(?![\w'])"
)
_ABOUT = (
    r"(?P<about>(?:(?!\b(?:and (?:give|show|find|recommend|i)|but|then|please|give me"
    r"|show me)\b)[^.,!?;¤])+?)(?P<rest>\s+(?:thing|limit|rule|bit|part|restriction|filter"
    r"|requirement|stuff|preference|condition|constraint|business|wish|ban))?"
)
_FORGET = re.compile(
    r"\b(?:forget|never ?mind|ignore|disregard|cancel|take back|delete|scrap|remove|lift|drop"
    r"|lose|clear|scratch|undo|get rid of)(?: about)? (?:(?:that |what |when )?i (?:just "
    r"|ever |once )?(?:said|wanted|asked for|told you|asked|mentioned)(?: (?:about|that|i "
    r"(?:want(?:ed)?|like[ds]?|need(?:ed)?|don't like|didn't (?:like|want)|hated?)|no more))*"
    r"|what i said about|my (?:preference|dislike|wish|request|love|liking) (?:for|of|about)|"
    r"(?:the|my|that|any|all)(?: (?:limit|restriction|rule|filter|thing|ban|bit|stuff|part) "
    rf"(?:on|about|for|with))?) {_ABOUT}(?=\s*(?:$|[.,!?;]|please\b|and\b|but\b|then\b|thanks\b"
    r"|now\b|again\b|after all\b|for now\b))"
)
_FINE = re.compile(
    r"(?:^|[.,!?;]|\b(?:but|and|ok|okay|so|actually|well|hmm|no|also|oh)\b)\s*(?:actually,? "
    r"|maybe |on second thoughts?,? |i guess |i think |ok(?:ay)?,? |also )*(?P<about>(?:the "
    r"|some |a bit of |a little )?[\w'-]+(?: [\w'-]+){0,3}?) (?:is|are|would be|'s|'re) "
    r"(?:actually |totally |perfectly |also |again |now |quite |all |back )*(?:fine|ok|okay"
    r"|good|allowed|alright|all right|welcome|cool|back in|in|no problem|possible"
    r"|not a problem|fair game)(?: (?:too|now|again|after all|actually|by me|with me|as well"
    r"|for (?:me|us|now)|this time|tonight))*(?=\s*(?:$|[.,!?;]|but\b|and\b|if\b))"
)
_ANY = re.compile(
    r"\b(?:any|whatever|whichever) (?P<about>length|runtime|duration|year|decade|era|age"
    r"|language|genre|country|mood|rating|time|period|kind|actor|director)(?:'s| is)?(?: "
    r"(?:is |'s |will |are |would be )?(?:fine|ok|okay|good|do|goes|works|alright|will do))?"
    r"(?: (?:now|then|actually|after all|too))*"
    r"|\b(?:the )?(?P<topic>length|runtime|duration|years?|decade|era|age|language|genre"
    r"|country|rating|time|how long|how old|which year)(?: it is)? (?:doesn't|does not|don't"
    r"|no longer|isn't|needn't)(?: really| necessarily)? (?:matter|important|count|an issue"
    r"|bother me)(?: (?:any ?more|now|actually|to me|after all))*"
    r"|\b(?:don't|do not|no longer) (?:care|mind|worry)(?: (?:any ?more))?(?: (?:about|how"
    r"|what|which|for))+ (?:the )?(?P<care>length|runtime|duration|long|years?|old|decade|era"
    r"|language|genre|rating|time|country)(?: (?:it is|it's in|it takes))?(?: any ?more)?"
    r"|\bhowever long\b|\bno (?P<limit>time|length|year|age|runtime|language) limit"
    r"(?: any ?more| now)?"
)
_LIFTED: dict[str, str] = {
    "length": "runtime", "duration": "runtime", "long": "runtime", "how long": "runtime",
    "time": "runtime", "runtime": "runtime", "year": "years", "years": "years", "decade": "years",
    "era": "years", "old": "years", "how old": "years", "period": "years", "which year": "years",
}  # fmt: skip

_DIM = (
    r"(?:the )?(?:overall )?(?P<{}>moods?|vibes?|atmosphere|feel(?:ing)?|tone|plots?|stor(?:y"
    r"|ies)|storylines?|premise|themes?|audience|who it's for|who it is for|characters)"
)


def _dim(name: str) -> str:
    return _DIM.format(name)


_WEIGH = re.compile(
    rf"\b{_dim('a')} (?:matters?|counts?|is|are|'s) (?:by far |really |what (?:matters"
    r"|counts) )?(?P<how>(?:the )?most(?: important)?|more(?: important)?|most of all|key"
    r"|everything|all that matters|a lot|the main thing|what i care about|above all"
    r"|twice as much)(?: to me| for me| than .*)?"
    r"|\b(?:focus|concentrate|go|based?|judge|match|pick|rank|choose|search|going)(?: more"
    rf"| mostly| mainly| only| just| it| them)*(?: on| by| for) {_dim('b')}(?: (?:only|more"
    r"|mainly|instead))?"
    r"|\b(?:care|bothered|interested)(?: more| most| mostly| mainly| only| really)+ (?:about"
    rf"|in) {_dim('c')}|\bonly care about {_dim('d')}|\b(?:mostly|mainly|only|really|just"
    rf"|do) care about {_dim('l')}|\bi care about {_dim('i')}|\bpriorit(?:y|i[sz]e)"
    rf"(?: is)? {_dim('e')}|\bmore (?:weight|emphasis|focus|attention) (?:on|to) {_dim('j')}"
)
_WEIGH_DOWN = re.compile(
    r"\b(?:don't|do not|doesn't|not|no longer) (?:really |much )?(?:care|mind|bothered|fussed)"
    rf"(?: (?:so |that |too |very )?much| at all)?(?: about| what)? {_dim('f')}(?: is)?"
    rf"|\b{_dim('g')} (?:doesn't|does not|isn't|don't|aren't|is not)(?: really| all)?"
    r"(?: that)? (?:matter|count|important|so important)(?: (?:much|at all|to me|so much))*"
    rf"|\bignore {_dim('h')}|\bless (?:weight|emphasis|focus) on {_dim('k')}"
)
_HELP = re.compile(
    r"^\W*(?:/?help(?: me)?(?: please)?|commands|options|instructions|how (?:do(?:es)? "
    r"(?:i use )?(?:this|it|you)(?: work)?|to use (?:this|you)))\W*$|\bwhat (?:can|could|do) "
    r"(?:you|i|this)(?: actually| even)? (?:do|ask|say|type|help)\b|\bhow (?:do|does|can) (?:i"
    r"|this|it|you) (?:use|work|talk)\b|\bwhat are (?:you able|your (?:features|commands"
    r"|options))\b"
)
_AGAIN = re.compile(
    r"\b(?:show|list|repeat|see|bring back|give|display|have|get)(?: me| us)? (?:(?:¤++|all"
    r"|those|these|them|that|the|your|my|(?:of )?)\s*)*(?P<which>first|last|previous|earlier"
    r"|original|old|same|first list|¤++)? ?(?:lists?|ones|picks|films|movies|suggestions"
    r"|recommendations|five|batch|options|round|¤++)?(?: you (?:gave|showed|suggested|had"
    r"|recommended)(?: me)?)? (?:again|once more|back|one more time|before|first|earlier)\b"
    r"|\b(?:what|which)(?: (?:films?|movies?|ones?))? (?:did|have) you (?:show|showed|suggest"
    r"|suggested|recommend|recommended|give|given|list|say|said|offer)(?: me| us)?(?: "
    r"(?P<when>first|before|earlier|so far|again|already|initially|just now|last time"
    r"|originally))*|\bwhat were (?:those|they|the|your|¤++)(?: \w+){0,3} (?P<were>again"
    r"|before|first)?"
    r"|\b(?:go |take me )?back to (?:the |your |that )?(?P<back>first|previous|last|earlier"
    r"|original|old) (?:list|ones|picks|suggestions|films|batch|results)|\b(?:the )?"
    r"(?:previous|earlier|last|old|first) (?:list|picks|suggestions|results)(?: again"
    r"| please)\b|\beverything you(?:'ve| have)? (?:shown|showed|suggested|recommended)\b"
    r"|\brepeat (?:that|the list|them|those|please|¤++)|^\W*(?:again|repeat)(?: please)?\W*$"
)
_COUNT = re.compile(
    r"\b(?P<ask>give|show|recommend|suggest|list|pick|find|get|send|name|want|need|like|see"
    r"|just|only|top|gimme|maybe|have|a list of|tell|make it|another)(?: me| us)?(?: just"
    r"| only| like| maybe| about| the| your| top| best| a list of| another)* (?P<n>one"
    r"|a single|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|a couple"
    r"(?: of)?|a few|a dozen)\b(?! (?:hours?|minutes?|mins?|years?|kids?|children|star|or|of "
    r"(?:us|my)|more than|about|like that|with|from|set|where|that|year|people|nights?|days?"
    r"|times?|am|pm|and a half|word|%))(?P<noun>(?: [\w'-]+){0,3}? (?:films?|movies?|ideas?"
    r"|picks?|suggestions?|options?|titles?|recommendations?|more|others?|choices|ones"
    r"|flicks))?"
    r"|(?:^|[.,!?;]\s*|\b(?:please|and|but|want)\s+)(?P<n2>one|two|three|four|five|six|seven"
    r"|eight|nine|ten|\d{1,2}) (?:(?:good|great|more|other|different|best|funny|scary|new|old"
    r"|[\w-]+) ){0,2}?(?:films?|movies?|ideas|picks?|suggestions?|options|titles"
    r"|recommendations?|flicks)\b"
)


def commands(scene: Scene) -> list[Finding]:
    """Orders about the conversation itself, none of which names a wish."""
    found: list[Finding] = []
    rules: Sequence[Callable[[Scene], list[Finding]]] = (
        _again, _everything, _forget, _reset, _undo, _lifted, _weigh, _help,
    )  # fmt: skip
    for rule in rules:
        for finding in rule(scene):
            if all(finding.end <= f.start or f.end <= finding.start for f in found):
                found.append(finding)
    return found


def count(scene: Scene) -> tuple[int | None, list[Finding]]:
    """How many films a message asks for, 1 to 20, and where it says so."""
    for match in _COUNT.finditer(scene.sketch):
        word = match["n"] or match["n2"]
        number = _NUMBERS.get(word) or (int(word) if word.isdigit() else 0)
        lone = match["n"] and not match["noun"]
        if lone and not _count_alone(scene, match):
            continue
        if 1 <= number and scene.free(*match.span()) and (MARK not in match.group()):
            start = match.start("n") if match["n"] else match.start("n2")
            return min(number, 20), [Finding(*scene.outward(start, match.end()))]
    return None, []


def _count_alone(scene: Scene, match: re.Match[str]) -> bool:
    """Whether a number without "films" behind it still counts films ("just one", "give me 3")."""
    after = scene.sketch[match.end() :]
    if match["ask"] in _ORDERS and _PLURAL.match(after):
        return True
    if match["ask"] in ("like", "have", "want", "need", "see", "tell", "maybe", "another"):
        return False
    return bool(re.match(r"\s*(?:$|[.,!?;]|please|for|then|instead|tonight|this time)", after))


_ORDERS = frozenset(
    "give show recommend suggest list find pick name get send gimme just only top".split()
)
_PLURAL = re.compile(
    r"\s+(?:[a-z-]+ ){0,2}?(?!hours|minutes|mins|years|days|kids|times|nights)[a-z-]{3,}s\b"
)


def _again(scene: Scene) -> list[Finding]:
    match = _AGAIN.search(scene.sketch)
    if match is None or not scene.reader.turn.shown:
        return []
    words = match.group()
    everything = bool(
        re.search(
            r"\b(?:first|so far|all|everything|earlier|before|original(?:ly)?|initially|old)\b",
            words,
        )
    )
    act = ShowAgain(everything=everything and len(scene.reader.turn.shown) > 1)
    return [Finding(*scene.outward(*match.span()), acts=(act,), intents=("more",))]


def _everything(scene: Scene) -> list[Finding]:
    return [
        Finding(*scene.outward(*m.span()), edits=(Reset(scope="all", words=scene.said(*m.span())),), intents=("reset",))
        for m in _EVERYTHING.finditer(scene.sketch)
    ][:1]  # fmt: skip


def _reset(scene: Scene) -> list[Finding]:
    return [
        Finding(*scene.outward(*m.span()), edits=(Reset(words=scene.said(*m.span())),), intents=("reset",))
        for m in _RESET.finditer(scene.sketch)
    ][:1]  # fmt: skip


def _undo(scene: Scene) -> list[Finding]:
    match = _UNDO_MANY.search(scene.text) or _UNDO.search(scene.text)
    if match is None:
        return []
    said = match["times"] or "1"
    turns = _NUMBERS.get(said) or int(said)
    edit = Undo(turns=max(1, turns), words=scene.said(*match.span()))
    return [Finding(*scene.outward(*match.span()), edits=(edit,), intents=("undo",))]


def _forget(scene: Scene) -> list[Finding]:
    found = []
    for match in _FORGET.finditer(scene.sketch):
        about = _topic(match["about"])
        if not about or MARK in match.group():
            continue
        edit = Forget(about=about, words=scene.said(*match.span()))
        found.append(Finding(*scene.outward(*match.span()), edits=(edit,), intents=("undo",)))
    return found


_CARRIERS = frozenset(
    "no not any the a an my i said that about it thing want wanted films movies film movie more only "
    "just to be is was some of don't like didn't".split()
)


def _topic(words: str) -> str:
    return " ".join(w for w in words.split() if w not in _CARRIERS)


def _lifted(scene: Scene) -> list[Finding]:
    """ "Horror is fine actually", "any length is fine now": takes back what was ruled out."""
    found = []
    for match in [*_ANY.finditer(scene.sketch), *_FINE.finditer(scene.sketch)]:
        said = next((v for k, v in match.groupdict().items() if v), "long")
        start = (
            match.start("about")
            if "about" in match.groupdict() and match["about"]
            else match.start()
        )
        if MARK in match.group() or not _stands(scene.reader.turn.profile.active, said):
            continue
        edit = Forget(about=_LIFTED.get(said, _topic(said)), words=scene.said(start, match.end()))
        found.append(Finding(*scene.outward(start, match.end()), edits=(edit,), intents=("undo",)))
    return found


def _stands(entries: Sequence[Entry], said: str) -> bool:
    """Whether something active in the profile is about what was said."""
    kind = _LIFTED.get(said)
    wanted = {stem(word) for word in fold(said).split() if word not in _CARRIERS}
    for entry in entries:
        content = entry.content
        if isinstance(content, LimitEdit):
            limit = content.limit
            if (kind == "runtime" and isinstance(limit, Runtime)) or (
                kind == "years" and isinstance(limit, Years)
            ):
                return True
            if wanted & _stems(f"{limit.sentence()} {limit.limit}"):
                return True
        elif wanted & _stems(content.words):
            return True
    return False


def _stems(text: str) -> set[str]:
    return {stem(word) for word in fold(text).split()} - _CARRIERS


def _weigh(scene: Scene) -> list[Finding]:
    found = []
    for rule, weight in ((_WEIGH_DOWN, 0.0), (_WEIGH, 2.0)):
        for match in rule.finditer(scene.sketch):
            word = next(v for k, v in match.groupdict().items() if v and k != "how")
            edit = Weigh(dimension=_dimension(word), weight=weight, words=scene.said(*match.span()))
            if all(match.end() <= a or b <= match.start() for a, b, _ in found):
                found.append((match.start(), match.end(), edit))
    return [
        Finding(*scene.outward(a, b), edits=(edit,), intents=("critique",)) for a, b, edit in found
    ]


def _dimension(word: str) -> Dimension:
    if word.startswith(("mood", "vibe", "atmos", "feel", "tone")):
        return "mood"
    return "audience" if word.startswith(("audience", "who")) else "plot"


def _help(scene: Scene) -> list[Finding]:
    match = _HELP.search(scene.text)
    if match is None:
        return []
    return [Finding(*scene.outward(*match.span()), acts=(Chat(about="help"),), intents=("help",))]
