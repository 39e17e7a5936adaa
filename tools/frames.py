"""Sentence frames: each says one kind of fact in one way.

A lead opens a sentence and can stand alone; a detail follows a lead and brings its own comma
or colon; a tail closes with a number or a warning. ``{what}`` is the fact's own words and
``{like}`` the favourite's title.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..ingest.item import Item
from ..ingest.language import LANGUAGES
from .facts import Fact, FactKind
from .names import in_sentence
from .opening_image import lowered
from .wording import (
    HIGH,
    LESS,
    LITTLE,
    MOOD_NOUNS,
    MORE,
    adjective,
    article,
    genre,
    italic,
    listed,
    noun,
    story,
)


@dataclass(frozen=True)
class Frame:
    """One way to say a fact: ``name`` identifies it, ``text`` has the places to fill."""

    name: str
    kind: FactKind
    text: str


def _frames(table: Mapping[FactKind, tuple[str, ...]], prefix: str) -> dict[FactKind, list[Frame]]:
    return {
        kind: [Frame(f"{prefix}:{kind}:{n}", kind, text) for n, text in enumerate(texts)]
        for kind, texts in table.items()
    }


LEADS: dict[FactKind, list[Frame]] = _frames(
    {
        "shared_moods": (
            "the same {nouns} as {like}",
            "{adjectives} in the way that {like} is",
            "another {adjectives} one, like {like}",
            "it has the {nouns} of {like}",
            "if you want the {nouns} of {like} again, it's here",
        ),
        "shared_tags": (
            "{what} again, as in {like}",
            "it has {what} in common with {like}",
            "you'll know {what} from {like}",
            "like {like}, it gives you {what}",
            "{what}: that much it shares with {like}",
        ),
        "shared_archetype": (
            "{a_story}, as {like} is",
            "like {like}, it tells {a_story}",
            "{a_story} again, after {like}",
        ),
        "shared_director": (
            "{what} made this as well as {like}",
            "from {what}, who also made {like}",
            "{like} was by {what} too",
        ),
        "shared_cast": (
            "{what} again, as in {like}",
            "like {like}, it has {what} in it",
            "it shares {what} with {like}",
        ),
        "kindred": (
            "people who love {like} tend to love this one too",
            "often loved by the same people as {like}",
            "a favourite of many who love {like}",
        ),
        "more_than": ("{more} than {like}", "it's {more} than {like}", "{like}, but {more}"),
        "less_than": ("{less} than {like}", "it's {less} than {like}", "{like}, but {less}"),
        "near_like": (
            "its {what} runs close to that of {like}",
            "close to {like} in {what}",
            "near {like} in {what}",
        ),
        "near_text": (
            "nothing in it is quite “{text}”, but it comes near",
            "“{text}” only roughly",
            "nearer the spirit of “{text}” than the letter",
        ),
        "asked_moods": (
            "{adjectives}, as you asked",
            "for the {nouns} you're after",
            "here's the {nouns} you wanted",
            "on the {adjectives} side",
            "{adjectives} by nature",
            "it brings the {nouns} you're after",
        ),
        "asked_high": (
            "on the {high} side of things",
            "properly {high}",
            "decidedly {high}",
            "on the {high} side",
        ),
        "asked_low": (
            "{low} in it",
            "it has {low}",
            "you'll find {low} here",
        ),
        "asked_genres": (
            "{a_genre}, as you wanted",
            "here's {a_genre} for you",
            "{a_genre} at heart",
        ),
        "asked_subjects": (
            "{what}, as you asked",
            "here's {what} for you",
            "look here for {what}",
            "it brings in {what}",
            "you wanted {what}, and this delivers",
        ),
        "asked_people": (
            "here's {what}, as you wanted",
            "{what} again, by request",
            "it has {what}, whom you asked for",
        ),
        "own_tags": (
            "it's about {what}",
            "it turns on {what}",
            "expect {what}",
            "there's {what} in it",
            "it deals in {what}",
        ),
        "own_moods": (
            "{adjectives}",
            "it's {adjectives}",
        ),
        "own_archetype": (
            "{a_story}",
            "it tells {a_story}",
            "at heart {a_story}",
        ),
        "image": ("{image}",),
        "asked_year": ("from {what}, as you wanted", "made in {what}, so within your years"),
        "asked_length": ("{what} minutes, as you wanted", "done in {what} minutes"),
        "asked_language": ("in {language}, as you wanted", "spoken in {language}, as you asked"),
        "asked_age": (
            "rated {what}, with the youngest in mind",
            "a {what} rating, so for all of you",
        ),
    },
    "lead",
)
DETAILS: dict[FactKind, list[Frame]] = _frames(
    {
        "shared_moods": (
            ", with the {nouns} of {like}",
            ", and just as {adjectives} as {like}",
            ", and it has the {nouns} of {like}",
        ),
        "shared_tags": (
            ", with {what} as in {like}",
            ", and like {like} it has {what}",
            ", and {what} as in {like}",
        ),
        "shared_archetype": (", and {a_story} as {like} is", "; like {like}, it's {a_story}"),
        "shared_director": (", and from {what}, who made {like}",),
        "shared_cast": (", and with {what}, as in {like}",),
        "kindred": (
            ", and people who love {like} tend to love it",
            ", and often loved by the same people as {like}",
        ),
        "more_than": (", only {more}", ", but {more}", ", though {more}"),
        "less_than": (", only {less}", ", but {less}", ", though {less}"),
        "near_like": (
            ", and in {what} it comes near {like}",
            ", and not far from {like} in {what}",
        ),
        "asked_moods": (
            ", and {adjectives}",
            ", with the {nouns} you asked for",
        ),
        "asked_high": (
            ", and {high} too",
            ", decidedly {high}",
        ),
        "asked_low": (", with {low}", ", and {low} in it"),
        "asked_genres": (", and {a_genre} at that",),
        "asked_subjects": (", with the {plain} you asked for",),
        "asked_people": (", with {what}", ", with {what} in the credits"),
        "own_moods": (
            ", and {adjectives} too",
            ", {adjectives} in tone",
        ),
        "own_tags": (
            ", with {what}",
            ": {what}",
        ),
        "own_archetype": (
            ": {a_story}",
            ", {a_story} at heart",
        ),
        "image": (": {image}",),
    },
    "detail",
)
TAILS: dict[FactKind, list[Frame]] = _frames(
    {
        "asked_length": (
            ", in {what} minutes",
            ", and done in {what} minutes",
            " ({what} minutes)",
        ),
        "asked_language": (", in {language}", ", spoken in {language}"),
        "asked_age": (", rated {what}", ", with a {what} rating"),
        "caution": (
            "; content note: {what}",
            " (content note: {what})",
            "; worth knowing: {what}",
        ),
    },
    "tail",
)


def fill(frame: Frame, fact: Fact, item: Item, known: Mapping[str, Item]) -> str | None:
    """A frame with the words of a fact, or ``None`` where the fact lacks a word it needs."""
    places = {
        name: maker(fact, item) for name, maker in _PLACES.items() if f"{{{name}}}" in frame.text
    }
    if "{like}" in frame.text:
        liked = known.get(fact.like or "")
        places["like"] = _title(liked, item) if liked else None
    if any(value is None for value in places.values()):
        return None
    return frame.text.format(**places)


def _title(liked: Item, item: Item) -> str:
    """A favourite's title; with its year where both have the same title."""
    year = f" ({liked.year})" if liked.title == item.title and liked.year else ""
    return italic(liked) + year


