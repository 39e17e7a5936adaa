"""Answers to what the facts seldom say: what a tag tells, and otherwise that nothing does."""

from __future__ import annotations

import re

from ..ingest.item import Item, fold

NOT_AMONG = "aren't among the facts I have."
_COLOURLESS = re.compile(r"\b(?:black and white|silent film|silent cinema|monochrome)\b")
_TRUE = re.compile(
    r"\b(?:true (?:story|crime|disaster|history|events|case)|based on (?:a )?true|biopic"
    r"|biography)\b"
)
_ADAPTED = re.compile(r"\b(?:adaptation|based on (?:a )?novel|graphic novel)\b")
_SERIES = re.compile(r"\b(?:sequel|trilogy|franchise|prequel)\b")


def colour(item: Item) -> str:
    """Whether a film is in colour, where a tag tells."""
    if _tags(item, _COLOURLESS):
        return f"{item.label} is in black and white."
    return f"Nothing I have on {item.label} says black and white, but I can't vouch for colour."


def true_story(item: Item) -> str:
    """Whether a film is based on something, where a tag tells."""
    if _tags(item, _TRUE):
        return f"{item.label}: yes, it draws on a true story."
    adapted = _tags(item, _ADAPTED)
    if adapted:
        return f"{item.label} is tagged as {adapted[0]}; nothing says that it happened."
    return f"Nothing I have says that {item.label} is based on a true story, or on anything else."


def series(item: Item) -> str:
    """Whether a film belongs with others, where a tag tells."""
    tags = _tags(item, _SERIES)
    if tags:
        return f"{item.label} isn't the only one: it's tagged as {tags[0]}."
    return f"Whether {item.label} belongs to a series isn't among the facts I have."


def ending(item: Item) -> str:
    """The mood of a film in place of its ending."""
    moods = " and ".join(item.mood_tags[:2])
    mood = f", but in mood it's {moods}" if moods else ""
    return f"I won't give away how {item.label} ends{mood}."


def unlisted(item: Item) -> str:
    """That nothing here knows."""
    return f"That isn't among the facts I have about {item.label}."


def _tags(item: Item, rule: re.Pattern[str]) -> list[str]:
    return [tag for tag in (*item.tags, *item.archetypes, *item.genres) if rule.search(fold(tag))]
