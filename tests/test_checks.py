"""The checks of a script: each with an answer that passes and one that fails, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from moodreel.agent.edits import Attitude, ItemRef
from moodreel.agent.engines.ledger import ModelCall
from moodreel.agent.profile import TasteProfile, apply
from moodreel.agent.replay.checks import CHECKS, Exchange, Seen, check_turn, check_whole, upto
from moodreel.agent.replay.checks.language import language_of
from moodreel.agent.replay.checks.whole import WHOLE
from moodreel.agent.replay.expect import Budget, Expect
from moodreel.agent.reply import Pick, Reply, Scores, ToolCall
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.title_match import meant

NONE = Scores(mood=0, audience=0, plot=0, overall=0)


def pick(catalogue: Catalogue, title: str, reason: str = "") -> Pick:
    """A film of the catalogue as an agent shows it."""
    item_id = meant(catalogue.find(title))[0].id
    item = catalogue.get([item_id])[item_id]
    facts = {name: getattr(item, name) for name in Pick.model_fields if hasattr(item, name)}
    return Pick(**facts, reason=reason, scores=NONE)


def answered(picks: Sequence[Pick] = (), **more: Any) -> Reply:
    return Reply(**{"conversation": "c", "turn": 1, "text": "", "picks": tuple(picks), **more})


def seen(catalogue: Catalogue, *replies: Reply, said: str = "a film") -> Seen:
    exchanges = tuple(
        Exchange(said, reply.model_copy(update={"turn": place}))
        for place, reply in enumerate(replies, start=1)
    )
    return Seen(exchanges, catalogue, 2026)


def result(now: Seen, expect: dict[str, Any]) -> str:
    """What the one check of a turn says; empty where it passed."""
    (only,) = check_turn(Expect.model_validate(expect), False, now)
    assert only.check == next(iter(expect))
    return "" if only.passed else only.says


FILMS = ("Heat (1995)", "Alien (1979)", "Amélie (2001)")


@pytest.mark.parametrize(
    ("expect", "says"),
    [
        ({"count": 3}, ""),
        ({"count": 5}, "5 films were expected, 3 came."),
        ({"count": 1}, "1 film was expected, 3 came."),
        ({"count": {"min": 2, "max": 4}}, ""),
        ({"count": {"min": 4}}, "At least 4 films were expected, 3 came."),
        ({"includes": ["heat", "amelie (2001)"]}, ""),
        ({"includes": ["Up (2009)"]}, "Up (2009) did not come; 3 films came, first Heat."),
        ({"includes": ["Heatt"]}, "There is no film 'Heatt' in this catalogue."),
        ({"excludes": ["Up"]}, ""),
        ({"excludes": ["Alien"]}, "Alien (1979) came, as number 2."),
        ({"excludes": ["Heatt"]}, "There is no film 'Heatt' in this catalogue."),
        ({"excludes": ["Alien (1980)"]}, "There is no film 'Alien (1980)' in this catalogue."),
        ({"top": {"first": 1, "includes": ["Heat"]}}, ""),
        (
            {"top": {"first": 2, "includes": ["Amélie"]}},
            "Amélie is not among the first 2; 2 films came, first Heat.",
        ),
        ({"all": {"year": {"min": 1979}}}, ""),
        (
            {"all": {"runtime": {"max": 116}}},
            "Heat (1995) runs 170 minutes, at most 116 was expected; and 2 more.",
        ),
        ({"all": {"genres": {"none": ["Musical"]}, "language": ["en", "fr"]}}, ""),
        ({"all": {"language": ["en"]}}, "Amélie (2001) is in fr, en was expected."),
        ({"all": {"people": ["al pacino", "sigourney weaver", "audrey tautou"]}}, ""),
        ({"all": {"at_most_rating": "R", "kind": ["film"]}}, ""),
        (
            {"all": {"at_most_rating": "PG"}},
            "Heat (1995) is rated R, at most PG was expected; and 2 more.",
        ),
    ],
)
def test_a_list_and_its_facts(starter: Catalogue, expect: dict[str, Any], says: str) -> None:
    now = seen(starter, answered([pick(starter, title) for title in FILMS]))
    assert result(now, expect) == says


def test_facts_of_an_empty_list_pass_only_where_none_was_wanted(starter: Catalogue) -> None:
    facts = {"all": {"year": {"min": 1990}}}
    assert result(seen(starter, answered()), facts) == "No films came."
    found = check_turn(
        Expect.model_validate({**facts, "count": 0}), False, seen(starter, answered())
    )
    assert [each.passed for each in found] == [True, True]


def test_a_fact_that_is_not_known_is_not_met(starter: Catalogue) -> None:
    item = starter.get([pick(starter, "Heat").id])
    unknown = {i: x.model_copy(update={"runtime_min": None, "genres": ()}) for i, x in item.items()}
    now = seen(_Having(starter, unknown), answered([pick(starter, "Heat")]))
    assert result(now, {"all": {"runtime": {"max": 999}}}) == "Heat (1995) has no known length."
    assert "Drama was expected" in result(now, {"all": {"genres": ["Drama"]}})


class _Having:
    """A catalogue in which some items are otherwise."""

    def __init__(self, real: Catalogue, instead: dict[str, Any]) -> None:
        self._real, self._instead = real, instead

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def get(self, ids: Any) -> dict[str, Any]:
        found = self._real.get(ids)
        return {item_id: self._instead.get(item_id, item) for item_id, item in found.items()}


def test_every_field_of_an_expectation_has_a_check() -> None:
    assert set(CHECKS) == set(Expect.model_fields) == set(WHOLE)


def test_what_a_reply_says(starter: Catalogue) -> None:
    reply = answered(
        [pick(starter, "Heat", "Tense, and by Michael Mann."), pick(starter, "Alien", "Scary.")],
        text="Here is what you asked for, and it is not too long.",
        question="Which mood are you in?",
        understood=("No horror.",),
        notices=("I don’t have “Xyz”.",),
    )
    now = seen(starter, reply)
    for expect, says in (
        ({"understood": ["no HORROR"]}, ""),
        ({"understood": ["comedy"]}, "“comedy” is not said; it says: No horror."),
        ({"understood": False}, "Nothing was to be understood, but: No horror."),
        ({"relaxed": False}, ""),
        ({"relaxed": True}, "Nothing was bent."),
        ({"relaxed": ["90 minutes"]}, "“90 minutes” is not said; nothing was bent."),
        ({"notices": ["don't have"]}, ""),
        ({"asks": ["mood"]}, ""),
        ({"asks": ["year"]}, "“year” is not asked; it asks: Which mood are you in?"),
        ({"asks": False}, "No question was expected, it asks: Which mood are you in?"),
        ({"asks_not": ["mood"]}, "“mood” is asked: Which mood are you in?"),
        ({"asks_not": ["year"]}, ""),
        ({"asks_not": True}, "No question was expected, it asks: Which mood are you in?"),
        ({"engine": "builtin"}, ""),
        ({"engine": "ollama"}, "ollama was expected, builtin answered."),
        ({"reply": {"contains": ["you asked"], "matches": "^Here", "language": "en"}}, ""),
        ({"reply": {"lacks": ["TOO long"]}}, "The reply has “TOO long”."),
        ({"reply": {"matches": "^No"}}, "The reply has nothing that matches '^No'."),
        ({"reply": {"language": "de"}}, "The reply is in English, German was expected."),
        (
            {"reply": {"chars": {"max": 20}}},
            "The reply has 51 characters, at most 20 were expected.",
        ),
        ({"reasons": {"contains": ["mann"], "chars": {"min": 5}}}, ""),
        (
            {"reasons": {"chars": {"min": 20}}},
            "The reason for Alien has 6 characters, at least 20 were expected.",
        ),
    ):
        assert result(now, expect) == says


def test_a_question_that_did_not_come(starter: Catalogue) -> None:
    now = seen(starter, answered())
    assert result(now, {"asks": True}) == "A question was expected, none came."
    assert result(now, {"asks_not": True}) == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Something warm for you, and it is not too long", "en"),
        ("Der Film ist nicht lang, und er ist auch für Kinder", "de"),
        ("Ce film est pour vous, mais il n'est pas long", "fr"),
        ("Esta es una película para ti, pero no es muy larga", "es"),
        ("Questo è un film per te, ma non è lungo come gli altri", "it"),
        ("Este é um filme para você, mas não é muito longo", "pt"),
        ("Dit is een film voor jou, maar hij is niet lang", "nl"),
        ("Det här är en film för dig, men den är inte lång", "sv"),
        ("To jest film dla ciebie, ale nie jest za długi i nie o tym", "pl"),
        ("Heat", ""),
        ("これは映画です", ""),
    ],
)
def test_the_language_of_a_text(text: str, code: str) -> None:
    assert language_of(text) == code


MADE = (
    ToolCall(name="lookup", args={"ids": ["a"]}),
    ToolCall(name="search", args={"limit": 20, "words": "sea"}),
)


@pytest.mark.parametrize(
    ("mode", "calls", "fits"),
    [
        ("strict", ["lookup", "search"], True),
        ("strict", ["search", "lookup"], False),
        ("strict", ["lookup"], False),
        ("strict", ["lookup", {"name": "search", "args": {"limit": 20}}], True),
        ("strict", ["lookup", {"name": "search", "args": {"limit": 5}}], False),
        ("strict", ["lookup", {"name": "search", "args": {"moods": None}}], False),
        ("unordered", ["search", "lookup"], True),
        ("unordered", ["search", "search"], False),
        ("unordered", ["search", "lookup", "rank"], False),
        ("subset", ["search", "lookup", "rank"], True),
        ("subset", ["search"], False),
        ("superset", ["search"], True),
        ("superset", [], True),
        ("superset", ["search", "search"], False),
    ],
)
def test_tool_calls(starter: Catalogue, mode: str, calls: list[Any], fits: bool) -> None:
    now = seen(starter, answered(trace=MADE))
    assert (result(now, {"tools": {"mode": mode, "calls": calls}}) == "") is fits


def test_each_tool_call_has_a_partner_of_its_own(starter: Catalogue) -> None:
    """Whichever is paired first: the one that fits both must be left for the other."""
    made = (ToolCall(name="search", args={"limit": 5}), ToolCall(name="search", args={"limit": 9}))
    calls = ["search", {"name": "search", "args": {"limit": 5}}]
    now = seen(starter, answered(trace=made))
    assert result(now, {"tools": {"mode": "unordered", "calls": calls}}) == ""


def test_what_tool_calls_were_expected_is_said(starter: Catalogue) -> None:
    now = seen(starter, answered(trace=MADE))
    expected = {"calls": [{"name": "search", "args": {"limit": 5}}]}
    says = "Search(limit=5) was expected (strict), lookup, search were called."
    assert result(now, {"tools": expected}) == says


def test_likeness_along_a_dimension(starter: Catalogue) -> None:
    now = seen(starter, answered([pick(starter, "Aliens"), pick(starter, "Amélie")]))
    near = {"item": "Alien", "by": "plot", "at_least": 0.3}
    assert result(now, {"similar_to": {**near, "share": 0.5}}) == ""
    says = result(now, {"similar_to": near})
    assert says.startswith("1 of 2 films are as near to Alien by plot as 0.3; Amélie (2001) is at ")
    assert result(now, {"similar_to": {**near, "item": "Alienn"}}).startswith("There is no film")


def test_a_shift_from_the_list_before(starter: Catalogue) -> None:
    dark = answered([pick(starter, "Heat"), pick(starter, "Alien")])
    light = answered([pick(starter, "Paddington 2"), pick(starter, "Amélie")])
    now = seen(starter, dark, answered(), light)
    assert result(now, {"shift": ["lighter", "funnier", "newer", "shorter", "less scary"]}) == ""
    assert result(now, {"shift": {"towards": ["lighter"], "by": 2}}) == ""
    assert result(now, {"shift": {"towards": ["older"], "than": "Paddington 2"}}) == ""
    assert result(now, {"shift": {"towards": ["newer"], "than": "#1"}}) == ""
    says = result(now, {"shift": "older"})
    assert says == "The films are not older: years went from 1987.00 to 2009.00."
    assert result(seen(starter, light), {"shift": "older"}) == (
        "There is no list before this one to compare with."
    )
    assert result(now, {"axes": {"lightness": {"min": 3}, "scares": {"max": 1}}}) == ""
    assert result(now, {"axes": {"lightness": {"max": 1}}}).endswith("at most 1 was expected.")


def test_nothing_known_is_no_shift(starter: Catalogue) -> None:
    heat = pick(starter, "Heat")
    unknown = {heat.id: starter.get([heat.id])[heat.id].model_copy(update={"axes": None})}
    now = seen(_Having(starter, unknown), answered([heat]), answered([heat]))
    assert result(now, {"shift": "lighter"}) == (
        "Nothing is known of the degrees of lightness to tell whether they are lighter."
    )
    assert result(now, {"axes": {"humour": {"min": 0}}}) == "No film has a known humour."


PROFILE = TasteProfile.model_validate(
    {
        "entries": [
            {"id": "e1", "turn": 1, "content": {"edit": "limit", "words": "no horror",
             "limit": {"limit": "genres", "none_of": ["Horror", "War"]}}},
            {"id": "e2", "turn": 2, "content": {"edit": "nudge", "quality": "length",
             "amount": -1}},
            {"id": "e3", "turn": 2, "status": "undone",
             "content": {"edit": "nudge", "quality": "humour", "amount": 1}},
        ]
    }
)  # fmt: skip


def test_entries_of_the_profile(starter: Catalogue) -> None:
    heat = pick(starter, "Heat")
    loved = Attitude(item=ItemRef(id=heat.id, title="Heat", year=1995), feeling="loved")
    profile = apply(PROFILE, [loved], 3)
    now = seen(starter, answered([pick(starter, "Alien"), heat]), answered(profile=profile))
    for has in (
        {"edit": "attitude", "item": "heat (1995)", "feeling": "loved"},
        {"item": "#2"},
        {"item": {"title": "Heat"}, "dimension": "overall"},
        {"limit": {"limit": "genres", "none_of": ["horror"]}},
        {"limit": {"none_of": "war"}, "words": "No horror"},
        {"quality": "length", "amount": -1},
    ):
        assert result(now, {"profile": {"has": [has]}}) == ""
        assert "of turn" in result(now, {"profile": {"lacks": [has]}})
    assert result(now, {"profile": {"count": 3, "lacks": [{"quality": "humour"}]}}) == ""
    assert result(now, {"profile": {"count": 1}}) == "1 entry was expected, 3 count."
    assert result(now, {"profile": {"lacks": [{"item": "Heatt"}]}}).startswith("There is no film")
    says = result(now, {"profile": {"has": [{"item": "Heat", "feeling": "seen"}]}})
    assert says == "No entry has item 'Heat' and feeling 'seen'; entry e4 has feeling 'loved'."


def test_budgets_are_reported_and_fail_only_where_asked(starter: Catalogue) -> None:
    call = ModelCall(step="plan", model="m", counted=900, answered=100)
    now = seen(starter, answered(timings_ms={"total": 250.0}, calls=(call,)))
    (slow,) = check_turn(Expect(latency=100), False, now)
    assert (slow.passed, slow.fails) == (False, False)
    assert slow.says == "250 ms, at most 100 ms were allowed."
    (costly,) = check_turn(Expect(tokens=Budget(max=999, fail=True)), False, now)
    assert costly.fails
    assert costly.says == "1000 tokens, at most 999 tokens were allowed."
    (cheap,) = check_turn(Expect(tokens=1000), False, now)
    assert cheap.passed
    assert cheap.says.startswith("1000 tokens")


def test_a_whole_conversation(starter: Catalogue) -> None:
    first = answered([pick(starter, "Alien")], timings_ms={"total": 60.0}, trace=MADE[:1])
    last = answered(
        [pick(starter, "Amélie")], timings_ms={"total": 50.0}, trace=MADE[1:], profile=PROFILE
    )
    seens = upto(seen(starter, first, answered(question="Why?"), last).exchanges, starter, 2026)
    for expect, says in (
        ({"count": 1}, ""),
        ({"all": {"year": {"min": 2000}}}, "Turn 1: Alien (1979) is from 1979"),
        ({"profile": {"count": 2}}, ""),
        ({"asks": ["why"]}, ""),
        ({"asks_not": True}, "No question was expected, it asks: Why?"),
        ({"tools": {"calls": ["lookup", "search"]}}, ""),
        ({"shift": "lighter"}, ""),
        ({"shift": "darker"}, "The films are not darker"),
        ({"latency": {"max": 100, "fail": True}}, "110 ms, at most 100 ms were allowed."),
        ({"reply": {"chars": {"min": 1}}}, "Turn 1: The reply has 0 characters"),
    ):  # fmt: skip
        (found,) = check_whole(Expect.model_validate(expect), False, seens)
        assert found.passed is not bool(says), found
        assert found.passed or found.says.startswith(says)
    assert check_whole(Expect(count=1), False, []) == ()
    assert check_whole(Expect(no_repeat=True), True, seens) == ()


def test_a_promise_that_is_expected_to_be_false_is_left_alone(starter: Catalogue) -> None:
    heat = answered([pick(starter, "Heat")])
    now = seen(starter, heat, heat)
    (repeated,) = check_turn(Expect(no_repeat=True), False, now)
    assert repeated.says == "Heat (1995) was shown before, in turn 1."
    assert "no_repeat" not in {
        each.check for each in check_turn(Expect(no_repeat=False), True, now)
    }
