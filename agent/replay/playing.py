"""Playing a script once: every turn live, each answer checked as it comes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from ...errors import BadScript, MoodreelError, UsageError
from ...ingest.catalogue import Catalogue
from ..clicks import edits_click
from ..profile import TasteProfile, diff
from ..reply import Reply
from ..sentences import sentence
from .checks import Judging, check_turn, check_whole, with_judgement
from .checks.base import Exchange, Seen, upto
from .clicked import in_words
from .expect import Expect
from .items import the_item
from .play import Player
from .result import CheckResult, ProfileDiff, RunResult, TurnResult
from .script import Press, Script, ScriptTurn


@dataclass
class Playing:
    """One run of a script on a channel.

    Args:
        script: what is said and expected.
        player: the conversation, with all that the script's setup wants.
        catalogue: what the player's agent recommends from.
        year: the present year there.
        profile: what is known before the first turn.
        judging: who is asked about rubrics, where somebody is.
    """

    script: Script
    player: Player
    catalogue: Catalogue
    year: int
    profile: TasteProfile = field(default_factory=TasteProfile)
    judging: Judging | None = None
    exchanges: list[Exchange] = field(default_factory=list)

    async def run(self, number: int = 1) -> RunResult:
        """Play all turns; what one of them raises is its result."""
        started = time.perf_counter()
        turns: list[TurnResult] = []
        for place, turn in enumerate(self.script.turns, 1):
            if self.script.on_turn_failure == "stop" and any(each.failed for each in turns):
                turns.append(TurnResult(number=place, said=_meant(turn), played=False))
                continue
            turns.append(await self._turn(place, turn))
        checks = await self._whole() if all(turn.played for turn in turns) else ()
        spent = round(time.perf_counter() - started, 3)
        return RunResult(number=number, turns=tuple(turns), checks=checks, seconds=spent)

    async def _turn(self, number: int, turn: ScriptTurn) -> TurnResult:
        said, pressed = _meant(turn), turn.press is not None
        try:
            said, reply = await self._answer(turn)
        except BadScript:
            raise
        except Exception as error:  # noqa: BLE001 - a script is there to find such
            return TurnResult(number=number, said=said, pressed=pressed, error=_told(error))
        before, self.profile = self.profile, reply.profile
        self.exchanges.append(Exchange(said, reply))
        seen = Seen(tuple(self.exchanges), self.catalogue, self.year)
        checks = check_turn(turn.expect, self.script.promises, seen)
        checks = await self._judged(checks, turn.expect, seen)
        found = changes(before, reply.profile)
        result = _result(number, said, reply, found, checks)
        return result.model_copy(update={"pressed": turn.user is None})

    async def _answer(self, turn: ScriptTurn) -> tuple[str, Reply]:
        if turn.user is not None:
            return turn.user, await self.player.say(turn.user)
        if turn.edits is not None:
            return edits_click(turn.edits)[0], await self.player.edit(turn.edits)
        assert turn.press is not None  # noqa: S101 - a turn is one of the three
        press = self._aimed(turn.press)
        return in_words(press, self.catalogue), await self.player.press(press)

    def _aimed(self, press: Press) -> Press:
        """The press with its item's id in the place of its name, or of its place in the list."""
        if not press.item:
            return press
        place = press.item.removeprefix("#")
        if place != press.item and place.isdecimal():
            return press.model_copy(update={"item": self._listed(int(place))})
        return press.model_copy(update={"item": the_item(self.catalogue, press.item).id})

    def _listed(self, place: int) -> str:
        """The id at a place of the last list, counted from 1."""
        lists = [each.reply.picks for each in self.exchanges if each.reply.picks]
        picks = lists[-1] if lists else ()
        if not 1 <= place <= len(picks):
            raise UsageError(f"The last list had {len(picks)} films, so there is no #{place}.")
        return picks[place - 1].id

    async def _whole(self) -> tuple[CheckResult, ...]:
        seens = upto(self.exchanges, self.catalogue, self.year)
        if not seens:
            return ()
        checks = check_whole(self.script.expect, self.script.promises, seens)
        return await self._judged(checks, self.script.expect, seens[-1])

    async def _judged(
        self, checks: tuple[CheckResult, ...], expect: Expect, seen: Seen
    ) -> tuple[CheckResult, ...]:
        if self.judging is None:
            return checks
        return await with_judgement(checks, expect, seen, self.judging)


def changes(before: TasteProfile, after: TasteProfile) -> ProfileDiff:
    """What a turn did to a profile, in sentences."""
    found = diff(before, after)
    return ProfileDiff(
        added=tuple(sentence(each) for each in (*found.added, *found.restored)),
        dropped=tuple(sentence(each) for each in (*found.replaced, *found.dropped)),
    )


def _meant(turn: ScriptTurn) -> str:
    """A turn in words before it is played."""
    if turn.press is None:
        return turn.user or edits_click(turn.edits or ())[0]
    return f"{turn.press.act.replace('_', ' ')} {turn.press.item}".strip()


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, MoodreelError) else f"{type(error).__name__}: {error}"


def _result(
    number: int,
    said: str,
    reply: Reply,
    profile: ProfileDiff,
    checks: tuple[CheckResult, ...],
) -> TurnResult:
    same = ("text", "picks", "question", "understood", "relaxed", "notices", "engine", "trace",
            "calls", "timings_ms")  # fmt: skip
    shown = {name: getattr(reply, name) for name in same}
    return TurnResult(number=number, said=said, profile=profile, checks=checks, **shown)
