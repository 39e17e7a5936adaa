"""Replies as Block Kit: within Slack's limits, and nobody's words as markup."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from moodreel.agent.channels.slack.blocks import characters, groups_of, packed
from moodreel.agent.channels.slack.home import view
from moodreel.agent.channels.slack.sheet import Sheet
from moodreel.agent.channels.slack.taste import modal
from moodreel.agent.channels.slack.text import escaped, heard, plain_text, split
from moodreel.agent.channels.slack.where import Where
from moodreel.agent.conversations import About
from moodreel.agent.edits import Wish
from moodreel.agent.profile import Entry, TasteProfile
from moodreel.agent.reply import Event, Pick, Reply, Scores

from .stage import BOT, MOST_BLOCKS, MOST_CHARACTERS, words

NASTY = (
    "<!channel> <@UBEN> **bold** _it_ ~no~ `code` <http://x|y> &amp; > quote\u202e :tada: #general"
)
SCORES = Scores(mood=1, audience=0.5, plot=0, overall=0.6)


def pick(number: int = 1, title: str = "Heat", reason: str = "It is calm.") -> Pick:
    return Pick(id=f"film-{number}", title=title, year=1995, reason=reason, scores=SCORES)


def reply(picks: list[Pick], head: str = "These fit:", tail: str = "Old or new?") -> Reply:
    lines = [
        f"{place}. {each.title} ({each.year}): {each.reason}"
        for place, each in enumerate(picks, start=1)
    ]
    text = "\n\n".join(part for part in (head, "\n".join(lines), tail) if part)
    return Reply(conversation="c", turn=1, text=text, picks=tuple(picks), question=tail or None)


texts = st.text(st.characters(codec="utf-8"), max_size=4_000)
lists = st.lists(st.tuples(st.text(min_size=1, max_size=400), texts), max_size=20)


@settings(max_examples=60, deadline=None)
@given(lists, texts, texts)
def test_any_reply_keeps_to_slacks_limits(
    films: list[tuple[str, str]], head: str, tail: str
) -> None:
    picks = [pick(place, title, reason) for place, (title, reason) in enumerate(films)]
    pages = packed(groups_of(reply(picks, head, tail), "said", "UANN"))
    for page in pages:
        assert 0 < len(page) <= MOST_BLOCKS
        assert characters(page) < MOST_CHARACTERS
        assert "mrkdwn" not in json.dumps(page)
        assert all(len(words(block)) <= 3_000 for block in page if block["type"] != "actions")
    buttons = [block for page in pages for block in page if "block_id" in block]
    assert len(buttons) == len(picks)


def test_twenty_films_take_several_messages_and_stay_whole() -> None:
    picks = [pick(number, reason="It is calm. " * 30) for number in range(20)]
    pages = packed(groups_of(reply(picks)))
    assert len(pages) > 1
    for page in pages:
        kinds = [block["type"] for block in page if block.get("block_id") or "1995" in words(block)]
        assert kinds == ["rich_text", "actions"] * (len(kinds) // 2)


def test_words_of_films_and_people_are_never_markup() -> None:
    page = packed(groups_of(reply([pick(title=NASTY, reason=NASTY)], NASTY, NASTY)))[0]
    kinds = {
        part["type"]
        for block in page
        if block["type"] == "rich_text"
        for section in block["elements"]
        for part in section["elements"]
    }
    assert kinds == {"text"}
    assert "<!channel> <@UBEN> **bold** _it_" in words(page[0])
    assert "\u202e" not in json.dumps(page, ensure_ascii=False)
    assert '"mrkdwn"' not in json.dumps(page)


def test_titles_inside_reasons_are_set_as_titles() -> None:
    page = packed(groups_of(reply([pick(reason="As calm as *Ronin*.")])))[0]
    parts = next(b for b in page if b["type"] == "rich_text" and "Heat" in words(b))
    styled = [each for each in parts["elements"][0]["elements"] if each.get("style")]
    assert [(each["text"], each["style"]) for each in styled] == [
        ("Heat (1995)", {"bold": True}),
        ("Ronin", {"italic": True}),
    ]


def test_plain_text_names_nobody_and_links_nothing() -> None:
    assert escaped("<!here> & <@U1>") == "&lt;!here&gt; &amp; &lt;@U1&gt;"
    long = plain_text("<" * 10_000)
    assert len(long) <= 3_900 and long.replace("&lt;", "") == "…"


@given(st.text(max_size=2_000), st.integers(min_value=10, max_value=300))
def test_splitting_loses_only_space(text: str, longest: int) -> None:
    parts = split(text, longest)
    assert all(0 < len(part) <= longest for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.text(max_size=300))
def test_what_is_heard_of_escaped_words_are_the_words(text: str) -> None:
    sent = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert heard(sent, BOT) == text.strip()


def test_mentions_links_and_channels_are_heard_as_they_read() -> None:
    assert heard(f"<@{BOT}> ask <@UBEN|ben>", BOT) == "ask ben"
    assert heard("<#C1|films> <https://a.example/x> <mailto:a@b.example|a@b.example>", BOT) == (
        "films https://a.example/x a@b.example"
    )


def test_an_answer_only_grows_while_it_is_made() -> None:
    whole = reply([pick(1), pick(2, "Ronin")], "One.\n\nTwo.")
    sheet = Sheet("said")
    before: list[Any] = []
    waiting = tuple(each.model_copy(update={"reason": ""}) for each in whole.picks)
    events = [
        Event(event="understood", understood=("No horror.",)),
        Event(event="picks", picks=waiting),
        *(Event(event="text", text=part) for part in whole.text.splitlines(keepends=True)[:5]),
        *(Event(event="reason", picks=(each,)) for each in whole.picks),
        *(Event(event="text", text=part) for part in whole.text.splitlines(keepends=True)[5:]),
        Event(event="reply", reply=whole.model_copy(update={"understood": ("No horror.",)})),
    ]
    sizes = []
    for event in events:
        sheet.take(event)
        after = [block for page in packed(sheet.groups) for block in page]
        assert after[: len(before)] == before
        sizes.append(len(after))
        before = after
    assert len(set(sizes)) > 3


entries = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300), max_size=260)


@settings(max_examples=25, deadline=None)
@given(entries)
def test_any_taste_fits_the_modal_and_the_home_tab(said: list[str]) -> None:
    profile = TasteProfile(
        entries=tuple(
            Entry(id=f"e{n}", turn=n, content=Wish(text=text, words=text))
            for n, text in enumerate(said, start=1)
        )
    )
    where = Where("T1", "C1", "1.5", "UANN")
    talks = [About(f"c{n}", text, n, "2026-01-01T00:00:00") for n, text in enumerate(said)]
    shown = [
        modal(profile, where, "https://hooks.example/1").to_dict(),
        view(profile, talks).to_dict(),
    ]
    for each in shown:
        assert len(each["blocks"]) <= 100
        assert "mrkdwn" not in json.dumps(each).replace(json.dumps(said), "")
        texts = [block["text"]["text"] for block in each["blocks"] if "text" in block]
        assert all(0 < len(text) <= 3_000 for text in texts)
    options = [
        option["value"]
        for block in shown[0]["blocks"]
        if block.get("block_id", "").startswith("entries")
        for option in block["element"]["options"]
    ]
    assert len(options) == len(set(options)) == min(200, len(set(said)))
