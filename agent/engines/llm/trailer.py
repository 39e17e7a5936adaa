"""Summing up a film from the captions of its trailer, or from what a model knows of it."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from ....errors import EngineError, UsageError
from ....ingest.catalogue import Catalogue
from ....ingest.item import Provenance
from ....ingest.language import BY
from ....ingest.title_match import meant, sure
from ....prompts import fenced, load
from ....tools.captions import Heard, heard, without_cast
from ....tools.descriptors import Descriptors
from ..base import Trailer
from .budget import Count
from .chat import Message
from .condense import Rendered
from .describe_read import tidied
from .describe_reply import Prose
from .excerpt import excerpt
from .tokens import MESSAGE_TOKENS, PROMPT_TOKENS

SUMMARY_ANSWER = 320
FEWEST_WORDS, MOST_WORDS = 50, 140
"""About 100 are asked for; small models miss that by so much."""
_LONGEST = 1_100
GENERAL_KNOWLEDGE = "general knowledge"


class TrailerReply(BaseModel):
    """A summary of what captions tell."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    summary: Prose


class KnownReply(BaseModel):
    """A summary of what is known of a film, where ``known`` says that anything is."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    known: bool
    summary: Prose


Reply = TrailerReply | KnownReply
Sum = Callable[[Rendered, type[Reply]], Awaitable[Reply]]
"""One call of a model."""


@dataclass(frozen=True)
class Summed:
    """A summary, the captions it is of, and whether it is told from general knowledge instead."""

    text: str
    captions: Heard
    known: bool = False


async def summed_up(
    captions: str, trailer: Trailer, *, catalogue: Catalogue, count: Count, room: int, ask: Sum
) -> Summed:
    """About 100 words on the film of a trailer, in English, without its cast.

    Captions that are empty or noise (`moodreel.tools.captions.Heard.telling`) are not used: then
    the model says what it knows of the title, or that it knows nothing.

    Raises:
        UsageError: the captions tell nothing, and there is no title to know anything of.
        EngineError: the model doesn't know the film, or wrote no such summary in two tries.
    """
    said = heard(captions)
    if said.telling:
        rendered = _from_captions(said, trailer, count, room)
        reply: type[Reply] = TrailerReply
    elif trailer.title:
        rendered, reply = _from_title(trailer), KnownReply
    else:
        raise UsageError(
            f"The captions have only {said.words} different words; give --title and --year, and"
            " a model may know the film."
        )
    text = await _written(rendered, reply, trailer, catalogue, ask)
    return Summed(text, said, known=not said.telling)


async def _written(
    rendered: Rendered, reply: type[Reply], trailer: Trailer, catalogue: Catalogue, ask: Sum
) -> str:
    """The checked summary; what is wrong with the first try is said to the model once."""
    for again in (True, False):
        written = await ask(rendered, reply)
        if isinstance(written, KnownReply) and not written.known:
            raise EngineError(f"it knows no film called {trailer.label!r}")
        text = _checked(written.summary, trailer, catalogue)
        problem = _problem(text)
        if not problem:
            return text
        if again:
            rendered = _mending(rendered, written, problem)
    raise EngineError(f"its summary {problem}")


def of_trailer(described: Descriptors, summed: Summed, model: str) -> Descriptors:
    """Descriptors of a summary as those of the film, saying what they are known from."""
    code = summed.captions.language
    told = {"summary": summed.text, "language": code, "known_by": {"language": BY} if code else {}}
    if not summed.known:
        return described.model_copy(update=told)
    by = Provenance(how="generated", by=f"{model}, {GENERAL_KNOWLEDGE}")
    note = (
        f"The captions have only {summed.captions.words} different words, so this is what {model}"
        " knows of the film in general, and not what was heard."
    )
    more = {"provenance": by, "notes": (note, *described.notes), "language": None, "known_by": {}}
    return described.model_copy(update={**told, **more})


def _checked(summary: str, trailer: Trailer, catalogue: Catalogue) -> str:
    plain = tidied(summary, _LONGEST)
    return without_cast(plain, catalogue, _cast(trailer, catalogue))


def _cast(trailer: Trailer, catalogue: Catalogue) -> tuple[str, ...]:
    """Who made the film, where the catalogue has it."""
    matches = meant(catalogue.find(trailer.title, trailer.year)) if trailer.title else []
    if len(matches) != 1 or not sure(matches[0]):
        return ()
    film = catalogue.get([matches[0].id])[matches[0].id]
    return (*film.cast, *film.directors)


def _problem(text: str) -> str:
    words = len(re.findall(r"\w+(?:['’-]\w+)*", text))
    if words < FEWEST_WORDS:
        return f"has {words} words without its cast and praise; write about 100 without either"
    return f"has {words} words; write about 100" if words > MOST_WORDS else ""


def _mending(rendered: Rendered, written: Reply, problem: str) -> Rendered:
    own = Message("assistant", json.dumps(written.model_dump(), ensure_ascii=False))
    asked = load("repair").render(problem=f"the summary {problem}")
    more = (Message(role, text) for role, text in asked)
    return Rendered((*rendered.messages, own, *more), rendered.prompt_hash)


def _from_captions(said: Heard, trailer: Trailer, count: Count, room: int) -> Rendered:
    system, asked = load("trailer").sections
    shots = load("trailer_examples").sections[: 2 * trailer.shots]
    about = f"<film>{fenced(trailer.label)}</film>\n" if trailer.title else ""
    fixed = [system[1], asked[1], about, *(text for _, text in shots)]
    used = PROMPT_TOKENS + sum(count(text) + MESSAGE_TOKENS for text in fixed)
    # What is wrong with a first try, and the try itself, have to fit too.
    free = room - used - SUMMARY_ANSWER - MESSAGE_TOKENS * 4
    if free < SUMMARY_ANSWER:
        raise EngineError("its context is too small for a trailer; raise MOODREEL_NUM_CTX")
    captions = fenced(excerpt(said.text, free, count).text)
    (_, first), (_, last) = load("trailer").render(about=about, captions=captions)
    between = tuple(Message(role, text.strip()) for role, text in shots)
    messages = (Message("system", first), *between, Message("user", last))
    return Rendered(messages, load("trailer").hash)


def _from_title(trailer: Trailer) -> Rendered:
    prompt = load("trailer_known")
    messages = prompt.render(film=fenced(trailer.label))
    return Rendered(tuple(Message(role, text) for role, text in messages), prompt.hash)
