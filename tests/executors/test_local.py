"""Processes of this machine: what work leaves behind does not pile up in them."""

import gc
import time
from pathlib import Path

from consolidate.executors.local import _TIDY, Local
from consolidate.workers import Care, Workers


class Knot:
    """An object that refers to itself, as the scopes of a proof do."""

    def __init__(self) -> None:
        self.itself = self


def knots(_: int) -> int:
    """Leave a knot behind; return how many there are, if nothing collects them."""
    Knot()
    assert not gc.isenabled()
    return sum(isinstance(item, Knot) for item in gc.get_objects())


def test_what_refers_to_itself_is_freed_after_some_pieces_of_work() -> None:
    pool = Local(1).start(60)
    try:
        found = list(pool.map(knots, range(4 * _TIDY)))
    finally:
        pool.close()
    assert max(found) <= _TIDY  # type: ignore[type-var,operator]
    assert found[:2] == [1, 2]


def written(path: Path) -> str:
    path.write_text("done")
    return path.name


def test_work_is_done_before_anybody_waits_for_it(tmp_path: Path) -> None:
    care: Care[Path, str] = Care(risky=lambda path: path.name == "risky", lost=lambda path, reason: reason)
    paths = [tmp_path / name for name in ("a", "risky", "b")]
    with Workers(Local(2)) as workers:
        results = workers.map(written, paths, 10**9, care)
        end = time.monotonic() + 30
        while not (paths[0].exists() and paths[2].exists()) and time.monotonic() < end:
            time.sleep(0.01)
        assert [path.exists() for path in paths] == [True, False, True]
        assert list(results) == ["a", "risky", "b"]
