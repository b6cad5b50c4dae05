"""Plans of one commit as they would be if more files were held: nothing is kept of them, nothing is written."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consolidate.cache.memo import Memo
from consolidate.cache.store import Store
from consolidate.guard import SECONDS
from consolidate.planning import decided, plan_with, trial_of
from consolidate.scanning import Scanner
from consolidate.snapshots import CommitSnapshot
from consolidate.workers import Item, Result, Workers
from planner.held import Held, with_held
from planner.surveyor import Surveyor
from planner.tables import ConfigError
from planner.ties import ties

if TYPE_CHECKING:
    from consolidate.executors.ports import Executor
    from consolidate.repository import Repository
    from planner.config import Config
    from planner.model import Plan


class _Remembering(Workers):
    """Workers that show no file to a slow parser twice: what they guard is a pure function of what it is given."""

    def __init__(self, executor: Executor, memo: Memo) -> None:
        super().__init__(executor, memo=memo)
        self._known: dict[bytes, Any] = {}

    def guarded(self, work: Callable[[Item], Result], item: Item, seconds: int = SECONDS) -> Result:
        key = hashlib.sha256(pickle.dumps((work, item, seconds))).digest()
        if key not in self._known:
            self._known[key] = super().guarded(work, item, seconds)
        return self._known[key]  # type: ignore[no-any-return]


class WhatIf:
    """Makes the plans. Codemods of the user's own are not run: what they would do is in none of the plans."""

    def __init__(self, workers: Workers, snapshot: CommitSnapshot, config: Config, commit: str) -> None:
        self._workers, self._snapshot, self._config, self._commit = workers, snapshot, config, commit

    def plan(self, held: Iterable[Held] = ()) -> Plan | None:
        """Return the plan with these files held beside those that are; None where the configuration allows none then.

        That is so where a `[[phase]]` would select nothing.
        """
        config = with_held(self._config, sorted({*self._config.held, *held}))
        try:
            return plan_with(self._workers, self._snapshot, config, self._commit, _silent)
        except ConfigError:
            return None

    def ties(self) -> dict[str, str]:
        """Return which files are tied to one another (planner.ties)."""
        surveyor = Surveyor(self._snapshot, self._config, Scanner(self._workers, _silent), trial_of(self._workers))
        assembly = decided(surveyor, self._snapshot, self._config, self._workers, _silent)
        return ties(assembly.survey, {path: item.group for path, item in assembly.decisions.items()})


@contextmanager
def what_if(
    repository: Repository, config: Config, commit: str, *, cache: Path | None, executor: Executor
) -> Iterator[WhatIf]:
    """Open what makes such plans of a commit (a full id); the arguments are those of `make_plan`."""
    with Store(cache) as store, _Remembering(executor, Memo(store)) as workers:
        yield WhatIf(workers, CommitSnapshot(repository, commit, workers.memo), config, commit)


def _silent(_label: str, _done: int, _total: int) -> None:
    """Report no progress: what is reported is how many plans are made."""
