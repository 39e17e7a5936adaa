"""Lists limited to what somebody keeps to watch: read, kept to, and said where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from moodreel import MovieAgent, Settings
from moodreel.agent.channels.chat import pasted_history
from moodreel.agent.edits import History, LimitEdit
from moodreel.agent.engines.base import Turn
from moodreel.agent.engines.reading.read import read
from moodreel.agent.engines.reading.watchlist import NO_LIST
from moodreel.agent.past import watchlist
from moodreel.agent.plan import Ask, Recommend, TurnPlan
from moodreel.agent.profile import Entry, TasteProfile
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.history import read_history
from moodreel.ingest.limits import Watchlist

KEPT = ("tt0113277", "tt0335266", "tt1375666", "tt0068646", "tt4468740")
LIST = History(
    service="Letterboxd", wanted=KEPT, seen={"tt0068646": ""}, words="Letterboxd: 5 films"
)


def told(message: str, starter: Catalogue, *known: History) -> TurnPlan:
    entries = tuple(Entry(id=str(n), turn=1, content=each) for n, each in enumerate(known))
    return read(Turn(message, 2, TasteProfile(entries=entries)), starter)


def kept_to(plan: TurnPlan) -> tuple[str, ...]:
    found = [e.limit for e in plan.edits if isinstance(e, LimitEdit)]
    return next((limit.any_of for limit in found if isinstance(limit, Watchlist)), ())


@pytest.mark.parametrize(
    "message",
    [
        "something from my watchlist", "from my watchlist", "off my list of films to watch",
        "anything I've saved", "pick one off my watch list", "a funny one from my to-watch list",
        "what should I watch from my letterboxd watchlist tonight?", "only films on my watchlist",
        "something short and scary out of my watchlist", "show me my watchlist",
        "choose from the movies I've bookmarked", "surprise me with one of my saved films",
        "anything on my list of things I want to see?", "tonight just my watch-later pile",
        "something from my backlog under two hours", "the watchlist: something warm",
        "nothing scary from my watchlist", "not too long, from my watchlist",
        "one of the films I've been meaning to watch", "something off my list",
        "what's on my watchlist", "anything i havent got round to yet",
        "the ones I keep meaning to get to", "something we've wanted to see for ages",
    ],
)  # fmt: skip
def test_a_watchlist_is_heard_however_it_is_called(message: str, starter: Catalogue) -> None:
    plan = told(message, starter, LIST)
    assert kept_to(plan) == tuple(name for name in KEPT if name != "tt0068646")
    assert any(isinstance(act, Recommend) for act in plan.acts)


@pytest.mark.parametrize(
    "message",
    [
        "add Heat to my watchlist", "I put Heat on my watchlist", "nothing from my watchlist",
        "a film about a man who saved his village", "something to watch with my list-mad aunt",
        "a heist film", "anything but what's on my watchlist", "put Heat on my list",
        "I've been meaning to watch Alien", "something like my list of favourites",
    ],
)  # fmt: skip
def test_other_words_are_no_such_wish(message: str, starter: Catalogue) -> None:
    assert kept_to(told(message, starter, LIST)) == ()


def test_without_a_list_it_says_how_to_bring_one_in(starter: Catalogue) -> None:
    plan = told("something from my watchlist", starter)
    assert [act.question for act in plan.acts if isinstance(act, Ask)] == [NO_LIST]
    assert not any(isinstance(act, Recommend) for act in plan.acts)


def test_what_was_seen_since_is_on_no_watchlist() -> None:
    other = History(service="IMDb", seen={"tt1375666": ""}, words="IMDb: 1 film")
    assert watchlist([LIST, other]) == ("tt0113277", "tt0335266", "tt4468740")


async def test_picks_come_from_the_list_alone_and_other_wishes_count(
    home: Path, tmp_path: Path
) -> None:
    export = tmp_path / "watchlist.csv"
    films = ["Heat,1995", "Lost in Translation,2003", "Paddington 2,2017", "Alien,1979", "Up,2009"]
    rows = [f"2024-01-01,{film},https://boxd.it/{n}" for n, film in enumerate(films)]
    export.write_text("\n".join(["Date,Name,Year,Letterboxd URI", *rows]))
    settings = Settings(home=home, engine="builtin", conversations="memory")
    async with await MovieAgent.open(settings) as agent:
        await agent.import_history("me", read_history([export], agent.catalogue))
        first = await agent.send("something funny off my watchlist", "me")
        assert {pick.title for pick in first.picks} <= {film.split(",")[0] for film in films}
        assert first.picks
        assert first.picks[0].title in ("Paddington 2", "Up")
        assert any("watchlist" in line for line in first.understood)
        assert first.relaxed == ()
        free = await agent.send("forget the watchlist, anything funny", "me")
        assert any(pick.title not in {f.split(",")[0] for f in films} for pick in free.picks)


def test_a_pasted_path_is_a_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "my films.csv"
    path.write_text("title\nHeat\n")
    escaped = str(path).replace(" ", "\\ ")
    for line in (str(path), f"'{path}'", escaped, f"file://{str(path).replace(' ', '%20')}",
                 "my films.csv"):  # fmt: skip
        found = pasted_history(line)
        assert found is not None
        assert found.samefile(path), line
    for line in ("something like films.csv", "a film about a .zip", "", "it's a csv.csv", "\0.csv"):
        assert pasted_history(line) is None
