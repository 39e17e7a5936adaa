"""What a movie night says: who gets what from a film, who gave way, and what was ruled out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...ingest.item import Item
from ...ingest.limits import Limit
from ..bending import relaxed
from .guests import Wishes
from .limits import Held, Terms
from .reply import Fit, GroupPick, GroupReply, Rule

LOW, GOOD = 0.35, 0.6
"""Scores below which a film is far from somebody's wish, and from which on it suits them."""
_EQUAL = 0.05
RULES: dict[Rule, str] = {
    "average": "best on average",
    "least_misery": "by the least misery: whoever likes a film least decides its place",
    "most_pleasure": "by the most pleasure: whoever likes a film most decides its place",
}
_KINDS = {
    "years": "years", "runtime": "length", "languages": "language", "genres": "genres",
    "people": "people", "age": "age", "ratings": "age ratings", "content": "content",
    "subjects": "subjects", "kinds": "kind", "axis": "how it feels",
    "watchlist": "watchlist",
}  # fmt: skip


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names as people list them: ``Ana, Ben and Cleo``."""
    *head, tail = names
    return f"{', '.join(head)} {last} {tail}" if head else tail


def why(wishes: Wishes, item: Item, told: str, score: float) -> str:
    """Why a film suits a person, or doesn't, said to them.

    Args:
        wishes: what the person wants.
        item: the film.
        told: what speaks for it by what they said for this night.
        score: how well it suits them.
    """
    broken = _sentences(wishes, item, kept=False)
    against = f"It is not “{listed(broken, 'or')}”, as you asked." if broken else ""
    return " ".join(filter(None, (_for_it(wishes, item, told, score), against)))


def _for_it(wishes: Wishes, item: Item, told: str, score: float) -> str:
    if item.id in wishes.known.wanted:
        return "You said that you want to see it."
    if not wishes.told.empty:
        return told if score >= LOW else "Far from what you asked for, to suit the others."
    if wishes.limits:
        kept = _sentences(wishes, item, kept=True)
        return f"It keeps to what you said: {', '.join(kept)}." if kept else ""
    return _by_taste(score) if wishes.decided else "You left it to the others."


def _by_taste(score: float) -> str:
    if score < LOW:
        return "Far from your own taste, to suit the others."
    return "It goes well with your own taste." if score >= GOOD else "Not far from your own taste."


def _sentences(wishes: Wishes, item: Item, *, kept: bool) -> list[str]:
    """The limits said for this night that a film keeps, or breaks."""
    return [limit.sentence() for limit in wishes.limits if limit.allows(item) is kept]


def once(fits: Sequence[Fit]) -> list[Fit]:
    """The same, but what speaks for a film is not said again to the next person."""
    first: dict[str, str] = {}
    told = []
    for fit in fits:
        name = first.setdefault(fit.reason, fit.person)
        same = name != fit.person and fit.score >= LOW
        told.append(fit.model_copy(update={"reason": f"As for {name}."}) if same else fit)
    return told


def whom(fits: Sequence[Fit]) -> str:
    """Whom a film suits, in a sentence; of those who wished for something."""
    best, worst = max(fits, key=_score), min(fits, key=_score)
    if len(fits) == 1:
        return f"It is {'what' if best.score >= GOOD else 'near what'} {best.person} is after."
    if best.score - worst.score < _EQUAL:
        return "It suits all of you alike." if worst.score >= GOOD else "It is nobody's first wish."
    if worst.score >= GOOD:
        return f"It suits all of you, {best.person} best."
    if worst.score < LOW:
        return f"It is for {best.person} more than for {worst.person}."
    return f"It suits {best.person} best, and {worst.person} less."


def _score(fit: Fit) -> float:
    return fit.score


def objection(wishes: Wishes, item: Item, terms: Terms) -> str | None:
    """Why somebody's word keeps a film off the list, as far as others may know; None if it doesn't.

    Args:
        wishes: of the person.
        item: the film.
        terms: what was kept of everybody's limits.
    """
    if item.id in wishes.known.barred:
        return "doesn't want it"
    for held in terms.of(wishes.name):
        limit = terms.in_force(held)
        if limit is not None and not limit.allows(item):
            return "a limit of their own" if held.private else limit.sentence()
    return "has seen it" if not terms.again and item.id in wishes.known.seen else None


def clash(one: Held, other: Held) -> str:
    """Two limits that no film keeps together."""
    first, second = _whose(one), _whose(other)
    return f"{first[:1].upper()}{first[1:]} and {second} can't both be kept."


def _whose(held: Held) -> str:
    names = listed(held.people)
    if held.private:
        return f"a limit of {names}'s own on {_KINDS[held.limit.limit]}"
    return f"{names}'s “{held.limit.sentence()}”"


def gave_way(terms: Terms) -> list[str]:
    """One sentence a limit that was bent: whose it was, what came of it, and in whose favour."""
    lines, slack = [], terms.slack
    kept = slack.strict
    for bend in slack.bends:
        held = terms.holding(bend.limit)
        said = relaxed(replace(slack, bends=(bend,), strict=kept))[0]
        kept += bend.gained
        if held.private:
            more = f": {bend.gained} more films" if bend.gained > 1 else ""
            said = f"{_whose(held)[:1].upper()}{_whose(held)[1:]} had to bend{more}."
            lines.append(said + _favour(terms, held, ""))
        else:
            lines.append(said + _favour(terms, held, f" {listed(held.people)} gave way"))
    return lines


def _favour(terms: Terms, bent: Held, lead: str) -> str:
    """Whose limits were kept instead."""
    bends = {id(bend.limit) for bend in terms.slack.bends}
    kept = [each for each in terms.held if id(each.limit) not in bends]
    names = [name for each in kept for name in each.people if name not in bent.people]
    others = list(dict.fromkeys(names))
    if not lead:
        return f" That is for {listed(others)}." if others else ""
    return f"{lead} to {listed(others)}." if others else f"{lead}."


def nobody_whole(name: str, score: float) -> str:
    """Said where even the first film is far from somebody's wish."""
    worst = round(100 * score)
    return f"Nothing here suits all of you well: the first leaves {name} at {worst} of 100."


