"""The five tools of the agent as endpoints, which Gradio's MCP server offers as MCP tools."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, cast

import gradio as gr
from gradio.components.api_component import Api
from langchain_core.tools import BaseTool
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from ....errors import UsageError
from ....ingest.catalogue import Catalogue
from ....tools import toolkit
from .api import telling
from .desk import Desk

Json = dict[str, Any]

_LEFT_OUT = {"additionalProperties", "discriminator"}
"""What Gradio can't read (it takes each value for a schema) or what points elsewhere."""


def build(desk: Desk, at_once: int) -> None:
    """Offer every tool of the toolkit under its own name, with the schema that a model reads."""
    # What the tools are called and take is known without a catalogue.
    for tool in toolkit(cast(Catalogue, None)):
        arguments = cast(type[BaseModel], tool.args_schema)
        schema = arguments.model_json_schema()
        fields = _required_first(arguments.model_fields)
        taken = {n: inlined(schema["properties"][n], schema.get("$defs", {})) for n in fields}
        gr.Button(visible=False).click(
            _endpoint(desk, tool, fields),
            [Api(None, each, name) for name, each in taken.items()],
            [Api(None, {}, "answer")],
            api_name=tool.name,
            preprocess=False,
            postprocess=False,
            concurrency_limit=at_once,
        )


def inlined(schema: Any, definitions: Json) -> Any:
    """A part of a JSON schema that stands by itself: its references replaced by what they mean."""
    if isinstance(schema, list):
        return [inlined(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        meant = definitions[schema["$ref"].rpartition("/")[2]]
        return inlined({**meant, **{k: v for k, v in schema.items() if k != "$ref"}}, definitions)
    return {k: inlined(v, definitions) for k, v in schema.items() if k not in _LEFT_OUT}


def _required_first(fields: dict[str, FieldInfo]) -> dict[str, FieldInfo]:
    """The fields in the order that parameters must have."""
    return dict(sorted(fields.items(), key=lambda field: not field[1].is_required()))


def _endpoint(
    desk: Desk, tool: BaseTool, fields: dict[str, FieldInfo]
) -> Callable[..., Awaitable[Any]]:
    """A function that calls the tool, with the signature and the docstring that Gradio reads."""

    async def call(*given: Any) -> Any:
        arguments = {n: v for n, v in zip(fields, given, strict=True) if v is not None}
        agent = await desk.agent()
        mine = next(each for each in toolkit(agent.catalogue) if each.name == tool.name)
        try:
            # As text: Gradio would tell an MCP client of data in Python's notation.
            return await asyncio.to_thread(mine.invoke, arguments)
        except ValidationError as error:
            raise UsageError(_sentence(error)) from None

    endpoint = telling(call)
    endpoint.__name__ = tool.name
    endpoint.__doc__ = _documented(tool.description, fields)
    endpoint.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [_parameter(name, field) for name, field in fields.items()]
    )
    return endpoint


def _parameter(name: str, field: FieldInfo) -> inspect.Parameter:
    default = inspect.Parameter.empty if field.is_required() else None
    return inspect.Parameter(
        name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=Any
    )


def _documented(description: str, fields: dict[str, FieldInfo]) -> str:
    arguments = "\n".join(f"    {name}: {field.description}" for name, field in fields.items())
    return f"{description}\n\nArgs:\n{arguments}"


def _sentence(error: ValidationError) -> str:
    """What is wrong with the arguments, for a model to mend."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"The argument {where!r} can't be used ({first['msg']}); mend it and call again."
