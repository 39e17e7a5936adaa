"""The HTML report: whole, escaped, and the page's own colours."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from moodreel.agent.replay.compare import compare
from moodreel.agent.replay.report_html import report_html
from moodreel.agent.replay.result import ProfileDiff, Report, RunResult
from moodreel.agent.reply import ToolCall

from .replay_reports import call, check, pick, report, script, turn
from .web.contrast import contrast

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "agent" / "channels" / "web" / "page.css"
OURS = ROOT / "agent" / "replay" / "report_html" / "report.css"
EVIL = """</script></style></details><img src=x onerror="alert('x')"><b id='evil'>\u202e&"""
VOID = {"meta", "input"}
WRONG = (check("count"), check("kept", passed=False, says="Heat is 170 minutes long."))


class Page(HTMLParser):
    """Gathers tags and texts, and fails where an element is closed that is not open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def evil_turn(**other: Any) -> Any:
    return turn(
        said=EVIL,
        text=f"{EVIL}\n\n1. {EVIL} (1995): {EVIL}\n\n{EVIL}",
        films=(pick(EVIL, id=EVIL, reason=EVIL, age_rating=EVIL),),
        understood=(EVIL,),
        relaxed=(EVIL,),
        notices=(EVIL,),
        question=EVIL,
        trace=(ToolCall(name=EVIL, args={EVIL: EVIL}),),
        calls=(call(model=EVIL, prompt=EVIL, problem=EVIL),),
        timings_ms={EVIL: 1.0, "total": 2.0},
        profile=ProfileDiff(added=(EVIL,), dropped=(EVIL + "2",)),
        checks=(check(EVIL, passed=False, says=EVIL),),
        engine=EVIL,
        **other,
    )


def evil() -> Report:
    runs = (
        RunResult(number=1, turns=(evil_turn(), turn(2, error=EVIL))),
        RunResult(number=2, error=EVIL, checks=(check(EVIL, passed=False, says=EVIL),)),
    )
    names: dict[str, Any] = {"scenario": EVIL, "file": EVIL, "tags": (EVIL,)}
    failing = script(runs=runs, **names)
    known = script(evil_turn(), known_failure=EVIL, **names)
    return report(failing, known, moodreel=EVIL, engine=EVIL, model=EVIL, started=EVIL)


def test_everything_that_anybody_said_is_text() -> None:
    other = report(script(turn(said=EVIL), scenario=EVIL, file=EVIL), script(scenario=EVIL))
    tame = {tag for tag, _ in Page(report_html(report(script()), compare(report(), report()))).tags}
    for html in (report_html(evil()), report_html(evil(), compare(other, evil()))):
        page = Page(html)
        assert not [tag for tag, _ in page.tags if tag == "img"]
        assert not [each for _, attrs in page.tags for each in attrs if each.startswith("on")]
        assert not [attrs for _, attrs in page.tags if attrs.get("id") == "evil"]
        assert "\u202e" not in html
        assert sum(tag == "script" for tag, _ in page.tags) == 1
        assert page.text.count("onerror=") > 20
    assert "img" not in tame


def test_the_file_needs_nothing_else() -> None:
    html = report_html(report(script()), compare(report(), report(script())))
    attrs = [attrs for _, attrs in Page(html).tags]
    assert not [each for each in attrs if {"src", "srcset", "data"} & each.keys()]
    assert all(each["href"].startswith("#") for each in attrs if each.get("href"))  # type: ignore[union-attr]
    assert "url(" not in html
    assert "@import" not in html
    assert "fetch(" not in html


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    found = report(script(turn(checks=WRONG)), script(turn(checks=WRONG), scenario="b"))
    tags = Page(report_html(found, compare(found, found))).tags
    ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [attrs["href"] for tag, attrs in tags if tag == "a"]
    assert [str(link)[1:] for link in links] == ["s1", "s2"]
    assert {"s1", "s2"} <= set(ids)


def test_a_turn_shows_its_answer_its_films_and_its_checks() -> None:
    one = turn(
        text="These fit:\n\n1. Heat (1995): Like *Big*, but warmer.\n\nSlow today. Anything else?",
        films=(pick("Heat", reason="Like *Big*, but warmer.", age_rating="R"),),
        checks=WRONG,
        calls=(call(),),
        profile=ProfileDiff(added=("Tonight: warm.",), dropped=("No horror.",)),
    )
    html = report_html(report(script(one)))
    text = Page(html).text
    for said in ("something warm", "These fit:", "Slow today. Anything else?", "103 min · R",
                 "Mood 71", "Audience 50", "Plot 32", "Heat is 170 minutes long.", "No horror.",
                 "0a1b2c3d", "1,000 tokens", "understand 3.0 ms"):  # fmt: skip
        assert said in text, said
    assert text.count("but warmer.") == 1, "the picks are said twice"
    assert "<em>Big</em>" in html


def test_an_answer_that_words_its_list_otherwise_is_shown_whole() -> None:
    text = Page(report_html(report(script(turn(text="Try *Heat* tonight."))))).text
    assert "Try Heat tonight." in text


