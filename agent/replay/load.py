"""Scripts from files: found, read, put together, and said what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from ...errors import BadScript
from .expand import expanded
from .include import Source, with_includes
from .script import Script
from .validate import script_of
from .yaml_tree import Listed, Mapped, Place, Tree, read_file

_ENDINGS = (".yaml", ".yml")
_MOST_SAID = 20


@dataclass(frozen=True)
class Loaded:
    """A script and where it came from.

    ``file`` is as it was named, ``folder`` what relative paths in the setup start from.
    """

    script: Script
    file: str
    folder: Path
    tree: Mapped = field(repr=False, compare=False)

    def place(self, *path: str | int) -> Place:
        """Where a key of the script is written, or the nearest that is."""
        tree: Tree = self.tree
        for step in path:
            inside: Tree | None = None
            if isinstance(tree, Mapped):
                inside = tree.entries.get(str(step))
            elif isinstance(tree, Listed) and isinstance(step, int) and step < len(tree.items):
                inside = tree.items[step]
            if inside is None:
                break
            tree = inside
        return tree.place


def load(paths: Sequence[Path | str], only: str = "") -> tuple[Loaded, ...]:
    """The scripts of files and folders, in the order they are named; folders by file name.

    Folders are searched for ``*.yaml`` and ``*.yml``; files whose name begins with ``_`` are
    for includes only.

    Args:
        paths: files and folders.
        only: a pattern (``*``, ``?``) for the scenario, the file's name or path, or a tag as
            ``tag:NAME``; case makes no difference.

    Raises:
        BadScript: a file can't be read or a script played as it is; a line for each problem.
            Or there is no script, or none that fits ``only``.
    """
    loaded: list[Loaded] = []
    problems: list[str] = []
    for path, name in _files([Path(each) for each in paths]):
        try:
            loaded += load_file(path, name)
        except BadScript as error:
            problems += str(error).split("\n")
    if problems:
        more = [f"and {len(problems) - _MOST_SAID} more"] if len(problems) > _MOST_SAID else []
        raise BadScript("\n".join([*problems[:_MOST_SAID], *more]))
    chosen = tuple(each for each in loaded if _fits(each, only))
    if not chosen:
        raise BadScript(f"No script of {len(loaded)} fits {only!r}; see their scenarios and tags.")
    return chosen


def load_file(path: Path, name: str = "") -> tuple[Loaded, ...]:
    """The scripts of one file; ``name`` is what errors call it.

    Raises:
        BadScript: see `load`.
    """
    name = name or path.as_posix()
    source = Source(path, name, _root(path))
    documents = read_file(path, name)
    if not documents:
        raise BadScript(f"{name} holds no script; write one, such as 'scenario: …' and 'turns:'.")
    loaded: list[Loaded] = []
    for document in documents:
        if not isinstance(document, Mapped):
            raise document.place.error("a script is keys and values, such as 'scenario: …'.")
        for tree in expanded(with_includes(document, source)):
            loaded.append(Loaded(script_of(tree), name, path.parent, tree))
    _check_names(loaded)
    return tuple(loaded)


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Each file once, with its name as it was given on the command line."""
    met: set[Path] = set()
    for path in paths:
        found = _within(path) if path.is_dir() else [path]
        for each in found:
            if each.resolve() not in met:
                met.add(each.resolve())
                yield each, each.as_posix()


def _within(folder: Path) -> list[Path]:
    found = sorted(
        each
        for each in folder.rglob("*")
        if each.suffix in _ENDINGS and each.is_file() and not each.name.startswith(("_", "."))
    )
    if not found:
        raise BadScript(f"The folder {str(folder)!r} has no scripts (*.yaml) in it.")
    return found


def _root(path: Path) -> Path:
    """What includes stay inside: the working folder, or the script's own where it is elsewhere."""
    here, folder = Path.cwd().resolve(), path.parent.resolve()
    return here if folder.is_relative_to(here) else folder


def _check_names(loaded: Sequence[Loaded]) -> None:
    """Two scripts of a file can't share a name: reports and comparisons tell them apart by it."""
    first: dict[str, Loaded] = {}
    for each in loaded:
        name = each.script.scenario
        if name in first:
            line = first[name].place("scenario").line
            raise each.place("scenario").error(
                f"a script called {name!r} is in this file already (line {line});"
                " call it otherwise."
            )
        first[name] = each


def _fits(loaded: Loaded, only: str) -> bool:
    script, file = loaded.script, Path(loaded.file)
    names = [script.scenario, file.name, loaded.file, *(f"tag:{tag}" for tag in script.tags)]
    wanted = only.casefold()
    return not only or any(
        name.casefold() == wanted or fnmatchcase(name.casefold(), wanted) for name in names
    )
