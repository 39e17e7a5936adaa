"""Moodreel behind FastAPI, streaming server-sent events.

    pip install moodreel fastapi uvicorn
    uvicorn examples.fastapi_sse:app
    curl -N 'http://127.0.0.1:8000/turn?conversation=ann&message=something+warm'

Each event has the kind of the step as its name and the step as JSON (docs/events.schema.json).
Put your own sign-in in front: whoever knows the name of a conversation can go on with it.
"""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse
from moodreel import Event, MovieAgent
from moodreel.errors import MoodreelError


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """One agent for the whole program."""
    async with await MovieAgent.open() as agent:
        app.state.agent = agent
        yield


app = FastAPI(lifespan=lifespan)


@app.exception_handler(MoodreelError)
async def refuse(request: Request, error: MoodreelError) -> JSONResponse:
    """Say what can't be done: the sentence is made for people."""
    return JSONResponse({"error": str(error)}, status_code=400)


@app.get("/turn")
async def turn(request: Request, conversation: str, message: str) -> StreamingResponse:
    """Answer one message step by step. A client that leaves ends the turn, and the model's work."""
    events = request.app.state.agent.stream(message, conversation)
    first = await anext(events)  # what is wrong with the message comes before the answer begins

    async def lines() -> AsyncIterator[str]:
        async with aclosing(events):
            yield line(first)
            async for event in events:
                yield line(event)

    return StreamingResponse(lines(), media_type="text/event-stream")


def line(event: Event) -> str:
    """An event as server-sent events are written."""
    return f"event: {event.event}\ndata: {event.model_dump_json(exclude_none=True)}\n\n"
