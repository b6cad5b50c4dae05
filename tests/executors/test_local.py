"""Processes of this machine: what work leaves behind does not pile up in them."""

import gc

from consolidate.executors.local import _TIDY, Local


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
