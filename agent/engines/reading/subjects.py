"""What a film is about: "about chess", "set in Tokyo", "no zombies", "enough superheroes"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....ingest.facets import subject_words
from ....ingest.limits import Condition, Subjects
from ...edits import Edit, LimitEdit, Wish
from .message import Finding, Message, Reader
from .spots import Spot, apart, before, spots
from .words import words_of

_STOP = (
    r"(?=\s*(?:$|[.,;!?()\n]|\b(?:but|(?:that|which|who) (?:isn't|aren't|doesn't|don't"
    r"|won't|is not|are not)|and (?:not|no|preferably|ideally|something|it|i|we|make|also"
    r"|nothing|under|less|from|with|maybe)|or something|that's|that is|that are|which"
    r"|please|pls|under|over|less than|no longer|not|without|from the|from (?:19|20)"
    r"|starring|directed by|with (?:a|an|some|lots|no|my|the kids|subtitles)"
    r"|for (?:someone|somebody|people|anyone|my|the"
    r"|a|tonight|kids|me|us|this|date)|tonight|because|since|i|we|if|preferably|ideally"
    r"|maybe|thanks|in (?:english|french|spanish|black|colou?r)|instead|though|too(?! far"
    r"| much| late)|like|where nobody|made|nothing|no|similar)\b))"
)
_SUBJECT = re.compile(
    rf"(?<![\w'-])(?:(?:(?:the )?(?:story|stories|tale|tales|film|movie|films|movies"
    rf"|something|anything|one|ones|stuff|is|are|that's|all|it's|more)\s+)*(?:about"
    rf"|on the subject of|on the topic of|dealing with|deals with|that explores|exploring"
    rf"|concerning|revolv(?:es|ing) around|centred? (?:on|around)|centered (?:on|around)"
    rf"|focus(?:es|ed|ing)? on|involving|featuring|to do with))\s+(?P<about>(?!(?:me|you|us"
    rf"|it|that|this|them|what|how long|time|anything|everything|\d+ ?(?:min|hour)|an hour"
    rf"|two hours|half)\b)[^.,;!?()\n]{{2,80}}?){_STOP}"
    rf"|(?<![\w'-])(?:(?:that (?:is|takes? place)|which is|something|film|movie|one|stories"
    rf"|it's|is|it has to be) )*(?:set|taking place|takes place|happening|filmed|shot"
    rf"|located)\s+(?P<set>(?:in|on|at|during|around|under|aboard|near"
    rf"|over)\s+[^.,;!?()\n]{{2,60}}?){_STOP}"
    rf"|(?<![\w'-])where (?P<where>(?:nothing|nobody|no one|everyone|everybody|everything"
    rf"|people|women|men|characters|strangers)\s+[^.,;!?()\n]{{3,60}}?){_STOP}"
    rf"|(?<![\w'-])(?P<based>(?:based on|adapted from|adaptations? of|inspired by"
    rf"|from) (?:an? |the |some |real |one of )*(?:true (?:stor(?:y|ies)|events?)"
    rf"|real (?:life |events?|stor(?:y|ies)|people)[\w ]{{0,12}}|actual events?"
    rf"|life of [\w ]{{2,24}}|books?|novels?|comics?|comic books?|graphic novels?|plays?"
    rf"|video ?games?|short stor(?:y|ies)|best-?sellers?)|true stor(?:y|ies)"
    rf"|real[- ]life stor(?:y|ies)|book adaptations?)(?:[\w ]{{0,24}}?{_STOP})?"
)
_MINDED = re.compile(
    r"\b(?:anxious|worried|worry|nervous|stressed|stressing|upset|sad|angry|mad|happy|excited|think"
    r"|thinking|thought|talk|talking|talked|know|knows|sure|care|heard|hear|forget|forgot|moaning"
    r"|complaining|crying|reading|curious|feel|feeling|rant|ranting|lied|argued|arguing|fought"
    r"|asked|told|how|what|serious|wondering|picky|fussy|weird|bad|guilty|crazy|wild"
    r"|thrilled)(?: all| so| much| more)*\s*$"
)
_LEAD = re.compile(
    r"^(?:a|an|the|some|any|my|his|her|their|people who|someone who|somebody who|how"
    r"|what it's like to be|being|having)\s+"
)
_PLAIN_NOUN = (
    r"(?P<noun>[^\W\d_][\w'-]{2,}(?:[ -](?!(?:films?|movies?|stuff|please|and|or|but|in"
    r"|with|this|that|at|for|either|ever|again|tonight|thanks|type|kind|flicks?|scenes?"
    r"|stories|story|plots?|theme[ds]?|endings?|today|involved|there|elements?|is"
    r"|are)\b)[^\W\d_][\w'-]{2,})?)"
)
_REFUSED = re.compile(
    rf"(?<![\w'-])(?<!\bwho )(?<!\bknow )(?<!\bknows )"
    rf"(?:no|nothing (?:about|with|involving|featuring|on|to do with"
    rf"|set in)|without(?: any| the)?|anything (?:but|except|about)|not (?:about|another"
    rf"|any more|set in|with)|(?:i'm |i am |we're )?(?:so |all )?(?:done|had it) with"
    rf"|(?:sick|tired|bored|weary|fed up) (?:of|with)(?: all| these"
    rf"| the)*|(?:had |have |seen )?(?:quite )?enough(?: of| with)?(?: the| these| all)*"
    rf"|avoid(?:ing)?|hate|hates|can't stand|don't (?:like|want|need|do|care for)(?: any"
    rf"| to see| films about| movies about| anything about| anything with| stuff about)*"
    rf"|except(?: for)?|minus(?: the)?|skip(?: the)?|(?:scared|afraid|terrified) of"
    rf"|phobia of|triggered by|no more|zero|hold the|never anything (?:about|with)"
    rf"|please no|too many|over)\s+(?:any |the |those |all |these |more |films about "
    rf"|movies about |another |stupid |bloody |damn |fucking |annoying )*{_PLAIN_NOUN}"
)
_MORE = re.compile(rf"\s*(?:,|,? ?(?:or|nor|and|&)(?: no| any)?)\s+{_PLAIN_NOUN}")
_NOT_SUBJECTS = words_of("""
    idea ideas plot plots story
    problem problems rush worries spoiler spoilers thanks thank preference
    preferences one matter doubt way more less longer other others need want limit limits reason
    clue time energy money particular order strings offence offense pressure hurry film films
    movie movies stuff thing things it that this them these those you me us him her watch see
    think know have get mind like care worry bother feel just really too very so any all
    anything everything nothing something much many repeats repeat chance luck fan big small
    good bad great best kids children subtitle subtitles sequel sequels remakes remake prequels
    series show shows tv netflix cinema mood what where when who whom why how else even ever
    appetite patience stomach desire ready
    give gimme show suggest recommend find tell bring let try pick maybe rather instead
    never again yet only both each every some such same own there here now then still right sure
    okay thinking being doing making watching seeing going looking asking talking list lists
    suggestions recommendations work working day days week weeks today life people world thanks
    please the and but for with not mine yours hers ours theirs
