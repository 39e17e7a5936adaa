"""`MovieAgent.movie_night`: one list for several people."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from statistics import fmean
from typing import TYPE_CHECKING, get_args

from ...errors import UsageError
from ...ingest.catalogue import Catalogue
from ...ingest.item import DIMENSIONS, Item
from ...tools.rank import RankedItem
from ...tools.reasons import reasons
from ...tools.retrieve import liked_items
from ..engines.ledger import Ledger
from ..intake import checked_message
from ..picks import pick_of
from ..profile import TasteProfile
from ..relax import costliest, counter
from ..smalltalk import small_talk
from .choosing import Chosen, choose
from .guests import Guest, People, Wishes, checked_people
from .hearing import hear
from .limits import Terms, terms_of
from .reply import Fit, GroupPick, GroupReply, Rule, Veto
from .words import (
    LOW,
    clash,
    gave_way,
    in_words,
    nobody_whole,
    nothing,
    objection,
    once,
    too_few,
    whom,
    why,
)

if TYPE_CHECKING:
    from ..session import ConversationName
    from ..settings import Settings
    from ..state import Context

MOST_VETOES = 5


class Nights:
    """The part of `moodreel.agent.companion.MovieAgent` that serves several people at once."""

    settings: Settings
    catalogue: Catalogue

    if TYPE_CHECKING:

        def _ready(self) -> None: ...
        def _context(self, seconds: float) -> Context: ...
        async def profile_now(self, conversation: ConversationName) -> TasteProfile: ...

    async def movie_night(
        self, people: People, *, rule: Rule = "average", picks: int | None = None
    ) -> GroupReply:
        """Films for several people: nobody's limits are broken unseen, nobody's dislikes shown.

        Nothing is kept of it, and nobody's conversation or profile changes.

        Args:
            people: by name what each says, or their taste, or both as a `Guest`.
            rule: what several scores come to: their mean, the lowest or the highest.
            picks: how many films, 1 to 20; as many as in any list where it is not given.

        Raises:
            UsageError: nobody or too many come, or there is no such rule.
            BadMessage: what somebody says is too long or not text.
        """
        self._ready()
        started = time.perf_counter()
        count = _checked(rule, self.settings.picks if picks is None else picks)
        context, ledger = self._context(self.settings.turn_seconds), Ledger()
        everybody = [
            await self._heard(name, guest, context, ledger)
            for name, guest in checked_people(people).items()
        ]
        reply = await asyncio.to_thread(answer, everybody, self.catalogue, rule, count)
        spent = round(1000 * (time.perf_counter() - started), 2)
        notices = tuple(dict.fromkeys((*reply.notices, *ledger.notices)))
        told = reply.model_copy(
            update={
                "notices": notices,
                "engine": context.engine.name,
                "calls": tuple(ledger.calls),
                "timings_ms": {"total": spent},
            }
        )
        return told.model_copy(update={"text": in_words(told)})

    async def _heard(self, name: str, guest: Guest, context: Context, ledger: Ledger) -> Wishes:
        says = guest.says
        if says.strip():
            says = checked_message(says, self.settings.max_message_chars)
        taste = guest.profile or TasteProfile()
        if guest.profile is None and guest.conversation is not None:
            taste = await self.profile_now(guest.conversation)
        return await hear(name, says.strip(), taste, context, ledger)


def _checked(rule: object, picks: object) -> int:
    if rule not in get_args(Rule):
        raise UsageError(f"{rule!r} is no rule; use one of {', '.join(get_args(Rule))}.")
    if type(picks) is not int or not 1 <= picks <= 20:
        raise UsageError(f"{picks!r} films can't be chosen; give a whole number from 1 to 20.")
    return picks


def answer(everybody: Sequence[Wishes], catalogue: Catalogue, rule: Rule, count: int) -> GroupReply:
    """The reply to people whose wishes are read; the same wishes give the same films."""
    terms = terms_of(everybody, catalogue, count)
    chosen = choose(everybody, terms, catalogue, rule, count)
    picks = _picks(everybody, chosen, catalogue)
    vetoes = _vetoes(everybody, chosen, terms) if picks else ()
    return GroupReply(
        text="",
        rule=rule,
        people=tuple(each.name for each in everybody),
        picks=picks,
        vetoes=vetoes,
        conflicts=tuple(clash(*pair) for pair in terms.clashes),
        relaxed=_relaxed(terms, picks),
        understood={each.name: each.heard.sentences for each in everybody},
        undecided=tuple(each.name for each in everybody if not each.decided),
        care=_care(everybody),
        notices=_notices(everybody, terms, catalogue, chosen, count),
    )


def _picks(
    everybody: Sequence[Wishes], chosen: Chosen, catalogue: Catalogue
) -> tuple[GroupPick, ...]:
    fits = [_fits(each, chosen, catalogue) for each in everybody]
    return tuple(
        _pick(item, once([each[place] for each in fits]), chosen)
        for place, item in enumerate(chosen.items)
    )


def _fits(person: Wishes, chosen: Chosen, catalogue: Catalogue) -> list[Fit]:
    """How each film suits one person, in the order of the list."""
    own = chosen.by_person[person.name]
    candidates = [own[item.id] for item in chosen.items]
    said = reasons(candidates, person.told, liked_items(catalogue, person.told))
    return [
        Fit(
            person=person.name,
            score=round(candidate.scores["overall"], 3),
            reason=why(person, candidate.item, told.text, candidate.scores["overall"]),
            seen=candidate.id in person.known.seen,
        )
        for candidate, told in zip(candidates, said, strict=True)
    ]


def _pick(item: Item, fits: Sequence[Fit], chosen: Chosen) -> GroupPick:
    each = [chosen.by_person[name][item.id].scores for name in chosen.voices]
    means = {name: round(fmean(s[name] for s in each), 3) for name in (*DIMENSIONS, "overall")}
    reason = whom([fit for fit in fits if fit.person in chosen.voices])
    known = pick_of(item, RankedItem(id=item.id, reason=reason, scores=means))
    return GroupPick(
        **{name: getattr(known, name) for name in type(known).model_fields},
        score=round(chosen.scores[item.id], 3),
        fits=tuple(fits),
    )


def _vetoes(everybody: Sequence[Wishes], chosen: Chosen, terms: Terms) -> tuple[Veto, ...]:
    found = []
    for item in chosen.missed:
        against = {each.name: objection(each, item, terms) for each in everybody}
        because = {name: words for name, words in against.items() if words}
        if because:
            found.append(Veto(id=item.id, title=item.title, year=item.year, because=because))
    return tuple(found[:MOST_VETOES])


def _relaxed(terms: Terms, picks: Sequence[GroupPick]) -> tuple[str, ...]:
    again = any(fit.seen for pick in picks for fit in pick.fits)
    lines = (
        ["Too few films fit that nobody has seen, so some here have been seen."] if again else []
    )
    return (*lines, *gave_way(terms)) if picks else ()


def _care(everybody: Sequence[Wishes]) -> str:
    danger = any(each.heard.danger for each in everybody)
    return small_talk("danger", TasteProfile(), 0) if danger else ""


def _notices(
    everybody: Sequence[Wishes], terms: Terms, catalogue: Catalogue, chosen: Chosen, count: int
) -> tuple[str, ...]:
    lines = [notice for each in everybody for notice in each.heard.notices]
    if not chosen.items:
        limits = [each.limit for each in terms.held]
        hardest = costliest(limits, counter(catalogue, terms.exclude))
        lines.append(nothing(hardest, terms))
        return tuple(lines)
    if len(chosen.items) < count and not terms.slack.bends:
        lines.append(too_few(len(chosen.items)))
    first = chosen.items[0]
    score, name = min((chosen.by_person[n][first.id].scores["overall"], n) for n in chosen.voices)
    if len(chosen.voices) > 1 and score < LOW:
        lines.append(nobody_whole(name, score))
    return tuple(lines)
