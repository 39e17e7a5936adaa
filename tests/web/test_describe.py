"""Adding something, without a browser: what is read, what stands in the form, what is answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from moodreel.agent.channels.web.describe_form import (
    FIELDS,
    MOST_TAGS,
    Sheet,
    components,
    read_sheet,
)
from moodreel.agent.channels.web.describe_read import read_given
from moodreel.agent.channels.web.describe_show import fit_html, told_html
from moodreel.agent.channels.web.describe_work import (
    NOT_KEPT,
    Describing,
    Drawn,
    Found,
)
from moodreel.agent.channels.web.desk import Desk, new_owner
from moodreel.agent.cold_start import Fit, ItemFacts, Listener
from moodreel.agent.companion import MovieAgent
from moodreel.agent.engines.base import Content
from moodreel.agent.newcomers import Description
from moodreel.agent.reply import Scores
from moodreel.agent.settings import Settings
from moodreel.errors import EngineError, UsageError
from moodreel.ingest.item import Axes, Provenance
from moodreel.tools.descriptors import Descriptors

from ..test_pictures import png

STORY = "Two brothers keep a lighthouse where a ghost walks at night. One of them stops sleeping."
FOUND = Descriptors(
    mood="Eerie and bleak.",
    target_audience="For grown-ups who like slow dread.",
    plot_essence=STORY,
    mood_tags=("eerie", "bleak"),
    tags=("lighthouse", "ghost, maybe"),
    archetypes=(),
    axes=Axes(**dict.fromkeys(Axes.model_fields, 2)),
    genres=("Horror",),
    provenance=Provenance(how="derived", by="builtin 1"),
)
SHEET = Sheet("The Keepers", ItemFacts("film", 2024, 80, "PG-13"), FOUND)
EVIL = "<img src=x onerror=alert(1)> **bold** [x](javascript:alert(1))"


def written(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_a_typed_text_is_read_with_its_heading() -> None:
    given = read_given("  # The *Keepers* #\n\nTwo brothers.\n", None)
    assert (given.content.text, given.title) == (
        "# The *Keepers* #\n\nTwo brothers.",
        "The *Keepers*",
    )
    assert read_given("The Keepers\n\nTwo brothers.", None).title == "The Keepers"
    assert read_given("Two brothers.\n\nOne lighthouse.", None).title == ""
    assert read_given(STORY, None).title == ""
    assert read_given("half \ud83d", None).content.text == "half ?"


@pytest.mark.parametrize(
    ("name", "content", "title", "kind", "words"),
    [
        ("big_buck.en.srt", "1\n00:00:01,000 --> 00:00:02,000\nHi.\n", "Big buck", "film", "Hi."),
        ("a-b.pt-BR.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<b>Oi</b>\n", "A b", "film", "Oi"),
        ("notes.md", "# Night Watch\nIt is.", "Night Watch", "text", "# Night Watch\nIt is."),
        ("old.txt", "Ein Mädchen.".encode("cp1252"), "Old", "text", "Ein Mädchen."),
        ("wide.txt", "Ein Mädchen.".encode("utf-16"), "Wide", "text", "Ein Mädchen."),
        ("v.json", '{"title": "Sintel", "plot": "A dragon."}', "Sintel", "text",
         "Sintel\nA dragon."),
        ("broken.srt", "1\n00:00:01 -> 00:00\nStill words.\n", "Broken", "film",
         "1\n00:00:01 -> 00:00\nStill words."),
    ],
)  # fmt: skip
def test_files_are_read_by_what_they_are(  # noqa: PLR0917
    tmp_path: Path, name: str, content: str | bytes, title: str, kind: str, words: str
) -> None:
    given = read_given("", written(tmp_path, name, content))
    assert (given.title, given.kind, given.content.text) == (title, kind, words)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "'empty.txt' is empty"),
        ("blank.md", b" \n\t", "holds no words"),
        ("film.mp4", b"\0\0\0 ftypisom\0\0\2\0", "not text but binary data"),
        ("x.json", b"{", "not whole as JSON"),
        ("x.gif", b"GIF89a\1\0\1\0", "is GIF, not PNG, JPEG or WebP"),
        ("x.png", b"\x89PNG\r\n\x1a\nbroken", "is a broken PNG file"),
        ("huge.txt", b"word " * 1_100_000, "larger than 5 MB"),
    ],
)
def test_files_that_can_t_be_described_are_named(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    with pytest.raises(UsageError, match=says) as refused:
        read_given("", written(tmp_path, name, content))
    assert str(tmp_path) not in str(refused.value)


def test_nothing_both_and_a_lost_file_are_refused(tmp_path: Path) -> None:
    for text, file, says in (
        ("  ", None, "nothing to describe yet"),
        (None, None, "nothing to describe yet"),
        (STORY, written(tmp_path, "a.txt", STORY), "clear one of them"),
        ("", str(tmp_path / "gone.txt"), "drop it again"),
    ):
        with pytest.raises(UsageError, match=says):
            read_given(text, file)


def test_several_pictures_are_one_content(tmp_path: Path) -> None:
    frames = [written(tmp_path, f"frame {n}.png", png(8, 8)) for n in range(3)]
    given = read_given("", frames)
    assert (given.title, given.kind) == ("Frame 0", "picture")
    assert given.content.pictures == (png(8, 8),) * 3
    story = written(tmp_path, "story.txt", STORY)
    with pytest.raises(UsageError, match=r"'story\.txt' is a text; describe it alone"):
        read_given("", [*frames, story])
    with pytest.raises(UsageError, match="100 pictures"):
        read_given("", frames[:1] * 101)
    assert read_given(STORY, []).content.text == STORY


# Gradio makes an event loop of its own where none runs.
async def test_the_form_has_a_component_for_each_value() -> None:
    with gr.Blocks():
        fields = components()
    assert len(fields) == len(SHEET.values()) == FIELDS
    for field, value in zip(fields, SHEET.values(), strict=True):
        assert field.preprocess(field.postprocess(value)) == value  # type: ignore[no-untyped-call]


def test_an_untouched_form_gives_back_what_it_was_filled_with() -> None:
    assert read_sheet(SHEET.values(), FOUND) == SHEET
    bare = Sheet("", ItemFacts(), FOUND)
    assert read_sheet(bare.values(), FOUND) == bare


def filled(**changes: Any) -> list[Any]:
    """The form's values, some of them changed."""
    names = ("title", "mood", "audience", "plot", "mood_tags", "genres", "tags", "archetypes",
             *Axes.model_fields, "kind", "year", "minutes", "language", "rating")  # fmt: skip
    return list((dict(zip(names, SHEET.values(), strict=True)) | changes).values())


