"""One server and one browser for the tests of the page; each test is a person of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from moodreel.agent.bench.scripted_model import GoodModel, step_of
from moodreel.agent.bench.scripted_ollama import Fault, ScriptedOllama
from moodreel.ingest.catalogue import Catalogue

from ..conftest import copy_folder
from .served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .visitor import Visitor

Meet = Callable[..., "Visitor"]

TRIES_AGAIN = 2
"""How often a visit in a browser may begin anew: a busy machine keeps a page waiting at times."""


PLAN = {"intents": ["recommend"]} | dict.fromkeys(
    ("films", "wishes", "limits", "changes", "answers"), ()
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests in a browser begin anew when they fail; pytest's last line counts how many did."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=TRIES_AGAIN))


@pytest.fixture(scope="session")
def served(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page with the builtin engine, shared by all who leave it as it is."""
    home = copy_folder(built_home, tmp_path_factory.mktemp("served") / "home")
    with Served(home) as server:
        yield server
    assert "Traceback" not in server.said()


# Not for the whole session: Playwright's loop would be in the way of asynchronous tests.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    from .visitor import chromium  # noqa: PLC0415 - skips where there is no Playwright

    with chromium() as opened:
        yield opened


@pytest.fixture
def meet(browser: Browser) -> Iterator[Meet]:
    """Gives a new person at a server's page; in the end nobody may have a complaint."""
    from .visitor import visiting  # noqa: PLC0415

    met: list[Visitor] = []
    with ExitStack() as stack:

        def one(server: Served, **context: Any) -> Visitor:
            visitor = stack.enter_context(visiting(browser, server.url, **context))
            met.append(visitor)
            return visitor

        yield one
    assert [each for visitor in met for each in visitor.complaints] == []


@pytest.fixture
def visitor(meet: Meet, served: Served) -> Visitor:
    """One person at the page of the shared server."""
    return meet(served)


@pytest.fixture(scope="session")
def model(starter: Catalogue) -> Iterator[ScriptedOllama]:
    """A model that understands everything as "recommend something"."""
    good = GoodModel(starter)

    def reply(body: dict[str, Any]) -> str:
        return json.dumps(PLAN) if step_of(body) == "plan" else good.reply(body)

    with ScriptedOllama(reply) as server:
        yield server


@pytest.fixture(scope="session")
def modelled(
    model: ScriptedOllama, built_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The page with a local model."""
    home = copy_folder(built_home, tmp_path_factory.mktemp("modelled") / "home")
    with Served(home, MOODREEL_ENGINE="ollama", MOODREEL_OLLAMA_URL=model.url) as server:
        yield server
    assert "Traceback" not in server.said()


@pytest.fixture
def faulty(model: ScriptedOllama) -> Iterator[ScriptedOllama]:
    """The same model, whose faults are healed in the end."""
    yield model
    model.heal()


@pytest.fixture
def waiting(faulty: ScriptedOllama, modelled: Served, meet: Meet) -> Visitor:
    """Somebody whose first list is half written: the model stopped in the middle of it."""
    from .visitor import expect  # noqa: PLC0415

    faulty.fail(Fault.STALL, when=lambda body: step_of(body) == "rank")
    visitor = meet(modelled).open()
    visitor.box.fill("something with the sea in it")
    visitor.box.press("Enter")
    expect(visitor.cards).to_have_count(5)
    return visitor
