"""What was found of a content as HTML: how it is known, and whom it suits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...cold_start import Fit, Listener
from ...newcomers import Description
from .bars import bar_html, bars_html
from .plain import plain
from .prose import prose

_LEVELS = (
    (0.97, "It should suit you very well.", "Very well"),
    (0.9, "It should suit you well.", "Well"),
    (0.7, "It might suit you.", "Perhaps"),
    (0.4, "It's probably not what you're after.", "Rather not"),
    (0.0, "It's not what you're after.", "No"),
)
"""From which share of films that suit less well, and how that is said to one and of others."""
_UNKNOWN = "I don't know yet what you like: tell me in the conversation, then ask again here."
_SPENT_BEFORE_SAID = 2


def waiting_html(seconds: int, *, building: bool) -> str:
    """That something is being described, and for how long already where that is long.

    Only the beginning is for screen readers: nobody wants to hear seconds counted.
    """
    says = "The catalogue is still being built; then I read this." if building else "Reading …"
    spent = f" {seconds} s" if seconds >= _SPENT_BEFORE_SAID else ""
    live = ' role="status"' if not seconds else ""
    return (
        f'<p class="mr-dim"{live}>{says}<span aria-hidden="true">{spent}</span></p>'
        '<progress class="mr-progress" aria-label="Describing"></progress>'
    )


def told_html(found: Description) -> str:
    """How the descriptors are known, and what makes them less sure."""
    by = found.descriptors.provenance.by
    how = (
        f"Read by {plain(by)}."
        if found.engine != "builtin"
        else "Guessed without a language model, from its words and from the films nearest to it."
    )
    notes = [*found.notices, *found.descriptors.notes]
    return (
        f"{_paragraph(plain(found.descriptors.summary))}"
        f"{_paragraph(f'{how} Put right what is wrong: your changes count.', dim=True)}"
        f"{_list(plain(note) for note in notes)}"
    )


def fit_html(fit: Fit, called: str, others: Sequence[Listener]) -> str:
    """How well something suits this conversation, and whom else it might suit."""
    return (
        f'<section class="mr-fit" tabindex="-1" data-fresh aria-label="Whom it suits">'
        f"<h3>Would it suit you?</h3>{_own(fit, called)}{_others(others)}</section>"
    )


def _own(fit: Fit, called: str) -> str:
    if not fit.known:
        return _paragraph(_UNKNOWN)
    bars = ""
    if fit.scores is not None:
        bars = f"{bars_html(fit.scores, called)}{_paragraph(_ahead(fit), dim=True)}"
    return f"{_paragraph(_verdict(fit))}{bars}{_list(_reasons(fit))}"


def _ahead(fit: Fit) -> str:
    return f"It fits better than {int(100 * fit.ahead_of)} of 100 well-known films here."


def _verdict(fit: Fit) -> str:
    if fit.breaks:
        return "Not within your limits, as far as I can see."
    if fit.scores is None:
        return "I know your limits, but not yet what you like; tell me in the conversation."
    return next(says for least, says, _ in _LEVELS if fit.ahead_of >= least)


def _reasons(fit: Fit) -> Iterable[str]:
    """What speaks for it, against it, and what nobody can know; escaped."""
    yield from map(prose, (*fit.speaks_for, *fit.speaks_against))
    for limit in fit.breaks:
        yield f"It breaks a limit of yours: {plain(limit)}."
    for limit, missing in fit.unsure:
        yield f"You said: {plain(limit)}. I can't check that, because {plain(missing)} isn't known."


def _others(others: Sequence[Listener]) -> str:
    rows = "".join(f"<li>{_other(each)}</li>" for each in others)
    if not rows:
        return ""
    return (
        "<h3>Who else would like it?</h3>"
        '<p class="mr-dim">Going by your other conversations, best first. Each number says how many'
        " of 100 well-known films it fits better than.</p>"
        f'<ul class="mr-others" aria-label="Your other conversations">{rows}</ul>'
    )


def _other(other: Listener) -> str:
    title = plain(other.title)
    level = next(word for least, _, word in _LEVELS if other.fit.ahead_of >= least)
    says = "Outside the limits there" if other.fit.breaks else level
    return (
        f'<button type="button" class="mr-link" data-to="sessions" data-act="open"'
        f' data-id="{plain(other.conversation)}" aria-label="Open the conversation {title}">'
        f"{title}</button>{bar_html(says, other.fit.ahead_of)}"
        f"{_paragraph(prose(other.reason), dim=True)}"
    )


def _paragraph(escaped: str, *, dim: bool = False) -> str:
    kind = ' class="mr-dim"' if dim else ""
    return f"<p{kind}>{escaped}</p>" if escaped else ""


def _list(escaped: Iterable[str]) -> str:
    rows = "".join(f"<li>{each}</li>" for each in escaped)
    return f'<ul class="mr-points-told">{rows}</ul>' if rows else ""
