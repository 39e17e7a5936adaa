"""Whether the rules of the builtin engine can be trusted to have read a message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....ingest.catalogue import Catalogue
from ....ingest.everyday import EVERYDAY
from ....ingest.item import fold
from ...edits import Anchor, Attitude, Wish
from ...plan import Chat, TurnPlan
from ..base import Turn
from ..builtin import READ_AT_MOST
from ..reading.carriers import CARRIERS, SOUNDS
from ..reading.message import Message, Reader
from ..reading.spelling import mend_word
from ..reading.subjects import known_subject
from ..reading.words import KNOWN, ORDINARY
from .plan_evidence import latin
from .plan_matters import PLAIN_FEELINGS, refs_in, typed

_ENGLISH, _SOME_ENGLISH, _KNOWN = 0.55, 0.2, 0.7
"""Shares of words: of those in the rules' tables, or fewer with those of the catalogue's texts."""
_MOST_WORDS = 200
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_INSIDE = re.compile(r"[^.!?\s\"'(]\s*$")
_TABLES = (CARRIERS, KNOWN, ORDINARY, EVERYDAY, SOUNDS)


def ruled(turn: Turn, builtin: TurnPlan, catalogue: Catalogue) -> bool:
    """Whether a message is in English as the rules know it, or was accounted for to the last word.

    Told by the words: most are in the rules' tables, or in the texts of the catalogue. Numbers
    and names (a capital inside a sentence) say nothing; neither does a message of only these.
    """
    if _reads_all(builtin):
        return True
    titles = _title_words(builtin)
    words = [word for word in _spoken(turn.message[:READ_AT_MOST]) if word not in titles]
    if not words:
        return True
    if sum(not latin(word) for word in words) > (1 - _ENGLISH) * len(words):
        return False
    strange = [word for word in words if not in_tables(word)]
    share = 1 - len(strange) / len(words)
    if share >= _ENGLISH or share < _SOME_ENGLISH:
        return share >= _ENGLISH
    reader = Reader(turn, catalogue)
    lost = [word for word in strange if not known_subject(mend_word(word), reader)]
    return 1 - len(lost) / len(words) >= _KNOWN


def _spoken(raw: str) -> Iterator[str]:
    """The words of a message in lower case, without numbers and what looks like a name."""
    text = Message.of(raw).text
    for match in list(_WORD.finditer(text))[:_MOST_WORDS]:
        word = match.group()
        named = word[0].isupper() and not word.isupper() and _INSIDE.search(text[: match.start()])
        if not (named or word[0].isdigit()):
            yield word.lower()


def _title_words(builtin: TurnPlan) -> frozenset[str]:
    """The words of the titles that the rules found."""
    titles = [ref.title for edit in builtin.edits for ref in refs_in(edit) if ref.title]
    return frozenset(word for title in titles for word in fold(title).split())


def in_tables(word: str) -> bool:
    """Whether the rules know a word, given in lower case."""
    bare = re.sub(r"'(?:s|re|ve|ll|d|m|t)$", "", word)
    parts = [part for part in bare.split("-") if part]
    return any(word in table for table in _TABLES) or all(
        any(part in table for table in _TABLES) for part in parts
    )


def _reads_all(builtin: TurnPlan) -> bool:
    """Whether the rules accounted for every word, whatever language it seems to be in."""
    if builtin.unread or any(isinstance(e, Wish) and not typed(e) for e in builtin.edits):
        return False
    # A title alone is read in any language; what is said of it is not.
    telling = [
        edit for edit in builtin.edits if not (isinstance(edit, Anchor) or _named_only(edit))
    ]
    if builtin.edits:
        return bool(telling)
    return not all(isinstance(a, Chat) and a.about in ("unclear", "aside") for a in builtin.acts)


def _named_only(edit: object) -> bool:
    return isinstance(edit, Attitude) and edit.feeling not in PLAIN_FEELINGS
