"""The tab "Movie night": several people's wishes, a rule, and films with bars for each of them."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ...night.guests import MOST_PEOPLE
from .night_work import Evening
from .parts import FOCUS, Part, Shared, html
from .sessions import QUIET

AT_ONCE = 3
"""So many nights are planned at the same moment; others wait."""
_AT_FIRST = 2
_INTRODUCTION = (
    "<p>Films for several people: say for each what they wish for. What one of them rules out is"
    " on nobody's list; nothing of this is kept.</p>"
)
_RULES = [
    ("Best on average", "average"),
    ("Nobody left unhappy", "least_misery"),
    ("Somebody delighted", "most_pleasure"),
]
_EXAMPLES = ("something warm and funny", "no horror, under two hours")
_FINDING: dict[str, Any] = {**QUIET, "concurrency_limit": AT_ONCE, "concurrency_id": "night"}


def build(shared: Shared) -> Part:
    """The tab, laid out here."""
    evening = Evening(shared.desk)
    html(_INTRODUCTION, elem_id="night-introduction")
    shown = gr.State(_AT_FIRST)
    with gr.Column(elem_id="night-people"):
        rows = [_person(number) for number in range(1, MOST_PEOPLE + 1)]
    more = gr.Button("Add a person", size="sm", elem_id="night-more")
    mine = gr.Checkbox(label="Person 1 is me: count my taste too", elem_id="night-mine")
    rule = gr.Radio(_RULES, value="average", label="Which films come first", elem_id="night-rule")
    begin = gr.Button("Find films for everybody", variant="primary", elem_id="night-begin")
    said = html(elem_id="night-said")
    films = html(elem_id="night-films")
    groups = [group for group, _, _ in rows]
    fields = [field for _, name, wish in rows for field in (name, wish)]
    more.click(_one_more, [shown], [shown, more, *groups], **QUIET)
    asked = [shared.owner, shared.conversation, mine, rule, *fields]
    begin.click(evening.find, asked, [films, said], **_FINDING).then(
        None, None, None, js=FOCUS, **QUIET
    )
    return Part()


def _person(number: int) -> tuple[gr.Row, gr.Textbox, gr.Textbox]:
    """The fields of one person; those of people who were not added yet are not there."""
    example = _EXAMPLES[(number - 1) % len(_EXAMPLES)]
    with gr.Row(visible=number <= _AT_FIRST) as row:
        name = gr.Textbox(
            label=f"Person {number}", max_lines=1, max_length=60, min_width=90, placeholder="Name"
        )
        wish = gr.Textbox(
            label=f"Wish of person {number}", placeholder=example, max_lines=4, scale=3,
            min_width=160,
        )  # fmt: skip
    return row, name, wish


def _one_more(shown: int) -> tuple[Any, ...]:
    """One person more: how many there are, the button, and each person's fields."""
    now = min(shown + 1, MOST_PEOPLE)
    rows = [gr.update(visible=number <= now) for number in range(1, MOST_PEOPLE + 1)]
    return (now, gr.update(interactive=now < MOST_PEOPLE), *rows)
