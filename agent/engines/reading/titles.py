"""Which words of a message are titles of films.

The catalogue's index proposes every place where a title may stand; this module decides. A title
counts when it is written like one (quoted, capitalised, with its year, made of uncommon words)
or stands where a title belongs: after "loved", "seen", "something like", before "was great".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ....ingest.item import Item, fold
from ....ingest.limits import LANGUAGES
from ....ingest.titles import Mention as Candidate
from ....ingest.titles import TitleMatch
from ...edits import ItemRef
from .feelings import cues
from .scene import FILM, LINK, Mention, Scene
from .words import ORDINARY

# Titles that are function words: in lower case they are never titles.
_LITTLE = frozenset(
    "it her him us them me you he she they we this that these those his hers i x m a the if who what "
    "why how when where so no yes up down now here there then more once one two nine all some any "
    "none ok us".split()
)  # fmt: skip
# Of these, the ones that no sentence begins with: "Her was great" can only be the film.
_NEVER_SUBJECTS = frozenset("her him us me them up".split())
_ASKED = re.compile(
    
r"(?:(?:have|'ve|has) (?:you|u) (?:got|seen|heard (?:of|about))|(?:do|did) you (?:have"
r"|know|like|see|stock|recommend)|you know|got|is|was|are|were|does|did|what about"
r"|how about|who(?:'s| is| was| are)?(?: the)? (?:in|made|directed|stars? in|plays in"
r"|wrote|behind)|(?:director|cast|plot|story|runtime|length|ending|rating|year|star|stars"
r"|actors?) (?:of|in|for)|(?:tell|remind) (?:me|us)(?: more| something| a bit)? about"
r"|what do you know about|know (?:anything )?about|(?:info|details|more|anything) (?:on"
r"|about)|how long (?:is|was)|when (?:was|did|is)|why(?: did you (?:pick|suggest|recommend"
r"|choose))?|what(?:'s| is| was| happens)(?: in)?|heard of|called|titled|named|compare"
r"|between|or|than|vs|versus|and|with|from|of|in|about|for|by|not|no|but|forget|i said"
r"|i meant|mean|meant|think of|thought of|maybe|say|try)\s+$"

)  # fmt: skip
_INTRO = (
    r"\s*:?\s+(?:(?:both|also|the (?:movie|film|original|first|old|new|one)|movies? (?:like"
    r"|such as|called)|films? (?:like|such as|called)|called|titled|named|all of|most of|maybe"
    r"|say|e\.g\.|for example)\s+)?$"
)
_ENDS = re.compile(
    r"(?:'s)?\s*(?:$|[.,;:!?)\]…*_\"/&+-]|(?:and|or|but|again|too|also|though|yesterday|last"
    r"|because|when|for|with|so|ten|many|at|on|in|as|from|by|if|as well|please|already|twice"
    r"|instead|tonight|a lot|very much|so much|was|is|were|are|sucked|bored|rocks|ages"
    r"|recently|both|where|meets|crossed|to|would|can|could|thx|thanks|lol|i|we|my|which|it"
    r"|that|who|since|before|\d+ times|is|isn't|wasn't|didn't|than|just|really|except|without"
    r"|only|minus|set|funnier|darker|shorter|lighter|yet|have|any|ok|suitable|scary|good"
    r"|better)\b|¤|👍|👎|❤|😍|<3)"
)
_YEAR_BEHIND = re.compile(
    r"\s*[,(]?\s*(?:from |of |the )?((?:18|19|20)\d\d)(?: (?:one|version|film|movie|remake"
    r"|original|adaptation))?\b\)?"
)
_YEAR_AHEAD = re.compile(r"\b((?:18|19|20)\d\d) (?:version of |film )?$")
_ERA = re.compile(
    r"\b(?:(?P<new>new|newer|newest|latest|recent|remake of(?: the)?|remade|modern|reboot of"
    r"(?: the)?)|(?P<old>old|older|original|first|classic)|(?P<drawn>animated|cartoon|drawn)|"
    r"(?P<live>live[- ]action))(?: one| version of| film| movie)?\s*$"
)
_BEHIND = re.compile(
    r"^\s*,?\s*(?:the )?\(?(?:(?P<new>new|newer|newest|latest|recent|remake)|(?P<old>old|older"
    r"|original|first)|(?P<drawn>animated|cartoon)|(?P<live>live[- ]action))\)? ?(?:one"
    r"|version|film|movie|cartoon)?\)?(?=\s*(?:$|[.,!?)]))"
)
_QUOTED = re.compile(
    r"\"([^\"\n]{1,80})\"|(?<![\w'])'([A-Z0-9][^'\n]{1,60})'(?!\w)|(?<!\*)\*([^*\n]{1,80})\*"
    r"(?!\*)|(?<![\w_])_([^_\n]{1,80})_(?![\w_])"
)
_NOUN_PHRASE = re.compile(
    r"\s*:?\s+(?:(?:both|also|the (?:movie|film)|movies? like|films? like)\s+)?"
    r"(?P<name>[\w'&:.!-]+(?:\s+[\w'&:.!-]+){0,7}?)(?=\s*(?:$|[.,;!?()¤…]|\s(?:and|or|but"
    r"|because|so|with|when|where|though|again|too|as well|yesterday|last night|last week"
    r"|tonight|a lot|so much|very much|already|for|is|was|were|are|bored|sucked|without|only"
    r"|minus|in the|on the|if|since|by)\b))"
)
_ALSO = re.compile(rf"{FILM}{LINK}$")


_ADJECTIVES = frozenset({"i", *(fold(name) for name in LANGUAGES.values())}) | frozenset(
    "american british scottish australian mexican brazilian indian chinese scandinavian nordic".split()
)


@dataclass(frozen=True)
class Spot:
    """A candidate with how sure it is to be a title before its place is looked at."""

    candidate: Candidate
    strong: bool


def titles(scene: Scene) -> list[Mention]:
    """Mark the titles in a message: sure ones first, then those that stand in a title's place."""
    text = scene.message.text
    spots = _spots(scene)
    sure = [spot for spot in spots if spot.strong]
    scene.add([_mention(scene, spot.candidate) for spot in sure])
    for spot in spots:
        if not spot.strong and _in_place(scene, spot.candidate):
            scene.add([_mention(scene, spot.candidate)])
    scene.add([m for m in _quoted(scene) if _apart(m.start, m.end, scene.mentions)])
    for mention in [*_guessed(scene, text)]:
        if _apart(mention.start, mention.end, scene.mentions):
            scene.add([mention])
    return scene.mentions


