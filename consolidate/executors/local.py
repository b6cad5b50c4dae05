"""Processes of this machine."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from consolidate.executors.ports import GONE, Gone

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")

_WORTH = 3_000_000
"""Bytes from which a pool of processes saves more time than starting it costs."""


class Local(Struct, frozen=True):
    """`jobs` processes, where there is enough to do."""

    jobs: int = 1

    def worth(self, size: int) -> bool:
        """Tell if the processes are worth starting."""
        return self.jobs > 1 and size >= _WORTH

    def start(self, patience: float) -> LocalPool:
        """Return the pool; its processes are forked when they are first needed."""
        return LocalPool(self.jobs, patience)


_TIDY = 8
"""Pieces of work after which a process looks for what refers to itself: the scopes of a proof do."""

_done = count(1)


def _tidy(work: Callable[[Item], Result], item: Item) -> Result:
    """Do the work in a process of the pool, and free what it left there."""
    try:
        return work(item)
    finally:
        if next(_done) % _TIDY == 0:
            gc.collect(0)  # what is older stays: it was there before, or is kept for good


class LocalPool:
    """A ProcessPoolExecutor, and another one after a process of it died."""

    def __init__(self, jobs: int, patience: float) -> None:
        self.alive = True
        self._jobs, self._patience = jobs, patience
        self._pool: ProcessPoolExecutor | None = None

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result | Gone]:
        """Submit all items; see `Pool.map`."""
        return self._results(deque(self._submit(work, item) for item in items))

    def close(self) -> None:
        """Wait for what is being done, and drop the rest."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _results(self, futures: deque[Future[Result] | None]) -> Iterator[Result | Gone]:
        while futures:
            future = futures.popleft()  # its result is not kept
            if future is None:
                yield GONE
                continue
            try:
                result = future.result(self._patience)
            except (BrokenExecutor, TimeoutError):
                self._kill()
                yield GONE
                continue
            yield result

    def _submit(self, work: Callable[[Item], Result], item: Item) -> Future[Result] | None:
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor

            self._pool = ProcessPoolExecutor(self._jobs, initializer=gc.disable)
        try:
            return self._pool.submit(_tidy, work, item)
        except BrokenExecutor:
            return None

    def _kill(self) -> None:
        """End the pool, whatever its processes do; futures that are not done raise BrokenExecutor."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((pool._processes or {}).values()):
                process.kill()
            pool.shutdown(wait=True, cancel_futures=False)
