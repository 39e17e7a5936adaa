"""Reading what a model wrote before the user does: only what the facts bear is shown."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence

from ..ingest.catalogue import Catalogue
from ..ingest.item import Item, fold
from ..tools.claims import contradictions, opening_problems, tidy
from ..tools.query import Query

log = logging.getLogger(__name__)

_LONGEST_QUESTION = 160
_IDLE = re.compile(
    r"\b(?:more (?:recommendations|suggestions|options|films?|movies?|details|info\w*|about)"
    r"|(?:know|hear|learn) more|anything else|what do you think|(?:sounds?|looks?) (?:good|great"
    r"|fun|interesting|appealing|like (?:something|a))|help you|catch(?:es)? your (?:eye|attention)"
    r"|appeals?|(?:would|do) (?:any|one) of|which (?:one|film|movie|of (?:these|them))|let me know"
    r"|would you like me to|are you (?:ready|interested|excited)|does (?:this|that) (?:work|help)"
    r"|enjoy (?:these|them|it))\b",
    re.IGNORECASE,
)
"""What asks for nothing that would change a list."""


class FactChecker:
    """An `moodreel.agent.listing.Editor` that holds a model to the catalogue's facts.

    One for each list: a reason that was given before says nothing about the next film. What
    can't be said is left out, and the builtin engine's words take its place.
    """

    def __init__(
        self, query: Query, catalogue: Catalogue, message: str, asked: Sequence[str | None] = ()
    ) -> None:
        """Read what is written for one list.

        Args:
            query: what is wished.
            catalogue: knows the facts.
            message: of the user, in this turn.
            asked: the question of each earlier reply, oldest first; None where there was none.
        """
        self._asked = asked
        self._query = query
        self._catalogue = catalogue
        self._named = _named(query, catalogue, message)
        self._said: set[str] = set()

    def opening(self, text: str) -> str | None:
        """The opening, tidied, or None where it says something it can't know."""
        tidied = tidy(text)
        problems = opening_problems(tidied, self._catalogue, self._named)
        return None if _refused("opening", problems) else tidied

    def question(self, text: str) -> str | None:
        """The question, or None where it is none or says something it can't know.

        Neither is one asked whose answer changes nothing, one asked before, nor two in a row:
        small models ask something every time.
        """
        asked = " ".join(text.split())
        if not asked.endswith("?") or len(asked) > _LONGEST_QUESTION or _IDLE.search(asked):
            return None
        if any(self._asked[-1:]) or fold(asked) in {fold(each) for each in self._asked if each}:
            return None
        problems = opening_problems(asked, self._catalogue, self._named)
        return None if _refused("question", problems) else asked

    def reason(self, text: str, item: Item) -> str | None:
        """The reason, tidied, or None where the item's facts contradict it."""
        tidied = tidy(text)
        problems = contradictions(tidied, item, self._named, self._catalogue, self._query)
        if fold(tidied) in self._said:
            problems = [*problems, "it was said of another film"]
        if _refused("reason", problems):
            return None
        self._said.add(fold(tidied))
        return tidied


def _refused(what: str, problems: list[str]) -> bool:
    if problems:
        log.debug("the model's %s was replaced: %s", what, "; ".join(problems))
    return bool(problems)


def _named(query: Query, catalogue: Catalogue, message: str) -> Mapping[str, Item]:
    """What may be named beside the item itself: favourites, and what the message speaks of."""
    ids = [like.id for like in query.likes]
    for mention in catalogue.titles.mentions(message):
        ids += [match.id for match in mention.matches[:1]]
    return catalogue.get(dict.fromkeys(ids))
