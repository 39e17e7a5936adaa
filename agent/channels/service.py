"""Running a bot until it is stopped, for the commands that serve others."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any


async def serve(work: Coroutine[Any, Any, None]) -> None:
    """Run a service until it ends, or until SIGTERM (how services are stopped) cancels it."""
    # A command starts without looking for garbage; a server makes some.
    gc.freeze()
    gc.enable()
    serving = asyncio.create_task(work)
    if sys.platform != "win32":  # There is no such signal.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
    with suppress(asyncio.CancelledError):
        await serving
