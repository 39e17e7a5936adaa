"""The commands over the real agent: what they print, what they refuse, and with which code."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from moodreel.errors import UnknownItem
from moodreel.ingest.starter import open_catalogue

from .shell import Shell

WISH = (
    "something warm and funny like Paddington 2 but not animated, under two hours, "
    "and we have already seen Elf"
)


@pytest.mark.usefixtures("home")
class TestAsk:
    """One message, one answer."""

    def test_json_is_one_object_with_the_promised_keys(self, shell: Shell) -> None:
        done = shell("ask", "--json", WISH)
        assert done.code == 0
        assert done.err == ""
        answer = done.data
        assert set(answer) >= {
            "reply", "picks", "understood", "relaxed", "profile", "engine", "notices",
            "timings_ms", "conversation", "question",
        }  # fmt: skip
        assert len(answer["picks"]) == 5
        for pick in answer["picks"]:
            assert set(pick["scores"]) == {"mood", "audience", "plot", "overall"}
            assert pick["runtime_min"] <= 120
            assert "Animation" not in pick["genres"]
            assert pick["title"] not in ("Elf", "Paddington 2")
            assert pick["reason"]
        assert answer["timings_ms"]["total"] > 0

    def test_a_conversation_goes_on(self, shell: Shell) -> None:
        first = shell("ask", "--json", "a funny film, nothing animated").data
        again = shell("ask", "--json", "more", "--conversation", first["conversation"]).data
        shown = {pick["id"] for pick in first["picks"]}
        assert not shown & {pick["id"] for pick in again["picks"]}
        assert again["turn"] == 2
        assert all("Animation" not in pick["genres"] for pick in again["picks"])

    def test_an_unknown_conversation_begins_and_says_so(self, shell: Shell) -> None:
        done = shell("ask", "--json", "a funny film", "--conversation", "tuesday")
        assert done.code == 0
        assert done.data["conversation"] == "tuesday"
        assert done.err == "There is no conversation 'tuesday' yet, so it begins here.\n"

    def test_same_words_same_list(self, shell: Shell) -> None:
        first, second = (shell("ask", "--json", WISH).data for _ in range(2))
        assert first["conversation"] != second["conversation"]
        assert first["picks"] == second["picks"]
        assert first["reply"] == second["reply"]

    def test_stdin_and_plain_words(self, shell: Shell) -> None:
        done = shell("ask", "-", stdin="a warm film like Amélie\n".encode())
        assert done.code == 0
        assert re.search(r"^1\. .+ \(\d{4}\)", done.out, re.MULTILINE)
        assert "\x1b" not in done.out
        assert "--conversation" in done.err

    @pytest.mark.parametrize(
        "stdin",
        [b"", b" \n\t", b"a" * 200_000, b"\xff\xfe\x00\x01", b"a\x00b", b"\x1b[31m" * 3],
        ids=["empty", "blank", "huge", "binary", "nul", "escape"],
    )
    def test_what_is_no_message_gets_a_sentence(self, shell: Shell, stdin: bytes) -> None:
        done = shell("ask", "--json", "-", stdin=stdin)
        assert done.code == 2
        assert done.out == ""
        assert done.is_one_sentence()
        assert len(done.err) < 400

    def test_a_bad_message_loses_nothing(self, shell: Shell) -> None:
        said = shell("ask", "--json", "I loved Heat", "--conversation", "c").data
        assert shell("ask", "-", "--conversation", "c", stdin=b"\xff").code == 2
        after = shell("ask", "--json", "more", "--conversation", "c").data
        assert after["turn"] == 2
        assert after["profile"]["entries"][: len(said["profile"]["entries"])]


@pytest.mark.usefixtures("home")
class TestOtherCommands:
    """similar, describe, catalogue, doctor, and wrong use."""

    def test_similar_differs_by_dimension(self, shell: Shell) -> None:
        by = {d: shell("similar", "Heat", "--by", d, "--json").data for d in ("mood", "plot")}
        ids = {d: [one["id"] for one in found["similar"]] for d, found in by.items()}
        assert ids["mood"] != ids["plot"]
        assert all(len(set(found)) == 10 for found in ids.values())
        assert by["mood"]["item"]["title"] == "Heat"
        assert by["mood"]["item"]["id"] not in ids["mood"]

    def test_similar_asks_which_one(self, shell: Shell) -> None:
        done = shell("similar", "The Lion King")
        assert done.code == 2
        assert done.is_one_sentence("1994", "2019", "say which")

    def test_similar_takes_a_year(self, shell: Shell) -> None:
        assert shell("similar", "The Lion King (2019)", "--json").data["item"]["year"] == 2019

    def test_similar_refuses_what_is_not_there(self, shell: Shell) -> None:
        done = shell("similar", "Zorblax the Unheard Of")
        assert done.code == 2
        assert done.is_one_sentence("'Zorblax the Unheard Of'")

    def test_described_things_can_be_added_and_found(self, shell: Shell, tmp_path: Path) -> None:
        story = tmp_path / "the long walk home.txt"
        story.write_text(
            "A lighthouse keeper adopts a stranded walrus; the village laughs, then helps. "
            "A gentle, funny story about loneliness and friendship by the sea.",
            encoding="utf-8",
        )
        added = shell("describe", str(story), "--add", "--json").data
        assert added["provenance"]["how"] == "derived"
        assert added["added"]["title"] == "the long walk home"
        assert shell("catalogue", "--json").data["sources"] == {"starter": 1536, "added": 1}
        assert shell("describe", str(story), "--add", "--json").data["added"] == added["added"]
        found = shell("similar", "the long walk home", "--json").data
        assert found["item"]["id"] == added["added"]["id"]

    def test_describe_refuses_what_is_no_text(self, shell: Shell, tmp_path: Path) -> None:
        (tmp_path / "a.bin").write_bytes(bytes(range(256)))
        for name, says in [("a.bin", "not text"), ("b.txt", "no file"), (".", "folder")]:
            done = shell("describe", str(tmp_path / name))
            assert done.code == 2
            assert done.is_one_sentence(says)

    def test_describe_reads_stdin(self, shell: Shell) -> None:
        text = b"Two thieves plan one last robbery of a bank, and a policeman waits for them."
        done = shell("describe", "-", "--json", stdin=text)
        assert done.data["mood_tags"]
        assert done.data["genres"]
        assert shell("describe", "-", "--add", stdin=text).is_one_sentence("--title")

    def test_catalogue_counts(self, shell: Shell) -> None:
        summary = shell("catalogue", "--json").data
        assert summary["items"] == 1536
        assert summary["bytes"] > 0
        assert "1,536" in shell("catalogue").out

    def test_doctor_finds_a_working_place(self, shell: Shell) -> None:
        done = shell("doctor", "--json")
        assert done.code == 0
        states = {check["name"]: check["state"] for check in done.data["checks"]}
        assert states["catalogue"] == states["data folder"] == "ok"
        assert done.data["usable"] is True

    def test_debug_shows_the_traceback(self, shell: Shell) -> None:
        with pytest.raises(UnknownItem, match="Zorblax"):
            shell("similar", "Zorblax", "--debug")


class TestWrongUse:
    """What needs no data folder."""

    @pytest.mark.parametrize(
        "arguments",
        [
            ["frobnicate"], ["ask"], ["similar", "Heat", "--by", "colour"], ["ask", "--what", "x"],
            ["similar", "Heat", "--count", "0"], ["bench", "everything"], ["eval", "taste"],
        ],
    )  # fmt: skip
    def test_wrong_use_is_code_2(self, shell: Shell, arguments: list[str]) -> None:
        done = shell(*arguments)
        assert done.code == 2
        assert done.is_one_sentence("moodreel --help")

    def test_help_and_version(self, shell: Shell) -> None:
        assert shell("--version").out.startswith("moodreel ")
        for command in ("ask", "chat", "similar", "describe", "catalogue", "doctor", "bench"):
            assert command in shell("--help").out
            assert shell(command, "--help").code == 0


class TestDataFolder:
    """A data folder that can't be used gets one sentence, and nothing in it is lost."""

    def test_a_second_process_is_told_what_to_do(self, shell: Shell, home: Path) -> None:
        held = open_catalogue(home)
        try:
            for command in (["ask", "hi"], ["catalogue"], ["similar", "Heat"], ["chat"]):
                done = shell(*command)
                assert done.code == 1
                assert done.is_one_sentence(str(home))
            assert shell("doctor").code == 1
        finally:
            held.close()
        assert shell("catalogue").code == 0

    def test_a_file_in_its_place(
        self, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place = tmp_path / "file"
        place.write_text("mine", encoding="utf-8")
        monkeypatch.setenv("MOODREEL_HOME", str(place))
        done = shell("ask", "hi")
        assert done.code == 1
        assert done.is_one_sentence(str(place), "MOODREEL_HOME")
        assert shell("doctor").code == 1
        assert place.read_text(encoding="utf-8") == "mine"

    @pytest.mark.parametrize("content", [b"", b"{", b"\x00" * 64], ids=["empty", "cut", "zeros"])
    def test_a_broken_manifest(self, shell: Shell, home: Path, content: bytes) -> None:
        manifest = home / "catalogue" / "manifest.json"
        manifest.write_bytes(content)
        done = shell("ask", "hi")
        assert done.code == 1
        assert done.is_one_sentence(str(home / "catalogue"), "delete")
        assert shell("doctor").code == 1

    def test_truncated_storage(self, shell: Shell, home: Path) -> None:
        files = [p for p in (home / "catalogue" / "shard").rglob("*") if p.is_file()]
        for path in files:
            os.truncate(path, path.stat().st_size // 2)
        done = shell("ask", "hi")
        assert done.code == 1
        assert done.is_one_sentence(str(home / "catalogue"))

    def test_broken_conversations(self, shell: Shell, home: Path) -> None:
        (home / "conversations.sqlite").write_bytes(b"no database " * 100)
        done = shell("ask", "hi")
        assert done.code == 1
        assert done.is_one_sentence("conversations.sqlite")

    def test_contradicting_settings(self, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MOODREEL_PICKS", "many")
        done = shell("ask", "hi")
        assert done.code == 2
        assert done.is_one_sentence("MOODREEL_PICKS")
        assert shell("doctor").code == 1

    def test_a_killed_build_is_done_again(self, shell: Shell, tmp_path: Path) -> None:
        place = tmp_path / "home"
        building = subprocess.Popen(
            [sys.executable, "-m", "moodreel", "catalogue"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 30
        while not list(place.glob("catalogue*/")) and time.monotonic() < end:
            time.sleep(0.01)
        building.send_signal(signal.SIGKILL)
        building.wait()
        done = shell("catalogue", "--json")
        assert done.code == 0
        assert done.data["items"] == 1536
