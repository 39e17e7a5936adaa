# ruff: noqa: E501
"""A model's plan: read into edits and acts, checked against the message, and written back."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moodreel.agent.edits import Anchor, Attitude, Forget, ItemRef, LimitEdit, Nudge, Undo, Wish
from moodreel.agent.engines.base import Turn
from moodreel.agent.engines.llm.plan_check import checked
from moodreel.agent.engines.llm.plan_evidence import Evidence
from moodreel.agent.engines.llm.plan_read import plan_of
from moodreel.agent.engines.llm.plan_refs import refs_of
from moodreel.agent.engines.llm.plan_reply import PlanReply
from moodreel.agent.engines.llm.plan_ruled import ruled
from moodreel.agent.engines.llm.plan_say import harmless
from moodreel.agent.engines.llm.plan_write import reply_of
from moodreel.agent.engines.reading.read import read
from moodreel.agent.plan import Ask, Chat, Recommend, Tell, TurnPlan
from moodreel.agent.profile import TasteProfile
from moodreel.ingest.catalogue import Catalogue

from .measure_damage import DAMAGES, Damage, outcome, reading_messages, said, turns_of
from .plan_words import FIVE, words

RECOMMEND = [{"do": "recommend"}]


def turn_of(message: str, *, shown: bool = True, focus: tuple[str, ...] = ()) -> Turn:
    """A message with Heat, Collateral, Up, Drive and Finding Nemo on the table."""
    return Turn(message, 2, TasteProfile(), shown=(FIVE,) if shown else (), focus=focus)


def reply(**parts: Any) -> PlanReply:
    return PlanReply.model_validate({"intents": ["request"], "answers": RECOMMEND, **parts})


def plain(starter: Catalogue, message: str = "x", **parts: Any) -> TurnPlan:
    """A reply as it is read, unchecked."""
    return plan_of(reply(**parts), turn_of(message), starter)


def through(starter: Catalogue, message: str, *, shown: bool = True, **parts: Any) -> TurnPlan:
    """What a model's reply to a message comes to, checks included."""
    turn = turn_of(message, shown=shown)
    return checked(plan_of(reply(**parts), turn, starter), turn, read(turn, starter), starter)[0]


# --- names of films ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("film", "expected"),
    [
        ("#2", [ItemRef(position=2)]),
        ("# 3", [ItemRef(position=3)]),
        ("#-1", [ItemRef(position=-1)]),
        ("number 4", [ItemRef(position=4)]),
        ("2", [ItemRef(position=2)]),
        ("the second one", [ItemRef(position=2)]),
        ("last", [ItemRef(position=-1)]),
        ("it", [ItemRef(id=FIVE[3])]),
        ("that one", [ItemRef(id=FIVE[3])]),
        ("It", [ItemRef(title="It")]),
        ("by Pixar", [ItemRef(title="by Pixar")]),
        ("by Michael Mann", [ItemRef(person="Michael Mann")]),
        ("Heat", [ItemRef(title="Heat")]),
        ("Heat (1995)", [ItemRef(title="Heat", year=1995)]),
        ("“Heat” ", [ItemRef(title="Heat")]),
        ("1917", [ItemRef(title="1917")]),
        ("all", [ItemRef(position=n) for n in range(1, 6)]),
        ("", []),
        (" \n", []),
        ("#0", [ItemRef(title="#0")]),
    ],
)
def test_names_of_films(starter: Catalogue, film: str, expected: list[ItemRef]) -> None:
    assert refs_of(film, turn_of("x", focus=(FIVE[3],)), starter) == expected


def test_without_a_list_there_are_no_places(starter: Catalogue) -> None:
    turn = turn_of("x", shown=False)
    for film in ("#1", "it", "all", "the first one"):
        assert refs_of(film, turn, starter) == []
    assert refs_of("it", turn_of("x"), starter) == [ItemRef(position=1)]


