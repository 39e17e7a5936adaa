"""One server and one browser for the tests of the page; each test is a person of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ..conftest import copy_folder
from .served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .visitor import Visitor

Meet = Callable[..., "Visitor"]

TRIES_AGAIN = 2
"""How often a visit in a browser may begin anew: a busy machine keeps a page waiting at times."""


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
