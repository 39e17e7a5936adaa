"""Scripts are read as they were written, and what is wrong with one is said with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from moodreel.agent.replay.load import Loaded, load
from moodreel.errors import BadScript


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def script(text: str, name: str = "x.yaml") -> Path:
    """A file beside the test."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def one(text: str) -> Loaded:
    (loaded,) = load([script(text)])
    return loaded


def wrong(text: str | bytes) -> str:
    """What is said of a file."""
    path = script("")
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadScript) as raised:
        load([path])
    return str(raised.value)


def turn(expect: str, user: str = "Hello") -> str:
    return f"scenario: A\nturns:\n- user: {user}\n  expect: {{{expect}}}\n"


@pytest.mark.parametrize(
    "spelled",
    ["yes", "no", "on", "1984", "007", "1.50", "true", "False", "2001-01-01", "1:30", "9 to 5",
     "1_000", "0x1F", ".inf", "=", "1e5", "12345678901234567890", "+5"],
)  # fmt: skip
def test_text_stays_as_it_is_written(spelled: str) -> None:
    loaded = one(turn(f'includes: [{spelled}, "{spelled}"]', spelled))
    first = loaded.script.turns[0]
    assert first.user == spelled
    assert first.expect.includes == (spelled, spelled)


def test_what_is_no_text_is_what_it_says() -> None:
    text = turn("count: 5, kept: true, axes: {scares: {max: 1.5}}, understood: [7], asks: false")
    expect = one(text).script.turns[0].expect
    assert (expect.count, expect.kept, expect.axes["scares"].max) == (5, True, 1.5)
    assert (expect.understood, expect.asks) == (("7",), False)


def test_presses_items_and_edits_are_text_too() -> None:
    turns = one(
        "scenario: 12\ntags: [1]\nturns:\n- press: {act: seen, item: 300}\n"
        "- edits: [{edit: wish, text: 42}, {edit: limit, limit: {limit: years, earliest: 1990}}]\n"
    ).script
    assert (turns.scenario, turns.tags) == ("12", ("1",))
    assert turns.turns[0].press is not None
    assert turns.turns[0].press.item == "300"
    assert turns.turns[1].edits is not None
    assert turns.turns[1].edits[0].model_dump()["text"] == "42"


@pytest.mark.parametrize(
    ("expect", "says"),
    [
        ("cuont: 3", "turns[0].expect.cuont: there is no key 'cuont' here; did you mean 'count'?"),
        ("count: many", "expect.count: this has to be a whole number, or keys and values, not 'm"),
        ('count: "5"', "not '5'"),
        ("asks: yes", "expect.asks: this has to be true or false, or a list, not 'yes'."),
        ("includes: Heat", "expect.includes: this has to be a list, not 'Heat'."),
        ("all: {genres: {anny: [x]}}", "expect.all.genres.anny: there is no key 'anny' here; did"),
        ("all: {year: {min: 3, max: 1}}", "expect.all.year: 'min' 3 is above 'max' 1."),
        ("all: {at_most_rating: X}", "'G', 'PG', 'PG-13', 'R' or 'NC-17', not 'X'."),
        ("tools: {calls: [{nam: x}]}", "calls[0].nam: there is no key 'nam' here; did you mean"),
        ("reply: {matches: '['}", "expect.reply.matches: '[' is no regular expression"),
        ("shift: [lighterr]", "expect.shift[0]: this has to be 'lighter', not 'lighterr'."),
        ("axes: {lightnes: {min: 1}}", "expect.axes.lightnes: this has to be 'lightness'"),
        ("latency: fast", "expect.latency: this has to be keys and values, or a number, not 'fas"),
        ("top: {includes: [Heat]}", "expect.top.first: 'first' is missing."),
        ("repeat: 3", "expect.repeat: there is no key 'repeat' here"),
    ],
)
def test_what_does_not_fit_is_said_with_file_line_and_key(expect: str, says: str) -> None:
    said = wrong(turn(expect))
    assert said.startswith("x.yaml, line 4, column ")
    assert says in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "x.yaml holds no script"),
        ("# nothing\n---\n", "x.yaml holds no script"),
        ("- 1", "line 1, column 1: a script is keys and values"),
        ("scenario: A\nscenario: B", "line 2, column 1, scenario: 'scenario' stands twice here, f"),
        ("scenario: A\nturns:\n\t- user: x", "line 3, column 1: a tab stands where YAML wants spa"),
        ("scenario: A: B", "line 1, column 12: a second ':' stands in this line"),
        ("scenario: [", "this is no YAML"),
        (b"scenario: A\nturns: \xff", "x.yaml, line 2: this is not UTF-8 text"),
        (b"\x7fELF\x00", "line 1: the character '\\x7f' can't stand in YAML"),
        ("scenario: !!python/object:os.system x", "tags such as '!!python/object:os.system' are"),
        ("scenario: !!int 5", "tags such as '!!int' are not read"),
        ("scenario: A\nturns: &a [*a]", "turns[0]: the alias *a stands inside itself"),
        ("scenario: A\nturns: *b", "the alias *b has no anchor before it"),
        ("? [a]\n: 1", "a key has to be plain text"),
        ("[" * 5_000, "this lies more than 40 levels deep"),
        ("scenario: A\nturns: []", "line 2, column 1, turns: this can't be empty."),
        ("scenario: A", "turns: 'turns' is missing."),
        ("scenario: A\nturns: [{}]", "a turn has one of 'user', 'press' and 'edits'."),
        ("scenario: A\nturns: [{user: x, press: {act: undo}}]", "a turn has one of"),
        ("scenario: A\nturns: [{press: {act: undo, item: x}}]", "'undo' is about no item; leave"),
        ("scenario: A\nturms: [{user: x}]", "did you mean 'turns'?"),
        ("scenario: A\nturns: [{user: ${x}}]", 'inside [ ] and { } a parameter needs quotes: "${n'),
        (" " * 2_000_001, "x.yaml has more than 2,000,000 bytes"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_script_says_why(text: str | bytes, says: str) -> None:
    assert says in wrong(text)


def test_an_alias_that_would_fill_the_memory_is_refused() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for old, new in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]")
    assert "more than 100,000 values here" in wrong("\n".join(lines))


