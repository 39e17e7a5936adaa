"""The conversation in the terminal: reading lines, slash commands, stopping and leaving."""

from __future__ import annotations

import asyncio
import difflib
import gc
import json
import shlex
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from ...errors import BadMessage, MoodreelError, UnknownConversation, UsageError
from ..edits import Feeling, Reset
from ..past_summary import lines
from ..sentences import with_evidence
from .opening import conversation_id, open_companion
from .output import write_new
from .screens import Screen, screen
from .streams import as_utf8

if TYPE_CHECKING:
    from ...tools.query import QueryDimension
    from ..companion import MovieAgent
    from ..reply import Pick, Reply

PROMPT = "you> "
_LISTED = 5
"""How many films of a history are named that need a choice, or that are not here."""
WELCOME = "Say what you feel like watching. /help lists what else you can do; Ctrl-D leaves."


@dataclass
class Talk:
    """One conversation at the terminal: who answers, where it shows, and the last list shown."""

    agent: MovieAgent
    conversation: str
    screen: Screen
    picks: tuple[Pick, ...] = ()

    def pick(self, number: str) -> Pick:
        """The pick with this number in the last list.

        Raises:
            UsageError: there is no such pick.
        """
        if not self.picks:
            raise UsageError("Nothing has been recommended yet; say what you feel like first.")
        count = len(self.picks)
        if not number.isdecimal() or not 1 <= int(number) <= count:
            raise UsageError(f"Give a number from 1 to {count} of the last list, not {number!r}.")
        return self.picks[int(number) - 1]

    def showed(self, reply: Reply | None) -> None:
        """Remember the list of a reply, so that numbers mean it."""
        if reply is not None and reply.picks:
            self.picks = reply.picks


@dataclass(frozen=True)
class Slash:
    """A slash command; ``takes`` names its argument, empty where it has none."""

    says: str
    run: Callable[[Talk, str], Awaitable[None]]
    takes: str = ""


async def _profile(talk: Talk, _: str) -> None:
    try:
        entries = (await talk.agent.profile(talk.conversation)).active
    except UnknownConversation:
        entries = ()
    known = [f"- {with_evidence(entry)}" for entry in entries]
    talk.screen.remark("\n".join(known) or "Nothing yet: you have not told me anything.")


async def _undo(talk: Talk, _: str) -> None:
    await _answer(talk, await talk.agent.undo(talk.conversation))


async def _why(talk: Talk, number: str) -> None:
    pick = talk.pick(number)
    await _answer(talk, await talk.agent.feedback(talk.conversation, pick.id, "why"))


def _feel(feeling: Feeling) -> Callable[[Talk, str], Awaitable[None]]:
    async def run(talk: Talk, number: str) -> None:
        pick = talk.pick(number)
        await _answer(talk, await talk.agent.feedback(talk.conversation, pick.id, feeling))

    return run


async def _more(talk: Talk, about: str) -> None:
    number, _, dimension = about.partition(" ")
    pick, by = talk.pick(number), cast("QueryDimension", dimension.strip() or "overall")
    await _answer(talk, await talk.agent.feedback(talk.conversation, pick.id, "more_like", by))


async def _films(talk: Talk, _: str) -> None:
    await _answer(talk, await talk.agent.recommend(talk.conversation))


async def _reset(talk: Talk, _: str) -> None:
    edits = [Reset(scope="all", words="/reset")]
    await _answer(talk, await talk.agent.edit_profile(talk.conversation, edits))
    talk.screen.remark("/undo brings it back.")


async def _export(talk: Talk, name: str) -> None:
    if not name:
        raise UsageError("Name the file to write: /export FILE")
    whole = await talk.agent.export(talk.conversation)
    text = json.dumps(whole, ensure_ascii=False, indent=2, default=_plain)
    path = write_new(name, f"{text}\n")
    talk.screen.remark(f"The conversation is in {str(path)!r}.")


def _plain(value: object) -> object:
    dump = getattr(value, "model_dump", None)
    if dump is None:
        raise TypeError(f"{type(value).__name__} can't be exported")
    return dump(mode="json")


async def _history(talk: Talk, name: str) -> None:
    from ...ingest.history import read_history  # noqa: PLC0415

    if not name:
        raise UsageError("Name the export of Letterboxd, IMDb or MovieLens: /history FILE")
    found = await asyncio.to_thread(read_history, [Path(name)], talk.agent.catalogue)
    talk.screen.remark("\n".join(lines(found, _LISTED)))
    await _answer(talk, await talk.agent.import_history(talk.conversation, found))
    talk.screen.remark("/undo or “forget my history” takes it back.")


_ENDINGS = (".csv", ".tsv", ".zip", ".gz")


