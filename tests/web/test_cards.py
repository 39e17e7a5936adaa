"""Cards: what they say, that nothing in them runs, that all of it can be pressed and read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.channels.web import cards as cards_module
from moodreel.agent.channels.web.bars import bar_html
from moodreel.agent.channels.web.cards import card_html, cards_html, poster_html
from moodreel.agent.channels.web.theme import head, stylesheet, theme
from moodreel.agent.reply import Pick, Scores
from moodreel.ingest.item import Item

from .contrast import contrast

VOID = {"img", "br", "input"}
HOSTILE = """"><img src=x onerror=alert(1)>'<script>alert(2)</script>&lt;b&gt;\n**x** `y` {{z}}"""


class Page(HTMLParser):
    """The elements of a piece of HTML; what is not closed properly fails."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute of {tag} twice"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID and not (self.get_starttag_text() or "").endswith("/>"):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **having: str) -> list[dict[str, str]]:
        """The attributes of the elements with this tag and these attributes."""
        wanted = {name.replace("_", "-"): value for name, value in having.items()}
        return [
            each for name, each in self.elements if name == tag and wanted.items() <= each.items()
        ]


def pick(**facts: object) -> Pick:
    usual: dict[str, object] = {
        "id": "tt1",
        "title": "Heat",
        "year": 1995,
        "reason": "Two professionals who understand each other.",
        "scores": Scores(mood=0.934, audience=0.5, plot=0, overall=0.7),
        "runtime_min": 170,
        "age_rating": "R",
        "genres": ("Action", "Crime", "Drama", "Thriller"),
        "language": "en",
        "directors": ("Michael Mann",),
        "content_notes": ("gun violence",),
    }
    return Pick.model_validate(usual | facts)


def test_a_card_says_what_is_known() -> None:
    page = Page(card_html(pick()))
    for text in ("Heat (1995)", "170 min", "Action, Crime, Drama", "Michael Mann", "gun violence"):
        assert text in page.text
    assert "Two professionals who understand each other." in page.text
    assert "Thriller" not in page.text
    assert page.all("article", aria_label="Heat (1995)")
    assert page.all("svg", role="img", aria_label="Poster of Heat (1995)")


def test_what_is_not_known_is_left_out() -> None:
    bare = Pick(
        id="x",
        title="Clip",
        year=None,
        reason="",
        scores=Scores(mood=0.5, audience=0.5, plot=0.5, overall=0.5),
    )
    page = Page(card_html(bare))
    assert "None" not in card_html(bare)
    assert "()" not in page.text
    assert "·" not in page.text
    assert "Content notes" not in page.text
    assert not page.all("p", **{"class": "mr-reason"})
    assert page.all("article", aria_label="Clip")


@pytest.mark.parametrize(
    ("directors", "shown"),
    [(("A",), "A"), (("A", "B"), "A & B"), (("A", "B", "C"), "A & B and others")],
)
def test_many_directors_are_cut_short(directors: tuple[str, ...], shown: str) -> None:
    text = Page(card_html(pick(directors=directors, content_notes=()))).text
    assert f"{shown}Two professionals" in text


def test_the_language_is_told_where_it_is_not_english() -> None:
    assert "Korean" in Page(card_html(pick(language="ko"))).text
    assert "xx" in Page(card_html(pick(language="xx"))).text
    assert "English" not in Page(card_html(pick(language="en"))).text


def test_scores_are_numbers_too() -> None:
    page = Page(card_html(pick()))
    assert re.search(r"Mood\s+93\s*Audience\s+50\s*Plot\s+0", page.text)
    assert page.all("ul", aria_label="How well Heat (1995) fits, of 100")


@pytest.mark.parametrize(
    ("value", "shown"), [(-3.0, "0"), (0.005, "0"), (0.999, "100"), (7, "100")]
)
def test_a_bar_stays_within_its_track(value: float, shown: str) -> None:
    assert f"width:{shown}%" in bar_html("Mood", value)


def test_every_press_names_its_film_and_what_it_does() -> None:
    page = Page(card_html(pick()))
    presses = page.all("button")
    assert all(press["type"] == "button" for press in presses)
    assert [(p["data-to"], p["data-act"], p["data-dimension"]) for p in presses] == [
        ("chat", "more_like", "mood"),
        ("chat", "more_like", "audience"),
        ("chat", "more_like", "plot"),
        ("chat", "more_like", "overall"),
        ("chat", "loved", "overall"),
        ("chat", "seen", "overall"),
        ("chat", "disliked", "overall"),
        ("chat", "why", "overall"),
        ("compare", "show", "overall"),
    ]
    assert all(press["data-id"] == "tt1" for press in presses)
    assert all(press["aria-label"].endswith(": Heat (1995)") for press in presses)
    assert len({press["aria-label"] for press in presses}) == len(presses)


def test_a_name_read_aloud_begins_with_the_words_that_are_seen() -> None:
    html = card_html(pick())
    for name, words in re.findall(r'aria-label="([^"]*)">([^<]+)</(?:button|summary)>', html):
        assert name.startswith(words)


def test_titles_in_a_reason_are_set_as_titles() -> None:
    html = card_html(pick(reason="As lonely as *Heat* & *<b>*, 2*3*4."))
    assert "As lonely as <em>Heat</em> &amp; <em>&lt;b&gt;</em>, 2*3*4." in html


def test_cards_are_a_list_in_order() -> None:
    page = Page(cards_html([pick(), pick(id="tt2", title="Drive")]))
    assert len(page.all("ol")) == 1
    assert [each["data-item"] for each in page.all("article")] == ["tt1", "tt2"]
    assert cards_html([]) == ""


def test_a_reason_to_come_has_its_place() -> None:
    told, waiting = pick(), pick(reason="")
    assert "Writing why" in Page(cards_html([waiting], waiting=True)).text
    assert "mr-waiting" in cards_html([told], waiting=True)
    assert "Writing why" not in cards_html([told], waiting=True)
    assert "mr-waiting" not in cards_html([told])
    assert "Writing why" not in cards_html([waiting])


def test_a_real_poster_lies_on_the_drawn_one() -> None:
    page = Page(poster_html(pick(), small=True, posters={"tt1": "https://pictures/1.jpg?a=1&b=2"}))
    cover = page.elements[-1][1]
    assert cover == {"style": "background-image:url(https://pictures/1.jpg?a=1&b=2)"}
    assert page.all("span", role="img", aria_label="Poster of Heat (1995)")
    assert page.all("svg")
    assert not Page(poster_html(pick(), small=False, posters={"other": "x"})).all("i")


def test_an_address_stays_an_address() -> None:
    address = "https://x/a);color:red;b:url('\"y\\\n<b>"
    page = Page(poster_html(pick(), small=True, posters={"tt1": address}))
    style = page.elements[-1][1]["style"]
    assert re.fullmatch(r"background-image:url\([\w:/%.-]*\)", style)


def test_items_have_posters_as_picks_do() -> None:
    item = Item(id="tt1", title="Heat", year=1995, genres=("Action",))
    same = pick(genres=("Action",))
    assert poster_html(item, small=True) == poster_html(same, small=True)
    assert poster_html(item, small=True) != poster_html(item, small=False)


def _assert_harmless(page: Page) -> None:
    known = {tag for tag, _ in Page(card_html(pick())).elements}
    known |= {"ol", "em", "ellipse", "circle", "g"}
    for tag, attributes in page.elements:
        assert tag in known, tag
        assert not [name for name in attributes if name.startswith("on")]
        assert "href" not in attributes


HOSTILE_FACTS: dict[str, object] = {
    "id": HOSTILE,
    "title": HOSTILE,
    "reason": HOSTILE,
    "age_rating": HOSTILE,
    "genres": (HOSTILE,),
    "language": HOSTILE,
    "directors": (HOSTILE, HOSTILE),
    "content_notes": (HOSTILE,),
    "mood_tags": (HOSTILE,),
}


@pytest.mark.parametrize("name", HOSTILE_FACTS)
def test_markup_in_a_fact_is_text(name: str) -> None:
    page = Page(cards_html([pick(**{name: HOSTILE_FACTS[name]})]))
    _assert_harmless(page)
    if name not in ("id", "mood_tags"):
        assert HOSTILE in page.text
    if name == "id":
        assert page.all("button")[0]["data-id"] == HOSTILE


@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=300))
def test_any_text_makes_a_whole_card(title: str, name: str, reason: str) -> None:
    made = pick(title=title, id=name, reason=reason, content_notes=(title,), directors=(name,))
    page = Page(cards_html([made], waiting=True))
    _assert_harmless(page)
    assert len(page.all("button")) == 9


def test_what_turns_or_hides_text_is_gone() -> None:
    html = card_html(pick(title="a\u202eb\x00c\u2066d\x1b[31m", reason="x\u202ey"))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", html)
    assert "abcd[31m" in html


# The stylesheet

CSS = re.sub(r"/\*.*?\*/", "", stylesheet(), flags=re.DOTALL)


def _variables(selector: str) -> dict[str, str]:
    block = re.search(rf"(?m)^{re.escape(selector)} {{(.*?)}}", CSS, re.DOTALL)
    assert block
    return dict(re.findall(r"--mr-([\w-]+):\s*([^;]+);", block[1]))


LIGHT = _variables(":root")
DARK = LIGHT | _variables(".dark")


GROUNDS = ("ground", "surface", "raised", "soft")
TEXTS = ("text", "muted", "accent", "accent-strong", "warn")
MARKS = ("edge", "focus", "mood", "audience", "plot")


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [*product(TEXTS, GROUNDS), ("on-accent", "accent")])
def test_text_can_be_read(mode: Mapping[str, str], text: str, ground: str) -> None:
    assert contrast(mode[text], mode[ground]) >= 4.5


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), [*product(MARKS, ("ground", "surface", "raised"))])
def test_bars_edges_and_focus_can_be_seen(mode: Mapping[str, str], mark: str, ground: str) -> None:
    assert contrast(mode[mark], mode[ground]) >= 3


def test_every_variable_is_there_in_both_modes() -> None:
    used = set(re.findall(r"var\(--mr-([\w-]+)", CSS))
    assert used - {"dimension"} <= set(LIGHT)
    colours = {name for name, value in LIGHT.items() if value.startswith("#")}
    assert colours <= set(_variables(".dark"))


def test_every_class_of_a_card_has_a_rule() -> None:
    html = cards_html([pick(), pick(reason="")], waiting=True) + poster_html(
        pick(), small=True, posters={"tt1": "x"}
    )
    classes = {name for names in re.findall(r'class="([^"]+)"', html) for name in names.split()}
    unruled = {name for name in classes if f".{name}" not in CSS}
    assert unruled <= {"mr-dot", "mr-about", "mr-small", "mr-bar-name", "mr-cards", "mr-reason"}


def test_the_stylesheet_asks_nobody_for_anything() -> None:
    assert not re.search(r"url\(|@import|https?:|//", CSS)
    assert "</style" not in CSS.lower()
    assert head() == f"<style>{stylesheet()}</style>"


def test_the_theme_fetches_no_font_and_knows_our_colours() -> None:
    made = theme()
    assert made._stylesheets == []
    assert made._font_css == []
    css = made._get_theme_css()  # type: ignore[no-untyped-call]
    assert "googleapis" not in css
    for name in re.findall(r"var\(--mr-([\w-]+)\)", css):
        assert name in LIGHT


def test_the_stylesheet_lies_beside_the_code() -> None:
    assert (Path(cards_module.__file__).parent / "page.css").is_file()
