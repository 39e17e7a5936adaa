"""Kinds of film: how people name them, and the genres that they stand for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of film: how people say it, and the genres it stands for (all of them together).

    ``names`` has, per genre, the folded names that catalogues use for it. ``text`` is what the
    genres leave unsaid, as a wish; ``soft`` kinds are only wished for, never demanded.
    """

    pattern: str
    names: tuple[tuple[str, ...], ...]
    text: str = ""
    soft: bool = False


_COMEDY, _DRAMA, _ROMANCE = ("comedy",), ("drama",), ("romance",)
_HORROR, _CRIME, _MYSTERY = ("horror",), ("crime",), ("mystery",)
_ACTION, _ANIMATION, _THRILLER = ("action",), ("animation",), ("thriller",)
_SCIFI = ("science fiction", "sci fi", "scifi")
_DOCUMENTARY, _MUSICAL = ("documentary",), ("musical", "music")
_HISTORY, _BIOGRAPHY, _SPORT = ("history",), ("biography",), ("sport", "sports")
_NOIR, _WAR, _WESTERN = ("film noir", "noir"), ("war",), ("western",)
_FANTASY, _ADVENTURE, _FAMILY = ("fantasy",), ("adventure",), ("family", "children")

_F = r"(?:films?|movies?|flicks?|pictures?|cinema|stuff|ones?)"
KINDS: tuple[Kind, ...] = (
    Kind(
        r"rom-?coms?|rom coms?|romantic[- ]comed(?:y|ies)|romance comed(?:y|ies)",
        (_ROMANCE, _COMEDY),
    ),
    Kind(r"dramed(?:y|ies)|tragi-?comed(?:y|ies)|comedy[- ]dramas?", (_DRAMA, _COMEDY)),
    Kind(r"(?:dark|black) (?:humou?r )?comed(?:y|ies)", (_COMEDY,), "black comedy"),
    Kind(r"mockumentar(?:y|ies)", (_COMEDY,), "mockumentary"),
    Kind(
        r"rockumentar(?:y|ies)|(?:music|concert) documentar(?:y|ies)|concert films?",
        (_DOCUMENTARY,),
        "music concert",
    ),
    Kind(r"nature documentar(?:y|ies)", (_DOCUMENTARY,), "nature"),
    Kind(r"screwball(?: comed(?:y|ies))?", (_COMEDY,), "screwball comedy"),
    Kind(r"spoofs?|parod(?:y|ies)", (_COMEDY,), "parody spoof"),
    Kind(r"satires?", (_COMEDY,), "satire", soft=True),
    Kind(r"sit-?coms?|stand-?ups?", (_COMEDY,), soft=True),
    Kind(r"sci-?fi|sci fi|science[- ]fiction|sf(?= )|spec(?:ulative)? fiction", (_SCIFI,)),
    Kind(r"space operas?", (_SCIFI,), "space opera"),
    Kind(r"spaghetti westerns?", (_WESTERN,), "spaghetti western"),
    Kind(rf"westerns?|cowboy {_F}", (_WESTERN,)),
    Kind(
        r"neo-?noirs?|neo noirs?|(?:(?<=scandi )|(?<=nordic )|(?<=tech ))noirs?",
        (_CRIME,),
        "neo-noir",
        soft=True,
    ),
    Kind(r"films? noirs?|noirs?(?: films?)?", (_NOIR,)),
    Kind(
        r"whodunn?its?|murder myster(?:y|ies)|whodunn?it myster(?:y|ies)",
        (_MYSTERY,),
        "whodunit murder mystery",
    ),
    Kind(rf"detective (?:stor(?:y|ies)|{_F})", (_MYSTERY,), "detective", soft=True),
    Kind(r"myster(?:y|ies)", (_MYSTERY,)),
    Kind(rf"slashers?(?: {_F})?", (_HORROR,), "slasher"),
    Kind(r"horrors?|horror[- ]ish", (_HORROR,)),
    Kind(rf"monster {_F}|creature features?", (_HORROR,), "monster", soft=True),
    Kind(r"psychological thrillers?", (_THRILLER,), "psychological thriller"),
    Kind(r"thrillers?|thrillery", (_THRILLER,)),
    Kind(rf"gangster {_F}|mob {_F}|mafia {_F}", (_CRIME,), "gangsters mafia", soft=True),
    Kind(rf"true[- ]crime(?: {_F}| stor(?:y|ies))?", (_CRIME,), "true crime", soft=True),
    Kind(
        rf"crime(?= (?:{_F}|dramas?|thrillers?|comed(?:y|ies)|caper|capers|sagas?|epics?"
        rf"|stor(?:y|ies)|or|and|please|tonight|with)\b|\s*[.,!?/]|\s*$)(?: (?:{_F}|capers?"
        rf"|sagas?|stor(?:y|ies)))?",
        (_CRIME,),
    ),
    Kind(rf"live[- ]action(?: {_F})?", (), "live action"),
    Kind(rf"action(?:er|ers|y)?(?![- ](?:packed|figures?|heroes|hero|plan))(?: {_F})?", (_ACTION,)),
    Kind(
        rf"martial arts?(?: {_F})?|kung[- ]?fu(?: {_F})?",
        (_ACTION,),
        "martial arts kung fu",
        soft=True,
    ),
    Kind(r"stop[- ]motions?(?: animations?)?|clay-?mations?", (_ANIMATION,), "stop motion"),
    Kind(
        rf"(?:computer[- ]|hand[- ]drawn |cgi )?(?:animation|animations|animated|cartoons?"
        rf"|cartoony|toons?)(?: {_F}| features?)?",
        (_ANIMATION,),
    ),
    Kind(rf"bio-?pics?|biograph(?:y|ies|ical)(?: {_F})?|life stor(?:y|ies) of", (_BIOGRAPHY,)),
    Kind(r"docu(?:mentar(?:y|ies)|s|-?dramas?)?|documentar(?:y|ies)|docos?|docs?", (_DOCUMENTARY,)),
    Kind(r"musicals?|sing-?alongs?", (_MUSICAL,)),
    Kind(rf"music {_F}|music biopics?", (("music", "musical"),), "music band singer", soft=True),
    Kind(rf"(?:anti[- ]?)?war (?:{_F}|dramas?|epics?|stor(?:y|ies)|thrillers?)", (_WAR,)),
    Kind(
        rf"period (?:pieces?|dramas?|{_F})|costume dramas?|historical(?: (?:{_F}|dramas?|epics?"
        rf"|fiction|pieces?))?|history {_F}|bonnet dramas?",
        (_HISTORY,),
        "period drama history",
        soft=True,
    ),
    Kind(rf"sports? (?:{_F}|dramas?|comed(?:y|ies)|stor(?:y|ies))|sporty {_F}", (_SPORT,)),
    Kind(
        rf"family (?:{_F}|comed(?:y|ies)|adventures?|animations?|fare|features?)",
        (_FAMILY,),
        soft=True,
    ),
    Kind(r"fantasy|fantasies|high fantasy|sword and sorcery", (_FANTASY,)),
    Kind(rf"adventures?(?: {_F})?|swashbucklers?", (_ADVENTURE,)),
    Kind(rf"love stor(?:y|ies)|romance {_F}|weepy romances?", (_ROMANCE,), "love story", soft=True),
    Kind(r"romances?", (_ROMANCE,)),
    Kind(r"melodramas?", (_DRAMA,), "melodrama"),
    Kind(r"court-?room dramas?|legal dramas?", (_DRAMA,), "courtroom trial lawyer"),
    Kind(r"dramas?(?! queens?)", (_DRAMA,)),
    Kind(r"comed(?:y|ies)|comedic|comedys", (_COMEDY,)),
)