def _apart(start: int, end: int, others: Iterable[Mention]) -> bool:
    return all(end <= other.start or other.end <= start for other in others)


# --- candidates -------------------------------------------------------------------------------


def _spots(scene: Scene) -> list[Spot]:
    text, catalogue = scene.message.text, scene.reader.catalogue
    named = [m for m in catalogue.people.person_mentions(text) if m.full or m.capitalised]
    plainly = _written_plainly(text)
    spots = []
    for candidate in catalogue.titles.mentions(text):
        if any(
            n.start <= candidate.start and candidate.end <= n.end
            and n.end - n.start > candidate.end - candidate.start
            for n in named
        ):  # fmt: skip
            continue
        spots.append(Spot(candidate, _strong(scene, candidate, plainly)))
    return spots


def _written_plainly(text: str) -> bool:
    """Whether capitals mean something: the text is neither shouted nor in headline case."""
    words = re.findall(r"[^\W\d_]+", text)
    capital = sum(word[0].isupper() for word in words)
    return not words or (capital <= max(4, 0.6 * len(words)) and not text.isupper())


def _strong(scene: Scene, candidate: Candidate, plainly: bool) -> bool:
    folded = fold(candidate.text)
    if candidate.quoted or candidate.year is not None:
        return True
    if _stands_alone(scene, candidate):
        return folded not in _LITTLE and (
            candidate.capitalised or not candidate.common or _opens_capital(candidate)
        )
    if _named_alone(scene.message.text, candidate) and folded not in _LITTLE:
        return True
    if candidate.capitalised and plainly:
        return not (candidate.common and _in_longer_name(scene.message.text, candidate))
    return not candidate.common and (candidate.whole or candidate.capitalised)


def _capital(scene: Scene, candidate: Candidate) -> bool:
    """Whether a capital inside a sentence marks a title."""
    if candidate.capitalised:
        return True
    before = scene.message.text[: candidate.start].rstrip(" \"'*_(")
    inside = bool(before) and before[-1] not in ".!?\n:"
    return inside and candidate.text[:1].isupper() and _written_plainly(scene.message.text)


def _opens_capital(candidate: Candidate) -> bool:
    return candidate.text[:1].isupper() or candidate.text[:1].isdigit()


def _stands_alone(scene: Scene, candidate: Candidate) -> bool:
    """Whether a message consists of the title only."""
    text = scene.message.text
    rest = (text[: candidate.start] + " " + text[candidate.end :]).lower()
    return not re.sub(
        r"\b(?:please|maybe|the|a|movie|film|um+|hmm+|well|ok|yes|thanks)\b|[\W_]+", "", rest
    )