# --- limits -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ({"limit": "years", "low": 1990, "high": 1999}, ["limit from the 1990s"]),
        ({"limit": "years", "low": 1999, "high": 1990}, ["limit from the 1990s"]),
        ({"limit": "years", "high": 80}, ["limit from before 1981"]),
        ({"limit": "years", "only": ["1980s"]}, ["limit from the 1980s"]),
        ({"limit": "years", "never": ["80s"]}, ["limit not from the 1980s"]),
        ({"limit": "years", "high": 1990, "words": "before 1990"}, ["limit from before 1990"]),
        ({"limit": "years", "low": 3000}, []),
        ({"limit": "years", "low": -4, "high": 10**30}, []),
        ({"limit": "years"}, []),
        ({"limit": "minutes", "high": 120, "words": "under two hours"}, ["limit under two hours"]),
        ({"limit": "minutes", "high": 120, "words": "nothing over two hours"}, ["limit at most two hours"]),
        ({"limit": "minutes", "high": 119, "words": "under two hours"}, ["limit under two hours"]),
        ({"limit": "minutes", "high": 2, "words": "two hours tops"}, ["limit at most two hours"]),
        ({"limit": "minutes", "high": 100_000}, []),
        ({"limit": "genres", "only": ["comedies"]}, ["limit only comedy"]),
        ({"limit": "genres", "only": ["sci-fi"]}, ["limit only science fiction"]),
        ({"limit": "genres", "only": ["Horrorr"]}, ["limit only horror"]),
        ({"limit": "genres", "only": ["romcom"]}, ["limit only romance and comedy"]),
        ({"limit": "genres", "only": ["Drama", "Crime"], "words": "drama or crime"}, ["limit only drama or crime"]),
        ({"limit": "genres", "never": ["horror"]}, ["limit no horror"]),
        ({"limit": "genres", "only": ["steampunk"]}, ["wish steampunk"]),
        ({"limit": "genres", "never": ["steampunk"]}, ["avoid steampunk"]),
        ({"limit": "people", "only": ["nolan"]}, ["limit with Christopher Nolan"]),
        ({"limit": "people", "never": ["Adam Sandler"]}, ["limit nothing with Adam Sandler"]),
        ({"limit": "people", "only": ["Zorblax Quux"]}, []),
        ({"limit": "languages", "only": ["French", "ko"]}, ["limit in French or Korean"]),
        ({"limit": "languages", "only": ["Klingon"]}, []),
        ({"limit": "languages", "only": ["foreign"]}, ["limit not in English"]),
        ({"limit": "age", "low": 8}, ["limit fit for age 8"]),
        ({"limit": "age", "low": 30}, []),
        ({"limit": "age", "low": -1}, []),
        ({"limit": "age", "only": ["pg13"]}, ["limit rated G or PG or PG-13"]),
        ({"limit": "content", "never": ["gore"]}, ["limit no gore"]),
        ({"limit": "content", "never": ["violence"]}, ["limit hardly any violence"]),
        ({"limit": "content", "never": ["dogs dying"]}, ["limit no animal harm"]),
        ({"limit": "content", "never": ["spiders"]}, ["limit no spiders"]),
        ({"limit": "subjects", "never": ["zombies"]}, ["limit no zombies"]),
        ({"limit": "kinds", "only": ["podcast"]}, []),
    ],
)  # fmt: skip
def test_limits_as_they_are_read(
    starter: Catalogue, limit: dict[str, Any], expected: list[str]
) -> None:
    assert words(plain(starter, limits=[limit]))[:-1] == expected


def test_names_nobody_knows_are_owned_up_to(starter: Catalogue) -> None:
    plan = plain(starter, limits=[{"limit": "people", "only": ["Zorblax Quux"]}])
    assert plan.unread == ("Zorblax Quux",)


