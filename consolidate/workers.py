"""Processes for work that is worth it or risky: started when first needed, shared by the steps of one plan.

What becomes of an item does not depend on the number of processes: risky items always go to a guarded child, all others
have the same room for recursion everywhere, and where a process of the pool dies nevertheless, the items that it took
along are done again, each guarded.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from consolidate.cache.codec import Codec
from consolidate.cache.memo import Memo
from consolidate.executors.local import Local
from consolidate.executors.ports import GONE, Executor, Gone, Pool
from consolidate.guard import SECONDS, Guard, Lost

Item = TypeVar("Item")
Result = TypeVar("Result")

_ROOM = 1000
"""Frames that a piece of work may have above its caller's, in whatever process it runs."""
_PATIENCE = 240
"""Seconds after which a process of the pool, which has less than a second's work at a time, counts as hanging."""


class Care(Struct, Generic[Item, Result], frozen=True):
    """What may go wrong with the items of a step, and what then: which are `risky`, and the result of a `lost` one.

    `parts` divides an item that holds several files, `joined` makes one result of those of its parts.
    """

    risky: Callable[[Item], bool]
    lost: Callable[[Item, str], Result]
    parts: Callable[[Item], Sequence[Item]] = lambda item: [item]
    joined: Callable[[Sequence[Result]], Result] = lambda results: results[0]


class Workers:
    """The processes of an `executor`, or this one where there is little to do.

    A context manager; inside of it the garbage collector is off: syntax trees and facts hold no cycles, and it would
    walk them again and again.
    """

    def __init__(self, executor: Executor | None = None, patience: float = _PATIENCE, memo: Memo | None = None) -> None:
        self._executor = executor or Local()
        self.memo = memo or Memo()
        self._patience = patience
        self._pool: Pool | None = None
        self._guard = Guard()
        self._collecting = False

    def __enter__(self) -> Workers:
        self._collecting = gc.isenabled()
        gc.disable()
        return self

    def __exit__(self, *_: object) -> None:
        if self._collecting:
            gc.enable()
        self.memo.flush()
        if self._pool is not None:
            self._pool.close()
        self._guard.close()

    def ready(self, size: int) -> None:
        """Start the processes now if they are worth it for so many bytes of source.

        They are copies of this one, so they hold less, the earlier they start.
        """
        pool = self._pool_for(size)
        if pool is not None:
            list(pool.map(_idle, [None]))

    def guarded(self, work: Callable[[Item], Result], item: Item, seconds: int = SECONDS) -> Result:
        """Return `work(item)`, done in a child with limits. Raises consolidate.guard.Lost."""
        return self._guard.run(Roomy(work), item, seconds)

    def map(
        self, work: Callable[[Item], Result], items: Sequence[Item], size: int, care: Care[Item, Result]
    ) -> Iterator[Result]:
        """Begin the work, and return its results in the order of the items; `size` is in bytes of source.

        `work` must be a function of a module, and items and results must pickle. Processes work on while nobody reads.
        """
        plain = Roomy(work)
        risky = [care.risky(item) for item in items]
        pool = None if all(risky) else self._pool_for(size)
        plainly = [item for item, is_risky in zip(items, risky, strict=True) if not is_risky]
        results = map(plain, plainly) if pool is None else pool.map(plain, plainly)
        return self._gathered(work, items, risky, results, care)

    def _gathered(
        self,
        work: Callable[[Item], Result],
        items: Sequence[Item],
        risky: Sequence[bool],
        results: Iterator[Result | Gone],
        care: Care[Item, Result],
    ) -> Iterator[Result]:
        for item, is_risky in zip(items, risky, strict=True):
            result = GONE if is_risky else next(results)
            yield self._carefully(work, item, care) if result is GONE else result

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

    def _pool_for(self, size: int) -> Pool | None:
        """Return the pool, None where the work is to be done in this process."""
        if self._pool is None and self._executor.worth(size):
            self._pool = self._executor.start(self._patience)
        return self._pool if self._pool is not None and self._pool.alive else None

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


def _idle(_: None) -> None:
    """Do nothing; the work of a process that is to be there."""


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