def test_what_was_changed_in_the_form_is_read() -> None:
    sheet = read_sheet(
        filled(
            title=" A \n Night ",
            mood="Funny.",
            mood_tags=["funny"],
            tags="Ghosts;  ghosts, SEA\nfog,,",
            humour=4.0,
            year=None,
            language="no",
            kind=" Short  Video ",
        ),
        FOUND,
    )
    described = sheet.descriptors
    assert (sheet.title, described.mood, described.tags) == (
        "A Night",
        "Funny.",
        ("ghosts", "sea", "fog"),
    )
    assert (described.axes.humour, described.axes.tension, described.language) == (4, 2, "no")
    assert sheet.known == ItemFacts("short video", None, 80, "PG-13")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"mood": "x" * 2_001}, "'Mood' has 2,001 characters"),
        ({"title": "x" * 201}, "'Title' has 201 characters"),
        ({"tags": ", ".join(f"tag {n}" for n in range(MOST_TAGS + 1))}, "30 are the most"),
        ({"tags": "x" * 61}, "use a few words"),
        ({"mood_tags": ["no such mood"]}, "choose it again"),
        ({"humour": 7}, "choose it again"),
        ({"humour": None}, "choose it again"),
        ({"year": 1066}, "The year can't be 1066"),
        ({"minutes": 0}, "The length in minutes can't be 0"),
        ({"minutes": float("nan")}, "can't be nan"),
    ],
)
def test_what_can_t_be_in_a_field_is_said(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_sheet(filled(**changes), FOUND)


def test_everything_shown_is_escaped() -> None:
    found = FOUND.model_copy(update={"summary": EVIL, "notes": (EVIL,)})
    fit = Fit(
        Scores(mood=0.1, audience=0.2, plot=0.3, overall=0.4),
        0.5,
        (EVIL,),
        ((EVIL, EVIL),),
        (EVIL,),
    )
    html = told_html(Description(found, "ollama", (EVIL,))) + fit_html(
        fit, EVIL, [Listener(EVIL, EVIL, fit)]
    )
    assert "<img" not in html
    assert html.count("&lt;img") == 12


def test_a_fit_is_told_in_words() -> None:
    scores = Scores(mood=0.9, audience=0.5, plot=0.7, overall=0.8)
    said = fit_html(Fit(scores, 0.98, (), (("at most 99 minutes", "its length"),)), "It", [])
    assert "suit you very well" in said
    assert "better than 98 of 100" in said
    assert "at most 99 minutes. I can't check that, because its length isn't known" in said
    assert "Who else" not in said
    assert "Not within your limits" in fit_html(Fit(scores, 0.98, ("no horror",)), "It", [])
    assert "I don't know yet what you like" in fit_html(Fit(), "It", [])
    only = Fit(unsure=(("at most 99 minutes", "its length"),))
    assert "not yet what you like" in fit_html(only, "It", [])


class StandIn:
    """An agent that describes as it is told to."""

    engine = "builtin"
    choice = "The builtin engine."

    def __init__(self, answer: Description | Exception | None) -> None:
        self.settings = Settings()
        self.answer = answer
        self.cancelled = False

    async def describe(self, content: Content) -> Description:
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer is None:
            try:
                await asyncio.Event().wait()
            finally:
                self.cancelled = True
        assert self.answer is not None
        return self.answer


def working(agent: object, *, adding: bool = False) -> Describing:
    async def opening(_: object) -> Any:
        return agent

    return Describing(Desk(opening, adding=adding))


REQUEST: Any = SimpleNamespace(session_hash="s1")


async def drawings(work: Describing, text: str, file: str | None = None) -> list[tuple[Any, ...]]:
    return [each async for each in work.describe(text, file, REQUEST)]


async def test_what_was_described_fills_the_form() -> None:
    work = working(StandIn(Description(FOUND, "builtin", ("It was slow.",))))
    first, *_, last = await drawings(work, f"The Keepers\n\n{STORY}")
    assert 'role="status"' in first[0]
    assert first[1]["interactive"]
    drawn, values = Drawn(*last[:-FIELDS]), last[-FIELDS:]
    assert "Described" in drawn.status
    assert not drawn.stop["interactive"]
    assert drawn.found.item_id.startswith("added-")
    assert "It was slow." in drawn.told
    assert (drawn.answer, drawn.card, drawn.said) == ("", "", "")
    assert values == Sheet("The Keepers", ItemFacts("text"), FOUND).values()


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (EngineError("the model's server is down"), "The model&#x27;s server is down"),
        (UsageError("there are no words in '...'"), "There are no words"),
        (RuntimeError("a secret of the server"), "Something went wrong here"),
    ],
)
async def test_describing_that_fails_is_one_sentence_and_changes_nothing(
    problem: Exception, says: str
) -> None:
    *_, last = await drawings(working(StandIn(problem)), STORY)
    assert says in last[0]
    assert "secret" not in last[0]
    assert all(update == gr.skip() for update in last[2:])


