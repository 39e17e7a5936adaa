"""Answering questions about items from their facts, with an honest "I don't know"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ..ingest.facets import CONTENT, UNKNOWN_AGE, stem, suitable_from
from ..ingest.item import AxisName, Item, fold
from ..ingest.language import LANGUAGES
from .compare import compared
from .plan import Topic
from .tell_rarities import NOT_AMONG, colour, ending, series, true_story, unlisted

_DEGREES: Mapping[AxisName, tuple[str, str, str, str, str]] = {
    "scares": (
        "Not scary at all",
        "Hardly scary",
        "A little scary in places",
        "Properly scary",
        "Very scary, start to finish",
    ),
    "violence": (
        "No violence to speak of",
        "Very little violence",
        "Some violence",
        "Quite violent",
        "Very violent",
    ),
    "humour": (
        "Not a funny film",
        "A smile here and there",
        "Some good laughs",
        "Funny",
        "Very funny",
    ),
    "lightness": (
        "About as dark as films get",
        "More sad than not",
        "Somewhere between light and sad",
        "Light rather than sad",
        "Not sad: as light as films get",
    ),
}
_SAD = ("sad", "tearjerker", "melancholic", "bittersweet", "bleak")
_NOT_NOTED = "that's no promise, since the notes don't list everything"


def tell(item: Item, topic: Topic, message: str, why: Callable[[Item], Sequence[str]]) -> str:
    """The answer to a question about one item.

    Args:
        item: what is asked about.
        topic: what is asked.
        message: the question itself, for what exactly should be spared.
        why: gives the reasons that the item was picked for.
    """
    if topic == "why":
        return " ".join([f"{item.label}:", *why(item)])
    if topic == "content":
        return _content(item, message)
    if topic == "language" and re.search(r"subtitle|dubbed", message, re.IGNORECASE):
        return f"{_language(item)} Subtitles and dubs {NOT_AMONG}"
    return _ANSWERS.get(topic, _summary)(item)


def tell_all(
    items: Sequence[Item],
    topic: Topic,
    by: str | None,
    message: str,
    why: Callable[[Item], Sequence[str]],
) -> str:
    """The answer about several items: a comparison when one is asked for, else each in turn."""
    if len(items) > 1 and (by or topic == "compare"):
        return compared(items, by or "")
    if len(items) > 1 and topic in _SHORT:
        return "\n".join(f"{item.label}: {_SHORT[topic](item)}" for item in items)
    return "\n".join(tell(item, topic, message, why) for item in items)


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in a sentence: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _plot(item: Item) -> str:
    if not item.plot_essence:
        return f"I don't know what {item.label} is about."
    return f"{item.label}: {item.plot_essence}"


def _mood(item: Item) -> str:
    return f"{item.label}: {item.mood}" if item.mood else f"I don't know the mood of {item.label}."


def _audience(item: Item) -> str:
    if not item.target_audience:
        return f"I don't know who {item.label} is for."
    return f"{item.label}: {item.target_audience}"


def _director(item: Item) -> str:
    if not item.directors:
        return f"I don't know who directed {item.label}."
    return f"{item.label} was directed by {listed(item.directors)}."


def _cast(item: Item) -> str:
    if not item.cast:
        return f"I don't know who is in {item.label}."
    return f"{item.label} has {listed(item.cast)} in it, among others."


def _year(item: Item) -> str:
    if item.year is None:
        return f"I don't know when {item.title} came out."
    return f"{item.title} came out in {item.year}."


def _length(item: Item) -> str:
    if item.runtime_min is None:
        return "I don't know how long it is"
    hours, minutes = divmod(item.runtime_min, 60)
    if not hours:
        return f"{minutes} minutes"
    whole = f"{hours} hour{'s' if hours > 1 else ''}"
    rest = f" and {minutes} minute{'s' if minutes > 1 else ''}" if minutes else ""
    return f"{item.runtime_min} minutes, so {whole}{rest}"


def _runtime(item: Item) -> str:
    if item.runtime_min is None:
        return f"I don't know how long {item.label} is."
    return f"{item.label} runs {_length(item)}."


def _spoken(item: Item) -> str:
    return LANGUAGES.get(item.language or "", item.language or "a language I don't know")


def _language(item: Item) -> str:
    if item.language is None:
        return f"I don't know which language {item.label} is in."
    return f"{item.label} is in {_spoken(item)}."


def _genre(item: Item) -> str:
    if not item.genres:
        return f"I don't know how {item.label} is filed."
    return f"{item.label} is filed under {listed([genre.lower() for genre in item.genres])}."


def _age(item: Item) -> str:
    age = suitable_from(item)
    notes = f" Worth knowing: {listed(item.content_notes)}." if item.content_notes else ""
    if item.age_rating is None:
        if age >= UNKNOWN_AGE:
            return f"I don't know a rating for {item.label}, so I'd check first.{notes}"
        return f"{item.label} has no rating that I know, but it's gentle: from about {age}.{notes}"
    suits = "any age" if age == 0 else f"about {age} and up"
    return f"{item.label} is rated {item.age_rating}; I'd say {suits}.{notes}"


def _degree(item: Item, axis: AxisName) -> str:
    if item.axes is None:
        return "I don't know"
    return _DEGREES[axis][item.axes.of(axis)]


def _on(axis: AxisName) -> Callable[[Item], str]:
    def answer(item: Item) -> str:
        if item.axes is None:
            return f"I don't know that about {item.label}."
        return f"{item.label}: {_lower(_degree(item, axis))}.{_touching(item, axis)}"

    return answer


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _touching(item: Item, axis: AxisName) -> str:
    """Content notes that bear on the question."""
    rules = {
        "violence": r"violen|gore|blood|tortur|murder|kill|brutal|beat|stab|shoot|war",
        "scares": r"scar|fright|jump|creep|horror|monster|peril|gore|disturb",
    }
    rule = rules.get(axis)
    notes = [n for n in item.content_notes if rule and re.search(rule, n, re.IGNORECASE)]
    return f" Worth knowing: {listed(notes)}." if notes else ""


def _sad(item: Item) -> str:
    tags = [tag for tag in item.mood_tags if tag in _SAD]
    if tags:
        return f"{item.label}: yes, it's {listed(tags)}."
    return _on("lightness")(item)


def _known(item: Item) -> str:
    share = round(100 * item.popularity)
    if share >= 75:
        return f"{item.label} is one of the best known films here."
    return f"{item.label} is {'fairly well' if share >= 40 else 'little'} known."


def _summary(item: Item) -> str:
    facts = [_length(item).split(",")[0]] if item.runtime_min else []
    facts += [f"in {_spoken(item)}"] if item.language else []
    facts += [f"by {listed(item.directors)}"] if item.directors else []
    genres = listed([genre.lower() for genre in item.genres]) or "a film"
    return " ".join(
        part
        for part in (f"{item.label}: {', '.join([genres, *facts])}.", item.plot_essence)
        if part
    )


def _content(item: Item, message: str) -> str:
    asked = [name for name, rule in CONTENT.items() if re.search(rule, message, re.IGNORECASE)]
    words = {stem(word) for word in fold(message).split() if len(word) > 2}
    notes = [n for n in item.content_notes if _about(n, asked, words)]
    if notes:
        return f"The notes for {item.label} say: {listed(notes)}."
    if asked:
        what = listed(asked, "or")
        return f"Nothing about {what} is noted for {item.label}, but {_NOT_NOTED}."
    if item.content_notes:
        return f"Worth knowing about {item.label}: {listed(item.content_notes)}."
    return f"Nothing is noted for {item.label}, but {_NOT_NOTED}."


def _about(note: str, asked: Sequence[str], words: set[str]) -> bool:
    shared = {stem(word) for word in fold(note).split() if len(word) > 3} & words
    return bool(shared) or any(re.search(CONTENT[name], note, re.IGNORECASE) for name in asked)


_ANSWERS: Mapping[Topic, Callable[[Item], str]] = {
    "plot": _plot,
    "mood": _mood,
    "audience": _audience,
    "director": _director,
    "cast": _cast,
    "year": _year,
    "runtime": _runtime,
    "language": _language,
    "genre": _genre,
    "age": _age,
    "scary": _on("scares"),
    "violent": _on("violence"),
    "funny": _on("humour"),
    "sad": _sad,
    "known": _known,
    "colour": colour,
    "true_story": true_story,
    "series": series,
    "ending": ending,
    "unlisted": unlisted,
}
_SHORT: Mapping[Topic, Callable[[Item], str]] = {
    "runtime": _length,
    "year": lambda item: str(item.year or "not known"),
    "director": lambda item: listed(item.directors) or "not known",
    "cast": lambda item: listed(item.cast) or "not known",
    "language": _spoken,
    "genre": lambda item: listed([genre.lower() for genre in item.genres]) or "not known",
    "scary": lambda item: _lower(_degree(item, "scares")),
    "violent": lambda item: _lower(_degree(item, "violence")),
    "funny": lambda item: _lower(_degree(item, "humour")),
}
