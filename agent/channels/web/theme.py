"""Gradio's theme out of the variables of ``page.css``, and that stylesheet for the page's head."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import gradio as gr

# Names only, no files: Gradio would fetch fonts from elsewhere for its own defaults.
_FONTS = ("system-ui", "-apple-system", "'Segoe UI'", "Roboto", "'Noto Sans'", "sans-serif")
_MONO = ("ui-monospace", "Menlo", "Consolas", "'DejaVu Sans Mono'", "monospace")

_COLOURS = {
    "body_background_fill": "ground",
    "body_text_color": "text",
    "body_text_color_subdued": "muted",
    "background_fill_primary": "surface",
    "background_fill_secondary": "raised",
    "block_background_fill": "surface",
    "block_border_color": "line",
    "block_label_background_fill": "raised",
    "block_label_border_color": "line",
    "block_label_text_color": "muted",
    "block_title_text_color": "text",
    "block_info_text_color": "muted",
    "panel_background_fill": "raised",
    "panel_border_color": "line",
    "border_color_primary": "line",
    "border_color_accent": "accent",
    "border_color_accent_subdued": "line",
    "color_accent_soft": "soft",
    "link_text_color": "accent",
    "link_text_color_active": "accent-strong",
    "link_text_color_hover": "accent-strong",
    "link_text_color_visited": "accent",
    "input_background_fill": "surface",
    "input_background_fill_focus": "surface",
    "input_background_fill_hover": "surface",
    "input_border_color": "edge",
    "input_border_color_focus": "accent",
    "input_border_color_hover": "muted",
    "input_placeholder_color": "muted",
    "checkbox_background_color": "surface",
    "checkbox_background_color_selected": "accent",
    "checkbox_border_color": "edge",
    "checkbox_border_color_selected": "accent",
    "checkbox_label_background_fill": "surface",
    "checkbox_label_background_fill_hover": "raised",
    "checkbox_label_background_fill_selected": "soft",
    "checkbox_label_border_color": "edge",
    "checkbox_label_text_color": "text",
    "checkbox_label_text_color_selected": "text",
    "slider_color": "accent",
    "accordion_text_color": "text",
    "table_text_color": "text",
    "table_border_color": "line",
    "table_even_background_fill": "surface",
    "table_odd_background_fill": "raised",
    "table_row_focus": "soft",
    "button_primary_background_fill": "accent",
    "button_primary_background_fill_hover": "accent-strong",
    "button_primary_border_color": "accent",
    "button_primary_text_color": "on-accent",
    "button_primary_text_color_hover": "on-accent",
    "button_secondary_background_fill": "surface",
    "button_secondary_background_fill_hover": "raised",
    "button_secondary_border_color": "edge",
    "button_secondary_border_color_hover": "muted",
    "button_secondary_text_color": "text",
    "button_secondary_text_color_hover": "text",
    "button_cancel_background_fill": "surface",
    "button_cancel_background_fill_hover": "raised",
    "button_cancel_border_color": "warn",
    "button_cancel_text_color": "warn",
    "button_cancel_text_color_hover": "warn",
    "error_background_fill": "surface",
    "error_border_color": "warn",
    "error_text_color": "warn",
    "error_icon_color": "warn",
    "loader_color": "accent",
}
"""What of Gradio's has which of our colours, in light and dark alike."""

_SHAPES = {
    "color_accent": "var(--mr-accent)",
    "block_radius": "10px",
    "button_border_width": "1px",
    "button_large_radius": "var(--mr-corner)",
    "button_medium_radius": "var(--mr-corner)",
    "button_small_radius": "var(--mr-corner)",
    "button_primary_shadow": "none",
    "button_secondary_shadow": "none",
    "block_shadow": "none",
    "input_border_width": "1px",
    "input_shadow": "none",
    "input_shadow_focus": "none",
    "input_radius": "var(--mr-corner)",
}


def theme() -> gr.themes.Base:
    """Gradio's plainest theme in our colours and the system's own fonts."""
    base = gr.themes.Base(font=_FONTS, font_mono=_MONO)
    ours = {name: f"var(--mr-{colour})" for name, colour in _COLOURS.items()}
    dark = {f"{name}_dark": value for name, value in ours.items()}
    shapes = {f"{name}{mode}": value for name, value in _SHAPES.items() for mode in _modes(name)}
    return base.set(**ours, **dark, **shapes)


def _modes(name: str) -> tuple[str, ...]:
    """Radii and the like are the same in dark mode; shadows have a value of their own there."""
    return ("", "_dark") if "shadow" in name else ("",)


@cache
def stylesheet() -> str:
    """The text of ``page.css``."""
    return (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def head() -> str:
    """The stylesheet as an element for the page's head.

    Not given to Gradio as ``css``: it takes such rules apart, and drops those that ask for the
    width of their container.
    """
    return f"<style>{stylesheet()}</style>"
