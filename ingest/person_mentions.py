"""Finding places in free text where somebody is named."""

from __future__ import annotations

from .people_register import PeopleRegister
from .person_match import FULL, GIVEN, PersonMatch, PersonMention
from .person_names import PersonWord, person_words
from .title_places import capitalised

_LONGEST = 5


def find_person_mentions(register: PeopleRegister, text: str) -> list[PersonMention]:
    """Mentions in the order of the text; of names that overlap the first and longest stands."""
    words = person_words(text)
    found: list[PersonMention] = []
    first = 0
    while first < len(words):
        mention, behind = _longest_at(register, text, words, first)
        if mention is not None:
            found.append(mention)
        first = behind
    return found


def _longest_at(
    register: PeopleRegister, text: str, words: list[PersonWord], first: int
) -> tuple[PersonMention | None, int]:
    for behind in range(min(len(words), first + _LONGEST), first, -1):
        chosen = words[first:behind]
        matches, together = register.exactly(chosen)
        owned = not matches and chosen[-1].text[-2:].lower() in ("'s", "’s")
        if owned:
            last = chosen[-1]
            bare = PersonWord(last.text[:-2], last.start, last.end - 2, last.first[:-1])
            chosen = [*chosen[:-1], bare]
            matches, together = register.exactly(chosen)
        mention = _mention(register, text, chosen, matches, together) if matches else None
        if mention is not None:
            return mention, behind
    return None, first + 1


def _mention(
    register: PeopleRegister,
    text: str,
    words: list[PersonWord],
    matches: list[PersonMatch],
    together: bool,
) -> PersonMention | None:
    start, end = words[0].start, words[-1].end
    capital = capitalised(text, words)
    full = matches[0].score == FULL
    doubtful = len(words) == 1 and (words[0].first in register.everyday or len(words[0].first) < 4)
    if (doubtful or matches[0].score == GIVEN) and not capital:
        return None
    return PersonMention(start, end, text[start:end], tuple(matches), capital, full, together)
