"""Plans a generated package and applies the plan phase by phase, all in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, cast

from consolidate.gitstep.objects import Entry
from consolidate.gitstep.search import Hits
from consolidate.planning import make_plan
from planner.config import parse
from planner.model import Plan, apply_edits, blob_id
from planner.planfile import dump
from tests.property.render import Package

if TYPE_CHECKING:
    from consolidate.repository import Repository

COMMIT = "0" * 40


class Shelf:
    """A commit in memory, for the questions that a plan asks of a repository; `shuffle` answers in any order."""

    root = Path()

    def __init__(self, files: dict[str, bytes], shuffle: Random | None = None) -> None:
        self._files, self._shuffle = files, shuffle
        self._blobs = {path: blob_id(data) for path, data in files.items()}
        self._data = {self._blobs[path]: data for path, data in files.items()}

    def index_size(self) -> int:
        return 0

    def entries(self, _commit: str) -> tuple[Entry, ...]:
        return tuple(Entry(path, "100644", self._blobs[path]) for path in sorted(self._files))

    def read_blobs(self, ids: Sequence[str], most: int | None = None) -> Iterator[tuple[str, bytes | None]]:
        order = list(ids)
        if self._shuffle is not None:
            self._shuffle.shuffle(order)
        for blob in order:
            yield blob, self._data.get(blob)

    def search(self, _commit: str, _files: Sequence[Entry]) -> Shelf:
        return self

    def begin(self, paths: Sequence[str], needles: Sequence[bytes]) -> Callable[[], Hits]:
        found = (path for path in paths if any(needle in self._files[path] for needle in needles))
        hits = Hits(frozenset(found), frozenset())
        return lambda: hits

    def begin_missing(self, _ids: Sequence[str]) -> Callable[[], frozenset[str]]:
        return frozenset


@dataclass(slots=True)
class Migration:
    """A package's plan, and its files before and after each phase (`stages[0]` is before)."""

    package: Package
    plan: Plan
    stages: list[dict[str, bytes]] = field(default_factory=list)


def plan_of(package: Package, files: dict[str, bytes], shuffle: Random | None = None) -> Plan:
    """Return the plan of a package's files."""
    shelf = cast("Repository", Shelf(files, shuffle))
    return make_plan(shelf, parse(package.config), COMMIT)


def migrate(package: Package) -> Migration:
    """Plan a package and apply every phase; files whose gate failed make the whole phase stop the migration."""
    result = Migration(package, plan_of(package, package.files), [package.files])
    for phase in result.plan.phases:
        if phase.unproved:
            break
        files = dict(result.stages[-1])
        for edit in phase.files:
            old = files.get(edit.path, b"")
            if edit.blob and blob_id(old) != edit.blob:
                raise AssertionError(f"phase {phase.number} was planned for other contents of {edit.path}")
            if edit.deleted:
                del files[edit.path]
                continue
            files[edit.path] = apply_edits(old, edit.edits, edit.path)
            if blob_id(files[edit.path]) != edit.result:
                raise AssertionError(f"phase {phase.number} gives other contents of {edit.path} than planned")
        result.stages.append(files)
    return result


def digest(package: Package, shuffle: Random | None = None) -> str:
    """Return the SHA-256 of the bytes of a package's plan."""
    return hashlib.sha256(dump(plan_of(package, package.files, shuffle))).hexdigest()
