"""What a model reads to plan: one message and what it may refer to, fitted into the room."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ....errors import EngineError
from ....ingest.catalogue import Catalogue
from ....ingest.item import Item
from ....prompts import fenced, load
from ...edits import LimitEdit
from ...sentences import sentence
from ..base import Turn
from ..builtin import READ_AT_MOST
from .chat import Message
from .plan_outline import outline, tags
from .tokens import MESSAGE_TOKENS, PROMPT_TOKENS

Count = Callable[[str], int]

ENOUGH = 2_420
"""Tokens that a plan's prompt takes at most, unless the message itself is long: 2,600 for Llama 2's
tokenizer, which counts 1.07 for one of ours here."""
_LEAST = 250
"""Tokens for what a message may refer to, however long it is, where there is room."""
_FOR_TAGS = 60
"""Tokens that the names of all parts take."""
_LONGEST_MESSAGE = 1_200
"""Tokens of a message that a model reads; the rules read on to `READ_AT_MOST` characters."""
_PROFILE_SHARE = 0.55
_GENRE = re.compile(r"(?=.{2,24}$)[^\W\d_]+(?:[ &'/-]{1,3}[^\W\d_]+){0,2}")
_MOST_GENRES, _MOST_HISTORY, _MOST_LISTS = 40, 6, 4
_LONGEST_LINE = {"user": 240, "assistant": 160}
"""Characters of an earlier message; what an answer listed stands in the lists."""
_LONGEST_SENTENCE, _LONGEST_TITLE, _LONGEST_CHOICE = 160, 80, 60


@dataclass(frozen=True)
class Rendered:
    """A prompt that fits.

    ``estimated`` is its length in tokens. ``left_out`` counts what had to go: characters of the
    ``message``, sentences of the profile (``known``), films of the last ``list``, earlier
    messages (``history``) and earlier ``lists``; what is whole is not in it.
    """

    messages: tuple[Message, ...]
    prompt_hash: str
    estimated: int
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass
class _Parts:
    """What is said besides the system text, as lines; each list has the most telling first."""

    message: str = ""
    known: list[str] = field(default_factory=list)
    films: list[str] = field(default_factory=list)
    focus: str = ""
    question: str = ""
    history: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)


def plan_messages(turn: Turn, catalogue: Catalogue, count: Count, room: int) -> Rendered:
    """The prompt of one turn.

    The message comes first, then what is known of the user (limits, then the newest), the last
    list, the open question, the latest messages and earlier lists, each as far as there is room.
    What is older than that is condensed in the profile already.

    Args:
        turn: what was said, and where the conversation stands.
        catalogue: knows the items shown, and the genres there are.
        count: how many tokens a text has.
        room: tokens that the prompt may take.

    Raises:
        EngineError: not even the beginning of the message fits.
    """
    whole = _everything(turn, catalogue)
    render = partial(_rendered, catalogue=catalogue, count=count, turn=turn)
    bare = render(_Parts())
    free = room - bare.estimated - _FOR_TAGS
    message = cut(fenced(turn.message), count, min(free, _LONGEST_MESSAGE))
    if turn.message.strip() and not message.strip("…"):
        raise EngineError(_TOO_SMALL.format(room))
    used = count(message)
    parts = _Parts(message=message)
    _fill(parts, whole, count, min(free - used, max(_LEAST, ENOUGH - room + free - used)))
    rendered = render(parts)
    while rendered.estimated > room:
        if not _lessened(parts, count):
            raise EngineError(_TOO_SMALL.format(room))
        rendered = render(parts)
    return replace(rendered, left_out=_left(parts, whole))


_TOO_SMALL = "a context of {} tokens is too small to plan in; raise MOODREEL_NUM_CTX"


def _lessened(parts: _Parts, count: Count) -> bool:
    """Take out what tells least; False when nothing is left to take out."""
    for lines in (parts.lists, parts.history, parts.known, parts.films):
        if lines:
            lines.pop()
            return True
    if parts.focus or parts.question:
        parts.focus = parts.question = ""
        return True
    shorter = cut(parts.message, count, count(parts.message) * 3 // 4)
    shrunk = len(shorter) < len(parts.message) and bool(shorter.strip("…"))
    parts.message = shorter if shrunk else parts.message
    return shrunk


def _left(parts: _Parts, whole: _Parts) -> dict[str, int]:
    read = len(parts.message.removesuffix("…").rstrip())
    left = {
        "message": 0 if parts.message == whole.message else len(whole.message) - read,
        "known": len(whole.known) - len(parts.known),
        "list": len(whole.films) - len(parts.films),
        "history": len(whole.history) - len(parts.history),
        "lists": len(whole.lists) - len(parts.lists),
    }
    return {name: number for name, number in left.items() if number}


# --- what there is to say ---------------------------------------------------------------------


def _everything(turn: Turn, catalogue: Catalogue) -> _Parts:
    ids = {item_id for shown in turn.shown for item_id in shown} | set(turn.focus[-1:])
    items = catalogue.get(ids)
    last = turn.shown[-1] if turn.shown else ()
    return _Parts(
        message=fenced(turn.message),
        known=_known(turn),
        films=[f"{place} {_label(items, each)}" for place, each in enumerate(last, start=1)],
        focus=_label(items, turn.focus[-1]) if turn.focus else "",
        question=_question(turn),
        history=[_said(role, text) for role, text in reversed(turn.history)],
        lists=["; ".join(_label(items, each) for each in ids) for ids in reversed(turn.shown[:-1])],
    )


def _known(turn: Turn) -> list[str]:
    """The profile in sentences: limits first, since new words may run against an old one."""
    newest = list(reversed(turn.profile.active))
    newest.sort(key=lambda entry: not isinstance(entry.content, LimitEdit))
    return [line(sentence(entry), _LONGEST_SENTENCE) for entry in newest]


def line(text: str, longest: int) -> str:
    """Anybody's text as one line of data, cut at a word with "…"."""
    flat = " ".join(fenced(text[: 4 * longest]).split())
    return flat if len(flat) <= longest else f"{flat[:longest].rsplit(' ', 1)[0]}…"


