"""Drawn posters: the same film always the same, legible, small, and never more than a picture."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodreel.agent.channels.web.lettering import set_in_type, width_of
from moodreel.agent.channels.web.motifs import MOTIFS
from moodreel.agent.channels.web.palettes import PALETTES
from moodreel.agent.channels.web.posters import poster_svg
from moodreel.agent.reply import Pick, Scores
from moodreel.ingest.item import MOOD_TAGS, Item

from ..films import FILMS
from .contrast import contrast

GENRES = {genre for film in FILMS for genre in film.genres}
SVG = "{http://www.w3.org/2000/svg}"
PLACE = re.compile(r'(?:width|height|x|y|cx|cy|r|d|font-size)="([^"]*)"')


def parsed(item: Item) -> ElementTree.Element:
    svg = poster_svg(item).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return ElementTree.fromstring(svg)  # noqa: S314


@pytest.mark.parametrize("name", PALETTES)
def test_text_stands_out_from_its_ground(name: str) -> None:
    colours = PALETTES[name].colours
    assert contrast(colours.ink, colours.ground) >= 4.5


@pytest.mark.parametrize("name", PALETTES)
def test_what_is_in_front_stands_out_from_what_is_behind(name: str) -> None:
    colours = PALETTES[name].colours
    assert contrast(colours.near, colours.ground) > 1.8
    assert len({colours.ground, colours.far, colours.near, colours.ink}) == 4


@pytest.mark.parametrize("words", [PALETTES, MOTIFS], ids=["palettes", "motifs"])
def test_every_genre_and_mood_has_colours_and_motifs(words: dict[str, object]) -> None:
    called = {word for each in words.values() for word in each.words}  # type: ignore[attr-defined]
    assert called <= GENRES | set(MOOD_TAGS)
    assert GENRES | set(MOOD_TAGS) <= called


def test_all_starter_items_have_a_small_whole_poster() -> None:
    for film in FILMS:
        svg = poster_svg(film)
        assert len(svg.encode()) < 2_000, film.title
        assert not re.search(r"\bid=|href|url\(|<style|<script|http", svg), film.title
        parsed(film)


def test_a_film_that_is_changed_has_another_poster() -> None:
    film = FILMS[0]
    before = poster_svg(film)
    later = film.model_copy(update={"title": "Quite Another Name", "year": 1931})
    assert "1931" in poster_svg(later) and "1931" not in before
    assert "Quite" in poster_svg(later)
    assert poster_svg(film) == before
    assert poster_svg(film, small=True) != before


def test_every_motif_and_palette_is_used() -> None:
    grounds = {svg.split('fill="')[1][:7] for svg in map(poster_svg, FILMS)}
    assert grounds == {palette.colours.ground for palette in PALETTES.values()}


def test_no_number_is_broken() -> None:
    for name, motif in MOTIFS.items():
        for number in (0, 1, 7, 2**28 - 1):
            svg = motif.draw(PALETTES["night"].colours, number)
            assert not re.search(r"nan|inf|e[+-]\d", " ".join(PLACE.findall(svg))), name


def test_a_film_has_the_same_poster_wherever_it_stands() -> None:
    film = FILMS[0]
    pick = Pick(
        id=film.id,
        title=film.title,
        year=film.year,
        reason="",
        scores=Scores(mood=0, audience=0, plot=0, overall=0),
        genres=film.genres,
        mood_tags=film.mood_tags,
    )
    assert poster_svg(pick) == poster_svg(film)


def test_films_alike_look_different() -> None:
    looks = {
        film.id: re.sub(r"<text.*|aria-label=\"[^\"]*\"", "", poster_svg(film)) for film in FILMS
    }
    rows = [[looks[near] for near in film.kindred if near in looks][:5] for film in FILMS]
    varied = [len(set(row)) == len(row) for row in rows]
    assert sum(varied) / len(varied) > 0.9


def test_the_poster_says_what_it_is() -> None:
    root = parsed(Item(id="x", title='"Q" & <b>', year=1999))
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'Poster of "Q" & <b> (1999)'
    assert "".join(root.itertext()) == '"Q" & <b>1999'


def test_a_title_is_broken_between_its_words() -> None:
    root = parsed(Item(id="x", title="The Lord of the Rings: The Fellowship of the Ring"))
    lines = [span.text for span in root.iter(f"{SVG}tspan")]
    assert " ".join(map(str, lines)) == "The Lord of the Rings: The Fellowship of the Ring"


def test_scripts_from_right_to_left_begin_at_the_right() -> None:
    arabic = parsed(Item(id="x", title="باب الحديد", year=1958))
    text = next(arabic.iter(f"{SVG}text"))
    assert text.get("direction") == "rtl"
    assert all(float(str(span.get("x"))) > 100 for span in text)


@pytest.mark.parametrize(
    "title", ["W" * 500, "千と千尋の神隠し" * 9, "A" * 10**5, "a " * 4000, "é" * 900, "🎬" * 99]
)
def test_what_is_too_long_is_cut_and_says_so(title: str) -> None:
    root = parsed(Item(id="x", title=title))
    spans = [str(span.text) for span in root.iter(f"{SVG}tspan")]
    size = float(str(next(root.iter(f"{SVG}text")).get("font-size")))
    assert spans[-1].endswith("…")
    assert all(width_of(span) * size <= 103 for span in spans)
    assert len(poster_svg(Item(id="x", title=title[:500])).encode()) < 4_000


@given(st.text(min_size=1, max_size=120), st.text(min_size=1, max_size=12))
def test_any_title_and_id_make_a_whole_poster_that_fits(title: str, name: str) -> None:
    root = parsed(Item(id=name, title=title))
    size = float(str(next(root.iter(f"{SVG}text")).get("font-size")))
    spans = list(root.iter(f"{SVG}tspan"))
    assert spans
    for span in spans:
        assert width_of(str(span.text)) * size <= 103
        assert float(str(span.get("y"))) <= 166
    assert {child.tag for child in root.iter()} <= {
        f"{SVG}{tag}" for tag in ("svg", "g", "path", "circle", "ellipse", "text", "tspan")
    }


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Z")), max_size=60))
def test_nothing_but_the_end_of_a_title_is_lost(title: str) -> None:
    setting = set_in_type(title or "x", 102)
    joined = "".join(setting.lines)
    assert joined == (title or "x") or (joined.endswith("…") and title.startswith(joined[:-1]))
