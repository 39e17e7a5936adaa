"""The page's stream of answers: it goes on where something was asked while it was closed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import moodreel.agent.channels.web
import pytest

pytest.importorskip("playwright", reason="the page is tested with Playwright: make test gets it")

from playwright.sync_api import Browser

SCRIPT = Path(moodreel.agent.channels.web.__file__).with_name("stream.js").read_text("utf-8")
CLOSE = {"msg": "close_stream", "event_id": None}

STAND_IN = """(streams) => {
  window.openings = 0;
  window.fetch = async (input) => {
    const address = String(input.url ?? input);
    if (address.includes("/queue/join")) {
      await window.before?.();
      return new Response(window.joined, { status: window.standing ?? 200 });
    }
    if (!address.includes("/queue/data")) return new Response("other");
    const chunks = streams[window.openings++];
    if (!chunks) return new Response("", { status: 404 });
    const parts = [];
    for (const chunk of chunks) parts.push(new TextEncoder().encode(chunk));
    return new Response(new ReadableStream({
      async start(out) {
        for (const part of parts) { await window.between?.(); out.enqueue(part); }
        out.close();
      },
    }));
  };
}"""
"""A server: each opening of the stream gives the next list of chunks."""

RUN = """async ([joins, request]) => {
  const at = "http://127.0.0.1:9/gradio_api/queue/";
  for (const id of joins) {
    window.joined = JSON.stringify({ event_id: id });
    await (await fetch(at + "join", { method: "POST" })).json();
  }
  const address = at + "data?session_hash=x";
  const answer = await fetch(request ? new Request(address) : address);
  const text = await answer.text().catch(String);
  return [window.openings, text];
}"""


def done(event_id: str, **output: Any) -> dict[str, Any]:
    return {"msg": "process_completed", "event_id": event_id, "output": output}


def sent(*messages: dict[str, Any]) -> str:
    return "".join(f"data: {json.dumps(each, separators=(',', ':'))}\n\n" for each in messages)


def run(
    browser: Browser, streams: list[list[str]], joins: list[str], *, request: bool = False
) -> tuple[int, str]:
    """How often the stream was opened, and all that came of it."""
    page = browser.new_page()
    try:
        page.evaluate(STAND_IN, streams)
        page.add_script_tag(content=SCRIPT)
        opened, text = page.evaluate(RUN, [joins, request])
        return int(opened), str(text)
    finally:
        page.close()


@pytest.mark.parametrize("request_", [False, True])
def test_what_is_still_asked_is_answered_by_another_stream(
    browser: Browser, request_: bool
) -> None:
    streams = [[sent(done("a"), CLOSE)], [sent(done("b"), CLOSE)]]
    assert run(browser, streams, ["a", "b"], request=request_) == (
        2,
        sent(done("a"), done("b"), CLOSE),
    )


def test_a_stream_ends_where_nothing_is_asked(browser: Browser) -> None:
    streams = [[sent(done("a"), done("b"), CLOSE)], [sent(done("c"))]]
    assert run(browser, streams, ["a", "b"]) == (1, sent(done("a"), done("b"), CLOSE))


def test_messages_cut_anywhere_come_whole(browser: Browser) -> None:
    whole = sent(done("a", html='é\\n\\n水 "close_stream"'), CLOSE)
    chunks = list(whole)
    assert run(browser, [chunks, [sent(done("b"), CLOSE)]], ["a", "b"]) == (
        2,
        sent(done("a", html='é\\n\\n水 "close_stream"'), done("b"), CLOSE),
    )


def test_words_that_look_like_a_close_are_none(browser: Browser) -> None:
    said = done("a", text='data: {"msg":"close_stream"} "process_completed"')
    assert run(browser, [[sent(said, CLOSE)]], ["a"]) == (1, sent(said, CLOSE))


def test_an_answer_that_overtakes_its_id_is_not_waited_for(browser: Browser) -> None:
    page = browser.new_page()
    on_its_way = [[sent(done("a"), CLOSE)], [sent(done("b"), CLOSE)], []]
    page.evaluate(STAND_IN, [*on_its_way, [sent(CLOSE)], ["never"]])
    page.add_script_tag(content=SCRIPT)
    opened = page.evaluate(
        """async () => {
          const at = "http://127.0.0.1:9/queue/";
          let answer;
          window.before = async () => { answer = await (await fetch(at + "data")).text(); };
          window.joined = JSON.stringify({ event_id: "b" });
          await fetch(at + "join", { method: "POST" });
          window.before = null;
          const after = await (await fetch(at + "data")).text().catch(String);
          return [window.openings, answer.includes('"b"')];
        }"""
    )
    page.close()
    # While "b" was on its way the stream went on; once answered, nothing is waited for.
    assert opened == [4, True]


def test_a_refused_request_leaves_nothing_to_wait_for(browser: Browser) -> None:
    page = browser.new_page()
    page.evaluate(STAND_IN, [[sent(CLOSE)], ["never"]])
    page.add_script_tag(content=SCRIPT)
    opened = page.evaluate(
        """async () => {
          const at = "http://127.0.0.1:9/queue/";
          window.joined = "<p>Too many</p>"; window.standing = 503;
          const refused = await fetch(at + "join", { method: "POST" });
          const text = await refused.text();
          await (await fetch(at + "data")).text();
          return [window.openings, refused.status, text];
        }"""
    )
    page.close()
    assert opened == [1, 503, "<p>Too many</p>"]


def test_a_server_that_is_gone_is_an_error_for_the_reader(browser: Browser) -> None:
    opened, text = run(browser, [[sent(done("a"), CLOSE)]], ["a", "b"])
    assert opened == 2 and "TypeError" in text


def test_other_requests_pass_as_they_are(browser: Browser) -> None:
    page = browser.new_page()
    page.evaluate(STAND_IN, [])
    page.add_script_tag(content=SCRIPT)
    told = page.evaluate("async () => (await fetch('http://127.0.0.1:9/health')).text()")
    page.close()
    assert told == "other"
