"""A tour of what the page can look like, for those who check it and those who picture it."""

from __future__ import annotations

from collections.abc import Iterator

from .visitor import GONE, Visitor, expect

UPLOADING = "Method not implemented."
"""What Gradio's client tells itself with every upload."""
MOST = 20_000
"""Characters that a message may have."""
STORY = (
    "Two brothers keep a lighthouse where a ghost walks at night. One of them stops sleeping;"
    " the other counts the ships that don't come back."
)


def tour(visitor: Visitor) -> Iterator[str]:
    """Bring the page into one state after the other; the name of each while it shows."""
    visitor.open()
    yield "empty"
    yield from _answers(visitor)
    yield from _taste(visitor)
    yield from _comparison(visitor)
    yield from _adding(visitor)
    yield from _night(visitor)
    yield from _conversations(visitor)
    yield from _lost(visitor)


def _answers(visitor: Visitor) -> Iterator[str]:
    visitor.say("I'm worn out. Something warm and funny under two hours, nothing sad, no horror.")
    visitor.say("I loved Paddington 2, and I have seen Elf. Is there something older?")
    yield "answer"
    for summary in visitor.cards.first.locator("summary").all():
        summary.click()
    yield "disclosures"
    visitor.box.fill("x" * (MOST + 1))
    visitor.box.press("Enter")
    expect(visitor.notice).to_contain_text("characters")
    expect(visitor.box).not_to_have_value("")
    visitor.box.fill("")
    yield "notice"


def _taste(visitor: Visitor) -> Iterator[str]:
    panel = visitor.tab("Taste")
    yield "taste"
    panel.get_by_role("button", name="Forget: No horror").focus()
    yield "words"
    panel.get_by_role("button", name="Save or bring a profile").click()
    panel.get_by_role("button", name="Bring a saved profile").scroll_into_view_if_needed()
    yield "limits"


def _comparison(visitor: Visitor) -> Iterator[str]:
    panel = visitor.tab("Compare")
    expect(panel.locator("#compare-map path[aria-label]")).not_to_have_count(0)
    yield "map"
    visitor.cards.nth(1).get_by_role("button", name="Compare").click()
    expect(panel.locator(".mr-near")).to_have_count(24)
    yield "rows"
    panel.locator(".mr-near").first.click()
    expect(panel.get_by_role("article")).to_be_in_viewport()
    yield "neighbour"


def _adding(visitor: Visitor) -> Iterator[str]:
    visitor.allow(UPLOADING)
    panel = visitor.tab("Add something")
    yield "add"
    panel.get_by_label("Text", exact=True).fill(STORY)
    panel.get_by_role("button", name="Describe it").click()
    expect(panel.locator("#describe-status")).to_contain_text("Described")
    yield "described"
    panel.get_by_role("button", name="Would it suit me?").click()
    expect(panel.locator(".mr-fit")).to_be_in_viewport()
    yield "fit"


def _night(visitor: Visitor) -> Iterator[str]:
    panel = visitor.tab("Movie night")
    for number, (name, wish) in enumerate({"Ana": "funny", "Ben": "no horror"}.items(), 1):
        panel.get_by_label(f"Person {number}", exact=True).fill(name)
        panel.get_by_label(f"Wish of person {number}").fill(wish)
    yield "people"
    panel.get_by_role("button", name="Find films for everybody").click()
    expect(panel.get_by_role("article")).to_have_count(5)
    yield "night"


def _conversations(visitor: Visitor) -> Iterator[str]:
    opener = visitor.page.locator(".mr-toggle")
    if opener.is_visible():
        opener.click()
    visitor.page.get_by_role("button", name="This conversation").click()
    visitor.page.get_by_role("button", name="Forget me").click()
    expect(visitor.page.get_by_role("button", name="Yes")).to_be_visible()
    yield "conversations"


def _lost(visitor: Visitor) -> Iterator[str]:
    visitor.allow(*GONE, "ERR_INTERNET_DISCONNECTED")
    visitor.page.context.set_offline(True)
    expect(visitor.page.get_by_role("alert").filter(has_text="connection")).to_be_visible()
    yield "gone"
