"""Conversations as they were last kept, read once for all who look at them."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property

from .profile import TasteProfile
from .reply import Reply
from .state import Json, State, dialogue

MOST_HELD = 64
"""How many conversations are held at once: about as many as people look at in one moment."""


class Kept:
    """One conversation after one turn. Nobody changes what it gives: others look at it too."""

    def __init__(self, state: State) -> None:
        self.state = state

    @cached_property
    def profile(self) -> TasteProfile:
        """What was known of the user then."""
        return TasteProfile.model_validate(self.state["profile"])

    @property
    def links(self) -> Json:
        """Which of its entries are known in other conversations too (`moodreel.agent.lasting`)."""
        return self.state.get("links", {})

    @cached_property
    def replies(self) -> tuple[Reply, ...]:
        """Every reply so far, oldest first, without its profile."""
        return tuple(Reply.model_validate(each) for each in self.state["replies"])

    @cached_property
    def turns(self) -> tuple[tuple[str, Reply], ...]:
        """Every message with the reply to it, oldest first."""
        said = [text for role, text in dialogue(self.state) if role == "user"]
        return tuple(zip(said, self.replies, strict=True))


class Recent:
    """The conversations that were looked at last, each at the checkpoint that was read."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[str, Kept]] = OrderedDict()

    def get(self, conversation: str, checkpoint: str) -> Kept | None:
        """The conversation at this checkpoint; None where that has to be read."""
        held = self._held.get(conversation)
        if held is None or held[0] != checkpoint:
            return None
        self._held.move_to_end(conversation)
        return held[1]

    def hold(self, conversation: str, checkpoint: str, kept: Kept) -> None:
        """Hold it in place of what was read of it before, and of what nobody looks at."""
        self._held[conversation] = checkpoint, kept
        self._held.move_to_end(conversation)
        if len(self._held) > MOST_HELD:
            self._held.popitem(last=False)

    def holds(self, conversation: str) -> bool:
        """Whether anything of it is held."""
        return conversation in self._held

    def drop(self, conversation: str) -> None:
        """Hold nothing of it any more."""
        self._held.pop(conversation, None)
