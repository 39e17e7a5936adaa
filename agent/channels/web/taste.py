"""The tab "Taste": what was understood, with all of it to be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.components import Component

from ...profile import TasteProfile
from . import past
from .parts import Part, Shared, bridge, html
from .sessions import QUIET
from .taste_chips import chips_html
from .taste_controls import FIELDS
from .taste_panel import NOTHING_TOLD, Panel

_RUN: dict[str, Any] = {**QUIET, "trigger_mode": "multiple"}
_WEIGHTS = '<p class="mr-dim">1 is as usual, 0 leaves it out, 3 is the most.</p>'
_AT_ONCE: dict[str, Any] = {"queue": False, "show_progress": "hidden"}
"""How a handler runs that is nothing but script."""


def build(shared: Shared) -> Part:
    """The tab, laid out here."""
    panel = Panel(shared.desk, shared.turns)
    presses = bridge("taste")
    chips = html(chips_html(TasteProfile()), elem_id="taste-chips", js_on_load=_SCRIPT)
    with gr.Row(elem_id="taste-acts"):
        films = gr.Button("Show me films for this", variant="primary", size="sm")
        undo = gr.Button("Undo", size="sm", min_width=80, interactive=False)
        over = gr.Button("Start over", size="sm", min_width=80, interactive=False)
    controls = _controls()
    with gr.Accordion("Save or bring a profile", open=False):
        save = gr.Button("Save as a file", size="sm")
        upload = gr.UploadButton("Bring a saved profile", size="sm")
    past.build(shared, panel)
    saver = gr.HTML("", html_template="", visible="hidden", elem_id="taste-saver", js_on_load=_SAVE)
    told, drawn = gr.State(NOTHING_TOLD), gr.State(NOTHING_TOLD)
    whose = [shared.owner, shared.conversation]
    shown = [drawn, *(controls[field] for field in FIELDS)]
    for button, script in {films: "films()", undo: "undo()", over: "over()"}.items():
        button.click(None, None, None, js=f"() => window.moodreel.taste.{script}", **_AT_ONCE)
    presses.select(panel.press, [*whose, drawn], [shared.notice, shared.changed, *shown], **_RUN)
    told.change(panel.draw, [told, drawn], shown, **_RUN)
    save.click(panel.save, whose, [saver, shared.notice], **_RUN)
    upload.upload(panel.bring, [upload, *whose], [shared.changed, shared.notice], **_RUN)
    return Part((chips, told, undo, over), panel.refresh)


def _controls() -> dict[str, gr.components.Component]:
    """The controls by field, laid out here, each telling the script when it is moved."""
    with gr.Accordion("How much each counts", open=True, elem_id="taste-weights"):
        html(_WEIGHTS)
        weights = {name: _slider(name.capitalize()) for name in ("mood", "audience", "plot")}
    with gr.Accordion("Limits", open=True, elem_id="taste-limits"):
        with gr.Row():
            years = {
                "earliest": _number("From year", "earliest"),
                "latest": _number("To year", "latest"),
            }
        with gr.Row():
            minutes = {
                "shortest": _number("Minutes, at least", "shortest"),
                "longest": _number("Minutes, at most", "longest"),
            }
        lists = {
            "languages": _list("Only in these languages"),
            "genres": _list("Only these genres"),
            "every_genre": gr.Checkbox(
                label="All of them in one film", visible=False, interactive=True
            ),
            "never": _list("Never these genres"),
            "youngest": _number("Age of the youngest viewer", "youngest"),
            "spared": _list("Spare me"),
        }
    controls: dict[str, Component] = {**weights, **years, **minutes, **lists}
    for field, control in controls.items():
        _listen(field, control)
    return controls


def _slider(label: str) -> gr.Slider:
    return gr.Slider(0, 3, 1, step=0.1, label=label, buttons=[], interactive=True)


def _number(label: str, field: str) -> gr.Textbox:
    """A field for a whole number. Gradio's own has no way to show that there is none."""
    return gr.Textbox(
        "", label=label, placeholder="any", max_length=9, max_lines=1, min_width=100,
        interactive=True, elem_classes="taste-number", elem_id=f"taste-{field}",
        html_attributes=gr.InputHTMLAttributes(autocomplete="off", autocorrect="off"),
    )  # fmt: skip


def _list(label: str) -> gr.Dropdown:
    return gr.Dropdown([], value=[], multiselect=True, label=label, interactive=True)


