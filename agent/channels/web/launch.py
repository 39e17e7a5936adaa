"""Serving the page: one process, one event loop, one agent."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

# Before Gradio is imported: it would tell its makers.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
import uvicorn
from fastapi import FastAPI

from ....ingest.catalogue import Progress
from ...companion import MovieAgent
from ...settings import Settings
from .app import page, script
from .desk import Desk

PORT = 7860
_TRIED = 40
LARGEST_FILE = "10mb"


@dataclass(frozen=True)
class Serving:
    """How the page is served: where, and for whom."""

    host: str = "127.0.0.1"
    port: int | None = None
    auth: tuple[str, str] | None = None


def application(desk: Desk, serving: Serving) -> FastAPI:
    """The page with its address for "are you there" as an ASGI application."""
    run = secrets.token_hex(8)

    @asynccontextmanager
    async def opened(_: FastAPI) -> AsyncIterator[None]:
        desk.open()
        yield
        await desk.close()

    server = FastAPI(lifespan=opened, docs_url=None, redoc_url=None, openapi_url=None)

    @server.get("/health")
    async def health() -> dict[str, str]:
        return {"run": run, "state": desk.state().phase}

    return gr.mount_gradio_app(
        server,
        page(desk),
        path="/",
        server_name=serving.host,
        auth=serving.auth,
        footer_links=["api"],
        run_history=False,
        show_error=False,
        max_file_size=LARGEST_FILE,
        ssr_mode=False,
        enable_monitoring=False,
        head=f"<script>{script()}</script>",
    )


async def serve(settings: Settings, serving: Serving, tell: Callable[[str], None]) -> None:
    """Serve until Ctrl-C, or until the agent can't be opened.

    Raises:
        WorkError: the data folder can't be used.
    """

    async def opening(progress: Progress) -> MovieAgent:
        return await MovieAgent.open(settings, progress=progress)

    desk = Desk(opening)
    config = uvicorn.Config(
        application(desk, serving), log_level="critical", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    place = _place(serving)
    serving_task = asyncio.create_task(server.serve([place]))
    tell(f"Moodreel is at http://{serving.host}:{place.getsockname()[1]} (Ctrl-C ends it)")
    await serving_task


def _place(serving: Serving) -> socket.socket:
    place = socket.socket()
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    place.bind((serving.host, serving.port or PORT))
    return place
