"""What `consolidate.workers` asks of an executor: the same results in the same order, wherever the work is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Gone(Enum):
    """Stands for a result that did not come: a process died over the item, or came to no end."""

    GONE = "gone"


GONE = Gone.GONE


class Pool(Protocol):
    """Processes at work; a pool that is no longer `alive` gives no results, and is not asked for any."""

    alive: bool

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result | Gone]:
        """Begin with the items, and return an iterator over the results in their order.

        `work` is a function of a module or an object that pickles, and so do items and results. What the work itself
        raises is raised by the iterator. Raises ConsolidateError where the work cannot be done by these processes.
        """

    def close(self) -> None:
        """End the work that is not done, and let the processes go."""


class Executor(Protocol):
    """A kind of pool, and how to get one. A value: nothing is started before `start`."""

    def worth(self, size: int) -> bool:
        """Tell if a pool should be started for items of so many bytes of source."""

    def start(self, patience: float) -> Pool:
        """Return a pool; `patience` are the seconds after which one without an answer counts as hanging.

        Raises ConsolidateError where there is none to be had.
        """