def _named_alone(text: str, candidate: Candidate) -> bool:
    """Whether a sentence only names a film to speak of it next: "Drive? Loved it."."""
    before, after = text[: candidate.start].rstrip(), text[candidate.end :]
    opens = not before or before[-1] in ".!?\n"
    return opens and candidate.text[:1].isupper() and re.match(r"\s*[?:] *\w", after) is not None


def _in_longer_name(text: str, candidate: Candidate) -> bool:
    """Whether capitals around a one-word title make it a part of another name ("Big Mac")."""
    before = re.search(r"([A-Z][\w']*)[ -]$", text[: candidate.start])
    after = re.match(r"[ -]([A-Z][\w']*)", text[candidate.end :])
    opens = before is not None and not text[: before.start()].strip()
    named = before is not None and not opens and before.group(1).casefold() not in _ADJECTIVES
    return after is not None or named


# --- places where titles stand ----------------------------------------------------------------


def _in_place(scene: Scene, candidate: Candidate) -> bool:
    """Whether a doubtful title stands in a title's slot."""
    start, end = scene.inward(candidate.start, candidate.end)
    if fold(candidate.text) in _LITTLE and not _capital(scene, candidate):
        if fold(candidate.text) in _NEVER_SUBJECTS and candidate.text[:1].isupper():
            return _predicate_follows(scene, start, end)
        return fold(candidate.text) in ("up", "once") and _right_after_cue(scene, start, end)
    if _predicate_follows(scene, start, end):
        return True
    if not _ENDS.match(scene.text, end):
        return False
    return _right_after_cue(scene, start, end) or _asked_about(scene, candidate, start)


def _right_after_cue(scene: Scene, start: int, end: int) -> bool:
    sketch = scene.sketch[:start] + "¤" * (end - start) + scene.sketch[end:]
    if _ALSO.search(sketch[:start]) and _governed(sketch, start):
        return True
    return any(
        cue.side == "after" and cue.end <= start and re.fullmatch(_INTRO, sketch[cue.end : start])
        for cue in cues(sketch[:end])
    )


def _governed(sketch: str, start: int) -> bool:
    """Whether the film that a list continues stands in a slot itself."""
    head = re.search(rf"(?:{FILM}{LINK})+$", sketch[:start])
    if head is None:
        return False
    return any(
        cue.side == "after" and cue.end <= head.start() and head.start() - cue.end < 25
        for cue in cues(sketch[:start])
    )


def _predicate_follows(scene: Scene, start: int, end: int) -> bool:
    """Whether a title opens a clause and something that is said of films follows."""
    opens = re.search(
        r"(?:^|[.,;!?:(]|\b(?:and|but|that|because|think|thought|¤))\s*(?:the )?$",
        scene.sketch[:start],
    )
    if opens is None:
        return False
    sketch = scene.sketch[:start] + "¤" * (end - start) + scene.sketch[end:]
    return any(cue.side == "before" and cue.start == end for cue in cues(sketch))


def _asked_about(scene: Scene, candidate: Candidate, start: int) -> bool:
    """Whether a question or a list puts a film there; only a capital makes that enough."""
    asked = _ASKED.search(scene.sketch[:start])
    if asked is None:
        return False
    known = asked.group().strip()
    capital = candidate.text[:1].isupper()
    return (
        capital
        or known in _SURE_QUESTIONS
        or known.startswith(
            (
                "have you",
                "'ve you",
                "do you know",
                "tell",
                "what do you know",
                "who",
                "how long is",
                "is ",
                "called",
                "titled",
            )
        )
    )


_SURE_QUESTIONS = frozenset({"heard of", "called", "titled", "named"})


# --- names that the index did not propose ------------------------------------------------------


def _quoted(scene: Scene) -> Iterator[Mention]:
    """Quoted names that are misspelt titles, or unknown ones where a title belongs."""
    for match in _QUOTED.finditer(scene.message.text):
        group = next(g for g in (1, 2, 3, 4) if match[g] is not None)
        span = match.span(group)
        name = match[group].strip()
        near = _near(scene, name)
        if near:
            yield _known(scene, span, near, None)
        elif re.match(r"[A-Z0-9]", name) and len(name) > 1:
            yield Mention(*span, (ItemRef(title=name),), "unknown")


