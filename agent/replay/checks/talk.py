"""Checks of what a reply says in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..expect import Expect, Said, Texts
from ..result import CheckResult
from .base import Seen
from .language import language_name, language_of
from .lists import bounds, within
from .verdict import verdict


def understood(expect: Expect, seen: Seen) -> CheckResult:
    """The reply says that it understood this."""
    return _sentences("understood", expect.understood, seen.now.reply.understood, "understood")


def relaxed(expect: Expect, seen: Seen) -> CheckResult:
    """The reply says that it bent this limit."""
    return _sentences("relaxed", expect.relaxed, seen.now.reply.relaxed, "bent")


def notices(expect: Expect, seen: Seen) -> CheckResult:
    """The reply owns up to this."""
    return _sentences("notices", expect.notices, seen.now.reply.notices, "noticed")


def _sentences(
    check: str, wanted: bool | Texts | None, said: Sequence[str], verb: str
) -> CheckResult:
    told = " ".join(said)
    if wanted is False:
        return verdict(check, *([f"Nothing was to be {verb}, but: {told}"] if said else []))
    if wanted is True:
        return verdict(check, *([] if said else [f"Nothing was {verb}."]))
    missing = [text for text in wanted or () if plain(text) not in plain(told)]
    instead = f"it says: {told}" if said else f"nothing was {verb}."
    return verdict(check, *(f"“{text}” is not said; {instead}" for text in missing))


def asks(expect: Expect, seen: Seen) -> CheckResult:
    """The reply asks about this at its end; with ``false`` it asks nothing."""
    question = seen.now.reply.question
    if expect.asks is False:
        return _unasked("asks", question)
    if not question:
        return verdict("asks", "A question was expected, none came.")
    texts = expect.asks if isinstance(expect.asks, tuple) else ()
    missing = [text for text in texts if plain(text) not in plain(question)]
    return verdict("asks", *(f"“{text}” is not asked; it asks: {question}" for text in missing))


def asks_not(expect: Expect, seen: Seen) -> CheckResult:
    """The reply doesn't ask about this; with ``true`` it asks nothing at all."""
    question = seen.now.reply.question
    if expect.asks_not is True:
        return _unasked("asks_not", question)
    if expect.asks_not is False:
        return verdict("asks_not", *([] if question else ["A question was expected, none came."]))
    wrong = [text for text in expect.asks_not or () if plain(text) in plain(question or "")]
    return verdict("asks_not", *(f"“{text}” is asked: {question}" for text in wrong))


def _unasked(check: str, question: str | None) -> CheckResult:
    return verdict(check, *([f"No question was expected, it asks: {question}"] if question else []))


def reply(expect: Expect, seen: Seen) -> CheckResult:
    """The whole text is like this."""
    assert expect.reply is not None  # noqa: S101 - only asked where it is expected
    names = _titles(seen)
    return verdict("reply", *_problems(seen.now.reply.text, expect.reply, names, "The reply"))


def reasons(expect: Expect, seen: Seen) -> CheckResult:
    """The reasons are like this: together they say it, and each has this length."""
    wanted = expect.reasons
    assert wanted is not None  # noqa: S101 - only asked where it is expected
    texts = [pick.reason for pick in seen.now.reply.picks]
    if not texts:
        return verdict("reasons", "No films came, so no reasons were given.")
    whole = wanted.model_copy(update={"chars": None})
    found = [*_problems("\n".join(texts), whole, _titles(seen), "The reasons")]
    each = Said(chars=wanted.chars)
    for pick in seen.now.reply.picks:
        found += _problems(pick.reason, each, (), f"The reason for {pick.title}")
    return verdict("reasons", *found)


def _problems(text: str, wanted: Said, names: Sequence[str], what: str) -> Iterator[str]:
    has = "has" if not what.endswith("s") else "have"
    yield from (
        f"{what} {has} no “{part}”." for part in wanted.contains if plain(part) not in plain(text)
    )
    yield from (f"{what} {has} “{part}”." for part in wanted.lacks if plain(part) in plain(text))
    if wanted.matches is not None and not re.search(wanted.matches, text):
        yield f"{what} {has} nothing that matches {wanted.matches!r}."
    if wanted.chars is not None and not within(len(text), wanted.chars):
        yield f"{what} {has} {len(text)} characters, {bounds(wanted.chars)} were expected."
    if wanted.language is not None:
        yield from _language(text, wanted.language, names, what)


def _language(text: str, wanted: str, names: Sequence[str], what: str) -> Iterator[str]:
    for name in names:
        text = text.replace(name, " ")
    found = language_of(text)
    if found != wanted:
        known = f"{'are' if what.endswith('s') else 'is'} in {language_name(found)}"
        yield f"{what} {known}, {language_name(wanted)} was expected."


def _titles(seen: Seen) -> list[str]:
    return [pick.title for pick in seen.now.reply.picks]


def engine(expect: Expect, seen: Seen) -> CheckResult:
    """This engine answered."""
    used = seen.now.reply.engine
    right = used == expect.engine
    return verdict(
        "engine", *([] if right else [f"{expect.engine} was expected, {used} answered."])
    )


def plain(text: str) -> str:
    """A text for finding one in another: lower case, straight quotes, blanks single."""
    return " ".join(text.translate(_STRAIGHT).casefold().split())


_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
