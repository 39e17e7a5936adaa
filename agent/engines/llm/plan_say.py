"""Sentences of a model's own, let through only where they can do no harm."""

from __future__ import annotations

import re
import unicodedata

from ....ingest.catalogue import Catalogue
from ..base import Turn
from .plan_evidence import Evidence

LONGEST = 240
"""Characters of a sentence that may be said."""
_SENTENCES = 2

_ENDS = re.compile(r"[.!?…。！？]+(?=\s|$|[^\x00-\x7f])")
# Markup, addresses, code, other people's voices and talk of what runs here.
_MARKUP = re.compile(
    r"[<>\[\]{}|\\`*_#^~@=]|\n|https?:|www\.|\w\.(?:com|org|net|io|ru|tv|app)\b|!\s*!|&\w+;"
    r"|\b(?:json|prompt|instructions?|schema|language model|assistant|system)\b",
    re.IGNORECASE,
)
# Nobody here has watched a film or feels anything.
_CLAIM = re.compile(
    r"\b(?:i|we)(?:'ve| have|'d| had| would| did|'m| am)?(?: \w+ly| also| once| just| so| too"
    r"| ever| never| do)*"
    r" (?:watch(?:ed|ing)?|seen|saw|lov\w+|ador\w+|enjoy\w*|like[ds]?|hat\w+|cr(?:y|ied)"
    r"|feel\w*|felt|laugh\w*|remember\w*|happy|glad|sad|excited|thrilled|delighted|moved|touched"
    r"|proud|know how|understand how|can relate|relate|grew up|met|visited|promise|guarantee"
    r"|sent|booked|bought|ordered|called)\b"
    r"|\bmy (?:own )?(?:favou?rites?|heart|feelings|experience|childhood|friends?|family)\b"
    r"|\b(?:ich (?:habe|fühle|liebe)|j'ai (?:vu|ador|aim)|j'adore|me encanta|he visto|ho visto)",
    re.IGNORECASE,
)


def harmless(text: str | None, turn: Turn, catalogue: Catalogue) -> str:
    """A model's sentence as it may be shown, empty where it may not.

    Refused: more than `LONGEST` characters or two sentences; markup, addresses, emoji and control
    characters; claims to have watched or felt anything, or to have done something; films and
    people that the message does not name.
    """
    said = " ".join((text or "").split(" ")).strip(' "“”')
    if not said or len(said) > LONGEST or not any(letter.isalpha() for letter in said):
        return ""
    if _MARKUP.search(said) or any(_odd(letter) for letter in said):
        return ""
    plain = said.replace("’", "'")
    if len(_ENDS.findall(said)) > _SENTENCES or _CLAIM.search(plain):
        return ""
    return "" if _names_others(said, Evidence.of(turn), catalogue) else said


def _odd(letter: str) -> bool:
    """Emoji, symbols, control and direction characters, private and unassigned ones."""
    category = unicodedata.category(letter)
    return category in {"So", "Sk", "Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


_NAMING = re.compile(r"[\"“«‘]([^\"”»’]{2,80})[\"”»’]")


def _names_others(said: str, evidence: Evidence, catalogue: Catalogue) -> bool:
    """Whether a film or person is named that the message does not name."""
    films = [
        mention.text
        for mention in catalogue.titles.mentions(said)
        if mention.quoted or mention.capitalised or not mention.common
    ]
    people = [
        mention.text
        for mention in catalogue.people.person_mentions(said)
        if mention.capitalised or mention.full
    ]
    quoted = [match[1] for match in _NAMING.finditer(said)]
    return any(not evidence.names(name) for name in (*films, *people, *quoted))
