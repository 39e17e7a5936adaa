"""A conversation as a script that plays it again, with what happened as its expectations."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml
from pydantic import BaseModel

from ...errors import UsageError
from ..edits import Anchor, Attitude, Edit, Forget, History, ItemRef, Reset, Undo
from ..plan import Chat, Recommend, Tell, TurnPlan
from ..profile import Content, TasteProfile
from ..reply import Pick, Reply
from ..sentences import named, sentence
from ..state import Json

_LONGEST_NAME = 80
_WIDTH = 100
_TOP = 3
_UNTOLD: Json = {"given": None, "added": [], "year": None}
_ASIDE = ("words", "embed", "strength")
"""What of an entry no script expects: its words, and how it is searched for."""
_BAD = "# this answer was marked as bad\n"


def as_script(exported: Json, bad: int | None = None) -> str:
    """The script of an exported conversation, as YAML.

    Expected of each answer are its films and which came first, what was understood, asked and
    bent, and what it added to the taste profile: on the same catalogue the script passes.

    Args:
        exported: what `MovieAgent.export` gives.
        bad: the turn whose answer was no good; the script ends there and says so.

    Raises:
        UsageError: its beginning was condensed, there is no turn ``bad``, or a turn is neither
            typed, pressed nor an edit.
    """
    if exported.get("condensed"):
        raise UsageError(
            "The beginning of that conversation was condensed, so it can't be played again; begin a"
            " new one to make a test of it."
        )
    said = [each["text"] for each in exported["dialogue"] if each["role"] == "user"]
    if bad is not None and not 1 <= bad <= len(said):
        raise UsageError(f"There is no turn {bad}; the conversation has {len(said)}.")
    replies = [Reply.model_validate(each) for each in exported["replies"]]
    told = exported.get("taken", [])
    taken = [*[_UNTOLD] * (len(said) - len(told)), *told]
    profile = TasteProfile.model_validate(exported["profile"])
    turns = [
        _turn(words, reply, how, profile)
        for words, reply, how in zip(said[:bad], replies, taken, strict=False)
    ]
    head: Json = {"scenario": _escaped(" ".join(said[0].split())[:_LONGEST_NAME])}
    setup = {"year": taken[0]["year"], "profile": _brought(profile)}
    if any(setup.values()):
        head["setup"] = {name: value for name, value in setup.items() if value}
    return _yaml(head, turns, bad)


def _brought(profile: TasteProfile) -> list[Json]:
    """What the user said in other conversations, which the script begins with."""
    said = [entry.content for entry in profile.entries if entry.turn < 0]
    return [_compact(each, _pointed) for each in said if not isinstance(each, History)]


def _yaml(head: Json, turns: list[Json], bad: int | None) -> str:
    written = [dumped([turn]) for turn in turns]
    if bad is not None:
        written[-1] = _BAD + written[-1]
    return "".join([dumped(head), "turns:\n", *written])


class _Dumper(yaml.SafeDumper):  # type: ignore[misc] # PyYAML has no types
    """Escapes the line breaks of Unicode, which PyYAML would write so that it reads others."""


def _quoted(dumper: _Dumper, text: str) -> yaml.Node:
    style = '"' if re.search("[\x85\u2028\u2029]", text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _quoted)


def dumped(data: object) -> str:
    """Plain data as YAML that `moodreel.agent.replay.yaml_tree` reads as it was."""
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return str(text)


def _turn(words: str, reply: Reply, taken: Json, profile: TasteProfile) -> Json:
    expect = {**_films(reply), **_said(reply)}
    added = [profile.entry(name) for name in taken["added"]]
    if added:
        expect["profile"] = {"has": [_entry(each.content) for each in added if each]}
    return {**_way(words, taken["given"], profile), "expect": expect}


def _films(reply: Reply) -> Json:
    names = [_escaped(_label(pick)) for pick in reply.picks]
    expect: Json = {"count": len(names)}
    if names:
        expect["includes"] = names
        expect["top"] = {"first": min(_TOP, len(names)), "includes": names[:_TOP]}
    return expect


def _label(pick: Pick) -> str:
    return f"{pick.title} ({pick.year})" if pick.year else pick.title


def _said(reply: Reply) -> Json:
    question = (reply.question,) if reply.question else ()
    told = {"understood": reply.understood, "asks": question, "relaxed": reply.relaxed}
    return {name: [_escaped(text) for text in texts] or False for name, texts in told.items()}


def _way(words: str, given: Json | None, profile: TasteProfile) -> Json:
    """How a turn was taken: typed, pressed, or the profile changed by hand."""
    if given is None:
        return {"user": _escaped(words)}
    plan = TurnPlan.model_validate(given)
    press = _press(plan)
    if press:
        return {"press": press}
    if not plan.edits or plan.acts != (Chat(about="noted"),):
        raise UsageError(f"What {words[:40]!r} did can't be put in a script; leave that turn out.")
    return {"edits": [_compact(_called(edit, words, profile), _pointed) for edit in plan.edits]}


def _called(edit: Edit, words: str, profile: TasteProfile) -> Edit:
    """An edit that says what it takes back, where it only has the id of an entry."""
    if edit.words or not isinstance(edit, Forget | Reset | Undo):
        return edit
    entry = profile.entry(edit.entry or "") if isinstance(edit, Forget) else None
    said = f"Forget: {sentence(entry)}" if entry else words
    return edit.model_copy(update={"words": said})


def _press(plan: TurnPlan) -> Json | None:
    """The press that `moodreel.agent.clicks` made this plan of, if any."""
    match plan.edits, plan.acts:
        case (), (Recommend(),):
            return {"act": "recommend"}
        case (), (Tell(topic="why", items=(item,)),):
            return {"act": "why", "item": _named(item)}
        case (Undo(turns=1),), _:
            return {"act": "undo"}
        case (Attitude(item=item, feeling=act, dimension=dimension),), _:
            return _about(act, item, dimension)
        case (Anchor(parts=(part,)),), (Recommend(),):
            return _about("more_like", part.item, part.dimension)
    return None


def _about(act: str, item: ItemRef, dimension: str) -> Json:
    press = {"act": act, "item": _named(item)}
    return press if dimension == "overall" else {**press, "dimension": dimension}


def _entry(content: Content) -> Json:
    """What makes an entry of the profile, its films by name."""
    entry = _compact(content, _named)
    return {name: value for name, value in entry.items() if name not in _ASIDE}


_Film = Callable[[ItemRef], Any]


def _compact(model: BaseModel, film: _Film) -> Json:
    """An edit as JSON without what is as always; ``edit`` and ``limit`` say its kind."""
    kept = {}
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        kind = name in ("edit", "limit") and isinstance(value, str)
        if kind or field.is_required() or value != field.get_default(call_default_factory=True):
            kept[name] = _plain(value, film)
    return kept


def _plain(value: Any, film: _Film) -> Any:
    if isinstance(value, ItemRef):
        return film(value)
    if isinstance(value, BaseModel):
        return _compact(value, film)
    if isinstance(value, tuple):
        return [_plain(each, film) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each, film) for name, each in value.items()}
    return _escaped(value) if isinstance(value, str) else value


def _pointed(item: ItemRef) -> Json:
    """An item as an edit points at it."""
    said = item.model_dump(exclude_none=True)
    return {key: _escaped(each) if isinstance(each, str) else each for key, each in said.items()}


def _named(item: ItemRef) -> str:
    return _escaped(named(item))


def _escaped(text: str) -> str:
    """Text that no parameter is looked for in."""
    return re.sub(r"(\$\{[^{}]*\})", r"$\1", text)
