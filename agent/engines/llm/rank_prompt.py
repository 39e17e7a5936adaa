"""What a model reads to rank: fitted into the room there is, the least important left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ....errors import EngineError
from ....prompts import fenced, load
from ..base import RankTask
from .chat import Message
from .film_lines import LENGTHS, careful, film_line, one_line
from .tokens import MESSAGE_TOKENS, PROMPT_TOKENS

Count = Callable[[str], int]

# What the message, and all sentences on the person, may take of the room that the system text
# leaves.
_MESSAGE_SHARE, _PROFILE_SHARE = 0.2, 0.2
_NOTHING = "(nothing)"
# Longer prompts are no better and cost a laptop seconds: what 20 candidates take, and each more.
_ENOUGH, _FOR_SO_MANY, _PER_CANDIDATE = 3_000, 20, 90


@dataclass(frozen=True)
class Rendered:
    """A prompt that fits.

    ``estimated`` is its length in tokens. ``aliases`` has the ids that may be ranked by their
    short names, in the order of the search. ``left_out`` counts what had to go: ``candidates``
    that are not in it, ``shortened`` ones that are, sentences of the profile (``known``) and
    characters of the ``message``; what is whole is not in it.
    """

    messages: tuple[Message, ...]
    prompt_hash: str
    estimated: int
    aliases: dict[str, str]
    left_out: dict[str, int] = field(default_factory=dict)


def rank_messages(task: RankTask, count: Count, room: int, most: int) -> Rendered:
    """The prompt of one ranking.

    Candidates are shortened, then dropped, last-ranked first; of the profile the newest
    sentences stay.

    Args:
        task: what shall be ranked for whom.
        count: how many tokens a text has.
        room: tokens that the prompt may take; up to 20 candidates get 3,000 at most.
        most: how many candidates a model shall choose from at most.

    Raises:
        EngineError: not even one candidate fits, or there is none.
    """
    if not task.candidates:
        raise EngineError("there are no candidates to rank")
    room = min(room, _ENOUGH + _PER_CANDIDATE * max(0, most - _FOR_SO_MANY))
    free = max(0, room - sum(count(text) for _, text in load("rank").sections))
    message = _shortened(task.message, count, int(free * _MESSAGE_SHARE))
    known, understood = _profile(task, count, int(free * _PROFILE_SHARE))
    lengths = [0] * min(len(task.candidates), most)
    while lengths:
        rendered = _render(task, count, message, (known, understood), lengths)
        over = rendered.estimated - room
        if over <= 0:
            return rendered
        lengths = _shrunk(task, count, lengths, over)
    raise EngineError(f"a context of {room} tokens is too small to rank in; raise MOODREEL_NUM_CTX")


def _render(
    task: RankTask,
    count: Count,
    message: str,
    profile: tuple[Sequence[str], Sequence[str]],
    lengths: Sequence[int],
) -> Rendered:
    aliases = {f"f{place}": item.id for place, item in enumerate(task.candidates, start=1)}
    aliases = dict(list(aliases.items())[: len(lengths)])
    known, understood = profile
    prompt = load("rank")
    texts = prompt.render(
        known="\n".join(known) or _NOTHING,
        films="\n".join(_lines(task, lengths)),
        understood="\n".join(understood) or _NOTHING,
        message=message or _NOTHING,
        count=str(min(task.count, len(aliases))),
        most=str(min(2 * task.count, len(aliases))),
    )
    estimated = PROMPT_TOKENS + sum(count(text) + MESSAGE_TOKENS for _, text in texts)
    messages = tuple(Message(role, text) for role, text in texts)
    left_out = _left_out(task, message, {*known, *understood}, lengths)
    return Rendered(messages, prompt.hash, estimated, aliases, left_out)


def _left_out(
    task: RankTask, message: str, known: set[str], lengths: Sequence[int]
) -> dict[str, int]:
    left = {
        "candidates": len(task.candidates) - len(lengths),
        "shortened": sum(length > 0 for length in lengths),
        "known": len(set(_sentences(task.known, task.understood)) - known),
        "message": max(0, len(task.message.strip()) - len(message)),
    }
    return {name: number for name, number in left.items() if number}


def _lines(task: RankTask, lengths: Sequence[int]) -> list[str]:
    notes = careful(task.query)
    return [
        film_line(f"f{place}", item, length=length, notes=notes)
        for place, (item, length) in enumerate(zip(task.candidates, lengths, strict=False), start=1)
    ]


def _shrunk(task: RankTask, count: Count, lengths: Sequence[int], over: int) -> list[int]:
    """Lengths that save about ``over`` tokens: the last lines shorter, then fewer lines."""
    shrunk, saved = list(lengths), 0
    sizes = [[count(line) for line in _lines(task, [n] * len(shrunk))] for n in range(len(LENGTHS))]
    for shorter in range(1, len(LENGTHS)):
        for place in reversed(range(len(shrunk))):
            if saved < over and shrunk[place] < shorter:
                saved += sizes[shrunk[place]][place] - sizes[shorter][place]
                shrunk[place] = shorter
    while saved < over and shrunk:
        saved += sizes[shrunk[-1]][len(shrunk) - 1]
        shrunk.pop()
    return shrunk if shrunk != list(lengths) else shrunk[:-1]


def _profile(task: RankTask, count: Count, room: int) -> tuple[list[str], list[str]]:
    """What is known and what this turn changed, newest first as far as there is room.

    What this turn changed is part of what is known, and said once only.
    """
    understood = _newest(_sentences(task.understood), count, room)
    rest = [text for text in _sentences(task.known) if text not in understood]
    used = sum(count(text) for text in understood)
    return _newest(rest, count, room - used), understood


def _sentences(*lists: Sequence[str]) -> list[str]:
    """All sentences as single lines, each once."""
    lines = (one_line(sentence) for sentences in lists for sentence in sentences)
    return [line for line in dict.fromkeys(lines) if line]


def _newest(sentences: Sequence[str], count: Count, room: int) -> list[str]:
    """The last sentences that fit, in their order."""
    kept: list[str] = []
    for sentence in reversed(sentences):
        room -= count(sentence) + 1
        if room < 0:
            break
        kept.append(sentence)
    return kept[::-1]


def _shortened(text: str, count: Count, room: int) -> str:
    """The beginning and the end of a text that is too long, fenced; they say most."""
    whole = fenced(text)
    if len(whole) <= 8 * room and count(whole) <= room:
        return whole
    low, high = 0, min(len(whole), 8 * room)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if count(_ends(whole, middle)) <= room else (low, middle - 1)
    return _ends(whole, low)


def _ends(text: str, length: int) -> str:
    """About so many characters of a text, two thirds of them its beginning, cut at blanks."""
    if length >= len(text):
        return text
    head, tail = text[: 2 * length // 3], text[len(text) - length // 3 :]
    head = head.rsplit(None, 1)[0] if " " in head else head
    tail = tail.split(None, 1)[-1] if " " in tail else tail
    return f"{head} … {tail if length >= 3 else ''}".strip()