def pasted_history(line: str) -> Path | None:
    """The file that a line is the path of, as terminals paste one that is dropped on them."""
    if not line.rstrip("'\" ").lower().endswith(_ENDINGS):
        return None
    with suppress(ValueError, OSError):
        words = [line.strip("'\""), *shlex.split(line)[:1]]
        paths = (Path(unquote(word.removeprefix("file://"))).expanduser() for word in words)
        return next((path for path in paths if path.is_file()), None)
    return None


async def _help(talk: Talk, _: str) -> None:
    each = [f"{f'/{name} {slash.takes}':<14} {slash.says}" for name, slash in SLASHES.items()]
    talk.screen.remark("\n".join(["Talk as you would to a friend, or use:", *each]))


async def _leave(_: Talk, __: str) -> None:
    raise EOFError


SLASHES: dict[str, Slash] = {
    "profile": Slash("what I know of your taste, and from which words", _profile),
    "undo": Slash("take back what the last message changed", _undo),
    "why": Slash("why this one of the last list", _why, "N"),
    "love": Slash("you love this one", _feel("loved"), "N"),
    "like": Slash("you like this one", _feel("liked"), "N"),
    "dislike": Slash("you don't care for this one", _feel("disliked"), "N"),
    "seen": Slash("you have seen this one; it won't come again", _feel("seen"), "N"),
    "more": Slash("more like it; by mood, audience or plot where you add that", _more, "N [BY]"),
    "films": Slash("a list for your taste as it stands", _films),
    "history": Slash("bring in what you watched: an export or a CSV", _history, "FILE"),
    "reset": Slash("start over", _reset),
    "export": Slash("write the conversation to a file, as JSON", _export, "FILE"),
    "help": Slash("this list", _help),
    "quit": Slash("leave; Ctrl-D does it too", _leave),
}


async def _answer(talk: Talk, reply: Reply) -> None:
    talk.showed(reply)
    talk.screen.whole(reply)


async def respond(talk: Talk, line: str) -> None:
    """Answer one line: a slash command, or a message for the agent.

    Raises:
        EOFError: the person wants to leave.
    """
    try:
        if pasted := pasted_history(line):
            await _history(talk, str(pasted))
        elif line.startswith("/"):
            await _obey(talk, line)
        else:
            talk.showed(await talk.screen.follow(talk.agent.stream(line, talk.conversation)))
    except MoodreelError as error:
        talk.screen.remark(str(error))


async def _obey(talk: Talk, line: str) -> None:
    name, _, argument = line[1:].partition(" ")
    slash = SLASHES.get(name.lower())
    if slash is None:
        near = difflib.get_close_matches(name.lower(), SLASHES, n=1)
        guess = f"did you mean /{near[0]}?" if near else "/help lists what there is."
        raise UsageError(f"There is no command {f'/{name}'!r}; {guess}")
    await slash.run(talk, argument.strip())


def typed_lines() -> Iterator[str]:
    """Lines as a person types them, with the line editing of the terminal."""
    with suppress(ImportError):
        import readline  # noqa: F401, PLC0415 (importing it gives `input` history and editing)
    while True:
        try:
            yield as_utf8(input(PROMPT), sys.stdin.encoding)
        except (EOFError, KeyboardInterrupt):
            print()  # noqa: T201 (the shell's prompt goes on its own line)
            return


def piped_lines(show: Screen) -> Iterator[str]:
    """Lines of stdin; one that is no text is refused in a sentence, and the rest goes on."""
    for raw in sys.stdin.buffer:
        try:
            line = raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            show.remark(str(BadMessage("A line from stdin is not text in UTF-8 and was left out.")))
            continue
        if line.strip():
            show.heard(line)
            yield line


def hold(conversation: str | None) -> None:
    """Hold a conversation until the person leaves or the pipe ends."""
    show = screen()
    typed = sys.stdin.isatty()
    with asyncio.Runner() as runner:
        agent = runner.run(open_companion())
        try:
            talk = runner.run(_begin(agent, conversation, show))
            if typed:
                show.remark(WELCOME)
                show.remark(agent.choice)
            _converse(runner, talk, typed_lines() if typed else piped_lines(show))
        finally:
            runner.run(agent.close())
    if typed and talk.picks:
        show.remark(f"Go on another day with: moodreel chat --conversation {talk.conversation}")


async def _begin(agent: MovieAgent, conversation: str | None, show: Screen) -> Talk:
    """A new conversation, or an earlier one with the list that it ended on."""
    talk = Talk(agent, await conversation_id(agent, conversation), show)
    with suppress(UnknownConversation):
        for reply in await agent.replies(talk.conversation):
            talk.showed(reply)
    return talk


def _converse(runner: asyncio.Runner, talk: Talk, lines: Iterator[str]) -> None:
    for line in lines:
        if not line.strip():
            continue
        try:
            runner.run(respond(talk, line.strip()))
        except KeyboardInterrupt:
            # The runner has cancelled the turn: the first Ctrl-C stops an answer, no more.
            talk.screen.remark("Stopped.")
        except EOFError:
            return
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
