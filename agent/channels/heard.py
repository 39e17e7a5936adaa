"""As much of an answer as its events have told so far."""

from __future__ import annotations

from dataclasses import dataclass

from ..reply import Event, Pick, Reply


@dataclass(kw_only=True)
class Heard:
    """One answer while it is being made; ``waiting`` says what it waits for, if anything."""

    understood: tuple[str, ...] = ()
    picks: tuple[Pick, ...] = ()
    text: str = ""
    waiting: str = ""
    reply: Reply | None = None

    def take(self, event: Event) -> None:
        """Add what an event tells."""
        self.waiting = event.waiting
        if event.event == "understood":
            self.understood = event.understood
        elif event.event == "picks":
            self.picks = event.picks
        elif event.event == "reason":
            told = {pick.id: pick for pick in event.picks}
            self.picks = tuple(told.get(pick.id, pick) for pick in self.picks)
        elif event.event == "text":
            self.text += event.text
        self.reply = event.reply or self.reply
