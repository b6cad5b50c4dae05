"""A plan file of a later version may have many keys that this one does not know."""

from planner.planfile import load
from tests.planfile.test_planfile import SEALED, resealed, table


def test_many_unknown_keys_are_ignored_and_none_stands_twice() -> None:
    content = {**table(), "format_version": "1.7", **{f"later_{number}": number for number in range(300)}}
    assert load(resealed(content)).engines == SEALED.engines
