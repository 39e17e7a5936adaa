"""The page: its layout, and what is drawn anew when."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from . import api, chat, compare, describe, mcp_tools, night, sessions, taste, theme
from .desk import Desk
from .notices import notice
from .parts import Part, Shared, Updates, html
from .past import HISTORY_ENDINGS
from .sessions import QUIET
from .status import Status, state_html
from .turns import Turns

AT_ONCE = chat.AT_ONCE
KEPT_FILES = (600, 3600)
"""Every so many seconds files that were dropped are removed once they are so old; at the end all
of them are."""
MOST_WAITING = 200
"""How many requests may wait for their turn; more are told to come back later."""

_TABS: tuple[tuple[str, str, Callable[[Shared], Part]], ...] = (
    ("Taste", "taste", taste.build),
    ("Compare", "compare", compare.build),
    ("Add something", "describe", describe.build),
    ("Movie night", "night", night.build),
)


_HEAD = (
    '<div class="mr-head"><h1 class="mr-title">Moodreel <small>films by mood, audience and plot'
    '</small></h1><button type="button" class="mr-toggle" data-toggles="#sidebar"'
    ' aria-expanded="false" aria-controls="sidebar">Conversations</button></div>'
)


_SCRIPTS = ("stream.js", "page.js", "keep.js", "connection.js")


def head() -> str:
    """What the page's head holds: stylesheet and scripts, all of them ours."""
    scripts = "".join(f"<script>{_ours(name)}</script>" for name in _SCRIPTS)
    return f"{theme.head()}{scripts}"


def _ours(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def page(desk: Desk, *, tools: bool = False) -> gr.Blocks:
    """The whole page over one agent; with ``tools`` programs can call those too."""
    demo: gr.Blocks = gr.Blocks(
        title="Moodreel",
        fill_width=True,
        fill_height=True,
        analytics_enabled=False,
        delete_cache=KEPT_FILES,
    )
    with demo:
        api.build(desk, AT_ONCE)
        if tools:
            mcp_tools.build(desk, AT_ONCE)
        shared = _shared(desk)
        html(_HEAD, elem_id="head")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="sidebar"):
                shelf = sessions.build(shared)
            with gr.Column(elem_id="chat"):
                talk = chat.build(shared, shelf.address)
                line = html(state_html(desk), elem_id="status")
            with gr.Column(elem_id="side"), gr.Tabs():
                tabs = [_tab(*tab, shared) for tab in _TABS]
        status = Part((line,), Status(desk).refresh)
        parts = [talk.part, shelf.part, *tabs, status]
        _wire(demo, shared, talk, shelf, parts)
    demo.queue(max_size=MOST_WAITING, default_concurrency_limit=AT_ONCE)
    return demo


def _shared(desk: Desk) -> Shared:
    return Shared(
        desk=desk,
        turns=Turns(),
        owner=gr.BrowserState(None, storage_key="moodreel-owner", secret="moodreel"),  # noqa: S106
        conversation=gr.State(""),
        attach=gr.UploadButton(
            "Import",
            elem_id="attach",
            scale=0,
            min_width=72,
            file_count="multiple",
            file_types=[*HISTORY_ENDINGS],
            render=False,
        ),
        box=gr.Textbox(
            elem_id="box",
            label="Message",
            show_label=False,
            container=False,
            placeholder="What do you feel like watching?",
            lines=1,
            max_lines=8,
            scale=1,
            autofocus=True,
            submit_btn=True,
            render=False,
        ),
        notice=html(elem_id="notice", render=False),
        changed=gr.State(0),
    )


def _tab(name: str, module: str, build: Callable[[Shared], Part], shared: Shared) -> Part:
    with gr.Tab(name, elem_id=f"tab-{module}"):
        return build(shared)


def _wire(
    demo: gr.Blocks,
    shared: Shared,
    talk: chat.Chat,
    shelf: sessions.SessionsPart,
    parts: Sequence[Part],
) -> None:
    """What is drawn anew when: everything, after a turn and when another conversation is shown.

    The first of the parts is the chat, which draws itself while it answers, then comes the list
    of conversations; the last is the status, all there is while the agent is being opened.
    """
    whose = [shared.owner, shared.conversation]
    quick, slow = [talk.part, shelf.part], parts[2:]
    others = [shelf.part, *slow]
    drawn = _outputs(parts)

    async def show(owner: str, conversation: str) -> AsyncIterator[Updates]:
        if shared.desk.state().phase == "building":
            yield (*_same(drawn[1:]), state_html(shared.desk))
            return
        async for updates in draw(owner, conversation):
            yield updates
        dialogue = None
        async for dialogue in talk.watch(owner, conversation):
            yield (dialogue, *_same(drawn[1:]))
        if dialogue is not None:
            yield (gr.skip(), *await everything(others, owner, conversation))

    async def draw(owner: str, conversation: str) -> AsyncIterator[Updates]:
        # First what is quick: drawn together with what takes long, it could be out of date.
        yield (*await everything(quick, owner, conversation), *_same(_outputs(slow)))
        yield (*_same(_outputs(quick)), *await everything(slow, owner, conversation))

    async def draw_others(owner: str, conversation: str) -> Updates:
        return await everything(others, owner, conversation)

    async def enter(owner: object, current: str, request: gr.Request) -> tuple[Any, ...]:
        asked = str(request.query_params.get("c") or "")
        mine, name, said = await shelf.arrive(owner, request.username, asked, current)
        ready = shared.desk.state().phase == "ready"
        return mine, name, notice(said), gr.Timer(active=not ready), name

    waiting, here = gr.Timer(1.0), sessions.heard("here", "arrived")
    arrived = gr.on(
        [demo.load, waiting.tick],
        enter,
        whose,
        [*whose, shared.notice, waiting, here],
        **QUIET,
    )
    for event in (arrived, *shelf.moves):
        event.then(show, whose, drawn, **QUIET)
    for event in talk.turns:
        event.then(draw_others, whose, _outputs(others), **QUIET)
    shared.changed.change(draw, whose, drawn, **QUIET)


def _outputs(parts: Sequence[Part]) -> list[gr.components.Component]:
    return [output for part in parts for output in part.outputs]


def _same(outputs: Sequence[gr.components.Component]) -> Updates:
    return tuple(gr.skip() for _ in outputs)


async def everything(parts: Sequence[Part], owner: str, conversation: str) -> Updates:
    """The updates of all parts, in their order."""
    drawing = [part.refresh(owner, conversation) for part in parts if part.refresh]
    return tuple(update for updates in await asyncio.gather(*drawing) for update in updates)
