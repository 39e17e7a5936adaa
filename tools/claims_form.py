"""The form and the tone of what a model wrote: whether it can be shown, and made neat."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache

Fine = Callable[[str], bool]
"""Whether words are the item's own, so that they claim nothing new."""

LONGEST_REASON, LONGEST_OPENING = 280, 240
_MOST_SENTENCES = 2

_MARKUP = re.compile(
    r"<[a-z/!?]|\]\(|\]\[|`|\*\*|__|~~|^\s*(?:#|>|[-+•]\s)|[{}|\\]"
    r"|&(?:#\d+|#x[\da-f]+|\w{2,8});|https?:|www\.|\b[\w-]+\.(?:com|org|net|io|tv|info|example|ru|co\.uk)\b|\w@\w",
    re.IGNORECASE,
)
_ALIAS = re.compile(
    r"(?<![\w'’])(?:[fF]\d{1,2}|alias(?:es)?|candidates? (?:#?\d+|list|above|number)|JSON)(?![\w-])"
)
_MACHINE = re.compile(
    r"\bas an? (?:ai|a\.i\.|language model|assistant|chatbot|large)\b|\blanguage model\b"
    r"|\bthe user\b|\bsystem prompt\b"
    r"|\b(?:ignore|disregard|forget) (?:all |any |the |my |your )*(?:previous|prior|above|earlier"
    r"|other)\b|\bmy (?:instructions|training|knowledge|programming)\b",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\b(?:(?:the|one of the|its|his|her|their|at its|at his|at her) (?:very )?"
    r"(?:best|finest|greatest)\b(?! (?:friend|man|mate|interest|of enem))"
    r"|(?:best|finest|greatest)(?:-| )(?:ever|films?|movies?|acted|loved|directed|kept|of all"
    r"|of the)|great(?:est)?(?: film| movie)|masterpieces?|masterly|master(?:fully|class|stroke)"
    r"|perfect(?:ly|ion)?(?! (?:crime|storm|stranger|murder))|brilliant(?:ly)?|superb(?:ly)?"
    r"|immortal|must[- ](?:see|watch)|unmissable|wonderful(?:ly)?|terrific|never bettered"
    r"|stunning(?:ly)?|gorgeous(?:ly)?|breathtaking(?:ly)?|unforgettable|amazing(?:ly)?|incredibl[ey]"
    r"|fantastic(?!al)|excellent(?:ly)?|outstanding|flawless(?:ly)?|magnificent(?:ly)?"
    r"|exquisite(?:ly)?|phenomenal|extraordinary|sublime|iconic|legendary|beloved|seminal|landmark"
    r"|timeless|unrivall?ed|unbeatable|impeccabl[ey]|(?:hidden|absolute|true|little|real|cult) gem"
    r"|classics?(?! (?:rock|car|cars|music|hollywood|ballet|literature|guitar|novels?|monsters?"
    r"|fairy|tales?|myths?))|highly recommend\w*|can['’]t miss|don['’]t miss"
    r"|won['’]t (?:regret|be disappointed|want to miss)|top[- ]notch|world-class|ever made"
    r"|of all time|award[- ]worthy|spectacular(?:ly)?|marvell?ous(?:ly)?)\b",
    re.IGNORECASE,
)
_AWARDS = re.compile(
    r"\b(?:oscars?|academy awards?|golden globes?|baftas?|c[ée]sars?|emmys?|palme d['’]or|cannes"
    r"|sundance|golden (?:lion|bear)|(?:multi-)?award[- ]?(?:winn\w+|nominat\w+)|prize-?winning"
    r"|won (?:an?|the|several|many|two|three|four|five|six|\d+|best|its|every)\b|winner of"
    r"|winning (?:an?|the) (?:award|prize|oscar)|nominat(?:ed|ions?)|box[- ]office|grossed"
    r"|highest[- ]grossing|blockbuster (?:hit|success)|critic(?:s|ally)(?! of\b)|acclaim(?:ed)?"
    r"|rotten tomatoes|imdb|metacritic|letterboxd|(?:top|highly|best)[- ]rated"
    r"|\d(?:\.\d)? ?(?:/|out of) ?(?:5|10)\b|(?:five|four|\d)[- ]stars?\b)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\b\d{1,3} ?(?:%|per ?cent\b)", re.IGNORECASE)
_FELT = re.compile(
    r"\b(?:I|we)(?:['’](?:ve|d|m))?(?: (?:have|had|was|were|am|just|really|also|still|always|once"
    r"|even|first|absolutely|personally|recently|can|could|would))* (?:lov\w+|lik(?:e|ed)|enjoy\w*"
    r"|ador\w+|felt|feel|watch\w*|saw|seen?|cri(?:ed|y)|laugh\w*|wept|remember\w*|moved|rewatch\w*"
    r"|hat(?:e|ed)|grew up|recommend|fell for|touched|blown away)\b"
    r"|\b(?:made|makes|had|left|got|moved|gripped|scared|touched|surprised) (?:me|us)\b"
    r"|\b[Mm]y (?:(?:own|personal|all-time|absolute) )*(?:favou?rites?|heart|childhood|experience"
    r"|friends?|opinion|taste|top|go-to|pick)\b|\b(?:for|to) me\b|\bin my (?:view|book)\b",
)
_WORLD_WAR = re.compile(r"\b(?:War|Part|Volume|Chapter|Henry|Richard|Charles|James) I\b")


def form_problems(text: str, longest: int, fine: Fine = lambda words: False) -> list[str]:
    """What makes a text unfit to be shown, whatever it says.

    Args:
        text: as it would be shown.
        longest: characters it may have.
        fine: words in other scripts, or such as "F1", that are right here.
    """
    found = [
        ("it is empty", not any(letter.isalpha() for letter in text)),
        ("it is too long", len(text) > longest),
        ("it has markup or an address", bool(_MARKUP.search(text))),
        ("it has control characters or symbols", any(map(_odd, set(text)))),
        ("it is in another script", any(not fine(word) for word in _foreign(text))),
        ("it names an alias", any(not fine(m[0]) for m in _ALIAS.finditer(text))),
        ("it speaks as a machine", bool(_MACHINE.search(text))),
        ("it repeats itself", _babbles(text)),
    ]
    return [problem for problem, there in found if there]


def tone_problems(text: str, fine: Fine = lambda words: False) -> list[str]:
    """Praise, prizes, and claims to have watched or felt something.

    Args:
        text: with titles and quotations blanked out.
        fine: what the item's own texts say may be said.
    """
    plain = _WORLD_WAR.sub(" ", text)
    rules = ((_PRAISE, "it praises"), (_AWARDS, "it speaks of success"), (_PERCENT, "it scores"),
             (_FELT, "it claims to have watched or felt"))  # fmt: skip
    return [
        f"{problem} ({match[0].strip()})"
        for rule, problem in rules
        for match in rule.finditer(plain)
        if not fine(match[0])
    ]


@lru_cache(maxsize=4_096)
def _odd(letter: str) -> bool:
    """Emoji, symbols, control and direction characters, private and unassigned ones."""
    return unicodedata.category(letter) in {
        "So", "Sk", "Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp", "Me",
    }  # fmt: skip


def _foreign(text: str) -> Iterable[str]:
    """Words with letters that are not Latin."""
    return [] if text.isascii() else [word for word in text.split() if not all(map(_latin, word))]


@lru_cache(maxsize=4_096)
def _latin(letter: str) -> bool:
    return not letter.isalpha() or unicodedata.name(letter, "").startswith(("LATIN", "FEMININE"))


def _babbles(text: str) -> bool:
    """Whether words come again and again, as models do that got stuck."""
    words = re.findall(r"\w+", text.lower())
    triples = Counter(zip(words, words[1:], words[2:], strict=False))
    stuck = re.search(r"\b(\w+)(?:\W+\1\b){3}", text.lower()) is not None
    return (
        stuck or max(triples.values(), default=0) > 2 or re.search(r"(\S)\1{5}", text) is not None
    )


# --- making neat -------------------------------------------------------------------------------

_TITLE_WORD = r"(?:[A-Z0-9À-Þ&][\w'’.,:&!?/-]*|[a-z]{1,4}|[–—-])"
_YEAR = r"\s*[(\[](?:18|19|20)\d\d[)\]]"
_PREFIX = re.compile(
    rf"""^\s*(?:[-*•>#+]+\s+|\d{{1,2}}[.)]\s+
    |[fF]\d{{1,2}}(?:\s*[:.)|–—-]\s*|\s+(?=["“*]))|[(\[][fF]\d{{1,2}}[)\]]\s*[:.|–—-]?\s*
    |(?:[Rr]eason|[Oo]pening|[Aa]nswer|[Qq]uestion)\s*:\s+
    |[*_"“][^*_"“”\n]{{1,80}}[*_"”](?:{_YEAR})?["”*_]*\s*(?::|[–—-](?=\s))\s*
    |(?!(?:It|The\ same)\b)[A-Z0-9À-Þ][\w'’.,:&!?/-]*(?:\ {_TITLE_WORD}){{0,9}}{_YEAR}
     \s*(?:[:|]|[–—-](?=\s))\s*)+""",
    re.VERBOSE,
)
_ABBREVIATED = ("Dr", "Mr", "Mrs", "Ms", "St", "vs", "No", "Jr", "Sr", "Vol", "Mt")
_BREAK = re.compile(
    r"(?<!\b[A-Z]\.)" + "".join(rf"(?<!\b{word}\.)" for word in _ABBREVIATED)
    + r"(?<=[.!?…])[\"”’)*]*\s+(?=[\"“‘*(]?[A-ZÀ-Þ\d])"
)  # fmt: skip
_WRAPPED = (('"', '"'), ("“", "”"), ("'", "'"), ("‘", "’"), ("«", "»"))


def tidy(text: str) -> str:
    """A text as a neat sentence, two at most: nothing around it, one full stop at its end.

    Goes: blanks, wrapping quotation marks, an alias or "Title (year):" before it, bold type,
    emphasis of what isn't a title, rows of marks, and sentences beyond the second.
    """
    neat = _unwrapped(" ".join(text.split()))
    neat = re.sub(r"(\*\*|__)(.+?)\1", r"\2", neat)
    neat = re.sub(r"(?<![\w*])([*_])([a-z][^*_]*)\1(?![\w*])", r"\2", neat)
    neat = _unwrapped(_PREFIX.sub("", neat))
    neat = re.sub(r"([!?])[!?]+", r"\1", neat)
    neat = re.sub(r"\s+([.,;:!?])(?=\s|$)", r"\1", neat)
    sentences = _BREAK.split(neat)[:_MOST_SENTENCES]
    neat = " ".join(sentences)
    if len(neat) > LONGEST_REASON:
        neat = sentences[0]
    return _ended(neat.strip())


def _unwrapped(text: str) -> str:
    """Without quotation marks around the whole of it."""
    for opening, closing in _WRAPPED:
        inner = text[1:-1]
        around = len(text) > 2 and text[0] == opening and text.rstrip(".")[-1] == closing
        if around and opening not in inner and closing not in inner.rstrip(".").rstrip(closing):
            return text[1:].rstrip(".").removesuffix(closing).strip()
    return text


def _ended(text: str) -> str:
    """With a large first letter and a mark at the end."""
    if not text:
        return ""
    first = next((place for place, letter in enumerate(text) if letter.isalnum()), 0)
    large = text[:first] + text[first].upper() + text[first + 1 :]
    bare = large.rstrip(" ,;:–—-")
    return bare if bare.rstrip('"”’)*').endswith((".", "!", "?", "…")) else f"{bare}."