def _listen(field: str, control: Any) -> None:
    """Tell the script what somebody sets; what the page itself draws is no event of these."""
    if isinstance(control, gr.Textbox):
        return  # The script hears those by itself.

    def on(event: Callable[..., Any], call: str) -> None:
        script = f"(value) => window.moodreel.taste.{call}"
        event(None, [control], None, js=script, **_AT_ONCE)

    on(control.input, f"set('{field}', value)")
    for name in ("release", "blur"):
        if hasattr(control, name):
            on(getattr(control, name), f"now('{field}')")


_SCRIPT = """
(() => {
  const moodreel = window.moodreel, waiting = {};
  let sent = 0, place = -1;
  const taste = moodreel.taste = {
    // A value counts once nothing was moved for a while, or the control was left.
    set(field, value) {
      clearTimeout(waiting[field]?.timer);
      waiting[field] = { value, timer: setTimeout(() => taste.now(field), 700) };
    },
    now(field) {
      if (!(field in waiting)) return;
      const { value, timer } = waiting[field];
      clearTimeout(timer);
      delete waiting[field];
      sent = Date.now();
      moodreel.bridges.taste({ act: 'set', field, value });
    },
    after(press) {
      Object.keys(waiting).forEach(taste.now);
      setTimeout(press, Math.max(0, sent + 400 - Date.now()));
    },
    films() { taste.after(() => moodreel.bridges.chat({ act: 'recommend' })); },
    undo() { taste.after(() => moodreel.bridges.chat({ act: 'undo' })); },
    over() { taste.after(() => moodreel.bridges.taste({ act: 'reset' })); },
  };
  // Numbers count when their field is left; Gradio's events tell of them too late, or every digit.
  const typed = (event) => {
    const field = event.target.closest?.('.taste-number')?.id.replace('taste-', '');
    if (!field || (event.type === 'keydown' && event.key !== 'Enter')) return;
    taste.set(field, event.target.value);
    taste.now(field);
  };
  for (const event of ['change', 'keydown']) document.addEventListener(event, typed);
  // What Gradio leaves out: a keyboard with digits, and names of the marks that take a name away.
  const name = () => {
    for (const field of document.querySelectorAll('.taste-number :is(input, textarea)'))
      field.inputMode = 'numeric';
    for (const mark of document.querySelectorAll('#taste-limits .token-remove'))
      mark.ariaLabel = mark.title = `Remove ${mark.parentElement.textContent.trim()}`;
  };
  new MutationObserver(name).observe(document.querySelector('#side') ?? document.body, {
    childList: true, subtree: true,
  });
  // The words behind a chip touch it, so that the pointer can go there, and leave with Escape.
  const chip = (target) => target?.closest?.('.mr-chip');
  const stand = (event) => {
    const at = chip(event.target), tip = at?.querySelector('.mr-tip');
    if (!tip) return;
    const most = at.parentElement.clientWidth - tip.offsetWidth;
    const left = Math.max(0, Math.min(at.offsetLeft, most));
    // Above where there is room: what is pressed next stands below.
    const top = at.getBoundingClientRect().top - element.getBoundingClientRect().top;
    const away = top + 24 > tip.offsetHeight ? -tip.offsetHeight : at.offsetHeight;
    tip.style.inset = `${at.offsetTop + away}px auto auto ${left}px`;
  };
  const leave = (event) => {
    const at = chip(event.target);
    if (at && at !== chip(event.relatedTarget)) delete at.dataset.quiet;
  };
  for (const come of ['mouseover', 'focusin']) element.addEventListener(come, stand);
  for (const go of ['mouseout', 'focusout']) element.addEventListener(go, leave);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const at of element.querySelectorAll('.mr-chip:is(:hover, :focus-within)'))
      at.dataset.quiet = '';
  });
  // The focus stays among the chips when the one that had it is gone.
  const buttons = () => [...element.querySelectorAll('.mr-chip button')];
  element.addEventListener('click', (event) => {
    place = event.detail === 0 ? buttons().indexOf(event.target.closest('button')) : -1;
  });
  watch('value', () => {
    if (place < 0 || document.activeElement !== document.body) return;
    const left = buttons();
    (left[Math.min(place, left.length - 1)] ?? document.querySelector('#box textarea'))?.focus();
    place = -1;
  });
})();
"""

_SAVE = "watch('value', () => window.moodreel.save(props.value));"