async def test_a_picture_takes_a_model_that_sees(tmp_path: Path) -> None:
    *_, last = await drawings(working(StandIn(None)), "", written(tmp_path, "a.png", png(3, 2)))
    assert "takes a model that sees" in last[0]


async def test_describing_can_be_stopped() -> None:
    agent = StandIn(None)
    work = working(agent)
    updates = work.describe(STORY, None, REQUEST)
    await anext(updates)
    second = asyncio.ensure_future(anext(updates))
    await asyncio.sleep(0)
    while not agent.cancelled and not second.done():
        await work.stop(REQUEST)
        await asyncio.wait([second], timeout=0.05)
    assert "Stopped" in (await second)[0]
    assert [each async for each in updates] == []


async def test_leaving_the_page_stops_describing() -> None:
    agent = StandIn(None)
    work = working(agent)
    updates: AsyncIterator[Any] = work.describe(STORY, None, REQUEST)
    await anext(updates)
    task = work._running["s1"]
    await updates.aclose()  # type: ignore[attr-defined]
    with pytest.raises(asyncio.CancelledError):
        await task
    assert work._running == {}


async def test_nothing_can_be_asked_before_something_is_described() -> None:
    work = working(StandIn(None), adding=True)
    for answer in (
        await work.similar(None, *SHEET.values()),
        await work.suit(None, new_owner(), "web-x", *SHEET.values()),
        await work.add(None, 0, *SHEET.values()),
        await work.remove(None, 0),
    ):
        assert "Describe something first" in answer[-1]
        assert all(update == gr.skip() for update in answer[:-1])