def too_few(many: int) -> str:
    """Said where fewer films are there than were asked for, and nothing was bent."""
    return f"Only {'1 film keeps' if many == 1 else f'{many} films keep'} to all of that."


def nothing(hardest: tuple[Limit, int] | None, terms: Terms) -> str:
    """Why there is no film at all, and which limit costs most."""
    if hardest is None:
        return "Nothing here keeps all of that, and no single limit is to blame."
    limit, gained = hardest
    films = "1 film" if gained == 1 else f"{gained} films"
    return f"Nothing here keeps all of that. Without {_whose(terms.holding(limit))}: {films}."


def in_words(reply: GroupReply) -> str:
    """The whole answer, for channels without cards."""
    parts = [
        reply.care,
        "\n".join(_heard(reply)),
        lead(reply),
        "\n".join(_line(number, pick) for number, pick in enumerate(reply.picks, 1)),
        ruled_out(reply),
        " ".join((*reply.conflicts, *reply.relaxed)),
        " ".join(reply.notices),
    ]
    return "\n\n".join(part for part in parts if part)


def _heard(reply: GroupReply) -> Iterable[str]:
    return (f"{name}: {' '.join(said)}" for name, said in reply.understood.items() if said)


def lead(reply: GroupReply) -> str:
    """For whom the list is, and by which rule; nothing where there is none."""
    return f"For {listed(reply.people)}, {RULES[reply.rule]}:" if reply.picks else ""


def _line(number: int, pick: GroupPick) -> str:
    year = f" ({pick.year})" if pick.year else ""
    fits = (f"   {f.person}, {round(100 * f.score)}: {seen(f)}{f.reason}" for f in pick.fits)
    return "\n".join([f"{number}. {pick.title}{year}", *fits])


def seen(fit: Fit) -> str:
    """What is said before a reason to somebody who has seen the film."""
    return "You have seen it. " if fit.seen else ""


def ruled_out(reply: GroupReply) -> str:
    """The films that were ruled out, with by whom and why; nothing where there are none."""
    lines = [
        f"{veto.title}{f' ({veto.year})' if veto.year else ''} ({_because(veto.because)})"
        for veto in reply.vetoes
    ]
    return f"Left out: {'; '.join(lines)}." if lines else ""


def _because(because: dict[str, str]) -> str:
    return ", ".join(f"{name}: {words}" for name, words in because.items())
