"""The line that says who answers, and how far the opening is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ....errors import MoodreelError
from .desk import Desk
from .parts import Updates


def status_html(engine: str, items: int, notices: Sequence[str] = ()) -> str:
    """The engine in use, how many films there are, and what did not go as usual last time."""
    said = "".join(f'<span class="mr-status-notice">{escape(each)}</span>' for each in notices)
    return (
        f'<p class="mr-status" role="status"><span>{escape(engine)}</span>'
        f"<span>{items:,} items</span>{said}</p>"
    )


def opening_html(percent: int) -> str:
    """How much of the catalogue is built."""
    return (
        '<p class="mr-status" role="status"><span>Building the catalogue, once:'
        f' {percent} %</span><progress max="100" value="{percent}"'
        ' aria-label="Building the catalogue"></progress></p>'
    )


def problem_html(problem: str) -> str:
    """Why nothing works."""
    return f'<p class="mr-status mr-problem" role="alert">{escape(problem)}</p>'


def state_html(desk: Desk) -> str:
    """The status as long as there is no agent."""
    state = desk.state()
    return problem_html(state.problem) if state.problem else opening_html(state.percent)


class Status:
    """The status line of one page."""

    def __init__(self, desk: Desk) -> None:
        """Tell of the desk's agent."""
        self._desk = desk

    async def refresh(self, owner: str, conversation: str) -> Updates:
        """The status as it is now."""
        if self._desk.state().phase != "ready":
            return (state_html(self._desk),)
        agent = await self._desk.agent()
        said = await self._last(owner, conversation)
        line = status_html(agent.choice, agent.catalogue.count(), said)
        return (f"{line}{self._desk.credit}",)

    async def _last(self, owner: str, conversation: str) -> Sequence[str]:
        """What the last reply had to say about itself."""
        try:
            name = self._desk.checked(owner, conversation)
            return (await (await self._desk.agent()).turns(name))[-1][1].notices
        except MoodreelError:
            return ()
