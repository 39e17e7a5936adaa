"""What an index derives from its entries when it is first asked, and forgets when they change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import RLock
from typing import Any, Self, TypeVar, overload

T = TypeVar("T")


class Deriving:
    """An index with properties that are `derived` from its entries.

    Threads may ask while another one changes the entries: each property is made of all that is
    there at one moment, once.
    """

    def __init__(self) -> None:
        self.lock = RLock()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Change the entries: nothing is derived meanwhile, and everything anew afterwards."""
        with self.lock:
            try:
                yield
            finally:
                self._forget_derived()

    def _forget_derived(self) -> None:
        for name in [*self.__dict__]:
            if isinstance(getattr(type(self), name, None), derived):
                del self.__dict__[name]


class derived(cached_property[T]):  # noqa: N801 (a decorator, like its base)
    """A `functools.cached_property` of a `Deriving`, which forgets it when it changes."""

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T: ...

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
        if instance is None:
            return self
        with instance.lock:
            return super().__get__(instance, owner)
