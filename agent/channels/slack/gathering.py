"""Who comes to a movie night and what they wish for, and the films for them, as Block Kit.

People go by their user ids, and are shown as Slack shows people: by naming them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    HeaderBlock,
    InputBlock,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from ....errors import UsageError
from ...night.guests import MOST_PEOPLE
from ...night.reply import GroupPick, GroupReply, Rule
from ...night.words import lead, ruled_out, seen
from ..show import bar, facts, label
from ..wording import visible
from .blocks import LONGEST_BLOCK, Group, Json, actions_of, people_in, plain, rich, text, words
from .text import escaped, shortened

EVENT = "moodreel_night"
"""What the metadata of a message is called, and the dialog for a wish."""

LONGEST_WISH = 300
RULES: dict[Rule, str] = {
    "average": "Best on average",
    "least_misery": "Nobody left unhappy",
    "most_pleasure": "Somebody delighted",
}
_PRESSES = {"wish": "Say my wish", "leave": "Leave", "go": "Find films"}


@dataclass(frozen=True)
class Gathering:
    """Who comes, by user id, with what they wish for; nothing where they leave it to the others."""

    people: Mapping[str, str] = field(default_factory=dict)
    rule: Rule = "average"

    def joined_by(self, user: str, wish: str) -> Gathering:
        """The same with one person more, or with another wish of theirs.

        Raises:
            UsageError: too many would come.
        """
        people = {**self.people, user: shortened(" ".join(visible(wish).split()), LONGEST_WISH)}
        if len(people) > MOST_PEOPLE:
            raise UsageError(f"{MOST_PEOPLE} people can come at most.")
        return replace(self, people=people)

    def left_by(self, user: str) -> Gathering:
        """The same without one person."""
        return replace(self, people={k: v for k, v in self.people.items() if k != user})

    def metadata(self) -> Json:
        """All of it, as it is kept with the message."""
        payload = {"people": dict(self.people), "rule": self.rule}
        return {"event_type": EVENT, "event_payload": payload}


def gathering_of(message: Mapping[str, Any]) -> Gathering | None:
    """What is kept with a message; None where nothing is."""
    payload = message.get("metadata", {}).get("event_payload", {})
    people, rule = payload.get("people"), payload.get("rule")
    if not isinstance(people, dict) or rule not in get_args(Rule):
        return None
    return Gathering({str(user): str(wish) for user, wish in people.items()}, rule)


def drawn(gathering: Gathering) -> Group:
    """The message that gathers wishes."""
    said = [f"{user}: {wish or '…'}" for user, wish in gathering.people.items()]
    lines = _named("\n".join(said), gathering.people) if said else words("Nobody yet.")[0]
    menu = StaticSelectElement(
        action_id="moodreel_night_rule",
        options=[_option(rule) for rule in RULES],
        initial_option=_option(gathering.rule),
    )
    buttons = [
        ButtonElement(action_id=f"moodreel_night_{act}", text=plain(text=says))
        for act, says in _PRESSES.items()
    ]
    return [
        HeaderBlock(text=plain(text="Movie night")).to_dict(),
        *lines,
        ActionsBlock(elements=[*buttons[:2], menu, buttons[2]]).to_dict(),
    ]


def _option(rule: Rule) -> Option:
    return Option(text=plain(text=RULES[rule]), value=rule)


def dialog(wish: str, kept: str) -> View:
    """The dialog for a wish; ``kept`` is given back with it."""
    field_ = PlainTextInputElement(
        action_id="wish", multiline=True, max_length=LONGEST_WISH, initial_value=wish or None
    )
    label_ = "What do you wish for? Everybody here sees it."
    return View(
        type="modal",
        callback_id=EVENT,
        title=plain(text="Movie night"),
        submit=plain(text="Come"),
        close=plain(text="Cancel"),
        private_metadata=kept,
        blocks=[
            InputBlock(block_id="wish", label=plain(text=label_), optional=True, element=field_)
        ],
    )


def films(reply: GroupReply) -> list[Group]:
    """The films for everybody, with how well each suits each person."""
    people = reply.people
    before = [reply.care, lead(reply)]
    after = [
        ruled_out(reply),
        " ".join((*reply.conflicts, *reply.relaxed)),
        " ".join(reply.notices),
    ]
    return [
        *(_named(part, people) for part in before if part),
        *(_card(number, pick, people) for number, pick in enumerate(reply.picks, start=1)),
        *(_named(part, people) for part in after if part),
    ]


def in_words(reply: GroupReply) -> str:
    """The whole answer for notifications and screen readers."""
    return _by_id(reply.people).sub(r"<@\g<0>>", escaped(shortened(reply.text, 3_000)))


def _card(number: int, pick: GroupPick, people: Sequence[str]) -> Group:
    name = shortened(visible(label(pick.title, pick.year)), LONGEST_WISH)
    about = [text(f"{number}. "), text(name, bold=True), text(f"  {visible(facts(pick))}")]
    fits = "\n".join(
        f"{bar(fit.score, 5)} {fit.person}, {round(100 * fit.score)}: {seen(fit)}{fit.reason}"
        for fit in pick.fits
    )
    return [rich(about), *_named(fits, people), *actions_of(pick, name)]


def _named(said: str, people: Sequence[str] | Mapping[str, str]) -> Group:
    """Words in which people stand by their ids, naming them."""
    return [rich(people_in(shortened(visible(said), LONGEST_BLOCK), _by_id(people)))]


def _by_id(people: Sequence[str] | Mapping[str, str]) -> re.Pattern[str]:
    """Any of these ids as a word of its own; nothing where there are none."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, people))})\b" if people else r"(?!)")