# --- wishes and the rest ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "text", "embed"),
    [
        ({"text": "something cosy", "part": "mood", "moods": ["cosy"]}, "cosy", False),
        ({"text": "funny and warm", "moods": ["funny", "heartwarming"]}, "funny and warm", False),
        ({"text": "a film about lighthouse keepers", "part": "plot"}, "lighthouse keepers", True),
        ({"text": "cosy lighthouse stories", "moods": ["cosy"]}, "cosy lighthouse stories", True),
        ({"text": "sci-fi", "genres": ["sci-fi"]}, "sci-fi", False),
        ({"text": "", "moods": ["bleak"]}, "bleak", False),
        ({"text": "x", "genres": ["steampunk"]}, "x steampunk", True),
    ],
)
def test_a_wish_is_searched_for_where_its_tags_do_not_say_it(
    starter: Catalogue, wish: dict[str, Any], text: str, embed: bool
) -> None:
    found = plain(starter, wishes=[wish]).edits[0]
    assert isinstance(found, Wish)
    assert (found.text, found.embed) == (text, embed)


def test_tags_bring_their_axes(starter: Catalogue) -> None:
    funny, torn = plain(
        starter,
        wishes=[
            {"text": "funny", "moods": ["funny"]},
            {"text": "light but sad", "moods": ["feel-good", "sad"]},
        ],
    ).edits
    assert isinstance(funny, Wish)
    assert isinstance(torn, Wish)
    assert funny.axes == {"humour": 3.0}
    assert "lightness" not in torn.axes


def test_an_empty_wish_is_none(starter: Catalogue) -> None:
    assert not plain(starter, wishes=[{"text": " "}, {"text": "the"}]).edits


def test_likes_of_tonight_are_one_anchor(starter: Catalogue) -> None:
    films = [
        {"words": "the mood of Amélie", "film": "Amélie", "role": "like_this", "part": "mood"},
        {"words": "plot of Heat", "film": "Heat", "role": "like_this", "part": "plot"},
        {"words": "not Saw", "film": "Saw", "role": "unlike_this"},
    ]
    (anchor,) = plain(starter, films=films).edits
    assert isinstance(anchor, Anchor)
    assert [(part.item.title, part.dimension, part.weight) for part in anchor.parts] == [
        ("Amélie", "mood", 1.0),
        ("Heat", "plot", 1.0),
        ("Saw", "overall", -1.0),
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"do": "recommend", "count": 3}, Recommend(count=3)),
        ({"do": "tell", "films": ["#2"], "topic": "plot"}, Tell(items=(ItemRef(position=2),), topic="plot")),
        ({"do": "tell"}, Tell()),
        ({"do": "chat", "about": "danger", "say": "Cheer up."}, Chat(about="danger")),
        ({"do": "chat", "about": "who", "say": "A robot."}, Chat(about="who")),
        ({"do": "chat", "about": "thanks", "say": "Any time."}, Chat(about="thanks", say="Any time.")),
        ({"do": "ask", "say": "Long or short?"}, Ask(question="Long or short?")),
    ],
)  # fmt: skip
def test_answers_become_acts(starter: Catalogue, answer: dict[str, Any], expected: object) -> None:
    assert plain(starter, answers=[answer]).acts == (expected,)


def test_a_question_that_may_not_be_asked_is_left_out(starter: Catalogue) -> None:
    ask = {"do": "ask", "say": "Visit www.films.com?"}
    assert plain(starter, answers=[ask, *RECOMMEND]).acts == (Recommend(),)


# --- sentences of its own ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "Then stay where you are: what would suit you and the cat?",
        "That sounds like a long day. Something light, perhaps?",
        "Gern! Lieber etwas zum Lachen?",
        "もちろん。今夜はどんな気分ですか？",
        "Sorry to hear that.",
    ],
)
def test_harmless_sentences_are_said(starter: Catalogue, sentence: str) -> None:
    assert harmless(sentence, turn_of("my cat is asleep on me"), starter) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "I loved that film too.",
        "I've watched it twice.",
        "I'm so happy for you.",
        "My favourite is a western.",
        "Have you tried The Godfather?",
        "You should see “Sunset Parade”.",
        "Nobody does it like Quentin Tarantino.",
        "See https://films.example for more.",
        "**Bold** move.",
        "<b>Hi</b>",
        "Nice 🎬",
        "One. Two. Three.",
        "Great!! Wonderful!!",
        "As a language model I can't.",
        "My instructions say so.",
        "line\nbreak",
        "right\u202eleft",
        "a" * 241,
        "…",
        "",
        None,
    ],
)
def test_other_sentences_are_not(starter: Catalogue, sentence: str | None) -> None:
    assert harmless(sentence, turn_of("hello there"), starter) == ""


