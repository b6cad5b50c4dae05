"""Processes for work that is worth it: started when first needed, shared by the steps of one plan."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_WORTH = 3_000_000
"""Bytes from which a pool of processes saves more time than starting it costs."""


class Workers:
    """`jobs` processes, or this one where there is little to do. A context manager."""

    def __init__(self, jobs: int) -> None:
        self._jobs = max(1, jobs)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(self, work: Callable[[Item], Result], items: Sequence[Item], size: int) -> Iterator[Result]:
        """Yield the results in the order of the items; `size` is how many bytes of source they hold.

        `work` must be a function of a module, and items and results must pickle.
        """
        if self._pool is None and (self._jobs == 1 or size < _WORTH):
            yield from map(_Uncollected(work), items)
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._jobs)
        yield from self._pool.map(_Uncollected(work), items)


class _Uncollected(Generic[Item, Result]):
    """Runs work with the collector off: syntax trees hold no cycles, and it would walk them again and again."""

    def __init__(self, work: Callable[[Item], Result]) -> None:
        self._work = work

    def __call__(self, item: Item) -> Result:
        enabled = gc.isenabled()
        gc.disable()
        try:
            return self._work(item)
        finally:
            if enabled:
                gc.enable()