@pytest.mark.parametrize(
    ("scripts", "title"),
    [
        ((), "No script was played"),
        ((script(),), "All 1 script pass"),
        ((script(), script(turn(checks=WRONG))), "1 script of 2 fails"),
        ((script(turn(checks=WRONG), known_failure="x"),), "but for 1 known failure"),
    ],
)
def test_the_title_says_what_came_of_it(scripts: Any, title: str) -> None:
    assert title in Page(report_html(report(*scripts))).text


def test_recorded_answers_and_unused_recordings_are_told() -> None:
    found = report(script(), engine="ollama", model="gemma3:4b", taped=True, unused=(EVIL,))
    text = Page(report_html(found)).text
    assert "gemma3:4b, its answers recorded earlier" in text
    assert "Recordings that nothing asked for: </script>" in text


def test_only_what_fails_is_open_at_first() -> None:
    failing = script(turn(checks=WRONG), scenario="b")
    tags = Page(report_html(report(script(), failing))).tags
    scripts = [attrs for tag, attrs in tags if "script" in str(attrs.get("class")).split()]
    assert [("open" in attrs) for attrs in scripts] == [False, True]


def test_runs_stand_side_by_side() -> None:
    runs = (
        RunResult(number=1, turns=(turn(), turn(2, "lighter"))),
        RunResult(number=2, turns=(turn(checks=WRONG), turn(2, "lighter", played=False))),
    )
    text = Page(report_html(report(script(runs=runs)))).text
    assert "Run 1 Run 2 1. something warm ✓ passed ✗ failed 2. lighter ✓ passed – unplayed" in text
    assert "Not played: a turn before it failed." in text


def test_a_budget_is_reported_and_not_failed() -> None:
    over = check("latency", passed=False, says="31 ms, more than 20 ms.", reported=True)
    text = Page(report_html(report(script(turn(checks=(over,)))))).text
    assert "All 1 script pass" in text
    assert "reported: latency 31 ms" in text


def test_what_changed_stands_beside_the_turn_and_on_the_cards() -> None:
    old = report(script(turn(films=("Heat", "Big"))), script(scenario="gone"))
    new = report(script(turn(films=("Elf", "Heat"), checks=WRONG)))
    text = Page(report_html(new, compare(old, new))).text
    assert "Newly failing (1) A tired evening" in text
    assert "Removed (1) gone" in text
    assert "Passed before, failed now." in text
    assert "Heat (1995) was 1" in text
    assert "Elf (1995) new" in text
    assert "Heat (1995): 1 → 2" in text
    assert "Films Big (1995) Elf (1995)" in text
    assert "10 ms → 10 ms" in text
    assert "10 ms → 10 ms" not in Page(report_html(new)).text


def test_an_edited_script_is_said_so() -> None:
    old, new = report(script(turn(said="a"))), report(script(turn(said="b")))
    text = Page(report_html(new, compare(old, new))).text
    assert "The script was edited" in text
    assert "This turn is new." in text
    assert "Turns that are gone: 1. a" in text


def test_a_large_report_stays_below_five_megabytes() -> None:
    args = {"query": {"moods": [{"tag": "warm", "weight": 1.0}] * 10, "limits": ["x" * 60] * 5}}
    checks = tuple(check(f"check_{n}", says="Five films, as expected.") for n in range(8))
    films = [
        pick(f"A title of some length {n}", reason="Because of this and that. " * 6)
        for n in range(5)
    ]
    one = turn(films=films, trace=(ToolCall(name="search", args=args),), checks=checks)
    scripts = [script(*[one] * 5, scenario=f"Script {n}") for n in range(150)]
    assert len(report_html(report(*scripts)).encode()) < 5_000_000


def variables(css: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+): ([^;]+);", css))


def halves(path: Path, dark: str) -> tuple[dict[str, str], dict[str, str]]:
    """The variables of a stylesheet, light and dark."""
    css = path.read_text(encoding="utf-8")
    start = css.index(dark)
    return variables(css[:start]), variables(css[start : css.index("\n}", start)])


def test_colours_and_sizes_are_those_of_the_chat_page() -> None:
    pages = halves(PAGE, "\n.dark {")
    ours = halves(OURS, "@media (prefers-color-scheme: dark)")
    for theirs, own in zip(pages, ours, strict=True):
        shared = {name: value for name, value in own.items() if name.startswith("--mr-")}
        assert len(shared) > 10
        assert shared == {name: theirs.get(name) for name in shared}


@pytest.mark.parametrize("mode", [0, 1])
def test_texts_can_be_read_on_what_they_stand_on(mode: int) -> None:
    found = halves(OURS, "@media (prefers-color-scheme: dark)")[mode]
    grounds = [found[f"--mr-{name}"] for name in ("ground", "surface", "raised")]
    for name in ("--mr-text", "--mr-muted", "--mr-warn", "--good"):
        assert all(contrast(found[name], ground) >= 4.5 for ground in grounds), name
    assert contrast(found["--mr-accent"], found["--mr-ground"]) >= 4.5
    assert contrast(found["--mr-plot"], found["--mr-surface"]) >= 4.5
    assert contrast(found["--good"], found["--good-soft"]) >= 4.5
    assert contrast(found["--mr-warn"], found["--mr-soft"]) >= 4.5