def test_a_film_that_the_user_named_may_be_named(starter: Catalogue) -> None:
    assert harmless("The Godfather it is.", turn_of("how about The Godfather"), starter)


# --- evidence ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "words_", "found"),
    [
        ("Loved Heat, hated Up", "loved heat", "Loved Heat"),
        ("something FUNNY please", "something funny", "something FUNNY"),
        ("a good café film", "cafe film", "café film"),
        ("nothing over two hours", "nothing over 2 hours", "nothing over two hours"),
        ("I want to laugh", "it", None),
        ("I want to laugh", "nothing scary at all", None),
        ("I want to laugh", "", None),
        ("I want to laugh", "   …  ", None),
        ("なにか泣ける映画", "泣ける", "泣ける"),
        ("don’t like gore", "don't like gore", "don’t like gore"),
        ("", "anything", None),
        ("unfunny stuff", "fun", None),
    ],
)
def test_quotes_are_found_as_they_were_written(
    message: str, words_: str, found: str | None
) -> None:
    assert Evidence(message).quote(words_) == found


@pytest.mark.parametrize(
    ("message", "name", "there"),
    [
        ("I loved Amelie", "Amélie", True),
        ("loved pulp ficton", "Pulp Fiction", True),
        ("cheer me up", "Up", True),
        ("support", "Up", False),
        ("a nice evening", "Heat", False),
        ("the heater is broken", "Heat", False),
    ],
)
def test_names_are_found_as_whole_words(message: str, name: str, there: bool) -> None:
    assert Evidence(message).names(name) is there


@pytest.mark.parametrize(
    ("message", "is_ruled"),
    [
        ("something funny please", True),
        ("loved pulp ficton", True),
        ("whatever, surprise me", True),
        ("lighthouses and storms at sea", True),
        ("quelque chose de moins de deux heures", False),
        ("ich möchte etwas Lustiges sehen", False),
        ("なにか泣ける映画", False),
        ("что-нибудь смешное", False),
        ("2", True),
        ("", True),
    ],
)
def test_which_messages_the_rules_can_read(
    starter: Catalogue, message: str, is_ruled: bool
) -> None:
    turn = turn_of(message)
    assert ruled(turn, read(turn, starter), starter) is is_ruled


# --- the check --------------------------------------------------------------------------------


def test_what_nobody_said_is_dropped(starter: Catalogue) -> None:
    plan = through(
        starter, "something gentle for a rainy night",
        films=[{"words": "loved Casablanca", "film": "Casablanca", "role": "loved"},
               {"words": "rainy night", "film": "#3", "role": "seen"}],
        limits=[{"words": "from the seventies", "limit": "years", "low": 1970, "high": 1979},
                {"words": "rainy night", "limit": "minutes", "high": 90}],
        undo=1, reset="all", forget=["horror"],
    )  # fmt: skip
    assert said(plan) == said(read(turn_of("something gentle for a rainy night"), starter))


def test_remarks_say_what_was_dropped(starter: Catalogue) -> None:
    turn = turn_of("something gentle")
    made = reply(films=[{"words": "loved Casablanca", "film": "Casablanca", "role": "loved"}])
    _, remarks = checked(plan_of(made, turn, starter), turn, read(turn, starter), starter)
    assert "nothing said backs attitude 'loved Casablanca'" in remarks