""")
_BROAD = words_of("love life death family men women man woman friendship home time world")


def recognise(message: Message, reader: Reader) -> list[Finding]:
    """Wishes for what the plot is about, where the message says "about", "set in", "based on"."""
    return apart(list(_wanted(message)))


def recognise_refused(message: Message, reader: Reader) -> list[Finding]:
    """Limits on subjects: "no zombies", "enough superheroes"."""
    return apart(list(_unwanted(message, reader)))


def _wanted(message: Message) -> Iterator[Finding]:
    for spot in spots(message, _SUBJECT):
        sense = spot.polarity
        if sense.against or sense.exempted or _of_the_user(spot):
            continue
        text = _subject_text(spot)
        if text:
            wish = Wish(text=text, dimension="plot", words=spot.words)
            yield Finding(spot.start, spot.end, (wish,))


def _of_the_user(spot: Spot) -> bool:
    """Whether it is said of somebody's mind or talk: "I'm anxious about my exam"."""
    lead = before(spot) if spot.match["about"] else ""
    return re.match(r"about\b", spot.match.group()) is not None and bool(_MINDED.search(lead))


def _subject_text(spot: Spot) -> str:
    about, place = spot.match["about"], spot.match["set"]
    if spot.match["where"]:
        return spot.match["where"].strip()
    if about is None:
        return f"set {place.strip()}" if place else spot.match["based"].strip()
    return _LEAD.sub("", about.strip()).strip(" -'\"")


def _unwanted(message: Message, reader: Reader) -> Iterator[Finding]:
    for spot in spots(message, _REFUSED):
        yield from _named(spot, spot.match.start("noun"), spot.match["noun"], reader)
        until = spot.match.end()
        while more := _MORE.match(message.plain.text, until):
            yield from _named(spot, more.start("noun"), more["noun"], reader)
            until = more.end()


def _named(spot: Spot, at: int, noun: str, reader: Reader) -> Iterator[Finding]:
    """A refused noun, as a limit where the catalogue has films about it."""
    message = spot.message
    start, end = message.plain.span(at, at + len(noun))
    words = noun.split()
    if words[0] in _NOT_SUBJECTS or not message.free(start, end):
        return
    if message.plain.text[:at].endswith(("hate ", "like ")) and words[0] in {"films", "movies"}:
        return
    meant = message.text[spot.start : end]
    for text in (noun, words[0]):
        if known_subject(text, reader):
            stop = message.plain.span(at, at + len(text))[1]
            yield Finding(start, stop, _refusal(text, meant, spot))
            return
    yield Finding(start, end, (Wish(text=noun, dimension="plot", avoid=True, words=meant),))


def _refusal(text: str, meant: str, spot: Spot) -> tuple[Edit, ...]:
    if text in _BROAD:
        return (Wish(text=text, dimension="plot", avoid=True, words=meant),)
    limit = Subjects(none_of=(text,))
    return (LimitEdit(limit=limit, words=meant, lasting=spot.polarity.lasting),)


def known_subject(text: str, reader: Reader) -> bool:
    """Whether some item of the catalogue is about this."""
    stems = subject_words(text)[:1]
    if not stems:
        return False
    return reader.catalogue.count([Condition(facet="subjects", operation="any", values=stems)]) > 0
