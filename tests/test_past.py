"""A history in the taste profile: one thing, bounded in effect, taken back as a whole."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from moodreel.agent import past, past_file, past_summary
from moodreel.agent.channels import terminal
from moodreel.agent.channels.chat import Talk, respond
from moodreel.agent.channels.screens import Plain
from moodreel.agent.companion import MovieAgent
from moodreel.agent.conversations import MemoryConversations
from moodreel.agent.edits import Attitude, Forget, History, ItemRef, Reset, Undo, feeling_of
from moodreel.agent.profile import TasteProfile, apply
from moodreel.agent.profile_file import written
from moodreel.agent.sentences import sentence
from moodreel.agent.settings import Settings
from moodreel.agent.taste_query import demand_of
from moodreel.errors import UsageError
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.history import HistoryImport, read_history

from .history_rows import LETTERBOXD, folder_of


@pytest.fixture
async def agent(starter: Catalogue) -> MovieAgent:
    return MovieAgent(Settings(), starter, MemoryConversations())


@pytest.fixture
def history(starter: Catalogue, tmp_path: Path) -> HistoryImport:
    return read_history([folder_of(LETTERBOXD, tmp_path / "export")], starter)


def ids(catalogue: Catalogue, *titles: str) -> list[str]:
    return [catalogue.find(title)[0].id for title in titles]


@pytest.mark.parametrize(
    ("rating", "feeling"),
    [(5, "loved"), (4.5, "loved"), (4, "liked"), (3.5, "liked"), (3, "seen"), (2.5, "seen"),
     (2, "disliked"), (0.5, "disliked")],
)  # fmt: skip
def test_what_stars_say(rating: float, feeling: str) -> None:
    assert feeling_of(rating) == feeling


async def test_a_history_is_one_turn_and_one_line(
    agent: MovieAgent, history: HistoryImport
) -> None:
    reply = await agent.import_history("a", history)
    assert reply.turn == 1
    (entry,) = reply.profile.active
    assert sentence(entry) == (
        "Your Letterboxd history: 7 films (1 loved, 2 liked, 1 disliked, 2 just seen,"
        " 1 still to watch)."
    )
    known = await agent.send("What do you know about me?", "a")
    assert known.text.count("\n- ") == 1
    assert "Your Letterboxd history: 7 films" in known.text


async def test_what_was_seen_never_comes_and_a_watchlist_may(
    agent: MovieAgent, history: HistoryImport, starter: Catalogue
) -> None:
    reply = await agent.import_history("a", history)
    query = demand_of(reply.profile, starter).query
    heat, alien, amelie, jaws, vertigo = ids(starter, "Heat", "Alien", "Amélie", "Jaws", "Vertigo")
    assert {heat, alien, amelie, jaws} <= set(query.exclude)
    assert vertigo not in query.exclude
    weights = {like.id: like.weight for like in query.likes}
    assert weights[heat] > weights[alien] > 0 > weights[amelie]
    assert vertigo not in weights
    picks = (await agent.send("a tense crime film like Heat", "a")).picks
    assert picks
    assert not {pick.id for pick in picks} & {heat, alien, amelie, jaws}


@pytest.mark.parametrize(
    "words", ["forget my history", "please delete my Letterboxd history", "remove the film history"]
)
async def test_it_is_forgotten_in_words_and_comes_back(
    agent: MovieAgent, history: HistoryImport, words: str
) -> None:
    await agent.send("I loved Paddington", "a")
    await agent.import_history("a", history)
    gone = await agent.send(words, "a")
    assert [sentence(entry) for entry in gone.profile.active] == ["You loved Paddington (2014)."]
    assert gone.understood[0].startswith("Taken back: your Letterboxd history")
    back = await agent.send("undo", "a")
    assert len(back.profile.active) == 2


async def test_without_a_history_the_words_mean_all_that_was_said(agent: MovieAgent) -> None:
    await agent.send("I loved Paddington", "a")
    assert (await agent.send("delete my history", "a")).profile.active == ()


def of(service: str = "Letterboxd", **films: object) -> History:
    return History.model_validate({"service": service, **films})


def told(*edits: object) -> TasteProfile:
    profile = TasteProfile()
    for turn, edit in enumerate(edits, start=1):
        profile = apply(profile, [edit], turn)  # type: ignore[list-item]
    return profile


def test_a_second_import_joins_the_first_and_undo_parts_them() -> None:
    first = of(seen={"a": "2020-01-01", "b": ""}, ratings={"a": 4.0}, wanted=("c", "d"))
    second = of(seen={"a": "", "c": ""}, ratings={"a": 2.0, "c": 5.0})
    profile = told(first, second)
    (entry,) = profile.active
    assert entry.content == of(
        seen={"a": "2020-01-01", "b": "", "c": ""}, ratings={"a": 2.0, "c": 5.0}, wanted=("d",)
    )
    assert [e.content for e in apply(profile, [Undo()], 3).active] == [first]
    assert len(told(first, of("IMDb", seen={"a": ""})).active) == 2


def test_a_history_outlives_tonight_and_not_a_reset_of_everything() -> None:
    profile = told(of(seen={"a": ""}))
    assert len(apply(profile, [Reset(scope="tonight")], 2).active) == 1
    assert apply(profile, [Reset(scope="all")], 2).active == ()


def test_a_long_history_pulls_no_more_than_a_short_one(starter: Catalogue) -> None:
    every = [item.id for item in starter.items()]
    long = of(seen=dict.fromkeys(every, ""), ratings=dict.fromkeys(every[:900], 5.0))
    likes = demand_of(told(long), starter).query.likes
    assert len(likes) == past.MOST_FAVOURITES
    assert sum(like.weight for like in likes) <= 1.5


def test_what_is_said_in_the_conversation_stands_before_a_history(starter: Catalogue) -> None:
    heat, alien = ids(starter, "Heat", "Alien")
    disliked = Attitude(item=ItemRef(id=heat, title="Heat", year=1995), feeling="disliked")
    likes = demand_of(told(of(ratings={heat: 5.0, alien: 5.0}), disliked), starter).query.likes
    assert [(like.id, like.weight > 0) for like in likes] == [(heat, False), (alien, True)]


def test_a_heart_is_liked_and_a_rating_of_five_stays_loved() -> None:
    feelings = of(ratings={"a": 5.0, "b": 1.0}, liked=("a", "b", "c"), wanted=("d",)).feelings()
    assert feelings == {"a": "loved", "b": "liked", "c": "liked", "d": "interested"}


def test_profiles_from_before_and_with_a_history_load() -> None:
    old = '{"version": 1, "entries": []}'
    assert TasteProfile.model_validate_json(old).entries == ()
    profile = told(of(seen={"a": "2020-01-01"}, ratings={"a": 4.5}))
    assert TasteProfile.model_validate_json(profile.model_dump_json()) == profile


def test_a_saved_profile_leaves_the_history_out() -> None:
    assert json.loads(written(told(of(seen={"a": ""}))))["entries"] == []


async def test_an_export_comes_back_as_it_was(
    agent: MovieAgent, history: HistoryImport, starter: Catalogue, tmp_path: Path
) -> None:
    profile = (await agent.import_history("a", history)).profile
    profile = (await agent.send("I've seen Paddington", "a")).profile
    text, many = past_file.written(profile, starter)
    rows = list(csv.DictReader(io.StringIO(text)))
    heat = next(row for row in rows if row["Title"] == "Heat")
    assert (heat["Year"], heat["Rating"], heat["WatchedDate"]) == ("1995", "4.5", "2021-04-01")
    assert many == len(rows) == 7
    assert not any(row["Title"] == "Vertigo" for row in rows), "wanted, not seen"
    path = tmp_path / "out.csv"
    path.write_text(text, encoding="utf-8", newline="")
    again = read_history([path], starter)
    ratings = {key: film.rating for key, film in again.matched.items() if film.rating}
    before = {key: film.rating for key, film in history.matched.items() if film.rating}
    assert ratings == before
    assert not again.ambiguous + again.unmatched


async def test_nothing_matched_is_no_turn(agent: MovieAgent) -> None:
    with pytest.raises(UsageError, match="None of the films in that history"):
        await agent.import_history("a", HistoryImport("Letterboxd"))
    assert await agent.conversations() == []


def test_a_summary_names_what_needs_somebody(history: HistoryImport) -> None:
    lines = list(past_summary.lines(history, 5))
    assert lines[0] == ("Letterboxd, 15 rows: 7 matched, 2 to choose, 1 not in the catalogue.")
    assert "- Dune: Dune (1984) or Dune: Part One (2021)?" in lines
    assert "- A Film That Nobody Made (1999)" in lines
    assert any(
        "a date that can't be read was left out (diary.csv, row 5)" in line for line in lines
    )


async def test_slash_history(
    agent: MovieAgent, history: HistoryImport, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = Talk(agent, "a", Plain())
    await respond(talk, f"/history {tmp_path / 'export'}")
    assert "15 rows: 7 matched" in capsys.readouterr().out
    assert len((await agent.profile("a")).active) == 1
    await respond(talk, "/history")
    assert "Name the export" in capsys.readouterr().out


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as left:
        terminal.main([str(word) for word in words])
    code = left.value.code
    assert isinstance(code, int)
    return code


def test_the_commands(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MOODREEL_HOME", str(home))
    monkeypatch.setenv("MOODREEL_ENGINE", "builtin")
    export = folder_of(LETTERBOXD, tmp_path / "export")
    assert run("history", "import", export, "--dry-run") == 0
    assert "7 matched" in capsys.readouterr().out
    assert run("history", "export", tmp_path / "none.csv", "--conversation", "a") == 2
    assert run("history", "import", export, "--conversation", "a", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["conversation"], len(data["matched"]), len(data["ambiguous"])) == ("a", 7, 2)
    assert run("history", "export", tmp_path / "out.csv", "--conversation", "a") == 0
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 7
    assert run("history", "export", tmp_path / "out.csv", "--conversation", "a") == 2
    assert run("history", "forget", "--conversation", "a") == 0
    assert "Taken back: your Letterboxd history" in capsys.readouterr().out
    assert run("history", "forget", "--conversation", "a") == 2
    assert "no history in the conversation 'a'" in capsys.readouterr().err


def test_forgetting_names_every_history() -> None:
    profile = told(of(seen={"a": ""}), of("IMDb", seen={"b": ""}))
    edits = past.forgetting(profile)
    assert all(isinstance(edit, Forget) for edit in edits)
    assert apply(profile, edits, 3).active == ()
