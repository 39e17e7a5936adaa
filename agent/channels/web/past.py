"""What somebody has watched elsewhere, brought in on the page: files, a summary, choices."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from ....errors import UsageError
from ....ingest.history import Film, HistoryImport, read_history
from ....ingest.item import fold
from ....ingest.titles import TitleMatch
from ...clicks import history_click
from ...past_summary import headline, places
from .desk import Desk
from .notices import noticed
from .parts import Shared, html
from .plain import plain, visible
from .sessions import QUIET
from .taste_panel import Panel

MOST_FILES = 12
MOST_CHOICES = 30
_LISTED = 300
HISTORY_ENDINGS = (".csv", ".tsv", ".zip", ".gz")
_EXPLAINED = (
    '<p class="mr-dim">The export of Letterboxd (its ZIP, or files of it), of IMDb, or a CSV with'
    " a column “title”. What you rated shapes your taste, and what you have seen won't come again."
    " It stays here, and one press takes it back.</p>"
)
_WHERE = " Choose what you meant in Taste, under “Import what you have watched”."
_CHOOSE = "Which of these are yours? Those that you leave stay out."


def build(shared: Shared, panel: Panel) -> None:
    """The part of the tab "Taste" that takes files, laid out here."""
    importer = Importer(shared.desk, panel)
    with gr.Accordion("Import what you have watched", open=False, elem_id="taste-past"):
        html(_EXPLAINED)
        files = gr.UploadButton(
            "Choose files", size="sm", file_count="multiple", file_types=[*HISTORY_ENDINGS]
        )
        summary = html(elem_id="taste-past-summary")
        choices = gr.CheckboxGroup([], label=_CHOOSE, visible=False, elem_id="taste-past-choices")
        choose = gr.Button("These are mine", size="sm", visible=False)
    waiting = gr.State(None)
    whose = [shared.owner, shared.conversation]
    shown = [shared.changed, summary, choices, choose, waiting, shared.notice]
    options: dict[str, Any] = {**QUIET, "trigger_mode": "once"}
    for taking in (files, shared.attach):
        taking.upload(importer.bring, [taking, *whose], shown, **options)
    choose.click(importer.choose, [choices, waiting, *whose], shown, **options)


class Importer:
    """The handlers; what waits for a choice is kept by the page's session alone."""

    def __init__(self, desk: Desk, panel: Panel) -> None:
        """Read files for the desk's catalogue and change profiles as the panel does."""
        self._desk = desk
        self._panel = panel

    @noticed(6)
    async def bring(self, files: object, owner: str, conversation: str) -> tuple[Any, ...]:
        """Add what the files say to the profile; the files are not kept."""
        paths = _paths(files)
        try:
            self._desk.checked(owner, conversation)
            agent = await self._desk.agent()
            found = await asyncio.to_thread(read_history, paths, agent.catalogue)
        finally:
            _remove(paths)
        if not found.matched:
            return gr.skip(), summary_html(found), *_offer(found), "None of it is in the catalogue."
        click = history_click(found)
        changed = await self._panel.change(owner, conversation, lambda _: click)
        told = f"{headline(found)}{_WHERE if found.ambiguous else ''}"
        return changed, summary_html(found), *_offer(found), told

    @noticed(6)
    async def choose(
        self, chosen: object, waiting: HistoryImport | None, owner: str, conversation: str
    ) -> tuple[Any, ...]:
        """Add the films that were ambiguous as somebody says they are meant."""
        if waiting is None or not isinstance(chosen, list) or not chosen:
            raise UsageError("Tick the films that you mean first.")
        meant: dict[str, str] = {}
        for value in chosen:
            place, _, item_id = str(value).rpartition("|")
            if place in meant:
                raise UsageError("One of them is ticked twice; leave one film for each line.")
            meant[place] = item_id
        found = waiting.chosen(meant)
        click = history_click(found)
        changed = await self._panel.change(owner, conversation, lambda _: click)
        return changed, gr.skip(), *_offer(found), f"{click[0]}."


def _paths(files: object) -> list[Path]:
    given = files if isinstance(files, list) else [files]
    paths = [Path(each) for each in given if isinstance(each, str)]
    if not paths:
        raise UsageError("No file arrived; choose an export.")
    if len(paths) > MOST_FILES:
        _remove(paths)
        raise UsageError(f"{MOST_FILES} files at a time are the most; choose the ZIP instead.")
    return paths


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


def _offer(found: HistoryImport) -> tuple[Any, Any, HistoryImport | None]:
    """Updates of the choices and their button, and what waits for them."""
    asked = found.ambiguous[:MOST_CHOICES]
    choices = [
        (visible(_meant(each.film, c)), f"{each.film.place}|{c.id}")
        for each in asked
        for c in each.candidates
    ]
    shows = bool(choices)
    left = replace(found, matched={}, ambiguous=asked, unmatched=()) if shows else None
    return gr.update(choices=choices, value=[], visible=shows), gr.update(visible=shows), left


def _meant(film: Film, candidate: TitleMatch) -> str:
    """An item that a film may be; with the film's own name where that is another one."""
    label = f"{candidate.title} ({candidate.year})" if candidate.year else candidate.title
    return label if fold(film.title) == fold(candidate.title) else f"{film.label}: {label}"


def summary_html(found: HistoryImport) -> str:
    """What became of the files: a sentence, and lists behind disclosures."""
    doubts = [each.film.label for each in found.ambiguous]
    missing = [film.label for film in found.unmatched]
    left_out = [*places("Left out", found.skipped), *places("Read in part", found.repaired)]
    lists = (
        _disclosed("To choose", doubts),
        _disclosed("Not in the catalogue", missing),
        _disclosed("Rows left out or read in part", left_out),
        _disclosed("Files that are no history", found.unread),
    )
    return f"<p>{plain(headline(found))}</p>{''.join(lists)}"


def _disclosed(what: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li><bdi>{plain(line)}</bdi></li>" for line in lines[:_LISTED])
    more = f"<li>and {len(lines) - _LISTED:,} more</li>" if len(lines) > _LISTED else ""
    return (
        f'<details class="mr-more"><summary>{plain(what)} ({len(lines):,})</summary>'
        f"<ul>{items}{more}</ul></details>"
    )