def _guessed(scene: Scene, text: str) -> Iterator[Mention]:
    """Misspelt and unknown titles behind words that want a film ("loved Zorblax 9")."""
    people = scene.reader.catalogue.people
    for cue in cues(scene.sketch):
        wants = cue.side == "after" and cue.kind in ("feeling", "anchor")
        phrase = _next_phrase(scene.sketch, cue.end) if wants else None
        while phrase is not None:
            span = scene.outward(*phrase.span("name"))
            said = text[span[0] : span[1]]
            near = _near(scene, said) if _could_be_title(said) else []
            if near:
                yield _known(scene, span, near, None)
            elif _named_like_a_film(said, scene, cue.start, cue.end) and not people.find_person(
                said
            ):
                year = _YEAR_BEHIND.match(text, span[1])
                end = year.end() if year else span[1]
                ref = ItemRef(title=said, year=int(year.group(1)) if year else None)
                yield Mention(span[0], end, (ref,), "unknown")
            link = re.compile(LINK).match(scene.sketch, phrase.end("name"))
            phrase = _next_phrase(scene.sketch, link.end() - 1) if link else None


_LISTED = re.compile(rf"\s+{FILM}{LINK}(?:{FILM}{LINK})*")


def _next_phrase(sketch: str, place: int) -> re.Match[str] | None:
    """The noun phrase at a place, or behind the films listed there."""
    listed = _LISTED.match(sketch, place)
    return _NOUN_PHRASE.match(sketch, listed.end() - 1 if listed else place)


def _could_be_title(said: str) -> bool:
    """Whether a phrase may be a misspelt title: long enough, with a word that is not everyday."""
    words = fold(said).split()
    return len("".join(words)) >= 5 and any(word not in ORDINARY for word in words)


_PAST = re.compile(
    r"(?:loved|liked|hated|enjoyed|adored|seen|saw|watched|disliked|loathed|despised|detested"
    r"|during|rewatched|caught|walked out|gave up|asleep in)\b"
)
_NOT_NAMES = re.compile(
    r"^(?:i|i'm|i'd|the|a|an|it|this|that|these|those|my|your|everything|everyone|all|some"
    r"|most|many|anything|nothing|english|french|german|italian|spanish|japanese|korean"
    r"|chinese|indian|british|american|russian|swedish|danish|netflix|imax|tv|dvd|christmas"
    r"|halloween|easter|monday|tuesday|wednesday|thursday|friday|saturday|sunday|ok|god|lol"
    r"|omg)(?:\s+(?:\w+)?)?$",
    re.I,
)


def _named_like_a_film(said: str, scene: Scene, start: int, end: int) -> bool:
    """Whether a phrase that no title matches is written like a title where one belongs.

    Behind a past tense ("loved", "seen") one capital is enough; elsewhere ("like …") the
    phrase has to be all capitals or carry a number, for people love places and brands as well.
    """
    words = said.split()
    text = scene.message.text
    if not words or _NOT_NAMES.match(said) or not _written_plainly(text):
        return False
    titled = [w for w in words if w[0].isupper() or w[0].isdigit()]
    if not words[0][0].isupper() or len(titled) * 2 < len(words):
        return False
    past = _PAST.search(scene.sketch, start, end) is not None
    return past or any(w[0].isdigit() for w in words[1:])


def _near(scene: Scene, name: str) -> list[TitleMatch]:
    """Titles that a name may be, spelt right or wrong; only the best and its equals."""
    catalogue = scene.reader.catalogue
    found = [m for m in catalogue.titles.find(name) if m.exact] or catalogue.titles.fuzzy(name)
    return [match for match in found if match.score >= found[0].score - 0.5]


# --- from candidates to references ------------------------------------------------------------


def _mention(scene: Scene, candidate: Candidate) -> Mention:
    exact = [match for match in candidate.matches if match.exact]
    matches = exact or list(candidate.matches)
    top = [match for match in matches if match.score >= matches[0].score - 0.5]
    return _known(scene, (candidate.start, candidate.end), top, candidate.year)


def _known(
    scene: Scene, span: tuple[int, int], matches: Sequence[TitleMatch], year: int | None
) -> Mention:
    """A mention of films of the catalogue: narrowed by year, era, people and the lists shown."""
    text = scene.message.text
    start, end = span
    behind = _YEAR_BEHIND.match(text, end)
    if behind and (year is not None or _year_of(matches, int(behind.group(1)))):
        end, year = behind.end(), year or int(behind.group(1))
    ahead = _YEAR_AHEAD.search(text[:start].lower())
    if year is None and ahead and _year_of(matches, int(ahead.group(1))):
        start, year = ahead.start(), int(ahead.group(1))
    if year is not None:
        chosen = [m for m in matches if m.year is not None and abs(m.year - year) <= 1]
    else:
        items = scene.reader.catalogue.get(match.id for match in matches)
        known = [items[m.id] for m in matches if m.id in items]
        (start, end), chosen = _settled(scene, (start, end), known, matches)
    return _refer(scene, (start, end), chosen or list(matches), year)


