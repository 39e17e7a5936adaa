"""A person at the page: what they do, and what must never happen to them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import pytest

pytest.importorskip("playwright", reason="the page is tested with Playwright: make test gets it")

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)

__all__ = [
    "CHROMIUM",
    "GONE",
    "NARROW",
    "SCHEMES",
    "WIDE",
    "Visitor",
    "chromium",
    "expect",
    "visiting",
]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
WIDE = (1280, 800)
NARROW = (360, 740)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
_HERE = re.compile(r"(http|ws)://127\.0\.0\.1:\d+/|data:|blob:|about:")
_NAMED = re.compile(r"[?&]c=([^&]+)")
HARMLESS = (
    # The box has the focus already when Gradio asks for it once more.
    "Autofocus processing was blocked",
)
LEFT = ("AbortError: signal is aborted", "Connection errored out")
"""What Gradio says of open streams while a page is being left."""
GONE = (
    *LEFT,
    "ERR_CONNECTION_REFUSED",
    "ERR_CONNECTION_RESET",
    "ERR_EMPTY_RESPONSE",
    "ERR_INCOMPLETE_CHUNKED_ENCODING",
    "Failed to fetch",
    "network error",
)
"""What a browser says by itself while the server is gone."""

_OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints",
    "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
)  # fmt: skip
"""Features of Chromium that are switched off.

Every window draws two pages for its address bar, which cost as much as ours: the last two. Of
several lists Chromium heeds the last, so what Playwright switches off stands here again.
"""

PATIENCE = 20_000
"""Milliseconds until a test gives up waiting, on a machine with other things to do."""
expect.set_options(timeout=PATIENCE)


class Visitor:
    """One tab of one browser. What it must not see is gathered, and looked at in the end."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.complaints: list[str] = []
        self._allowed: Sequence[str] = HARMLESS
        page.set_default_timeout(PATIENCE)
        page.on("request", self._requested)
        page.on("console", self._logged)
        page.on("pageerror", self._failed)
        page.on("dialog", self._asked)

    def _requested(self, request: Request) -> None:
        if not _HERE.match(request.url):
            self.complaints.append(f"request to another host: {request.url[:200]}")

    def _logged(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complain(f"console {message.type}: {message.text[:300]}")

    def _failed(self, error: Any) -> None:
        self._complain(f"uncaught in the page: {error}")

    def _asked(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _complain(self, what: str) -> None:
        if not any(allowed in what for allowed in self._allowed):
            self.complaints.append(what)

    def allow(self, *texts: str) -> None:
        """From now on messages of the browser with these texts are no complaints."""
        self._allowed = (*self._allowed, *texts)

    @contextmanager
    def allowing(self, *texts: str) -> Iterator[None]:
        """Meanwhile messages of the browser with these texts are no complaints."""
        before = self._allowed
        self.allow(*texts)
        yield
        self._allowed = before

    def open(self, conversation: str = "") -> Visitor:
        """Open the page, at a conversation or a new one, until it can be typed in."""
        with self.allowing(*LEFT):
            self.page.goto(f"{self.url}?c={conversation}" if conversation else self.url)
        return self.settled()

    def reload(self) -> Visitor:
        """Load the page again."""
        with self.allowing(*LEFT):
            self.page.reload()
        return self.settled()

    def settled(self) -> Visitor:
        """Wait until the page is drawn: its status line, and starters or messages."""
        expect(self.box).to_be_visible()
        expect(self.page.locator("#status")).to_contain_text("items")
        expect(self.page.locator("#dialogue :is(.example, .bot-row)").first).to_be_visible()
        return self

    @property
    def box(self) -> Locator:
        """Where messages are typed."""
        return self.page.get_by_role("textbox", name="Message")

    @property
    def mine(self) -> Locator:
        """All messages of this person, oldest first."""
        return self.page.locator("#dialogue .user-row")

    @property
    def answers(self) -> Locator:
        """All answers, oldest first."""
        return self.page.locator("#dialogue .bot-row .mr-reply")

    @property
    def last(self) -> Locator:
        """The last answer."""
        return self.answers.last

    @property
    def cards(self) -> Locator:
        """The films of the last answer."""
        return self.last.get_by_role("article")

    @property
    def notice(self) -> Locator:
        """What is said that is no answer."""
        return self.page.locator("#notice")

    @property
    def conversation(self) -> str:
        """The id of the conversation in the address; empty before anything was said."""
        found = _NAMED.search(self.page.url)
        return found[1] if found else ""

    def titles(self) -> list[str]:
        """Title and year of the films of the last answer."""
        return [card.get_attribute("aria-label") or "" for card in self.cards.all()]

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the answer to what is done in the block."""
        before = self.answers.count()
        yield
        expect(self.answers).to_have_count(before + 1)
        self.quiet()
        expect(self.page).to_have_url(_NAMED)

    def quiet(self) -> None:
        """Wait until nothing is being answered."""
        busy = self.page.locator("#dialogue .mr-reply[aria-busy]")
        expect(busy).to_have_count(0)
        expect(self.last.locator(".mr-foot")).to_be_visible()

    def say(self, words: str) -> Locator:
        """Type something, send it with Enter, and wait for the answer."""
        self.box.fill(words)
        with self.turn():
            self.box.press("Enter")
        return self.last

    def press(self, card: int, says: str) -> Locator:
        """Press a button on a card of the last answer, counted from 1; wait for the answer."""
        button = self.cards.nth(card - 1).get_by_role("button", name=says)
        with self.turn():
            button.click()
        return self.last

    def tab(self, name: str) -> Locator:
        """Show a tab; its panel."""
        self.page.get_by_role("tab", name=name).click()
        return self.page.get_by_role("tabpanel", name=name)

    def prefer(self, scheme: Scheme) -> None:
        """Set the colour scheme that the person's machine asks for; the page follows."""
        self.page.emulate_media(color_scheme=scheme)
        expect(self.page.locator("body.dark")).to_have_count(SCHEMES.index(scheme))

    def sideways(self) -> list[str]:
        """What makes the page wider than the window, as short descriptions; nothing if it fits."""
        return list(self.page.evaluate(_SIDEWAYS))


_SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > wide + 1)
    .slice(0, 5)
    .map((each) => `${each.tagName}.${each.className} ${each.getBoundingClientRect().right}`);
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; without one a test is skipped."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium here; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", f"--disable-features={','.join(_OFF)}"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@contextmanager
def visiting(browser: Browser, url: str, **context: Any) -> Iterator[Visitor]:
    """A person with a browser of their own, by default wide, light and without animations."""
    width, height = context.pop("size", WIDE)
    options: dict[str, Any] = {
        "viewport": {"width": width, "height": height},
        "reduced_motion": "reduce",
    }
    with browser.new_context(**options, **context) as own:
        yield Visitor(own.new_page(), url)
