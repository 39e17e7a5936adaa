"""What a scripted server refuses because the model named was not made for it."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from .scripted_shapes import ScriptedModel

Json = dict[str, Any]


def unfit(model: ScriptedModel, body: Json) -> tuple[int, str] | None:
    """Why a chat can't be had with a model; status and error text."""
    lacking = _lacking(model, body)
    if lacking:
        return lacking
    wanted = body.get("format") or "json"
    if wanted != "json" and not isinstance(wanted, dict):
        return 400, 'invalid format: expected "json" or a JSON schema'
    try:
        for image in _images(body):
            base64.b64decode(image, validate=True)
    except binascii.Error:
        return 400, "illegal base64 data at input byte 0"
    return None


def _lacking(model: ScriptedModel, body: Json) -> tuple[int, str] | None:
    """What is asked for that the model was not made for; status and error text."""
    if "completion" not in model.capabilities:
        return 400, f'"{model.name}" does not support chat'
    if body.get("think") and "thinking" not in model.capabilities:
        return 400, f'"{model.name}" does not support thinking'
    if body.get("tools") and "tools" not in model.capabilities:
        return 400, f"registry.ollama.ai/library/{model.name} does not support tools"
    if _images(body) and "vision" not in model.capabilities:
        return 500, "this model is missing data required for image input"
    return None


def _images(body: Json) -> list[str]:
    return [one for each in body.get("messages") or [] for one in each.get("images") or []]
