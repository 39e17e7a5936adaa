"""How people name release years: one pattern a rule, matched over `Message.plain`."""

from __future__ import annotations

import re

from .numbers import NUMBER

DECADES = {
    "twenties": 1920,
    "thirties": 1930,
    "forties": 1940,
    "fourties": 1940,
    "fifties": 1950,
    "sixties": 1960,
    "seventies": 1970,
    "eighties": 1980,
    "nineties": 1990,
    "noughties": 2000,
    "naughties": 2000,
    "aughts": 2000,
    "two thousands": 2000,
    "twenty tens": 2010,
}
_WORD_DECADE = "|".join(DECADES)
_YEAR = r"(?:1[89]\d\d|20[0-4]\d)(?![\d'%]|s\b|\s*(?:min|people|times|km|miles|dollars|euros))"
_DECADE = (
    rf"(?:(?:(?:early|mid|late)[- ]?(?:to[- ]?late[- ]?)?)?(?:(?:18|19|20)\d0['’]?s"
    rf"|['’]?[0-9]0['’]?s|(?:nineteen[- ])?(?:{_WORD_DECADE})))(?![\w])"
)
_TIME = rf"(?:the (?:year )?|year )?(?:{_DECADE}|{_YEAR})"
_SPAN = (
    rf"(?P<a>{_TIME})\s*(?:-|–|to|till|until|and|or|through|thru|/|,"
    rf"|&)\s*(?:the )?(?:(?:early|mid|late) )?(?P<b>{_TIME})"
)
_NO = (
    r"(?:no|not|nothing|none|n't|never|don't want(?: anything)?)(?: anything| any| films?"
    r"| movies?| from| made| released| made| older films| much)*"
)

RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<![\w#$£€.]){pattern}"))
    for name, pattern in (
        (
            "latest",
            rf"{_NO} (?:after|newer than|later than|past|since|more recent than|from after"
            rf"|beyond)\s+(?P<t>{_TIME})",
        ),
        (
            "earliest",
            rf"{_NO} (?:before|older than|earlier than|pre|from before"
            rf"|prior to)[- ]+(?P<t>{_TIME})",
        ),
        (
            "older",
            rf"{_NO} older than (?P<n>{NUMBER}|a couple of|a few|a) (?P<unit>years?"
            rf"|decades?)(?: old)?",
        ),
        (
            "not_older_me",
            rf"{_NO} (?:much )?older than (?:me|i am|myself|us|we are|i'm)\b"
            rf"|{_NO} before i was born|(?:made|from|released|came out)? ?(?:since"
            rf"|after) i was born|(?:in|during) my (?:own )?lifetime|younger than (?:me|i am)\b",
        ),
        (
            "older_me",
            r"older than (?:me|i am|myself|us|we are)\b|(?:made |from )?before (?:i|we) (?:was"
            r"|were) (?:even )?born|before my time",
        ),
        (
            "childhood",
            r"(?:from|of|in|during) (?:my|our) (?:childhood|youth|early years|school days)\b"
            r"|(?:from )?when (?:i|we) (?:was|were) (?:a )?(?:kids?|little|young|growing up|child"
            r"|children)\b",
        ),
        (
            "teens",
            r"(?:from|of|in|during) (?:my|our) (?:teens|teenage years|adolescence)\b"
            r"|(?:from )?when (?:i|we) (?:was|were) (?:a )?(?:teenagers?|teens?|at school)\b",
        ),
        ("birth", r"(?:from|in|of)?(?: the)? year (?:that )?i was born|my birth year"),
        (
            "span",
            rf"(?:(?:from|in|released|made|either)\s+)*(?:the )?(?:between\s+"
            rf"|from\s+)?{_SPAN}(?: films?| movies?)?",
        ),
        (
            "before",
            rf"(?:from |made |released |anything )*(?:before|pre|prior to|earlier than"
            rf"|older than)[- ]*(?P<t>{_TIME})",
        ),
        (
            "until",
            rf"(?:up to|until|till|up till|no later than|not later than|by the end of"
            rf"|at the latest)\s+(?P<t>{_TIME})|(?P<t2>{_TIME}) (?:or|and) (?:earlier|before"
            rf"|older)\b",
        ),
        (
            "after",
            rf"(?:from |made |released |anything )*(?:after|newer than|later than|more recent than"
            rf"|past|beyond)\s+(?P<t>{_TIME})|(?:from )?post[- ](?P<t2>{_YEAR})",
        ),
        (
            "since",
            rf"(?:from |made |released |anything )*(?:since|starting(?: in| from)?|no (?:older"
            rf"|earlier) than|not (?:older|earlier) than)\s+(?P<t>{_TIME})"
            rf"|(?:from )?(?P<t2>{_TIME})(?:\s*\+| onwards?| and up| or (?:later|newer|after"
            rf"|more recent)| and (?:later|newer|after|on|onwards)| up\b)",
        ),
        (
            "past_years",
            rf"(?:from |in |within |of |released |made )*(?:the |these )?(?:last|past"
            rf"|previous) (?:(?P<n>{NUMBER}|couple of|few"
            rf"|several) )?(?P<unit>(?<!last )(?<!past )(?<!previous )years?|years|decades?)\b",
        ),
        (
            "young",
            rf"(?:less|fewer|no more|not more) than (?P<n>{NUMBER}) (?P<unit>years?|decades?) old"
            rf"|under (?P<n2>{NUMBER}) years old(?! (?:kids?|child))",
        ),
        (
            "aged",
            rf"(?:at least|more than|over|older than) (?P<n>{NUMBER}|a few) (?P<unit>years?"
            rf"|decades?) old(?! (?:kids?|child))|older than (?P<n2>{NUMBER}) years",
        ),
        ("this_year", r"(?:from |released |made |out |in )*this year(?:'s)?\b"),
        ("last_year", r"(?:from |released |made |out |in )*last year(?:'s)?\b"),
        ("this_decade", r"(?:from |of |in )*(?:this|the current) decade\b"),
        ("last_decade", r"(?:from |of |in )*(?:the )?previous decade\b"),
        (
            "century21",
            r"(?:from |of |in )*(?:this century|(?:the )?(?:21st|twenty[- ]first"
            r"|current) century)\b|\bthis millennium\b|\bpost-?millennium\b",
        ),
        ("century20", r"(?:from |of |in )*(?:(?:the )?(?:20th|twentieth|last|previous) century)\b"),
        (
            "covid",
            r"(?:from |made |released )*(?:since|after|post)[- ](?:the )?(?:covid(?:-?19)?"
            r"|pandemic|lockdown)\b",
        ),
        (
            "precovid",
            r"(?:from |made |released )*(?:before|pre)[- ](?:the )?(?:covid(?:-?19)?|pandemic"
            r"|lockdown)\b",
        ),
        (
            "recent",
            r"(?<!more )(?<!less )(?<!too )(?:fairly |pretty |quite |more or less "
            r"|relatively )?(?:recent|recently (?:released|made|out))(?: (?:releases?|years|times"
            r"|one|ones))?\b(?!ly)|(?:brand[- ]new|new releases?|new(?:est|ly) (?:released|films?"
            r"|movies?|ones?)|newest|(?:the |your )?latest (?:films?|movies?|releases?|ones?"
            r"|thing)|just (?:came out|out|released)|(?:fresh )?out now|in (?:theaters|theatres"
            r"|cinemas) now|hot off the press)\b",
        ),
        (
            "new",
            r"(?:new|newish|new-ish|modern|contemporary|up[- ]to[- ]date"
            r"|present[- ]day)(?=(?: \w+){0,2} (?:films?|movies?|cinema|flicks?|stuff|ones?"
            r"|comed(?:y|ies)|thrillers?|horrors?|dramas?|releases?|westerns?|romcoms?"
            r"|animations?)\b)|\b(?:newish|not too old|something (?:more )?modern|contemporary"
            r"|(?:too|very|really|overly|that|all that|anything|nothing|no) (?:modern|new|recent"
            r"|contemporary))\b",
        ),
        (
            "no_old",
            rf"{_NO} (?:too |very |really |that |so |anything |super "
            rf"|all that )*(?:old(?:[- ]fashioned)?|ancient|dated|vintage|retro)\b(?: (?:films?"
            rf"|movies?|ones?|stuff|classics?))?",
        ),
        (
            "old",
            r"(?:really |very |good |great )?(?:old(?:[- ](?:school|timey|fashioned|skool))?"
            r"|vintage|retro|oldies?|golden oldies?|classics?|ancient)(?=(?: (?:school|hollywood"
            r"|timey|black|style))*(?: [\w-]+){0,2} (?:films?|movies?|cinema|flicks?|stuff|ones?"
            r"|comed(?:y|ies)|thrillers?|horrors?|dramas?|hollywood|westerns?|romances?|musicals?"
            r"|classics?|noirs?|pictures?|whodunn?its?|myster(?:y|ies)|romcoms?|adventures?"
            r"|slashers?|horror|sci-?fi|animations?|slapstick|disney|kung)\b)|\b(?:something"
            r"|anything|an?|the|some|any|real|proper|true|all[- ]time|cult|old|golden"
            r"|hollywood)(?: really| very| more| bit| good)? (?:classics?|old(?:er"
            r"|ie)?[- ]?(?:school|fashioned|timey)?|vintage|retro|oldies?)(?=\s*(?:$|[.,!?;]|but"
            r"|and|with|please|or|from|that|for|tonight))|(?<=like )(?:the )?classics"
            r"|(?<=love )(?:the )?classics|^(?:classics?|oldies|vintage|retro"
            r"|old(?:[- ]school)?)(?=\s*[.,!?]|$| but\b| and\b)",
        ),
        (
            "silent_era",
            r"(?:from |of )*(?:the )?silent[- ](?:era|age|days)\b|\bsilent (?:films?|movies?"
            r"|cinema|comed(?:y|ies)|pictures?|ones?|classics?)\b",
        ),
        (
            "golden_age",
            r"(?:from |of )*(?:the )?(?:golden age(?: of (?:hollywood|cinema))?|(?:old|classic"
            r"|classical|golden age) hollywood|studio era)\b",
        ),
        ("pre_code", r"pre[- ]?code\b"),
        (
            "pre_war",
            r"(?:from )?(?:pre[- ]?war|before the (?:second world )?war|before (?:ww2|wwii"
            r"|world war (?:ii|two|2)))\b",
        ),
        ("post_war", r"post[- ]?war(?= (?:films?|movies?|cinema|era|years|italy|hollywood))\b"),
        ("new_hollywood", r"new hollywood\b"),
        (
            "monochrome",
            r"(?:in )?(?:black[- ]?(?:and|&|n|'n')[- ]?white|b ?& ?w|b/w"
            r"|monochrome)\b(?: (?:films?|movies?|ones?|stuff|pictures?))?",
        ),
        (
            "in_colour",
            r"(?:must be |has to be |only )?in colou?r\b|colou?r (?:films?|movies?) only",
        ),
        (
            "around",
            rf"(?:from )?(?:around|about|circa|c\.|roughly|approximately|somewhere around"
            rf"|~)\s*(?P<t>{_TIME})",
        ),
        (
            "exact",
            rf"(?:(?:from|released in|made in|in|of|out in|year|came out in"
            rf"|during) (?:the )?)?(?P<t>{_DECADE}|{_YEAR})",
        ),
    )
)
HINT = re.compile(
    r"\d|year|decade|old|new|recent|latest|modern|ties\b|century|millenn|era\b|war\b|covid"
    r"|pandemic|lockdown"
    r"|classic|vintage|retro|silent|black|b ?[/&] ?w|monochrome|colou?r|born|birth|golden"
    r"|code|hollywood|time"
    r"|younger|older|childhood|youth|teen|kid|little|young|growing|now\b|out\b|contempor"
    r"|present|ancient|dated|aughts|thousands|twenty tens|studio"
)
"""Without any of these no rule can match, which most messages don't have."""