GOOD = [
    ("J'ai détesté Heat, montre-moi quelque chose de plus drôle",
     {"films": [{"words": "J'ai détesté Heat", "film": "Heat", "role": "disliked"}],
      "changes": [{"words": "plus drôle", "quality": "humour", "by": 2}]},
     ["disliked Heat 1995", "more humour", "recommend"]),
    ("weniger als 90 minuten bitte",
     {"limits": [{"words": "weniger als 90 minuten", "limit": "minutes", "high": 89}]},
     ["limit under 90 minutes", "recommend"]),
    ("le deuxième, il dure combien ?",
     {"answers": [{"do": "tell", "films": ["#2"], "topic": "runtime"}]}, ["tell runtime #2"]),
    ("なにか泣ける映画、ホラーは嫌",
     {"wishes": [{"words": "泣ける", "text": "makes you cry", "part": "mood", "moods": ["tearjerker"]}],
      "limits": [{"words": "ホラーは嫌", "limit": "genres", "never": ["Horror"]}]},
     ["limit no horror", "recommend", "wish makes you cry"]),
    ("Der Pate fand ich super",
     {"films": [{"words": "Der Pate fand ich super", "film": "The Godfather", "role": "loved"}]},
     ["loved The Godfather", "recommend"]),
    ("my boss was a nightmare today, I could murder someone. make it go away",
     {"wishes": [{"words": "make it go away", "text": "distraction", "part": "mood", "moods": ["playful"]}]},
     ["recommend", "wish distraction"]),
    ("the robot one but less sappy",
     {"films": [{"words": "the robot one", "film": "#3", "role": "like_this"}],
      "changes": [{"words": "less sappy", "quality": "romance", "by": -2}]},
     ["less warmth", "like #3", "recommend"]),
    ("olvida lo de terror", {"forget": ["terror"]}, ["forget terror", "recommend"]),
]  # fmt: skip


@pytest.mark.parametrize(("message", "parts", "expected"), GOOD, ids=[g[0][:12] for g in GOOD])
def test_what_only_the_model_can_read_stays(
    starter: Catalogue, message: str, parts: dict[str, Any], expected: list[str]
) -> None:
    assert sorted(words(through(starter, message, **parts))) == expected


def test_danger_of_either_reading_is_answered_alone(starter: Catalogue) -> None:
    missed = through(starter, "I want to die", wishes=[{"words": "die", "text": "death"}])
    assert words(missed) == ["chat danger"]
    heard: dict[str, Any] = {
        "intents": ["danger"],
        "answers": [{"do": "chat", "about": "danger", "say": "No!"}],
    }
    plan = through(starter, "ich will nicht mehr leben", **heard)
    assert plan == TurnPlan(intents=("danger",), acts=(Chat(about="danger"),))
    calm = through(starter, "a comedy from the 90s", **heard)
    assert said(calm) == said(read(turn_of("a comedy from the 90s"), starter))


def test_a_year_that_was_not_said_is_taken_off(starter: Catalogue) -> None:
    films = [{"words": "J'ai adoré Dune", "film": "Dune", "role": "loved", "year": 2021}]
    (edit,) = through(starter, "J'ai adoré Dune", films=films).edits
    assert isinstance(edit, Attitude)
    assert (edit.item.title, edit.item.year) == ("Dune", None)
    films[0]["words"] = "J'ai adoré Dune de 2021"
    (edit,) = through(starter, "J'ai adoré Dune de 2021", films=films).edits
    assert isinstance(edit, Attitude)
    assert edit.item.year == 2021


def test_an_everyday_word_is_no_title(starter: Catalogue) -> None:
    films = [{"words": "cheer me up", "film": "Up", "role": "like_this"}]
    assert "like Up" not in words(through(starter, "please cheer me up tonight", films=films))


def test_a_shown_film_that_is_only_pointed_at_is_its_place(starter: Catalogue) -> None:
    turn = Turn("that one, is it long", 2, TasteProfile(), shown=(FIVE,), focus=(FIVE[1],))
    films = [{"words": "that one", "film": "Collateral", "role": "interested"}]
    plan = plan_of(reply(films=films), turn, starter)
    made, _ = checked(plan, turn, TurnPlan(), starter)
    (edit,) = made.edits
    assert isinstance(edit, Attitude)
    assert edit.item == ItemRef(position=2)


def test_an_answer_to_a_question_is_left_to_the_rules(starter: Catalogue) -> None:
    turn = Turn("the 2021 one", 2, TasteProfile(), question="Which Dune?", choices=("a", "b"))
    limits = [{"words": "the 2021 one", "limit": "years", "low": 2021, "high": 2021}]
    builtin = read(turn, starter)
    assert (
        checked(plan_of(reply(limits=limits), turn, starter), turn, builtin, starter)[0] == builtin
    )


