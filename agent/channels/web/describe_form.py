"""Descriptors as a form: what stands in each field, and what is read out of them again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from pydantic import ValidationError

from ....errors import UsageError
from ....ingest.item import AXES, MOOD_TAGS, Axes
from ....ingest.language import LANGUAGES
from ....ingest.traits import GENRES
from ....tools.descriptors import Descriptors
from ...cold_start import LONGEST_TITLE, ItemFacts
from .film_map import AXIS_WORDS

KINDS = ("film", "series", "short video", "article", "podcast", "book", "text", "picture")
RATINGS = ("G", "PG", "PG-13", "R", "NC-17")
LONGEST_TEXT = 2_000
LONGEST_TAG = 60
MOST_TAGS = 30

FIELDS = 8 + len(AXES) + 5
"""How many components the form has."""

_KNOWN_GENRES = [" ".join(word.capitalize() for word in genre.split()) for genre in GENRES]
_TEXTS = {"mood": "Mood", "target_audience": "Audience", "plot_essence": "Plot"}
_TAGS = {"tags": "Subjects", "archetypes": "Kinds of story"}


@dataclass(frozen=True)
class Sheet:
    """What stands in the form."""

    title: str
    known: ItemFacts
    descriptors: Descriptors

    def values(self) -> tuple[Any, ...]:
        """One value for each component, in the order of `components`."""
        known, found = self.known, self.descriptors
        return (
            self.title,
            *(getattr(found, name) for name in _TEXTS),
            list(found.mood_tags),
            list(found.genres),
            *(", ".join(getattr(found, name)) for name in _TAGS),
            *(found.axes.of(axis) for axis in AXES),
            known.kind,
            known.year,
            known.runtime_min,
            found.language or "",
            known.age_rating or "",
        )


def components() -> list[gr.components.Component]:
    """The fields, laid out here."""
    title = gr.Textbox(label="Title", max_length=LONGEST_TITLE, elem_id="describe-title")
    texts = [_text(label, name) for name, label in _TEXTS.items()]
    moods = gr.Dropdown(
        list(MOOD_TAGS), multiselect=True, label="Mood tags", elem_id="describe-mood-tags"
    )
    with gr.Accordion("Genres and subjects", open=False):
        genres = gr.Dropdown(
            _KNOWN_GENRES,
            multiselect=True,
            allow_custom_value=True,
            label="Genres",
            elem_id="describe-genres",
        )
        tags = [_listing(label, name) for name, label in _TAGS.items()]
    with gr.Accordion("Nine qualities, from 0 to 4", open=False):
        axes = [_slider(axis) for axis in AXES]
    with gr.Accordion("Facts, where you know them", open=False):
        facts = _facts()
    return [title, *texts, moods, genres, *tags, *axes, *facts]


def _text(label: str, name: str) -> gr.Textbox:
    return gr.Textbox(
        label=label, lines=2, max_lines=6, max_length=LONGEST_TEXT, elem_id=f"describe-{name}"
    )


def _listing(label: str, name: str) -> gr.Textbox:
    return gr.Textbox(
        label=f"{label}, with commas between", elem_id=f"describe-{name}", max_lines=4
    )


def _slider(axis: Any) -> gr.Slider:
    words = AXIS_WORDS[axis]
    return gr.Slider(
        0,
        4,
        step=1,
        label=f"{words.name}: {words.none} to {words.most}",
        elem_id=f"describe-{axis}",
        buttons=[],
    )


def _facts() -> list[gr.components.Component]:
    """What limits are held against; an empty field is not known."""
    kind = gr.Dropdown(
        list(KINDS), label="What it is", allow_custom_value=True, elem_id="describe-kind"
    )
    year = gr.Number(label="Year", precision=0, elem_id="describe-year")
    minutes = gr.Number(label="Minutes", precision=0, elem_id="describe-minutes")
    languages = [("not known", ""), *((name, code) for code, name in LANGUAGES.items())]
    language = gr.Dropdown(
        languages, label="Language", allow_custom_value=True, elem_id="describe-language"
    )
    ratings = [("not rated", ""), *((name, name) for name in RATINGS)]
    rating = gr.Dropdown(ratings, label="Age rating", elem_id="describe-rating")
    return [kind, year, minutes, language, rating]


def read_sheet(values: Sequence[Any], found: Descriptors) -> Sheet:
    """What a person made of the form; ``found`` is what it was filled from.

    Raises:
        UsageError: a field has something that can't be; says which and what to do.
    """
    title, *rest = values
    texts, (moods, genres), tags, rest = rest[:3], rest[3:5], rest[5:7], rest[7:]
    axes, (kind, year, minutes, language, rating) = rest[: len(AXES)], rest[len(AXES) :]
    named = dict(zip(_TEXTS, map(_plain, texts, _TEXTS.values()), strict=True))
    try:
        edited = Descriptors.model_validate(
            {
                **found.model_dump(),
                **named,
                "mood_tags": tuple(moods or ()),
                "genres": _distinct(genres or (), "Genres"),
                "tags": _kept(found.tags, tags[0], "Subjects"),
                "archetypes": _kept(found.archetypes, tags[1], "Kinds of story"),
                "axes": Axes(**{axis: round(each) for axis, each in zip(AXES, axes, strict=True)}),
                "language": _plain(language, "Language", LONGEST_TAG) or None,
            }
        )
    except (ValidationError, TypeError, ValueError):
        raise UsageError("A field has something that can't be; choose it again.") from None
    known = ItemFacts(
        kind=_kind(kind),
        year=_number(year, "year", 1870, 2100),
        runtime_min=_number(minutes, "length in minutes", 1, 100_000),
        age_rating=rating or None,
    )
    return Sheet(" ".join(_plain(title, "Title", LONGEST_TITLE).split()), known, edited)


def _plain(text: Any, field: str, longest: int = LONGEST_TEXT) -> str:
    """A text without what can't be kept.

    Raises:
        UsageError: it is too long.
    """
    written = text.strip().encode("utf-8", "replace").decode() if isinstance(text, str) else ""
    if len(written) > longest:
        raise UsageError(
            f"The field {field!r} has {len(written):,} characters; {longest:,} are the most."
        )
    return written


def _kept(before: tuple[str, ...], written: Any, field: str) -> tuple[str, ...]:
    """Tags as they were where nobody changed them, which may have commas of their own."""
    if written == ", ".join(before):
        return before
    return _distinct(re.split(r"[,;\n]", str(written or "")), field, lower=True)


def _distinct(given: Sequence[Any], field: str, *, lower: bool = False) -> tuple[str, ...]:
    """Phrases, each once.

    Raises:
        UsageError: there are too many, or one is too long.
    """
    plain = (" ".join(_plain(str(each), field).split()) for each in given)
    kept = tuple(dict.fromkeys(each.lower() if lower else each for each in plain if each))
    if len(kept) > MOST_TAGS:
        raise UsageError(f"The field {field!r} has {len(kept)} entries; {MOST_TAGS} are the most.")
    long = next((each for each in kept if len(each) > LONGEST_TAG), None)
    if long is not None:
        raise UsageError(f"{long[:40]!r} … is too long for the field {field!r}; use a few words.")
    return kept


def _kind(given: Any) -> str:
    kind = " ".join(_plain(given, "What it is", LONGEST_TAG).lower().split())
    return kind or "text"


def _number(given: Any, name: str, least: int, most: int) -> int | None:
    """A whole number, or ``None`` where the field is empty.

    Raises:
        UsageError: it is out of range.
    """
    if given is None or given == "":
        return None
    if not isinstance(given, int | float) or not least <= given <= most:
        raise UsageError(f"The {name} can't be {given!r}; give {least} to {most}, or leave it.")
    return round(given)
