"""Processes for work that is worth it or risky: started when first needed, shared by the steps of one plan.

What becomes of an item does not depend on the number of processes: risky items always go to a guarded child, all others
have the same room for recursion everywhere, and where a process of the pool dies nevertheless, the items that it took
along are done again, each guarded.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Generic, TypeVar

from consolidate.cache.codec import Codec
from consolidate.cache.memo import Memo
from consolidate.guard import SECONDS, Guard, Lost

Item = TypeVar("Item")
Result = TypeVar("Result")

_WORTH = 3_000_000
"""Bytes from which a pool of processes saves more time than starting it costs."""
_ROOM = 1000
"""Frames that a piece of work may have above its caller's, in whatever process it runs."""
_PATIENCE = 240
"""Seconds after which a process of the pool, which has less than a second's work at a time, counts as hanging."""


@dataclass(frozen=True, slots=True)
class Care(Generic[Item, Result]):
    """What may go wrong with the items of a step, and what then: which are `risky`, and the result of a `lost` one.

    `parts` divides an item that holds several files, `joined` makes one result of those of its parts.
    """

    risky: Callable[[Item], bool]
    lost: Callable[[Item, str], Result]
    parts: Callable[[Item], Sequence[Item]] = lambda item: [item]
    joined: Callable[[Sequence[Result]], Result] = lambda results: results[0]


class Workers:
    """`jobs` processes, or this one where there is little to do.

    A context manager; inside of it the garbage collector is off: syntax trees and facts hold no cycles, and it would
    walk them again and again.
    """

    def __init__(self, jobs: int, patience: float = _PATIENCE, memo: Memo | None = None) -> None:
        self._jobs = max(1, jobs)
        self.memo = memo or Memo()
        self._patience = patience
        self._pool: ProcessPoolExecutor | None = None
        self._guard = Guard()
        self._collecting = False

    def __enter__(self) -> Workers:
        self._collecting = gc.isenabled()
        gc.disable()
        return self

    def __exit__(self, *_: object) -> None:
        if self._collecting:
            gc.enable()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._guard.close()

    def guarded(self, work: Callable[[Item], Result], item: Item, seconds: int = SECONDS) -> Result:
        """Return `work(item)`, done in a child with limits. Raises consolidate.guard.Lost."""
        return self._guard.run(Roomy(work), item, seconds)

    def map(
        self, work: Callable[[Item], Result], items: Sequence[Item], size: int, care: Care[Item, Result]
    ) -> Iterator[Result]:
        """Yield the results in the order of the items; `size` is how many bytes of source they hold.

        `work` must be a function of a module, and items and results must pickle.
        """
        plain = Roomy(work)
        if self._pool is None and (self._jobs == 1 or size < _WORTH):
            for item in items:
                yield self._carefully(work, item, care) if care.risky(item) else plain(item)
            return
        futures: list[Future[Result] | None] = [
            None if care.risky(item) else self._submit(plain, item) for item in items
        ]
        for index, (future, item) in enumerate(zip(futures, items, strict=True)):
            futures[index] = None  # its result is not kept
            if future is None:
                yield self._carefully(work, item, care)
                continue
            try:
                result = future.result(self._patience)
            except (BrokenProcessPool, TimeoutError):
                self._kill()
                result = self._carefully(work, item, care)
            yield result

    def recalled(
        self,
        work: Callable[[Item], Result],
        items: Sequence[Item],
        size: int,
        care: Care[Item, Result],
        codec: Codec[Result],
        keys: Sequence[bytes | None],
    ) -> list[Result]:
        """Return the results as `map` does, those of known keys (see `Memo.results`) without doing the work again."""

        def compute(todo: Sequence[int]) -> Iterator[Result]:
            return self.map(work, [items[index] for index in todo], size * len(todo) // len(items), care)

        return self.memo.results(codec, keys, compute)

    def _submit(self, work: Callable[[Item], Result], item: Item) -> Future[Result] | None:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._jobs, initializer=gc.disable)
        try:
            return self._pool.submit(work, item)
        except BrokenProcessPool:
            return None

    def _kill(self) -> None:
        """End the pool, whatever its processes do; futures that are not done raise BrokenProcessPool."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((pool._processes or {}).values()):
                process.kill()
            pool.shutdown(wait=True, cancel_futures=False)

    def _carefully(self, work: Callable[[Item], Result], item: Item, care: Care[Item, Result]) -> Result:
        """Do an item guarded; one of several files that is lost is divided until the file is found."""
        try:
            return self.guarded(work, item)
        except Lost as lost:
            parts = care.parts(item)
            self.memo.sure = False
            if len(parts) == 1:
                return care.lost(item, str(lost))
            return care.joined([self._carefully(work, part, care) for part in parts])


class Roomy(Generic[Item, Result]):
    """Runs work with the same room for recursion wherever it is called."""

    def __init__(self, work: Callable[[Item], Result]) -> None:
        self._work = work

    def __call__(self, item: Item) -> Result:
        """Do the work."""
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(_depth() + _ROOM)
        try:
            return self._work(item)
        finally:
            sys.setrecursionlimit(limit)


def _depth() -> int:
    depth, frame = 0, sys._getframe()
    while frame.f_back is not None:
        depth, frame = depth + 1, frame.f_back
    return depth