def _refer(
    scene: Scene, span: tuple[int, int], matches: Sequence[TitleMatch], year: int | None
) -> Mention:
    said = scene.message.text[span[0] : span[1]].strip()
    ids = tuple(match.id for match in matches)
    titles = {match.title for match in matches}
    if len(matches) == 1:
        known = matches[0]
        ref = ItemRef(title=known.title, year=known.year)
    elif len(titles) == 1:
        ref = ItemRef(title=matches[0].title, year=year)
    else:
        ref = ItemRef(title=said, year=year)
    return Mention(*span, (ref,), "title", ids)


def _year_of(matches: Sequence[TitleMatch], year: int) -> bool:
    return any(match.year is not None and abs(match.year - year) <= 1 for match in matches)


def _settled(
    scene: Scene, span: tuple[int, int], items: Sequence[Item], matches: Sequence[TitleMatch]
) -> tuple[tuple[int, int], list[TitleMatch]]:
    """The matches that the words around a title leave, and the span with those words.

    All matches stay when nothing decides.
    """
    if len(matches) < 2:
        return span, list(matches)
    span, fits = _by_era(scene, span, items)
    if not fits:
        span, fits = _by_people(scene, span, items)
    shown = {id_ for ids in scene.reader.turn.shown for id_ in ids}
    kept = {item.id for item in fits or [item for item in items if item.id in shown]}
    return span, [match for match in matches if match.id in kept] or list(matches)


def _by_era(
    scene: Scene, span: tuple[int, int], items: Sequence[Item]
) -> tuple[tuple[int, int], list[Item]]:
    """The items of the era or kind that is named beside a title: "the new …", "… (the cartoon)"."""
    text = scene.message.text.lower()
    ahead, behind = _ERA.search(text[: span[0]]), _BEHIND.match(text[span[1] :])
    said = ahead or behind
    dated = sorted((item for item in items if item.year), key=lambda item: item.year or 0)
    if said is None or not dated:
        return span, []
    start = ahead.start() if ahead else span[0]
    end = span[1] + behind.end() if behind and not ahead else span[1]
    return (start, end), _of_era(said, items, dated)


def _of_era(said: re.Match[str], items: Sequence[Item], dated: list[Item]) -> list[Item]:
    if said["new"]:
        return dated[-1:]
    if said["old"]:
        return dated[:1]
    drawn = [item for item in items if "Animation" in item.genres]
    return drawn if said["drawn"] else [item for item in items if item not in drawn]


def _by_people(
    scene: Scene, span: tuple[int, int], items: Sequence[Item]
) -> tuple[tuple[int, int], list[Item]]:
    """The items whose director or actors are named right beside a title: "Lynch's …", "… by Lynch"."""
    people = {
        item.id: {fold(name).split()[-1] for name in (*item.directors, *item.cast) if fold(name)}
        for item in items
    }
    for start, end, words in _beside(scene.message.text, span):
        named = {w for word in words for w in (word, word.removesuffix("s"))}
        fits = [item for item in items if people[item.id] & named]
        if fits:
            return (start, end), fits
    return span, []


_BY = re.compile(
    r"\s*,?\s*\(?(?:by|from|with|directed by|starring|of)\s+([\w'-]+(?: [\w'-]+){0,2})\)?"
)
_WHOSE = re.compile(r"((?:[\w-]+ ){0,2}[\w-]+)(?:'s?|’s?)? $")


def _beside(text: str, span: tuple[int, int]) -> Iterator[tuple[int, int, list[str]]]:
    """Spans of the title with the words behind "by" or the possessor in front, and those words."""
    behind, ahead = _BY.match(text, span[1]), _WHOSE.search(text[: span[0]])
    if behind:
        words = behind.group(1).split()
        for count in range(len(words), 0, -1):
            end = behind.start(1) + len(" ".join(words[:count]))
            yield span[0], end, [fold(words[count - 1])]
    if ahead:
        last = re.search(r"(?:[A-Z][\w-]+ )?[\w'’-]+ $", text[: span[0]])
        yield (last.start() if last else span[0]), span[1], [fold(ahead.group(1).split()[-1])]
