"""Serving the page: one process, one event loop, one agent."""

from __future__ import annotations

import asyncio
import gc
import os
import secrets
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from ipaddress import ip_address

# Before Gradio is imported, which would report to its makers otherwise.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
# After each event Gradio makes a table of the last 10,000 for a dashboard that isn't served: here
# it keeps one event, and never makes the table.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)

from .stubs import no_stubs

with no_stubs():
    import gradio as gr
import uvicorn
from fastapi import FastAPI

from ....errors import UsageError, WorkError
from ....ingest.catalogue import Progress
from ... import logs
from ...companion import MovieAgent
from ...settings import Settings, load_settings
from ...warming import warm
from . import theme
from .app import head, page
from .desk import Desk, account_secret

PORT = 7860
_TRIED = 40
_SETTLING = 1.0


@dataclass(frozen=True)
class Serving:
    """How the page is served: where, for whom, what besides the page, and files of which size."""

    host: str = "127.0.0.1"
    port: int | None = None
    auth: tuple[str, str] | None = None
    mcp: bool = False
    largest_mb: int = 10


def run(
    *,
    host: str,
    port: int | None,
    auth: str | None,
    mcp: bool,
    opened: bool,
    tell: Callable[[str], None],
) -> None:
    """Serve the page until Ctrl-C.

    Raises:
        UsageError: the options can't be.
        WorkError: the port or the data folder can't be used.
    """
    serving = Serving(host, port, _account(auth), mcp)
    if mcp and find_spec("mcp") is None:
        raise UsageError("MCP needs one more package; get it with: pip install 'moodreel[mcp]'")
    settings = load_settings()
    serving = replace(serving, largest_mb=settings.max_upload_mb)
    logs.follow(settings, "warning")
    with listening(serving) as place:
        asyncio.run(_serve(settings, serving, place, tell, opened=opened))


def _account(auth: str | None) -> tuple[str, str] | None:
    if not auth:
        return None
    name, _, password = auth.partition(":")
    if not name or not password:
        raise UsageError("A name and a password are written like --auth 'ann:her password'.")
    return name, password


def listening(serving: Serving) -> socket.socket:
    """A socket at the port that was asked for, or at the first free one.

    Raises:
        WorkError: the port is taken, or there is no such address here.
    """
    ports = [serving.port] if serving.port else range(PORT, PORT + _TRIED)
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    for port in ports:
        place = socket.socket(family)
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind((serving.host, port))
            place.listen(128)
        except OSError as error:
            place.close()
            problem = error
        else:
            return place
    named = ports[0] if len(ports) == 1 else f"{PORT} to {PORT + _TRIED - 1}"
    raise WorkError(
        f"The page can't be served at {serving.host!r}, port {named}"
        f" ({problem.strerror or problem}); give another --port or --host."
    )


async def _serve(
    settings: Settings,
    serving: Serving,
    place: socket.socket,
    tell: Callable[[str], None],
    *,
    opened: bool,
) -> None:
    """Serve until Ctrl-C, or until the agent turns out not to open."""

    async def opening(progress: Progress) -> MovieAgent:
        agent = await MovieAgent.open(settings, progress=progress)
        warm(agent.catalogue)
        # A command starts without looking for garbage; a server makes some.
        gc.freeze()
        gc.enable()
        return agent

    desk = Desk(
        opening,
        adding=settings.allow_adding or not _shared(serving),
        accounts=account_secret(settings.home) if serving.auth else None,
    )
    application = await asyncio.to_thread(served, desk, serving)
    server = _Server(uvicorn.Config(application, log_level="critical", timeout_graceful_shutdown=1))
    watched = desk.open()
    watched.add_done_callback(lambda task: _gave_up(task, server))
    running = asyncio.create_task(server.serve([place]))
    up = asyncio.create_task(server.up.wait())
    await asyncio.wait([up, running], return_when=asyncio.FIRST_COMPLETED)
    up.cancel()
    # A folder that is in use, say, shows at once: then there is no page to be told of.
    await asyncio.wait([watched, running], timeout=_SETTLING, return_when=asyncio.FIRST_COMPLETED)
    if server.started and not server.should_exit:
        address = f"http://{_named(serving.host)}:{place.getsockname()[1]}"
        tell(f"Moodreel is at {address} (Ctrl-C ends it)")
        if opened:
            webbrowser.open(address)
    await running
    if watched.done() and not watched.cancelled():
        watched.result()


class _Server(uvicorn.Server):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


def _shared(serving: Serving) -> bool:
    """Whether others than the person at this machine may be served."""
    try:
        here = serving.host == "localhost" or ip_address(serving.host).is_loopback
    except ValueError:
        here = False
    return serving.auth is not None or not here


def _gave_up(opening: asyncio.Task[MovieAgent], server: uvicorn.Server) -> None:
    if not opening.cancelled() and opening.exception() is not None:
        server.should_exit = True


def _named(host: str) -> str:
    """The host as it stands in an address."""
    here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - compared, not bound
    return here.get(host, f"[{host}]" if ":" in host else host)


def served(desk: Desk, serving: Serving) -> FastAPI:
    """The page as an ASGI application; ``/health`` tells which run of the server answers."""
    run_id = secrets.token_hex(8)

    @asynccontextmanager
    async def opened(_: FastAPI) -> AsyncIterator[None]:
        desk.open()
        yield
        await desk.close()

    server = FastAPI(lifespan=opened, docs_url=None, redoc_url=None, openapi_url=None)

    @server.get("/health")
    async def health() -> dict[str, str]:
        return {"run": run_id, "state": desk.state().phase}

    demo = page(desk, tools=serving.mcp)
    gr.mount_gradio_app(
        server,
        demo,
        path="/",
        server_name=serving.host,
        auth=serving.auth,
        # The page to log in at has no head of ours, and needs the colours.
        auth_message=f"Moodreel: films by mood, audience and plot{theme.head()}",
        footer_links=["api"],
        run_history=False,
        show_error=False,
        max_file_size=f"{serving.largest_mb}mb",
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=serving.mcp,
        theme=theme.theme(),
        head=head(),
    )
    # Gradio goes on without MCP where that fails, and says nothing.
    if serving.mcp and not demo.mcp_server:
        raise WorkError(f"The tools can't be offered to MCP clients: {demo.mcp_error}")
    return server
