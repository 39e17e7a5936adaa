"""Films summed up from the captions of their trailers: what counts as said, and no cast."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from moodreel.agent.bench.scripted_model import DESCRIPTION, step_of
from moodreel.agent.bench.scripted_ollama import ScriptedOllama
from moodreel.agent.engines.base import Trailer
from moodreel.agent.engines.llm.condense import Rendered
from moodreel.agent.engines.llm.trailer import (
    FEWEST_WORDS,
    MOST_WORDS,
    KnownReply,
    Reply,
    Summed,
    TrailerReply,
    summed_up,
)
from moodreel.errors import EngineError, UsageError
from moodreel.ingest.catalogue import Catalogue
from moodreel.ingest.documents import words_of
from moodreel.prompts import load
from moodreel.tools.captions import heard, without_cast
from moodreel.tools.trailer_quotes import quoted

from .conftest import SHARED_DATA
from .shell import Shell
from .test_llm_describe import COUNT, SNAPSHOTS

CAPTIONS = """[Music]
nobody has lived in that house since the winter of the storm
[Music]
my mother said never go up to the lamp room
what did she think you would find
(thunder)
whatever it is it has been waiting for us a very long time
who is there open this door open it right now please somebody help
we should never have come to this island
"""
SUMMARY = " ".join(
    f"{who} comes to an island where an old house has stood empty, and hears something above."
    for who in ("A daughter", "A sailor", "A teacher", "A widow", "A boy", "A priest")
)


class Model:
    """Answers with given replies one after the other and keeps what it was asked."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = [*replies]
        self.asked: list[Rendered] = []

    async def __call__(self, rendered: Rendered, reply: type[Reply]) -> Reply:
        self.asked.append(rendered)
        answer = self.replies.pop(0)
        assert isinstance(answer, reply)
        return answer


async def summed(
    starter: Catalogue, captions: str, trailer: Trailer, *replies: Reply
) -> tuple[Summed, Model]:
    model = Model(*replies)
    found = await summed_up(
        captions, trailer, catalogue=starter, count=COUNT, room=6_000, ask=model
    )
    assert not model.replies
    return found, model


# --- what is said -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "noise",
    [
        "", "[Music]\n" * 80, "you\nyou\n[Applause]\nyou\n", "♪ la la la ♪\n" * 30,
        "Harry: Lumos maxima.\nLumos maxima.\n", "1234 !? \n",
        " ".join(f"{a}{b}zq{c}" for a in "qwxzk" for b in "bvgjp" for c in "xzqkw"),
    ],
    ids=["empty", "music", "you", "song", "spell", "numbers", "letters"],
)  # fmt: skip
def test_noise_tells_nothing(noise: str) -> None:
    assert not heard(noise).telling


def test_speech_is_kept_and_marks_are_not() -> None:
    found = heard(CAPTIONS + CAPTIONS)
    assert found.telling
    assert found.language == "en"
    assert "Music" not in found.text
    assert "thunder" not in found.text
    assert len(found.text.split("\n")) == 6


@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the public data sets are not here")
def test_of_130_trailers_four_are_noise() -> None:
    told: dict[bool, int] = {True: 0, False: 0}
    raw = (SHARED_DATA / "trailer-captions" / "trailer_captions.tar.gz").read_bytes()
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                told[heard(words_of(file.read(), member.name)).telling] += 1
    assert told == {True: 126, False: 4}


# --- no cast ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "A thief (Leonardo DiCaprio) steals dreams. He fails.",
            "A thief steals dreams. He fails.",
        ),
        ("A thief steals. Tom Hanks is in it.", "A thief steals."),
        ("It stars somebody. A thief steals.", "A thief steals."),
        ("Directed by a master. A thief steals.", "A thief steals."),
        ("From Academy Award winner Ana Li. A thief steals.", "A thief steals."),
        ("Doctor Brown meets Marty. They travel.", "Doctor Brown meets Marty. They travel."),
    ],
)
def test_the_cast_goes_and_the_story_stays(starter: Catalogue, text: str, left: str) -> None:
    assert without_cast(text, starter) == left


async def test_surnames_of_the_film_s_own_cast_go_too(starter: Catalogue) -> None:
    named = TrailerReply(summary=f"DiCaprio plays a thief. {SUMMARY}")
    found, _ = await summed(starter, CAPTIONS, Trailer("Inception", 2010), named)
    assert found.text == SUMMARY


# --- by a model -------------------------------------------------------------------------------


async def test_captions_are_summed_up_and_nothing_but_speech_is_sent(starter: Catalogue) -> None:
    found, model = await summed(starter, CAPTIONS, Trailer(), TrailerReply(summary=SUMMARY))
    assert (found.text, found.known) == (SUMMARY, False)
    (asked,) = model.asked
    assert [message.role for message in asked.messages] == ["system", "user"]
    assert "lamp room" in asked.messages[-1].text
    assert "Music" not in asked.messages[-1].text
    assert asked.prompt_hash == load("trailer").hash


