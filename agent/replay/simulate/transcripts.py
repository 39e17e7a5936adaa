"""Dialogues to read, and as scripts that play the same turns again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import isfinite
from pathlib import Path

import yaml

from ....ingest.catalogue import Catalogue
from ..script import Press, Script, ScriptTurn
from .session import Group
from .stage import Beat, Dialogue


def worst_first(dialogues: Iterable[Dialogue]) -> list[Dialogue]:
    """Dialogues without success first, among them those that moved farthest from the taste."""
    return sorted(dialogues, key=lambda each: (each.pleased is not None, -_drift(each)))


def _drift(dialogue: Dialogue) -> float:
    away = [beat.outlook.distance for beat in dialogue.beats if isfinite(beat.outlook.distance)]
    return away[-1] - away[0] if away else 0.0


def transcript(dialogue: Dialogue, catalogue: Catalogue) -> str:
    """A dialogue in plain text: what was meant and said, understood and shown."""
    taste = dialogue.taste
    wants = catalogue.get(sorted(taste.hidden)[:12])
    head = [
        f"# {taste.name}, {dialogue.temperament}, {'picky' if dialogue.picky else 'easy'}",
        f"# hidden: {'; '.join(item.label for item in wants.values())}",
        "# wants: " + ", ".join(f"{axis} {degree:.1f}" for axis, degree in taste.axes.items()),
        f"# {f'pleased in turn {dialogue.lists.pleased_in}' if dialogue.pleased else 'no success'}",
    ]
    return "\n".join([*head, *(_lines(beat) for beat in dialogue.beats), ""])


def _lines(beat: Beat) -> str:
    picks = "; ".join(f"{pick.title} ({pick.year})" for pick in beat.reply.picks)
    after = beat.outlook
    lines = [
        f"> {beat.said}    <{beat.move.kind}>",
        f"  [{' '.join(beat.reply.understood)}]" if beat.reply.understood else "",
        f"  {picks}" if picks else f"  {beat.reply.text}",
        f"  ? {beat.reply.question}" if beat.reply.question else "",
        f"  recall@50 {after.recall:.2f}, distance {after.distance:.2f}",
    ]
    return "\n".join(line for line in lines if line)


def write_transcripts(groups: Sequence[Group], catalogue: Catalogue, file: Path) -> None:
    """All dialogues of all groups into one file, the worst of each group first."""
    texts = [
        transcript(dialogue, catalogue)
        for group in groups
        for dialogue in worst_first(group.dialogues)
    ]
    file.write_text("\n".join(texts), encoding="utf-8")


def as_script(dialogue: Dialogue, catalogue: Catalogue) -> Script:
    """The person's side of a dialogue; what is promised is checked on every answer."""
    return Script(
        scenario=f"{dialogue.taste.name}, {dialogue.temperament}",
        tags=("simulated", dialogue.taste.kind, dialogue.temperament.replace(" ", "-")),
        turns=tuple(_turn(beat, catalogue) for beat in dialogue.beats),
    )


def _turn(beat: Beat, catalogue: Catalogue) -> ScriptTurn:
    press = beat.move.press
    if press is None:
        return ScriptTurn(user=beat.move.words)
    if not press.item:
        return ScriptTurn(press=press)
    label = catalogue.get([press.item])[press.item].label
    return ScriptTurn(press=Press(act=press.act, item=label, dimension=press.dimension))


def write_scripts(groups: Sequence[Group], catalogue: Catalogue, folder: Path) -> None:
    """One script a dialogue; a file of the same name is written over."""
    folder.mkdir(parents=True, exist_ok=True)
    for group in groups:
        for dialogue in group.dialogues:
            name = f"{group.name}-{dialogue.taste.name}"
            plain = as_script(dialogue, catalogue).model_dump(mode="json", exclude_defaults=True)
            text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100)
            (folder / f"{re.sub(r'[^a-z0-9-]+', '-', name)}.yaml").write_text(text, "utf-8")
