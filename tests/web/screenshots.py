"""Pictures of the page in all its states: ``python -m tests.web.screenshots [FOLDER]``.

Each state is pictured light and dark, in a wide window and on a phone.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moodreel.agent.bench.scripted_model import GoodModel, step_of
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedOllama
from moodreel.ingest.starter import open_catalogue

from ..conftest import ROOT, copy_folder
from .conftest import PLAN
from .served import Served
from .tour import tour
from .visitor import NARROW, SCHEMES, WIDE, Visitor, chromium, expect, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIZES = {"wide": WIDE, "phone": NARROW}


def main() -> None:
    """Picture everything into a folder, by default ``build/screenshots``."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        with tempfile.TemporaryDirectory() as place, chromium() as browser:
            for name, visitor in _states(browser, Path(place), size):
                _picture(visitor, folder, f"{name}-{size}")


def _states(browser: Browser, place: Path, size: str) -> Iterator[tuple[str, Visitor]]:
    """Every state of the page in one size, with the person who sees it."""
    with _first_visit(browser, place / "fresh", size) as visitor:
        yield "building", visitor
    open_catalogue(place / "built").close()
    with _streaming(browser, place, size) as visitor:
        yield "streaming", visitor
    with Served(place / "built") as server, _somebody(browser, server, size) as visitor:
        for name in tour(visitor):
            yield name, visitor


def _picture(visitor: Visitor, folder: Path, name: str) -> None:
    for scheme in SCHEMES:
        visitor.prefer(scheme)
        visitor.page.screenshot(path=folder / f"{name}-{scheme}.png")


@contextmanager
def _somebody(browser: Browser, server: Served, size: str) -> Iterator[Visitor]:
    phone = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
    context = phone if size == "phone" else {}
    with visiting(browser, server.url, size=SIZES[size], color_scheme="light", **context) as one:
        yield one


@contextmanager
def _first_visit(browser: Browser, home: Path, size: str) -> Iterator[Visitor]:
    """Somebody who comes while the catalogue is being built."""
    with ExitStack() as stack:
        server = Served(home)
        stack.push(server.__exit__)
        server.start(ready=False)
        visitor = stack.enter_context(_somebody(browser, server, size))
        visitor.page.goto(server.url)
        expect(visitor.page.get_by_text("Loading...").locator("visible=true")).to_have_count(0)
        expect(visitor.page.get_by_role("progressbar", name="Building")).to_be_visible()
        yield visitor


@contextmanager
def _streaming(browser: Browser, place: Path, size: str) -> Iterator[Visitor]:
    """Somebody whose films are there, and the model is still writing why."""
    with ExitStack() as stack:
        catalogue = open_catalogue(copy_folder(place / "built", place / "model"))
        stack.callback(catalogue.close)
        model = stack.enter_context(ScriptedOllama(partial(_replied, GoodModel(catalogue))))
        model.fail(Fault.STALL, when=lambda body: step_of(body) == "rank")
        home = copy_folder(place / "built", place / "modelled")
        settings = {"MOODREEL_ENGINE": "ollama", "MOODREEL_OLLAMA_URL": model.url}
        server = stack.enter_context(Served(home, **settings))
        visitor = stack.enter_context(_somebody(browser, server, size)).open()
        visitor.box.fill("something with the sea in it")
        visitor.box.press("Enter")
        expect(visitor.cards).to_have_count(5)
        yield visitor
        model.heal()


def _replied(model: GoodModel, body: dict[str, Any]) -> str:
    return json.dumps(PLAN) if step_of(body) == "plan" else model.reply(body)


if __name__ == "__main__":
    main()
