"""The whole page: its head, the overview, and every script."""

from __future__ import annotations

from importlib.resources import files

from ...channels.web.plain import plain
from ..compare import Comparison, keyed
from ..result import Report
from .changes import changes_overview
from .marks import kind_of
from .overview import header, overview
from .scripts import script_html

_SHOWN = {"all": "All", "failed": "Failed", "known": "Known failures", "changed": "Changed"}


def report_html(report: Report, comparison: Comparison | None = None) -> str:
    """One self-contained page about a report, and where one is given, how it differs from another.

    Everything that was said by anybody is escaped. Filters, disclosures and printing work
    without JavaScript; only searching needs it.
    """
    changed = comparison.by_key if comparison else {}
    scripts = "".join(
        script_html(number, script, changed.get(key))
        for number, (key, script) in enumerate(keyed(report.scripts).items(), 1)
    )
    return (
        f"{_head(report)}<body>{header(report)}<main>{overview(report)}"
        f"{changes_overview(comparison) if comparison else ''}"
        f'<section aria-labelledby="scripts"><h2 id="scripts">Scripts</h2>'
        f"{_filters(report, comparison)}{scripts}</section></main>"
        f"<script>{_file('report.js')}</script></body></html>\n"
    )


def _head(report: Report) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>Moodreel replay, {plain(report.started)}</title>"
        f"<style>{_file('report.css')}</style></head>"
    )


def _filters(report: Report, comparison: Comparison | None) -> str:
    """Which scripts to show: radio buttons that the stylesheet reads, and a box for the script."""
    outcomes = [kind_of(script) for script in report.scripts]
    counts = {
        "all": len(outcomes),
        "failed": outcomes.count("failed"),
        "known": outcomes.count("known") + outcomes.count("fixed"),
        "changed": len(comparison.changed) if comparison else 0,
    }
    offered = [name for name in _SHOWN if name != "changed" or comparison]
    radios = "".join(_radio(name, counts[name]) for name in offered)
    return (
        '<form class="filters" autocomplete="off"><fieldset><legend class="hidden">Scripts to show'
        f'</legend>{radios}</fieldset><label class="search" hidden><span class="hidden">Search'
        '</span><input type="search" placeholder="Search words, films, tags"></label>'
        '<button type="button" class="fold" hidden>Open all</button>'
        '<p class="shown" role="status"></p></form>'
    )


def _radio(name: str, count: int) -> str:
    state = " checked" if name == "all" else "" if count else " disabled"
    return (
        f'<label><input type="radio" name="show" id="show-{name}" value="{name}"{state}>'
        f"<span>{_SHOWN[name]} <b>{count}</b></span></label>"
    )


def _file(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