def _label(items: dict[str, Item], item_id: str) -> str:
    item = items.get(item_id)
    if item is None:
        return "(gone)"
    title = line(item.title, _LONGEST_TITLE)
    return f"{title} ({item.year})" if item.year else title


def _question(turn: Turn) -> str:
    if not turn.question:
        return ""
    choices = " / ".join(line(choice, _LONGEST_CHOICE) for choice in turn.choices[:6])
    return f"{line(turn.question, _LONGEST_SENTENCE)}{f' [{choices}]' if choices else ''}"


def _said(role: str, text: str) -> str:
    return f"{role}: {line(text, _LONGEST_LINE.get(role, _LONGEST_LINE['assistant']))}"


# --- what fits --------------------------------------------------------------------------------


def cut(text: str, count: Count, room: int) -> str:
    """The beginning of a text in at most ``room`` tokens, cut at a word with "…"."""
    text = text.strip()
    if len(text) <= READ_AT_MOST and count(text) <= room:
        return text
    low, high = 0, min(len(text), READ_AT_MOST)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if count(text[:middle]) + 1 <= room else (low, middle - 1)
    head = text[:low]
    return f"{head.rsplit(None, 1)[0] if ' ' in head else head}…" if head else ""


def _fill(parts: _Parts, whole: _Parts, count: Count, room: int) -> None:
    """Take over, in order of weight, what there is room for."""
    parts.known, used = _taken(whole.known, count, int(room * _PROFILE_SHARE))
    room -= used
    parts.films, used = _taken(whole.films, count, room)
    room -= used
    for name in ("question", "focus"):
        text = getattr(whole, name)
        if count(text) <= room:
            setattr(parts, name, text)
            room -= count(text)
    parts.history, used = _taken(whole.history[:_MOST_HISTORY], count, room)
    parts.lists, _ = _taken(whole.lists[:_MOST_LISTS], count, room - used)


def _taken(lines: Sequence[str], count: Count, room: int) -> tuple[list[str], int]:
    """The first lines that fit, and how many tokens they take."""
    taken: list[str] = []
    used = 0
    for each in lines:
        cost = count(each) + 1
        if used + cost > room:
            break
        taken.append(each)
        used += cost
    return taken, used


def _rendered(parts: _Parts, catalogue: Catalogue, count: Count, turn: Turn) -> Rendered:
    prompt = load("plan")
    texts = prompt.render(
        outline=outline(),
        moods=tags(),
        genres=_genres(catalogue),
        now=f"Year: {turn.year}\n",
        known=_block("known", "\n".join(reversed(parts.known))),
        lists=_block("earlier_lists", "\n".join(reversed(parts.lists))),
        history=_block("history", "\n".join(reversed(parts.history))),
        list=_block("list", "; ".join(parts.films)),
        focus=_block("last_spoken_of", parts.focus),
        question=_block("question", parts.question),
        message=f"<message>{parts.message}</message>",
    )
    messages = tuple(Message(role, text) for role, text in texts)
    estimated = PROMPT_TOKENS + sum(count(m.text) + MESSAGE_TOKENS for m in messages)
    return Rendered(messages, prompt.hash, estimated)


def _block(name: str, text: str) -> str:
    return f"<{name}>{text}</{name}>\n" if text else ""


def _genres(catalogue: Catalogue) -> str:
    """The catalogue's genres, the commonest first.

    They stand among the rules, where whatever somebody added as a genre must not be a sentence.
    """
    found = catalogue.facet("genres")
    names = sorted(found, key=lambda name: (-found[name], name))
    short = [name.title() for name in names if _GENRE.fullmatch(name)]
    return ", ".join(short[:_MOST_GENRES])
