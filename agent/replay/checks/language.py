"""Which language a text is in, told by its commonest little words.

Nine languages are known, those below; a text in another one, or with fewer than three of these
words, is in no known language. Texts of a sentence or more are told apart well, since these words
are a third of what is written; single words and bare titles are not.
"""

from __future__ import annotations

import re
from collections import Counter

from ....ingest import language

_LITTLE_WORDS = {
    "en": "the of and to in is it that was for you with on as are this but they have from not be "
    "at or an what your here i if so too one by",
    "de": "der die das und ist nicht ein eine einen dem den von zu mit sich auf für im es ich du "
    "sie wie aber auch noch nach bei aus dass hier sind war oder",
    "fr": "le la les de des et est un une du que qui dans pour pas sur avec ce cette il elle je "
    "vous nous mais plus au aux par sont votre ou où",
    "es": "el la los las de y es un una que en por para con no se lo del al pero más como este "
    "esta su sus muy son hay usted o te",
    "it": "il lo la gli le di e è un una che in per con non si del della dei ma più come questo "
    "questa sono anche da al nel ti mi o",
    "pt": "o a os as de e é um uma que em por para com não se do da dos das mas mais como este "
    "esta são você ou no na ao seu sua",
    "nl": "de het een en is van in dat niet op te met voor zijn er aan maar ook als je ik die dit "
    "om naar bij wat of nog uit deze",
    "sv": "och det att en ett är som på för av med inte den till jag du har om men de så här "
    "eller från var kan vi mer efter",
    "pl": "i w na z się nie do to jest że jak o po za dla ale czy od przez tego jego oraz który "
    "która są był była tym",
}
_PROFILES = {code: frozenset(words.split()) for code, words in _LITTLE_WORDS.items()}
_FEWEST = 3


def language_of(text: str) -> str:
    """The ISO 639-1 code of a text's language; empty where it can't be told."""
    words = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    counts = {
        code: sum(n for word, n in words.items() if word in profile)
        for code, profile in _PROFILES.items()
    }
    best = max(counts, key=lambda code: counts[code])
    tied = sum(count == counts[best] for count in counts.values()) > 1
    return "" if tied or counts[best] < _FEWEST else best


def language_name(code: str) -> str:
    """A language in words."""
    return language.language_name(code) if code else "a language that can't be told"
