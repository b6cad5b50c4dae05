"""How many legacy references there were, commit by commit along the branch: the data of the burn-down chart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from consolidate.executors.ports import Executor
from consolidate.gate.finding import callers
from consolidate.gitstep.log import CommitRecord
from consolidate.planning import inventories
from consolidate.repository import Repository
from planner.config import Config
from planner.model import Plan
from planner.patterns import matcher


class Point(Struct, frozen=True):
    """One commit: references in code outside of the legacy modules, of the application and of the tests.

    `date` is the author's, ISO 8601.
    """

    commit: str
    date: str
    application: int
    tests: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.application + self.tests


def line_of(repository: Repository, since: str | None) -> list[CommitRecord]:
    """Return the commits along the branch, by first parents, oldest first; `since` is the one before the first."""
    records = {record.id: record for record in repository.log("HEAD", since)}
    line: list[CommitRecord] = []
    commit = repository.resolve("HEAD")
    while commit in records:
        line.append(records[commit])
        commit = next(iter(records[commit].parents), "")
    return line[::-1]


def chosen(line: Sequence[CommitRecord], phases: Collection[str], most: int) -> list[CommitRecord]:
    """Return the commits to look at, oldest first: at most `most` in even steps, the last one among them.

    Those of phases come on top, with the ones before them.
    """
    step = max((len(line) - 1) / max(most - 1, 1), 1)
    wanted = {round(number * step) for number in range(most)} | {len(line) - 1}
    for index, record in enumerate(line):
        if record.id in phases:
            wanted |= {index, max(index - 1, 0)}
    return [record for index, record in enumerate(line) if index in wanted]


def burn_down(
    repository: Repository,
    config: Config,
    records: Sequence[CommitRecord],
    *,
    executor: Executor | None = None,
    progress: Callable[[str, int, int], None] = lambda *_: None,
    cache: Path | None = None,
) -> Iterator[Point]:
    """Yield a point for each commit; what was found in a file is kept in `cache` and not looked for again.

    Only the configuration is today's: a legacy module, or what takes its place, may be missing then.
    """
    tests = matcher(config.tests)
    known: dict[str, tuple[int, int]] = {}
    new = list({record.tree: record.id for record in records}.items())
    found = inventories(repository, config, [commit for _, commit in new], cache=cache, executor=executor)
    for done, ((tree, _), plan) in enumerate(zip(new, found, strict=True)):
        progress("history", done, len(new))
        known[tree] = _count(plan, lambda path: tests.fullmatch(path) is not None)
    for record in records:
        yield Point(record.id, record.date, *known[record.tree])


def _count(plan: Plan, is_test: Callable[[str], bool]) -> tuple[int, int]:
    """Return how many references the application has, and how many the tests: those that `check` finds."""
    found = [is_test(item.path) for item in callers(plan)]
    return len(found) - sum(found), sum(found)