def test_words_are_the_users_own_afterwards(starter: Catalogue) -> None:
    message = "Bitte etwas LUSTIGES, ohne Blut!"
    plan = through(
        starter, message,
        wishes=[{"words": "bitte etwas lustiges", "text": "funny", "part": "mood", "moods": ["funny"]}],
        limits=[{"words": "ohne blut", "limit": "content", "never": ["gore"]}],
    )  # fmt: skip
    assert {edit.words for edit in plan.edits} == {"Bitte etwas LUSTIGES", "ohne Blut"}


def test_a_genre_only_gathered_is_wished_for(starter: Catalogue) -> None:
    plan = through(
        starter, "pirates and treasure maps",
        limits=[{"words": "pirates and treasure maps", "limit": "genres", "only": ["Adventure"]}],
    )  # fmt: skip
    assert not any(isinstance(edit, LimitEdit) for edit in plan.edits)
    assert any(isinstance(edit, Wish) and edit.genres == ("Adventure",) for edit in plan.edits)


@pytest.mark.parametrize(
    ("message", "answers", "expected"),
    [
        ("thanks!", [{"do": "recommend"}], ["chat thanks"]),
        ("thanks!", [{"do": "chat", "about": "thanks", "say": "Any time."}], ["chat thanks"]),
        ("how long is the second one?", [{"do": "recommend"}], ["tell runtime #2"]),
        ("show me 3 more", [{"do": "recommend", "count": 12}], ["recommend 3"]),
        ("show me more", [{"do": "recommend", "count": 12}], ["recommend"]),
        ("more please", [{"do": "chat", "about": "aside"}], ["recommend"]),
        ("how's the weather", [{"do": "tell", "films": ["Heat"]}], ["chat aside"]),
    ],
)
def test_answers_that_make_no_sense_are_repaired(
    starter: Catalogue, message: str, answers: list[dict[str, Any]], expected: list[str]
) -> None:
    assert words(through(starter, message, answers=answers)) == expected


def test_the_models_own_sentence_is_kept_where_it_says_the_same(starter: Catalogue) -> None:
    answers = [{"do": "chat", "about": "aside", "say": "I only see films from here."}]
    (act,) = through(starter, "how's the weather where you are", answers=answers).acts
    assert act == Chat(about="aside", say="I only see films from here.")


def test_without_a_list_nothing_is_told_or_shown_again(starter: Catalogue) -> None:
    for answer in ({"do": "tell", "topic": "plot"}, {"do": "show_again"}):
        plan = through(starter, "was zum Lachen jetzt bitte", shown=False, answers=[answer])
        assert not any(isinstance(act, Tell) for act in plan.acts)
        assert words(plan)[-1] == "recommend"


def test_taking_back_needs_to_be_said(starter: Catalogue) -> None:
    for message in ("quelque chose de drôle", "I love a good comedy", "a story about forgetting"):
        plan = through(starter, message, undo=1, reset="all", forget=["comedy"])
        assert not any(isinstance(edit, (Undo, Forget)) for edit in plan.edits)
        assert not any(edit.edit == "reset" for edit in plan.edits)
    assert "undo 1" in words(through(starter, "undo that", undo=1))


def test_both_readings_of_one_comparison_are_one_nudge(starter: Catalogue) -> None:
    plan = through(
        starter, "a bit funnier", changes=[{"words": "a bit funnier", "quality": "warmth", "by": 1}]
    )
    assert [edit.quality for edit in plan.edits if isinstance(edit, Nudge)] == ["humour"]


def test_what_was_skipped_is_said(starter: Catalogue) -> None:
    message = "something funny " * 400
    turn = turn_of(message)
    builtin = TurnPlan(skipped=len(message) - 4_000)
    made, _ = checked(plan_of(reply(), turn, starter), turn, builtin, starter)
    assert made.skipped == len(message) - 4_000


