"""Reasons: true, grammatical, varied, short."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable

import pytest
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.facets import content_classes, stem
from moodreel.ingest.item import AXES, MOOD_TAGS, Item, fold
from moodreel.ingest.language import LANGUAGES
from moodreel.ingest.limits import Age, AxisBound, Languages, Limit, People, Runtime, Years
from moodreel.tools.facts import Fact
from moodreel.tools.frames import DETAILS, LEADS, TAILS
from moodreel.tools.names import cased
from moodreel.tools.opening_image import lowered, opening_image
from moodreel.tools.query import AxisWish, Like, MoodWish, Preference, Query, TextWish
from moodreel.tools.reasons import MAX_WORDS, Reason, explain, reason, reasons
from moodreel.tools.scoring import Candidate
from moodreel.tools.wording import LESS, MOOD_NOUNS, MORE, article, listed, noun, sentence, story

FRAMES = {f.name: f for table in (LEADS, DETAILS, TAILS) for fs in table.values() for f in fs}
ROUNDS = 500


def film(name: str = "x", **facts: object) -> Item:
    return Item.model_validate({"id": name, "title": name, **facts})


def random_query(chance: random.Random, items: list[Item]) -> Query:
    """A query of any shape over some items."""
    favourites = chance.sample(items, chance.choice([0, 1, 1, 2, 3]))
    dimensions = ["overall", "overall", "mood", "plot", "audience"]
    limits: list[Limit] = []
    if chance.random() < 0.3:
        limits.append(Years(earliest=chance.choice([1960, 1980, 1990])))
    if chance.random() < 0.3:
        limits.append(Runtime(longest=chance.choice([100, 120, 200])))
    if chance.random() < 0.2:
        limits.append(Age(youngest=chance.choice([8, 13])))
    if chance.random() < 0.2:
        limits.append(Languages(any_of=("en",)))
    if chance.random() < 0.1:
        limits.append(AxisBound(axis="violence", at_most=2))
    if chance.random() < 0.2:
        person = chance.choice(chance.choice(items).cast or ("Nobody",))
        limits.append(People(any_of=(person,)))
    texts = [tag for item in chance.sample(items, 2) for tag in item.tags[:1]]
    return Query(
        likes=tuple(
            Like.model_validate({"id": item.id, "dimension": chance.choice(dimensions)})
            for item in favourites
        ),
        texts=tuple(TextWish(text=t, dimension="plot") for t in texts if chance.random() < 0.4),
        moods=tuple(
            MoodWish(tag=tag, weight=chance.choice([1.0, 1.0, -1.0]))
            for tag in chance.sample(MOOD_TAGS, chance.choice([0, 0, 1, 2, 3]))
        ),
        axes=tuple(
            AxisWish(axis=axis, target=chance.choice([0, 1, 3, 4]))
            for axis in chance.sample(AXES, chance.choice([0, 0, 1, 2]))
        ),
        genres=tuple(chance.choice(items).genres[:1]) if chance.random() < 0.3 else (),
        preferences=(Preference(towards="shorter"),) if chance.random() < 0.2 else (),
        limits=tuple(limits),
    )


def holds(fact: Fact, item: Item, query: Query, known: dict[str, Item]) -> bool:
    """Whether a fact is true of the data, checked without the code that made it."""
    liked = known.get(fact.like or "")
    return CHECKS[fact.kind](fact, item, query, liked or item)


def _words(text: str) -> set[str]:
    return {stem(word) for word in fold(text).split()}


def _wished(query: Query) -> set[str]:
    return _words(" ".join([query.words, *(wish.text for wish in query.texts)]))


def _degree(item: Item, axis: str) -> int:
    assert item.axes is not None
    return int(getattr(item.axes, axis))


Check = Callable[[Fact, Item, Query, Item], bool]
CHECKS: dict[str, Check] = {
    "shared_moods": lambda f, i, q, o: set(f.values) <= set(i.mood_tags) & set(o.mood_tags),
    "shared_tags": lambda f, i, q, o: set(f.values) <= set(i.tags) & set(o.tags),
    "shared_archetype": lambda f, i, q, o: set(f.values) <= set(i.archetypes) & set(o.archetypes),
    "shared_director": lambda f, i, q, o: set(f.values) <= set(i.directors) & set(o.directors),
    "shared_cast": lambda f, i, q, o: set(f.values) <= set(i.cast) & set(o.cast),
    "kindred": lambda f, i, q, o: i.id in o.kindred,
    "more_than": lambda f, i, q, o: _degree(i, f.values[0]) > _degree(o, f.values[0]),
    "less_than": lambda f, i, q, o: _degree(i, f.values[0]) < _degree(o, f.values[0]),
    "near_like": lambda f, i, q, o: any(
        x.id == o.id and x.dimension == f.values[0] for x in q.likes
    ),
    "near_text": lambda f, i, q, o: f.values[0] in [wish.text for wish in q.texts],
    "asked_moods": lambda f, i, q, o: (
        set(f.values) <= set(i.mood_tags) & {m.tag for m in q.moods if m.weight > 0}
    ),
    "asked_high": lambda f, i, q, o: (
        _degree(i, f.values[0]) >= 3
        and any(a.axis == f.values[0] and a.target >= 3 for a in q.axes)
    ),
    "asked_low": lambda f, i, q, o: (
        _degree(i, f.values[0]) == int(f.values[1]) <= 1
        and any(a.axis == f.values[0] and a.target <= 1 for a in q.axes)
    ),
    "asked_genres": lambda f, i, q, o: set(f.values) <= set(i.genres) & set(q.genres),
    "asked_subjects": lambda f, i, q, o: (
        set(f.values) <= set(i.tags) and all(_words(tag) & _wished(q) for tag in f.values)
    ),
    "asked_people": lambda f, i, q, o: set(f.values) <= {*i.directors, *i.cast},
    "asked_length": lambda f, i, q, o: f.values == (str(i.runtime_min),),
    "asked_year": lambda f, i, q, o: f.values == (str(i.year),),
    "asked_language": lambda f, i, q, o: f.values == (i.language,),
    "asked_age": lambda f, i, q, o: f.values == (i.age_rating,),
    "own_moods": lambda f, i, q, o: set(f.values) <= set(i.mood_tags),
    "own_tags": lambda f, i, q, o: set(f.values) <= set(i.tags),
    "own_archetype": lambda f, i, q, o: set(f.values) <= set(i.archetypes),
    "image": lambda f, i, q, o: f.values[0] in i.mood,
    "caution": lambda f, i, q, o: set(f.values) <= set(i.content_notes),
}


def spoken(fact: Fact, item: Item) -> list[str]:
    """Words of which the sentence must hold at least one for each value of a fact."""
    kind, values = fact.kind, fact.values
    if kind.endswith("moods"):
        return [f"{tag.split('-')[0][:4]}|{MOOD_NOUNS[tag]}" for tag in values]  # type: ignore[index]
    if kind in ("more_than", "less_than"):
        return [f"{MORE[values[0]]}|{LESS[values[0]]}"]  # type: ignore[index]
    if kind == "asked_language":
        return [LANGUAGES[values[0]]]
    if kind in ("asked_high", "asked_low", "asked_genres", "kindred"):
        return []
    if kind.endswith("archetype"):
        return [values[0].split()[-1].replace("story", "stor")]
    return [value.split()[-1][:40] for value in values]


def untitled(one: Reason) -> str:
    """A reason without titles and quotations, whose spelling is not ours."""
    return re.sub(r"\*[^*]+\*|“[^”]+”", "X", one.text)


@pytest.fixture(scope="module")
def items(starter: Catalogue) -> list[Item]:
    return list(starter.items())


@pytest.fixture(scope="module")
def lists(items: list[Item]) -> list[tuple[Query, dict[str, Item], list[Item], list[Reason]]]:
    """Lists of reasons for random queries; half of the films are near a favourite."""
    chance, by_id = random.Random(11), {item.id: item for item in items}  # noqa: S311
    made = []
    for _ in range(ROUNDS):
        query = random_query(chance, items)
        known = {like.id: by_id[like.id] for like in query.likes}
        near = [by_id[i] for item in known.values() for i in item.kindred if i in by_id]
        pool = list({i.id: i for i in (*near[:3], *chance.sample(items, 5))}.values())
        chosen = [item for item in pool if item.id not in known][:5]
        scores = {"mood": 0.9, "plot": chance.choice([0.5, 0.9])}
        said = reasons([Candidate(item, 1.0, {}, scores) for item in chosen], query, known)
        made.append((query, known, chosen, said))
    return made


def test_every_fact_is_true(
    lists: list[tuple[Query, dict[str, Item], list[Item], list[Reason]]],
) -> None:
    checked = 0
    for query, known, chosen, said in lists:
        for item, one in zip(chosen, said, strict=True):
            for fact in one.facts:
                assert holds(fact, item, query, known), (item.label, one)
                checked += 1
    assert checked > 5_000


def test_the_sentence_says_its_facts_and_names_only_its_favourites(
    lists: list[tuple[Query, dict[str, Item], list[Item], list[Reason]]],
) -> None:
    for _, known, chosen, said in lists:
        for item, one in zip(chosen, said, strict=True):
            for fact in one.facts:
                for words in spoken(fact, item):
                    assert re.search(
                        words.replace("(", r"\(").replace(")", r"\)"), one.text, re.I
                    ), (
                        words,
                        one,
                    )
            named = {known[f.like].title for f in one.facts if f.like}
            assert set(re.findall(r"\*([^*]+)\*", one.text)) <= named


def test_reasons_are_one_short_clean_sentence(
    lists: list[tuple[Query, dict[str, Item], list[Item], list[Reason]]],
) -> None:
    for _, _, _, said in lists:
        for one in said:
            assert len(one.text.split()) <= MAX_WORDS + 2, one
            assert not re.search(r"  |,,| ,|\.\.|: :|;;|\{|\}|None", untitled(one)), one
            first = re.sub(r"^[^\w]+", "", one.text)
            assert first[0].isupper() or first[0].isdigit(), one
            assert re.search(r"[.!?…]$", one.text), one


def test_articles_fit(
    lists: list[tuple[Query, dict[str, Item], list[Item], list[Reason]]],
) -> None:
    for _, _, _, said in lists:
        for one in said:
            plain = untitled(one)
            assert not re.search(r"\ba (?=[aeio]\w)(?!one|once|eu|uni)", plain, re.I), one
            assert not re.search(r"\ban (?=[bcdfgjkpqtvwyz][a-z])", plain, re.I), one


def test_no_frame_comes_three_times_in_a_list(
    lists: list[tuple[Query, dict[str, Item], list[Item], list[Reason]]],
) -> None:
    for _, _, _, said in lists:
        used = Counter(frame for one in said for frame in one.frames)
        assert max(used.values(), default=0) <= 2, said
        assert len({one.text for one in said}) == len(said)


def test_a_list_of_twenty_keeps_varied(starter: Catalogue, items: list[Item]) -> None:
    chosen = [item for item in items if "funny" in item.mood_tags][:20]
    query = Query(moods=(MoodWish(tag="funny"),))
    said = reasons([Candidate(item, 1.0) for item in chosen], query, {})
    used = Counter(frame for one in said for frame in one.frames)
    assert max(used.values()) <= 2
    assert all(one.facts for one in said)


def test_the_same_list_gets_the_same_reasons(items: list[Item]) -> None:
    chosen = [Candidate(item, 1.0) for item in items[:5]]
    query = Query(moods=(MoodWish(tag="dark"),))
    assert reasons(chosen, query, {}) == reasons(chosen, query, {})


def test_what_is_shared_is_said() -> None:
    one = film("a", title="One", mood_tags=("cosy",), tags=("chess", "prison"))
    other = film("b", title="Other", mood_tags=("cosy", "dark"), tags=("chess",))
    said = reason(one, Query(likes=(Like(id="b"),)), {"b": other})
    assert "*Other*" in said.text
    assert re.search("cos|chess", said.text)


def test_equal_titles_are_told_apart() -> None:
    one = film("a", title="Dune", year=2021, mood_tags=("epic",))
    other = film("b", title="Dune", year=1984, mood_tags=("epic",))
    assert "*Dune* (1984)" in reason(one, Query(likes=(Like(id="b"),)), {"b": other}).text


def test_a_warning_is_given_where_somebody_is_careful() -> None:
    grim = film("a", mood_tags=("tense",), content_notes=("torture",))
    careful = Query(axes=(AxisWish(axis="violence", target=0),), moods=(MoodWish(tag="tense"),))
    assert "torture" in reason(grim, careful).text
    assert "torture" not in reason(grim, Query(moods=(MoodWish(tag="tense"),))).text
    assert content_classes(("torture",))


def test_an_item_with_no_facts_still_gets_a_sentence() -> None:
    said = reason(film("a", title="Bare"), Query(moods=(MoodWish(tag="dark"),)))
    assert said.text.endswith(".")
    assert said.facts == ()


def test_near_is_only_claimed_where_it_was_measured() -> None:
    item, other = film("a", tags=("chess",)), film("b", title="Other")
    query = Query(likes=(Like(id="b", dimension="plot"),))
    far = reasons([Candidate(item, 1.0, {}, {"plot": 0.4})], query, {"b": other})[0]
    near = reasons([Candidate(item, 1.0, {}, {"plot": 0.9})], query, {"b": other})[0]
    assert "*Other*" not in far.text
    assert "*Other*" in near.text


def test_markup_in_texts_stays_text() -> None:
    item = film("a", mood="Click {here} for *free* <b>things</b>: now.", mood_tags=("dark",))
    assert "{here}" in reason(item, Query()).text or "dark" in reason(item, Query()).text.lower()
    titled = film("b", title="M*A*S*H", mood_tags=("dark",))
    said = reason(item, Query(likes=(Like(id="b"),)), {"b": titled})
    assert "M*A*S*H" in said.text
    assert "**" not in said.text


def test_derived_texts_are_not_drawn_on() -> None:
    derived = {"mood": {"how": "derived", "by": "builtin 1"}}
    assert opening_image(film("a", mood="Dark and cosy at once: yes.", provenance=derived)) is None
    assert opening_image(film("a", mood="Dark and cosy at once: yes.")) == "Dark and cosy at once"


def test_explaining_takes_two_or_three_sentences(starter: Catalogue, items: list[Item]) -> None:
    query = Query(moods=(MoodWish(tag="tense"), MoodWish(tag="stylish")))
    for item in items[:200]:
        said = explain(item, query)
        assert 1 <= len(said) <= 3
        assert all(text[0].isupper() or not text[0].isalpha() for text in said)
    assert explain(film("a"), Query())


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("hitman", "a hitman"),
        ("orphan", "an orphan"),
        ("grief", "grief"),
        ("zombies", "zombies"),
        ("new york", "New York"),
        ("cold war", "the Cold War"),
        ("1970s", "the 1970s"),
        ("fbi", "the FBI"),
        ("father and son", "father and son"),
        ("school for wizards", "a school for wizards"),
        ("sequel", None),
        ("canadian", None),
    ],
)
def test_nouns_of_tags(tag: str, said: str | None) -> None:
    assert noun(tag) == said


def test_words() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""
    assert article("hour") == "an hour"
    assert article("unicorn") == "a unicorn"
    assert article("one-eyed king") == "a one-eyed king"
    assert article("FBI agent") == "an FBI agent"
    assert article("1980s band") == "a 1980s band"
    assert article("8-bit hero") == "an 8-bit hero"
    assert sentence("*Heat*, but  funnier,") == "*Heat*, but funnier."
    assert story("the fish out of water") == "fish-out-of-water"
    assert story("a very long kind of story indeed") is None
    assert cased("new york cop and the ex-cia man") == "New York cop and the ex-CIA man"
    assert lowered("Armani coats and blood") == "armani coats and blood"
    assert lowered("Earth, Wind & Fire") == "Earth, Wind & Fire"
    assert lowered("Paris in rain") == "Paris in rain"
