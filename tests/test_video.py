"""Videos by their captions and by their speech: real adapters, with made-up servers and a stub."""

from __future__ import annotations

import gc
import inspect
import json
import threading
import wave
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from moodreel.errors import BadSource, UsageError, VideoFailed, VideoRefused
from moodreel.ingest.sources.record import AS_IT_IS, Record
from moodreel.ingest.video.audio import YtDlpAudio
from moodreel.ingest.video.captions import YouTubeCaptions
from moodreel.ingest.video.hearing import Hearing
from moodreel.ingest.video.polite import Manners, Passing
from moodreel.ingest.video.source import Video
from moodreel.ingest.video.speech import Whisper
from moodreel.ingest.video.transcript import About, Line, Transcript
from moodreel.ingest.video.wanted import Wanted, wanted

from .test_commands import Shell

ID = "dQw4w9WgXcQ"
SAID = "The keeper of the old harbour waits for a boat that will never come back to him."
YOUTUBE = Wanted(f"youtube-{ID}", ID, f"https://www.youtube.com/watch?v={ID}")


def sound(path: Path, seconds: int = 1) -> Path:
    """A silent sound file."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes(b"\0\0" * 8_000 * seconds)
    return path


# --- which video ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        ID, f"https://www.youtube.com/watch?v={ID}", f"https://youtu.be/{ID}?t=5",
        f"youtube.com/watch?list=x&v={ID}", f"https://m.youtube.com/shorts/{ID}",
        f"https://www.youtube.com/embed/{ID}", f"https://music.youtube.com/watch?v={ID}",
    ],
)  # fmt: skip
def test_one_video_has_one_key_however_it_is_given(given: str) -> None:
    assert wanted(given) == YOUTUBE


def test_other_addresses_and_files(tmp_path: Path) -> None:
    one = wanted("https://example.org/talk.mp4")
    assert (one.youtube, one.url) == (None, "https://example.org/talk.mp4")
    first, second = sound(tmp_path / "a.wav"), sound(tmp_path / "b.wav")
    assert wanted(str(first)).key == wanted(str(second)).key != one.key
    assert wanted("https://youtube.com/watch?v=short").youtube is None


@pytest.mark.parametrize(
    "given", ["", "no such file.mp4", "ftp://example.org/x", "a b c", "https://"]
)
def test_what_is_no_video(given: str) -> None:
    with pytest.raises(BadSource, match=r"is no video|is a folder"):
        wanted(given)


# --- manners ----------------------------------------------------------------------------------


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def manners(time: Time) -> Manners:
    return Manners(sleep=time.sleep, now=lambda: time.now)


def test_requests_are_kept_apart(manners: Manners, time: Time) -> None:
    assert [manners.ask(lambda: time.now) for _ in range(3)] == [0.0, 5.0, 10.0]


def test_what_may_pass_is_tried_again_ever_later(manners: Manners, time: Time) -> None:
    left = [Passing("busy"), Passing("busy")]

    def request() -> str:
        if left:
            raise left.pop()
        return "here"

    assert manners.ask(request) == "here"
    assert time.slept[::2] == [10.0, 30.0]
    asked: list[None] = []

    def down() -> None:
        asked.append(None)
        raise Passing("down")

    with pytest.raises(Passing):
        manners.ask(down)
    assert len(asked) == 4


def test_after_a_no_nobody_is_asked_again(manners: Manners, time: Time) -> None:
    asked: list[None] = []

    def request() -> None:
        asked.append(None)
        raise VideoRefused("no")

    for _ in range(3):
        with pytest.raises(VideoRefused, match="no"):
            manners.ask(request)
    assert len(asked) == 1


# --- captions ---------------------------------------------------------------------------------


class Answer:
    """What a made-up server says to `requests`."""

    def __init__(self, text: str, status: int = 200) -> None:
        self.text, self.status_code = text, status

    def json(self) -> Any:
        return json.loads(self.text)

    def raise_for_status(self) -> None:
        import requests  # noqa: PLC0415

        if self.status_code >= 400:
            raise requests.HTTPError(f"{self.status_code} Server Error: x")


class YouTube:
    """A made-up YouTube for youtube-transcript-api: its page, its player, its captions."""

    def __init__(self, *tracks: tuple[str, bool], status: int = 200, player: Any = None) -> None:
        self.headers: dict[str, str] = {}
        self.cookies: dict[str, str] = {}
        self.asked: list[str] = []
        self._status = status
        listed = [
            {"baseUrl": f"https://captions/{code}", "name": {"runs": [{"text": code}]},
             "languageCode": code, "isTranslatable": False, **({"kind": "asr"} if auto else {})}
            for code, auto in tracks
        ]  # fmt: skip
        captions = {"playerCaptionsTracklistRenderer": {"captionTracks": listed}}
        self._player = player or {"playabilityStatus": {"status": "OK"},
                                  **({"captions": captions} if tracks else {})}  # fmt: skip

    def get(self, url: str) -> Answer:
        self.asked.append(url)
        if url.startswith("https://captions/"):
            code = url.rsplit("/", 1)[1]
            return Answer(f'<t><text start="0" dur="2">{code} &amp;lt;b&amp;gt;hi</text></t>')
        return Answer('{"INNERTUBE_API_KEY": "k"}', self._status)

    def post(self, url: str, json: Any) -> Answer:
        self.asked.append(url)
        return Answer(__import__("json").dumps(self._player))


@pytest.mark.parametrize(
    ("tracks", "code", "by"),
    [
        ([("de", False), ("en", False)], "en", "captions on YouTube"),
        ([("en", True), ("en-GB", False)], "en", "captions on YouTube"),
        ([("de", False), ("en", True)], "en", "YouTube's recognition"),
        ([("ja", True), ("fr", False)], "fr", "captions on YouTube"),
    ],
)
def test_captions_are_the_best_there_are(tracks: Any, code: str, by: str) -> None:
    server = YouTube(*tracks)
    found = YouTubeCaptions(server).fetch(YOUTUBE)
    assert found is not None
    assert (found.language, found.by, found.source) == (code, by, "captions")
    assert found.text.endswith("hi")
    assert len(server.asked) == 3


def test_a_video_without_captions() -> None:
    assert YouTubeCaptions(YouTube()).fetch(YOUTUBE) is None


def unplayable(status: str, reason: str) -> dict[str, Any]:
    return {"playabilityStatus": {"status": status, "reason": reason}}


@pytest.mark.parametrize(
    ("server", "error"),
    [
        (YouTube(status=429), VideoRefused),
        (YouTube(status=403), VideoRefused),
        (YouTube(status=503), Passing),
        (YouTube(player=unplayable("ERROR", "This video is unavailable")), BadSource),
        (YouTube(player=unplayable("LOGIN_REQUIRED", "Sign in to confirm you’re not a bot")),
         VideoRefused),
        (YouTube(player=unplayable("ERROR", "gone")), VideoFailed),
    ],
)  # fmt: skip
def test_what_youtube_may_say_instead(server: YouTube, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        YouTubeCaptions(server).fetch(YOUTUBE)
    assert type(raised.value) is error
    assert "\n" not in str(raised.value)


def test_no_connection_may_pass() -> None:
    class Down(YouTube):
        def get(self, url: str) -> Answer:
            raise ConnectionError("no route")

    with pytest.raises(Passing, match="check the network"):
        YouTubeCaptions(Down()).fetch(YOUTUBE)


# --- sound ------------------------------------------------------------------------------------


class Files(BaseHTTPRequestHandler):
    """Serves one file, in ranges where asked, or a status."""

    content: ClassVar[bytes] = b""
    ranges: ClassVar[list[str | None]] = []

    def do_HEAD(self) -> None:
        self._begin()

    def do_GET(self) -> None:
        body = self._begin()
        if body:
            self.wfile.write(body)

    def _begin(self) -> bytes:
        status = int(self.path.split("/")[1]) if self.path.split("/")[1].isdigit() else 200
        asked = self.headers.get("Range")
        if self.command == "GET":
            self.ranges.append(asked)
        first = int(asked.split("=")[1].split("-")[0]) if asked else 0
        body = self.content[first:] if status == 200 else b""
        self.send_response(206 if asked and status == 200 else status)
        self.send_header("Content-Type", "audio/wav")
        self.send_header("Content-Length", str(len(body)))
        whole = len(self.content)
        if asked and status == 200:
            self.send_header("Content-Range", f"bytes {first}-{whole - 1}/{whole}")
        self.end_headers()
        return body

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def files(tmp_path: Path) -> Iterator[str]:
    Files.content = sound(tmp_path / "served.wav", 3).read_bytes()
    Files.ranges = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_sound_of_an_address_is_fetched(files: str, tmp_path: Path) -> None:
    audio = YtDlpAudio({"ratelimit": None})
    found, about = audio.fetch(f"{files}/harbour.wav", tmp_path / "kept")
    assert found.read_bytes() == Files.content
    assert "harbour" in about.title
    assert audio.about(f"{files}/harbour.wav").title == about.title


def test_a_part_of_a_sound_is_gone_on_with(files: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "sound.wav.part").write_bytes(Files.content[:10_000])
    found, _ = YtDlpAudio({"ratelimit": None}).fetch(f"{files}/harbour.wav", kept)
    assert found.read_bytes() == Files.content
    assert "bytes=10000-" in Files.ranges


@pytest.fixture
def collected() -> Iterator[None]:
    """Has what a test leaves behind collected before the next one begins."""
    yield
    gc.collect()


@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket")  # yt-dlp leaves it open
@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize(
    ("status", "error"),
    [(403, VideoRefused), (429, VideoRefused), (404, BadSource), (503, Passing)],
)
def test_what_a_server_may_say_instead(
    files: str, tmp_path: Path, status: int, error: type[Exception]
) -> None:
    with pytest.raises(error) as raised:
        YtDlpAudio().fetch(f"{files}/{status}/harbour.wav", tmp_path)
    assert type(raised.value) is error


def test_nobody_answers(tmp_path: Path) -> None:
    with pytest.raises(Passing, match="network"):
        YtDlpAudio().fetch("http://127.0.0.1:9/x.wav", tmp_path)


# --- speech -----------------------------------------------------------------------------------


class StubModel:
    """Hears one line a second; has the interface of `faster_whisper.WhisperModel`."""

    calls: ClassVar[list[dict[str, Any]]] = []
    dies_after: ClassVar[int | None] = None

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def transcribe(self, audio: str, **options: Any) -> tuple[Iterator[Any], Any]:
        from faster_whisper.transcribe import Segment, TranscriptionInfo  # noqa: PLC0415

        self.calls.append(options)
        with wave.open(audio) as file:
            length = file.getnframes() // file.getframerate()
        first = int(options.get("clip_timestamps", [0])[0])

        def heard() -> Iterator[Any]:
            for second in range(first, length):
                if second == self.dies_after:
                    raise KeyboardInterrupt
                yield Segment(second, 0, second, second + 1, f" {SAID} {second}", [], 0.0, 1.0,
                              0.0, None, 0.0)  # fmt: skip

        return heard(), TranscriptionInfo("en", 0.9, float(length), float(length), None, None, None)


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> type[StubModel]:
    faster_whisper = pytest.importorskip("faster_whisper", reason="speech takes the extra video")
    monkeypatch.setattr(faster_whisper, "WhisperModel", StubModel)
    StubModel.calls, StubModel.dies_after = [], None
    return StubModel


def test_the_stub_is_called_as_the_real_model_can_be(stub: type[StubModel], tmp_path: Path) -> None:
    from faster_whisper.transcribe import WhisperModel  # noqa: PLC0415

    whisper, file = Whisper("small"), sound(tmp_path / "a.wav", 3)
    for start in (0.0, 1.0):
        [*whisper.hear(file, start)[2]]
    for options in stub.calls:
        inspect.signature(WhisperModel.transcribe).bind(None, str(file), **options)
    loading = {"compute_type": "int8", "local_files_only": True}
    inspect.signature(WhisperModel.__init__).bind(None, "small", **loading)


def test_a_model_that_is_not_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("faster_whisper", reason="speech takes the extra video")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    for name in ("small", "no such model", str(tmp_path)):
        with pytest.raises(UsageError, match="--download") as raised:
            Whisper(name).ready()
        assert repr(name) in str(raised.value)


# --- stage by stage ---------------------------------------------------------------------------


class Server:
    """Has captions and sound of every video, or of none; counts what it is asked for."""

    def __init__(self, captions: str | None = None, error: Exception | None = None) -> None:
        self.captions, self.error = captions, error
        self.asked: list[str] = []

    def fetch(self, *given: Any) -> Any:
        self.asked.append("sound" if len(given) == 2 else "captions")
        if len(given) == 2:
            folder = given[1]
            return sound(folder / "sound.wav", 5), About(title="The Harbour (2019)", seconds=5.0)
        if self.error:
            raise self.error
        if self.captions is None:
            return None
        lines = (Line(start=0, end=1, text=self.captions),) * 2
        return Transcript(
            key=given[0].key, language="en", source="captions", by="a person", lines=lines
        )

    def about(self, url: str) -> About:
        self.asked.append("about")
        return About(title="The Harbour (2019)", seconds=125.0)


def hearing(home: Path, server: Server, manners: Manners) -> Hearing:
    return Hearing(
        home,
        captions=lambda: server,
        audio=lambda: server,
        speech=lambda: Whisper("small"),
        manners=manners,
    )


def item_of(place: Path) -> Record:
    (one,) = Video().records(place, AS_IT_IS)
    assert isinstance(one, Record)
    return one


def test_captions_go_before_speech_and_are_asked_for_once(tmp_path: Path, manners: Manners) -> None:
    server = Server(SAID)
    first = hearing(tmp_path, server, manners).transcript(YOUTUBE)
    again = hearing(tmp_path, server, manners).transcript(YOUTUBE)
    assert first == again
    assert server.asked == ["captions", "about"]
    one = item_of(hearing(tmp_path, server, manners).place(YOUTUBE))
    assert (one.title, one.year, one.runtime_min, one.language) == ("The Harbour", 2019, 2, "en")
    assert one.text == SAID


@pytest.mark.usefixtures("stub")
def test_without_captions_the_sound_is_listened_to(tmp_path: Path, manners: Manners) -> None:
    server = Server()
    found = hearing(tmp_path, server, manners).transcript(YOUTUBE)
    assert server.asked == ["captions", "sound"]
    assert (found.source, found.by, len(found.lines)) == ("speech", "faster-whisper small", 5)


def test_listening_goes_on_where_it_was_killed(
    tmp_path: Path, manners: Manners, stub: type[StubModel]
) -> None:
    whole = hearing(tmp_path / "whole", Server(), manners).transcript(YOUTUBE)
    server, stub.dies_after = Server(), 3
    with pytest.raises(KeyboardInterrupt):
        hearing(tmp_path, server, manners).transcript(YOUTUBE)
    heard = tmp_path / "videos" / YOUTUBE.key / "heard.jsonl"
    heard.write_text(f'{heard.read_text()}{{"start": 3.0, "en', encoding="utf-8")
    stub.dies_after = None
    again = hearing(tmp_path, server, manners).transcript(YOUTUBE)
    assert again == whole
    assert server.asked == ["captions", "sound", "captions"]
    assert stub.calls[-1] == {"language": "en", "clip_timestamps": [3.0]}


@pytest.mark.usefixtures("stub")
def test_a_file_of_ones_own_asks_nobody(tmp_path: Path, manners: Manners) -> None:
    server = Server(SAID)
    file = wanted(str(sound(tmp_path / "My Talk (2021).wav", 2)))
    works = hearing(tmp_path, server, manners)
    assert works.transcript(file).source == "speech"
    assert server.asked == []
    one = item_of(works.place(file))
    assert (one.title, one.year) == ("My Talk", 2021)


@pytest.mark.parametrize("error", [VideoRefused("no"), BadSource("no"), VideoFailed("no")])
def test_a_no_is_a_no(tmp_path: Path, manners: Manners, error: Exception) -> None:
    server = Server(error=error)
    works = hearing(tmp_path, server, manners)
    with pytest.raises(type(error)):
        works.transcript(YOUTUBE)
    assert server.asked == ["captions"]
    assert not works.place(YOUTUBE).exists()


def test_what_is_not_a_sound_is_named(
    tmp_path: Path, stub: type[StubModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.mp3"
    broken.write_bytes(b"no sound")
    monkeypatch.setattr(stub, "transcribe", _refusing)
    with pytest.raises(VideoFailed, match="no sound that can be read"):
        Whisper("small").hear(broken)


def _refusing(self: Any, audio: str, **_: Any) -> Any:
    import av  # noqa: PLC0415

    return av.open(audio)


# --- the command ------------------------------------------------------------------------------


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(capsys, monkeypatch)


@pytest.mark.usefixtures("stub")
def test_the_command_makes_items_of_files(shell: Shell, home: Path, tmp_path: Path) -> None:
    assert home.exists()
    files = [str(sound(tmp_path / f"Talk {n}.wav", n)) for n in (2, 3)]
    done = shell("ingest", "video", *files, "--json")
    assert [each["title"] for each in done.data["videos"]] == ["Talk 2", "Talk 3"]
    assert {each["by"] for each in done.data["videos"]} == {"faster-whisper small"}
    again = shell("ingest", "video", *files, "--json")
    assert [each["id"] for each in again.data["videos"]] == [
        each["id"] for each in done.data["videos"]
    ]
    assert shell("catalogue", "--json").data["sources"]["video"] == 2


def test_wrong_use_is_a_sentence(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    assert shell("ingest", "video", "nothing here").is_one_sentence("is no video")
    missing = shell("ingest", "video", str(sound(tmp_path / "a.wav")))
    assert missing.code == 2
    assert "--download" in missing.err
    assert shell("ingest", "video", ID, ID, "--title", "One").is_one_sentence("one by one")


def test_speech_that_was_made_is_heard(tmp_path: Path) -> None:
    """Only where a model of faster-whisper and espeak-ng are; neither is fetched for a test."""
    import shutil  # noqa: PLC0415
    import subprocess  # noqa: PLC0415

    espeak = shutil.which("espeak-ng")
    if espeak is None:
        pytest.skip("espeak-ng is not installed")
    whisper = Whisper("tiny")
    try:
        whisper.ready()
    except UsageError as missing:
        pytest.skip(str(missing))
    file = tmp_path / "said.wav"
    subprocess.run([espeak, "-w", str(file), SAID], check=True)
    text = " ".join(line.text for line in whisper.hear(file)[2]).lower()
    assert sum(word in text for word in ("keeper", "harbour", "boat", "back")) >= 2