def test_all_that_is_wrong_is_said_in_the_order_of_the_lines() -> None:
    said = wrong("scenario: A\nturns:\n- usr: x\n- user: y\n  expect: {cont: 1}\nrepeat: many\n")
    lines = said.split("\n")
    assert [line.split(",")[1] for line in lines] == [" line 3", " line 5", " line 6"]


def test_anchors_and_merges_are_followed() -> None:
    turns = one(
        "scenario: A\nturns:\n- &first\n  user: x\n  expect: &short {count: 5}\n- *first\n"
        "- user: z\n  expect: {<<: *short, kept: true}\n- {<<: *first, user: y}\n"
    ).script.turns
    assert [each.user for each in turns] == ["x", "x", "z", "y"]
    assert [each.expect.count for each in turns] == [5, 5, 5, 5]
    assert turns[2].expect.kept is True


def test_a_file_may_hold_several_scripts_whose_names_differ() -> None:
    several = "scenario: A\nturns: [{user: x}]\n---\nscenario: B\nturns: [{user: y}]\n"
    assert [each.script.scenario for each in load([script(several)])] == ["A", "B"]
    said = wrong(several.replace("B", "A"))
    assert (
        "line 4, column 11, scenario: a script called 'A' is in this file already (line 1)" in said
    )


def test_folders_are_searched_and_each_file_read_once() -> None:
    plain = "scenario: {}\nturns: [{{user: x}}]\n"
    for name in (
        "d/b.yml",
        "d/a.yaml",
        "d/sub/c.yaml",
        "d/_shared.yaml",
        "d/.hidden.yaml",
        "d/n.txt",
    ):
        script(plain.format(Path(name).stem), name)
    loaded = load(["d", "d/b.yml", Path("d/sub")])
    assert [each.file for each in loaded] == ["d/a.yaml", "d/b.yml", "d/sub/c.yaml"]
    assert loaded[2].folder == Path("d/sub")
    Path("empty").mkdir()
    for path, says in (("empty", "has no scripts"), ("nope.yaml", "There is no file 'nope.yaml'")):
        with pytest.raises(BadScript, match=says):
            load([path])


def test_what_is_wrong_with_several_files_is_said_at_once() -> None:
    script(turn("cont: 1"), "d/a.yaml")
    script("", "d/b.yaml")
    with pytest.raises(BadScript) as raised:
        load(["d"])
    first, second = str(raised.value).split("\n")
    assert first.startswith("d/a.yaml, line 4")
    assert second.startswith("d/b.yaml holds no script")


@pytest.mark.parametrize(
    ("only", "found"),
    [
        ("", ["Tired [film=Heat]", "Tired [film=Up]", "Awake"]),
        ("tired*", ["Tired [film=Heat]", "Tired [film=Up]"]),
        ("Tired [film=Up]", ["Tired [film=Up]"]),
        ("tag:SEEN", ["Awake"]),
        ("b.yaml", ["Awake"]),
        ("d/*", ["Tired [film=Heat]", "Tired [film=Up]", "Awake"]),
    ],
)
def test_only_chooses_by_scenario_file_or_tag(only: str, found: list[str]) -> None:
    script("scenario: Tired\nmatrix: {film: [Heat, Up]}\nturns: [{user: '${film}'}]", "d/a.yaml")
    script("scenario: Awake\ntags: [seen]\nturns: [{user: x}]", "d/b.yaml")
    assert [each.script.scenario for each in load(["d"], only)] == found
    with pytest.raises(BadScript, match="No script of 3 fits 'tag:nope'"):
        load(["d"], "tag:nope")


def test_the_place_of_a_key_is_known() -> None:
    loaded = one(
        "scenario: A\nsetup:\n  history:\n  - item: Heat\n  - item: Up\nturns: [{user: x}]\n"
    )
    assert loaded.place("setup", "history", 1, "item").says("no film.") == (
        "x.yaml, line 5, column 11, setup.history[1].item: no film."
    )
    assert loaded.place("turns", 7, "user").line == 6
