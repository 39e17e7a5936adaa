"""What is said in captions: whether that tells anything, and no name of a cast in a summary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..ingest.catalogue import Catalogue
from ..ingest.language import language_of
from .condense import sentences

# Of 130 trailers with captions the 4 below this number say hardly a sentence: a spell said three
# times, an airport announcement. The sparsest of the others has 33.
LEAST_WORDS = 30
_MARK = re.compile(r"\[[^\]\n]*\]|\([^)\n]*\)|\*[^*\n]*\*|[♪♫#]+|^\s*(?:>>+|-)\s*", re.MULTILINE)
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uac00-\ud7af]|[^\W\d_]{2,}(?:['’][^\W\d_]+)?"
)
_CREDIT = re.compile(
    r"\b(?:starring|co-?starring|stars|played by|portrayed by|voiced by|directed by|from director"
    r"|(?:academy award|oscar|emmy|golden globe)[\w -]*(?:winner|nominee))\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*\((?:played by |voiced by )?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)+\)")


@dataclass(frozen=True)
class Heard:
    """What is said in captions, a line a cue, each line once; ``words`` counts distinct words."""

    text: str
    words: int
    language: str | None

    @property
    def telling(self) -> bool:
        """Whether enough is said, in some language, for a film to be told by it."""
        return self.words >= LEAST_WORDS and self.language is not None


def heard(captions: str) -> Heard:
    """Captions without what is no speech: [Music], (applause), notes, and repeated cues."""
    spoken = (" ".join(line.split()) for line in _MARK.sub(" ", captions).splitlines())
    lines = [*dict.fromkeys(line for line in spoken if _WORD.search(line))]
    text = "\n".join(lines)
    words = {word.casefold() for word in _WORD.findall(text)}
    return Heard(text, len(words), language_of(text) if words else None)


def without_cast(text: str, catalogue: Catalogue, cast: Iterable[str] = ()) -> str:
    """A text without names in brackets, and without the sentences that name a cast or credits.

    Args:
        text: a summary.
        catalogue: whose people are known by their full names.
        cast: names that count by surname too, such as those of the film that is meant.
    """
    surnames = {name.split()[-1] for name in cast if " " in name}
    kept = [
        sentence
        for sentence in sentences(_BRACKETED.sub("", text))
        if not _CREDIT.search(sentence)
        and not surnames & set(re.findall(r"[\w'’-]+", sentence))
        and not _names_somebody(sentence, catalogue)
    ]
    return " ".join(kept)


def _names_somebody(sentence: str, catalogue: Catalogue) -> bool:
    found = catalogue.people.person_mentions(sentence)
    return any(
        mention.full and mention.capitalised and " " in mention.text.strip()
        and any(match.exact for match in mention.matches)
        for mention in found
    )  # fmt: skip
