"""The published JSON Schema is current and agrees with what reads scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from moodreel.agent.replay import schema
from moodreel.agent.replay.load import load_file
from moodreel.agent.replay.yaml_tree import plain, read, read_file
from moodreel.errors import BadScript

from .conftest import ROOT

PUBLISHED = ROOT / "docs" / "replay.schema.json"
DIALOGUES = ROOT / "tests" / "dialogues"
SCRIPTS = sorted(p for p in DIALOGUES.rglob("*.y*ml") if p.suffix in (".yaml", ".yml"))
EXAMPLES = re.findall(
    r"^```yaml\n(.*?)^```", (ROOT / "docs" / "replay.md").read_text(encoding="utf-8"), re.M | re.S
)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(schema.schema())


def test_the_published_schema_is_that_of_the_models() -> None:
    Draft202012Validator.check_schema(schema.schema())
    assert PUBLISHED.read_text(encoding="utf-8") == schema.written(), (
        "write it anew: python -m moodreel.agent.replay.schema > docs/replay.schema.json"
    )


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 5


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text.split("\n")[0][:40])
def test_every_example_of_the_docs_is_a_script(
    text: str, validator: Draft202012Validator, tmp_path: Path
) -> None:
    file = tmp_path / "example.yaml"
    (tmp_path / "_opening.yaml").write_text("turns:\n- user: I loved Heat\n")
    file.write_text(text, encoding="utf-8")
    assert load_file(file)
    for tree in read_file(file, "example.yaml"):
        validator.validate(plain(tree))


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.relative_to(DIALOGUES).as_posix())
def test_every_dialogue_fits_the_schema(file: Path, validator: Draft202012Validator) -> None:
    included = Draft202012Validator({"$ref": "#/$defs/Included", **schema.schema()})
    for tree in read_file(file, file.name):
        (included if file.name.startswith("_") else validator).validate(plain(tree))


WHOLE = "scenario: A\nturns:\n- user: x\n"
GOOD = [
    WHOLE,
    "scenario: 1917\nturns:\n- user: yes\n- user: 1984\n- press: {act: seen, item: 300}\n",
    WHOLE + "  expect: {count: '${n}', kept: '${k}', includes: '${l}', axes: {scares: '${a}'}}\n"
    "parameters: {n: 5, k: true, l: [Heat], a: {max: 1}}\n",
    WHOLE + "matrix: {film: [Heat, Up], exclude: [{film: Up}]}\nrepeat: 3\n",
    WHOLE + "- edits: [{edit: limit, limit: {limit: years, earliest: 1990}}]\n",
    WHOLE + "setup: {profile: me.json, history: [{item: Heat, rating: 4.5}], year: 2001}\n",
]
BAD = [
    "scenario: A\n",
    "turns:\n- user: x\n",
    "scenario: A\nturns: []\n",
    "scenario: A\nturns:\n- {}\n",
    WHOLE + "  press: {act: undo}\n",
    WHOLE + "- press: {act: lovd, item: Heat}\n",
    WHOLE + "- edits: [{text: dark}]\n",
    WHOLE + "- edits: [{edit: wish}]\n",
    WHOLE + "- edits: [{edit: limit, limit: {earliest: 1990}}]\n",
    WHOLE + "  expect: {cuont: 1}\n",
    WHOLE + "  expect: {count: many}\n",
    WHOLE + "  expect: {count: '5'}\n",
    WHOLE + "  expect: {includes: Heat}\n",
    WHOLE + "  expect: {top: {first: 0, includes: [Heat]}}\n",
    WHOLE + "  expect: {similar_to: {item: Heat, at_least: 2}}\n",
    WHOLE + "  expect: {shift: sideways}\n",
    WHOLE + "  expect: {asks: yes}\n",
    WHOLE + "repeat: 0\n",
    WHOLE + "matrix: {}\n",
    WHOLE + "matrix: {film: Heat}\n",
    WHOLE + "setup: {engine: gpt}\n",
]


@pytest.mark.parametrize("text", [*GOOD, *BAD])
def test_the_schema_and_the_reader_agree(
    text: str, validator: Draft202012Validator, tmp_path: Path
) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(text)
    (tree,) = read(text.encode(), "x.yaml")
    assert validator.is_valid(plain(tree)) is (text in GOOD)
    if text in GOOD:
        assert load_file(file)
    else:
        with pytest.raises(BadScript):
            load_file(file)
