"""How people type in a chat: short forms and the commonest slips, with what they stand for.

They come before any other mending, because most are too short to be told by their letters.
"""

from __future__ import annotations

import re

# The first entry of a line is what the rest stand for.
_FORMS = {
    "don't": "dont donot dun dnt", "doesn't": "doesnt dosent doesnot", "didn't": "didnt didint",
    "isn't": "isnt", "aren't": "arent", "wasn't": "wasnt", "weren't": "werent",
    "can't": "cant cannot", "couldn't": "couldnt", "won't": "wont", "wouldn't": "wouldnt",
    "haven't": "havent hvnt", "hasn't": "hasnt", "shouldn't": "shouldnt", "i'm": "im iam",
    "i've": "ive", "i'd": "id", "that's": "thats", "it's": "its", "what's": "whats wats",
    "how's": "hows", "where's": "wheres", "when's": "whens",
    "let's": "lets", "there's": "theres", "we've": "weve", "they're": "theyre",
    "you're": "youre", "who's": "whos", "she's": "shes", "he's": "hes",
    "want to": "wanna wana", "going to": "gonna gunna", "got to": "gotta",
    "kind of": "kinda", "sort of": "sorta", "give me": "gimme gimmie", "let me": "lemme",
    "something": "smth sth smthg smthn somthing sumthing somethin somethng sumthin somefing",
    "anything": "anythin anythng anythig anyfing", "nothing": "nothin nuthin nothign nufin",
    "you": "u ya yu yuo", "your": "ur yuor", "please": "pls plz pleas plss plsss pleease",
    "because": "cuz coz bc bcoz becuz becasue becuase", "before": "b4 befor",
    "with": "wth wiht wit wih", "without": "wo withou witout withut", "about": "abt bout abuot",
    "really": "rly realy rlly reali", "tonight": "tonite 2nite tonigt 2night", "very": "vry v",
    "like": "liek lik lke", "people": "ppl", "movie": "moive mvie movei movi moovie",
    "movies": "moives mvies movis moovies", "film": "flim fim", "for": "fr 4", "one": "1",
    "girlfriend": "gf", "boyfriend": "bf", "thanks": "thx thnx tnx thanx",
    "science fiction": "scifi", "too": "tooo", "hours": "hrs hr's", "old": "olld",
    "than": "thn", "the": "teh hte da th", "and": "adn nd n", "not": "nto nt nit",
    "less": "les lss lesss", "more": "mor moar moer mroe", "of": "fo ov", "this": "dis thsi",
    "that": "taht dat", "them": "dem", "have": "hav hve ahve", "what": "wat wht waht wot",
    "alright": "alrite alrigh", "evening": "evenin", "morning": "mornin",
    "just": "jus jst jsut", "though": "tho thou", "although": "altho", "through": "thru",
    "already": "alredy allready alrdy alreddy", "watch": "wach wacth whatch",
    "want": "wnat watn wnt wan", "some": "sum soem sme", "good": "gud gd goood", "see": "c",
    "are": "r", "ok": "k kk okk", "actually": "actualy acually actully", "night": "nite",
    "when": "wen", "from": "frm form", "tomorrow": "tmrw tmr 2moro tomoz", "funny": "funy",
    "know": "kno knw", "much": "mutch", "been": "bin", "seen": "sene", "scared": "scaird",
    "minutes": "mintues minuts", "think": "thnk", "someone": "sum1 some1", "anyone": "any1",
    "girl": "gurl", "boys": "boyz", "great": "gr8", "later": "l8r", "love": "luv",
    "recommend": "recomend reccomend reccommend rec recc", "recommendation": "recomendation",
    "recommendations": "recs reccs recomendations reccomendations", "whatever": "watever",
    "probably": "prob probs prolly", "definitely": "def defo definately definitly",
    "favourite": "fav fave", "favourites": "favs faves", "obviously": "obvs",
    "especially": "esp", "suggestion": "sugestion", "subtitles": "subtittles subtitels",
}  # fmt: skip
SHORT_FORMS = {short: full for full, shorts in _FORMS.items() for short in shorts.split()}

# Words of their own that are short forms only next to certain words.
_ONLY_BEFORE: dict[str, re.Pattern[str]] = {
    "form": re.compile(r"\s+(?:the|a|my|\d|19|20|before|after)\b"),
    "wit": re.compile(r"\s+(?:a|an|the|my|no|some|lots|sub\w*|kids?|[A-Z])"),
    "thou": re.compile(r"\s*(?:$|[.,!?])"),
    "bin": re.compile(r"\s+(?:a|so|really|feeling|having)\b"),
    "bout": re.compile(r"\s+(?!of\b)[a-z0-9]"),
    "id": re.compile(r"\s+(?:like|love|prefer|rather|say|go|be|watch|want|really|also)\b"),
    "wont": re.compile(r"\s+\w"),
    "r": re.compile(r"\s+(?:\d|(?:u|ur|you|there|they|we|the|so|all|not)\b|\w{4})"),
    "c": re.compile(r"\s+(?:a|an|the|something|some|it)\b"),
    "v": re.compile(r"\s+[a-z]{3}"),
    "n": re.compile(r"\s+[a-z0-9]"),
    "4": re.compile(r"\s+(?:me|us|my|the|tonight|2nite)\b"),
    "da": re.compile(r"\s+(?!vinci)[a-z]"),
    "dat": re.compile(r"\s+[a-z]"),
    "nit": re.compile(r"\s+(?:too|so|very|scary|sad|a|the)\b"),
    "wan": re.compile(r"\s+(?:a|an|to|some|see|watch|something|smth|sth|sumthing)\b"),
    "hes": re.compile(r"\s+\w"),
    "rec": re.compile(r"\s+(?:me|us|something|a|some|any)\b"),
    "def": re.compile(r"\s+[a-z]"),
    "sum": re.compile(r"\s+(?!of\b|total)[a-z]"),
    "iam": re.compile(r"\s+[a-z]"),
    "th": re.compile(r"\s+[a-z]"),
}  # fmt: skip

WITH_SLASH = re.compile(r"(?<![\w/])w/(?P<out>o(?:ut)?\b)?", re.IGNORECASE)
"""``w/`` and ``w/o``: with, without."""


def written_out(word: str, text: str, end: int) -> str | None:
    """What a lower-case word that ends at ``end`` of a text is short for; None for a word."""
    full = SHORT_FORMS.get(word)
    if full is None:
        return None
    beside = _ONLY_BEFORE.get(word)
    return full if beside is None or beside.match(text, end) else None