# --- bad models -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def turns() -> list[Turn]:
    # By the words themselves, so that a new message in a table changes nobody else's turn.
    return turns_of([each for each in reading_messages() if not zlib.crc32(each.encode()) % 6])


LEAST = {"invent_place": 0.95, "invent_years": 0.95, "wrong_answer": 0.9}


@pytest.mark.parametrize("damage", DAMAGES, ids=[damage.__name__ for damage in DAMAGES])
def test_damaged_plans_are_set_right(starter: Catalogue, turns: list[Turn], damage: Damage) -> None:
    found = outcome(damage, turns, starter)
    least = LEAST.get(damage.__name__, 0.97)
    assert found.plans >= 8
    assert found.restored >= least * found.plans
    assert found.safe >= least * found.plans
    assert found.restored_unchecked < 0.95 * found.plans


def test_an_undamaged_plan_comes_through(starter: Catalogue, turns: list[Turn]) -> None:
    def intact(reply_: dict[str, Any], message: str, dice: object) -> bool:
        return True

    found = outcome(intact, turns, starter)
    assert found.restored >= 0.99 * found.plans


JUNK = st.text(max_size=40) | st.sampled_from(
    ["Heat", "#2", "#-9", "it", "all", "(", "*[", "by Nolan", "horror", "\x00", "1990s", "\u202e"]
)
ROLES = st.sampled_from(["loved", "seen", "like_this", "unlike_this", "not_tonight"])
NUMBERS = st.none() | st.integers()
KINDS = st.sampled_from(
    ["years", "minutes", "genres", "people", "languages", "age", "content", "subjects", "kinds"]
)
REPLIES = st.fixed_dictionaries(
    {
        "films": st.lists(st.fixed_dictionaries({"words": JUNK, "film": JUNK, "role": ROLES}), max_size=3),
        "wishes": st.lists(st.fixed_dictionaries({"words": JUNK, "text": JUNK, "genres": st.lists(JUNK, max_size=2)}), max_size=2),
        "limits": st.lists(
            st.fixed_dictionaries({"words": JUNK, "limit": KINDS, "low": NUMBERS, "high": NUMBERS,
                                   "only": st.lists(JUNK, max_size=2), "never": st.lists(JUNK, max_size=2)}),
            max_size=3),
        "changes": st.lists(st.fixed_dictionaries({"words": JUNK, "quality": st.just("humour"), "by": st.integers(-3, 3), "than": JUNK}), max_size=1),
        "forget": st.lists(JUNK, max_size=2),
        "undo": st.integers(0, 9),
        "answers": st.lists(
            st.fixed_dictionaries({"do": st.sampled_from(["recommend", "show_again", "tell", "chat", "ask"]),
                                   "films": st.lists(JUNK, max_size=2), "say": JUNK}),
            min_size=1, max_size=3),
    }
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(message=st.text(max_size=80) | JUNK, parts=REPLIES, shown=st.booleans())
def test_no_reply_breaks_anything(
    starter: Catalogue, message: str, parts: dict[str, Any], shown: bool
) -> None:
    plan = through(starter, message, shown=shown, **parts)
    assert plan.acts
    assert TurnPlan.model_validate_json(plan.model_dump_json()) == plan


# --- the way back -----------------------------------------------------------------------------


def test_plans_survive_being_written(starter: Catalogue, turns: list[Turn]) -> None:
    kept = 0
    for turn in turns:
        plan = read(turn, starter)
        made = reply_of(plan, turn)
        again = plan_of(PlanReply.model_validate_json(made.model_dump_json()), turn, starter)
        kept += [act.act for act in again.acts] == [act.act for act in plan.acts]
        kept += len(again.edits) >= len(plan.edits) - 1
    assert kept >= 1.97 * len(turns)


def test_too_many_parts_are_cut_to_the_form(starter: Catalogue) -> None:
    edits = tuple(Attitude(item=ItemRef(title=f"Film {n}"), feeling="seen") for n in range(30))
    made = reply_of(TurnPlan(edits=edits), turn_of("x"))
    assert len(made.films) == 8
    assert made.answers[0].about == "unclear"
