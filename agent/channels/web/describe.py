"""The tab "Add something": any content described, put right, compared, and kept if wished."""

from __future__ import annotations

from typing import Any

import gradio as gr

from .describe_form import components
from .describe_work import ADD, NOT_KEPT, Describing
from .parts import FOCUS, Part, Shared, bridge, html
from .plain import plain
from .sessions import QUIET

AT_ONCE = 3
"""So many contents are described at the same moment; others wait."""

_INTRODUCTION = (
    "<p>Paste a synopsis, a transcript or an article, or drop a file. I tell what it is like;"
    " then ask what is near it, or whom it would suit.</p>"
)
_EXAMPLE = "A lighthouse keeper who hasn't spoken in years finds a message in a bottle …"
_FILES = "or a file: text, subtitles, JSON or pictures"


def build(shared: Shared) -> Part:
    """The tab, laid out here."""
    work = Describing(shared.desk)
    found = gr.State(None)
    html(_INTRODUCTION, elem_id="describe-introduction")
    text = gr.Textbox(
        label="Text", placeholder=_EXAMPLE, lines=5, max_lines=12, elem_id="describe-text"
    )
    file = gr.File(label=_FILES, file_count="multiple", height=120, elem_id="describe-file")
    with gr.Row():
        begin = gr.Button("Describe it", variant="primary", elem_id="describe-begin", size="md")
        stop = gr.Button(
            "Stop", interactive=False, elem_id="describe-stop", size="md", scale=0, min_width=80
        )
    status = html(elem_id="describe-status")
    with gr.Column(visible=False, elem_id="describe-sheet") as sheet:
        told = html(elem_id="describe-told")
        fields = components()
        ask = _questions()
        add, remove = _keeping(allowed=shared.desk.adding)
        said = html(elem_id="describe-said")
        answer = html(elem_id="describe-answer")
        card = html(elem_id="describe-card")
    drawn = [status, stop, found, told, sheet, add, remove, answer, card, said, *fields]
    begin.click(work.describe, [text, file], drawn, **_DESCRIBING)
    # What was said of something else is no longer true; this needs no server.
    for put_in in (text.input, file.change):
        put_in(None, None, [status], js="() => ''", **QUIET)
    stop.click(work.stop, None, None, **QUIET)
    whose = [shared.owner, shared.conversation]
    answers = [answer, card, said]
    presses = bridge("describe")
    for event in (
        ask[0].click(work.similar, [found, *fields], answers, **QUIET),
        ask[1].click(work.suit, [found, *whose, *fields], answers, **QUIET),
        presses.select(work.open, [found, *fields], [card, said], **QUIET),
    ):
        event.then(None, None, None, js=FOCUS, **QUIET)
    kept = [add, remove, shared.changed, said]
    add.click(work.add, [found, shared.changed, *fields], kept, **QUIET)
    remove.click(work.remove, [found, shared.changed], kept, **QUIET)
    return Part()


def _questions() -> tuple[gr.Button, gr.Button]:
    with gr.Row():
        return (
            gr.Button("What is similar?", elem_id="describe-similar", size="md", min_width=120),
            gr.Button("Would it suit me?", elem_id="describe-suit", size="md", min_width=120),
        )


def _keeping(*, allowed: bool) -> tuple[gr.Button, gr.Button]:
    """The buttons that change the catalogue, or why there are none."""
    if not allowed:
        html(f'<p class="mr-dim">{plain(NOT_KEPT)}</p>')
    with gr.Row(visible=allowed):
        return (
            gr.Button(ADD, elem_id="describe-add", size="md", min_width=120),
            gr.Button(
                "Take it out again",
                visible=False,
                elem_id="describe-remove",
                size="md",
                min_width=120,
            ),
        )


_DESCRIBING: dict[str, Any] = {
    **QUIET,
    "concurrency_limit": AT_ONCE,
    "concurrency_id": "describe",
}
