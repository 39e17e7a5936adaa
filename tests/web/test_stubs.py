"""Gradio's components without stubs for editors."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

import pytest
from moodreel.agent.channels.web.stubs import no_stubs

COMPONENT = """import gradio as gr


class Mine(gr.Textbox):
    EVENTS = ["change"]
"""


def imported(folder: Path, name: str) -> Path:
    """Import a component of one's own; where its stub would be."""
    file = folder / f"{name}.py"
    file.write_text(COMPONENT, encoding="utf-8")
    import_module(name)
    return file.with_suffix(".pyi")


def test_a_component_gets_no_stub_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    with no_stubs():
        assert inspect.getfile(Path)
        assert not imported(tmp_path, "component_without_stub").exists()
    assert imported(tmp_path, "component_with_stub").exists()