async def test_prompt_snapshots(starter: Catalogue) -> None:
    known = KnownReply(known=True, summary=SUMMARY)
    for name, captions, reply in (
        ("trailer", CAPTIONS, TrailerReply(summary=SUMMARY)),
        ("trailer_known", "[Music]", known),
    ):
        _, model = await summed(starter, captions, Trailer("Harbour", 2024), reply)
        shown = "\n\n".join(f"=== {m.role}\n{m.text}" for m in model.asked[0].messages)
        assert f"{shown}\n" == (SNAPSHOTS / f"prompt_{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("shots", [1, 2, 3])
async def test_examples_are_turns_of_their_own(starter: Catalogue, shots: int) -> None:
    trailer = Trailer("The </film> Keepers", shots=shots)
    _, model = await summed(starter, CAPTIONS, trailer, TrailerReply(summary=SUMMARY))
    messages = model.asked[0].messages
    assert [m.role for m in messages[1:-1]] == ["user", "assistant"] * shots
    assert messages[-1].text.startswith("<film>The ‹/film› Keepers</film>\n<captions>")


def test_the_examples_keep_the_rules_that_they_show(starter: Catalogue) -> None:
    for role, text in load("trailer_examples").sections:
        if role == "assistant":
            summary = TrailerReply.model_validate_json(text).summary
            assert 80 <= len(summary.split()) <= 120
            assert without_cast(summary, starter) == summary


async def test_a_summary_of_the_wrong_length_is_mended_once(starter: Catalogue) -> None:
    short, long = TrailerReply(summary="Too short."), TrailerReply(summary="Far too long. " * 60)
    right = TrailerReply(summary=SUMMARY)
    found, model = await summed(starter, CAPTIONS, Trailer(), short, right)
    assert found.text == SUMMARY
    assert "2 words" in model.asked[1].messages[-1].text
    assert FEWEST_WORDS <= len(found.text.split()) <= MOST_WORDS
    with pytest.raises(EngineError, match="words"):
        await summed(starter, CAPTIONS, Trailer(), long, short)


async def test_noise_is_answered_from_general_knowledge_only_where_it_is_known(
    starter: Catalogue,
) -> None:
    known = KnownReply(known=True, summary=SUMMARY)
    found, model = await summed(starter, "[Music]", Trailer("The Keepers", 2024), known)
    assert found.known
    assert "The Keepers (2024)" in model.asked[0].messages[-1].text
    with pytest.raises(EngineError, match="knows no film called"):
        unknown = KnownReply(known=False, summary="unknown")
        await summed(starter, "[Music]", Trailer("The Keepers"), unknown)
    with pytest.raises(UsageError, match="--title"):
        await summed(starter, "[Music]", Trailer())


async def test_huge_captions_fit(starter: Catalogue) -> None:
    huge = "\n".join(f"{CAPTIONS.splitlines()[n % 9]} {n}" for n in range(9_000))
    _, model = await summed(starter, huge, Trailer(shots=3), TrailerReply(summary=SUMMARY))
    assert sum(COUNT(message.text) for message in model.asked[0].messages) < 6_000


# --- without a model, and the command ---------------------------------------------------------


def test_without_a_model_the_trailer_s_own_lines_are_quoted(starter: Catalogue) -> None:
    found = quoted(starter, CAPTIONS)
    assert 30 <= len(found.summary.split()) <= 120
    assert "lamp room" in found.summary
    assert found.provenance.how == "derived"
    assert "isn't summed up" in found.notes[0]
    with pytest.raises(EngineError, match="too few"):
        quoted(starter, "[Music]")


@pytest.fixture
def captions(tmp_path: Path) -> Callable[[str], str]:
    def written(text: str) -> str:
        path = tmp_path / "trailer.txt"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def answer(body: dict[str, Any]) -> str:
    if step_of(body) == "describe":
        return json.dumps(DESCRIPTION)
    known = {"known": True} if "known" in body["format"]["properties"] else {}
    return json.dumps({**known, "summary": SUMMARY})


def test_the_command_sums_up_a_trailer(
    shell: Shell, home: Path, captions: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home.exists()
    with ScriptedOllama(reply=answer) as server:
        monkeypatch.setenv("MOODREEL_OLLAMA_URL", server.url)
        file = captions(CAPTIONS)
        told = shell("describe", file, "--as", "trailer", "--shots", "2", "--json").data
        asked = len(server.asked())
        noise = ["describe", captions("[Music]"), "--as", "trailer", "--json"]
        known = shell(*noise, "--title", "The Keepers", "--year", "2024", "--add").data
        untitled = shell(*noise)
    assert (told["summary"], told["language"], asked) == (SUMMARY, "en", 2)
    assert told["provenance"] == {"how": "generated", "by": "gemma3:4b", "made": None}
    assert known["provenance"]["by"] == "gemma3:4b, general knowledge"
    assert "not what was heard" in known["notes"][0]
    assert (known["added"]["title"], known["added"]["year"]) == ("The Keepers", 2024)
    assert untitled.code == 2
    assert untitled.is_one_sentence("--title")


def test_the_command_without_a_model(
    shell: Shell, home: Path, captions: Callable[[str], str]
) -> None:
    assert home.exists()
    found = shell("describe", captions(CAPTIONS), "--as", "trailer", "--json").data
    assert "lamp room" in found["summary"]
    silent = shell("describe", captions("\n"), "--as", "trailer")
    assert silent.code == 1
    assert silent.is_one_sentence("Ollama", "--title")
    assert shell("describe", captions(CAPTIONS), "--shots", "1").is_one_sentence("--as trailer")
