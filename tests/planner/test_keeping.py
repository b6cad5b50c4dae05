"""What stays in a legacy module beside a shim: the definitions that are wanted, with all that they need."""

import pytest

from planner.keep import Kept, keep

SOURCE = b'''"""The module."""
from __future__ import annotations

import json, os.path
import a.b as c, d.e.f
from .near import (
    one,
    two as second,
)


# Above the first.
  # Indented, too.
@second(json)
def first(x, y=os.path.sep):
    """\xc3\xa9"""
    global COUNT
    COUNT += 1
    return d


# Not above: a blank line is between.

class Old(first): pass  # behind


try:
    import fast
except ImportError:
    fast = None
    SLOW = True
else:
    QUICK = (LEFT, RIGHT) = c.x, 2
finally:
    END = 1
if os.name == "nt":
    def kind(): return Old
elif one:
    async def kind(): return "one"
else:
    class kind: pass
if c.TYPE_CHECKING:
    from typing import Typed
COUNT: int = 0
for LOOP in [1]:
    with open(LOOP) as HANDLE: pass
TWICE = 1
TWICE = lambda: TWICE
def uses_typed(x: Typed): pass
def circle(): return round_about()
def round_about(): return circle(), LAST
LAST = "last"'''
GONE, RESERVED = frozenset({"Old", "two"}), frozenset({"_MOVED", "fast"})


def kept(*wanted: str) -> Kept | str:
    return keep(SOURCE, frozenset(wanted), GONE, RESERVED)


FIRST = (
    '# Above the first.\n  # Indented, too.\n@second(json)\ndef first(x, y=os.path.sep):\n    """é"""\n'
    "    global COUNT\n    COUNT += 1\n    return d"
)
IMPORTS = "import json, os.path", "import a.b as c, d.e.f", "from .near import (\n    one,\n    two as second,\n)"
TRY = (
    "try:\n    import fast\nexcept ImportError:\n    fast = None\n    SLOW = True\nelse:\n"
    "    QUICK = (LEFT, RIGHT) = c.x, 2\nfinally:\n    END = 1"
)


@pytest.mark.parametrize(
    ("wanted", "texts", "names", "gaps"),
    [
        ((), (), "", ()),
        (("absent",), (), "", ()),
        (("LAST",), ('LAST = "last"',), "LAST", (0,)),
        (("c",), (IMPORTS[1],), "c d", (0,)),
        (("second",), (IMPORTS[2],), "one second", (0,)),
        (("os",), (IMPORTS[0],), "json os", (1,)),
        (("TWICE",), ("TWICE = 1", "TWICE = lambda: TWICE"), "TWICE", (0, 0)),
        (
            ("first",),
            (*IMPORTS, FIRST, "COUNT: int = 0"),
            "json os c d one second first COUNT",
            (1, 0, 0, 2, 0),
        ),
        (
            ("circle",),
            ("def circle(): return round_about()", "def round_about(): return circle(), LAST", 'LAST = "last"'),
            "circle round_about LAST",
            (0, 0, 0),
        ),
        (("HANDLE",), ("for LOOP in [1]:\n    with open(LOOP) as HANDLE: pass",), "LOOP HANDLE", (0,)),
    ],
)
def test_what_is_wanted_stays_with_what_it_needs(wanted, texts, names, gaps) -> None:
    found = kept(*wanted)
    assert (found.text, found.names, found.gaps) == (texts, frozenset(names.split()), gaps)
    assert tuple(SOURCE[start:end].decode() for start, end in found.spans) == texts


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ("Old", "what stays uses `Old`, which moves"),
        ("kind", "what stays uses `Old`, which moves"),
        ("uses_typed", "what stays needs `Typed`, which only type checkers see"),
        *((name, "what stays binds `fast`, which the shim needs for itself") for name in ("SLOW", "QUICK", "RIGHT")),
        *((name, "what stays binds `fast`, which the shim needs for itself") for name in ("fast", "END")),
    ],
)
def test_what_cannot_stay_has_a_reason(wanted: str, why: str) -> None:
    assert kept(wanted) == why


def test_each_of_several_names_that_one_statement_binds_must_be_free() -> None:
    source, two = b"import x, y, z\n", frozenset({"z", "y"})
    assert keep(source, frozenset({"x"}), two, frozenset()) == "what stays binds `y`, which moves"
    assert keep(source, frozenset({"x"}), frozenset(), two) == "what stays binds `y`, which the shim needs for itself"
    assert keep(b"x = y = z = 1\n", frozenset({"x"}), two, frozenset()) == "what stays uses `z`, which moves"


@pytest.mark.parametrize(
    ("source", "wanted", "texts", "gaps"),
    [
        ("\n\n# c\nx = 1", "x", ("# c\nx = 1",), (2,)),
        ("# c\r\nx = 1; y = 2\r\n", "y", ("# c\r\nx = 1; y = 2",), (0,)),
        (f"import a.b as c\n\n\n{TRY}\n", "END", ("import a.b as c", TRY), (0, 2)),
        ("x = 1\n \n\t\nclass x:\n    y = x\n\n", "x", ("x = 1", "class x:\n    y = x"), (0, 2)),
    ],
)
def test_comments_above_and_blank_lines_are_told_with_what_stays(source, wanted, texts, gaps) -> None:
    found = keep(source.encode(), frozenset({wanted}), frozenset(), frozenset())
    assert isinstance(found, Kept)
    assert (found.text, found.gaps) == (texts, gaps)
