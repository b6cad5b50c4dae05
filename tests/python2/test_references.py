"""The inventory of a Python 2 file."""

import pytest

from codemods.python2 import Python2Error, references
from planner.model import Symbol

OLD = Symbol("app.old", "Old")
WHOLE = Symbol("app.whole")


def found(source: str, *symbols: Symbol, filename: str = "scripts/x.py") -> list[tuple[int, int, str, str]]:
    return [
        (item.line, item.column, item.text, item.form)
        for item in references(source.encode(), symbols or (OLD,), filename)
    ]


def test_imports_names_and_calls_with_their_places() -> None:
    source = (
        "# \xe9\nfrom app.old import Old, other\n"
        "print u'\xe9', Old(1), Old.x, x.Old\n"
        "class A(Old):\n\t@Old.make(1)\n\t@Old()\n\tdef f(self): raise Old, 1\n"
    )
    assert found(source) == [
        (2, 20, "Old", "import"),
        (3, 13, "Old", "call"),
        (3, 21, "Old", "name"),
        (4, 8, "Old", "name"),
        (5, 2, "Old", "name"),
        (6, 2, "Old", "call"),
        (7, 20, "Old", "name"),
    ]


def test_an_alias_and_a_module_are_followed() -> None:
    assert found("from app.old import Old as O\nO()\n") == [(1, 20, "Old", "import"), (2, 0, "O", "call")]
    assert found("import app.old as o\no.Old()\no.x\n") == [(1, 7, "app.old", "import"), (2, 0, "o.Old", "call")]
    assert found("from app import old\nprint old.Old\n") == [(1, 16, "old", "import"), (2, 6, "old.Old", "name")]
    assert found("import app.old\nprint app.old.Old()\n") == [
        (1, 7, "app.old", "import"),
        (2, 6, "app.old.Old", "call"),
    ]
    assert found("import app\nprint app.old.Old\n") == [(2, 6, "app.old.Old", "name")]


def test_a_star_import_and_relative_imports_count() -> None:
    assert found("from app.old import *\nprint 1\n") == [(1, 20, "*", "import")]
    assert found("from .old import Old\nprint Old\n", filename="src/app/x.py") == [
        (1, 17, "Old", "import"),
        (2, 6, "Old", "name"),
    ]
    assert found("import old\nprint old.Old()\n", filename="app/x.py") == [
        (1, 7, "old", "import"),
        (2, 6, "old.Old", "call"),
    ]
    assert found("from .old import Old\nimport old\nprint Old, old.Old\n") == []


def test_a_whole_module_counts_where_it_is_named() -> None:
    source = "from app.whole import a, b\nimport app.whole\nprint a, app.whole.c\n"
    assert found(source, WHOLE) == [
        (1, 5, "app.whole", "import"),
        (2, 7, "app.whole", "import"),
        (3, 9, "app.whole", "name"),
    ]


def test_look_alikes_do_not_count() -> None:
    source = (
        "from lib.old import Old\nfrom app.old_ones import Old as O\nimport app.oldish\nprint Old, O, app.oldish.Old\n"
    )
    assert found(source) == []


def test_each_symbol_is_told_apart() -> None:
    items = references(b"from app.old import Old\nimport app.whole\nprint Old\n", (OLD, WHOLE), "x.py")
    assert [(item.line, item.symbol) for item in items] == [(1, OLD), (2, WHOLE), (3, OLD)]


def test_a_file_that_cannot_be_parsed_is_an_error() -> None:
    with pytest.raises(Python2Error, match="Bowler"):
        references(b"print (\n", (OLD,), "x.py")
