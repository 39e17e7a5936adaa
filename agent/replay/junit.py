"""A report as JUnit XML, which Jenkins, GitLab and GitHub actions read."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import PurePath

from .failures import failures, transcript
from .result import Report, RunResult, ScriptResult

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold, however it is written."""


def junit(report: Report) -> bytes:
    """The XML: a suite for each file, a case for each run of a script.

    A run that failed a check is a ``failure``, one that could not be played an ``error``, a known
    failure is ``skipped``; one that passes is a case like others, for nothing failed. What XML
    can't hold is replaced.
    """
    suites = [
        _suite(number, file, list(scripts), report)
        for number, (file, scripts) in enumerate(groupby(report.scripts, key=lambda s: s.file))
    ]
    root = ET.Element("testsuites", name="moodreel replay", time=_seconds(report.seconds))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    root.extend(suites)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _suite(number: int, file: str, scripts: Sequence[ScriptResult], report: Report) -> ET.Element:
    cases = [_case(script, run) for script in scripts for run in script.runs]
    spent = sum(run.seconds for script in scripts for run in script.runs)
    suite = ET.Element(
        "testsuite",
        name=_safe(file),
        id=str(number),
        tests=str(len(cases)),
        failures=_count(cases, "failure"),
        errors=_count(cases, "error"),
        skipped=_count(cases, "skipped"),
        time=_seconds(spent),
        timestamp=report.started[:19],
        hostname="localhost",
    )
    properties = ET.SubElement(suite, "properties")
    told = {"moodreel": report.moodreel, "engine": report.engine, "model": report.model}
    for name, value in told.items():
        ET.SubElement(properties, "property", name=name, value=_safe(value))
    suite.extend(cases)
    return suite


def _case(script: ScriptResult, run: RunResult) -> ET.Element:
    again = f" (run {run.number})" if len(script.runs) > 1 else ""
    case = ET.Element(
        "testcase",
        name=_safe(f"{script.scenario}{again}"),
        classname=_safe(_class(script.file)),
        time=_seconds(run.seconds),
    )
    said = "\n".join(str(each) for each in failures(run))
    if not run.passed and script.known_failure:
        ET.SubElement(case, "skipped", message=_safe(f"known failure: {script.known_failure}"))
    elif not run.passed:
        kind = "error" if run.error else "failure"
        first = said.partition("\n")[0]
        ET.SubElement(case, kind, type=kind, message=_safe(first)).text = _safe(said)
    ET.SubElement(case, "system-out").text = _safe(transcript(run))
    return case


def _class(file: str) -> str:
    """A file as a dotted name, by which CI systems group cases."""
    parts = PurePath(file).with_suffix("").parts
    return ".".join(part for part in parts if part.strip("./\\"))


def _count(cases: Iterable[ET.Element], kind: str) -> str:
    return str(sum(case.find(kind) is not None for case in cases))


def _seconds(spent: float) -> str:
    return f"{spent:.3f}"


def _safe(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
