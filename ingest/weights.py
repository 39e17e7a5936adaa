"""Published model files that other packages carry: where they are and whether they are right."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True)
class Weights:
    """Model files inside an installed package, which is never imported.

    ``files`` maps paths inside the package to their SHA-256; ``folder`` is set only where the
    files lie somewhere else than in the installed package.
    """

    package: str
    files: Mapping[str, str]
    remedy: str
    folder: Path | None = None

    def root(self) -> Path | None:
        """The folder of the package, or ``None`` when it isn't installed."""
        if self.folder is not None:
            return self.folder
        spec = find_spec(self.package)
        places = list(spec.submodule_search_locations or []) if spec else []
        return Path(places[0]) if places else None

    def path(self, name: str) -> Path:
        """Where one of the files is; only for weights without a `problem`."""
        root = self.root()
        if root is None:
            raise FileNotFoundError(self.package)
        return root / name

    def problem(self) -> str | None:
        """What is wrong and what to do, in one sentence; ``None`` when all is well."""
        root = self.root()
        if root is None:
            return f"The package {self.package!r} isn't installed; {self.remedy}."
        for name, digest in self.files.items():
            try:
                found = _digest_of(root / name)
            except OSError as error:
                reason = error.strerror or "it can't be read"
                return f"{str(root / name)!r} can't be used ({reason}); {self.remedy}."
            if found != digest:
                return f"{str(root / name)!r} is cut short or altered; {self.remedy}."
        return None


def _digest_of(path: Path) -> str:
    status = path.stat()
    return _digest(path, status.st_size, status.st_mtime_ns)


# Hashing 91 MB takes 45 ms where the processor helps and 0.3 s where not: once per process.
@lru_cache(maxsize=16)
def _digest(path: Path, size: int, changed: int) -> str:
    del size, changed
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
