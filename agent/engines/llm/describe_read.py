"""What a model wrote of a content, as descriptors: tidied, checked, likened to the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from ....errors import EmbedderSilent
from ....ingest.catalogue import Catalogue, Probe, Space
from ....ingest.item import Provenance, fold
from ....ingest.language import BY, language_of
from ....prompts import load
from ....tools.descriptors import Descriptors
from ..base import Content
from .describe_reply import DescribeReply
from .structured import Unusable

SIMILAR = 5
LONGEST = {"summary": 600, "mood": 320, "target_audience": 320, "plot_essence": 480}
"""Characters of each text; the longest of the starter catalogue's have about 300."""
LONGEST_TAG = 40
_PARROTED = 90
"""Likeness in percent from which a text is the example's and not the content's."""

_LATIN = 0.8
_FULL_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)+")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\b\S+@\S+\.\w+", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(\S*\)")
_MARKUP = re.compile(
    r"</?[A-Za-z!][^<>]*>|[*_`#]{2,}|`|^[^\S\n]*(?:[-*#>]+|\d+[.)])\s+", re.MULTILINE
)
_LOOSE = re.compile(r"\s+(?=[.,;:!?](?:\s|$))")
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*(?=\s)")
_EXAMPLE = re.compile(r'"plot_essence":"([^"]+)"')
_PRAISE = re.compile(
    r"\b(?:must[- ](?:see|watch|read)|masterpiece|best (?:film|movie|story) (?:ever|of all time)"
    r"|(?:don['’]?t|do not) miss)\b",
    re.IGNORECASE,
)


def descriptors_of(
    reply: DescribeReply, content: Content, model: str, notes: Sequence[str]
) -> Descriptors:
    """Descriptors as the model gave them, without markup, addresses, repeats and praise.

    What makes them less sure is added to the notes: a model that says so, a name that it made up.

    Raises:
        Unusable: the texts are empty when tidied, or the prompt's own example.
    """
    texts = {name: tidied(getattr(reply, name), length) for name, length in LONGEST.items()}
    empty = next((name for name, text in texts.items() if not text), None)
    if empty:
        raise Unusable(f"the description's {empty!r} says nothing of use")
    if fuzz.ratio(texts["plot_essence"], _example()) >= _PARROTED:
        raise Unusable("the model repeated the example of its instructions")
    return Descriptors(
        summary=texts["summary"],
        mood=texts["mood"],
        target_audience=texts["target_audience"],
        plot_essence=texts["plot_essence"],
        mood_tags=tuple(dict.fromkeys(reply.mood_tags)),
        tags=_tags(reply.tags),
        archetypes=_tags(reply.archetypes),
        axes=reply.axes,
        genres=tuple(dict.fromkeys(reply.genres)),
        **_told_in(reply, content),
        provenance=Provenance(how="generated", by=model),
        notes=(*notes, *_doubts(reply, content, model)),
    )


def _told_in(reply: DescribeReply, content: Content) -> dict[str, Any]:
    """The language of a content: that of its text where it is plain, else what the model says."""
    plain = language_of(content.text) if content.text else None
    return {"language": plain or reply.language, "known_by": {"language": BY} if plain else {}}


def with_similar(described: Descriptors, catalogue: Catalogue) -> Descriptors:
    """The same with the ids of the nearest items of a catalogue, by mood, audience and plot.

    Blocks while the texts are embedded. Where the embedding model is silent, none are near and
    a note says so.
    """
    texts: dict[Space, str] = {
        "mood": described.mood,
        "audience": described.target_audience,
        "plot": described.plot_essence,
    }
    try:
        probes = [Probe(space, catalogue.embed([text], space)[0]) for space, text in texts.items()]
    except EmbedderSilent:
        note = "The embedding model did not answer, so I can't say what is near."
        return described.model_copy(update={"notes": (*described.notes, note)})
    hits = catalogue.search(probes, limit=SIMILAR)
    return described.model_copy(update={"similar": tuple(hit.id for hit in hits)})


def tidied(text: str, longest: int) -> str:
    """Plain sentences: no markup, no addresses, no sentence of praise; not longer than that."""
    plain = _ADDRESS.sub("", _MARKUP.sub(" ", _LINK.sub(r"\1", text)))
    plain = _LOOSE.sub("", " ".join(_UNSEEN.sub(" ", plain).split()))
    kept = (part for part in _sentences(plain) if not _PRAISE.search(part))
    return _cut(" ".join(kept).translate(_PLAIN), longest)


_PLAIN = str.maketrans({"<": "‹", ">": "›"})


def _sentences(text: str) -> list[str]:
    ends = [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return [text[a:b].strip() for a, b in zip([0, *ends], ends, strict=False) if text[a:b].strip()]


def _cut(text: str, longest: int) -> str:
    """Whole sentences where at least one fits, else words and "…"; ends like a sentence."""
    if len(text) > longest:
        whole = [match.end() for match in _SENTENCE_END.finditer(text) if match.end() <= longest]
        if whole:
            return text[: whole[-1]]
        return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    if not re.search(r"\w", text):
        return ""
    return text if text[-1] in ".!?…\"'”’)" else f"{text}."


def _tags(given: Iterable[str]) -> tuple[str, ...]:
    """Tags in lower case, each once; what is no short phrase of words is left out."""
    plain = (" ".join(_UNSEEN.sub(" ", tag).split()).strip(" .,;:#*\"'").lower() for tag in given)
    kept = [
        tag
        for tag in plain
        if 1 < len(tag) <= LONGEST_TAG and not _ADDRESS.search(tag) and not set(tag) & set("<>[]{}")
    ]
    distinct = {fold(tag): tag for tag in reversed(kept) if fold(tag)}
    return tuple(tag for tag in dict.fromkeys(kept) if distinct.get(fold(tag)) == tag)


@cache
def _example() -> str:
    """The plot of the prompt's example: weak models give it back for whatever they are shown."""
    found = _EXAMPLE.search(load("describe").sections[0][1])
    assert found is not None  # noqa: S101 - a test reads the prompt
    return found[1]


def _doubts(reply: DescribeReply, content: Content, model: str) -> Iterable[str]:
    if reply.confidence == "low":
        yield f"{model} was not sure of what it saw: take this as a guess."
    invented = None if content.pictures else _invented(reply, content.text)
    if invented:
        yield f"{model} speaks of {invented!r}, which is not in the text: take this with care."


def _invented(reply: DescribeReply, text: str) -> str | None:
    """A full name in the description no part of which is in the text.

    Names in other scripts are spelled in too many ways to compare them.
    """
    if sum(letter.isascii() for letter in text) < len(text) * _LATIN:
        return None
    known = set(fold(text).split())
    names = _FULL_NAME.findall(f"{reply.summary} {reply.plot_essence}")
    return next((name for name in names if not known & set(fold(name).split())), None)
