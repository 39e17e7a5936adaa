"""Taking the tables out of archives of data sets."""

from __future__ import annotations

import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from ..errors import BadSource, StorageError

_PIECE = 1 << 20


def unpack(archive: Path, folder: Path, members: Collection[str]) -> list[Path]:
    """Put the files with these names into a folder, whatever folders they have in the archive.

    Nothing else is taken out, so that an archive can't write anywhere else.

    Raises:
        BadSource: it can't be read, or has none of them.
        StorageError: the disk is full or refuses.
    """
    made = []
    with _reading(archive):
        for name, file in _files(archive, members):
            made.append(_written(file, folder / name))
    if not made:
        raise BadSource(f"{str(archive)!r} has none of {', '.join(members)}: get it anew")
    return made


def _files(archive: Path, members: Collection[str]) -> Iterator[tuple[str, IO[bytes]]]:
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as opened:
            for entry in opened.infolist():
                name = PurePosixPath(entry.filename).name
                if name in members and not entry.is_dir():
                    with opened.open(entry) as file:
                        yield name, file
        return
    with tarfile.open(archive) as packed:
        for member in packed:
            name = PurePosixPath(member.name).name
            taken = packed.extractfile(member) if name in members and member.isfile() else None
            if taken is not None:
                yield name, taken


def _written(file: IO[bytes], target: Path) -> Path:
    draft = target.with_name(f"{target.name}.part")
    try:
        with draft.open("wb") as made:
            shutil.copyfileobj(file, made, _PIECE)
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        if error.errno is None:  # the archive's own fault
            raise
        raise StorageError(
            f"{str(target)!r} can't be written ({error.strerror}): make room, or name another "
            "folder with --to"
        ) from error
    return target


@contextmanager
def _reading(archive: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise BadSource(
            f"{str(archive)!r} can't be unpacked ({error}): delete it and get it anew"
        ) from error