def _what(fact: Fact, item: Item) -> str | None:
    if fact.kind in ("shared_tags", "asked_subjects", "own_tags"):
        named = [noun(tag) for tag in fact.values]
        return listed([name for name in named if name])
    return listed(fact.values)


def _story(fact: Fact, item: Item) -> str | None:
    told = story(fact.values[0])
    return article(f"{told.removesuffix('-story')} story") if told else None


def _genre(fact: Fact, item: Item) -> str | None:
    return listed([article(genre(item, name)) for name in fact.values])


def _plain(fact: Fact, item: Item) -> str | None:
    """Subjects without their articles, for "the … you asked for"."""
    if any(in_sentence(tag) != tag for tag in fact.values):
        return None
    return listed(fact.values)


_PLACES: dict[str, Callable[[Fact, Item], str | None]] = {
    "what": _what,
    "nouns": lambda fact, item: listed([MOOD_NOUNS[tag] for tag in fact.values]),  # type: ignore[index]
    "adjectives": lambda fact, item: listed([adjective(tag) for tag in fact.values]),
    "a_story": _story,
    "a_genre": _genre,
    "more": lambda fact, item: MORE[fact.values[0]],  # type: ignore[index]
    "less": lambda fact, item: LESS[fact.values[0]],  # type: ignore[index]
    "high": lambda fact, item: HIGH[fact.values[0]],  # type: ignore[index]
    "low": lambda fact, item: LITTLE[fact.values[0]][int(fact.values[1])],  # type: ignore[index]
    "language": lambda fact, item: LANGUAGES.get(fact.values[0]),
    "plain": _plain,
    "text": lambda fact, item: fact.values[0],
    "image": lambda fact, item: lowered(fact.values[0]),
}