@pytest.fixture
async def agent(home: Path) -> AsyncIterator[MovieAgent]:
    async with await MovieAgent.open(Settings(home=home, engine="builtin")) as opened:
        yield opened


KEPT = Found("added-0123456789ab", Description(FOUND, "builtin"))


async def test_similar_suits_add_and_take_out_again(agent: MovieAgent) -> None:
    work = working(agent, adding=True)
    desk, owner = work._desk, new_owner()
    own, other = desk.new_conversation(owner), desk.new_conversation(owner)
    values = SHEET.values()

    rows, card, said = await work.similar(KEPT, *values)
    assert rows.count("mr-near ") + rows.count('mr-near"') == 18
    assert (card, said) == ("", "")

    await agent.send("something eerie with ghosts", other)
    await agent.send("I loved Alien", desk.new_conversation(new_owner()))
    told, *_ = await work.suit(KEPT, owner, own, *values)
    assert "what you like" in told
    assert "something eerie with ghosts" in told
    assert "Alien" not in told
    await agent.send("something funny, nothing scary", own)
    told, *_ = await work.suit(KEPT, owner, own, *values)
    assert "Mood" in told

    before = agent.catalogue.count()
    *_, changed, said = await work.add(KEPT, 4, *values)
    assert (changed, "The Keepers (2024)" in said) == (5, True)
    assert agent.catalogue.count() == before + 1
    reply = await agent.send("something like The Keepers", desk.new_conversation(owner))
    assert "The Keepers" in reply.understood[0]
    edited = filled(title="The Keepers", mood="Funny at last.")
    await work.add(KEPT, 5, *edited)
    item = agent.catalogue.get([KEPT.item_id])[KEPT.item_id]
    assert (item.mood, item.provenance["mood"].how) == ("Funny at last.", "authored")
    assert agent.catalogue.count() == before + 1

    *_, changed, said = await work.remove(KEPT, 6)
    assert (changed, agent.catalogue.count()) == (7, before)
    assert "out of the catalogue" in said
    assert "wasn't there" in (await work.remove(KEPT, 7))[-1].replace("&#x27;", "'")


async def test_pressing_a_row_opens_a_card_and_strange_presses_are_refused(
    agent: MovieAgent,
) -> None:
    work = working(agent)
    match = agent.catalogue.find("The Conjuring", 2013)[0]
    press: Any = SimpleNamespace(_data={"act": "open", "id": match.id})
    card, said = await work.open(press, KEPT, *SHEET.values())
    assert "The Conjuring" in card
    assert "How near it is to The Keepers" in card
    for data in ({"id": EVIL}, {}, None):
        card, said = await work.open(SimpleNamespace(_data=data), KEPT, *SHEET.values())
        assert card == gr.skip()
        assert "<img" not in said
        assert "choose another one" in said


async def test_what_can_t_be_added_is_said(agent: MovieAgent) -> None:
    before = agent.catalogue.count()
    for work, values, says in (
        (working(agent), SHEET.values(), NOT_KEPT),
        (working(agent, adding=True), filled(title="  "), "Give it a title first"),
        (working(agent, adding=True), filled(year=3), "The year"),
    ):
        update, *_, said = await work.add(KEPT, 0, *values)
        assert says in said
        assert update == gr.skip()
    assert NOT_KEPT in (await working(agent).remove(KEPT, 0))[-1]
    assert agent.catalogue.count() == before


async def test_a_conversation_of_somebody_else_is_not_asked(agent: MovieAgent) -> None:
    work = working(agent)
    theirs = work._desk.new_conversation(new_owner())
    *_, said = await work.suit(KEPT, new_owner(), theirs, *SHEET.values())
    assert "belongs to somebody else" in said
