"""Bringing in on the page what was watched elsewhere: what may arrive, and a person doing it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("gradio", reason="the page is an extra: make test gets it")

import gradio as gr
from moodreel import MovieAgent, Settings
from moodreel.agent.channels.web.desk import Desk, new_owner
from moodreel.agent.channels.web.past import MOST_FILES, Importer, summary_html
from moodreel.agent.channels.web.taste_chips import chips_html
from moodreel.agent.channels.web.taste_panel import Panel
from moodreel.agent.channels.web.turns import Turns
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.sentences import sentence
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.history import read_history

from ..history_rows import LETTERBOXD, archive_of
from .visitor import Visitor, expect

OWNER = new_owner()
SKIPPED = gr.skip()


@pytest.fixture
async def desk(starter: Catalogue) -> Desk:
    async def opened(progress: Any) -> MovieAgent:
        return MovieAgent(Settings(), starter, MemoryConversations())

    return Desk(opened)


async def lines(desk: Desk, name: str) -> list[str]:
    return [sentence(entry) for entry in (await (await desk.agent()).profile(name)).active]


async def test_files_are_brought_and_what_is_ambiguous_is_chosen(
    desk: Desk, tmp_path: Path
) -> None:
    importer, name = Importer(desk, Panel(desk, Turns())), desk.new_conversation(OWNER)
    path = archive_of(LETTERBOXD, tmp_path / "export.zip")
    changed, summary, choices, _, waiting, said = await importer.bring([str(path)], OWNER, name)
    assert changed != SKIPPED
    assert not path.exists(), "what was uploaded is not kept"
    assert "7 matched, 2 to choose, 1 not in the catalogue" in said
    assert "A Film That Nobody Made (1999)" in summary
    values = dict(choices["choices"])
    dune = values["Dune (1984)"]
    assert (await lines(desk, name))[0].startswith("Your Letterboxd history: 7 films")
    both = [value for label, value in values.items() if label.startswith("Dune")]
    assert any(label.startswith("The Empire Strikes Back (1980): ") for label in values)
    assert "Choose what you meant" in said
    refused = await importer.choose(both, waiting, OWNER, name)
    assert "ticked twice" in refused[-1]
    *_, left, said = await importer.choose([dune], waiting, OWNER, name)
    assert (await lines(desk, name)) == [
        "Your Letterboxd history: 8 films (1 loved, 2 liked, 1 disliked, 3 just seen,"
        " 1 still to watch)."
    ]
    assert [each.film.title for each in left.ambiguous] == ["The Empire Strikes Back"]
    html = chips_html(await (await desk.agent()).profile(name))
    assert html.count('class="mr-chip"') == 1


async def test_what_can_not_be_brought_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    importer, name = Importer(desk, Panel(desk, Turns())), desk.new_conversation(OWNER)
    picture, unknown = tmp_path / "picture.csv", tmp_path / "unknown.csv"
    picture.write_bytes(b"\x89PNG\0")
    unknown.write_text("title,year\n<b>None</b>,1990\n")
    many = [str(tmp_path / f"{number}.csv") for number in range(MOST_FILES + 1)]
    for files in ([str(picture)], None, 7, [], many, [str(tmp_path / "gone.csv")]):
        changed, summary, *_, said = await importer.bring(files, OWNER, name)
        assert (changed, summary) == (SKIPPED, SKIPPED)
        assert said.count("</p>") == 1
    changed, summary, *_, said = await importer.bring([str(unknown)], OWNER, name)
    assert changed == SKIPPED
    assert "<b>" not in summary
    assert "&lt;b&gt;None&lt;/b&gt; (1990)" in summary
    somebody = new_owner()
    assert "somebody else" in (await importer.bring([str(unknown)], somebody, name))[-1]
    assert "Tick the films" in (await importer.choose([], None, OWNER, name))[-1]
    assert await (await desk.agent()).conversations() == []


def test_a_summary_is_text(starter: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "<i>x.csv"
    path.write_text("title,year\n<script>,1990\n,1\n")
    html = summary_html(read_history([path], starter))
    assert "<script>" not in html
    assert "<i>" not in html
    assert html.count("<details") == 2


async def test_a_saved_taste_says_that_the_history_is_not_in_it(
    desk: Desk, starter: Catalogue, tmp_path: Path
) -> None:
    panel, name = Panel(desk, Turns()), desk.new_conversation(OWNER)
    agent = await desk.agent()
    found = read_history([archive_of(LETTERBOXD, tmp_path / "export.zip")], starter)
    await agent.import_history(name, found)
    assert "nothing to save" in (await panel.save(OWNER, name))[1]
    await agent.send("no horror", name)
    assert "history that you brought in is not in the file" in (await panel.save(OWNER, name))[1]


# In a browser


def test_a_person_brings_an_export(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open().page
    page.get_by_role("button", name="Import what you have watched").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose files").click()
    chooser.value.set_files(archive_of(LETTERBOXD, tmp_path / "export.zip"))
    expect(visitor.notice).to_contain_text("7 matched, 2 to choose")
    chips = page.locator("#taste-chips .mr-chip")
    expect(chips).to_have_count(1)
    page.get_by_label("Dune (1984)").check()
    page.get_by_role("button", name="These are mine").click()
    expect(chips).to_contain_text("Your Letterboxd history: 8 films")
    page.locator("#taste-past-summary summary", has_text="Not in the catalogue").click()
    expect(page.locator("#taste-past-summary")).to_contain_text("A Film That Nobody Made (1999)")
    chips.get_by_role("button").click()
    expect(chips).to_have_count(0)


_DROP = """(files) => {
  const carried = new DataTransfer();
  for (const [name, text] of files) carried.items.add(new File([text], name));
  const at = document.querySelector("#dialogue");
  for (const kind of ["dragover", "drop"])
    at.dispatchEvent(new DragEvent(kind, {
      bubbles: true, cancelable: true, dataTransfer: carried,
    }));
}"""


def test_files_dropped_on_the_conversation_are_a_turn_of_it(visitor: Visitor) -> None:
    page = visitor.open().page
    expect(page.locator("#typing input[type=file]")).to_be_attached()
    page.evaluate(_DROP, [["watchlist.csv", LETTERBOXD["watchlist.csv"]]])
    expect(visitor.notice).to_contain_text("matched")
    expect(page.locator("#dialogue")).to_contain_text("My history from Letterboxd")
    visitor.say("something from my watchlist")
    expect(page.locator("#taste-chips")).to_contain_text("From your watchlist", ignore_case=True)


def test_lists_stay_inside_their_panel(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open().page
    with page.expect_file_chooser() as chooser:
        page.locator("#attach").click()
    chooser.value.set_files(archive_of(LETTERBOXD, tmp_path / "export.zip"))
    expect(visitor.notice).to_contain_text("7 matched, 2 to choose")
    page.get_by_role("button", name="Import what you have watched").click()
    page.locator("#taste-past-summary summary", has_text="Not in the catalogue").click()
    inside = page.locator("#taste-past-summary ul").first.evaluate(
        "(list) => parseFloat(getComputedStyle(list).paddingLeft)"
    )
    assert inside >= 14, "bullets have room"
