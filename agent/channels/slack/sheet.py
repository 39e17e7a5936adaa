"""As much of an answer as has been told."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from ..heard import Heard
from ..wording import before_list
from .blocks import Group, cards, groups_of, opening


@dataclass
class Sheet(Heard):
    """One answer while it is being made; ``said`` is what it answers, ``to`` whom it names."""

    said: str = ""
    to: str | None = None

    @property
    def groups(self) -> list[Group]:
        """What can be shown; later there is more at the end, and the rest stays as it is."""
        if self.reply is not None:
            return groups_of(self.reply, self.said, self.to)
        head = before_list(self.text, self.picks)
        if head == self.text.strip():
            # The paragraph that is being written is shown once it has ended.
            head = self.text.rpartition("\n\n")[0]
            return opening(self.understood, head, self.to)
        reasoned = list(takewhile(lambda pick: pick.reason, self.picks))
        return [*opening(self.understood, head, self.to), *cards(reasoned)]
